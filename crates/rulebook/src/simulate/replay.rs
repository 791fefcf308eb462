//! Two laws at work on the same facts, or each on its own life of the same matters (重放): subject by subject, in numbers;
//! words only for the few cases that are shown.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use calendar::{Moment, Period};
use jiff::civil::Date;

use super::{Case, Differs, Kept, Outcomes, Owed};
use crate::answer::ClauseRef;
use crate::compile::plan::{Plan, UNKNOWN, Word, Work};
use crate::compile::value;
use crate::derive::lean::{Lean, LeanObligation};
use crate::fact::Fact;
use crate::figure::Sums;
use crate::law::{Interned, Law};
use crate::read_back::Lang;

/// Differing obligations of a case that are told with their derivations.
const TOLD: usize = 8;

/// Two laws at work. For one law give it twice.
#[derive(Debug)]
pub struct Replay<'a> {
    sides: [Side<'a>; 2],
    /// Both laws are one: everything is looked at once.
    alone: bool,
    /// What one law interned the other can read.
    same_words: bool,
    interned: [Vec<Interned>; 2],
    as_of: Moment,
    keep: usize,
    lang: Lang,
    clauses: Vec<ClauseRef>,
    kept: Vec<[Kept; 2]>,
    new_work: BTreeMap<(Word, u8), u64>,
    counts: Counts,
    site: u64,
    /// The first cases in which both laws judge otherwise, and the first in which only one asks.
    found: [Vec<Found>; 2],
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    subjects: u64,
    facts: [u64; 2],
    differing: u64,
    cases: u64,
}

/// One law with what it has found.
#[derive(Debug)]
struct Side<'a> {
    law: &'a Law,
    /// Of each version and rule, the place of its clause.
    places: Vec<Vec<u32>>,
    /// Of each fact of the vocabulary, a number that other vocabularies agree on.
    names: Vec<i64>,
    /// Facts that duties name, kept for the end of a site.
    of_duties: BTreeSet<Word>,
    site_facts: Vec<Fact>,
    sums: HashMap<(u32, Period, Date), Sums>,
    lean: Lean,
    rows: Vec<Row>,
}

/// An obligation by its clause, opening fact (its name and the how-manieth of that name) and place among rules of one id.
#[derive(Clone, Copy, Debug)]
struct Row {
    key: (u32, i64, u32, u32),
    owed: LeanObligation,
}

/// A case that came out otherwise, until it is told.
#[derive(Debug)]
struct Found {
    place: (u64, u64),
    subject: String,
    /// The second is empty when both laws saw the same.
    facts: [Vec<Fact>; 2],
    rows: Vec<[Option<Row>; 2]>,
}

