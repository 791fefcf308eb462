//! Live updates (实时更新): who changes something says its topic; pages that show the topic fetch their part anew. Only
//! topics travel, never content, so that each page goes through the permission check again.
//!
//! A topic is a short word of one site: `home`, `dispatch`, `case-1021`, `rings`.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Json;
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;
use tokio::time::Instant;

/// Changes kept for pages that ask now and then instead of holding a stream.
const KEPT: usize = 4_096;
/// Streams of one server at most; who comes later asks now and then.
const STREAMS_MAX: usize = 4_000;
/// A stream ends after this long and the browser opens the next, so that an ended session is noticed.
const STREAM_LIFE: Duration = Duration::from_secs(600);

/// Where changes are announced; clones share it.
#[derive(Clone)]
pub struct Live {
    inner: Arc<Inner>,
}

struct Inner {
    sender: broadcast::Sender<Change>,
    kept: Mutex<Kept>,
    streams: AtomicUsize,
}

#[derive(Default)]
struct Kept {
    seq: u64,
    changes: VecDeque<Change>,
}

#[derive(Clone, Debug)]
struct Change {
    seq: u64,
    site: Arc<str>,
    topic: Arc<str>,
}

/// What a page learns.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct News {
    /// The number up to which it knows now.
    pub seq: u64,
    /// The topics that changed, each once.
    pub topics: Vec<String>,
}

/// The query of both addresses: the topics that the page shows, with commas between, and the number it knows.
#[derive(Debug, Deserialize)]
pub struct Wish {
    /// Topics with commas between.
    #[serde(default)]
    pub topics: String,
    /// The last known number; 0 asks for none of the past.
    #[serde(default)]
    pub seq: u64,
}

impl Wish {
    fn wants(&self, topic: &str) -> bool {
        self.topics.split(',').take(64).any(|it| it == topic)
    }
}

impl Default for Live {
    fn default() -> Live {
        let (sender, _) = broadcast::channel(1024);
        Live {
            inner: Arc::new(Inner {
                sender,
                kept: Mutex::default(),
                streams: AtomicUsize::new(0),
            }),
        }
    }
}

impl Live {
    /// Announces that something about `topic` changed at `site`. Nobody listening is fine.
    pub fn changed(&self, site: &str, topic: &str) {
        let change = {
            let mut kept = self
                .inner
                .kept
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            kept.seq += 1;
            let change = Change {
                seq: kept.seq,
                site: site.into(),
                topic: topic.into(),
            };
            kept.changes.push_back(change.clone());
            if kept.changes.len() > KEPT {
                kept.changes.pop_front();
            }
            change
        };
        // An error only says that no page is open.
        let _ = self.inner.sender.send(change);
    }

    /// The changes after `wish.seq`. A page that is further behind than what is kept hears all its topics.
    pub fn since(&self, site: &str, wish: &Wish) -> News {
        let kept = self
            .inner
            .kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let oldest = kept
            .changes
            .front()
            .map_or(kept.seq + 1, |change| change.seq);
        let mut topics: Vec<String> = if wish.seq == 0 {
            Vec::new()
        } else if wish.seq + 1 < oldest || wish.seq > kept.seq {
            wish.topics
                .split(',')
                .filter(|it| !it.is_empty())
                .map(str::to_owned)
                .collect()
        } else {
            let new = kept
                .changes
                .iter()
                .filter(|it| it.seq > wish.seq && &*it.site == site && wish.wants(&it.topic));
            new.map(|change| change.topic.to_string()).collect()
        };
        topics.sort_unstable();
        topics.dedup();
        News {
            seq: kept.seq,
            topics,
        }
    }

    /// `GET /live/since`: for hidden tabs and browsers without streams.
    pub fn answer(&self, site: &str, wish: &Wish) -> Response {
        Json(self.since(site, wish)).into_response()
    }

