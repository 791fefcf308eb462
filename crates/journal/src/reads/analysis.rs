//! 投诉分析: a period's complaints counted by what they are, beside the period before, and the list behind each figure. Both
//! ask the same rows by the same condition, so that a figure and its list agree.

use std::collections::BTreeMap;

use calendar::Moment;
use office::case::{ActOnCase, CaseKind, OpenRecord};
use office::stretch::Stretch;
use serde::{Deserialize, Serialize};

use super::row::{CASE, case};
use super::{CaseList, SameBy, value_in_words};
use crate::fault::Fault;
use crate::house::{House, Laws};
use crate::tx::{Sql, Tx};
use crate::value::Val;
use crate::{sql, vals};

/// Cases on a page of the list behind a figure.
const ROWS: i64 = 100;

/// A stretch of time, half open, and where the one before it begins.
#[derive(Clone, Copy)]
struct Stretches {
    before: Moment,
    from: Moment,
    until: Moment,
}

/// What complaints are counted by (口径).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CountedBy {
    /// All that were raised.
    All,
    /// Class.
    Class,
    /// What it is about.
    Topic,
    /// Cause.
    Cause,
    /// Department that answers for it.
    Department,
    /// Building.
    Building,
    /// How it came in.
    Channel,
    /// Severity.
    Severity,
    /// Valid, to be assisted, excessive.
    Sorted,
    /// Whether it was answered in time: `kept`, `late`, `open`, or nothing where no clause sets a limit.
    Answer,
    /// What became of it; a complaint may have several of these marks.
    Mark,
}

use CountedBy::*;

/// Marks a complaint may have, with their conditions.
const MARKS: [(&str, &str); 8] = [
    ("resolved", "r.resolved is not null"),
    ("unresolved", "r.resolved is null and r.withdrawn = 0"),
    ("unanswered", "r.replied is null and r.resolved is null and r.withdrawn = 0"),
    ("reopened", "r.reopened > 0"),
    ("went_up", "r.went_up = 1"),
    ("satisfied", "r.satisfaction <> '' and r.satisfaction <> 'dissatisfied'"),
    ("dissatisfied", "r.satisfaction = 'dissatisfied'"),
    ("withdrawn", "r.withdrawn = 1"),
];

/// Chinese words of marks and of how answers stand.
const WORDS: [(CountedBy, &str, &str); 12] = [
    (Mark, "resolved", "处理完毕"),
    (Mark, "unresolved", "没有处理完"),
    (Mark, "unanswered", "没有答复"),
    (Mark, "reopened", "重开过"),
    (Mark, "went_up", "上报过"),
    (Mark, "satisfied", "回访满意"),
    (Mark, "dissatisfied", "回访不满意"),
    (Mark, "withdrawn", "撤销"),
    (Answer, "kept", "按时"),
    (Answer, "late", "超时"),
    (Answer, "open", "还没到期"),
    (Answer, "", "没有时限"),
];

/// The word of what complaints are about: a value of whichever choice it was taken from.
pub fn topic_in_words(laws: &Laws, key: &str) -> String {
    let choices = ["complaint.instance", "complaint.topic", "complaint.cause"];
    let mut words = choices.iter().map(|id| value_in_words(laws, id, key));
    words.find(|word| word != key).unwrap_or_else(|| key.to_owned())
}

