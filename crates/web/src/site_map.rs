//! The whole site (全站): every registry of routes, and the router behind the guard.

use axum::Router;

use crate::routes::{Route, router};
use crate::security::door::Door;
use crate::security::guard::{self, Guard};
use crate::state::Web;
use crate::{cases, desk, dispatch, entry, follow_up, foundation, home, jobs, papers, rulebooks, settings};

/// Every route of the program.
pub fn routes() -> Vec<Route<Web>> {
    let mut all = foundation::routes();
    for part in [
        entry::routes(),
        home::routes(),
        desk::routes(),
        cases::routes(),
        papers::routes(),
        dispatch::routes(),
        jobs::routes(),
        follow_up::routes(),
        rulebooks::routes(),
        settings::routes(),
    ] {
        all.extend(part);
    }
    all
}

/// The program's router: routes with their permissions, guard around them.
pub fn site(web: Web, door: Door) -> Router {
    let guard = Guard::new(door, web.sessions());
    guard::around(router(&[&routes()]).with_state(web), guard)
}
