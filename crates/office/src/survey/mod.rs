//! Asking households how satisfied they are (住户满意回访): five grades, the mark of each, and what an answer brings: satisfied or
//! not, and the score. `questions` are what is asked, `round` a round in which many are asked.

pub mod questions;
pub mod round;

use crate::event::Event;

/// The register of the households asked.
pub const REGISTER: &str = "surveys";
/// The act that begins a record: a household is chosen.
pub const CHOSEN: &str = "survey.household_chosen";
/// The setting with the households to be asked each month.
pub const EACH_MONTH: &str = "每月问满意的户数";
/// The act.
pub const ANSWERED: &str = "survey.household_answered";
/// The setting with the marks of the five grades, the best first.
pub const MARKS: &str = "满意度各档得分";
/// Attribute: on the answer the full mark, on the scoring the mark reached.
pub const SCORE: &str = "survey.score";
/// Link with the mark of the chosen grade.
pub const MARK: &str = "mark";
/// The grades, the best first; the first three are satisfied.
pub const GRADES: [&str; 5] = ["very_satisfied", "satisfied", "mostly_satisfied", "dissatisfied", "very_dissatisfied"];
/// How many of them are satisfied.
const SATISFIED: usize = 3;

/// The words of the grades, as `survey.grade` of the vocabulary has them.
const GRADE_WORDS: [&str; 5] = ["很满意", "满意", "基本满意", "不满意", "很不满意"];

/// The word of a grade; of anything else none.
pub fn grade_word(grade: &str) -> &'static str {
    GRADES.iter().position(|known| *known == grade).map_or("", |nth| GRADE_WORDS[nth])
}

/// Whether a grade is satisfied.
pub fn is_satisfied(grade: &str) -> bool {
    GRADES[..SATISFIED].contains(&grade)
}

/// How the desk's attitude in three words stands among the five grades.
pub fn of_attitude(attitude: &str) -> Option<&'static str> {
    match attitude {
        "good" => Some(GRADES[0]),
        "fair" => Some(GRADES[2]),
        "poor" => Some(GRADES[4]),
        _ => None,
    }
}

/// Full mark and mark of a grade, by the setting's words; none when they are not five whole numbers or there is no such grade.
pub fn marks(setting: &str, grade: &str) -> Option<(i64, i64)> {
    let marks: Option<Vec<i64>> = setting.split(['；', ';']).map(|it| it.trim().parse().ok()).collect();
    let marks = marks.filter(|marks| marks.len() == GRADES.len() && marks.iter().all(|mark| *mark >= 0))?;
    let nth = GRADES.iter().position(|known| *known == grade)?;
    let full = marks.iter().copied().max().filter(|full| *full > 0)?;
    Some((full, marks[nth]))
}

/// What an answer brings: the verdict, and the score where the marks are known.
pub(crate) fn brings(event: &Event) -> Vec<Event> {
    let grade = event.body.attributes.get("survey.grade").map_or("", String::as_str);
    let Some(nth) = GRADES.iter().position(|known| *known == grade) else { return Vec::new() };
    let verdict = if nth < SATISFIED { "follow_up.satisfied" } else { "follow_up.dissatisfied" };
    let scored = event.body.links.get(MARK).map(|mark| Event::plain("survey.scored", event.happened).with(SCORE, mark));
    std::iter::once(Event::plain(verdict, event.happened)).chain(scored).collect()
}

#[cfg(test)]
mod tests {
    use calendar::Moment;

    use super::*;

    #[test]
    fn each_grade_has_its_mark_and_a_setting_that_cannot_be_read_has_none() {
        let usual = "100；75；50；25；0";
        assert_eq!(marks(usual, "very_satisfied"), Some((100, 100)));
        assert_eq!(marks(usual, "satisfied"), Some((100, 75)));
        assert_eq!(marks(usual, "very_dissatisfied"), Some((100, 0)));
        assert_eq!(marks("5;4;3;2;1", "mostly_satisfied"), Some((5, 3)));
        for (setting, grade) in
            [("100；75；50；25", "satisfied"), (usual, "fine"), ("0；0；0；0；0", "satisfied"), ("", "")]
        {
            assert_eq!(marks(setting, grade), None, "{setting} {grade}");
        }
    }

    #[test]
    fn the_third_grade_is_satisfied_and_the_fourth_is_not() {
        let brought = |grade: &str, mark: Option<&str>| -> Vec<(String, Option<String>)> {
            let mut event = Event::plain(ANSWERED, Moment(0)).with("survey.grade", grade);
            event.body.links.extend(mark.map(|mark| (MARK.to_owned(), mark.to_owned())));
            let events = brings(&event);
            events.into_iter().map(|it| (it.name, it.body.attributes.get(SCORE).cloned())).collect()
        };
        let third = brought("mostly_satisfied", Some("50"));
        assert_eq!(third, [("follow_up.satisfied".into(), None), ("survey.scored".into(), Some("50".into()))]);
        assert_eq!(brought("dissatisfied", None), [("follow_up.dissatisfied".into(), None)]);
        assert_eq!(brought("", Some("50")), []);
    }
}
