//! The accounts of the site (账号).

use axum::response::{IntoResponse, Response};
use maud::html;

use super::{account, page, works};
use crate::components::Tone;
use crate::components::panel;
use crate::components::tag;
use crate::entry::posts;
use crate::language::t;
use crate::security::Fault;
use crate::state::Here;

/// `GET /settings/accounts`.
pub async fn show(here: Here) -> Result<Response, Fault> {
    let staff = here.house().staff(here.site).await.map_err(|fault| Fault::new("读取账号", fault))?;
    let laws = here.house().laws();
    let list = panel(
        t("账号"),
        html! { span.dim { (staff.len()) } },
        html! {
            div.scroll { table.plain-table {
                thead { tr { th { (t("姓名")) } th { (t("登录名")) } th { (t("岗位")) } th {} } }
                tbody { @for one in &staff { tr {
                    td { (one.name) @if !one.active { " " (tag(t("已停用"), Tone::Plain)) } }
                    td.dim { (one.id) }
                    td { (one.posts.iter().map(|post| posts::word(laws, post)).collect::<Vec<_>>().join("、")) }
                    td.num { @if works(&here) { a href={ "/settings/accounts/" (one.id) } { (t("修改")) } } }
                } } }
            } }
        },
    );
    let add = match works(&here) {
        true => panel(t("新账号"), html! {}, account::form(&here, &account::blank()?, None, true)),
        false => html! {},
    };
    Ok(page(&here, 1, html! { (list) (add) }).await?.into_response())
}
