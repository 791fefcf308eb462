//! From a sheet to items of the list (导入预览): the head row is found, columns are mapped, a trade that stands once is carried
//! down, every bad row is listed with its reason.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use office::money;
use office::price::{KINDS, Price};

use super::Column;
use crate::headed::{self, BadRow, Columns, headings};
use crate::ledger::{Cell, Sheet};

/// Rows among which the head row is looked for.
const HEAD_WITHIN: usize = 30;
/// Fen of one item at most: a million yuan.
const FEN_MAX: i64 = 100_000_000;

/// What an import would do.
pub type Draft = headed::Draft<Column, Price>;
/// A heading of the sheet.
pub type Heading = headed::Heading<Column>;
type Fields<'a> = headed::Fields<'a, Column>;

/// Reads a sheet, its headings mapped by their words; rows without a day of their own hold from `today`.
pub fn read(sheet: &Sheet, today: Date) -> Draft {
    read_mapped(sheet, &BTreeMap::new(), today)
}

/// Reads a sheet; `mapped` says for columns of the sheet what they are (none: not imported), instead of their words.
pub fn read_mapped(sheet: &Sheet, mapped: &BTreeMap<usize, Option<Column>>, today: Date) -> Draft {
    let mut draft = Draft { sheet: sheet.name.clone(), ..Draft::default() };
    let Some(head) = head_row(sheet) else {
        let reason = "找不到表头：需要一行至少有“项目”和“单价”两个列名。";
        draft.bad.push(told(1, "", String::new(), reason.into()));
        return draft;
    };
    draft.head_row = head + 1;
    draft.headings = headings(&sheet.rows[head], mapped);
    for needed in [Column::Name, Column::Price] {
        if !draft.headings.iter().any(|it| it.column == Some(needed)) {
            let reason = format!("没有一列是{}；请在列对应里指定。", needed.heading());
            draft.bad.push(told(head + 1, needed.heading(), String::new(), reason));
            return draft;
        }
    }
    let mut reading = Reading { draft, seen: HashMap::new(), trade: String::new(), today };
    for (n, cells) in sheet.rows.iter().enumerate().skip(head + 1) {
        reading.row(n + 1, cells);
    }
    reading.draft
}

fn told(row: usize, column: &str, shown: String, reason: String) -> BadRow {
    BadRow { row, column: column.into(), shown, reason }
}

/// The first row that names an item and a price.
fn head_row(sheet: &Sheet) -> Option<usize> {
    sheet.rows.iter().take(HEAD_WITHIN).position(|cells| {
        let known: Vec<Column> = cells.iter().filter_map(|cell| Column::of(&cell.text())).collect();
        known.contains(&Column::Name) && known.contains(&Column::Price)
    })
}

struct Reading {
    draft: Draft,
    /// Trade and name → place among the good rows.
    seen: HashMap<(String, String), usize>,
    /// The trade of the rows above.
    trade: String,
    today: Date,
}

impl Reading {
    fn row(&mut self, number: usize, cells: &[Cell]) {
        let filled: Vec<String> = cells.iter().filter(|cell| !cell.is_blank()).map(Cell::text).collect();
        let Some(first) = filled.first() else { return };
        let first: String = first.chars().filter(|c| !c.is_whitespace()).collect();
        if ["合计", "小计", "总计", "共计", "制表", "填表", "说明：", "备注：", "注：", "注:"]
            .iter()
            .any(|it| first.starts_with(it))
        {
            self.draft.skipped.push((number, format!("“{}”行", first.chars().take(12).collect::<String>())));
            return;
        }
        let fields = Fields { headings: &self.draft.headings, cells };
        // A line with one cell between items is a heading: the trade of what follows. Merged cells repeat it.
        if filled.iter().all(|it| *it == filled[0]) && fields.cell(Column::Price).is_blank()
            || filled.iter().all(|it| *it == filled[0]) && filled.len() > 2
        {
            self.trade = numberless(&filled[0]);
            self.draft.skipped.push((number, format!("“{}”当作工种", self.trade)));
            return;
        }
        match fields.price(&self.trade, self.today) {
            Err(bad) => {
                let bad = bad
                    .into_iter()
                    .map(|(column, reason)| told(number, column.heading(), fields.cell(column).text(), reason));
                let bad: Vec<BadRow> = bad.collect();
                self.draft.bad.extend(bad);
            }
            Ok(price) => {
                self.trade.clone_from(&price.trade);
                let key = (price.trade.clone(), price.name.clone());
                if let Some(&at) = self.seen.get(&key) {
                    let reason = format!("重复：第 {} 行已有“{}”。请只留一行。", self.draft.rows[at].0, price.name);
                    self.draft.bad.push(told(number, Column::Name.heading(), price.name, reason));
                    return;
                }
                self.seen.insert(key, self.draft.rows.len());
                self.draft.rows.push((number, price));
            }
        }
    }
}

