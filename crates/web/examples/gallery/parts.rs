//! Components (构件) one by one, in every state.

use axum::response::IntoResponse;
use maud::html;
use office::{Reason, Refusal};
use web::components::chart::{Chart, Series, ring};
use web::components::field::{self, Chip, Control, Field, Picker, chips, sign_chip};
use web::components::figure::{Figure, Progress, figures};
use web::components::qr::qr;
use web::components::{Lamp, Light, Seal, Tone, clause, empty, marks, panel, refusal, tag};
use web::security::guard::Way;
use web::{Frame, Page, Place};

use crate::mock::{around, at, clause as by, due, timing};

pub fn page(way: Way) -> impl IntoResponse {
    let around = around(way, "/gallery");
    let timing = timing();
    let long = "欧阳示例长名（工程部水电弱电综合维修组）";
    let seal = |what, name, void| {
        Seal { what, name, post: "客服主管", at: "11月23日 13:31", exact: "2026-11-23 13:31:40", void }.render()
    };
    let body = html! {
        nav.acts {
            @for (path, words) in [("/", "工作台"), ("/gallery/empty", "空"), ("/desk", "受理"), ("/cases", "登记簿"),
                ("/cases/1021", "事项"),
                ("/dispatch", "调度"), ("/jobs/1021", "手机任务"), ("/my", "住户"),
                ("/papers/1021", "打印"), ("/gallery/charts", "图"),
                    ("/gallery/forms", "表单"),
                ("/gallery/fault", "故障"), ("/nowhere", "没有的页")] { a.button href=(path) { (words) } }
        }
        (panel("时限灯", html! {}, html! {
            p { @for lamp in Lamp::ALL { (Light { lamp, words: "", exact: "2026-11-23 14:00", runs: None }.render())
                "　" } }
            p { (timing.light(at(13, 0), due(14, 0))) "　" (timing.light(at(14, 0), due(14, 8))) "　"
                (timing.light(at(8, 0), due(17, 0))) "　"
                (timing.light(at(8, 0), calendar::DueAt { at: at(0, 0).plus_seconds(86_400), end_of_day: true })) "　"
                (timing.ended(Lamp::MetLate, at(11, 2))) }
        }))
        (panel("印章、条款、标签", html! {}, html! {
            p { (seal("", "林样", false)) (seal("批准", "郑演", false)) (seal("不同意", "周范", true)) (seal("验收", "欧阳示例长名",
                false)) (marks::seal_missing("管理者代表")) }
            p { (clause(&by("a", "4.2.3f"), Some("两分钟内通知"))) " " (clause(&by("a", "T3"), None)) "　"
                (tag("一类投诉", Tone::Grave)) " " (tag("待补 3", Tone::Mind)) " " (tag("已归档", Tone::Plain)) }
        }))
        (panel("拒绝", html! {}, html! {
            (refusal(&Refusal {
                what: "不能结案".into(),
                because: vec![
                    Reason { text: "损失 800 元的投诉须先批准《投诉处理记录》".into(), clause: Some(by("complaint-instruction",
                        "4.7")) },
                    Reason { text: "第二联还在工程部".into(), clause: Some(by("work-order", "5.2")) },
                ],
                next: "请先提交管理者代表批准，并收回第二联。".into(), field: None,
            }))
        }))
        (panel("空", html! {}, empty("今天还没有回访。维修单完工三天内会出现在这里。", html! { button { "按单号找" } })))
        (panel(&format!("很长的名字：{long}{long}"), html! { span.dim { "12" } }, html! { p { (long) (long) (long) } }))
    };
    Page::new("样张", Frame::Desk(Place::Settings, &around), body).into_response()
}

