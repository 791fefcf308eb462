//! Which law governs: adoption, versions, overriding; identity, explanation, replay.

use super::*;
use crate::answer::Step;
use crate::read_back::Lang;
use crate::simulate::{Replay, replay};

const HOURS: &str =
    "[[deadline]]\nid = \"1\"\nsummary = \"试\"\nfrom = \"受理\"\nmust = \"处理完毕\"\nwithin = \"4 小时\"\n";

fn adopted(from: &str, until: Option<&str>) -> Charter {
    let adoption = Adoption { until: until.map(at), ..Adoption::whole("book", "", at(from)) };
    Charter { adoptions: vec![adoption], ..Charter::default() }
}

#[test]
fn only_facts_within_the_adoption_open_and_what_is_open_goes_on() {
    let law = law_of(&book("", HOURS), &adopted("2026-11-01 00:00", Some("2026-11-20 12:00")));
    let opened = |moment: &str| derive(&law, &[&format!("{moment} 受理")], "2026-12-01 00:00").obligations.len();
    assert_eq!(
        [
            opened("2026-10-31 23:59:59"),
            opened("2026-11-01 00:00"),
            opened("2026-11-20 11:59:59"),
            opened("2026-11-20 12:00")
        ],
        [0, 1, 1, 0]
    );
    let lines = ["2026-11-20 11:00 受理", "2026-11-20 15:00:01 处理完毕"];
    assert_eq!(owed(&derive(&law, &lines, "2026-12-01 00:00")), [line("1", "2026-11-20 15:00", State::MetLate)]);
}

#[test]
fn an_edition_adopted_again_after_a_gap_is_one_book() {
    let book = book("", HOURS);
    let mut twice = adopted("2026-01-01 00:00", Some("2026-02-01 00:00"));
    twice.adoptions.extend(adopted("2026-03-01 00:00", None).adoptions);
    let books = [book.clone(), book];
    let (law, problems) = Law::compile(&books, &words(), &twice, &calendar(), &Zone::shanghai());
    assert!(problems.is_empty(), "{problems:?}");
    let opened = |date: &str| derive(&law, &[&format!("{date} 10:00 受理")], "2026-12-01 00:00").obligations.len();
    assert_eq!([opened("2026-01-15"), opened("2026-02-15"), opened("2026-03-15")], [1, 0, 1]);
}

#[test]
fn an_edition_is_adopted_by_its_digest_and_one_without_text_is_reported() {
    let book = book("", HOURS);
    let mut other = adopted("2026-01-01 00:00", None);
    other.adoptions[0].digest = "ffff".into();
    let (law, problems) = Law::compile(&[book], &words(), &other, &calendar(), &Zone::shanghai());
    assert_eq!(problems.len(), 1);
    assert!(problems[0].sentence.contains("ffff"));
    assert_eq!(derive(&law, &["2026-11-20 10:00 受理"], "2026-11-20 10:00").obligations.len(), 0);
}

#[test]
fn a_rule_that_needs_another_book_waits_for_it() {
    let book = book("", &format!("{HOURS}adopted_with = [\"other\"]\n"));
    let alone = law_of(&book, &charter());
    assert_eq!(derive(&alone, &["2026-11-20 10:00 受理"], "2026-11-20 10:00").obligations.len(), 0);
    let mut both = charter();
    both.adoptions.push(Adoption::whole("other", "", at("2026-11-20 00:00")));
    let (law, _) = Law::compile(&[book], &words(), &both, &calendar(), &Zone::shanghai());
    let opened = |moment: &str| derive(&law, &[&format!("{moment} 受理")], "2026-12-01 00:00").obligations.len();
    assert_eq!([opened("2026-11-19 23:59"), opened("2026-11-20 00:00")], [0, 1]);
}

fn history() -> Law {
    let book = |hours: &str| book("", &HOURS.replace("4 小时", hours));
    let laws = [("2026-11-20 12:00", "2 小时"), ("2020-01-01 00:00", "4 小时")];
    Law::history(laws.into_iter().map(|(from, hours)| (at(from), law_of(&book(hours), &charter()))).collect())
}

