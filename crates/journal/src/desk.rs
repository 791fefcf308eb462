//! The sites and commands of one transaction (台面): heads are read once, held, and written once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::fault::{Fault, FaultKind};
use crate::projector::Views;
use crate::sent::CommandId;
use crate::site::Finished;
use crate::stream::Head;
use crate::tx::Tx;
use crate::{sql, vals};

/// One site as one transaction sees it.
struct Opening {
    head: Head,
    /// Commands that were looked up, applied or not.
    asked: BTreeSet<CommandId>,
    answers: BTreeMap<CommandId, Option<String>>,
    moved: bool,
}

/// The sites and commands of one transaction: heads are read once, held, and written once.
pub(crate) struct Desk {
    views: Arc<Views>,
    openings: BTreeMap<i64, Opening>,
    /// Persons whose keys are to be destroyed after the commit: site, person, moment.
    pub erasures: Vec<(i64, String, i64)>,
}

impl Desk {
    pub fn new(views: &Arc<Views>) -> Desk {
        Desk { views: views.clone(), openings: BTreeMap::new(), erasures: Vec::new() }
    }

    /// Holds a site's head row and reads what is known of the commands.
    pub fn open(&mut self, tx: &mut dyn Tx, site: i64, commands: &[&CommandId]) -> Result<(), Fault> {
        let known = self.openings.get(&site);
        let unknown: Vec<&CommandId> = commands
            .iter()
            .filter(|command| known.is_none_or(|opening| !opening.asked.contains(*command)))
            .copied()
            .collect();
        if known.is_some() && unknown.is_empty() {
            return Ok(());
        }
        let head_text = sql!("select site, seq, at, hash, views, projected from head where site = $1 {lock}");
        let answer_text = sql!("select answer from command where site = $1 and command = $2");
        let mut asks = vec![(head_text.clone(), vals![site].to_vec())];
        asks.extend(unknown.iter().map(|command| (answer_text.clone(), vals![site, command.as_str()].to_vec())));
        if known.is_some() {
            asks.remove(0);
        }
        let mut answers = tx.queries(asks)?;
        if known.is_none() {
            let head = match answers.remove(0).first() {
                Some(row) => Head::from_row(row)?,
                None => self.first_head(tx, site)?,
            };
            self.openings
                .insert(site, Opening { head, asked: BTreeSet::new(), answers: BTreeMap::new(), moved: false });
        }
        let Some(opening) = self.openings.get_mut(&site) else { return Ok(()) };
        for (command, rows) in unknown.into_iter().zip(answers) {
            opening.asked.insert(command.clone());
            if let Some(row) = rows.first() {
                opening.answers.insert(command.clone(), row.maybe_text(0)?.map(str::to_owned));
            }
        }
        Ok(())
    }

    /// Makes the head row of a new site; another node may do so at the same time.
    fn first_head(&self, tx: &mut dyn Tx, site: i64) -> Result<Head, Fault> {
        let head = Head::beginning(site, self.views.digest());
        let row = vals![site, head.seq, head.at, head.hash, &head.views, 0];
        let text = sql!(
            "insert into head(site, seq, at, hash, views, projected) values ($1, $2, $3, $4, $5, $6)
             on conflict (site) do nothing"
        );
        tx.exec(text, &row)?;
        let text = sql!("select site, seq, at, hash, views, projected from head where site = $1 {lock}");
        let row = tx.first(text, &vals![site])?;
        Head::from_row(&row.ok_or_else(|| Fault::new(FaultKind::Bug, "a site got no head row"))?)
    }

    /// Writes the head rows that have moved; the last thing before the commit.
    pub fn close(&mut self, tx: &mut dyn Tx) -> Result<(), Fault> {
        for (site, opening) in self.openings.iter().filter(|(_, opening)| opening.moved) {
            let text = sql!("update head set seq = $2, at = $3, hash = $4 where site = $1");
            tx.exec(text, &vals![*site, opening.head.seq, opening.head.at, opening.head.hash])?;
        }
        Ok(())
    }

    /// Sites whose journals have grown, with the new last entry.
    pub fn moved(&self) -> Vec<(i64, i64)> {
        let moved = self.openings.iter().filter(|(_, opening)| opening.moved);
        moved.map(|(site, opening)| (*site, opening.head.seq)).collect()
    }

    /// The views that acts of this transaction write.
    pub fn views(&self) -> Arc<Views> {
        self.views.clone()
    }

    /// The kept answer of a command that was applied before; none inside when it was imported without one.
    pub fn earlier(&self, site: i64, command: &CommandId) -> Option<&Option<String>> {
        self.openings.get(&site)?.answers.get(command)
    }

    /// The head of an opened site whose views can be written.
    pub fn ready(&self, site: i64) -> Result<Head, Fault> {
        let opening = self.openings.get(&site);
        let head = &opening.ok_or_else(|| Fault::new(FaultKind::Bug, "a site was not opened"))?.head;
        if head.views != self.views.digest() {
            let text = format!("项目 {site} 的视图正在重建，或属于另一版本的程序；请稍后再试");
            return Err(Fault::new(FaultKind::Setup, text));
        }
        Ok(head.clone())
    }

    /// Takes over what a command has done; its writes are to be kept.
    pub fn keep(&mut self, command: &CommandId, answer: &str, finished: Finished) {
        let Finished { head, erasures } = finished;
        let (site, at) = (head.site, head.at.0);
        self.erasures.extend(erasures.into_iter().map(|person| (site, person, at)));
        if let Some(opening) = self.openings.get_mut(&site) {
            opening.moved |= opening.head.seq != head.seq;
            opening.head = head;
            opening.answers.insert(command.clone(), Some(answer.to_owned()));
        }
    }
}
