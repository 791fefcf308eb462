//! Cookies (浏览器凭据): the session, the chosen language and appearance, where this workstation prints. Nothing else is
//! kept in a browser.

use axum::http::{HeaderMap, HeaderValue, header};

/// The language choice of a visitor without an account.
pub const LANGUAGE: &str = "language";
/// The appearance choice: `light` or `dark`; without one the system decides.
pub const APPEARANCE: &str = "appearance";
/// How far print is moved at this workstation: tenths of a millimetre to the right and down, `-5_12`.
pub const PRINT: &str = "print";

/// The session cookie's name. `__Host-` binds it to this host and to https, and browsers refuse it on plain http.
pub fn session_name(https: bool) -> &'static str {
    if https { "__Host-session" } else { "session" }
}

/// The value of a cookie of the request; of twins the first.
pub fn find<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// `Set-Cookie` for the session token. Without `seconds` the cookie ends with the browser.
pub fn session(token: &str, https: bool, seconds: Option<u32>) -> HeaderValue {
    cookie(session_name(https), token, https, true, seconds)
}

/// `Set-Cookie` that takes the session away.
pub fn session_over(https: bool) -> HeaderValue {
    cookie(session_name(https), "", https, true, Some(0))
}

/// `Set-Cookie` for a choice, kept a year.
pub fn choice(name: &str, value: &str, https: bool) -> HeaderValue {
    cookie(name, value, https, false, Some(365 * 24 * 3600))
}

/// The name is ours; a value that could break the header (only letters, digits, `-` and `_` are taken) becomes empty.
fn cookie(name: &str, value: &str, https: bool, hidden: bool, seconds: Option<u32>) -> HeaderValue {
    let clean = value.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_'));
    let mut text = format!("{name}={}; Path=/; SameSite=Lax", if clean { value } else { "" });
    if hidden {
        text.push_str("; HttpOnly");
    }
    if https {
        text.push_str("; Secure");
    }
    if let Some(seconds) = seconds {
        text.push_str(&format!("; Max-Age={seconds}"));
    }
    HeaderValue::from_str(&text).expect("only ASCII letters, digits and marks stand in it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_binds_the_session_to_the_host() {
        let secure = session("abc", true, None);
        assert_eq!(secure, "__Host-session=abc; Path=/; SameSite=Lax; HttpOnly; Secure");
        let plain = session("abc", false, Some(60));
        assert_eq!(plain, "session=abc; Path=/; SameSite=Lax; HttpOnly; Max-Age=60");
        assert_eq!(session_over(false), "session=; Path=/; SameSite=Lax; HttpOnly; Max-Age=0");
    }

    #[test]
    fn a_value_cannot_break_out() {
        assert_eq!(choice(LANGUAGE, "en; Domain=x", false), "language=; Path=/; SameSite=Lax; Max-Age=31536000");
    }

    #[test]
    fn the_first_of_the_name_counts() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, "a=1; session=x".parse().unwrap());
        headers.append(header::COOKIE, "session=y; xsession=z".parse().unwrap());
        assert_eq!(find(&headers, "session"), Some("x"));
        assert_eq!(find(&headers, "ession"), None);
    }
}
