//! Each kind of rule to its plan (规则种类).

use std::ops::Range;

use calendar::{On, Shifts};

use super::Compiler;
use super::plan::*;
use super::slots::Settled;
use super::value::of_word;
use crate::law::SHIFTS;
use crate::model::{self, Book, Kind, Limit, Mechanism, Rule};
use crate::parse::phrase;

/// What a rule does; none when something in it cannot be read (reported).
pub fn work(compiler: &mut Compiler<'_>, book: &Book, rule: &Rule) -> Option<Work> {
    let span = &rule.id.span;
    let when = match compiler.conditions(conditions_of(&rule.kind))? {
        Settled::Open(when) => when,
        Settled::Never => return Some(Work::Nothing),
    };
    Some(match &rule.kind {
        Kind::Deadline(kind) => Work::Deadline(deadline(compiler, book, kind, when, span)?),
        Kind::Duty(kind) => Work::Duty(duty(compiler, kind, when, span)?),
        Kind::Rate(kind) => Work::Rate(rate(compiler, book, kind, when, span)?),
        Kind::Count(kind) => Work::Count(count(compiler, kind, when, span)?),
        Kind::Route(kind) => Work::Route(route(compiler, kind, when, span)?),
        Kind::Escalation(kind) => Work::Escalation(escalation(compiler, book, kind, when, span)?),
        Kind::Classify(kind) => Work::Classify(classify(compiler, kind, span)?),
        Kind::Right(kind) => Work::Right(right(compiler, book, kind, when, span)?),
        Kind::Block(kind) => Work::Block(block(compiler, book, kind, when, span)?),
        Kind::Sign(kind) => Work::Sign(sign(compiler, kind, when, span, rule.higher_rank_may)?),
        Kind::Form(kind) => Work::Fields(form(compiler, kind, span)?),
        Kind::Record(kind) => Work::Fields(record(compiler, kind, when, span, rule.higher_rank_may)?),
        Kind::Roster(kind) => Work::Roster(roster(compiler, kind, when, rule)?),
        Kind::Retention(kind) => Work::Retention(retention(compiler, kind, span)?),
        Kind::Formula(kind) => Work::Formula(formula(compiler, book, kind, when, span)?),
        Kind::Carried(_) => Work::Nothing,
    })
}

/// Days or hours of an opening; refused while the site states no shifts.
fn on(compiler: &mut Compiler<'_>, on: Option<On>, span: &Range<usize>) -> Option<Option<On>> {
    let shifts = || compiler.settings.stated(SHIFTS).is_some_and(|text| Shifts::parse(text).is_ok());
    if on == Some(On::Shift) && !shifts() {
        compiler.problem(span, format!("`班次内` 还不知道是几点到几点；要先定设置 `{SHIFTS}`"));
        return None;
    }
    Some(on)
}

/// The condition of a rule.
pub fn conditions_of(kind: &Kind) -> &[model::Condition] {
    match kind {
        Kind::Deadline(kind) => &kind.when,
        Kind::Duty(kind) => &kind.when,
        Kind::Rate(kind) => &kind.when,
        Kind::Count(kind) => &kind.when,
        Kind::Route(kind) => &kind.when,
        Kind::Escalation(kind) => &kind.when,
        Kind::Right(kind) => &kind.when,
        Kind::Block(kind) => &kind.when,
        Kind::Sign(kind) => &kind.when,
        Kind::Record(kind) => &kind.when,
        Kind::Roster(kind) => &kind.when,
        Kind::Formula(kind) => &kind.when,
        Kind::Classify(_) | Kind::Form(_) | Kind::Retention(_) | Kind::Carried(_) => &[],
    }
}

