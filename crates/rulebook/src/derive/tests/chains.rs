//! What follows from what: escalations, rights, routes, classes.

use super::*;
use crate::answer::RightNow;

const LIMIT: &str =
    "[[deadline]]\nid = \"1\"\nsummary = \"试\"\nfrom = \"受理\"\nmust = \"答复\"\nwithin = \"4 小时\"\n";

fn told(law: &Law, lines: &[&str], as_of: &str) -> Vec<(String, bool)> {
    let derived = derive(law, lines, as_of);
    let written = |at| CivilMoment::of_due(&Zone::shanghai(), at, false).to_string();
    derived.escalations.iter().map(|one| (written(one.at), one.fired)).collect()
}

fn on(moment: &str, fired: bool) -> (String, bool) {
    (moment.to_owned(), fired)
}

#[test]
fn an_escalation_fires_unless_something_happened() {
    let law =
        law("[[escalation]]\nid = \"2\"\nsummary = \"试\"\nfrom = \"受理\"\nunless = [\"答复\"]\nafter = \"2 小时\"\n\
             who = \"客服\"\nto = \"领导\"\n");
    let lines = ["2026-11-20 10:00 受理", "2026-11-20 12:00 答复"];
    assert_eq!(told(&law, &lines, "2026-11-20 13:00"), []);
    assert_eq!(
        told(&law, &["2026-11-20 10:00 受理", "2026-11-20 12:00:01 答复"], "2026-11-20 13:00"),
        [on("2026-11-20 12:00", true)]
    );
    assert_eq!(told(&law, &lines[..1], "2026-11-20 12:00"), [on("2026-11-20 12:00", false)]);
    assert_eq!(derive(&law, &lines[..1], "2026-11-20 12:00").next_change, Some(Moment(at("2026-11-20 12:00").0 + 1)));
    assert_eq!(told(&law, &["2026-11-20 10:00 受理", "2026-11-20 11:00 撤销"], "2026-11-20 13:00"), []);
}

#[test]
fn an_escalation_by_days_fires_at_midnight() {
    let law = law(
        "[[escalation]]\nid = \"2\"\nsummary = \"试\"\nfrom = \"受理\"\nunless = [\"答复\"]\nafter = \"2 天\"\nto = \"领导\"\n",
    );
    assert_eq!(told(&law, &["2026-11-20 10:00 受理", "2026-11-22 23:59:59 答复"], "2026-11-24 00:00"), []);
    assert_eq!(
        told(&law, &["2026-11-20 10:00 受理", "2026-11-23 00:00 答复"], "2026-11-24 00:00"),
        [on("2026-11-23 00:00", true)]
    );
    assert_eq!(told(&law, &["2026-11-20 10:00 受理"], "2026-11-22 24:00"), [on("2026-11-23 00:00", true)]);
}

#[test]
fn at_once_is_when_the_condition_first_holds_and_the_act_is_owed_from_then() {
    let law = law(
        "[[escalation]]\nid = \"2\"\nsummary = \"试\"\nfrom = \"受理\"\nwhen = { \"损失\" = \">= 500 元\" }\nto = \"领导\"\n\
             who = \"客服\"\nmust = \"报告领导\"\n",
    );
    let lines = [
        "2026-11-20 10:00 受理 - case.loss=49999",
        "2026-11-20 11:00 追问 - case.loss=50000",
        "2026-11-20 11:30 报告领导 clerk",
    ];
    assert_eq!(told(&law, &lines[..1], "2026-11-20 13:00"), []);
    assert_eq!(told(&law, &lines[..2], "2026-11-20 13:00"), [on("2026-11-20 11:00", true)]);
    assert_eq!(owed(&derive(&law, &lines[..2], "2026-11-20 13:00")), [line("2", "", State::Open)]);
    assert_eq!(owed(&derive(&law, &lines, "2026-11-20 13:00")), [line("2", "", State::Met)]);
}

#[test]
fn counted_from_a_clause_it_fires_only_when_that_was_not_done() {
    let rules = format!(
        "{LIMIT}[[escalation]]\nid = \"2\"\nsummary = \"试\"\nfrom = \"受理\"\nat = \"条款 1 到期\"\nto = \"领导\"\n"
    );
    let law = law(&rules);
    let opened = "2026-11-20 10:00 受理";
    assert_eq!(told(&law, &[opened, "2026-11-20 14:00 答复"], "2026-11-20 15:00"), []);
    assert_eq!(told(&law, &[opened, "2026-11-20 14:00:01 答复"], "2026-11-20 15:00"), [on("2026-11-20 14:00", true)]);
    assert_eq!(told(&law, &[opened], "2026-11-20 14:00"), [on("2026-11-20 14:00", false)]);
}

#[test]
fn rules_named_in_order_pick_the_one_that_holds() {
    let rules = "[[deadline]]\nfrom = \"受理\"\nmust = \"答复\"\n\
        [[deadline.limit]]\nid = \"1a\"\nsummary = \"试\"\nwhen = { \"类别\" = \"一类\" }\nwithin = \"4 小时\"\n\
        [[deadline.limit]]\nid = \"1b\"\nsummary = \"试\"\nwhen = { \"类别\" = \"三类\" }\nwithin = \"3 天\"\n\
        [[deadline]]\nid = \"2\"\nsummary = \"试\"\nfrom = \"追问\"\nmust = \"处理完毕\"\ndue = \"条款 1a、1b 到期 后 2 天\"\n";
    let law = law(rules);
    let lines =
        |class: &str| [format!("2026-11-20 22:00 受理 - complaint.class={class}"), "2026-11-20 23:00 追问".to_owned()];
    let due = |class: &str| {
        let lines = lines(class);
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let owed = owed(&derive(&law, &lines, "2026-11-20 23:00"));
        owed.into_iter().find(|one| one.0 == "2").expect("opened by the second fact").1
    };
    // Two days after the date on which the limit ends: 21 November 02:00, and 23 November 24:00.
    assert_eq!(due("first"), "2026-11-23 24:00");
    assert_eq!(due("third"), "2026-11-25 24:00");
    assert_eq!(due("second"), "");
}

