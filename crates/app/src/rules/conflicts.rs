//! `huiyin rules conflicts` (条款冲突): clauses of different rulebooks that measure one act differently, side by side.

use std::io::Write as _;

use calendar::{Moment, Zone};
use clap::Args;
use rulebook::model::Rule;
use rulebook::{Adoption, Charter, ClauseRef, Conflict, Law, ReadBack};

use super::Source;
use crate::ending::{Ending, WrongCall};
use crate::shelf;

/// 条款冲突
#[derive(Debug, Args)]
pub struct Arguments {
    /// 一部：它与其他各部的冲突；几部：这几部之间的冲突；不写：全部
    #[arg(value_name = "规程")]
    books: Vec<String>,
    #[command(flatten)]
    source: Source,
}

/// Prints every pair with what both clauses say, as if all books were adopted, with every setting at its
/// default and the usual people for each post.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let source = &arguments.source;
    let shelf = source.shelf(&[])?;
    if let Some(unknown) = arguments.books.iter().find(|id| !shelf.books.iter().any(|book| book.id == **id)) {
        return Err(WrongCall(format!("没有规程 {unknown}；huiyin rules list 列出规程")).into());
    }
    let (calendar, zone) = (shelf::calendar()?, Zone::shanghai());
    let from = zone.start_of_day(jiff::civil::date(2000, 1, 1));
    let adoptions = shelf.books.iter().map(|book| Adoption::whole(&book.id, &book.digest, from)).collect();
    let charter = office::site::bound(&Charter { adoptions, ..Charter::default() });
    let law = Law::compile(&shelf.books, &shelf.words, &charter, &calendar, &zone).0;
    let named = |clause: &ClauseRef| arguments.books.contains(&clause.book);
    let wanted = |it: &Conflict| match arguments.books.len() {
        0 => true,
        1 => it.sides.iter().any(named),
        _ => it.sides.iter().all(named),
    };
    let found: Vec<Conflict> = law.conflicts(Moment(i64::MAX - 1)).into_iter().filter(wanted).collect();
    let lang = source.lang();
    let reader = ReadBack::new(&shelf.words, &shelf.books, lang);
    let mut out = std::io::stdout().lock();
    for one in &found {
        let aspects: Vec<&str> = one.aspects.iter().map(|it| it.word(lang)).collect();
        writeln!(out, "{}：{}", word(&shelf.words, &one.act), aspects.join(source.say("、", ", ")))?;
        for (place, clause) in one.sides.iter().enumerate() {
            let strict = if one.stricter == Some(place) { source.say("（较严）", " (stricter)") } else { "" };
            for rule in rules(&shelf, clause) {
                writeln!(out, "  {}/{}{strict} {}", clause.book, clause.id, reader.rule(rule))?;
            }
        }
        writeln!(out)?;
    }
    writeln!(out, "{} {}", found.len(), source.say("处冲突", "conflicts"))?;
    Ok(Ending::Done)
}

/// The rules of a register number.
fn rules<'a>(shelf: &'a shelf::Shelf, clause: &ClauseRef) -> Vec<&'a Rule> {
    let book = shelf.books.iter().find(|book| book.id == clause.book);
    let all = book.into_iter().flat_map(|book| &book.clauses).flat_map(|clause| &clause.rules);
    all.filter(|rule| rule.id.value == clause.id).collect()
}

/// The word of a fact, attribute or form; what is none of them as it stands.
fn word(words: &rulebook::Vocabulary, id: &str) -> String {
    let fact = words.fact_of_id(id).map(|at| words.facts[at].zh.as_str());
    let form = || words.form_of_id(id).map(|at| words.forms[at].zh.as_str());
    let attribute = || words.attribute_of_id(id).map(|at| words.attributes[at].zh.as_str());
    fact.or_else(form).or_else(attribute).unwrap_or(id).to_owned()
}