/// A heading without the number before it: 一、水电 is 水电.
fn numberless(heading: &str) -> String {
    let rest = heading.trim_start_matches(|c: char| "一二三四五六七八九十".contains(c) || c.is_ascii_digit());
    let rest = rest.trim_start_matches(['、', '.', '．', '，', ' ', ')', '）']);
    if rest.is_empty() { heading.trim().to_owned() } else { rest.trim().to_owned() }
}

/// Why a cell was refused.
type Bad = (Column, String);

impl Fields<'_> {
    /// The item, or every reason against it.
    fn price(&self, above: &str, today: Date) -> Result<Price, Vec<Bad>> {
        let mut bad: Vec<Bad> = Vec::new();
        let mut note = |column: Column, reason: &str| bad.push((column, reason.to_owned()));
        for column in self.headings.iter().filter_map(|it| it.column) {
            if matches!(self.cell(column), Cell::Broken) {
                note(column, "单元格是错误值（如 #N/A）；请改正后再导入。");
            }
        }
        let name = self.text(Column::Name);
        if name.is_empty() {
            note(Column::Name, "没有项目名称。");
        }
        let trade = match self.text(Column::Trade) {
            text if text.is_empty() && above.is_empty() => "其他".to_owned(),
            text if text.is_empty() => above.to_owned(),
            text => text,
        };
        let typed = self.text(Column::Price);
        let (amount, behind) = amount_and_unit(&typed);
        let says_free = is_yes(&self.text(Column::Free)) || typed.contains("免费");
        let fen = match money::fen(&amount, 8) {
            _ if says_free && (amount.is_empty() || money::fen(&amount, 8) == Some(0)) => 0,
            Some(0) if !says_free => {
                note(Column::Price, "单价是 0，却没有写免费；免费的请在“免费”一列写是。");
                0
            }
            Some(_) if says_free => {
                note(Column::Price, "写了单价又写了免费；请留一样。");
                0
            }
            Some(fen) if fen <= FEN_MAX => fen,
            _ => {
                note(Column::Price, "单价应为元，最多两位小数，如 30 或 45.50；“面议”“另计”的不进标准，到时评审。");
                0
            }
        };
        let unit = match self.text(Column::Unit) {
            text if text.is_empty() => behind,
            text => text,
        };
        if unit.is_empty() {
            note(Column::Unit, "没有单位；请写只、米、次之类，或把单价写成 30元/只。");
        }
        let kind = self.kind(&name);
        if kind.is_none() {
            note(Column::Kind, "种类请写人工、材料或其他收费。");
        }
        let from = self.day(Column::From, &mut note).unwrap_or(today);
        let until = self.day(Column::Until, &mut note);
        if until.is_some_and(|until| until < from) {
            note(Column::Until, "失效日早于生效日。");
        }
        let (free, warranty) = (fen == 0, is_yes(&self.text(Column::Warranty)));
        let remark = self.text(Column::Remark);
        match kind.filter(|_| bad.is_empty()) {
            Some(kind) => Ok(Price { trade, name, kind, unit, fen, from, until, free, warranty, remark }),
            None => Err(bad),
        }
    }

    /// The kind of charge as written; what is not written is labour.
    fn kind(&self, _name: &str) -> Option<String> {
        let written = self.text(Column::Kind);
        let known = |(id, word): &&(&str, &str)| written == *word || written == *id || written.starts_with(word);
        match written.trim_end_matches('费') {
            "" => Some("labour".into()),
            "其他" | "其它" => Some("other".into()),
            "材料" | "配件" => Some("material".into()),
            "人工" | "工时" | "服务" => Some("labour".into()),
            _ => KINDS.iter().find(known).map(|(id, _)| (*id).to_owned()),
        }
    }

    fn day(&self, column: Column, note: &mut impl FnMut(Column, &str)) -> Option<Date> {
        let cell = self.cell(column);
        if cell.is_blank() {
            return None;
        }
        let day = cell.date();
        if day.is_none() {
            note(column, "日期看不懂；请写成 2026-01-31 这样。");
        }
        day
    }
}

fn is_yes(text: &str) -> bool {
    matches!(text.trim(), "是" | "√" | "✓" | "✔" | "免费" | "免" | "有" | "Y" | "y" | "yes" | "1")
}

/// 30元/只 as 30 and 只; 30 as 30 and nothing.
fn amount_and_unit(typed: &str) -> (String, String) {
    let plain: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && !"￥¥,，".contains(*c))
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '．' => '.',
            '／' => '/',
            other => other,
        })
        .collect();
    let (amount, unit) = plain.split_once('/').unwrap_or((&plain, ""));
    (amount.trim_end_matches('元').trim_end_matches("免费").to_owned(), unit.to_owned())
}
