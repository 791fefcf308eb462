//! One subject at one moment (现场): its facts in order, its attributes through time, who may have done what.

use calendar::{Moment, On};

use crate::compile::plan::*;
use crate::compile::value::{ABSENT, UNREADABLE, Value};
use crate::law::{Interned, Law, Version};
use crate::model::{ByOther, Comparison};

/// A value that an attribute took with a fact.
#[derive(Clone, Copy, Debug)]
struct Entry {
    attribute: Word,
    /// Place of the fact.
    fact: u32,
    /// Given by a classification, not by the fact.
    derived: bool,
    value: Value,
}

/// The facts of a subject up to the moment of looking, indexed.
#[derive(Debug)]
pub(crate) struct Scene<'a> {
    pub law: &'a Law,
    /// Facts that have happened by `as_of`, ordered by (moment, seq).
    pub facts: &'a [Interned],
    pub as_of: Moment,
    /// Kinds of subject among the facts.
    pub kinds: u64,
    /// (fact name, place), sorted.
    occurrences: Vec<(Word, u32)>,
    /// Sorted by attribute and place.
    timeline: Vec<Entry>,
    /// (book, place) of acts by the wrong hands, which count for nothing in that book; sorted.
    worthless: Vec<(u64, u32)>,
}

impl<'a> Scene<'a> {
    /// The scene at `as_of`. `facts` must be ordered; later ones are not looked at.
    pub fn new(law: &'a Law, facts: &'a [Interned], as_of: Moment) -> Scene<'a> {
        let visible = facts.partition_point(|fact| fact.at <= as_of);
        let facts = &facts[..visible];
        let mut occurrences = Vec::with_capacity(facts.len());
        let mut timeline = Vec::with_capacity(facts.len());
        let mut kinds = 0;
        for (place, fact) in facts.iter().enumerate() {
            let place = place as u32;
            kinds |= law.kinds(fact.name);
            if fact.name != UNKNOWN {
                occurrences.push((fact.name, place));
            }
            for (attribute, value) in &fact.attributes {
                timeline.push(Entry { attribute: *attribute, fact: place, derived: false, value: *value });
            }
        }
        occurrences.sort_unstable();
        // Stable, so that several values of one fact keep their order.
        timeline.sort_by_key(|entry| (entry.attribute, entry.fact));
        let worthless = Vec::new();
        let mut scene = Scene { law, facts, as_of, kinds, occurrences, timeline, worthless };
        scene.classify();
        scene.find_worthless();
        scene
    }

    /// Places of the facts of this name, in order.
    pub fn all(&self, name: Word) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let from = self.occurrences.partition_point(|(other, _)| *other < name);
        let until = self.occurrences.partition_point(|(other, _)| *other <= name);
        self.occurrences[from..until].iter().map(|(_, place)| *place as usize)
    }

    /// The same from a place on.
    pub fn all_from(&self, name: Word, place: usize) -> impl Iterator<Item = usize> + '_ {
        let from = self.occurrences.partition_point(|other| *other < (name, place as u32));
        let until = self.occurrences.partition_point(|(other, _)| *other <= name);
        self.occurrences[from..until].iter().map(|(_, place)| *place as usize)
    }

    /// The first fact of this name at or after a place.
    pub fn first_from(&self, name: Word, place: usize) -> Option<usize> {
        let at = self.occurrences.partition_point(|other| *other < (name, place as u32));
        self.occurrences.get(at).filter(|(other, _)| *other == name).map(|(_, place)| *place as usize)
    }

    /// The last fact of this name before a place.
    pub fn last_before(&self, name: Word, place: usize) -> Option<usize> {
        let at = self.occurrences.partition_point(|other| *other < (name, place as u32));
        let found = self.occurrences.get(at.checked_sub(1)?)?;
        (found.0 == name).then_some(found.1 as usize)
    }

    /// The first place whose fact happened at or after a moment.
    pub fn place_at(&self, at: Moment) -> usize {
        self.facts.partition_point(|fact| fact.at < at)
    }

    /// The first place whose fact happened after a moment.
    pub fn place_after(&self, at: Moment) -> usize {
        self.facts.partition_point(|fact| fact.at <= at)
    }

    /// The values that an attribute has before place `upto`; empty when it has none.
    fn values(&self, attribute: Word, upto: usize) -> &[Entry] {
        let end = self.timeline.partition_point(|entry| (entry.attribute, entry.fact) < (attribute, upto as u32));
        let Some(last) = end.checked_sub(1).map(|place| self.timeline[place]) else { return &[] };
        if last.attribute != attribute || last.value == ABSENT {
            return &[];
        }
        let mut start = end - 1;
        while start > 0 {
            let before = self.timeline[start - 1];
            if before.attribute != attribute || before.fact != last.fact || before.derived != last.derived {
                break;
            }
            start -= 1;
        }
        &self.timeline[start..end]
    }

    /// The value of an attribute before place `upto`; of several the first.
    pub fn value(&self, attribute: Word, upto: usize) -> Option<Value> {
        self.values(attribute, upto).first().map(|entry| entry.value)
    }

    /// The value that goes with a fact: its own, else the subject's.
    pub fn value_with(&self, attribute: Word, place: usize) -> Option<Value> {
        self.value(attribute, place + 1)
    }

    /// Whether all conditions hold before place `upto`.
    pub fn holds(&self, when: &[Cond], upto: usize) -> bool {
        when.iter().all(|cond| self.passes(cond, upto))
    }

    /// Whether one condition holds before place `upto`.
    pub fn passes(&self, cond: &Cond, upto: usize) -> bool {
        let values = self.values(cond.attribute, upto);
        match &cond.test {
            Test::OneOf(allowed) => values.iter().any(|entry| allowed.contains(&entry.value)),
            Test::NotOneOf(refused) => !values.iter().any(|entry| refused.contains(&entry.value)),
            Test::Present => !values.is_empty(),
            Test::Absent => values.is_empty(),
            Test::Compare(comparison, number) => values
                .first()
                .is_some_and(|entry| entry.value != UNREADABLE && compares(entry.value, *comparison, *number)),
        }
    }

    /// Places in (`after`, `upto`) at which an attribute of these conditions changes, in order.
    pub fn changes(&self, when: &[Cond], after: usize, upto: usize) -> Vec<usize> {
        let mut places: Vec<usize> = Vec::new();
        for cond in when {
            let from =
                self.timeline.partition_point(|entry| (entry.attribute, entry.fact) <= (cond.attribute, after as u32));
            let entries = self.timeline[from..].iter();
            let here = entries.take_while(|entry| entry.attribute == cond.attribute && (entry.fact as usize) < upto);
            places.extend(here.map(|entry| entry.fact as usize));
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Whether a rule is about subjects of this kind.
    pub fn concerns(&self, plan: &Plan) -> bool {
        plan.domain == 0 || plan.domain & self.kinds != 0
    }

    /// Whether a fact fulfils a rule that asks `who` to do it, by whose act it is. A fact that names nobody counts.
    pub fn counts(&self, plan: &Plan, place: usize) -> bool {
        if !self.worthless.is_empty() && self.worthless.binary_search(&(plan.book_key, place as u32)).is_ok() {
            return false;
        }
        match plan.by_other {
            ByOther::Counts | ByOther::Breach => true,
            ByOther::Ignored | ByOther::Refused => self.by_hands(plan, place),
        }
    }

    /// Whether one of the rule's own hands did a fact, or nobody is named.
    pub fn by_hands(&self, plan: &Plan, place: usize) -> bool {
        let by = &self.facts[place].by;
        by.is_empty() || plan.hands.is_empty() || by.iter().any(|post| plan.hands.contains(post))
    }

    // A class that nobody gave comes from its grounds, fact by fact, under the law of the fact.
    fn classify(&mut self) {
        let law = self.law;
        if law.versions.iter().all(|version| version.classifies.is_empty()) {
            return;
        }
        for place in 0..self.facts.len() {
            let at = self.facts[place].at;
            let Some(version) = law.version_at(at) else { continue };
            for given in &version.classifies {
                let plan = &version.plans[*given];
                let Work::Classify(classify) = &plan.work else { continue };
                let grounded = self.facts[place].attributes.iter().any(|(name, _)| *name == classify.ground);
                if !grounded || !plan.holds_at(at) {
                    continue;
                }
                let own = self.values(classify.gives, place + 1).last().copied();
                // An earlier rule of the book has the say, and what a person said stands.
                if own.is_some_and(|entry| !entry.derived || entry.fact == place as u32) {
                    continue;
                }
                if let Some(value) = self.class(classify, place + 1) {
                    let entry = Entry { attribute: classify.gives, fact: place as u32, derived: true, value };
                    let key = (entry.attribute, entry.fact);
                    let slot = self.timeline.partition_point(|other| (other.attribute, other.fact) <= key);
                    self.timeline.insert(slot, entry);
                }
            }
        }
    }

    /// The class that the grounds before place `upto` give.
    pub fn class(&self, classify: &Classify, upto: usize) -> Option<Value> {
        let grounds = self.values(classify.ground, upto);
        let row = classify.rows.iter().find(|(named, _)| grounds.iter().any(|entry| named.contains(&entry.value)))?;
        Some(row.1)
    }

    fn find_worthless(&mut self) {
        let law = self.law;
        for version in &law.versions {
            for place in &version.rosters {
                let plan = &version.plans[*place];
                let Work::Roster(roster) = &plan.work else { continue };
                if !matches!(plan.by_other, ByOther::Ignored | ByOther::Refused) {
                    continue;
                }
                for act in self.all(roster.act).collect::<Vec<_>>() {
                    let at = self.facts[act].at;
                    let governed = version.stretch.holds(at) && plan.holds_at(at);
                    if governed && self.holds(&roster.when, act + 1) && !self.missing_hands(roster, act).is_empty() {
                        self.worthless.push((plan.book_key, act as u32));
                    }
                }
            }
        }
        self.worthless.sort_unstable();
    }

    /// The posts that a roster misses in an act; nobody is missed when the act names nobody.
    pub fn missing_hands(&self, roster: &Roster, place: usize) -> Vec<Word> {
        let fact = &self.facts[place];
        self.missing_among(roster, &fact.by, fact.person, place)
    }

    /// The posts that a roster misses among these performers of an act at a place.
    pub fn missing_among(&self, roster: &Roster, by: &[Word], person: Value, place: usize) -> Vec<Word> {
        if by.is_empty() {
            return Vec::new();
        }
        let covered = by.iter().any(|post| roster.cover.contains(post));
        let mut missing: Vec<Word> = Vec::new();
        if !covered {
            missing.extend(roster.all_of.iter().filter(|hands| !hands.among(by)).map(|hands| hands.post));
            if !roster.any_of.is_empty() && !roster.any_of.iter().any(|hands| hands.among(by)) {
                missing.push(roster.any_of[0].post);
            }
        }
        let same = match &roster.not_same_as {
            Some(Other::Doer(name)) => {
                person != 0
                    && self
                        .all(*name)
                        .take_while(|other| *other < place)
                        .any(|other| self.facts[other].person == person)
            }
            Some(Other::Holder(hands)) => hands.among(by),
            None => false,
        };
        if same && missing.is_empty() {
            let wanted = roster.all_of.first().or(roster.any_of.first());
            missing.push(wanted.map_or(UNKNOWN, |hands| hands.post));
        }
        missing
    }
}

/// Whether `value` stands so to `number`.
pub(crate) fn compares(value: i64, comparison: Comparison, number: i64) -> bool {
    match comparison {
        Comparison::AtLeast => value >= number,
        Comparison::MoreThan => value > number,
        Comparison::AtMost => value <= number,
        Comparison::LessThan => value < number,
    }
}

impl Version {
    /// Whether a rule for such days or hours holds at a moment, by the calendar as it was known at another.
    pub fn on(&self, on: Option<On>, at: Moment, known: Moment) -> bool {
        let Some(on) = on else { return true };
        let calendar = self.calendar.as_known_at(known);
        let open = || self.hours.is_open(&calendar, &self.zone, at);
        match on {
            On::ServiceHours => open(),
            On::OutsideServiceHours => !open(),
            On::Shift => {
                self.shifts.as_ref().is_some_and(|shifts| shifts.shift_at(&calendar, &self.zone, at).is_some())
            }
            _ => calendar.holds_on(on, self.zone.date(at)) == Some(true),
        }
    }
}