impl CountedBy {
    /// What the way of counting is called.
    pub fn title(self) -> &'static str {
        match self {
            All => "全部",
            Class => "类别",
            Topic => "事由种类",
            Cause => "原因",
            Department => "责任部门",
            Building => "楼栋",
            Channel => "渠道",
            Severity => "程度",
            Sorted => "判定",
            Answer => "答复时限",
            Mark => "结果",
        }
    }

    /// A value in words.
    pub fn value(self, laws: &Laws, key: &str) -> String {
        let of = |attribute: &str| value_in_words(laws, attribute, key);
        if let Some((.., words)) = WORDS.iter().find(|(by, id, _)| *by == self && *id == key) {
            return (*words).to_owned();
        }
        match self {
            _ if key.is_empty() => "没有写".to_owned(),
            Class => of("complaint.class"),
            Topic => topic_in_words(laws, key),
            Cause => of("complaint.cause"),
            Channel => of("case.channel"),
            Severity => of("complaint.severity"),
            Sorted => of("complaint.sorted_as"),
            Building if key.chars().any(|letter| letter.is_ascii_digit()) => format!("{key} 栋"),
            _ => key.to_owned(),
        }
    }

    /// Every way of counting that divides the complaints, in the order of the report.
    pub const DIVIDES: [CountedBy; 9] = [Class, Topic, Cause, Department, Building, Channel, Severity, Sorted, Answer];

    /// The word in addresses.
    pub fn id(self) -> &'static str {
        match self {
            All => "all",
            Class => "class",
            Topic => "topic",
            Cause => "cause",
            Department => "department",
            Building => "building",
            Channel => "channel",
            Severity => "severity",
            Sorted => "sorted",
            Answer => "answer",
            Mark => "mark",
        }
    }

    /// The way of this word.
    pub fn of(id: &str) -> Option<CountedBy> {
        [All, Mark].into_iter().chain(CountedBy::DIVIDES).find(|by| by.id() == id)
    }

    /// The expression whose values divide the complaints; `$2` is now.
    fn expression(self) -> &'static str {
        match self {
            All | Mark => "''",
            Class => "r.class",
            Topic => "r.topic",
            Cause => "r.cause",
            Department => "r.department",
            Building => "r.building",
            Channel => "r.channel",
            Severity => "r.severity",
            Sorted => "r.sorted",
            Answer => "case when r.answer = 'open' and r.answer_due < $2 then 'late' else r.answer end",
        }
    }
}

/// One figure: how many in the period, how many in the period before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The value: a class, a department, a mark; empty where nothing is on record.
    pub key: String,
    /// In the period.
    pub now: i64,
    /// In the one before.
    pub before: i64,
}

/// What came back within a period: the same household with the same matter, or the same place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CameBack {
    /// What is the same beside the matter.
    pub by: SameBy,
    /// Household or place.
    pub key: String,
    /// The place of one of them in words.
    pub place: String,
    /// What it is about; empty for what comes back in a place whatever it is.
    pub topic: String,
    /// How often.
    pub count: i64,
}

/// The complaints of a period in figures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Analysis {
    /// All raised in the period, and in the one before.
    pub all: Count,
    /// By each way of counting, most first.
    pub by: BTreeMap<CountedBy, Vec<Count>>,
    /// What became of them.
    pub marks: Vec<Count>,
    /// What came back, most often first.
    pub came_back: Vec<CameBack>,
    /// Number and id of the quarter's report, when one was begun.
    pub report: Option<(String, String)>,
}

impl Analysis {
    /// The figures of one way of counting.
    pub fn counts(&self, by: CountedBy) -> &[Count] {
        if by == Mark { &self.marks } else { self.by.get(&by).map_or(&[], Vec::as_slice) }
    }

    /// The ways of counting that tell something: where nothing but the cause says what complaints are about, it is told once.
    pub fn ways(&self) -> Vec<CountedBy> {
        let tells = |by: &CountedBy| self.counts(*by).iter().any(|it| !it.key.is_empty());
        let twice = self.counts(Topic) == self.counts(Cause);
        CountedBy::DIVIDES.into_iter().filter(tells).filter(|by| !(twice && *by == Topic)).collect()
    }

    /// The figures in sentences: what a report begins with, and the summary of a month.
    pub fn summary(&self, laws: &Laws, of: &Stretch) -> String {
        let mut lines = vec![format!("{}共收到投诉 {} 件，上期 {} 件。", of.words(), self.all.now, self.all.before)];
        let counted = |by: CountedBy| {
            let some = self.counts(by).iter().filter(|it| it.now > 0 || it.before > 0);
            let each: Vec<String> =
                some.map(|it| format!("{} {} 件（上期 {}）", by.value(laws, &it.key), it.now, it.before)).collect();
            each.join("，")
        };
        for by in self.ways() {
            lines.push(format!("按{}：{}。", by.title(), counted(by)));
        }
        lines.push(format!("结果：{}。", counted(Mark)));
        for it in &self.came_back {
            let topic =
                if it.topic.is_empty() { String::new() } else { format!("，{}", topic_in_words(laws, &it.topic)) };
            lines.push(format!("重复：{}{topic}，{} 件。", it.place, it.count));
        }
        lines.join("\n")
    }

