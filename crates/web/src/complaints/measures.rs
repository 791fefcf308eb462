//! Corrective and preventive action (纠正预防): every nonconformity sheet with its measure, who carries it out until when, its
//! effect and its review; the measures of departments stand with their report.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use journal::Laws;
use journal::reads::{CaseRow, Filling, MeasureStand, RegisterRows};
use maud::{Markup, html};
use office::case::Case;

use super::listed::{Listed, after};
use super::sections;
use crate::components::register::{Column, Row, filter_select, filters};
use crate::components::{Timing, Tone, empty, tag};
use crate::language::{said, t, zh};
use crate::page::{Filled, Frame, Page, Place, sheet};
use crate::papers::fill;
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Rows of an export.
const EXPORT_MAX: usize = 2_000;

/// `GET /complaints/measures?stand=to_execute&late=yes`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let (laws, now) = (here.house().laws(), here.now);
    let timing = Timing { now, zone: &laws.zone };
    let wanted = |it: &(CaseRow, Filling)| {
        let stand = MeasureStand::of(&it.1.case);
        let fits = filled.get("stand").is_empty() || filled.get("stand") == stand.id();
        fits && (filled.get("late").is_empty() || late(&it.1.case, now))
    };
    let may_export = here.viewer.grants.allow(Permission::ReportExport);
    if may_export && !filled.get("as").is_empty() {
        let mut rows = all(&here).await?;
        rows.retain(wanted);
        let head = COLUMNS.map(t);
        let lines: Vec<Vec<String>> = rows.iter().map(|it| told(laws, it).to_vec()).collect();
        return sheet::answer(filled.get("as"), t("纠正和预防措施"), "measures", &head, &lines);
    }
    let filtered = !filled.get("stand").is_empty() || !filled.get("late").is_empty();
    let list = if filtered {
        let mut rows = all(&here).await?;
        rows.retain(wanted);
        RegisterRows { rows, next: None }
    } else {
        read(&here, after(&filled)).await?
    };
    let columns: Vec<Column> = COLUMNS
        .iter()
        .enumerate()
        .map(|(n, title)| Column {
            minor: [1, 2, 8, 9].contains(&n),
            named: ![0, 6].contains(&n),
            ..Column::new(t(title))
        })
        .collect();
    let may = |act: &str| office::act::find(act).is_some_and(|it| it.allowed(&here.actor.posts));
    let rows: Vec<Row> = list.rows.iter().map(|it| row(laws, it, timing, may)).collect();
    let list = Listed {
        id: "measures",
        title: t("纠正和预防措施"),
        filled: &filled,
        chosen_by: &["stand", "late"],
        columns: &columns,
        rows: &rows,
        next: list.next.as_deref(),
        empty: empty(t("没有不合格处理单。核实属实的投诉写了不合格内容，就列在这里。"), html! {}),
        export: may_export,
    };
    let body = html! {
        (sections(4, None))
        (filter_form(&filled))
        (list.render())
    };
    let around = here.around().await?;
    let does = html! { a.button href="/registers/complaint_report" { (t("部门措施在投诉分析报告里")) } };
    let page = Page { does, ..Page::new(t("纠正和预防措施"), Frame::Desk(Place::Cases, &around), body) };
    Ok(page.into_response())
}

async fn read(here: &Here, after: Option<String>) -> Result<RegisterRows, Fault> {
    here.house().measures(here.site, after).await.map_err(|fault| Fault::new("读取纠正预防措施", fault))
}

async fn all(here: &Here) -> Result<Vec<(CaseRow, Filling)>, Fault> {
    let (mut rows, mut after) = (Vec::new(), None);
    while rows.len() < EXPORT_MAX {
        let page = read(here, after).await?;
        rows.extend(page.rows);
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    Ok(rows)
}

const COLUMNS: [&str; 11] = [
    zh("事项"),
    zh("责任部门"),
    zh("不合格内容"),
    zh("纠正措施"),
    zh("责任人"),
    zh("限期"),
    zh("进度"),
    zh("补救"),
    zh("效果"),
    zh("总结会"),
    zh("预防措施"),
];

/// Whether the measure is past its limit and not carried out.
fn late(case: &Case, now: calendar::Moment) -> bool {
    limit(case).is_some_and(|limit| limit < now) && !case.has("complaint.measure_executed")
}

fn limit(case: &Case) -> Option<calendar::Moment> {
    case.attributes.get("complaint.sheet_limit").and_then(|it| it.parse().ok()).map(calendar::Moment)
}

fn stand(it: MeasureStand) -> &'static str {
    match it {
        MeasureStand::ToWrite => t("待写措施"),
        MeasureStand::ToApprove => t("待审批"),
        MeasureStand::ToExecute => t("待执行"),
        MeasureStand::ToVerify => t("待验证结案"),
        MeasureStand::ToReview => t("待总结会"),
        MeasureStand::Done => t("办完"),
    }
}

