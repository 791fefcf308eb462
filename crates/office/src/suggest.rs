//! Whom to send (派工建议): the repairer whom roster, leave, trade, the same building and what is in hand speak for, with the
//! reasons. It suggests and never chooses.

use crate::site::checklist;

/// The setting that says which words of a repair belong to which trade: `词、词：工种；…`.
pub const TRADES: &str = "工种的词";

/// A repairer as the office knows them now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Worker {
    /// Account.
    pub id: String,
    /// Name.
    pub name: String,
    /// What they do, in words in which a trade stands: 水、门窗.
    pub does: String,
    /// Planned on the roster at this moment.
    pub on_duty: bool,
    /// On granted leave at this moment.
    pub on_leave: bool,
    /// Places of the work in hand.
    pub places: Vec<String>,
}

/// One reason for or against somebody; said in words by the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// On the roster now.
    OnDuty,
    /// The roster plans no repairer now, so that it speaks for nobody.
    NoRoster,
    /// Their trade is what the words ask for.
    Trade(String),
    /// The words ask for a trade that nobody who could go has.
    NobodyOfTrade(String),
    /// Has work in the same building.
    SameBuilding(String),
    /// So much in hand, and nobody who fits as well has less.
    Load(usize),
    /// Others whom as much speaks for, by name.
    AsGood(Vec<String>),
}

/// Whom to send and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Account.
    pub worker: String,
    /// Name.
    pub name: String,
    /// Why, the weightiest first.
    pub why: Vec<Reason>,
}

/// Whom to send to a place for what these words say; `trades` is the text of the setting. None when everybody is on leave, or
/// off duty while the roster plans somebody.
///
/// Nobody on leave is suggested. While the roster plans any repairer, only those whom it plans are. Of these the trade
/// decides; then what is in hand, where work in the same building counts as one order less; then the order of the list.
pub fn suggest(trades: &str, words: &str, place: &str, workers: &[Worker]) -> Option<Suggestion> {
    let present: Vec<&Worker> = workers.iter().filter(|it| !it.on_leave).collect();
    let rostered = present.iter().any(|it| it.on_duty);
    let can: Vec<&Worker> = present.into_iter().filter(|it| it.on_duty || !rostered).collect();
    let wanted = wanted(trades, words);
    let building = building(place);
    let rank = |it: &Worker| (!wanted.iter().any(|trade| it.does.contains(trade)), burden(it, building));
    let best = can.iter().copied().min_by_key(|it| rank(it))?;
    let mut why = vec![if rostered { Reason::OnDuty } else { Reason::NoRoster }];
    match wanted.iter().find(|trade| best.does.contains(**trade)) {
        Some(trade) => why.push(Reason::Trade((*trade).to_owned())),
        None => why.extend(wanted.first().map(|trade| Reason::NobodyOfTrade((*trade).to_owned()))),
    }
    if let Some(building) = building.filter(|it| works_in(best, it)) {
        why.push(Reason::SameBuilding(building.to_owned()));
    }
    why.push(Reason::Load(best.places.len()));
    let as_good = can.iter().filter(|it| it.id != best.id && rank(it) == rank(best));
    let as_good: Vec<String> = as_good.map(|it| it.name.clone()).collect();
    if !as_good.is_empty() {
        why.push(Reason::AsGood(as_good));
    }
    Some(Suggestion { worker: best.id.clone(), name: best.name.clone(), why })
}

/// The trades that the words ask for.
fn wanted<'a>(trades: &'a str, words: &str) -> Vec<&'a str> {
    checklist::tools(trades, words)
}

/// What is in hand; the way to the same building is made once.
fn burden(worker: &Worker, building: Option<&str>) -> usize {
    let near = building.is_some_and(|it| works_in(worker, it));
    worker.places.len().saturating_sub(usize::from(near))
}

fn works_in(worker: &Worker, wanted: &str) -> bool {
    worker.places.iter().any(|place| building(place) == Some(wanted))
}

/// The building of a place in the ledger's spelling (`3-2-501`); none of a place in words.
fn building(place: &str) -> Option<&str> {
    let (first, rest) = place.split_once('-')?;
    (!first.is_empty() && rest.starts_with(|c: char| c.is_ascii_digit())).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "水龙头、漏水：水；灯、跳闸：电";

    fn worker(id: &str, does: &str, places: &[&str]) -> Worker {
        let places = places.iter().map(|it| (*it).to_owned()).collect();
        Worker { id: id.into(), name: id.to_uppercase(), does: does.into(), places, ..Worker::default() }
    }

    fn on_duty(worker: Worker) -> Worker {
        Worker { on_duty: true, ..worker }
    }

    fn chosen(words: &str, workers: &[Worker]) -> (String, Vec<Reason>) {
        let it = suggest(LIST, words, "3-2-501", workers).expect("somebody");
        (it.worker, it.why)
    }

    #[test]
    fn nobody_on_leave_and_nobody_whom_the_roster_leaves_out() {
        let away = Worker { on_leave: true, ..on_duty(worker("a", "水", &[])) };
        let off = worker("b", "水", &[]);
        let there = on_duty(worker("c", "电", &["1-1-101", "1-1-102"]));
        let all = [away.clone(), off.clone(), there];
        let why = vec![Reason::OnDuty, Reason::NobodyOfTrade("水".into()), Reason::Load(2)];
        assert_eq!(chosen("水龙头滴水", &all), ("c".into(), why));
        assert_eq!(suggest(LIST, "水龙头", "3-2-501", &[away.clone()]), None);
        assert_eq!(suggest(LIST, "水龙头", "3-2-501", &[]), None);
        // Who is rostered is on leave: the roster has nobody else, and the others may be asked.
        let why = vec![Reason::NoRoster, Reason::Trade("水".into()), Reason::Load(0)];
        assert_eq!(chosen("水龙头滴水", &[away, off]), ("b".into(), why));
    }

    #[test]
    fn the_trade_decides_before_what_is_in_hand() {
        let all = [worker("a", "水", &["1-1-101", "1-1-102"]), worker("b", "电", &[])];
        let why = vec![Reason::NoRoster, Reason::Trade("水".into()), Reason::Load(2)];
        assert_eq!(chosen("卫生间漏水", &all), ("a".into(), why));
        let why = vec![Reason::NoRoster, Reason::Load(0)];
        assert_eq!(chosen("门锁坏了", &all), ("b".into(), why));
    }

    #[test]
    fn the_same_building_counts_as_one_order_less() {
        let all = [worker("a", "", &[]), worker("b", "", &["3-1-101"])];
        let why = vec![Reason::NoRoster, Reason::Load(0), Reason::AsGood(vec!["B".into()])];
        assert_eq!(chosen("门锁", &all), ("a".into(), why));
        let all = [worker("a", "", &["1-1-101"]), worker("b", "", &["3-1-101"])];
        let why = vec![Reason::NoRoster, Reason::SameBuilding("3".into()), Reason::Load(1)];
        assert_eq!(chosen("门锁", &all), ("b".into(), why));
        assert_eq!(building("地下车库"), None, "a place in words has no building");
    }

    #[test]
    fn of_two_as_good_the_first_is_named_and_the_other_beside() {
        let all = [worker("a", "水", &["1-1-101"]), worker("b", "水", &["2-1-101"]), worker("c", "电", &["1-1-1"])];
        let why = vec![Reason::NoRoster, Reason::Trade("水".into()), Reason::Load(1), Reason::AsGood(vec!["B".into()])];
        assert_eq!(chosen("漏水", &all), ("a".into(), why));
    }
}
