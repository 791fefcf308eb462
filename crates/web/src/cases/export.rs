//! The register as it leaves (导出): CSV that Excel opens in Chinese, or a workbook.

use std::collections::BTreeMap;

use axum::response::Response;
use calendar::Moment;
use journal::reads::CaseRow;

use crate::language::{said, t};
use crate::page::sheet;
use crate::security::Fault;
use crate::state::Here;

/// The answer with the whole list; any word but `xlsx` is CSV.
pub fn answer(here: &Here, kind: &str, rows: &[CaseRow], names: &BTreeMap<String, String>) -> Result<Response, Fault> {
    let head = [
        t("编号"),
        t("种类"),
        t("地点"),
        t("事由"),
        t("渠道"),
        t("来人时间"),
        t("状态"),
        t("经办"),
        t("结案时间"),
        t("催办"),
        t("逾期项"),
    ];
    let zone = &here.house().laws().zone;
    let at = |moment: Moment| zone.civil(moment).strftime("%Y-%m-%d %H:%M").to_string();
    let lines: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            vec![
                row.number.clone(),
                said(row.kind.title(), None).into_owned(),
                row.place.clone(),
                row.title.clone(),
                journal::reads::value_in_words(here.house().laws(), "case.channel", &row.channel),
                at(row.opened),
                said(row.state.title(), None).into_owned(),
                row.assignee.as_ref().and_then(|id| names.get(id)).cloned().unwrap_or_default(),
                row.closed.map(at).unwrap_or_default(),
                row.chased.to_string(),
                row.breaches.to_string(),
            ]
        })
        .collect();
    sheet::answer(kind, t("事项登记簿"), "cases", &head, &lines)
}
