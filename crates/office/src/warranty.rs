//! Warranty of a dwelling's parts (保修期): how long each part is under the developer's warranty from the hand-over of the unit on.
//! The terms are a setting that the office writes; here is only how they are read and counted.

use calendar::Moment;
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::case::{Case, CaseKind};
use crate::event::{Event, Sealed};
use crate::refusal::Refusal;

/// The setting with the terms: `部位：期限：故障的词`, part from part by ；.
pub const TERMS: &str = "各部位保修期";
/// The register of developer's orders (返修单).
pub const ORDERS: &str = "defect_orders";
/// What a repair is judged by: the part, whether it is under warranty, until when.
pub const PART: &str = "repair.part";
/// See [`PART`].
pub const IN_WARRANTY: &str = "repair.in_warranty";
/// See [`PART`].
pub const UNTIL: &str = "repair.warranty_until";
/// The act by which the developer's work has passed its recheck.
pub const PASSED: &str = "defect.recheck_passed";
/// What a repair says of its order's work having passed: nothing is left to do but to end it.
pub const ORDER_PASSED: &str = "repair.developer_done";
/// The longest term that is read: nobody gives a longer one.
const YEARS_MAX: i16 = 100;

/// How long a part is under warranty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// So many months; years are twelve.
    Months(i32),
    /// So many whole seasons, each from the first to the second day of a year: heating, cooling.
    Seasons(i16, (i8, i8), (i8, i8)),
    /// As long as the design lets the building stand.
    Life,
}

/// A part with its term and the words by which people tell that it is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name: 屋面防水.
    pub name: String,
    /// How long.
    pub term: Term,
    /// Words of callers.
    pub words: Vec<String>,
}

/// What can be said of a part on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Under warranty up to this day, the day itself counted.
    Until(Date),
    /// Under warranty as long as the building is designed to stand.
    Life,
    /// The warranty ended with this day.
    Ended(Date),
}

impl Stand {
    /// Whether it is under warranty.
    pub fn holds(self) -> bool {
        !matches!(self, Stand::Ended(_))
    }

    /// The last day; none for the design life.
    pub fn last_day(self) -> Option<Date> {
        match self {
            Stand::Until(day) | Stand::Ended(day) => Some(day),
            Stand::Life => None,
        }
    }
}

/// The parts of the setting, in its order. What cannot be read is told: which part, and how it should be written.
pub fn parts(setting: &str) -> Result<Vec<Part>, String> {
    let groups = setting.split(['；', ';', '\n']).map(str::trim).filter(|group| !group.is_empty());
    groups.map(part).collect()
}

fn part(group: &str) -> Result<Part, String> {
    let mut fields = group.splitn(3, ['：', ':']).map(str::trim);
    let name = fields.next().unwrap_or_default();
    let written = fields.next().unwrap_or_default();
    let Some(term) = term(written).filter(|_| !name.is_empty()) else {
        return Err(format!(
            "“{group}”没有写成“部位：期限：故障的词”，期限写几年、几个月、“设计年限”，或“2 期 11-15 至 03-15”"
        ));
    };
    let words = fields.next().unwrap_or_default().split(['、', '，', ',']).map(str::trim);
    Ok(Part { name: name.into(), term, words: words.filter(|word| !word.is_empty()).map(str::to_owned).collect() })
}

fn term(written: &str) -> Option<Term> {
    if written == "设计年限" {
        return Some(Term::Life);
    }
    let digits = written.find(|sign: char| !sign.is_ascii_digit())?;
    let count: i16 = written[..digits].parse().ok().filter(|count| (1..=YEARS_MAX).contains(count))?;
    let rest = written[digits..].trim();
    if let Some(days) = rest.strip_prefix('期') {
        let (first, last) = days.trim().split_once('至')?;
        return Some(Term::Seasons(count, day_of_year(first)?, day_of_year(last)?));
    }
    match rest {
        "年" => Some(Term::Months(i32::from(count) * 12)),
        "个月" | "月" => Some(Term::Months(i32::from(count))),
        _ => None,
    }
}