/// Facts and attributes that a rule names, for the kinds of subject that it is about.
pub fn words_of(kind: &Kind) -> Vec<&str> {
    let mut words: Vec<&str> = conditions_of(kind).iter().map(|one| one.attribute.value.as_str()).collect();
    match kind {
        Kind::Block(block) => {
            words.push(&block.act.value);
            words.extend(block.until.iter().map(|word| word.value.as_str()));
            words.extend(block.until_fields.iter().map(String::as_str));
            words.extend(block.until_values.iter().map(|one| one.attribute.value.as_str()));
            words.extend(block.after.iter().map(String::as_str));
        }
        Kind::Sign(sign) => words.extend([sign.act.value.as_str(), &sign.with]),
        Kind::Form(form) => {
            words.extend(form.issued_by.iter().chain(&form.blocks).chain(&form.fields).map(String::as_str));
        }
        Kind::Record(record) => words.push(&record.act.value),
        Kind::Roster(roster) => words.push(&roster.act.value),
        Kind::Retention(retention) => words.push(&retention.from.value),
        _ => {}
    }
    words
}

fn deadline(
    compiler: &mut Compiler<'_>,
    book: &Book,
    kind: &model::Deadline,
    when: Vec<Cond>,
    span: &Range<usize>,
) -> Option<Deadline> {
    let withdrawn = compiler.words.fact_of_id(crate::law::WITHDRAWN).map(|place| place as Word);
    let pause = match &kind.pause {
        Some(pause) => Some(Pause {
            from: compiler.fact(&pause.from, span)?,
            to: compiler.fact(&pause.to, span)?,
            restart: pause.restart,
        }),
        None => None,
    };
    let moved_by = match &kind.moved_by {
        Some(moved) => Some((compiler.fact(&moved.fact, span)?, compiler.attribute(&moved.to, span)?)),
        None => None,
    };
    let not_before = match &kind.not_before {
        Some(anchor) => Some(compiler.anchor(book, anchor, span)?),
        None => None,
    };
    let mut deadline = Deadline {
        from: compiler.facts(&kind.from),
        opens: kind.opens,
        same: compiler.attributes(&kind.same, span),
        when,
        on: on(compiler, kind.on, span)?,
        must: compiler.facts(&kind.must),
        must_all: kind.must_all,
        term: compiler.term(book, &kind.limit, span)?,
        not_before,
        soft: kind.soft,
        ends_with: compiler.plain_facts(&kind.ends_with, span),
        waived_by: compiler.plain_facts(&kind.waived_by, span),
        pause,
        moved_by,
        closing: kind.closing.as_ref().and_then(|word| compiler.fact(word, span)),
        by_entry: kind.by_entry,
        alert: kind.alert.as_ref().and_then(|post| compiler.post(post, span)),
        withdrawn_ends: true,
    };
    deadline.alert = deadline.alert.map(|post| compiler.bound(post));
    let named = [&deadline.from, &deadline.must, &deadline.ends_with, &deadline.waived_by];
    deadline.withdrawn_ends = withdrawn.is_some_and(|withdrawn| {
        deadline.closing != Some(withdrawn) && !named.iter().any(|words| words.contains(&withdrawn))
    });
    Some(deadline)
}

fn duty(compiler: &mut Compiler<'_>, kind: &model::Duty, when: Vec<Cond>, span: &Range<usize>) -> Option<Duty> {
    Some(Duty {
        every: compiler.every(&kind.every, span)?,
        must: compiler.fact(&kind.must.value, &kind.must.span)?,
        of: kind.of.as_ref().and_then(|word| compiler.fact(word, span)),
        on_rest_day: kind.on_rest_day,
        at_least: compiler.slot(&kind.at_least, span, phrase::count)?,
        period_attribute: kind.period_attribute.as_ref().and_then(|word| compiler.attribute(word, span)),
        soft: kind.soft,
        when,
        on: on(compiler, kind.on, span)?,
        covering: match &kind.covering {
            Some(covering) => Some(Covering {
                from: compiler.attribute(&covering.from, span)?,
                to: compiler.attribute(&covering.to, span)?,
                service_hours: covering.service_hours,
                at_least: match &covering.at_least {
                    Some(share) => Some(compiler.slot(share, span, phrase::quota)?),
                    None => None,
                },
            }),
            None => None,
        },
    })
}

/// The attribute that names the method of a follow-up.
const METHOD: &str = "回访方式";

