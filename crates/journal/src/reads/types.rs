//! What pages read (读取): plain values, one struct a page or row. Filled by queries over views; never HTML, never SQL outside.

use std::collections::BTreeMap;
use std::sync::Arc;

use calendar::Moment;
use office::case::{Case, CaseKind, CaseState};
use office::household::{Household, Room};
use office::site::Account;
use office::{Event, Refusal};
use rulebook::{ClauseRef, Derived, Figure, Obligation, State, Step};
use serde::{Deserialize, Serialize};

/// An open or past obligation as a row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObligationRow {
    /// Obligation id.
    pub id: String,
    /// Case stream id; empty for a duty of the site.
    pub case: String,
    /// Number of the case.
    pub number: String,
    /// Kind of the case.
    pub kind: Option<CaseKind>,
    /// Title.
    pub title: String,
    /// Room or place.
    pub place: String,
    /// Clause.
    pub clause: ClauseRef,
    /// Acts that fulfil it, vocabulary ids.
    pub must: Vec<String>,
    /// Post that bears it.
    pub bearer: String,
    /// Account that has the case's work.
    pub assignee: Option<String>,
    /// Round.
    pub round: u32,
    /// Opened.
    pub opened: Moment,
    /// Due; none has no clock.
    pub due: Option<Moment>,
    /// Due is 24:00 of a date.
    pub end_of_day: bool,
    /// Alarm only.
    pub soft: bool,
    /// State as of reading (`Overdue` computed now).
    pub state: State,
    /// When it ended.
    pub ended: Option<Moment>,
}

/// 工作台: what the reader owes by time, and the day in five figures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyWork {
    /// Open obligations of the reader's posts and cases, soonest first, those without a clock last. At most 200.
    pub owed: Vec<ObligationRow>,
    /// All that are open, beyond the 200 too.
    pub owed_total: i64,
    /// Name → number → address of the list behind it.
    pub figures: Vec<(String, i64, String)>,
}

/// A case as a row of a register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseRow {
    /// Stream id.
    pub id: String,
    /// Number.
    pub number: String,
    /// Kind.
    pub kind: CaseKind,
    /// Title.
    pub title: String,
    /// Room or place.
    pub place: String,
    /// Household on file.
    pub household: Option<String>,
    /// Channel id.
    pub channel: String,
    /// Class id, for complaints.
    pub class: String,
    /// State.
    pub state: CaseState,
    /// First contact.
    pub opened: Moment,
    /// Closed or withdrawn.
    pub closed: Option<Moment>,
    /// Account that has the work.
    pub assignee: Option<String>,
    /// Appointment, when one was made.
    pub appointment: Option<Moment>,
    /// Hard due moment that comes first among the open obligations.
    pub next_due: Option<Moment>,
    /// That due moment is 24:00 of a date.
    pub next_due_end_of_day: bool,
    /// Chasers so far.
    pub chased: i64,
    /// Fields still to be filled (待补).
    pub gaps: i64,
    /// Hard obligations met late or missed.
    pub breaches: i64,
    /// Severity id, for complaints; empty when nobody said.
    pub severity: String,
    /// Stage id of a complaint, see `office::act::COMPLAINT_STAGES`.
    pub stage: String,
    /// Person, else department, who answers for it; empty while nobody does.
    pub owner: String,
    /// Marked as urgent, or reported as an emergency.
    pub urgent: bool,
}

/// What fills a form or a row of a register: the case, name and phone as this reader sees them, names of accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filling {
    /// The case.
    pub case: Case,
    /// Name and phone of who told it, masked unless asked otherwise.
    pub caller: (String, String),
    /// Account → name.
    pub names: Arc<BTreeMap<String, String>>,
    /// What is to be seen to of the record, and when.
    pub care: Vec<(String, Moment)>,
    /// Whole days that it has been open, or was.
    pub days: i64,
}

/// A supplier as one to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplierRow {
    /// Number of its record.
    pub number: String,
    /// Its name.
    pub name: String,
    /// What it does.
    pub trade: String,
    /// Why it cannot be chosen; none when it can.
    pub unfit: Option<String>,
}

/// A page of a register, each row with what fills its columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegisterRows {
    /// Rows, newest first.
    pub rows: Vec<(CaseRow, Filling)>,
    /// Key of the next page, when there is one.
    pub next: Option<String>,
}

