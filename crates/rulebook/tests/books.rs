//! The rulebooks that come with the product: every worked example answers as it says.

use std::path::{Path, PathBuf};

use calendar::{Calendar, Zone};
use rulebook::model::Book;
use rulebook::{Charter, Examiner, Law, Vocabulary, parse_book};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sorted(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).expect("the folder is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    paths
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).expect("the file is there")
}

fn words() -> Vocabulary {
    Vocabulary::parse(&text(&root().join("rulebooks/words.toml"))).0
}

fn books(words: &Vocabulary) -> Vec<Book> {
    let folders = sorted(&root().join("rulebooks")).into_iter().filter(|path| path.is_dir());
    let book = |folder: PathBuf| {
        let id = folder.file_name().expect("a name").to_string_lossy().into_owned();
        let named = |path: &PathBuf| {
            let name = path.file_name().expect("a name").to_string_lossy();
            (format!("{id}/{name}"), text(path))
        };
        let files: Vec<(String, String)> = sorted(&folder).iter().map(named).collect();
        let pairs: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        parse_book(words, &pairs).0
    };
    folders.map(book).collect()
}

fn calendar() -> Calendar {
    let years: Vec<String> = sorted(&root().join("calendars/cn")).iter().map(|path| text(path)).collect();
    let years: Vec<&str> = years.iter().map(String::as_str).collect();
    Calendar::of_years(&years).expect("the calendars can be read")
}

#[test]
fn every_example_answers_as_it_says() {
    let (words, zone, calendar) = (words(), Zone::shanghai(), calendar());
    let books = books(&words);
    let problems = Examiner::new(&words, &books, &calendar, &zone).examine();
    let list: Vec<String> = problems.iter().map(|problem| format!("{} {}", problem.file, problem.sentence)).collect();
    assert!(list.is_empty(), "{}", list.join("\n"));
}

#[test]
fn every_rule_can_be_compiled() {
    let (words, zone, calendar) = (words(), Zone::shanghai(), calendar());
    let books = books(&words);
    let from = zone.start_of_day(jiff::civil::date(2026, 1, 1));
    let adoption = |book: &Book| rulebook::Adoption::whole(&book.id, &book.digest, from);
    let charter = Charter { adoptions: books.iter().map(adoption).collect(), ..Charter::default() };
    let (_, problems) = Law::compile(&books, &words, &charter, &calendar, &zone);
    let list: Vec<String> = problems.iter().map(|problem| format!("{} {}", problem.file, problem.sentence)).collect();
    assert!(list.is_empty(), "{}", list.join("\n"));
}

#[test]
fn two_offices_rules_of_follow_up_differ_where_their_texts_do() {
    let (words, zone, calendar) = (words(), Zone::shanghai(), calendar());
    let mut books = books(&words);
    books.retain(|book| ["followup-9", "followup-residential"].contains(&book.id.as_str()));
    let from = zone.start_of_day(jiff::civil::date(2026, 1, 1));
    let adoption = |book: &Book| rulebook::Adoption::whole(&book.id, &book.digest, from);
    let charter = Charter { adoptions: books.iter().map(adoption).collect(), ..Charter::default() };
    let (law, _) = Law::compile(&books, &words, &charter, &calendar, &zone);
    let found: Vec<String> = law
        .conflicts(from)
        .iter()
        .map(|one| {
            let aspects: Vec<&str> = one.aspects.iter().map(|it| it.word(rulebook::Lang::Chinese)).collect();
            let stricter = one.stricter.map_or("", |place| one.sides[place].id.as_str());
            format!("{} {} {} 严 {stricter}", one.sides[0].id, one.sides[1].id, aspects.join("、"))
        })
        .collect();
    // Complaints: 2 days and every one, against 3 days and half; repairs: 60 % against 30 %.
    for told in [
        "4.1.1(1) 1.3a 时限 严 4.1.1(1)",
        "4.1.2(1) 1.3b 时限、比率 严 4.1.2(1)",
        "4.1.2(2)a 1.4b 时限、比率 严 4.1.2(2)a",
        "4.1.1(6) 1.5a 时限 严 4.1.1(6)",
        "3.4 1.4c 由谁办 严 ",
    ] {
        assert!(found.iter().any(|one| one == told), "{told} is not among\n{}", found.join("\n"));
    }
}
