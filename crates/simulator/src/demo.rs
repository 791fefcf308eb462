//! The demonstration (演示): company, site, staff, ledger, rulebooks, and the weeks that brought the office to this hour.

use anyhow::{Context, bail};
use calendar::Moment;
use courier::ledger;
use journal::house::Founding;
use journal::kept::credentials::Credential;
use journal::{CommandId, House, Sent};
use office::answer::AnswerChange;
use office::household::LedgerRow;
use office::site::{Adopting, CalendarChange, CharterChange, FIRST_BOOKS, PostChange};

use crate::contact;
use crate::estate;
use crate::mail;
use crate::paper;
use crate::play::{self, Played};
use crate::price;
use crate::staff::{self, Member, STAFF};
use crate::weeks::{DAYS, Teller};
use crate::workbook::workbook;

/// Settings that the office has made.
const SETTINGS: &[(&str, &str)] = &[
    ("服务对象称呼", "业主"),
    ("公布的服务电话", "020-00000000；020-00000001"),
    ("服务电话公布处", "各单元门口和前台，2026-01-05"),
    ("服务时间", "08:30-17:30"),
    ("派单铃声", "是"),
    ("打印纸", "A5"),
    ("返修责任单位", "演示置业工程部；驻场工程师，工地二号办公室"),
];

/// What the demonstration consists of.
#[derive(Clone, Debug)]
pub struct Demonstration {
    /// The site.
    pub site: i64,
    /// Who can log in.
    pub staff: &'static [Member],
    /// The household ledger as a workbook, to be imported again by hand.
    pub workbook: Vec<u8>,
    /// Households.
    pub households: usize,
    /// The history.
    pub played: Played,
}

/// An office on its first day: company, site, settings, accounts, the ledger; nobody has called yet.
pub struct Opened {
    /// The site.
    pub site: i64,
    /// The ledger as a workbook, to import again by hand.
    pub workbook: Vec<u8>,
    /// Its rows.
    pub rows: Vec<LedgerRow>,
}

/// Opens the office at `began`. Everybody's password is the one whose hash is `secret`, as the log-in keeps it. The same
/// seed and moment make the same journal. It adopts these rulebooks, or the usual ones when none is named. Refused: a store in
/// which a company has been founded, a rulebook that is not there.
pub async fn opened(house: &House, secret: &str, seed: u64, began: Moment, books: &[String]) -> anyhow::Result<Opened> {
    opened_with(house, secret, estate::ledger(seed), began, books).await
}

/// The same with this ledger.
pub async fn opened_with(
    house: &House,
    secret: &str,
    rows: Vec<LedgerRow>,
    began: Moment,
    books: &[String],
) -> anyhow::Result<Opened> {
    if house.founded().await? {
        bail!("这个数据文件夹里已经有公司了；演示要用空的文件夹");
    }
    let site = founded(house, began, books).await?;
    staffed(house, site, secret, began).await?;
    let workbook = workbook("演示花园业主台账", &rows).context("the ledger cannot be written")?;
    let rows = imported(house, site, &workbook, began).await?;
    Ok(Opened { site, workbook, rows })
}

/// Fills an empty store with an office and weeks of its life. See [`opened`].
pub async fn demo(house: &House, secret: &str, seed: u64, now: Moment) -> anyhow::Result<Demonstration> {
    let Opened { site, workbook, rows } =
        opened(house, secret, seed, now.plus_seconds(-(DAYS + 3) * 86_400), &[]).await?;
    booked(house, site, now.plus_seconds(-(DAYS + 2) * 86_400)).await?;
    settled(house, site, now).await?;
    adopted_later(house, site, now).await?;
    priced(house, site, now).await?;
    let homes = estate::homes(&rows);
    let zone = house.laws().zone.clone();
    let tales = Teller::new(&homes, &zone, now, seed).all();
    let played = play::play(house, site, tales, now, &format!("demo{seed}")).await?;
    for refused in &played.refused {
        tracing::warn!("refused in the demonstration: {refused}");
    }
    Ok(Demonstration { site, staff: STAFF, workbook, households: rows.len(), played })
}

