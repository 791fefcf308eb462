//! The print of this workstation (打印设置): what is printed onto pre-printed paper is moved until it lies right, tried on a
//! sheet of millimetres.

use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use office::Refusal;

use super::offset::{self, Offset};
use super::sheet;
use crate::components::field::{Control, Field};
use crate::components::paper::print_bar;
use crate::components::{panel, refusal, refused};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place, escaped};
use crate::security::Fault;
use crate::state::Here;

/// The papers that can be tried.
const PAPERS: [&str; 5] = ["241×93.1", "241×139.7", "241×279.4", "A4", "A5"];
/// Where the cross of the test sheet stands, from the left and the upper edge of the paper, in millimetres.
const CROSS: (u32, u32) = (40, 30);

/// `GET /forms/setup`.
pub async fn show(here: Here, headers: HeaderMap) -> Result<Response, Fault> {
    let now = Offset::of(&headers);
    let (right, down) = (offset::written(now.right), offset::written(now.down));
    Ok(page(&here, &right, &down, None).await?.into_response())
}

async fn page(here: &Here, right: &str, down: &str, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let around = here.around().await?;
    let line = |name: &'static str, label, hint, value| Field {
        hint,
        control: Control::Line { kind: "text", value, most: 8 },
        wrong: no.filter(|no| no.field.as_deref() == Some(name)).map(|_| t("写毫米，最多一位小数，例如 -1.5")),
        ..Field::line(name, label, "")
    };
    let settings = html! {
        p { (t("压感纸和套打的纸，标签和格线已经印好。各台打印机进纸的位置不同，在这台电脑上调一次，以后都按这个位置打。")) }
        form.narrow method="post" action="/forms/setup" {
            div.pair {
                (line("right", t("向右移（毫米）"), t("向左移写负数。"), right).render())
                (line("down", t("向下移（毫米）"), t("向上移写负数。"), down).render())
            }
            @if let Some(no) = no { (refusal(no)) }
            p.ways { button.main { (t("保存")) } }
        }
    };
    let trial = html! {
        p { (crate::t!("打印时选“实际大小”，不要缩放。量十字到纸边：离左边应为 {0} 毫米，离上边应为 {1} 毫米。量出来多了多少，就把那个数写成负数加到上面。", CROSS.0, CROSS.1)) }
        p.ways {
            @for name in PAPERS {
                a.button href={ "/forms/test-sheet?size=" (escaped(name)) } { (said(name, None)) } " "
            }
        }
    };
    let body = html! {
        (panel(t("这台电脑的打印位置"), html! {}, settings))
        (panel(t("试印一张"), html! {}, trial))
    };
    let crumbs = [Crumb { words: t("单据登记簿").to_owned(), path: "/forms".to_owned() }];
    let page = Page { crumbs: &crumbs, ..Page::new(t("打印设置"), Frame::Desk(Place::Cases, &around), body) };
    Ok(Fragment(page.render()))
}

/// `POST /forms/setup`: keeps the offset in this browser.
pub async fn set(here: Here, filled: Filled) -> Result<Response, Fault> {
    let (right, down) = (filled.get("right"), filled.get("down"));
    let (Some(x), Some(y)) = (offset::read(right), offset::read(down)) else {
        let field = if offset::read(right).is_none() { "right" } else { "down" };
        let why = t("要写毫米数，每个方向不超过 10 毫米，最多一位小数");
        let no = Refusal::new(t("没有保存打印位置"), why, t("差得更多的，请先把纸放正。")).at(field);
        return Ok(refused(page(&here, right, down, Some(&no)).await?, &no));
    };
    let cookie = Offset { right: x, down: y }.cookie(here.way.https);
    Ok((StatusCode::SEE_OTHER, [(header::SET_COOKIE, cookie), (header::LOCATION, see())]).into_response())
}

fn see() -> header::HeaderValue {
    header::HeaderValue::from_static("/forms/setup")
}

/// `GET /forms/test-sheet?size=…`: rulers and a cross at a known place, moved as this browser's print is.
pub async fn test_sheet(headers: HeaderMap, Query(query): Query<Vec<(String, String)>>) -> Response {
    let query = Filled(query);
    let name = PAPERS.iter().copied().find(|name| *name == query.get("size")).unwrap_or(PAPERS[0]);
    let paper = sheet::paper(name);
    let (width, height) = paper.size.millimetres();
    let moved = Offset::of(&headers);
    let body = html! {
        (print_bar("/forms/setup", &crate::t!("{0}，向右 {1} 毫米，向下 {2} 毫米", name, offset::written(moved.right), offset::written(moved.down))))
        div class=(moved.classes()) {
            article class={ "sheet bare-sheet " (paper.size.class()) } { (rulers(width, height)) }
        }
    };
    Fragment(Page::new(t("打印测试页"), Frame::Paper, body).render()).into_response()
}

/// Rulers along the upper and the left edge, from the cross, with a tick each millimetre and a number each centimetre.
fn rulers(width: u32, height: u32) -> Markup {
    let (x, y) = CROSS;
    let (right, bottom) = (width.saturating_sub(20).min(220), height.saturating_sub(10));
    let length = |mm: u32| match mm % 10 {
        0 => 5,
        5 => 3,
        _ => 2,
    };
    let along = (x..=right).map(|mm| format!("M{mm} {y}v{}", length(mm - x))).collect::<String>();
    let beside = (y..=bottom).map(|mm| format!("M{x} {mm}h{}", length(mm - y))).collect::<String>();
    let cross = format!("M{} {y}H{right}M{x} {}V{bottom}", x - 10, y - 10);
    html! {
        svg.rulers viewBox={ "0 0 " (width) " " (height) } role="img" aria-label=(t("打印测试页")) {
            path d=(cross) fill="none" stroke="#000" stroke-width=".3" {}
            path d={ (along) (beside) } fill="none" stroke="#000" stroke-width=".15" {}
            @for mm in (x..=right).skip(10).step_by(10) { text x=(mm) y=(y + 9) text-anchor="middle" { (mm) } }
            @for mm in (y..=bottom).skip(10).step_by(10) { text x=(x - 2) y=(mm + 1) text-anchor="end" { (mm) } }
            text x=(x + 12) y=(y + 18) { (crate::t!("十字离左边 {0} 毫米，离上边 {1} 毫米", x, y)) }
        }
    }
}
