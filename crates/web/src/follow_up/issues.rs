//! What a resident brings up in a follow-up (住户提出的问题): each noted by itself, studied, answered by the time agreed, settled; and what
//! a supervisor does with a follow-up: gives it to somebody else, has something put right, reads its sheet.

use journal::reads::TimelineLine;
use maud::{Markup, html};

use super::form::Form;
use crate::components::field::{Control, Field};
use crate::components::panel;
use crate::language::{said, t};
use crate::security::Fault;

/// What tells of an issue, in the order in which it goes.
const TOLD: [&str; 5] = [
    "follow_up.issue_raised",
    "follow_up.answer_promised",
    "follow_up.issue_studied",
    "follow_up.issue_answered",
    "follow_up.issue_settled",
];

impl Form<'_> {
    fn offered(&self, act: &str) -> bool {
        self.page.offers.iter().any(|it| it.act == act && it.refused.is_none())
    }

    /// Issues and their forms; nothing before the first talk of a matter that nobody may bring anything up in.
    pub fn issues(&self) -> Result<Markup, Fault> {
        let told: Vec<&TimelineLine> =
            self.page.timeline.iter().filter(|line| TOLD.contains(&line.event.name.as_str())).collect();
        let raised = self.page.case.has("follow_up.issue_raised");
        if told.is_empty() && !self.offered("follow_up.issue_raised") {
            return Ok(html! {});
        }
        let body = html! {
            @if !told.is_empty() {
                ol.talks { @for line in &told { li { (self.timing.time(line.happened)) " " (line.said) } } }
            }
            @if raised {
                div.pair {
                    (self.step("study", "follow_up.issue_studied", t("逐条研究"), t("研究的结果，采纳不采纳"), self.taken())?)
                    (self.step("answer", "follow_up.issue_answered", t("答复"), t("怎么答复的"), html! {})?)
                    (self.step("settle", "follow_up.issue_settled", t("办结"), t("办到什么结果"), html! {})?)
                }
            }
            (self.step("raise", "follow_up.issue_raised", t("记一个问题"), t("住户提出了什么，一次记一条"), self.promise())?)
        };
        Ok(panel(t("住户提出的问题"), html! {}, body))
    }

    fn step(&self, step: &str, act: &str, title: &str, hint: &str, more: Markup) -> Result<Markup, Fault> {
        if !self.offered(act) {
            return Ok(html! {});
        }
        let fields = html! { (self.lines(step, "note", title, hint, true)) (more) };
        self.form(step, fields, html! { button { (title) } })
    }

    fn taken(&self) -> Markup {
        html! { label.tick { input type="checkbox" name="taken" value="yes"; (t("采纳")) } }
    }

    fn promise(&self) -> Markup {
        let at = self.value("raise", "answer_by");
        let control = Control::Line { kind: "datetime-local", value: at, most: 16 };
        html! {
            label.tick { input type="checkbox" name="answered" value="yes"; (t("当场答清了")) }
            label.tick { input type="checkbox" name="shared" value="yes"; (t("几户都提到")) }
            (Field { control, ..Field::line("answer_by", t("答不清的，约定答复时间"), "") }.render())
        }
    }

    /// What a supervisor does with it.
    pub fn lead(&self) -> Result<Markup, Fault> {
        let done = self.page.case.has("follow_up.done");
        let unhappy = self.page.case.has("follow_up.dissatisfied");
        let attempted = self.page.case.has("follow_up.attempted");
        let read = self.page.case.last("follow_up.sheet_read").map_or(0, |entry| entry.seq);
        let unread = done && read < self.page.case.last("follow_up.done").map_or(0, |entry| entry.seq);
        let parts = [
            (unread, "read", "follow_up.sheet_read", t("审阅回访记录"), self.note("read", t("审阅意见"))),
            (unhappy, "rectify", "follow_up.rectification_assigned", t("安排整改"), self.rectify()),
            (!done, "reassign", "follow_up.reassigned", t("改派回访"), self.who("reassign", true)),
            (
                attempted && !done,
                "unreachable",
                "follow_up.unreachable",
                t("认定联系不上"),
                self.lines("unreachable", "note", t("原因"), "", true),
            ),
        ];
        Ok(html! {
            @for (fits, step, act, title, fields) in parts {
                @if fits && self.offered(act) {
                    details.aside { summary { (title) } (self.form(step, fields, html! { button { (title) } })?) }
                }
            }
        })
    }

    fn note(&self, step: &str, label: &str) -> Markup {
        self.lines(step, "note", label, "", false)
    }

    fn rectify(&self) -> Markup {
        let person = said(&self.here.word("case.person"), None).into_owned();
        let names = self.staff.iter();
        let (value, limit) = (self.value("rectify", "person"), self.value("rectify", "limit"));
        let own = html! {
            input id="person" name="person" value=(value) maxlength="40" required list="rectify-staff" autocomplete="off";
            datalist id="rectify-staff" { @for name in names { option value=(name) {} } }
        };
        let day = Control::Line { kind: "date", value: limit, most: 10 };
        html! {
            (Field { required: true, control: Control::Own(own), ..Field::line("person", &person, "") }.render())
            (Field { control: day, ..Field::line("limit", t("限期"), "") }.render())
            (self.note("rectify", t("说明")))
        }
    }
}
