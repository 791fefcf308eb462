//! What the product has to carry clauses that are not computed (承载物): pages, forms, scripts, checklists.

/// Pages of the product by their path word.
const PAGES: &[&str] = &["home", "desk", "cases", "dispatch", "jobs", "follow-up", "papers", "rulebooks", "settings"];

/// Every carrier by name: page words, and `form/<id>` of each form type.
pub fn names() -> Vec<String> {
    let pages = PAGES.iter().map(|page| (*page).to_owned());
    pages.chain(office::form::all().iter().map(|form| format!("form/{}", form.id.replace('_', "-")))).collect()
}
