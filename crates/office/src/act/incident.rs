//! Emergencies (突发事件): reported, those due at the scene called one by one, measures, the form with its cause, its approval.

use super::{Act, Effect, STEP, may, need};
use crate::case::CaseKind::{self, *};

/// What may turn out to be an emergency.
const INCIDENT: &[CaseKind] = &[Complaint, Repair, Service, Help, FirstAid, Alarm];

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "incident.reported",
        title: "报突发事件",
        said: "{who}报告突发事件：{incident.kind}。{note}",
        kinds: INCIDENT,
        fields: &[need("incident.kind"), may("note")],
        ..STEP
    },
    Act {
        id: "incident.listed",
        title: "列应到人员",
        said: "{who}列入应到：{incident.person}。",
        kinds: INCIDENT,
        fields: &[need("incident.person"), may("note")],
        after: &["incident.reported"],
        ..STEP
    },
    Act {
        id: "incident.head_notified",
        title: "通知负责人",
        said: "{who}通知管理处负责人{incident.person}。{note}",
        kinds: INCIDENT,
        fields: &[may("incident.person"), may("note")],
        after: &["incident.reported"],
        ..STEP
    },
    Act {
        id: "incident.duty_notified",
        title: "通知值班员",
        said: "{who}通知值班员{incident.person}。{note}",
        kinds: INCIDENT,
        fields: &[may("incident.person"), may("note")],
        after: &["incident.reported"],
        ..STEP
    },
    Act {
        id: "incident.arrived",
        title: "人员到场",
        said: "{who}记录{incident.person}到达现场。{note}",
        kinds: INCIDENT,
        fields: &[may("incident.person"), may("note")],
        after: &["incident.reported"],
        ..STEP
    },
    Act {
        id: "incident.measure_taken",
        title: "采取紧急措施",
        said: "{who}采取紧急措施：{note}",
        kinds: INCIDENT,
        fields: &[need("note")],
        after: &["incident.reported"],
        ..STEP
    },
    Act {
        id: "incident.controlled",
        title: "险情受控",
        said: "{who}记录险情受控。{note}",
        kinds: INCIDENT,
        fields: &[may("note")],
        after: &["incident.reported"],
        ..STEP
    },
    Act {
        id: "incident.form_written",
        title: "填突发事件处理表",
        said: "{who}填写突发事件处理表[，事故原因：{incident.cause}]",
        kinds: INCIDENT,
        fields: &[
            may("incident.kind"),
            may("complaint.course"),
            may("incident.cause"),
            may("complaint.analysis"),
            may("note"),
        ],
        after: &["incident.reported"],
        effect: Effect::Fill("emergency_form"),
        ..STEP
    },
    Act {
        id: "incident.form_approved",
        title: "审批突发事件处理表",
        said: "{who}审批突发事件处理表。{note}",
        kinds: INCIDENT,
        posts: &["company_leader", "general_manager", "senior_leadership", "office_manager"],
        fields: &[may("note")],
        after: &["incident.form_written"],
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "incident.closed",
        title: "突发事件处理完毕",
        said: "{who}记录突发事件处理完毕。{note}",
        kinds: INCIDENT,
        posts: &[
            "office_manager",
            "service_supervisor",
            "engineering_supervisor",
            "department_head",
            "front_desk",
            "receptionist",
        ],
        fields: &[may("incident.cause"), may("complaint.analysis"), may("note")],
        after: &["incident.reported"],
        ..STEP
    },
];
