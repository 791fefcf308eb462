//! Disposal of files (到期销毁): approved by who may, witnessed by two, then done. How long something is kept, who lets it go and
//! what has to be signed are the rulebooks'; the record in the journal stays.

use super::{Act, Effect, STEP, may, need};

const KEEPERS: &[&str] = &[
    "archive",
    "front_desk",
    "receptionist",
    "service_centre",
    "service_supervisor",
    "service_centre_head",
    "enterprise_department",
    "office_manager",
    "company_leader",
];

/// A step after the file was put away: `archive::in_order`.
const FILED: Act = Act { without: &[], ..STEP };

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "archive_item.destruction_approved",
        title: "批准销毁",
        said: "{who}批准销毁这件的纸质档案：{note}",
        posts: &["office_manager", "company_leader", "general_manager", "service_centre_head"],
        fields: &[need("note")],
        effect: Effect::SignStaff,
        ..FILED
    },
    Act {
        id: "archive_item.destruction_witnessed",
        title: "见证销毁签字",
        said: "{who}见证销毁，签字。{note}",
        fields: &[may("note")],
        effect: Effect::SignStaff,
        ..FILED
    },
    Act {
        id: "archive.disposed",
        title: "销毁档案",
        said: "{who}销毁这件的纸质档案：{note}",
        posts: KEEPERS,
        fields: &[need("note")],
        without: &["archive.disposed"],
        again: false,
        effect: Effect::SignStaff,
        ..FILED
    },
];
