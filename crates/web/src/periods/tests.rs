//! Periodic duties through the router: the row on the work list, the form, the register.

use axum::http::StatusCode;
use jiff::civil::date;
use journal::reads::{KeptAs, KeptList};

use crate::testing::Demo;

/// The founded house on 2 December: the month and the day have begun under its rulebooks.
async fn december() -> Demo {
    let demo = Demo::founded().await;
    demo.pass(16 * 86_400);
    demo
}

async fn path(demo: &Demo, act: &str) -> String {
    let day = date(2026, 12, 2);
    let rows = demo.web.house.periods(1, day, day, demo.now()).await.expect("no fault");
    let row = rows.iter().find(|row| row.period.obligation.must == [act]).expect("it is owed");
    super::path(row.period.first, &row.period.obligation.id)
}

#[tokio::test]
async fn what_is_owed_by_the_month_is_entered_from_the_work_list() {
    let demo = december().await;
    let plan = path(&demo, "plan.made").await;
    let home = demo.get("front_desk", "/").await.body;
    assert!(home.contains(&plan) && home.contains("制定回访计划") && home.contains("2026-12"), "{home}");
    assert!(!demo.get("finance", "/").await.body.contains(&plan));
    let form = demo.get("front_desk", &plan).await;
    for part in ["登记已办", "一步一步怎么算", "这一期还没有登记", "2026-12"] {
        assert!(form.body.contains(part), "{part}: {}", form.body);
    }
    let other = demo.get("finance", &plan).await;
    assert!(other.body.contains("这件事由") && !other.body.contains("登记已办"), "{}", other.body);
    let no = demo.post("finance", &plan, &[("note", "x")]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", no.body);
    let odd = demo.post("front_desk", &plan, &[("note", "计划"), ("happened", "昨天")]).await;
    assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && odd.body.contains("计划"), "{}", odd.body);

    let pdf = [b"%PDF-1.7 ", [b'x'; 40].as_slice()].concat();
    let done = demo.upload("front_desk", &plan, "计划.pdf", &pdf, &[("note", "十二月的计划已排好")]).await;
    assert_eq!((done.status, done.leads()), (StatusCode::SEE_OTHER, plan.as_str()), "{}", done.body);
    let shown = demo.get("front_desk", &plan).await.body;
    assert!(
        shown.contains("十二月的计划已排好") && shown.contains("计划.pdf") && shown.contains("按时办结"),
        "{shown}"
    );
    let file = shown.split("/attachments/").nth(1).and_then(|it| it.split('"').next()).expect("a file");
    assert_eq!(demo.get("finance", &format!("/attachments/{file}")).await.status, StatusCode::OK);
    assert!(!demo.get("front_desk", "/").await.body.contains(&plan), "done is not owed");
    for nothing in ["/periods/2026-12-01/none", "/periods/soon/none"] {
        assert_eq!(demo.get("front_desk", nothing).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn the_register_shows_what_became_of_each_period_and_leaves_as_a_file() {
    let demo = december().await;
    let empty = Demo::founded().await;
    assert!(empty.get("front_desk", "/periods").await.body.contains("还没有定期事务"));
    let plan = path(&demo, "plan.made").await;
    demo.post("front_desk", &plan, &[("note", "已排好")]).await;
    demo.pass(40 * 86_400);
    let all = demo.get("front_desk", "/periods").await.body;
    assert!(all.contains(&plan) && all.contains("林小满") && all.contains("客服中心"), "{all}");
    let missed = demo.get("front_desk", "/periods?state=missed").await.body;
    assert!(!missed.contains("制定回访计划"), "{missed}");
    let kept = demo.get("front_desk", "/periods?state=kept&months=12").await.body;
    assert!(kept.contains(&plan));
    assert!(demo.get("front_desk", "/periods?state=waived").await.body.contains("没有符合条件的记录"));
    let csv = demo.get("office_manager", "/periods?as=csv").await.body;
    assert!(csv.contains("2026-12,2026-12-01,2026-12-31,制定回访计划") && csv.contains("按时"), "{csv}");
    assert!(demo.get("office_manager", "/periods?as=xlsx").await.body.starts_with("PK"));
}

#[tokio::test]
async fn a_clause_counts_what_is_owed_by_the_period_and_its_lists_agree() {
    let demo = december().await;
    let plan = path(&demo, "plan.made").await;
    let month = "2026-12";
    let counted = async |demo: &Demo| {
        let house = demo.web.house.clone();
        let kept = house.clauses_kept(1, "followup-9".into(), month.into(), demo.now()).await.expect("no fault");
        for one in &kept {
            for kept_as in KeptAs::ALL {
                let (book, clauses) = ("followup-9".to_owned(), vec![one.clause.clone()]);
                let asked =
                    KeptList { book, clauses, month: month.into(), kept_as: Some(kept_as), after: None, limit: 1 };
                let (mut rows, mut next) = house.clause_list(1, asked.clone(), demo.now()).await.expect("no fault");
                while let Some(after) = next {
                    let asked = KeptList { after: Some(after), ..asked.clone() };
                    let (more, further) = house.clause_list(1, asked, demo.now()).await.expect("no fault");
                    rows.extend(more);
                    next = further;
                }
                assert_eq!(i64::try_from(rows.len()), Ok(one.count(kept_as)), "{} {kept_as:?}", one.clause);
            }
        }
        kept.into_iter().find(|it| it.clause == "3.1a").expect("the plan of the month is counted")
    };
    assert_eq!(counted(&demo).await.open, 1);
    let clause = demo.get("front_desk", "/rulebooks/followup-9/3.1?month=2026-12").await.body;
    assert!(clause.contains(&plan) && clause.contains("十二个月") && clause.contains("state=open"), "{clause}");
    assert!(demo.get("front_desk", "/rulebooks/followup-9/3.1").await.body.contains(&plan), "this month is December");
    let list = demo.get("front_desk", "/rulebooks/followup-9/3.1/kept?month=2026-12&state=open").await.body;
    assert!(list.contains(&plan) && list.contains("制定回访计划"), "{list}");
    let map = demo.get("front_desk", "/rulebooks/map?month=2026-12").await.body;
    assert!(map.contains(r#"<a class="square open" title="3.1 "#), "{map}");

    demo.post("front_desk", &plan, &[("note", "已排好")]).await;
    assert_eq!((counted(&demo).await.met, counted(&demo).await.open), (1, 0));
    let list = demo.get("office_manager", "/rulebooks/followup-9/3.1/kept?month=2026-12&as=csv").await.body;
    assert!(list.contains("2026-12,") && list.contains("按时"), "{list}");
    // Nobody makes the plan of January: the soft limit of 31 January 24:00 is January's, and an alarm.
    demo.pass(61 * 86_400);
    let kept =
        demo.web.house.clauses_kept(1, "followup-9".into(), "2027-01".into(), demo.now()).await.expect("no fault");
    let january = kept.iter().find(|it| it.clause == "3.1a").expect("counted");
    assert_eq!((january.soft_late, january.broken()), (1, 0));
    let year = demo.get("front_desk", "/rulebooks/followup-9/3.1?month=2027-01").await.body;
    assert!(year.contains("按时") && year.contains("提醒"), "{year}");
}

#[tokio::test]
async fn the_reasons_of_a_limit_that_runs_from_a_period_open() {
    let demo = Demo::founded().await;
    let manager = "office_manager";
    demo.post(manager, "/rulebooks/own", &[("id", "own-rules")]).await;
    let files = demo.web.own.files("own-rules").expect("readable").expect("a draft");
    let (_, text) = files.iter().find(|(name, _)| name.ends_with("1.toml")).expect("its clause");
    let text = text.replace("催办", "制定回访计划").replace("答复来人", "完成月度统计");
    let saved = demo.post(manager, "/rulebooks/own/own-rules/save", &[("file", "1.toml"), ("text", &text)]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let adopt = [("own", "true"), ("approver", "总经理乙")];
    let adopted = demo.post(manager, "/rulebooks/own-rules/adopt", &adopt).await;
    assert_eq!(adopted.leads(), "/rulebooks", "{}", adopted.body);
    demo.pass(16 * 86_400);
    let plan = path(&demo, "plan.made").await;
    let done = demo.post("front_desk", &plan, &[("note", "已排好")]).await;
    assert_eq!(done.leads(), plan, "{}", done.body);
    let list = demo.get(manager, "/rulebooks/own-rules/1/kept?month=2026-12").await.body;
    let why = list.split("href=\"/why/").nth(1).and_then(|it| it.split('"').next()).expect("a link to the reasons");
    assert!(why.starts_with("period:2026-12/"), "{why}");
    let shown = demo.get(manager, &format!("/why/{why}")).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    for part in ["完成月度统计", "2 小时", "/rulebooks/own-rules"] {
        assert!(shown.body.contains(part), "{part}: {}", shown.body);
    }
    let clause = demo.get(manager, "/rulebooks/own-rules/1?month=2026-12").await.body;
    assert!(clause.contains(&format!("/why/{why}")), "{clause}");
}

#[tokio::test]
async fn a_report_of_the_quarter_is_reviewed_and_decided_on_in_its_own_record() {
    let demo = Demo::founded().await;
    demo.pass(100 * 86_400);
    let day = date(2027, 2, 24);
    let rows = demo.web.house.periods(1, day, day, demo.now()).await.expect("no fault");
    let row = rows.iter().find(|row| row.period.obligation.must == ["report.quarterly_done"]).expect("it is owed");
    let quarter = super::path(row.period.first, &row.period.obligation.id);
    let decide = super::then_path(&row.period.key, "report.measure_decided");
    let words = [("note", "都已解决，不另定措施"), ("complaint_report.measure_kind", "none")];
    let early = demo.post("office_manager", &decide, &words).await;
    assert!(
        early.status == StatusCode::UNPROCESSABLE_ENTITY && early.body.contains("还没有“完成季度统计分析”"),
        "{}",
        early.body
    );
    let done = demo.post("front_desk", &quarter, &[("note", "回访件数、满意程度已统计")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(demo.get("front_desk", &quarter).await.body.contains(&decide), "what comes next is linked");
    let home = demo.get("office_manager", "/").await.body;
    assert!(home.contains(&decide) && home.contains("决定纠正预防措施"), "{home}");
    let other = demo.post("finance", &decide, &words).await;
    assert!(other.status == StatusCode::UNPROCESSABLE_ENTITY && other.body.contains("没有此项权限"), "{}", other.body);
    let silent = demo.post("office_manager", &decide, &[]).await;
    assert!(silent.body.contains("还没有写意见"), "{}", silent.body);
    let done = demo.post("office_manager", &decide, &words).await;
    assert_eq!(done.leads(), decide, "{}", done.body);
    let shown = demo.get("office_manager", &decide).await.body;
    assert!(shown.contains("都已解决") && shown.contains("不采取"), "{shown}");
    assert!(!demo.get("office_manager", "/").await.body.contains(&decide), "decided is not owed");
    assert_eq!(demo.get("office_manager", "/periods/then/2027-Q1/plan.made").await.status, StatusCode::NOT_FOUND);
}
