//! The sections of the page of figures (栏目): the five areas of service, rates by clause, follow-ups, satisfaction, complaints, what
//! came back, other rates, each person's follow-ups.

use journal::Laws;
use journal::reads::{CountStood, CountedBy, RateKind, RatePart, RateStood, Statistics, Tallied};
use maud::{Markup, html};
use office::stretch::Stretch;

use super::words::{definition, linked, list_of, share, target, unfold};
use crate::complaints::period::words;
use crate::complaints::tables::{came_back, table};
use crate::components::chart::{Chart, Series, meter};
use crate::components::figure::{Figure, figures};
use crate::components::register::{Column, Register, Row};
use crate::components::timing::period;
use crate::components::{clause, empty, panel};
use crate::language::{said, t};
use crate::rulebooks::verdict;

/// Tallies as cells of a row, each beside the period before.
fn row(stood: &Statistics, of: &Stretch, tallies: &[Tallied], unit: &str) -> Markup {
    let told: Vec<(String, String, String)> = tallies
        .iter()
        .map(|tally| {
            let was = crate::t!("上期 {}", stood.tally_before(*tally));
            let was = match tally.whole() {
                Some(whole) => format!("{} · {was}", share(stood.tally(*tally), stood.tally(whole))),
                None => was,
            };
            (stood.tally(*tally).to_string(), was, list_of(of, tally.id()))
        })
        .collect();
    let names: Vec<String> = tallies.iter().map(|it| said(it.title(), None).into_owned()).collect();
    let cells: Vec<Figure> = told
        .iter()
        .zip(&names)
        .map(|((value, was, path), name)| Figure { target: was, ..Figure::count(name, value, unit, path) })
        .collect();
    let counted = |tally: &Tallied| format!("{}：{}", said(tally.title(), None), said(tally.counts(), None));
    let meant: Vec<String> = tallies.iter().map(counted).collect();
    html! { (figures(&cells)) (unfold(&meant)) }
}

/// 前台、投诉、上门、回访、便民礼宾: one number each.
pub fn areas(stood: &Statistics, of: &Stretch) -> Markup {
    let areas = [Tallied::Contacts, Tallied::Complaints, Tallied::Door, Tallied::Made, Tallied::Help];
    panel(t("五个方面"), html! { span.dim { (words(of)) } }, row(stood, of, &areas, ""))
}

/// Follow-ups of the period: how, in time or late, found wanting.
pub fn follow_ups(stood: &Statistics, of: &Stretch) -> Markup {
    let told =
        [Tallied::Made, Tallied::OfComplaints, Tallied::Phone, Tallied::Kept, Tallied::Late, Tallied::Unqualified];
    panel(t("回访情况"), html! {}, row(stood, of, &told, t("次")))
}

/// Follow-up rates, each adopted clause's own.
pub fn rates(laws: &Laws, stood: &Statistics, of: &Stretch) -> Markup {
    let blank = t("这一期没有条款要求的回访率：没有办结的事，或者没有采用回访规程。");
    panel(t("回访率"), html! {}, of_kind(laws, stood, of, RateKind::FollowUp, ("rates", blank)))
}

/// Timeliness and other rates.
pub fn others(laws: &Laws, stood: &Statistics, of: &Stretch) -> Markup {
    let blank = t("采用的规程没有别的比率，或者这一期没有到期的事。");
    panel(t("及时率和别的比率"), html! {}, of_kind(laws, stood, of, RateKind::Other, ("others", blank)))
}

fn of_kind(laws: &Laws, stood: &Statistics, of: &Stretch, kind: RateKind, (id, blank): (&str, &str)) -> Markup {
    let found: Vec<&RateStood> = stood.rates.iter().filter(|it| it.kind == kind).collect();
    let columns = [
        Column::new(t("哪类事")),
        Column::new(t("条款")),
        Column { minor: true, ..Column::new(t("期间")) },
        Column { right: true, minor: true, ..Column::new(t("基数")) },
        Column { right: true, minor: true, ..Column::new(t("免")) },
        Column { right: true, minor: true, ..Column::new(t("应做")) },
        Column { right: true, minor: true, ..Column::new(t("已做")) },
        Column { right: true, minor: true, ..Column::new(t("没有做")) },
        Column { right: true, ..Column::new(t("比率")) },
        Column { right: true, minor: true, ..Column::new(t("目标|比率")) },
        Column::new(t("结论")),
    ];
    let rows: Vec<Row> = found.iter().map(|it| rate(laws, it, of)).collect();
    let meant: Vec<String> = found.iter().map(|it| definition(laws, it)).collect();
    html! {
        (register(id, &columns, &rows, blank))
        @if !meant.is_empty() { (unfold(&meant)) }
    }
}

