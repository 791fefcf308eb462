//! 事项: one case, and the register of cases.

use axum::response::IntoResponse;
use maud::{Markup, html};
use office::Refusal;
use web::components::figure::Progress;
use web::components::register::{self, Column, Register, Row};
use web::components::timeline::{self, Line, Rung, ladder, quoted};
use web::components::work::{Act, acts};
use web::components::{Lamp, Seal, Timing, Tone, clause, facts, marks, panel, tag};
use web::page::Crumb;
use web::security::guard::Way;
use web::{Frame, Page, Place};

use crate::mock::{around, at, clause as by, due, on, timing};

pub fn page(way: Way) -> impl IntoResponse {
    let around = around(way, "/cases/1021");
    let timing = timing();
    let body = html! {
        div.beside {
            div { (history()) }
            div { (steps(timing)) (papers()) (people()) }
        }
    };
    let beside = html! {
        span { (tag("一类投诉", Tone::Grave)) " " (tag("处理中", Tone::Plain)) } (timing.light(at(9, 10), due(13, 10)))
    };
    let crumbs = [
        Crumb { words: "事项".into(), path: "/cases".into() },
        Crumb { words: "TS-202611-0031".into(), path: "/cases/1021".into() },
    ];
    let does = html! { button { "转派" } button.main { "登记处理结果 " kbd { "F8" } } };
    let title = "5-1-203　楼上装修噪音，连续三天中午施工";
    let page = Page { beside, does, crumbs: &crumbs, ..Page::new(title, Frame::Desk(Place::Cases, &around), body) };
    page.into_response()
}

fn history() -> Markup {
    let seal =
        Seal { what: "", name: "吴试", post: "业主", at: "11:20", exact: "2026-11-23 11:20:08", void: false };
    let approval =
        Seal {
            what: "同意", name: "郑演", post: "客服主管", at: "13:31", exact: "2026-11-23 13:31:40", void: false
        };
    let entry = |at, said, by, late_entry, more| Line {
        at,
        exact: "2026-11-23 09:10:04",
        said,
        by,
        late_entry,
        seals: &[],
        more,
    };
    let lines = [
        entry(
            "09:10",
            "前台接听来电，记录并复述。",
            "林样 · 前台客服员",
            None,
            quoted("楼上连着三天中午电钻，孩子没法睡，你们到底管不管？"),
        ),
        entry("09:12", "定为一类投诉，四小时内处理完毕。", "林样 · 前台客服员", None, html! {}),
        entry("09:14", "通知客服主管郑演、装修管理员周范。", "林样 · 前台客服员", None, html! {}),
        entry(
            "09:40",
            "周范到场，6-1-203 正在施工，已令停工。",
            "周范 · 责任人",
            Some("现场无网络，11:02 补记"),
            html! {
                div.photos { a href="#" aria-label="照片 1" {
                    svg viewBox="0 0 96 72" width="96" height="72" { rect width="96"
                    height="72" class="rest" {} text x="48" y="40" text-anchor="middle" class="small" { "照片 1" } } } }
            },
        ),
        Line {
            seals: std::slice::from_ref(&seal),
            ..entry("11:20", "向投诉人说明停工与复工时间，投诉人签字。", "周范 · 责任人", None, html! {})
        },
        Line {
            seals: std::slice::from_ref(&approval),
            ..entry(
                "13:31",
                "处理意见：装修时间改为 8:30–12:00、14:30–18:00，张贴告示。",
                "郑演 · 客服主管",
                None,
                html! {},
            )
        },
    ];
    html! {
        (panel("经过", html! { a.small href="#papers" { "单据 3" } }, html! {
            (timeline::day("11月23日 周一", &lines))
            form.field { label for="note" { "补一句" } textarea #note name="note" rows="2" {} div.acts { button { "记下"
                } } }
        }))
    }
}

fn steps(timing: Timing) -> Markup {
    let instruction = [by("complaint-instruction", "4.2.3f")];
    let six = [by("complaint-6", "5.3.2"), by("complaint-instruction", "4.2.5")];
    let rung =
        |lamp, light, act, bearer, clauses| Rung { lamp, light, act, bearer, clauses, basis: Some("/cases/1021") };
    let past = [
        rung(Lamp::Met, timing.ended(Lamp::Met, at(9, 12)), "定类", "前台客服员", &instruction[..]),
        rung(Lamp::MetLate, timing.ended(Lamp::MetLate, at(9, 14)), "通知责任部门", "前台客服员", &instruction[..]),
        rung(Lamp::Late, timing.light(at(9, 10), due(13, 10)), "处理完毕", "责任部门", &six[..]),
    ];
    let soon = [
        rung(Lamp::Soon, timing.light(at(9, 10), due(14, 40)), "上报管理处经理", "客服主管", &six[..1]),
        rung(
            Lamp::Open,
            timing.light(at(9, 10), calendar::DueAt { at: on(3, 0, 0), end_of_day: true }),
            "答复投诉人",
            "客服主管",
            &six[..],
        ),
        rung(
            Lamp::Provisional,
            html! { span.light.guess { span.words { "处理完毕后两天" } } },
            "回访",
            "回访人员",
            &instruction[..],
        ),
    ];
    let no = Refusal::new("不能结案", "损失 800 元的投诉须先批准《投诉处理记录》", "请先提交管理者代表批准。");
    html! {
        (panel("时限", html! {}, ladder(&past, "14:08", &soon)))
        (panel("可做的事", html! {}, acts(&[
            Act { words: "答复", does: html! { button { "答复投诉人" } }, refused: None },
            Act { words: "升级", does: html! { button { "上报" } }, refused: None },
            Act { words: "认定损失", does: html! { button { "认定损失" } }, refused: None },
            Act { words: "结案", does: html! {}, refused: Some(&no) },
            Act { words: "撤销", does: html! {}, refused: Some(&no) },
        ])))
    }
}

