//! The manager's page through the router: what is late and by whom, rates with what lacks and by when, lists by the same rows.

use axum::http::StatusCode;
use journal::reads::KeptAs;
use office::case::CaseKind;

use crate::testing::Demo;

/// The number of a figure on the page.
fn figure(body: &str, name: &str) -> usize {
    let after = body.split(&format!("{name} ")).nth(1).or_else(|| body.split(name).nth(1)).unwrap_or_default();
    let value = after.split("class=\"value").nth(1).and_then(|it| it.split('>').nth(1)).unwrap_or_default();
    value.split('<').next().unwrap_or_default().trim().parse().unwrap_or(usize::MAX)
}

/// Rows of the list.
fn rows(body: &str) -> usize {
    let table = body.split("<tbody>").nth(1).and_then(|it| it.split("</tbody>").next()).unwrap_or_default();
    table.matches("<tr").count()
}

/// A complaint of the first class whose liaison note was received: it is to be dealt with in four hours.
async fn noted(demo: &Demo) -> (String, String) {
    let told = [("complaint.class", "first"), ("case.department", "工程部")];
    let (case, number) = demo.register(CaseKind::Complaint, "楼道没有打扫", &told).await;
    demo.act("front_desk", &case, "liaison.issued", &[("case.department", "工程部")]).await;
    demo.act("engineering_supervisor", &case, "liaison.received", &[]).await;
    (case, number)
}

