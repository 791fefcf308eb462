//! Posts that an account can hold (岗位), as chips of a form.

use journal::Laws;
use maud::Markup;
use office::site::ADMINISTRATOR;

use crate::components::field::{Chip, chips};
use crate::language::{said, t};
use crate::security::{Grants, permission};

/// Ids and words of the posts that may do something in the office, in the order of the vocabulary; the administrator first.
pub fn assignable(laws: &Laws) -> Vec<(String, String)> {
    let mut posts = vec![(ADMINISTRATOR.to_owned(), t("管理员").to_owned())];
    let of_books = laws.vocabulary.posts.iter();
    let useful = of_books.filter(|post| post.id != "resident" && permission::usual(&post.id) != Grants::NONE);
    posts.extend(useful.map(|post| (post.id.clone(), said(&post.zh, Some(&post.en)).into_owned())));
    posts
}

/// The word of a post in the language of the request.
pub fn word(laws: &Laws, id: &str) -> String {
    match laws.vocabulary.post_of_id(id) {
        Some(at) => said(&laws.vocabulary.posts[at].zh, Some(&laws.vocabulary.posts[at].en)).into_owned(),
        None if id == ADMINISTRATOR => t("管理员").to_owned(),
        None => said(&laws.word(id), None).into_owned(),
    }
}

/// The choice of posts, those of `held` chosen. `but` is left out.
pub fn choice(laws: &Laws, label: &str, held: &[String], but: Option<&str>) -> Markup {
    let all = assignable(laws);
    let shown: Vec<Chip> = all
        .iter()
        .filter(|(id, _)| Some(id.as_str()) != but)
        .map(|(id, words)| Chip { value: id, words, key: None, on: held.contains(id) })
        .collect();
    chips("posts", label, true, &shown)
}
