//! Adopted clauses of different books that ask different things of the same act (条款冲突): found here, settled by the site.

use std::collections::BTreeMap;
use std::fmt::Debug;

use calendar::{Moment, Span};

use crate::answer::ClauseRef;
use crate::check::overlap::on_apart;
use crate::compile::plan::{
    Anchor, Block, Cond, Deadline, Duty, Hands, Plan, Rate, Retention, Roster, Shift, Start, Stretch, Term, Test, Word,
    Work,
};
use crate::law::{Law, Version};
use crate::model::{ByOther, Comparison};
use crate::read_back::Lang;

/// A window that ends when another clause falls due, as that clause tells it.
fn told_out(version: &Version, term: &Term, of: Word) -> Term {
    let Term::Due(Anchor { start: Start::ClauseDue(keys), shift: Shift::None }) = term else { return term.clone() };
    let due = |plan: &Plan| match &plan.work {
        Work::Deadline(deadline) if keys.contains(&plan.key) && deadline.from.contains(&of) => {
            Some(deadline.term.clone())
        }
        _ => None,
    };
    version.plans.iter().find_map(due).unwrap_or_else(|| term.clone())
}

/// In what two clauses differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// How long the act may take.
    Limit,
    /// When in a period it is due, or how often.
    Times,
    /// Which share must be reached.
    Share,
    /// Which members or which period make the base of a rate.
    Base,
    /// By which methods it counts.
    Method,
    /// Who does it, where an act by others is worth nothing to one of them.
    Performer,
    /// What one demands the other forbids, or each waits for the other.
    Forbids,
    /// How long to keep.
    Keeping,
    /// Which class a ground gives.
    Class,
    /// Which amount results.
    Amount,
}

impl Aspect {
    /// Said in a word: 时限.
    pub fn word(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Aspect::Limit => ("时限", "limit"),
            Aspect::Times => ("周期", "period"),
            Aspect::Share => ("比率", "share"),
            Aspect::Base => ("计算范围", "base"),
            Aspect::Method => ("方式", "method"),
            Aspect::Performer => ("由谁办", "who does it"),
            Aspect::Forbids => ("一方要求、一方不准", "one demands what the other forbids"),
            Aspect::Keeping => ("保存期限", "time of keeping"),
            Aspect::Class => ("归类", "class"),
            Aspect::Amount => ("金额", "amount"),
        };
        if lang == Lang::Chinese { zh } else { en }
    }
}

/// Two clauses of different books that cannot both be the measure of one act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Vocabulary id of the act, form or attribute; for amounts the name of the amount.
    pub act: String,
    /// In what they differ, each once, in order.
    pub aspects: Vec<Aspect>,
    /// The clauses, in order of book and number.
    pub sides: [ClauseRef; 2],
    /// Place in `sides` of the shorter limit or longer keeping: it drives the light until somebody settles (T9).
    pub stricter: Option<usize>,
}

/// What two rules were found to differ in.
struct Found {
    act: String,
    aspects: Vec<Aspect>,
    stricter: Option<usize>,
}

impl Law {
    /// The conflicts between clauses that hold at `at` or come to hold later, each pair once, by act and clause. Clauses
    /// of one book are no conflict: there `overrides` and conditions decide. Alarms without a number in the regulation
    /// are no limits.
    pub fn conflicts(&self, at: Moment) -> Vec<Conflict> {
        let Some(version) = self.version_at(at) else { return Vec::new() };
        let ahead = Stretch { from: at, until: Moment(i64::MAX) };
        let mut by_topic: BTreeMap<(u8, i64), Vec<&Plan>> = BTreeMap::new();
        for plan in &version.plans {
            if plan.stretches.iter().any(|it| it.common(ahead).is_some()) {
                for topic in topics(&plan.work) {
                    by_topic.entry(topic).or_default().push(plan);
                }
            }
        }
        let mut pairs: BTreeMap<(ClauseRef, ClauseRef), Conflict> = BTreeMap::new();
        for plans in by_topic.values() {
            for (place, one) in plans.iter().enumerate() {
                for other in plans[place + 1..].iter().filter(|other| other.book_key != one.book_key) {
                    let (a, b) = if one.clause <= other.clause { (*one, *other) } else { (*other, *one) };
                    if at_one_time(a, b, ahead)
                        && let Some(found) = self.compare(version, a, b)
                    {
                        note(&mut pairs, a, b, found);
                    }
                }
            }
        }
        let mut all: Vec<Conflict> = pairs.into_values().collect();
        all.sort_by(|a, b| (&a.act, &a.sides).cmp(&(&b.act, &b.sides)));
        all
    }

