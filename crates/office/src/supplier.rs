//! Suppliers (供方): companies that do services for the office. One is chosen only while it is assessed as qualified, its licence
//! holds and it is not struck off.

use jiff::civil::Date;

use crate::case::{Case, CaseKind};
use crate::refusal::Refusal;

/// The register of suppliers; also their kind.
pub const REGISTER: &str = "suppliers";
/// The attribute in which an act names a supplier by its number.
pub const NUMBER: &str = "supplier.number";
/// The attribute that takes its name with it.
pub const NAME: &str = "supplier.name";

/// Why a supplier cannot be chosen on this day; none when it can.
pub fn unfit(supplier: &Case, on: Date) -> Option<&'static str> {
    let said = |id: &str| supplier.attributes.get(id).map_or("", String::as_str);
    if supplier.has("supplier.struck_off") || supplier.state.ended() {
        return Some("已经除名");
    }
    match said("supplier.verdict") {
        "qualified" => {}
        "unqualified" => return Some("评价为不合格"),
        _ => return Some("还没有评价"),
    }
    let until = said("supplier.licence_until").parse::<Date>().ok();
    until.is_some_and(|until| until < on).then_some("证照已经过期")
}

/// The name of the supplier, when it may be chosen on this day. Refused: one that is none, and one that is unfit.
pub fn chosen<'a>(what: &str, supplier: Option<&'a Case>, named: &str, on: Date) -> Result<&'a str, Refusal> {
    let Some(supplier) = supplier.filter(|it| it.kind == CaseKind::Record(REGISTER)) else {
        return Err(Refusal::new(what, format!("没有编号为 {named} 的供方"), "请从供方登记簿里选。").at(NUMBER));
    };
    let name = supplier.attributes.get(NAME).map_or(supplier.title.as_str(), String::as_str);
    match unfit(supplier, on) {
        None => Ok(name),
        Some(why) => {
            let next = "请另选合格的供方；评价、证照有变的，先在供方登记簿里记上。";
            Err(Refusal::new(what, format!("供方“{name}”{why}"), next).at(NUMBER))
        }
    }
}
