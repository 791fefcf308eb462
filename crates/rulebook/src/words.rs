//! The one vocabulary of all rulebooks (词汇表): subjects, facts, attributes with units, posts with rank, forms.
//!
//! Every word has a place in its list; other tables are indexed by that place.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::parse::table::{Page, Table};
use crate::problem::Problem;

/// Name of the vocabulary's file in problems.
pub const WORDS_FILE: &str = "words.toml";

/// What an attribute's value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// One of these values: Chinese word and id.
    Choice(Vec<(String, String)>),
    /// Free text.
    Text,
    /// 是 or 否.
    Flag,
    /// Fen.
    Money,
    /// A whole number.
    Number,
    /// A moment.
    Moment,
    /// A date.
    Date,
    /// A post of the vocabulary.
    Post,
    /// A person.
    Person,
}

/// A kind of thing that facts are about (主体).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectWord {
    /// `complaint`.
    pub id: String,
    /// `投诉`.
    pub zh: String,
    /// `complaint`.
    pub en: String,
}

/// A kind of fact (事实).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactWord {
    /// `complaint.received`.
    pub id: String,
    /// `投诉提出`.
    pub zh: String,
    /// `complaint made`.
    pub en: String,
    /// Place of its subject.
    pub subject: usize,
    /// Place of the capability that will make it happen; none when an act of the office makes it.
    pub pending: Option<usize>,
    /// Bytes of its entry in the vocabulary.
    pub span: Range<usize>,
}

/// A capability of the product that is not there yet (尚待的能力): what a pending fact or carrier waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapabilityWord {
    /// `mailroom`.
    pub id: String,
    /// `收发室`.
    pub zh: String,
    /// `mailroom`.
    pub en: String,
}

/// An attribute (属性).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeWord {
    /// `complaint.class`.
    pub id: String,
    /// `投诉类别`.
    pub zh: String,
    /// `class`.
    pub en: String,
    /// What its value is.
    pub unit: Unit,
    /// Bytes of its entry.
    pub span: Range<usize>,
}

impl AttributeWord {
    /// The id of a value's Chinese word; none when this is no choice or has no such value.
    pub fn value_id(&self, zh: &str) -> Option<&str> {
        self.values().iter().find(|(word, _)| word == zh).map(|(_, id)| id.as_str())
    }

    /// The Chinese word of a value's id.
    pub fn value_zh(&self, id: &str) -> Option<&str> {
        self.values().iter().find(|(_, known)| known == id).map(|(word, _)| word.as_str())
    }

    /// The values of a choice in their order; empty for other units.
    pub fn values(&self) -> &[(String, String)] {
        match &self.unit {
            Unit::Choice(values) => values,
            _ => &[],
        }
    }
}

/// A post (岗位).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostWord {
    /// `front_desk`.
    pub id: String,
    /// `前台客服员`.
    pub zh: String,
    /// `front-desk clerk`.
    pub en: String,
    /// Place of the post that it reports to.
    pub reports_to: Option<usize>,
    /// Bytes of its entry.
    pub span: Range<usize>,
}

/// A form (单据).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormWord {
    /// `repair_slip`.
    pub id: String,
    /// Letters before its numbers; empty when it has no series.
    pub code: String,
    /// `维修单`.
    pub zh: String,
    /// `repair slip`.
    pub en: String,
    /// Bytes of its entry.
    pub span: Range<usize>,
}

/// All words, looked up by Chinese word and by id; the number found is the place in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// Subjects.
    pub subjects: Vec<SubjectWord>,
    /// Facts.
    pub facts: Vec<FactWord>,
    /// Attributes.
    pub attributes: Vec<AttributeWord>,
    /// Posts.
    pub posts: Vec<PostWord>,
    /// Forms.
    pub forms: Vec<FormWord>,
    /// Capabilities to come.
    pub capabilities: Vec<CapabilityWord>,
    index: [Index; 6],
}

