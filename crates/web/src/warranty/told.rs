//! What can be said of a warranty (保修推算): the part that the words speak of, or the one that was judged; from the hand-over of
//! the unit and the terms that the office had set when the repair was told.

use jiff::civil::Date;
use journal::SiteLaw;
use journal::reads::CasePage;
use maud::{Markup, html};
use office::case::{Case, CaseKind};
use office::warranty::{self, Part, Stand, Term};

use crate::components::{Tone, panel as framed, tag};
use crate::language::t;
use crate::page::escaped;
use crate::security::Fault;
use crate::state::Here;

/// Words of a repair with what follows for its warranty.
pub struct Told {
    /// The part; none when the words name none.
    part: Option<Part>,
    /// Day of the hand-over; none when the ledger has none.
    handover: Option<Date>,
    /// Where the part stands on the day of the repair; none without part or hand-over.
    stand: Option<Stand>,
    /// What a person has judged.
    judged: Option<bool>,
    /// Every part of the setting, with its last day for this unit.
    all: Vec<(Part, Option<Stand>)>,
}

/// Whether a case tells of its warranty: a repair of a dwelling on file.
pub fn is_told_of(case: &Case) -> bool {
    case.kind == CaseKind::Repair && case.household.is_some() && !crate::jobs::is_shared(case)
}

impl Told {
    /// What the words of a caller say, of a unit handed over on this day.
    pub fn of_words(terms: &str, words: &str, handover: Option<Date>, on: Date) -> Told {
        let parts = warranty::parts(terms).unwrap_or_default();
        let part = warranty::spoken_of(&parts, words).cloned();
        Told::of(parts, part, None, (handover, on))
    }

    fn of(parts: Vec<Part>, part: Option<Part>, judged: Option<bool>, (handover, on): (Option<Date>, Date)) -> Told {
        let stand = |part: &Part| handover.map(|handover| part.stands(handover, on));
        let of_part = part.as_ref().and_then(stand);
        let all = parts.into_iter().map(|part| (stand(&part), part)).map(|(stand, part)| (part, stand)).collect();
        Told { stand: of_part, part, handover, judged, all }
    }

    /// What is known of a repair of a dwelling; none for any other case.
    pub fn of_case(law: &SiteLaw, case: &Case, handover: Option<Date>, on: Date) -> Option<Told> {
        if !is_told_of(case) {
            return None;
        }
        let parts = warranty::parts(law.office_setting_at(warranty::TERMS, case.opened)).unwrap_or_default();
        let said = |id: &str| case.attributes.get(id).map_or("", String::as_str);
        let words = format!("{} {}", case.title, said("case.content"));
        let named = parts.iter().find(|part| part.name == said(warranty::PART));
        let part = named.or_else(|| warranty::spoken_of(&parts, &words)).cloned();
        Some(Told::of(parts, part, warranty::judged(case), (handover, on)))
    }

    /// Whether it is under warranty: as judged, else as it is reckoned; none when neither can be said.
    fn holds(&self) -> Option<bool> {
        self.judged.or_else(|| self.stand.map(Stand::holds))
    }
}

/// One line: under warranty or not, why, until when.
pub fn line(told: &Told) -> Markup {
    html! {
        @match told.holds() {
            Some(true) => { (tag(t("保修期内"), Tone::Plain)) }
            Some(false) => { (tag(t("已过保修期"), Tone::Mind)) }
            None => { (tag(t("保修待认定"), Tone::Plain)) }
        }
        " "
        @match &told.part { Some(part) => b { (part.name) }, None => span.dim { (t("话里看不出部位")) } }
        " " span.small { (why(told)) }
    }
}

/// Hand-over, term and last day in words.
fn why(told: &Told) -> String {
    let (Some(part), Some(handover), Some(stand)) = (&told.part, told.handover, told.stand) else {
        return match told.handover {
            None => t("台账里没有交付日期，推算不出").to_owned(),
            Some(handover) => crate::t!("{} 交付", handover),
        };
    };
    let term = term(part.term);
    match stand {
        Stand::Life => crate::t!("{0} 交付，保{1}", handover, term),
        Stand::Until(day) => crate::t!("{0} 交付，保{1}，到 {2}", handover, term, day),
        Stand::Ended(day) => crate::t!("{0} 交付，保{1}，{2} 已到期", handover, term, day),
    }
}

