//! One day of the year (安排一天): why it is what it is, and the form by which company or site settles it otherwise.

use axum::response::{IntoResponse, Response};
use calendar::Orderer;
use jiff::civil::Date;
use journal::SiteLaw;
use maud::{Markup, html};
use office::Refusal;
use office::site::CalendarChange;

use super::{by_choice, confirm, layer, may_order, orderer, path, trouble, year};
use crate::components::field::{Chip, Field, chips};
use crate::components::{facts, panel, refused};
use crate::entry::see;
use crate::language::{Language, current, t};
use crate::page::Filled;
use crate::security::{Fault, Permission};
use crate::state::Here;

/// The panel of the chosen day.
pub async fn panel_of(
    here: &Here,
    law: &SiteLaw,
    date: Date,
    filled: &Filled,
    no: Option<&Refusal>,
) -> Result<Markup, Fault> {
    let zone = &here.house().laws().zone;
    let day = law.calendar.day(date);
    let known = match (law.calendar.order_on(date), law.calendar.notice_on(date)) {
        (Some(order), _) => Some(order.known_from),
        (None, notice) => notice.map(|(notice, _)| notice.known_from),
    };
    let weekday = match current() {
        Language::English => calendar::weekday_en(date.weekday()),
        _ => calendar::weekday_zh(date.weekday()),
    };
    let title = format!("{date} {weekday}");
    let told = facts(&[
        (t("这一天"), html! { b { @if day.workday { (t("上班")) } @else { (t("休息")) } } }),
        (t("依据"), html! { (layer(&law.calendar, date)) }),
        (t("什么时候起知道"), html! { @if let Some(at) = known { (zone.civil(at).strftime("%Y-%m-%d %H:%M")) } }),
    ]);
    let form = match here.viewer.grants.allow(Permission::SettingWork) {
        true => form(here, law, date, filled, no).await?,
        false => html! {},
    };
    Ok(html! { div #day { (panel(&title, html! {}, html! { (told) (form) })) } })
}

async fn form(here: &Here, law: &SiteLaw, date: Date, filled: &Filled, no: Option<&Refusal>) -> Result<Markup, Fault> {
    let day = law.calendar.day(date);
    let chosen = match filled.get("as") {
        "" if day.workday => "rest",
        "" => "work",
        chosen => chosen,
    };
    let at = |field: &str| no.filter(|no| no.field.as_deref() == Some(field)).map(|no| no.because[0].text.as_str());
    let back: Vec<Orderer> =
        [Orderer::Site, Orderer::Company].into_iter().filter(|by| year::order_of(law, *by, date).is_some()).collect();
    let mut ways = vec![
        Chip { value: "work", words: t("上班"), key: None, on: chosen == "work" },
        Chip { value: "rest", words: t("休息"), key: None, on: chosen == "rest" },
    ];
    if !back.is_empty() {
        ways.push(Chip { value: "back", words: t("撤销安排"), key: None, on: chosen == "back" });
    }
    let (hours, why) = (Field::line("hours", t("开放时间"), filled.get("hours")), filled.get("why"));
    Ok(html! {
        form.narrow method="post" action="/duty/calendar/day" autocomplete="off" {
            input type="hidden" name="day" value=(date);
            @if !back.is_empty() {
                p.small.dim {
                    (crate::t!("已由{}另作安排。", back.iter().map(|by| orderer(*by)).collect::<Vec<_>>().join("、")))
                }
            }
            (chips("as", t("定为"), false, &ways))
            (by_choice(here, filled).await?)
            (Field { wrong: at("hours"), hint: t("例如 09:00-12:00、14:00-17:00；不开放写 休息；空着按平常。"), ..hours }.render())
            (Field { wrong: at("why"), required: true, hint: t("例如：公司司庆放假；周六开放窗口。"), ..Field::line("why", t("原因"), why) }.render())
            (trouble(no))
            p.ways { button.main name="step" value="look" { (t("看看会动什么")) } }
        }
    })
}

/// `POST /duty/calendar/day`: looked at first, then entered.
pub async fn settle(here: Here, filled: Filled) -> Result<Response, Fault> {
    let no = match ready(&here, &filled).await? {
        Err(no) => no,
        Ok((date, by, change)) if filled.get("step") == "enter" => {
            let sent = here.sent(filled.command())?;
            let done = here.house().change_calendar(sent, by, change).await;
            match done.map_err(|fault| Fault::new("安排一天", fault))? {
                Ok(Some(seq)) => return Ok(see(&format!("/duty/calendar/entries/{seq}"))),
                Ok(None) => return Ok(see(&path(date.year()))),
                Err(no) => no,
            }
        }
        Ok(_) if filled.get("step") == "back" => return Ok(year::page(&here, &filled, None).await?.into_response()),
        Ok((date, by, change)) => {
            let fields: Vec<(&str, &str)> =
                ["day", "as", "by", "hours", "why"].map(|name| (name, filled.get(name))).to_vec();
            let title = format!("{date} {}", t("安排一天"));
            let to = ("/duty/calendar/day", fields.as_slice());
            match confirm(&here, date.year(), &title, (by, &change), to).await? {
                Ok(page) => return Ok(page.into_response()),
                Err(no) => no,
            }
        }
    };
    Ok(refused(year::page(&here, &filled, Some(&no)).await?, &no))
}

async fn ready(here: &Here, filled: &Filled) -> Result<Result<(Date, Orderer, CalendarChange), Refusal>, Fault> {
    let what = t("不能安排这一天");
    let Ok(date) = filled.get("day").parse::<Date>() else {
        return Ok(Err(Refusal::new(what, t("没有选日子"), t("请在年历上点一天。")).at("day")));
    };
    let workday = match filled.get("as") {
        "work" => Some(true),
        "rest" => Some(false),
        "back" => None,
        _ => return Ok(Err(Refusal::new(what, t("还没有选上班还是休息"), t("请选一种。")).at("as"))),
    };
    let by = match may_order(here, filled).await? {
        Ok(by) => by,
        Err(no) => return Ok(Err(no)),
    };
    let (hours, why) = (filled.get("hours").to_owned(), filled.get("why").to_owned());
    Ok(Ok((date, by, CalendarChange::Day { date, workday, hours, why })))
}
