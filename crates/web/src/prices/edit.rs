//! One item of the list (一项收费): what holds, what held before, its next price, its end.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use office::Refusal;
use office::price::{Item, Price, PriceChange, TRADES};

use super::list::{KINDS, cost};
use crate::cases::field::fen;
use crate::components::field::{Chip, Control, Field, chips, command};
use crate::components::{Timing, Tone, panel, refusal, refused, tag};
use crate::entry::{fresh_command, see};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// `GET /prices/new`.
pub async fn blank(here: Here) -> Result<Response, Fault> {
    let today = here.house().laws().zone.date(here.now).to_string();
    let filled = [("seen", "0"), ("kind", "labour"), ("from", today.as_str())];
    let filled = Filled(filled.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec());
    Ok(page(&here, None, &filled, None).await?.into_response())
}

/// `GET /prices/{id}`.
pub async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let Some(item) = found(&here, &id).await? else { return Ok(wrong::not_found()) };
    let filled = filled_of(&here, &item);
    Ok(page(&here, Some(&item), &filled, None).await?.into_response())
}

async fn found(here: &Here, id: &str) -> Result<Option<Item>, Fault> {
    here.house().price(here.site, id.to_owned()).await.map_err(|fault| Fault::new("读取收费项目", fault))
}

/// What the form of a change begins with: the last version, from today on or from its own later day.
fn filled_of(here: &Here, item: &Item) -> Filled {
    let Some(last) = item.last() else { return Filled::default() };
    let (price, today) = (&last.price, here.house().laws().zone.date(here.now));
    let flag = |on: bool| if on { "yes" } else { "" }.to_owned();
    let fields = [
        ("seen", last.number.to_string()),
        ("trade", price.trade.clone()),
        ("name", price.name.clone()),
        ("kind", price.kind.clone()),
        ("unit", price.unit.clone()),
        ("fen", office::money::short(price.fen)),
        ("from", price.from.max(today).to_string()),
        ("free", flag(price.free)),
        ("warranty", flag(price.warranty)),
        ("remark", price.remark.clone()),
    ];
    Filled(fields.map(|(name, value)| (name.to_owned(), value)).to_vec())
}

/// `POST /prices`: a new item, or the next version of the one of the same trade and name.
pub async fn save(here: Here, filled: Filled) -> Result<Response, Fault> {
    let id = journal::house::price_id(filled.get("trade"), filled.get("name"));
    let known = found(&here, &id).await?;
    let done = match price_of(&filled) {
        Err(no) => Err(no),
        Ok(price) => {
            let seen = Some(filled.get("seen").parse().unwrap_or_default());
            let change = PriceChange::Write { price, seen };
            let done = here.house().change_price(here.sent(filled.command())?, here.actor.clone(), id.clone(), change);
            done.await.map_err(|fault| Fault::new("保存收费项目", fault))?
        }
    };
    match done {
        Ok(_) => Ok(see(&format!("/prices/{id}"))),
        Err(no) => {
            let shown = known.filter(|_| filled.get("seen") != "0");
            Ok(refused(page(&here, shown.as_ref(), &filled, Some(&no)).await?, &no))
        }
    }
}

/// The price as typed. Refused at the field that cannot be read.
fn price_of(filled: &Filled) -> Result<Price, Refusal> {
    let what = "没有保存";
    let day = |name: &str, word: &str| {
        let refusal = || Refusal::new(what, format!("{word}看不懂"), "请写成 2026-01-31 这样。").at(name);
        filled.get(name).parse::<Date>().map_err(|_| refusal())
    };
    let free = filled.get("free") == "yes";
    let typed = filled.get("fen");
    let amount = if free && typed.is_empty() { Some(0) } else { fen(typed) };
    let Some(fen) = amount else {
        return Err(Refusal::new(what, "单价没有填对", "请填数字，单位是元，最多两位小数；免费的勾上免费。").at("fen"));
    };
    Ok(Price {
        trade: filled.get("trade").to_owned(),
        name: filled.get("name").to_owned(),
        kind: filled.get("kind").to_owned(),
        unit: filled.get("unit").to_owned(),
        fen,
        from: day("from", "生效日")?,
        until: if filled.get("until").is_empty() { None } else { Some(day("until", "失效日")?) },
        free,
        warranty: filled.get("warranty") == "yes",
        remark: filled.get("remark").to_owned(),
    })
}

/// `POST /prices/{id}/end`: the last day on which it holds.
pub async fn end(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let Some(item) = found(&here, &id).await? else { return Ok(wrong::not_found()) };
    let done = match filled.get("until").parse() {
        Err(_) => Err(Refusal::new("没有停用", "日期看不懂", "请写成 2026-01-31 这样。").at("until")),
        Ok(until) => {
            let change = PriceChange::End { until, reason: filled.get("reason").to_owned() };
            let done = here.house().change_price(here.sent(filled.command())?, here.actor.clone(), id.clone(), change);
            done.await.map_err(|fault| Fault::new("停用收费项目", fault))?
        }
    };
    match done {
        Ok(_) => Ok(see(&format!("/prices/{id}"))),
        Err(no) => Ok(refused(page(&here, Some(&item), &filled_of(&here, &item), Some(&no)).await?, &no)),
    }
}