    fn compare(&self, version: &Version, a: &Plan, b: &Plan) -> Option<Found> {
        let fact = |word: Word| self.fact_id(word);
        let rate = |rate: &Rate| Rate { term: told_out(version, &rate.term, rate.of), ..rate.clone() };
        match (&a.work, &b.work) {
            (Work::Deadline(x), Work::Deadline(y)) => deadlines(a, x, b, y, &fact),
            (Work::Rate(x), Work::Rate(y)) => rates(&rate(x), &rate(y), &fact),
            (Work::Deadline(x), Work::Rate(y)) => limit_and_rate(x, &rate(y), false, &fact),
            (Work::Rate(x), Work::Deadline(y)) => limit_and_rate(y, &rate(x), true, &fact),
            (Work::Duty(x), Work::Duty(y)) => duties(x, y, &fact),
            (Work::Block(x), Work::Block(y)) => blocks(a, x, b, y, &fact),
            (Work::Block(x), Work::Deadline(y)) | (Work::Deadline(y), Work::Block(x)) => forbidden(x, y, &fact),
            (Work::Roster(x), Work::Roster(y)) => rosters(a, x, b, y, &fact),
            (Work::Retention(x), Work::Retention(y)) => keeping(x, y),
            (Work::Classify(x), Work::Classify(y)) => {
                let differ = x.ground == y.ground
                    && x.gives == y.gives
                    && x.rows.iter().any(|(grounds, class)| {
                        y.rows
                            .iter()
                            .any(|(others, other)| class != other && grounds.iter().any(|it| others.contains(it)))
                    });
                differ.then(|| Found::of(self.attribute_id(x.gives), vec![Aspect::Class]))
            }
            (Work::Formula(x), Work::Formula(y)) => {
                let differ = x.gives == y.gives && together(&x.when, &y.when) && differs(&x.way, &y.way);
                differ.then(|| Found::of(x.gives.clone(), vec![Aspect::Amount]))
            }
            _ => None,
        }
    }
}

impl Found {
    fn of(act: String, aspects: Vec<Aspect>) -> Found {
        Found { act, aspects, stricter: None }
    }
}

/// Joins what the rules of two register numbers differ in.
fn note(pairs: &mut BTreeMap<(ClauseRef, ClauseRef), Conflict>, a: &Plan, b: &Plan, found: Found) {
    let sides = [a.clause.clone(), b.clause.clone()];
    let known = pairs.entry((a.clause.clone(), b.clause.clone())).or_insert_with(|| Conflict {
        act: found.act,
        aspects: Vec::new(),
        sides,
        stricter: found.stricter,
    });
    known.aspects.extend(found.aspects);
    known.aspects.sort_unstable();
    known.aspects.dedup();
    known.stricter = known.stricter.or(found.stricter);
}

/// What rules are about: only those with a common topic are compared.
fn topics(work: &Work) -> Vec<(u8, i64)> {
    let act = |word: Word| (0, i64::from(word));
    match work {
        Work::Deadline(it) if !it.soft => it.must.iter().map(|must| act(*must)).collect(),
        Work::Rate(it) => vec![act(it.must)],
        Work::Duty(it) if !it.soft => vec![(1, i64::from(it.must))],
        Work::Block(it) => std::iter::once(it.act).chain(it.until.iter().copied()).map(act).collect(),
        Work::Roster(it) => vec![(2, i64::from(it.act))],
        Work::Retention(it) => vec![(3, i64::from(it.from))],
        Work::Classify(it) => vec![(4, i64::from(it.gives))],
        Work::Formula(it) => vec![(5, crate::compile::value::of_text(&it.gives))],
        _ => Vec::new(),
    }
}

fn at_one_time(a: &Plan, b: &Plan, ahead: Stretch) -> bool {
    a.stretches
        .iter()
        .filter_map(|it| it.common(ahead))
        .any(|one| b.stretches.iter().any(|it| it.common(one).is_some()))
}

