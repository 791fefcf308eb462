//! The law of a site (适用的规程): its books, charter and calendar made ready for derivation, with earlier versions.

use std::collections::HashMap;
use std::sync::Arc;

use calendar::{Calendar, Moment, ServiceHours, Shifts, Zone};

use crate::charter::Charter;
use crate::compile::plan::{Plan, Stretch, UNKNOWN, Word, Work};
use crate::compile::value::{self, Value};
use crate::compile::{Compiler, Settings};
use crate::fact::Fact;
use crate::model::{Book, Clause, Rule};
use crate::problem::Problem;
use crate::words::Vocabulary;

/// The fact that withdraws a case: it ends what is open.
pub const WITHDRAWN: &str = "case.withdrawn";
/// The setting (flag) by which days that end on a rest day are moved to the next working day.
pub const ROLL: &str = "遇休息日顺延";
/// The setting of the site's hours of service: `工作日 08:30-12:00、13:30-17:30`.
pub const SERVICE_HOURS: &str = "服务时间";
/// What stands until a site says otherwise (T8).
const USUAL_HOURS: &str = "08:30-17:30";
/// The setting of the site's shifts: `白班 08:00-20:00；夜班 20:00-08:00`.
pub const SHIFTS: &str = "班次";

/// What the engine derives under: one or several versions, each with its books, charter and calendar. Clones are cheap.
#[derive(Clone, Debug)]
pub struct Law {
    pub(crate) words: Arc<Vocabulary>,
    lookup: Arc<Lookup>,
    /// In order of time, without gaps between them.
    pub(crate) versions: Vec<Arc<Version>>,
}

/// Places by id, for facts that come in.
#[derive(Debug)]
struct Lookup {
    facts: HashMap<String, Word>,
    attributes: HashMap<String, Word>,
    posts: HashMap<String, Word>,
    /// Kinds of subject of each fact, one bit each.
    kinds: Vec<u64>,
    withdrawn: Option<Word>,
}

/// One version of the law.
#[derive(Debug)]
pub(crate) struct Version {
    /// When it holds.
    pub stretch: Stretch,
    pub plans: Vec<Plan>,
    /// Places of the plans that facts open, in the order in which they are run.
    pub order: Vec<usize>,
    /// For each fact of the vocabulary, places in `order`.
    pub opens: Vec<Vec<u32>>,
    /// Places of classifications, rosters whose breach makes an act worthless, and rules that stand without opening.
    pub classifies: Vec<usize>,
    pub rosters: Vec<usize>,
    pub standing: Vec<usize>,
    pub duties: Vec<usize>,
    pub calendar: Calendar,
    pub zone: Zone,
    /// Ends of days that are rest days move to the next working day (T3's setting).
    pub roll: bool,
    pub hours: ServiceHours,
    /// None until the site states its shifts.
    pub shifts: Option<Shifts>,
    pub source: Arc<Source>,
}

/// What a version was made from.
#[derive(Debug)]
pub(crate) struct Source {
    /// The books without their examples and texts.
    pub books: Vec<Arc<Book>>,
    pub charter: Charter,
}

/// A fact as the engine reads it: places in the vocabulary instead of words. Made by `Law::intern`, valid for laws with
/// the same vocabulary.
#[derive(Clone, Debug)]
pub struct Interned {
    pub(crate) at: Moment,
    pub(crate) seq: i64,
    pub(crate) entered: Moment,
    pub(crate) name: Word,
    /// 0 when nobody is named.
    pub(crate) person: Value,
    pub(crate) by: Box<[Word]>,
    pub(crate) attributes: Box<[(Word, Value)]>,
}

