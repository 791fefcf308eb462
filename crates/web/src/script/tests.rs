//! The script is small, plain and complete.

use super::*;
use crate::assets::gzip;

#[test]
fn the_script_is_small() {
    let packed = gzip(PAGE.as_bytes()).len();
    assert!(packed <= 10 * 1024, "{packed} bytes in gzip");
    assert!(gzip(OFFLINE.as_bytes()).len() <= 3 * 1024);
}

#[test]
fn nothing_runs_that_the_policy_forbids_and_nothing_leaves() {
    for source in [&*PAGE, &*OFFLINE] {
        for word in ["eval(", "new Function", "innerHTML +=", "document.write", "http://", "https://", ".style."] {
            assert!(!source.contains(word), "{word}");
        }
    }
}

#[test]
fn every_text_that_the_script_says_is_in_the_page() {
    let given = words() + &queue().into_string();
    for part in PAGE.split("say(\"").skip(1) {
        let key = part.split('"').next().unwrap_or_default();
        if key == "fate_" {
            continue;
        }
        assert!(given.contains(key), "say({key}) has no text");
    }
}
