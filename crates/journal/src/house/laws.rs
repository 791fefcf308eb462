//! The law of each site (站点之法): adopted rulebook texts, settings and calendar, compiled once a charter version and kept.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex};

use calendar::{Calendar, Moment, Zone};
use office::site::{CalendarEntry, CalendarTold, CharterLog, charter_log};
use rulebook::model::{Book, Kind, Sort};
use rulebook::{Adoption, BlockNow, Charter, Derived, Fact, Law, Problem, Vocabulary};

use crate::entry::BEGINNING;
use crate::fault::{Fault, FaultKind};
use crate::stream;
use crate::tx::Tx;
use crate::{sql, vals};

/// The stream of a site's charter.
pub const CHARTER: &str = "charter";

/// A rulebook that comes with the program.
#[derive(Clone, Debug)]
pub struct Shipped {
    /// The parsed book.
    pub book: Arc<Book>,
    /// Its files: path below the rulebook folder, text.
    pub files: Vec<(String, String)>,
}

/// By site: hash of the charter's last entry, and the law of then.
type Cache = HashMap<i64, ([u8; 32], Arc<SiteLaw>)>;

/// Laws of all sites, and what they are made of.
pub struct Laws {
    /// The vocabulary of all books.
    pub vocabulary: Vocabulary,
    /// Books that come with the program, by id.
    pub shipped: BTreeMap<String, Shipped>,
    /// The calendar that comes with the program; each site has its own over it ([`SiteLaw::calendar`]).
    pub calendar: Calendar,
    /// Zone of the sites.
    pub zone: Zone,
    cache: Mutex<Cache>,
}

/// The law of one site at one version of its charter.
pub struct SiteLaw {
    /// The compiled law, through all versions of the charter.
    pub law: Law,
    /// The charter through time.
    pub log: CharterLog,
    /// The charter in force.
    pub charter: Charter,
    /// Every book ever adopted, by digest.
    pub books: BTreeMap<String, Arc<Book>>,
    /// The site's calendar: what came with the program, with the notices and days that were entered.
    pub calendar: Calendar,
    /// Digest of the charter in force, for the journal.
    pub digest: String,
    /// Facts that periodic duties of these books name: true for those that fulfil one, false for those of which one is
    /// owed only when they happened.
    pub duty_facts: BTreeMap<String, bool>,
    /// Facts that each book speaks of, by the book's digest.
    pub spoken: BTreeMap<String, BTreeSet<String>>,
}

impl Laws {
    /// Laws over these words and books.
    pub fn new(vocabulary: Vocabulary, shipped: BTreeMap<String, Shipped>, calendar: Calendar, zone: Zone) -> Laws {
        Laws { vocabulary, shipped, calendar, zone, cache: Mutex::new(HashMap::new()) }
    }

    /// The same texts for another store: what was compiled for the sites of one says nothing about those of another.
    pub fn for_another_store(&self) -> Laws {
        Laws::new(self.vocabulary.clone(), self.shipped.clone(), self.calendar.clone(), self.zone.clone())
    }

    /// Laws from texts: the vocabulary, every file of every book (path below the rulebooks folder, text), the calendar's
    /// years. What is wrong with the books is told; a rule with a mistake does nothing.
    pub fn of_texts(
        words: &str,
        files: &[(String, String)],
        years: &[&str],
    ) -> Result<(Laws, Vec<Problem>), calendar::BadNotice> {
        let (vocabulary, mut problems) = Vocabulary::parse(words);
        let mut books: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        for (path, text) in files {
            if let Some((book, _)) = path.split_once('/') {
                books.entry(book.to_owned()).or_default().push((path.clone(), text.clone()));
            }
        }
        let mut shipped = BTreeMap::new();
        for (id, files) in books {
            let borrowed: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
            let (book, mut found) = rulebook::parse_book(&vocabulary, &borrowed);
            problems.append(&mut found);
            shipped.insert(id, Shipped { book: Arc::new(book), files });
        }
        let calendar = Calendar::of_years(years)?;
        Ok((Laws::new(vocabulary, shipped, calendar, Zone::shanghai()), problems))
    }

