//! The page behind the link (我的报修): the story, the quote with yes and no, the slip, the price list, and “not solved”.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use office::Refusal;
use office::case::Case;
use office::charge;

use super::story;
use super::visit::Visit;
use crate::components::field::{Field, command, sign_here};
use crate::components::{Timing, panel, refusal};
use crate::entry::{fresh_command, see};
use crate::jobs::posted::yuan;
use crate::language::t;
use crate::page::{Filled, Fragment, Frame, Page};
use crate::security::Fault;
use crate::state::Web;

/// `GET /r/{code}`.
pub async fn show(State(web): State<Web>, Path(code): Path<String>) -> Result<Response, Fault> {
    match Visit::of(web, &code).await? {
        Some(visit) => Ok(render(&visit, None).await?.into_response()),
        None => Ok(closed()),
    }
}

/// What a code that opens nothing says; the same whether it never was or is over.
pub fn closed() -> Response {
    let body = html! {
        p { (t("这个链接打不开：可能已经过期，或者收回了。")) }
        p { (t("请致电管理处前台，报上单号就能查进度。")) }
    };
    (StatusCode::NOT_FOUND, Page::new(t("链接打不开"), Frame::Bare, body)).into_response()
}

/// `GET /r/{code}/slip`: the resident's copy of the slip, to be printed; names and phones masked as everywhere behind a link.
pub async fn print(State(web): State<Web>, Path(code): Path<String>) -> Result<Response, Fault> {
    let Some(visit) = Visit::of(web, &code).await? else { return Ok(closed()) };
    let settings = visit.web.house.settings(visit.site).await.map_err(|fault| Fault::new("读取设置", fault))?;
    let done = visit.page.case.has("repair.completed");
    let sheets = crate::papers::theirs(visit.web.house.laws(), &visit.page, &settings).filter(|_| done);
    let Some(sheets) = sheets else { return Ok(see(&format!("/r/{code}"))) };
    let body = html! {
        p.print-bar {
            a.button href={ "/r/" (code) } { (t("返回")) } " "
            button.main data-print { (t("打印")) }
        }
        @for sheet in &sheets { (sheet) }
    };
    Ok(Page::new(&visit.page.case.number, Frame::Paper, body).into_response())
}

/// The quote: fen, when there is one.
pub fn quoted(case: &Case) -> Option<i64> {
    let lines = charge::lines(case);
    match case.has(charge::ENTERED) {
        true => Some(charge::total(&lines)),
        false => case.attributes.get("repair.cost").and_then(|it| it.parse().ok()),
    }
}

/// Place in the journal of the last word about the price, and of the resident's last answer.
fn last_words(case: &Case) -> (i64, i64) {
    let last = |names: &[&str]| names.iter().filter_map(|name| case.last(name)).map(|it| it.seq).max().unwrap_or(0);
    let price = [charge::ENTERED, "repair.price_shown", "repair.assessed", "repair.difference_noted"];
    (last(&price), last(&["repair.consented", "repair.refused"]))
}

/// Whether the quote waits for an answer, and the clauses let it be given now.
fn asks(visit: &Visit) -> bool {
    let case = &visit.page.case;
    let (price, answer) = last_words(case);
    let open = |act: &str| visit.page.offers.iter().any(|it| it.act == act && it.refused.is_none());
    let priced = quoted(case).is_some() && !case.waits_for_assessment();
    priced && price > answer && !case.has_this_round("repair.started") && open("repair.consented")
}

/// The page, with a refusal and what was filled in.
pub async fn render(visit: &Visit, trouble: Option<(&Refusal, &Filled)>) -> Result<Fragment, Fault> {
    let case = &visit.page.case;
    let timing = Timing { now: visit.now, zone: &visit.web.house.laws().zone };
    let today = visit.web.house.laws().zone.date(visit.now);
    let prices = visit.web.house.prices(visit.site, today).await.map_err(|fault| Fault::new("读取收费标准", fault))?;
    let settings = visit.web.house.settings(visit.site).await.map_err(|fault| Fault::new("读取设置", fault))?;
    let setting = |name: &str| settings.iter().find(|row| row.name == name).map_or("", |row| row.value.as_str());
    let (site, telephone) = (setting("小区名称"), setting("公布的服务电话"));
    let words = case.attributes.get("case.content").map_or(case.title.as_str(), String::as_str);
    let body = html! {
        @if let Some((no, _)) = trouble { (refusal(no)) }
        @if !site.is_empty() { p.dim { (site) } }
        p { (words) }
        (panel(t("进度"), html! { span.dim { (case.number) } }, story::render(&visit.page, timing)))
        (quote(visit, timing, trouble.map(|it| it.1))?)
        (slip(visit, timing))
        (unsolved(visit)?)
        @if !prices.is_empty() {
            details.panel { summary { (t("有偿维修收费标准")) } (crate::prices::table(&prices)) }
        }
        @if !telephone.is_empty() {
            p { (t("有疑问请打：")) @for number in telephone.split(['；', ';', '、']).map(str::trim) {
                " " a.nowrap href={ "tel:" (number.replace(' ', "")) } { (number) }
            } }
        }
        p.small.dim { (t("这个链接只看得到这一件事；维修员不收钱，请勿把钱交给维修员。")) }
    };
    Ok(Fragment(Page::new(&crate::t!("我的报修 {}", case.number), Frame::Bare, body).render()))
}

