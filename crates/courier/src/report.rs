//! A period's figures as a workbook (统计报表): a title over the width, a head row repeated on each sheet of paper, A4 lying across,
//! typed cells, who made, reviewed and approved it at the foot; the same as pages for a PDF. Room numbers and words are texts; no
//! text is ever a formula.

use journal::Laws;
use journal::reads::{CountedBy, RateKind, RatePart, RateStood, Statistics, Tallied, percent};
use office::stretch::Stretch;
pub use rust_xlsxwriter::XlsxError as NotMade;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use crate::pdf::{Block, Column, Table};

/// The typeface that Chinese offices print with.
const FACE: &str = "宋体";

/// A cell.
enum Cell {
    Text(String),
    Number(i64),
    /// A part of a whole, cut off after the tenth of a per cent; no data of nothing.
    Share(i64, i64),
    /// Parts per hundred thousand.
    Target(Option<i64>),
    Nothing,
}

use Cell::{Nothing, Number, Share, Target, Text};

/// The formats of a sheet.
struct Formats {
    title: Format,
    under: Format,
    head: Format,
    text: Format,
    number: Format,
    share: Format,
    foot: Format,
}

impl Formats {
    fn new() -> Formats {
        let base = || Format::new().set_font_name(FACE).set_font_size(10.5);
        let ruled = || base().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
        Formats {
            title: base().set_font_size(16).set_bold().set_align(FormatAlign::Center),
            under: base().set_align(FormatAlign::Center),
            head: ruled().set_bold().set_align(FormatAlign::Center).set_text_wrap(),
            text: ruled().set_text_wrap().set_num_format("@"),
            number: ruled().set_num_format("0"),
            share: ruled().set_num_format("0.0%"),
            foot: base(),
        }
    }
}

/// One sheet of the book.
struct Sheet<'a> {
    name: String,
    title: String,
    under: String,
    head: Vec<(String, u8)>,
    rows: Vec<Vec<Cell>>,
    signed: &'a [String; 3],
}

/// The workbook of a period. `say` puts Chinese words into another language; `signed` names who made, reviewed, approved.
pub fn workbook(
    laws: &Laws,
    site: &str,
    (stood, of): (&Statistics, &Stretch),
    signed: &[String; 3],
    say: &dyn Fn(&str) -> String,
) -> Result<Vec<u8>, XlsxError> {
    let (mut book, formats) = (Workbook::new(), Formats::new());
    let titled = |title: &str| format!("{site}{}", say(title));
    let sheets = [
        Sheet {
            name: say("统计"),
            title: titled("统计报表"),
            under: of.words(),
            head: heads(&HEADS, say),
            rows: figures(laws, stood, of, say),
            signed,
        },
        Sheet {
            name: say("按人"),
            title: titled("回访统计（按人）"),
            under: of.words(),
            head: heads(&PERSONS, say),
            rows: persons(stood),
            signed,
        },
    ];
    for sheet in sheets {
        write(book.add_worksheet(), &formats, &sheet, say)?;
    }
    book.save_to_buffer()
}

fn heads(columns: &[(&str, u8)], say: &dyn Fn(&str) -> String) -> Vec<(String, u8)> {
    columns.iter().map(|(words, width)| (say(words), *width)).collect()
}

/// The headings of the figures, with the width of each column.
const HEADS: [(&str, u8); 8] =
    [("栏目", 14), ("项目", 40), ("期间", 11), ("件数", 9), ("总数", 9), ("比率", 10), ("目标", 10), ("上期", 9)];
/// The headings of the figures by person.
const PERSONS: [(&str, u8); 10] = [
    ("回访人", 16),
    ("回访次数", 10),
    ("按时", 9),
    ("超时", 9),
    ("按时率", 10),
    ("只打电话", 10),
    ("排好", 9),
    ("做了", 9),
    ("回访率", 10),
    ("排了没访，已过期限", 12),
];

/// The report of a period as it is printed: its text, the figures in tables, who signed. `say` as for the workbook.
pub fn blocks(
    laws: &Laws,
    site: &str,
    (stood, of): (&Statistics, &Stretch),
    (text, signed): (&str, &[String; 3]),
    say: &dyn Fn(&str) -> String,
) -> Vec<Block> {
    let table = |heads: &[(&str, u8)], rows: Vec<Vec<Cell>>| {
        let columns = heads.iter().enumerate().map(|(at, (words, width))| {
            let (words, share) = (say(words), f32::from(*width));
            if at < 3 && heads.len() == HEADS.len() {
                Column::left(&words, share)
            } else {
                Column::right(&words, share)
            }
        });
        let rows = rows.iter().map(|row| row.iter().map(|cell| cell.written(say)).collect()).collect();
        Block::Table(Table { columns: columns.collect(), rows, sum: None })
    };
    let mut blocks = vec![Block::Title(format!("{site}{}", say("统计报表"))), Block::Paragraph(of.words())];
    blocks.extend(text.lines().map(|line| Block::Paragraph(line.to_owned())));
    blocks.push(table(&HEADS, figures(laws, stood, of, say)));
    blocks.push(Block::Heading(2, say("回访统计（按人）")));
    blocks.push(table(&PERSONS, persons(stood)));
    blocks.push(Block::Space(6.0));
    blocks.push(Block::Paragraph(signs(signed, say)));
    blocks
}