fn rights(law: &Law, lines: &[&str], as_of: &str) -> Vec<RightNow> {
    derive(law, lines, as_of).rights
}

#[test]
fn a_right_arises_is_used_or_ends() {
    let rules = format!(
        "{LIMIT}[[right]]\nid = \"3\"\nsummary = \"试\"\nwho = \"客服\"\nfrom = \"受理\"\nmay = \"报告领导\"\n\
             opens = \"条款 1 到期 后 2 天\"\nuntil = [\"答复\"]\n"
    );
    let law = law(&rules);
    let opened = "2026-11-16 09:00 受理";
    let state = |lines: &[&str], as_of: &str| {
        let one = &rights(&law, lines, as_of)[0];
        (one.arose, one.available, one.used, one.ended)
    };
    assert_eq!(rights(&law, &[opened], "2026-11-16 14:00")[0].from, at("2026-11-18 24:00"));
    assert_eq!(state(&[opened], "2026-11-18 23:59:59"), (false, false, false, false));
    assert_eq!(state(&[opened], "2026-11-19 00:00"), (true, true, false, false));
    // An answer before the moment, in time or late, keeps it from arising.
    assert_eq!(state(&[opened, "2026-11-18 23:00 答复"], "2026-11-20 00:00"), (false, false, false, true));
    assert_eq!(state(&[opened, "2026-11-16 13:00 答复"], "2026-11-20 00:00"), (false, false, false, true));
    assert_eq!(state(&[opened, "2026-11-19 08:00 答复"], "2026-11-20 00:00"), (true, false, false, true));
    assert_eq!(
        state(&[opened, "2026-11-19 07:00 报告领导", "2026-11-19 08:00 答复"], "2026-11-20 00:00"),
        (true, true, true, false)
    );
}

#[test]
fn a_route_shows_until_its_step_is_taken_or_another_way_is_asked() {
    let law = law(
        "[[route]]\nid = \"4\"\nsummary = \"试\"\nwho = \"客服\"\nfrom = \"受理\"\non = \"周末\"\ngo = \"处理完毕\"\n\
             unless = { asked = \"追问\", go = \"代存\" }\n",
    );
    let go = |lines: &[&str]| {
        let routes = derive(&law, lines, "2026-11-30 00:00").routes;
        routes.into_iter().map(|route| route.go).collect::<Vec<_>>()
    };
    assert_eq!(go(&["2026-11-21 10:00 受理"]), ["complaint.handled"]);
    assert_eq!(go(&["2026-11-21 10:00 受理", "2026-11-21 11:00 追问"]), ["代存"]);
    assert_eq!(go(&["2026-11-21 10:00 受理", "2026-11-21 11:00 处理完毕"]), Vec::<String>::new());
    assert_eq!(go(&["2026-11-20 10:00 受理"]), Vec::<String>::new());
    assert_eq!(go(&["2026-11-21 10:00 受理", "2026-11-21 11:00 撤销"]), Vec::<String>::new());
}

const CLASSES: &str = "[[classify]]\nid = \"5a\"\nsummary = \"试\"\nground = \"原因\"\ngives = \"类别\"\n\
     values = [{ when = [\"服务\"], class = \"一类\" }]\n\
    [[classify]]\nid = \"5b\"\nsummary = \"试\"\nground = \"原因\"\ngives = \"类别\"\n\
         values = [{ when = [\"房屋\"], class = \"二类\" }]\n";

#[test]
fn of_several_grounds_the_order_of_the_rules_decides() {
    let law = law(CLASSES);
    let class = |cause: &str| {
        let classes =
            derive(&law, &[&format!("2026-11-20 10:00 受理 - complaint.cause={cause}")], "2026-11-20 10:00").classes;
        classes.into_iter().map(|class| (class.clause.id, class.value)).collect::<Vec<_>>()
    };
    assert_eq!(class("house、service"), [("5a".to_owned(), "first".to_owned())]);
    assert_eq!(class("house"), [("5b".to_owned(), "second".to_owned())]);
    assert_eq!(class("outside"), []);
}

#[test]
fn the_class_stands_for_conditions_unless_a_person_gave_one() {
    let rules = format!(
        "{CLASSES}[[deadline]]\nid = \"1\"\nsummary = \"试\"\nfrom = \"受理\"\nwhen = {{ \"类别\" = \"二类\" }}\n\
             must = \"答复\"\nwithin = \"当日\"\n"
    );
    let law = law(&rules);
    let count = |lines: &[&str]| derive(&law, lines, "2026-11-20 12:00").obligations.len();
    assert_eq!(count(&["2026-11-20 10:00 受理 - complaint.cause=house"]), 1);
    assert_eq!(count(&["2026-11-20 10:00 受理 - complaint.cause=house complaint.class=first"]), 0);
    assert_eq!(
        count(&["2026-11-20 10:00 受理 - complaint.class=second", "2026-11-20 11:00 追问 - complaint.cause=service"]),
        1
    );
    // The grounds change before anybody classes it: the class follows.
    let changed = ["2026-11-20 10:00 受理 - complaint.cause=service", "2026-11-20 11:00 追问 - complaint.cause=house"];
    assert_eq!(count(&changed), 1);
}
