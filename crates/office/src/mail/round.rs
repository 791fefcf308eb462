//! A round (班次): the copies counted against what is subscribed, the items of each household, the acts that go with them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::subscription::Subscription;

/// Slots of a day.
pub const SLOTS: [&str; 2] = ["morning_round", "afternoon_round"];

/// Stream id of a round.
pub fn id(day: Date, slot: &str) -> String {
    format!("mail-{day}-{}", slot.trim_end_matches("_round"))
}

/// One household's subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscribed {
    /// Household on file; empty for words only.
    pub household: String,
    /// Where.
    pub place: String,
    /// What.
    pub subscription: Subscription,
}

/// A title on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// Its name.
    pub name: String,
    /// Copies that ought to come.
    pub due: i64,
}

/// Titles that ought to come on a day, by name.
pub fn due_on(day: Date, all: &[Subscribed]) -> Vec<Title> {
    let mut titles: BTreeMap<&str, i64> = BTreeMap::new();
    for one in all {
        let copies = one.subscription.expected_on(day);
        if copies > 0 {
            *titles.entry(&one.subscription.title).or_default() += copies;
        }
    }
    titles.into_iter().map(|(name, due)| Title { name: name.to_owned(), due }).collect()
}

/// What a household gets of these titles on a day: `参考消息×1、南方日报×2`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portion {
    /// Household on file; empty for words only.
    pub household: String,
    /// Where.
    pub place: String,
    /// Titles and copies in words.
    pub titles: String,
    /// Copies.
    pub copies: i64,
}

/// The portions of a day: titles of which something has come, to everybody who has subscribed to them.
pub fn portions(day: Date, all: &[Subscribed], came: &[String]) -> Vec<Portion> {
    let mut portions: BTreeMap<(&str, &str), (Vec<String>, i64)> = BTreeMap::new();
    for one in all {
        let copies = one.subscription.expected_on(day);
        if copies > 0 && came.contains(&one.subscription.title) {
            let portion = portions.entry((&one.place, &one.household)).or_default();
            portion.0.push(format!("{}×{copies}", one.subscription.title));
            portion.1 += copies;
        }
    }
    portions
        .into_iter()
        .map(|((place, household), (titles, copies))| Portion {
            household: household.to_owned(),
            place: place.to_owned(),
            titles: titles.join("、"),
            copies,
        })
        .collect()
}

/// A count of the copies of each title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Copies due and counted, over all titles.
    pub due: i64,
    /// Copies counted.
    pub counted: i64,
    /// `参考消息 应 2 到 1；…`.
    pub words: String,
    /// Every title has just what it ought to.
    pub fits: bool,
    /// Titles of which something came.
    pub came: Vec<String>,
}

/// Holds what was counted against what is due: title, due, counted.
pub fn count(titles: &[(String, i64, i64)]) -> Count {
    let words: Vec<String> = titles.iter().map(|(name, due, got)| format!("{name} 应 {due} 到 {got}")).collect();
    Count {
        due: titles.iter().map(|it| it.1).sum(),
        counted: titles.iter().map(|it| it.2).sum(),
        words: words.join("；"),
        fits: titles.iter().all(|it| it.1 == it.2),
        came: titles.iter().filter(|it| it.2 > 0).map(|it| it.0.clone()).collect(),
    }
}
