//! Walks through the program in a real browser (走查), each on a first day of the demonstration's office.

mod appraisal;
mod assessed;
mod dispatch;
mod fees;
mod keyboard;
mod languages;
mod mailroom;
mod malformed;
mod move_in;
mod night;
mod offline;
mod papers;
mod secure;
mod stories;
mod survey;
mod warranty;

use std::future::Future;

use browser::{Server, Window};

/// Runs a walk.
fn walk(steps: impl Future<Output = ()>) {
    tokio::runtime::Runtime::new().expect("a runtime").block_on(steps);
}

/// Takes a repair in, as whoever is signed in; answers its number.
async fn take_in(window: &Window, server: &Server, place: &str, words: &str) -> String {
    let fields = [
        ("words", words),
        ("kind", "repair"),
        ("place", place),
        ("repair.object", "own"),
        ("name", "演示住户"),
        ("phone", "13800000001"),
        ("do", "dispatch"),
    ];
    let (status, to, text) = window.post(&server.url("/desk"), "#intake", &fields).await;
    assert_eq!(status, 200, "{to}: {text}");
    let at = text.find("WX-").unwrap_or_else(|| panic!("no number on {to}: {text}"));
    text[at..].chars().take(14).collect()
}

/// Gives an order to a worker, as whoever is signed in; answers the case's id.
async fn assign(window: &Window, server: &Server, words: &str, worker: &str) -> String {
    window.go(&server.url("/dispatch")).await;
    let script =
        "return [...document.querySelectorAll('[data-card]')].find((it) => it.textContent.includes(arguments[0]))
        ?.dataset.card";
    let card = window.run(script, vec![words.into()]).await;
    let card = card.as_str().unwrap_or_else(|| panic!("no card says {words}")).to_owned();
    let form = "form[action='/dispatch/assign']";
    let (status, to, text) = window.post(&server.url("/dispatch"), form, &[("card", &card), ("lane", worker)]).await;
    assert_eq!(status, 200, "{to}: {text}");
    card
}

/// Does a step of a job, as whoever is signed in.
async fn step(window: &Window, server: &Server, case: &str, step: &str, fields: &[(&str, &str)]) {
    let form = format!("form[action='/jobs/{case}/steps/{step}']");
    let (status, to, text) = window.post(&server.url(&format!("/jobs/{case}")), &form, fields).await;
    assert_eq!(status, 200, "{step} on {to}: {text}");
}
