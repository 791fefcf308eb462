//! Kinds of case (事项种类) and the letters of their numbers: matters that the desk takes in, and records of the registers.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::register;

/// What a case is: a matter of the desk, or a record of a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaseKind {
    /// 投诉.
    Complaint,
    /// 报修, of a dwelling or of shared facilities.
    Repair,
    /// 服务 on request, paid or not.
    Service,
    /// 求助.
    Help,
    /// 急救.
    FirstAid,
    /// 报警.
    Alarm,
    /// 咨询.
    Enquiry,
    /// 建议.
    Suggestion,
    /// 表扬.
    Commendation,
    /// A record of the register of this id (登记簿): a call, a shift, a mail item. Its words are the register's.
    Record(&'static str),
}

use CaseKind::*;

impl CaseKind {
    /// Every kind of matter in the order of the desk.
    pub const ALL: [CaseKind; 9] =
        [Repair, Complaint, Service, Help, FirstAid, Alarm, Enquiry, Suggestion, Commendation];

    /// The word shown.
    pub fn title(self) -> &'static str {
        match self {
            Complaint => "投诉",
            Repair => "报修",
            Service => "服务",
            Help => "求助",
            FirstAid => "急救",
            Alarm => "报警",
            Enquiry => "咨询",
            Suggestion => "建议",
            Commendation => "表扬",
            Record(id) => register::find(id).map_or("", |it| it.title.as_str()),
        }
    }

    /// The word in addresses and rows.
    pub fn id(self) -> &'static str {
        match self {
            Complaint => "complaint",
            Repair => "repair",
            Service => "service",
            Help => "help",
            FirstAid => "first_aid",
            Alarm => "alarm",
            Enquiry => "enquiry",
            Suggestion => "suggestion",
            Commendation => "commendation",
            Record(id) => id,
        }
    }

    /// The kind of this id.
    pub fn of(id: &str) -> Option<CaseKind> {
        let record = || register::find(id).filter(|it| it.of.is_none()).map(|it| Record(it.id.as_str()));
        Self::ALL.into_iter().find(|kind| kind.id() == id).or_else(record)
    }

    /// A record of a register, not a matter of the desk.
    pub fn is_record(self) -> bool {
        matches!(self, Record(_))
    }

    /// Letters of the number series: TS 投诉, WX 维修, FW 服务, QZ 求助, JJ 急救, BJ 报警, ZX 咨询, JY 建议, BY 表扬.
    pub fn letters(self) -> &'static str {
        match self {
            Complaint => "TS",
            Repair => "WX",
            Service => "FW",
            Help => "QZ",
            FirstAid => "JJ",
            Alarm => "BJ",
            Enquiry => "ZX",
            Suggestion => "JY",
            Commendation => "BY",
            Record(id) => register::find(id).map_or("DJ", |it| it.letters.as_str()),
        }
    }

    /// The fact that says a service of this kind is finished, which a follow-up starts from; enquiries, suggestions and
    /// commendations have none.
    pub fn finished_by(self) -> Option<&'static str> {
        match self {
            Complaint => Some("complaint.resolved"),
            Repair => Some("repair.completed"),
            Service => Some("service.completed"),
            Help => Some("service.help_completed"),
            FirstAid => Some("service.first_aid_ended"),
            Alarm => Some("service.completed"),
            Enquiry | Suggestion | Commendation | Record(_) => None,
        }
    }

    /// The category under which a finished matter is followed up; none for what needs no follow-up.
    pub fn follow_up_category(self) -> Option<&'static str> {
        match self {
            Complaint => Some("complaint"),
            Repair => Some("repair"),
            Help => Some("help"),
            FirstAid => Some("first_aid"),
            Service | Alarm => Some("other"),
            Enquiry | Suggestion | Commendation | Record(_) => None,
        }
    }
}

impl Serialize for CaseKind {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.id())
    }
}

impl<'de> Deserialize<'de> for CaseKind {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<CaseKind, D::Error> {
        let id = String::deserialize(from)?;
        CaseKind::of(&id).ok_or_else(|| serde::de::Error::custom(format!("no kind of case is called {id}")))
    }
}