fn term(term: Term) -> String {
    match term {
        Term::Life => t("到设计年限").to_owned(),
        Term::Months(months) if months % 12 == 0 => crate::t!(" {} 年", months / 12),
        Term::Months(months) => crate::t!(" {} 个月", months),
        Term::Seasons(count, ..) => crate::t!(" {} 期", count),
    }
}

/// What the desk sees while the caller speaks of a repair; nothing while no part is named.
pub fn at_desk(told: Option<&Told>) -> Markup {
    html! {
        @if let Some(told) = told.filter(|told| told.part.is_some()) {
            section.panel { div.title { h2 { (t("保修")) } } p { (line(told)) } }
        }
    }
}

/// The panel of a repair: what is reckoned, what was judged, and the ways from there.
pub async fn panel(here: &Here, page: &CasePage) -> Result<Markup, Fault> {
    let law = here.house().law(here.site).await.map_err(|fault| Fault::new("读取保修设置", fault))?;
    let case = &page.case;
    let handover = page.household.as_ref().and_then(|card| card.household.handover);
    let on = here.house().laws().zone.date(case.opened);
    let Some(told) = Told::of_case(&law, case, handover, on) else { return Ok(html! {}) };
    let beside = html! { @if told.judged.is_some() { (tag(t("已认定"), Tone::Plain)) } };
    let body = html! {
        p { (line(&told)) }
        (ways(here, page, &told))
        details.small {
            summary { (t("各部位到哪天")) }
            ul {
                @for (part, stand) in &told.all {
                    li {
                        (part.name) "：" (term(part.term).trim()) " "
                        @if let Some(day) = stand.and_then(Stand::last_day) { span.dim { (crate::t!("到 {}", day)) } }
                    }
                }
            }
        }
    };
    Ok(framed(t("保修"), beside, body))
}

fn ways(here: &Here, page: &CasePage, told: &Told) -> Markup {
    let case = &page.case;
    let may = |act: &str| page.offers.iter().any(|offer| offer.act == act && offer.refused.is_none());
    let way = |act: &str, more: &str| format!("/cases/{}/acts/{act}?{more}", case.id);
    let part = told.part.as_ref().map_or("", |part| part.name.as_str());
    let until = told.stand.and_then(Stand::last_day).map(|day| day.to_string()).unwrap_or_default();
    let known = format!("repair.part={}&repair.warranty_until={until}", escaped(part));
    let in_it = match told.holds() {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    };
    let orders = office::register::find(warranty::ORDERS);
    let opens = orders.is_some_and(|register| crate::registers::may_begin(here, register)) && !case.state.ended();
    let order = page.joined.iter().find(|row| row.kind.id() == warranty::ORDERS && !row.state.ended());
    html! {
        @if let Some(order) = order {
            p { (t("已交责任单位")) " " a href={ "/cases/" (order.id) } { (order.number) } }
        }
        p.ways {
            @if may("repair.warranty_judged") {
                a.button href=(way("repair.warranty_judged", &format!("{known}&repair.in_warranty={in_it}"))) {
                    (t("认定保修")) " …"
                } " "
            }
            @if told.holds() != Some(false) && opens && order.is_none() {
                a.button href={ "/registers/" (warranty::ORDERS) "/new?case=" (case.number) "&" (known)
                    "&case.content=" (escaped(&case.title)) } { (t("开返修单")) " …" } " "
            }
            @if told.holds() == Some(false) && may("repair.warranty_end_told") {
                a.button href=(way("repair.warranty_end_told",
                    &format!("repair.service_kind=paid_repair&note={}", escaped(&format!("{part}，{}", why(told)))))) {
                    (t("告知过保修转有偿")) " …"
                }
            }
        }
    }
}
