//! What the engine answers for one subject (推导结果): obligations, escalations, rights, routes, blocks, members.

use calendar::Moment;
use serde::{Deserialize, Serialize};

/// A clause of a book: `complaint-instruction` `4.2.3f`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClauseRef {
    /// Book id.
    pub book: String,
    /// Register number within the book.
    pub id: String,
}

/// The state of an obligation at the moment of looking. Lights add 临期 when they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 未到期: not done, not due (or without a clock).
    Open,
    /// 超时: not done, due has passed, can still be done.
    Overdue,
    /// 按时.
    Met,
    /// 逾期: done after due.
    MetLate,
    /// 未办: closed without it.
    Missed,
    /// 免办: waived with approval.
    Waived,
    /// 不适用: its condition fell away or it was ended.
    NotApplicable,
}

/// What is owed, by whom, until when, under which clause (应办).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obligation {
    /// First 16 bytes, hex, of blake3 over book, clause, subject and opening fact (its seq) or period: a late fact that
    /// changes the rounds does not change it.
    pub id: String,
    /// The clause.
    pub clause: ClauseRef,
    /// Subject key as given to `derive`.
    pub subject: String,
    /// 1 for the first opening, in the order of what happened.
    pub round: u32,
    /// Vocabulary ids of the facts that fulfil it.
    pub must: Vec<String>,
    /// All of `must` are needed.
    pub must_all: bool,
    /// Post that bears it, vocabulary id; empty when the clause names none.
    pub bearer: String,
    /// When it opened.
    pub opened: Moment,
    /// First moment at which it may be done, for windows.
    pub not_before: Option<Moment>,
    /// Due moment; none has no clock.
    pub due: Option<Moment>,
    /// The due moment is 24:00 of a date: met strictly before it; else met up to and including it.
    pub end_of_day: bool,
    /// An alarm (软提醒), never a breach.
    pub soft: bool,
    /// State at `as_of`.
    pub state: State,
    /// When it was fulfilled or ended.
    pub ended: Option<Moment>,
    /// The clause that the site prefers for this act (a settled conflict): this one is measured but not lit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yields_to: Option<ClauseRef>,
}

/// Somebody is told at a moment (上报).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscalationDue {
    /// Same making as an obligation's id.
    pub id: String,
    /// The clause.
    pub clause: ClauseRef,
    /// Subject.
    pub subject: String,
    /// Post told.
    pub to: String,
    /// Post that tells.
    pub who: String,
    /// When.
    pub at: Moment,
    /// It has come to pass by `as_of`.
    pub fired: bool,
    /// Alarm only.
    pub soft: bool,
}

/// An act that the law refuses now (不得), with what lifts it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockNow {
    /// The clause.
    pub clause: ClauseRef,
    /// Own-words summary of the clause.
    pub summary: String,
    /// Vocabulary id of the act.
    pub act: String,
    /// What is missing, vocabulary ids of facts, attributes or posts.
    pub missing: Vec<String>,
    /// Only this post may do it.
    pub only: Option<String>,
    /// Not before this moment.
    pub not_before: Option<Moment>,
    /// An attribute must not lie after this moment.
    pub not_after: Option<(String, Moment)>,
}

/// A step that the law names next (走).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteNow {
    /// The clause.
    pub clause: ClauseRef,
    /// Who owns it.
    pub who: String,
    /// Where to: a fact id, or a word as written.
    pub go: String,
}

/// A right (可) and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RightNow {
    /// The clause.
    pub clause: ClauseRef,
    /// Who may.
    pub who: String,
    /// What, a fact id or words.
    pub may: String,
    /// From when.
    pub from: Moment,
    /// It has arisen: its moment has come and nothing ended it before.
    pub arose: bool,
    /// It has arisen and not ended without use.
    pub available: bool,
    /// It was used.
    pub used: bool,
    /// It ended without use, or something kept it from arising.
    pub ended: bool,
}

/// A class that the law gives (归为).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassNow {
    /// The clause.
    pub clause: ClauseRef,
    /// Attribute id.
    pub attribute: String,
    /// Value id.
    pub value: String,
}

/// A member of a population (一户、一件), one row per site, rule, period, member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The rate or count.
    pub clause: ClauseRef,
    /// Period key: `2026-11` `2026-Q4` `2026-W47` `2026-11-22` `2026`.
    pub period: String,
    /// Member key: subject and round, or group and distinct value for counts.
    pub member: String,
    /// Group for counts; empty for rates.
    pub group: String,
    /// Weight: 1, or the number of participants.
    pub weight: i64,
    /// In the base.
    pub in_base: bool,
    /// Exempt.
    pub exempt: bool,
    /// Counted towards the rate, in units of weight.
    pub counted: i64,
    /// Counted in time.
    pub in_time: i64,
    /// From when the row is final; before that 暂计.
    pub final_at: Option<Moment>,
}

/// An amount that a formula gives, in fen; a score in hundredths.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmountNow {
    /// The clause.
    pub clause: ClauseRef,
    /// Name of the amount.
    pub name: String,
    /// Fen, or hundredths of a point.
    pub fen: i64,
    /// It is a score, no money.
    pub score: bool,
}

/// Keep until (留存至).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepUntil {
    /// The clause.
    pub clause: ClauseRef,
    /// Record or form.
    pub of: String,
    /// Last day, ISO; none: a person decides.
    pub until: Option<String>,
}

/// Something that a rule asks for and that is missing, or an act that the wrong hands did, though nothing is refused (缺).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapNow {
    /// The clause.
    pub clause: ClauseRef,
    /// Vocabulary id of the act concerned; empty when the rule names none.
    pub act: String,
    /// What is missing, vocabulary ids of facts, attributes or posts.
    pub missing: Vec<String>,
    /// When the act was done, for acts by the wrong hands.
    pub at: Option<Moment>,
    /// The act was a breach in itself (违规).
    pub breach: bool,
}

/// All answers for one subject at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Derived {
    /// What is owed and was owed, ordered by opening, clause, round.
    pub obligations: Vec<Obligation>,
    /// Escalations.
    pub escalations: Vec<EscalationDue>,
    /// Acts refused now. One with `only` and nothing missing is kept for that post, not refused to it.
    pub blocks: Vec<BlockNow>,
    /// What is missing though nothing is refused.
    pub gaps: Vec<GapNow>,
    /// Next steps.
    pub routes: Vec<RouteNow>,
    /// Rights.
    pub rights: Vec<RightNow>,
    /// Classes; in one book the first rule whose ground is there gives an attribute its class.
    pub classes: Vec<ClassNow>,
    /// Rows of populations.
    pub members: Vec<Member>,
    /// Amounts.
    pub amounts: Vec<AmountNow>,
    /// Retention.
    pub keeps: Vec<KeepUntil>,
    /// The next moment at which this answer changes though nothing happens (a due moment, an escalation, a right).
    pub next_change: Option<Moment>,
}

/// A step of an explanation (时限依据), in Chinese, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// One sentence.
    pub text: String,
    /// The reading or setting that it rests on.
    pub basis: Option<String>,
}

/// A figure of a rate or count in a period (指标).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The clause.
    pub clause: ClauseRef,
    /// Period key.
    pub period: String,
    /// Base, exemptions taken off.
    pub base: i64,
    /// Needed, rounded up; none while no rate is set.
    pub needed: Option<i64>,
    /// Counted.
    pub done: i64,
    /// Counted in time.
    pub in_time: i64,
    /// Exempt.
    pub exempt: i64,
    /// Verdict; none for no data or no rate.
    pub on_target: Option<bool>,
    /// Some window is still open.
    pub provisional: bool,
}
