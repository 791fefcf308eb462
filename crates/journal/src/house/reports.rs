//! Reports of a week, month or quarter (统计报告): begun with their figures in sentences, by hand or by the clock; frozen when they are
//! approved; sent by the clock on the days of the site's setting, once.

use calendar::Moment;
use jiff::ToSpan;
use jiff::civil::Date;
use office::case::{ActOnCase, Case, OpenRecord, replay};
use office::statistics_report::{self as report, Sending, Target};
use office::stretch::{Length, Stretch};
use office::{Actor, Event, Refusal};
use serde::{Deserialize, Serialize};

use super::acts::{Answer, CaseDone, append, open_record};
use super::{House, Laws, SiteLaw};
use crate::fault::{Fault, FaultKind};
use crate::reads::statistics::statistics;
use crate::reads::{Stated, Statistics};
use crate::site::SiteTx;
use crate::tx::Tx;
use crate::{CommandId, Outgoing, Sent, sql, stream, vals};

/// Who acts when nobody does.
const CLOCK: &str = "clock";
/// Name of the entry that tells of a sending.
const SENT: &str = "office.report_sent";
/// Its stream.
const SENDINGS: &str = "report_sendings";
/// Seconds after its moment in which a sending is made up for.
const MADE_UP: i64 = 86_400;
/// Reports listed.
const LISTED: i64 = 120;

/// A report as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRow {
    /// Record id.
    pub id: String,
    /// Number.
    pub number: String,
    /// Its period.
    pub period: Stretch,
    /// Steps with their moments, as far as they were taken: drafted, written, submitted, approved, archived.
    pub steps: [Option<Moment>; 5],
    /// Account of who approved.
    pub approved_by: String,
    /// By when it is to be archived: the setting's or a clause's moment, whichever is first.
    pub archive_by: Moment,
    /// It was voided.
    pub void: bool,
    /// Until when it is kept, once archived.
    pub keep_until: Option<Date>,
    /// It was disposed of.
    pub disposed: bool,
}

impl ReportRow {
    /// Archived after its moment, or not archived and past it.
    pub fn is_late(&self, now: Moment) -> bool {
        !self.void && self.steps[4].unwrap_or(now) >= self.archive_by
    }

    /// Its time is over and it may be proposed for disposal.
    pub fn is_to_dispose(&self, today: Date) -> bool {
        !self.disposed && !self.void && self.keep_until.is_some_and(|until| until < today)
    }
}

/// What a mail of a report says; its workbook is made when it leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportMail {
    /// Subject.
    pub subject: String,
    /// Text.
    pub lines: Vec<String>,
    /// Key of the period of the workbook that goes with it.
    pub period: String,
}

/// Figures as they were approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frozen {
    /// Each figure.
    pub figures: Vec<Stated>,
    /// Place in the journal up to which they were reckoned.
    pub upto: i64,
    /// When.
    pub at: Moment,
}

impl Frozen {
    /// The figures that a report was approved with; none before that.
    pub fn of(case: &Case) -> Option<Frozen> {
        let approved = case.last(report::APPROVED)?;
        let links = &approved.event.body.links;
        let figures: Vec<(String, String, i64)> = serde_json::from_str(links.get(report::FROZEN)?).ok()?;
        let figures = figures.into_iter().map(|(id, title, value)| Stated { id, title, value }).collect();
        Some(Frozen { figures, upto: links.get(report::FROZEN_AT)?.parse().ok()?, at: approved.at })
    }
}

/// The act with the figures as they stand, when it approves a report; any other as it is.
pub(super) fn frozen(tx: &mut SiteTx<'_>, laws: &Laws, found: &Case, command: ActOnCase) -> Result<ActOnCase, Fault> {
    let mut command = command;
    // No sender may claim figures.
    command.links.remove(report::FROZEN);
    command.links.remove(report::FROZEN_AT);
    let Some(of) = report::period(found).filter(|_| command.act == report::APPROVED) else { return Ok(command) };
    let (site, now, upto) = (tx.site(), tx.now(), tx.head().seq);
    let stood = statistics(tx.tx(), laws, site, &of, now)?.stated(laws);
    let stood: Vec<(String, String, i64)> = stood.into_iter().map(|it| (it.id, it.title, it.value)).collect();
    let text = serde_json::to_string(&stood)
        .map_err(|error| Fault::from_source(FaultKind::Bug, "figures cannot be written down", error))?;
    command.links.insert(report::FROZEN.to_owned(), text);
    command.links.insert(report::FROZEN_AT.to_owned(), upto.to_string());
    Ok(command)
}

/// The opening of a period's report.
fn opening(laws: &Laws, stood: &Statistics, of: &Stretch) -> OpenRecord {
    let attributes = [
        (report::LENGTH, report::word(of.length).to_owned()),
        ("period.of", of.last.to_string()),
        (report::FIGURES, stood.draft(laws, of)),
    ];
    OpenRecord {
        case: report::record_of(of),
        register: report::REGISTER.to_owned(),
        act: ActOnCase {
            act: report::DRAFTED.to_owned(),
            attributes: attributes.map(|(key, value)| (key.to_owned(), value)).into(),
            note: format!("{} {}", of.words(), report::title(of.length)),
            ..ActOnCase::default()
        },
        ..OpenRecord::default()
    }
}