    /// The law of a site as its charter stream stands in this transaction.
    pub fn of_site(&self, tx: &mut dyn Tx, site: i64) -> Result<Arc<SiteLaw>, Fault> {
        let last = charter_stands(tx, site)?;
        if let Some((known, law)) = self.cache().get(&site)
            && *known == last
        {
            return Ok(law.clone());
        }
        let entries = stream::read(tx, site, CHARTER)?;
        let log = charter_log(&entries);
        let law = Arc::new(self.compile(tx, log)?);
        self.cache().insert(site, (last, law.clone()));
        Ok(law)
    }

    /// The word of a vocabulary id: fact, attribute, post or form; the id itself when none is known.
    pub fn word(&self, id: &str) -> String {
        let words = &self.vocabulary;
        let fact = words.fact_of_id(id).map(|at| words.facts[at].zh.as_str());
        fact.or_else(|| words.attribute_of_id(id).map(|at| words.attributes[at].zh.as_str()))
            .or_else(|| words.post_of_id(id).map(|at| words.posts[at].zh.as_str()))
            .or_else(|| words.form_of_id(id).map(|at| words.forms[at].zh.as_str()))
            .unwrap_or(match id {
                "administrator" => "管理员",
                "clock" => "时钟",
                "phone" => "电话系统",
                other => other,
            })
            .to_owned()
    }

    fn cache(&self) -> std::sync::MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Compiles a charter log; texts of editions that no longer ship come from the company's journal.
    fn compile(&self, tx: &mut dyn Tx, log: CharterLog) -> Result<SiteLaw, Fault> {
        let mut books: BTreeMap<String, Arc<Book>> = BTreeMap::new();
        for (_, charter) in &log.versions {
            for adoption in &charter.adoptions {
                if !books.contains_key(&adoption.digest) {
                    let book = self.book(tx, &adoption.book, &adoption.digest)?;
                    books.insert(adoption.digest.clone(), book);
                }
            }
        }
        let calendar = layered(&self.calendar, &log.calendar);
        let mut versions = Vec::new();
        for (from, charter) in &log.versions {
            versions.push((*from, self.compile_charter(charter, &books, &calendar)));
        }
        if versions.is_empty() {
            versions.push((Moment(i64::MIN), self.compile_charter(&Charter::default(), &books, &calendar)));
        }
        let charter = log.now();
        let digest = digest(&charter, log.calendar.len())?;
        let duty_facts = self.duty_facts(&books);
        let spoken = books.iter().map(|(digest, book)| (digest.clone(), self.spoken(book))).collect();
        Ok(SiteLaw { law: Law::history(versions), log, charter, books, calendar, digest, duty_facts, spoken })
    }

    /// The facts that a book speaks of, by id.
    fn spoken(&self, book: &Book) -> BTreeSet<String> {
        let words = &self.vocabulary;
        let uses = book.clauses.iter().flat_map(|clause| &clause.uses).filter(|used| used.sort == Sort::Fact);
        uses.filter_map(|used| words.fact(&used.word)).map(|at| words.facts[at].id.clone()).collect()
    }

    /// What the duties of these books name, whether their clauses wait for a capability or not.
    fn duty_facts(&self, books: &BTreeMap<String, Arc<Book>>) -> BTreeMap<String, bool> {
        let words = &self.vocabulary;
        let id = |word: &str| words.fact(word).map(|at| words.facts[at].id.clone());
        let mut named = BTreeMap::new();
        for rule in books.values().flat_map(|book| &book.clauses).flat_map(|clause| &clause.rules) {
            let Kind::Duty(duty) = &rule.kind else { continue };
            if let Some(of) = duty.of.as_deref().and_then(id) {
                named.entry(of).or_insert(false);
            }
            if let Some(must) = id(&duty.must.value) {
                named.insert(must, true);
            }
        }
        named
    }

