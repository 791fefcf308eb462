//! The run of a month (出单): what each unit will be charged beside the month before, what cannot be charged by itself, and the key
//! that opens the notices; printing those that are not printed yet.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use journal::house::{NotBilled, ToBill};
use maud::{Markup, html};
use office::Refusal;
use office::money::yuan;

use super::{month_asked, month_in_words};
use crate::components::field::command;
use crate::components::figure::{Figure, figures};
use crate::components::register::{Column, Register, Row};
use crate::components::{Tone, empty, panel, refusal, refused, tag};
use crate::entry::see;
use crate::language::t;
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place};
use crate::security::Fault;
use crate::state::Here;

/// Units listed one by one; the others are counted.
const LISTED: usize = 40;

/// `GET /fees/run?month=2026-10-31`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let month = month_asked(&here, Filled(query).get("month"));
    Ok(page(&here, month, None).await?.into_response())
}

async fn page(here: &Here, month: Date, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let units = here.house().to_bill(here.site, month).await.map_err(|fault| Fault::new("读取出单预览", fault))?;
    let day = month.to_string();
    let goes: Vec<&ToBill> = units.iter().filter(|it| it.goes()).collect();
    let there = units.iter().filter(|it| it.there.is_some()).count();
    let early = here.house().laws().zone.date(here.now) < month;
    let fresh = here.sent(None)?;
    let body = html! {
        @if let Some(no) = no { (refusal(no)) }
        (summary(&goes, there, &units, &day))
        @if early { p.note { (crate::t!("账期到 {} 为止，到那一天才能出单；现在先看各户的数。", day)) } }
        @else if goes.is_empty() { (empty(t("没有要开的通知单：能开的都开了，或没有一户适用的标准。"), html! {})) }
        @else {
            form.ways method="post" action="/fees/run" {
                (command(fresh.command.as_str()))
                input type="hidden" name="month" value=(day);
                button.main data-key="F8" { (crate::t!("开出 {} 张通知单", goes.len())) " " kbd { "F8" } } " "
                a.button href={ "/fees?month=" (day) } { (t("先不开")) }
            }
        }
        (hitches(&units, (fresh.command.as_str(), &day)))
        (differences(&goes))
        (listed(&goes))
    };
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("收费").to_owned(), path: format!("/fees?month={day}") }];
    let heading = crate::t!("出单 {}", month_in_words(&day));
    let page = Page { crumbs: &crumbs, ..Page::new(&heading, Frame::Desk(Place::Fees, &around), body) };
    Ok(Fragment(page.render()))
}

fn summary(goes: &[&ToBill], there: usize, units: &[ToBill], day: &str) -> Markup {
    let (count, sum) = (goes.len().to_string(), yuan(goes.iter().map(|it| it.fen()).sum()));
    let before: i64 = goes.iter().filter_map(|it| it.before).sum();
    let hitched = units.iter().filter(|it| it.hitch.is_some()).count().to_string();
    let was = if before > 0 { crate::t!("这些户上月 {} 元", yuan(before)) } else { String::new() };
    let has = if there > 0 { crate::t!("已有通知单 {} 户", there) } else { String::new() };
    let path = format!("/fees?month={day}");
    figures(&[
        Figure { target: &has, ..Figure::count(t("要开"), &count, t("户"), &path) },
        Figure { target: &was, ..Figure::count(t("合计"), &sum, t("元"), "#differences") },
        Figure::count(t("开不了的"), &hitched, t("户"), "#hitches"),
    ])
}

fn why(hitch: NotBilled) -> (&'static str, &'static str) {
    match hitch {
        NotBilled::NoAccount => (t("没有收费账户"), t("到收费账户登记簿建立账户，写明由谁缴费。")),
        NotBilled::NoTariff => (t("没有适用的收费标准"), t("标准的适用范围写这类单元，并启用。")),
        NotBilled::NoArea => (t("台账里没有面积"), t("到客户档案的台账补上建筑面积。")),
    }
}

/// What cannot be charged by itself, by the reason, with what to do.
fn hitches(units: &[ToBill], (command_id, day): (&str, &str)) -> Markup {
    let of = |hitch: NotBilled| units.iter().filter(move |it| it.hitch == Some(hitch)).map(|it| it.place.as_str());
    let kinds = [NotBilled::NoArea, NotBilled::NoAccount, NotBilled::NoTariff];
    let there = kinds.into_iter().any(|hitch| of(hitch).next().is_some());
    html! {
        @if there {
            div #hitches {
                (panel(t("开不了的"), html! {}, html! {
                    @for hitch in kinds {
                        @let places: Vec<&str> = of(hitch).collect();
                        @let (words, next) = why(hitch);
                        @if !places.is_empty() {
                            details open[places.len() <= 12] {
                                summary { (words) " " (tag(&places.len().to_string(), Tone::Mind)) " " span.dim { (next) } }
                                p.small { (places.join(" · ")) }
                            }
                            @if hitch == NotBilled::NoAccount {
                                form.ways method="post" action="/fees/accounts" {
                                    (command(&format!("{command_id}-accounts")))
                                    input type="hidden" name="month" value=(day);
                                    button { (crate::t!("按台账给 {} 户建账户，由业主缴", places.len())) }
                                }
                            }
                        }
                    }
                }))
            }
        }
    }
}

