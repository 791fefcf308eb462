//! A whole page through the guard and the router: what a browser would get.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use maud::html;
use tower::ServiceExt;

use super::*;
use crate::foundation;
use crate::routes::{self, Route};
use crate::security::permission::usual;
use crate::security::{Door, Fault, Grants, Guard, Permission, SessionToken, Viewer, guard};

fn viewer(post: &str) -> Viewer {
    Viewer {
        account: "1".into(),
        name: "林样".into(),
        post: post.into(),
        posts: vec![post.into()],
        area: String::new(),
        post_name: "样岗".into(),
        site: "1".into(),
        grants: usual(post),
        language: None,
        address: office::site::Address::default(),
    }
}

const MOCK: &[Route<()>] = &[
    Route {
        method: Method::GET,
        path: "/fees",
        permission: Permission::FeeView,
        title: "收费",
        handler: || get(|| async { "fees" }),
    },
    Route {
        method: Method::POST,
        path: "/fees",
        permission: Permission::FeeWork,
        title: "记账",
        handler: || post(|| async { "posted" }),
    },
    Route {
        method: Method::GET,
        path: "/broken",
        permission: Permission::Anyone,
        title: "坏页",
        handler: || get(broken),
    },
    Route {
        method: Method::GET,
        path: "/panics",
        permission: Permission::Anyone,
        title: "坏页",
        handler: || get(panics),
    },
];

async fn broken() -> Result<&'static str, Fault> {
    Err(Fault::said("读库", "磁盘已满"))
}

async fn panics() -> &'static str {
    panic!("不该到这里")
}

/// A server at which every session belongs to `post`.
fn house(post: &'static str) -> axum::Router {
    let find: crate::security::session::FindSession =
        Arc::new(move |_| Box::pin(std::future::ready(Ok(Some(viewer(post))))));
    let routes = routes::router(&[MOCK, &foundation::routes()]);
    guard::around(routes.with_state(()), Guard::new(Door::Plain, find))
}

async fn ask(post: &'static str, request: Request<Body>) -> Response {
    house(post).oneshot(request).await.unwrap()
}

fn signed_in(method: Method, path: &str) -> Request<Body> {
    let token = SessionToken::fresh().unwrap();
    let request = Request::builder().method(method).uri(path).header("sec-fetch-site", "same-origin");
    request.header(header::COOKIE, format!("session={}", token.value())).body(Body::empty()).unwrap()
}

async fn text(response: Response) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 22).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn every_route_is_open_exactly_to_the_posts_that_are_granted_it() {
    for post in ["finance", "technician", "office_manager", "resident"] {
        for route in MOCK {
            let response = ask(post, signed_in(route.method.clone(), route.path)).await;
            let denied = response.status() == StatusCode::FORBIDDEN;
            assert_eq!(denied, !usual(post).allow(route.permission), "{post} {} {}", route.method, route.path);
        }
    }
}

