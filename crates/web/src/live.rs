//! Live updates (实时更新): when something was written at a site, pages that show live parts fetch them anew. Only topics
//! travel, never content, so that each page goes through the permission check again.
//!
//! The number that a page knows is the place of the site's last entry, so that it means the same on every node.

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Json;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use journal::Store;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use tokio::time::Instant;

use crate::state::Here;

/// Streams of one server at most; who comes later asks now and then.
const STREAMS_MAX: usize = 4_000;
/// A stream ends after this long and the browser opens the next, so that an ended session is noticed.
const STREAM_LIFE: Duration = Duration::from_secs(600);
/// Between two pieces of news of one stream: a busy site does not make every page fetch itself all the time.
const REST: Duration = Duration::from_millis(1_000);

static STREAMS: AtomicUsize = AtomicUsize::new(0);

/// What a page learns.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct News {
    /// The number up to which it knows now.
    pub seq: i64,
    /// The topics that may have changed.
    pub topics: Vec<String>,
}

/// The query of both addresses: the topics that the page shows, with commas between, and the number it knows.
#[derive(Debug, Default, Deserialize)]
pub struct Wish {
    /// Topics with commas between, at most 64.
    #[serde(default)]
    pub topics: String,
    /// The last known number; 0 asks for none of the past.
    #[serde(default)]
    pub seq: i64,
}

/// What is new for someone who knows `wish.seq` when the site stands at `head`. Another number than the site's, be it
/// from before a restored backup, makes everything new.
fn news(head: i64, wish: &Wish) -> News {
    let all = || wish.topics.split(',').filter(|it| !it.is_empty()).take(64).map(str::to_owned).collect();
    let topics = if wish.seq == 0 || wish.seq == head { Vec::new() } else { all() };
    News { seq: head, topics }
}

/// `GET /live/since`: for hidden tabs and browsers without streams.
pub async fn since(here: Here, Query(wish): Query<Wish>) -> Response {
    Json(news(here.house().store().head_hint(here.site), &wish)).into_response()
}

/// `GET /live`: a stream of server-sent events, each a `News`. Refused with 503 when too many are open.
pub async fn listen(here: Here, Query(wish): Query<Wish>) -> Response {
    if STREAMS.fetch_add(1, Ordering::Relaxed) >= STREAMS_MAX {
        STREAMS.fetch_sub(1, Ordering::Relaxed);
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let store = here.house().store().clone();
    let known = store.head_hint(here.site);
    let listener = Listener {
        _place: Place,
        bell: store.listen(),
        store,
        site: here.site,
        wish: Wish { seq: known, ..wish },
        until: Instant::now() + STREAM_LIFE,
    };
    let events = stream::unfold(listener, |mut listener| async move {
        let news = tokio::time::timeout_at(listener.until, listener.next()).await.ok()??;
        let event = Event::default().data(serde_json::json!(news).to_string());
        Some((Ok::<_, Infallible>(event), listener))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(25))).into_response()
}

/// One open stream; dropping it makes room.
struct Place;

impl Drop for Place {
    fn drop(&mut self) {
        STREAMS.fetch_sub(1, Ordering::Relaxed);
    }
}

struct Listener {
    _place: Place,
    store: Store,
    bell: watch::Receiver<u64>,
    site: i64,
    wish: Wish,
    until: Instant,
}

impl Listener {
    async fn next(&mut self) -> Option<News> {
        loop {
            let news = news(self.store.head_hint(self.site), &self.wish);
            if news.seq != self.wish.seq {
                self.wish.seq = news.seq;
                tokio::time::sleep(REST).await;
                return Some(news);
            }
            self.bell.changed().await.ok()?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Demo;

    #[test]
    fn who_knows_another_number_hears_all_topics() {
        let wish = |seq| Wish { topics: "home,rings".into(), seq };
        assert_eq!(news(7, &wish(0)), News { seq: 7, topics: vec![] });
        assert_eq!(news(7, &wish(7)), News { seq: 7, topics: vec![] });
        for behind in [6, 900] {
            assert_eq!(news(7, &wish(behind)).topics, ["home", "rings"]);
        }
    }

    #[tokio::test]
    async fn a_page_hears_of_a_new_case_at_its_site() {
        let demo = Demo::founded().await;
        let at = |body: &str| body.split(&[':', ','][..]).nth(1).unwrap_or_default().to_owned();
        let before = demo.get("front_desk", "/live/since?seq=0&topics=home").await;
        assert!(before.body.ends_with(r#""topics":[]}"#), "{}", before.body);
        let ask = format!("/live/since?seq={}&topics=home,rings", at(&before.body));
        assert!(demo.get("front_desk", &ask).await.body.ends_with(r#""topics":[]}"#));
        demo.repair("厨房水龙头漏水").await;
        let after = demo.get("front_desk", &ask).await;
        assert!(after.body.ends_with(r#""topics":["home","rings"]}"#), "{}", after.body);
    }
}