impl Cell {
    /// As it is read.
    fn written(&self, say: &dyn Fn(&str) -> String) -> String {
        match self {
            Text(words) => words.clone(),
            Number(number) => number.to_string(),
            Share(part, whole) => percent(*part, *whole).map_or_else(|| say("无数据"), |it| format!("{it}%")),
            Target(Some(share)) => percent(*share, 100_000).map_or_else(String::new, |it| format!("{it}%")),
            Target(None) => say("还没有定比率"),
            Nothing => String::new(),
        }
    }
}

/// Who made, reviewed and approved it, in one line.
fn signs(signed: &[String; 3], say: &dyn Fn(&str) -> String) -> String {
    let line = ["制表", "审核", "批准"].iter().zip(signed).map(|(what, name)| {
        let name = if name.is_empty() { "＿＿＿＿＿＿" } else { name };
        format!("{}：{name}", say(what))
    });
    line.collect::<Vec<_>>().join("　　　　")
}

/// One row a figure.
fn figures(laws: &Laws, stood: &Statistics, of: &Stretch, say: &dyn Fn(&str) -> String) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for tally in Tallied::SITE {
        let whole = tally.whole();
        let area = match tally {
            Tallied::Contacts | Tallied::Complaints | Tallied::Resolved | Tallied::Door | Tallied::Help => "五个方面",
            Tallied::Answered | Tallied::Satisfied | Tallied::Dissatisfied => "满意",
            _ => "回访情况",
        };
        rows.push(vec![
            Text(say(area)),
            Text(say(tally.title())),
            Text(of.key()),
            Number(stood.tally(tally)),
            whole.map_or(Nothing, |whole| Number(stood.tally(whole))),
            whole.map_or(Nothing, |whole| Share(stood.tally(tally), stood.tally(whole))),
            Nothing,
            Number(stood.tally_before(tally)),
        ]);
    }
    rows.extend(stood.rates.iter().map(|it| rate(laws, it, say)));
    for by in [CountedBy::Class, CountedBy::Cause, CountedBy::Department, CountedBy::Mark] {
        for it in stood.complaints.counts(by).iter().filter(|it| it.now + it.before > 0) {
            rows.push(vec![
                Text(format!("{} {}", say("投诉"), say(by.title()))),
                Text(say(&by.value(laws, &it.key))),
                Text(of.key()),
                Number(it.now),
                Nothing,
                Nothing,
                Nothing,
                Number(it.before),
            ]);
        }
    }
    for it in &stood.counts {
        let words = if it.words.is_empty() { say(&it.brief.summary) } else { it.words.clone() };
        rows.push(vec![
            Text(say("重复和规程计数")),
            Text(format!("{} {words}", it.clause.id)),
            Text(it.period.clone()),
            Number(it.count),
            Nothing,
            Nothing,
            Nothing,
            Nothing,
        ]);
    }
    rows
}

fn rate(laws: &Laws, it: &RateStood, say: &dyn Fn(&str) -> String) -> Vec<Cell> {
    let area = match it.kind {
        RateKind::FollowUp => "回访率",
        RateKind::Satisfaction => "满意",
        RateKind::Other => "及时率和别的比率",
    };
    vec![
        Text(say(area)),
        Text(format!("{} {}", say(&laws.word(&it.of)), it.clause_words())),
        Text(it.figure.period.clone()),
        Number(it.value(RatePart::Done)),
        Number(it.value(RatePart::Base)),
        Share(it.figure.done, it.figure.base),
        Target(it.share),
        Nothing,
    ]
}

fn persons(stood: &Statistics) -> Vec<Vec<Cell>> {
    let row = |it: &journal::reads::PersonStood| {
        vec![
            Text(it.name.clone()),
            Number(it.made),
            Number(it.kept),
            Number(it.late),
            Share(it.kept, it.kept + it.late),
            Number(it.phone),
            Number(it.planned),
            Number(it.planned_made),
            Share(it.planned_made, it.planned),
            Number(it.missed),
        ]
    };
    stood.persons.iter().map(row).collect()
}

