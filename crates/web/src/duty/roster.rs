//! The roster of a week (值班表): posts down, days across, gaps that a clause does not allow, and the form that plans.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use calendar::{Calendar, Moment, Zone};
use jiff::Span;
use jiff::civil::Date;
use journal::reads::{CaseFilter, ShiftRow};
use maud::{Markup, html};
use office::Refusal;
use office::case::CaseKind;
use office::site::{Account, ShiftPattern, shift_patterns};
use rulebook::Uncovered;

use crate::components::field::{Control, Field, command};
use crate::components::{Tone, empty, panel, refusal, tag};
use crate::language::{said, t, zh};
use crate::page::{Filled, Frame, Page, Place};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Words of the days of a week.
const DAYS: [&str; 7] = [zh("周一"), zh("周二"), zh("周三"), zh("周四"), zh("周五"), zh("周六"), zh("周日")];

/// The Monday of the week that is asked for; of this week when nothing readable is.
pub fn monday(asked: &str, today: Date) -> Date {
    let day = asked.parse::<Date>().unwrap_or(today);
    let back = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(Span::new().days(back)).unwrap_or(day)
}

/// The seven days from a Monday.
pub fn week(monday: Date) -> Vec<Date> {
    (0..7).filter_map(|n| monday.checked_add(Span::new().days(n)).ok()).collect()
}

/// The patterns of the site.
pub async fn patterns(here: &Here) -> Result<Vec<ShiftPattern>, Fault> {
    let law = here.house().law(here.site).await.map_err(|fault| Fault::new("读取设置", fault))?;
    Ok(shift_patterns(law.office_setting("班次")))
}

/// `GET /duty?week=2026-11-16`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    page(&here, &Filled(query), None).await
}

/// The page, with why planning was refused.
pub async fn page(here: &Here, filled: &Filled, trouble: Option<&Refusal>) -> Result<Response, Fault> {
    let laws = here.house().laws();
    let zone = &laws.zone;
    let begins = monday(filled.get("week"), zone.date(here.now));
    let days = week(begins);
    let last = days.last().copied().unwrap_or(begins);
    let read = |fault| Fault::new("读取值班表", fault);
    let shifts =
        here.house().shifts(here.site, zone.start_of_day(begins), zone.end_of_day(last)).await.map_err(read)?;
    let missed = missed(here, &shifts, begins, last).await?;
    let law = here.house().law(here.site).await.map_err(read)?;
    let empty_hours = here.house().unstaffed(here.site, begins, last, here.now).await.map_err(read)?;
    let plans = here.viewer.grants.allow(Permission::DutyRoster);
    let around = here.around().await?;
    let body = html! {
        (ways(begins))
        @if let Some(no) = trouble { (refusal(no)) }
        (gaps(here, &empty_hours))
        @if shifts.is_empty() {
            (empty(t("这一周还没有排班。"), html! {}))
        } @else {
            (grid(here, &law.calendar, &days, &shifts, &missed))
        }
        (cover_panel(here, begins, last).await?)
        @if plans { (planning(here, begins, filled).await?) }
    };
    let beside = html! {
        a.button href="/duty/log" { (t("今天的值班日志")) } " "
        a.button href="/duty/calendar" { (t("年历")) } " "
        a.button href="/registers?place=duty" { (t("值班登记簿")) }
    };
    Ok(Page { beside, ..Page::new(t("值班表"), Frame::Desk(Place::Duty, &around), body) }.into_response())
}

