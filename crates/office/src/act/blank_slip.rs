//! Blank slips (备用空白单): a range of numbers taken ahead, ended when every one of them has its fate.

use super::{Act, Effect, STEP, may, need};
use crate::blank_slip::{REGISTER, RESERVED, SETTLED};
use crate::case::CaseKind::{self, *};

const RANGE: &[CaseKind] = &[Record(REGISTER)];

const POSTS: &[&str] =
    &["front_desk", "receptionist", "service_centre", "service_supervisor", "service_centre_head", "office_manager"];

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: RESERVED,
        title: "领备用空白单",
        said: "{who}领{blank.form}备用空白单 {blank.count} 张。{note}",
        kinds: RANGE,
        posts: POSTS,
        fields: &[need("blank.form"), need("blank.count"), may("note")],
        without: &[],
        again: false,
        effect: Effect::Open,
        ..STEP
    },
    Act {
        id: SETTLED,
        title: "核销完毕",
        said: "{who}核销完毕，每张都有着落。{note}",
        kinds: RANGE,
        posts: POSTS,
        fields: &[may("note")],
        again: false,
        effect: Effect::Close,
        ..STEP
    },
];
