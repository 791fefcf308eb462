//! The acts (动作) of the office as one catalogue: what staff can do to a case, who may, which fields go with it, how the
//! timeline says it. An act's id is a fact of the vocabulary, so every page, the phone and the API offer the same acts.
//!
//! Natural order only (nobody arrives before a worker has the order); limits and duties are the rulebooks'.

mod appraisal;
mod archive;
mod blank_slip;
mod breach;
mod charge;
mod common;
mod complaint;
mod complaint_report;
mod control_room;
pub mod cover;
mod deduction;
mod disposal;
mod dossier;
mod fee;
mod fee_notice;
mod first_asked;
mod fit_out;
mod follow_up;
mod incident;
mod mail;
mod mail_kept;
mod mass_event;
mod material;
mod meeting;
mod need;
mod notice;
mod occupancy;
mod order;
mod order_book;
mod paper;
mod repair;
mod reply;
mod rule_question;
mod service_card;
mod service_contract;
mod shift;
pub mod signing;
mod statistics;
mod statistics_report;
mod supplier;
mod tariff;
mod topic;
mod tower;
mod visit;
mod warranty;
mod window;

use crate::case::CaseKind;

pub use reply::LETTER as REPLY_LETTER;

/// One act of the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Act {
    /// Fact id: `repair.arrived`.
    pub id: &'static str,
    /// The button, a verb: 到场.
    pub title: &'static str,
    /// The timeline's sentence; `{…}` holds an attribute id, `{…?…|…}` what is said when it is yes and when it is no, `{who}` the
    /// writer, `{note}` the free words.
    pub said: &'static str,
    /// Kinds of case that have it; empty is every matter of the desk.
    pub kinds: &'static [CaseKind],
    /// Posts that may enter it; every post of the office when empty.
    pub posts: &'static [&'static str],
    /// Fields of its form.
    pub fields: &'static [Field],
    /// Facts that must have happened (since the last reopening of work, for steps of work).
    pub after: &'static [&'static str],
    /// Facts after which it makes no sense.
    pub without: &'static [&'static str],
    /// May happen more than once in a round of work.
    pub again: bool,
    /// What it does beside standing in the timeline.
    pub effect: Effect,
}

/// A field of an act's form.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Attribute id, or `note`, or `present` for the posts of those who were there beside the writer.
    pub attribute: &'static str,
    /// The act is refused without it.
    pub required: bool,
}

/// A part of the catalogue, in the order of work: what belongs together on a page.
#[derive(Clone, Copy, Debug)]
pub struct Stage {
    /// Word in rows and addresses.
    pub id: &'static str,
    /// The heading shown.
    pub title: &'static str,
    /// Its acts.
    pub acts: &'static [Act],
}

/// A plain step of an open case, which may be taken more than once.
const STEP: Act = Act {
    id: "",
    title: "",
    said: "",
    kinds: &[],
    posts: &[],
    fields: &[],
    after: &[],
    without: &["case.closed", "case.withdrawn"],
    again: true,
    effect: Effect::None,
};

/// The opening of a record.
const OPENING: Act = Act { without: &[], again: false, effect: Effect::Open, ..STEP };

/// A required field.
const fn need(attribute: &'static str) -> Field {
    Field { attribute, required: true }
}

/// A field that may stay empty.
const fn may(attribute: &'static str) -> Field {
    Field { attribute, required: false }
}

