//! Rules about acts and their proof in English (行为类英文读回).

use super::ReadBack;
use crate::model::*;

impl ReadBack<'_> {
    pub(super) fn block_en(&self, who: &str, kind: &Block) -> String {
        let mut reasons = Vec::new();
        if !kind.until.is_empty() {
            let after =
                kind.after.as_ref().map_or(String::new(), |after| format!(" after the last {}", self.fact(after)));
            reasons.push(format!("without {}{after}", self.facts_at(&kind.until, true)));
        }
        if !kind.until_fields.is_empty() {
            reasons.push(format!("without {}", self.attributes(&kind.until_fields)));
        }
        if !kind.until_values.is_empty() {
            reasons.push(format!("unless {}", self.when(&kind.until_values)));
        }
        if let Some(anchor) = &kind.not_before {
            reasons.push(format!("before {}", self.anchor(anchor)));
        }
        if let Some((attribute, anchor)) = &kind.not_after {
            reasons.push(format!("with {} after {}", self.attribute(attribute), self.anchor(anchor)));
        }
        if kind.only_by_who {
            reasons.push(format!("by anyone but {who}"));
        }
        let reasons = if reasons.is_empty() { String::new() } else { format!(" {}", reasons.join(", or ")) };
        format!("{}{} is refused{reasons}", self.if_en(&kind.when), self.fact(&kind.act.value))
    }

    pub(super) fn sign_en(&self, kind: &Sign) -> String {
        let by = if kind.by.is_empty() { "somebody".to_owned() } else { self.posts(&kind.by, !kind.any) };
        let act = self.thing_en(&kind.act.value);
        let mut text = format!("{}{act} must be signed by {by} ({})", self.if_en(&kind.when), self.fact(&kind.with));
        for (holds, words) in [
            (kind.any && kind.by.len() > 1, ", one is enough"),
            (kind.in_order, ", in this order"),
            (kind.distinct, ", by different persons"),
            (kind.each_entry, ", each entry of it"),
        ] {
            text += if holds { words } else { "" };
        }
        text + &self.blocks_en(&kind.blocks)
    }

    pub(super) fn thing_en(&self, word: &str) -> String {
        if self.words.form(word).is_some() { self.form(word) } else { self.fact(word) }
    }

    pub(super) fn blocks_en(&self, blocks: &Option<String>) -> String {
        blocks.as_ref().map_or(String::new(), |act| format!("; until then {} is refused", self.fact(act)))
    }

    pub(super) fn form_en(&self, kind: &Form) -> String {
        let mut text = format!("{} is used", self.form(&kind.form.value));
        if let Some(act) = &kind.issued_by {
            text += &format!(", made out at {}", self.fact(act));
        }
        if !kind.fields.is_empty() {
            text += &format!(", with {}", self.attributes(&kind.fields));
        }
        if !kind.copies.is_empty() {
            let copies = kind.copies.iter().map(|(n, holder, label)| {
                let label = if label.is_empty() { String::new() } else { format!(" ({label})") };
                format!("part {n}{label} goes to {}", self.post(holder))
            });
            text += &format!("; {}", copies.collect::<Vec<_>>().join(", "));
        }
        text + &self.blocks_en(&kind.blocks)
    }

    pub(super) fn record_en(&self, who: &str, kind: &Record) -> String {
        let form = kind.form.as_ref().map_or(String::new(), |form| format!(" on {}", self.form(form)));
        let fields = self.attributes(kind.fields.iter().map(|field| &field.value));
        let noted = if fields.is_empty() { "a record".to_owned() } else { fields };
        let act = self.fact(&kind.act.value);
        let mut text = format!("{}at {act} {who} must note {noted}{form}", self.if_en(&kind.when));
        if let Some(post) = &kind.approved_by {
            text += &format!(", approved by {}", self.post(post));
        }
        text + &self.blocks_en(&kind.blocks)
    }

    pub(super) fn roster_en(&self, kind: &Roster) -> String {
        let mut parts = Vec::new();
        if !kind.all_of.is_empty() {
            parts.push(format!("needs {}", self.posts(&kind.all_of, true)));
        }
        if !kind.any_of.is_empty() {
            parts.push(format!("is done by {}", self.posts(&kind.any_of, false)));
        }
        if !kind.cover.is_empty() {
            parts.push(format!("may be covered by {}", self.posts(&kind.cover, false)));
        }
        if let Some(other) = &kind.not_same_as {
            parts.push(format!("is not done by the person of {}", self.fact(other)));
        }
        format!("{}{} {}", self.if_en(&kind.when), self.fact(&kind.act.value), parts.join(", "))
    }

    pub(super) fn retention_en(&self, kind: &Retention) -> String {
        let of = self.thing_en(&kind.of.value);
        let keep = match &kind.keep {
            Some(span) => format!("for {}", self.span(span)),
            None => "until a person decides".to_owned(),
        };
        let keeper = self.post(&kind.keeper);
        let mut text = format!("{of} is kept by {keeper} {keep} from {}", self.fact(&kind.from.value));
        if let Some(act) = &kind.blocks {
            text += &format!("; before that {} is refused", self.fact(act));
        }
        if let Some(post) = &kind.approved_by {
            text += &format!("; disposal is approved by {}", self.post(post));
        }
        text
    }
}
