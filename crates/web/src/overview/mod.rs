//! 总览, the manager's page: what is late now and by whom, what will be late today, rates against their targets, what nobody
//! answered, how the weeks went, and posts beside each other. Each number leads to the rows it was counted from.

mod list;
mod posts;
mod show;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use axum::http::Method;
use axum::routing::get;
use journal::reads::ObligationRow;
use office::site::Account;

use crate::entry::posts::word;
use crate::language::{t, zh};
use crate::routes::Route;
use crate::security::{Fault, Permission};
use crate::state::{Here, Web};

/// Names beside a post at most.
const NAMES_MAX: usize = 3;
/// The post whose work lies with one person each.
const BY_PERSON: &str = "technician";

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    let (route, may) = (Route::new, Permission::ManagerView);
    vec![
        route(Method::GET, "/manager", may, zh("总览"), || get(show::show)),
        route(Method::GET, "/manager/list", may, zh("总览的清单"), || get(list::show)),
        route(Method::GET, "/manager/week", may, zh("一周的事项"), || get(list::week)),
        route(Method::GET, "/manager/posts", may, zh("岗位比较"), || get(posts::show)),
        route(Method::GET, "/manager/posts/list", may, zh("岗位比较的清单"), || get(posts::list)),
    ]
}

/// Who has to do something: a post, and the person where the work lies with one.
pub type Who = (String, String);

/// Of whom a row is.
pub fn who(row: &ObligationRow) -> Who {
    let person = row.assignee.clone().filter(|_| row.bearer == BY_PERSON).unwrap_or_default();
    (row.bearer.clone(), person)
}

/// Rows by who has to do them: most of them first.
pub fn by_who(rows: &[ObligationRow]) -> Vec<(Who, Vec<&ObligationRow>)> {
    let mut groups: BTreeMap<Who, Vec<&ObligationRow>> = BTreeMap::new();
    for row in rows {
        groups.entry(who(row)).or_default().push(row);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(who, rows)| (std::cmp::Reverse(rows.len()), who.clone()));
    groups
}

/// Names of posts and people as the page says them.
pub struct People<'a> {
    here: &'a Here,
    staff: Vec<Account>,
    bound: BTreeMap<String, Vec<String>>,
}

impl People<'_> {
    /// Everybody of the site.
    pub async fn of(here: &Here) -> Result<People<'_>, Fault> {
        let staff = here.house().staff(here.site).await.map_err(|fault| Fault::new("读取员工", fault))?;
        let law = crate::rulebooks::law(here).await?;
        Ok(People { here, staff, bound: office::site::bound(&law.charter).bindings })
    }

    /// The post's word and beside it who holds it, or the person who has the work and beside it the post.
    pub fn words(&self, (post, person): &Who) -> (String, String) {
        let post_word = word(self.here.house().laws(), post);
        if !person.is_empty() {
            let name = self.staff.iter().find(|it| it.id == *person).map(|it| it.name.clone());
            return (name.unwrap_or_else(|| person.clone()), post_word);
        }
        if post == BY_PERSON {
            return (post_word, t("还没有派人").to_owned());
        }
        self.post(post)
    }

    /// The post's word, and who holds it.
    pub fn post(&self, post: &str) -> (String, String) {
        let post_word = word(self.here.house().laws(), post);
        let own = [post.to_owned()];
        let stand = self.bound.get(post).map_or(&own[..], Vec::as_slice);
        let holds = |it: &&Account| {
            let mark = format!("{}{}", office::site::PERSON_MARK, it.id);
            it.active && (stand.contains(&mark) || it.posts.iter().any(|post| stand.contains(post)))
        };
        let names: Vec<&str> = self.staff.iter().filter(holds).map(|it| it.name.as_str()).collect();
        let beside = match names.len() {
            0 => t("这个岗位没有人").to_owned(),
            n if n > NAMES_MAX => crate::t!("{} 人", n),
            _ => names.join("、"),
        };
        (post_word, beside)
    }
}
