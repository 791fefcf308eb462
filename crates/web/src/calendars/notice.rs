//! Entering a notice (录入放假通知): pasted as it was published, or clicked day by day; both are the same text, which is looked at
//! before it is confirmed.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use calendar::published::HOLIDAYS;
use calendar::{BadNotice, Draft, Notice};
use jiff::Span;
use jiff::civil::{Date, date};
use maud::{Markup, html};
use office::Refusal;
use office::site::CalendarChange;

use super::{by_choice, confirm, crumbs, may_order, trouble};
use crate::components::field::{Chip, Control, Field, chips};
use crate::components::{panel, refused};
use crate::entry::see;
use crate::language::{said, t};
use crate::page::{Filled, Fragment, Frame, Page, Place};
use crate::security::Fault;
use crate::state::Here;

/// Whose notices they are, unless the data says otherwise.
const SOURCE: &str = "国务院办公厅，中国政府网公布";

/// `GET /duty/calendar/notice?year=2027`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    Ok(page(&here, &Filled(query), None).await?.into_response())
}

fn year_of(here: &Here, filled: &Filled) -> i16 {
    let next = here.house().laws().zone.date(here.now).year() + 1;
    filled.get("year").parse().ok().filter(|year| (2000..=2100).contains(year)).unwrap_or(next)
}

/// `POST /duty/calendar/notice`: a click changes the text, `look` shows what moves, `enter` does it.
pub async fn enter(here: Here, filled: Filled) -> Result<Response, Fault> {
    let clicked = filled.get("click").parse::<Date>().ok();
    if let Some(day) = clicked {
        return Ok(match click(&here, &filled, day) {
            Ok(filled) => page(&here, &filled, None).await?.into_response(),
            Err(no) => refused(page(&here, &filled, Some(&no)).await?, &no),
        });
    }
    if filled.get("step") == "back" {
        return Ok(page(&here, &filled, None).await?.into_response());
    }
    let ready = match may_order(&here, &filled).await? {
        Ok(by) => read(&here, &filled).map(|notice| (by, notice)),
        Err(no) => Err(no),
    };
    let no = match ready {
        Err(no) => no,
        Ok((by, notice)) => {
            let change = CalendarChange::Notice { data: notice.write_year(), text: filled.get("text").to_owned() };
            match filled.get("step") {
                "enter" => {
                    let done = here.house().change_calendar(here.sent(filled.command())?, by, change).await;
                    match done.map_err(|fault| Fault::new("录入放假通知", fault))? {
                        Ok(Some(seq)) => return Ok(see(&format!("/duty/calendar/entries/{seq}"))),
                        Ok(None) => return Ok(see(&super::path(notice.year))),
                        Err(no) => no,
                    }
                }
                _ => {
                    let names = ["year", "text", "issued", "by", "replaces"];
                    let fields: Vec<(&str, &str)> = names.iter().map(|name| (*name, filled.get(name))).collect();
                    let title = crate::t!("录入 {0} 年放假通知：{1}", notice.year, notice.cited());
                    let to = ("/duty/calendar/notice", fields.as_slice());
                    match confirm(&here, notice.year, &title, (by, &change), to).await? {
                        Ok(page) => return Ok(page.into_response()),
                        Err(no) => no,
                    }
                }
            }
        }
    };
    Ok(refused(page(&here, &filled, Some(&no)).await?, &no))
}

/// The notice of the text: words as published, or the data of a file.
fn read(here: &Here, filled: &Filled) -> Result<Notice, Refusal> {
    let no = |bad: BadNotice| Refusal::new(t("不能录入放假通知"), bad.0, t("请改正后再录入。")).at("text");
    let text = filled.get("text");
    let replaces = filled.get("replaces") == "yes";
    if text.contains("[[notice") {
        let mut notices = Notice::read_year(text).map_err(no)?;
        let last = notices.pop().ok_or_else(|| no(BadNotice("没有看到一份通知".to_owned())))?;
        return match notices.is_empty() {
            true => Ok(Notice { replaces: last.replaces || replaces, ..last }),
            false => Err(no(BadNotice("一次录入一份通知".to_owned()))),
        };
    }
    let mut draft = Draft::read(text, year_of(here, filled)).map_err(no)?;
    draft.date = draft.date.or_else(|| filled.get("issued").parse().ok());
    draft.notice(SOURCE, replaces, here.now).map_err(no)
}

/// The draft of the text as far as it can be read; an empty text is an empty draft.
fn draft(here: &Here, filled: &Filled) -> Result<Draft, BadNotice> {
    let (text, year) = (filled.get("text"), year_of(here, filled));
    if text.contains("[[notice") {
        let notice = Notice::read_year(text)?.pop();
        return Ok(notice.as_ref().map_or_else(|| Draft::of_year(year), Draft::from));
    }
    match Draft::read(text, year) {
        Err(_) if !text.contains("放假") && !text.contains("上班") => Ok(Draft::of_year(year)),
        read => read,
    }
}