#[tokio::test]
async fn what_is_late_is_counted_from_the_rows_of_its_list() {
    let demo = Demo::founded().await;
    let quiet = demo.get("service_supervisor", "/manager").await;
    assert_eq!(quiet.status, StatusCode::OK);
    assert!(quiet.body.contains("没有超时。"), "{}", quiet.body);
    let (_, number) = noted(&demo).await;
    demo.repair("厨房水龙头漏水").await;
    demo.pass(5 * 3_600);
    let page = demo.get("service_supervisor", "/manager").await;
    let late = demo.get("service_supervisor", "/manager/list?what=late").await;
    assert!(late.body.contains(&number), "{}", late.body);
    let read = demo.web.house.overview(1, demo.now()).await.expect("read");
    assert!(!read.owing.late.is_empty() && !read.owing.beyond);
    assert_eq!((figure(&page.body, "现在超时"), rows(&late.body)), (read.owing.late.len(), read.owing.late.len()));
    let today = demo.get("service_supervisor", "/manager/list?what=today").await;
    assert_eq!(figure(&page.body, "午夜前到期"), read.owing.today.len());
    assert_eq!(rows(&today.body), read.owing.today.len());
    let groups = super::by_who(&read.owing.late);
    assert_eq!(groups.iter().map(|(_, rows)| rows.len()).sum::<usize>(), read.owing.late.len());
    for ((post, person), own) in groups {
        let path = format!("/manager/list?what=late&post={post}&person={person}");
        let list = demo.get("office_manager", &path).await;
        assert_eq!(rows(&list.body), own.len(), "{path}");
    }
    let book = demo.get("service_supervisor", "/manager?as=csv").await;
    assert_eq!(book.body.matches("现在超时,").count(), read.owing.late.len(), "{}", book.body);
    for path in ["/manager", "/manager/list?what=late", "/manager/posts", "/manager/week?key=2026-W47"] {
        assert_eq!(demo.get("technician", path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(demo.get("service_supervisor", "/manager/list?what=none").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_rate_says_what_lacks_and_by_when_it_can_still_be_reached() {
    let demo = Demo::founded_under(&["followup-9"]).await;
    for nth in 0..5 {
        let (case, _) = demo.repair(&format!("第 {nth} 处漏水")).await;
        demo.completed(&case).await;
    }
    let of_month = |rates: &[journal::reads::RateNow]| {
        let found = rates.iter().find(|it| it.figure.clause.id == "4.1.2(2)a" && it.figure.period == "2026-11");
        found.expect("60 % of the month's repairs").clone()
    };
    let rate = of_month(&demo.web.house.rates_now(1, demo.now()).await.expect("read"));
    assert_eq!((rate.figure.base, rate.figure.needed, rate.lacking, rate.open), (5, Some(3), 3, 5));
    let by = rate.by.expect("windows close");
    assert!(by > demo.now() && !rate.out_of_reach());
    let plan = demo.web.house.follow_up_plan(1, demo.now()).await.expect("read");
    assert!(plan.rates.iter().any(|it| it.figure == rate.figure), "the sums are those of the members");
    let page = demo.get("service_supervisor", "/manager").await;
    assert!(page.body.contains("period=2026-11") && page.body.contains("比率离目标"));
    demo.pass((by.0 - demo.now().0) / 1_000_000 + 60);
    let clause = rate.figure.clause.clone();
    let over = demo.web.house.rate_in(1, clause, "2026-11".into(), demo.now()).await.expect("read");
    assert!(over.out_of_reach() && over.by.is_none(), "{over:?}");
}

#[tokio::test]
async fn an_escalation_waits_until_its_post_does_something() {
    let demo = Demo::founded().await;
    let (case, _) = noted(&demo).await;
    let told = || async { demo.web.house.overview(1, demo.now()).await.expect("read").told };
    assert_eq!(told().await, []);
    demo.pass(5 * 3_600);
    demo.web.house.tick(demo.now()).await.expect("no fault");
    let waiting = told().await;
    assert!(waiting.iter().any(|it| it.case.id == case), "{waiting:?}");
    let list = demo.get("office_manager", "/manager/list?what=told").await;
    assert_eq!(rows(&list.body), waiting.len());
    let to = waiting.iter().find(|it| it.case.id == case).expect("there").to.clone();
    let mut sent = demo.sent("office_manager", &to);
    sent.post.clone_from(&to);
    let act =
        office::case::ActOnCase {
            act: "case.note_added".into(), note: "知道了，去看".into(), ..Default::default()
        };
    let actor = office::Actor { posts: vec![to.clone(), "service_supervisor".into()], ..demo.actor("office_manager") };
    demo.web.house.act_on_case(sent, actor, case.clone(), act).await.expect("no fault").expect("not refused");
    assert!(told().await.iter().all(|it| it.case.id != case || it.to != to), "{to} answered");
}

#[tokio::test]
async fn weeks_and_posts_lead_to_their_rows() {
    let demo = Demo::founded().await;
    noted(&demo).await;
    demo.pass(5 * 3_600);
    demo.web.house.tick(demo.now()).await.expect("no fault");
    let read = demo.web.house.overview(1, demo.now()).await.expect("read");
    let week = read.weeks.last().expect("this week");
    assert_eq!((week.key.as_str(), week.taken, read.weeks.len()), ("2026-W47", 1, 8));
    let list = demo.get("office_manager", "/manager/week?key=2026-W47").await;
    assert_eq!(rows(&list.body), 1, "{}", list.body);
    assert_eq!(demo.get("office_manager", "/manager/week?key=2026-11").await.status, StatusCode::NOT_FOUND);
    let kept = demo.web.house.posts_kept(1, vec!["2026-11".into()], demo.now()).await.expect("read");
    let page = demo.get("office_manager", "/manager/posts").await;
    assert!(page.body.contains("按时率"));
    let mut lists = 0;
    for ((post, month), counts) in kept {
        for kept_as in KeptAs::ALL.into_iter().filter(|it| counts.count(*it) > 0) {
            let path = format!("/manager/posts/list?post={post}&month={month}&state={}", kept_as.id());
            let list = demo.get("office_manager", &path).await;
            assert_eq!(rows(&list.body) as i64, counts.count(kept_as), "{path}");
            lists += 1;
        }
    }
    assert!(lists >= 3, "{lists} lists");
}
