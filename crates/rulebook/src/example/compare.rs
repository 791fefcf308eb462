//! Expected and actual answers compared (核对): the same lines, each as often, in any order.

use calendar::{CivilMoment, Zone, parse_date, parse_time_or_end};

use super::answers::Line;
use crate::model::At;

/// What an example answered against what it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The complete answer.
    pub actual: Vec<Line>,
    /// Places in `expect` of the lines that were not answered.
    pub missing: Vec<usize>,
    /// Places in `actual` of the lines that were not expected.
    pub extra: Vec<usize>,
    /// The expected lines.
    pub expected: Vec<String>,
}

impl Outcome {
    /// Whether the answer is exactly the expected one.
    pub fn agrees(&self) -> bool {
        self.missing.is_empty() && self.extra.is_empty()
    }

    /// `应有而没有：…；多出：…`.
    pub fn difference_zh(&self) -> String {
        let mut parts = Vec::new();
        if !self.missing.is_empty() {
            let lines: Vec<&str> = self.missing.iter().map(|place| self.expected[*place].as_str()).collect();
            parts.push(format!("应有而没有 `{}`", lines.join("`、`")));
        }
        if !self.extra.is_empty() {
            let lines: Vec<&str> = self.extra.iter().map(|place| self.actual[*place].text.as_str()).collect();
            parts.push(format!("多出 `{}`", lines.join("`、`")));
        }
        parts.join("，")
    }
}

/// Compares. Blanks do not matter; `00:00` of a day and `24:00` of the day before are the same; a stated lateness
/// must be right, but need not be stated.
pub(super) fn compare(actual: Vec<Line>, expect: &[At<String>], zone: &Zone) -> Outcome {
    let mut open: Vec<Option<(String, &Line)>> =
        actual.iter().map(|line| Some((even(&line.text, zone), line))).collect();
    let mut missing = Vec::new();
    for (place, expected) in expect.iter().enumerate() {
        let wanted = even(&expected.value, zone);
        let found = open.iter_mut().find(|one| one.as_ref().is_some_and(|(text, line)| same(text, line, &wanted)));
        match found {
            Some(one) => *one = None,
            None => missing.push(place),
        }
    }
    let extra = (0..open.len()).filter(|place| open[*place].is_some()).collect();
    let expected = expect.iter().map(|line| line.value.clone()).collect();
    Outcome { missing, extra, expected, actual }
}

fn same(text: &str, line: &Line, wanted: &str) -> bool {
    if text == wanted {
        return true;
    }
    let Some(stated) = wanted.strip_prefix(text) else { return false };
    line.late.is_some_and(|late| late.is(stated.strip_prefix('迟').unwrap_or(stated)))
}

/// Without blanks, moments in one form.
fn even(line: &str, zone: &Zone) -> String {
    let tokens: Vec<&str> = line.split_whitespace().collect();
    let mut text = String::with_capacity(line.len());
    let mut place = 0;
    while place < tokens.len() {
        let moment = tokens.get(place + 1).and_then(|time| civil(tokens[place], time));
        match moment {
            Some(civil) => {
                text.push_str(&written(civil, zone));
                place += 2;
            }
            None => {
                text.push_str(tokens[place]);
                place += 1;
            }
        }
    }
    text
}

/// A date and a time, perhaps after a word written without a blank before the date.
fn civil(date: &str, time: &str) -> Option<CivilMoment> {
    Some(CivilMoment { date: parse_date(date).ok()?, time: parse_time_or_end(time).ok()? })
}

/// Midnight as 24:00 of the day before.
fn written(civil: CivilMoment, zone: &Zone) -> String {
    let at = civil.moment(zone);
    let midnight = zone.start_of_day(zone.date(at)) == at;
    CivilMoment::of_due(zone, at, midnight).to_string().replace(' ', "")
}