fn deadlines(a: &Plan, x: &Deadline, b: &Plan, y: &Deadline, fact: &dyn Fn(Word) -> String) -> Option<Found> {
    let common = |these: &[Word], those: &[Word]| these.iter().find(|it| those.contains(it)).copied();
    common(&x.from, &y.from)?;
    let must = common(&x.must, &y.must)?;
    if !together(&x.when, &y.when) || on_apart(x.on, y.on) {
        return None;
    }
    let mut aspects = Vec::new();
    let clocks = !matches!(x.term, Term::None) && !matches!(y.term, Term::None);
    if clocks && differs(&x.term, &y.term) {
        aspects.push(Aspect::Limit);
    }
    if apart(&a.hands, &b.hands) && (a.by_other != ByOther::Counts || b.by_other != ByOther::Counts) {
        aspects.push(Aspect::Performer);
    }
    let stricter = shorter(&x.term, &y.term).filter(|_| aspects.contains(&Aspect::Limit));
    (!aspects.is_empty()).then(|| Found { act: fact(must), aspects, stricter })
}

fn rates(x: &Rate, y: &Rate, fact: &dyn Fn(Word) -> String) -> Option<Found> {
    if x.of != y.of || x.must != y.must || !together(&x.when, &y.when) {
        return None;
    }
    let mut aspects = Vec::new();
    let mut add = |aspect: Aspect, found: bool| {
        if found {
            aspects.push(aspect);
        }
    };
    add(Aspect::Limit, differs(&x.term, &y.term));
    add(Aspect::Share, x.at_least.is_some() && y.at_least.is_some() && x.at_least != y.at_least);
    add(Aspect::Base, x.base != y.base || !x.per.iter().any(|it| y.per.contains(it)));
    add(Aspect::Method, x.methods.is_some() && y.methods.is_some() && x.methods != y.methods);
    let posts = |hands: &[Hands]| -> Vec<Word> { hands.iter().flat_map(|it| it.accepted.clone()).collect() };
    add(Aspect::Performer, apart(&posts(&x.by), &posts(&y.by)));
    let stricter = shorter(&x.term, &y.term).or(match (x.at_least, y.at_least) {
        (Some(x), Some(y)) if x != y => Some(usize::from(x < y)),
        _ => None,
    });
    (!aspects.is_empty()).then(|| Found { act: fact(x.must), aspects, stricter })
}

/// A limit asks every matter for the act, a rate a share of them within its window.
fn limit_and_rate(limit: &Deadline, rate: &Rate, turned: bool, fact: &dyn Fn(Word) -> String) -> Option<Found> {
    let same = limit.from.contains(&rate.of) && limit.must.contains(&rate.must) && together(&limit.when, &rate.when);
    let clocks = !matches!(limit.term, Term::None) && !matches!(rate.term, Term::None);
    if !same || !clocks || !differs(&limit.term, &rate.term) {
        return None;
    }
    let stricter = shorter(&limit.term, &rate.term).map(|place| if turned { 1 - place } else { place });
    Some(Found { act: fact(rate.must), aspects: vec![Aspect::Limit], stricter })
}

fn duties(x: &Duty, y: &Duty, fact: &dyn Fn(Word) -> String) -> Option<Found> {
    let same = x.must == y.must && x.of == y.of && together(&x.when, &y.when);
    let differ = differs(&x.every, &y.every) || x.at_least != y.at_least;
    (same && differ).then(|| Found::of(fact(x.must), vec![Aspect::Times]))
}

/// Two blocks contradict when nobody is left who may, or when each act waits for the other.
fn blocks(a: &Plan, x: &Block, b: &Plan, y: &Block, fact: &dyn Fn(Word) -> String) -> Option<Found> {
    if !together(&x.when, &y.when) {
        return None;
    }
    if x.act == y.act && x.only_by_who && y.only_by_who && apart(&a.hands, &b.hands) {
        return Some(Found::of(fact(x.act), vec![Aspect::Performer]));
    }
    let circle = x.act != y.act && x.until.contains(&y.act) && y.until.contains(&x.act);
    circle.then(|| Found::of(fact(x.act), vec![Aspect::Forbids]))
}

/// A block that nothing lifts forbids what a limit demands, in every case in which it is demanded: a block of one way of
/// doing it leaves the others.
fn forbidden(block: &Block, limit: &Deadline, fact: &dyn Fn(Word) -> String) -> Option<Found> {
    let demands = limit.must.contains(&block.act) && (limit.must_all || limit.must.len() == 1);
    let always = block
        .when
        .iter()
        .all(|one| limit.when.iter().any(|other| one.attribute == other.attribute && !differs(&one.test, &other.test)));
    let contradict = block.absolute && demands && always;
    contradict.then(|| Found::of(fact(block.act), vec![Aspect::Forbids]))
}

