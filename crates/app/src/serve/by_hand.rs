//! The clock moved by hand (手拨时钟): over demonstration data only, for tests and screenshots. There is no such route
//! otherwise.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};
use journal::House;

use crate::clock::Clock;

/// `GET /clock` tells the moment in microseconds; `POST /clock` with so many seconds as its body moves it, tells what has
/// come due meanwhile, and answers the moment. Empty for a clock that cannot be moved.
pub fn routes(house: &House, clock: &Clock) -> Router {
    if !clock.settable() {
        return Router::new();
    }
    let (asked, moved, house) = (clock.clone(), clock.clone(), house.clone());
    let tell = get(move || async move { asked.now().0.to_string() });
    let forward = post(move |body: String| async move {
        let Ok(seconds) = body.trim().parse() else {
            return (StatusCode::UNPROCESSABLE_ENTITY, "正文写秒数，例如 3600\n".to_owned());
        };
        moved.forward(seconds);
        match house.tick(moved.now()).await {
            Ok(_) => (StatusCode::OK, moved.now().0.to_string()),
            Err(fault) => {
                fault.log();
                (StatusCode::INTERNAL_SERVER_ERROR, fault.number().to_owned())
            }
        }
    });
    Router::new().route("/clock", tell.merge(forward))
}