impl Law {
    /// The law that these books, charter and calendar make, and what is wrong with it: words and settings that nobody
    /// declares, values of settings that do not fit, adopted editions whose text is missing, due moments in a circle.
    /// A rule with a mistake does nothing.
    pub fn compile(
        books: &[Book],
        vocabulary: &Vocabulary,
        charter: &Charter,
        calendar: &Calendar,
        zone: &Zone,
    ) -> (Law, Vec<Problem>) {
        // The same edition adopted twice is one book.
        let first = |(place, book): &(usize, &Book)| {
            !books[..*place].iter().any(|other| other.id == book.id && other.digest == book.digest)
        };
        let books = books.iter().enumerate().filter(first).map(|(_, book)| Arc::new(lean(book))).collect();
        Law::none(vocabulary).with(books, charter, calendar, zone)
    }

    /// A law over this vocabulary that asks nothing.
    pub(crate) fn none(vocabulary: &Vocabulary) -> Law {
        let words = Arc::new(vocabulary.clone());
        Law { lookup: Arc::new(Lookup::of(&words)), words, versions: Vec::new() }
    }

    /// A law over the same vocabulary.
    pub(crate) fn with(
        &self,
        books: Vec<Arc<Book>>,
        charter: &Charter,
        calendar: &Calendar,
        zone: &Zone,
    ) -> (Law, Vec<Problem>) {
        let source = Arc::new(Source { books, charter: charter.clone() });
        let (version, problems) = Version::of(&source, &self.words, calendar, zone, Stretch::ALWAYS);
        let (words, lookup) = (Arc::clone(&self.words), Arc::clone(&self.lookup));
        (Law { words, lookup, versions: vec![Arc::new(version)] }, problems)
    }

    /// One law of several, each from its moment on: obligations keep the law of their opening fact. Laws are sorted by
    /// their moment; of several for one moment the last holds. The vocabulary is that of the last law, in which the
    /// earlier ones are read again when theirs differs. No laws make a law that asks nothing.
    pub fn history(mut laws: Vec<(Moment, Law)>) -> Law {
        laws.sort_by_key(|(from, _)| *from);
        let Some((_, last)) = laws.last() else {
            return Law::none(&Vocabulary::default());
        };
        let (words, lookup) = (Arc::clone(&last.words), Arc::clone(&last.lookup));
        let moments: Vec<Moment> = laws.iter().map(|(from, _)| *from).collect();
        let mut versions = Vec::new();
        for (place, (from, law)) in laws.into_iter().enumerate() {
            let until = moments.get(place + 1).copied().unwrap_or(Moment(i64::MAX));
            let same_words = Arc::ptr_eq(&law.words, &words) || *law.words == *words;
            for version in law.versions {
                let Some(stretch) = version.stretch.common(Stretch { from, until }) else { continue };
                versions.push(Arc::new(version.within(stretch, same_words.then_some(()), &words)));
            }
        }
        Law { words, lookup, versions }
    }

    /// The same law with another calendar in all its versions: to see what a notice moves.
    #[must_use]
    pub fn under(&self, calendar: &Calendar) -> Law {
        let under = |version: &Arc<Version>| {
            let mut version = version.within(version.stretch, Some(()), &self.words);
            version.calendar = calendar.clone();
            Arc::new(version)
        };
        let (words, lookup) = (Arc::clone(&self.words), Arc::clone(&self.lookup));
        Law { words, lookup, versions: self.versions.iter().map(under).collect() }
    }

