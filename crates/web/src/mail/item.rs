//! One item (一件邮件) as it is handed over: where it stands, what can be done next, the manners at the door, the signature.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use journal::reads::{ActOffer, CasePage};
use maud::{Markup, html};
use office::Refusal;
use office::act;
use office::site::checklist;

use super::act::STEPS;
use super::words;
use crate::cases::read;
use crate::components::field::{Chip, Control, Field, chips, command};
use crate::components::{Timing, facts, panel, refusal};
use crate::entry::fresh_command;
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// `GET /mail/items/{id}`.
pub async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let Some(page) = item(&here, &id).await? else { return Ok(wrong::not_found()) };
    Ok(render(&here, &page, None).await?.into_response())
}

/// The page of an item; none for any other record.
pub async fn item(here: &Here, id: &str) -> Result<Option<CasePage>, Fault> {
    Ok(read(here, id, false).await?.filter(|page| page.case.kind == office::mail::ITEMS))
}

/// What stands behind at the door, as the office wrote it.
pub async fn manners(here: &Here) -> Result<Markup, Fault> {
    let law = here.house().law(here.site).await.map_err(|fault| Fault::new("读取上门礼仪", fault))?;
    let list = law.office_setting(checklist::MAIL_DOOR).to_owned();
    Ok(panel(
        t("送报上门"),
        html! { a.small href="/registers/mail_conduct/new" { (t("检查收发行为")) } },
        html! { ol.rows { @for one in checklist::items(&list) { li { (said(one, None)) } } } },
    ))
}

/// The page, with what was refused.
pub async fn render(here: &Here, page: &CasePage, trouble: Option<(&Refusal, &Filled)>) -> Result<Fragment, Fault> {
    let case = &page.case;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let said_of = |id: &str| {
        let value = case.attributes.get(id).map_or("", String::as_str);
        html! { @if !value.is_empty() { (words::value(here, id, value)) } }
    };
    let fresh = fresh_command()?;
    let offered = |step: &str| {
        let acts = STEPS.iter().find(|it| it.0 == step).map_or(&[][..], |it| it.1);
        acts.iter().all(|act| page.offers.iter().any(|offer| offer.act == *act && offer.refused.is_none()))
    };
    let works = here.viewer.grants.allow(Permission::MailWork) && !case.state.ended();
    let body = html! {
        @if let Some((no, _)) = trouble { (refusal(no)) }
        div.beside.acts-first {
            div {
                (panel(t("这一件"), html! { a href={ "/cases/" (case.id) } { (t("经过和全部办理")) } }, facts(&[
                    (t("收件人"), said_of("mail.recipient")),
                    (t("种类"), said_of("mail.kind")),
                    (t("承运单位"), said_of("mail.carrier")),
                    (t("邮件编号"), said_of("mail.number")),
                    (t("报刊明细"), said_of("mail.titles")),
                    (t("文书"), said_of("mail.paper")),
                    (t("到付（元）"), said_of("mail.cash_due")),
                    (t("收件|时间"), timing.time(case.opened)),
                    (t("状态"), html! { (said(office::mail::stage_word(office::mail::stage(case)), None)) }),
                    (t("存放位置"), said_of("mail.storage")),
                    (t("取件码"), said_of("mail.pickup_code")),
                    (t("签收人"), said_of("mail.signer")),
                    (t("投诉"), html! { @if let Some(number) = case.attributes.get("mail.complaint") {
                        a href={ "/cases/" (number) } { (number) }
                    } }),
                ])))
                (told(page))
                (manners(here).await?)
            }
            div {
                @if works { (steps(page, &fresh, &offered, trouble.map(|(_, filled)| filled))) }
                @else { (panel(t("办理"), html! {}, html! { p.dim { (t("这一件已经了结。")) } })) }
            }
        }
    };
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("收发室").to_owned(), path: "/mail".to_owned() }];
    let title = format!("{} {}", case.number, case.place);
    Ok(Fragment(Page { crumbs: &crumbs, ..Page::new(&title, Frame::Desk(Place::Mail, &around), body) }.render()))
}

