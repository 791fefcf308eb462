//! 满意调查: rounds of questions to households by their own link, on paper with a code to scan, or by phone; results by question,
//! building and service, rate and score apart, beside the round before.

mod ask;
mod asked;
mod enter;
mod questions;
mod results;
mod rounds;
mod sheet;
#[cfg(test)]
mod tests;
mod theirs;

use axum::http::Method;
use axum::routing::{get, post};
use journal::reads::Tally;
use maud::{Markup, html};

use crate::language::{said, t, zh};
use crate::routes::Route;
use crate::security::Permission;
use crate::state::Web;

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    let route = Route::new;
    let (sees, works, leads) = (Permission::FollowUpView, Permission::FollowUpWork, Permission::FollowUpDraw);
    let (anyone, sets) = (Permission::Anyone, Permission::SettingWork);
    vec![
        route(Method::GET, "/surveys", sees, zh("满意调查"), || get(rounds::show)),
        route(Method::POST, "/surveys", leads, zh("开一轮调查"), || post(rounds::open)),
        route(Method::GET, "/surveys/questions", sees, zh("调查题目"), || get(questions::show)),
        route(Method::POST, "/surveys/questions", sets, zh("改调查题目"), || post(questions::change)),
        route(Method::GET, "/surveys/{round}", sees, zh("调查结果"), || get(results::show)),
        route(Method::POST, "/surveys/{round}/end", leads, zh("结束一轮调查"), || post(rounds::end)),
        route(Method::GET, "/surveys/{round}/answers", sees, zh("调查的答案"), || get(asked::answers)),
        route(Method::GET, "/surveys/{round}/asked", works, zh("请了哪些户"), || get(asked::households)),
        route(Method::GET, "/surveys/{round}/sheets", leads, zh("打印调查表"), || get(sheet::show)),
        route(Method::GET, "/surveys/{round}/asked/{n}", works, zh("录入答案"), || get(enter::show)),
        route(Method::POST, "/surveys/{round}/asked/{n}", works, zh("录入答案"), || post(enter::take)),
        route(Method::GET, "/s/{code}", anyone, zh("请您答几句"), || get(theirs::show)),
        route(Method::POST, "/s/{code}", anyone, zh("住户答调查"), || post(theirs::answer)),
    ]
}

/// The word of a service.
pub fn service(id: &str) -> String {
    let words = match id {
        "management" => zh("总体管理"),
        "desk" => zh("服务台"),
        "repair" => zh("维修"),
        "surroundings" => zh("环境"),
        "security" => zh("秩序"),
        "fees" => zh("收费"),
        _ => zh("其他"),
    };
    t(words).to_owned()
}

/// A grade, yes or no in words; free words as they are.
pub fn value(value: &str) -> String {
    match value {
        "yes" => t("是").to_owned(),
        "no" => t("否").to_owned(),
        grade if office::survey::GRADES.contains(&grade) => said(office::survey::grade_word(grade), None).into_owned(),
        words => words.to_owned(),
    }
}

/// A share in per cent with one place, cut and not rounded; a dash without a base.
pub fn percent(part: i64, whole: i64) -> String {
    match whole {
        0 => "—".to_owned(),
        _ => {
            let tenths = part * 1_000 / whole;
            format!("{}.{} %", tenths / 10, tenths % 10)
        }
    }
}

/// The share of satisfied answers.
pub fn rate(tally: &Tally) -> String {
    percent(tally.satisfied(), tally.graded())
}

/// The marks of the full marks.
pub fn score(tally: &Tally) -> String {
    percent(tally.mark, tally.full)
}

/// A figure; one that misses its target is marked.
pub fn lit(words: &str, reached: Option<bool>) -> Markup {
    html! {
        @if reached == Some(false) { span.late-words title=(t("未达标")) { "▼ " (words) } } @else { (words) }
    }
}

/// What a round is called.
pub fn title(round: &journal::reads::SurveyRound) -> String {
    match round.month() {
        Some(month) => crate::t!("{} 平时问到的", month),
        None => round.title.clone(),
    }
}
