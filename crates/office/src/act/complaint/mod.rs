//! Acts of a complaint (投诉), one file a stage, from the record to the preventive report.

mod answering;
mod escalation;
mod handling;
mod passing_on;
mod prevention;
mod receiving;
mod sheet;

use super::{Act, Stage};
use crate::case::CaseKind::{self, *};

const COMPLAINT: &[CaseKind] = &[Complaint];
const DESK: &[&str] = &["front_desk", "receptionist", "service_supervisor", "service_centre_head", "service_centre"];
/// Whoever is there by day or by night.
const DAY_AND_NIGHT: &[&str] = &[
    "control_room",
    "security_guard",
    "front_desk",
    "receptionist",
    "service_supervisor",
    "service_centre_head",
    "service_centre",
];
const HANDLERS: &[&str] = &[
    "responsible_person",
    "responsible_department",
    "department_head",
    "department_first",
    "engineering_supervisor",
    "technician",
    "warranty_office",
    "receptionist",
    "front_desk",
    "service_supervisor",
    "office_manager",
    "employee",
];
const LEADERS: &[&str] = &[
    "superior_leader",
    "department_head",
    "department_first",
    "service_supervisor",
    "office_manager",
    "company_leader",
];
const COMPANY: &[&str] = &["company_leader", "general_manager", "senior_leadership"];
/// Who sorts complaints into valid, to be assisted and excessive.
const SORTERS: &[&str] =
    &["front_desk", "receptionist", "service_centre", "service_centre_head", "service_supervisor", "office_manager"];
/// Who writes on a nonconformity sheet; which column is whose the rulebooks say.
const SHEET_WRITERS: &[&str] = &[
    "responsible_department",
    "responsible_person",
    "department_head",
    "department_first",
    "engineering_supervisor",
    "warranty_office",
    "service_supervisor",
    "office_manager",
    "management_representative",
];
/// Who calls meetings on complaints.
const CHAIRS: &[&str] = &["office_manager", "general_manager", "company_leader", "management_representative"];

/// A step of an open complaint, which may be taken more than once.
const STEP: Act = Act { kinds: COMPLAINT, ..super::STEP };

/// The stages in the order in which a complaint goes.
pub(super) const STAGES: [Stage; 7] = [
    Stage { id: "receiving", title: "受理归类", acts: receiving::ACTS },
    Stage { id: "passing_on", title: "转办", acts: passing_on::ACTS },
    Stage { id: "handling", title: "处理", acts: handling::ACTS },
    Stage { id: "escalation", title: "上报批示", acts: escalation::ACTS },
    Stage { id: "sheet", title: "不合格处理单", acts: sheet::ACTS },
    Stage { id: "answering", title: "答复业主", acts: answering::ACTS },
    Stage { id: "prevention", title: "总结预防", acts: prevention::ACTS },
];