    /// The opening of the period's report: how many, the figures in sentences, the departments with complaints.
    pub fn report(&self, laws: &Laws, of: &Stretch) -> OpenRecord {
        let listed = self.counts(Department).iter().filter(|it| it.now > 0 && !it.key.is_empty());
        let listed: Vec<String> = listed.map(|it| format!("{}={}", it.key, it.now)).collect();
        let attributes = [
            ("period.of", of.last.to_string()),
            ("complaint_report.count", self.all.now.to_string()),
            ("complaint_report.figures", self.summary(laws, of)),
        ];
        OpenRecord {
            register: office::report::REGISTER.to_owned(),
            act: ActOnCase {
                act: "complaint_report.compiled".to_owned(),
                attributes: attributes.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
                links: [(office::report::DEPARTMENTS.to_owned(), listed.join("\n"))].into(),
                note: of.words(),
                ..ActOnCase::default()
            },
            ..OpenRecord::default()
        }
    }
}

impl House {
    /// The figures of a period.
    pub async fn complaint_analysis(&self, site: i64, of: &Stretch, now: Moment) -> Result<Analysis, Fault> {
        let (zone, of) = (self.laws().zone.clone(), of.clone());
        self.read(move |tx| analysis(tx, site, &of, &zone, now)).await
    }

    /// The complaints behind a figure, newest first.
    pub async fn complaints_counted(
        &self,
        site: i64,
        (from, until): (Moment, Moment),
        (by, key): (CountedBy, String),
        after: Option<String>,
        now: Moment,
    ) -> Result<CaseList, Fault> {
        self.read(move |tx| {
            let mark = MARKS.iter().find(|(id, _)| by == Mark && *id == key).map(|(_, condition)| *condition);
            let mut values: Vec<Val> = vals![site, now, from, until].to_vec();
            let condition = match (by, mark) {
                (All, _) => String::new(),
                (Mark, Some(condition)) => format!(" and {condition}"),
                (Mark, None) => return Ok(CaseList::default()),
                _ => {
                    values.push(key.as_str().into());
                    format!(" and {} = $5", by.expression())
                }
            };
            // Nothing opens after now: the moment is there for answers that are still open.
            let mut text = format!(
                "select {CASE} from complaint_row r join case_row c on c.site = r.site and c.id = r.id
                 where r.site = $1 and r.opened <= $2 and r.opened >= $3 and r.opened < $4{condition}"
            );
            if let Some((opened, id)) = after.as_deref().and_then(|key| key.split_once('~')) {
                values.push(opened.parse::<i64>().unwrap_or(i64::MAX).into());
                values.push(id.into());
                let n = values.len();
                text.push_str(&format!(" and (r.opened, r.id) < (${}, ${n})", n - 1));
            }
            values.push((ROWS + 1).into());
            text.push_str(&format!(" order by r.opened desc, r.id desc limit ${}", values.len()));
            let rows = tx.query(Sql::built(text), &values)?;
            let mut rows = rows.iter().map(|row| case(row, 0)).collect::<Result<Vec<_>, Fault>>()?;
            let next = (rows.len() as i64 > ROWS).then(|| {
                rows.truncate(ROWS as usize);
                rows.last().map(|row| format!("{}~{}", row.opened.0, row.id))
            });
            Ok(CaseList { rows, next: next.flatten() })
        })
        .await
    }

    /// How many complaints were raised within a stretch.
    pub async fn complaint_count(&self, site: i64, (from, until): (Moment, Moment)) -> Result<i64, Fault> {
        self.read(move |tx| {
            let text = sql!("select count(*) from complaint_row where site = $1 and opened >= $2 and opened < $3");
            tx.first(text, &vals![site, from, until])?.map_or(Ok(0), |row| row.int(0))
        })
        .await
    }

    /// How many matters of each kind came in within a stretch, and how many of them were followed up and found wanting:
    /// kind, came in, followed up, not satisfied.
    pub async fn service_counts(
        &self,
        site: i64,
        (from, until): (Moment, Moment),
    ) -> Result<Vec<(CaseKind, i64, i64, i64)>, Fault> {
        self.read(move |tx| {
            let text = sql!(
                "select c.kind, count(*), count(c.followed), count(case when c.satisfaction = 'dissatisfied' then 1 end)
                 from case_row c where c.site = $1 and c.record = 0 and c.opened >= $2 and c.opened < $3
                 group by c.kind order by count(*) desc, c.kind"
            );
            let rows = tx.query(text, &vals![site, from, until])?;
            let read = |row: &crate::value::Row| {
                let Some(kind) = CaseKind::of(row.text(0)?) else { return Ok(None) };
                Ok(Some((kind, row.int(1)?, row.int(2)?, row.int(3)?)))
            };
            rows.iter().filter_map(|row| read(row).transpose()).collect()
        })
        .await
    }
}