    /// The vocabulary.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.words
    }

    /// The fact as the engine reads it. Facts and attributes that the vocabulary does not know mean nothing to a law.
    pub fn intern(&self, fact: &Fact) -> Interned {
        let mut attributes = Vec::with_capacity(fact.attributes.len());
        for (id, text) in &fact.attributes {
            if let Some(place) = self.lookup.attributes.get(id.as_str()) {
                let unit = &self.words.attributes[*place as usize].unit;
                value::of_fact(unit, &self.words, text, |value| attributes.push((*place, value)));
            }
        }
        let post = |id: &String| self.lookup.posts.get(id.as_str()).copied().unwrap_or(UNKNOWN);
        Interned {
            at: fact.at,
            seq: fact.seq,
            entered: fact.entered,
            name: self.lookup.facts.get(fact.name.as_str()).copied().unwrap_or(UNKNOWN),
            person: if fact.person.is_empty() { 0 } else { value::of_text(&fact.person) | 1 },
            by: fact.by.iter().map(post).collect(),
            attributes: attributes.into_boxed_slice(),
        }
    }

    /// The version in force at a moment.
    pub(crate) fn version_at(&self, at: Moment) -> Option<&Version> {
        let after = self.versions.partition_point(|version| version.stretch.from <= at);
        let version = &self.versions[after.checked_sub(1)?];
        version.stretch.holds(at).then_some(version)
    }

    /// The fact that withdraws a case.
    pub(crate) fn withdrawn(&self) -> Option<Word> {
        self.lookup.withdrawn
    }

    /// Kinds of subject that a fact belongs to.
    pub(crate) fn kinds(&self, name: Word) -> u64 {
        self.lookup.kinds.get(name as usize).copied().unwrap_or(0)
    }

    /// Id of a fact.
    pub(crate) fn fact_id(&self, place: Word) -> String {
        self.words.facts.get(place as usize).map(|word| word.id.clone()).unwrap_or_default()
    }

    /// Id of a post.
    pub(crate) fn post_id(&self, place: Word) -> String {
        self.words.posts.get(place as usize).map(|word| word.id.clone()).unwrap_or_default()
    }

    /// Id of an attribute.
    pub(crate) fn attribute_id(&self, place: Word) -> String {
        self.words.attributes.get(place as usize).map(|word| word.id.clone()).unwrap_or_default()
    }

    /// Id of a value of an attribute; as text what it is.
    pub(crate) fn value_id(&self, attribute: Word, value: Value) -> String {
        use crate::words::Unit;
        match self.words.attributes.get(attribute as usize).map(|word| &word.unit) {
            Some(Unit::Choice(values)) => values.get(value as usize).map(|(_, id)| id.clone()).unwrap_or_default(),
            Some(Unit::Flag) => if value == value::YES { "yes" } else { "no" }.to_owned(),
            Some(Unit::Post) => self.post_id(value as Word),
            Some(Unit::Date) => value::date(value).map(|date| date.to_string()).unwrap_or_default(),
            _ => value.to_string(),
        }
    }
}

impl Lookup {
    fn of(words: &Vocabulary) -> Lookup {
        let place = |(place, id): (usize, &String)| (id.clone(), place as Word);
        Lookup {
            facts: words.facts.iter().map(|word| &word.id).enumerate().map(place).collect(),
            attributes: words.attributes.iter().map(|word| &word.id).enumerate().map(place).collect(),
            posts: words.posts.iter().map(|word| &word.id).enumerate().map(place).collect(),
            kinds: Compiler::kinds_of_facts(words),
            withdrawn: words.fact_of_id(WITHDRAWN).map(|place| place as Word),
        }
    }
}

impl Version {
    fn of(
        source: &Arc<Source>,
        words: &Vocabulary,
        calendar: &Calendar,
        zone: &Zone,
        stretch: Stretch,
    ) -> (Version, Vec<Problem>) {
        let compiler = Compiler::new(&source.books, words, &source.charter, zone);
        let (plans, order, problems) = compiler.compile(&source.books);
        let settings = Settings::new(&source.books, &source.charter);
        let roll = settings.value(ROLL).is_some_and(|(value, _)| value == "是");
        let stated = |name| settings.stated(name);
        let usual = || ServiceHours::parse(USUAL_HOURS).ok();
        let hours = stated(SERVICE_HOURS).and_then(|text| ServiceHours::parse(text).ok()).or_else(usual);
        let shifts = stated(SHIFTS).and_then(|text| Shifts::parse(text).ok());
        let (calendar, zone, source) = (calendar.clone(), zone.clone(), Arc::clone(source));
        let mut version = Version {
            stretch,
            order: Vec::new(),
            opens: vec![Vec::new(); words.facts.len()],
            classifies: Vec::new(),
            rosters: Vec::new(),
            standing: Vec::new(),
            duties: Vec::new(),
            plans,
            calendar,
            zone,
            roll,
            hours: hours.unwrap_or_else(|| ServiceHours { rules: Vec::new() }),
            shifts,
            source,
        };
        version.sort_out(order);
        (version, problems)
    }

