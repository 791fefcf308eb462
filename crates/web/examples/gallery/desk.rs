//! 受理: a caller is on the line.

use axum::response::IntoResponse;
use maud::{Markup, html};
use web::components::field::{self, Chip, Control, Field, Picker, chips, sign_chip};
use web::components::{Timing, Tone, clause, panel, tag};
use web::security::guard::Way;
use web::{Frame, Page, Place};

use crate::mock::{around, at, clause as by, due, timing};

pub fn page(way: Way) -> impl IntoResponse {
    let around = around(way, "/desk");
    let body = html! {
        div.desk {
            div { (who()) }
            div { (what()) }
            div { (follows(timing())) }
        }
    };
    let beside = html! { span.dim { "WX-202611-0189 · 14:06 接起 · 响铃 2 声" } };
    let does = html! {
        button.plain data-key="Escape" { "不保存" }
        button { "只保存" }
        button.main form="contact" data-key="F8" { "保存并派单 " kbd { "F8" } }
    };
    Page { beside, does, ..Page::new("来电登记", Frame::Desk(Place::Desk, &around), body) }.into_response()
}

fn who() -> Markup {
    let picker = Picker {
        name: "who",
        label: "房号、姓名、拼音、电话、车牌",
        example: "3.2.501",
        value: "3.2.501",
        action: "/desk",
        results: "found",
        room: true,
        key: Some("F4"),
    };
    html! {
        section.panel { (picker.render(html! {})) }
        section.panel.household {
            div.title { h2 { "3 栋 2 单元 501" } (tag("欠费 2 月", Tone::Mind)) }
            ul {
                li { b { "陈例" } span.dim { "业主" } span { "138 **** 0427" } button.plain { "显示" } }
                li { b { "吴试" } span.dim { "配偶" } span { "139 **** 6610" } }
                li { span.dim { "粤B·样0427　地下车位 B-117" } }
            }
            div.caution { "家有卧床老人，上门前先打电话" }
            h3 { "未了的事项" }
            ul {
                li { (timing().light(at(9, 0), due(17, 0))) a href="/cases/1021" { "阳台推拉门卡住" } }
            }
            h3 { "近一年" }
            p.small.dim { "报修 6 · 投诉 1 · 回访满意 5／5" }
        }
    }
}

fn what() -> Markup {
    let words = "厨房水管爆了，水已经流到客厅，总阀拧不动，快点来人！";
    html! {
        form.panel #contact method="post" action="/preferences" data-draft="/drafts/contact" {
            (field::command("5f0c2a"))
            div.field {
                label for="words" { "来电人的话" }
                textarea.caller-words #words name="words" rows="3" maxlength="1000" { (words) }
            }
            div.chips {
                (sign_chip("听清", true)) (sign_chip("问清", true)) (sign_chip("复清", false)) (sign_chip("记清", true))
                (sign_chip("已报告", false))
                span.dim.small data-draft-state { "草稿已存 14:07" }
            }
            div.read-back {
                "您是 3 栋 2 单元 501 的陈女士，厨房水管爆裂，水已流到客厅，总阀关不上，请我们马上派人，对吗？ "
                button type="button" data-key="F6" { "已复述 " kbd { "F6" } }
            }
            (chips("kind", "种类", false, &[
                Chip { value: "repair", words: "报修", key: Some("1"), on: true },
                Chip { value: "complaint", words: "投诉", key: Some("2"), on: false },
                Chip { value: "help", words: "求助", key: Some("3"), on: false },
                Chip { value: "enquiry", words: "咨询", key: Some("4"), on: false },
                Chip { value: "suggestion", words: "建议", key: Some("5"), on: false },
                Chip { value: "praise", words: "表扬", key: None, on: false },
            ]))
            div.pair {
                (Field { control: Control::Select { choices: &[("kitchen", "户内 · 厨房"), ("bath", "户内 · 卫生间"),
                    ("common", "公共部位")],
                    chosen: "kitchen" }, ..Field::line("place", "部位", "") }.render())
                (Field { control: Control::Select { choices: &[("burst", "给水 · 爆管"), ("leak", "给水 · 渗漏")],
                    chosen: "burst" },
                    ..Field::line("fault", "项目", "") }.render())
            }
            (chips("severity", "程度", false, &[
                Chip { value: "urgent", words: "紧急", key: None, on: true },
                Chip { value: "plain", words: "一般", key: None, on: false },
                Chip { value: "booked", words: "预约", key: None, on: false },
            ]))
            div.pair {
                (Field::line("appointment", "约定时间", "马上").render())
                (Field { wrong: Some("少一位，请再问一遍"), ..Field::line("phone", "回电", "138 0000 042") }.render())
            }
        }
    }
}

fn follows(timing: Timing) -> Markup {
    let row = |act: &str, who: &str, minute, book: &str, id: &str| {
        html! {
            li {
                b { (act) } (clause(&by(book, id), None))
                span { (who) " · " span.nowrap { (timing.due(due(14, minute))) } }
            }
        }
    };
    html! {
        (panel("保存后开始计时", html! {}, html! {
            ol.clock-preview {
                (row("通知工程部", "前台客服员", 10, "repair-residential", "4.2"))
                (row("接单", "维修员", 13, "repair-residential", "4.3"))
                (row("到场", "维修员", 23, "repair-residential", "4.4"))
                li {
                    b { "回访" } (clause(&by("followup-residential", "3.1"), None))
                    span.dim { "完工后三天内，抽一半" }
                }
            }
        }))
        (panel("可能是同一件", html! { span.dim { "1" } }, html! {
            ul { li {
                a href="/cases/1021" { "3-2-401 天花滴水" } " " span.dim { "14:02 · 吴试" }
                p { button { "并入这一件" } }
            } }
        }))
        (panel("此刻可说", html! {}, html! {
            p { "“请您先离开积水处，关掉厨房电源，维修员十五分钟内到。”" }
        }))
    }
}
