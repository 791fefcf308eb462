//! Rules about acts and their proof in Chinese (行为类中文读回).

use super::ReadBack;
use crate::model::*;

impl ReadBack<'_> {
    pub(super) fn block_zh(&self, who: &str, kind: &Block) -> String {
        let act = self.fact(&kind.act.value);
        let mut reasons = Vec::new();
        if !kind.until.is_empty() {
            let after = kind.after.as_ref().map_or(String::new(), |after| format!("在末次{}之后", self.fact(after)));
            reasons.push(format!("{after}没有{}的", self.facts_at(&kind.until, true)));
        }
        if !kind.until_fields.is_empty() {
            reasons.push(format!("没有填写{}的", self.attributes(&kind.until_fields)));
        }
        if !kind.until_values.is_empty() {
            reasons.push(format!("不满足“{}”的", self.when(&kind.until_values)));
        }
        if let Some(anchor) = &kind.not_before {
            reasons.push(format!("在{}之前", self.anchor(anchor)));
        }
        if let Some((attribute, anchor)) = &kind.not_after {
            reasons.push(format!("{}晚于{}的", self.attribute(attribute), self.anchor(anchor)));
        }
        if kind.only_by_who {
            reasons.push(format!("不是{who}的"));
        }
        let when = self.when_zh(&kind.when);
        let reasons = if reasons.is_empty() { String::new() } else { format!("{}，", reasons.join("，或")) };
        format!("{when}{reasons}不得{act}")
    }

    pub(super) fn sign_zh(&self, kind: &Sign) -> String {
        let by = match kind.by.is_empty() {
            true => String::new(),
            false => format!("由{}", self.posts(&kind.by, !kind.any)),
        };
        let mut text = format!(
            "{}{}须{by}签字（{}）",
            self.when_zh(&kind.when),
            self.thing(&kind.act.value),
            self.fact(&kind.with)
        );
        for (holds, words) in [
            (kind.any && kind.by.len() > 1, "，一人即可"),
            (kind.in_order, "，按此次序"),
            (kind.distinct, "，不得是同一人"),
            (kind.each_entry, "，每一条目都要签"),
        ] {
            text += if holds { words } else { "" };
        }
        text + &self.blocks_zh(&kind.blocks)
    }

    /// A fact, a form, or words.
    pub(super) fn thing(&self, word: &str) -> String {
        if self.words.form(word).is_some() { self.form(word) } else { self.fact(word) }
    }

    pub(super) fn blocks_zh(&self, blocks: &Option<String>) -> String {
        blocks.as_ref().map_or(String::new(), |act| format!("；齐备之前不得{}", self.fact(act)))
    }

    pub(super) fn form_zh(&self, kind: &Form) -> String {
        let mut text = format!("用{}", self.form(&kind.form.value));
        if let Some(act) = &kind.issued_by {
            text += &format!("，{}时开出", self.fact(act));
        }
        if !kind.fields.is_empty() {
            text += &format!("，填写{}", self.attributes(&kind.fields));
        }
        if !kind.copies.is_empty() {
            let copies = kind.copies.iter().map(|(n, holder, label)| {
                let label = if label.is_empty() { String::new() } else { format!("（{label}）") };
                format!("第 {n} 联{label}归{holder}")
            });
            text += &format!("；{}", copies.collect::<Vec<_>>().join("，"));
        }
        text + &self.blocks_zh(&kind.blocks)
    }

    pub(super) fn record_zh(&self, who: &str, kind: &Record) -> String {
        let form = kind.form.as_ref().map_or(String::new(), |form| format!("在{}上", self.form(form)));
        let fields = self.attributes(kind.fields.iter().map(|field| &field.value));
        let noted = if fields.is_empty() { "留有记录".to_owned() } else { format!("记下{fields}") };
        let mut text = format!("{}{}时，{who}须{form}{noted}", self.when_zh(&kind.when), self.fact(&kind.act.value));
        if let Some(post) = &kind.approved_by {
            text += &format!("，经{post}批准");
        }
        text + &self.blocks_zh(&kind.blocks)
    }

    pub(super) fn roster_zh(&self, kind: &Roster) -> String {
        let mut parts = Vec::new();
        if !kind.all_of.is_empty() {
            parts.push(format!("须有{}参加", self.posts(&kind.all_of, true)));
        }
        if !kind.any_of.is_empty() {
            parts.push(format!("由{}做", self.posts(&kind.any_of, false)));
        }
        if !kind.cover.is_empty() {
            parts.push(format!("可由{}代", self.posts(&kind.cover, false)));
        }
        if let Some(other) = &kind.not_same_as {
            parts.push(format!("不得与{}是同一人", self.fact(other)));
        }
        format!("{}{}{}", self.when_zh(&kind.when), self.fact(&kind.act.value), parts.join("，"))
    }

    pub(super) fn retention_zh(&self, kind: &Retention) -> String {
        let of = self.thing(&kind.of.value);
        let keep = match &kind.keep {
            Some(span) => format!("保存 {}", self.span(span)),
            None => "保存期限由人决定".to_owned(),
        };
        let mut text = format!("{of}自{}起由{}{keep}", self.fact(&kind.from.value), kind.keeper);
        if let Some(act) = &kind.blocks {
            text += &format!("；期满之前不得{}", self.fact(act));
        }
        if let Some(post) = &kind.approved_by {
            text += &format!("；处置须经{post}批准");
        }
        text
    }
}
