//! Common problems (共性问题): gathered from what comes back, their matters household by household, and what a matter's page
//! says of the problem that it belongs to.

use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use journal::reads::{CasePage, CaseRow, Gathering, SameBy, TopicMember, value_in_words};
use maud::{Markup, html};
use office::Refusal;
use office::act;
use office::case::{ActOnCase, CaseKind, OpenRecord, Place as Whereabouts};
use office::topic;

use super::{recurring, report};
use crate::components::field::{Chip, Control, Field, chips, command};
use crate::components::register::{Column, Register, Row};
use crate::components::{Timing, Tone, empty, panel, refusal, refused, tag};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place, wrong};
use crate::security::Fault;
use crate::state::Here;

/// How a tally goes on: the acts that may follow it.
const FOLLOWS: [&str; 2] = ["topic.raised", "topic.striking"];

/// `GET /complaints/topics/new?by=place&kind=complaint&key=…`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    match gathered(&here, &filled).await? {
        Some(found) => Ok(form(&here, &found, &filled, None).await?.into_response()),
        None => Ok(wrong::not_found()),
    }
}

async fn gathered(here: &Here, filled: &Filled) -> Result<Option<Gathering>, Fault> {
    let by = SameBy::ALL.into_iter().find(|by| by.column() == filled.get("by"));
    let (Some(by), Some(kind)) = (by, CaseKind::of(filled.get("kind"))) else { return Ok(None) };
    let found = here.house().gathering(here.site, (by, kind, filled.get("key").to_owned()), here.now).await;
    found.map_err(|fault| Fault::new("读取重复问题", fault))
}

