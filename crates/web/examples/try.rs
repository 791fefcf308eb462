//! Serves the demonstration house (演示管理处) on 127.0.0.1 to look at pages:
//! `cargo run -p huiyin-web --features testing --example try -- 8123`.

use axum::ServiceExt;
use axum::extract::Request;
use office::case::CaseKind;
use web::testing::{Demo, PASSWORD, POSTS};

#[tokio::main]
async fn main() {
    let port: u16 = std::env::args().nth(1).and_then(|it| it.parse().ok()).unwrap_or(8123);
    let founded = std::env::args().nth(2).as_deref() != Some("empty");
    let demo = if founded { filled().await } else { Demo::empty().await };
    println!("log-ins: administrator {}; password: {PASSWORD}", POSTS.join(" "));
    for account in ["administrator"].iter().chain(&POSTS).take(if founded { 20 } else { 0 }) {
        println!("{account}: {}", demo.cookie(account).await);
    }
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.expect("the port is free");
    println!("http://{}", listener.local_addr().expect("bound"));
    // Whoever looks with a headless browser, which cannot type, comes in by /as/technician?to=/jobs.
    let cookies: Vec<(String, String)> = cookies(&demo).await;
    let router = demo.router.clone().route(
        "/as/{account}",
        axum::routing::get(
            move |axum::extract::Path(account): axum::extract::Path<String>, uri: axum::http::Uri| async move {
                let cookie = cookies.iter().find(|(name, _)| *name == account).map(|(_, it)| it.clone());
                let to = uri.query().and_then(|it| it.strip_prefix("to=")).unwrap_or("/").to_owned();
                let cookie = format!("{}; Path=/; HttpOnly", cookie.unwrap_or_default());
                let headers = [(axum::http::header::SET_COOKIE, cookie), (axum::http::header::LOCATION, to)];
                (axum::http::StatusCode::SEE_OTHER, headers)
            },
        ),
    );
    let service = ServiceExt::<Request>::into_make_service(router);
    axum::serve(listener, service).await.expect("served");
}

async fn cookies(demo: &Demo) -> Vec<(String, String)> {
    let mut cookies = Vec::new();
    for account in ["administrator"].iter().chain(&POSTS) {
        cookies.push(((*account).to_owned(), demo.cookie(account).await));
    }
    cookies
}

/// Some cases at several stages.
async fn filled() -> Demo {
    let demo = Demo::founded().await;
    let (done, _) = demo.repair("厨房水龙头漏水").await;
    demo.acts(
        &done,
        &[
            ("engineering_supervisor", "repair.assigned", &[]),
            ("technician", "repair.slip_fetched", &[]),
            ("technician", "repair.taken_on", &[]),
            ("technician", "repair.arrived", &[]),
            ("technician", "repair.verified", &[]),
            ("technician", "repair.price_shown", &[("repair.cost", "5000")]),
            ("technician", "repair.consented", &[("repair.cost_consent", "yes"), ("repair.repair_consent", "yes")]),
            ("technician", "repair.started", &[]),
            ("technician", "repair.amounts_entered", &[("repair.amount_due", "5000")]),
            ("technician", "repair.completed", &[]),
            ("technician", "repair.accepted", &[]),
            ("technician", "repair.customer_signed", &[]),
        ],
    )
    .await;
    demo.pass(1800);
    let (under, _) = demo.repair("卫生间下水慢").await;
    demo.acts(
        &under,
        &[
            ("engineering_supervisor", "repair.assigned", &[]),
            ("technician", "repair.slip_fetched", &[]),
            ("technician", "repair.taken_on", &[]),
        ],
    )
    .await;
    let class = [("complaint.class", "first"), ("case.department", "工程部")];
    let (noise, _) = demo.register(CaseKind::Complaint, "楼上装修超时施工，影响休息", &class).await;
    demo.act("front_desk", &noise, "liaison.issued", &[("case.department", "工程部")]).await;
    demo.pass(420);
    demo.repair("客厅灯不亮").await;
    demo
}