fn rate(laws: &Laws, it: &RateStood, of: &Stretch) -> Row {
    let figure = &it.figure;
    let number = |part: RatePart| linked(of, &it.id(part), it.value(part));
    let book = said(&it.brief.book, None);
    let cells = vec![
        html! {
            (said(&laws.word(&it.of), None))
            div.only-phone.small.dim {
                (period(&figure.period)) " " (crate::t!("基数 {0} · 已做 {1}", figure.base, figure.done))
            }
        },
        html! { (clause(&figure.clause, Some(&it.brief.summary))) " " span.small.dim { (book) } },
        html! { span.nowrap { (period(&figure.period)) } },
        number(RatePart::Base),
        number(RatePart::Exempt),
        html! { @match figure.needed { Some(needed) => (needed), None => "—" } },
        number(RatePart::Done),
        number(RatePart::Lacking),
        html! { span.nowrap { (share(figure.done, figure.base)) } " " (meter(figure.done, figure.base, it.share)) },
        html! { (target(it.share)) },
        verdict(figure),
    ];
    Row { cells, late: figure.on_target == Some(false) && !figure.provisional, void: false }
}

fn register(id: &str, columns: &[Column], rows: &[Row], blank: &str) -> Markup {
    Register::of((id, id, super::show::PATH), columns, rows, empty(blank, html! {})).render()
}

/// Satisfaction: as follow-ups were answered, as each adopted clause reckons rate and score, and quarter by quarter.
pub fn satisfaction(laws: &Laws, stood: &Statistics, of: &Stretch, aim: Option<i64>) -> Markup {
    let (satisfied, answered) = (stood.tally(Tallied::Satisfied), stood.tally(Tallied::Answered));
    let aim_words = aim.map(|aim| crate::t!("目标 ≥ {} %", aim)).unwrap_or_default();
    let rate = share(satisfied, answered);
    let count = satisfied.to_string();
    let (asked, unhappy) = (answered.to_string(), stood.tally(Tallied::Dissatisfied).to_string());
    let paths = [Tallied::Satisfied, Tallied::Answered, Tallied::Dissatisfied].map(|it| list_of(of, it.id()));
    let cells = [
        Figure {
            target: &aim_words, ..Figure::count(t("回访满意率"), rate.trim_end_matches(" %"), "%", &paths[0])
        },
        Figure::count(t("满意"), &count, t("次"), &paths[0]),
        Figure::count(t("问到满意程度"), &asked, t("次"), &paths[1]),
        Figure::count(t("不满意"), &unhappy, t("次"), &paths[2]),
    ];
    let meant = vec![
        t("回访满意率：答满意或基本满意的次数，占问到满意程度的次数。目标在设置“满意率目标”。").to_owned(),
        t("满意率和满意度是两个数：满意率看几成人满意，满意度看得分占满分几成。条款各有各的，分开列。").to_owned(),
    ];
    let labels: Vec<String> = stood.quarters.iter().map(|it| it.quarter.key()).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let values: Vec<Option<i64>> =
        stood.quarters.iter().map(|it| (it.answered > 0).then(|| it.satisfied * 100 / it.answered)).collect();
    let series = [Series { name: t("回访满意率"), values: &values }];
    let chart = Chart { title: t("各季度回访满意率（%）"), labels: &labels, series: &series, target: aim };
    let blank = t("采用的规程没有满意率、满意度，或者这一期还没有问。");
    let body = html! {
        (figures(&cells))
        (of_kind(laws, stood, of, RateKind::Satisfaction, ("satisfaction", blank)))
        (unfold(&meant))
        div.tables { (chart.lines()) div.scroll { (quarters(stood)) } }
    };
    panel(t("满意"), html! {}, body)
}

/// The quarters side by side, each number a link.
fn quarters(stood: &Statistics) -> Markup {
    html! {
        table.plain-table {
            thead { tr {
                th scope="col" { (t("季度")) } th.num scope="col" { (t("问到")) } th.num scope="col" { (t("满意")) }
                th.num scope="col" { (t("回访满意率")) }
            } }
            tbody {
                @for it in stood.quarters.iter().rev() {
                    tr {
                        td.nowrap { (it.quarter.key()) }
                        td.num { (linked(&it.quarter, Tallied::Answered.id(), it.answered)) }
                        td.num { (linked(&it.quarter, Tallied::Satisfied.id(), it.satisfied)) }
                        td.num.nowrap { (share(it.satisfied, it.answered)) }
                    }
                }
            }
        }
    }
}