#[test]
fn an_obligation_keeps_the_law_of_its_opening() {
    let law = history();
    let lines = ["2026-11-20 11:59:59 受理", "2026-11-20 12:00 受理", "2026-11-20 15:00 处理完毕"];
    assert_eq!(
        owed(&derive(&law, &lines, "2026-11-20 18:00")),
        [line("1", "2026-11-20 15:59:59", State::Met), line("1", "2026-11-20 14:00", State::MetLate)]
    );
    assert_eq!(derive(&law, &["2019-11-20 11:00 受理"], "2026-11-20 18:00").obligations.len(), 0);
    assert_eq!(Law::history(Vec::new()).derive("甲", &facts(&lines), at("2026-11-20 18:00")), Derived::default());
}

#[test]
fn a_period_follows_the_law_of_its_first_moment() {
    let rate = |share: &str| {
        let rule = format!(
            "[[rate]]\nid = \"1\"\nsummary = \"试\"\nof = \"受理\"\nmust = \"答复\"\nwithin = \"2 天\"\n\
                 at_least = \"{share}\"\nper = \"月\"\n"
        );
        law_of(&book("", &rule), &adopted("2026-10-15 00:00", None))
    };
    let law = Law::history(vec![(at("2026-10-01 00:00"), rate("100%")), (at("2026-11-15 00:00"), rate("50%"))]);
    let clause = crate::ClauseRef { book: "book".into(), id: "1".into() };
    let needed = |month: &str| {
        let line = format!("{month}-20 10:00 受理");
        let members = law.derive("甲", &facts(&[&line, &line]), at("2027-02-01 00:00")).members;
        let figure = law.figure(&clause, month, members.iter(), at("2027-02-01 00:00"));
        (figure.base, figure.needed)
    };
    // October began before the adoption, November under the first version, December under the second.
    assert_eq!([needed("2026-10"), needed("2026-11"), needed("2026-12")], [(2, Some(2)), (2, Some(2)), (2, Some(1))]);
}

#[test]
fn an_overriding_clause_takes_the_place_of_the_other() {
    let general =
        format!("clause = \"1\"\ntitle = \"试\"\nsummary = \"试\"\nplace = \"1\"\nin_force = 2020-01-01\n{HOURS}");
    let special = format!(
        "clause = \"2\"\ntitle = \"试\"\nsummary = \"试\"\nplace = \"2\"\nin_force = 2020-01-01\noverrides = [\"1\"]\n{}",
        HOURS
            .replace("id = \"1\"", "id = \"2\"")
            .replace("4 小时", "1 小时")
            .replace("must", "when = { \"类别\" = \"一类\" }\nmust")
    );
    let files = [("book/book.toml", BOOK), ("book/1.toml", general.as_str()), ("book/2.toml", special.as_str())];
    let (book, problems) = parse_book(&words(), &files);
    assert!(problems.is_empty(), "{problems:?}");
    let law = law_of(&book, &charter());
    let first = derive(&law, &["2026-11-20 10:00 受理 - complaint.class=first"], "2026-11-20 10:30");
    assert_eq!(owed(&first), [line("2", "2026-11-20 11:00", State::Open)]);
    let other = derive(&law, &["2026-11-20 10:00 受理"], "2026-11-20 10:30");
    assert_eq!(owed(&other), [line("1", "2026-11-20 14:00", State::Open)]);
}

#[test]
fn a_late_fact_does_not_change_identity() {
    let law = law(HOURS);
    let before = derive(&law, &["2026-11-20 10:00 受理"], "2026-11-20 11:00");
    let mut late = facts(&["2026-11-20 10:00 受理", "2026-11-20 09:00 受理"]);
    late[1].entered = at("2026-11-20 10:30");
    let after = law.derive("甲", &late, at("2026-11-20 11:00"));
    let kept = after.obligations.iter().find(|one| one.id == before.obligations[0].id).expect("the same obligation");
    assert_eq!((kept.round, kept.opened), (2, at("2026-11-20 10:00")));
    let elsewhere = law.derive("乙", &late, at("2026-11-20 11:00"));
    assert!(elsewhere.obligations.iter().all(|one| after.obligations.iter().all(|other| one.id != other.id)));
}