/// Shifts that are over without a hand-over in the book, of the posts that keep the book in this week.
async fn missed(here: &Here, shifts: &[ShiftRow], first: Date, last: Date) -> Result<BTreeSet<String>, Fault> {
    let zone = &here.house().laws().zone;
    let filter = CaseFilter {
        kind: CaseKind::of("handover_book"),
        from: Some(zone.start_of_day(first).plus_seconds(-86_400)),
        until: Some(zone.end_of_day(last)),
        limit: 200,
        ..CaseFilter::default()
    };
    let book = here.house().register_rows(here.site, filter, here.now).await;
    let book = book.map_err(|fault| Fault::new("读取交接班记录本", fault))?.rows;
    if book.is_empty() {
        return Ok(BTreeSet::new());
    }
    let handed_over = |shift: &ShiftRow| {
        book.iter().any(|(row, filling)| {
            let by = filling.case.entries.first().map(|entry| entry.actor.as_str());
            let early = shift.begins.plus_seconds(-2 * 3600);
            row.state.ended() && by == Some(shift.account.as_str()) && (early..shift.ends).contains(&row.opened)
        })
    };
    let writes = |shift: &&ShiftRow| {
        let account = Some(shift.account.as_str());
        book.iter().any(|(_, filling)| filling.case.entries.first().map(|entry| entry.actor.as_str()) == account)
    };
    let posts: BTreeSet<&str> = shifts.iter().filter(writes).map(|shift| shift.post.as_str()).collect();
    let kept = |shift: &&ShiftRow| !shift.account.is_empty() && posts.contains(shift.post.as_str());
    let over = shifts.iter().filter(|shift| shift.ends < here.now).filter(kept);
    Ok(over.filter(|shift| !handed_over(shift)).map(|shift| shift.case.clone()).collect())
}

/// Who holds which post as A and B, and who is away this week.
async fn cover_panel(here: &Here, first: Date, last: Date) -> Result<Markup, Fault> {
    let read = |fault| Fault::new("读取 A/B 岗", fault);
    let zone = &here.house().laws().zone;
    let plans = here.house().post_plans(here.site).await.map_err(read)?;
    let leaves = here.house().leaves(here.site, zone.start_of_day(first), zone.end_of_day(last)).await.map_err(read)?;
    let works = here.viewer.grants.allow(Permission::DutyWork);
    let heads = here.viewer.grants.allow(Permission::DutyRoster);
    Ok(panel(
        t("A/B 岗"),
        html! {},
        html! {
            @if plans.is_empty() { p.dim { (t("还没有启用岗位安排。定好 A 岗、B 岗以后，离岗由 B 岗顶上。")) } }
            ul.rows {
                @for plan in &plans {
                    li {
                        a href={ "/cases/" (plan.case) } { (here.word(&plan.post)) } " "
                        span.dim { "A " } (plan.a) " " span.dim { "B " } (plan.b)
                    }
                }
                @for leave in &leaves {
                    li {
                        a href={ "/cases/" (leave.case) } { (leave.person) } " " (stretch(zone, leave.begins, leave.ends)) " "
                        @if leave.cover.is_empty() { (tag(t("等顶岗确认"), Tone::Mind)) }
                        @else { (crate::t!("{} 顶岗", leave.cover)) }
                        " " @if leave.granted { (tag(t("已准"), Tone::Plain)) } @else { (tag(t("等批准"), Tone::Mind)) }
                    }
                }
            }
            @if works {
                p.ways {
                    a.button href="/registers/leave_book/new" { (t("申请离岗")) } " "
                    a.button href="/registers/counter_staffing/new" { (t("窗口上岗")) } " "
                    a.button href="/registers/post_handover_book/new" { (t("换岗交接")) } " "
                    @if heads { a.button href="/registers/post_plan/new" { (t("定 A/B 岗")) } }
                }
            }
        },
    ))
}

fn ways(monday: Date) -> Markup {
    let to = |days: i64| monday.checked_add(Span::new().days(days)).unwrap_or(monday);
    html! {
        p.ways {
            a href={ "/duty?week=" (to(-7)) } { (t("上一周")) } " "
            a href="/duty" { (t("本周")) } " "
            a href={ "/duty?week=" (to(7)) } { (t("下一周")) } " "
            span.dim { (monday) " – " (to(6)) }
        }
    }
}

