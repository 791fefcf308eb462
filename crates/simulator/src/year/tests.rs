//! The same seed lives the same year; nobody is in two places; what a law asks for is done by those it asks.

use super::*;
use calendar::Calendar;
use rulebook::{Adoption, Charter, Vocabulary, parse_book};

const WORDS: &str = include_str!("../../../../rulebooks/words.toml");
const BOOK: &str =
    "name = \"试\"\nname_en = \"t\"\nedition = \"1\"\ndocument = \"试\"\ngoverns = \"试\"\nclauses = 1\nexamples = 0\n";

fn law(rule: &str) -> Law {
    let (words, _) = Vocabulary::parse(WORDS);
    let clause = format!("clause = \"1\"\ntitle = \"试\"\nsummary = \"试\"\nin_force = 2020-01-01\n{rule}");
    let files = [("t/book.toml", BOOK), ("t/1.toml", clause.as_str())];
    let (book, problems) = parse_book(&words, &files);
    assert!(problems.is_empty(), "{problems:?}");
    let zone = Zone::shanghai();
    let adoption = Adoption::whole("t", &book.digest, zone.start_of_day(date(2000, 1, 1)));
    let charter = Charter { adoptions: vec![adoption], ..Charter::default() };
    Law::compile(&[book], &words, &charter, &Calendar::of_years(&[]).unwrap(), &zone).0
}

const SIGN: &str = "[[deadline]]\nid = \"1\"\nsummary = \"试\"\nwho = \"客服主管\"\nfrom = \"维修完工\"\nmust = \"主管确认\"\nwithin = \"1 天\"\n";
const NOTHING: &str =
    "[[deadline]]\nid = \"1\"\nsummary = \"试\"\nfrom = \"登记\"\nmust = \"归档\"\nwithin = \"1 天\"\n";

fn lived(seed: u64, law: &Law) -> (Vec<(String, Vec<Fact>)>, Loads) {
    let plan = Plan { year: 2026, seed, units: 40, matters: 5 };
    let mut life = Life::of(plan, law, &Zone::shanghai());
    let all: Vec<_> = life.by_ref().collect();
    (all, life.loads().clone())
}

fn of_sites(sites: u64, threads: usize) -> MadeUp {
    MadeUp { year: 2026, seed: 7, sites, units: 40, matters: 5, keep: 3, lang: rulebook::Lang::Chinese, threads }
}

#[test]
fn sites_are_lived_alike_on_one_thread_and_on_two() {
    let (before, after) = (law(NOTHING), law(SIGN));
    let [one, two] = [1, 2].map(|threads| made(of_sites(3, threads), &before, Some(&after)));
    assert_eq!(one.outcomes, two.outcomes);
    assert_eq!(one.loads, two.loads);
    let found = one.outcomes;
    assert_eq!((found.subjects, found.cases.len()), (600, 3));
    assert!(found.cases[0].subject.starts_with("1-2026-"), "the first site first: {}", found.cases[0].subject);
    assert!(found.facts_after > found.facts, "what is asked for is done");
    let (_, is) = found.kept.values().next_back().expect("a clause");
    assert!(is.met > 0 && is.alone == 0, "a life is judged: {is:?}");
    let load = |side: usize| one.loads[side]["service_supervisor"].acts;
    assert!(load(1) > load(0));
    let alone = made(of_sites(3, 2), &before, None).outcomes;
    assert_eq!((alone.differing, alone.facts_after, alone.facts), (0, 0, found.facts));
}

#[test]
fn the_same_seed_lives_the_same_year() {
    let law = law(NOTHING);
    let (one, _) = lived(7, &law);
    assert_eq!(one.len(), 200, "five matters a household");
    assert_eq!(one, lived(7, &law).0);
    assert_ne!(one, lived(8, &law).0);
    for (subject, facts) in &one {
        assert!(facts.is_sorted_by_key(|fact| fact.at) && facts.len() > 4, "{subject}");
    }
}

#[test]
fn a_law_that_asks_for_more_gets_it_from_those_it_asks() {
    let (without, before) = lived(7, &law(NOTHING));
    let (with, after) = lived(7, &law(SIGN));
    let signed = |all: &[(String, Vec<Fact>)]| {
        all.iter().flat_map(|(_, facts)| facts).filter(|fact| fact.name == "repair.supervisor_confirmed").count()
    };
    let completed = with.iter().flat_map(|(_, facts)| facts).filter(|fact| fact.name == "repair.completed").count();
    assert_eq!((signed(&without), signed(&with)), (0, completed));
    let supervisor = |loads: &Loads| loads.posts()["service_supervisor"].acts;
    assert_eq!(supervisor(&after) - supervisor(&before), completed as u64);
}

#[test]
fn work_waits_for_a_free_hand_and_for_the_morning() {
    let zone = Zone::shanghai();
    let first = zone.start_of_day(date(2026, 1, 1));
    let mut loads = Loads::of(100, first);
    let at = |hour: i64, minute: i64| first.plus_seconds(hour * 3600 + minute * 60);
    assert_eq!(loads.work("finance", at(9, 0), 10), at(9, 10));
    assert_eq!(loads.work("finance", at(9, 0), 10), at(9, 20), "the second waits for the first");
    assert_eq!(loads.work("finance", at(21, 0), 5), at(32, 5), "nobody is there by night");
    assert_eq!(crew_of("no_such_post"), "service_supervisor");
    let load = &loads.posts()["finance"];
    assert_eq!((load.acts, load.minutes.iter().sum::<u64>()), (3, 25));
}

use staff::crew_of;