pub fn charts(way: Way) -> impl IntoResponse {
    let around = around(way, "/gallery/charts");
    let months = ["12月", "1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月"];
    let some = |values: [i64; 12]| values.map(Some);
    let repairs = some([41, 52, 33, 47, 60, 58, 71, 83, 77, 54, 49, 38]);
    let complaints = some([4, 6, 3, 5, 2, 7, 8, 6, 4, 3, 5, 2]);
    let praise = some([1, 2, 2, 3, 1, 4, 2, 5, 3, 2, 4, 1]);
    let mut rate = some([97, 96, 98, 95, 97, 99, 96, 94, 97, 98, 98, 97]);
    rate[2] = None;
    let all = [
        Series { name: "报修", values: &repairs },
        Series { name: "投诉", values: &complaints },
        Series { name: "表扬", values: &praise },
    ];
    let chart = |title, series, target| Chart { title, labels: &months, series, target };
    let none = [None; 12];
    let satisfied = [Series { name: "满意率", values: &rate }];
    let nothing = [Series { name: "回访率", values: &none }];
    let body = html! {
        (figures(&[
            Figure { trend: &[31, 28, 40, 36, 33, 38], ..Figure::count("接待", "38", "件", "#") },
            Figure { target: "目标 ≥ 96 %", lamp: Some(Lamp::Met), ..Figure::count("满意率", "97.1", "%", "#") },
            Figure { target: "目标 100 %", lamp: Some(Lamp::Late), trend: &[100, 100, 99, 97], ..Figure::count("及时率",
                "97.4", "%", "#") },
            Figure { target: "本月满 3 件才计", lamp: Some(Lamp::Provisional), ..Figure::count("投诉办结率", "暂无数据", "", "#") },
            Figure::count("欠费", "128 430.50", "元", "#"),
        ]))
        div.beside {
            div {
                (panel("来访", html! {}, chart("每月事项（件）", &all[..], None).stacked()))
                (panel("投诉与回访", html! {}, html! { div.charts {
                    (chart("每月投诉与表扬（件）", &all[1..], Some(6)).bars())
                    (chart("满意率（%）", &satisfied, Some(96)).lines())
                    (chart("回访率（%）", &nothing, None).lines())
                } }))
            }
            div {
                (panel("来路", html! {}, ring("本月受理来路", &[("电话", 212), ("前台", 96), ("微信", 41), ("巡查发现", 12), ("其他",
                    3)], "件")))
                (panel("进度", html! {}, html! {
                    (Progress { name: html! { "维修回访一半" }, needed: 42, done: 31, late: 3, today: "今日还需 4 户" }.render())
                    (Progress { name: html! { "投诉全部回访" }, needed: 0, done: 0, late: 0, today: "" }.render())
                    (Progress { name: html! { "每月走访二十户" }, needed: 20, done: 22, late: 0, today: "已够" }.render())
                }))
                (panel("二维码", html! {}, qr("https://example.org/p/WX-202611-0188", "WX-202611-0188")))
            }
        }
    };
    Page::new("图与数字", Frame::Desk(Place::Reports, &around), body).into_response()
}

pub fn forms(way: Way) -> impl IntoResponse {
    let around = around(way, "/gallery/forms");
    let picker = Picker {
        name: "q",
        label: "找人或房",
        example: "3.2.501、陈、czl、0427",
        value: "陈",
        action: "/gallery/forms",
        results: "hits",
        room: true,
        key: Some("F4"),
    };
    let body = html! {
        div.beside {
            form.panel method="post" action="/preferences" data-confirm="作废后不能恢复，单号保留。要作废吗？" {
                (Field { required: true, hint: "签字和打印都用这个名字", ..Field::line("name", "姓名", "") }.render())
                div.pair {
                    (Field { wrong: Some("少一位"), ..Field::line("phone", "电话", "1380000042") }.render())
                    (Field { control: Control::Line { kind: "date", value: "2026-11-23", most: 10 },
                        ..Field::line("day", "日期", "") }.render())
                }
                (Field { control: Control::Lines { value: "多行\n文字", rows: 3, most: 400 }, hint: "最多 400 字",
                    ..Field::line("more", "说明", "") }.render())
                (Field { control: Control::Select { choices: &[("a", "甲"), ("b", "乙")], chosen: "b" },
                    ..Field::line("pick", "选一个", "") }.render())
                (chips("one", "只选一个", false, &[Chip { value: "1", words: "很满意", key: Some("1"), on: false },
                    Chip { value: "2", words: "满意", key: Some("2"), on: true }, Chip { value: "3", words: "不满意",
                        key: Some("3"), on: false }]))
                (chips("many", "可选多个", true, &[Chip { value: "a", words: "水", key: None, on: true },
                    Chip { value: "b", words: "电", key: None, on: true }, Chip { value: "c", words: "木工", key: None,
                        on: false }]))
                p { (sign_chip("听清", true)) " " (sign_chip("复清", false)) }
                (field::sign_here("signature", "签字"))
                div.acts { button { "作废" } button disabled { "不能做" } button.main { "保存 " kbd { "F8" } } }
            }
            div {
                section.panel { (picker.render(html! {
                    a href="#" { b { "3-2-501" } "陈例 业主" span.dim { "尾号 0427" } }
                    a href="#" { b { "6-1-1203" } "陈示 租户" span.dim { "尾号 8810" } }
                })) }
                section.panel { (empty("没有找到。可以先按房号登记，姓名以后再补。", html! { button { "新建住户" } })) }
            }
        }
    };
    Page::new("表单", Frame::Desk(Place::Settings, &around), body).into_response()
}
