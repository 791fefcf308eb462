//! What the server does by itself (值守): the clock tells what has come due, messages leave, what has ended is swept away.
//! Of several nodes on one database only the holder of a lease does each.

use std::time::Duration;

use calendar::Moment;
use courier::mail::{self, Email, NotMailed};
use courier::robot::{self, NotSent};
use journal::House;
use journal::house::ReportMail;
use journal::kept::deliveries::Message;
use journal::kept::leases::{Lease, NotLeased};
use office::stretch::Stretch;
use tokio::sync::watch;

use crate::clock::Clock;

/// How often a task looks whether there is something to do.
const BEAT: Duration = Duration::from_secs(1);
/// A lease is for this long; a node that is gone is replaced after it.
const LEASE_MICROS: i64 = 15_000_000;
/// A lease is renewed when less than this is left.
const RENEW_MICROS: i64 = 10_000_000;
/// Seconds until a message is tried again, by how often it was tried; after the last it is given up.
const AGAIN: &[i64] = &[10, 60, 300, 1_800, 7_200, 21_600, 43_200];
/// Messages taken at once.
const MESSAGES: i64 = 50;
/// Seconds between two sweeps.
const SWEEP_SECONDS: i64 = 3_600;

/// What every task has.
#[derive(Clone)]
pub struct Tasks {
    /// The house.
    pub house: House,
    /// The office's time.
    pub clock: Clock,
    /// This node, as leases name it.
    pub node: String,
    /// Told how often the clock had been moved when this node last looked at what is due.
    pub looked: watch::Sender<u64>,
    /// The mail server, and whom mails come from; none when the administrator named none.
    pub mail: Option<MailServer>,
    /// Changes when the server stops.
    pub stop: watch::Receiver<bool>,
}

/// How mails leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailServer {
    /// Address of the server with account and password.
    pub address: String,
    /// Whom mails come from.
    pub from: String,
}

/// A lease that is taken, renewed and given back.
struct Hold {
    name: &'static str,
    lease: Option<Lease>,
    warned: bool,
}

impl Hold {
    fn new(name: &'static str) -> Hold {
        Hold { name, lease: None, warned: false }
    }

    /// Whether this node holds the lease now.
    async fn held(&mut self, tasks: &Tasks) -> bool {
        let now = tasks.clock.node();
        if self.lease.as_ref().is_some_and(|lease| lease.ends.0 - now.0 > RENEW_MICROS) {
            return true;
        }
        match tasks.house.store().take_lease(self.name, &tasks.node, now, LEASE_MICROS).await {
            Ok(Ok(lease)) => {
                if self.lease.is_none() {
                    tracing::debug!(lease = self.name, "本机值守");
                }
                (self.lease, self.warned) = (Some(lease), false);
            }
            Ok(Err(NotLeased::Held { .. })) => self.lease = None,
            Ok(Err(NotLeased::ClockOff { micros })) => {
                self.lease = None;
                if !std::mem::replace(&mut self.warned, true) {
                    let seconds = micros / 1_000_000;
                    tracing::warn!("本机时钟与数据库相差 {seconds} 秒，值守由别的节点做；请校准本机时钟");
                }
            }
            Err(fault) => {
                self.lease = None;
                fault.log();
            }
        }
        self.lease.is_some()
    }

    async fn give_back(self, tasks: &Tasks) {
        if let Some(lease) = &self.lease
            && let Err(fault) = tasks.house.store().give_lease_back(lease).await
        {
            // It ends by itself.
            tracing::debug!("{fault}");
        }
    }
}

impl Tasks {
    /// Waits a beat, or until the clock is moved again; false when the server stops.
    async fn beat(&mut self, turns: u64) -> bool {
        tokio::select! {
            () = tokio::time::sleep(BEAT) => true,
            () = self.clock.moved(turns) => true,
            _ = self.stop.changed() => false,
        }
    }

