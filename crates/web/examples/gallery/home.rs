//! 工作台: what one owes, by time.

use axum::response::IntoResponse;
use maud::{Markup, html};
use web::components::figure::{Figure, figures};
use web::components::work::{Owed, owed};
use web::components::{Timing, empty, panel};
use web::security::guard::Way;
use web::{Frame, Page, Place};

use crate::mock::{around, at, clause, due, on, ring, timing};

fn does(words: &str, main: bool) -> Markup {
    html! { button.main[main] { (words) } }
}

pub fn page(way: Way) -> impl IntoResponse {
    let timing = timing();
    let mut around = around(way, "/");
    around.rings = vec![ring()];
    let body = html! {
        div.beside {
            div #owed data-live="home" {
                (owed("已超时", &late(timing)))
                (owed("一小时内", &hour(timing)))
                (owed("今天", &today(timing)))
                (owed("以后", &later(timing)))
            }
            div { (day()) }
        }
    };
    Page::new("工作台", Frame::Desk(Place::Home, &around), body).into_response()
}

fn late(timing: Timing) -> [Owed<'static>; 2] {
    static CLAUSES: std::sync::LazyLock<[rulebook::ClauseRef; 2]> =
        std::sync::LazyLock::new(|| [clause("complaint-instruction", "4.2.3f"), clause("complaint-6", "5.3.2")]);
    [
        Owed {
            light: timing.light(at(9, 10), due(13, 10)),
            act: "处理完毕",
            place: "5-1-203",
            title: "楼上装修噪音，连续三天中午施工",
            path: "/cases/1021",
            number: "TS-202611-0031",
            clauses: &CLAUSES[..],
            does: does("登记结果", true),
        },
        Owed {
            light: timing.light(at(14, 1), due(14, 3)),
            act: "通知工程部",
            place: "3-2-501",
            title: "厨房水管爆裂，水已流到客厅",
            path: "/cases/1021",
            number: "WX-202611-0188",
            clauses: &CLAUSES[..1],
            does: does("已通知", false),
        },
    ]
}

fn hour(timing: Timing) -> [Owed<'static>; 3] {
    let row = |minute, act, place, title, number, does| Owed {
        light: timing.light(at(13, 50), due(14, minute)),
        act,
        place,
        title,
        path: "/cases/1021",
        number,
        clauses: &[],
        does,
    };
    [
        row(16, "上门察看", "2-1-1102", "卫生间顶板渗水", "WX-202611-0187", does("派单", false)),
        row(
            38,
            "回复意见",
            "7-3-402",
            "建议在儿童乐园旁加装路灯和休息座椅，并调整割草时间，避开午休",
            "TS-202611-0030",
            does("回复", false),
        ),
        row(55, "代办回执", "1-1-301", "快递代收，收件人出差", "YJ-202611-0412", does("登记", false)),
    ]
}

fn today(timing: Timing) -> Vec<Owed<'static>> {
    let row = |hour, act, place, title, number, words| Owed {
        light: timing.light(at(8, 0), due(hour, 0)),
        act,
        place,
        title,
        path: "/cases/1021",
        number,
        clauses: &[],
        does: does(words, false),
    };
    vec![
        row(17, "交回维修单", "", "本日已完工 6 张，第二联未交", "", "去交单"),
        row(17, "上门回访", "6-2-804", "换锁，11月20日完工", "HF-202611-0088", "回访"),
        row(17, "上门回访", "4-1-102", "疏通下水，11月20日完工", "HF-202611-0089", "回访"),
        row(18, "交接班", "", "早班 → 晚班", "", "交班"),
    ]
}

fn later(timing: Timing) -> Vec<Owed<'static>> {
    let row = |days, act, place, title, number, words| Owed {
        light: timing.light(at(8, 0), calendar::DueAt { at: on(days, 0, 0), end_of_day: true }),
        act,
        place,
        title,
        path: "/cases/1021",
        number,
        clauses: &[],
        does: does(words, false),
    };
    vec![
        row(2, "答复投诉人", "5-1-203", "楼上装修噪音，连续三天中午施工", "TS-202611-0031", "答复"),
        row(4, "上门回访", "2-1-1102", "卫生间顶板渗水", "HF-202611-0090", "回访"),
        row(8, "月度回访统计", "", "十一月", "", "查看"),
    ]
}

fn day() -> Markup {
    html! {
        (panel("前台今天", html! { a.small href="/reports" { "全部数字" } }, html! {
            div.figures.down {
                (Figure { trend: &[31, 28, 40, 36, 33, 38], ..Figure::count("接待", "38", "件", "/cases") }.render())
                (Figure { target: "目标 100 %", lamp: Some(web::components::Lamp::Late),
                    ..Figure::count("两分钟内通知工程部", "97.4", "%", "/reports") }.render())
                (Figure { target: "目标 ≥ 96 %", lamp: Some(web::components::Lamp::Met), trend: &[96, 97, 95, 98, 98,
                    97],
                    ..Figure::count("本月满意率", "97.1", "%", "/reports") }.render())
                (Figure::count("今日还需回访", "4", "户", "/follow-up").render())
                (Figure { target: "本月投诉少于 3 件才计", ..Figure::count("十日内投诉", "暂无数据", "", "/reports") }.render())
            }
        }))
    }
}

pub fn without_work(way: Way) -> impl IntoResponse {
    let mut around = around(way, "/gallery/empty");
    around.counts.clear();
    around.on_duty = None;
    let body = html! {
        div.beside {
            div { (self::nothing()) }
            (panel("前台今天", html! {}, figures_down()))
        }
    };
    Page::new("工作台", Frame::Desk(Place::Home, &around), body).into_response()
}

fn nothing() -> Markup {
    empty(
        "暂无待办。新的来电、派单与回访到期时会出现在这里。",
        html! {
            a.button.main href="/desk" { "来电登记 " kbd { "F2" } }
        },
    )
}

fn figures_down() -> Markup {
    html! { (figures(&[Figure::count("接待", "0", "件", "/cases"), Figure::count("今日还需回访", "0", "户", "/follow-up")])) }
}