#[tokio::test]
async fn who_is_not_signed_in_is_led_to_the_door_or_refused() {
    let request = Request::builder().uri("/fees?month=2026-11").body(Body::empty()).unwrap();
    let response = ask("finance", request).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(response.headers()[header::LOCATION], "/sign-in?to=/fees%3Fmonth%3D2026-11");

    let request = Request::builder().method(Method::POST).uri("/fees").header("sec-fetch-site", "same-origin");
    let response = ask("finance", request.body(Body::empty()).unwrap()).await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_post_from_elsewhere_is_refused_before_anything_else() {
    let mut request = signed_in(Method::POST, "/fees");
    request.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    let response = ask("finance", request).await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    assert!(text(response).await.contains("不是从本系统的页面发出的"));
}

#[tokio::test]
async fn an_act_made_under_another_account_is_not_done_under_this_one() {
    for (account, status) in [("1", StatusCode::OK), ("2", StatusCode::UNAUTHORIZED)] {
        let mut request = signed_in(Method::POST, "/fees");
        request.headers_mut().insert("x-account", account.parse().unwrap());
        let response = ask("finance", request).await;
        assert_eq!(response.status(), status, "{account}");
        assert_eq!(response.headers().contains_key("x-other-account"), account == "2");
    }
}

#[tokio::test]
async fn faults_and_panics_become_pages_with_a_number_and_all_headers() {
    for path in ["/broken", "/panics"] {
        let response = ask("finance", signed_in(Method::GET, path)).await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        assert!(response.headers().contains_key(header::CONTENT_SECURITY_POLICY));
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        let body = text(response).await;
        assert!(body.contains("报修时请说编号"), "{body}");
        assert!(!body.contains("磁盘") && !body.contains("不该"));
    }
}

#[tokio::test]
async fn requests_in_a_rush_have_to_wait() {
    let house = house("finance");
    let mut waits = 0;
    for _ in 0..400 {
        let response = house.clone().oneshot(signed_in(Method::GET, "/fees")).await.unwrap();
        if response.status() == StatusCode::TOO_MANY_REQUESTS {
            assert!(response.headers().contains_key(header::RETRY_AFTER));
            waits += 1;
        }
    }
    assert!(waits > 0);
}

#[tokio::test]
async fn the_language_of_the_device_is_kept_in_a_cookie() {
    let mut request = signed_in(Method::POST, "/preferences");
    *request.body_mut() = Body::from("language=en&back=//evil.example");
    request.headers_mut().insert(header::CONTENT_TYPE, "application/x-www-form-urlencoded".parse().unwrap());
    let response = ask("finance", request).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(response.headers()[header::LOCATION], "/");
    assert_eq!(response.headers()[header::SET_COOKIE], "language=en; Path=/; SameSite=Lax; Max-Age=31536000");

    let request = Request::builder().uri("/nowhere").header(header::COOKIE, "language=en").body(Body::empty());
    let body = text(ask("finance", request.unwrap()).await).await;
    assert!(body.contains("<html lang=\"en\"") && body.contains("No such page"), "{body}");
}

#[tokio::test]
async fn built_in_files_keep_for_a_year_and_travel_packed() {
    let request = Request::builder().uri(&assets::SHEET.path).header(header::ACCEPT_ENCODING, "gzip");
    let response = ask("finance", request.body(Body::empty()).unwrap()).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[header::CONTENT_ENCODING], "gzip");
    assert_eq!(response.headers()[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
    let request = Request::builder().uri("/assets/sheet-000000000000.css").body(Body::empty());
    assert_eq!(ask("finance", request.unwrap()).await.status(), StatusCode::NOT_FOUND);
}

#[test]
fn the_rail_shows_only_what_the_post_may_open() {
    let around = Surroundings { grants: usual("technician"), site: "样例苑".into(), ..Surroundings::default() };
    let page = Page::new("我的任务", Frame::Desk(Place::Jobs, &around), html! { p { "一<二" } });
    let document = page.render().into_string();
    assert!(document.contains(r#"href="/jobs" aria-current="page""#));
    assert!(!document.contains(r#"href="/fees""#));
    assert!(document.contains("一&lt;二"));
}

#[test]
fn counts_show_what_is_late_before_what_is_due() {
    let around = Surroundings {
        grants: Grants::of(Permission::ALL),
        counts: vec![(Place::Cases, Count { late: 2, due: 5 }), (Place::FollowUp, Count { late: 0, due: 3 })],
        ..Surroundings::default()
    };
    let document = Page::new("x", Frame::Desk(Place::Home, &around), html! {}).render().into_string();
    assert!(document.contains(r#"<span class="count late" title="2 项超时">2</span>"#));
    assert!(document.contains(r#"<span class="count" title="3 项今天到期">3</span>"#));
}

#[test]
fn many_bells_take_the_room_of_one() {
    let ring = |n: usize| frame::Ring {
        words: format!("新单 {n} 等待派工"),
        path: format!("/cases/{n}"),
        acknowledge: format!("/dispatch/{n}/acknowledge"),
        answer: "知道了",
    };
    let shown = |count: usize| {
        let around = Surroundings { rings: (1..=count).map(ring).collect(), ..Surroundings::default() };
        frame::rings(&around).into_string()
    };
    let four = shown(4);
    let folded = four.split("<details").nth(1).expect("folded");
    assert!(folded.contains("还有 3 件在响") && folded.matches("data-ring").count() == 3, "{four}");
    assert_eq!(four.matches("data-ring").count(), 4, "all of them ring");
    assert!(!shown(1).contains("<details"));
}