    /// Tells what has come due, until the server stops.
    pub async fn clock(mut self) {
        let mut hold = Hold::new("clock");
        let (mut looked, mut to_draw) = (None, Vec::new());
        let (mut minute, mut to_report) = (None, Vec::new());
        loop {
            let turns = self.clock.turns();
            if hold.held(&self).await {
                match self.house.tick(self.clock.now()).await {
                    Ok(ticked) if ticked.told > 0 => tracing::info!(told = ticked.told, "到期事项已记录"),
                    Ok(_) => {}
                    Err(fault) => fault.log(),
                }
                let today = Some(self.house.laws().zone.date(self.clock.now()));
                if looked != today {
                    looked = today;
                    to_draw = self.house.sites_to_draw(self.clock.now()).await.unwrap_or_else(|fault| {
                        fault.log();
                        Vec::new()
                    });
                }
                // One site a beat, so that what comes due elsewhere does not wait for a company's draws.
                if let Some(site) = to_draw.pop()
                    && let Err(fault) = self.house.draw_by_clock(site, self.clock.now()).await
                {
                    fault.log();
                }
            }
            if hold.lease.is_some() {
                let this = Some(self.clock.now().0.div_euclid(60_000_000));
                if minute != this && to_report.is_empty() {
                    minute = this;
                    to_report = self.sites().await;
                }
                if let Some(site) = to_report.pop() {
                    for done in [
                        self.house.reports_by_clock(site, self.clock.now()).await,
                        self.house.meetings_by_clock(site, self.clock.now()).await,
                    ] {
                        if let Err(fault) = done {
                            fault.log();
                        }
                    }
                }
            }
            self.looked.send_replace(turns);
            if !self.beat(turns).await {
                return hold.give_back(&self).await;
            }
        }
    }

    async fn sites(&self) -> Vec<i64> {
        let sites = self.house.sites().await.unwrap_or_else(|fault| {
            fault.log();
            Vec::new()
        });
        sites.into_iter().map(|(site, _)| site).collect()
    }

    /// Lets messages leave, until the server stops.
    pub async fn courier(mut self) {
        let mut hold = Hold::new("courier");
        loop {
            let turns = self.clock.turns();
            if hold.held(&self).await {
                match self.house.store().due_messages(self.clock.now(), MESSAGES).await {
                    Ok(messages) => {
                        for message in messages {
                            // A slow robot must not outlast the lease.
                            if hold.held(&self).await {
                                self.carry(message).await;
                            }
                        }
                    }
                    Err(fault) => fault.log(),
                }
            }
            if !self.beat(turns).await {
                return hold.give_back(&self).await;
            }
        }
    }

    async fn carry(&self, message: Message) {
        let Message { id, kind, target, body, tries, .. } = message;
        let carried = match kind.as_str() {
            "mail" => self.mail(id.site, target, &body).await,
            _ => {
                let carried = tokio::task::spawn_blocking(move || send(&kind, &target, &body)).await;
                carried.unwrap_or_else(|error| Err(NotCarried::Later(error.to_string())))
            }
        };
        let now = self.clock.now();
        let noted = match carried {
            Ok(()) => self.house.store().message_left(id, now).await,
            Err(problem) => {
                let (why, next) = problem.after(tries, now);
                tracing::warn!(site = id.site, gives_up = next.is_none(), "消息没有送出：{why}");
                self.house.store().message_failed(id, now, &why, next).await
            }
        };
        if let Err(fault) = noted {
            fault.log();
        }
    }