/// Stretches that nobody is planned for though a clause wants somebody there.
fn gaps(here: &Here, gaps: &[Uncovered]) -> Markup {
    let zone = &here.house().laws().zone;
    html! {
        @if !gaps.is_empty() {
            (panel(t("空岗"), html! {}, html! {
                ul.rows {
                    @for gap in gaps {
                        li {
                            (tag(t("没有人当班"), Tone::Grave)) " " (stretch(zone, gap.from, gap.to)) " "
                            a.small href={ "/rulebooks/" (gap.clause.book) "/" (gap.clause.id) } { (gap.clause.book) " " (gap.clause.id) }
                        }
                    }
                }
            }))
        }
    }
}

/// 11-16 12:00 – 13:00.
fn stretch(zone: &Zone, from: Moment, to: Moment) -> String {
    let (begins, ends) = (zone.civil(from), zone.civil(to));
    let end = if begins.date() == ends.date() { "%H:%M" } else { "%m-%d %H:%M" };
    format!("{} – {}", begins.strftime("%m-%d %H:%M"), ends.strftime(end))
}

fn grid(here: &Here, calendar: &Calendar, days: &[Date], shifts: &[ShiftRow], missed: &BTreeSet<String>) -> Markup {
    let laws = here.house().laws();
    let zone = &laws.zone;
    let today = zone.date(here.now);
    let mut posts: BTreeMap<&str, Vec<&ShiftRow>> = BTreeMap::new();
    for shift in shifts {
        posts.entry(shift.post.as_str()).or_default().push(shift);
    }
    html! {
        div.register { div.scroll tabindex="0" role="region" aria-label=(t("值班表")) { table {
            caption.vh { (t("值班表")) }
            thead { tr {
                th scope="col" { (t("岗位")) }
                @for (day, word) in days.iter().zip(DAYS) {
                    th scope="col" {
                        (t(word)) " " (day.strftime("%m-%d")) " "
                        @let known = calendar.day(*day);
                        @if known.holiday { (tag(t("节假日"), Tone::Mind)) }
                        @else if let Some(order) = calendar.order_on(*day) { (tag(&order.why, Tone::Mind)) }
                        @else if known.workday && day.weekday().to_monday_zero_offset() > 4 { (tag(t("调休上班"), Tone::Mind)) }
                        @if *day == today { (tag(t("今天"), Tone::Plain)) }
                    }
                }
            } }
            tbody {
                @for (post, rows) in &posts {
                    tr {
                        th scope="row" { @if post.is_empty() { (t("未写岗位")) } @else { (here.word(post)) } }
                        @for (day, word) in days.iter().zip(DAYS) {
                            @let own: Vec<_> = rows.iter().filter(|shift| zone.date(shift.begins) == *day).collect();
                            td {
                                // On a phone the days stand one below the other, without their heads.
                                @if !own.is_empty() { span.only-phone.small.dim { (t(word)) " " (day.strftime("%m-%d")) } }
                                @for shift in own { (cell(zone, shift, here.now, missed.contains(&shift.case))) }
                            }
                        }
                    }
                }
            }
        } } }
    }
}

fn cell(zone: &Zone, shift: &ShiftRow, now: Moment, missed: bool) -> Markup {
    let clock = |moment| zone.civil(moment).strftime("%H:%M").to_string();
    let over_night = zone.date(shift.begins) != zone.date(shift.ends.plus_micros(-1));
    html! {
        div {
            a href={ "/cases/" (shift.case) } { (shift.person) } " "
            span.small.dim { (clock(shift.begins)) "–" (clock(shift.ends)) @if over_night { (t("（次日）")) } }
            @if (shift.begins..shift.ends).contains(&now) { " " (tag(t("当班"), Tone::Plain)) }
            @for cover in &shift.covers {
                div.small {
                    a href={ "/cases/" (cover.leave) } { (cover.person) } " " (clock(cover.begins)) "–" (clock(cover.ends)) " "
                    (tag(t("顶岗"), Tone::Mind))
                }
            }
            @if missed { " " (tag(t("未交班"), Tone::Grave)) }
            @if !shift.swap.is_empty() { " " (tag(&crate::t!("申请换 {}", shift.swap), Tone::Mind)) }
        }
    }
}

