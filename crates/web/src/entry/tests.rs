//! Log-in and first run through the router.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt;

use crate::testing::{Demo, PASSWORD};

#[tokio::test]
async fn one_signs_in_works_and_signs_out() {
    let demo = Demo::founded().await;
    let shown = demo.get("", "/me").await;
    assert_eq!((shown.status, shown.leads()), (StatusCode::SEE_OTHER, "/sign-in?to=/me"));
    let form = demo.get("", "/sign-in?to=/me").await;
    assert_eq!((form.status, form.body.matches("class=\"must\"").count()), (StatusCode::OK, 2), "{}", form.body);
    let fields = [("account", "Front_Desk "), ("password", PASSWORD), ("to", "/me")];
    let shown = demo.post("", "/sign-in", &fields).await;
    assert_eq!((shown.status, shown.leads()), (StatusCode::SEE_OTHER, "/me"));
    let set = shown.headers[header::SET_COOKIE].to_str().unwrap().to_owned();
    assert!(set.starts_with("session=") && set.contains("HttpOnly") && !set.contains("Secure"), "{set}");
    let cookie = set.split(';').next().unwrap().to_owned();
    let with = |method: &str, path: &str| {
        let request = Request::builder().method(method).uri(path).header(header::COOKIE, &cookie);
        request.header("sec-fetch-site", "same-origin").body(Body::empty()).unwrap()
    };
    let shown = demo.raw(with("GET", "/me")).await;
    assert!(shown.status == StatusCode::OK && shown.body.contains("前台客服员"), "{}", shown.body);
    assert_eq!(demo.raw(with("POST", "/sign-out")).await.leads(), "/sign-in");
    assert_eq!(demo.raw(with("GET", "/me")).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_account_say_the_same_and_lock() {
    let demo = Demo::founded().await;
    let mut bodies = Vec::new();
    for account in ["front_desk", "nobody"] {
        let shown = demo.post("", "/sign-in", &[("account", account), ("password", "wrong")]).await;
        assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY);
        bodies.push(shown.body.replace(account, ""));
    }
    assert_eq!(bodies[0], bodies[1]);
    for _ in 0..4 {
        demo.post("", "/sign-in", &[("account", "front_desk"), ("password", "wrong")]).await;
    }
    let right = [("account", "front_desk"), ("password", PASSWORD)];
    assert_eq!(demo.post("", "/sign-in", &right).await.status, StatusCode::TOO_MANY_REQUESTS);
    demo.pass(899);
    assert_eq!(demo.post("", "/sign-in", &right).await.status, StatusCode::TOO_MANY_REQUESTS);
    // Another node on the same store knows of it too.
    let node = crate::site_map::site(demo.web.clone(), crate::security::Door::Plain);
    let request = Request::post("/sign-in")
        .header("sec-fetch-site", "same-origin")
        .header(header::HOST, "office.example:8000")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("account=front_desk&password=wrong"));
    let there = node.oneshot(request.unwrap()).await.unwrap();
    assert_eq!(there.status(), StatusCode::TOO_MANY_REQUESTS);
    demo.pass(1);
    assert_eq!(demo.post("", "/sign-in", &right).await.status, StatusCode::SEE_OTHER);
    let away = [("account", "front_desk"), ("password", PASSWORD), ("to", "//evil.example")];
    assert_eq!(demo.post("", "/sign-in", &away).await.leads(), "/");
}

