//! Rules that give figures (数目类): rate, count, formula, retention.

use calendar::Period;

use super::super::phrase;
use super::super::table::Table;
use super::super::when::value_word;
use crate::model::*;
use crate::words::Unit;

/// `[[rate]]`.
pub fn rate(table: &mut Table<'_>) -> Option<Kind> {
    let base = [
        ("完成于期内", Base::FinishedInPeriod),
        ("到期于期内", Base::DueInPeriod),
        ("上一周完成", Base::FinishedLastWeek),
        ("本次参加者", Base::Participants),
    ];
    if !table.has("at_least") {
        table.missing("at_least");
    }
    let of = table.need_word("of", Sort::Fact);
    let must = table.need_word("must", Sort::Fact);
    let when = table.when("when");
    let (within, due) = match table.limit("within", "due") {
        Limit::Within(span) => (Some(span), None),
        Limit::Due(anchor) => (None, Some(anchor)),
        Limit::None => (None, None),
    };
    let at_least = table.slot("at_least", "share", phrase::quota);
    let per = periods(table, "per");
    let base = table.one_of("base", &base).unwrap_or_default();
    let size = table.plain_word("size", Sort::Attribute);
    if base == Base::Participants && size.is_none() {
        table.page.error(table.span.clone(), "base = \"本次参加者\" 时要用 `size` 写明人数的属性");
    }
    let rate = Rate {
        of: of?,
        opens: super::clocks::opens(table),
        when,
        must: must?,
        within,
        due,
        at_least: at_least?,
        per: per?,
        base,
        late_counts: table.flag("late_counts").unwrap_or(false),
        counted: counted(table),
        must_all: table.plain_words("must_all", Sort::Fact),
        exempt: exempt(table),
        size,
    };
    Some(Kind::Rate(rate))
}

/// `日 周 月 季 年`, at least one.
fn periods(table: &mut Table<'_>, key: &'static str) -> Option<Vec<Period>> {
    if !table.has(key) {
        table.missing(key);
    }
    let mut periods = Vec::new();
    for text in table.texts(key) {
        match Period::parse(&text.value) {
            Ok(period) => periods.push(period),
            Err(bad) => table.page.bad_phrase(text.span, key, &bad),
        }
    }
    (!periods.is_empty()).then_some(periods)
}

fn counted(table: &mut Table<'_>) -> Counted {
    let Some(mut counted) = table.table("counted") else {
        return Counted::default();
    };
    let read = Counted {
        by: counted.plain_words("by", Sort::Post),
        methods: methods(&mut counted),
        record: counted.plain_words("record", Sort::Attribute),
    };
    counted.finish();
    read
}

/// The attribute whose values are ways to follow up (回访方式).
const METHOD: &str = "follow_up.method";

fn methods(table: &mut Table<'_>) -> Vec<String> {
    let page = table.page;
    let known = page.words.attribute_of_id(METHOD).map(|place| &page.words.attributes[place]);
    table.texts("methods").into_iter().map(|word| value_word(page, word, known)).collect()
}

fn exempt(table: &mut Table<'_>) -> Vec<(String, String)> {
    let mut exempt = Vec::new();
    for mut one in table.tables("exempt") {
        let word = one.need_word("word", Sort::Attribute);
        let attachment = one.need("attachment");
        one.finish();
        if let (Some(word), Some(attachment)) = (word, attachment) {
            exempt.push((word.value, attachment.value));
        }
    }
    exempt
}

/// `[[count]]`.
pub fn count(table: &mut Table<'_>) -> Option<Kind> {
    let of = table.need_word("of", Sort::Fact);
    let when = table.when("when");
    let distinct = table.plain_word("distinct", Sort::Attribute);
    let group_by = table.plain_words("group_by", Sort::Attribute);
    let within = table.span("within");
    let apart = table.span("apart");
    let per = if table.has("per") {
        periods(table, "per")
    } else {
        if within.is_none() {
            table.page.error(table.span.clone(), "缺少 `per` 或 `within`");
        }
        table.take("per");
        Some(vec![Period::Month])
    };
    let threshold = table.threshold("threshold");
    let raises = table.need("raises");
    let per = *per?.first()?;
    let raises = raises?.value;
    Some(Kind::Count(Count { of: of?, when, distinct, group_by, per, within, apart, threshold: threshold?, raises }))
}