fn sent(site: i64, part: &str, now: Moment) -> Sent {
    let administrator = "administrator".to_owned();
    Sent { site, command: CommandId::of(&["demo", part]), actor: "admin".into(), post: administrator, now }
}

async fn founded(house: &House, now: Moment, books: &[String]) -> anyhow::Result<i64> {
    let books = if books.is_empty() { FIRST_BOOKS.map(String::from).to_vec() } else { books.to_vec() };
    let founding = Founding {
        company: "演示物业服务有限公司".into(),
        site: "演示花园".into(),
        account: STAFF[0].login.into(),
        name: STAFF[0].name.into(),
        posts: Vec::new(),
        books,
    };
    let site = house.found(sent(0, "found", now), founding).await?;
    let site = site.map_err(|refusal| anyhow::anyhow!("{refusal}"))?;
    for (name, value) in SETTINGS {
        let change = CharterChange::Set { name: (*name).into(), value: (*value).into() };
        let set = house.change_charter(sent(site, name, now), change).await?;
        set.map_err(|refusal| anyhow::anyhow!("{name}：{refusal}"))?;
    }
    Ok(site)
}

async fn staffed(house: &House, site: i64, secret: &str, now: Moment) -> anyhow::Result<()> {
    for member in STAFF {
        let change = PostChange {
            id: member.login.into(),
            name: member.name.into(),
            posts: member.posts.iter().map(|post| (*post).into()).collect(),
            area: String::new(),
            department: member.department.into(),
            extension: if member.login == "desk1" { "801".into() } else { String::new() },
            trade: member.does.strip_prefix("维修员，").unwrap_or_default().into(),
            active: true,
        };
        let set = house.set_account(sent(site, member.login, now), change).await?;
        set.map_err(|refusal| anyhow::anyhow!("{}：{refusal}", member.login))?;
        let credential = Credential { secret: secret.to_owned(), changed: now };
        house.store().put_credential(member.login, "password", credential).await?;
    }
    Ok(())
}

/// A Saturday on which the desk is open, as the manager settled it weeks before.
async fn settled(house: &House, site: i64, now: Moment) -> anyhow::Result<()> {
    let today = house.laws().zone.date(now);
    let ahead = i64::from(5 - today.weekday().to_monday_zero_offset()).rem_euclid(7);
    let date = today.saturating_add(jiff::Span::new().days(ahead));
    let change = CalendarChange::Day {
        date,
        workday: Some(true),
        hours: "09:00-12:00".into(),
        why: "收楼高峰，周六上午开放窗口".into(),
    };
    let manager = staff::of("manager");
    let sent = Sent {
        site,
        command: CommandId::of(&["demo", "calendar"]),
        actor: manager.login.into(),
        post: manager.actor().post_for(&[]),
        now: now.plus_seconds(-(DAYS + 2) * 86_400 + 7_200),
    };
    let done = house.change_calendar(sent, calendar::Orderer::Site, change).await?;
    done.map_err(|refusal| anyhow::anyhow!("{refusal}"))?;
    Ok(())
}

/// Books of parts of the office that it took up later, and how many days ago; adopted weeks before from that day, where the
/// program has them.
const LATER: [(&str, i64); 3] = [(mail::BOOK, mail::DAYS), (crate::fee::BOOK, DAYS), (paper::BOOK, DAYS)];

