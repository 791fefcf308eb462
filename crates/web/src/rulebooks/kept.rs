//! How a clause was kept (守规): the counts of a month with the list behind each, the trend of a year, the rates with their
//! members.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use calendar::{DueAt, Period};
use jiff::civil::Date;
use journal::reads::{ClauseKept, KeptAs, KeptList, MemberRow, ObligationRow};
use maud::{Markup, html};
use rulebook::Figure;
use rulebook::model::{Book, Clause, Kind};

use super::{edition, find, law, month, parts};
use crate::components::chart::{Chart, Series};
use crate::components::register::{Column, Register, Row, filter_select, filters};
use crate::components::{Lamp, Timing, Tone, empty, tag};
use crate::language::{said, t, zh};
use crate::page::{Crumb, Filled, Frame, Page, Place, escaped, sheet, wrong};
use crate::periods;
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Months of the trend.
const MONTHS: usize = 12;
/// Rows of a page, and of an export at most.
const ROWS: i64 = 100;
const EXPORT_MAX: usize = 20_000;

/// What became of an obligation, in words.
pub fn word(kept_as: KeptAs) -> &'static str {
    t(match kept_as {
        KeptAs::Met => zh("按时"),
        KeptAs::Late => zh("超时办结|计数"),
        KeptAs::Missed => zh("未办|计数"),
        KeptAs::Overdue => zh("已超时未办"),
        KeptAs::Open => zh("在办"),
        KeptAs::Reminded => zh("提醒|计数"),
    })
}

/// The numbers of a clause's rules, each once.
pub fn rule_ids(clause: &Clause) -> Vec<String> {
    let mut ids: Vec<String> = clause.rules.iter().map(|rule| rule.id.value.clone()).collect();
    ids.sort();
    ids.dedup();
    ids
}

/// The months of the trend, oldest first, the last is `month`.
fn months_to(month: &str) -> Vec<String> {
    let mut first: Date = format!("{month}-01").parse().unwrap_or_default();
    let mut months = Vec::new();
    for _ in 0..MONTHS {
        months.push(Period::Month.key(first));
        first = Period::Month.previous(first);
    }
    months.reverse();
    months
}

/// The keys of the periods of this kind that begin in a month, or that hold it.
fn keys_in(period: Period, month: &str) -> Vec<String> {
    let first: Date = format!("{month}-01").parse().unwrap_or_default();
    let (first, last) = Period::Month.bounds(first);
    if matches!(period, Period::Month | Period::Quarter | Period::Year) {
        return vec![period.key(first)];
    }
    let mut keys = Vec::new();
    let mut day = first;
    while day <= last {
        if period.bounds(day).0 == day {
            keys.push(period.key(day));
        }
        day = period.next(day);
    }
    keys
}

/// The panel's body of a clause: counts with their lists, the trend, its rates.
pub async fn shown(here: &Here, book: &Book, clause: &Clause, this: &str) -> Result<Markup, Fault> {
    let read = |fault| Fault::new("读取规程", fault);
    let ids = rule_ids(clause);
    let months = months_to(this);
    let kept = here.house().clauses_in_months(here.site, book.id.clone(), ids.clone(), months.clone(), here.now);
    let kept = kept.await.map_err(read)?;
    let of = |month: &str| parts::sum(kept.iter().filter(|it| it.month == month));
    let path = format!("/rulebooks/{}/{}/kept?month={this}", book.id, escaped(&clause.number));
    let figures = rates(here, book, std::slice::from_ref(clause), &months).await?;
    let body = html! {
        p { (parts::counts(&of(this), Some(&path))) }
        @if of(this) == ClauseKept::default() && figures.is_empty() { p.dim { (t("这个月没有用到这一条。")) } }
        @if kept.iter().any(|it| *it != ClauseKept { clause: it.clause.clone(), month: it.month.clone(), ..ClauseKept::default() }) {
            (trend(&months, &of))
        }
        (rate_rows(book, clause, &figures, this))
        (rate_trend(clause, &figures, &months))
    };
    Ok(body)
}

