//! Acts that hand a repair over on paper (送单): the record filled in, both papers brought, signed for.

use super::super::{Act, Effect, STEP, may};
use super::{DESK, REPAIR, TECHNICIANS};

/// The acts.
pub(in crate::act) const ACTS: &[Act] = &[
    Act {
        id: "repair.record_written",
        title: "填写报修记录",
        said: "{who}填写报修记录。{note}",
        kinds: REPAIR,
        posts: DESK,
        fields: &[may("note")],
        without: &["case.withdrawn", "repair.record_written"],
        ..STEP
    },
    Act {
        id: "repair.papers_brought",
        title: "送达报修资料",
        said: "{who}把报修记录和维修单送到工程部。{note}",
        kinds: REPAIR,
        posts: DESK,
        fields: &[may("note")],
        without: &["case.closed", "case.withdrawn", "repair.papers_brought"],
        ..STEP
    },
    Act {
        id: "repair.papers_signed_for",
        title: "签收报修资料",
        said: "{who}签收报修记录和维修单。{note}",
        kinds: REPAIR,
        posts: TECHNICIANS,
        fields: &[may("note")],
        after: &["repair.papers_brought"],
        without: &["case.closed", "case.withdrawn", "repair.papers_signed_for"],
        effect: Effect::SignStaff,
        ..STEP
    },
];
