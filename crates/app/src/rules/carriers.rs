//! What the product has to carry clauses that are not computed (承载物): pages, forms, registers, scripts, checklists.

/// Pages of the product by their path word.
const PAGES: &[&str] =
    &["home", "desk", "cases", "complaints", "dispatch", "jobs", "follow-up", "papers", "rulebooks", "settings"];

/// Every carrier by name: page words, `form/<id>` of each form type and `register/<id>` of each register.
pub fn names() -> Vec<String> {
    let pages = PAGES.iter().map(|page| (*page).to_owned());
    let forms = office::form::all().iter().map(|form| format!("form/{}", form.id.replace('_', "-")));
    let registers = office::register::all().iter().map(|it| format!("register/{}", it.id.replace('_', "-")));
    pages.chain(forms).chain(registers).collect()
}
