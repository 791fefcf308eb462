//! Conditions, anchors and limits (条件、起算点、时限): the terms that rules of every kind are made of.

use std::ops::Range;

use calendar::{On, Span};
use jiff::civil::{Time, Weekday};

use super::{At, Slot};

/// A condition on attributes of the subject: all must hold.
pub type When = Vec<Condition>;

/// `"投诉类别" = "一类"`, `"损失" = ">= 500 元"`, `"渠道" = ["电话", "信函"]`, `"有效" = "非 否"`, `"预约时间" = "有"`/`"无"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Attribute word, or `设置:` and the name of a setting.
    pub attribute: At<String>,
    /// The test.
    pub test: Test,
    /// Bytes of the test.
    pub span: Range<usize>,
}

/// A test of one attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// One of these words or numbers.
    OneOf(Vec<String>),
    /// None of these; an absent attribute passes.
    NotOneOf(Vec<String>),
    /// Present (`有`).
    Present,
    /// Absent (`无`).
    Absent,
    /// Compared with a number in the attribute's unit (fen for money, plain otherwise).
    Compare(Comparison, Slot<i64>),
}

/// An order relation; 以上, 达到 is `AtLeast`, 超过 is `MoreThan`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `>=`
    AtLeast,
    /// `>`
    MoreThan,
    /// `<=`
    AtMost,
    /// `<`
    LessThan,
}

/// A due moment told from an anchor instead of by a span: `预约时间 前 5 分钟`, `维修完工 后首个 17:00`, `登记返单 后首个 25 日`,
/// `条款 4.2.3f 到期 后 2 天`, `合同开始、合同结束 期间中段`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// What it starts from.
    pub base: AnchorBase,
    /// Moved by.
    pub shift: AnchorShift,
}

/// Where an anchor starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnchorBase {
    /// The opening fact itself (the anchor names no base, or names `from`).
    Opening,
    /// A fact of the same subject: its first occurrence at or after the opening, else the last before it.
    Fact(String),
    /// An attribute that holds a date or a moment.
    Attribute(String),
    /// The due moment of another clause of the same book, same subject and round: `条款 4.2.3f 到期`;
    /// several are tried in order: `条款 4.2.3f、4.2.3g、4.2.3h 到期`.
    ClauseDue(Vec<String>),
    /// The later of several attributes or facts: `A、B 较晚者`.
    Later(Vec<String>),
    /// The middle third of the days between two date attributes: opens at its first day, due at the end of its last.
    MiddleThird(String, String),
}

/// How an anchor is moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnchorShift {
    /// Not at all; a date stands for its 24:00.
    None,
    /// Later by a span.
    After(Slot<Span>),
    /// Later by as many minutes as a number attribute of the subject says; without it there is no clock.
    AfterMinutes(String),
    /// Later by as many working days as a number attribute of the subject says; without it there is no clock.
    AfterWorkdays(String),
    /// Earlier by a span.
    Before(Slot<Span>),
    /// The first of these clock times strictly after the base, on such a day (`后首个 17:00`, `后首个 周一至周五 09:30、17:00`).
    NextTime {
        /// Days on which it falls; none: every day.
        on: Option<On>,
        /// The times.
        times: Vec<Slot<Time>>,
    },
    /// The first such day of a month on or after the base's date, at 24:00 (`后首个 25 日`).
    NextMonthDay(Slot<i8>),
    /// The first such weekday strictly after the base's date, at the time or 24:00 (`后首个 周日`).
    NextWeekday(Weekday, Option<Time>),
    /// The same date's 24:00 (`当日`).
    SameDay,
    /// The end of the month of the base, or of the month after (`当月底`, `次月底`).
    MonthEnd {
        /// 次月底.
        next: bool,
    },
    /// Day N of the first month of the quarter after the base's (`下季首月 10 日`).
    NextQuarterDay(Slot<i8>),
    /// The next time the site opens, by its hours of service, strictly after the base (`后首个 服务时间`).
    NextOpening,
}

/// How long a deadline runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
    /// `within = "4 小时"`.
    Within(Slot<Span>),
    /// `due = <anchor>`.
    Due(Anchor),
    /// No number: the step must exist when `closing` happens; no clock.
    None,
}

/// What a condition on a setting of the site starts with: `"设置:回访天数" = "工作日"`.
pub const SETTING_MARK: &str = "设置:";

impl Condition {
    /// The setting that it is about; none when it is about an attribute of the subject.
    pub fn setting(&self) -> Option<&str> {
        self.attribute.value.strip_prefix(SETTING_MARK)
    }
}
