//! Who acts (经办人): an account with its posts at one site.

use serde::{Deserialize, Serialize};

/// The person behind a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Account id.
    pub account: String,
    /// Name as it stands in seals and on paper.
    pub name: String,
    /// Posts held at the site, vocabulary ids.
    pub posts: Vec<String>,
    /// Area worked in; empty where nobody is bound to one.
    #[serde(default)]
    pub area: String,
}

impl Actor {
    /// Whether one of these posts is held.
    pub fn holds(&self, posts: &[&str]) -> bool {
        self.posts.iter().any(|post| posts.contains(&post.as_str()))
    }

    /// The post as which an act open to `posts` (all when empty) is done: the first held.
    pub fn post_for(&self, posts: &[&str]) -> String {
        self.posts
            .iter()
            .find(|post| posts.is_empty() || posts.contains(&post.as_str()))
            .or(self.posts.first())
            .cloned()
            .unwrap_or_default()
    }
}
