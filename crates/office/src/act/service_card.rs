//! Service cards (服务卡): handed out to each household with the numbers that answer day and night.

use super::{Act, Effect, STEP, may, need};
use crate::case::CaseKind::{self, *};

const CARD: &[CaseKind] = &[Record("service_cards")];

/// The acts.
pub(super) const ACTS: &[Act] = &[Act {
    id: "customer.card_given",
    title: "发放服务卡",
    said: "{who}给{customer.room}发放服务卡，版次 {customer.card_edition}。{note}",
    kinds: CARD,
    posts: &[
        "office_manager",
        "front_desk",
        "receptionist",
        "service_centre",
        "service_supervisor",
        "service_centre_head",
    ],
    fields: &[
        need("customer.room"),
        need("customer.card_edition"),
        need("site.duty_phone"),
        need("site.quality_phone"),
        may("note"),
    ],
    without: &[],
    again: false,
    effect: Effect::Open,
    ..STEP
}];