/// `POST /complaints/topics/new`: a new common problem with the chosen matters, or these counted among an open one.
pub async fn enter(here: Here, filled: Filled) -> Result<Response, Fault> {
    let Some(found) = gathered(&here, &filled).await? else { return Ok(wrong::not_found()) };
    let chosen = filled.all("member");
    let done = match filled.get("into") {
        "" => begin(&here, &found, &filled, &chosen).await?,
        number => {
            let sent = here.sent_for(filled.command(), topic::JOINED)?;
            let done = here.house().join_topic(sent, here.actor.clone(), number.to_owned(), chosen).await;
            done.map_err(|fault| Fault::new("归入共性问题", fault))?.map(|_| number.to_owned())
        }
    };
    match done {
        Ok(case) => {
            let to = format!("/cases/{case}");
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Err(no) => Ok(refused(form(&here, &found, &filled, Some(&no)).await?, &no)),
    }
}

/// Tallies, gathers, and goes on as chosen. A step that is refused after the tally leaves it with what is on record.
async fn begin(
    here: &Here,
    found: &Gathering,
    filled: &Filled,
    chosen: &[String],
) -> Result<Result<String, Refusal>, Fault> {
    let opens = office::register::find(topic::REGISTER).map_or("", |it| it.opens.as_str());
    let sent = here.sent_for(filled.command(), opens)?;
    let (command_id, case) = (sent.command.as_str().to_owned(), format!("r{}", sent.command.as_str()));
    let attributes = [
        ("case.content", filled.get("case.content").to_owned()),
        ("topic.named", found.same.named.to_string()),
        ("topic.base", found.asked.count.to_string()),
    ];
    let attributes = attributes.into_iter().filter(|(_, value)| !value.is_empty());
    let place = match found.same.by {
        SameBy::Place | SameBy::Household => found.same.place.clone(),
        SameBy::Topic => String::new(),
    };
    let record = OpenRecord {
        case: case.clone(),
        register: topic::REGISTER.to_owned(),
        place: Whereabouts { household: None, words: place },
        act: ActOnCase {
            act: opens.to_owned(),
            attributes: attributes.map(|(key, value)| (key.to_owned(), value)).collect(),
            note: filled.get("note").to_owned(),
            links: [(topic::MEMBERS.to_owned(), chosen.join(" "))].into(),
            ..ActOnCase::default()
        },
        ..OpenRecord::default()
    };
    let done = here.house().open_record(sent, here.actor.clone(), record).await;
    if let Err(no) = done.map_err(|fault| Fault::new("统计同一问题", fault))? {
        return Ok(Err(no));
    }
    let follows = filled.get("follows");
    if FOLLOWS.contains(&follows) {
        let sent = here.sent_for(Some(&format!("{command_id}-then")), follows)?;
        let act = ActOnCase { act: follows.to_owned(), ..ActOnCase::default() };
        let done = here.house().act_on_case(sent, here.actor.clone(), case.clone(), act).await;
        // Its own page says why it cannot be raised, and offers what can be done.
        drop(done.map_err(|fault| Fault::new("列为共性问题", fault))?);
    }
    Ok(Ok(case))
}

async fn form(here: &Here, found: &Gathering, filled: &Filled, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let laws = here.house().laws();
    let timing = Timing { now: here.now, zone: &laws.zone };
    let fresh = here.sent(None)?;
    let topics = here.house().open_topics(here.site).await.map_err(|fault| Fault::new("读取共性问题", fault))?;
    let same = &found.same;
    let what = recurring::what(laws, same);
    let suggested = match filled.get("case.content") {
        "" => format!("{what}：{}", same.title),
        typed => typed.to_owned(),
    };
    let may = |id: &&str| act::find(id).is_some_and(|act| act.allowed(&here.actor.posts));
    let follows: Vec<(&str, String)> = FOLLOWS
        .into_iter()
        .filter(may)
        .map(|id| (id, act::find(id).map_or(String::new(), |act| said(act.title, None).into_owned())))
        .collect();
    let only = t("只统计，先不列");
    let chosen = filled.get("follows");
    let mut ways: Vec<Chip> =
        follows.iter().map(|(id, words)| Chip { value: id, words, key: None, on: chosen == *id }).collect();
    ways.push(Chip { value: "", words: only, key: None, on: chosen.is_empty() });
    let into: Vec<(String, String)> =
        topics.iter().map(|row| (row.number.clone(), format!("{} {}", row.number, row.title))).collect();
    let mut into: Vec<(&str, &str)> = into.iter().map(|(number, words)| (number.as_str(), words.as_str())).collect();
    into.insert(0, ("", t("新列一个")));
    let fields = html! {
        form.narrow method="post" action="/complaints/topics/new" autocomplete="off" {
            (command(fresh.command.as_str()))
            @for (name, value) in [("by", same.by.column()), ("kind", same.kind.id()), ("key", same.key.as_str())] {
                input type="hidden" name=(name) value=(value);
            }
            (Field {
                required: true,
                control: Control::Lines { value: &suggested, rows: 2, most: 500 },
                ..Field::line("case.content", t("问题"), "")
            }.render())
            p { (recurring::share_words(same, found.asked)) }
            @if into.len() > 1 {
                (Field {
                    control: Control::Select { choices: &into, chosen: filled.get("into") },
                    ..Field::line("into", t("归入"), "")
                }.render())
            }
            (chips("follows", t("列为"), false, &ways))
            (members_to_choose(found, filled, timing))
            (Field { control: Control::Lines { value: filled.get("note"), rows: 2, most: 1000 }, ..Field::line("note", t("说明"), "") }
                .render())
            @if let Some(no) = no { (refusal(no)) }
            p.ways {
                button.main data-key="F8" { (t("归到一起")) " " kbd { "F8" } } " "
                a.button href="/complaints/recurring" { (t("不列了，回重复问题")) }
            }
        }
    };
    let body = panel(&said(&what, None), html! {}, fields);
    let crumbs = [Crumb { words: t("重复问题").to_owned(), path: "/complaints/recurring".to_owned() }];
    let around = here.around().await?;
    let page = Page { crumbs: &crumbs, ..Page::new(t("列共性问题"), Frame::Desk(Place::Cases, &around), body) };
    Ok(Fragment(page.render()))
}

fn members_to_choose(found: &Gathering, filled: &Filled, timing: Timing) -> Markup {
    let chosen = filled.all("member");
    let on = |row: &CaseRow| if filled.get("command").is_empty() { true } else { chosen.contains(&row.id) };
    html! {
        fieldset.lines {
            legend { (crate::t!("归到一起的事项（{} 件）", found.cases.len())) }
            @for row in &found.cases {
                label {
                    input type="checkbox" name="member" value=(row.id) checked[on(row)];
                    span {
                        (row.number) " " b { (row.place) } " " (row.title) " "
                        small.dim { (timing.time(row.opened)) " " (said(row.state.title(), None)) }
                    }
                }
            }
        }
    }
}

/// What the page of a common problem shows of its matters, of a report of its departments, and what the page of a matter says
/// of its common problem.
pub async fn beside(here: &Here, page: &CasePage, command_id: &str) -> Result<Markup, Fault> {
    if topic::is_topic(&page.case) {
        let members = here.house().topic_members(here.site, page.case.number.clone()).await;
        let members = members.map_err(|fault| Fault::new("读取共性问题", fault))?;
        return Ok(members_panel(here, page, &members, command_id));
    }
    if page.case.kind.id() == office::report::REGISTER {
        return report::beside(here, page).await;
    }
    if page.case.kind.id() == office::statistics_report::REGISTER {
        return crate::reports::beside(here, page).await;
    }
    Ok(match page.case.attributes.get("topic.number") {
        Some(number) if !number.is_empty() && !page.case.kind.is_record() => panel(
            t("共性问题"),
            html! {},
            html! {
                p { a href={ "/cases/" (number) } { (number) } }
                p.small.dim { (t("几户提的同一件事，一起答复；各户仍留着自己的记录。")) }
            },
        ),
        _ => html! {},
    })
}

fn members_panel(here: &Here, page: &CasePage, members: &[TopicMember], command_id: &str) -> Markup {
    let laws = here.house().laws();
    let timing = Timing { now: here.now, zone: &laws.zone };
    let answered = members.iter().filter(|it| it.answered.0).count();
    let columns = [
        Column::new(t("编号")),
        Column::new(t("哪一户")),
        Column { minor: true, ..Column::new(t("说的事")) },
        Column::new(t("状态")),
        Column::new(t("答复")),
        Column::new(t("答复前满意")),
        Column::new(t("答复后满意")),
    ];
    let rows: Vec<Row> = members.iter().map(|it| member_row(here, it, timing)).collect();
    let register = Register {
        total: &crate::t!("{0} 件，已答复 {1} 件", members.len(), answered),
        ..Register::of(
            ("members", t("归在一起的事项"), ""),
            &columns,
            &rows,
            empty(t("还没有归进来的事项。在事项页办“归入共性问题”，写本编号。"), html! {}),
        )
    };
    let may = page.offers.iter().any(|offer| offer.act == "topic.answered" && offer.refused.is_none());
    let beside = html! { span.dim { (crate::t!("已答复 {0}/{1}", answered, members.len())) } };
    panel(
        t("归在一起的事项"),
        beside,
        html! {
            (register.render())
            @if may && answered < members.len() {
                details {
                    summary { (crate::t!("一次答复 {} 件", members.len() - answered)) }
                    form.narrow method="post" action={ "/cases/" (page.case.id) "/acts/topic.answered" } {
                        (command(&format!("{command_id}-answered")))
                        (Field {
                            required: true,
                            hint: t("每一户的记录里各记一次答复"),
                            control: Control::Lines { value: "", rows: 3, most: 2000 },
                            ..Field::line("note", t("怎样答复"), "")
                        }.render())
                        button.main { (t("逐户答复")) }
                    }
                }
            }
        },
    )
}

fn member_row(here: &Here, it: &TopicMember, timing: Timing) -> Row {
    let laws = here.house().laws();
    let satisfaction = |value: &Option<String>| {
        let words = value.as_deref().map(|value| value_in_words(laws, "follow_up.satisfaction", value));
        words.map(|words| said(&words, None).into_owned()).unwrap_or_default()
    };
    let cells = vec![
        html! { a.nowrap href={ "/cases/" (it.id) } { (it.number) } },
        html! {
            @match &it.household {
                Some(id) => a href={ "/cases?household=" (wrong::escaped(id)) } { (it.place) },
                None => (it.place),
            }
        },
        html! { (it.title) },
        html! { (said(it.state.title(), None)) },
        html! {
            @match it.answered {
                (_, Some(at)) => (timing.time(at)),
                (true, None) => span.dim { (t("已结案")) },
                (false, None) => (tag(t("未答复"), Tone::Mind)),
            }
        },
        html! { (satisfaction(&it.satisfaction.0)) },
        html! { (satisfaction(&it.satisfaction.1)) },
    ];
    Row { cells, late: false, void: false }
}