#[test]
fn the_calendar_is_the_one_known_before_the_end() {
    // On Tuesday the site declares the Monday before a day of rest.
    let order = calendar::DayOrder {
        by: calendar::Orderer::Site,
        date: jiff::civil::date(2026, 11, 23),
        workday: Some(false),
        hours: None,
        why: "停电".into(),
        known_from: at("2026-11-24 09:00"),
    };
    let sources = calendar::Sources { orders: vec![order], ..calendar::Sources::default() };
    let book = book("", &HOURS.replace("4 小时", "1 个工作日"));
    let calendar = Calendar::new(sources);
    let (law, _) = Law::compile(&[book], &words(), &charter(), &calendar, &Zone::shanghai());
    let opened = "2026-11-20 10:00 受理";
    let ended = derive(&law, &[opened, "2026-11-24 08:00 处理完毕"], "2026-11-30 00:00");
    assert_eq!(owed(&ended), [line("1", "2026-11-23 24:00", State::MetLate)]);
    assert_eq!(owed(&derive(&law, &[opened], "2026-11-24 08:59")), [line("1", "2026-11-23 24:00", State::Overdue)]);
    assert_eq!(owed(&derive(&law, &[opened], "2026-11-24 09:00")), [line("1", "2026-11-24 24:00", State::Open)]);
}

