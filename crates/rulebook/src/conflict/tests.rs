//! Two small books a test: what they clash over, and what a settlement changes.

use calendar::Zone;

use super::*;
use crate::charter::{Adoption, Charter, Preference};
use crate::derive::tests::{BOOK, at, calendar, facts, words};
use crate::model::Book;
use crate::parse::parse_book;

fn book(id: &str, rules: &str) -> Book {
    let clause =
        format!("clause = \"1\"\ntitle = \"试\"\nsummary = \"试\"\nplace = \"1\"\nin_force = 2020-01-01\n{rules}");
    let head = BOOK.to_owned();
    let files = [(format!("{id}/book.toml"), head), (format!("{id}/1.toml"), clause)];
    let pairs: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (book, problems) = parse_book(&words(), &pairs);
    assert!(problems.is_empty(), "{problems:#?}");
    book
}

fn charter() -> Charter {
    let adoptions = ["one", "two"].map(|id| Adoption::whole(id, "", Moment(i64::MIN)));
    Charter { adoptions: adoptions.to_vec(), ..Charter::default() }
}

fn law(one: &str, two: &str, charter: &Charter) -> Law {
    let books = [book("one", one), book("two", two)];
    let (law, problems) = Law::compile(&books, &words(), charter, &calendar(), &Zone::shanghai());
    assert!(problems.is_empty(), "{problems:#?}");
    law
}

/// `act: sides aspects stricter`, one a line.
fn found(one: &str, two: &str) -> Vec<String> {
    let conflicts = law(one, two, &charter()).conflicts(at("2026-11-20 00:00"));
    let line = |it: Conflict| {
        let [a, b] = &it.sides;
        let stricter = it.stricter.map_or(String::new(), |place| format!(" {}", it.sides[place].book));
        format!("{}: {}/{} {}/{} {:?}{stricter}", it.act, a.book, a.id, b.book, b.id, it.aspects)
    };
    conflicts.into_iter().map(line).collect()
}

fn limit(within: &str, more: &str) -> String {
    format!(
        "[[deadline]]\nid = \"1\"\nsummary = \"试\"\nfrom = \"受理\"\nmust = \"处理完毕\"\nwithin = \"{within}\"\n{more}\n"
    )
}

fn rate(within: &str, at_least: &str) -> String {
    format!(
        "[[rate]]\nid = \"1\"\nsummary = \"试\"\nof = \"受理\"\nmust = \"处理完毕\"\nwithin = \"{within}\"\n\
         at_least = \"{at_least}\"\nper = \"月\"\n"
    )
}

#[test]
fn different_limits_for_one_act_clash_and_equal_ones_do_not() {
    let clash = ["complaint.handled: one/1 two/1 [Limit] two"];
    assert_eq!(found(&limit("3 天", ""), &limit("2 天", "")), clash);
    assert_eq!(found(&limit("2 天", ""), &limit("48 小时", "")), ["complaint.handled: one/1 two/1 [Limit] two"]);
    assert!(found(&limit("2 天", ""), &limit("2 天", "")).is_empty());
    assert!(found(&limit("2 天", ""), &limit("3 天", "soft = true")).is_empty(), "an alarm is no limit");
}

#[test]
fn conditions_that_no_case_meets_together_keep_clauses_apart() {
    let when = |value: &str| format!("when = {{ \"类别\" = \"{value}\" }}");
    assert!(found(&limit("3 天", &when("一类")), &limit("2 天", &when("二类"))).is_empty());
    assert_eq!(found(&limit("3 天", &when("一类")), &limit("2 天", &when("非 二类"))).len(), 1);
    assert_eq!(found(&limit("3 天", &when("一类")), &limit("2 天", "")).len(), 1);
}

#[test]
fn rates_clash_over_window_and_share_and_with_a_limit() {
    let rates = found(&rate("3 天", "50%"), &rate("2 天", "100%"));
    assert_eq!(rates, ["complaint.handled: one/1 two/1 [Limit, Share] two"]);
    assert!(found(&rate("3 天", "50%"), &rate("3 天", "50%")).is_empty());
    assert_eq!(found(&rate("3 天", "50%"), &limit("2 天", "")), ["complaint.handled: one/1 two/1 [Limit] two"]);
    assert_eq!(found(&limit("2 天", ""), &rate("3 天", "50%")), ["complaint.handled: one/1 two/1 [Limit] one"]);
}