impl<'a> Replay<'a> {
    /// A replay that looks at `as_of` and keeps the first `keep` cases that differ.
    pub fn new(before: &'a Law, after: &'a Law, as_of: Moment, keep: usize) -> Replay<'a> {
        let mut clauses = BTreeMap::new();
        let sides = [before, after].map(|law| Side::new(law, &mut clauses));
        let mut names: Vec<(ClauseRef, u32)> = clauses.into_iter().collect();
        names.sort_by_key(|(_, place)| *place);
        let clauses: Vec<ClauseRef> = names.into_iter().map(|(clause, _)| clause).collect();
        Replay {
            sides,
            alone: std::ptr::eq(before, after),
            same_words: before.vocabulary() == after.vocabulary(),
            interned: [Vec::new(), Vec::new()],
            as_of,
            keep,
            lang: Lang::Chinese,
            kept: vec![<[Kept; 2]>::default(); clauses.len()],
            clauses,
            new_work: BTreeMap::new(),
            counts: Counts::default(),
            site: 0,
            found: [Vec::new(), Vec::new()],
        }
    }

    /// The language of derivations.
    #[must_use]
    pub fn speaking(self, lang: Lang) -> Replay<'a> {
        Replay { lang, ..self }
    }

    /// One subject with all its facts, the same for both laws. Only what both ask is judged.
    pub fn subject(&mut self, subject: &str, facts: &[Fact]) {
        self.counts.subjects += 1;
        self.counts.facts[0] += facts.len() as u64;
        self.intern(0, facts);
        self.look(0, 0, facts);
        if !self.alone {
            if !self.same_words {
                self.intern(1, facts);
            }
            self.look(1, usize::from(!self.same_words), facts);
        }
        self.weigh(subject, [facts, &[]]);
    }

    /// One matter as it went under each law: people did what theirs asked of them, so everything is judged.
    pub fn lived(&mut self, subject: &str, before: &[Fact], after: &[Fact]) {
        self.counts.subjects += 1;
        for (side, facts) in [before, after].into_iter().enumerate() {
            self.counts.facts[side] += facts.len() as u64;
            self.intern(side, facts);
            self.look(side, side, facts);
        }
        self.weigh(subject, [before, after]);
    }

    fn intern(&mut self, side: usize, facts: &[Fact]) {
        let law = self.sides[side].law;
        self.interned[side].clear();
        self.interned[side].extend(facts.iter().map(|fact| law.intern(fact)));
    }

    /// What a law asks of the facts that `from` interned.
    fn look(&mut self, side: usize, from: usize, facts: &[Fact]) {
        let kept = &mut self.kept;
        self.sides[side].look(&mut self.interned[from], facts, self.as_of, |clause| kept[clause][side].told += 1);
    }

    /// Counts the rows of both laws and keeps the case when they differ.
    fn weigh(&mut self, subject: &str, facts: [&[Fact]; 2]) {
        if self.alone {
            for row in &self.sides[0].rows {
                self.kept[row.key.0 as usize][0].add(row.owed.state, row.owed.soft);
            }
            return;
        }
        let lived = !facts[1].is_empty();
        let mut differ: Vec<[Option<Row>; 2]> = Vec::new();
        let (mut was, mut is) = (self.sides[0].rows.iter().peekable(), self.sides[1].rows.iter().peekable());
        loop {
            let both = match (was.peek(), is.peek()) {
                (None, None) => break,
                (Some(_), None) => [was.next(), None],
                (None, Some(_)) => [None, is.next()],
                (Some(one), Some(other)) => match one.key.cmp(&other.key) {
                    std::cmp::Ordering::Less => [was.next(), None],
                    std::cmp::Ordering::Greater => [None, is.next()],
                    std::cmp::Ordering::Equal => [was.next(), is.next()],
                },
            };
            let judged = lived || both.iter().all(Option::is_some);
            for (side, row) in both.iter().enumerate() {
                let Some(row) = row else { continue };
                let kept = &mut self.kept[row.key.0 as usize][side];
                // What was never asked for could not be done: it is new work.
                match judged {
                    true => kept.add(row.owed.state, row.owed.soft),
                    false => kept.alone += 1,
                }
            }
            if let [None, Some(row)] = both {
                let (bearer, hour) = self.sides[1].asks(&row.owed);
                *self.new_work.entry((bearer, hour)).or_default() += 1;
            }
            let same = matches!(both, [Some(was), Some(is)] if !otherwise(&was.owed, &is.owed));
            if !same {
                differ.push(both.map(|row| row.copied()));
            }
        }
        if !differ.is_empty() {
            self.note(subject, facts, differ);
        }
    }

    fn note(&mut self, subject: &str, facts: [&[Fact]; 2], mut rows: Vec<[Option<Row>; 2]>) {
        self.counts.differing += rows.len() as u64;
        self.counts.cases += 1;
        let one_sided = |both: &[Option<Row>; 2]| both.iter().any(Option::is_none);
        let pool = &mut self.found[usize::from(rows.iter().all(one_sided))];
        if pool.len() >= self.keep {
            return;
        }
        rows.sort_by_key(one_sided);
        let place = (self.site, self.counts.subjects);
        pool.push(Found { place, subject: subject.to_owned(), facts: facts.map(<[Fact]>::to_vec), rows });
    }

    /// A site of several begins: its cases come after those of sites with lower numbers.
    pub fn site_begins(&mut self, site: u64) {
        self.site = site;
    }

    /// A site is through: its duties of the periods from `from` to `to` (both included) are looked at. Duties of lives are
    /// work and not judged, for what nobody lives nobody can keep.
    pub fn site_ends(&mut self, from: Date, to: Date, judged: bool) {
        let as_of = self.as_of;
        let [owed, asked] = self.sides.each_mut().map(|side| {
            let facts = std::mem::take(&mut side.site_facts);
            side.law.duties(from, to, &facts, as_of)
        });
        let place = |clauses: &[ClauseRef], clause: &ClauseRef| clauses.iter().position(|it| it == clause);
        let known = |duties: &[crate::answer::Obligation]| -> BTreeSet<(ClauseRef, String)> {
            duties.iter().map(|duty| (duty.clause.clone(), duty.id.clone())).collect()
        };
        let both = [known(&asked), known(&owed)];
        for (side, duties) in [&owed, &asked].into_iter().enumerate() {
            for duty in duties {
                let Some(place) = place(&self.clauses, &duty.clause) else { continue };
                let shared = both[side].contains(&(duty.clause.clone(), duty.id.clone()));
                let kept = &mut self.kept[place][side];
                match judged && shared {
                    true => kept.add(duty.state, duty.soft),
                    false => kept.alone += 1,
                }
                if side == 1 && !shared {
                    let law = self.sides[1].law;
                    let post = law.vocabulary().post_of_id(&duty.bearer).map_or(UNKNOWN, |place| place as Word);
                    let hour = self.sides[1].hour(duty.due.unwrap_or(duty.opened));
                    *self.new_work.entry((post, hour)).or_default() += 1;
                }
            }
        }
    }

    /// Takes in what another replay of the same laws found at other sites.
    pub fn take_in(&mut self, other: Replay<'_>) {
        self.counts.subjects += other.counts.subjects;
        self.counts.differing += other.counts.differing;
        self.counts.cases += other.counts.cases;
        for side in 0..2 {
            self.counts.facts[side] += other.counts.facts[side];
        }
        for (kept, more) in self.kept.iter_mut().zip(&other.kept) {
            kept.iter_mut().zip(more).for_each(|(kept, more)| kept.take_in(more));
        }
        for (key, count) in other.new_work {
            *self.new_work.entry(key).or_default() += count;
        }
        for (side, more) in self.sides.iter_mut().zip(other.sides) {
            for (key, sums) in more.sums {
                side.sums.entry(key).or_default().take_in(&sums);
            }
        }
        for (pool, more) in self.found.iter_mut().zip(other.found) {
            pool.extend(more);
            pool.sort_by_key(|found| found.place);
            pool.truncate(self.keep);
        }
    }

    /// Everything of one site, with the duties of the periods from `from` to `to` (both included).
    pub fn finish(mut self, from: Date, to: Date) -> Outcomes {
        self.site_ends(from, to, true);
        self.outcomes()
    }

    /// Everything of the sites that are through.
    pub fn outcomes(mut self) -> Outcomes {
        let mut found = Outcomes {
            subjects: self.counts.subjects,
            facts: self.counts.facts[0],
            facts_after: self.counts.facts[1],
            differing: self.counts.differing,
            differing_cases: self.counts.cases,
            ..Outcomes::default()
        };
        for (clause, kept) in self.clauses.iter().zip(&self.kept) {
            let [was, is] = if self.alone { [kept[0], kept[0]] } else { *kept };
            if (was, is) != Default::default() {
                found.kept.insert(clause.clone(), (was, is));
            }
        }
        for second in [false, true] {
            let side = &self.sides[usize::from(second && !self.alone)];
            for ((clause, per, first), sums) in &side.sums {
                let (clause, period) = (&self.clauses[*clause as usize], per.key(*first));
                let figure = side.law.figure_of(clause, &period, sums, self.as_of);
                let pair = found.figures.entry((clause.clone(), period)).or_default();
                *(if second { &mut pair.1 } else { &mut pair.0 }) = Some(figure);
            }
        }
        let law = self.sides[1].law;
        found.new_work = self.new_work.iter().map(|((post, hour), n)| ((law.post_id(*post), *hour), *n)).collect();
        let pools = std::mem::take(&mut self.found);
        found.cases = pools.iter().flatten().take(self.keep).map(|case| self.told(case)).collect();
        found
    }

    /// A case with both derivations.
    fn told(&self, case: &Found) -> Case {
        let facts = [&case.facts[0], if case.facts[1].is_empty() { &case.facts[0] } else { &case.facts[1] }];
        let differs = case.rows.iter().take(TOLD).filter_map(|both| {
            let first = both[0].or(both[1])?;
            let clause = &self.clauses[first.key.0 as usize];
            let why = |side: usize| match &both[side] {
                Some(row) => self.sides[side].law.explain_lean(self.lang, facts[side], self.as_of, &row.owed),
                None => self.sides[side].law.why_not(self.lang, clause, self.as_of),
            };
            let [before, after] = both.map(|row| row.map(|row| Owed::of(&row.owed)));
            let (clause, opened) = (clause.clone(), first.owed.opened);
            Some(Differs { clause, opened, before, after, why_before: why(0), why_after: why(1) })
        });
        let more = case.rows.len().saturating_sub(TOLD) as u64;
        Case { subject: case.subject.clone(), differs: differs.collect(), more }
    }
}

