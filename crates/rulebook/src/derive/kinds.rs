//! The kinds of rule at work (规则种类): one file each; a form is asked for its fields in `record`.

pub(crate) mod block;
pub(crate) mod classify;
pub(crate) mod count;
pub(crate) mod deadline;
pub(crate) mod escalation;
pub(crate) mod formula;
pub(crate) mod rate;
pub(crate) mod record;
pub(crate) mod retention;
pub(crate) mod right;
pub(crate) mod roster;
pub(crate) mod route;
pub(crate) mod sign;