/// One line of a timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineLine {
    /// Place in the journal.
    pub seq: i64,
    /// When it happened.
    pub happened: Moment,
    /// When it was entered.
    pub entered: Moment,
    /// The sentence.
    pub said: String,
    /// Name of the writer.
    pub name: String,
    /// Post of the writer, in words.
    pub post: String,
    /// The event itself, for photos, signature, form.
    pub event: Event,
}

/// An act offered on a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActOffer {
    /// Act id.
    pub act: String,
    /// Why not, when not.
    pub refused: Option<Refusal>,
    /// A clause owes it now; its obligation's due moment.
    pub owed: Option<Moment>,
    /// A clause owes it now, with or without a clock.
    pub is_owed: bool,
}

/// 事项 page: everything about one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CasePage {
    /// The case.
    pub case: Case,
    /// Caller's name and phone as recorded at intake (〔已抹除〕 when erased); masked unless unmasked.
    pub caller: (String, String),
    /// Household on file.
    pub household: Option<HouseholdCard>,
    /// Sentences, oldest first.
    pub timeline: Vec<TimelineLine>,
    /// The law's answers now.
    pub derived: Derived,
    /// Acts of this kind that the reader's posts may enter, in the order of work.
    pub offers: Vec<ActOffer>,
    /// Account → name of everyone named in the case.
    pub names: BTreeMap<String, String>,
    /// Linked cases.
    pub linked: Vec<CaseRow>,
    /// Cases that join this one, each with its own household.
    pub joined: Vec<CaseRow>,
    /// Summary of each clause named in `derived`: title and own words.
    pub clauses: BTreeMap<String, ClauseBrief>,
}

/// A clause in brief.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseBrief {
    /// Name of the book.
    pub book: String,
    /// Own words.
    pub summary: String,
}

/// A household card: people masked unless unmasked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdCard {
    /// The household.
    pub household: Household,
    /// Room in words.
    pub room: String,
    /// Open cases.
    pub open: Vec<CaseRow>,
    /// The last ten closed ones.
    pub past: Vec<CaseRow>,
}

/// A hit of the desk's one box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdHit {
    /// Household id.
    pub id: String,
    /// Unit.
    pub room: Room,
    /// Room in words.
    pub words: String,
    /// First owner or tenant, masked.
    pub name: String,
    /// Phone tail.
    pub phone_tail: String,
    /// What matched: 房号 姓名 拼音 电话 车牌.
    pub matched: String,
    /// The words name this very household: its room, a whole number plate, a whole phone number; not a name or a part.
    pub exact: bool,
}

/// An obligation that saving would start (时限预览).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// Acts, vocabulary ids.
    pub must: Vec<String>,
    /// Bearer.
    pub bearer: String,
    /// Due.
    pub due: Option<Moment>,
    /// 24:00 of a date.
    pub end_of_day: bool,
    /// Alarm only.
    pub soft: bool,
    /// Clause.
    pub clause: ClauseRef,
}

/// A worker's lane on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lane {
    /// The worker.
    pub account: Account,
    /// Open cases, present first.
    pub cases: Vec<CaseRow>,
}

/// 调度 board.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// Without a worker, by urgency.
    pub unassigned: Vec<CaseRow>,
    /// Lanes.
    pub lanes: Vec<Lane>,
    /// What rings and nobody has acknowledged yet.
    pub ringing: Vec<super::Ringing>,
    /// The soonest alarm (软提醒) of each order that waits without a limit: since when, until when, whether to the end
    /// of that day.
    pub alarms: BTreeMap<String, (Moment, Moment, bool)>,
}

/// A line of the follow-up list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUpRow {
    /// The case.
    pub case: CaseRow,
    /// Clauses that one call would serve, soonest due first.
    pub clauses: Vec<(ClauseRef, Option<Moment>)>,
    /// Round: 1 for the first.
    pub round: u32,
    /// Attempts that reached nobody.
    pub attempts: i64,
    /// Planned for.
    pub planned: Option<Moment>,
    /// Where it stands.
    pub stage: FollowUpStage,
}

/// Where the follow-up of a case stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowUpStage {
    /// To be asked.
    #[default]
    ToAsk,
    /// Unhappy: being handled again.
    Rework,
    /// Asked and satisfied; the form waits for its review.
    ToReview,
    /// Reviewed; the case can be closed.
    Reviewed,
}

/// 回访 page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUps {
    /// Rates of the current period.
    pub rates: Vec<(ClauseBrief, Figure)>,
    /// To be followed up, soonest due first.
    pub queue: Vec<FollowUpRow>,
}

