//! The questions of the next round (调查题目): those of the program and the site's own, switched on and off; they are settings, so
//! that who changed them and when stands where every setting has it.

use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use office::Refusal;
use office::site::CharterChange;
use office::survey::questions::{self, OFF, OVERALL, OWN, Question, QuestionKind, SERVICES};

use super::ask::words;
use super::service;
use crate::components::field::{Control, Field, command};
use crate::components::{Tone, panel, refusal, refused, tag};
use crate::entry::{fresh_command, see};
use crate::language::{t, zh};
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place};
use crate::security::{Fault, Permission};
use crate::state::Here;

fn kind_word(kind: QuestionKind) -> &'static str {
    t(match kind {
        QuestionKind::Grade => zh("五档"),
        QuestionKind::YesNo => zh("是否"),
        QuestionKind::Words => zh("填写|题目"),
    })
}

/// The settings as they stand: the site's own questions, and those that are off.
async fn settings(here: &Here) -> Result<(String, String), Fault> {
    let law = crate::rulebooks::law(here).await?;
    Ok((law.office_setting(OWN).to_owned(), law.office_setting(OFF).to_owned()))
}

/// `GET /surveys/questions`.
pub async fn show(here: Here) -> Result<Response, Fault> {
    Ok(page(&here, None).await?.into_response())
}

async fn page(here: &Here, trouble: Option<(&Refusal, &Filled)>) -> Result<Fragment, Fault> {
    let (own, off) = settings(here).await?;
    let sets = here.viewer.grants.allow(Permission::SettingWork);
    let mut rows = Vec::new();
    for (question, asked) in questions::all(&own, &off) {
        rows.push(row(&question, asked, sets)?);
    }
    let body = html! {
        @if let Some((no, _)) = trouble { (refusal(no)) }
        p.dim.base { (t("新开的一轮按这里问；已经开的不变。改过的记在设置里，看得到谁、什么时候改的。")) }
        (panel(t("调查题目"), html! {}, html! { div.scroll { table.plain-table {
            thead { tr { th { (t("题目")) } th { (t("怎么答")) } th { (t("服务|调查")) } th { (t("问不问")) } th {} } }
            tbody { @for row in &rows { (row) } }
        } } }))
        @if sets { (panel(t("加一题"), html! {}, adder(trouble.map(|it| it.1))?)) }
    };
    let crumbs = [
        Crumb { words: t("回访").to_owned(), path: "/follow-up".to_owned() },
        Crumb { words: t("满意调查").to_owned(), path: "/surveys".to_owned() },
    ];
    let around = here.around().await?;
    let page = Page { crumbs: &crumbs, ..Page::new(t("调查题目"), Frame::Desk(Place::FollowUp, &around), body) };
    Ok(Fragment(page.render()))
}

fn row(question: &Question, asked: bool, sets: bool) -> Result<Markup, Fault> {
    let id = fresh_command()?;
    let (word, does) = if asked { (t("不再问"), "off") } else { (t("再问"), "on") };
    Ok(html! { tr {
        td { (words(question)) @if question.is_own() { " " (tag(t("自己的"), Tone::Plain)) } }
        td { (kind_word(question.kind)) }
        td { (service(&question.service)) }
        td { @if asked { (t("问")) } @else { span.dim { (t("不问")) } } }
        td { @if sets && question.id != OVERALL {
            form.in-line method="post" action="/surveys/questions" {
                (command(&id))
                input type="hidden" name="question" value=(question.id);
                button name="does" value=(does) { (word) }
            }
        } }
    } })
}

fn adder(filled: Option<&Filled>) -> Result<Markup, Fault> {
    let id = fresh_command()?;
    let typed = filled.map_or("", |it| it.get("words"));
    let kinds = QuestionKind::ALL.map(|(kind, word)| (word, kind_word(kind)));
    let names = SERVICES.map(|(id, word)| (word, service(id)));
    let services: Vec<(&str, &str)> = names.iter().map(|(word, said)| (*word, said.as_str())).collect();
    let select = |name: &'static str, label: &'static str, choices: &[(&str, &str)]| {
        let control = Control::Select { choices, chosen: "" };
        Field { control, ..Field::line(name, label, "") }.render()
    };
    Ok(html! {
        form method="post" action="/surveys/questions" {
            (command(&id))
            (Field { required: true, hint: t("照住户读到的写，例如：儿童乐园满意吗"), ..Field::line("words", t("题目"), typed) }.render())
            (select("kind", t("怎么答"), &kinds))
            (select("service", t("服务|调查"), &services))
            button.main name="does" value="add" { (t("加上")) }
        }
    })
}

/// `POST /surveys/questions`: adds a question, or switches one off or on.
pub async fn change(here: Here, filled: Filled) -> Result<Response, Fault> {
    let (own, off) = settings(&here).await?;
    let change = match filled.get("does") {
        "add" => {
            let plain: String = filled.get("words").chars().filter(|c| !"；;：:\n\r".contains(*c)).collect();
            let line = format!("{plain}：{}：{}", filled.get("kind"), filled.get("service"));
            match questions::one(&line) {
                Err(why) => Err(Refusal::new("没有加上", why, "请改好再加。").at("words")),
                Ok(new) if questions::all(&own, "").iter().any(|(known, _)| known.id == new.id) => {
                    Err(Refusal::new("没有加上", "已经有这一题", "停用了的，请点“再问”。").at("words"))
                }
                Ok(_) => {
                    let value = if own.trim().is_empty() {
                        line
                    } else {
                        format!("{}；{line}", own.trim().trim_end_matches('；'))
                    };
                    Ok(CharterChange::Set { name: OWN.into(), value })
                }
            }
        }
        does => {
            let id = filled.get("question");
            let mut left: Vec<&str> =
                off.split(['；', ';']).map(str::trim).filter(|it| !it.is_empty() && *it != id).collect();
            if does == "off" {
                left.push(id);
            }
            Ok(CharterChange::Set { name: OFF.into(), value: left.join("；") })
        }
    };
    let done = match change {
        Err(no) => Err(no),
        Ok(change) => {
            let done = here.house().change_charter(here.sent(filled.command())?, change).await;
            done.map_err(|fault| Fault::new("改调查题目", fault))?.map(drop)
        }
    };
    match done {
        Ok(()) => Ok(see("/surveys/questions")),
        Err(no) => Ok(refused(page(&here, Some((&no, &filled))).await?, &no)),
    }
}
