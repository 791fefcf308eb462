//! The list of a day (收费标准一览): searched, by trade; leaves as a workbook that can be imported again, or on paper for the
//! notice board.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use journal::reads::PriceRow;
use maud::{Markup, html};
use office::price::Price;

use crate::components::paper::{Sheet, Size};
use crate::components::register::{Column, Register, Row, filter_select, filters, nothing_found};
use crate::components::{Tone, empty, icon, lucide, tag};
use crate::language::{said, t, zh};
use crate::page::{Filled, Fragment, Frame, Page, Place, sheet};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Kinds of charge and their words.
pub const KINDS: [(&str, &str); 3] = [("labour", zh("人工")), ("material", zh("材料")), ("other", zh("其他收费"))];
/// Rows of a printed sheet.
const LINES_ON_PAPER: usize = 34;

/// The list of the day that a query names; today's without one.
async fn rows(here: &Here, filled: &Filled) -> Result<(Date, Vec<PriceRow>), Fault> {
    let today = here.house().laws().zone.date(here.now);
    let day = filled.get("on").parse().unwrap_or(today);
    let rows = here.house().prices(here.site, day).await.map_err(|fault| Fault::new("读取收费标准", fault))?;
    Ok((day, rows))
}

/// `GET /prices?q=&trade=&on=2026-11-16`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let (day, all) = rows(&here, &filled).await?;
    let trade = filled.get("trade");
    let fits =
        |row: &&PriceRow| row.is_meant_by(filled.get("q")) && (trade.is_empty() || row.version.price.trade == trade);
    let found: Vec<&PriceRow> = all.iter().filter(fits).collect();
    if ["xlsx", "csv"].contains(&filled.get("as")) {
        let lines: Vec<Vec<String>> = found.iter().map(|row| courier::prices::line(&row.version.price)).collect();
        return sheet::answer(filled.get("as"), "有偿维修收费标准", "prices", &courier::prices::HEADINGS, &lines);
    }
    let writes = here.viewer.grants.allow(Permission::PriceWork);
    let columns = [
        Column::new(t("工种")),
        Column::new(t("项目")),
        Column { right: true, ..Column::new(t("单价（元）")) },
        Column { minor: true, ..Column::new(t("种类")) },
        Column::new(t("生效")),
        Column { minor: true, ..Column::new(t("备注")) },
    ];
    let shown: Vec<Row> = found.iter().map(|row| line(row)).collect();
    let query = filled.query(&["q", "trade", "on"]);
    let first = html! { @if writes {
        a.button.main href="/prices/import" { (t("从 Excel 导入")) } " "
        a.button href="/prices/new" { (t("写一项")) }
    } };
    let register = Register {
        query: &query,
        total: &crate::t!("{} 项", found.len()),
        export: true,
        ..Register::of(
            ("prices", t("有偿维修收费标准"), "/prices"),
            &columns,
            &shown,
            match query.is_empty() {
                true => empty(t("还没有收费标准。导入或写上以后，维修员在门口按它报价，住户按它同意。"), first),
                false => nothing_found("/prices"),
            },
        )
    };
    let body = html! {
        @if let (Ok(added), Ok(changed), Ok(same)) =
            (filled.get("added").parse::<i64>(), filled.get("changed").parse::<i64>(), filled.get("unchanged").parse::<i64>()) {
            p role="status" { (crate::t!("已导入：新增 {0} 项，另定价 {1} 项，没有变化 {2} 项。", added, changed, same)) }
        }
        (filter_form(&filled, day, &all))
        (register.render())
    };
    let around = here.around().await?;
    let does = html! {
        a.button href="/registers/tariffs" { (t("管理费标准")) }
        a.button href="/registers/expenses" { (t("管理费支出")) }
        a.button href="/registers/fee_accounts" { (t("收费账户")) }
        a.button href={ "/prices/print?on=" (day) } { (icon(lucide::LuPrinter)) (t("打印公告")) }
        @if writes {
            a.button href="/prices/import" { (t("导入")) }
            a.button.main href="/prices/new" { (t("写一项")) }
        }
    };
    let page = Page { does, ..Page::new(t("有偿维修收费标准"), Frame::Desk(Place::Prices, &around), body) };
    Ok(page.into_response())
}

fn filter_form(filled: &Filled, day: Date, rows: &[PriceRow]) -> Markup {
    let mut trades: Vec<&str> = rows.iter().map(|row| row.version.price.trade.as_str()).collect();
    trades.dedup();
    let spoken: Vec<(&str, String)> = trades.iter().map(|it| (*it, said(it, None).into_owned())).collect();
    let spoken: Vec<(&str, &str)> = spoken.iter().map(|(id, words)| (*id, words.as_str())).collect();
    let fields = html! {
        (filter_select("trade", t("工种"), &spoken, filled.get("trade")))
        label { (t("哪一天的价")) " " input type="date" name="on" value=(day); }
    };
    filters("/prices", "prices", Some(filled.get("q")), fields)
}

