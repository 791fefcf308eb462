//! The forms of the steps (步骤表单): one wide button each, what may stay empty folded away. Every form carries its own
//! command, so that steps done without network can be told apart.

use journal::CommandId;
use journal::reads::{CasePage, PriceRow, StockRow};
use maud::{Markup, html};
use office::case::CaseKind;
use office::charge;

use super::job::Trouble;
use super::posted::yuan;
use super::side::Lists;
use super::way;
use crate::components::field::{self, Chip, chips};
use crate::components::icon::{icon, lucide};
use crate::components::refusal;
use crate::language::{t, zh};
use crate::security::Fault;

/// What the forms are made of.
pub struct Forms<'a> {
    /// The case.
    pub page: &'a CasePage,
    /// The price list of today.
    pub prices: &'a [PriceRow],
    /// The cards of the store.
    pub stock: &'a [StockRow],
    /// The step that was refused just now, and what was filled in.
    pub trouble: Option<Trouble<'a>>,
    /// The site's lists and words for this job.
    pub lists: &'a Lists,
}

/// Words that a worker often writes at the end.
const RESULTS: [&str; 6] =
    [zh("已更换配件"), zh("已疏通"), zh("已修复，试用正常"), zh("已紧固"), zh("已调试"), zh("已堵漏")];

