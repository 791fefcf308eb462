//! Where the third copy of a repair slip is (第三联): back with the desk, on its way to finance, signed for there.

use super::{Case, CaseState};
use crate::act::signing::RECEIVED;

/// The act by which the desk sends it.
const SENT: &str = "repair.copy_to_finance";

/// A stage on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThirdCopy {
    /// The slip is back and booked; the copy lies at the desk.
    Back,
    /// Sent to finance, not signed for.
    Sent,
    /// Finance has it.
    Received,
}

impl ThirdCopy {
    /// Of a repair; none before its slip is back, and of one that was withdrawn.
    pub fn of(case: &Case) -> Option<ThirdCopy> {
        let stages =
            [(RECEIVED, ThirdCopy::Received), (SENT, ThirdCopy::Sent), ("repair.return_booked", ThirdCopy::Back)];
        let stage = stages.into_iter().find(|(act, _)| case.has(act)).map(|(_, stage)| stage);
        stage.filter(|_| case.state != CaseState::Withdrawn && case.form("repair_slip").is_some())
    }

    /// The word of rows.
    pub fn id(self) -> &'static str {
        match self {
            ThirdCopy::Back => "back",
            ThirdCopy::Sent => "sent",
            ThirdCopy::Received => "received",
        }
    }

    /// The act that brings it on from here.
    pub fn next(self) -> Option<&'static str> {
        match self {
            ThirdCopy::Back => Some(SENT),
            ThirdCopy::Sent => Some(RECEIVED),
            ThirdCopy::Received => None,
        }
    }
}
