//! 工作台: what I owe, by time.

use crate::routes::Route;
use crate::state::Web;

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    Vec::new()
}
