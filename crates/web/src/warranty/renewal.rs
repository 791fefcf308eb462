//! Renewing a contract of special services (续约): another one that begins with what the old one says, from the day after its end.

use jiff::civil::Date;
use maud::{Markup, html};
use office::case::Case;
use office::service_contract::REGISTER;

use crate::language::t;
use crate::page::escaped;
use crate::state::Here;

/// The way to the new contract; nothing for any other case, and for whoever may not begin one.
pub fn renewal(here: &Here, case: &Case) -> Markup {
    let register = office::register::find(REGISTER).filter(|_| case.kind.id() == REGISTER);
    let said = |id: &str| case.attributes.get(id).map_or("", String::as_str);
    let from = said("service.ends_on").parse::<Date>().ok().and_then(|day| day.tomorrow().ok());
    let fee = said("service.fee").parse().map(office::money::short).unwrap_or_default();
    let filled = [
        ("case", case.number.clone()),
        ("case.content", said("case.content").to_owned()),
        ("service.starts_on", from.map(|day| day.to_string()).unwrap_or_default()),
        ("service.fee", fee),
        ("service.fee_per", said("service.fee_per").to_owned()),
        (office::supplier::NUMBER, said(office::supplier::NUMBER).to_owned()),
    ];
    let filled: Vec<String> = filled.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    html! {
        @if register.is_some_and(|register| crate::registers::may_begin(here, register)) {
            a.button href={ "/registers/" (REGISTER) "/new?" (filled.join("&")) } { (t("续约")) } " "
        }
    }
}