fn rate(
    compiler: &mut Compiler<'_>,
    book: &Book,
    kind: &model::Rate,
    when: Vec<Cond>,
    span: &Range<usize>,
) -> Option<Rate> {
    let limit = match (&kind.within, &kind.due) {
        (Some(span), _) => Limit::Within(span.clone()),
        (None, Some(anchor)) => Limit::Due(anchor.clone()),
        (None, None) => Limit::None,
    };
    let methods = match kind.counted.methods.as_slice() {
        [] => None,
        methods => {
            let attribute = compiler.attribute(METHOD, span)?;
            let unit = compiler.words.attributes[attribute as usize].unit.clone();
            Some((attribute, compiler.values(&unit, methods, span)?))
        }
    };
    let must = compiler.fact(&kind.must.value, &kind.must.span)?;
    let mut other_musts = compiler.plain_facts(&kind.must_all, span);
    other_musts.retain(|other| *other != must);
    let mut exempt = Vec::new();
    for (word, attachment) in &kind.exempt {
        let proof = compiler.words.attribute(attachment).map(|place| place as Word);
        exempt.push((compiler.attribute(word, span)?, proof));
    }
    Some(Rate {
        of: compiler.fact(&kind.of.value, &kind.of.span)?,
        when,
        must,
        other_musts,
        term: compiler.term(book, &limit, span)?,
        at_least: compiler.share(&kind.at_least, span)?,
        per: kind.per.clone(),
        base: kind.base,
        opens: kind.opens,
        late_counts: kind.late_counts,
        by: compiler.many_hands(&kind.counted.by, span, false),
        methods,
        record: compiler.attributes(&kind.counted.record, span),
        exempt,
        size: kind.size.as_ref().and_then(|word| compiler.attribute(word, span)),
    })
}

fn count(compiler: &mut Compiler<'_>, kind: &model::Count, when: Vec<Cond>, span: &Range<usize>) -> Option<Count> {
    let within = match &kind.within {
        Some(slot) => Some(compiler.span(slot, span)?),
        None => None,
    };
    let apart = match &kind.apart {
        Some(slot) => Some(compiler.span(slot, span)?),
        None => None,
    };
    Some(Count {
        of: compiler.fact(&kind.of.value, &kind.of.span)?,
        when,
        distinct: kind.distinct.as_ref().and_then(|word| compiler.attribute(word, span)),
        group_by: compiler.attributes(&kind.group_by, span),
        per: kind.per,
        within,
        apart,
        threshold: (kind.threshold.0, compiler.slot(&kind.threshold.1, span, phrase::count)?),
        raises: kind.raises.clone(),
    })
}

fn goal(compiler: &Compiler<'_>, words: &str) -> Goal {
    match compiler.words.fact(words) {
        Some(place) => Goal::Fact(place as Word),
        None => Goal::Words(words.to_owned()),
    }
}

fn route(compiler: &mut Compiler<'_>, kind: &model::Route, when: Vec<Cond>, span: &Range<usize>) -> Option<Route> {
    let unless = match &kind.unless {
        Some((asked, go)) => Some((compiler.fact(asked, span)?, goal(compiler, go))),
        None => None,
    };
    let on = on(compiler, kind.on, span)?;
    Some(Route { from: compiler.facts(&kind.from), when, on, go: goal(compiler, &kind.go.value), unless })
}

fn escalation(
    compiler: &mut Compiler<'_>,
    book: &Book,
    kind: &model::Escalation,
    when: Vec<Cond>,
    span: &Range<usize>,
) -> Option<Escalation> {
    let to = compiler.post(&kind.to.value, &kind.to.span)?;
    Some(Escalation {
        from: compiler.facts(&kind.from),
        when,
        unless: compiler.plain_facts(&kind.unless, span),
        term: compiler.term(book, &kind.at, span)?,
        to: compiler.bound(to),
        must: kind.must.as_ref().and_then(|word| compiler.fact(word, span)),
        soft: kind.soft,
    })
}

