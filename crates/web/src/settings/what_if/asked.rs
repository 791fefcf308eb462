//! What was asked (所问): the form read into a trial law and what it is played over; what cannot be read is refused with the
//! way to write it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use calendar::{DayOrder, Moment};
use jiff::civil::Date;
use journal::SiteLaw;
use journal::house::Trial;
use office::Refusal;
use office::site::office_settings;
use rulebook::model::Book;
use rulebook::nearest::nearest;

use crate::language::{said, t};
use crate::page::Filled;
use crate::rulebooks::own;
use crate::rulebooks::replay::{MATTERS_MAX, UNITS_MAX, YEARS};
use crate::security::Fault;
use crate::state::Here;

/// How many settings the form changes at once.
pub const SETTINGS: usize = 4;
/// Days that are settled otherwise at most.
const DAYS_MAX: usize = 40;

/// Every rulebook that can be tried.
pub struct Shelf {
    /// By id: the edition in force, else the one that comes with the program.
    pub books: BTreeMap<String, Arc<Book>>,
    /// The office's own drafts.
    pub drafts: BTreeMap<String, Arc<Book>>,
}

/// What is tried, over what.
pub struct Asked {
    /// The trial.
    pub tried: Trial,
    /// Over what.
    pub over: Over,
    /// The changes in words.
    pub changes: Vec<String>,
}

/// Over what it is played.
pub enum Over {
    /// Real cases opened from a moment on and before another.
    Past { from: Moment, until: Moment },
    /// A made-up year.
    Year { year: i16, seed: u64, units: u32, matters: u32 },
}

impl Shelf {
    /// The rulebooks on file and the drafts that can be read.
    pub async fn of(here: &Here, law: &SiteLaw) -> Result<Shelf, Fault> {
        let shipped = here.house().laws().shipped.iter().map(|(id, it)| (id.clone(), it.book.clone()));
        let mut books: BTreeMap<String, Arc<Book>> = shipped.collect();
        for adoption in law.charter.adopted(here.now) {
            if let Some(book) = law.books.get(&adoption.digest) {
                books.insert(adoption.book.clone(), book.clone());
            }
        }
        let mut drafts = BTreeMap::new();
        for id in own::ids(here).await? {
            if let Some((book, _)) = own::parsed(here, &id).await? {
                drafts.insert(id, Arc::new(book));
            }
        }
        Ok(Shelf { books, drafts })
    }

    /// Ids of both, in order.
    pub fn ids(&self) -> BTreeSet<&String> {
        self.books.keys().chain(self.drafts.keys()).collect()
    }

    /// Settings that a trial can change: the office's own and those of every book on file, each with its value or default.
    pub fn settings(&self, law: &SiteLaw) -> BTreeMap<String, String> {
        let declared = self.books.values().chain(self.drafts.values()).flat_map(|book| &book.settings);
        let of_books = declared.map(|it| (it.name.clone(), it.default.clone()));
        let of_office = office_settings().iter().map(|it| (it.name.to_owned(), it.default.to_owned()));
        let mut all: BTreeMap<String, String> = of_books.chain(of_office).collect();
        for (name, value) in &mut all {
            if let Some(set) = law.setting(name) {
                set.clone_into(value);
            }
        }
        all
    }
}

/// Register numbers of a book.
pub fn numbers(book: &Book) -> BTreeSet<String> {
    book.clauses.iter().flat_map(|clause| &clause.rules).map(|rule| rule.id.value.clone()).collect()
}

/// The register numbers that a typed number stands for: the number of a clause stands for all of its rules.
fn rules_of(book: &Book, typed: &str) -> Vec<String> {
    let of_clause = book.clauses.iter().filter(|clause| clause.number == typed).flat_map(|clause| &clause.rules);
    let mut rules: Vec<String> = of_clause.map(|rule| rule.id.value.clone()).collect();
    if rules.is_empty() {
        rules.push(typed.to_owned());
    }
    rules
}

fn no(why: impl Into<String>, next: impl Into<String>, field: &str) -> Refusal {
    Refusal::new(t("没有推演"), why, next).at(field)
}

impl Asked {
    /// The form read. Nothing changed is an answer too: both sides are then the same.
    pub fn of(here: &Here, law: &SiteLaw, shelf: &Shelf, filled: &Filled) -> Result<Asked, Refusal> {
        let mut asked = Asked { tried: law.today(here.now), over: over(here, filled)?, changes: Vec::new() };
        for id in shelf.ids() {
            asked.book(shelf, id, filled)?;
        }
        for place in 1..=SETTINGS {
            asked.setting(here, law, shelf, filled, place)?;
        }
        asked.days(filled, "work", true)?;
        asked.days(filled, "rest", false)?;
        if asked.changes.is_empty() {
            asked.changes.push(t("什么都没有改。").to_owned());
        }
        Ok(asked)
    }

