//! First run, log-in and log-out (开户与登录).

use crate::routes::Route;
use crate::state::Web;

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    Vec::new()
}
