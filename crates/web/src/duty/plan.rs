//! Planning (排班): one person, one pattern, several days at once; or the week before once more. Each day is a record of its
//! own, so that a swap touches one day only.

use std::collections::BTreeMap;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use calendar::Moment;
use jiff::Span;
use jiff::civil::Date;
use journal::CommandId;
use journal::reads::ShiftRow;
use office::Refusal;
use office::case::{ActOnCase, OpenRecord};

use super::roster::{day_words, monday, page, pattern_of, patterns, taken};
use crate::components::refused;
use crate::page::Filled;
use crate::security::Fault;
use crate::state::Here;

const PLANNED: &str = "duty.shift_planned";

/// A shift to be planned.
struct Wanted {
    account: String,
    person: String,
    post: String,
    from: Moment,
    to: Moment,
}

/// `POST /duty/plan`.
pub async fn enter(here: Here, filled: Filled) -> Result<Response, Fault> {
    let zone = &here.house().laws().zone;
    let names = here.names().await?;
    let what = "没有排班";
    let days: Vec<Date> = filled.all("day").iter().filter_map(|day| day.parse().ok()).collect();
    let ready = match (names.get(filled.get("person")), pattern_of(&patterns(&here).await?, filled.get("pattern"))) {
        (None, _) => Err(Refusal::new(what, "还没有选当班人", "请选择当班的人。").at("person")),
        (_, None) => Err(Refusal::new(what, "还没有选班次", "请选择班次；没有的，请先在设置里写。").at("pattern")),
        _ if days.is_empty() => Err(Refusal::new(what, "还没有选日子", "请至少选一天。").at("day")),
        (Some(person), Some(pattern)) => Ok(days
            .iter()
            .filter_map(|day| pattern.on(*day))
            .map(|(from, to)| Wanted {
                account: filled.get("person").to_owned(),
                person: person.clone(),
                post: filled.get("post").to_owned(),
                from: zone.moment(from),
                to: zone.moment(to),
            })
            .collect::<Vec<_>>()),
    };
    match ready {
        Ok(wanted) => write(&here, &filled, wanted).await,
        Err(no) => Ok(refused(page(&here, &filled, Some(&no)).await?, &no)),
    }
}

/// `POST /duty/copy`: every shift of the week before, seven days later.
pub async fn copy(here: Here, filled: Filled) -> Result<Response, Fault> {
    let zone = &here.house().laws().zone;
    let begins = monday(filled.get("week"), zone.date(here.now));
    let before = begins.checked_sub(Span::new().days(7)).unwrap_or(begins);
    let shifts = shifts(&here, zone.start_of_day(before), zone.start_of_day(begins)).await?;
    let later = |moment: Moment| {
        let civil = zone.civil(moment);
        zone.moment(civil.checked_add(Span::new().days(7)).unwrap_or(civil))
    };
    let wanted: Vec<Wanted> = shifts
        .iter()
        .filter(|it| it.begins >= zone.start_of_day(before))
        .map(|it| Wanted {
            account: it.account.clone(),
            person: it.person.clone(),
            post: it.post.clone(),
            from: later(it.begins),
            to: later(it.ends),
        })
        .collect();
    if wanted.is_empty() {
        let no = Refusal::new("没有排班", "上一周没有排班", "请在下面逐人排班。");
        return Ok(refused(page(&here, &filled, Some(&no)).await?, &no));
    }
    write(&here, &filled, wanted).await
}

async fn shifts(here: &Here, from: Moment, until: Moment) -> Result<Vec<ShiftRow>, Fault> {
    here.house().shifts(here.site, from, until).await.map_err(|fault| Fault::new("读取值班表", fault))
}

/// Writes them all, or none when one of them cannot be: somebody cannot be on two shifts at once.
async fn write(here: &Here, filled: &Filled, wanted: Vec<Wanted>) -> Result<Response, Fault> {
    let zone = &here.house().laws().zone;
    let (first, last) = (wanted.iter().map(|it| it.from).min(), wanted.iter().map(|it| it.to).max());
    let there = match (first, last) {
        (Some(first), Some(last)) => shifts(here, first, last).await?,
        _ => Vec::new(),
    };
    let base = here.sent(filled.command())?.command;
    for (nth, one) in wanted.iter().enumerate() {
        let among = wanted[..nth].iter().any(|it| it.account == one.account && it.from < one.to && it.to > one.from);
        if among || (!one.account.is_empty() && taken(&there, &one.account, one.from, one.to).is_some()) {
            let why = format!("{} {}已有班次与此重叠", one.person, day_words(zone.date(one.from)));
            let no = Refusal::new("没有排班", why, "请去掉这一天，或先作废原来的班。").at("day");
            return Ok(refused(page(here, filled, Some(&no)).await?, &no));
        }
    }
    for one in wanted {
        let key = format!("{}-{}", one.account, one.from.0);
        let command = CommandId::of(&[base.as_str(), &key]);
        let values = [
            ("duty.person", one.person.clone()),
            ("duty.post", one.post.clone()),
            ("duty.from", one.from.0.to_string()),
            ("duty.to", one.to.0.to_string()),
        ];
        let act = ActOnCase {
            act: PLANNED.into(),
            attributes: values.into_iter().map(|(id, value)| (id.to_owned(), value)).collect(),
            links: BTreeMap::from([("on_duty".to_owned(), one.account.clone())]),
            ..ActOnCase::default()
        };
        let record = OpenRecord {
            case: format!("r{}", command.as_str()),
            register: "duty_roster".into(),
            act,
            ..OpenRecord::default()
        };
        let sent = here.sent_for(Some(command.as_str()), PLANNED)?;
        let done = here.house().open_record(sent, here.actor.clone(), record).await;
        if let Err(no) = done.map_err(|fault| Fault::new("排班", fault))? {
            return Ok(refused(page(here, filled, Some(&no)).await?, &no));
        }
    }
    let to = format!("/duty?week={}", filled.get("week"));
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
}
