//! Who stands for the posts that rulebooks name (岗位对应), unless the site's charter binds them otherwise.

use rulebook::Charter;

/// Posts of rulebooks that name a part in a case rather than a desk, and who plays it in an ordinary office. The post
/// itself always stands for itself.
pub const USUAL: &[(&str, &[&str])] = &[
    ("receptionist", &["front_desk", "service_centre"]),
    ("front_desk", &["receptionist", "service_centre"]),
    ("service_centre", &["front_desk", "receptionist", "service_supervisor", "service_centre_head"]),
    ("follow_up_person", &["front_desk", "receptionist", "service_centre", "service_supervisor"]),
    ("service_centre_head", &["service_supervisor"]),
    ("superior_leader", &["office_manager", "service_supervisor"]),
    ("responsible_person", &["department_head", "engineering_supervisor", "responsible_department"]),
    ("responsible_department", &["department_head", "engineering_supervisor"]),
    ("department_head", &["engineering_supervisor", "office_manager"]),
    ("department_first", &["department_head", "office_manager"]),
    ("area_staff", &["receptionist", "front_desk"]),
    ("employee", &["front_desk", "receptionist", "technician", "security_guard", "area_staff"]),
    ("archive", &["receptionist", "service_supervisor"]),
    ("control_room", &["security_guard"]),
    ("general_manager", &["company_leader", "senior_leadership"]),
    ("dispatch_centre", &["front_desk", "service_centre", "service_supervisor"]),
    ("dispatch_supervisor", &["service_supervisor"]),
    ("dispatcher", &["front_desk", "service_centre"]),
    ("information_clerk", &["front_desk", "receptionist"]),
    ("personnel_head", &["office_manager"]),
    ("service_administrator", &["front_desk", "receptionist", "service_centre"]),
    ("mail_clerk", &["front_desk", "receptionist"]),
    ("owner_assistant", &["area_staff", "front_desk", "receptionist"]),
    ("service_assistant", &["front_desk", "receptionist"]),
    ("duty_staff", &["security_guard", "front_desk", "receptionist"]),
    ("management_staff", &["service_supervisor", "service_centre_head", "office_manager"]),
    (
        "supervisory_staff",
        &[
            "management_staff",
            "service_supervisor",
            "service_centre_head",
            "engineering_supervisor",
            "deputy_engineering_supervisor",
            "department_head",
            "department_first",
            "office_manager",
        ],
    ),
    (
        "principal_person",
        &["service_supervisor", "service_centre_head", "engineering_supervisor", "department_head", "office_manager"],
    ),
    ("team_member", &["technician", "area_staff"]),
    ("repair_team_leader", &["engineering_supervisor"]),
    ("cleaning_team_leader", &["department_head", "service_supervisor"]),
    ("guide", &["concierge", "front_desk", "receptionist"]),
    ("concierge", &["security_guard", "front_desk"]),
    ("estate_officer", &["area_staff", "front_desk", "receptionist", "service_supervisor"]),
    ("property_assistant", &["area_property_assistant", "culture_clerk", "area_staff", "front_desk", "receptionist"]),
    ("area_property_assistant", &["area_staff"]),
    ("culture_clerk", &["service_centre"]),
    ("company_manager", &["company_leader", "office_manager"]),
    ("deputy_service_supervisor", &["service_centre_head"]),
    ("window_head", &["service_supervisor", "office_manager"]),
    ("window_staff", &["front_desk", "receptionist", "service_centre", "post_a_holder", "post_b_holder", "stand_in"]),
    ("first_asked_person", &["window_staff", "front_desk", "receptionist", "service_centre"]),
    ("first_receiving_person", &["responsible_person", "department_head", "window_staff"]),
    ("outgoing_staff", &["window_staff", "front_desk", "receptionist"]),
    ("incoming_staff", &["window_staff", "front_desk", "receptionist"]),
];

/// Rulebooks that a new office is offered first: one each for complaints, repairs and follow-up. They ask for the steps that
/// the pages lead through and do not contradict each other.
pub const FIRST_BOOKS: [&str; 3] = ["complaint-instruction", "repair-residential", "followup-9"];

/// The charter with the usual bindings where it has none of its own. A post stands for itself first, so that what it
/// bears is found by everyone who stands for it, posts and persons.
pub fn bound(charter: &Charter) -> Charter {
    let mut charter = charter.clone();
    for (post, others) in &mut charter.bindings {
        others.retain(|other| other != post);
        others.insert(0, post.clone());
    }
    for (post, others) in USUAL {
        let own = std::iter::once(post).chain(others.iter()).map(|it| (*it).to_owned());
        charter.bindings.entry((*post).to_owned()).or_insert_with(|| own.collect());
    }
    charter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn supervisors_are_management_staff_unless_the_site_binds_otherwise() {
        let usual = bound(&Charter::default());
        let staff = ["management_staff", "service_supervisor", "service_centre_head", "office_manager"];
        assert_eq!(usual.bindings["management_staff"], staff);
        let mut own = Charter::default();
        own.bindings.insert("management_staff".into(), vec!["employee".into()]);
        assert_eq!(bound(&own).bindings["management_staff"], ["management_staff", "employee"]);
    }
}