fn classify(compiler: &mut Compiler<'_>, kind: &model::Classify, span: &Range<usize>) -> Option<Classify> {
    let ground = compiler.attribute(&kind.ground.value, &kind.ground.span)?;
    let gives = compiler.attribute(&kind.gives.value, &kind.gives.span)?;
    let ground_unit = compiler.words.attributes[ground as usize].unit.clone();
    let given_unit = compiler.words.attributes[gives as usize].unit.clone();
    let mut rows = Vec::new();
    for (grounds, class) in &kind.values {
        let grounds = compiler.values(&ground_unit, grounds, span)?;
        compiler.values(&given_unit, std::slice::from_ref(class), span)?;
        rows.push((grounds, of_word(&given_unit, compiler.words, class)));
    }
    Some(Classify { ground, gives, rows })
}

fn right(
    compiler: &mut Compiler<'_>,
    book: &Book,
    kind: &model::Right,
    when: Vec<Cond>,
    span: &Range<usize>,
) -> Option<Right> {
    Some(Right {
        from: compiler.facts(&kind.from),
        when,
        may: goal(compiler, &kind.may.value),
        term: compiler.term(book, &kind.opens, span)?,
        until: compiler.plain_facts(&kind.until, span),
    })
}

fn block(
    compiler: &mut Compiler<'_>,
    book: &Book,
    kind: &model::Block,
    when: Vec<Cond>,
    span: &Range<usize>,
) -> Option<Block> {
    let until_values = match compiler.conditions(&kind.until_values)? {
        Settled::Open(conditions) => conditions,
        Settled::Never => {
            compiler.problem(span, "`until_values` 里不能写设置，写到 `when` 里".to_owned());
            return None;
        }
    };
    let not_before = match &kind.not_before {
        Some(anchor) => Some(compiler.anchor(book, anchor, span)?),
        None => None,
    };
    let not_after = match &kind.not_after {
        Some((attribute, anchor)) => Some((compiler.attribute(attribute, span)?, compiler.anchor(book, anchor, span)?)),
        None => None,
    };
    let lifts = !kind.until.is_empty()
        || !kind.until_fields.is_empty()
        || !kind.until_values.is_empty()
        || kind.only_by_who
        || not_before.is_some()
        || not_after.is_some();
    Some(Block {
        act: compiler.fact(&kind.act.value, &kind.act.span)?,
        when,
        until: compiler.facts(&kind.until),
        until_fields: compiler.attributes(&kind.until_fields, span),
        until_values,
        after: kind.after.as_ref().and_then(|word| compiler.fact(word, span)),
        only_by_who: kind.only_by_who,
        not_before,
        not_after,
        absolute: !lifts,
    })
}

fn sign(
    compiler: &mut Compiler<'_>,
    kind: &model::Sign,
    when: Vec<Cond>,
    span: &Range<usize>,
    higher_rank_may: bool,
) -> Option<Sign> {
    Some(Sign {
        // A form may be signed as such; then the signatures are needed from the start.
        act: compiler.words.fact(&kind.act.value).map(|place| place as Word),
        with: compiler.fact(&kind.with, span)?,
        when,
        by: compiler.many_hands(&kind.by, span, higher_rank_may),
        any: kind.any,
        in_order: kind.in_order,
        distinct: kind.distinct,
        each_entry: kind.each_entry,
        blocks: kind.blocks.as_ref().and_then(|word| compiler.fact(word, span)),
    })
}

fn form(compiler: &mut Compiler<'_>, kind: &model::Form, span: &Range<usize>) -> Option<Fields> {
    let fields: Option<Vec<Named>> = kind.fields.iter().map(|field| compiler.named(field, span)).collect();
    let blocks = kind.blocks.as_ref().and_then(|word| compiler.fact(word, span));
    Some(Fields {
        act: kind.issued_by.as_ref().and_then(|word| compiler.fact(word, span)),
        when: Vec::new(),
        fields: fields?,
        approved_by: None,
        blocks,
    })
}

