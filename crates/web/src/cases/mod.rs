//! 事项: the register, the case page, its acts.

use crate::routes::Route;
use crate::state::Web;

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    Vec::new()
}