async fn planning(here: &Here, begins: Date, filled: &Filled) -> Result<Markup, Fault> {
    let fresh = here.sent(None)?;
    let staff: Vec<Account> = here.house().staff(here.site).await.map_err(|fault| Fault::new("读取员工", fault))?;
    let people: Vec<(&str, &str)> =
        staff.iter().filter(|it| it.active).map(|it| (it.id.as_str(), it.name.as_str())).collect();
    let mut posts: Vec<&str> = staff.iter().flat_map(|it| it.posts.iter().map(String::as_str)).collect();
    posts.sort_unstable();
    posts.dedup();
    let posts: Vec<(&str, String)> =
        posts.into_iter().filter(|it| *it != office::site::ADMINISTRATOR).map(|it| (it, here.word(it))).collect();
    let posts: Vec<(&str, &str)> = posts.iter().map(|(id, words)| (*id, words.as_str())).collect();
    let patterns: Vec<String> = patterns(here)
        .await?
        .iter()
        .map(|it| format!("{} {}-{}", it.name, it.from.strftime("%H:%M"), it.to.strftime("%H:%M")))
        .collect();
    let patterns: Vec<(&str, &str)> = patterns.iter().map(|it| (it.as_str(), it.as_str())).collect();
    let chosen = filled.all("day");
    let select = |name: &'static str, label: &'static str, choices: &[(&str, &str)]| {
        let control = Control::Select { choices, chosen: filled.get(name) };
        Field { required: true, control, ..Field::line(name, label, "") }.render()
    };
    let form = html! {
        form method="post" action="/duty/plan" autocomplete="off" {
            (command(fresh.command.as_str()))
            input type="hidden" name="week" value=(begins);
            div.pair {
                (select("person", t("当班人"), &people))
                (select("post", t("岗位"), &posts))
            }
            (select("pattern", t("班次"), &patterns))
            fieldset.chips {
                legend { (t("哪几天")) }
                @for (day, word) in week(begins).iter().zip(DAYS) {
                    label.chip {
                        input type="checkbox" name="day" value=(day) checked[chosen.contains(&day.to_string())];
                        span { (t(word)) " " (day.strftime("%m-%d")) }
                    }
                }
            }
            p.ways { button.main { (t("排班")) } }
        }
        form method="post" action="/duty/copy" {
            (command(&format!("{}-copy", fresh.command.as_str())))
            input type="hidden" name="week" value=(begins);
            button { (t("照上周排这一周")) }
        }
        p.small.dim { (t("班次的名称和时间在设置里写；换班、顶班和作废在该班的页面上办。")) }
    };
    Ok(panel(t("排班"), html! {}, form))
}

/// Words of a pattern for a refusal.
pub fn pattern_of(patterns: &[ShiftPattern], chosen: &str) -> Option<ShiftPattern> {
    let words = |it: &ShiftPattern| format!("{} {}-{}", it.name, it.from.strftime("%H:%M"), it.to.strftime("%H:%M"));
    patterns.iter().find(|it| words(it) == chosen).cloned()
}

/// Whether one of the shifts is this person's at that time already.
pub fn taken<'a>(shifts: &'a [ShiftRow], account: &str, from: Moment, to: Moment) -> Option<&'a ShiftRow> {
    shifts.iter().find(|it| it.account == account && it.begins < to && it.ends > from)
}

/// The title of a shift's day in a refusal.
pub fn day_words(day: Date) -> String {
    format!("{} {}", said(t(DAYS[usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0)]), None), day)
}
