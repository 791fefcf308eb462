//! Slots of rules to values (槽位): words of the vocabulary, settings, conditions, anchors.

use std::ops::Range;

use calendar::{BadPhrase, Every, Span, parse_time};
use jiff::civil::Time;

use super::plan::*;
use super::value::{UNREADABLE, of_word};
use super::{Compiler, SETTING_MARKS, key_of};
use crate::model::{self, AnchorBase, AnchorShift, At, Book, Condition, Limit, Slot};
use crate::parse::phrase;
use crate::words::Unit;

/// Whether a condition can ever hold: conditions on settings are settled when a law is made.
pub enum Settled {
    /// Holds while these do.
    Open(Vec<Cond>),
    /// A setting says no.
    Never,
}

impl Compiler<'_> {
    /// The place of a fact; reported when unknown.
    pub fn fact(&mut self, word: &str, span: &Range<usize>) -> Option<Word> {
        let found = self.words.fact(word).or_else(|| self.words.fact_of_id(word));
        if found.is_none() {
            self.problem(span, format!("`{word}` 不是词汇表里的事实"));
        }
        found.map(|place| place as Word)
    }

    /// The places of facts.
    pub fn facts(&mut self, words: &[At<String>]) -> Vec<Word> {
        words.iter().filter_map(|word| self.fact(&word.value, &word.span)).collect()
    }

    /// The places of facts whose place in the file is not kept.
    pub fn plain_facts(&mut self, words: &[String], span: &Range<usize>) -> Vec<Word> {
        words.iter().filter_map(|word| self.fact(word, span)).collect()
    }

    /// The place of an attribute; reported when unknown.
    pub fn attribute(&mut self, word: &str, span: &Range<usize>) -> Option<Word> {
        let found = self.words.attribute(word).or_else(|| self.words.attribute_of_id(word));
        if found.is_none() {
            self.problem(span, format!("`{word}` 不是词汇表里的属性"));
        }
        found.map(|place| place as Word)
    }

    /// The places of attributes.
    pub fn attributes(&mut self, words: &[String], span: &Range<usize>) -> Vec<Word> {
        words.iter().filter_map(|word| self.attribute(word, span)).collect()
    }

    /// Fact or attribute.
    pub fn named(&mut self, word: &str, span: &Range<usize>) -> Option<Named> {
        if let Some(place) = self.words.fact(word) {
            return Some(Named::Fact(place as Word));
        }
        self.attribute(word, span).map(Named::Attribute)
    }

    /// The place of a post; reported when unknown.
    pub fn post(&mut self, word: &str, span: &Range<usize>) -> Option<Word> {
        let found = self.words.post(word).or_else(|| self.words.post_of_id(word));
        if found.is_none() {
            self.problem(span, format!("`{word}` 不是词汇表里的岗位"));
        }
        found.map(|place| place as Word)
    }

    /// Posts that the site lets stand for a post.
    fn standing_for(&self, post: Word) -> Vec<Word> {
        let word = &self.words.posts[post as usize];
        let bound = self.charter.bindings.get(&word.id).or_else(|| self.charter.bindings.get(&word.zh));
        let place = |name: &String| self.words.post_of_id(name).or_else(|| self.words.post(name));
        bound.into_iter().flatten().filter_map(place).map(|place| place as Word).collect()
    }

    /// The post of the office that bears what the rulebook gives to `post`.
    pub fn bound(&self, post: Word) -> Word {
        self.standing_for(post).first().copied().unwrap_or(post)
    }

    /// A post, those bound to it and, when they may, those above it.
    pub fn hands(&self, post: Word, higher_rank_may: bool) -> Hands {
        let mut accepted = vec![post];
        accepted.extend(self.standing_for(post));
        if higher_rank_may {
            for below in accepted.clone() {
                let above = (0..self.words.posts.len()).filter(|above| self.words.answers_to(below as usize, *above));
                accepted.extend(above.map(|place| place as Word));
            }
        }
        Hands { post: self.bound(post), accepted }
    }

    /// Several posts with those who stand for them.
    pub fn many_hands(&mut self, posts: &[String], span: &Range<usize>, higher_rank_may: bool) -> Vec<Hands> {
        let places: Vec<Word> = posts.iter().filter_map(|post| self.post(post, span)).collect();
        places.into_iter().map(|post| self.hands(post, higher_rank_may)).collect()
    }

    /// A stated value, or the setting's; none (reported) when the setting is unknown or says something else.
    pub fn slot<T: Clone>(
        &mut self,
        slot: &Slot<T>,
        span: &Range<usize>,
        read: impl Fn(&str) -> Result<T, BadPhrase>,
    ) -> Option<T> {
        let name = match slot {
            Slot::Stated(value) => return Some(value.clone()),
            Slot::Setting(name) => name,
        };
        let Some((value, _)) = self.settings.value(name) else {
            self.problem(span, format!("设置 `{name}` 没有声明"));
            return None;
        };
        match read(value) {
            Ok(value) => Some(value),
            Err(_) => {
                self.problem(span, format!("设置 `{name}` 的值 `{value}` 用不上"));
                None
            }
        }
    }

    /// A length of time.
    pub fn span(&mut self, slot: &Slot<Span>, span: &Range<usize>) -> Option<Span> {
        self.slot(slot, span, Span::parse)
    }

    /// A clock time.
    pub fn time(&mut self, slot: &Slot<Time>, span: &Range<usize>) -> Option<Time> {
        self.slot(slot, span, parse_time)
    }

    /// A recurring moment.
    pub fn every(&mut self, slot: &Slot<Every>, span: &Range<usize>) -> Option<Every> {
        self.slot(slot, span, Every::parse)
    }

    /// A share; the outer none is a mistake, the inner one a share that nobody has set.
    pub fn share(&mut self, slot: &Slot<i64>, span: &Range<usize>) -> Option<Option<i64>> {
        if let Slot::Setting(name) = slot
            && self.settings.value(name).is_some_and(|(value, _)| value.is_empty() || value == "未定")
        {
            return Some(None);
        }
        self.slot(slot, span, phrase::share).map(Some)
    }

    /// Conditions; those on settings are decided now.
    pub fn conditions(&mut self, when: &[Condition]) -> Option<Settled> {
        let mut open = Vec::new();
        for condition in when {
            let word = &condition.attribute.value;
            if let Some(name) = SETTING_MARKS.iter().find_map(|mark| word.strip_prefix(mark)) {
                if !self.setting_test(name.trim(), condition)? {
                    return Some(Settled::Never);
                }
                continue;
            }
            open.push(self.condition(condition)?);
        }
        Some(Settled::Open(open))
    }

    fn setting_test(&mut self, name: &str, condition: &Condition) -> Option<bool> {
        let Some((value, _)) = self.settings.value(name) else {
            self.problem(&condition.attribute.span, format!("设置 `{name}` 没有声明"));
            return None;
        };
        let set = !value.is_empty() && value != "未定";
        match &condition.test {
            model::Test::OneOf(words) => Some(words.iter().any(|word| word == value)),
            model::Test::NotOneOf(words) => Some(!words.iter().any(|word| word == value)),
            model::Test::Present => Some(set),
            model::Test::Absent => Some(!set),
            model::Test::Compare(..) => {
                self.problem(&condition.span, format!("设置 `{name}` 不能比大小"));
                None
            }
        }
    }

    fn condition(&mut self, condition: &Condition) -> Option<Cond> {
        let attribute = self.attribute(&condition.attribute.value, &condition.attribute.span)?;
        let unit = self.words.attributes[attribute as usize].unit.clone();
        let test = match &condition.test {
            model::Test::OneOf(words) => Test::OneOf(self.values(&unit, words, &condition.span)?),
            model::Test::NotOneOf(words) => Test::NotOneOf(self.values(&unit, words, &condition.span)?),
            model::Test::Present => Test::Present,
            model::Test::Absent => Test::Absent,
            model::Test::Compare(comparison, number) => {
                let read = if unit == Unit::Money { phrase::amount } else { phrase::count };
                Test::Compare(*comparison, self.slot(number, &condition.span, read)?)
            }
        };
        Some(Cond { attribute, test })
    }

    /// Values of an attribute as a rule writes them.
    pub fn values(&mut self, unit: &Unit, words: &[String], span: &Range<usize>) -> Option<Vec<i64>> {
        let values: Vec<i64> = words.iter().map(|word| of_word(unit, self.words, word)).collect();
        if let Some(wrong) = values.iter().position(|value| *value == UNREADABLE) {
            self.problem(span, format!("没有值 `{}`", words[wrong]));
            return None;
        }
        Some(values)
    }

    /// A limit.
    pub fn term(&mut self, book: &Book, limit: &Limit, span: &Range<usize>) -> Option<Term> {
        Some(match limit {
            Limit::Within(slot) => Term::Within(self.span(slot, span)?),
            Limit::Due(anchor) => Term::Due(self.anchor(book, anchor, span)?),
            Limit::None => Term::None,
        })
    }

    /// An anchor.
    pub fn anchor(&mut self, book: &Book, anchor: &model::Anchor, span: &Range<usize>) -> Option<Anchor> {
        let start = match &anchor.base {
            AnchorBase::Opening => Start::Opening,
            AnchorBase::Fact(word) => Start::Fact(self.fact(word, span)?),
            AnchorBase::Attribute(word) => Start::Attribute(self.attribute(word, span)?),
            AnchorBase::ClauseDue(ids) => Start::ClauseDue(self.clause_keys(book, ids, span)?),
            AnchorBase::Later(words) => {
                let named: Option<Vec<Named>> = words.iter().map(|word| self.named(word, span)).collect();
                Start::Later(named?)
            }
            AnchorBase::MiddleThird(first, last) => {
                Start::MiddleThird(self.attribute(first, span)?, self.attribute(last, span)?)
            }
        };
        let shift = match &anchor.shift {
            AnchorShift::None => Shift::None,
            AnchorShift::After(slot) => Shift::After(self.span(slot, span)?),
            AnchorShift::AfterMinutes(word) => Shift::AfterMinutes(self.attribute(word, span)?),
            AnchorShift::AfterWorkdays(word) => Shift::AfterWorkdays(self.attribute(word, span)?),
            AnchorShift::Before(slot) => Shift::Before(self.span(slot, span)?),
            AnchorShift::NextTime { on, times } => {
                let times: Option<Vec<Time>> = times.iter().map(|slot| self.time(slot, span)).collect();
                Shift::NextTime(*on, times?)
            }
            AnchorShift::NextMonthDay(slot) => Shift::NextMonthDay(self.slot(slot, span, phrase::day)?),
            AnchorShift::NextWeekday(weekday, time) => Shift::NextWeekday(*weekday, *time),
            AnchorShift::SameDay => Shift::SameDay,
            AnchorShift::MonthEnd { next } => Shift::MonthEnd { next: *next },
            AnchorShift::NextQuarterDay(slot) => Shift::NextQuarterDay(self.slot(slot, span, phrase::day)?),
            AnchorShift::NextOpening => Shift::NextOpening,
        };
        Some(Anchor { start, shift })
    }

    /// Keys of the rules of these ids; the number of a clause stands for all its rules.
    pub fn clause_keys(&mut self, book: &Book, ids: &[String], span: &Range<usize>) -> Option<Vec<u64>> {
        let mut keys = Vec::new();
        for id in ids {
            let rules = book.clauses.iter().flat_map(|clause| clause.rules.iter().map(move |rule| (clause, rule)));
            let named: Vec<&str> = rules
                .filter(|(clause, rule)| rule.id.value == *id || clause.number == *id)
                .map(|(_, rule)| rule.id.value.as_str())
                .collect();
            let exact = named.contains(&id.as_str());
            keys.extend(named.iter().filter(|rule| !exact || *rule == id).map(|rule| key_of(&book.id, rule)));
            if named.is_empty() {
                self.problem(span, format!("本规程没有条款 `{id}`"));
                return None;
            }
        }
        keys.dedup();
        Some(keys)
    }
}
