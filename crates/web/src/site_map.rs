//! The whole site (全站): every registry of routes, and the router behind the guard.

use axum::Router;

use crate::routes::{Route, router};
use crate::security::door::Door;
use crate::security::guard::{self, Guard};
use crate::state::Web;
use crate::{
    answers, appraisal, blank_slips, calendars, cases, charges, complaints, contacts, desk, dispatch, documents,
    dossiers, duty, entry, fees, follow_up, foundation, home, jobs, mail, mass_events, materials, overview, papers,
    periods, prices, registers, repairs, reports, resident, rulebooks, settings, signing, surveys,
};

/// Every route of the program.
pub fn routes() -> Vec<Route<Web>> {
    let mut all = foundation::routes();
    for part in [
        entry::routes(),
        home::routes(),
        overview::routes(),
        desk::routes(),
        contacts::routes(),
        mass_events::routes(),
        mail::routes(),
        answers::routes(),
        appraisal::routes(),
        cases::routes(),
        charges::routes(),
        materials::routes(),
        blank_slips::routes(),
        complaints::routes(),
        papers::routes(),
        registers::routes(),
        resident::routes(),
        dispatch::routes(),
        documents::routes(),
        repairs::routes(),
        jobs::routes(),
        fees::routes(),
        follow_up::routes(),
        duty::routes(),
        dossiers::routes(),
        calendars::routes(),
        periods::routes(),
        prices::routes(),
        reports::routes(),
        rulebooks::routes(),
        settings::routes(),
        signing::routes(),
        surveys::routes(),
    ] {
        all.extend(part);
    }
    all
}

/// The program's router: routes with their permissions, guard around them.
pub fn site(web: Web, door: Door) -> Router {
    crate::language::learn(web.house.laws());
    let guard = Guard::new(door, web.sessions());
    guard::around(router(&[&routes()]).with_state(web), guard)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{Method, Request, StatusCode, header};
    use tower::ServiceExt;

    use super::routes;
    use crate::routes::may;
    use crate::security::permission::usual;
    use crate::security::{Permission, Viewer};
    use crate::testing::{Demo, POSTS};

    /// `/cases/{case}/acts/{act}` with something that does not exist in each place.
    fn filled(path: &str) -> String {
        let part = |part: &str| if part.starts_with('{') { "none".to_owned() } else { part.to_owned() };
        path.split('/').map(part).collect::<Vec<_>>().join("/")
    }

    /// Routes whose handler asks for one of several permissions beyond its own.
    const ASKS_MORE: [&str; 1] = ["/dispatch/{id}/acknowledge"];

    /// Every route × every post: what is not granted is denied, what is granted is answered.
    #[tokio::test]
    async fn every_route_opens_to_its_posts_and_to_no_others() {
        let demo = Demo::founded().await;
        let mut accounts: Vec<&str> = POSTS.to_vec();
        accounts.extend(["administrator", ""]);
        let (mut open, mut shut) = (0, 0);
        for account in accounts {
            let viewer = (!account.is_empty()).then(|| Viewer {
                account: account.into(),
                name: String::new(),
                post: String::new(),
                posts: Vec::new(),
                area: String::new(),
                post_name: String::new(),
                site: "1".into(),
                grants: usual(account.trim_end_matches('2')),
                language: None,
                address: office::site::Address::default(),
            });
            let mut router = demo.router.clone();
            for (n, route) in routes().into_iter().enumerate() {
                // A guard lets through so many requests at once; a fresh one lets through the next.
                if n % 100 == 99 {
                    router = crate::site_map::site(demo.web.clone(), crate::security::door::Door::Plain);
                }
                let mut request = Request::builder()
                    .method(route.method.clone())
                    .uri(filled(route.path))
                    .header("sec-fetch-site", "same-origin")
                    .header(header::HOST, "office.example")
                    .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
                if !account.is_empty() {
                    request = request.header(header::COOKIE, demo.cookie(account).await);
                }
                let request = request.body(Body::empty()).unwrap();
                // Only the head of the answer is waited for: a stream of news never ends.
                let response = router.clone().oneshot(request).await.unwrap();
                let (status, what) = (response.status(), format!("{account} {} {}", route.method, route.path));
                let leads = response.headers().get(header::LOCATION).and_then(|it| it.to_str().ok());
                let asked = leads.is_some_and(|it| it.starts_with("/sign-in?to="));
                if may(viewer.as_ref(), route.permission) {
                    let refused = status == StatusCode::FORBIDDEN && !ASKS_MORE.contains(&route.path);
                    assert!(!asked && !refused, "{what}: {status}");
                    assert_ne!(status, StatusCode::UNAUTHORIZED, "{what}");
                    assert!(!status.is_server_error(), "{what}: {status}");
                    open += 1;
                } else {
                    match (account, &route.method) {
                        ("", &Method::GET) => assert!(asked, "{what}: {status}"),
                        ("", _) => assert_eq!(status, StatusCode::UNAUTHORIZED, "{what}"),
                        _ => assert_eq!(status, StatusCode::FORBIDDEN, "{what}"),
                    }
                    shut += 1;
                }
            }
        }
        assert!(open > 200 && shut > 100, "{open} open, {shut} shut");
    }

    #[test]
    fn what_anyone_may_is_a_short_list() {
        let anyone = routes().into_iter().filter(|it| it.permission == Permission::Anyone);
        let mut paths: Vec<&str> = anyone.map(|it| it.path).collect();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(
            paths,
            [
                "/assets/{name}",
                "/begin",
                "/calendar/{account}/{code}",
                "/favicon.ico",
                "/hook/phone/{token}",
                "/manifest.webmanifest",
                "/offline",
                "/offline.js",
                "/preferences",
                "/r/{code}",
                "/r/{code}/slip",
                "/r/{code}/{act}",
                "/s/{code}",
                "/sign-in",
                "/tls",
                "/tls/authority.crt",
            ]
        );
    }
}
