//! A fault (故障): an accident of disk, network or program, never a refusal. Logged once, here, with its whole chain; the
//! visitor sees a short number to quote.

use std::error::Error;
use std::fmt;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::page::wrong;

/// Letters and digits that are not mistaken for each other, read aloud or from a screen.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

tokio::task_local! {
    static NUMBER: String;
}

/// What went wrong while doing what. Becomes a page with a number, status 500.
#[derive(Debug)]
pub struct Fault {
    doing: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl Fault {
    /// A fault with its cause. `doing` says in Chinese what was being done: 读取会话.
    pub fn new(doing: impl Into<String>, cause: impl Error + Send + Sync + 'static) -> Fault {
        Fault { doing: doing.into(), source: Some(Box::new(cause)) }
    }

    /// A fault whose cause is only words.
    pub fn said(doing: impl Into<String>, cause: &str) -> Fault {
        Fault { doing: doing.into(), source: Some(cause.into()) }
    }

    /// A boxed cause, as `anyhow` gives it by `into()`.
    pub fn boxed(doing: impl Into<String>, cause: Box<dyn Error + Send + Sync>) -> Fault {
        Fault { doing: doing.into(), source: Some(cause) }
    }

    /// The causes, outermost first, in one line.
    fn chain(&self) -> String {
        let mut words = Vec::new();
        let mut next: Option<&(dyn Error + 'static)> = self.source.as_deref().map(|it| it as &(dyn Error + 'static));
        while let Some(error) = next {
            words.push(error.to_string());
            next = error.source();
        }
        words.join("：")
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}时出了故障：{}", self.doing, self.chain())
    }
}

impl Error for Fault {}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let number = number();
        tracing::error!(number, doing = self.doing, cause = self.chain(), "故障");
        (StatusCode::INTERNAL_SERVER_ERROR, wrong::fault(&number)).into_response()
    }
}

/// The number of the present request, which its fault page and its log lines carry; a fresh one outside a request.
pub fn number() -> String {
    NUMBER.try_with(Clone::clone).unwrap_or_else(|_| fresh_number())
}

/// Runs a request under its number.
pub async fn numbered<F: Future>(number: String, work: F) -> F::Output {
    NUMBER.scope(number, work).await
}

/// Six characters, a thousand million of them: enough to find one line in the log of a day.
pub fn fresh_number() -> String {
    let mut bytes = [0u8; 6];
    // Without randomness the number is only less telling; the fault itself must still be shown.
    let _ = getrandom::fill(&mut bytes);
    bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chain_names_every_cause() {
        let inner = std::io::Error::other("磁盘已满");
        let fault = Fault::new("写入附件", inner);
        assert_eq!(fault.to_string(), "写入附件时出了故障：磁盘已满");
    }

    #[tokio::test]
    async fn the_page_quotes_the_number_of_the_request() {
        let response = numbered("7KQ2MD".to_owned(), async { Fault::said("试验", "没有").into_response() }).await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        assert!(body.contains("7KQ2MD"));
        assert!(!body.contains("试验"), "a visitor does not see the inside");
    }

    #[test]
    fn numbers_have_six_plain_characters() {
        let number = fresh_number();
        assert_eq!(number.len(), 6);
        assert!(number.bytes().all(|c| ALPHABET.contains(&c)));
    }
}