    /// Puts each plan where derivation looks for it.
    fn sort_out(&mut self, order: Vec<usize>) {
        for place in order {
            let plan = &self.plans[place];
            let from: &[Word] = match &plan.work {
                Work::Deadline(work) => &work.from,
                Work::Escalation(work) => &work.from,
                Work::Rate(work) => std::slice::from_ref(&work.of),
                Work::Count(work) => std::slice::from_ref(&work.of),
                _ => &[],
            };
            if !from.is_empty() {
                let at = self.order.len() as u32;
                self.order.push(place);
                for fact in from {
                    if let Some(opens) = self.opens.get_mut(*fact as usize) {
                        opens.push(at);
                    }
                }
            }
        }
        for (place, plan) in self.plans.iter().enumerate() {
            match &plan.work {
                Work::Classify(_) => self.classifies.push(place),
                Work::Duty(_) => self.duties.push(place),
                Work::Roster(_) => {
                    self.rosters.push(place);
                    self.standing.push(place);
                }
                Work::Nothing | Work::Deadline(_) | Work::Rate(_) | Work::Count(_) | Work::Escalation(_) => {}
                _ => self.standing.push(place),
            }
        }
    }

    /// The same version for a shorter stretch, read again when `same_words` is none.
    fn within(&self, stretch: Stretch, same_words: Option<()>, words: &Vocabulary) -> Version {
        if same_words.is_none() {
            return Version::of(&self.source, words, &self.calendar, &self.zone, stretch).0;
        }
        Version {
            stretch,
            plans: self.plans.clone(),
            order: self.order.clone(),
            opens: self.opens.clone(),
            classifies: self.classifies.clone(),
            rosters: self.rosters.clone(),
            standing: self.standing.clone(),
            duties: self.duties.clone(),
            calendar: self.calendar.clone(),
            zone: self.zone.clone(),
            roll: self.roll,
            hours: self.hours.clone(),
            shifts: self.shifts.clone(),
            source: Arc::clone(&self.source),
        }
    }

    /// The rule that a plan was made from, with its clause and book.
    pub fn rule(&self, plan: &Plan) -> (&Book, &Clause, &Rule) {
        let (book, clause, rule) = plan.place;
        let book = &self.source.books[book];
        let clause = &book.clauses[clause];
        (book, clause, &clause.rules[rule])
    }

    /// The settings of this version.
    pub fn settings(&self) -> Settings<'_> {
        Settings::new(&self.source.books, &self.source.charter)
    }
}

/// The book without what derivation does not need.
pub(crate) fn lean(book: &Book) -> Book {
    let clause = |clause: &Clause| Clause {
        text: String::new(),
        examples: Vec::new(),
        not_executed: Vec::new(),
        uses: Vec::new(),
        path: clause.path.clone(),
        number: clause.number.clone(),
        title: clause.title.clone(),
        summary: clause.summary.clone(),
        place: clause.place.clone(),
        overrides: clause.overrides.clone(),
        see: clause.see.clone(),
        readings: clause.readings.clone(),
        rules: clause.rules.clone(),
        span: clause.span.clone(),
        ..*clause
    };
    Book {
        id: book.id.clone(),
        name: book.name.clone(),
        name_en: book.name_en.clone(),
        edition: book.edition.clone(),
        governs: book.governs.clone(),
        document: book.document.clone(),
        clauses_declared: book.clauses_declared,
        examples_declared: book.examples_declared,
        settings: book.settings.clone(),
        readings: book.readings.clone(),
        aliases: book.aliases.clone(),
        clauses: book.clauses.iter().map(clause).collect(),
        refused: book.refused.clone(),
        path: book.path.clone(),
        declared_at: book.declared_at.clone(),
        digest: book.digest.clone(),
    }
}