/// Complaints by class, cause, department, and what became of them.
pub fn complaints(laws: &Laws, stood: &Statistics, of: &Stretch) -> Markup {
    let figures = &stood.complaints;
    let tells = |by: &CountedBy| figures.counts(*by).iter().any(|it| !it.key.is_empty() && it.now + it.before > 0);
    let ways: Vec<CountedBy> = [CountedBy::Class, CountedBy::Cause, CountedBy::Department, CountedBy::Mark]
        .into_iter()
        .filter(tells)
        .collect();
    let meant = vec![
        t("投诉按收到的日期算进期间，撤销的在“撤销”里；上报是报上级、公司或总经理的；没有处理完是到现在还没有处理完的。").to_owned(),
        t("每个数字点开就是那些投诉；上期是长短相同的前一期。").to_owned(),
    ];
    let beside = html! { a.small href={ "/complaints/analysis?period=" (of.key()) } { (t("投诉分析")) } };
    panel(
        t("投诉"),
        beside,
        html! {
            @if figures.all.now + figures.all.before == 0 { p.dim { (t("这一期和上一期都没有投诉。")) } } @else {
                div.tables { @for by in ways { (table(laws, of, by, figures.counts(by))) } }
            }
            (unfold(&meant))
        },
    )
}

/// What clauses count: the same complaint again, the same repair again, follow-ups found wanting.
pub fn counts(laws: &Laws, stood: &Statistics, of: &Stretch) -> Markup {
    let meant: Vec<String> = {
        let mut each: Vec<String> = stood
            .counts
            .iter()
            .map(|it| format!("《{}》{}：{}", said(&it.brief.book, None), it.clause.id, said(&it.brief.summary, None)))
            .collect();
        each.dedup();
        each
    };
    let columns = [
        Column::new(t("是什么")),
        Column::new(t("条款")),
        Column { minor: true, ..Column::new(t("期间")) },
        Column { right: true, ..Column::new(t("次数")) },
        Column { minor: true, ..Column::new(t("列入")) },
    ];
    let rows: Vec<Row> = stood.counts.iter().map(|it| count(it, of)).collect();
    panel(
        t("重复和规程计数"),
        html! {},
        html! {
            (register("counts", &columns, &rows, t("没有达到规程次数的重复投诉、重复维修和不合格回访。")))
            (came_back(laws, of, &stood.complaints))
            @if !meant.is_empty() { (unfold(&meant)) }
        },
    )
}

fn count(it: &CountStood, of: &Stretch) -> Row {
    let cells = vec![
        html! { @if it.words.is_empty() { (said(&it.brief.summary, None)) } @else { (it.words) } },
        html! { (clause(&it.clause, Some(&it.brief.summary))) },
        html! { span.nowrap { (period(&it.period)) } },
        linked(of, &it.id(), it.count),
        html! { @if it.reached { (said(&it.raises, None)) } @else { span.dim { "—" } } },
    ];
    Row { cells, late: false, void: false }
}

/// Each person's follow-ups, for an appraisal to take.
pub fn persons(stood: &Statistics, of: &Stretch) -> Markup {
    let columns = [
        Column::new(t("回访人")),
        Column { right: true, ..Column::new(t("回访|统计")) },
        Column { right: true, minor: true, ..Column::new(t("按时")) },
        Column { right: true, ..Column::new(t("按时率")) },
        Column { right: true, minor: true, ..Column::new(t("只打电话")) },
        Column { right: true, minor: true, ..Column::new(t("排好")) },
        Column { right: true, minor: true, ..Column::new(t("做了")) },
        Column { right: true, ..Column::new(t("回访率")) },
        Column { right: true, ..Column::new(t("违规")) },
    ];
    let rows: Vec<Row> = stood
        .persons
        .iter()
        .map(|it| {
            let [made, kept, late, phone, planned, planned_made, missed] =
                it.parts().map(|(_, id, value)| linked(of, &id, value));
            let broken = it.late + it.missed;
            let cells = vec![
                html! { (it.name) },
                made,
                kept,
                html! { span.nowrap { (share(it.kept, it.kept + it.late)) } },
                phone,
                planned,
                planned_made,
                html! { span.nowrap { (share(it.planned_made, it.planned)) } },
                html! {
                    @if broken == 0 { span.dim { "0" } } @else {
                        span.nowrap { (t("超时")) " " (late) " · " (t("没访")) " " (missed) }
                    }
                },
            ];
            Row { cells, late: broken > 0, void: false }
        })
        .collect();
    let meant = vec![
        t("按时率：按时的次数，占有期限的次数（按时加超时）；没有期限的回访不进分母。").to_owned(),
        t("回访率：排给这个人、写了名字的回访里，已经访了的占几成；分母按计划的日子算进期间。").to_owned(),
        t("违规：过了条款期限才访的，加上排了没有访、期限已经过了的；软提醒不算。数字供考评取用，本身不产生任何扣罚。")
            .to_owned(),
    ];
    let blank = t("这一期没有人做回访，也没有排人。");
    panel(t("按人"), html! {}, html! { (register("persons", &columns, &rows, blank)) (unfold(&meant)) })
}