fn record(
    compiler: &mut Compiler<'_>,
    kind: &model::Record,
    when: Vec<Cond>,
    span: &Range<usize>,
    higher_rank_may: bool,
) -> Option<Fields> {
    let fields: Option<Vec<Named>> =
        kind.fields.iter().map(|field| compiler.named(&field.value, &field.span)).collect();
    let approver = kind.approved_by.as_ref().and_then(|post| compiler.post(post, span));
    Some(Fields {
        act: Some(compiler.fact(&kind.act.value, &kind.act.span)?),
        when,
        fields: fields?,
        approved_by: approver.map(|post| compiler.hands(post, higher_rank_may)),
        blocks: kind.blocks.as_ref().and_then(|word| compiler.fact(word, span)),
    })
}

fn roster(compiler: &mut Compiler<'_>, kind: &model::Roster, when: Vec<Cond>, rule: &Rule) -> Option<Roster> {
    let span = &rule.id.span;
    let higher = rule.higher_rank_may;
    let mut any_of = compiler.many_hands(&kind.any_of, span, higher);
    let all_of = compiler.many_hands(&kind.all_of, span, higher);
    if any_of.is_empty() && all_of.is_empty() {
        let who = rule.who.as_ref().and_then(|who| compiler.post(&who.value, &who.span));
        any_of.extend(who.map(|who| compiler.hands(who, higher)));
    }
    let cover = kind.cover.iter().filter_map(|post| compiler.post(post, span)).collect();
    let not_same_as = kind.not_same_as.as_ref().and_then(|word| match compiler.words.fact(word) {
        Some(place) => Some(Other::Doer(place as Word)),
        None => compiler.post(word, span).map(|post| Other::Holder(compiler.hands(post, false))),
    });
    Some(Roster { act: compiler.fact(&kind.act.value, &kind.act.span)?, when, all_of, any_of, cover, not_same_as })
}

fn retention(compiler: &mut Compiler<'_>, kind: &model::Retention, span: &Range<usize>) -> Option<Retention> {
    let keep = match &kind.keep {
        Some(slot) => Some(compiler.span(slot, span)?),
        None => None,
    };
    let known = compiler.words.form(&kind.of.value).map(|place| compiler.words.forms[place].id.clone());
    let approver = kind.approved_by.as_ref().and_then(|post| compiler.post(post, span));
    Some(Retention {
        of: known.unwrap_or_else(|| kind.of.value.clone()),
        keep,
        from: compiler.fact(&kind.from.value, &kind.from.span)?,
        blocks: kind.blocks.as_ref().and_then(|word| compiler.fact(word, span)),
        approved_by: approver.map(|post| compiler.bound(post)),
    })
}

fn formula(
    compiler: &mut Compiler<'_>,
    book: &Book,
    kind: &model::Formula,
    when: Vec<Cond>,
    span: &Range<usize>,
) -> Option<Formula> {
    let way = match &kind.mechanism {
        Mechanism::Sum { of, times } => {
            let times = match times {
                Some(times) => Some(compiler.attribute(times, span)?),
                None => None,
            };
            Way::Sum(compiler.attribute(of, span)?, times)
        }
        Mechanism::Multiply { of, by } => {
            Way::Multiply(compiler.attribute(of, span)?, compiler.slot(by, span, phrase::factor)?)
        }
        Mechanism::Weigh { parts } => {
            let mut weighed = Vec::new();
            for (of, by) in parts {
                weighed.push((compiler.attribute(of, span)?, compiler.slot(by, span, phrase::factor)?));
            }
            Way::Weigh(weighed)
        }
        Mechanism::Each { of, amount } => {
            Way::Each(compiler.attribute(of, span)?, compiler.slot(amount, span, phrase::amount)?)
        }
        Mechanism::Accrue { on, rate } => {
            Way::Accrue(compiler.attribute(on, span)?, compiler.slot(rate, span, phrase::factor)?)
        }
        Mechanism::Fixed { amount } => Way::Fixed(compiler.slot(amount, span, phrase::amount)?),
    };
    let breach_of = compiler.clause_keys(book, &kind.breach_of, span)?;
    Some(Formula { gives: kind.gives.value.clone(), when, way, breach_of, each_breach: kind.each_breach })
}
