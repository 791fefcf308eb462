//! The form of a follow-up (回访表): five questions with their script, method, who went along, the customer's signature, and
//! the verdict in three keys. Beside it what else can happen: nobody reached, planned, handled again, reviewed.

use std::collections::BTreeSet;

use journal::CommandId;
use journal::reads::{CasePage, FollowUpStage};
use maud::{Markup, html};

use super::one::Trouble;
use super::plan;
use crate::cases::field as cases_field;
use crate::components::field::{self, Chip, Control, Field, chips};
use crate::components::{Timing, panel, refusal};
use crate::language::{said, t, zh};
use crate::security::Fault;
use crate::state::Here;

/// The questions: field, what it is called, what one says.
pub(super) const QUESTIONS: [(&str, &str, &str); 4] = [
    ("quality", zh("质量"), zh("您觉得这次做得怎么样？")),
    ("effect", zh("效果"), zh("现在用着正常吗，问题解决了吗？")),
    ("shortcomings", zh("缺点不足"), zh("有什么没做好的地方？")),
    ("suggestions", zh("业户建议"), zh("您还有什么建议？")),
];
/// Posts that may go along.
const WITH: [&str; 4] = ["responsible_department", "department_head", "service_supervisor", "office_manager"];

/// What the form is made of.
pub struct Form<'a> {
    /// Who asks.
    pub here: &'a Here,
    /// The case.
    pub page: &'a CasePage,
    /// Now and zone.
    pub timing: Timing<'a>,
    /// Attributes that the office's rulebooks speak of.
    pub named: &'a BTreeSet<String>,
    /// Names of the staff.
    pub staff: &'a [String],
    /// The step that was refused just now.
    pub trouble: Option<Trouble<'a>>,
}

