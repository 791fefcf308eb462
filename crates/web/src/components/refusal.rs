//! A refusal (拒绝) at the place where it was met: what is refused, why with its clauses, what to do next.

use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use office::Refusal;

use super::marks;
use crate::language::address::put;
use crate::language::said;

/// The refusal as a block; put it above the button that was pressed, with `role="alert"`.
pub fn refusal(refusal: &Refusal) -> Markup {
    html! {
        div.refusal role="alert" data-at=[&refusal.field] {
            b { (said(&put(&refusal.what), None)) }
            ul {
                @for reason in &refusal.because {
                    li {
                        @if reason.clause.is_some() { (said(&reason.text, None)) } @else { (said(&put(&reason.text), None)) }
                        @if let Some(clause) = &reason.clause { " " (marks::clause(clause, None)) }
                    }
                }
            }
            p { (said(&put(&refusal.next), None)) }
        }
    }
}

/// The answer to a refused act: the page or fragment with the refusal in it, status 422. The header carries the same
/// words for a phone that sends its queue.
pub fn refused(page: impl IntoResponse, refusal: &Refusal) -> Response {
    let mut response = (StatusCode::UNPROCESSABLE_ENTITY, page).into_response();
    if let Ok(words) = HeaderValue::from_str(&percent(&refusal.to_string())) {
        response.headers_mut().insert(HeaderName::from_static("x-refusal"), words);
    }
    response
}

/// Percent-escapes for a header; a refusal longer than 300 characters is cut.
fn percent(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().take(300) {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use office::Reason;
    use rulebook::ClauseRef;

    #[test]
    fn three_parts_and_the_clause() {
        let clause = ClauseRef { book: "complaint-instruction".into(), id: "4.7".into() };
        let no = Refusal {
            what: "不能结案".into(),
            because: vec![Reason { text: "处理记录未经批准".into(), clause: Some(clause) }],
            next: "请先提交批准。".into(),
            field: None,
        };
        let block = refusal(&no).into_string();
        for part in ["不能结案", "处理记录未经批准", "/rulebooks/complaint-instruction/4.7", "请先提交批准。", "alert"]
        {
            assert!(block.contains(part), "{part}");
        }
        let response = refused("x", &no);
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(response.headers()["x-refusal"].to_str().unwrap().starts_with("%E4%B8%8D%E8%83%BD"));
    }
}