/// What it costs, and the resident's yes or no.
fn quote(visit: &Visit, timing: Timing, filled: Option<&Filled>) -> Result<Markup, Fault> {
    let case = &visit.page.case;
    let Some(total) = quoted(case) else { return Ok(html! {}) };
    let lines = charge::lines(case);
    let (price, answer) = last_words(case);
    let id = fresh_command()?;
    let path = |act: &str| format!("/r/{}/{act}", visit.code);
    let typed = |name: &str| filled.map_or("", |it| it.get(name));
    Ok(panel(
        t("报价"),
        html! { b { (crate::t!("{} 元", office::money::short(total))) } },
        html! {
            @if !lines.is_empty() { (crate::charges::table(&lines, false)) }
            @if asks(visit) {
                form method="post" action=(path("consent")) {
                    (command(&id))
                    input type="hidden" name="total" value=(total);
                    (Field { required: true, ..Field::line("signer", t("您的姓名"), typed("signer")) }.render())
                    (sign_here("signature", t("也可以在框里签名")))
                    @if total > 0 {
                        div.field { label for="payment" { (t("付款方式")) }
                            select id="payment" name="payment" {
                                option value="bank_collection" { (t("银行托收")) }
                                option value="cash" { (t("现金，到柜台付")) }
                            } }
                    }
                    button.main.wide { (t("我同意维修和费用")) }
                }
                details.aside {
                    summary { (t("不同意")) }
                    form method="post" action=(path("refuse")) {
                        (command(&format!("{id}-no")))
                        (Field { required: true, ..Field::line("reason", t("为什么不同意"), typed("reason")) }.render())
                        button.wide { (t("我不同意")) }
                    }
                    p.small.dim { (t("您可以再考虑，同意以后随时再报修。")) }
                }
            } @else if price <= answer {
                (answered(case, timing))
            } @else if !case.state.ended() {
                p.dim { (t("维修员到场出示收费标准以后，您可以在这里或当面确认。")) }
            }
        },
    ))
}

/// What was answered to the quote, and when.
fn answered(case: &Case, timing: Timing) -> Markup {
    let last = ["repair.consented", "repair.refused"].iter().filter_map(|act| case.last(act)).max_by_key(|it| it.seq);
    html! {
        @if let Some(entry) = last {
            p {
                @if entry.event.name == "repair.refused" { (t("您没有同意")) } @else { (t("您已同意维修和费用")) }
                " " span.dim.nowrap { (timing.time(entry.event.happened)) }
            }
        }
    }
}

/// The slip as the resident's copy has it.
fn slip(visit: &Visit, timing: Timing) -> Markup {
    let case = &visit.page.case;
    let Some(form) =
        case.form("repair_slip").or(case.form("paid_service_slip")).filter(|_| case.has("repair.completed"))
    else {
        return html! {};
    };
    let done = case.last("repair.completed");
    let due = case.attributes.get("repair.amount_due").map(|fen| yuan(fen));
    panel(
        t("维修单"),
        html! { a href={ "/r/" (visit.code) "/slip" } { (t("打印")) " " (form.number) } },
        html! { dl.facts {
            dt { (t("维修情况")) } dd { (done.map_or("", |it| it.event.body.note.as_str())) }
            dt { (t("完工")) } dd { @if let Some(done) = done { (timing.time(done.event.happened)) } }
            @if let Some(due) = due { dt { (t("应收（元）")) } dd { b { (due) } } }
            @if let Some(used) = case.attributes.get("repair.materials_used") { dt { (t("用料")) } dd { (used) } }
        } },
    )
}

/// Not solved, with a reason: once the work is said to be done.
fn unsolved(visit: &Visit) -> Result<Markup, Fault> {
    let case = &visit.page.case;
    if !case.has_this_round("repair.completed") {
        return Ok(html! {});
    }
    let id = fresh_command()?;
    Ok(html! {
        details.panel {
            summary { (t("没有解决？")) }
            form method="post" action={ "/r/" (visit.code) "/unsolved" } {
                (command(&id))
                (Field { required: true, hint: t("例如：又漏了"), ..Field::line("reason", t("哪里没有解决"), "") }.render())
                button.wide { (t("告诉管理处")) }
            }
        }
    })
}