    fn compile_charter(&self, charter: &Charter, books: &BTreeMap<String, Arc<Book>>, calendar: &Calendar) -> Law {
        let adopted: Vec<Book> = charter
            .adoptions
            .iter()
            .filter_map(|adoption| books.get(&adoption.digest))
            .map(|book| (**book).clone())
            .collect();
        let charter = self.in_force(charter, &adopted);
        let (law, problems) = Law::compile(&adopted, &self.vocabulary, &charter, calendar, &self.zone);
        for problem in problems {
            tracing::warn!(file = %problem.file, "rulebook problem: {}", problem.sentence);
        }
        law
    }

    /// The charter with the usual bindings, without the clauses that wait for a capability to come: what nobody can do is
    /// not owed, and refuses nothing.
    pub(super) fn in_force(&self, charter: &Charter, books: &[Book]) -> Charter {
        let mut charter = office::site::bound(charter);
        for adoption in &mut charter.adoptions {
            if let Some(book) = books.iter().find(|book| book.digest == adoption.digest) {
                adoption.except.extend(rulebook::coverage::waiting(book, &self.vocabulary));
            }
        }
        charter
    }

    /// The text of an edition, shipped or kept.
    fn book(&self, tx: &mut dyn Tx, id: &str, digest: &str) -> Result<Arc<Book>, Fault> {
        let missing = || Fault::new(FaultKind::Corrupt, format!("the text {digest} of rulebook {id} is not on file"));
        self.text_of(tx, id, digest)?.ok_or_else(missing)
    }

    /// The book of an edition, shipped or kept; none when nobody has it.
    pub(super) fn text_of(&self, tx: &mut dyn Tx, id: &str, digest: &str) -> Result<Option<Arc<Book>>, Fault> {
        if let Some(shipped) = self.shipped.get(id).filter(|shipped| shipped.book.digest == digest) {
            return Ok(Some(shipped.book.clone()));
        }
        let text = sql!("select files from rulebook_text where site = 0 and book = $1 and digest = $2");
        let Some(row) = tx.first(text, &vals![id, digest])? else { return Ok(None) };
        let files = kept_files(row.text(0)?)?;
        let borrowed: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        Ok(Some(Arc::new(rulebook::parse_book(&self.vocabulary, &borrowed).0)))
    }
}

/// The files of a kept rulebook.
pub(super) fn kept_files(text: &str) -> Result<super::Files, Fault> {
    serde_json::from_str(text)
        .map_err(|error| Fault::from_source(FaultKind::Corrupt, "a kept rulebook is not readable", error))
}

/// Hash of the last entry of a site's charter. Not its version: one that was taken back may be given again.
fn charter_stands(tx: &mut dyn Tx, site: i64) -> Result<[u8; 32], Fault> {
    if let Some(hash) = tx.known().charter(site) {
        return Ok(hash);
    }
    let text = sql!("select hash from journal where site = $1 and stream = $2 order by version desc limit 1");
    let hash = tx.first(text, &vals![site, CHARTER])?.map_or(Ok(BEGINNING), |row| row.hash(0))?;
    tx.known().learn_charter(site, Some(hash));
    Ok(hash)
}

/// A calendar with the office's own entries over it.
pub(crate) fn layered(calendar: &Calendar, entries: &[CalendarEntry]) -> Calendar {
    if entries.is_empty() {
        return calendar.clone();
    }
    let (mut notices, mut orders) = (Vec::new(), Vec::new());
    for entry in entries {
        match &entry.told {
            CalendarTold::Notice(notice) => notices.push(notice.clone()),
            CalendarTold::Day(order) => orders.push(order.clone()),
        }
    }
    calendar.with(notices, orders)
}