fn line(row: &PriceRow) -> Row {
    let price = &row.version.price;
    let cells = vec![
        html! { (said(&price.trade, None)) },
        html! { a href={ "/prices/" (row.id) } { (price.name) } " " (marks(price)) },
        cost(price),
        html! { (kind(price)) },
        html! {
            span.nowrap { (price.from) }
            @if let Some(until) = price.until { " " span.small.dim.nowrap { (crate::t!("到 {}", until)) } }
            @if let Some((from, fen)) = row.next {
                br; span.small.late-words { (crate::t!("{0} 起 {1} 元", from, office::money::short(fen))) }
            }
        },
        html! { span.dim { (price.remark) } },
    ];
    Row { cells, late: false, void: false }
}

/// Free, or free within the warranty.
fn marks(price: &Price) -> Markup {
    html! {
        @if price.free { (tag(t("免费"), Tone::Plain)) " " }
        @if price.warranty { (tag(t("保修期内免费"), Tone::Plain)) }
    }
}

/// 30/只; 免费.
pub fn cost(price: &Price) -> Markup {
    html! { @if price.free { (t("免费")) } @else { (office::money::short(price.fen)) } "/" (price.unit) }
}

/// The word of the kind of charge.
pub fn kind(price: &Price) -> String {
    KINDS.iter().find(|(id, _)| *id == price.kind).map(|(_, word)| t(word)).unwrap_or_default().to_owned()
}

/// The list as a table for who pays: by trade, no links.
pub(crate) fn table(rows: &[PriceRow]) -> Markup {
    html! { div.scroll { table.plain-table {
        thead { tr { th { (t("项目")) } th.num { (t("单价（元）")) } } }
        tbody { @for (n, row) in rows.iter().enumerate() {
            @let price = &row.version.price;
            @if n == 0 || rows[n - 1].version.price.trade != price.trade {
                tr { th colspan="2" { (said(&price.trade, None)) } }
            }
            @let remark = remark(price);
            tr {
                td { (price.name) @if !remark.is_empty() { br; span.small.dim { (remark) } } }
                td.num.nowrap { (cost(price)) }
            }
        } }
    } } }
}

/// The remark with what the marks say.
fn remark(price: &Price) -> String {
    let warranty = price.warranty.then(|| t("保修期内免费").to_owned());
    let parts = warranty.into_iter().chain((!price.remark.is_empty()).then(|| price.remark.clone()));
    parts.collect::<Vec<_>>().join("；")
}

/// `GET /prices/print?on=2026-11-16`: for the notice board, A4.
pub async fn print(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let (day, rows) = rows(&here, &filled).await?;
    let settings = here.house().settings(here.site).await.map_err(|fault| Fault::new("读取设置", fault))?;
    let value =
        |name: &str| settings.iter().find(|row| row.name == name).map(|row| row.value.clone()).unwrap_or_default();
    let company = [value("公司名称"), value("小区名称")].join(" ");
    let contact = value("公布的服务电话");
    let foot =
        crate::t!("收费按本标准计算，不由维修员收取；标准外的项目先评审报价，您同意后才动手。咨询电话：{}", contact);
    let sheets: Vec<&[PriceRow]> =
        if rows.is_empty() { vec![&rows[..]] } else { rows.chunks(LINES_ON_PAPER).collect() };
    let count = u16::try_from(sheets.len()).unwrap_or(u16::MAX);
    let body = html! {
        p.print-bar {
            a.button href="/prices" { (t("返回")) }
            span { (crate::t!("{0} 的标准，{1} 项", day, rows.len())) }
            button.main data-print data-key="F9" { (icon(lucide::LuPrinter)) (t("打印")) " " kbd { "F9" } }
        }
        @for (n, part) in (1u16..).zip(&sheets) {
            (Sheet {
                size: Size::A4,
                company: company.trim(),
                title: t("有偿维修收费标准"),
                code: &crate::t!("自 {} 起公布", day),
                number: &day.to_string(),
                copy: None,
                rows: paper_rows(part),
                foot: if n == count { &foot } else { "" },
                qr: None,
                page: (n, count),
                void: false,
            }.render())
        }
    };
    Ok(Fragment(Page::new(t("有偿维修收费标准"), Frame::Paper, body).render()).into_response())
}

fn paper_rows(rows: &[PriceRow]) -> Markup {
    html! {
        tr { th { (t("工种")) } th { (t("项目")) } th { (t("单价（元）")) } th { (t("备注")) } }
        @for (n, row) in rows.iter().enumerate() {
            @let price = &row.version.price;
            @let first = n == 0 || rows[n - 1].version.price.trade != price.trade;
            tr.q14 {
                td { @if first { (said(&price.trade, None)) } }
                td { (price.name) }
                td { (cost(price)) }
                td { (remark(price)) }
            }
        }
    }
}
