//! Rules with a clock (时限类): deadline, duty, escalation.

use calendar::{On, OnRestDay};

use super::super::head::Head;
use super::super::phrase;
use super::super::table::Table;
use super::Rules;
use crate::model::*;
use crate::words::Unit;

/// `[[deadline]]`, one rule, or one for each row of `[[deadline.limit]]`.
pub fn deadline(mut table: Table<'_>, rules: &mut Rules) {
    let page = table.page;
    page.take_written();
    let before = page.count();
    let rows = table.tables("limit");
    let head = Head::read(&mut table, !rows.is_empty());
    let limit = table.limit("within", "due");
    if !rows.is_empty() && limit != Limit::None {
        page.error(table.span.clone(), "有分行时，`within` 和 `due` 写在每一行 [[deadline.limit]] 里");
    }
    let shared = read_deadline(&mut table, limit);
    table.finish();
    let written = page.take_written();
    if rows.is_empty() {
        let number = head.number().map(str::to_owned);
        let whole = page.count() == before;
        let rule = head.rule(written, shared.map(Kind::Deadline));
        rules.add(number, rule.filter(|_| whole));
        return;
    }
    let shared_whole = page.count() == before;
    for mut row in rows {
        let before = page.count();
        let row_head = head.of_row(&mut row);
        let limit = row.limit("within", "due");
        let when = row.when("when");
        let soft = row.flag("soft");
        row.finish();
        let mut phrases = written.clone();
        phrases.extend(page.take_written());
        let kind = shared.clone().map(|mut deadline| {
            deadline.limit = limit;
            deadline.when.extend(when);
            deadline.soft = soft.unwrap_or(deadline.soft);
            Kind::Deadline(deadline)
        });
        let number = row_head.number().map(str::to_owned);
        let whole = shared_whole && page.count() == before;
        rules.add(number, row_head.rule(phrases, kind).filter(|_| whole));
    }
}

/// `opens`: which occurrences count.
pub(super) fn opens(table: &mut Table<'_>) -> Opens {
    let opens = [("每次", Opens::Each), ("首次", Opens::First), ("末次", Opens::Last)];
    table.one_of("opens", &opens).unwrap_or_default()
}

fn read_deadline(table: &mut Table<'_>, limit: Limit) -> Option<Deadline> {
    let from = table.need_words("from", Sort::Fact);
    let must = table.need_words("must", Sort::Fact);
    let read = Deadline {
        from: Vec::new(),
        opens: opens(table),
        same: table.plain_words("same", Sort::Attribute),
        when: table.when("when"),
        on: table.on("on"),
        must: Vec::new(),
        must_all: table.flag("must_all").unwrap_or(false),
        limit,
        not_before: table.anchor("not_before"),
        soft: table.flag("soft").unwrap_or(false),
        ends_with: table.plain_words("ends_with", Sort::Fact),
        waived_by: table.plain_words("waived_by", Sort::Fact),
        pause: pause(table),
        moved_by: moved_by(table),
        closing: table.plain_word("closing", Sort::Fact),
        by_entry: table.flag("by_entry").unwrap_or(false),
        alert: table.plain_word("alert", Sort::Post),
        partial: table.flag("partial").unwrap_or(false),
    };
    Some(Deadline { from: from?, must: must?, ..read })
}

fn pause(table: &mut Table<'_>) -> Option<Pause> {
    let mut pause = table.table("pause")?;
    let from = pause.need_word("from", Sort::Fact);
    let to = pause.need_word("to", Sort::Fact);
    let restart = pause.one_of("then", &[("续计", false), ("重计", true)]);
    if !pause.has("then") {
        pause.missing("then");
    }
    pause.finish();
    Some(Pause { from: from?.value, to: to?.value, restart: restart? })
}

fn moved_by(table: &mut Table<'_>) -> Option<MovedBy> {
    let mut moved = table.table("moved_by")?;
    let fact = moved.need_word("fact", Sort::Fact);
    let to = moved.need_word("to", Sort::Attribute);
    moved.finish();
    Some(MovedBy { fact: fact?.value, to: to?.value })
}

/// `[[duty]]`.
pub fn duty(table: &mut Table<'_>) -> Option<Kind> {
    if !table.has("every") {
        table.missing("every");
    }
    let every = table.every("every");
    let must = table.need_word("must", Sort::Fact);
    let rest = [
        ("不动", OnRestDay::Stays),
        ("提前", OnRestDay::Earlier),
        ("顺延", OnRestDay::Later),
        ("免办", OnRestDay::Waived),
    ];
    let of = table.plain_word("of", Sort::Fact);
    let on_rest_day = table.one_of("on_rest_day", &rest).unwrap_or_default();
    let at_least = table.slot("at_least", "number", phrase::count).unwrap_or(Slot::Stated(1));
    let period_attribute = table.plain_word("period_attribute", Sort::Attribute);
    let soft = table.flag("soft").unwrap_or(false);
    let when = table.when("when");
    let on = table.on("on");
    if matches!(on, Some(On::ServiceHours | On::OutsideServiceHours | On::Shift)) {
        table.page.error(table.span.clone(), "职责的 `on` 说的是哪些日子，不能写服务时间和班次");
    }
    let covering = if table.has("covering") {
        if let Some(key) = ["of", "at_least", "period_attribute"].into_iter().find(|key| table.has(key)) {
            table.page.error(table.span.clone(), format!("`covering` 和 `{key}` 只能写一个"));
        }
        Some(covering(table)?)
    } else {
        None
    };
    let (every, must) = (every?, must?);
    Some(Kind::Duty(Duty { every, must, of, on_rest_day, at_least, period_attribute, soft, when, on, covering }))
}

/// `covering = { from = "当班开始", to = "当班结束", on = "服务时间" }`; without `on` the whole day; with `at_least = "50%"`
/// so much of a working day's hours of service, whenever.
fn covering(table: &mut Table<'_>) -> Option<Covering> {
    let mut covering = table.table("covering")?;
    let from = moment_word(&mut covering, "from");
    let to = moment_word(&mut covering, "to");
    let service_hours = covering.one_of("on", &[("服务时间", true)]).unwrap_or(false);
    let at_least = covering.slot("at_least", "share", phrase::quota);
    if service_hours && at_least.is_some() {
        covering.page.error(covering.span.clone(), "`on` 和 `at_least` 只能写一个");
    }
    covering.finish();
    Some(Covering { from: from?, to: to?, service_hours, at_least })
}

/// A moment attribute.
fn moment_word(table: &mut Table<'_>, key: &'static str) -> Option<String> {
    let word = table.need_word(key, Sort::Attribute)?;
    let known = table.page.words.attribute(&word.value).map(|place| &table.page.words.attributes[place].unit);
    if known.is_some_and(|unit| *unit != Unit::Moment) {
        table.page.error(word.span, format!("`{}` 不是时刻", word.value));
        return None;
    }
    Some(word.value)
}

/// `[[escalation]]`.
pub fn escalation(table: &mut Table<'_>) -> Option<Kind> {
    let from = table.need_words("from", Sort::Fact);
    let when = table.when("when");
    let unless = table.plain_words("unless", Sort::Fact);
    let at = table.limit("after", "at");
    let to = table.need_word("to", Sort::Post);
    let must = table.plain_word("must", Sort::Fact);
    let soft = table.flag("soft").unwrap_or(false);
    Some(Kind::Escalation(Escalation { from: from?, when, unless, at, to: to?, must, soft }))
}
