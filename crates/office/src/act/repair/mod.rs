//! Acts of a repair (报修) and of the services that go its way, by the part of the work that they belong to.

mod copies;
mod dispatch;
mod door;
mod ended;
mod handover;
mod infeasible;
mod paid_slip;
mod promise;
mod refusal;
mod service_order;

use super::Stage;
use crate::case::CaseKind::{self, *};

const REPAIR: &[CaseKind] = &[Repair];
const WORK: &[CaseKind] = &[Repair, Service, Help, FirstAid, Alarm];
const DESK: &[&str] = &["front_desk", "receptionist", "service_supervisor", "service_centre_head", "service_centre"];
const ENGINEERING: &[&str] = &["engineering_supervisor"];
/// Whoever does the work: engineering, and for cleaning and the like the teams that do it.
const TECHNICIANS: &[&str] =
    &["technician", "engineering_supervisor", "repair_team_leader", "cleaning_team_leader", "environment_department"];

/// The stages of a repair, in the order in which it goes.
pub(super) const STAGES: [Stage; 10] = [
    Stage { id: "dispatch", title: "派修", acts: dispatch::ACTS },
    Stage { id: "handover", title: "送单", acts: handover::ACTS },
    Stage { id: "paid_slip", title: "有偿服务单", acts: paid_slip::ACTS },
    Stage { id: "promise", title: "约时间", acts: promise::ACTS },
    Stage { id: "door", title: "上门维修", acts: door::ACTS },
    Stage { id: "infeasible", title: "不能维修", acts: infeasible::ACTS },
    Stage { id: "refusal", title: "拒修处理", acts: refusal::ACTS },
    Stage { id: "copies", title: "单据返回", acts: copies::ACTS },
    Stage { id: "service_order", title: "服务工作单", acts: service_order::ACTS },
    Stage { id: "service", title: "办结服务", acts: ended::ACTS },
];
