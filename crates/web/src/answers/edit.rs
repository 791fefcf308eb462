//! Writing an entry (写问答): a new one, or the next version of one that is there.

use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use journal::CommandId;
use maud::html;
use office::Refusal;
use office::answer::{AnswerChange, CATEGORIES, Said};

use super::show::found;
use crate::components::field::{Control, Field, command};
use crate::components::{refusal, refused};
use crate::language::t;
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// `GET /answers/new?contact=`: empty, or with what a caller was told on the spot. What was said stays out of the address.
pub async fn blank(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let contact = match (Filled(query).get("contact"), here.viewer.grants.allow(Permission::DeskView)) {
        ("", _) | (_, false) => None,
        (id, true) => crate::contacts::read(&here, id, false).await?,
    };
    let told = contact.map(|page| [("question", page.row.words), ("answer", page.contact.note)]);
    let new = [("id", crate::entry::fresh_command()?), ("seen", "0".to_owned())];
    let filled = new.into_iter().chain(told.into_iter().flatten());
    let filled = Filled(filled.map(|(name, value)| (name.to_owned(), value)).collect());
    Ok(form(&here, &filled, None).await?.into_response())
}

/// `GET /answers/{id}/edit`.
pub async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let Some(page) = found(&here, &id).await? else { return Ok(wrong::not_found()) };
    let Some(present) = page.answer.present() else { return Ok(wrong::not_found()) };
    let said = &present.said;
    let filled = [
        ("id", id),
        ("seen", present.number.to_string()),
        ("question", said.question.clone()),
        ("answer", said.answer.clone()),
        ("phones", said.phones.clone()),
        ("category", said.category.clone()),
        ("keywords", said.keywords.clone()),
    ];
    let filled = Filled(filled.map(|(name, value)| (name.to_owned(), value)).to_vec());
    Ok(form(&here, &filled, None).await?.into_response())
}

/// `POST /answers`.
pub async fn save(here: Here, filled: Filled) -> Result<Response, Fault> {
    let Ok(id) = CommandId::new(filled.get("id")) else { return Ok(wrong::not_found()) };
    let said = Said {
        question: filled.get("question").to_owned(),
        answer: filled.get("answer").replace("\r\n", "\n"),
        phones: filled.get("phones").replace("\r\n", "\n"),
        category: filled.get("category").to_owned(),
        keywords: filled.get("keywords").to_owned(),
    };
    let seen = filled.get("seen").parse().unwrap_or_default();
    let sent = here.sent(filled.command())?;
    let change = AnswerChange::Write { said, seen };
    let done = here.house().change_answer(sent, here.actor.clone(), id.as_str().to_owned(), change).await;
    match done.map_err(|fault| Fault::new("保存问答", fault))? {
        Ok(_) => Ok((StatusCode::SEE_OTHER, [(header::LOCATION, format!("/answers/{}", id.as_str()))]).into_response()),
        Err(no) => Ok(refused(form(&here, &filled, Some(&no)).await?, &no)),
    }
}

async fn form(here: &Here, filled: &Filled, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let id = crate::entry::fresh_command()?;
    let new = filled.get("seen") == "0";
    let lines = |name: &'static str, label, hint, rows| Field {
        hint,
        control: Control::Lines { value: filled.get(name), rows, most: 2000 },
        ..Field::line(name, label, "")
    };
    let category = html! {
        input #category name="category" value=(filled.get("category")) maxlength="40" list="categories" autocomplete="off";
        datalist #categories { @for one in CATEGORIES { option value=(one) {} } }
    };
    let body = html! {
        form.panel.narrow method="post" action="/answers" {
            (command(&id))
            input type="hidden" name="id" value=(filled.get("id"));
            input type="hidden" name="seen" value=(filled.get("seen"));
            (Field { required: true, hint: t("照来人的问法写，例如：物业费怎么交"),
                ..Field::line("question", t("问题"), filled.get("question")) }.render())
            (lines("answer", t("答复"), t("一段可以念给来人听的话"), 5).render())
            (lines("phones", t("电话"), t("一行一个：供电抢修 95598"), 3).render())
            div.pair {
                (Field { control: Control::Own(category), ..Field::line("category", t("类别"), "") }.render())
                (Field { hint: t("用顿号分开，来人说到就会提示"),
                    ..Field::line("keywords", t("别的问法"), filled.get("keywords")) }.render())
            }
            @if let Some(no) = no { (refusal(no)) }
            p.ways {
                button.main data-key="F8" { (t("保存")) " " kbd { "F8" } } " "
                a.button href="/answers" { (t("返回")) }
            }
            @if !new { p.small.dim { (t("保存后是新的一版，大家要重新确认读过。")) } }
        }
    };
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("常用问答").to_owned(), path: "/answers".to_owned() }];
    let title = if new { t("写一条问答") } else { t("改一条问答") };
    Ok(Fragment(Page { crumbs: &crumbs, ..Page::new(title, Frame::Desk(Place::Answers, &around), body) }.render()))
}
