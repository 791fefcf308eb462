//! What the binary carries (内嵌): rulebooks, vocabulary and calendars as of its build.

include!(concat!(env!("OUT_DIR"), "/shipped.rs"));
