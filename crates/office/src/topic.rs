//! A common problem (共性问题) and the matters that it gathers: what is done once for all of them is on record in each.

use std::collections::BTreeMap;

use crate::case::{ActOnCase, Case, CaseKind};
use crate::refusal::Refusal;

/// Its register.
pub const REGISTER: &str = "topic";
/// The entry by which a matter belongs to one.
pub const JOINED: &str = "case.topic_joined";
/// The link of an opening that lists the matters to gather, by id, with spaces between them.
pub const MEMBERS: &str = "members";

/// Whether this case is a common problem.
pub fn is_topic(case: &Case) -> bool {
    matches!(case.kind, CaseKind::Record(REGISTER))
}

/// How many of those asked name it, in ten thousand, rounded down; none when nobody was asked.
pub fn share(named: i64, base: i64) -> Option<i64> {
    (base > 0 && named >= 0).then(|| named.saturating_mul(10_000) / base)
}

/// A tally says by itself what share it is.
pub(crate) fn tally_shows(attributes: &mut BTreeMap<String, String>) {
    let number = |id: &str| attributes.get(id).and_then(|value| value.parse::<i64>().ok());
    let told = number("topic.named").zip(number("topic.base")).and_then(|(named, base)| share(named, base));
    if let Some(share) = told {
        attributes.entry("topic.share".to_owned()).or_insert_with(|| share.to_string());
    }
}

/// The act by which a matter is counted among a common problem.
pub fn joining(number: &str) -> ActOnCase {
    ActOnCase { act: JOINED.to_owned(), attributes: pair("topic.number", number), ..ActOnCase::default() }
}

/// Whether a matter has its answer: given since it belongs to the problem, or the matter has ended without one being due.
pub fn is_answered(member: &Case) -> bool {
    let joined = member.last(JOINED).map_or(0, |entry| entry.seq);
    let answers = ["complaint.replied", "case.replied", "follow_up.open_letter_sent"];
    let answered = |name: &&str| member.last(name).is_some_and(|entry| entry.seq > joined);
    member.state.ended() || answers.iter().any(answered)
}

/// What an act on a common problem does to one of its matters.
pub fn carried(topic: &Case, command: &ActOnCase, member: &Case) -> Vec<ActOnCase> {
    let open = !member.state.ended();
    let answer = if member.kind == CaseKind::Complaint { "complaint.replied" } else { "case.replied" };
    let told = |act: &str, note: String| ActOnCase {
        act: act.to_owned(),
        note,
        happened: command.happened,
        late_reason: command.late_reason.clone(),
        approved_by: command.approved_by.clone(),
        ..ActOnCase::default()
    };
    match command.act.as_str() {
        "topic.answered" if open && !is_answered(member) => vec![told(answer, command.note.clone())],
        "topic.letter_sent" if !member.has("case.withdrawn") => {
            let number = topic.form("open_letter").map(|form| form.number.clone()).unwrap_or_default();
            let mut letter = told("follow_up.open_letter_sent", command.note.clone());
            letter.attributes = pair("follow_up.letter_number", &number);
            let reply = open.then(|| told(answer, format!("公开信 {number}：{}", words(topic))));
            std::iter::once(letter).chain(reply).collect()
        }
        "topic.letter_filed" if member.has("follow_up.open_letter_sent") => {
            vec![told("follow_up.open_letter_filed", command.note.clone())]
        }
        _ => Vec::new(),
    }
}

/// A common problem ends once every household in it has its answer.
pub fn may_close(members: &[Case]) -> Result<(), Refusal> {
    let open: Vec<&str> = members.iter().filter(|it| !is_answered(it)).map(|it| it.number.as_str()).collect();
    if open.is_empty() {
        return Ok(());
    }
    let why = format!("还有 {} 件没有答复：{}", open.len(), open.join("、"));
    Err(Refusal::new("不能结案", why, "请先逐户答复，或发出公开信。"))
}

/// What the letter says, else what the problem is.
fn words(topic: &Case) -> String {
    let said = topic.attributes.get("topic.letter").or_else(|| topic.attributes.get("case.content"));
    said.cloned().unwrap_or_default()
}

fn pair(key: &str, value: &str) -> BTreeMap<String, String> {
    [(key.to_owned(), value.to_owned())].into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_of_those_asked_and_of_nobody_there_is_none() {
        assert_eq!(
            (share(21, 40), share(20, 40), share(1, 3), share(1, 0)),
            (Some(5250), Some(5000), Some(3333), None)
        );
        let mut told: BTreeMap<String, String> =
            [("topic.named".to_owned(), "21".to_owned()), ("topic.base".to_owned(), "40".to_owned())].into();
        tally_shows(&mut told);
        assert_eq!(told["topic.share"], "5250");
    }
}
