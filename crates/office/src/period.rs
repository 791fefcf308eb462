//! What the office does for a period (期间) and not for a case: plans, statistics, reports, inspections, hand-overs. One
//! mechanism for all of them: the adopted clauses say which period owes what, who, and what has to be told with it.

use rulebook::Fact;

use crate::case::{ActOnCase, Latitude, lateness};
use crate::event::{Body, Event};
use crate::refusal::Refusal;

/// What can be entered for a period, as facts of the vocabulary. None needs more than that somebody did it, with words,
/// files and the attributes that the clauses name.
pub const ACTS: &[&str] = &[
    "plan.made",
    "follow_up.weekly_batch_arranged",
    "statistics.monthly_done",
    "statistics.submitted",
    "statistics.handling_analysed",
    "statistics.free_repairs_done",
    "report.quarterly_done",
    "report.complaint_analysis",
    "need.analysed",
    "archive.forms_handed_over",
    "archive.tidied",
    "archive.mail_sheets_filed",
    "archive.mail_logs_filed",
    "archive_store.checked",
    "archive_store.inspected",
    "desk.forms_checked",
    "desk.phone_tested",
    "control_room.spot_checked",
    "hall.box_emptied",
    "hall.priority_window_opened",
    "mail.clerk_appointed",
    "appraisal.begun",
];

/// What comes after an act for a period, on the same record: who may enter it, and what it asks beside words.
#[derive(Clone, Copy, Debug)]
pub struct Then {
    /// The fact: `report.reviewed`.
    pub act: &'static str,
    /// The act for the period that it follows.
    pub after: &'static str,
    /// Posts that may enter it.
    pub posts: &'static [&'static str],
    /// Attributes asked.
    pub asks: &'static [&'static str],
}

/// Everything that comes after an act for a period.
pub const THEN: &[Then] = &[
    Then {
        act: "follow_up.weekly_batch_done",
        after: "follow_up.weekly_batch_arranged",
        posts: &[
            "engineering_supervisor",
            "deputy_engineering_supervisor",
            "service_supervisor",
            "service_centre_head",
            "office_manager",
        ],
        asks: &[],
    },
    Then {
        act: "report.reviewed",
        after: "report.quarterly_done",
        posts: &["service_centre_head", "service_supervisor", "office_manager"],
        asks: &[],
    },
    Then {
        act: "report.measure_decided",
        after: "report.quarterly_done",
        posts: &["office_manager"],
        asks: &["complaint_report.measure_kind", "case.reason"],
    },
];

/// What may come after `act`, by its id.
pub fn then(act: &str) -> Option<&'static Then> {
    THEN.iter().find(|it| it.act == act)
}

/// What the act for a period has to be.
pub struct Asked<'a> {
    /// The fact: `statistics.monthly_done`.
    pub act: &'a str,
    /// Its word.
    pub title: &'a str,
    /// Id of the duty that it is done for.
    pub duty: &'a str,
    /// The post as which the writer does it.
    pub post: &'a str,
    /// Attributes without which it cannot count.
    pub required: &'a [String],
}

/// The event of an act for a period, or a refusal that says why and what next.
pub fn record(latitude: &Latitude<'_>, asked: &Asked<'_>, command: &ActOnCase) -> Result<Event, Refusal> {
    let what = format!("不能登记“{}”", asked.title);
    if !ACTS.contains(&asked.act) {
        let why = "这一项不在这里登记";
        return Err(Refusal::new(what, why, "请到办这件事的页面登记。"));
    }
    let missing = |id: &&String| command.attributes.get(*id).is_none_or(|value| value.trim().is_empty());
    if let Some(id) = asked.required.iter().find(missing) {
        let word = (latitude.word)(id);
        return Err(Refusal::new(what, format!("“{word}”还没有填"), format!("请填写“{word}”。")).at(id));
    }
    entered(&what, latitude, asked, command)
}

/// The event as it is written down, unless it comes late without its reason or the clauses in force refuse it.
fn entered(what: &str, latitude: &Latitude<'_>, asked: &Asked<'_>, command: &ActOnCase) -> Result<Event, Refusal> {
    let happened = command.happened.unwrap_or(latitude.now);
    let late = lateness(what, latitude, happened, &command.late_reason, &command.approved_by)?;
    let duty = Some(asked.duty).filter(|duty| !duty.is_empty());
    let body = Body {
        attributes: command.attributes.clone(),
        note: command.note.trim().to_owned(),
        posts: command.posts.iter().chain(latitude.stands_for).cloned().collect(),
        attachments: command.attachments.clone(),
        late,
        links: duty.map(|duty| ("duty".to_owned(), duty.to_owned())).into_iter().collect(),
        ..Body::default()
    };
    let event = Event { name: asked.act.to_owned(), happened, body, sealed: None };
    let blocks = (latitude.refuses)(&fact(latitude, asked, &event));
    Refusal::by_law(what, blocks, latitude.word, latitude.zone).map_or(Ok(event), Err)
}

