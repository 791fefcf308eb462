//! What book and clause pages share (规程页): how a clause is kept, in words and shapes.

use journal::reads::{ClauseKept, KeptAs};
use maud::{Markup, html};
use rulebook::coverage::CoveredClause;
use rulebook::{Figure, Standing, Vocabulary};

use super::kept::word;
use crate::components::Lamp;
use crate::components::light::shape_of;
use crate::language::{said, t, zh};

/// Counts of several rules as one.
pub fn sum<'a>(kept: impl Iterator<Item = &'a ClauseKept>) -> ClauseKept {
    kept.fold(ClauseKept::default(), |mut all, one| {
        all.met += one.met;
        all.late += one.late;
        all.missed += one.missed;
        all.open += one.open;
        all.overdue += one.overdue;
        all.soft_late += one.soft_late;
        all
    })
}

/// The shape that colours the outline: late, alarmed, kept, running; none when nothing happened.
pub fn lamp(kept: &ClauseKept) -> Option<Lamp> {
    if kept.late + kept.missed + kept.overdue > 0 {
        Some(Lamp::Late)
    } else if kept.soft_late > 0 {
        Some(Lamp::Soft)
    } else if kept.met > 0 {
        Some(Lamp::Met)
    } else {
        (kept.open > 0).then_some(Lamp::Open)
    }
}

/// The same of a clause that asks a share: missed for good, reached, or still to be reached; none without members.
pub fn rate_lamp<'a>(figures: impl Iterator<Item = &'a Figure>) -> Option<Lamp> {
    let of = |figure: &Figure| match figure.on_target? {
        true => Some(Lamp::Met),
        false if figure.provisional => Some(Lamp::Open),
        false => Some(Lamp::Late),
    };
    graver(figures.filter_map(of))
}

/// The one that colours a clause with several.
pub fn graver(lamps: impl Iterator<Item = Lamp>) -> Option<Lamp> {
    let rank = |lamp: &Lamp| match lamp {
        Lamp::Late => 0,
        Lamp::Soft => 1,
        Lamp::Met => 2,
        _ => 3,
    };
    lamps.min_by_key(rank)
}

/// The counts of a month in words, zeros left out; with `list` (an address with a query) each leads to its list.
pub fn counts(kept: &ClauseKept, list: Option<&str>) -> Markup {
    let shape = |kept_as| match kept_as {
        KeptAs::Met => Lamp::Met,
        KeptAs::Late => Lamp::MetLate,
        KeptAs::Missed => Lamp::Missed,
        KeptAs::Overdue => Lamp::Late,
        KeptAs::Open => Lamp::Open,
        KeptAs::Reminded => Lamp::Soft,
    };
    html! {
        @for kept_as in KeptAs::ALL {
            @let count = kept.count(kept_as);
            @let words = html! { (shape_of(shape(kept_as))) " " (word(kept_as)) " " b { (count) } };
            @if count > 0 {
                @match list {
                    Some(list) => a.nowrap.kept href={ (list) "&state=" (kept_as.id()) } { (words) },
                    None => span.nowrap.kept { (words) },
                }
                " "
            }
        }
    }
}

/// How a clause is kept by the program, and what it waits for.
pub fn standing(covered: &CoveredClause, words: &Vocabulary) -> Markup {
    let capability = |id: &str| match words.capability_of_id(id) {
        Some(place) => said(&words.capabilities[place].zh, Some(&words.capabilities[place].en)).into_owned(),
        None => id.to_owned(),
    };
    let word = match covered.standing {
        Standing::Enforced => t("程序计算"),
        Standing::Carried => t("页面承载"),
        Standing::Pending => t("尚待实现"),
    };
    let mut kinds: Vec<&str> = covered.kinds.iter().map(|kind| t(kind_word(kind))).collect();
    kinds.dedup();
    html! {
        b { (word) }
        @if !kinds.is_empty() { " " (kinds.join("、")) }
        @for carrier in &covered.carriers {
            " · " (said(&carrier.name, None))
            @if let Some(pending) = &carrier.pending { span.dim { "（" (t("待")) " " (capability(pending)) "）" } }
        }
        @for pending in &covered.waits_for { span.dim { "（" (t("待")) " " (capability(pending)) "）" } }
    }
}

fn kind_word(table: &str) -> &'static str {
    match table {
        "deadline" => zh("时限"),
        "duty" => zh("定期任务"),
        "rate" => zh("比率"),
        "count" => zh("次数"),
        "route" => zh("去向"),
        "escalation" => zh("升级"),
        "classify" => zh("定类"),
        "right" => zh("权利"),
        "block" => zh("不准"),
        "sign" => zh("签字"),
        "form" => zh("单据"),
        "record" => zh("留记录"),
        "roster" => zh("安排人"),
        "retention" => zh("保存期"),
        "formula" => zh("金额"),
        _ => zh("承载"),
    }
}