fn trend(months: &[String], of: &impl Fn(&str) -> ClauseKept) -> Markup {
    let column = |pick: &dyn Fn(&ClauseKept) -> i64| -> Vec<Option<i64>> {
        months.iter().map(|month| Some(pick(&of(month)))).collect()
    };
    let (met, broken) = (column(&|it| it.met), column(&ClauseKept::broken));
    let (reminded, open) = (column(&|it| it.soft_late), column(&|it| it.open));
    let labels: Vec<&str> = months.iter().map(|month| short(month)).collect();
    let series = [
        Series { name: t("按时"), values: &met },
        Series { name: t("逾期"), values: &broken },
        Series { name: t("提醒|计数"), values: &reminded },
        Series { name: t("在办"), values: &open },
    ];
    let series: Vec<Series> =
        series.into_iter().filter(|it| it.values.iter().flatten().any(|value| *value > 0)).collect();
    Chart { title: t("十二个月（项）"), labels: &labels, series: &series, target: None }.stacked()
}

/// `2026-11` as `11`.
fn short(month: &str) -> &str {
    month.split_once('-').map_or(month, |(_, month)| month.trim_start_matches('0'))
}

/// The figures of these clauses' rates in the periods of these months.
pub async fn rates(here: &Here, book: &Book, clauses: &[Clause], months: &[String]) -> Result<Vec<Figure>, Fault> {
    let mut ids = Vec::new();
    let mut periods = Vec::new();
    for rule in clauses.iter().flat_map(|clause| &clause.rules) {
        let Kind::Rate(rate) = &rule.kind else { continue };
        ids.push(rule.id.value.clone());
        periods.extend(rate.per.iter().flat_map(|per| months.iter().flat_map(|month| keys_in(*per, month))));
    }
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    periods.sort();
    periods.dedup();
    let found = here.house().clause_figures(here.site, book.id.clone(), ids, periods, here.now).await;
    found.map_err(|fault| Fault::new("读取规程", fault))
}

/// One line a figure of this month: needed, done, verdict, the members one click away.
fn rate_rows(book: &Book, clause: &Clause, figures: &[Figure], this: &str) -> Markup {
    let of_month = |figure: &&Figure| {
        let Ok((period, _)) = Period::of_key(&figure.period) else { return false };
        keys_in(period, this).contains(&figure.period)
    };
    let rows: Vec<&Figure> = figures.iter().filter(of_month).collect();
    html! {
        @if !rows.is_empty() { div.scroll { table.plain-table {
            thead { tr { th { (t("比率")) } th { (t("应做")) } th { (t("已做")) } th { (t("结论")) } } }
            tbody { @for figure in rows { tr {
                td {
                    a href={ "/rulebooks/" (book.id) "/" (escaped(&clause.number)) "/members?rule="
                        (escaped(&figure.clause.id)) "&period=" (figure.period) } { (crate::components::timing::period(&figure.period)) }
                    " " span.dim { (figure.clause.id) }
                }
                td.num { @match figure.needed { Some(needed) => { (needed) "/" (figure.base) }, None => { "—/" (figure.base) } } }
                td.num { (figure.done) }
                td { (verdict(figure)) }
            } } }
        } } }
    }
}

/// 达标, 未达标, 暂计, 无数据, 未定比率.
pub fn verdict(figure: &Figure) -> Markup {
    html! {
        @match (figure.needed, figure.on_target) {
            (None, _) => span.dim { (t("还没有定比率")) },
            (_, None) => span.dim { (t("无数据")) },
            (_, Some(true)) => { (Lamp::Met.shape()) " " (t("达标")) },
            (_, Some(false)) if figure.provisional => { (Lamp::Open.shape()) " " (t("还差")) " " (figure.needed.unwrap_or(0) - figure.done) },
            (_, Some(false)) => { (tag(t("未达标"), Tone::Grave)) },
        }
        @if figure.provisional { " " (Lamp::Provisional.shape()) }
    }
}