/// The cells as text.
fn told(laws: &Laws, (row, filling): &(CaseRow, Filling)) -> [String; 11] {
    let of = |from: &str| fill::text(filling, laws, from);
    let remedy = [of("complaint.remedy"), of("complaint.remedy_amount")];
    let remedy: Vec<String> = remedy.into_iter().filter(|it| !it.is_empty()).collect();
    let measure = match of("in:complaint.sheet_measure_written/complaint.measure") {
        written if written.is_empty() => of("complaint.measure"),
        written => written,
    };
    [
        row.number.clone(),
        of("case.department"),
        of("complaint.nonconformity"),
        measure,
        of("case.person"),
        of("complaint.sheet_limit"),
        stand(MeasureStand::of(&filling.case)).to_owned(),
        remedy.join(" "),
        of("complaint.effect_check"),
        of("fact:complaint.review_held"),
        of("complaint.prevention"),
    ]
}

/// The act that brings a sheet on from where it stands; none when it is done.
fn next_act(stand: MeasureStand) -> Option<&'static str> {
    Some(match stand {
        MeasureStand::ToWrite => "complaint.sheet_measure_written",
        MeasureStand::ToApprove => "complaint.sheet_approved",
        MeasureStand::ToExecute => "complaint.measure_executed",
        MeasureStand::ToVerify => "complaint.sheet_closed",
        MeasureStand::ToReview => "complaint.review_held",
        MeasureStand::Done => return None,
    })
}

fn row(laws: &Laws, it: &(CaseRow, Filling), timing: Timing, may: impl Fn(&str) -> bool) -> Row {
    let case = &it.1.case;
    let late = late(case, timing.now);
    let texts = told(laws, it);
    let at = MeasureStand::of(case);
    let tone = if at == MeasureStand::Done { Tone::Plain } else { Tone::Mind };
    let cells = texts
        .iter()
        .enumerate()
        .map(|(n, text)| match n {
            0 => html! {
                a.nowrap href={ "/cases/" (it.0.id) } { (text) } div.small.dim { span.place { (it.0.place) } }
                @for form in case.forms.iter().filter(|form| !form.void && PAPERS.contains(&form.form.as_str())) {
                    div.small { a.nowrap href={ "/forms/" (form.number) "/print" } { (form.number) } }
                }
            },
            5 => match limit(case).filter(|_| !case.has("complaint.measure_executed")) {
                Some(limit) => timing.light(it.0.opened, calendar::DueAt::clock(limit)),
                None => html! { @if !text.is_empty() { span.nowrap { (text) } } },
            },
            6 => html! {
                (tag(text, tone))
                @if let Some(act) = next_act(at).and_then(office::act::find).filter(|act| may(act.id)) {
                    " " a.small.nowrap href={ "/cases/" (it.0.id) "/acts/" (act.id) "?back=/complaints/measures" } {
                        (said(act.title, None)) " …"
                    }
                }
            },
            _ => html! { (said(text, None)) },
        })
        .collect();
    Row { cells, late, void: false }
}

/// The forms that a row leads to.
const PAPERS: [&str; 2] = ["nonconformity_sheet", "prevention_report"];

fn filter_form(filled: &Filled) -> Markup {
    let stands = MeasureStand::ALL.map(|it| (it.id(), stand(it)));
    let fields = html! {
        (filter_select("stand", t("进度"), &stands, filled.get("stand")))
        (filter_select("late", t("限期"), &[("yes", t("过了限期没有执行的"))], filled.get("late")))
    };
    filters("/complaints/measures", "measures", None, fields)
}
