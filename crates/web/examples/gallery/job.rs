//! 我的任务: one job fills the phone.

use axum::response::IntoResponse;
use maud::html;
use web::components::field::{self, Chip, Field, chips};
use web::components::stepper::{Stand, Step, step_form, stepper};
use web::components::{Tone, icon, lucide, tag};
use web::page::Crumb;
use web::security::guard::Way;
use web::{Frame, Page, Place};

use crate::mock::{around, at, due, timing};

pub fn page(way: Way) -> impl IntoResponse {
    let around = around(way, "/jobs/1021");
    let timing = timing();
    let step = |words, stand, clock, form| Step { words, stand, clock, form };
    let verify = html! {
        (chips("cause", "原因", false, &[
            Chip { value: "aging", words: "老化", key: None, on: true },
            Chip { value: "install", words: "安装", key: None, on: false },
            Chip { value: "man", words: "人为", key: None, on: false },
        ]))
        (field::photo_input("photos", "拍现场", "shots"))
        (Field::line("found", "看到的", "").render())
    };
    let later = |action, words, fields| step_form(action, "b2", Stand::Later, fields, words);
    let steps = [
        step("接单", Stand::Done, html! { "14:05" }, html! {}),
        step("到场", Stand::Done, html! { "14:07" }, html! {}),
        step(
            "现场核实",
            Stand::Now,
            timing.light(at(14, 7), due(14, 17)),
            step_form("/jobs/1021/verify", "a1", Stand::Now, verify, "核实完毕"),
        ),
        step(
            "报价",
            Stand::Later,
            html! { "有偿时" },
            later("/jobs/1021/quote", "报价", html! { (Field::line("price", "人工与材料（元）", "").render()) }),
        ),
        step("业主确认", Stand::Skipped, html! { "保修期内" }, html! {}),
        step("维修", Stand::Later, html! {}, later("/jobs/1021/mend", "修好了", html! {})),
        step("试用验收", Stand::Later, html! {}, later("/jobs/1021/try", "试用正常", html! {})),
        step(
            "业主签字",
            Stand::Later,
            html! {},
            later("/jobs/1021/sign", "签字完毕", html! { (field::sign_here("signature", "请业主在此签字")) }),
        ),
    ];
    let body = html! {
        p { (tag("紧急", Tone::Grave)) " " (tag("保修期内", Tone::Plain)) " " (timing.light(at(14, 1), due(14, 25))) }
        div.job-people {
            a.button href="tel:13800000427" { (icon(lucide::LuPhone)) "陈例（业主）" }
            a.button href="/jobs/1021" { (icon(lucide::LuHistory)) "本房历史 6" }
        }
        blockquote { "厨房水管爆了，水已经流到客厅，总阀拧不动，快点来人！" }
        div.caution { "家有卧床老人，上门前先打电话" }
        (stepper(&steps))
    };
    let crumbs = [
        Crumb { words: "我的任务".into(), path: "/jobs".into() },
        Crumb { words: "WX-202611-0188".into(), path: "/jobs/1021".into() },
    ];
    Page { crumbs: &crumbs, ..Page::new("3-2-501　厨房水管爆裂", Frame::Phone(Place::Jobs, &around), body) }
        .into_response()
}
