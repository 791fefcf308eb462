//! Acts that end a service of the desk (办结服务): a request, help, first aid.

use super::super::{Act, STEP, need};
use crate::case::CaseKind::*;

/// The acts.
pub(in crate::act) const ACTS: &[Act] = &[
    Act {
        id: "service.completed",
        title: "办结服务",
        said: "{who}办结：{note}",
        kinds: &[Service, Alarm],
        fields: &[need("note")],
        again: false,
        ..STEP
    },
    Act {
        id: "service.help_completed",
        title: "办结求助",
        said: "{who}办结求助：{note}",
        kinds: &[Help],
        fields: &[need("note")],
        again: false,
        ..STEP
    },
    Act {
        id: "service.first_aid_ended",
        title: "急救结束",
        said: "{who}记录急救结束：{note}",
        kinds: &[FirstAid],
        fields: &[need("note")],
        again: false,
        ..STEP
    },
];