#[test]
fn settings_switch_rules_and_give_numbers() {
    let settings = "[[setting]]\nname = \"天数\"\nunit = \"choice\"\nchoices = [\"自然日\", \"工作日\"]\ndefault = \"自然日\"\n\
         basis = \"T3\"\n\
        [[setting]]\nname = \"提醒\"\nunit = \"span\"\ndefault = \"10 分钟\"\nbasis = \"T6\"\n";
    let rules = "[[deadline]]\nfrom = \"受理\"\nmust = \"答复\"\n\
        [[deadline.limit]]\nid = \"1\"\nsummary = \"试\"\nwhen = { \"设置:天数\" = \"自然日\" }\nwithin = \"2 天\"\n\
        [[deadline.limit]]\nid = \"1\"\nsummary = \"试\"\nwhen = { \"设置:天数\" = \"工作日\" }\nwithin = \"2 个工作日\"\n\
        [[deadline]]\nid = \"2\"\nsummary = \"试\"\nfrom = \"受理\"\nmust = \"追问\"\nwithin = { setting = \"提醒\" }\n\
             soft = true\n";
    let book = book(settings, rules);
    let due = |chosen: &[(&str, &str)]| {
        let mut charter = charter();
        charter.settings.extend(chosen.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        owed(&derive(&law_of(&book, &charter), &["2026-11-20 10:00 受理"], "2026-11-20 10:00"))
    };
    assert_eq!(due(&[]), [line("1", "2026-11-22 24:00", State::Open), line("2", "2026-11-20 10:10", State::Open)]);
    assert_eq!(
        due(&[("天数", "工作日"), ("提醒", "1 小时")]),
        [line("1", "2026-11-24 24:00", State::Open), line("2", "2026-11-20 11:00", State::Open)]
    );
}

#[test]
fn steps_explain_in_two_languages() {
    let settings = "[[setting]]\nname = \"提醒\"\nunit = \"span\"\ndefault = \"10 分钟\"\nbasis = \"T6\"\n";
    let rules = "[[reading]]\nwords = \"立即\"\nmeans = \"十分钟\"\nbasis = \"T6\"\n\
        [[deadline]]\nid = \"1\"\nsummary = \"试\"\nfrom = \"受理\"\nwhen = { \"类别\" = \"一类\" }\nmust = \"答复\"\n\
             within = { setting = \"提醒\" }\n";
    let law = law_of(&book(settings, rules), &charter());
    let lines = facts(&["2026-11-20 10:00 受理 - complaint.class=first", "2026-11-20 10:11 答复"]);
    let id = law.derive("甲", &lines, at("2026-11-20 12:00")).obligations[0].id.clone();
    let steps = law.explain("甲", &lines, &id, at("2026-11-20 12:00"));
    let text: Vec<&str> = steps.iter().map(|step| step.text.as_str()).collect();
    let has = |part: &str| assert!(text.iter().any(|line| line.contains(part)), "{part} in {text:#?}");
    has("“受理”于 2026-11-20（周五）10:00");
    has("条件成立：类别为一类");
    has("设置“提醒”：10 分钟（默认）");
    has("限 2026-11-20（周五）10:10");
    has("读法：“立即”指十分钟（待确认");
    has("2026-11-20（周五）10:11：逾期");
    assert_eq!(steps[3].basis.as_deref(), Some("T6"));
    let english = law.explain_in(Lang::English, "甲", &lines, &id, at("2026-11-20 12:00"));
    assert!(english.iter().any(|step| step.text.contains("done late")), "{english:#?}");
    assert_eq!(law.explain("甲", &lines, "0", at("2026-11-20 12:00")), []);
}

#[test]
fn explanations_name_pauses_moves_and_conditions_that_fell_away() {
    let slots = "pause = { from = \"暂停\", to = \"恢复\", then = \"续计\" }\n\
         moved_by = { fact = \"批准延期\", to = \"延至\" }\nwhen = { \"类别\" = \"非 三类\" }\n";
    let law = law(&format!("{HOURS}{slots}"));
    let lines = [
        "2026-11-20 10:00 受理",
        "2026-11-20 11:00 暂停",
        "2026-11-20 12:00 恢复",
        "2026-11-20 13:00 批准延期 - case.until=2026-11-25",
        "2026-11-21 10:00 追问 - complaint.class=third",
    ];
    let told = |lines: &[&str]| {
        let lines = facts(lines);
        let id = law.derive("甲", &lines, at("2026-11-22 00:00")).obligations[0].id.clone();
        let steps = law.explain("甲", &lines, &id, at("2026-11-22 00:00"));
        steps.into_iter().map(|step| step.text).collect::<Vec<_>>().join("\n")
    };
    let open = told(&lines[..4]);
    assert!(open.contains("11:00 至 2026-11-20（周五）12:00 暂停，改为 2026-11-20（周五）15:00"), "{open}");
    assert!(open.contains("经批准改期，限 2026-11-25（周三）24:00"), "{open}");
    let gone = told(&lines);
    assert!(gone.contains("到 2026-11-21（周六）10:00 不再成立"), "{gone}");
}

#[test]
fn a_replay_counts_by_rule_and_names_what_differs() {
    let (before, after) = (law(HOURS), law(&HOURS.replace("4 小时", "2 小时")));
    let subjects = [
        ("甲", facts(&["2026-11-20 10:00 受理", "2026-11-20 11:00 处理完毕"])),
        ("乙", facts(&["2026-11-20 10:00 受理", "2026-11-20 13:00 处理完毕"])),
        ("丙", facts(&["2026-11-20 10:00 受理"])),
    ];
    let november = (jiff::civil::date(2026, 11, 1), jiff::civil::date(2026, 11, 30));
    let subjects = subjects.iter().map(|(subject, facts)| (*subject, facts.as_slice()));
    let found = replay(&before, &after, subjects, november, at("2026-11-30 00:00"), 1);
    let (was, is) = found.kept.values().next().expect("one rule");
    assert_eq!((was.met, was.late, was.overdue), (2, 0, 1));
    assert_eq!((is.met, is.late, is.overdue, is.all()), (1, 1, 1, 3));
    // Every due moment differs; one of the three cases is kept, with both derivations.
    assert_eq!((found.subjects, found.facts, found.differing, found.differing_cases), (3, 5, 3, 3));
    assert_eq!(found.cases.len(), 1);
    let (case, told) = (&found.cases[0], &found.cases[0].differs[0]);
    assert_eq!((case.subject.as_str(), case.more, told.judged()), ("甲", 0, true));
    let text = |steps: &[Step]| steps.iter().map(|step| step.text.as_str()).collect::<Vec<_>>().join("\n");
    assert!(text(&told.why_before).contains("2026-11-20（周五）14:00"), "{}", text(&told.why_before));
    assert!(text(&told.why_after).contains("2026-11-20（周五）12:00"), "{}", text(&told.why_after));
    let mut same = Replay::new(&before, &before, at("2026-11-30 00:00"), 9);
    same.subject("甲", &facts(&["2026-11-20 10:00 受理"]));
    assert_eq!(same.finish(november.0, november.1).differing, 0);
}

#[test]
fn what_only_the_trial_asks_is_new_work_and_never_a_breach() {
    let asked =
        HOURS.replace("id = \"1\"", "id = \"2\"").replace("summary = \"试\"", "summary = \"试\"\nwho = \"主管\"");
    let asked = asked.replace("处理完毕", "答复");
    let (before, after) = (law(HOURS), law(&format!("{HOURS}{asked}")));
    let facts = facts(&["2026-11-20 10:20 受理", "2026-11-20 11:00 处理完毕"]);
    let november = (jiff::civil::date(2026, 11, 1), jiff::civil::date(2026, 11, 30));
    let found = replay(&before, &after, [("甲", facts.as_slice())], november, at("2026-11-30 00:00"), 9);
    let of = |id: &str| found.kept.iter().find(|(clause, _)| clause.id == id).expect("a clause").1;
    assert_eq!((of("1").0.met, of("1").1.met), (1, 1));
    let (was, is) = of("2");
    assert_eq!((was.all(), is.alone, is.overdue, is.late), (0, 1, 0, 0));
    let work: Vec<(&str, u8, u64)> =
        found.new_work.iter().map(|((post, hour), count)| (post.as_str(), *hour, *count)).collect();
    assert_eq!(work.len(), 1);
    assert_eq!((work[0].1, work[0].2), (10, 1), "at the hour at which it begins");
    assert_eq!(found.work_of_posts()[0].busiest(), (10, 1));
    let told = &found.cases[0].differs[0];
    assert!(told.before.is_none() && !told.judged(), "{told:?}");
    assert_eq!(told.why_before[0].text, "没有采用这一款");
    // The other way round it is work that would no longer be asked for.
    let back = replay(&after, &before, [("甲", facts.as_slice())], november, at("2026-11-30 00:00"), 9);
    let (was, is) = back.kept.iter().find(|(clause, _)| clause.id == "2").expect("a clause").1;
    assert_eq!((was.alone, was.overdue, is.all(), back.new_work.len()), (1, 0, 0, 0));
}

#[test]
fn lives_of_the_same_matters_are_judged_each_by_its_law_and_sites_add_up() {
    let (before, after) = (law(HOURS), law(&HOURS.replace("4 小时", "2 小时")));
    let [slow, quick] =
        ["13:00", "11:00"].map(|done| facts(&["2026-11-20 10:00 受理", &format!("2026-11-20 {done} 处理完毕")]));
    let day = jiff::civil::date(2026, 11, 20);
    let site = |number: u64| {
        let mut replay = Replay::new(&before, &after, at("2026-11-30 00:00"), 2);
        replay.site_begins(number);
        replay.lived(&format!("{number}-慢"), &slow, &slow);
        replay.lived(&format!("{number}-快"), &slow, &quick);
        replay.site_ends(day, day, false);
        replay
    };
    let mut all = site(2);
    all.take_in(site(1));
    let found = all.outcomes();
    let (was, is) = found.kept.values().next().expect("one rule");
    assert_eq!((was.met, is.met, is.late), (4, 2, 2));
    assert_eq!((found.facts, found.facts_after, found.differing_cases), (8, 8, 4));
    let named: Vec<&str> = found.cases.iter().map(|case| case.subject.as_str()).collect();
    assert_eq!(named, ["1-慢", "1-快"], "sites in order, however they were lived");
}
