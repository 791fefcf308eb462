//! 调度: who does what next.

use axum::response::IntoResponse;
use maud::{Markup, html};
use web::components::board::{Card, Hours, Lane, Promise, assign_form};
use web::components::{Lamp, Timing, Tone, tag};
use web::security::guard::Way;
use web::{Frame, Page, Place};

use crate::mock::{around, at, due, timing};

fn card(timing: Timing, id: &str, place: &str, title: &str, minute: i8, more: Markup) -> Markup {
    let light = timing.light(at(13, 40), due(14, minute));
    Card { id, light, place, title, path: "/cases/1021", more }.render()
}

pub fn page(way: Way) -> impl IntoResponse {
    let around = around(way, "/dispatch");
    let timing = timing();
    let hours = Hours { from: 450, until: 1170, now: 848 };
    let promise = |from, until, lamp, words| Promise { from, until, lamp, words };
    let first = [
        promise(480, 570, Lamp::Met, "6-2-804 换锁"),
        promise(600, 700, Lamp::MetLate, "4-1-102 疏通"),
        promise(845, 905, Lamp::Soon, "2-1-1102 察看"),
    ];
    let second = [
        promise(540, 600, Lamp::Met, "门禁"),
        promise(900, 960, Lamp::Open, "1-1-301 换灯"),
        promise(1020, 1080, Lamp::Open, "7-3-402 门锁"),
    ];
    let body = html! {
        div.board #board data-live="dispatch" {
            section {
                div.title { h2 { "待派 " span.dim { "4" } } }
                ol {
                    (card(timing, "188", "3-2-501", "厨房水管爆裂", 3, html! { span { (tag("紧急", Tone::Grave)) " "
                        (tag("水电", Tone::Plain)) } }))
                    (card(timing, "187", "2-1-1102", "卫生间顶板渗水", 16, html! { span { (tag("水电", Tone::Plain)) " "
                        (tag("约 15:00", Tone::Plain)) } }))
                    (card(timing, "190", "公共部位", "三栋二单元电梯门反复开合，物业维保单位两小时内到", 48, html! { (tag("外委", Tone::Mind)) }))
                    (card(timing, "191", "7-3-402", "门锁打不开", 55, html! {}))
                }
            }
            div {
                (Lane { id: "zhou", name: "周范", skills: "水电 · 一期", present: html! { "空闲" }, promises: &first, load: 1,
                    suggested: Some("会水电，在 3 栋附近，空闲"),
                    cards: html! { ol { (card(timing, "180", "2-1-1102", "渗水复查", 59, html! {})) } } }.render(1, hours))
                (Lane { id: "wu", name: "陈示", skills: "木工、门锁 · 一期", present: html! { b { "1-1-301" } " 13:55 到场" },
                    promises: &second,
                    load: 2, suggested: None, cards: html! { ol {
                        (card(timing, "181", "1-1-301", "换灯", 40, html! {}))
                        (card(timing, "182", "7-3-402", "门锁", 58, html! {})) } } }.render(2, hours))
                (Lane { id: "he", name: "欧阳示例长名", skills: "水电、空调、弱电 · 二期、地库", present: html! { "路上 " b { "地库 B2" }
                    }, promises: &second[1..],
                    load: 3, suggested: None,
                    cards: html! { ol { (card(timing, "183", "地库 B2", "排水泵异响", 12, html! {})) } } }.render(3, hours))
                (Lane { id: "zheng", name: "郑演", skills: "电工 · 夜班 19:30 起", present: html! { span.dim { "未到班" } },
                    promises: &[],
                    load: 0, suggested: None, cards: html! {} }.render(4, hours))
                (assign_form("/preferences", "a1", &[("188", "3-2-501 厨房水管爆裂"), ("187", "2-1-1102 渗水")], &[("zhou",
                    "1 周范"), ("wu", "2 陈示")]))
                p.small.dim { "拖到人名上即派；或先用上下键选中一单，再按人名前的数字。" }
            }
        }
    };
    Page::new("调度", Frame::Desk(Place::Dispatch, &around), body).into_response()
}
