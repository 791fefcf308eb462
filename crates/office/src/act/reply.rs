//! Answers on paper (答复函): written as a form of the case, sent or handed over, or posted where everybody reads it for who left
//! no name. What a letter says comes from its own fields, never from findings or remarks.

use super::{Act, Effect, STEP, may, need};

/// The act that writes the letter; its number goes to the case.
pub const LETTER: &str = "reply.letter_written";

/// The acts. A letter on its way, or on the board, is the answer: see `case::decide`.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: LETTER,
        title: "写答复函",
        said: "{who}写答复函，事由“{reply.subject}”。",
        posts: &[
            "receptionist",
            "front_desk",
            "service_supervisor",
            "service_centre_head",
            "service_centre",
            "office_manager",
            "department_head",
            "area_staff",
        ],
        fields: &[need("reply.subject"), need("reply.text"), may("reply.addressee")],
        without: &["case.withdrawn", "case.filed"],
        effect: Effect::Fill("reply_letter"),
        ..STEP
    },
    Act {
        id: "reply.letter_sent",
        title: "送出答复函",
        said: "{who}送出答复函[，{case.reply_way}]。{note}",
        fields: &[need("case.reply_way"), may("note")],
        after: &[LETTER],
        without: &["case.withdrawn", "case.filed"],
        effect: Effect::Move("reply_letter", &[1], "resident"),
        ..STEP
    },
    Act {
        id: "reply.posted",
        title: "张贴公开答复",
        said: "{who}把答复张贴在{reply.place}。{note}",
        fields: &[need("reply.place"), may("note")],
        after: &[LETTER],
        without: &["case.withdrawn", "case.filed"],
        ..STEP
    },
];
