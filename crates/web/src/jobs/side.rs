//! What else can happen at a job (旁出情形): another time, nobody home, waiting, a second trip, no way to repair it, a signature that
//! is refused; and the checklists of the site.

use std::borrow::Cow;
use std::collections::BTreeSet;

use calendar::Moment;
use maud::{Markup, html};
use office::case::{Case, CaseKind};
use office::site::checklist;
use rulebook::model::Sort;

use super::forms::Forms;
use crate::cases::{field as attribute, help};
use crate::components::field::{Chip, chips};
use crate::desk::phrases::Phrases;
use crate::language::{said, t};
use crate::security::Fault;
use crate::state::Here;

/// The site's own lists and words for a job.
pub struct Lists {
    /// Tools and parts for what is broken.
    pub tools: Vec<String>,
    /// What is done at the door; empty where no adopted clause speaks of it.
    pub door: Vec<String>,
    /// How the place is left.
    pub cleared: Vec<String>,
    /// What to say to an owner who says no.
    pub think_it_over: String,
    /// Whether the office's rulebooks ask the owner for grades of the work.
    pub grades: bool,
}

impl Lists {
    /// The lists as the site has written them.
    pub async fn of(here: &Here, case: &Case) -> Result<Lists, Fault> {
        let law = here.house().law(here.site).await.map_err(|fault| Fault::new("读取核对清单", fault))?;
        let named: BTreeSet<String> = help::named(here.house().laws(), &help::adopted(&law, here.now), Sort::Attribute);
        let about = |id: &str| case.attributes.get(id).map_or("", String::as_str);
        let words = format!("{} {} {}", about("repair.kind"), about("case.content"), case.title);
        let owned = |items: Vec<&str>| items.into_iter().map(str::to_owned).collect();
        let door = named.contains("service.door_checks").then(|| law.office_setting(checklist::DOOR));
        Ok(Lists {
            tools: owned(checklist::tools(law.office_setting(checklist::TOOLS), &words)),
            door: owned(checklist::items(door.unwrap_or_default())),
            cleared: owned(checklist::items(law.office_setting(checklist::CLEARED))),
            think_it_over: Phrases::of(here).await?.say("think_it_over"),
            grades: named.contains("follow_up.timeliness"),
        })
    }
}

