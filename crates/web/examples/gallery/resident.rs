//! 我的报事: a matter as a short story for the person who brought it.

use axum::response::IntoResponse;
use maud::html;
use web::components::timeline::{self, Line};
use web::components::{Tone, panel, tag};
use web::security::guard::Way;
use web::{Frame, Page};

use crate::mock::{around, at, due, timing};

pub fn page(way: Way) -> impl IntoResponse {
    let around = around(way, "/my");
    let timing = timing();
    let line = |at, said| Line { at, exact: "", said, by: "", late_entry: None, seals: &[], more: html! {} };
    let story = [
        line("14:01", "您的报修已经登记，单号尾号 0188。"),
        line("14:05", "维修员周范接单，电话 0000-0000 0001。"),
        line("14:07", "周范到场。"),
    ];
    let body = html! {
        section.panel {
            p { (tag("正在处理", Tone::Plain)) " " (timing.light(at(14, 1), due(15, 0))) }
            (timeline::day("今天", &story))
        }
        (panel("接下来", html! {}, html! {
            p { "修好后请您当面试用并签字；三天内我们会电话回访。" }
            div.acts { button { "补充一句" } button { "催一下" } }
        }))
        div.acts { a.button.main.wide href="/my" { "我要报事" } }
    };
    Page::new("厨房水管爆裂", Frame::Resident(&around), body).into_response()
}