/// The figures of a period, as the rows stand in this transaction.
pub(super) fn analysis(
    tx: &mut dyn Tx,
    site: i64,
    of: &Stretch,
    zone: &calendar::Zone,
    now: Moment,
) -> Result<Analysis, Fault> {
    let (from, until) = of.moments(zone);
    let stretches = Stretches { before: of.before().moments(zone).0, from, until };
    let mut analysis = Analysis::default();
    analysis.all = counts(tx, site, All, stretches, now)?.into_iter().next().unwrap_or_default();
    for by in CountedBy::DIVIDES {
        analysis.by.insert(by, counts(tx, site, by, stretches, now)?);
    }
    analysis.marks = marks(tx, site, stretches)?;
    analysis.came_back = came_back(tx, site, stretches)?;
    analysis.report = report(tx, site, &of.last.to_string())?;
    Ok(analysis)
}

/// The figures of one way of counting, most first.
fn counts(tx: &mut dyn Tx, site: i64, by: CountedBy, of: Stretches, now: Moment) -> Result<Vec<Count>, Fault> {
    let text = format!(
        "select k, count(case when opened >= $4 then 1 end), count(case when opened < $4 then 1 end)
         from (select {} as k, r.opened as opened from complaint_row r
         where r.site = $1 and r.opened <= $2 and r.opened >= $3 and r.opened < $5) as counted
         group by k order by 2 desc, 3 desc, k",
        by.expression()
    );
    let rows = tx.query(Sql::built(text), &vals![site, now, of.before, of.from, of.until])?;
    rows.iter().map(|row| Ok(Count { key: row.string(0)?, now: row.int(1)?, before: row.int(2)? })).collect()
}

fn marks(tx: &mut dyn Tx, site: i64, of: Stretches) -> Result<Vec<Count>, Fault> {
    let each: Vec<String> = MARKS
        .iter()
        .map(|(_, condition)| {
            format!(
                "count(case when r.opened >= $3 and {condition} then 1 end),
                 count(case when r.opened < $3 and {condition} then 1 end)"
            )
        })
        .collect();
    let text = format!(
        "select {} from complaint_row r where r.site = $1 and r.opened >= $2 and r.opened < $4",
        each.join(", ")
    );
    let row = tx.first(Sql::built(text), &vals![site, of.before, of.from, of.until])?;
    let int = |n: usize| row.as_ref().map_or(Ok(0), |row| row.int(n));
    let mark = |(n, (id, _)): (usize, &(&str, &str))| {
        Ok(Count { key: (*id).to_owned(), now: int(2 * n)?, before: int(2 * n + 1)? })
    };
    MARKS.iter().enumerate().map(mark).collect()
}

/// The same household with the same matter more than once, the same place more than once, whatever it was: what a report
/// lists.
fn came_back(tx: &mut dyn Tx, site: i64, of: Stretches) -> Result<Vec<CameBack>, Fault> {
    let mut found = Vec::new();
    for (by, columns) in [(SameBy::Household, "r.household, r.topic"), (SameBy::Place, "r.place, ''")] {
        let column = by.column();
        let grouped = columns.trim_end_matches(", ''");
        // A unit is somebody's household, and counts there.
        let apart = if by == SameBy::Place { " and r.household = ''" } else { "" };
        let text = format!(
            "select {columns}, max(r.place), count(*) from complaint_row r
             where r.site = $1 and r.opened >= $2 and r.opened < $3 and r.{column} <> ''{apart}
             group by {grouped} having count(*) > 1 order by 4 desc, 1, 2 limit 50"
        );
        for row in tx.query(Sql::built(text), &vals![site, of.from, of.until])? {
            let (key, topic, place) = (row.string(0)?, row.string(1)?, row.string(2)?);
            found.push(CameBack { by, key, place, topic, count: row.int(3)? });
        }
    }
    Ok(found)
}

/// The report of the quarter that ends with this day.
pub(crate) fn report(tx: &mut dyn Tx, site: i64, last: &str) -> Result<Option<(String, String)>, Fault> {
    let text = sql!(
        "select number, id from case_row where site = $1 and kind = 'complaint_report' and topic = $2
         and state <> 'withdrawn' order by opened limit 1"
    );
    tx.first(text, &vals![site, last])?.map(|row| Ok((row.string(0)?, row.string(1)?))).transpose()
}
