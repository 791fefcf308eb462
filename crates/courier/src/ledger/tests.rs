use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::*;

const HEAD: &[&str] = &["楼栋", "单元", "房号", "业主姓名", "联系电话", "建筑面积"];

#[test]
fn the_sample_reads_back_whole() {
    let sheets = sheets(&sample().expect("it is made")).expect("it is readable");
    let draft = read(&sheets[0]);
    assert_eq!(draft.bad, []);
    let rooms: Vec<String> = draft.rows.iter().map(|(_, row)| row.room.to_string()).collect();
    assert_eq!(rooms, ["3-2-501", "3-2-502", "S-12"]);
    assert_eq!(draft.rows[0].1.people[0].phones, ["13800000001", "02080000001"]);
    assert_eq!(
        draft.rows[1].1.people.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(),
        ["演示丙", "演示丁", "演示戊"]
    );
    assert_eq!(draft.rows[1].1.people[1].phones, ["13800000004"]);
    assert_eq!(draft.rows[0].1.area, Some(8950));
}

#[test]
fn title_rows_totals_and_blank_rows_are_no_households() {
    let draft = read(&Sheet::of_texts(&[
        &["演示花园业主台账"],
        &["制表日期", "2026-11-01"],
        HEAD,
        &["3", "2", "501", "演示甲", "13800000001", "89.5"],
        &[],
        &["合 计", "", "1", "", "", "89.5"],
    ]));
    assert_eq!((draft.head_row, draft.rows.len(), draft.bad.len()), (3, 1, 0));
    assert_eq!(draft.skipped, [(6, "“合计”行".to_owned())]);
}

#[test]
fn every_bad_row_is_listed_with_its_number_and_reason() {
    let draft = read(&Sheet::of_texts(&[
        HEAD,
        &["3", "2", "", "演示甲", "", ""],
        &["3", "2", "501", "演示甲", "12", ""],
        &["3", "2", "502", "演示乙", "13800000001", "很大"],
        &["3", "2", "503", "演示丙", "13800000001 13800000002", "90"],
        &["3", "2", "504", "演示丁", "", ""],
        &["3", "2", "503", "演示戊", "", ""],
    ]));
    let told: Vec<(usize, &str)> = draft.bad.iter().map(|bad| (bad.row, bad.column.as_str())).collect();
    assert_eq!(told, [(2, "房号"), (3, "电话"), (4, "建筑面积"), (7, "房号")]);
    assert!(draft.bad[3].reason.contains("第 5 行已有 3-2-503"), "{}", draft.bad[3].reason);
    assert_eq!(draft.rows.len(), 2);
    assert_eq!(draft.rows[0].1.people[0].phones.len(), 2, "several phones in a cell");
}

#[test]
fn a_row_is_told_everything_that_is_wrong_with_it() {
    let draft = read(&Sheet::of_texts(&[HEAD, &["3", "2", "", "演示甲", "12", "很大"]]));
    let told: Vec<(usize, &str)> = draft.bad.iter().map(|bad| (bad.row, bad.column.as_str())).collect();
    assert_eq!(told, [(2, "房号"), (2, "建筑面积"), (2, "电话")]);
}

#[test]
fn dates_in_room_columns_and_long_numbers_are_refused_as_damaged() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (at, heading) in (0u16..).zip(["楼栋", "房号", "业主姓名", "证件号码"]) {
        sheet.write(0, at, heading).expect("head");
    }
    let date = Format::new().set_num_format("m月d日");
    let moment = ExcelDateTime::from_ymd(2026, 3, 12).expect("a date");
    sheet.write(1, 0, "3").expect("building");
    sheet.write_with_format(1, 1, &moment, &date).expect("a room made a date");
    sheet.write(1, 2, "演示甲").expect("name");
    sheet.write(2, 0, "3").expect("building");
    sheet.write(2, 1, "502").expect("room");
    sheet.write(2, 2, "演示乙").expect("name");
    sheet.write(2, 3, 440_100_200_001_011_234_f64).expect("an identity number made a number");
    let bytes = workbook.save_to_buffer().expect("saved");
    let draft = read(&sheets(&bytes).expect("readable")[0]);
    assert_eq!(draft.rows.len(), 0);
    assert!(draft.bad[0].reason.contains("3月12日") && draft.bad[0].reason.contains("3-12"), "{:?}", draft.bad[0]);
    assert!(draft.bad[1].reason.contains("16 位以上"), "{:?}", draft.bad[1]);
}