/// Whether the same obligation comes out otherwise. Where the lives differ in when it opened, only what became of it counts.
fn otherwise(was: &LeanObligation, is: &LeanObligation) -> bool {
    let due = |one: &LeanObligation| (one.due, one.end_of_day);
    (was.state, was.soft) != (is.state, is.soft) || was.opened == is.opened && due(was) != due(is)
}

impl<'a> Side<'a> {
    fn new(law: &'a Law, clauses: &mut BTreeMap<ClauseRef, u32>) -> Side<'a> {
        let plans = || law.versions.iter().flat_map(|version| &version.plans);
        let named = plans().filter_map(|plan| match &plan.work {
            Work::Duty(duty) => Some(duty.of.into_iter().chain(std::iter::once(duty.must))),
            _ => None,
        });
        let of_duties = named.flatten().collect();
        let mut place = |plan: &Plan| {
            let next = clauses.len() as u32;
            *clauses.entry(plan.clause.clone()).or_insert(next)
        };
        let places = law.versions.iter().map(|version| version.plans.iter().map(&mut place).collect()).collect();
        Side {
            law,
            places,
            names: law.vocabulary().facts.iter().map(|fact| value::of_text(&fact.id)).collect(),
            of_duties,
            site_facts: Vec::new(),
            sums: HashMap::new(),
            lean: Lean::default(),
            rows: Vec::new(),
        }
    }

    fn plan(&self, version: u32, rule: u32) -> &'a Plan {
        &self.law.versions[version as usize].plans[rule as usize]
    }

