//! The style gallery (样张): every component in every state, and the key pages with made-up people, as static pages. It
//! settles how things look before they work.
//!
//! `cargo run -p huiyin-web --example gallery -- 8090`, then open `http://127.0.0.1:8090/gallery`. It listens on
//! loopback only.

mod board;
mod case;
mod desk;
mod home;
mod job;
mod mock;
mod parts;
mod resident;
mod slip;

use axum::http::Method;
use axum::http::StatusCode;
use axum::routing::{MethodRouter, get, post};
use web::security::guard::{self, Way};
use web::security::{Door, Guard, session};
use web::{Fault, Permission, Route, foundation, routes};

fn show(path: &'static str, title: &'static str, handler: fn() -> MethodRouter) -> Route<()> {
    Route { method: Method::GET, path, permission: Permission::Anyone, title, handler }
}

fn pages() -> Vec<Route<()>> {
    let mut pages = foundation::routes();
    pages.extend([
        show("/gallery", "构件", || get(|way: Way| async move { parts::page(way) })),
        show("/gallery/charts", "图与数字", || get(|way: Way| async move { parts::charts(way) })),
        show("/gallery/forms", "表单", || get(|way: Way| async move { parts::forms(way) })),
        show("/", "工作台", || get(|way: Way| async move { home::page(way) })),
        show("/gallery/empty", "空的工作台", || get(|way: Way| async move { home::without_work(way) })),
        show("/desk", "受理", || get(|way: Way| async move { desk::page(way) })),
        show("/cases", "事项登记簿", || get(|way: Way| async move { case::register(way) })),
        show("/cases/1021", "事项", || get(|way: Way| async move { case::page(way) })),
        show("/dispatch", "调度", || get(|way: Way| async move { board::page(way) })),
        show("/jobs/1021", "我的任务", || get(|way: Way| async move { job::page(way) })),
        show("/my", "我的报事", || get(|way: Way| async move { resident::page(way) })),
        show("/papers/1021", "维修单", || get(|| async { slip::page() })),
        show("/gallery/fault", "故障页", || get(|| async { Fault::said("试验", "样张") })),
        show("/live", "实时更新", || get(|| async { StatusCode::NO_CONTENT })),
        show("/live/since", "实时更新", || get(|| async { r#"{"seq":1,"topics":[]}"# })),
    ]);
    let step = || post(|| async { axum::response::Redirect::to("/jobs/1021") });
    for path in ["/jobs/1021/verify", "/jobs/1021/quote", "/jobs/1021/mend", "/jobs/1021/try", "/jobs/1021/sign"] {
        let (permission, title) = (Permission::Anyone, "办步骤");
        pages.push(Route { method: Method::POST, path, permission, title, handler: step });
    }
    pages
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).and_then(|it| it.parse().ok()).unwrap_or(8090);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    println!("http://127.0.0.1:{port}/gallery");
    let pages = pages();
    let router = routes::router(&[&pages]).with_state(());
    axum::serve(listener, guard::around(router, Guard::new(Door::Plain, session::nobody()))).await
}
