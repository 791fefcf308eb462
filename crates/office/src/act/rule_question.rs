//! Questions about the rules (规定释疑): somebody doubts how a clause is meant; the post that interprets it answers, with the day,
//! beside the clause.

use super::{Act, Effect, STEP, may, need};
use crate::case::CaseKind::{self, *};

const QUESTION: &[CaseKind] = &[Record("rule_questions")];

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "rulebook.doubted",
        title: "对规定有疑问",
        said: "{who}问《{rulebook.asked}》：{case.content}",
        kinds: QUESTION,
        posts: &[],
        fields: &[need("rulebook.asked"), need("case.content"), may("note")],
        after: &[],
        without: &[],
        again: false,
        effect: Effect::Open,
    },
    Act {
        id: "rulebook.interpreted",
        title: "解释规定",
        said: "{who}解释：{note}",
        kinds: QUESTION,
        posts: &[
            "front_desk",
            "receptionist",
            "service_centre",
            "service_centre_head",
            "service_supervisor",
            "office_manager",
            "general_manager",
        ],
        fields: &[need("note")],
        effect: Effect::SignStaff,
        ..STEP
    },
];
