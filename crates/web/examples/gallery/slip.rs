//! 维修单 on A4 and A5.

use axum::response::IntoResponse;
use maud::{Markup, html};
use web::components::marks::drawn_signature;
use web::components::paper::{Copy, Sheet, Size, band, cell, print_bar, row, sign_box, ticks};
use web::{Frame, Page};

pub fn page() -> impl IntoResponse {
    let first = Copy { label: "第一联".into(), holder: "工程部存根".into() };
    let second = Copy { label: "第二联".into(), holder: "客服部留存".into() };
    let sheet = |size, copy, void| Sheet {
        size,
        company: "示例物业服务有限公司　样例花园管理处",
        title: "业主报修维修单",
        code: "表 3501",
        number: "WX-202611-0188",
        copy,
        rows: rows(size),
        foot: "本单一式三联。二十四小时服务电话 0000-0000 0000。非本处印制的收据无效，请勿向维修人员付现金。",
        qr: Some("https://example.org/p/WX-202611-0188"),
        page: (1, 1),
        void,
    };
    let body = html! {
        (print_bar("/cases/1021", "业主报修维修单 WX-202611-0188 · 第一、二联"))
        (sheet(Size::A4, Some(&first), false).render())
        (sheet(Size::A5, Some(&second), true).render())
        (sheet(Size::MultiHalf, Some(&second), false).render())
    };
    Page::new("业主报修维修单", Frame::Paper, body).into_response()
}

fn rows(size: Size) -> Markup {
    let text = |words: &str| html! { (words) };
    let path = "M20 120L60 40L80 140L120 60L150 130L210 50L230 120L300 80L340 130L420 70L560 110";
    let tall = if size == Size::A4 { 12 } else { 4 };
    html! {
        (row(4, html! { (cell("业主", text("陈例"), 3)) (cell("房号", text("3 栋 2 单元 501"), 3)) (cell("电话",
            text("138 **** 0427"), 3)) (cell("受理", text("11-23 14:01"), 3)) }))
        (row(tall, html! { (cell("报修内容", text("厨房水管爆裂，水已流到客厅，总阀关不上。"), 9)) (cell("约定上门", text("马上"), 3)) }))
        @if size == Size::A4 { (band("现场")) }
        (row(4, html! { (cell("接单", text("11-23 14:05 周范"), 4)) (cell("到场", text("11-23 14:07"), 4)) (cell("性质",
            ticks(&[("保修", true), ("有偿", false), ("公共", false)]), 4)) }))
        (row(tall, html! { (cell("核实与处理", text("六分给水管接头老化爆裂，更换管件两个，试压正常。"), 12)) }))
        @if size == Size::A4 {
            (row(10, html! { (cell("材料", html! { "六分对丝 × 2　4.00 元" br; "生料带 × 1　1.00 元" }, 6)) (cell("人工",
                text("0.5 小时　保修期内不收"), 3)) (cell("合计", text("0.00 元（零元整）"), 3)) }))
            (row(4, html! { (cell("业主意见", ticks(&[("很满意", false), ("满意", true), ("一般", false), ("不满意", false)]),
                12)) }))
        }
        (row(6, html! {
            (sign_box("维修员", html! {}, "", 4))
            (sign_box("业主签字", drawn_signature(path, "陈例"), "2026-11-23 14:52", 4))
            (sign_box("客服部", html! {}, "", 4))
        }))
    }
}
