//! The clock moved by hand (手拨时钟): over demonstration data only, for tests and screenshots. There is no such route
//! otherwise.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};
use tokio::sync::watch;

use crate::clock::Clock;

/// `GET /clock` tells the moment in microseconds; `POST /clock` with so many seconds as its body moves it, waits until
/// the node has looked at what came due meanwhile, and answers the moment. `POST /clock/node` puts the node's own clock
/// wrong by so many seconds. Empty for a clock that cannot be moved.
pub fn routes(clock: &Clock, looked: &watch::Receiver<u64>) -> Router {
    if !clock.settable() {
        return Router::new();
    }
    let asked = clock.clone();
    let tell = get(move || async move { asked.now().0.to_string() });
    let router = Router::new().route("/clock", tell.merge(moving(clock, looked, Clock::forward)));
    router.route("/clock/node", moving(clock, looked, Clock::mislead))
}

fn moving(clock: &Clock, looked: &watch::Receiver<u64>, how: fn(&Clock, i64) -> u64) -> axum::routing::MethodRouter {
    let (clock, looked) = (clock.clone(), looked.clone());
    post(move |body: String| async move {
        let Ok(seconds) = body.trim().parse() else {
            return (StatusCode::UNPROCESSABLE_ENTITY, "正文写秒数，例如 3600\n".to_owned());
        };
        let turns = how(&clock, seconds);
        // While the server stops nobody looks any more.
        let _ = looked.clone().wait_for(|looked| *looked >= turns).await;
        (StatusCode::OK, clock.now().0.to_string())
    })
}
