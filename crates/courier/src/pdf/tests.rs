//! The writer on the font of this machine (归档件), read back by another program.

use std::sync::LazyLock;

use testbed::pdf::{png, text};

use super::*;

static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::find(None, &[]).expect("the tests need a Chinese font"));

fn writer(look: Look) -> Writer {
    let made = Some(Moment(1_790_000_000_000_000));
    Writer::new(&FONTS, Look { made, ..look }).expect("the font is there")
}

/// A text without blanks, which readers put where they see room.
fn tight(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn what_is_written_can_be_read_and_the_same_content_gives_the_same_bytes() {
    let make = || {
        let look = Look {
            title: "服务报告".into(),
            head: ["演示物业".into(), "2026-10".into()],
            foot: "内部".into(),
            made: Some(Moment(1_790_000_000_000_000)),
            ..Look::default()
        };
        let columns = vec![Column::left("类别", 2.0), Column::right("件数", 1.0)];
        let rows = vec![vec!["水".into(), "118".into()], vec!["电".into()]];
        let blocks = [
            Block::Title("月度服务报告".into()),
            Block::Heading(1, "一、受理情况".into()),
            Block::Paragraph("本月共受理报修 312 件，业主𠮷先生（Mr. Ji）的建议已采纳。".into()),
            Block::Table(Table { columns, rows, sum: Some(vec!["合计".into(), "118".into()]) }),
            Block::Facts(vec![("事项编号".into(), "WX-202611-0001".into())]),
        ];
        write(&FONTS, look, &blocks).expect("made")
    };
    let file = make();
    assert_eq!(file.bytes, make().bytes);
    assert_eq!((file.pages, file.unknown.as_slice(), file.broken), (1, [].as_slice(), 0));
    let text = tight(&text(&file.bytes));
    for part in ["月度服务报告", "受理报修312件", "𠮷先生", "（Mr.Ji）", "合计", "WX-202611-0001", "第1页共1页", "内部"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(file.bytes.windows(11).any(|it| it == b"pdfaid:part"), "the file says that it is PDF/A");
    assert!(file.bytes.len() < 200_000, "only the letters that are used are in it: {}", file.bytes.len());
}

#[test]
fn a_table_goes_on_with_its_head_and_a_long_cell_over_pages() {
    let mut writer = writer(Look { paper: Paper::A5, ..Look::default() });
    let columns = || vec![Column::left("地址", 1.0), Column::left("内容", 3.0)];
    let rows = (1..=30).map(|n| vec![format!("3栋{n}号"), "水管漏水".into()]).collect();
    writer.table(&Table { columns: columns(), rows, sum: None });
    let before = writer.pages();
    writer.table(&Table {
        columns: columns(), rows: vec![vec!["长".into(), "很长的经过。".repeat(400)]], sum: None
    });
    assert!(before >= 2 && writer.pages() >= before + 2);
    let file = writer.finish().expect("made");
    let text = text(&file.bytes);
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    assert_eq!(pages.len(), file.pages);
    assert!(pages.iter().all(|page| page.contains("地址")), "the head stands on every page");
    assert_eq!(text.matches("栋").count(), 30);
    assert_eq!(text.matches('经').count(), 400, "nothing is cut");
    assert!(tight(&text).contains(&format!("第2页共{}页", file.pages)));
}

#[test]
fn pictures_are_kept_and_broken_ones_stop_nothing() {
    let whole = png();
    let picture = Picture::read(&whole).expect("a picture");
    assert_eq!(Picture::read(b"GIF89a").err(), Some(NoPicture::Unknown));
    assert_eq!(Picture::read(&[0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0, 1, 0, 1, 4]).err(), Some(NoPicture::Press));
    let exif = |order: u8| {
        let mut head = b"\xff\xd8\xff\xe1\0\x20Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        head.extend([order, 0, 0, 0]);
        picture::turns(&head)
    };
    assert_eq!([exif(1), exif(6), exif(3), exif(8), picture::turns(&whole)], [0, 1, 2, 3, 0]);
    let mut torn = whole.clone();
    let at = torn.len() - 40;
    torn[at..].fill(0);
    let mut writer = writer(Look::default());
    let signed =
        |picture| Cell { share: 1.0, pieces: vec![Piece::Label("住户签字".into()), picture], ..Cell::default() };
    let torn = Picture::read(&torn).expect("its head is whole");
    writer.cells(&[signed(Piece::Picture(picture, 12.0)), signed(Piece::Picture(torn, 12.0))], 20.0);
    let file = writer.finish().expect("made");
    assert_eq!(file.broken, 1);
    let images = file.bytes.windows(14).filter(|it| it == b"/Subtype/Image").count();
    assert_eq!(images, 1, "the other one is in the file");
}

#[test]
fn a_drawn_signature_is_lines_on_the_page() {
    assert_eq!(Drawing::read("M10 20L11 22L-1 5M3 4", (600.0, 200.0)).expect("drawn").strokes.len(), 2);
    for odd in ["", "L1 2", "M1", "M1 2url(#x)", "M1 2 3", "é"] {
        assert_eq!(Drawing::read(odd, (600.0, 200.0)), None, "{odd}");
    }
    let with = |path: &str| {
        let mut writer = writer(Look::default());
        let pieces = Drawing::read(path, (600.0, 200.0)).map(|it| Piece::Drawing(it, 12.0)).into_iter().collect();
        writer.cells(&[Cell { share: 1.0, pieces, ..Cell::default() }], 16.0);
        writer.finish().expect("made").bytes
    };
    assert_ne!(with("M10 20L300 150"), with("M10 20L300 151"), "each line is in the file");
}

#[test]
fn parts_have_their_own_head_and_stamp_and_unknown_signs_are_told() {
    let mut writer = writer(Look { language: "zh-TW".into(), ..Look::default() });
    writer.part("維修單", ["甲".into(), "WX-1".into()], None);
    writer.paragraph("說明 \u{1f600}");
    writer.part("聯繫單", ["乙".into(), "LX-2".into()], Some("作廢".into()));
    writer.paragraph("內容");
    let file = writer.finish().expect("made");
    assert_eq!((file.pages, file.unknown), (2, vec!['\u{1f600}']));
    let text = text(&file.bytes);
    let pages: Vec<&str> = text.split('\u{c}').collect();
    assert!(pages[0].contains("WX-1") && !pages[0].contains("LX-2") && pages[0].contains('\u{1f600}'));
    assert!(pages[1].contains("LX-2"));
}

#[test]
fn without_a_font_it_is_said_what_to_install() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(Fonts::among(&[folder.path().to_path_buf()]).is_none());
    let odd = folder.path().join("NotoSansCJK-Regular.ttc");
    std::fs::write(&odd, b"no font").expect("written");
    assert!(Fonts::among(&[folder.path().to_path_buf()]).is_none(), "a file that is no font is passed by");
    let no = Fonts::find(Some(&odd), &[]).expect_err("it is no font");
    assert!(no.to_string().contains("NotoSansCJK-Regular.ttc"));
    assert!(NoFont { named: None }.to_string().contains(PACKAGE));
    assert_eq!(Finder::new(Some(odd.clone()), Vec::new()).get().expect_err("it is no font").named, Some(odd));
    assert!(FONTS.path().is_file() && !FONTS.name().is_empty());
}
