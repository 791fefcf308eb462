//! Rules about an act and its proof (行为类): block, sign, form, record, roster.

use super::super::table::Table;
use crate::model::*;

/// `[[block]]`.
pub fn block(table: &mut Table<'_>) -> Option<Kind> {
    let act = table.need_word("act", Sort::Fact);
    let block = Block {
        act: At { value: String::new(), span: 0..0 },
        when: table.when("when"),
        until: table.words("until", Sort::Fact),
        until_fields: table.plain_words("until_fields", Sort::Attribute),
        until_values: table.when("until_values"),
        after: table.plain_word("after", Sort::Fact),
        only_by_who: table.flag("only_by_who").unwrap_or(false),
        not_before: table.anchor("not_before"),
        not_after: not_after(table),
    };
    if block.only_by_who && !table.has("who") {
        table.page.error(table.span.clone(), "`only_by_who` 要与 `who` 一起写");
    }
    if block.after.is_some() && block.until.is_empty() {
        table.page.error(table.span.clone(), "`after` 要与 `until` 一起写");
    }
    Some(Kind::Block(Block { act: act?, ..block }))
}

fn not_after(table: &mut Table<'_>) -> Option<(String, Anchor)> {
    let mut limit = table.table("not_after")?;
    let attribute = limit.need_word("attribute", Sort::Attribute);
    if !limit.has("anchor") {
        limit.missing("anchor");
    }
    let anchor = limit.anchor("anchor");
    limit.finish();
    Some((attribute?.value, anchor?))
}

/// `[[sign]]`.
pub fn sign(table: &mut Table<'_>) -> Option<Kind> {
    let page = table.page;
    let act = table.need("act").map(|act| page.word(act, &[Sort::Fact, Sort::Form]));
    let with = table.need_word("with", Sort::Fact);
    let sign = Sign {
        act: At { value: String::new(), span: 0..0 },
        with: String::new(),
        when: table.when("when"),
        by: table.plain_words("by", Sort::Post),
        any: table.flag("any").unwrap_or(false),
        in_order: table.flag("in_order").unwrap_or(false),
        distinct: table.flag("distinct").unwrap_or(false),
        each_entry: table.flag("each_entry").unwrap_or(false),
        blocks: table.plain_word("blocks", Sort::Fact),
    };
    Some(Kind::Sign(Sign { act: act?, with: with?.value, ..sign }))
}

/// `[[form]]`.
pub fn form(table: &mut Table<'_>) -> Option<Kind> {
    let form = table.need_word("form", Sort::Form);
    let fields = table.plain_words("fields", Sort::Attribute);
    let mut copies = Vec::new();
    for mut copy in table.tables("copies") {
        let n = copy.integer("n").and_then(|n| u8::try_from(n).ok());
        if n.is_none() {
            copy.page.error(copy.span.clone(), "`n` 是联次，写成 1 至 255 的整数");
        }
        let holder = copy.need("holder").map(|holder| copy.page.post_or_words(holder));
        let label = copy.plain("label").unwrap_or_default();
        copy.finish();
        if let (Some(n), Some(holder)) = (n, holder) {
            copies.push((n, holder.value, label));
        }
    }
    let issued_by = table.plain_word("issued_by", Sort::Fact);
    let blocks = table.plain_word("blocks", Sort::Fact);
    Some(Kind::Form(Form { form: form?, fields, copies, issued_by, blocks }))
}

/// `[[record]]`.
pub fn record(table: &mut Table<'_>) -> Option<Kind> {
    let act = table.need_word("act", Sort::Fact);
    let when = table.when("when");
    let fields = table.words("fields", Sort::Attribute);
    let form = table.plain_word("form", Sort::Form);
    let approved_by = table.plain_word("approved_by", Sort::Post);
    let blocks = table.plain_word("blocks", Sort::Fact);
    Some(Kind::Record(Record { act: act?, when, fields, form, approved_by, blocks }))
}

/// `[[roster]]`.
pub fn roster(table: &mut Table<'_>) -> Option<Kind> {
    let act = table.need_word("act", Sort::Fact);
    let when = table.when("when");
    let all_of = table.plain_words("all_of", Sort::Post);
    let any_of = table.plain_words("any_of", Sort::Post);
    let cover = table.plain_words("cover", Sort::Post);
    let not_same_as = table.text("not_same_as").map(|word| table.page.fact_or_words(word).value);
    Some(Kind::Roster(Roster { act: act?, when, all_of, any_of, cover, not_same_as }))
}