impl House {
    /// Begins the report of a period with its figures in sentences. Refused: when there is one.
    pub fn open_report(&self, sent: Sent, actor: Actor, of: Stretch) -> Answer<CaseDone> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| {
            if tx.version(&format!("case:{}", report::record_of(&of)))? != 0 {
                let why = format!("{}的{}已经有了", of.words(), report::title(of.length));
                return Ok(Err(Refusal::new("没有起草", why, "请从报告的名单打开那一份接着办。")));
            }
            let (site, now) = (tx.site(), tx.now());
            if of.first > laws.zone.date(now) {
                return Ok(Err(Refusal::new("没有起草", "这一期还没有开始", "请选已经开始的一期。")));
            }
            let stood = statistics(tx.tx(), &laws, site, &of, now)?;
            open_record(tx, &laws, &actor, &opening(&laws, &stood, &of))
        })
    }

    /// The opening of the report of a period with the figures of a moment: what [`House::open_report`] begins with.
    pub async fn report_opening(&self, site: i64, of: &Stretch, now: Moment) -> Result<OpenRecord, Fault> {
        let stood = self.statistics(site, of, now).await?;
        Ok(opening(self.laws(), &stood, of))
    }

    /// What the clock does about reports at a site: begins those of the setting, and sends what is to be sent. Twice is once.
    pub async fn reports_by_clock(&self, site: i64, now: Moment) -> Result<(), Fault> {
        let law = self.law(site).await?;
        let today = self.laws().zone.date(now);
        for of in report::to_begin(today, law.office_setting(report::BEGINS)) {
            if !self.wants_report(site, &of).await? {
                continue;
            }
            let sent = Sent {
                site,
                command: CommandId::of(&["draft report", &site.to_string(), &of.key()]),
                actor: CLOCK.into(),
                post: CLOCK.into(),
                now,
            };
            let posts = vec!["service_supervisor".to_owned()];
            let actor = Actor { account: CLOCK.into(), name: "时钟".into(), posts, area: String::new() };
            if let Err(refusal) = self.open_report(sent, actor, of).await? {
                tracing::debug!(site, "按时起草统计报告：{refusal}");
            }
        }
        let sendings = report::sendings(law.office_setting(report::SENDING)).unwrap_or_default();
        for sending in sendings {
            for day in [today.saturating_sub(1.day()), today] {
                let due = sending.on(day, &self.laws().zone);
                if due.is_some_and(|due| due <= now && due.plus_seconds(MADE_UP) > now) {
                    self.send_report(site, &sending, day, now).await?;
                }
            }
        }
        Ok(())
    }

    /// Whether a period has no report yet and the site was there in it.
    async fn wants_report(&self, site: i64, of: &Stretch) -> Result<bool, Fault> {
        let (stream, end) = (format!("case:{}", report::record_of(of)), of.moments(&self.laws().zone).1);
        self.read(move |tx| {
            let known = sql!("select seq from journal where site = $1 and stream = $2 and version = 1");
            if tx.first(known, &vals![site, &stream])?.is_some() {
                return Ok(false);
            }
            let first = tx.first(sql!("select at from journal where site = $1 and seq = 1"), &vals![site])?;
            Ok(first.map(|row| row.moment(0)).transpose()?.is_some_and(|at| at < end))
        })
        .await
    }

    async fn send_report(&self, site: i64, sending: &Sending, day: Date, now: Moment) -> Result<(), Fault> {
        let (laws, sending) = (self.laws().clone(), sending.clone());
        let command = CommandId::of(&["send report", &site.to_string(), &sending.written, &day.to_string()]);
        let sent = Sent { site, command, actor: CLOCK.into(), post: CLOCK.into(), now };
        let done = self.store().act(sent, move |tx| {
            let law = laws.of_site(tx.tx(), site)?;
            tx.govern(&law.digest);
            let of = sending.period(day);
            let stood = statistics(tx.tx(), &laws, site, &of, now)?;
            let name = law.office_setting("小区名称").to_owned();
            let subject = format!("{name} {} {}", of.words(), report::title(of.length)).trim().to_owned();
            let mut lines = vec![subject.clone()];
            lines.extend(stood.draft(&laws, &of).lines().map(str::to_owned));
            lines.pop();
            let version = tx.version(SENDINGS)?;
            let mut event = Event::plain(SENT, now);
            event.body.links =
                [("period".to_owned(), of.key()), ("sending".to_owned(), sending.written.clone())].into();
            if let Err(refusal) = append(tx, SENDINGS, version, vec![event])? {
                return Ok(Err(refusal));
            }
            for target in &sending.to {
                tx.send(outgoing(&law, target, &subject, &lines, &of)?)?;
            }
            Ok(Ok(()))
        });
        if let Err(refusal) = done.await? {
            tracing::warn!(site, "按时发送报表：{refusal}");
        }
        Ok(())
    }

    /// The reports on record, the latest period first, at most 120.
    pub async fn reports(&self, site: i64, now: Moment) -> Result<Vec<ReportRow>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let law = laws.of_site(tx, site)?;
            let text =
                sql!("select id from case_row where site = $1 and kind = $2 order by opened desc, id desc limit $3");
            let mut rows = Vec::new();
            for row in tx.query(text, &vals![site, report::REGISTER, LISTED])? {
                let id = row.string(0)?;
                let Some(found) = replay(&id, &stream::load(tx, site, &format!("case:{id}"))?) else { continue };
                rows.extend(listed(tx, &laws, &law, (site, now), &found)?);
            }
            rows.sort_by(|a, b| (b.period.last, b.period.first).cmp(&(a.period.last, a.period.first)));
            Ok(rows)
        })
        .await
    }
}

