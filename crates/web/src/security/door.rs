//! How requests reach the program (入口): the scheme decides cookie names, flags and HSTS; behind a proxy the client's
//! address stands in a header.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};

/// The way in. Plain http on a LAN address works, with less: no `Secure` cookies, no offline work, no camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Door {
    /// The program itself speaks plain http.
    #[default]
    Plain,
    /// The program itself speaks TLS.
    Tls,
    /// A proxy stands in front; `X-Forwarded-Proto` and the last `X-Forwarded-For` are its word.
    BehindProxy,
}

impl Door {
    /// Whether the visitor's browser speaks https.
    pub fn is_https(self, headers: &HeaderMap) -> bool {
        match self {
            Door::Plain => false,
            Door::Tls => true,
            Door::BehindProxy => word(headers, "x-forwarded-proto").is_some_and(|it| it.eq_ignore_ascii_case("https")),
        }
    }

    /// The visitor's address. The header is believed only behind a proxy: anyone can write it.
    pub fn client(self, headers: &HeaderMap, extensions: &Extensions) -> Option<IpAddr> {
        if self == Door::BehindProxy
            && let Some(address) = word(headers, "x-forwarded-for")
                .and_then(|list| list.rsplit(',').next())
                .and_then(|last| last.trim().parse().ok())
        {
            return Some(address);
        }
        extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip())
    }
}

fn word<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forwarded_headers_count_only_behind_a_proxy() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-proto", "https".parse().unwrap());
        headers.insert("x-forwarded-for", "203.0.113.9, 10.0.0.7".parse().unwrap());
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 80))));

        assert!(!Door::Plain.is_https(&headers));
        assert!(Door::Tls.is_https(&HeaderMap::new()));
        assert!(Door::BehindProxy.is_https(&headers));
        assert_eq!(Door::Plain.client(&headers, &extensions).unwrap().to_string(), "127.0.0.1");
        assert_eq!(Door::BehindProxy.client(&headers, &extensions).unwrap().to_string(), "10.0.0.7");
        assert_eq!(Door::BehindProxy.client(&HeaderMap::new(), &extensions).unwrap().to_string(), "127.0.0.1");
    }
}