/// How a clause is kept in a month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseKept {
    /// Clause number.
    pub clause: String,
    /// Month, `2026-11`.
    pub month: String,
    /// Met in time.
    pub met: i64,
    /// Met late.
    pub late: i64,
    /// Missed.
    pub missed: i64,
    /// Open, not due.
    pub open: i64,
    /// Open, past due.
    pub overdue: i64,
    /// Alarms that rang (soft rules).
    pub soft_late: i64,
}

impl ClauseKept {
    /// How many count so.
    pub fn count(&self, kept_as: KeptAs) -> i64 {
        match kept_as {
            KeptAs::Met => self.met,
            KeptAs::Late => self.late,
            KeptAs::Missed => self.missed,
            KeptAs::Overdue => self.overdue,
            KeptAs::Open => self.open,
            KeptAs::Reminded => self.soft_late,
        }
    }

    /// The same, to be counted up.
    pub(super) fn count_mut(&mut self, kept_as: KeptAs) -> &mut i64 {
        match kept_as {
            KeptAs::Met => &mut self.met,
            KeptAs::Late => &mut self.late,
            KeptAs::Missed => &mut self.missed,
            KeptAs::Overdue => &mut self.overdue,
            KeptAs::Open => &mut self.open,
            KeptAs::Reminded => &mut self.soft_late,
        }
    }

    /// Hard limits broken: late, missed, overdue.
    pub fn broken(&self) -> i64 {
        self.late + self.missed + self.overdue
    }
}

/// What became of an obligation, as clause pages count it. What was waived or did not apply is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeptAs {
    /// Met in time.
    Met,
    /// Met late.
    Late,
    /// Missed.
    Missed,
    /// Open, past due.
    Overdue,
    /// Open, not due.
    Open,
    /// A soft limit passed: reminded, never a breach.
    Reminded,
}

impl KeptAs {
    /// All, in the order of the page.
    pub const ALL: [KeptAs; 6] =
        [KeptAs::Met, KeptAs::Late, KeptAs::Missed, KeptAs::Overdue, KeptAs::Open, KeptAs::Reminded];

    /// The word in an address.
    pub fn id(self) -> &'static str {
        match self {
            KeptAs::Met => "met",
            KeptAs::Late => "late",
            KeptAs::Missed => "missed",
            KeptAs::Overdue => "overdue",
            KeptAs::Open => "open",
            KeptAs::Reminded => "reminded",
        }
    }

    /// Of a word in an address.
    pub fn of(id: &str) -> Option<KeptAs> {
        KeptAs::ALL.into_iter().find(|it| it.id() == id)
    }
}

/// Which obligations of a clause are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptList {
    /// The book.
    pub book: String,
    /// Numbers of its rules.
    pub clauses: Vec<String>,
    /// Month, `2026-11`.
    pub month: String,
    /// Only these.
    pub kept_as: Option<KeptAs>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Rows of a page.
    pub limit: i64,
}

/// A member of a rate's population in a period.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberRow {
    /// Its case; empty when it is none.
    pub case: String,
    /// The case's number.
    pub number: String,
    /// The case's title.
    pub title: String,
    /// The case's place.
    pub place: String,
    /// The member's own key.
    pub member: String,
    /// How much it weighs.
    pub weight: i64,
    /// In the base.
    pub in_base: bool,
    /// Exempt.
    pub exempt: bool,
    /// How much of it counts.
    pub counted: i64,
    /// How much of it counts in time.
    pub in_time: i64,
    /// When this is final.
    pub final_at: Option<Moment>,
}

/// Why something is owed (时限依据).
#[derive(Clone, Debug)]
pub struct Explained {
    /// What is owed.
    pub owed: Obligation,
    /// How it came about.
    pub steps: Vec<Step>,
    /// Its clause in short.
    pub brief: ClauseBrief,
    /// The case; none for what the site owes as such.
    pub case: Option<String>,
}

/// A form of the register of papers (单据).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormRow {
    /// Number.
    pub number: String,
    /// Form id.
    pub form: String,
    /// Case id.
    pub case: String,
    /// Case number.
    pub case_number: String,
    /// Issued.
    pub issued: Moment,
    /// Void.
    pub void: bool,
    /// Times printed.
    pub printed: i64,
    /// Copy → holder and since.
    pub copies: BTreeMap<u8, (String, Moment)>,
}