/// What to send to the recipient of an item that is kept.
fn told(page: &CasePage) -> Markup {
    let said_of = |id: &str| page.case.attributes.get(id).map_or("", String::as_str);
    if page.case.state.ended() || !page.case.has("mail.held") {
        return html! {};
    }
    let words = crate::t!(
        "您好，您有一件邮件在{0}，取件码 {1}。请凭码来取；请人代领的，代领人须事先登记。",
        said_of("mail.storage"),
        said_of("mail.pickup_code")
    );
    panel(
        t("通知收件人"),
        html! {},
        html! { p.read-back { (words) " " button.small data-copy=(words) { (t("复制")) } } },
    )
}

fn steps(page: &CasePage, fresh: &str, offered: &dyn Fn(&str) -> bool, filled: Option<&Filled>) -> Markup {
    let case = &page.case;
    let form = |step: &str, main: bool, fields: Markup| {
        let title = STEPS.iter().find(|it| it.0 == step).map_or("", |it| it.2);
        html! {
            form.narrow method="post" action={ "/mail/items/" (case.id) "/" (step) } autocomplete="off" {
                (command(&format!("{fresh}-{step}")))
                (fields)
                p { button.main[main] { (t(title)) } }
            }
        }
    };
    // Only a day on which the duty post signs asks for it.
    let asks = |it: &&rulebook::Obligation| it.ended.is_none() && it.must.iter().any(|must| must == "mail.duty_signed");
    let on_duty = page.derived.obligations.iter().any(|it| asks(&it));
    let nothing = Filled::default();
    let filled = filled.unwrap_or(&nothing);
    let reason = |hint: &'static str| Field { hint, ..Field::line("reason", t("原因"), filled.get("reason")) }.render();
    let place =
        || Field { hint: t("例如 2号柜 3层"), ..Field::line("storage", t("存放位置"), filled.get("storage")) }.render();
    let kinds = [("addressee_self", t("收件人本人")), ("family_or_colleague", t("家人同事")), ("proxy", t("代领人"))];
    let chosen = if filled.get("signs_as").is_empty() { "addressee_self" } else { filled.get("signs_as") };
    let kinds: Vec<Chip> =
        kinds.iter().map(|(value, words)| Chip { value, words, key: None, on: *value == chosen }).collect();
    let rest: Vec<&ActOffer> =
        page.offers.iter().filter(|offer| offer.refused.is_none() && offer.act.starts_with("mail.")).collect();
    html! {
        @if offered("duty") && on_duty { (panel(t("值班代收"), html! {}, form("duty", true, place()))) }
        @if offered("out") && !case.has("mail.taken_out") { (panel(t("出门"), html! {}, form("out", true, html! {}))) }
        @if offered("signed") {
            (panel(t("签收"), html! {}, form("signed", true, html! {
                (chips("signs_as", t("谁来签"), false, &kinds))
                (crate::cases::sign::show(filled, ""))
            })))
        }
        @if offered("attempted") { (panel(t("没有送到"), html! {}, form("attempted", false, reason(t("无人、拒收、改约"))))) }
        @if offered("held") {
            (panel(t("留存待领"), html! {}, form("held", false, html! {
                (place())
                (Field {
                    control: Control::Line { kind: "date", value: filled.get("remind"), most: 10 },
                    ..Field::line("remind", t("哪天催领"), "")
                }.render())
            })))
        }
        @if offered("lost") { (panel(t("遗失"), html! {}, form("lost", false, html! {
            (reason(t("什么时候发现的，找过哪里")))
            p.small.dim { (t("同时登记一件投诉，互相关联。")) }
        }))) }
        (panel(t("其他办理"), html! {}, html! {
            ul.rows { @for offer in rest {
                @if let Some(act) = act::find(&offer.act) {
                    li { a href={ "/cases/" (case.id) "/acts/" (act.id) } { (said(act.title, None)) } }
                }
            } }
        }))
    }
}
