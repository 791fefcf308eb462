//! Rules about what comes next (去向类): route, classify, right, carried.

use super::super::table::Table;
use super::super::when::value_word;
use crate::model::*;

/// `[[route]]`.
pub fn route(table: &mut Table<'_>) -> Option<Kind> {
    let from = table.need_words("from", Sort::Fact);
    let when = table.when("when");
    let on = table.on("on");
    let go = table.need("go").map(|go| table.page.fact_or_words(go));
    let unless = table.table("unless").and_then(|mut unless| {
        let asked = unless.need_word("asked", Sort::Fact);
        let go = unless.need("go").map(|go| unless.page.fact_or_words(go));
        unless.finish();
        Some((asked?.value, go?.value))
    });
    Some(Kind::Route(Route { from: from?, when, on, go: go?, unless }))
}

/// `[[classify]]`.
pub fn classify(table: &mut Table<'_>) -> Option<Kind> {
    let ground = table.need_word("ground", Sort::Attribute);
    let gives = table.need_word("gives", Sort::Attribute);
    let words = &table.page.words;
    let known = |at: &Option<At<String>>| {
        let place = words.attribute(&at.as_ref()?.value)?;
        words.attributes.get(place)
    };
    let (ground_words, class_words) = (known(&ground), known(&gives));
    if !table.has("values") {
        table.missing("values");
    }
    let mut values = Vec::new();
    for mut row in table.tables("values") {
        if !row.has("when") {
            row.missing("when");
        }
        let grounds = row.texts("when");
        let class = row.need("class");
        let page = row.page;
        row.finish();
        let grounds: Vec<String> = grounds.into_iter().map(|word| value_word(page, word, ground_words)).collect();
        if let Some(class) = class {
            values.push((grounds, value_word(page, class, class_words)));
        }
    }
    Some(Kind::Classify(Classify { ground: ground?, gives: gives?, values }))
}

/// `[[right]]`.
pub fn right(table: &mut Table<'_>) -> Option<Kind> {
    let from = table.need_words("from", Sort::Fact);
    let when = table.when("when");
    let may = table.need("may").map(|may| table.page.fact_or_words(may));
    let opens = table.limit_in_one("opens");
    let until = table.plain_words("until", Sort::Fact);
    Some(Kind::Right(Right { from: from?, when, may: may?, opens, until }))
}

/// What may carry a clause.
const CARRIERS: [&str; 10] = [
    "screen",
    "checklist",
    "script",
    "survey",
    "form_field",
    "review_question",
    "figure",
    "register",
    "setting",
    "notice",
];

/// `[[carried]]`.
pub fn carried(table: &mut Table<'_>) -> Option<Kind> {
    let by = table.need("by");
    if let Some(by) = by.as_ref().filter(|by| !CARRIERS.contains(&by.value.as_str())) {
        let hint = format!("可以写：{}", CARRIERS.join(" "));
        table.page.error_with(by.span.clone(), format!("`by` 不能写 `{}`", by.value), hint);
    }
    let where_ = table.need("where");
    let page = table.page;
    let shown_by = table.texts("shown_by").into_iter();
    let shown_by = shown_by.map(|word| page.word(word, &[Sort::Fact, Sort::Attribute]).value).collect();
    let pending = table.plain("pending");
    Some(Kind::Carried(Carried { by: by?, where_: where_?, shown_by, pending }))
}