impl House {
    /// Who wrote, reviewed and approved the report of a period, by name; empty for steps not taken.
    pub async fn report_signed(&self, site: i64, of: &Stretch) -> Result<[String; 3], Fault> {
        let id = report::record_of(of);
        self.read(move |tx| {
            let Some(found) = replay(&id, &stream::load(tx, site, &format!("case:{id}"))?) else {
                return Ok(Default::default());
            };
            let names = crate::reads::names(tx, site)?;
            let by = |name: &str| {
                let actor = found.last(name).map(|entry| entry.actor.clone()).unwrap_or_default();
                names.get(&actor).cloned().unwrap_or(actor)
            };
            Ok([by("statistics_report.written"), by("report.reviewed"), by(report::APPROVED)])
        })
        .await
    }
}

fn outgoing(law: &SiteLaw, target: &Target, subject: &str, lines: &[String], of: &Stretch) -> Result<Outgoing, Fault> {
    let told = |body: serde_json::Result<String>| {
        body.map_err(|error| Fault::from_source(FaultKind::Bug, "a message cannot be written down", error))
    };
    let (kind, target, body) = match target {
        Target::Robot => {
            let link = [format!("名单和口径：/reports?period={}", of.key())];
            let lines: Vec<&String> = lines.iter().chain(&link).collect();
            ("robot", law.office_setting("群机器人地址").to_owned(), told(serde_json::to_string(&lines))?)
        }
        Target::Mail(address) => {
            let mail = ReportMail { subject: subject.to_owned(), lines: lines.to_vec(), period: of.key() };
            ("mail", address.clone(), told(serde_json::to_string(&mail))?)
        }
    };
    Ok(Outgoing { kind: kind.into(), target, body, person: None, due: None })
}

fn listed(
    tx: &mut dyn Tx,
    laws: &Laws,
    law: &SiteLaw,
    (site, now): (i64, Moment),
    found: &Case,
) -> Result<Option<ReportRow>, Fault> {
    let Some(period) = report::period(found) else { return Ok(None) };
    let at = |name: &str| found.last(name).map(|entry| entry.event.happened);
    let archived = at(report::ARCHIVED);
    let years: i64 = law.office_setting(report::KEEP_YEARS).trim().parse().unwrap_or(2);
    let end = period.moments(&laws.zone).1;
    let by_setting = end.plus_seconds(law.office_seconds(report::ARCHIVE_BY));
    Ok(Some(ReportRow {
        steps: [
            at(report::DRAFTED),
            at("statistics_report.written"),
            at(report::SUBMITTED),
            at(report::APPROVED),
            archived,
        ],
        approved_by: found.last(report::APPROVED).map(|entry| entry.actor.clone()).unwrap_or_default(),
        archive_by: archive_due(tx, law, site, &period, now)?.map_or(by_setting, |due| due.min(by_setting)),
        void: found.state == office::case::CaseState::Withdrawn,
        keep_until: archived.map(|at| laws.zone.date(at).saturating_add(years.years())),
        disposed: found.has("archive.disposed"),
        id: found.id.clone(),
        number: found.number.clone(),
        period,
    }))
}

/// By when a clause wants the forms of this period archived; none when none does.
fn archive_due(tx: &mut dyn Tx, law: &SiteLaw, site: i64, of: &Stretch, now: Moment) -> Result<Option<Moment>, Fault> {
    if of.length != Length::Quarter || !law.duty_facts.contains_key("archive.forms_handed_over") {
        return Ok(None);
    }
    let facts = crate::reads::duty_facts(tx, site, of.first)?;
    let periods = law.law.duty_periods(of.first, of.last, &facts, now);
    let own =
        periods.into_iter().filter(|it| it.key == of.key() && it.obligation.must == ["archive.forms_handed_over"]);
    Ok(own.filter_map(|it| it.obligation.due).min())
}