#[tokio::test]
async fn the_first_run_founds_the_house_once() {
    let demo = Demo::empty().await;
    assert_eq!(demo.get("", "/sign-in").await.leads(), "/begin");
    let shown = demo.get("", "/begin").await;
    assert_eq!(shown.status, StatusCode::OK);
    let command = shown.hidden("command");
    let fields = |password| {
        vec![
            ("command", command.as_str()),
            ("company", "演示物业"),
            ("site", "演示花园"),
            ("name", "演示管理员"),
            ("account", "Chief"),
            ("password", password),
            ("again", password),
            ("posts", "office_manager"),
            ("posts", "front_desk"),
            ("books", "repair-residential"),
        ]
    };
    let shown = demo.post("", "/begin", &fields("12345678")).await;
    assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(shown.body.contains("太常见") && shown.body.contains("value=\"演示花园\""));
    assert!(!demo.web.house.founded().await.unwrap());
    let mut odd = fields(PASSWORD);
    odd[4] = ("account", "陈");
    let shown = demo.post("", "/begin", &odd).await;
    assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!demo.web.house.founded().await.unwrap(), "a refused account leaves nothing half-founded");

    let shown = demo.post("", "/begin", &fields(PASSWORD)).await;
    assert_eq!(shown.leads(), "/settings/households", "{}", shown.body);
    let access = demo.web.house.access("chief".into()).await.unwrap();
    assert_eq!(access[0].account.posts, ["administrator", "office_manager", "front_desk"]);
    let signed = demo.post("", "/sign-in", &[("account", "chief"), ("password", PASSWORD)]).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER);
    assert_eq!(demo.get("", "/begin").await.leads(), "/sign-in");
    assert_eq!(demo.post("", "/begin", &fields(PASSWORD)).await.leads(), "/sign-in");
    assert_eq!(demo.web.house.sites().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_new_password_signs_the_other_devices_out() {
    let demo = Demo::founded().await;
    let other = demo.cookie("technician").await;
    let fields = |old, new| [("old", old), ("password", new), ("again", new)];
    let shown = demo.post("technician", "/me/password", &fields("不是它", "新的口令是一句话")).await;
    assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(shown.body.contains("现在的口令不对"));
    let shown = demo.post("technician", "/me/password", &fields(PASSWORD, "新的口令是一句话")).await;
    assert_eq!(shown.leads(), "/me", "{}", shown.body);
    let request = Request::get("/me").header(header::COOKIE, other).body(Body::empty()).unwrap();
    assert_eq!(demo.raw(request).await.status, StatusCode::SEE_OTHER);
    let signed = demo.post("", "/sign-in", &[("account", "technician"), ("password", "新的口令是一句话")]).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_certificate_is_offered_when_there_is_one() {
    let mut demo = Demo::founded().await;
    assert_eq!(demo.get("", "/tls/authority.crt").await.status, StatusCode::NOT_FOUND);
    assert!(demo.get("", "/tls").await.body.contains("huiyin tls init"));
    demo.web.authority = Some(std::sync::Arc::new(b"demo certificate".to_vec()));
    demo.router = crate::site_map::site(demo.web.clone(), crate::security::door::Door::Plain);
    let shown = demo.get("", "/tls").await;
    assert!(shown.body.contains("http://office.example:8000/tls") && shown.body.contains("<svg"));
    assert_eq!(demo.get("", "/tls/authority.crt").await.body, "demo certificate");
}

#[tokio::test]
async fn who_goes_out_subscribes_to_the_own_appointments_until_the_address_is_taken_back() {
    let demo = Demo::founded().await;
    let at = demo.now().plus_seconds(86_400).0.to_string();
    let booked = [("repair.object", "own"), ("repair.on_price_list", "yes"), ("repair.appointment", at.as_str())];
    let words = "厨房漏水，打 13800000001";
    let (case, number) = demo.register(office::case::CaseKind::Repair, words, &booked).await;
    demo.act("engineering_supervisor", &case, "repair.assigned", &[]).await;
    assert!(!demo.get("finance", "/me").await.body.contains("日历订阅"), "who has no jobs");
    let made = demo.post("technician", "/me/calendar", &[]).await.body;
    let code = made.split("/calendar/technician/").nth(1).and_then(|it| it.get(..64)).expect("an address");
    assert!(made.contains("href=\"webcal://") && made.contains("class=\"whole\""), "one tap on the phone: {made}");
    let path = format!("/calendar/technician/{code}");
    let feed = demo.get("", &path).await;
    assert_eq!(feed.headers["content-type"], "text/calendar; charset=utf-8");
    for part in [&format!("UID:{case}@huiyin"), number.as_str(), "LOCATION:3-2-501", "DTSTART:20261117T"] {
        assert!(feed.body.contains(part), "{part}: {}", feed.body);
    }
    for secret in ["13800000001", "单晓演"] {
        assert!(!feed.body.replace("\r\n ", "").contains(secret), "{secret}: {}", feed.body);
    }
    let sequence = |feed: &str| -> u32 {
        let after = feed.split("SEQUENCE:").nth(1).and_then(|it| it.split("\r\n").next()).expect("a number");
        after.parse().expect("a number")
    };
    assert!(feed.body.contains("STATUS:CONFIRMED") && feed.body.contains("DURATION:PT45M"), "{}", feed.body);
    demo.pass(60);
    let longer = [("name", "上门时长"), ("value", "90 分钟")];
    assert_eq!(demo.post("office_manager", "/settings", &longer).await.status, StatusCode::SEE_OTHER);
    let later = demo.now().plus_seconds(3 * 86_400).0.to_string();
    demo.act("front_desk", &case, "repair.move_agreed", &[("repair.moved_to", &later)]).await;
    let moved = demo.get("", &path).await.body;
    assert!(moved.contains("DTSTART:20261119T") && moved.contains("DURATION:PT90M"), "{moved}");
    assert!(sequence(&moved) > sequence(&feed.body));
    demo.act("technician", &case, "repair.declined", &[]).await;
    let off = demo.get("", &path).await.body;
    assert!(off.contains("STATUS:CANCELLED") && off.contains(&format!("UID:{case}@huiyin")), "{off}");
    assert!(sequence(&off) > sequence(&moved));
    let shown = demo.get("technician", "/me").await.body;
    assert!(!shown.contains(code) && shown.contains("/me/calendar/revoke"), "shown once");
    let other = demo.get("", &format!("/calendar/technician2/{code}")).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    demo.post("technician", "/me/calendar/revoke", &[]).await;
    assert_eq!(demo.get("", &path).await.status, StatusCode::NOT_FOUND);
}