fn papers() -> Markup {
    panel(
        "单据",
        html! {},
        html! {
            table.plain-table {
                tr { td { a href="/papers/1021" { "投诉处理记录" } } td { "第一联" } td { "客服部" } }
                tr { td { a href="/papers/1021" { "工作联系单" } } td { "第二联" } td { "工程部 " (tag("未交回", Tone::Mind)) } }
            }
            div.seals { (marks::seal_missing("管理者代表")) }
        },
    )
}

fn people() -> Markup {
    panel(
        "人与地",
        html! {},
        facts(&[
            ("投诉人", html! { "吴试（业主） 139 **** 6610" }),
            ("房号", html! { a href="/dossiers/51203" { "5 栋 1 单元 203" } }),
            ("首问责任人", html! { "林样" }),
            ("责任部门", html! { "工程部" }),
            ("损失", html! { "800.00 元" }),
            ("来路", html! {}),
        ]),
    )
}

fn rows(timing: Timing) -> Vec<Row> {
    let titles = [
        ("楼上装修噪音，连续三天中午施工", "一类投诉"),
        ("厨房水管爆裂，水已流到客厅", "报修"),
        ("卫生间顶板渗水", "报修"),
        ("建议在儿童乐园旁加装路灯和休息座椅，并调整割草时间，避开午休", "建议"),
        ("电梯门反复开合", "报修"),
        ("快递柜占用消防通道", "二类投诉"),
        ("换锁", "有偿服务"),
        ("询问装修押金退还", "咨询"),
        ("感谢夜班保安帮忙推车", "表扬"),
    ];
    (0..18)
        .map(|n: usize| {
            let (title, kind) = titles[n % titles.len()];
            let minute = i64::try_from(n).unwrap_or(0) * 37 - 60;
            let (opened, end) = (at(8, 0), calendar::DueAt::clock(at(14, 8).plus_seconds(minute * 60)));
            let light = if n % 5 == 4 { timing.ended(Lamp::Met, at(11, 30)) } else { timing.light(opened, end) };
            let number = format!("TS-202611-{:04}", 31 - n);
            Row {
                late: n < 2,
                void: n == 12,
                cells: vec![
                    light,
                    html! { a.nowrap href="/cases/1021" { (number) } },
                    html! { span.place.nowrap { (n % 7 + 1) "-" (n % 3 + 1) "-" (n % 9 + 1) "0" (n % 4 + 1) } },
                    html! { (title) },
                    html! { span.nowrap { (kind) } },
                    html! { span.nowrap { (["林样", "周范", "陈示", "欧阳示例长名"][n % 4]) } },
                    html! { (timing.time(at(13, 55).plus_seconds(-(minute + 60) * 90))) },
                ],
            }
        })
        .collect()
}

pub fn register(way: Way) -> impl IntoResponse {
    let around = around(way, "/cases");
    let columns = [
        Column { sort: Some("due"), ..Column::new("时限") },
        Column { sort: Some("number"), ..Column::new("单号") },
        Column { sort: Some("room"), ..Column::new("房号") },
        Column::new("事由"),
        Column { minor: true, ..Column::new("种类") },
        Column { minor: true, ..Column::new("责任人") },
        Column { sort: Some("opened"), right: true, minor: true, ..Column::new("受理") },
    ];
    let rows = rows(timing());
    let register = Register {
        id: "cases",
        caption: "事项登记簿",
        path: "/cases",
        query: "",
        columns: &columns,
        sorted: Some(("due", false)),
        rows: &rows,
        total: "约 1 240 条",
        next: Some("2026-11-20"),
        further: false,
        empty: register::nothing_found("/cases"),
        export: true,
    };
    let clause_name = |name: &str, id: &str| {
        html! { b { (name) } " " (clause(&by("followup-residential", id),
        None)) }
    };
    let body = html! {
        (web::components::panel::tabs("状态", &[
            web::components::panel::Tab { words: "在办", path: "/cases", count: Some(64) },
            web::components::panel::Tab { words: "待回访", path: "/cases", count: Some(12) },
            web::components::panel::Tab { words: "已归档", path: "/cases", count: None },
        ], 0))
        (Progress { name: clause_name("维修完工三天内回访一半", "3.1"), needed: 42, done: 31, late: 3, today: "今日还需回访 4 户"
            }.render())
        (register::filters("/cases", "cases", Some(""), html! {
            (register::filter_select("kind", "种类", &[("repair", "报修"), ("complaint", "投诉")], ""))
            (register::filter_select("state", "时限", &[("late", "超时"), ("soon", "临期")], ""))
        }))
        (register.render())
    };
    let does = html! { a.button href="/desk" data-key="F2" { "来电登记 " kbd { "F2" } } };
    Page { does, ..Page::new("事项", Frame::Desk(Place::Cases, &around), body) }.into_response()
}
