//! Every statement of this crate is read by both engines, so that a slip shows here and not at the desk.

use calendar::Moment;

use super::bed::{Bed, TOY_SCHEMA};
use crate::reads::CaseFilter;
use crate::reads::cases::conditions;
use crate::reads::household::MATTERS;
use crate::reads::overview::{OWED, TOLD};
use crate::{Engine, Entry, Fault, Projector, Sql, Tx, Val};

/// The tables of the office and of the toy together, made and never written.
struct Tables(String);

impl Projector for Tables {
    fn tables(&self) -> &[&'static str] {
        &[]
    }

    fn schema(&self) -> &str {
        &self.0
    }

    fn project(&self, _: &mut dyn Tx, _: &[Entry]) -> Result<(), Fault> {
        Ok(())
    }
}

/// A statement found in the source, with its place.
struct Found {
    place: String,
    only: Option<Engine>,
    text: &'static str,
}

/// Finds every `sql!("…")` under `src`.
fn statements() -> Vec<Found> {
    let mut found = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && !path.ends_with("tests/statements.rs")
            {
                let source = std::fs::read_to_string(&path).unwrap();
                find_in(&path.display().to_string(), &source, &mut found);
            }
        }
    }
    found
}

fn find_in(place: &str, source: &str, found: &mut Vec<Found>) {
    for (at, _) in source.match_indices("sql!(") {
        let line = source[..at].matches('\n').count() + 1;
        let inside = source[at + "sql!(".len()..].trim_start();
        let (only, inside) = match inside {
            it if it.starts_with("sqlite ") => (Some(Engine::Sqlite), &it["sqlite ".len()..]),
            it if it.starts_with("postgres ") => (Some(Engine::Postgres), &it["postgres ".len()..]),
            it => (None, it),
        };
        let before = source[..at].lines().last().unwrap_or_default();
        if before.trim_start().starts_with("//") || !inside.starts_with('"') {
            continue;
        }
        found.push(Found { place: format!("{place}:{line}"), only, text: literal(&inside[1..]).leak() });
    }
}

/// The text of a string literal, up to its closing quote.
fn literal(source: &str) -> String {
    let mut out = String::new();
    let mut signs = source.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '"' => return out,
            '\\' => match signs.next() {
                Some('n') => out.push('\n'),
                Some('\n') => signs = signs.as_str().trim_start().chars(),
                Some(other) => out.push(other),
                None => break,
            },
            other => out.push(other),
        }
    }
    panic!("a statement without an end: {out}");
}

fn store(engine: Engine) -> (Bed, crate::Store) {
    let bed = Bed::new(engine);
    let schema = format!("{TOY_SCHEMA}\n{}", include_str!("../views/schema.sql"));
    let store = bed.open_with(Box::new(Tables(schema)));
    (bed, store)
}