/// `[[formula]]`.
pub fn formula(table: &mut Table<'_>) -> Option<Kind> {
    let gives = table.need("gives");
    let when = table.when("when");
    let ways = ["sum", "multiply", "weigh", "each", "accrue", "fixed"];
    if ways.iter().filter(|way| table.has(way)).count() != 1 {
        let hint = "如 sum = { of = \"应收金额\" }；fixed = \"50 元\"";
        let sentence = "`sum` `multiply` `weigh` `each` `accrue` `fixed` 要写且只写一个";
        table.page.error_with(table.span.clone(), sentence, hint);
    }
    let sum = table.table("sum").and_then(|mut sum| {
        let of = sum.need_word("of", Sort::Attribute);
        let times = sum.plain_word("times", Sort::Attribute);
        sum.finish();
        Some(Mechanism::Sum { of: of?.value, times })
    });
    let multiply = table.table("multiply").and_then(|mut multiply| {
        let of = multiply.need_word("of", Sort::Attribute);
        let by = needed_factor(&mut multiply, "by");
        multiply.finish();
        Some(Mechanism::Multiply { of: of?.value, by: by? })
    });
    let weigh = weigh(table);
    let each = table.table("each").and_then(|mut each| {
        let of = each.need_word("of", Sort::Attribute);
        if !each.has("amount") {
            each.missing("amount");
        }
        let amount = each.slot("amount", "money", phrase::amount);
        each.finish();
        Some(Mechanism::Each { of: of?.value, amount: amount? })
    });
    let accrue = table.table("accrue").and_then(|mut accrue| {
        let on = accrue.need_word("on", Sort::Attribute);
        let rate = needed_factor(&mut accrue, "rate");
        accrue.finish();
        Some(Mechanism::Accrue { on: on?.value, rate: rate? })
    });
    let fixed = table.slot("fixed", "money", phrase::amount).map(|amount| Mechanism::Fixed { amount });
    let approved_by = table.plain_word("approved_by", Sort::Post);
    let breach_of = table.plain_words("breach_of", Sort::Clause);
    let each_breach = table.flag("each_breach").unwrap_or(false);
    if each_breach && breach_of.is_empty() {
        table.page.error(table.span.clone(), "`each_breach` 要同 `breach_of` 一起写");
    }
    let mechanism = sum.or(multiply).or(weigh).or(each).or(accrue).or(fixed)?;
    Some(Kind::Formula(Formula { gives: gives?, when, mechanism, breach_of, each_breach, approved_by }))
}

/// `weigh = [{ of = "…", by = "40%" }]`.
fn weigh(table: &mut Table<'_>) -> Option<Mechanism> {
    let mut parts = Vec::new();
    for mut one in table.tables("weigh") {
        let of = one.need_word("of", Sort::Attribute);
        let by = needed_factor(&mut one, "by");
        one.finish();
        let (of, by) = (of?, by?);
        let words = table.page.words;
        let unit = words.attribute(&of.value).map(|place| &words.attributes[place].unit);
        if unit.is_some_and(|unit| *unit != Unit::Number) {
            table.page.error(of.span, format!("`{}` 不是数目，不能加权", of.value));
            return None;
        }
        parts.push((of.value, by));
    }
    (!parts.is_empty()).then_some(Mechanism::Weigh { parts })
}

fn needed_factor(table: &mut Table<'_>, key: &'static str) -> Option<Slot<i64>> {
    if !table.has(key) {
        table.missing(key);
    }
    table.slot(key, "share", phrase::factor)
}

/// `[[retention]]`.
pub fn retention(table: &mut Table<'_>) -> Option<Kind> {
    let of = table.need("of").map(|of| table.page.form_or_words(of));
    let keep = table.span("keep");
    let from = table.need_word("from", Sort::Fact);
    let keeper = table.need("keeper").map(|keeper| table.page.post_or_words(keeper));
    let blocks = table.plain_word("blocks", Sort::Fact);
    let approved_by = table.plain_word("approved_by", Sort::Post);
    Some(Kind::Retention(Retention { of: of?, keep, from: from?, keeper: keeper?.value, blocks, approved_by }))
}