/// The monthly rates as lines, in per cent.
fn rate_trend(clause: &Clause, figures: &[Figure], months: &[String]) -> Markup {
    let mut lines: Vec<(String, Vec<Option<i64>>)> = Vec::new();
    for rule in &clause.rules {
        let values: Vec<Option<i64>> = months
            .iter()
            .map(|month| {
                let figure = figures.iter().find(|it| it.clause.id == rule.id.value && it.period == *month)?;
                (figure.base > 0).then(|| figure.done * 100 / figure.base)
            })
            .collect();
        if values.iter().flatten().count() > 1 {
            lines.push((rule.id.value.clone(), values));
        }
    }
    let labels: Vec<&str> = months.iter().map(|month| short(month)).collect();
    let series: Vec<Series> = lines.iter().map(|(name, values)| Series { name, values }).collect();
    html! {
        @if !series.is_empty() {
            (Chart { title: t("每月比率（%）"), labels: &labels, series: &series, target: None }.lines())
        }
    }
}

/// `GET /rulebooks/{book}/{clause}/kept?month=2026-11&as=late`: the obligations behind a count.
pub async fn list(
    here: Here,
    Path((id, number)): Path<(String, String)>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let filled = Filled(query);
    let law = law(&here).await?;
    let Some((book, _)) = edition(&here, &law, &id) else { return Ok(wrong::not_found()) };
    let Some(clause) = find(&book, &number) else { return Ok(wrong::not_found()) };
    let [_, this, _] = month(&here, filled.get("month"));
    let kept_as = KeptAs::of(filled.get("state"));
    let mut asked = KeptList {
        book: id.clone(),
        clauses: rule_ids(clause),
        month: this.clone(),
        kept_as,
        after: Some(filled.get("after").to_owned()).filter(|it| !it.is_empty()),
        limit: ROWS,
    };
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let may_export = here.viewer.grants.allow(Permission::ReportExport);
    let title = format!("{} {}", clause.number, said(&clause.title, None));
    if may_export && !filled.get("as").is_empty() {
        let rows = all(&here, &mut asked).await?;
        let (head, lines) = sheet_of(&here, &rows, timing);
        return sheet::answer(filled.get("as"), &title, "kept", &head, &lines);
    }
    let (rows, next) = page(&here, asked).await?;
    let columns = [
        Column::new(t("编号")),
        Column::new(t("事由")),
        Column::new(t("条")),
        Column::new(t("要做的事")),
        Column { minor: true, ..Column::new(t("起算")) },
        Column::new(t("时限")),
        Column::new(t("做完")),
        Column::new(t("结果")),
    ];
    let shown: Vec<Row> = rows.iter().map(|row| line(&here, row, timing)).collect();
    let path = format!("/rulebooks/{id}/{}/kept", escaped(&clause.number));
    let mut address = format!("month={this}");
    if let Some(kept_as) = kept_as {
        address.push_str(&format!("&state={}", kept_as.id()));
    }
    let register = Register {
        query: &address,
        total: &crate::t!("本页 {} 项", shown.len()),
        next: next.as_deref(),
        further: !filled.get("after").is_empty(),
        export: may_export,
        ..Register::of(("kept", &title, &path), &columns, &shown, empty(t("这个月没有这样的事项。"), html! {}))
    };
    let states: Vec<(&str, &str)> = KeptAs::ALL.iter().map(|it| (it.id(), word(*it))).collect();
    let fields = html! {
        input type="hidden" name="month" value=(this);
        (filter_select("state", t("结果"), &states, kept_as.map_or("", KeptAs::id)))
    };
    let body = html! { (filters(&path, "kept", None, fields)) (register.render()) };
    let around = here.around().await?;
    let crumbs = crumbs(&book, clause);
    let beside = html! { span.dim { (this) } };
    let page = Page { crumbs: &crumbs, beside, ..Page::new(&title, Frame::Desk(Place::Rulebooks, &around), body) };
    Ok(page.into_response())
}

fn crumbs(book: &Book, clause: &Clause) -> [Crumb; 3] {
    let of_book = format!("/rulebooks/{}", book.id);
    [
        Crumb { words: t("规程").to_owned(), path: "/rulebooks".to_owned() },
        Crumb { words: said(&book.name, Some(&book.name_en)).into_owned(), path: of_book.clone() },
        Crumb { words: clause.number.clone(), path: format!("{of_book}/{}", escaped(&clause.number)) },
    ]
}

