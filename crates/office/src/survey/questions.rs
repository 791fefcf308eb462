//! The questions of a survey (调查题目) as data: those that come with the program, and those that a site writes itself. A question
//! keeps its id for ever, so that rounds can be put beside each other.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::GRADES;

/// The setting with the site's own questions.
pub const OWN: &str = "自己的调查题";
/// The setting with the questions that are not asked.
pub const OFF: &str = "不问的调查题";
/// The question that is always asked: its answer is the household's grade.
pub const OVERALL: &str = "overall";
/// The question of free words: its answer is the household's opinion.
pub const WORDS: &str = "words";
/// Asked at follow-ups too, about who took the complaint.
pub const RECEPTION: &str = "complaint-reception";
/// Signs of a free answer at most.
pub const WORDS_MAX: usize = 300;

/// What a question takes for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// One of five grades.
    Grade,
    /// Yes or no.
    YesNo,
    /// Free words.
    Words,
}

impl QuestionKind {
    /// All, with the word a site writes for them.
    pub const ALL: [(QuestionKind, &str); 3] =
        [(QuestionKind::Grade, "五档"), (QuestionKind::YesNo, "是否"), (QuestionKind::Words, "填写")];

    /// The word in rows.
    pub fn id(self) -> &'static str {
        match self {
            QuestionKind::Grade => "grade",
            QuestionKind::YesNo => "yes_no",
            QuestionKind::Words => "words",
        }
    }
}

/// Services that a question may ask about: id and words.
pub const SERVICES: [(&str, &str); 7] = [
    ("management", "总体管理"),
    ("desk", "服务台"),
    ("repair", "维修"),
    ("surroundings", "环境"),
    ("security", "秩序"),
    ("fees", "收费"),
    ("other", "其他"),
];

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// For ever the same.
    pub id: String,
    /// As asked.
    pub zh: String,
    /// In English; the site's own have none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
    /// What it takes.
    pub kind: QuestionKind,
    /// The service it asks about.
    pub service: String,
    /// The clause carrier that it carries.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub serves: String,
}

impl Question {
    /// Whether this is an answer to it.
    pub fn takes(&self, value: &str) -> bool {
        match self.kind {
            QuestionKind::Grade => GRADES.contains(&value),
            QuestionKind::YesNo => ["yes", "no"].contains(&value),
            QuestionKind::Words => !value.trim().is_empty() && value.chars().count() <= WORDS_MAX,
        }
    }

    /// Written by the site.
    pub fn is_own(&self) -> bool {
        self.id.starts_with("own-")
    }
}

#[derive(Deserialize)]
struct Questions {
    question: Vec<Question>,
}

static SHIPPED: LazyLock<Vec<Question>> = LazyLock::new(|| {
    let all: Questions = toml::from_str(include_str!("questions.toml")).expect("questions.toml is checked by a test");
    all.question
});

/// The questions that come with the program.
pub fn shipped() -> &'static [Question] {
    &SHIPPED
}

