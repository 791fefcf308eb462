//! The one place where an entry becomes a sentence for people (叙述).

use calendar::Zone;

use crate::act;
use crate::event::{Entry, RESIDENT};
use crate::site::Address;

/// What the sentence needs beside the entry.
pub struct Names<'a> {
    /// Account → name.
    pub person: &'a dyn Fn(&str) -> String,
    /// Vocabulary id → word.
    pub word: &'a dyn Fn(&str) -> String,
    /// Attribute id and value → value in words (choices by name, fen as yuan, moments as clock times).
    pub value: &'a dyn Fn(&str, &str) -> String,
    /// Zone of the site.
    pub zone: &'a Zone,
    /// How the site speaks of whom it serves and of itself.
    pub address: Address,
}

/// The timeline's sentence for an entry.
pub fn narrate(entry: &Entry, names: &Names<'_>) -> String {
    let body = &entry.event.body;
    let post = (names.word)(&entry.post);
    // Who opened a link has no account: the post says it.
    let person = if entry.post == RESIDENT { String::new() } else { (names.person)(&entry.actor) };
    let who = format!("{post}{person}");
    let template = match act::find(&entry.event.name) {
        Some(act) => act.said,
        // What began as a repair was registered too, where the office's rulebooks speak of it.
        None if entry.event.name == "case.registered" && !body.attributes.contains_key("case.channel") => {
            "{who}登记在册。"
        }
        None => registered(&entry.event.name),
    };
    let known = |key: &str| match key {
        "who" => true,
        "note" => !body.note.is_empty(),
        attribute => {
            body.attributes.get(attribute.split('?').next().unwrap_or_default()).is_some_and(|value| !value.is_empty())
        }
    };
    let template = names.address.say(template);
    let template = without_gaps(&template, known);
    let mut said = String::with_capacity(template.len() + 32);
    let mut rest = template.as_str();
    while let Some(open) = rest.find('{') {
        said.push_str(&rest[..open]);
        let Some(close) = rest[open..].find('}') else { break };
        let key = &rest[open + 1..open + close];
        match key {
            "who" => said.push_str(&who),
            "note" => said.push_str(&body.note),
            "assignee" => said.push_str(body.links.get("assignee_name").map_or("", String::as_str)),
            "words" => said.push_str(body.attributes.get("case.content").map_or("", String::as_str)),
            // Yes or no in a clerk's words: {repair.cost_consent?同意|不同意}.
            either if either.contains('?') => {
                let (attribute, words) = either.split_once('?').unwrap_or((either, ""));
                let (yes, no) = words.split_once('|').unwrap_or((words, ""));
                let told = body.attributes.get(attribute).map_or("", |value| if value == "yes" { yes } else { no });
                said.push_str(told);
            }
            attribute => {
                if let Some(value) = body.attributes.get(attribute) {
                    said.push_str(&(names.value)(attribute, value));
                }
            }
        }
        rest = &rest[open + close + 1..];
    }
    said.push_str(rest);
    if said.is_empty() {
        said = format!("{who}：{}", (names.word)(&entry.event.name));
    }
    let said = said.trim().trim_end_matches(['：', '，']).to_owned();
    match &body.late {
        Some(late) if late.approved_by.is_empty() => format!("{said}（补录：{}）", late.reason),
        Some(late) => format!("{said}（补录：{}；{}批准）", late.reason, late.approved_by),
        None => said,
    }
}

/// A template without the parts in brackets that nothing is known for, and without the brackets of the others.
fn without_gaps(template: &str, known: impl Fn(&str) -> bool) -> String {
    let mut whole = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('[') {
        whole.push_str(before);
        let (part, after) = after.split_once(']').unwrap_or((after, ""));
        let mut keys = part.split('{').skip(1).map(|key| key.split('}').next().unwrap_or_default());
        if keys.all(&known) {
            whole.push_str(part);
        }
        rest = after;
    }
    whole.push_str(rest);
    whole
}

/// Sentences of the steps that registering brings with it; they are no acts of their own.
fn registered(name: &str) -> &'static str {
    match name {
        "complaint.received" => "{case.channel}反映：{words}",
        "repair.requested" => "{case.channel}报修：{words}",
        "case.registered" => "{case.channel}来人：{words}",
        "company_document.reader_listed" => "列入签阅：{document.reader}。",
        "internal_rule.accepter_listed" => "列入认可：{document.reader}。",
        "meeting.held" => "例会召开。",
        "complaint.obtained" => "{who}获知投诉。",
        "complaint.told_desk" => "告知客户接待员。",
        "repair.slip_opened" => "{who}开始填单。",
        "repair.slip_written" => "{who}填写完毕。",
        "repair.sheet_issued" => "{who}签发巡视表。",
        "office.link_given" => "{who}给了住户链接。",
        "office.link_revoked" => "{who}收回了住户链接。",
        "stock.issued" => "{who}凭单领出 {material.quantity}。",
        "stock.returned" => "{who}退回 {material.quantity}。",
        "follow_up.satisfied" => "业户满意。",
        "follow_up.dissatisfied" => "业户不满意，重新处理。",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::without_gaps;

    #[test]
    fn parts_that_nothing_is_known_for_are_left_out() {
        let template = "{who}审批[，限期 {limit}][，金额 {amount} 元]。{note}";
        let known = |key: &str| key == "limit" || key == "who";
        assert_eq!(without_gaps(template, known), "{who}审批，限期 {limit}。{note}");
        assert_eq!(without_gaps("{who}[没有完", |_| true), "{who}没有完");
    }
}