fn day_of_year(written: &str) -> Option<(i8, i8)> {
    let (month, day) = written.trim().split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    Date::new(2023, month, day).ok().map(|_| (month, day))
}

impl Part {
    /// The last day under warranty for a unit handed over on this day; none for the design life, and for what no calendar
    /// holds. Of seasons those count that begin on the day of the hand-over or later.
    pub fn last_day(&self, handover: Date) -> Option<Date> {
        match self.term {
            Term::Months(months) => handover.checked_add(months.months()).ok(),
            Term::Life => None,
            Term::Seasons(count, first, last) => {
                let begins = |year: i16| date(year, first.0, first.1);
                let year = handover.year() + i16::from(begins(handover.year()) < handover) + count - 1;
                Some(date(year + i16::from(last < first), last.0, last.1))
            }
        }
    }

    /// Where it stands on a day.
    pub fn stands(&self, handover: Date, on: Date) -> Stand {
        match self.last_day(handover) {
            None => Stand::Life,
            Some(day) if on <= day => Stand::Until(day),
            Some(day) => Stand::Ended(day),
        }
    }
}

/// The part that these words speak of: the first one a word of which is among them. Only a proposal; a person judges.
pub fn spoken_of<'a>(parts: &'a [Part], words: &str) -> Option<&'a Part> {
    parts.iter().find(|part| part.words.iter().any(|word| words.contains(word.as_str())))
}

/// What a person has judged of a repair: whether it is under warranty; none before.
pub fn judged(case: &Case) -> Option<bool> {
    case.attributes.get(IN_WARRANTY).map(|value| value == "yes")
}

/// Whether a developer's order can be opened for this matter. Refused: one that was judged to be out of warranty, one that
/// has ended.
pub fn may_order(matter: &Case) -> Result<(), Refusal> {
    let what = "不能开返修单";
    if judged(matter) == Some(false) {
        let why = format!("{} 已经认定过了保修期", matter.number);
        return Err(Refusal::new(what, why, "请转有偿维修；认定有误的，先在那件报修上重新认定保修。").at("case"));
    }
    if matter.state.ended() {
        let why = format!("{} 已经结束", matter.number);
        return Err(Refusal::new(what, why, "请先重开那件报修，或不填事项编号单独开单。").at("case"));
    }
    Ok(())
}

/// What a repair is told once its order has passed the recheck, which the resident tried and signed for here too; nothing for one
/// that has ended or is completed anyway.
pub fn told_of(order: &Case, passed: &Event, matter: &Case) -> Vec<Event> {
    let over = matter.state.ended() || matter.has_this_round("repair.completed") || matter.has_this_round(ORDER_PASSED);
    if matter.kind != CaseKind::Repair || over {
        return Vec::new();
    }
    let told = |name: &str| {
        let mut event = Event::plain(name, passed.happened.max(matter.opened));
        event.body.note = format!("返修单 {} 复验合格，可以结案", order.number);
        event
    };
    let mut signed = told("repair.customer_signed");
    signed.body.signature.clone_from(&passed.body.signature);
    signed.sealed = passed.sealed.clone().map(|sealed| Sealed { person: matter.caller_key(), ..sealed });
    vec![told("repair.accepted"), signed, told(ORDER_PASSED)]
}

/// Since when a repair waits only for its end, its order's work having passed; none when it does not.
pub fn waits_for_its_end(case: &Case) -> Option<Moment> {
    let passed = case.last(ORDER_PASSED).filter(|entry| entry.seq >= case.round_from)?;
    (case.kind == CaseKind::Repair && !case.state.ended()).then_some(passed.event.happened)
}

/// Whether a case is a developer's order.
pub fn is_order(case: &Case) -> bool {
    case.kind == CaseKind::Record(ORDERS)
}

/// The act by which a fault becomes one of wide effect.
const WIDE: &str = "complaint.large_effect_found";