    fn place(&self, version: u32, rule: u32) -> u32 {
        self.places[version as usize][rule as usize]
    }

    /// The hour of the day of a moment.
    fn hour(&self, at: Moment) -> u8 {
        let zone = self.law.versions.last().map(|version| &version.zone);
        zone.map_or(0, |zone| u8::try_from(zone.civil(at).hour()).unwrap_or(0))
    }

    /// The post that an obligation asks, and the hour at which it begins to.
    fn asks(&self, owed: &LeanObligation) -> (Word, u8) {
        (self.plan(owed.version, owed.rule).who.unwrap_or(UNKNOWN), self.hour(owed.opened))
    }

    /// Rows, members and escalations of one subject; `told` hears the clause of each escalation that fired.
    fn look(&mut self, interned: &mut [Interned], facts: &[Fact], as_of: Moment, mut told: impl FnMut(usize)) {
        if interned.iter().any(|fact| self.of_duties.contains(&fact.name)) {
            let words = self.law.vocabulary();
            let of_duty = |fact: &&Fact| {
                words.fact_of_id(&fact.name).is_some_and(|place| self.of_duties.contains(&(place as Word)))
            };
            let found: Vec<Fact> = facts.iter().filter(of_duty).cloned().collect();
            self.site_facts.extend(found);
        }
        self.law.derive_lean(interned, as_of, &mut self.lean);
        self.rows.clear();
        for one in &self.lean.obligations {
            let opening = &interned[one.fact as usize];
            let nth = interned[..one.fact as usize].iter().filter(|fact| fact.name == opening.name).count() as u32;
            let name = self.names.get(opening.name as usize).copied().unwrap_or_default();
            let ordinal = self.plan(one.version, one.rule).ordinal;
            let key = (self.place(one.version, one.rule), name, nth, ordinal);
            self.rows.push(Row { key, owed: *one });
        }
        self.rows.sort_by_key(|row| row.key);
        for one in self.lean.escalations.iter().filter(|one| one.fired) {
            told(self.place(one.version, one.rule) as usize);
        }
        for row in &self.lean.members {
            if matches!(self.plan(row.version, row.rule).work, Work::Rate(_)) {
                let key = (self.place(row.version, row.rule), row.per, row.first);
                let sums = self.sums.entry(key).or_default();
                sums.add(row.in_base, row.exempt, row.weight, row.counted, row.in_time, row.final_at);
            }
        }
    }
}
