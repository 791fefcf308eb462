//! Follow-ups (回访): form, talk, signature, review; those who are not satisfied get a second round.

use office::case::ActOnCase;

use crate::tale::Tale;

/// Whether it was planned, and for when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Not planned.
    None,
    /// Planned within so many days from now, and then held.
    Within(i64),
    /// Planned for tomorrow, and held late.
    Missed,
}

/// The follow-up of a finished matter.
pub fn hold(tale: &mut Tale, plan: Plan, of: &str) {
    let by = if tale.chance.percent(50) { "centre" } else { "desk2" };
    match plan {
        Plan::None => {
            tale.days(1, 4);
        }
        Plan::Within(days) => {
            let days = tale.chance.between(1, days.max(1));
            planned(tale, days, by);
        }
        Plan::Missed => {
            planned(tale, 1, by);
            tale.days(2, 3);
        }
    }
    tale.wait(1, 5).act(by, "follow_up.form_issued").wait(0, 3).act(by, "follow_up.form_signed_for");
    if tale.chance.percent(10) {
        let method = [("follow_up.method", "phone")];
        tale.wait(1, 3).tell(by, "follow_up.attempted", "没有接电话，下午再打", &method).wait(90, 240);
    }
    let unhappy = tale.chance.percent(9);
    let mostly = tale.chance.percent(25);
    talk(
        tale,
        by,
        of,
        match (unhappy, mostly) {
            (true, _) => "dissatisfied",
            (false, true) => "mostly_satisfied",
            (false, false) => "satisfied",
        },
    );
    if unhappy {
        tale.wait(5, 30).tell(by, "case.contacted", "转告工程部和当事人", &[]);
        tale.days(1, 2).tell("supervisor", "follow_up.rework_done", "重新上门处理，请住户看过", &[]);
        tale.days(1, 2);
        talk(tale, by, of, "satisfied");
    }
    tale.wait(1, 4).act(by, "follow_up.performer_signed").wait(0, 5).act(by, "follow_up.form_returned");
    tale.wait(20, 200).office();
    tale.tell(
        "supervisor",
        "follow_up.reviewed",
        "",
        &[("follow_up.review_comment", "记录完整，同意"), ("follow_up.conforming", "yes")],
    );
}

fn planned(tale: &mut Tale, days: i64, by: &str) {
    let mut at = tale.day_at(days, 10);
    // A complaint's first follow-up may not be planned for later than the second day after the work was done.
    if let Some(done) = tale.moment_of("complaint.resolved") {
        at = at.min(tale.day_of(done, 2, 17));
    }
    if at <= tale.at {
        return;
    }
    let moment = at.0.to_string();
    tale.wait(5, 40).tell("supervisor", "follow_up.planned", "", &[("follow_up.planned_at", &moment)]);
    tale.wait(1, 5).act(by, "follow_up.notified");
    tale.at = tale.at.max(at);
}

fn talk(tale: &mut Tale, by: &str, of: &str, satisfaction: &str) {
    let good = satisfaction != "dissatisfied";
    let said = [
        ("follow_up.method", "phone"),
        ("follow_up.satisfaction", satisfaction),
        ("follow_up.quality", if good { "好" } else { "一般" }),
        ("follow_up.effect", if good { "好" } else { "没有彻底解决" }),
        ("follow_up.shortcomings", if good { "无" } else { "等得太久" }),
        ("follow_up.suggestions", if good { "无" } else { "希望提前打电话" }),
        ("follow_up.summary", if good { "问题已解决，住户认可" } else { "住户说还有问题" }),
    ];
    let posts = if of == "complaint" { vec!["responsible_department".to_owned()] } else { Vec::new() };
    tale.wait(2, 12).act_with(
        by,
        ActOnCase {
            act: "follow_up.done".into(),
            attributes: said.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect(),
            posts,
            ..ActOnCase::default()
        },
    );
}
