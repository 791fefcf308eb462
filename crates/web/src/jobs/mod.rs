//! 我的任务: the repairer's phone.

use crate::routes::Route;
use crate::state::Web;

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    Vec::new()
}
