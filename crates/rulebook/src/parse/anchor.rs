//! Anchors (起算点): a phrase, or a table when the number is a setting.

use std::ops::Range;

use calendar::parse_time;
use toml::de::DeValue;

use super::phrase;
use super::table::{Page, Table, at};
use crate::model::*;
use crate::words::Unit;

impl<'a> Table<'a> {
    /// An anchor: a phrase, or a table when its number is a setting.
    pub fn anchor(&mut self, key: &'static str) -> Option<Anchor> {
        let value = self.take(key)?;
        match value.get_ref() {
            DeValue::String(text) => anchor_phrase(self.page, key, at(value.span(), text)),
            DeValue::Table(entries) => anchor_table(Table::new(self.page, entries, value.span())),
            _ => {
                self.mistyped(key, value, "文字，或 { base = \"…\", after = { setting = \"…\" } }");
                None
            }
        }
    }
}

/// An anchor as written.
pub fn anchor_phrase(page: &Page<'_>, key: &str, written: At<String>) -> Option<Anchor> {
    let (base, shift) = phrase::cut_anchor(&written.value);
    let read = phrase::shift(shift);
    let base = anchor_base(page, base, written.span.clone());
    match read {
        Ok(read) => {
            page.note_written(Slot::Stated(at(written.span, shift)));
            Some(Anchor { base: base?, shift: read })
        }
        Err(bad) => {
            page.bad_phrase(written.span, key, &bad);
            None
        }
    }
}

/// An anchor whose number is a setting.
fn anchor_table(mut table: Table<'_>) -> Option<Anchor> {
    let base = table.text("base");
    let after = table.span("after").map(AnchorShift::After);
    let minutes = number_of(&mut table, "after_minutes").map(AnchorShift::AfterMinutes);
    let workdays = number_of(&mut table, "after_workdays").map(AnchorShift::AfterWorkdays);
    let before = table.span("before").map(AnchorShift::Before);
    let on = table.on("on");
    let time = table.slot("next_time", "time", parse_time);
    if on.is_some() && (time.is_none() || !on.is_some_and(phrase::is_of_days)) {
        table.page.error(table.span.clone(), "`on` 只和 `next_time` 同写，写哪些日子，不写服务时间和班次");
    }
    let time = time.map(|time| AnchorShift::NextTime { on, times: vec![time] });
    let day = table.slot("next_day", "day", phrase::day).map(AnchorShift::NextMonthDay);
    let quarter = table.slot("next_quarter_day", "day", phrase::day).map(AnchorShift::NextQuarterDay);
    let page = table.page;
    let span = table.span.clone();
    table.finish();
    let base = match base {
        Some(text) => anchor_base(page, text.value.trim(), text.span)?,
        None => AnchorBase::Opening,
    };
    let mut shifts = [after, minutes, workdays, before, time, day, quarter].into_iter().flatten();
    let shift = shifts.next().unwrap_or(AnchorShift::None);
    if shifts.next().is_some() {
        let keys = "`after` `after_minutes` `after_workdays` `before` `next_time` `next_day` `next_quarter_day`";
        page.error(span, format!("{keys} 只能写一个"));
        return None;
    }
    Some(Anchor { base, shift })
}

/// `after_minutes`, `after_workdays`: a number attribute that says how long, job by job.
fn number_of(table: &mut Table<'_>, key: &'static str) -> Option<String> {
    let name = table.plain_word(key, Sort::Attribute)?;
    let page = table.page;
    let unit = page.words.attribute(&name).map(|place| &page.words.attributes[place].unit);
    if unit.is_some_and(|unit| *unit != Unit::Number) {
        page.error(table.span.clone(), format!("`{name}` 不是数目，不能当时限"));
    }
    Some(name)
}

fn anchor_base(page: &Page<'_>, text: &str, span: Range<usize>) -> Option<AnchorBase> {
    if text.is_empty() {
        return Some(AnchorBase::Opening);
    }
    if let Some(rest) = text.strip_prefix("条款") {
        return clause_base(page, rest, span);
    }
    let word = |name: &str, sorts: &[Sort]| page.word(at(span.clone(), name.trim()), sorts).value;
    if let Some(rest) = text.strip_suffix("中段") {
        let Some((first, last)) = rest.split_once('至') else {
            page.error_with(span.clone(), format!("看不懂 `{text}`"), "可以写：合同开始 至 合同结束 中段");
            return None;
        };
        let dates = [Sort::Attribute];
        return Some(AnchorBase::MiddleThird(word(first, &dates), word(last, &dates)));
    }
    let either = [Sort::Fact, Sort::Attribute];
    if let Some(rest) = text.strip_suffix("较晚者") {
        return Some(AnchorBase::Later(rest.split('、').map(|name| word(name, &either)).collect()));
    }
    if text.contains(' ') {
        let hint = format!("起点和移动之间空一格，移动可以写：{}", phrase::SHIFT_FORMS.replace('\n', "；"));
        page.error_with(span, format!("看不懂 `{text}`"), hint);
        return None;
    }
    let name = word(text, &either);
    let Some(place) = page.words.attribute(&name) else {
        return Some(AnchorBase::Fact(name));
    };
    if !matches!(page.words.attributes[place].unit, Unit::Date | Unit::Moment) {
        page.error(span.clone(), format!("`{name}` 不是日期或时刻，不能作起点"));
    }
    Some(AnchorBase::Attribute(name))
}

fn clause_base(page: &Page<'_>, rest: &str, span: Range<usize>) -> Option<AnchorBase> {
    let ids: Vec<String> = match rest.trim().strip_suffix("到期") {
        Some(list) => list.split('、').map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()).collect(),
        None => Vec::new(),
    };
    if ids.is_empty() {
        page.error_with(span, format!("看不懂 `条款{rest}`"), "可以写：条款 4.2.3f 到期；条款 4.2.3f、4.2.3g 到期");
        return None;
    }
    for id in &ids {
        page.note_use(Sort::Clause, id, span.clone());
    }
    Some(AnchorBase::ClauseDue(ids))
}