#[test]
fn a_room_made_a_date_is_known_again_after_saving_as_csv() {
    let text = "楼栋,单元,房号,业主姓名\n3栋,2单元,3月12日,演示甲\n3栋,2单元,日月轩,演示乙\n";
    let draft = read(&sheets(text.as_bytes()).expect("readable")[0]);
    assert_eq!((draft.rows.len(), draft.bad.len()), (1, 1));
    assert!(draft.bad[0].reason.contains("原来多半是 3-12"), "{:?}", draft.bad[0]);
}

#[test]
fn merged_cells_stand_for_every_row_they_cover() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (at, heading) in (0u16..).zip(["楼栋", "房号", "业主姓名", "电话"]) {
        sheet.write(0, at, heading).expect("head");
    }
    sheet.merge_range(1, 0, 3, 0, "3栋", &Format::new()).expect("merged building");
    sheet.merge_range(1, 1, 2, 1, "501", &Format::new()).expect("merged room");
    for (row, name, phone) in [(1, "演示甲", "13800000001"), (2, "演示乙", "13800000002"), (3, "演示丙", "13800000003")]
    {
        sheet.write(row, 2, name).expect("name");
        sheet.write(row, 3, phone).expect("phone");
    }
    sheet.write(3, 1, "502").expect("room");
    let bytes = workbook.save_to_buffer().expect("saved");
    let draft = read(&sheets(&bytes).expect("readable")[0]);
    assert_eq!(draft.bad, []);
    assert_eq!(draft.rows.iter().map(|(_, row)| row.room.to_string()).collect::<Vec<_>>(), ["3-501", "3-502"]);
    assert_eq!(draft.rows[0].1.people.len(), 2);
}

#[test]
fn csv_in_gb18030_and_in_utf8_read_alike() {
    let text = "楼栋,单元,房号,业主姓名,电话\n3,2,501,\"演示甲,演示乙\",13800000001\n";
    let (chinese, _, _) = encoding_rs::GB18030.encode(text);
    let ours = read(&sheets(text.as_bytes()).expect("utf-8")[0]);
    assert_eq!(ours, read(&sheets(&chinese).expect("gb18030")[0]));
    assert_eq!(ours.rows[0].1.people.len(), 2);
}

#[test]
fn whole_rooms_beside_their_parts_are_not_doubled() {
    let draft = read(&Sheet::of_texts(&[
        HEAD,
        &["3栋", "2单元", "3-2-501", "演示甲", "", ""],
        &["", "", "4-1-602", "演示乙", "", ""],
        &["5", "", "5-701", "演示丙", "", ""],
    ]));
    let rooms: Vec<String> = draft.rows.iter().map(|(_, row)| row.room.to_string()).collect();
    assert_eq!(rooms, ["3-2-501", "4-1-602", "5-701"]);
}

#[test]
fn what_is_no_ledger_is_refused_clearly() {
    assert!(sheets(b"").is_err());
    assert!(sheets(b"PK\x03\x04 broken").is_err());
    assert!(sheets(&[0, 1, 2, 3]).is_err());
    assert!(sheets(b"\xd0\xcf\x11\xe0 broken").is_err());
    let draft = read(&Sheet::of_texts(&[&["甲", "乙"], &["1", "2"]]));
    assert!(draft.bad[0].reason.contains("找不到表头"));
}

#[test]
fn columns_can_be_mapped_by_hand() {
    let sheet = Sheet::of_texts(&[&["栋", "房号", "户名", "业主姓名"], &["3", "501", "演示甲", "别的"]]);
    let mapped = [(2, Some(Column::Owner)), (3, None)].into();
    let draft = read_mapped(&sheet, &mapped);
    assert_eq!(draft.rows[0].1.people[0].name, "演示甲");
}
