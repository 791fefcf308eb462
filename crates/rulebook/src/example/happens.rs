//! What happens in an example (经过): `2026-11-16 10:00 [甲] 事件 由 岗位、岗位 属性=值 录入=…` as facts.

use std::collections::BTreeMap;

use calendar::{CivilMoment, Moment, parse_date};

use super::{Examiner, Scenario, population};
use crate::fact::Fact;
use crate::law::Law;
use crate::model::{At, Book, Clause, Example};
use crate::parse::phrase;
use crate::problem::Problem;
use crate::words::{AttributeWord, Unit};

/// Key of the moment of entry.
const ENTERED: &str = "录入";
/// Key of the person who did it.
const PERSON: &str = "人";
/// What stands before the posts.
const BY: &str = "由";

/// The facts of an example by subject; problems for lines that cannot be read.
pub(super) fn scenario(
    examiner: &Examiner<'_>,
    law: &Law,
    book: &Book,
    clause: &Clause,
    example: &Example,
) -> Result<Scenario, Vec<Problem>> {
    let reader = Reader { examiner, book };
    let mut scenario = Scenario::default();
    let mut problems = Vec::new();
    for (place, line) in example.happens.iter().enumerate() {
        match reader.line(line, place as i64) {
            Ok((label, fact)) => {
                scenario.labelled |= !label.is_empty();
                scenario.subjects.entry(label).or_default().push(fact);
            }
            Err(sentence) => {
                let problem = Problem::error(&clause.path, line.span.clone(), sentence);
                problems.push(
                    problem.with_hint("写成：YYYY-MM-DD HH:MM [标签] 事件 由 岗位、岗位 属性=值 录入=YYYY-MM-DDTHH:MM"),
                );
            }
        }
    }
    let given = match reader.given(&example.given) {
        Ok(given) => given,
        Err(sentence) => {
            problems.push(Problem::error(&clause.path, example.name.span.clone(), sentence));
            BTreeMap::new()
        }
    };
    if scenario.subjects.is_empty() {
        scenario.subjects.insert(String::new(), Vec::new());
    }
    let tally_ends = match &example.tally {
        Some(tally) => match population::add(&reader, law, example, tally, &mut scenario) {
            Ok(ends) => Some(ends),
            Err(sentence) => {
                problems.push(Problem::error(&clause.path, example.name.span.clone(), sentence));
                None
            }
        },
        None => None,
    };
    let look = example.as_of.as_deref().map(|written| (written, examiner.moment(written)));
    scenario.as_of = match look {
        Some((written, None)) => {
            let sentence = format!("`as_of` 看不懂 `{written}`");
            problems.push(Problem::error(&clause.path, example.name.span.clone(), sentence));
            Moment(0)
        }
        Some((_, Some(at))) => at,
        None => {
            let all = scenario.subjects.values().flatten();
            let last = all.map(|fact| fact.at.max(fact.entered)).max();
            let begun = examiner.zone.start_of_day(clause.in_force);
            last.unwrap_or(begun).max(tally_ends.unwrap_or(Moment(i64::MIN)))
        }
    };
    give(&mut scenario, &given);
    if problems.is_empty() { Ok(scenario) } else { Err(problems) }
}

/// Attributes known from the start: they come with a nameless fact just before the first.
fn give(scenario: &mut Scenario, given: &BTreeMap<String, String>) {
    if given.is_empty() {
        return;
    }
    for facts in scenario.subjects.values_mut() {
        let at = facts.iter().map(|fact| fact.at).min().unwrap_or(scenario.as_of).min(scenario.as_of);
        facts.insert(
            0,
            Fact {
                seq: i64::MIN,
                name: String::new(),
                at,
                entered: at,
                by: Vec::new(),
                person: String::new(),
                attributes: given.clone(),
            },
        );
    }
}

/// Reads words of examples: the book's aliases, then the vocabulary.
pub(super) struct Reader<'a> {
    pub examiner: &'a Examiner<'a>,
    pub book: &'a Book,
}