impl Forms<'_> {
    /// Items to tick, any number of them.
    pub(super) fn ticks(&self, name: &str, label: &str, items: &[String]) -> Markup {
        let on = self.ticked(name);
        let spoken: Vec<Cow<str>> = items.iter().map(|it| said(it, None)).collect();
        let mut shown = Vec::with_capacity(items.len());
        for (item, words) in items.iter().zip(&spoken) {
            shown.push(Chip { value: item, words, key: None, on: on.contains(item) });
        }
        html! { @if !items.is_empty() { (chips(name, label, true, &shown)) } }
    }

    /// Before going: tools and parts, so that nobody has to come twice.
    pub(super) fn tools(&self) -> Markup {
        self.ticks("tool", t("带齐再走"), &self.lists.tools)
    }

    /// What can happen beside the steps, once for the whole page and folded away: a phone without network needs it at every step.
    pub(super) fn beside(&self) -> Result<Markup, Fault> {
        const SIDE: [&str; 8] =
            ["nobody", "move", "move-agreed", "wait", "wait-over", "went-back", "infeasible", "tidy"];
        let case = &self.page.case;
        let open = self.trouble.as_ref().is_some_and(|it| SIDE.contains(&it.step));
        if case.state.ended() || case.kind.is_record() {
            return Ok(html! {});
        }
        let repair = case.kind == CaseKind::Repair;
        Ok(html! {
            details.aside open[open] {
                summary { (if repair { t("别的情况：没人、改时间、要等、修不了") } else { t("要等") }) }
                @if repair { (self.on_the_way()?) }
                (self.at_work(repair)?)
                @if repair { (self.cleared()?) }
            }
        })
    }

    /// What was waited for has come: the first thing to say of a job that waits.
    pub(super) fn wait_over(&self) -> Result<Markup, Fault> {
        match self.page.case.waits() {
            None => Ok(html! {}),
            Some(_) => self.folded("wait-over", t("等到了，接着办"), self.lines("note", t("备注"), false), t("接着办")),
        }
    }

    /// On the way: nobody is there, or it is to be another time.
    fn on_the_way(&self) -> Result<Markup, Fault> {
        let nobody = html! {
            label.tick { input type="checkbox" name="notice_left" value="yes" checked; (t("门上留了通知")) }
            (self.when("moved_to", t("通知上约的时间"), false))
            (self.lines("note", t("备注"), false))
            (self.photos("nobody"))
        };
        Ok(html! {
            (self.folded("nobody", t("到了，家里没人"), nobody, t("记下没人"))?)
            (self.another_time()?)
        })
    }

    /// Another time: asked for by the owner, or proposed to the owner, who agrees or is yet to.
    fn another_time(&self) -> Result<Markup, Fault> {
        let who = [("owner", t("业主要求")), ("office", t("我们提出"))];
        let chosen = self.value("asked_by", "owner");
        let who = who.map(|(value, words)| Chip { value, words, key: None, on: value == chosen });
        let fields = html! {
            (chips("asked_by", t("谁要改"), false, &who))
            (self.when("moved_to", t("改到"), true))
            label.tick { input type="checkbox" name="agreed" value="yes"; (t("业主已同意这个时间")) }
            (self.lines("note", t("原因"), false))
        };
        let proposed = self.proposed();
        Ok(html! {
            @if let Some(at) = proposed {
                (self.folded("move-agreed", t("业主同意了改的时间"), html! {
                    input type="hidden" name="moved_to" value=(at.0);
                }, t("记下业主同意"))?)
            }
            (self.folded("move", t("改时间"), fields, t("记下改期"))?)
        })
    }

    /// Another time that was proposed and that the owner has not agreed to.
    fn proposed(&self) -> Option<Moment> {
        let case = &self.page.case;
        let proposed = case.last("repair.move_proposed")?;
        let agreed = case.last("repair.move_agreed").map_or(0, |entry| entry.seq);
        let to = proposed.event.body.attributes.get("repair.moved_to").and_then(|it| it.parse().ok());
        to.map(Moment).filter(|_| proposed.seq > agreed)
    }

    /// While working: what is waited for, a second trip, no way to repair it.
    fn at_work(&self, repair: bool) -> Result<Markup, Fault> {
        let reasons =
            [("parts", t("待料")), ("owner", t("业主改约")), ("manufacturer", t("待厂家")), ("quote", t("待报价确认"))];
        let chosen = self.value("waiting_for", "");
        let reasons = reasons.map(|(value, words)| Chip { value, words, key: None, on: value == chosen });
        let fields = html! {
            (chips("waiting_for", t("等什么"), false, &reasons))
            (self.when("waiting_until", t("预计等到"), false))
            (self.lines("note", t("备注"), false))
            p.small.dim { (t("时限照走，条款写明停的才停。")) }
        };
        Ok(html! {
            (self.folded("wait", t("要等"), fields, t("记下在等"))?)
            @if repair {
            (self.folded("went-back", t("回去取工具、备件"), self.lines("note", t("取什么"), true), t("记下再跑一趟"))?)
            (self.folded("infeasible", t("查实修不了"), html! {
                (self.lines("note", t("为什么修不了"), true)) (self.photos("infeasible"))
            }, t("记下修不了"))?)
            }
        })
    }

    /// The steps of what cannot be repaired.
    pub(super) fn cannot(&self, step: &str) -> Result<Markup, Fault> {
        Ok(match step {
            "infeasible-report" => self.form(step, true, self.lines("note", t("主管怎么说"), false), t("已报主管"))?,
            "infeasible-explain" => {
                self.form(step, true, self.lines("note", t("怎么说明的"), false), t("已向业主说明"))?
            }
            "gave-up" if !self.may("repair.engineering_gave_up") => {
                html! { p.dim { (t("等主管定办法：另派人、另评审，或报经理。")) } }
            }
            "gave-up" => html! {
                p.dim { (t("有办法的，请在事项页另派人或另评审，这一单接着修；没有办法的，记下来报经理。")) }
                p.ways { a.button href={ "/cases/" (self.page.case.id) } { (t("去事项页派人")) } }
                (self.form(step, true, self.lines("note", t("为什么解决不了"), true), t("工程部解决不了"))?)
            },
            "manager" if !self.may("repair.reported_manager") => {
                html! { p.dim { (t("等主管报经理。")) } }
            }
            "manager" => self.form(step, true, self.lines("note", t("经理怎么定"), false), t("已报经理"))?,
            _ => html! {},
        })
    }

    /// The owner says no: what to say, then why.
    pub(super) fn says_no(&self) -> Markup {
        html! {
            p.read-back { (self.lists.think_it_over) }
            (self.lines("reason", t("不同意的原因"), true))
        }
    }

    /// The place is left in order: items to tick, after the work with a photo.
    fn cleared(&self) -> Result<Markup, Fault> {
        if self.page.case.has_this_round("repair.site_tidied") {
            return Ok(html! {});
        }
        let fields = html! { (self.ticks("cleared", t("收拾好了"), &self.lists.cleared)) (self.photos("tidy")) };
        self.folded("tidy", t("清理现场"), fields, t("记下清理"))
    }

    /// Who signs in the owner's place, and what the owner thinks of it.
    pub(super) fn signs(&self) -> Markup {
        let relations = [
            ("", t("本人")),
            ("family", t("家人")),
            ("tenant", t("租户代表")),
            ("agent", t("受托人")),
            ("housekeeper", t("保姆")),
        ];
        let chosen = self.value("relation", "");
        let relations = relations.map(|(value, words)| Chip { value, words, key: None, on: value == chosen });
        html! {
            (chips("relation", t("谁来签"), false, &relations))
            @if self.lists.grades {
                @for (name, label) in [("quality", t("质量")), ("timeliness", t("及时")), ("attitude", t("态度"))] {
                    (self.grade(name, label))
                }
            }
        }
    }

    /// A grade of the work: what is said is kept in the words of the office.
    fn grade(&self, name: &str, label: &str) -> Markup {
        let chosen = self.value(name, "");
        let grades = [("好", t("好")), ("一般", t("一般")), ("差", t("差"))];
        let grades = grades.map(|(value, words)| Chip { value, words, key: None, on: value == chosen });
        chips(name, label, false, &grades)
    }

    /// The owner will not sign.
    pub(super) fn will_not_sign(&self) -> Result<Markup, Fault> {
        let fields = html! {
            (self.lines("reason", t("为什么不签"), true))
            label.lines { span { (t("见证人")) span.must title=(t("必填")) { "＊" } }
                input name="witness" maxlength="40" required autocomplete="off" value=(self.value("witness", "")); }
        };
        self.folded("sign-refused", t("业主不肯签"), fields, t("记下拒签"))
    }

    /// The copies of a paid-service slip, back where they belong.
    pub(super) fn copies(&self) -> Result<Markup, Fault> {
        let fields = html! {
            p { (t("第一、三联交客服中心，第三联是收费凭据。")) }
            label.tick { input type="checkbox" name="two" value="yes" checked; (t("第二联已留工程部")) }
        };
        self.form("copies", true, fields, t("一、三联已交客服中心"))
    }

    fn when(&self, name: &str, label: &str, required: bool) -> Markup {
        html! {
            label.lines { span { (label) @if required { span.must title=(t("必填")) { "＊" } } }
                input type="datetime-local" name=(name) required[required] value=(self.value(name, "")); }
        }
    }
}

/// A moment as a phone posts it: civil time of the site, or microseconds. None when it is no moment.
pub fn moment(zone: &calendar::Zone, typed: &str) -> Option<Moment> {
    match typed.parse::<i64>() {
        Ok(micros) => Some(Moment(micros)),
        Err(_) => attribute::moment(zone, typed),
    }
}
