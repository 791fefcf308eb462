//! The stylesheet is small, and its colours can be read by people with weak sight (WCAG 2.2 AA).

use std::collections::BTreeMap;

use super::*;
use crate::assets::gzip;

#[test]
fn the_sheet_is_small() {
    assert!(SHEET.len() <= 40 * 1024, "{} bytes", SHEET.len());
    // A first page on the phone may weigh 40 KB, and the sheet is a quarter of it.
    assert!(gzip(SHEET.as_bytes()).len() <= 9 * 1024, "{} bytes in gzip", gzip(SHEET.as_bytes()).len());
}

#[test]
fn comments_and_blanks_are_left_out() {
    assert_eq!(small("/* a */ b > c ,\n d { e : f ; }\n/* g */"), "b>c,d{e :f}");
    assert!(!SHEET.contains("/*"));
    assert_eq!(SHEET.matches('{').count(), SHEET.matches('}').count());
}

/// The side of a case is narrow, and acts have long names in English.
#[test]
fn a_long_act_wraps_beside_the_case() {
    let rule = SHEET.split(".acts :is(button,.button){").nth(1).unwrap_or_default();
    assert!(rule.split('}').next().is_some_and(|it| it.contains("white-space:normal")), "{rule}");
}

/// 今天 on a sheet means nothing tomorrow.
#[test]
fn paper_says_exact_moments() {
    let rule = SHEET.split("time[title]::after{").nth(1).unwrap_or_default();
    assert!(rule.starts_with("content:attr(title)"), "{rule}");
}

/// A sheet of paper is 210 or 241 mm wide; a phone has 360 pixels of 25.4/96 mm.
#[test]
fn a_phone_shows_a_sheet_whole() {
    let phone = PAPER.rsplit("(max-width:460px)").next().unwrap_or_default();
    for (paper, millimetres) in [(".sheet", 210.0), (".multi", 241.0)] {
        let rule = phone.split(&format!("{paper}{{zoom:")).nth(1).unwrap_or_default();
        let zoom: f64 = rule.split([';', '}']).next().unwrap_or_default().parse().expect("a number");
        let wide = millimetres / 25.4 * 96.0 * zoom;
        assert!((300.0..=358.0).contains(&wide), "{paper} is {wide} pixels wide");
    }
}

#[test]
fn nothing_is_fetched_from_elsewhere() {
    assert!(!SHEET.contains("http") && !SHEET.contains("@import") && !SHEET.contains("url("));
}

/// Text colours on the grounds they stand on: at least 4.5 to 1.
const TEXTS: &[(&str, &[&str])] = &[
    ("ink", &["paper", "panel", "band", "wash", "soon-wash", "late-wash", "line"]),
    ("ink2", &["paper", "panel", "band", "wash"]),
    ("link", &["paper", "panel", "band", "wash"]),
    ("on-act", &["act", "act-over"]),
    ("soon", &["paper", "panel", "band", "soon-wash"]),
    ("late", &["paper", "panel", "band", "late-wash"]),
    ("met", &["paper", "panel", "band"]),
    ("met-late", &["paper", "panel", "band"]),
    ("seal", &["paper", "panel", "band"]),
];

/// Shapes and edges of controls: at least 3 to 1.
const SHAPES: &[(&str, &[&str])] = &[
    ("field", &["paper", "panel"]),
    ("s1", &["panel", "paper"]),
    ("s2", &["panel", "paper"]),
    ("s3", &["panel", "paper"]),
    ("s4", &["panel", "paper"]),
    ("s5", &["panel", "paper"]),
];

#[test]
fn colours_have_enough_contrast() {
    let (light, dark) = TOKENS.split_once("/* dark */").unwrap();
    for (theme, css) in [("light", light), ("dark", dark)] {
        let colours = colours(css);
        for (pairs, least) in [(TEXTS, 4.5), (SHAPES, 3.0)] {
            for (front, grounds) in pairs {
                for ground in *grounds {
                    let ratio = contrast(colours[*front], colours[*ground]);
                    assert!(ratio >= least, "{theme}: {front} on {ground} is {ratio:.2}, least {least}");
                }
            }
        }
    }
}

#[test]
fn every_colour_used_is_a_token() {
    let (light, _) = TOKENS.split_once("/* dark */").unwrap();
    for part in SHEET.split("var(--").skip(1) {
        let name = part.split([')', ',']).next().unwrap_or_default();
        assert!(light.contains(&format!("--{name}:")), "--{name} is no token");
    }
}

fn colours(css: &str) -> BTreeMap<&str, [f64; 3]> {
    let mut found = BTreeMap::new();
    for declaration in css.split([';', '{', '}']) {
        let Some((name, value)) = declaration.split_once(':') else {
            continue;
        };
        if let (Some(name), Some(hex)) = (name.trim().strip_prefix("--"), value.trim().strip_prefix('#')) {
            let part = |at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            found.insert(name, [part(0), part(2), part(4)]);
        }
    }
    found
}

fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let luminance = |colour: [f64; 3]| {
        let [r, g, b] = colour.map(|c| if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}