fn rosters(a: &Plan, x: &Roster, b: &Plan, y: &Roster, fact: &dyn Fn(Word) -> String) -> Option<Found> {
    let binds = a.by_other != ByOther::Counts || b.by_other != ByOther::Counts;
    let posts =
        |it: &Roster| -> Vec<Word> { it.all_of.iter().chain(&it.any_of).flat_map(|it| it.accepted.clone()).collect() };
    let differ = x.act == y.act && together(&x.when, &y.when) && apart(&posts(x), &posts(y));
    // Two whole teams may both take part; where any one does, the one that suits the first breaks the second.
    let exclusive = x.all_of.is_empty() && y.all_of.is_empty();
    (differ && binds && exclusive).then(|| Found::of(fact(x.act), vec![Aspect::Performer]))
}

fn keeping(x: &Retention, y: &Retention) -> Option<Found> {
    let (Some(one), Some(other)) = (x.keep, y.keep) else { return None };
    (x.of == y.of && x.from == y.from && one != other).then(|| Found {
        act: x.of.clone(),
        aspects: vec![Aspect::Keeping],
        stricter: Some(usize::from(rough_seconds(one) < rough_seconds(other))),
    })
}

/// Whether one subject can meet both conditions.
fn together(a: &[Cond], b: &[Cond]) -> bool {
    !a.iter().any(|one| b.iter().any(|other| one.attribute == other.attribute && tests_apart(&one.test, &other.test)))
}

fn tests_apart(a: &Test, b: &Test) -> bool {
    match (a, b) {
        (Test::OneOf(a), Test::OneOf(b)) => a.iter().all(|value| !b.contains(value)),
        (Test::OneOf(some), Test::NotOneOf(none)) | (Test::NotOneOf(none), Test::OneOf(some)) => {
            some.iter().all(|value| none.contains(value))
        }
        (Test::Absent, Test::OneOf(_) | Test::Present | Test::Compare(..))
        | (Test::OneOf(_) | Test::Present | Test::Compare(..), Test::Absent) => true,
        (Test::Compare(a, m), Test::Compare(b, n)) => {
            let ((from, to), (least, most)) = (range(*a, *m), range(*b, *n));
            to < least || most < from
        }
        (Test::OneOf(values), Test::Compare(comparison, number))
        | (Test::Compare(comparison, number), Test::OneOf(values)) => {
            let (least, most) = range(*comparison, *number);
            values.iter().all(|value| *value < least || *value > most)
        }
        _ => false,
    }
}

/// Whole numbers that a comparison allows, both ends in.
fn range(comparison: Comparison, number: i64) -> (i64, i64) {
    match comparison {
        Comparison::AtLeast => (number, i64::MAX),
        Comparison::MoreThan => (number.saturating_add(1), i64::MAX),
        Comparison::AtMost => (i64::MIN, number),
        Comparison::LessThan => (i64::MIN, number.saturating_sub(1)),
    }
}

/// Both name posts, and none in common.
fn apart(a: &[Word], b: &[Word]) -> bool {
    !a.is_empty() && !b.is_empty() && a.iter().all(|post| !b.contains(post))
}

/// Terms and anchors hold no texts: what they are is what they show.
fn differs<T: Debug>(a: &T, b: &T) -> bool {
    format!("{a:?}") != format!("{b:?}")
}

/// The shorter of two spans; none when they are equally long or one is told from an anchor.
fn shorter(a: &Term, b: &Term) -> Option<usize> {
    let (Term::Within(a), Term::Within(b)) = (a, b) else { return None };
    let (a, b) = (rough_seconds(*a), rough_seconds(*b));
    (a != b).then(|| usize::from(b < a))
}

/// About how long a span is: enough to order limits, which differ by more than a weekend changes.
fn rough_seconds(span: Span) -> i64 {
    const DAY: i64 = 86_400;
    match span {
        Span::Seconds(seconds) => seconds,
        Span::Days(days) => days * DAY + DAY / 2,
        Span::Workdays(days) => days * DAY * 7 / 5 + DAY / 2,
        Span::Months(months) => months * DAY * 30 + DAY / 2,
    }
}

#[cfg(test)]
mod tests;
