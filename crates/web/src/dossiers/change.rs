//! Changes of a file (改档): somebody comes or leaves, two files of one household joined and parted; a copy for the person concerned.

use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use office::Refusal;
use office::household::{Change, LedgerPerson, Tenure, normal_phone};

use super::show::{Refused, read, render};
use crate::components::refused;
use crate::entry::see;
use crate::language::{said, t};
use crate::page::{Filled, escaped, sheet, wrong};
use crate::security::Fault;
use crate::state::Here;

/// The page again with what was refused.
async fn again(here: &Here, id: &str, form: &str, filled: &Filled, no: &Refusal) -> Result<Response, Fault> {
    let Some(page) = read(here, id, false).await? else { return Ok(wrong::not_found()) };
    let told = Refused { form, no, filled };
    Ok(refused(render(here, &page, Some(&told), false).await?, no))
}

async fn change(here: &Here, id: &str, form: &str, filled: &Filled, change: Change) -> Result<Response, Fault> {
    let done = here.house().change_household(here.sent(filled.command())?, id.to_owned(), change).await;
    match done.map_err(|fault| Fault::new("改档", fault))? {
        Ok(_) => Ok(see(&format!("/dossiers/{}", escaped(id)))),
        Err(no) => again(here, id, form, filled, &no).await,
    }
}

/// `POST /dossiers/{id}/people`.
pub async fn came(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let mut phones = Vec::new();
    for written in filled.get("phone").split(['、', '，', ',', '/', ' ']).filter(|it| !it.is_empty()) {
        let phone = normal_phone(written);
        if !(7..=12).contains(&phone.len()) {
            let why = format!("电话“{written}”不是 7 到 12 位号码");
            let no = Refusal::new("不能改档", why, "多个号码请用顿号隔开。").at("phone");
            return again(&here, &id, "people", &filled, &no).await;
        }
        phones.push(phone);
    }
    let who = LedgerPerson {
        tenure: Tenure::of(filled.get("tenure")).unwrap_or_default(),
        name: filled.get("name").trim().to_owned(),
        phones,
        identity: filled.get("identity").trim().to_owned(),
        bank_account: String::new(),
    };
    let since = filled.get("since").parse::<Date>().ok();
    change(&here, &id, "people", &filled, Change::Came(who, since)).await
}

/// `POST /dossiers/{id}/left`.
pub async fn left(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let today = here.house().laws().zone.date(here.now);
    let until = filled.get("until").parse::<Date>().unwrap_or(today);
    change(&here, &id, "left", &filled, Change::Left(filled.get("person").to_owned(), Some(until))).await
}

/// `POST /dossiers/{id}/merge`: the file that the room names is joined to this one.
pub async fn merge(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let typed = filled.get("from").trim().to_owned();
    let hits = here.house().desk_search(here.site, typed.clone()).await;
    let hits = hits.map_err(|fault| Fault::new("查找住户", fault))?;
    let others: Vec<&str> = hits.iter().map(|it| it.id.as_str()).filter(|it| *it != id).collect();
    let from = match others.as_slice() {
        _ if hits.iter().any(|it| it.words == typed) => {
            hits.iter().find(|it| it.words == typed).map_or(String::new(), |it| it.id.clone())
        }
        [only] => (*only).to_owned(),
        found => {
            let why = if found.is_empty() { "没有找到这一份" } else { "找到不止一份" };
            let no = Refusal::new("不能合并", why, "请写完整的房号，如台账里那样。").at("from");
            return again(&here, &id, "merge", &filled, &no).await;
        }
    };
    let done = here.house().merge_households(here.sent(filled.command())?, from, id.clone()).await;
    match done.map_err(|fault| Fault::new("合并档案", fault))? {
        Ok(_) => Ok(see(&format!("/dossiers/{}", escaped(&id)))),
        Err(no) => again(&here, &id, "merge", &filled, &no).await,
    }
}

/// `POST /dossiers/{id}/part`.
pub async fn part(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let from = filled.get("from").to_owned();
    let done = here.house().part_households(here.sent(filled.command())?, from, id.clone()).await;
    match done.map_err(|fault| Fault::new("撤销合并", fault))? {
        Ok(_) => Ok(see(&format!("/dossiers/{}", escaped(&id)))),
        Err(no) => again(&here, &id, "part", &filled, &no).await,
    }
}

/// `POST /dossiers/{id}/copy`: what is on file of the household's people, for the person concerned; the purpose is on record.
pub async fn copy(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let (sent, subject) = (here.sent(filled.command())?, format!("household:{id}"));
    let done = here.house().unmasked(sent, subject, filled.get("purpose").to_owned()).await;
    if let Err(no) = done.map_err(|fault| Fault::new("登记查看用途", fault))? {
        return again(&here, &id, "copy", &filled, &no).await;
    }
    let Some(page) = read(&here, &id, true).await? else { return Ok(wrong::not_found()) };
    let head = [t("项目|资料"), t("内容|资料"), t("说明|资料")];
    let line = |one: &str, two: String, three: String| vec![one.to_owned(), two, three];
    let mut lines = Vec::new();
    let former = page.household.former.iter().map(|it| (&it.person, it.until));
    for (it, until) in page.household.people.iter().map(|it| (it, None)).chain(former) {
        let days = [it.since.map(|day| day.to_string()), until.map(|day: Date| day.to_string())];
        let days = days.map(Option::unwrap_or_default).join(" — ");
        lines.push(line(&said(it.tenure.title(), None), it.name.clone(), days));
        for (what, value) in [
            (t("电话"), it.phones.join("、")),
            (t("证件号码"), it.identity.clone()),
            (t("托收账号"), it.bank_account.clone()),
        ] {
            if !value.is_empty() {
                lines.push(line(what, value, it.name.clone()));
            }
        }
    }
    for category in &page.categories {
        for row in &category.cases.1 {
            lines.push(line(&said(category.title, None), row.number.clone(), row.title.clone()));
        }
    }
    sheet::answer("xlsx", &page.household.room.to_string(), "personal-data", &head, &lines)
}