/// Places by word and by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Index {
    zh: BTreeMap<String, usize>,
    id: BTreeMap<String, usize>,
}

impl Vocabulary {
    /// Reads `rulebooks/words.toml`. What is wrong is left out of the vocabulary and reported: unknown keys, missing
    /// or doubled words and ids, unknown units, a word that is fact and attribute at once, posts that report in a circle.
    pub fn parse(text: &str) -> (Vocabulary, Vec<Problem>) {
        let empty = Vocabulary::default();
        let aliases = BTreeMap::new();
        let page = Page::new(WORDS_FILE, text, &empty, &aliases);
        let (root, errors) = toml::de::DeTable::parse_recoverable(text);
        page.syntax(&errors);
        let mut words = Vocabulary::default();
        let mut table = Table::new(&page, root.get_ref(), 0..0);
        words.read_subjects(&mut table);
        words.read_capabilities(&mut table);
        words.read_facts(&mut table);
        words.read_attributes(&mut table);
        words.read_posts(&mut table);
        words.read_forms(&mut table);
        table.finish();
        words.report_doubles(&page);
        (words, page.close().0)
    }

    fn read_subjects(&mut self, root: &mut Table<'_>) {
        for mut table in root.tables("subject") {
            let (id, zh, en) = (table.need("id"), table.need("zh"), table.plain("en"));
            let enter = self.enter(0, self.subjects.len(), &table, &id, &zh);
            table.finish();
            if let (true, Some(id), Some(zh)) = (enter, id, zh) {
                let (id, zh, en) = (id.value, zh.value, en.unwrap_or_default());
                self.subjects.push(SubjectWord { id, zh, en });
            }
        }
    }

    fn read_capabilities(&mut self, root: &mut Table<'_>) {
        for mut table in root.tables("capability") {
            let (id, zh, en) = (table.need("id"), table.need("zh"), table.plain("en"));
            let enter = self.enter(5, self.capabilities.len(), &table, &id, &zh);
            table.finish();
            if let (true, Some(id), Some(zh)) = (enter, id, zh) {
                let (id, zh, en) = (id.value, zh.value, en.unwrap_or_default());
                self.capabilities.push(CapabilityWord { id, zh, en });
            }
        }
    }

    fn read_facts(&mut self, root: &mut Table<'_>) {
        for mut table in root.tables("fact") {
            let (id, zh, en) = (table.need("id"), table.need("zh"), table.plain("en"));
            let subject = table.need("subject");
            let enter = self.enter(1, self.facts.len(), &table, &id, &zh);
            let mut place = 0;
            if let Some(named) = &subject {
                match self.index[0].id.get(&named.value) {
                    Some(found) => place = *found,
                    None => {
                        table.page.error(named.span.clone(), format!("没有编号为 `{}` 的 [[subject]]", named.value));
                    }
                }
            }
            let mut pending = None;
            if let Some(named) = table.text("pending") {
                pending = self.capability_of_id(&named.value);
                if pending.is_none() {
                    table.page.error(named.span, format!("没有编号为 `{}` 的 [[capability]]", named.value));
                }
            }
            let span = id.as_ref().map_or(table.span.clone(), |id| id.span.clone());
            table.finish();
            if let (true, Some(id), Some(zh)) = (enter, id, zh) {
                let (id, zh, en) = (id.value, zh.value, en.unwrap_or_default());
                self.facts.push(FactWord { id, zh, en, subject: place, pending, span });
            }
        }
    }

    fn read_attributes(&mut self, root: &mut Table<'_>) {
        for mut table in root.tables("attribute") {
            let (id, zh, en) = (table.need("id"), table.need("zh"), table.plain("en"));
            let enter = self.enter(2, self.attributes.len(), &table, &id, &zh);
            let unit = read_unit(&mut table);
            let span = id.as_ref().map_or(table.span.clone(), |id| id.span.clone());
            table.finish();
            if let (true, Some(id), Some(zh)) = (enter, id, zh) {
                let (id, zh, en) = (id.value, zh.value, en.unwrap_or_default());
                self.attributes.push(AttributeWord { id, zh, en, unit, span });
            }
        }
    }