/// What an act does beside standing in the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing more.
    None,
    /// Begins a record of a register; nobody does it to a case that is there.
    Open,
    /// Gives the work to an account (link `assignee`) and starts a round of work.
    Assign,
    /// Takes the work from its worker; the order waits for dispatch again.
    Unassign,
    /// Issues a form with its copies.
    Issue(&'static str),
    /// Issues a form unless the case has one: writing on it again is the same sheet.
    Fill(&'static str),
    /// Makes the case's latest form of this id void; the words of the act are the reason.
    Void(&'static str),
    /// Moves copies of the case's latest form of this id to a holder.
    Move(&'static str, &'static [u8], &'static str),
    /// Carries the signature of the person who serves the office.
    SignStaff,
    /// Carries the customer's signature: drawn, on paper, or by phone with name and number.
    SignCustomer,
    /// Opens the next round of work or of follow-up.
    Round,
    /// Ends the case.
    Close,
    /// Ends the case without result.
    Withdraw,
    /// Opens an ended case again.
    Reopen,
    /// Puts the closed case into the archive.
    Archive,
}

/// Acts of every case that records of registers have too.
const OF_RECORDS: [&str; 11] = [
    "case.replied",
    "case.note_added",
    "case.entry_signed",
    "case.closed",
    "case.withdrawn",
    "case.reopened",
    "case.filed",
    "archive_item.destruction_approved",
    "archive_item.destruction_witnessed",
    "archive.disposed",
    "archive.destruction_certified",
];

/// What ends a record and is not for a notice of money: it ends by being paid, and finance alone makes it void.
const NOT_OF_MONEY: [&str; 3] = ["case.closed", "case.withdrawn", "case.reopened"];

/// The stages of a complaint, in the order in which it goes.
pub const COMPLAINT_STAGES: &[Stage] = &complaint::STAGES;

/// The stages before the work itself, of cases of several kinds.
const FIRST_STAGES: &[Stage] = &[
    Stage { id: "first_asked", title: "首问转办", acts: first_asked::ACTS },
    Stage { id: "incident", title: "突发事件", acts: incident::ACTS },
    Stage { id: "mass_event", title: "批量事件", acts: mass_event::ACTS },
    Stage { id: "blank_slip", title: "备用空白单", acts: blank_slip::ACTS },
];

/// The stages that cases of every kind or of several kinds have.
const OTHER_STAGES: &[Stage] = &[
    Stage { id: "warranty", title: "保修与返修", acts: warranty::ACTS },
    Stage { id: "supplier", title: "供方", acts: supplier::ACTS },
    Stage { id: "service_contract", title: "特约服务", acts: service_contract::ACTS },
    Stage { id: "charge", title: "收费", acts: charge::ACTS },
    Stage { id: "material", title: "材料", acts: material::ACTS },
    Stage { id: "reply", title: "书面答复", acts: reply::ACTS },
    Stage { id: "follow_up", title: "回访", acts: follow_up::ACTS },
    Stage { id: "visit", title: "走访与满意", acts: visit::ACTS },
    Stage { id: "topic", title: "共性问题", acts: topic::ACTS },
    Stage { id: "complaint_report", title: "投诉分析报告", acts: complaint_report::ACTS },
    Stage { id: "statistics", title: "统计与评审", acts: statistics::ACTS },
    Stage { id: "statistics_report", title: "统计报告", acts: statistics_report::ACTS },
    Stage { id: "mail", title: "收发", acts: mail::ACTS },
    Stage { id: "mail_kept", title: "收发登记", acts: mail_kept::ACTS },
    Stage { id: "window", title: "窗口", acts: window::ACTS },
    Stage { id: "service_card", title: "服务卡", acts: service_card::ACTS },
    Stage { id: "shift", title: "交接班", acts: shift::ACTS },
    Stage { id: "cover", title: "A/B 岗", acts: cover::ACTS },
    Stage { id: "control_room", title: "中控室", acts: control_room::ACTS },
    Stage { id: "order", title: "工作单", acts: order::ACTS },
    Stage { id: "order_book", title: "工作单本", acts: order_book::ACTS },
    Stage { id: "deduction", title: "违规与扣款", acts: deduction::ACTS },
    Stage { id: "breach", title: "违纪与追究", acts: breach::ACTS },
    Stage { id: "appraisal", title: "考评", acts: appraisal::ACTS },
    Stage { id: "rule_question", title: "规定释疑", acts: rule_question::ACTS },
    Stage { id: "dossier", title: "客户档案", acts: dossier::ACTS },
    Stage { id: "occupancy", title: "迁入迁出", acts: occupancy::ACTS },
    Stage { id: "tower", title: "客户登记表", acts: tower::ACTS },
    Stage { id: "fit_out", title: "装修与放行", acts: fit_out::ACTS },
    Stage { id: "tariff", title: "管理费标准", acts: tariff::ACTS },
    Stage { id: "fee", title: "收费账户", acts: fee::ACTS },
    Stage { id: "fee_notice", title: "费用通知单", acts: fee_notice::ACTS },
    Stage { id: "notice", title: "收发文件", acts: notice::ACTS },
    Stage { id: "meeting", title: "会议", acts: meeting::ACTS },
    Stage { id: "attendance", title: "到会", acts: meeting::ATTENDANCE_ACTS },
    Stage { id: "meeting_task", title: "会议任务", acts: meeting::TASK_ACTS },
    Stage { id: "document", title: "文件传阅", acts: paper::DOCUMENTS },
    Stage { id: "internal_rule", title: "内部制度", acts: paper::RULES },
    Stage { id: "circular", title: "上下行通知", acts: paper::CIRCULARS },
    Stage { id: "need", title: "客户需求", acts: need::ACTS },
    Stage { id: "archive", title: "档案", acts: archive::ACTS },
    Stage { id: "disposal", title: "到期销毁", acts: disposal::ACTS },
    Stage { id: "common", title: "通用", acts: common::ACTS },
];

/// Every stage, in the order in which work goes.
pub fn stages() -> impl Iterator<Item = &'static Stage> {
    COMPLAINT_STAGES.iter().chain(FIRST_STAGES).chain(&repair::STAGES).chain(OTHER_STAGES)
}

/// Every act, in the order in which work goes.
pub fn catalogue() -> impl Iterator<Item = &'static Act> {
    stages().flat_map(|stage| stage.acts)
}

/// The act of this id.
pub fn find(id: &str) -> Option<&'static Act> {
    catalogue().find(|act| act.id == id)
}

