//! Reading time (页面读取): what the pages ask, while more and more matters lie in the store.

use std::time::{Duration, Instant};

use anyhow::Context;
use journal::House;
use journal::reads::CaseFilter;
use serde::Serialize;
use simulator::load::{self, Load};
use simulator::staff;

use crate::opened::{Bed, begins, runtime};

/// Times that each page is read.
const READS: usize = 200;

/// How long one page's reads took.
#[derive(Serialize)]
pub struct Page {
    /// Matters in the store.
    pub matters: u64,
    /// What was read.
    pub page: &'static str,
    /// Half of the reads took at most this, in microseconds.
    pub p50: u64,
    /// 99 of 100 took at most this, in microseconds.
    pub p99: u64,
}

/// Fills one store further and further, and reads at each stop.
pub fn run(matters: &[u64]) -> anyhow::Result<Vec<Page>> {
    let bed = Bed::sqlite()?;
    let runtime = runtime()?;
    let (mut pages, mut from) = (Vec::new(), 0);
    for &to in matters {
        let clock = Instant::now();
        let load = Load { site: 1, from, to, begins: begins() };
        let commands = runtime.block_on(load::load(&bed.house, load))?;
        let seconds = clock.elapsed().as_secs_f64();
        println!("filled to {to} matters: {commands} commands in {seconds:.0} s, {:.0}/s", commands as f64 / seconds);
        from = to;
        for page in ["my_work", "case_page", "desk_search", "cases", "cases_search", "board"] {
            let page = measured(&bed.house, &runtime, page, to)?;
            println!("  {}: p50 {} µs, p99 {} µs", page.page, page.p50, page.p99);
            pages.push(page);
        }
    }
    Ok(pages)
}

fn measured(
    house: &House,
    runtime: &tokio::runtime::Runtime,
    page: &'static str,
    matters: u64,
) -> anyhow::Result<Page> {
    let mut times = Vec::with_capacity(READS);
    for nth in 0..READS {
        let clock = Instant::now();
        runtime.block_on(read(house, page, matters, nth as u64)).context(page)?;
        times.push(clock.elapsed());
    }
    times.sort_unstable();
    let micros = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
    Ok(Page { matters, page, p50: micros(times[READS / 2]), p99: micros(times[READS * 99 / 100]) })
}

async fn read(house: &House, page: &str, matters: u64, nth: u64) -> anyhow::Result<()> {
    let now = begins().plus_seconds(60 * i64::try_from(matters)?);
    let number = nth * 7_919 % matters;
    let desk = staff::of("desk1").actor();
    let filter = CaseFilter { limit: 50, ..CaseFilter::default() };
    match page {
        "my_work" => drop(house.my_work(1, "desk1", &desk.posts, now).await?),
        "case_page" => {
            let page = house.case_page(1, format!("load{number:09}"), desk, now, false).await?;
            drop(page.context("a case that was made is not there")?);
        }
        "desk_search" => drop(house.desk_search(1, format!("3-2-{}", 100 + nth)).await?),
        "cases" => drop(house.cases(1, filter, now).await?),
        "cases_search" => {
            drop(house.cases(1, CaseFilter { search: "漏水".into(), ..filter }, now).await?);
        }
        _ => drop(house.board(1).await?),
    }
    Ok(())
}