    fn read_posts(&mut self, root: &mut Table<'_>) {
        let mut superiors = Vec::new();
        for mut table in root.tables("post") {
            let (id, zh, en) = (table.need("id"), table.need("zh"), table.plain("en"));
            let superior = table.text("reports_to");
            let enter = self.enter(3, self.posts.len(), &table, &id, &zh);
            let span = id.as_ref().map_or(table.span.clone(), |id| id.span.clone());
            table.finish();
            if let (true, Some(id), Some(zh)) = (enter, id, zh) {
                let (id, zh, en) = (id.value, zh.value, en.unwrap_or_default());
                self.posts.push(PostWord { id, zh, en, reports_to: None, span });
                superiors.push(superior);
            }
        }
        for (post, superior) in superiors.into_iter().enumerate() {
            let Some(superior) = superior else { continue };
            match self.index[3].zh.get(&superior.value).copied() {
                Some(above) if self.answers_to(above, post) || above == post => {
                    let sentence = format!("`{}` 与 `{}` 互相汇报，成了一个圈", self.posts[post].zh, superior.value);
                    root.page.error(superior.span, sentence);
                }
                Some(above) => self.posts[post].reports_to = Some(above),
                None => root.page.error(superior.span, format!("没有名为 `{}` 的 [[post]]", superior.value)),
            }
        }
    }

    fn read_forms(&mut self, root: &mut Table<'_>) {
        for mut table in root.tables("form") {
            let (id, zh, en) = (table.need("id"), table.need("zh"), table.plain("en"));
            let code = table.plain("code").unwrap_or_default();
            let enter = self.enter(4, self.forms.len(), &table, &id, &zh);
            let span = id.as_ref().map_or(table.span.clone(), |id| id.span.clone());
            table.finish();
            if let (true, Some(id), Some(zh)) = (enter, id, zh) {
                let (id, zh, en) = (id.value, zh.value, en.unwrap_or_default());
                self.forms.push(FormWord { id, code, zh, en, span });
            }
        }
    }

    /// Enters a word into the index; false (and reported) when word or id is missing or there already.
    fn enter(
        &mut self,
        section: usize,
        place: usize,
        table: &Table<'_>,
        id: &Option<crate::model::At<String>>,
        zh: &Option<crate::model::At<String>>,
    ) -> bool {
        let (Some(id), Some(zh)) = (id, zh) else {
            return false;
        };
        let index = &mut self.index[section];
        if index.id.contains_key(&id.value) {
            table.page.error(id.span.clone(), format!("编号 `{}` 已经登记过", id.value));
            return false;
        }
        if index.zh.contains_key(&zh.value) {
            table.page.error(zh.span.clone(), format!("词 `{}` 已经登记过", zh.value));
            return false;
        }
        index.id.insert(id.value.clone(), place);
        index.zh.insert(zh.value.clone(), place);
        true
    }

    /// Anchors and fields name facts and attributes alike, so no word may be both.
    fn report_doubles(&self, page: &Page<'_>) {
        for attribute in &self.attributes {
            if self.fact(&attribute.zh).is_some() {
                let sentence = format!("`{}` 既是事实又是属性", attribute.zh);
                page.error_with(attribute.span.clone(), sentence, "给其中一个换一个词");
            }
        }
    }

    /// Place of the subject with this Chinese word.
    pub fn subject(&self, zh: &str) -> Option<usize> {
        self.index[0].zh.get(zh).copied()
    }

    /// Place of the fact with this Chinese word.
    pub fn fact(&self, zh: &str) -> Option<usize> {
        self.index[1].zh.get(zh).copied()
    }

    /// Place of the attribute with this Chinese word.
    pub fn attribute(&self, zh: &str) -> Option<usize> {
        self.index[2].zh.get(zh).copied()
    }