    /// `GET /live`: a stream of server-sent events, each a `News`. Refused with 503 when too many are open.
    pub fn stream(&self, site: &str, wish: Wish) -> Response {
        if self.inner.streams.fetch_add(1, Ordering::Relaxed) >= STREAMS_MAX {
            self.inner.streams.fetch_sub(1, Ordering::Relaxed);
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
        let listener = Listener {
            place: Place(self.inner.clone()),
            changes: self.inner.sender.subscribe(),
            site: site.into(),
            wish,
            until: Instant::now() + STREAM_LIFE,
        };
        let events = stream::unfold(listener, |mut listener| async move {
            let news = tokio::time::timeout_at(listener.until, listener.next())
                .await
                .ok()??;
            let event = Event::default().data(serde_json::json!(news).to_string());
            Some((Ok::<_, Infallible>(event), listener))
        });
        Sse::new(events)
            .keep_alive(KeepAlive::new().interval(Duration::from_secs(25)))
            .into_response()
    }
}

/// One open stream; dropping it makes room.
struct Place(Arc<Inner>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.streams.fetch_sub(1, Ordering::Relaxed);
    }
}

struct Listener {
    place: Place,
    changes: broadcast::Receiver<Change>,
    site: Arc<str>,
    wish: Wish,
    until: Instant,
}

impl Listener {
    async fn next(&mut self) -> Option<News> {
        loop {
            match self.changes.recv().await {
                Ok(change) if change.site == self.site && self.wish.wants(&change.topic) => {
                    return Some(News {
                        seq: change.seq,
                        topics: vec![change.topic.to_string()],
                    });
                }
                Ok(_) => {}
                // Too slow: what was missed is unknown, so everything counts as changed.
                Err(broadcast::error::RecvError::Lagged(_)) => {
                    let seq = self
                        .place
                        .0
                        .kept
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .seq;
                    return Some(News {
                        seq,
                        topics: self.wish.topics.split(',').map(str::to_owned).collect(),
                    });
                }
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(topics: &str, seq: u64) -> Wish {
        Wish {
            topics: topics.to_owned(),
            seq,
        }
    }

    #[test]
    fn a_page_hears_its_topics_of_its_site_once() {
        let live = Live::default();
        live.changed("1", "home");
        let start = live.since("1", &wish("home,rings", 0));
        assert_eq!(
            start,
            News {
                seq: 1,
                topics: vec![]
            }
        );
        live.changed("1", "rings");
        live.changed("1", "rings");
        live.changed("2", "home");
        live.changed("1", "mail");
        let news = live.since("1", &wish("home,rings", start.seq));
        assert_eq!(
            news,
            News {
                seq: 5,
                topics: vec!["rings".to_owned()]
            }
        );
        assert_eq!(
            live.since("1", &wish("home,rings", 5)).topics,
            Vec::<String>::new()
        );
    }

    #[test]
    fn who_is_too_far_behind_or_comes_from_before_a_restart_hears_everything() {
        let live = Live::default();
        for _ in 0..KEPT + 2 {
            live.changed("1", "mail");
        }
        assert_eq!(live.since("1", &wish("home", 1)).topics, ["home"]);
        assert!(live.since("1", &wish("home", 2)).topics.is_empty());
        assert_eq!(live.since("1", &wish("home", 1_000_000)).topics, ["home"]);
    }

    #[tokio::test]
    async fn a_stream_tells_what_changes_and_gives_its_place_back() {
        use http_body_util::BodyExt;
        let live = Live::default();
        let mut body = live.stream("1", wish("home", 0)).into_body();
        assert_eq!(live.inner.streams.load(Ordering::Relaxed), 1);
        live.changed("1", "mail");
        live.changed("1", "home");
        let frame = body.frame().await.unwrap().unwrap().into_data().unwrap();
        assert_eq!(frame, "data: {\"seq\":2,\"topics\":[\"home\"]}\n\n");
        drop(body);
        assert_eq!(live.inner.streams.load(Ordering::Relaxed), 0);
    }
}