/// The clause carriers that questions carry, each once.
pub fn carriers() -> Vec<&'static str> {
    let mut all: Vec<&str> = SHIPPED.iter().map(|it| it.serves.as_str()).filter(|it| !it.is_empty()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The site's own questions from the setting's words: `题目：五档：环境`, parted by ；. A line that cannot be read is left out.
pub fn own(setting: &str) -> Vec<Question> {
    parts(setting).filter_map(|line| one(line).ok()).collect()
}

/// Whether every line of the setting can be read.
pub fn readable(setting: &str) -> Result<(), String> {
    parts(setting).try_for_each(|line| one(line).map(drop))
}

/// The question of one line. Refused: no words, another kind than 五档、是否、填写, an unknown service.
pub fn one(line: &str) -> Result<Question, String> {
    let mut words = line.split(['：', ':']).map(str::trim);
    let zh = words.next().unwrap_or_default();
    if zh.is_empty() || zh.chars().count() > 60 {
        return Err("题目要写一到六十个字".to_owned());
    }
    let kind = words.next().filter(|it| !it.is_empty()).unwrap_or("五档");
    let Some((kind, _)) = QuestionKind::ALL.into_iter().find(|(_, word)| *word == kind) else {
        return Err(format!("“{kind}”不是五档、是否、填写里的一种"));
    };
    let service = words.next().filter(|it| !it.is_empty()).unwrap_or("其他");
    let Some((service, _)) = SERVICES.into_iter().find(|(_, word)| *word == service) else {
        let all: Vec<&str> = SERVICES.iter().map(|(_, word)| *word).collect();
        return Err(format!("“{service}”不是{}里的一项", all.join("、")));
    };
    let hash = blake3::hash(zh.as_bytes()).to_hex();
    let id = format!("own-{}", &hash[..10]);
    Ok(Question { id, zh: zh.to_owned(), en: String::new(), kind, service: service.to_owned(), serves: String::new() })
}

fn parts(setting: &str) -> impl Iterator<Item = &str> {
    setting.split(['；', ';']).map(str::trim).filter(|it| !it.is_empty())
}

/// Every question that the site could ask, and whether it does: those of the program, then its own; free words stand last.
pub fn all(own_setting: &str, off: &str) -> Vec<(Question, bool)> {
    let off: Vec<&str> = parts(off).collect();
    let mut all: Vec<Question> = SHIPPED.iter().filter(|it| it.id != WORDS).cloned().collect();
    for question in own(own_setting) {
        if !all.iter().any(|known| known.id == question.id) {
            all.push(question);
        }
    }
    all.extend(SHIPPED.iter().filter(|it| it.id == WORDS).cloned());
    let asked = |it: &Question| it.id == OVERALL || !off.contains(&it.id.as_str());
    all.into_iter().map(|it| (asked(&it), it)).map(|(asked, it)| (it, asked)).collect()
}

/// The answers that fit the questions, empty ones left out.
///
/// # Errors
/// The question whose answer is none, or that has to be answered.
pub fn fitting(
    questions: &[Question],
    given: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, (String, String)> {
    let mut fits = BTreeMap::new();
    for question in questions {
        let value = given.get(&question.id).map_or("", |it| it.trim());
        match (value.is_empty(), question.takes(value)) {
            (true, _) if question.id == OVERALL => return Err((question.id.clone(), "总体满意还没有选".to_owned())),
            (true, _) => {}
            (false, true) => drop(fits.insert(question.id.clone(), value.to_owned())),
            (false, false) if question.kind == QuestionKind::Words => {
                return Err((question.id.clone(), format!("“{}”写得太长", question.zh)));
            }
            (false, false) => return Err((question.id.clone(), format!("“{}”的答案没有选对", question.zh))),
        }
    }
    Ok(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_have_their_own_ids_and_known_services() {
        let mut ids: Vec<&str> = shipped().iter().map(|it| it.id.as_str()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
        for question in shipped() {
            assert!(SERVICES.iter().any(|(id, _)| *id == question.service), "{}", question.id);
            assert!(!question.en.is_empty() && !question.zh.is_empty());
        }
        assert!(carriers().contains(&"survey/trust") && carriers().contains(&"survey/surroundings"));
    }

    #[test]
    fn a_site_adds_questions_and_leaves_others_out_but_never_the_overall_one() {
        let all = all("儿童乐园满意吗：五档：环境；有没有人乱收费：是否；写错：五分", "overall；security");
        let asked: Vec<&str> = all.iter().filter(|(_, asked)| *asked).map(|(it, _)| it.zh.as_str()).collect();
        assert!(asked.contains(&"儿童乐园满意吗") && asked.contains(&"有没有人乱收费"));
        assert!(!asked.iter().any(|it| it.contains("门岗") || it.contains("写错")));
        assert_eq!(all[0].0.id, OVERALL);
        assert!(all[0].1);
        assert_eq!(all.last().map(|(it, _)| it.id.as_str()), Some(WORDS));
        assert!(readable("儿童乐园满意吗：五档：环境").is_ok() && readable("甲；写错：五分").is_err());
        assert!(one("写错：五分").is_err_and(|why| why.contains("五分")) && one("：五档").is_err());
    }

    #[test]
    fn answers_fit_their_questions() {
        let questions: Vec<Question> = all("", "").into_iter().map(|(it, _)| it).collect();
        let given = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs.iter().map(|(id, value)| ((*id).to_owned(), (*value).to_owned())).collect()
        };
        let fits = fitting(&questions, &given(&[(OVERALL, "satisfied"), ("cash", "no"), ("trust", ""), ("none", "x")]));
        assert_eq!(fits, Ok(given(&[(OVERALL, "satisfied"), ("cash", "no")])));
        assert_eq!(fitting(&questions, &given(&[("trust", "satisfied")])).map_err(|it| it.0), Err(OVERALL.into()));
        let long = "长".repeat(WORDS_MAX + 1);
        for (id, value) in [("trust", "fine"), ("cash", "maybe"), (WORDS, long.as_str())] {
            let no = fitting(&questions, &given(&[(OVERALL, "satisfied"), (id, value)]));
            assert_eq!(no.map_err(|it| it.0), Err(id.to_owned()));
        }
    }
}