    /// Place of the post with this Chinese word.
    pub fn post(&self, zh: &str) -> Option<usize> {
        self.index[3].zh.get(zh).copied()
    }

    /// Place of the form with this Chinese word.
    pub fn form(&self, zh: &str) -> Option<usize> {
        self.index[4].zh.get(zh).copied()
    }

    /// Place of the capability with this id.
    pub fn capability_of_id(&self, id: &str) -> Option<usize> {
        self.index[5].id.get(id).copied()
    }

    /// The id of the capability that the fact with this Chinese word waits for.
    pub fn pending(&self, fact: &str) -> Option<&str> {
        let place = self.facts[self.fact(fact)?].pending?;
        Some(&self.capabilities[place].id)
    }

    /// Place of the subject with this id.
    pub fn subject_of_id(&self, id: &str) -> Option<usize> {
        self.index[0].id.get(id).copied()
    }

    /// Place of the fact with this id.
    pub fn fact_of_id(&self, id: &str) -> Option<usize> {
        self.index[1].id.get(id).copied()
    }

    /// Place of the attribute with this id.
    pub fn attribute_of_id(&self, id: &str) -> Option<usize> {
        self.index[2].id.get(id).copied()
    }

    /// Place of the post with this id.
    pub fn post_of_id(&self, id: &str) -> Option<usize> {
        self.index[3].id.get(id).copied()
    }

    /// Place of the form with this id.
    pub fn form_of_id(&self, id: &str) -> Option<usize> {
        self.index[4].id.get(id).copied()
    }

    /// Whether `post` reports to `superior`, directly or over others. No post reports to itself.
    pub fn answers_to(&self, post: usize, superior: usize) -> bool {
        let mut at = self.posts.get(post).and_then(|post| post.reports_to);
        while let Some(above) = at {
            if above == superior {
                return true;
            }
            at = self.posts[above].reports_to;
        }
        false
    }

    /// How many posts stand above `post`; 0 is the top.
    pub fn rank(&self, post: usize) -> usize {
        let mut steps = 0;
        let mut at = self.posts.get(post).and_then(|post| post.reports_to);
        while let Some(above) = at {
            steps += 1;
            at = self.posts[above].reports_to;
        }
        steps
    }
}

/// `unit` and `values` of an attribute; free text when they are wrong.
fn read_unit(table: &mut Table<'_>) -> Unit {
    const UNITS: [(&str, u8); 9] = [
        ("choice", 0),
        ("text", 1),
        ("flag", 2),
        ("money", 3),
        ("number", 4),
        ("moment", 5),
        ("date", 6),
        ("post", 7),
        ("person", 8),
    ];
    if !table.has("unit") {
        table.missing("unit");
    }
    let unit = table.one_of("unit", &UNITS);
    let values = table.values("values");
    if unit != Some(0) {
        if let Some((first, _)) = values.first() {
            table.page.error(first.span.clone(), "`values` 只用于 unit = \"choice\"");
        }
    } else if values.is_empty() {
        table.page.error_with(table.span.clone(), "choice 缺少 `values`", "如 values = { \"一类\" = \"first\" }");
    }
    let mut ids = BTreeSet::new();
    for (word, id) in &values {
        if ["有", "无", "是", "否"].contains(&word.value.as_str()) || word.value.starts_with('非') {
            let sentence = format!("值不能叫 `{}`，条件里它另有意思", word.value);
            table.page.error(word.span.clone(), sentence);
        }
        if !ids.insert(id.value.clone()) {
            table.page.error(id.span.clone(), format!("值的编号 `{}` 用了两次", id.value));
        }
    }
    match unit {
        Some(0) => Unit::Choice(values.into_iter().map(|(word, id)| (word.value, id.value)).collect()),
        Some(2) => Unit::Flag,
        Some(3) => Unit::Money,
        Some(4) => Unit::Number,
        Some(5) => Unit::Moment,
        Some(6) => Unit::Date,
        Some(7) => Unit::Post,
        Some(8) => Unit::Person,
        _ => Unit::Text,
    }
}
