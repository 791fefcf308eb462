//! Notices read from their published words (放假通知原文), clicked, and written again.

use jiff::civil::date;

use super::*;

/// The notice of 2026, as it was published.
const TEXT: &str = "国务院办公厅关于2026年\u{3000}部分节假日安排的通知\n国办发明电〔2025〕7号\n\n各省、自治区、直辖市人民政府，国务院各部委、各直属机构：\n\
    \u{3000}\u{3000}经国务院批准，现将2026年元旦、春节等放假调休日期的具体安排通知如下。\n\
    一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。\n\
    二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。鼓励各单位安排职工在2月13日休息。\n\
    三、清明节：4月4日（周六）至6日（周一）放假，共3天。\n\
    四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）\n上班。\n\
    五、端午节：6月19日（周五）至21日（周日）放假，共3天。\n\
    六、中秋节：9月25日（周五）至27日（周日）放假，共3天。\n\
    七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（星期六）上班。\n\
    节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。\n国务院办公厅\n2025年11月4日\n";

const YEARS: [&str; 7] = [
    include_str!("../../../../calendars/cn/2020.toml"),
    include_str!("../../../../calendars/cn/2021.toml"),
    include_str!("../../../../calendars/cn/2022.toml"),
    include_str!("../../../../calendars/cn/2023.toml"),
    include_str!("../../../../calendars/cn/2024.toml"),
    include_str!("../../../../calendars/cn/2025.toml"),
    include_str!("../../../../calendars/cn/2026.toml"),
];

fn refused(line: &str) -> String {
    Draft::read(line, 2027).expect_err("refused").0
}

#[test]
fn the_published_text_says_what_the_file_says() {
    let file = Notice::read_year(YEARS[6]).expect("sound").remove(0);
    let draft = Draft::read(TEXT, 1999).expect("read");
    let read = draft.notice(&file.source, false, file.known_from).expect("a notice");
    assert_eq!(read, file);
}

#[test]
fn what_is_written_reads_as_the_same_notice() {
    for year in YEARS {
        for notice in Notice::read_year(year).expect("sound") {
            let draft = Draft::from(&notice);
            let again = Draft::read(&draft.write(), notice.year).expect("read");
            assert_eq!(again, draft);
            let known = notice.known_from;
            assert_eq!(again.notice(&notice.source, notice.replaces, known), Ok(notice.clone()));
            assert_eq!(Notice::read_year(&notice.write_year()).expect("sound"), [notice]);
        }
    }
}

#[test]
fn what_does_not_agree_is_refused_with_its_item() {
    for (line, why) in [
        ("一、元旦：1月1日（周六）放假。", "2027-01-01 是周五，不是周六"),
        ("元旦：1月1日至3日放假，共2天。", "写的是共 2 天，数出来是 3 天"),
        ("元旦：1月3日至1日放假。", "晚于"),
        ("元旦：2月30日放假。", "不是日子"),
        ("元旦：1月1日放假，1月2日上班。", "又放假又上班"),
        ("元旦：1月1日放假。1月2日休整。", "没有说放假还是上班"),
        ("元旦：放假一天。", "没有看到日子"),
        ("元旦快乐", "没有看到一个假日"),
    ] {
        assert!(refused(line).contains(why), "{line}: {}", refused(line));
    }
    let known = Zone::shanghai().start_of_day(date(2026, 11, 20));
    let draft = |text: &str| Draft::read(text, 2027).expect("read").notice("", false, known).expect_err("refused").0;
    assert!(draft("元旦：1月1日放假。").contains("没有看到发布日期"));
    assert!(draft("元旦：1月1日放假。\n2026年12月1日").contains("还没有到"));
    assert!(draft("元旦：1月1日放假。1月5日上班。\n2026年11月10日").contains("不用调休上班"));
    assert!(draft("元旦：1月2日上班。\n2026年11月10日").contains("有调休上班，没有放假"));
    assert!(draft("元旦：5月1日放假。\n劳动节：5月1日放假。\n2026年11月10日").contains("写了两次"));
}

#[test]
fn days_are_clicked_off_worked_and_plain_again() {
    let mut draft = Draft::of_year(2027);
    for day in [date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3)] {
        draft.click(day, "元旦", false);
    }
    draft.click(date(2027, 1, 9), "元旦", true);
    draft.click(date(2026, 12, 31), "元旦", false);
    assert_eq!(
        draft.write().lines().nth(1),
        Some("元旦：2026年12月31日（周四）至2027年1月3日（周日）放假，共4天。1月9日（周六）上班。")
    );
    draft.click(date(2026, 12, 31), "元旦", false);
    draft.click(date(2027, 1, 9), "元旦", false);
    assert_eq!(draft.holidays[0].off.len(), 4, "worked becomes off: {draft:?}");
    for day in [1, 2, 3, 9] {
        draft.click(date(2027, 1, day), "元旦", false);
    }
    assert_eq!(draft.holidays, []);
}
