//! 设置: settings with provenance, accounts, households, import.

use crate::routes::Route;
use crate::state::Web;

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    Vec::new()
}