impl Form<'_> {
    /// The forms that fit where the follow-up stands.
    pub fn render(&self) -> Result<Markup, Fault> {
        let stage = plan::stage(&self.page.case);
        Ok(html! {
            @match stage {
                FollowUpStage::Rework => {
                    (panel(t("不满意，重新处理"), html! {}, self.rework()?))
                    details.aside { summary { (t("再次回访")) } (self.talk()?) }
                }
                FollowUpStage::ToReview | FollowUpStage::Reviewed => {
                    (panel(t("回访审核"), html! {}, self.review()?))
                    details.aside open[self.troubled("done")] { summary { (t("再次回访")) } (self.talk()?) }
                }
                FollowUpStage::ToAsk => {
                    (panel(t("回访登记"), html! {}, self.talk()?))
                    div.pair {
                        (panel(t("没有联系上"), html! {}, self.attempt()?))
                        (panel(t("另约时间"), html! {}, self.plan()?))
                    }
                }
            }
        })
    }

    fn troubled(&self, step: &str) -> bool {
        self.trouble.as_ref().is_some_and(|it| it.step == step)
    }

    pub(super) fn form(&self, step: &str, fields: Markup, words: Markup) -> Result<Markup, Fault> {
        let command = CommandId::fresh().map_err(|fault| Fault::new("取提交编号", fault))?;
        let trouble = self.trouble.as_ref().filter(|it| it.step == step);
        Ok(html! {
            form method="post" action={ "/follow-up/" (self.page.case.id) "/" (step) } {
                (field::command(command.as_str()))
                (fields)
                @if let Some(trouble) = trouble { (refusal(trouble.refusal)) }
                (words)
            }
        })
    }

    /// What was filled in before a refusal of this step.
    pub(super) fn value(&self, step: &str, name: &str) -> &str {
        self.trouble.as_ref().filter(|it| it.step == step).map_or("", |it| it.filled.get(name))
    }

    pub(super) fn lines(&self, step: &str, name: &str, label: &str, hint: &str, required: bool) -> Markup {
        let control = Control::Lines { value: self.value(step, name), rows: 2, most: 500 };
        Field { name, label, hint, wrong: None, required, control }.render()
    }

    fn methods(&self, step: &str) -> Markup {
        let chosen = match self.value(step, "method") {
            "" => "phone",
            chosen => chosen,
        };
        let methods =
            [("phone", t("电话")), ("visit", t("上门")), ("on_site_view", t("现场查看")), ("other", t("其他方式"))];
        let chip = |(value, words)| Chip { value, words, key: None, on: value == chosen };
        chips("method", t("回访方式"), false, &methods.map(chip))
    }

    /// The talk itself; the verdict is the button, so that one key ends it.
    fn talk(&self) -> Result<Markup, Fault> {
        let said = |id: &str| self.here.word(id);
        let with: Vec<(&str, String)> = WITH.iter().map(|post| (*post, said(post))).collect();
        let with: Vec<Chip> = with.iter().map(|(value, words)| Chip { value, words, key: None, on: false }).collect();
        let fields = html! {
            p.read-back { (t("您好，我是管理处客服。您反映的事已经办完，想听听您的意见。")) }
            p.small.dim { (t("先听完，不打断、不辩解；批评照原话记，能采纳的建议当场说采纳。")) }
            (self.methods("done"))
            div.pair {
                @for (name, label, hint) in QUESTIONS {
                    (self.lines("done", name, t(label), t(hint), plan::asked(self.page, name)))
                }
            }
            (chips("desk.attitude", t("接待时前台态度怎样"), false, &crate::contacts::attitudes("")))
            (self.lines("done", "summary", t("回访内容"), t("扼要写几句，业户说了什么。"), true))
            (self.further())
            (chips("with", t("同去的人"), true, &with))
            details.aside { summary { (t("上门的，请业户签名")) }
                label.lines { span { (t("签字人")) } input name="signer" maxlength="40" autocomplete="off" value=(self.page.caller.0); }
                (field::sign_here("signature", t("请业户在框里签名")))
                label.tick { input type="checkbox" name="paper" value="yes"; (t("在纸上签了")) }
            }
            p.small.dim { (self.brings()) }
        };
        let verdicts = html! {
            div.verdicts {
                @for (key, value, words) in [
                    ("1", "satisfied", t("满意")),
                    ("2", "mostly_satisfied", t("基本满意")),
                    ("3", "dissatisfied", t("不满意")),
                ] {
                    button.main[value == "satisfied"] name="satisfaction" value=(value) data-key=(key) {
                        kbd { (key) } " " (words)
                    }
                }
            }
        };
        self.form("done", fields, verdicts)
    }

    /// What the office's rulebooks ask beside.
    fn further(&self) -> Markup {
        let laws = self.here.house().laws();
        let at = |id: &str| self.trouble.as_ref().is_some_and(|it| it.refusal.field.as_deref() == Some(id));
        let wrong = |id: &str| at(id).then(|| t("请填写这一项"));
        let ids: Vec<&str> = plan::further(self.page).filter(|id| self.named.contains(*id)).collect();
        html! {
            @if !ids.is_empty() {
                details.aside open[self.page.case.kind.is_record()] { summary { (t("规程还问")) }
                    @for id in ids { (cases_field::show(laws, id, false, self.value("done", id), wrong(id))) }
                }
            }
        }
    }

    /// What saving does beside noting the talk.
    fn brings(&self) -> String {
        let beside = plan::beside_words(self.page);
        match beside.is_empty() {
            true => t("按 1、2、3 记下结果。").to_owned(),
            false => t!("按 1、2、3 记下结果，同时办：{}。", beside.join("、")),
        }
    }

    fn attempt(&self) -> Result<Markup, Fault> {
        let fields = html! {
            (self.methods("attempt"))
            (self.lines("attempt", "note", t("原因"), t("无人接、关机、家里没人……"), true))
        };
        self.form("attempt", fields, html! { button { (t("记下未果")) } })
    }

    fn plan(&self) -> Result<Markup, Fault> {
        let value = self.value("plan", "planned_at");
        let control = Control::Line { kind: "datetime-local", value, most: 16 };
        let field =
            Field { name: "planned_at", label: t("回访时间"), hint: "", wrong: None, required: true, control };
        let fields = html! { (field.render()) (self.who("plan", false)) };
        self.form("plan", fields, html! { button { (t("安排回访")) } })
    }

    /// Who goes or calls.
    pub(super) fn who(&self, step: &str, required: bool) -> Markup {
        let names = self.staff.iter().map(|name| (name.as_str(), name.as_str()));
        let choices: Vec<(&str, &str)> = std::iter::once(("", "—")).chain(names).collect();
        let control = Control::Select { choices: &choices, chosen: self.value(step, "visitor") };
        Field { required, control, ..Field::line("visitor", t("由谁去"), "") }.render()
    }

    fn rework(&self) -> Result<Markup, Fault> {
        let told = self.page.case.last("follow_up.dissatisfied").map(|entry| self.timing.said(entry.event.happened));
        Ok(html! {
            p { (t!("{} 业户表示不满意，已开第 {} 轮。请联系有关人员重新处理，办完再回访。", told.unwrap_or_default(), self.page.case.round)) }
            (self.form("contact", self.lines("contact", "note", t("联系了谁，怎么说"), "", false), html! { button { (t("记下联系")) } })?)
            (self.form("rework", self.lines("rework", "note", t("重新处理的结果"), "", true), html! { button.main { (t("重新处理完毕")) } })?)
            p.ways { a.button href={ "/cases/" (self.page.case.number) } { (t("看事项")) } " " a.button href="/dispatch" { (t("去派单")) } }
        })
    }

    fn verdict(&self) -> Result<Markup, Fault> {
        let words = html! { div.verdicts {
            button.main name="conforming" value="yes" { (t("合格")) }
            button name="conforming" value="no" { (t("不合格，报经理")) }
        } };
        self.form("review", self.lines("review", "comment", t("审核意见"), "", true), words)
    }

    /// The way on, for whoever may close the matter.
    fn close(&self) -> Markup {
        let may = self.page.offers.iter().any(|it| it.act == "case.closed" && it.refused.is_none());
        html! {
            @if may {
                p.ways { a.button.main href={ "/cases/" (self.page.case.id) "/acts/case.closed" } { (t("结案")) " …" } }
            }
        }
    }

    fn review(&self) -> Result<Markup, Fault> {
        let done = self.page.timeline.iter().rev().find(|line| line.event.name == "follow_up.done");
        let offer = self.page.offers.iter().find(|it| it.act == "follow_up.reviewed");
        let answers = done.map(|line| &line.event.body.attributes);
        Ok(html! {
            @if let (Some(line), Some(answers)) = (done, answers) {
                p { (line.said) }
                dl.facts {
                    @for name in ["follow_up.quality", "follow_up.effect", "follow_up.shortcomings", "follow_up.suggestions"] {
                        @if let Some(value) = answers.get(name) { dt { (said(&self.here.word(name), None)) } dd { (value) } }
                    }
                }
            }
            @let reviewed = plan::stage(&self.page.case) == FollowUpStage::Reviewed;
            @if reviewed { p.dim { (t("已审核。")) } (self.close()) }
            @match offer {
                Some(offer) if offer.refused.is_none() && reviewed => {
                    details.aside open[self.troubled("review")] { summary { (t("再次审核")) } (self.verdict()?) }
                }
                Some(offer) if offer.refused.is_none() => { (self.verdict()?) }
                Some(offer) => { @if let Some(refused) = &offer.refused { (refusal(refused)) } }
                None => { p.dim { (t("由主管审核。")) } }
            }
        })
    }
}