/// Those that differ from the month before, the greatest difference first.
fn differences(goes: &[&ToBill]) -> Markup {
    let mut other: Vec<(&ToBill, i64)> =
        goes.iter().filter_map(|it| Some((*it, it.fen() - it.before?))).filter(|(_, by)| *by != 0).collect();
    other.sort_by_key(|(_, by)| std::cmp::Reverse(by.abs()));
    let new = goes.iter().filter(|it| it.before.is_none()).count();
    html! {
        div #differences {
            (panel(t("和上月不同的"), html! {}, html! {
                @if new > 0 { p { (crate::t!("上月没有通知单的 {} 户", new)) } }
                @if other.is_empty() { p.dim { (t("其余各户和上月一样。")) } } @else {
                    table.plain-table {
                        thead { tr {
                            th scope="col" { (t("房号")) } th.num scope="col" { (t("上月")) } th.num scope="col" { (t("本月")) }
                            th.num scope="col" { (t("增减")) }
                        } }
                        tbody {
                            @for (it, by) in other.iter().take(LISTED) {
                                tr {
                                    td { (it.place) } td.num { (yuan(it.before.unwrap_or(0))) } td.num { (yuan(it.fen())) }
                                    td.num { @if *by > 0 { "+" } (yuan(*by)) }
                                }
                            }
                        }
                    }
                    @if other.len() > LISTED { p.dim { (crate::t!("另有 {} 户", other.len() - LISTED)) } }
                }
            }))
        }
    }
}

/// The first units with how each charge was reckoned.
fn listed(goes: &[&ToBill]) -> Markup {
    let columns = [
        Column::new(t("房号")),
        Column::new(t("缴费人")),
        Column { minor: true, ..Column::new(t("计费依据")) },
        Column { right: true, ..Column::new(t("合计（元）")) },
    ];
    let row = |it: &&ToBill| {
        let basis = html! { @for (n, one) in it.charges.iter().enumerate() { @if n > 0 { "；" } (one.basis) } };
        let cells = vec![html! { (it.place) }, html! { (it.payer) }, basis, html! { (yuan(it.fen())) }];
        Row { cells, late: false, void: false }
    };
    let rows: Vec<Row> = goes.iter().take(LISTED).map(row).collect();
    let more = goes.len().saturating_sub(LISTED);
    html! {
        @if !goes.is_empty() {
            (panel(t("各户明细"), html! {}, html! {
                (Register::of(("units", t("各户明细"), "/fees/run"), &columns, &rows, html! {}).render())
                @if more > 0 { p.dim { (crate::t!("另有 {} 户", more)) } }
            }))
        }
    }
}

/// `POST /fees/run`: opens the notices of the month.
pub async fn bill(here: Here, filled: Filled) -> Result<Response, Fault> {
    let month = month_asked(&here, filled.get("month"));
    let sent = here.sent_for(filled.command(), office::fee_notice::OPENED)?;
    let done = here.house().bill_month(sent, here.actor.clone(), month).await;
    match done.map_err(|fault| Fault::new("出单", fault))? {
        Ok(_) => Ok(see(&format!("/fees?month={month}"))),
        Err(no) => Ok(refused(page(&here, month, Some(&no)).await?, &no)),
    }
}

/// `POST /fees/accounts`: an account for every unit that is to be charged and has none, paid by its owner.
pub async fn accounts(here: Here, filled: Filled) -> Result<Response, Fault> {
    let month = month_asked(&here, filled.get("month"));
    let units = here.house().to_bill(here.site, month).await.map_err(|fault| Fault::new("读取出单预览", fault))?;
    let without = units.into_iter().filter(|it| it.hitch == Some(NotBilled::NoAccount)).map(|it| it.household);
    let sent = here.sent_for(filled.command(), "fee.account_opened")?;
    let done = here.house().open_accounts(sent, here.actor.clone(), without.collect()).await;
    match done.map_err(|fault| Fault::new("建立收费账户", fault))? {
        Ok(_) => Ok(see(&format!("/fees/run?month={month}"))),
        Err(no) => Ok(refused(page(&here, month, Some(&no)).await?, &no)),
    }
}

/// The rooms that a form leaves out.
pub fn rooms(filled: &Filled) -> Vec<String> {
    let split = [' ', '、', '，', ',', '；', '\u{3000}'];
    filled.get("without").split(split).filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// `POST /fees/deliver`: the printed notices of the month were delivered on a day, but for some rooms.
pub async fn deliver(here: Here, filled: Filled) -> Result<Response, Fault> {
    let month = month_asked(&here, filled.get("month"));
    let sent = here.sent_for(filled.command(), office::fee_notice::DELIVERED)?;
    let how = (filled.get("fee.delivered_on").to_owned(), filled.get("fee.delivered_by").to_owned(), rooms(&filled));
    let done = here.house().deliver_month(sent, here.actor.clone(), month, how).await;
    match done.map_err(|fault| Fault::new("记下送达", fault))? {
        Ok(_) => Ok(see(&format!("/fees?month={month}"))),
        Err(no) => Ok(refused(super::month::page(&here, filled, Some(&no)).await?, &no)),
    }
}

/// `POST /fees/print`: prints the notices of the month that are not printed, and shows the sheets.
pub async fn print(here: Here, filled: Filled) -> Result<Response, Fault> {
    let month = month_asked(&here, filled.get("month"));
    let sent = here.sent_for(filled.command(), office::fee_notice::PRINTED)?;
    let done = here.house().print_month(sent, here.actor.clone(), month).await;
    match done.map_err(|fault| Fault::new("打印通知单", fault))? {
        Ok(_) => Ok(see(&format!("/fees/print?month={month}"))),
        Err(no) => Ok(refused(super::month::page(&here, filled, Some(&no)).await?, &no)),
    }
}