async fn page(here: &Here, asked: KeptList) -> Result<(Vec<ObligationRow>, Option<String>), Fault> {
    let found = here.house().clause_list(here.site, asked, here.now).await;
    found.map_err(|fault| Fault::new("读取规程", fault))
}

async fn all(here: &Here, asked: &mut KeptList) -> Result<Vec<ObligationRow>, Fault> {
    asked.limit = 1000;
    asked.after = None;
    let mut rows = Vec::new();
    while rows.len() < EXPORT_MAX {
        let (more, next) = page(here, asked.clone()).await?;
        rows.extend(more);
        match next {
            Some(next) => asked.after = Some(next),
            None => break,
        }
    }
    Ok(rows)
}

fn due_of(row: &ObligationRow) -> Option<DueAt> {
    row.due.map(|at| DueAt { at, end_of_day: row.end_of_day })
}

/// The state of an obligation as a shape: a soft limit passed is an alarm, never a breach.
pub fn lamp_of(row: &ObligationRow, timing: Timing) -> Lamp {
    match (Lamp::of(row.state, timing.now, row.opened, due_of(row)), row.soft) {
        (Lamp::Late | Lamp::MetLate, true) => Lamp::Soft,
        (lamp, _) => lamp,
    }
}

/// The case, contact or period that an obligation belongs to; of another subject its reasons.
pub fn link(row: &ObligationRow, timing: Timing) -> Markup {
    let (path, words) = match row.case.split_once(':') {
        None if row.case.is_empty() => (periods::path(timing.zone.date(row.opened), &row.id), row.number.as_str()),
        None => (format!("/cases/{}", row.case), row.number.as_str()),
        Some(("contact", id)) => (format!("/contacts/{id}"), t("来访来电")),
        Some((_, key)) => (format!("/why/{}/{}", row.case, row.id), key),
    };
    html! { a.nowrap href=(path) { (words) } }
}

fn musts(here: &Here, row: &ObligationRow) -> String {
    let words: Vec<String> = row.must.iter().map(|must| here.word(must)).collect();
    words.iter().map(|word| said(word, None)).collect::<Vec<_>>().join("、")
}

fn line(here: &Here, row: &ObligationRow, timing: Timing) -> Row {
    let lamp = lamp_of(row, timing);
    let none = || html! { span.dim { "—" } };
    Row {
        late: matches!(lamp, Lamp::Late | Lamp::Missed),
        void: false,
        cells: vec![
            link(row, timing),
            html! { (row.title) @if !row.place.is_empty() { " " span.dim { (row.place) } } },
            html! { (row.clause.id) },
            html! { (musts(here, row)) },
            html! { (timing.time(row.opened)) },
            html! { @match due_of(row) { Some(due) => { (timing.due(due)) }, None => { (none()) } } },
            html! { @match row.ended { Some(ended) => { (timing.time(ended)) }, None => { (none()) } } },
            html! { (lamp.shape()) " " (lamp.word()) },
        ],
    }
}