fn all_are_read_by(engine: Engine) {
    let (_bed, store) = store(engine);
    let statements = statements();
    assert!(statements.len() > 20, "only {} statements found", statements.len());
    let mut wrong = Vec::new();
    for statement in statements.iter().filter(|it| it.only.is_none_or(|only| only == engine)) {
        let sql = Sql::fixed(statement.text);
        if let Err(fault) = store.keep(move |tx| tx.prepare(&sql)).wait() {
            wrong.push(format!("{}: {}", statement.place, fault.chain()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sqlite_reads_every_statement() {
    all_are_read_by(Engine::Sqlite);
}

#[test]
fn postgres_reads_every_statement() {
    all_are_read_by(Engine::Postgres);
}

/// Tables with as many rows as there were matters, calls and people.
const LARGE: [&str; 14] = [
    "case_row",
    "follow_up_row",
    "obligation_row",
    "escalation_row",
    "member_row",
    "form_row",
    "copy_row",
    "contact_row",
    "duty_fact_row",
    "attachment_row",
    "person_row",
    "person_key",
    "survey_invite_row",
    "survey_answer_row",
];

/// How SQLite goes about a statement, as it tells it.
fn plan(store: &crate::Store, text: &str) -> Vec<String> {
    let parameters = (1..40).take_while(|n| text.contains(&format!("${n}"))).count();
    let explain = Sql::built(format!("explain query plan {text}"));
    let plan = store.keep(move |tx| tx.query(explain.clone(), &vec![Val::I(1); parameters]));
    plan.wait().unwrap().iter().map(|row| row.text(3).unwrap().to_owned()).collect()
}

#[test]
fn no_statement_reads_a_whole_site_of_a_large_table() {
    let (_bed, store) = store(Engine::Sqlite);
    let looks_up = |it: &&Found| {
        // The keys go out as a whole, site by site.
        !it.text.contains("{keys}")
            && it.only.is_none_or(|only| only == Engine::Sqlite)
            && LARGE.iter().any(|table| it.text.contains(table))
            && ["select", "update", "delete"].iter().any(|word| it.text.starts_with(word))
    };
    let all = statements();
    let mut broad = Vec::new();
    for found in all.iter().filter(looks_up) {
        // A partial index holds what is open, and that is little.
        let whole = |step: &String| step.ends_with("(site=?)") && !step.contains("_open ") && !step.contains("_due ");
        if plan(&store, found.text).iter().any(whole) {
            broad.push(format!("{}: {}", found.place, found.text));
        }
    }
    assert!(broad.is_empty(), "{}", broad.join("\n"));
}

#[test]
fn the_matters_of_a_household_are_found_by_the_household() {
    let (_bed, store) = store(Engine::Sqlite);
    let plan = plan(&store, &format!("select c.id from {MATTERS}"));
    assert_eq!(plan, ["SEARCH c USING INDEX case_household (site=? AND household=? AND ended=?)"]);
}

#[test]
fn the_managers_page_looks_at_open_work_and_single_weeks_only() {
    let (_bed, store) = store(Engine::Sqlite);
    let owed = plan(&store, &format!("select o.id from {OWED} order by o.due, o.id"));
    assert!(owed[0].contains("obligation_due (site=? AND due<?)"), "{owed:?}");
    let told = plan(&store, &format!("select e.id from {TOLD} order by e.at, e.id"));
    assert!(told[0].contains("case_open (site=? AND next_due<?)") && told[1].contains("escalation_case"), "{told:?}");
    let week = "select count(*), count(case when breaches > 0 then 1 end) from case_row
                where site = $1 and record = 0 and opened >= $2 and opened < $3";
    assert!(plan(&store, week)[0].contains("COVERING INDEX case_opened"), "a week is counted in the index alone");
    let posts = "select o.bearer, o.state, o.soft, count(*), sum(case when o.due < $2 or o.due = $2 and o.due_day = 1 then 1 end)
                 from obligation_row o where o.site = $1 and o.book = $3 and o.month = $4 group by o.bearer, o.state, o.soft";
    assert!(plan(&store, posts)[0].contains("COVERING INDEX obligation_clause"), "so is a month of a book");
}

#[test]
fn lists_of_open_matters_do_not_walk_through_the_register() {
    let (_bed, store) = store(Engine::Sqlite);
    let filter = |change: fn(&mut CaseFilter)| {
        let mut filter = CaseFilter::default();
        change(&mut filter);
        filter
    };
    for (filter, index) in [
        (filter(|it| it.late = true), "case_open (site=? AND next_due<?)"),
        (filter(|it| it.unchased = true), "case_open (site=?"),
        (filter(|it| it.ended = Some(false)), "case_open (site=?)"),
        (filter(|it| it.assignee = Some("a".into())), "case_assignee (site=? AND assignee=?)"),
        (filter(|_| ()), "case_opened (site=? AND record=?)"),
    ] {
        let (text, _, opened) = conditions(1, &filter, Moment(1));
        let plan = plan(&store, &format!("{text} order by {opened} desc, c.id desc limit 100"));
        assert!(plan[0].contains(index), "{text}: {plan:?}");
    }
}
