//! 考评: the year's appraisal of the staff, discipline, and what each may see of it. Files of appraisal, breaches and liabilities are
//! records of their registers; only who leads and whom one concerns may open them.

mod list;
mod mine;
mod show;
#[cfg(test)]
mod tests;

use axum::http::Method;
use axum::routing::{get, post};
use calendar::Moment;
use jiff::civil::Date;
use journal::reads::{CaseFilter, CaseRow, Filling};
use maud::{Markup, html};
use office::Actor;
use office::case::{Case, CaseKind, CaseState};
use office::register;

use crate::language::{t, zh};
use crate::page::Place;
use crate::routes::Route;
use crate::security::{Fault, Permission};
use crate::state::{Here, Web};

/// The registers of discipline.
const BREACHES: &str = "breaches";
const LIABILITIES: &str = "liabilities";
/// The link of a record to the account of whom it concerns.
const STAFF: &str = "staff";
/// Rows at most: a site has fewer people.
const ROWS: i64 = 200;

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    let route = Route::new;
    vec![
        route(Method::GET, "/appraisal", Permission::AppraisalView, zh("考评"), || get(show::show)),
        route(Method::POST, "/appraisal/list", Permission::AppraisalWork, zh("列考评名单"), || post(list::enter)),
        route(Method::GET, "/appraisal/mine", Permission::HomeView, zh("我的考评"), || get(mine::show)),
    ]
}

/// What is asked of everybody (考评题): the score or column that answers it, and the question.
const QUESTIONS: [(&str, &str); 7] = [
    (zh("岗位职责得分"), zh("是否忠于职守、爱岗敬业，把岗位上该做的都做到？")),
    (zh("年度工作得分"), zh("交给的任务是否认真完成，完成了几成？")),
    (zh("考勤得分"), zh("有没有迟到、早退、空岗，请假是否办了手续？")),
    (zh("德"), zh("待人做事是否谦虚谨慎、不骄不躁，守规矩、讲诚信？")),
    (zh("能"), zh("懂不懂本岗业务，肯不肯钻研？")),
    (zh("勤"), zh("出不出力，有没有主动去做？")),
    (zh("绩"), zh("这一年做成了什么，差错有几件？")),
];

/// The questions as a list, for who evaluates.
pub fn questions() -> Markup {
    html! {
        dl.facts { @for (what, question) in QUESTIONS { dt { (t(what)) } dd { (t(question)) } } }
        p.small.dim { (t("三项得分按设置里的权重合成考评得分，缺一项就没有得分，不当零分算。测评和互评只记票数和平均分，不记谁投的。")) }
    }
}

/// Whether a kind of record is a file of the appraisal.
pub fn is_file(kind: CaseKind) -> bool {
    kind.id() == register::APPRAISALS
}

/// Whether the visitor may list records of this kind.
pub fn may_list(here: &Here, kind: CaseKind) -> bool {
    let personal = register::find(kind.id()).is_some_and(|it| Place::of_word(&it.place) == Some(Place::Appraisal));
    !personal || here.viewer.grants.allow(Permission::AppraisalView)
}

/// Whether the visitor may open this case: records of this place are kept from everybody but who leads and whom they concern.
pub fn may_see(here: &Here, case: &Case) -> bool {
    may_list(here, case.kind) || concerns(case, &here.actor)
}

/// Whether the record is about this person: by the account it names, else by name.
fn concerns(case: &Case, actor: &Actor) -> bool {
    let account = case.entries.first().and_then(|entry| entry.event.body.links.get(STAFF));
    match account {
        Some(account) => *account == actor.account,
        None => case.attributes.get("case.person") == Some(&actor.name),
    }
}

/// The beginnings of a year and of the next.
fn bounds(here: &Here, year: i16) -> (Moment, Moment) {
    let zone = &here.house().laws().zone;
    let day = |year: i16| Date::new(year, 1, 1).unwrap_or(Date::MAX);
    (zone.start_of_day(day(year)), zone.start_of_day(day(year + 1)))
}

/// Records of a register that began in this year and were not withdrawn, by number.
async fn records(here: &Here, register: &str, year: i16) -> Result<Vec<(CaseRow, Filling)>, Fault> {
    let (from, until) = bounds(here, year);
    let filter = CaseFilter {
        kind: CaseKind::of(register),
        from: Some(from),
        until: Some(until),
        oldest_first: true,
        limit: ROWS,
        ..CaseFilter::default()
    };
    let read = here.house().register_rows(here.site, filter, here.now).await;
    let rows = read.map_err(|fault| Fault::new("读取考评", fault))?.rows;
    let stands = |row: &CaseRow| row.state != CaseState::Withdrawn;
    let mut rows: Vec<_> = rows.into_iter().filter(|(row, _)| stands(row)).collect();
    rows.sort_by(|a, b| a.0.number.cmp(&b.0.number));
    Ok(rows)
}

/// What is still to be done with a file, in the order of the year; none when it is filed.
fn next_step(case: &Case) -> Option<&'static str> {
    const STEPS: [(&str, &str); 6] = [
        ("appraisal.self_reported", zh("等本人述职")),
        ("appraisal.rated_by_all", zh("等民主测评")),
        ("appraisal.rated_by_windows", zh("等窗口互评")),
        ("appraisal.rated_overall", zh("等综合评价")),
        ("appraisal.graded", zh("等评定等级")),
        ("appraisal.filed", zh("等归档")),
    ];
    let graded = case.attributes.get("appraisal.grade").map(String::as_str);
    let wanted = match graded {
        Some("excellent") if !case.has("appraisal.rewarded") => Some(t("等给予奖励")),
        Some("incompetent") if !case.has("appraisal.warned") => Some(t("等警告批评")),
        _ => None,
    };
    wanted.or_else(|| STEPS.iter().find(|(act, _)| !case.has(act)).map(|(_, words)| t(words)))
}

/// What is still to be done with a breach or a liability; none when it is settled.
fn unsettled(case: &Case) -> Option<&'static str> {
    if case.kind == (CaseKind::of(LIABILITIES).unwrap_or(case.kind)) {
        return match (case.has("liability.approved"), case.has("liability.effective")) {
            (_, true) => None,
            (true, false) => Some(t("等追究生效")),
            (false, false) => Some(t("等批准追究")),
        };
    }
    if case.has("breach.appealed") && !case.has("breach.appeal_decided") {
        return Some(t("等裁定申诉"));
    }
    match (case.has("breach.let_off") || case.has("breach.sanctioned"), case.has("breach.heard")) {
        (true, _) => None,
        (false, false) => Some(t("等本人申辩")),
        (false, true) if !case.has("breach.sanction_proposed") => Some(t("等提出处理")),
        (false, true) => Some(t("等批准处理")),
    }
}
