//! Which language a request speaks (选择语言): the one chosen on this device (a cookie, which signing in
//! sets anew), else the account's, else the browser's, else Chinese.

use super::Language;

/// The language of a request. `header` is `Accept-Language`; its order of preference counts, unknown tags are skipped.
pub fn choose(cookie: Option<&str>, account: Option<Language>, header: Option<&str>) -> Language {
    cookie.and_then(Language::of_tag).or(account).or_else(|| header.and_then(accepted)).unwrap_or_default()
}

fn accepted(header: &str) -> Option<Language> {
    let mut best: Option<(u16, Language)> = None;
    for entry in header.split(',').take(16) {
        let mut parts = entry.split(';');
        let Some(language) = parts.next().and_then(|tag| spoken_by(tag.trim())) else {
            continue;
        };
        let weight = parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(1000, thousandths);
        if weight > 0 && best.is_none_or(|(other, _)| weight > other) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

fn spoken_by(tag: &str) -> Option<Language> {
    let tag = tag.to_ascii_lowercase();
    let mut parts = tag.split('-');
    match parts.next()? {
        "en" => Some(Language::English),
        "zh" if parts.any(|part| matches!(part, "tw" | "hk" | "mo" | "hant")) => Some(Language::Traditional),
        "zh" => Some(Language::Chinese),
        _ => None,
    }
}

/// `0.8` as 800; an unreadable weight is 0, so that the entry is skipped.
fn thousandths(weight: &str) -> u16 {
    let (whole, rest) = weight.trim().split_once('.').unwrap_or((weight.trim(), ""));
    let digits: String = rest.chars().chain("000".chars()).take(3).collect();
    match (whole.parse::<u16>(), digits.parse::<u16>()) {
        (Ok(whole), Ok(part)) if whole <= 1 => (whole * 1000 + part).min(1000),
        _ => 0,
    }
}
