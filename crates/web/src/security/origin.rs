//! Where a post comes from (来源): only our own pages may send one. No token in forms; the browser says it itself.

use axum::http::{HeaderMap, Method, header};

/// Whether an unsafe request may go on. `Sec-Fetch-Site` decides; an old browser without it must send an `Origin` whose
/// host and port are those asked for. One that sends neither is refused: guessing would open the door to any site.
pub fn is_ours(method: &Method, path: &str, headers: &HeaderMap) -> bool {
    if method.is_safe() || is_hook(path, headers) {
        return true;
    }
    if let Some(site) = headers.get("sec-fetch-site") {
        return matches!(site.as_bytes(), b"same-origin" | b"none");
    }
    let origin = headers.get(header::ORIGIN).and_then(|it| it.to_str().ok());
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok());
    match (origin.and_then(|it| it.split_once("://")), host) {
        (Some(("http" | "https", from)), Some(host)) => from.eq_ignore_ascii_case(host),
        _ => false,
    }
}

/// Machines knock here with a key in the address, never with somebody's log-in: without a cookie there is nothing that
/// another site could misuse.
fn is_hook(path: &str, headers: &HeaderMap) -> bool {
    path.starts_with("/hook/") && !headers.contains_key(header::COOKIE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        is_ours(&Method::POST, "/cases", &headers)
    }

    #[test]
    fn a_machine_knocks_without_a_cookie_and_only_at_its_door() {
        let hook = |path: &str, headers: &HeaderMap| is_ours(&Method::POST, path, headers);
        let mut headers = HeaderMap::new();
        assert!(hook("/hook/phone/abc", &headers));
        assert!(!hook("/hooked", &headers) && !hook("/desk", &headers));
        headers.insert(header::COOKIE, "session=x".parse().unwrap());
        assert!(!hook("/hook/phone/abc", &headers));
    }

    #[test]
    fn a_post_of_our_own_page_passes() {
        assert!(post(&[("sec-fetch-site", "same-origin")]));
        assert!(post(&[("sec-fetch-site", "none")]));
        assert!(post(&[("origin", "http://192.168.1.5:8080"), ("host", "192.168.1.5:8080")]));
    }

    #[test]
    fn a_post_of_another_page_is_refused() {
        assert!(!post(&[("sec-fetch-site", "cross-site")]));
        assert!(!post(&[("sec-fetch-site", "same-site"), ("origin", "http://a"), ("host", "a")]));
        assert!(!post(&[("origin", "http://evil.example"), ("host", "office.example")]));
        assert!(!post(&[("origin", "http://office.example:81"), ("host", "office.example")]));
        assert!(!post(&[("origin", "null"), ("host", "office.example")]));
        assert!(!post(&[("host", "office.example")]));
    }

    #[test]
    fn reading_is_always_ours() {
        assert!(is_ours(&Method::GET, "/", &HeaderMap::new()));
        assert!(!is_ours(&Method::DELETE, "/", &HeaderMap::new()));
    }
}
