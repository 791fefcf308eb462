//! The library through the router.

use axum::http::StatusCode;

use crate::testing::Demo;

#[tokio::test]
async fn the_library_shows_books_and_adopts_and_leaves() {
    let demo = Demo::founded().await;
    let shown = demo.get("front_desk", "/rulebooks").await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(!shown.body.contains("/leave"), "only who may adopts");
    let manager = demo.get("office_manager", "/rulebooks").await;
    assert!(manager.body.contains("/rulebooks/repair-residential/leave"), "{}", manager.body);
    let open = || async {
        let law = demo.web.house.law(1).await.unwrap();
        law.charter.adopted(demo.now()).count()
    };
    assert_eq!(open().await, 3);
    let left = demo.post("office_manager", "/rulebooks/followup-9/leave", &[]).await;
    assert_eq!((left.leads(), open().await), ("/rulebooks", 2));
    let twice = demo.post("office_manager", "/rulebooks/followup-9/leave", &[]).await;
    assert!(twice.status == StatusCode::UNPROCESSABLE_ENTITY && twice.body.contains("没有采用"), "{}", twice.body);
    let again = demo.post("office_manager", "/rulebooks/followup-9/adopt", &[("approver", "陈立")]).await;
    assert_eq!((again.leads(), open().await), ("/rulebooks", 3));
    assert_eq!(demo.post("front_desk", "/rulebooks/followup-9/leave", &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        demo.post("office_manager", "/rulebooks/none/adopt", &[]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn every_clause_of_every_book_has_its_page() {
    let demo = Demo::founded().await;
    let laws = demo.web.house.laws().clone();
    let posts = crate::testing::POSTS;
    let mut count = 0;
    for (id, shipped) in &laws.shipped {
        assert_eq!(demo.get("archive", &format!("/rulebooks/{id}")).await.status, StatusCode::OK);
        for clause in &shipped.book.clauses {
            let number = crate::page::escaped(&clause.number);
            // Taken in turn, so that nobody asks too fast.
            let account = posts[count % posts.len()];
            let shown = demo.get(account, &format!("/rulebooks/{id}/{number}")).await;
            assert_eq!(shown.status, StatusCode::OK, "{id} {}", clause.number);
            count += 1;
        }
    }
    assert!(count > 50, "{count} clauses");
    assert_eq!(demo.get("archive", "/rulebooks/none").await.status, StatusCode::NOT_FOUND);
    assert_eq!(demo.get("archive", "/rulebooks/followup-9/99.9").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_clause_shows_its_month_its_cases_and_a_tried_date() {
    let demo = Demo::founded().await;
    let (case, number) = demo.repair("厨房水龙头漏水").await;
    demo.taken_on(&case).await;
    demo.acts(&case, &[("technician", "repair.arrived", &[])]).await;
    let page = demo.web.house.case_page(1, case, demo.actor("technician"), demo.now(), false).await.unwrap().unwrap();
    let arrived = page.derived.obligations.iter().find(|it| it.must == ["repair.arrived"]).unwrap();
    let path = format!("/rulebooks/{}/{}", arrived.clause.book, crate::page::escaped(&arrived.clause.id));
    let shown = demo.get("technician", &path).await;
    assert!(shown.body.contains(&number) && shown.body.contains("按时"), "{}", shown.body);
    let tried = demo.get("technician", &format!("{path}?at=2026-11-20T09:30")).await;
    assert!(tried.body.contains("2026-11-20 09:40"), "ten minutes later: {}", tried.body);
    let odd = demo.get("technician", &format!("{path}?at=soon")).await;
    assert!(odd.status == StatusCode::OK && odd.body.contains("时间看不懂"));
    let empty = demo.get("technician", &format!("{path}?month=2026-09")).await;
    assert!(empty.body.contains("这个月没有用到这一条"), "{}", empty.body);
}

#[tokio::test]
async fn a_reading_is_confirmed_by_who_may() {
    let demo = Demo::founded().await;
    let book = demo.web.house.laws().shipped["followup-9"].book.clone();
    let clause = book.clauses.iter().find(|it| it.readings.iter().any(|it| it.confirmed.is_none())).unwrap();
    let reading = clause.readings.iter().find(|it| it.confirmed.is_none()).unwrap();
    let path = format!("/rulebooks/followup-9/{}", crate::page::escaped(&clause.number));
    assert!(demo.get("office_manager", &path).await.body.contains("待确认"));
    let words = [("words", reading.words.as_str())];
    let confirm = format!("{path}/confirm");
    assert_eq!(demo.post("technician", &confirm, &words).await.status, StatusCode::FORBIDDEN);
    assert_eq!(demo.post("office_manager", &confirm, &[("words", "别的")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(demo.post("office_manager", &confirm, &words).await.status, StatusCode::SEE_OTHER);
    assert!(demo.get("office_manager", &path).await.body.contains("陈立 已确认"));
}

#[tokio::test]
async fn every_count_of_a_clause_agrees_with_its_list() {
    let demo = Demo::founded().await;
    for words in ["厨房水龙头漏水", "卧室灯不亮"] {
        let (case, _) = demo.repair(words).await;
        demo.acts(&case, &[("engineering_supervisor", "repair.assigned", &[])]).await;
    }
    let house = demo.web.house.clone();
    let kept = house.clauses_kept(1, "repair-residential".into(), "2026-11".into(), demo.now()).await.unwrap();
    assert!(kept.len() > 3, "{kept:?}");
    let mut lists = 0;
    for one in &kept {
        for kept_as in journal::reads::KeptAs::ALL.into_iter().filter(|it| one.count(*it) > 0) {
            let asked = journal::reads::KeptList {
                book: "repair-residential".into(),
                clauses: vec![one.clause.clone()],
                month: "2026-11".into(),
                kept_as: Some(kept_as),
                after: None,
                limit: 1,
            };
            let (mut rows, mut next) = house.clause_list(1, asked.clone(), demo.now()).await.unwrap();
            while let Some(after) = next {
                let asked = journal::reads::KeptList { after: Some(after), ..asked.clone() };
                let (more, further) = house.clause_list(1, asked, demo.now()).await.unwrap();
                rows.extend(more);
                next = further;
            }
            assert_eq!(i64::try_from(rows.len()).unwrap(), one.count(kept_as), "{} {kept_as:?}", one.clause);
            let path =
                format!("/rulebooks/repair-residential/{}/kept?month=2026-11&state={}", one.clause, kept_as.id());
            let shown = demo.get("office_manager", &path).await;
            assert!(shown.body.contains(&rows[0].number), "{}", shown.body);
            lists += 1;
        }
    }
    assert!(lists > 3, "{lists} lists");
    let sheet = demo.get("office_manager", "/rulebooks/repair-residential/3.1/kept?month=2026-11&as=csv").await;
    assert_eq!(sheet.status, StatusCode::OK);
    assert_eq!(demo.get("office_manager", "/rulebooks/repair-residential/99/kept").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_map_colours_what_was_used_and_sites_stand_side_by_side() {
    let demo = Demo::founded().await;
    demo.repair("厨房水龙头漏水").await;
    let map = demo.get("front_desk", "/rulebooks/map").await;
    assert_eq!(map.status, StatusCode::OK);
    assert!(map.body.contains(r#"class="square waits""#) && map.body.contains(r#"class="square idle""#));
    assert!(map.body.contains(r#"class="square met""#) || map.body.contains(r#"class="square open""#), "{}", map.body);
    let before = demo.get("front_desk", "/rulebooks/map?month=2026-01").await;
    assert!(!before.body.contains(r#"<a class="square met""#));
    let sites = demo.get("office_manager", "/rulebooks/sites").await;
    assert!(sites.status == StatusCode::OK && sites.body.contains("按时率"), "{}", sites.body);
}

#[tokio::test]
async fn a_rate_shows_its_working_and_its_members() {
    let demo = Demo::founded().await;
    let law = demo.web.house.law(1).await.unwrap();
    let book = law.books.values().find(|book| book.id == "followup-9").unwrap();
    let rates = book.clauses.iter().flat_map(|clause| clause.rules.iter().map(move |rule| (clause, rule)));
    let (clause, rule) = rates
        .clone()
        .find(|(_, rule)| matches!(rule.kind, rulebook::model::Kind::Rate(_)))
        .expect("followup-9 has rates");
    let path = format!(
        "/rulebooks/followup-9/{}/members?rule={}&period=2026-11",
        crate::page::escaped(&clause.number),
        crate::page::escaped(&rule.id.value)
    );
    let shown = demo.get("office_manager", &path).await;
    assert!(shown.status == StatusCode::OK && shown.body.contains("这一期没有算进来的"), "{}", shown.body);
    let odd = demo.get("office_manager", "/rulebooks/followup-9/4.1/members?rule=none&period=2026-11").await;
    assert_eq!(odd.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_rulebook_is_adopted_clause_by_clause_and_from_a_day_on() {
    let demo = Demo::founded().await;
    let manager = "office_manager";
    let path = "/rulebooks/followup-9/adopt";
    let page = demo.get(manager, path).await;
    assert!(page.status == StatusCode::OK && page.body.contains("逐款采用"), "{}", page.body);
    assert_eq!(demo.get("front_desk", path).await.status, StatusCode::FORBIDDEN);
    let unapproved = demo.post(manager, path, &[("chosen", "yes"), ("adopt", "4.1.1(1)")]).await;
    assert_eq!(unapproved.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unapproved.body.contains("审批人") && unapproved.body.contains("/rulebooks/complaint-instruction/0"));
    for (name, value) in [("from", "2026-11-01"), ("from", "soon"), ("until", "2026-11-10")] {
        let fields = [("approver", "陈立"), ("chosen", "yes"), ("adopt", "4.1.1(1)"), (name, value)];
        assert_eq!(demo.post(manager, path, &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{value}");
    }
    let nothing = demo.post(manager, path, &[("approver", "陈立"), ("chosen", "yes")]).await;
    assert!(nothing.status == StatusCode::UNPROCESSABLE_ENTITY && nothing.body.contains("一款都没有选"));
    let part = [("approver", "陈立"), ("chosen", "yes"), ("adopt", "4.1.1(1)"), ("from", "2026-11-20")];
    assert_eq!(demo.post(manager, path, &part).await.leads(), "/rulebooks");
    let law = demo.web.house.law(1).await.unwrap();
    let zone = &demo.web.house.laws().zone;
    let on = |day: i8| zone.moment(jiff::civil::date(2026, 11, day).at(12, 0, 0, 0));
    let clause = |id: &str| rulebook::ClauseRef { book: "followup-9".into(), id: id.into() };
    assert!(law.charter.adopts(&clause("4.1.2(1)"), on(19)) && !law.charter.adopts(&clause("4.1.2(1)"), on(20)));
    assert!(law.charter.adopts(&clause("4.1.1(1)"), on(20)));
    assert!(demo.get(manager, "/rulebooks").await.body.contains("将要采用"));
    let leave = demo.post(manager, "/rulebooks/followup-9/leave", &[("from", "2026-12-01")]).await;
    assert_eq!(leave.leads(), "/rulebooks", "{}", leave.body);
    let law = demo.web.house.law(1).await.unwrap();
    assert!(law.charter.adoption("followup-9", on(30)).is_some());
    assert!(law.charter.adoption("followup-9", on(30).plus_seconds(86_400)).is_none());
    let told = demo.get(manager, "/rulebooks/charter").await;
    assert!(
        told.body.contains("停用") && told.body.contains("审批人 陈立") && told.body.contains("陈立"),
        "{}",
        told.body
    );
}

#[tokio::test]
async fn conflicts_stand_side_by_side_and_are_settled_with_a_reason() {
    let demo = Demo::founded().await;
    let manager = "office_manager";
    let law = demo.web.house.law(1).await.unwrap();
    let clash = law.law.conflicts(demo.now()).into_iter().next().expect("the three rulebooks differ somewhere");
    let name = |it: &rulebook::ClauseRef| format!("{}/{}", it.book, it.id);
    let [one, other] = [name(&clash.sides[0]), name(&clash.sides[1])];
    let page = demo.get(manager, "/rulebooks/conflicts").await;
    assert!(page.body.contains(&format!("value=\"{one}\"")) && page.body.contains(&format!("value=\"{other}\"")));
    assert!(!demo.get("front_desk", "/rulebooks/conflicts").await.body.contains("name=\"prefer\""));
    let clause = demo.get("front_desk", &format!("/rulebooks/{one}")).await;
    assert!(clause.body.contains("与别的规程不同"), "{}", clause.body);
    let fields = |reason: &'static str| {
        vec![("one", one.clone()), ("other", other.clone()), ("prefer", one.clone()), ("reason", reason.to_owned())]
    };
    let send = |fields: Vec<(&'static str, String)>, who: &'static str| {
        let demo = &demo;
        async move {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            demo.post(who, "/rulebooks/conflicts", &fields).await
        }
    };
    assert_eq!(send(fields("公司规定"), "front_desk").await.status, StatusCode::FORBIDDEN);
    let no = send(fields(""), manager).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("理由"), "{}", no.body);
    let unknown = vec![("one", one.clone()), ("other", "followup-9/0".to_owned()), ("reason", "无".to_owned())];
    assert_eq!(send(unknown, manager).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(send(fields("公司规定以它为准"), manager).await.leads(), "/rulebooks/conflicts");
    let page = demo.get(manager, "/rulebooks/conflicts").await;
    for part in ["公司规定以它为准", "只统计", "已经定下来的"] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    assert!(demo.get(manager, "/rulebooks/charter").await.body.contains("公司规定以它为准"));
}

#[tokio::test]
async fn the_others_between_the_same_rulebooks_are_settled_the_same_way() {
    let demo = Demo::founded_under(&["followup-9", "followup-residential"]).await;
    let looked_at = demo.get("office_manager", "/rulebooks/followup-9/adopt").await;
    assert!(
        looked_at.body.contains("荔园物业客户回访管理规程") && looked_at.body.contains("亮灯"),
        "both sides, by name"
    );
    let all = demo.web.house.law(1).await.unwrap().law.conflicts(demo.now());
    let name = |it: &rulebook::ClauseRef| format!("{}/{}", it.book, it.id);
    let (one, other) = (name(&all[0].sides[0]), name(&all[0].sides[1]));
    let fields =
        [("one", one.as_str()), ("other", &other), ("prefer", &one), ("reason", "公司规定以它为准"), ("all", "yes")];
    let done = demo.post("office_manager", "/rulebooks/conflicts", &fields).await;
    assert_eq!(done.leads(), "/rulebooks/conflicts", "{}", done.body);
    let law = demo.web.house.law(1).await.unwrap();
    let alike: Vec<_> = all.iter().filter(|it| it.act == all[0].act).collect();
    assert!(alike.len() > 5, "{}", alike.len());
    for conflict in alike {
        let told = law.log.settled.get(&conflict.sides).expect("settled with the others");
        assert_eq!(told.prefer.as_ref().map(|it| it.book.as_str()), Some(all[0].sides[0].book.as_str()));
    }
}

#[tokio::test]
async fn the_map_is_coloured_by_shares_too() {
    let demo = Demo::founded_under(&["followup-9"]).await;
    let square = |body: &str| {
        let at = body.find("title=\"4.1.2(2) ").expect("a square a clause");
        body[..at].rsplit("class=\"square ").next().unwrap().chars().take_while(|it| *it != '"').collect::<String>()
    };
    let before = demo.get("office_manager", "/rulebooks/map").await;
    assert_eq!(square(&before.body), "idle");
    let (case, _) = demo.repair("厨房漏水").await;
    demo.completed(&case).await;
    let after = demo.get("office_manager", "/rulebooks/map").await;
    assert_eq!(square(&after.body), "open", "one call is still lacking");
    let outline = demo.get("office_manager", "/rulebooks/followup-9").await;
    assert!(outline.body.contains("还差"), "{}", outline.body);
}