/// The event of what comes after an act for a period. Refused: before that act, to other posts, without words.
pub fn record_then(
    latitude: &Latitude<'_>,
    then: &Then,
    (title, post): (&str, &str),
    known: &[Fact],
    command: &ActOnCase,
) -> Result<Event, Refusal> {
    let what = format!("不能登记“{title}”");
    if !known.iter().any(|fact| fact.name == then.after) {
        let word = (latitude.word)(then.after);
        return Err(Refusal::new(what, format!("还没有“{word}”"), format!("请先办“{word}”。")));
    }
    let holds =
        latitude.actor.holds(then.posts) || latitude.stands_for.iter().any(|it| then.posts.contains(&it.as_str()));
    if !holds {
        return Err(Refusal::new(what, "您的岗位没有此项权限", "请由有权限的岗位办理，或请管理员调整岗位。"));
    }
    if command.note.trim().is_empty() {
        return Err(Refusal::new(what, "还没有写意见", "请写明意见或决定。").at("note"));
    }
    let asked = Asked { act: then.act, title, duty: "", post, required: &[] };
    entered(&what, latitude, &asked, command)
}

/// The fact as the rulebooks would see it.
pub fn fact(latitude: &Latitude<'_>, asked: &Asked<'_>, event: &Event) -> Fact {
    Fact {
        seq: i64::MAX,
        name: event.name.clone(),
        at: event.happened,
        entered: latitude.now,
        by: std::iter::once(asked.post.to_owned()).chain(event.body.posts.iter().cloned()).collect(),
        person: latitude.actor.account.clone(),
        attributes: event.body.attributes.clone(),
    }
}

#[cfg(test)]
mod tests {
    use calendar::{Moment, Zone};
    use rulebook::BlockNow;

    use super::*;
    use crate::actor::Actor;

    fn recorded(act: &str, required: &[String], command: &ActOnCase) -> Result<Event, Refusal> {
        let (zone, word) = (Zone::shanghai(), |id: &str| id.to_owned());
        let actor =
            Actor { account: "a".into(), name: "演示".into(), posts: vec!["front_desk".into()], area: String::new() };
        let refuses = |_: &Fact| -> Vec<BlockNow> { Vec::new() };
        let mut next_number = |_: &str, _: &str| 0;
        let latitude = Latitude {
            now: Moment(7_200_000_000),
            zone: &zone,
            actor: &actor,
            stands_for: &["management_staff".to_owned()],
            late_needs_reason: 600,
            late_needs_approval: 86_400,
            speaks_of: &|_| false,
            reminders_apart: 600,
            refuses: &refuses,
            word: &word,
            next_number: &mut next_number,
        };
        let asked = Asked { act, title: act, duty: "d1", post: "front_desk", required };
        record(&latitude, &asked, command)
    }

    #[test]
    fn an_act_for_a_period_needs_what_its_clause_names_and_nothing_else() {
        let bare = ActOnCase::default();
        let done = recorded("statistics.monthly_done", &[], &bare).expect("taken");
        assert_eq!((done.body.links["duty"].as_str(), done.happened), ("d1", Moment(7_200_000_000)));
        assert_eq!(done.body.posts, ["management_staff"]);
        let no = recorded("hall.priority_window_opened", &["hall.open_from".into()], &bare).expect_err("refused");
        assert_eq!(no.field.as_deref(), Some("hall.open_from"));
        assert!(recorded("repair.completed", &[], &bare).is_err(), "no act of a case is done for a period");
    }

    #[test]
    fn an_earlier_act_needs_its_reason() {
        let earlier = ActOnCase { happened: Some(Moment(0)), ..ActOnCase::default() };
        let no = recorded("plan.made", &[], &earlier).expect_err("refused");
        assert_eq!(no.field.as_deref(), Some("late_reason"));
        let told = ActOnCase { late_reason: "当时停电".into(), ..earlier };
        assert!(recorded("plan.made", &[], &told).expect("taken").body.late.is_some());
    }
}
