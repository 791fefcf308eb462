//! Sessions (会话): the browser holds a random token, the store only its hash. Who found a copy of the store cannot sign
//! in with it.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use office::site::Address;

use super::fault::Fault;
use super::permission::Grants;
use crate::language::Language;

/// The secret of one session, as the cookie carries it: 32 random bytes in hex.
pub struct SessionToken(String);

impl SessionToken {
    /// A new token from the system's randomness. Fails only when the system has none.
    pub fn fresh() -> Result<SessionToken, Fault> {
        let mut bytes = [0u8; 32];
        getrandom::fill(&mut bytes).map_err(|error| Fault::said("读取系统随机数", &error.to_string()))?;
        Ok(SessionToken(hex(&bytes)))
    }

    /// A token that a cookie carries; anything but 64 hex digits is none.
    pub fn of_cookie(value: &str) -> Option<SessionToken> {
        let fits = value.len() == 64 && value.bytes().all(|c| c.is_ascii_digit() || (b'a'..=b'f').contains(&c));
        fits.then(|| SessionToken(value.to_owned()))
    }

    /// The cookie's value.
    pub fn value(&self) -> &str {
        &self.0
    }

    /// What the store keeps and is asked for.
    pub fn hash(&self) -> TokenHash {
        TokenHash(*blake3::hash(self.0.as_bytes()).as_bytes())
    }
}

/// The blake3 of a token.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenHash(pub [u8; 32]);

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenHash({}…)", hex(&self.0[..3]))
    }
}

impl TokenHash {
    /// In hex, for a text column.
    pub fn hex(&self) -> String {
        hex(&self.0)
    }
}

/// Who looks at the page: the account behind a valid session, at one site, under one post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// The account's id in the store.
    pub account: String,
    /// The name shown and written beside acts.
    pub name: String,
    /// The post's id in the vocabulary: `front_desk`.
    pub post: String,
    /// Every post that the account holds at this site.
    pub posts: Vec<String>,
    /// The area that the account works in; empty where nobody is bound to one.
    pub area: String,
    /// The post's words: 前台客服员.
    pub post_name: String,
    /// The site's id in the store.
    pub site: String,
    /// What this post may do at this site.
    pub grants: Grants,
    /// The language chosen in the account.
    pub language: Option<Language>,
    /// How the site speaks of whom it serves and of itself.
    pub address: Address,
}

/// What a session lookup resolves to.
pub type Found = Pin<Box<dyn Future<Output = Result<Option<Viewer>, Fault>> + Send>>;

/// Looks up a session by its token's hash. Expired, revoked and unknown sessions are none.
pub type FindSession = Arc<dyn Fn(TokenHash) -> Found + Send + Sync>;

/// A lookup that knows nobody: for a server without accounts yet, and for tests.
pub fn nobody() -> FindSession {
    Arc::new(|_| Box::pin(std::future::ready(Ok(None))))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_back_from_its_cookie_with_the_same_hash() {
        let token = SessionToken::fresh().unwrap();
        let again = SessionToken::of_cookie(token.value()).unwrap();
        assert_eq!(token.hash(), again.hash());
        assert_ne!(token.hash(), SessionToken::fresh().unwrap().hash());
        assert_eq!(token.hash().hex().len(), 64);
    }

    #[test]
    fn odd_cookies_are_no_token() {
        assert!(SessionToken::of_cookie("").is_none());
        assert!(SessionToken::of_cookie(&"a".repeat(63)).is_none());
        assert!(SessionToken::of_cookie(&"g".repeat(64)).is_none());
        assert!(SessionToken::of_cookie(&"A".repeat(64)).is_none());
    }
}
