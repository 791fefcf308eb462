//! The page's script (脚本): one file for all pages, driven by attributes; every act on line works without it. And the
//! service worker for phones. Texts come from the page in the language of the request.
//!
//! | attribute | what it does |
//! |---|---|
//! | `form[data-swap="id id"]`, `a[data-swap]` | sends in the background, takes these elements from the answer |
//! | `a[data-swap][data-stay]` | the same, the page keeps its address |
//! | `input[data-debounce="250"]` | sends its form that many milliseconds after the last key |
//! | `[data-live="topic"]` with an id | is fetched anew when the topic changes |
//! | `.light[data-due][data-soon]` | keeps the words and the shape of a running limit true |
//! | `[data-key="F8"]` | is focused (a field) or clicked by that key |
//! | `input[data-room]` | takes rooms from the numeric keypad, which focuses it |
//! | `[data-walk]` | a row that the arrow keys reach |
//! | `[data-confirm="words"]` on a button or form | asks first |
//! | `[data-opens="id"]`, `[data-close]` | opens, closes a dialog |
//! | `form[data-draft="/path"]`, `[data-draft-state]` | keeps what is written as a draft |
//! | `[data-ring]` | rings while it is on the page |
//! | `[data-card]`, `[data-lane]`, `form[data-board]` | the dispatch board |
//! | `input[data-photo="1600"][data-shows="id"]` | makes photos smaller and shows them |
//! | `canvas[data-sign="field"]`, `[data-sign-clear]` | a signature as an SVG path in a box of 600 × 200 |
//! | `form[data-offline]` in `.turn` in `[data-step]`, `a[data-keep]` | works without network, moves on to the next step |
//! | `form[data-preview][data-parts]`, `[data-first-key]`, `[data-paste]`, `[data-then]`, `a[data-exact]` | the desk |
//! | `a[data-aside]` | opens beside a form that is being filled, else in its place |
//! | `[data-print]`, `[data-copy]` | prints, copies |
//! | `[data-dial]` | dials the number in it, once it was fetched |

use std::sync::LazyLock;

use maud::{Markup, html};

use crate::language::t;

const PARTS: [&str; 11] = [
    include_str!("page/lights.js"),
    include_str!("page/dialogs.js"),
    include_str!("page/swap.js"),
    include_str!("page/live.js"),
    include_str!("page/keys.js"),
    include_str!("page/drafts.js"),
    include_str!("page/ring.js"),
    include_str!("page/board.js"),
    include_str!("page/capture.js"),
    include_str!("page/desk.js"),
    include_str!("page/queue.js"),
];

/// The script of all pages.
pub static PAGE: LazyLock<String> = LazyLock::new(|| {
    let parts: String = PARTS.iter().map(|part| small(part)).collect();
    format!("(()=>{{\"use strict\";\n{parts}}})();\n")
});

/// The service worker.
pub static OFFLINE: LazyLock<String> = LazyLock::new(|| small(include_str!("offline.js")));

/// Leaves out whole-line comments and indents. Our own files only: no text in them spans lines.
fn small(source: &str) -> String {
    let lines = source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The texts that the script says, as JSON for `<meta name="words">`.
pub fn words() -> String {
    serde_json::json!({
        "left_now": t("不到 1 分钟"),
        "left_minutes": t("还剩 {0} 分钟"),
        "left_hours": t("还剩 {0} 小时"),
        "left_hours2": t("还剩 {0} 小时 {1} 分钟"),
        "late_now": t("刚刚超时"),
        "late_minutes": t("已超 {0} 分钟"),
        "late_hours": t("已超 {0} 小时"),
        "late_hours2": t("已超 {0} 小时 {1} 分钟"),
        "late_days": t("已超 {0} 天"),
        "late_days2": t("已超 {0} 天 {1} 小时"),
        "not_sent": t("没有送出：连不上服务器。写的内容还在，请稍后再试。"),
        "cancel": t("取消"),
        "yes": t("确定"),
        "draft_kept": t("草稿已存 {0}"),
    })
    .to_string()
}

/// The strip above a phone page that shows what waits for the network; empty until the script fills it.
pub fn queue() -> Markup {
    let words = serde_json::json!({
        "no_network": t("无网络"),
        "waiting": t("{0} 条待上传"),
        "all_sent": t("都已同步"),
        "not_done": t("{0} 步没有记上"),
        "sign_in_to_send": t("请重新登录后上传"),
        "other_account": t("另一个账号做的步骤等那个账号登录后上传"),
        "fate_waiting": t("待上传"),
        "fate_done": t("已同步"),
        "refused": t("没有办成：{0}"),
        "seen": t("知道了"),
    });
    html! {
        details.queue #queue hidden data-words=(words) {
            summary role="status" data-sum {}
            ol {}
        }
    }
}

#[cfg(test)]
mod tests;
