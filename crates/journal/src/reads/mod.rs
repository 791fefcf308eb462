//! What pages read (读取): one file a page, plain values out, SQL inside.

mod analysis;
mod answer;
mod archive;
mod asked;
mod board;
mod calendar;
mod care;
mod case_page;
pub(crate) mod cases;
mod charter;
mod clause;
mod complaints;
mod contact;
mod contact_search;
mod desk;
mod dossier;
mod fee;
mod follow_up;
mod follow_up_plan;
pub(crate) mod household;
mod mail;
mod mass_event;
mod measures;
mod meeting;
pub(crate) mod overview;
mod paper;
mod period;
mod person;
mod posts;
mod price;
mod rates;
mod read_out;
mod repairs;
mod row;
mod samples;
mod setting;
mod shift;
mod signing;
mod staff;
pub(crate) mod statistics;
mod stock;
mod survey;
mod survey_results;
mod topic;
mod types;
mod work;

pub use analysis::{Analysis, CameBack, Count, CountedBy, topic_in_words};
pub use answer::{AnswerPage, AnswerRow};
pub use archive::{ArchiveBook, ArchiveDepartment, NeedBook, NeedTopic};
pub use asked::{AskedOf, due as asked_due};
pub use board::{Ringing, Why};
pub use calendar::{CalendarMove, WasDue};
pub(crate) use calendar::{calendar_move, move_of, moved_by};
pub(crate) use case_page::names;
pub use case_page::value_in_words;
pub use cases::{CaseFilter, CaseList};
pub use complaints::{AskedHouseholds, ComplaintBoard, Recurring, SameBy};
pub use contact::{CallHere, ContactFilter, ContactList, ContactPage, ContactRow, MissedCalls, SupervisorCall};
pub use dossier::{
    CategoryRow, DossierPage, DossierQuality, EmergencyRow, EstateUnit, IssuedLetter, SeenBy, TreeFilter, TreeNode,
};
pub use fee::{FeeMonth, FeeRow, FeeState, PostingRow};
pub use follow_up_plan::{DrawnOnce, FollowUpPlan, PlanLine, PlannedRate, SurveyMonth};
pub use mail::{MailDay, MailFigures, MailRow, RoundRow};
pub use mass_event::{JoinedCaller, MassEvent};
pub use measures::MeasureStand;
pub use meeting::MeetingParts;
pub use overview::{Overview, Owing, Told, WeekCount};
#[cfg(test)]
pub(crate) use period::facts_named;
pub use period::{PeriodPage, PeriodRow};
pub(crate) use period::{duty_facts, find as find_period, required as period_requires, stream_of as period_stream};
pub use person::{Erasable, ErasureRow};
pub use price::PriceRow;
pub use rates::RateNow;
pub use read_out::{OrderTold, ReadOut};
pub use repairs::{RepairFigures, RepairList, RepairMark, RepairRow, RepairSpan, RepairsAgain, RepairsBy};
pub(crate) use repairs::{count as repairs_with, unlisted as unlisted_repairs};
pub use samples::{DrawRow, SampleRow};
pub use setting::SettingRow;
pub use shift::{Cover, LeaveRow, LogLine, PostPlan, ShiftRow};
pub use signing::ToSign;
pub use staff::Access;
pub use statistics::{
    CountStood, PersonStood, QuarterStood, RateKind, RatePart, RateStood, Stated, StatedList, StatedRow, Statistics,
    Tallied, percent,
};
pub use stock::StockRow;
pub use survey::{InviteRow, SurveyFilter, SurveyForm, SurveyLine, SurveyResults, SurveyRound, Tally};
pub use topic::{Gathering, TopicMember};
pub use types::*;