async fn adopted_later(house: &House, site: i64, now: Moment) -> anyhow::Result<()> {
    let zone = &house.laws().zone;
    for (n, (book, days)) in (0_i64..).zip(LATER) {
        let Some(shipped) = house.laws().shipped.get(book) else { continue };
        // Of the four systems the office took up only these parts.
        let rules = shipped.book.clauses.iter().flat_map(|clause| &clause.rules).map(|rule| rule.id.value.clone());
        let taken_up = |id: &String| book != paper::BOOK || paper::PARTS.iter().any(|part| id.starts_with(part));
        let except = rules.filter(|id| !taken_up(id)).collect();
        let first = zone.date(now).saturating_sub(jiff::Span::new().days(days));
        let adopting = Adopting {
            book: book.into(),
            from: Some(zone.start_of_day(first)),
            approver: staff::of("manager").name.into(),
            except,
            ..Adopting::default()
        };
        let moment = now.plus_seconds(-(DAYS + 2) * 86_400 + 9_000 + n * 60);
        let done = house.adopt(sent(site, book, moment), adopting, None).await?;
        done.map_err(|refusal| anyhow::anyhow!("{refusal}"))?;
    }
    let change = CharterChange::Set { name: office::meeting::RECURRING.into(), value: paper::WEEKLY.into() };
    let set =
        house.change_charter(sent(site, "meetings", now.plus_seconds(-(DAYS + 2) * 86_400 + 10_000)), change).await?;
    set.map_err(|refusal| anyhow::anyhow!("{refusal}"))?;
    Ok(())
}

/// The price list, published weeks before, with one price that rises on the first of the next month.
async fn priced(house: &House, site: i64, now: Moment) -> anyhow::Result<()> {
    let before = now.plus_seconds(-(DAYS + 2) * 86_400 + 10_800);
    let zone = &house.laws().zone;
    let list = price::list(zone.date(before));
    prices(house, site, before, ("list", list.clone())).await?;
    let next = zone.date(now).last_of_month().tomorrow().context("a month later")?;
    let dearer = office::price::Price { from: next, fen: list[0].fen + 500, ..list[0].clone() };
    prices(house, site, before, ("dearer", vec![dearer])).await
}

/// Prices published at a moment.
pub(crate) async fn prices(
    house: &House,
    site: i64,
    now: Moment,
    (part, list): (&str, Vec<office::price::Price>),
) -> anyhow::Result<()> {
    let engineer = staff::of("engineer");
    let command = CommandId::of(&["demo", "prices", part]);
    let (actor, post) = (engineer.login.into(), engineer.actor().post_for(&[]));
    let done = house.import_prices(Sent { site, command, actor, post, now }, engineer.actor(), list).await?;
    done.map_err(|refusal| anyhow::anyhow!("{refusal}"))?;
    Ok(())
}

/// The answer book: written by the supervisor, read by most of the desk.
async fn booked(house: &House, site: i64, now: Moment) -> anyhow::Result<()> {
    for (n, entry) in contact::BOOK.iter().enumerate() {
        let write = |login: &str, change, part: &str| {
            let member = staff::of(login);
            let sent = Sent {
                site,
                command: CommandId::of(&["demo", "answer", entry.0, part]),
                actor: login.into(),
                post: member.actor().post_for(&[]),
                now: now.plus_seconds(n as i64 * 60),
            };
            house.change_answer(sent, member.actor(), entry.0.to_owned(), change)
        };
        let written = write("supervisor", contact::written(entry), "write").await?;
        written.map_err(|refusal| anyhow::anyhow!("{}：{refusal}", entry.1))?;
        // The evening desk has not read the last two yet.
        for reader in ["desk1", "reception", "centre", "desk2"] {
            if reader == "desk2" && n + 2 >= contact::BOOK.len() {
                continue;
            }
            let read = write(reader, AnswerChange::Read { version: 1 }, reader).await?;
            read.map_err(|refusal| anyhow::anyhow!("{}：{refusal}", entry.1))?;
        }
    }
    Ok(())
}

/// The ledger goes the way of every ledger: workbook, draft, import.
async fn imported(house: &House, site: i64, book: &[u8], now: Moment) -> anyhow::Result<Vec<LedgerRow>> {
    let sheets = ledger::sheets(book).map_err(|why| anyhow::anyhow!("{}", why.0))?;
    let draft = ledger::read(sheets.first().context("the workbook has no sheet")?);
    if let Some(bad) = draft.bad.first() {
        bail!("台账第 {} 行“{}”：{}", bad.row, bad.column, bad.reason);
    }
    let rows: Vec<LedgerRow> = draft.rows.into_iter().map(|(_, row)| row).collect();
    let told = house.import_households(sent(site, "import", now), rows.clone()).await?;
    told.map_err(|refusal| anyhow::anyhow!("{refusal}"))?;
    Ok(rows)
}