async fn page(here: &Here, item: Option<&Item>, filled: &Filled, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let writes = here.viewer.grants.allow(Permission::PriceWork);
    let today = here.house().laws().zone.date(here.now);
    let body = html! {
        @if let Some(no) = no { (refusal(no)) }
        div.beside {
            div {
                @if let Some(item) = item { (versions(here, item, today).await?) }
                @if writes && item.is_none() { (panel(t("写一项收费"), html! {}, form(filled, true)?)) }
            }
            div {
                @if writes && item.is_some() {
                    (panel(t("另定价"), html! {}, form(filled, false)?))
                    (ending(item, today)?)
                }
            }
        }
    };
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("收费标准").to_owned(), path: "/prices".to_owned() }];
    let last = item.and_then(Item::last);
    let title = last.map_or(t("写一项收费"), |it| it.price.name.as_str());
    let page = Page { crumbs: &crumbs, ..Page::new(title, Frame::Desk(Place::Prices, &around), body) };
    Ok(Fragment(page.render()))
}

fn form(filled: &Filled, new: bool) -> Result<Markup, Fault> {
    let id = fresh_command()?;
    let line = |name: &'static str, label, most| Field {
        required: true,
        control: Control::Line { kind: "text", value: filled.get(name), most },
        ..Field::line(name, label, "")
    };
    let day = |name: &'static str, label| Field {
        control: Control::Line { kind: "date", value: filled.get(name), most: 10 },
        ..Field::line(name, label, "")
    };
    let kinds = KINDS.map(|(value, words)| Chip { value, words: t(words), key: None, on: value == filled.get("kind") });
    let trades = html! {
        input #trade name="trade" value=(filled.get("trade")) maxlength="20" list="trades" autocomplete="off" required;
        datalist #trades { @for one in TRADES { option value=(one) {} } }
    };
    Ok(html! { form method="post" action="/prices" {
        (command(&id))
        input type="hidden" name="seen" value=(filled.get("seen"));
        @if new {
            div.pair {
                (Field { required: true, control: Control::Own(trades), ..Field::line("trade", t("工种"), "") }.render())
                (line("name", t("项目"), 60).render())
            }
        } @else {
            input type="hidden" name="trade" value=(filled.get("trade"));
            input type="hidden" name="name" value=(filled.get("name"));
        }
        (chips("kind", t("种类"), false, &kinds))
        div.pair {
            (Field { required: false, hint: t("元，最多两位小数"), ..line("fen", t("单价（元）"), 12) }.render())
            (line("unit", t("单位"), 12).render())
        }
        label.tick { input type="checkbox" name="free" value="yes" checked[filled.get("free") == "yes"]; (t("免费")) }
        label.tick { input type="checkbox" name="warranty" value="yes" checked[filled.get("warranty") == "yes"]; (t("保修期内免费")) }
        div.pair {
            (Field { required: true, ..day("from", t("生效日")) }.render())
            (Field { hint: t("空着：直到另定价"), ..day("until", t("失效日")) }.render())
        }
        (Field { required: false, ..line("remark", t("备注"), 120) }.render())
        p.ways {
            button.main data-key="F8" { (t("保存")) " " kbd { "F8" } } " "
            a.button href="/prices" { (t("返回")) }
        }
        p.small.dim { (t("已经报过的价不会变：每一笔报价留着当天的单价。")) }
    } })
}

fn ending(item: Option<&Item>, today: Date) -> Result<Markup, Fault> {
    let Some(item) = item else { return Ok(html! {}) };
    let id = fresh_command()?;
    Ok(html! {
        details.panel {
            summary { (t("停用这一项")) }
            form method="post" action={ "/prices/" (item.id) "/end" } {
                (command(&id))
                (Field { required: true, control: Control::Line { kind: "date", value: &today.to_string(), most: 10 },
                    ..Field::line("until", t("用到哪一天"), "") }.render())
                (Field { required: true, hint: t("例如：不再提供"), ..Field::line("reason", t("原因"), "") }.render())
                button { (t("停用")) }
            }
        }
    })
}

async fn versions(here: &Here, item: &Item, today: Date) -> Result<Markup, Fault> {
    let names = here.names().await?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let holds = item.on(today).map(|it| it.number);
    let trade = item.last().map(|it| said(&it.price.trade, None).into_owned()).unwrap_or_default();
    Ok(panel(
        t("各期的价"),
        html! { span.dim { (trade) } },
        html! { div.scroll { table.plain-table {
            thead { tr { th { (t("生效")) } th.num { (t("单价（元）")) } th { (t("备注")) } th { (t("编写")) } } }
            tbody { @for version in item.versions.iter().rev() { tr {
                td {
                    span.nowrap { (version.price.from) }
                    @if let Some(until) = version.price.until { " " span.small.dim.nowrap { (crate::t!("到 {}", until)) } }
                    @if holds == Some(version.number) { " " (tag(t("现行"), Tone::Plain)) }
                    @if version.price.from > today { " " (tag(t("还没到"), Tone::Mind)) }
                }
                td.num { (cost(&version.price)) }
                td { (version.price.remark) @if version.price.warranty { " " (tag(t("保修期内免费"), Tone::Plain)) } }
                td.small.dim { (names.get(&version.by).unwrap_or(&version.by)) " " (timing.time(version.at)) }
            } } }
        } } },
    ))
}