#[test]
fn what_one_demands_another_may_forbid() {
    let block = "[[block]]\nid = \"1\"\nsummary = \"试\"\nact = \"处理完毕\"\n";
    assert_eq!(found(block, &limit("2 天", "")), ["complaint.handled: one/1 two/1 [Forbids]"]);
    let one_way = format!("{block}when = {{ \"回访方式\" = \"电话\" }}\n");
    assert!(found(&one_way, &limit("2 天", "")).is_empty(), "it can be done in another way");
    let until = |act: &str, until: &str| {
        format!("[[block]]\nid = \"1\"\nsummary = \"试\"\nact = \"{act}\"\nuntil = [\"{until}\"]\n")
    };
    let circle = found(&until("处理完毕", "结案"), &until("结案", "处理完毕"));
    assert_eq!(circle, ["complaint.handled: one/1 two/1 [Forbids]"]);
    assert!(found(&until("结案", "处理完毕"), &limit("2 天", "")).is_empty());
}

#[test]
fn books_that_never_hold_together_do_not_clash() {
    let mut apart = charter();
    apart.adoptions[0].until = Some(at("2026-12-01 00:00"));
    apart.adoptions[1].from = at("2026-12-01 00:00");
    let law = |charter: &Charter| law(&limit("3 天", ""), &limit("2 天", ""), charter);
    assert!(law(&apart).conflicts(at("2026-11-20 00:00")).is_empty());
    let mut left_out = charter();
    left_out.adoptions[0].except.insert("1".into());
    assert!(law(&left_out).conflicts(at("2026-11-20 00:00")).is_empty());
    let derived = law(&left_out).derive("a", &facts(&["2026-11-20 09:00 受理"]), at("2026-11-20 10:00"));
    assert_eq!(derived.obligations.len(), 1, "a clause left out asks nothing");
}

#[test]
fn the_clause_that_yields_is_measured_and_named() {
    let mut settled = charter();
    let clause = |book: &str| ClauseRef { book: book.into(), id: "1".into() };
    settled.preferences.push(Preference { prefer: clause("one"), over: clause("two") });
    let law = law(&limit("3 天", ""), &limit("2 天", ""), &settled);
    let lines = ["2026-11-20 09:00 受理", "2026-11-23 09:00 处理完毕"];
    let derived = law.derive("a", &facts(&lines), at("2026-11-24 10:00"));
    let told: Vec<_> =
        derived.obligations.iter().map(|it| (it.clause.book.as_str(), it.state, &it.yields_to)).collect();
    use crate::answer::State::{Met, MetLate};
    assert_eq!(told, [("one", Met, &None), ("two", MetLate, &Some(clause("one")))]);
    // Once the preferred book has been left, the other stands alone.
    settled.adoptions[0].until = Some(at("2026-11-01 00:00"));
    let law = self::law(&limit("3 天", ""), &limit("2 天", ""), &settled);
    let derived = law.derive("a", &facts(&lines), at("2026-11-24 10:00"));
    assert_eq!(derived.obligations.iter().map(|it| &it.yields_to).collect::<Vec<_>>(), [&None]);
}

#[test]
fn a_block_yields_to_the_clause_preferred_over_it() {
    let block = "[[block]]\nid = \"1\"\nsummary = \"试\"\nact = \"处理完毕\"\n";
    let mut settled = charter();
    let clause = |book: &str| ClauseRef { book: book.into(), id: "1".into() };
    let refused = |charter: &Charter| {
        let law = law(block, &limit("2 天", ""), charter);
        let act = &facts(&["2026-11-20 10:00 处理完毕"])[0];
        law.refusals(&facts(&["2026-11-20 09:00 受理"]), act).len()
    };
    assert_eq!(refused(&settled), 1);
    settled.preferences.push(Preference { prefer: clause("two"), over: clause("one") });
    assert_eq!(refused(&settled), 0);
}