    /// Sends a report by mail with its workbook, made as it leaves.
    async fn mail(&self, site: i64, to: String, body: &str) -> Result<(), NotCarried> {
        let never = |why: String| NotCarried::Never(why);
        let told: ReportMail = serde_json::from_str(body).map_err(|error| never(format!("消息读不懂：{error}")))?;
        let Some(server) = self.mail.clone() else {
            return Err(never("没有设置邮件服务器，请管理员在启动参数里写 --mail-server".to_owned()));
        };
        let of = Stretch::parse(&told.period).ok_or_else(|| never(format!("没有“{}”这个期间", told.period)))?;
        let book = self.workbook(site, &of).await.map_err(|fault| NotCarried::Later(fault.to_string()))?;
        let book = book.map_err(|error| never(error.to_string()))?;
        let sent = tokio::task::spawn_blocking(move || {
            let workbook = Some((format!("report-{}.xlsx", told.period), book));
            let (from, subject) = (server.from.as_str(), told.subject.as_str());
            mail::send(&server.address, &Email { from, to: &to, subject, lines: &told.lines, workbook })
        });
        match sent.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(no @ NotMailed::Never(_))) => Err(NotCarried::Never(no.to_string())),
            Ok(Err(no @ NotMailed::Later(_))) => Err(NotCarried::Later(no.to_string())),
            Err(error) => Err(NotCarried::Later(error.to_string())),
        }
    }

    async fn workbook(
        &self,
        site: i64,
        of: &Stretch,
    ) -> Result<Result<Vec<u8>, courier::report::NotMade>, journal::Fault> {
        let stood = self.house.statistics(site, of, self.clock.now()).await?;
        let (law, signed) = (self.house.law(site).await?, self.house.report_signed(site, of).await?);
        let name = law.office_setting("小区名称");
        Ok(courier::report::workbook(self.house.laws(), name, (&stood, of), &signed, &|words| words.to_owned()))
    }

    /// Removes what has ended, now and every hour, until the server stops.
    pub async fn sweep(mut self) {
        let mut next = Moment(i64::MIN);
        loop {
            let turns = self.clock.turns();
            let now = self.clock.node();
            if now >= next {
                next = now.plus_seconds(SWEEP_SECONDS);
                // By the office's time, by which sessions and drafts were written.
                if let Err(fault) = self.house.store().sweep(self.clock.now()).await {
                    fault.log();
                }
            }
            if !self.beat(turns).await {
                return;
            }
        }
    }
}

/// Why a message was not carried.
#[derive(Debug, PartialEq, Eq)]
enum NotCarried {
    Later(String),
    Never(String),
}

impl NotCarried {
    /// Why, and when it is tried again after so many tries.
    fn after(self, tries: i64, now: Moment) -> (String, Option<Moment>) {
        match self {
            NotCarried::Later(why) => {
                let wait = usize::try_from(tries).ok().and_then(|tries| AGAIN.get(tries));
                (why, wait.map(|seconds| now.plus_seconds(*seconds)))
            }
            NotCarried::Never(why) => (why, None),
        }
    }
}

/// Sends a message its way. Waits on this thread.
fn send(kind: &str, target: &str, body: &str) -> Result<(), NotCarried> {
    match kind {
        "robot" => {
            let lines: Vec<String> =
                serde_json::from_str(body).map_err(|error| NotCarried::Never(format!("消息读不懂：{error}")))?;
            robot::send(target, &lines, false).map_err(|not_sent| match not_sent {
                NotSent::Address(_) => NotCarried::Never(not_sent.to_string()),
                NotSent::Refused(_) => NotCarried::Later(not_sent.to_string()),
            })
        }
        other => Err(NotCarried::Never(format!("没有办法送“{other}”这种消息"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_tried_again_at_growing_distances_and_given_up() {
        let later = |tries| NotCarried::Later("没有网络".into()).after(tries, Moment(0)).1;
        assert_eq!(later(0), Some(Moment(10_000_000)));
        assert_eq!(later(6), Some(Moment(43_200_000_000)));
        assert_eq!(later(7), None);
        assert_eq!(NotCarried::Never("拒收".into()).after(0, Moment(0)).1, None);
    }

    #[test]
    fn a_message_of_an_unknown_kind_or_an_inner_address_never_leaves() {
        assert!(matches!(send("pigeon", "", ""), Err(NotCarried::Never(_))));
        assert!(matches!(send("robot", "https://127.0.0.1/", "[\"新单\"]"), Err(NotCarried::Never(_))));
        assert!(matches!(send("robot", "https://127.0.0.1/", "x"), Err(NotCarried::Never(_))));
    }
}
