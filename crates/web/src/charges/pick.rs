//! Choosing from the price list (选收费项目): a quantity beside each item; what is posted becomes the acts that bring the slip
//! there.

use std::collections::BTreeMap;

use journal::reads::PriceRow;
use maud::{Markup, html};
use office::Refusal;
use office::case::{ActOnCase, Case};
use office::charge::{self, Line};

use crate::language::{said, t};
use crate::page::Filled;
use crate::prices::cost;
use crate::security::Fault;
use crate::state::Here;

/// The list of today, what is of the reader's own trade first.
pub async fn list(here: &Here) -> Result<Vec<PriceRow>, Fault> {
    let today = here.house().laws().zone.date(here.now);
    let rows = here.house().prices(here.site, today).await;
    let mut rows = rows.map_err(|fault| Fault::new("读取收费标准", fault))?;
    let staff = here.house().staff(here.site).await.map_err(|fault| Fault::new("读取员工", fault))?;
    let trade = staff.into_iter().find(|it| it.id == here.viewer.account).map(|it| it.trade).unwrap_or_default();
    rows.sort_by_key(|row| !is_of(&row.version.price.trade, &trade));
    Ok(rows)
}

/// Whether items of this heading are somebody's trade: 给排水 and 水电 are of who does 水.
fn is_of(heading: &str, trade: &str) -> bool {
    let mut does = trade.split(['、', '，', ',', ' ']).filter(|it| !it.is_empty());
    does.any(|it| heading.contains(it) || it.contains(heading))
}

/// How many of an item stand on the slip.
fn standing(lines: &[Line], id: &str) -> i64 {
    lines.iter().filter(|line| line.price.as_deref() == Some(id)).map(|line| line.quantity).sum()
}

/// How many characters in a row two texts have in common; 0 for fewer than two.
fn shared(words: &str, name: &str) -> usize {
    let name: Vec<char> = name.chars().collect();
    let runs = (2..=name.len()).rev();
    let found = runs.filter(|length| name.windows(*length).any(|run| words.contains(&String::from_iter(run))));
    found.max().unwrap_or(0)
}

/// The fields: by trade, what the caller spoke of first; on a phone only that and what is chosen unfolded;
/// then what stands on the slip and on no list of today.
pub fn fields(rows: &[PriceRow], case: &Case, filled: Option<&Filled>, unfolded: bool) -> Markup {
    let lines = charge::lines(case);
    let mut trades: Vec<(&str, Vec<&PriceRow>)> = Vec::new();
    for row in rows {
        match trades.last_mut().filter(|(trade, _)| *trade == row.version.price.trade) {
            Some((_, items)) => items.push(row),
            None => trades.push((&row.version.price.trade, vec![row])),
        }
    }
    let words = case.attributes.get("case.content").map_or(case.title.as_str(), String::as_str);
    let fit = |items: &[&PriceRow]| items.iter().map(|row| shared(words, &row.version.price.name)).max().unwrap_or(0);
    trades.sort_by_key(|(_, items)| std::cmp::Reverse(fit(items)));
    let value = |id: &str| match filled.map(|it| it.get(&format!("qty-{id}"))).filter(|it| !it.is_empty()) {
        Some(typed) => typed.to_owned(),
        None => Some(standing(&lines, id)).filter(|it| *it != 0).map(|it| it.to_string()).unwrap_or_default(),
    };
    let few = unfolded || rows.len() <= 12;
    html! {
        @for (trade, items) in &trades {
            @let chosen = items.iter().any(|row| !value(&row.id).is_empty());
            details.aside open[few || chosen || fit(items) > 0] {
                summary { (said(trade, None)) " " span.dim { (items.len()) } }
                table.plain-table { tbody { @for row in items {
                    @let price = &row.version.price;
                    tr {
                        td { label for={ "qty-" (row.id) } { (price.name) }
                            @if !price.remark.is_empty() { " " span.small.dim { (price.remark) } } }
                        td.num.nowrap { (cost(price)) }
                        td.num { input.qty #{ "qty-" (row.id) } name={ "qty-" (row.id) } type="number" min="0" max="999"
                            inputmode="numeric" size="3" value=(value(&row.id)) placeholder="0"; }
                    }
                } } }
            }
        }
        @let others: Vec<&Line> = lines.iter().filter(|it| !rows.iter().any(|row| it.price.as_ref() == Some(&row.id))).collect();
        @for line in others {
            label.tick {
                input type="checkbox" name="drop" value=(line.seq);
                (crate::t!("减去“{0}”{1} 元", line.item, office::money::short(line.amount())))
            }
        }
        @if rows.is_empty() { p.dim { (t("还没有收费标准，请主管在“收费标准”里写上或导入。")) } }
    }
}

/// The acts that bring the slip from what stands on it to what was posted. Refused: a quantity that is none.
pub fn acts(rows: &[PriceRow], case: &Case, filled: &Filled) -> Result<Vec<ActOnCase>, Refusal> {
    let lines = charge::lines(case);
    let mut acts = Vec::new();
    for row in rows {
        let name = format!("qty-{}", row.id);
        if !filled.0.iter().any(|(field, _)| *field == name) {
            continue;
        }
        let typed = filled.get(&name);
        let wanted = if typed.is_empty() { Some(0) } else { typed.parse::<i64>().ok() };
        let Some(wanted) = wanted.filter(|it| (0..=999).contains(it)) else {
            let why = format!("“{}”的数量“{typed}”不是 0 到 999 的整数", row.version.price.name);
            return Err(Refusal::new("没有写上收费", why, "请填整数；不要的填 0 或空着。").at(&name));
        };
        let stands = standing(&lines, &row.id);
        if wanted > stands {
            acts.push(act(&[(charge::PRICE, row.id.clone())], wanted - stands));
        }
        let mut back = stands - wanted;
        for line in lines.iter().rev().filter(|it| it.price.as_ref() == Some(&row.id)) {
            let pieces = back.min(line.quantity);
            if pieces > 0 {
                acts.push(act(&[(charge::REVERSES, line.seq.to_string())], pieces));
                back -= pieces;
            }
        }
    }
    let dropped = filled.all("drop");
    for line in lines.iter().filter(|line| dropped.contains(&line.seq.to_string())) {
        acts.push(act(&[(charge::REVERSES, line.seq.to_string())], line.quantity));
    }
    Ok(acts)
}

fn act(links: &[(&str, String)], quantity: i64) -> ActOnCase {
    ActOnCase {
        act: charge::ENTERED.to_owned(),
        attributes: BTreeMap::from([("repair.quantity".to_owned(), quantity.to_string())]),
        links: links.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect(),
        ..ActOnCase::default()
    }
}