/// What is done about a complaint is done on a developer's order only once its effect is found to be wide.
pub(crate) fn in_order(what: &str, case: &Case, act: &str) -> Result<(), Refusal> {
    if !is_order(case) || !act.starts_with("complaint.") || act == WIDE || case.has(WIDE) {
        return Ok(());
    }
    Err(Refusal::new(what, "还没有“认定影响较大”", "影响较大的，先认定；影响不大的，不用办这一步。"))
}

/// A developer's order ends only when the work has passed its recheck.
pub(crate) fn settled(what: &str, case: &Case, act: &str) -> Result<(), Refusal> {
    if !is_order(case) || act != "case.closed" || case.has_this_round(PASSED) {
        return Ok(());
    }
    Err(Refusal::new(what, "还没有复验合格", "请复验并由住户签字；不用修了的，撤销并写明原因。"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Part {
        let settings = crate::site::office_settings();
        let terms = settings.iter().find(|it| it.name == TERMS).expect("a setting");
        let found = parts(terms.default).expect("it can be read").into_iter().find(|part| part.name.contains(name));
        found.unwrap_or_else(|| panic!("no {name}"))
    }

    #[test]
    fn a_term_of_years_ends_with_the_same_day() {
        let pipes = named("给排水");
        let handover = date(2024, 9, 28);
        assert_eq!(pipes.last_day(handover), Some(date(2026, 9, 28)));
        assert_eq!(pipes.stands(handover, date(2026, 9, 28)), Stand::Until(date(2026, 9, 28)));
        assert_eq!(pipes.stands(handover, date(2026, 9, 29)), Stand::Ended(date(2026, 9, 28)));
        assert_eq!(named("防水").last_day(date(2024, 2, 29)), Some(date(2029, 2, 28)));
        assert_eq!(named("结构").stands(handover, date(2060, 1, 1)), Stand::Life);
    }

    #[test]
    fn seasons_count_from_the_first_that_begins_after_the_hand_over() {
        let heating = parts("供热：2 期 11-15 至 03-15：暖气").expect("read").remove(0);
        assert_eq!(heating.last_day(date(2024, 11, 15)), Some(date(2026, 3, 15)), "begins on the very day");
        assert_eq!(heating.last_day(date(2024, 11, 16)), Some(date(2027, 3, 15)), "the running one does not count");
        assert_eq!(heating.last_day(date(2024, 2, 1)), Some(date(2026, 3, 15)));
        let cooling = parts("供冷：2 期 06-01 至 09-30").expect("read").remove(0);
        assert_eq!(cooling.last_day(date(2024, 6, 1)), Some(date(2025, 9, 30)));
        assert_eq!(cooling.last_day(date(2024, 6, 2)), Some(date(2026, 9, 30)));
    }

    #[test]
    fn words_of_callers_name_a_part_and_nothing_is_guessed_without_one() {
        let settings = crate::site::office_settings();
        let terms = settings.iter().find(|it| it.name == TERMS).expect("a setting");
        let parts = parts(terms.default).expect("it can be read");
        let of = |words: &str| spoken_of(&parts, words).map(|part| part.name.as_str());
        assert_eq!(of("厨房水龙头滴水"), Some("给排水管道"));
        assert_eq!(of("主卧窗边墙面渗水"), Some("屋面、外墙、卫生间防水"));
        assert_eq!(of("客厅跳闸"), Some("电气管线"));
        assert_eq!(of("看看这个"), None);
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        for wrong in [
            "防水",
            "防水：五年",
            "防水：0 年",
            "：2 年",
            "供热：2 期 11-15",
            "供热：2 期 11-31 至 03-15",
            "门：999 年",
        ] {
            assert!(parts(wrong).is_err_and(|why| why.contains(wrong)), "{wrong}");
        }
        assert_eq!(parts("门：18 个月").expect("read")[0].term, Term::Months(18));
        assert_eq!(parts(" ").expect("nothing is nothing"), []);
    }
}
