//! The sample of a month (抽听): how many contacts of each person are drawn, listened to and scored; the draw by a stated seed.

use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use calendar::Moment;
use jiff::civil::Date;
use journal::house::DrawContacts;
use journal::reads::SampleRow;
use maud::{Markup, html};
use office::Refusal;

use crate::components::field::{Field, command};
use crate::components::{Timing, Tone, empty, panel, refusal, refused, tag};
use crate::language::t;
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// The rulebook that declares how many are listened to, and its settings.
const BOOK: &str = "courtesy";
const EACH: &str = "每人每月抽听次数";
const TARGET: &str = "礼貌用语目标";

/// A month with its bounds.
struct Month {
    words: String,
    from: Moment,
    until: Moment,
}

/// `GET /contacts/sample?month=2026-11`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    Ok(page(&here, &Filled(query), None).await?.into_response())
}

/// `POST /contacts/sample`: draws.
pub async fn draw(here: Here, filled: Filled) -> Result<Response, Fault> {
    let month = month(&here, &filled);
    let draw = DrawContacts {
        month: month.words.clone(),
        from: month.from,
        until: month.until,
        each: setting(&here, EACH).await?.parse().unwrap_or(0),
        seed: filled.get("seed").to_owned(),
    };
    let mut sent = here.sent(filled.command())?;
    if let Some(act) = office::contact::find("call.sampled") {
        sent.post = here.actor.post_for(act.posts);
    }
    let done = here.house().draw_contacts(sent, here.actor.clone(), draw).await;
    match done.map_err(|fault| Fault::new("抽取来访来电", fault))? {
        Ok(_) => {
            let to = format!("/contacts/sample?month={}", month.words);
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Err(no) => Ok(refused(page(&here, &filled, Some(&no)).await?, &no)),
    }
}

/// The month asked for, else the present one.
fn month(here: &Here, filled: &Filled) -> Month {
    let zone = &here.house().laws().zone;
    let asked: Option<Date> = format!("{}-01", filled.get("month")).parse().ok();
    let first = asked.unwrap_or_else(|| zone.date(here.now)).first_of_month();
    let next = first.saturating_add(jiff::Span::new().months(1));
    Month { words: first.strftime("%Y-%m").to_string(), from: zone.start_of_day(first), until: zone.start_of_day(next) }
}

/// A setting of the book, as the site has it, else as the book declares it.
async fn setting(here: &Here, name: &str) -> Result<String, Fault> {
    let law = here.house().law(here.site).await.map_err(|fault| Fault::new("读取设置", fault))?;
    let shipped = here.house().laws().shipped.get(BOOK);
    let declared = shipped.and_then(|it| it.book.settings.iter().find(|it| it.name == name));
    Ok(law.setting(name).map(str::to_owned).or(declared.map(|it| it.default.clone())).unwrap_or_else(|| "5".into()))
}

async fn page(here: &Here, filled: &Filled, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let month = month(here, filled);
    let read = |fault| Fault::new("读取抽听", fault);
    let rows = here.house().call_samples(here.site, month.from, month.until).await.map_err(read)?;
    let draws = here.house().call_draws(here.site).await.map_err(read)?;
    let (each, target) = (setting(here, EACH).await?, setting(here, TARGET).await?);
    let names = here.names().await?;
    let fresh = here.sent(None)?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let wanted: i64 = each.parse().unwrap_or(0);
    let name = |account: &str| names.get(account).cloned().unwrap_or_else(|| account.to_owned());
    let least = target.trim_end_matches('%').parse().unwrap_or(90);
    let table = html! {
        @if rows.is_empty() { (empty(t("这个月还没有可以抽的来访来电。"), html! {})) } @else {
            div.scroll { table.plain-table {
                thead { tr {
                    th { (t("接待人")) } th.num { (t("来访来电")) } th.num { (t("应抽")) } th.num { (t("已抽")) }
                    th.num { (t("已评")) } th.num { (t("平均分")) }
                } }
                tbody { @for row in &rows { (line(row, &name(&row.account), wanted, least, &month.words)) } }
            } }
        }
    };
    let ways = html! {
        form.inline action="/contacts/sample" {
            input type="month" name="month" value=(month.words) aria-label=(t("月份")) data-debounce="400";
            button { (t("看这个月")) }
        }
        " " a href="/contacts?score=yes" { (t("待评分的")) }
    };
    let body = html! {
        (panel(&crate::t!("{} 抽听", month.words), ways, table))
        @if here.viewer.grants.allow(Permission::ContactDraw) {
            (panel(t("按种子抽取"), html! {}, html! {
                form.narrow method="post" action="/contacts/sample" {
                    (command(fresh.command.as_str()))
                    input type="hidden" name="month" value=(month.words);
                    p.dim { (crate::t!("每人补足 {} 次；种子相同，抽到的就相同，谁都能复核。", each)) }
                    (Field { required: true, hint: t("事先说好的数或词，例如开会时掷的骰子"), ..Field::line("seed", t("种子"), filled.get("seed")) }.render())
                    @if let Some(no) = no { (refusal(no)) }
                    button.main { (t("抽取")) }
                }
            }))
        }
        @if !draws.is_empty() {
            (panel(t("抽过的"), html! {}, html! {
                ul.rows { @for it in &draws { li {
                    (timing.time(it.at)) " " (name(&it.account)) " "
                    (crate::t!("{0}：从 {1} 次里抽 {2} 次，每人 {3} 次，种子“{4}”", it.month, it.of, it.drawn, it.each, it.seed))
                } } }
            }))
        }
    };
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("来访来电").to_owned(), path: "/contacts".to_owned() }];
    let does = html! { button data-print data-key="F9" { (t("打印")) " " kbd { "F9" } } };
    let page = Page { crumbs: &crumbs, does, ..Page::new(t("抽听"), Frame::Desk(Place::Contacts, &around), body) };
    Ok(Fragment(page.render()))
}

fn line(row: &SampleRow, name: &str, wanted: i64, least: i64, month: &str) -> Markup {
    let needed = wanted.min(row.contacts);
    // Means are compared unrounded: points together against the target times how many.
    let below = row.scored > 0 && row.points < least * row.scored;
    html! {
        tr {
            td { a href={ "/contacts?account=" (row.account) "&from=" (month) "-01" } { (name) } }
            td.num { (row.contacts) }
            td.num { (needed) }
            td.num { (row.sampled) @if row.sampled < needed { " " (tag(t("未抽够"), Tone::Mind)) } }
            td.num { (row.scored) }
            td.num {
                @if row.scored > 0 {
                    (row.points / row.scored) "." (row.points * 10 / row.scored % 10)
                    @if below { " " (tag(t("低于目标，安排辅导"), Tone::Grave)) }
                }
            }
        }
    }
}
