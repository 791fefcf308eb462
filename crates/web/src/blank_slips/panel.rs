//! The numbers of a range (号段) on its page: blank, entered, void; those not used are voided together with one reason.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use journal::reads::CasePage;
use maud::{Markup, html};
use office::Refusal;
use office::blank_slip::{self, Fate, Slip};

use crate::cases::{crumbs, read};
use crate::components::field::{Field, command};
use crate::components::{Timing, Tone, panel, refusal, refused, tag};
use crate::language::t;
use crate::page::{Crumb, Filled, Fragment, Frame, Page, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// The panel on the page of a range.
pub async fn numbers(here: &Here, page: &CasePage, command_id: &str) -> Result<Markup, Fault> {
    list(here, page, command_id, &Filled::default(), None).await
}

async fn list(
    here: &Here,
    page: &CasePage,
    command_id: &str,
    filled: &Filled,
    no: Option<&Refusal>,
) -> Result<Markup, Fault> {
    let case = &page.case;
    let slips = blank_slip::slips(case);
    let blank = slips.iter().filter(|slip| slip.fate == Fate::Blank).count();
    let works = here.viewer.grants.allow(Permission::CaseWork) && !case.state.ended() && blank > 0;
    let whole = match slips.first().and_then(|slip| slip.number.rsplit_once('-')?.0.split_once('-')) {
        Some((letters, period)) => {
            let gaps = here.house().gaps_of_series(here.site, letters.to_owned(), period.to_owned()).await;
            let gaps = gaps.map_err(|fault| Fault::new("核对号段", fault))?;
            match gaps.is_empty() {
                true => crate::t!("{0} {1} 月的编号连着，没有缺号。", letters, period),
                false => crate::t!("{0} {1} 月缺号 {2} 个，请报主管。", letters, period, gaps.len()),
            }
        }
        None => String::new(),
    };
    let beside = html! {
        @if works {
            span {
                a.button.main href={ "/blank-slips/" (case.id) "/print" } { (t("打印空白单")) } " "
                a.button href={ "/blank-slips/" (case.id) "/print?size=241%C3%97139.7" } { (t("压感纸")) }
            }
        }
    };
    let rows = html! {
        ol.rows { @for slip in &slips { (row(here, page, slip, works, filled)) } }
        p.small.dim { (whole) }
    };
    let body = html! {
        @if works {
            form method="post" action={ "/blank-slips/" (case.id) "/void" } {
                (command(&format!("{command_id}-void")))
                (rows)
                (Field { hint: t("写错、污损、没有用上"), ..Field::line("reason", t("作废原因"), filled.get("reason")) }.render())
                @if let Some(no) = no { (refusal(no)) }
                button { (t("作废勾选的编号")) }
            }
        } @else { (rows) }
    };
    Ok(panel(&crate::t!("共 {0} 张，还空白 {1} 张", slips.len(), blank), beside, body))
}

fn row(here: &Here, page: &CasePage, slip: &Slip, works: bool, filled: &Filled) -> Markup {
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    html! {
        li {
            @match &slip.fate {
                Fate::Blank => {
                    label.nowrap {
                        @if works {
                            input type="checkbox" name="number" value=(slip.number)
                                checked[filled.all("number").contains(&slip.number)];
                            " "
                        }
                        b { (slip.number) }
                    }
                    " " (tag(t("空白"), Tone::Mind)) " "
                    @if works && entered_at_desk(page) { a href={ "/desk?blank_number=" (slip.number) } { (t("补录这一张")) } }
                }
                Fate::Used(case, number, at) => {
                    b.nowrap { (slip.number) } " " (tag(t("已录入"), Tone::Plain)) " "
                    a.nowrap href={ "/cases/" (case) } { (number) } " " span.dim { (timing.time(*at)) }
                }
                Fate::Void(why, at) => {
                    s.nowrap { (slip.number) } " " (tag(t("作废"), Tone::Grave)) " " (why) " " span.dim { (timing.time(*at)) }
                }
            }
        }
    }
}

/// Whether what stands on the slips is a matter of the desk; other forms are issued on the page of their case.
fn entered_at_desk(page: &CasePage) -> bool {
    let of_desk = ["repair_slip", "patrol_sheet", "complaint_record"];
    page.case.attributes.get("blank.form").is_some_and(|form| of_desk.contains(&form.as_str()))
}

/// `POST /blank-slips/{id}/void`.
pub async fn void(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let page = read(&here, &id, false).await?.filter(|page| blank_slip::is_one(&page.case));
    let Some(page) = page else { return Ok(wrong::not_found()) };
    let sent = here.sent_for(filled.command(), blank_slip::RESERVED)?;
    let (numbers, reason) = (filled.all("number"), filled.get("reason").to_owned());
    let done = here.house().void_blanks(sent, page.case.id.clone(), numbers, reason).await;
    match done.map_err(|fault| Fault::new("作废备用号", fault))? {
        Ok(_) => {
            let to = format!("/cases/{}", page.case.id);
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Err(no) => {
            let around = here.around().await?;
            let fresh = here.sent(None)?;
            let body = list(&here, &page, fresh.command.as_str(), &filled, Some(&no)).await?;
            let (mut crumbs, place) = crumbs(page.case.kind);
            crumbs.push(Crumb { words: page.case.number.clone(), path: format!("/cases/{}", page.case.id) });
            let shown = Page { crumbs: &crumbs, ..Page::new(t("作废备用号"), Frame::Desk(place, &around), body) };
            Ok(refused(Fragment(shown.render()), &no))
        }
    }
}