fn write(
    sheet: &mut Worksheet,
    formats: &Formats,
    what: &Sheet<'_>,
    say: &dyn Fn(&str) -> String,
) -> Result<(), XlsxError> {
    let name: String = what.name.chars().filter(|c| !"[]:*?/\\".contains(*c)).take(31).collect();
    sheet.set_name(name)?;
    let last = u16::try_from(what.head.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.merge_range(0, 0, 0, last, &what.title, &formats.title)?;
    sheet.merge_range(1, 0, 1, last, &what.under, &formats.under)?;
    sheet.set_row_height(0, 28)?;
    for (column, (words, width)) in (0u16..).zip(&what.head) {
        sheet.write_string_with_format(2, column, words, &formats.head)?;
        sheet.set_column_width(column, *width)?;
    }
    let mut line = 3u32;
    for row in &what.rows {
        for (column, cell) in (0u16..).zip(row) {
            put(sheet, formats, (line, column), cell, say)?;
        }
        line += 1;
    }
    sheet.write_string_with_format(line + 1, 0, signs(what.signed, say), &formats.foot)?;
    sheet.set_freeze_panes(3, 0)?;
    sheet.set_repeat_rows(0, 2)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3);
    sheet.set_footer("&C&P / &N");
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    formats: &Formats,
    (line, column): (u32, u16),
    cell: &Cell,
    say: &dyn Fn(&str) -> String,
) -> Result<(), XlsxError> {
    match cell {
        Text(words) => sheet.write_string_with_format(line, column, words, &formats.text)?,
        Number(number) => sheet.write_number_with_format(line, column, *number as f64, &formats.number)?,
        Share(_, 0) => sheet.write_string_with_format(line, column, say("无数据"), &formats.text)?,
        Share(part, whole) => {
            let thousandths = i128::from(*part) * 1000 / i128::from(*whole);
            sheet.write_number_with_format(line, column, thousandths as f64 / 1000.0, &formats.share)?
        }
        Target(Some(share)) => {
            sheet.write_number_with_format(line, column, *share as f64 / 100_000.0, &formats.share)?
        }
        Target(None) => sheet.write_string_with_format(line, column, say("还没有定比率"), &formats.text)?,
        Nothing => sheet.write_blank(line, column, &formats.text)?,
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader, Xlsx};

    use super::*;

    #[test]
    fn cells_have_their_types_and_no_text_is_a_formula() {
        let (laws, _) = Laws::of_texts("", &[], &[]).expect("no years are sound");
        let of = Stretch::parse("2026-Q3").expect("a quarter");
        let person = journal::reads::PersonStood {
            name: "=1+1".into(),
            made: 49,
            kept: 47,
            late: 2,
            ..journal::reads::PersonStood::default()
        };
        let stood = Statistics {
            tallies: vec![(Tallied::Made, 49, 40), (Tallied::Phone, 47, 0)],
            persons: vec![person],
            ..Statistics::default()
        };
        let signed = ["林小满".to_owned(), String::new(), "陈立".to_owned()];
        let book = workbook(&laws, "演示花园", (&stood, &of), &signed, &|it| it.to_owned()).expect("made");
        let mut read: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(book)).expect("opens");
        let sheet = read.worksheet_range("统计").expect("the first sheet");
        let at = |row: u32, column: u32| sheet.get_value((row, column)).cloned().unwrap_or(Data::Empty);
        assert_eq!(at(0, 0), Data::String("演示花园统计报表".into()));
        assert_eq!((at(1, 0), at(2, 3)), (Data::String("2026 年第 3 季度".into()), Data::String("件数".into())));
        let line = |words: &str| {
            (3..).take(40).find(|row| at(*row, 1) == Data::String(words.into())).unwrap_or_else(|| panic!("{words}"))
        };
        let phone = line("只打电话的回访");
        assert_eq!((at(phone, 3), at(phone, 4)), (Data::Float(47.0), Data::Float(49.0)));
        assert_eq!(at(phone, 5), Data::Float(0.959), "cut off, never rounded up");
        assert_eq!(at(line("满意"), 5), Data::String("无数据".into()));
        assert_eq!(at(phone, 2), Data::String("2026-Q3".into()));
        let foot = (0..60).map(|row| at(row, 0)).find(|it| it.to_string().starts_with("制表")).expect("a foot");
        assert_eq!(foot.to_string(), "制表：林小满　　　　审核：＿＿＿＿＿＿　　　　批准：陈立");
        let persons = read.worksheet_range("按人").expect("the second sheet");
        assert_eq!(persons.get_value((3, 0)), Some(&Data::String("=1+1".into())));
        assert!(read.worksheet_formula("按人").expect("readable").is_empty());
    }
}