impl Forms<'_> {
    /// The forms of a step: its own, and what else can happen at this point.
    pub fn of(&self, step: &str) -> Result<Markup, Fault> {
        Ok(match step {
            "take" => html! {
                (self.form("take", true, html! {}, t("接单"))?)
                @if self.page.case.form("repair_slip").or(self.page.case.form("paid_service_slip")).is_some() {
                    (self.folded("fetch", t("到前台领了维修单"), html! {}, t("已领维修单"))?)
                }
                (self.folded("decline", t("退单"), self.lines("note", t("为什么退单"), true), t("退单"))?)
            },
            "sheet" => self.form("sheet", true, html! {}, t("签收巡视表"))?,
            "arrive" => html! {
                (self.form("arrive", true, html! { (self.tools()) (self.second_trip()) }, t("到场"))?)
                @if self.may("repair.site_surveyed") && !self.page.case.has_this_round("repair.site_surveyed") {
                    (self.folded("survey", t("先到现场看用料"), self.lines("note", t("要用什么料"), false), t("记下看过用料"))?)
                }
            },
            "verify" => self.verify()?,
            "quote" => self.quote()?,
            "consent" => self.consent()?,
            "work" => html! {
                @if self.untold() { (self.consequences(true)?) }
                (self.form("work", true, html! {}, t("开始维修"))?)
                (self.material()?)
            },
            "complete" => self.complete()?,
            "try" => html! {
                (self.form("try", true, html! {}, t("试用合格"))?)
                (self.folded("rework", t("不合格，要返工"), self.lines("note", t("哪里不合格"), true), t("记下返工"))?)
            },
            "sign" => self.sign()?,
            "result" => html! {
                (self.form("result", true, html! {
                    (self.lines("note", t("维修情况"), true)) (self.lines("materials", t("用料"), false))
                }, t("记录维修情况"))?)
            },
            "copies" => self.copies()?,
            "return" => self.form("return", true, html! {}, t("已交回第二、三联"))?,
            "finish" => self.form(
                "finish",
                true,
                html! {
                    (self.lines("note", t("办得怎样"), true))
                    (self.ticks("door", t("上门逐项核对"), &self.lists.door))
                    (self.photos("finish"))
                },
                t("办结"),
            )?,
            "report" => self.form("report", true, self.lines("note", t("主管怎么说"), false), t("已向主管说明"))?,
            "refusal-sign" => self.form("refusal-sign", true, html! {}, t("在拒修记录上签字"))?,
            "refusal-supervisor" if !self.may("repair.refusal_supervisor_signed") => {
                html! { p.dim { (t("等主管在拒修记录上签字。")) } }
            }
            "refusal-supervisor" => self.form("refusal-supervisor", true, html! {}, t("主管签字"))?,
            "refusal-file" => self.form("refusal-file", true, html! {}, t("拒修单已交前台"))?,
            step => self.cannot(step)?,
        })
    }

    /// Words and photos to add at any time.
    pub fn note(&self) -> Result<Markup, Fault> {
        let fields = html! { (self.lines("note", t("补记"), false)) (self.photos("note")) };
        self.folded("note", t("补记或补照片"), fields, t("记下"))
    }

    /// A form. The `way` of a job goes on with it; a form beside the way does not move the steps on.
    pub(super) fn form(&self, step: &str, goes_on: bool, fields: Markup, words: &str) -> Result<Markup, Fault> {
        let button = html! { button.main.wide { (words) } };
        self.bare(step, goes_on, html! { (fields) (button) }, words)
    }

    fn bare(&self, step: &str, goes_on: bool, inside: Markup, words: &str) -> Result<Markup, Fault> {
        let case = &self.page.case;
        let command = CommandId::fresh().map_err(|fault| Fault::new("取提交编号", fault))?;
        let trouble = self.trouble.as_ref().filter(|it| it.step == step);
        let aside = if goes_on { "" } else { "side" };
        Ok(html! {
            form method="post" action={ "/jobs/" (case.id) "/steps/" (step) } enctype="multipart/form-data"
                data-offline=(aside) data-label={ (case.place) " " (words) } data-swap="main" {
                (field::command(command.as_str()))
                @if let Some(trouble) = trouble { (refusal(trouble.refusal)) }
                (inside)
            }
        })
    }

    pub(super) fn folded(&self, step: &str, summary: &str, fields: Markup, words: &str) -> Result<Markup, Fault> {
        let open = self.trouble.as_ref().is_some_and(|it| it.step == step);
        let inside = html! { (fields) button.wide { (words) } };
        Ok(html! {
            details.aside open[open] { summary { (summary) } (self.bare(step, false, inside, words)?) }
        })
    }

    /// Whether the viewer's posts may enter an act at all.
    pub(super) fn may(&self, act: &str) -> bool {
        self.page.offers.iter().any(|offer| offer.act == act)
    }

    /// What was filled in before the refusal; else the default.
    pub(super) fn value(&self, name: &str, default: &str) -> String {
        match &self.trouble {
            Some(trouble) if !trouble.filled.get(name).is_empty() => trouble.filled.get(name).to_owned(),
            _ => default.to_owned(),
        }
    }

    /// Every value of a field that was filled in before the refusal.
    pub(super) fn ticked(&self, name: &str) -> Vec<String> {
        self.trouble.iter().flat_map(|trouble| trouble.filled.all(name)).collect()
    }

    pub(super) fn lines(&self, name: &str, label: &str, required: bool) -> Markup {
        html! {
            label.lines { span { (label) @if required { span.must title=(t("必填")) { "＊" } } }
                textarea name=(name) rows="3" maxlength="500" inputmode="text" enterkeyhint="enter" autocomplete="off"
                    required[required] { (self.value(name, "")) } }
        }
    }

    fn money(&self, name: &str, label: &str, attribute: &str) -> Markup {
        let known = self.page.case.attributes.get(attribute).map(|fen| yuan(fen)).unwrap_or_default();
        html! {
            label.money { span { (label) }
                input name=(name) inputmode="decimal" enterkeyhint="done" autocomplete="off" maxlength="11" value=(self.value(name, &known))
                    pattern="[0-9]{1,8}([.][0-9]{1,2})?" placeholder="0"; }
        }
    }

    pub(super) fn photos(&self, step: &str) -> Markup {
        field::photo_input("photo", t("拍照"), &format!("photos-{step}"))
    }

    fn second_trip(&self) -> Markup {
        html! {
            @if self.page.case.has("repair.arrived") {
                label.tick { input type="checkbox" name="second_trip" value="yes"; (t("为取工具或配件再来一趟")) }
            }
        }
    }

    /// From the list with quantities, the total computed; a sum to type where the office has no list.
    fn quote(&self) -> Result<Markup, Fault> {
        let case = &self.page.case;
        if self.prices.is_empty() && !case.has(charge::ENTERED) {
            return self.form("quote", true, self.money("cost", t("报价（元）"), "repair.cost"), t("已出示收费标准"));
        }
        Ok(html! {
            (self.form("quote", true, self.listed(), t("写上并出示收费标准"))?)
            (self.off_list()?)
        })
    }

    /// The list with what stands on the slip.
    fn listed(&self) -> Markup {
        let case = &self.page.case;
        let filled = self.trouble.as_ref().filter(|it| it.step == "quote").map(|it| it.filled);
        let lines = charge::lines(case);
        html! {
            (crate::charges::fields(self.prices, case, filled, false))
            @if !lines.is_empty() { (crate::charges::table(&lines, false)) }
            p.small.dim { (t("合计由程序算；写上以后给业主看。")) }
        }
    }

    /// Something on site that the list does not hold: told to the supervisor, who assesses it.
    fn off_list(&self) -> Result<Markup, Fault> {
        self.folded("off-list", t("标准里没有这一项"), self.lines("note", t("要修什么"), true), t("报主管评审"))
    }

    /// Drawing and bringing back, and what the store has not: once for the whole page, from taking the work on to its end.
    pub fn stock(&self) -> Result<Markup, Fault> {
        let case = &self.page.case;
        let at_work = case.has_this_round("repair.taken_on") && !case.state.ended();
        if case.kind != CaseKind::Repair || !at_work || !self.may("repair.materials_drawn") {
            return Ok(html! {});
        }
        let filled = self.trouble.as_ref().filter(|it| it.step == "draw").map(|it| it.filled);
        let short = html! {
            (self.lines("material", t("缺什么"), true))
            label.money { span { (t("数量")) }
                input name="pieces" type="number" min="1" inputmode="numeric" value=(self.value("pieces", "1")); }
        };
        Ok(html! {
            @if !self.stock.is_empty() {
                (self.folded("draw", t("领料、退料"), crate::materials::fields(self.stock, &self.page.case, filled), t("记下领料"))?)
            }
            (self.folded("short", t("缺料"), short, t("报缺料"))?)
        })
    }

    fn verify(&self) -> Result<Markup, Fault> {
        let same = html! { input type="hidden" name="as_reported" value="yes"; };
        let other = html! {
            input type="hidden" name="as_reported" value="no";
            (self.lines("real", t("实际项目"), true))
            (self.money("real_cost", t("按标准收费（元）"), "repair.cost"))
            button.wide { (t("记下实际项目")) }
        };
        let open = self.trouble.as_ref().is_some_and(|it| it.filled.get("as_reported") == "no");
        // Both are the step itself: whichever is sent, the way goes on.
        Ok(html! {
            (self.form("verify", true, same, t("与报修相符"))?)
            details.aside open[open] {
                summary { (t("与报修不符")) }
                (self.bare("verify", true, other, t("记下实际项目"))?)
            }
        })
    }

    fn signer(&self) -> Markup {
        let name = Some(&self.page.caller.0).filter(|it| !it.contains('*')).map_or("", String::as_str);
        html! {
            label.lines { span { (t("签字人")) }
                input name="signer" maxlength="40" enterkeyhint="done" autocomplete="off" value=(self.value("signer", name)); }
        }
    }

    fn consent(&self) -> Result<Markup, Fault> {
        let cost = self.page.case.attributes.get("repair.cost").map(|fen| yuan(fen)).unwrap_or_default();
        let waits = self.page.case.waits_for_assessment();
        let fields = html! {
            @let lines = charge::lines(&self.page.case);
            @if !lines.is_empty() { (crate::charges::table(&lines, false)) }
            @let cost = if lines.is_empty() { cost } else { office::money::short(charge::total(&lines)) };
            @if !cost.is_empty() { p { (t!("业主同意费用 {} 元，同意维修。", cost)) } }
            @if !cost.is_empty() && cost != "0" {
                label.lines { span { (t("付款方式")) }
                    select name="payment" {
                        option value="bank_collection" { (t("银行托收")) }
                        option value="cash" selected[self.value("payment", "") == "cash"] { (t("现金，到柜台付")) }
                    } }
            }
            details.aside { summary { (t("请业主在屏幕上签一下（可以不签）")) }
                (self.signer()) (field::sign_here("signature", t("在框里签名"))) }
        };
        // What the step before offers is not shown twice.
        let quoted = way::next(&self.page.case).is_some_and(|leg| leg.id == "consent");
        let listed = quoted && (!self.prices.is_empty() || self.page.case.has(charge::ENTERED));
        Ok(html! {
            @if waits { p { (t("标准外的项目，等主管评审报价，业主再同意。")) } }
            @else { (self.form("consent", true, fields, t("业主同意"))?) }
            @if listed { (self.folded("quote", t("改标准内的项目"), self.listed(), t("写上并出示收费标准"))?) }
            @if listed && !waits { (self.off_list()?) }
            (self.folded("refuse", t("业主不同意"), self.says_no(), t("记下不同意"))?)
        })
    }

    fn material(&self) -> Result<Markup, Fault> {
        let verdicts = [("fit", t("合格")), ("unfit", t("不合格")), ("poor", t("质量不佳"))];
        let verdicts = verdicts.map(|(value, words)| Chip { value, words, key: None, on: false });
        let fields = html! {
            (chips("verdict", t("检验结论"), false, &verdicts))
            (self.lines("note", t("备注"), false))
        };
        let checked = self.page.case.has_this_round("repair.material_checked");
        Ok(html! {
            (self.folded("material", t("住户自备材料"), fields, t("记下检验结论"))?)
            @if checked && !self.untold() { (self.consequences(false)?) }
        })
    }

    /// Whether the resident's material was found wanting, and nobody has said what comes of it.
    fn untold(&self) -> bool {
        let case = &self.page.case;
        let wanting = case.attributes.get("repair.material_verdict").is_some_and(|it| it != "fit");
        let seq = |name: &str| case.last(name).map_or(0, |entry| entry.seq);
        wanting && seq("repair.material_checked") > seq("repair.consequences_told")
    }

    /// What comes of the material, and what the resident chooses: unfolded while it is the next thing to say.
    fn consequences(&self, open: bool) -> Result<Markup, Fault> {
        let fields = html! { (self.lines("note", t("住户怎么选"), true)) button.wide { (t("记下住户的选择")) } };
        Ok(html! {
            details.aside open[open || self.trouble.as_ref().is_some_and(|it| it.step == "consequences")] {
                summary { (t("材料不好，已说明后果")) }
                (self.bare("consequences", false, fields, t("记下住户的选择"))?)
            }
        })
    }

    fn complete(&self) -> Result<Markup, Fault> {
        let shared = way::is_shared(&self.page.case);
        let fields = html! {
            label.lines { span { (t("修了什么")) span.must title=(t("必填")) { "＊" } }
                input name="note" list="results" maxlength="500" required autocomplete="off" inputmode="text"
                    enterkeyhint="next" value=(self.value("note", "")); }
            datalist #results { @for words in RESULTS { option value=(t(words)) {} } }
            @let lines = charge::lines(&self.page.case);
            @if !shared && self.page.case.has(charge::ENTERED) {
                p { (t!("应收 {} 元，按单上各项算出。", office::money::short(charge::total(&lines)))) }
            } @else if !shared { (self.money("due", t("应收（元）"), "repair.cost")) }
            (self.photos("complete"))
            (self.ticks("cleared", t("现场收拾好了"), &self.lists.cleared))
            (self.ticks("door", t("上门逐项核对"), &self.lists.door))
        };
        self.form("complete", true, fields, t("完工"))
    }

    fn sign(&self) -> Result<Markup, Fault> {
        let fields = html! {
            (self.signer())
            (self.signs())
            (field::sign_here("signature", t("请业主在框里签名")))
            label.tick { input type="checkbox" name="paper" value="yes"; (t("在纸上签了")) }
            @if !way::is_shared(&self.page.case) {
                label.tick { input type="checkbox" name="copy_left" value="yes" checked;
                    @if self.page.case.goes_by_paid_slip() { (t("第四联已交业主")) } @else { (t("第一联已交业主")) } }
            }
        };
        Ok(html! {
            (self.form("sign", true, fields, t("业主已签字"))?)
            (self.will_not_sign()?)
        })
    }
}

/// A button that calls, when there is a whole number to call.
pub fn call(name: &str, phone: &str) -> Markup {
    let whole = phone.len() >= 5 && phone.bytes().all(|c| c.is_ascii_digit() || matches!(c, b'-' | b'+' | b' '));
    html! {
        @if whole {
            a.button.call href={ "tel:" (phone.replace(' ', "")) } { (icon(lucide::LuPhone)) span { (name) } b { (phone) } }
        } @else if !phone.is_empty() {
            span.button aria-disabled="true" { (icon(lucide::LuPhone)) span { (name) } b { (phone) } }
        }
    }
}
