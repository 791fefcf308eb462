//! What the product has to carry clauses that are not computed (承载物): pages, forms, registers, scripts, checklists.

/// Pages of the product by their path word.
const PAGES: &[&str] = &[
    "home",
    "desk",
    "contacts",
    "answers",
    "cases",
    "complaints",
    "dispatch",
    "dossiers",
    "archive",
    "needs",
    "jobs",
    "follow-up",
    "papers",
    "repairs",
    "reports",
    "rulebooks",
    "settings",
    "appraisal",
    "fees",
];

/// What the desk says at each step, and the checklists of a call: at the desk itself, and when a call is sampled; what the
/// repairer's phone says and lists at the door; what one who follows up says and keeps in mind.
const SPOKEN: &[&str] = &[
    "script/phone",
    "script/closing",
    "script/refusal-explained",
    "script/letter",
    "script/reception",
    "checklist/reception",
    "checklist/face-to-face/1",
    "checklist/face-to-face/2",
    "checklist/visit/1",
    "checklist/visit/2",
    "checklist/courtesy/answers",
    "checklist/call",
    "checklist/call/1",
    "checklist/call/2",
    "checklist/call/3",
    "checklist/courtesy/thanks",
    "checklist/courtesy/ten",
    "script/refusal",
    "script/follow-up",
    "checklist/tools",
    "checklist/site",
    "checklist/door-service",
    "script/door-delivery/1",
    "script/door-delivery/2",
    "script/door-delivery/4",
    "script/door-delivery/5",
    "checklist/mail-conduct",
    "checklist/move-in",
];

/// Every carrier by name: page words, scripts and checklists, `form/<id>` of each form type, `register/<id>` of each
/// register, and what the questions of a survey carry.
pub fn names() -> Vec<String> {
    let pages = PAGES.iter().chain(SPOKEN).map(|page| (*page).to_owned());
    let forms = office::form::all().iter().map(|form| format!("form/{}", form.id.replace('_', "-")));
    let registers = office::register::all().iter().map(|it| format!("register/{}", it.id.replace('_', "-")));
    let questions = office::survey::questions::carriers().into_iter().map(str::to_owned);
    pages.chain(forms).chain(registers).chain(questions).collect()
}