fn sheet_of(here: &Here, rows: &[ObligationRow], timing: Timing) -> ([&'static str; 8], Vec<Vec<String>>) {
    let head = [t("编号"), t("事由"), t("条"), t("要做的事"), t("起算"), t("时限"), t("做完"), t("结果")];
    let exact = |at| calendar::words::exact(timing.zone, at);
    let moment = |at| exact(DueAt { at, end_of_day: false });
    let lines = rows.iter().map(|row| {
        let key = row.case.split_once(':').filter(|(noun, _)| *noun != "contact").map(|(_, key)| key.to_owned());
        vec![
            key.unwrap_or_else(|| row.number.clone()),
            row.title.clone(),
            row.clause.id.clone(),
            musts(here, row),
            moment(row.opened),
            due_of(row).map(exact).unwrap_or_default(),
            row.ended.map(moment).unwrap_or_default(),
            lamp_of(row, timing).word().to_owned(),
        ]
    });
    (head, lines.collect())
}

/// `GET /rulebooks/{book}/{clause}/members?rule=4.1.2a&period=2026-11`: who makes up a rate.
pub async fn members(
    here: Here,
    Path((id, number)): Path<(String, String)>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let filled = Filled(query);
    let law = law(&here).await?;
    let Some((book, _)) = edition(&here, &law, &id) else { return Ok(wrong::not_found()) };
    let Some(clause) = find(&book, &number) else { return Ok(wrong::not_found()) };
    let Some(rule) = clause.rules.iter().find(|rule| rule.id.value == filled.get("rule")) else {
        return Ok(wrong::not_found());
    };
    let (ids, period) = (rule.id.value.clone(), filled.get("period").to_owned());
    let read = |fault| Fault::new("读取规程", fault);
    let house = here.house();
    let figures = house
        .clause_figures(here.site, id.clone(), vec![ids.clone()], vec![period.clone()], here.now)
        .await
        .map_err(read)?;
    let rows = house.clause_members(here.site, id.clone(), ids, period.clone()).await.map_err(read)?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let columns = [
        Column::new(t("编号")),
        Column::new(t("事由")),
        Column::new(t("算法")),
        Column::new(t("结果")),
        Column::new(t("定论")),
    ];
    let lines: Vec<Row> = rows.iter().map(|row| member(row, timing)).collect();
    let path = format!("/rulebooks/{id}/{}/members", escaped(&clause.number));
    let title = format!("{} {}", rule.id.value, said(&clause.title, None));
    let register = Register {
        total: &crate::t!("共 {} 户", lines.len()),
        ..Register::of(("members", &title, &path), &columns, &lines, empty(t("这一期没有算进来的。"), html! {}))
    };
    let body = html! {
        p { (said(&rule.summary, None)) }
        @for figure in &figures {
            p {
                b { (crate::components::timing::period(&figure.period)) } " "
                (why(figure)) " " (verdict(figure))
            }
        }
        (register.render())
    };
    let around = here.around().await?;
    let crumbs = crumbs(&book, clause);
    let beside = html! { span.dim { (period) } };
    let page = Page { crumbs: &crumbs, beside, ..Page::new(&title, Frame::Desk(Place::Rulebooks, &around), body) };
    Ok(page.into_response())
}

/// The working of a figure in one sentence.
fn why(figure: &Figure) -> String {
    let mut words = match figure.needed {
        Some(needed) => crate::t!(
            "分母 {0}，应做 {1}（向上取整），已做 {2}，其中按时 {3}",
            figure.base,
            needed,
            figure.done,
            figure.in_time
        ),
        None => crate::t!("分母 {0}，已做 {1}，其中按时 {2}", figure.base, figure.done, figure.in_time),
    };
    if figure.exempt > 0 {
        words.push_str(&crate::t!("；免 {}，不进分母", figure.exempt));
    }
    if figure.provisional {
        words.push_str(t("；还有没到期限的，暂计"));
    }
    words
}

fn member(row: &MemberRow, timing: Timing) -> Row {
    let cells = vec![
        html! { @if row.case.is_empty() { (row.member) } @else { a.nowrap href={ "/cases/" (row.case) } { (row.number) } } },
        html! { (row.title) @if !row.place.is_empty() { " " span.dim { (row.place) } } },
        html! {
            @match (row.in_base, row.exempt) {
                (false, _) => span.dim { (t("不进分母")) },
                (true, true) => span.dim { (t("免")) },
                (true, false) => { (t("进分母")) @if row.weight != 1 { " × " (row.weight) } },
            }
        },
        html! {
            @if row.counted > 0 {
                @if row.in_time > 0 { (Lamp::Met.shape()) " " (t("按时")) } @else { (Lamp::MetLate.shape()) " " (t("已做，过了期限")) }
            } @else { span.dim { (t("未做")) } }
        },
        html! {
            @match row.final_at {
                Some(at) if at <= timing.now => { (timing.time(at)) },
                Some(at) => { (Lamp::Provisional.shape()) " " (timing.time(at)) },
                None => span.dim { "—" },
            }
        },
    ];
    Row { cells, late: false, void: false }
}
