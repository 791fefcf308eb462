//! Papers (文件): what arrives from the company and is signed by each manager before it is put away; internal rules from the draft over
//! meeting and signatures to the day in force; circulars up and down.

use super::{Act, Effect, OPENING, STEP, may, need};
use crate::asked::{ACCEPTED, READ, RECEIVED, REMINDED, SIGNED};
use crate::case::CaseKind::{self, Record};
use crate::internal_rule::{CARRIED_OUT, DISCUSSED, DRAFTED, FROM, ISSUED, MEETING, REPEALED, REPLACES, TEXT, UNTIL};

const DOCUMENT: &[CaseKind] = &[Record(crate::asked::DOCUMENTS)];
const RULE: &[CaseKind] = &[Record(crate::asked::RULES)];
const CIRCULAR: &[CaseKind] = &[Record(crate::asked::CIRCULARS)];
const ALL: &[CaseKind] =
    &[Record(crate::asked::DOCUMENTS), Record(crate::asked::RULES), Record(crate::asked::CIRCULARS)];
/// Who drafts rules, sends circulars and keeps the papers going.
const LEADS: &[&str] = &[
    "service_supervisor",
    "service_centre_head",
    "engineering_supervisor",
    "deputy_engineering_supervisor",
    "department_head",
    "department_first",
    "office_manager",
];
/// Who takes in what arrives and reminds.
const CLERKS: &[&str] = &[
    "archive",
    "front_desk",
    "receptionist",
    "service_supervisor",
    "service_centre_head",
    "engineering_supervisor",
    "deputy_engineering_supervisor",
    "department_head",
    "department_first",
    "office_manager",
];
const KEEP: &[&str] = &["archive", "enterprise_department", "service_supervisor", "office_manager"];
const MANAGER: &[&str] = &["office_manager"];
/// Before a rule is handed out.
const UNISSUED: &[&str] = &[ISSUED, "case.closed", "case.withdrawn"];
const RULE_STEP: Act = Act { kinds: RULE, posts: LEADS, without: UNISSUED, ..STEP };

/// The acts of papers from the company, and the reminder that all papers have.
pub(super) const DOCUMENTS: &[Act] = &[
    Act {
        id: "company_document.arrived",
        title: "收文登记",
        said: "{who}收到{document.sender}的{document.kind}《{document.title}》[，字号 {document.letter_number}]，{document.arrived_on} 到达。{note}",
        kinds: DOCUMENT,
        posts: CLERKS,
        fields: &[
            need("document.title"),
            need("document.kind"),
            need("document.sender"),
            may("document.letter_number"),
            need("document.arrived_on"),
            may("note"),
        ],
        ..OPENING
    },
    Act {
        id: SIGNED,
        title: "签阅",
        said: "{who}签阅。{note}",
        kinds: DOCUMENT,
        fields: &[may("note")],
        without: &["company_document.archived", "case.closed", "case.withdrawn"],
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: REMINDED,
        title: "催签",
        said: "{who}催签：{document.reader}。{note}",
        kinds: ALL,
        posts: CLERKS,
        fields: &[may("note")],
        without: &["company_document.archived", "case.closed", "case.withdrawn"],
        ..STEP
    },
    Act {
        id: "company_document.archived",
        title: "文件存档",
        said: "{who}存档[，档案号 {archive.number}][，存放在{archive.place}]。{note}",
        kinds: DOCUMENT,
        posts: KEEP,
        fields: &[may("archive.number"), may("archive.place"), may("note")],
        without: &["company_document.archived", "case.withdrawn"],
        again: false,
        effect: Effect::Archive,
        ..STEP
    },
];

/// The acts of internal rules.
pub(super) const RULES: &[Act] = &[
    Act {
        id: DRAFTED,
        title: "起草内部制度",
        said: "{who}起草《{document.title}》[，替代 {internal_rule.replaces}]。{note}",
        kinds: RULE,
        posts: LEADS,
        fields: &[need("document.title"), need(TEXT), may(REPLACES), may("note")],
        ..OPENING
    },
    Act {
        id: "internal_rule.revised",
        title: "修改草案",
        said: "{who}修改草案：{note}",
        fields: &[need(TEXT), need("note")],
        ..RULE_STEP
    },
    Act {
        id: DISCUSSED,
        title: "开会讨论制度",
        said: "{who}记下会上讨论（{internal_rule.meeting}）：{note}",
        fields: &[need(MEETING), need("note")],
        effect: Effect::SignStaff,
        ..RULE_STEP
    },
    Act {
        id: ACCEPTED,
        title: "签字认可",
        said: "{who}签字认可。{note}",
        posts: &[],
        fields: &[may("note")],
        effect: Effect::SignStaff,
        ..RULE_STEP
    },
    Act {
        id: ISSUED,
        title: "下发内部制度",
        said: "{who}下发，自 {internal_rule.effective_on} 起执行。{note}",
        posts: MANAGER,
        fields: &[need(FROM), may("note")],
        again: false,
        effect: Effect::SignStaff,
        ..RULE_STEP
    },
    Act {
        id: CARRIED_OUT,
        title: "执行内部制度",
        said: "{who}宣布执行。{note}",
        posts: MANAGER,
        fields: &[may("note")],
        without: &["case.closed", "case.withdrawn"],
        again: false,
        effect: Effect::SignStaff,
        ..RULE_STEP
    },
    Act {
        id: READ,
        title: "已阅",
        said: "{who}看过这部制度。{note}",
        posts: &[],
        fields: &[may("note")],
        after: &[ISSUED],
        without: &["case.closed", "case.withdrawn"],
        ..RULE_STEP
    },
    Act {
        id: REPEALED,
        title: "废止内部制度",
        said: "{who}记下自 {internal_rule.ends_on} 起废止：{note}",
        posts: MANAGER,
        fields: &[need(UNTIL), need("note")],
        after: &[CARRIED_OUT],
        without: &["case.closed", "case.withdrawn"],
        again: false,
        effect: Effect::SignStaff,
        ..RULE_STEP
    },
];

/// The acts of circulars.
pub(super) const CIRCULARS: &[Act] = &[
    Act {
        id: "circular.sent",
        title: "发出通知",
        said: "{who}发出{circular.direction}通知《{document.title}》[，发给{circular.scope}][，{circular.reply_by} 前签收]：{note}",
        kinds: CIRCULAR,
        posts: LEADS,
        fields: &[
            need("document.title"),
            need("circular.direction"),
            may("circular.scope"),
            may("circular.reply_by"),
            need("note"),
        ],
        ..OPENING
    },
    Act {
        id: RECEIVED,
        title: "签收通知",
        said: "{who}签收。{note}",
        kinds: CIRCULAR,
        fields: &[may("note")],
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "circular.delivered",
        title: "送达上级",
        said: "{who}送达，{circular.taken_by}接收。{note}",
        kinds: CIRCULAR,
        posts: CLERKS,
        fields: &[need("circular.taken_by"), may("note")],
        again: false,
        effect: Effect::Close,
        ..STEP
    },
];