/// Words with which the title of an act begins that somebody outside the office does: 住户签字.
const OTHERS: [&str; 4] = ["住户", "业户", "业主", "客户"];

impl Act {
    /// Whether its sentence tells an attribute.
    pub fn tells(&self, attribute: &str) -> bool {
        ['}', '?'].iter().any(|end| self.said.contains(&format!("{{{attribute}{end}")))
    }

    /// What a refusal of it is called: 不能完工. Of what others do, and of how something turned out, only the entry is refused:
    /// 没有记下“住户签字”, 没有记下“复验合格”.
    pub fn refused(&self) -> String {
        match OTHERS.iter().any(|whom| self.title.starts_with(whom)) || self.title.ends_with("合格") {
            true => format!("没有记下“{}”", self.title),
            false => format!("不能{}", self.title),
        }
    }

    /// Whether a case of this kind has the act.
    pub fn fits(&self, kind: CaseKind) -> bool {
        match kind {
            CaseKind::Record(id) => {
                let taken = || crate::register::find(id).is_some_and(|it| it.takes.iter().any(|act| act == self.id));
                let ends = id == crate::fee_notice::REGISTER && NOT_OF_MONEY.contains(&self.id);
                self.kinds.contains(&kind) || OF_RECORDS.contains(&self.id) && !ends || taken()
            }
            _ => self.kinds.is_empty() || self.kinds.contains(&kind),
        }
    }

    /// Whether it is what begins a record of this kind; to a record of another register it is a step like others.
    pub fn begins(&self, kind: CaseKind) -> bool {
        let own = |id| crate::register::find(id).is_none_or(|it| it.opens == self.id);
        self.effect == Effect::Open && !matches!(kind, CaseKind::Record(id) if !own(id))
    }

    /// Whether one of these posts may enter it. The administrator's post alone never may.
    pub fn allowed(&self, posts: &[String]) -> bool {
        let mut working = posts.iter().filter(|post| post.as_str() != crate::site::ADMINISTRATOR);
        if self.posts.is_empty() {
            working.next().is_some()
        } else {
            working.any(|post| self.posts.contains(&post.as_str()))
        }
    }
}