fn click(here: &Here, filled: &Filled, day: Date) -> Result<Filled, Refusal> {
    let no = |why: String| Refusal::new(t("没有改这一天"), why, t("请先改好文字。")).at("text");
    let mut draft = draft(here, filled).map_err(|bad| no(bad.0))?;
    let name = match filled.get("holiday") {
        "" => HOLIDAYS[0].0,
        name => name,
    };
    draft.click(day, name, filled.get("as") == "work");
    let mut fields: Vec<(String, String)> =
        filled.0.iter().filter(|(name, _)| name != "text" && name != "click").cloned().collect();
    fields.push(("text".to_owned(), draft.write()));
    Ok(Filled(fields))
}

async fn page(here: &Here, filled: &Filled, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let drafted = draft(here, filled);
    let year = drafted.as_ref().map_or_else(|_| year_of(here, filled), |draft| draft.year);
    let holidays: Vec<String> = HOLIDAYS.iter().map(|(zh, en)| said(zh, Some(en)).into_owned()).collect();
    let choices: Vec<(&str, &str)> =
        HOLIDAYS.iter().zip(&holidays).map(|((zh, _), words)| (*zh, words.as_str())).collect();
    let holiday = Field {
        control: Control::Select { choices: &choices, chosen: filled.get("holiday") },
        ..Field::line("holiday", t("节日"), "")
    };
    let worked = filled.get("as") == "work";
    let issued = Control::Line { kind: "date", value: filled.get("issued"), most: 10 };
    let text = Control::Lines { value: filled.get("text"), rows: 10, most: 8000 };
    let bad = drafted.as_ref().err().map(|bad| bad.0.as_str());
    let body = html! {
        form method="post" action="/duty/calendar/notice" autocomplete="off" {
            input type="hidden" name="year" value=(year);
            div {
                div {
                    (panel(t("通知原文"), html! {}, html! {
                        (Field {
                            hint: t("把公布的通知整篇贴进来，连同文号和落款日期；也可以贴数据文件，或在下面逐日点出来。"),
                            wrong: bad.filter(|_| no.is_none() && !filled.get("text").is_empty()),
                            control: text,
                            ..Field::line("text", t("文字"), "")
                        }.render())
                        (Field {
                            hint: t("文字里有落款日期的不用填。"),
                            control: issued,
                            ..Field::line("issued", t("发布日期"), "")
                        }.render())
                        label.check {
                            input type="checkbox" name="replaces" value="yes" checked[filled.get("replaces") == "yes"];
                            " " (t("取代这一年以前的通知"))
                        }
                        (by_choice(here, filled).await?)
                        (trouble(no))
                        p.ways { button.main name="step" value="look" data-key="F8" { (t("看看会动什么")) " " kbd { "F8" } } }
                    }))
                }
                div {
                    (panel(&crate::t!("{} 年", year), html! {}, html! {
                        p.small.dim { (t("先选节日和放假还是上班，再点日子；再点一次就去掉。")) }
                        div.pair {
                            (holiday.render())
                            (chips("as", t("点的日子"), false, &[
                                Chip { value: "off", words: t("放假"), key: None, on: !worked },
                                Chip { value: "work", words: t("调休上班"), key: None, on: worked },
                            ]))
                        }
                        div.year.clicked { @for month in 1..=12 { (month_of(date(year, month, 1), drafted.as_ref().ok())) } }
                    }))
                }
            }
        }
    };
    let around = here.around().await?;
    let title = t("录入放假通知");
    let page = Page { crumbs: &crumbs(year), ..Page::new(title, Frame::Desk(Place::Duty, &around), body) };
    Ok(Fragment(page.render()))
}

/// A month whose days are buttons.
fn month_of(first: Date, draft: Option<&Draft>) -> Markup {
    let days: Vec<Date> = first.series(Span::new().days(1)).take_while(|day| day.month() == first.month()).collect();
    let before = usize::try_from(first.weekday().to_monday_zero_offset()).unwrap_or(0);
    let mut cells: Vec<Option<Date>> = vec![None; before];
    cells.extend(days.into_iter().map(Some));
    let look = |date: Date| {
        let of = |holiday: &&calendar::published::DraftHoliday| {
            holiday.off.contains(&date) || holiday.worked.contains(&date)
        };
        let found = draft.and_then(|draft| draft.holidays.iter().find(of));
        match found {
            Some(holiday) if holiday.off.contains(&date) => ("day off", t("休|日历"), holiday.name.as_str()),
            Some(holiday) => ("day made-up", t("班|日历"), holiday.name.as_str()),
            None if date.weekday().to_monday_zero_offset() > 4 => ("day rest", "", ""),
            None => ("day", "", ""),
        }
    };
    html! {
        table.month {
            caption { (crate::t!("{} 月", first.month())) }
            tbody { @for week in cells.chunks(7) { tr { @for cell in week { @match cell {
                None => td {},
                Some(date) => {
                    @let (class, mark, name) = look(*date);
                    td class=(class) {
                        button.plain name="click" value=(date) title={ (date) " " (name) } aria-label={ (date) " " (name) " " (mark) } {
                            (date.day()) @if !mark.is_empty() { small { (mark) } }
                        }
                    }
                },
            } } } } }
        }
    }
}
