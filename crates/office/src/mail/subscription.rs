//! Subscriptions (报刊订阅): title, copies, how often it appears and when it does not, from when to when; from these follow the
//! copies that ought to come on a day.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::refusal::Refusal;

/// A subscription as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Title.
    pub title: String,
    /// Copies of each issue.
    pub copies: i64,
    every: Every,
    issue: Vec<i8>,
    no_issue: Vec<NoIssue>,
    from: Date,
    to: Option<Date>,
    said: [String; 5],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Every {
    Day,
    Week,
    HalfMonth,
    Month,
    TwoMonths,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NoIssue {
    Weekday(i8),
    Day(Date),
    Stretch(Date, Date),
}

/// Sunday has two names.
const WEEKDAYS: &str = "一二三四五六日天";

/// Monday is nought.
fn weekday(word: &str) -> Option<i8> {
    let sign = word.trim().trim_start_matches("星期").trim_start_matches("周").trim_start_matches("礼拜");
    let mut signs = sign.chars();
    let place = WEEKDAYS.chars().position(|it| Some(it) == signs.clone().next())?.min(6);
    signs.next();
    signs.next().is_none().then(|| i8::try_from(place).unwrap_or_default())
}

fn parts(words: &str) -> impl Iterator<Item = &str> {
    words.split(['、', '，', ',', '；', ';', ' ']).map(str::trim).filter(|it| !it.is_empty())
}

fn no_issue(word: &str) -> Option<NoIssue> {
    if let Some((from, to)) = word.split_once(['至', '~']) {
        return Some(NoIssue::Stretch(from.trim().parse().ok()?, to.trim().parse().ok()?));
    }
    weekday(word).map(NoIssue::Weekday).or_else(|| word.parse().ok().map(NoIssue::Day))
}

/// What is wrong with a subscription: the attribute and what it ought to be.
type Unfit = (&'static str, String);

impl Subscription {
    /// Reads the attributes of a record.
    pub fn of(attributes: &BTreeMap<String, String>) -> Result<Subscription, Unfit> {
        let said = |id: &str| attributes.get(id).map_or("", |it| it.trim());
        let copies = said("subscription.copies").parse::<i64>().ok().filter(|it| (1..=9_999).contains(it));
        let copies = copies.ok_or(("subscription.copies", "请填 1 到 9999 的整数".to_owned()))?;
        let every = match said("subscription.every") {
            "weekly_paper" => Every::Week,
            "half_monthly" => Every::HalfMonth,
            "monthly_paper" => Every::Month,
            "two_monthly" => Every::TwoMonths,
            _ => Every::Day,
        };
        let day = |id: &'static str| match said(id) {
            "" => Ok(None),
            typed => typed.parse::<Date>().map(Some).map_err(|_| (id, "请填日期，例如 2026-01-01".to_owned())),
        };
        let from = day("subscription.from")?.ok_or(("subscription.from", "请填从哪个日子起".to_owned()))?;
        let to = day("subscription.to")?;
        if to.is_some_and(|to| to < from) {
            return Err(("subscription.to", "订阅止早于订阅起，请核对".to_owned()));
        }
        let issue = issue_days(every, said("subscription.issue_days"), from)?;
        let no_issue = parts(said("subscription.no_issue"))
            .map(|word| {
                let wrong = || {
                    (
                        "subscription.no_issue",
                        format!("“{word}”认不出；请写周六、2026-10-01，或 2026-10-01至2026-10-07"),
                    )
                };
                no_issue(word).ok_or_else(wrong)
            })
            .collect::<Result<Vec<_>, Unfit>>()?;
        let words =
            ["every", "issue_days", "no_issue", "from", "to"].map(|id| said(&format!("subscription.{id}")).to_owned());
        Ok(Subscription {
            title: said("subscription.title").to_owned(),
            copies,
            every,
            issue,
            no_issue,
            from,
            to,
            said: words,
        })
    }

    /// Frequency, days of issue, days without, first and last day, as they were entered.
    pub fn in_words(&self) -> [&str; 5] {
        [&self.said[0], &self.said[1], &self.said[2], &self.said[3], &self.said[4]]
    }

    /// Copies that ought to come on a day.
    pub fn expected_on(&self, day: Date) -> i64 {
        let within = day >= self.from && self.to.is_none_or(|to| day <= to);
        if within && self.appears_on(day) && !self.no_issue.iter().any(|it| it.covers(day)) { self.copies } else { 0 }
    }

    fn appears_on(&self, day: Date) -> bool {
        let this_month = || self.issue.iter().any(|nth| day.day() == (*nth).min(day.days_in_month()));
        match self.every {
            Every::Day => true,
            Every::Week => self.issue.contains(&day.weekday().to_monday_zero_offset()),
            Every::HalfMonth | Every::Month => this_month(),
            Every::TwoMonths => (day.month() - self.from.month()) % 2 == 0 && this_month(),
        }
    }
}

impl NoIssue {
    fn covers(self, day: Date) -> bool {
        match self {
            NoIssue::Weekday(weekday) => day.weekday().to_monday_zero_offset() == weekday,
            NoIssue::Day(date) => date == day,
            NoIssue::Stretch(from, to) => (from..=to).contains(&day),
        }
    }
}

/// On which days it appears: weekdays of a weekly, days of the month of the others; of none named, those of its first day.
fn issue_days(every: Every, words: &str, from: Date) -> Result<Vec<i8>, Unfit> {
    let named = parts(words).map(|word| {
        let read = match every {
            Every::Day | Every::Week => weekday(word),
            _ => word.trim_end_matches(['日', '号']).parse::<i8>().ok().filter(|it| (1..=31).contains(it)),
        };
        let next = if every == Every::Week { "请写周一到周日" } else { "请写每月几日，例如 1、16" };
        read.ok_or_else(|| ("subscription.issue_days", format!("“{word}”认不出；{next}")))
    });
    let named = named.collect::<Result<Vec<i8>, Unfit>>()?;
    Ok(match (every, named.is_empty()) {
        (_, false) => named,
        (Every::Week, true) => vec![from.weekday().to_monday_zero_offset()],
        (Every::HalfMonth, true) => vec![1, 16],
        (_, true) => vec![from.day()],
    })
}

/// Refuses a subscription from which no copies follow.
pub(super) fn sensible(what: &str, attributes: &BTreeMap<String, String>) -> Result<(), Refusal> {
    match Subscription::of(attributes) {
        Ok(_) => Ok(()),
        Err((field, next)) => Err(Refusal::new(what, "订阅的份数、刊期或日期读不出来", next).at(field)),
    }
}