impl Reader<'_> {
    fn resolve<'w>(&'w self, word: &'w str) -> &'w str {
        self.book.aliases.get(word).map_or(word, String::as_str)
    }

    /// The id of a fact's word.
    pub fn fact_id(&self, word: &str) -> Option<&str> {
        let words = self.examiner.words;
        words.fact(self.resolve(word)).map(|place| words.facts[place].id.as_str())
    }

    /// Ids of posts joined by 、.
    pub fn posts(&self, list: &str) -> Result<Vec<String>, String> {
        let words = self.examiner.words;
        let post = |word: &str| {
            let place = words.post(self.resolve(word.trim()));
            place.map(|place| words.posts[place].id.clone()).ok_or(format!("`{word}` 不是词汇表里的岗位"))
        };
        list.split('、').filter(|word| !word.trim().is_empty()).map(post).collect()
    }

    /// Attribute ids and values as facts carry them.
    pub fn given(&self, given: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, String> {
        given.iter().map(|(word, value)| self.attribute(word, value)).collect()
    }

    /// One attribute with its value as a fact carries it.
    fn attribute(&self, word: &str, value: &str) -> Result<(String, String), String> {
        let words = self.examiner.words;
        let place = words.attribute(self.resolve(word)).ok_or(format!("`{word}` 不是词汇表里的属性"))?;
        let known = &words.attributes[place];
        let carried = self.value(known, value.trim()).ok_or(format!("`{word}` 没有值 `{value}`"))?;
        Ok((known.id.clone(), carried))
    }

    fn value(&self, known: &AttributeWord, written: &str) -> Option<String> {
        let words = self.examiner.words;
        Some(match &known.unit {
            Unit::Choice(_) => {
                // A word of the vocabulary is not an alias here, whatever else the book calls so.
                let id = |word: &str| known.value_id(word).or_else(|| known.value_id(self.resolve(word)));
                let ids: Option<Vec<&str>> = written.split('、').map(|word| id(word.trim())).collect();
                ids?.join("、")
            }
            Unit::Flag => match written {
                "是" => "yes".to_owned(),
                "否" => "no".to_owned(),
                _ => return None,
            },
            Unit::Money => phrase::amount(written).ok()?.to_string(),
            Unit::Number => written.parse::<i64>().ok()?.to_string(),
            Unit::Moment => self.examiner.moment(written)?.0.to_string(),
            Unit::Date => parse_date(written).ok()?.to_string(),
            Unit::Post => words.post(self.resolve(written)).map(|place| words.posts[place].id.clone())?,
            Unit::Text | Unit::Person => written.to_owned(),
        })
    }

    /// One line: the subject's label and the fact.
    fn line(&self, line: &At<String>, seq: i64) -> Result<(String, Fact), String> {
        let mut tokens = line.value.split_whitespace().peekable();
        let (date, time) = (tokens.next().unwrap_or(""), tokens.next().unwrap_or(""));
        let at = CivilMoment::parse(&format!("{date} {time}"))
            .map_err(|_| format!("时刻看不懂 `{date} {time}`"))?
            .moment(self.examiner.zone);
        let mut label = String::new();
        if let Some(token) = tokens.peek()
            && let Some(inner) = token.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))
        {
            label = inner.trim().to_owned();
            tokens.next();
        }
        let word = tokens.next().ok_or("缺少事件")?;
        let name = self.fact_id(word).ok_or(format!("`{word}` 不是词汇表里的事实"))?.to_owned();
        let mut fact =
            Fact { seq, name, at, entered: at, by: Vec::new(), person: String::new(), attributes: BTreeMap::new() };
        let rest: Vec<&str> = tokens.collect();
        self.details(&rest, &mut fact)?;
        Ok((label, fact))
    }

    /// Posts, attributes, moment of entry, person. A token without `=` belongs to the value before it.
    fn details(&self, tokens: &[&str], fact: &mut Fact) -> Result<(), String> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut place = 0;
        while place < tokens.len() {
            let token = tokens[place];
            place += 1;
            if token == BY {
                let posts = tokens.get(place).ok_or("`由` 后面缺少岗位")?;
                fact.by = self.posts(posts)?;
                place += 1;
            } else if let Some((key, value)) = token.split_once('=') {
                pairs.push((key.to_owned(), value.to_owned()));
            } else if let Some((_, value)) = pairs.last_mut() {
                value.push(' ');
                value.push_str(token);
            } else {
                return Err(format!("看不懂 `{token}`"));
            }
        }
        for (key, value) in pairs {
            match key.as_str() {
                ENTERED => {
                    fact.entered = self.examiner.moment(&value).ok_or(format!("录入时刻看不懂 `{value}`"))?;
                }
                PERSON => fact.person = value,
                _ => {
                    let (id, value) = self.attribute(&key, &value)?;
                    fact.attributes.insert(id, value);
                }
            }
        }
        Ok(())
    }
}