    /// One rulebook as the form changes it.
    fn book(&mut self, shelf: &Shelf, id: &str, filled: &Filled) -> Result<(), Refusal> {
        let (how, typed) = (filled.get(&format!("book.{id}")), filled.get(&format!("clauses.{id}")));
        let field = format!("clauses.{id}");
        let book = match how {
            "own" => shelf.drafts.get(id),
            _ => shelf.books.get(id),
        };
        let Some(book) = book.filter(|_| !how.is_empty()) else { return Ok(()) };
        let all = numbers(book);
        let named: BTreeSet<String> = split(typed).flat_map(|it| rules_of(book, it)).collect();
        if let Some(unknown) = named.iter().find(|it| !all.contains(*it)) {
            let near = nearest(unknown, all.iter().map(String::as_str));
            let next = near.map_or(t("请看规程库里的条款编号。").to_owned(), |near| {
                crate::t!("最接近的是 {}。", near)
            });
            return Err(no(crate::t!("{0} 没有 {1} 这一款", book_name(book), unknown), next, &field));
        }
        if named.is_empty() && matches!(how, "only" | "without") {
            return Err(no(crate::t!("{} 没有写是哪几款", book_name(book)), t("请写条款编号，用空格隔开。"), &field));
        }
        let words = book_name(book);
        let listed = split(typed).collect::<Vec<_>>().join(" ");
        match how {
            "leave" => self.tried.leave(id),
            "only" => self.tried.adopt(book, all.difference(&named).cloned().collect()),
            _ => self.tried.adopt(book, named.clone()),
        }
        self.changes.push(match how {
            "leave" => crate::t!("停用 {}", words),
            "only" => crate::t!("{0} 只采用 {1}", words, listed),
            "own" if named.is_empty() => crate::t!("采用自编稿 {}", words),
            _ if named.is_empty() => crate::t!("采用 {} 全部", words),
            _ => crate::t!("采用 {0}，不含 {1}", words, listed),
        });
        Ok(())
    }

    fn setting(
        &mut self,
        here: &Here,
        law: &SiteLaw,
        shelf: &Shelf,
        filled: &Filled,
        place: usize,
    ) -> Result<(), Refusal> {
        let (name, value) = (filled.get(&format!("set{place}")), filled.get(&format!("value{place}")));
        if name.is_empty() {
            return Ok(());
        }
        let drafts = shelf.drafts.values().flat_map(|book| &book.settings);
        let of_draft = drafts.into_iter().find(|it| it.name == name);
        let laws = here.house().laws();
        let unfit = match of_draft.filter(|_| !value.is_empty()) {
            Some(own) => rulebook::setting_fits(&laws.vocabulary, &own.unit, value, &own.choices)
                .err()
                .map(|forms| no(crate::t!("“{}”不是可用的取值", value), crate::t!("可以写：{}", forms), name)),
            None => law.unfit_setting(laws, name, value),
        };
        if let Some(mut refusal) = unfit {
            t("没有推演").clone_into(&mut refusal.what);
            return Err(refusal.at(&format!("value{place}")));
        }
        self.tried.set(name, value);
        let (name, value) = (said(name, None), said(value, None));
        self.changes.push(match value.is_empty() {
            true => crate::t!("设置 {} 用默认值", name),
            false => crate::t!("设置 {0} 为 {1}", name, value),
        });
        Ok(())
    }

    fn days(&mut self, filled: &Filled, field: &str, worked: bool) -> Result<(), Refusal> {
        let days: Vec<&str> = split(filled.get(field)).collect();
        if days.len() > DAYS_MAX {
            return Err(no(crate::t!("日期最多 {} 天", DAYS_MAX), t("请少写几天。"), field));
        }
        for day in days {
            let date = date(day, field)?;
            self.tried.orders.push(DayOrder::always(date, worked, "推演"));
            self.changes.push(match worked {
                true => crate::t!("{} 上班", date),
                false => crate::t!("{} 放假", date),
            });
        }
        Ok(())
    }
}

fn book_name(book: &Book) -> String {
    said(&book.name, Some(&book.name_en)).into_owned()
}

fn date(typed: &str, field: &str) -> Result<Date, Refusal> {
    typed.parse().map_err(|_| no(crate::t!("看不懂日期“{}”", typed), t("请写成 2026-10-10 这样。"), field))
}

fn split(typed: &str) -> impl Iterator<Item = &str> {
    typed.split(|c: char| c.is_whitespace() || matches!(c, '、' | '，' | ',' | '；' | ';')).filter(|it| !it.is_empty())
}

fn over(here: &Here, filled: &Filled) -> Result<Over, Refusal> {
    if filled.get("of") == "year" {
        let number =
            |field: &str, usual: u64, most: u64| match filled.get(field) {
                "" => Ok(usual),
                typed => typed.parse::<u64>().ok().filter(|it| *it <= most && (*it > 0 || field == "seed")).ok_or_else(
                    || no(crate::t!("“{}”不是可用的数", typed), crate::t!("请写 1 至 {} 的整数。", most), field),
                ),
            };
        let usual_year = here.house().laws().zone.date(here.now).year();
        let year = match filled.get("year") {
            "" => usual_year,
            typed => typed.parse::<i16>().ok().filter(|it| YEARS.contains(it)).ok_or_else(|| {
                let next = crate::t!("请写 {0} 至 {1} 的年份。", YEARS.start(), YEARS.end());
                no(crate::t!("“{}”不是可用的年份", typed), next, "year")
            })?,
        };
        let small = |number: u64| u32::try_from(number).unwrap_or(1);
        return Ok(Over::Year {
            year,
            seed: number("seed", 7, u64::from(u32::MAX))?,
            units: small(number("units", 500, u64::from(UNITS_MAX))?),
            matters: small(number("matters", 5, u64::from(MATTERS_MAX))?),
        });
    }
    let zone = &here.house().laws().zone;
    let day = |field: &str| match filled.get(field) {
        "" => Ok(None),
        typed => date(typed, field).map(Some),
    };
    let today = zone.date(here.now);
    let (from, to) = (day("from")?.unwrap_or(usual_from(today)), day("to")?.unwrap_or(today));
    if from > to {
        return Err(no(t("起日在止日之后"), t("请把两个日期对调。"), "from"));
    }
    Ok(Over::Past { from: zone.start_of_day(from), until: zone.end_of_day(to) })
}

/// The first day of the past when none is typed: three months ago.
pub fn usual_from(today: Date) -> Date {
    today.checked_sub(jiff::Span::new().months(3)).unwrap_or(today)
}