/// Digest of a charter: what governs an entry, with how many entries its calendar has of its own.
fn digest(charter: &Charter, calendar: usize) -> Result<String, Fault> {
    let mut text = serde_json::to_string(charter)
        .map_err(|error| Fault::from_source(FaultKind::Bug, "a charter cannot be written down", error))?;
    if calendar > 0 {
        text.push_str(&calendar.to_string());
    }
    Ok(blake3::hash(text.as_bytes()).to_hex()[..16].to_owned())
}

impl SiteLaw {
    /// All answers for one subject.
    pub fn derive(&self, subject: &str, facts: &[Fact], as_of: Moment) -> Derived {
        self.law.derive(subject, facts, as_of)
    }

    /// What the clauses refuse of an act, its own attributes counted in.
    pub fn refuses(&self, facts: &[Fact], act: &Fact) -> Vec<BlockNow> {
        self.law.refusals(facts, act)
    }

    /// The adoption of a book that holds at a moment, with its edition.
    pub fn adopted(&self, book: &str, at: Moment) -> Option<(&Adoption, &Arc<Book>)> {
        let adoption = self.charter.adoption(book, at)?;
        Some((adoption, self.books.get(&adoption.digest)?))
    }

    /// Whether a book adopted at a moment speaks of a fact.
    pub fn speaks_of(&self, fact: &str, at: Moment) -> bool {
        let books: BTreeSet<&str> = self.charter.adoptions.iter().map(|it| it.book.as_str()).collect();
        let holds = books.into_iter().filter_map(|book| self.charter.adoption(book, at));
        holds.filter_map(|adoption| self.spoken.get(&adoption.digest)).any(|facts| facts.contains(fact))
    }

    /// Adoptions of a book that are planned for after a moment.
    pub fn planned(&self, book: &str, at: Moment) -> Option<&Adoption> {
        self.charter.adoptions.iter().find(|it| it.book == book && it.from > at)
    }

    /// Value of a setting in force, none when it stands at its default.
    pub fn setting(&self, name: &str) -> Option<&str> {
        self.charter.settings.get(name).map(String::as_str)
    }

    /// Value of a setting that an adopted rulebook declares, its default included; none when no adopted one does.
    pub fn book_setting(&self, name: &str) -> Option<&str> {
        let declared = self.books.values().flat_map(|book| &book.settings).find(|it| it.name == name)?;
        Some(self.setting(name).unwrap_or(&declared.default))
    }

    /// How the site speaks of whom it serves and of itself.
    pub fn address(&self) -> office::site::Address {
        office::site::Address::of(self.office_setting("服务对象称呼"), self.office_setting("办公室称呼"))
    }

    /// Value of one of the office's own settings, default included.
    pub fn office_setting(&self, name: &str) -> &str {
        self.setting(name).unwrap_or_else(|| {
            office::site::office_settings().iter().find(|it| it.name == name).map_or("", |it| it.default)
        })
    }

    /// Value that one of the office's own settings had at a moment, default included.
    pub fn office_setting_at(&self, name: &str, at: Moment) -> &str {
        let held = self.log.versions.iter().rev().find(|(from, _)| *from <= at);
        let set = held.and_then(|(_, charter)| charter.settings.get(name));
        set.map_or_else(
            || office::site::office_settings().iter().find(|it| it.name == name).map_or("", |it| it.default),
            String::as_str,
        )
    }

    /// Seconds of a span setting of the office.
    pub fn office_seconds(&self, name: &str) -> i64 {
        seconds(self.office_setting(name))
    }
}

/// A span of a setting in seconds; 0 for what is none.
pub(super) fn seconds(span: &str) -> i64 {
    match calendar::Span::parse(span) {
        Ok(calendar::Span::Seconds(seconds)) => seconds,
        Ok(calendar::Span::Days(days)) => days * 86_400,
        _ => 0,
    }
}
