//! The quarterly report on complaints (投诉分析报告): the departments it lists, and the text it begins with.

use std::collections::BTreeMap;

use crate::case::{ActOnCase, Case};

/// Its register.
pub const REGISTER: &str = "complaint_report";
/// The link of an opening that lists the departments with complaints, one a line: `工程部=3`.
pub const DEPARTMENTS: &str = "departments";

/// The acts that list the departments of an opening.
pub fn listings(departments: &str) -> Vec<ActOnCase> {
    let each = departments.lines().filter_map(|line| line.rsplit_once('='));
    each.map(|(department, count)| ActOnCase {
        act: "complaint_report.department_listed".to_owned(),
        attributes: BTreeMap::from([
            ("case.department".to_owned(), department.to_owned()),
            ("complaint_report.count".to_owned(), count.to_owned()),
        ]),
        ..ActOnCase::default()
    })
    .collect()
}

/// Departments that are listed, with their number of complaints, and whether each has its analysis.
pub fn departments(report: &Case) -> Vec<(String, i64, bool)> {
    let told = |name: &'static str| report.entries.iter().filter(move |entry| entry.event.name == name);
    let attribute = |entry: &crate::Entry, id: &str| entry.event.body.attributes.get(id).cloned().unwrap_or_default();
    let mut known: Vec<(String, i64, bool)> = Vec::new();
    for entry in told("complaint_report.department_listed") {
        let department = attribute(entry, "case.department");
        if !known.iter().any(|(name, ..)| *name == department) {
            let count = attribute(entry, "complaint_report.count").parse().unwrap_or(0);
            let analysed = told("complaint_report.department_analysed");
            let done = analysed.into_iter().any(|it| attribute(it, "case.department") == department);
            known.push((department, count, done));
        }
    }
    known
}

/// What a report is written from: the figures as compiled, then each department's analysis with its measures. A report
/// written before is written on.
pub fn draft(report: &Case) -> String {
    if let Some(text) = report.attributes.get("complaint_report.text") {
        return text.clone();
    }
    let mut parts = vec![report.attributes.get("complaint_report.figures").cloned().unwrap_or_default()];
    for entry in report.entries.iter().filter(|entry| entry.event.name == "complaint_report.department_analysed") {
        let of = |id: &str| entry.event.body.attributes.get(id).cloned().unwrap_or_default();
        let told = [
            ("分析", of("complaint.analysis")),
            ("纠正措施", of("complaint.measure")),
            ("预防措施", of("complaint.prevention")),
        ];
        let told: Vec<String> = told
            .iter()
            .filter(|(_, words)| !words.is_empty())
            .map(|(name, words)| format!("{name}：{words}"))
            .collect();
        parts.push(format!("{}：{}。", of("case.department"), told.join("；")));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}
