//! The settings through the router.

use axum::http::StatusCode;

use super::late::share;
use crate::testing::{Demo, PASSWORD};

#[tokio::test]
async fn a_value_is_set_by_its_unit_and_shows_who_set_it() {
    let demo = Demo::founded().await;
    let shown = demo.get("office_manager", "/settings").await;
    assert!(shown.status == StatusCode::OK && shown.body.contains("安排维修员的软提醒"), "{}", shown.body);
    let set = |value| [("name", "安排维修员的软提醒"), ("value", value)];
    let shown = demo.post("office_manager", "/settings", &set("很快")).await;
    assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(shown.body.contains("可以写") && shown.body.contains("很快"));
    let shown = demo.post("office_manager", "/settings", &set("8 分钟")).await;
    assert_eq!((shown.status, shown.leads()), (StatusCode::SEE_OTHER, "/settings"));
    let rows = demo.web.house.settings(1).await.unwrap();
    assert_eq!(rows.iter().find(|row| row.name == "安排维修员的软提醒").unwrap().value, "8 分钟");
    assert!(demo.get("office_manager", "/settings").await.body.contains("陈立"));
    let unknown = [("name", "没有这个"), ("value", "1")];
    assert_eq!(demo.post("office_manager", "/settings", &unknown).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(demo.post("front_desk", "/settings", &set("9 分钟")).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_account_is_made_changed_and_shut() {
    let demo = Demo::founded().await;
    let new = [
        ("new", "yes"),
        ("id", "Demo.Zhang"),
        ("name", "章新"),
        ("posts", "front_desk"),
        ("posts", "archive"),
        ("password", "第一天的口令呢"),
        ("active", "yes"),
    ];
    let weak = demo.post("administrator", "/settings/accounts", &new).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY, "seven signs are too short");
    let mut fit = new;
    fit[5] = ("password", "第一天的口令在此");
    assert_eq!(demo.post("administrator", "/settings/accounts", &fit).await.leads(), "/settings/accounts");
    let twice = demo.post("administrator", "/settings/accounts", &fit).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    let access = demo.web.house.access("demo.zhang".into()).await.unwrap();
    assert_eq!(access[0].account.posts, ["front_desk", "archive"]);
    let enter = |word| [("account", "demo.zhang"), ("password", word)];
    assert_eq!(demo.post("", "/sign-in", &enter("第一天的口令在此")).await.status, StatusCode::SEE_OTHER);
    let path = "/settings/accounts/demo.zhang/password";
    assert_eq!(demo.post("administrator", path, &[("password", PASSWORD)]).await.leads(), "/settings/accounts");
    assert_eq!(demo.post("", "/sign-in", &enter(PASSWORD)).await.status, StatusCode::SEE_OTHER);

    let shown = demo.get("administrator", "/settings/accounts/demo.zhang").await;
    assert!(shown.status == StatusCode::OK && shown.body.contains("章新"));
    let shut = [("id", "demo.zhang"), ("name", "章新"), ("posts", "front_desk")];
    assert_eq!(demo.post("administrator", "/settings/accounts", &shut).await.leads(), "/settings/accounts");
    assert_eq!(demo.post("", "/sign-in", &enter(PASSWORD)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let last = [("id", "administrator"), ("name", "演示管理员"), ("active", "yes"), ("posts", "front_desk")];
    let shown = demo.post("administrator", "/settings/accounts", &last).await;
    assert!(shown.status == StatusCode::UNPROCESSABLE_ENTITY && shown.body.contains("没有管理员"), "{}", shown.body);
    assert_eq!(demo.get("administrator", "/settings/accounts/nobody").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_post_is_bound_and_unbound() {
    let demo = Demo::founded().await;
    let shown = demo.get("administrator", "/settings/bindings?post=follow_up_person").await;
    assert!(shown.status == StatusCode::OK && shown.body.contains("规程里的岗位"), "{}", shown.body);
    let to = [("post", "follow_up_person"), ("posts", "archive")];
    assert_eq!(demo.post("administrator", "/settings/bindings", &to).await.leads(), "/settings/bindings");
    let law = demo.web.house.law(1).await.unwrap();
    assert_eq!(law.charter.bindings["follow_up_person"], ["archive"]);
    let person = [("post", "follow_up_person"), ("posts", "archive"), ("persons", "finance")];
    demo.post("administrator", "/settings/bindings", &person).await;
    let law = demo.web.house.law(1).await.unwrap();
    assert_eq!(law.charter.bindings["follow_up_person"], ["archive", "@finance"]);
    let shown = demo.get("administrator", "/settings/bindings").await;
    assert!(shown.body.contains("钱穗") && shown.body.contains("演示管理员"), "whom and by whom: {}", shown.body);
    let usual = [("post", "follow_up_person"), ("posts", "archive"), ("usual", "yes")];
    demo.post("administrator", "/settings/bindings", &usual).await;
    assert!(demo.web.house.law(1).await.unwrap().charter.bindings.is_empty());
}

#[tokio::test]
async fn a_ledger_is_previewed_mapped_and_imported_whole() {
    let demo = Demo::founded().await;
    let who = "office_manager";
    let odd = demo.upload(who, "/settings/households/upload", "x.xlsx", b"PK\x03\x04 broken", &[]).await;
    assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && odd.body.contains("不能导入"), "{}", odd.body);
    assert_eq!(demo.get(who, "/settings/households/preview").await.leads(), "/settings/households");

    let text = "演示花园业主台账\n楼栋,单元,房号,业主姓名,手机\n9,1,101,甲示范,13900000001\n9,1,102,乙示范,12\n9,1,103,丙示范,13900000003\n合计,,3,,\n";
    let shown = demo.upload(who, "/settings/households/upload", "台账.csv", text.as_bytes(), &[]).await;
    assert_eq!(shown.leads(), "/settings/households/preview", "{}", shown.body);
    let shown = demo.get(who, "/settings/households/preview").await;
    for part in ["2 户可以导入", "1 行有问题", "7 到 12 位", "甲示范", "表头在第 2 行"] {
        assert!(shown.body.contains(part), "{part}: {}", shown.body);
    }
    assert_eq!(demo.web.house.household_count(1).await.unwrap(), 5, "a preview writes nothing");

    // Without its phone column the bad row is good.
    let columns = [("col-0", "楼栋"), ("col-1", "单元"), ("col-2", "房号"), ("col-3", "业主姓名"), ("col-4", "")];
    assert_eq!(demo.post(who, "/settings/households/preview", &columns).await.leads(), "/settings/households/preview");
    let shown = demo.get(who, "/settings/households/preview").await;
    assert!(shown.body.contains("3 户可以导入"), "{}", shown.body);
    let command = shown.hidden("command");
    let done = demo.post(who, "/settings/households/import", &[("command", &command)]).await;
    assert_eq!(done.leads(), "/settings/households?added=3&changed=0&unchanged=0");
    assert_eq!(demo.web.house.household_count(1).await.unwrap(), 8);
    assert!(demo.get(who, done.leads()).await.body.contains("新增 3 户"));
    assert_eq!(demo.get(who, "/settings/households/preview").await.leads(), "/settings/households");
}

#[tokio::test]
async fn an_old_ledger_does_not_bring_back_who_has_sold() {
    let demo = Demo::founded().await;
    let who = "office_manager";
    let sold = [
        ("place", "3-2-501"),
        ("name", "孙新示"),
        ("phone", "13700005678"),
        ("customer.owner_since", "2026-11-16"),
        ("dossier.change_basis", "不动产证"),
    ];
    let done = demo.post("front_desk", "/registers/ownership_changes/new", &sold).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let text = "楼栋,单元,房号,楼层,业主姓名,手机\n3,2,501,5,单晓演,13800000001\n3,2,502,5,曾示范,13800000002\n";
    let file = "/settings/households/upload";
    demo.upload(who, file, "旧台账.csv", text.as_bytes(), &[]).await;
    let shown = demo.get(who, "/settings/households/preview").await;
    assert!(shown.body.contains("1 户过户以后，台账里还是别的业主") && shown.body.contains("孙**"), "{}", shown.body);
    let command = shown.hidden("command");
    let done = demo.post(who, "/settings/households/import", &[("command", &command)]).await;
    assert!(done.leads().ends_with("&kept=1"), "{}", done.leads());
    assert!(demo.get(who, done.leads()).await.body.contains("1 户保留了过户以后的业主"));
    let page = demo.get("front_desk", "/dossiers?q=3-2-501").await.body;
    assert!(page.contains("孙**") && !page.contains("单**"), "who bought is still the owner: {page}");

    demo.upload(who, file, "旧台账.csv", text.as_bytes(), &[]).await;
    let command = demo.get(who, "/settings/households/preview").await.hidden("command");
    let decided = [("command", command.as_str()), ("owners", "3-2-501")];
    let done = demo.post(who, "/settings/households/import", &decided).await;
    assert_eq!(done.leads(), "/settings/households?added=0&changed=1&unchanged=1", "{}", done.body);
    let page = demo.get("front_desk", "/dossiers?q=3-2-501").await.body;
    assert!(page.contains("单**") && !page.contains("孙**"), "decided so: {page}");
}

#[tokio::test]
async fn the_sample_imports_and_the_other_pages_show() {
    let demo = Demo::founded().await;
    let bytes = courier::ledger::sample().unwrap();
    let path = "/settings/households/upload";
    let shown = demo.upload("administrator", path, "sample.xlsx", &bytes, &[]).await;
    assert_eq!(shown.leads(), "/settings/households/preview", "{}", shown.body);
    assert!(demo.get("administrator", "/settings/households/preview").await.body.contains("可以导入"));
    let given = demo.post("administrator", "/settings/households/give-up", &[]).await;
    assert_eq!(given.leads(), "/settings/households");
    demo.repair("厨房水龙头漏水").await;
    assert!(demo.get("administrator", "/settings/late").await.body.contains("前台客服员"));
    assert!(demo.get("administrator", "/settings/about").await.body.contains("2026 年的通知已收录"));
    assert_eq!(demo.get("administrator", "/settings/households/sample.xlsx").await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_administrator_erases_a_person_for_a_reason() {
    let demo = Demo::founded().await;
    let (case, _) = demo.repair("厨房水龙头漏水").await;
    let path = "/settings/erasure?q=3-2-501";
    assert_eq!(demo.get("office_manager", path).await.status, StatusCode::FORBIDDEN);
    assert!(!demo.get("office_manager", "/settings").await.body.contains("/settings/erasure"));
    let shown = demo.get("administrator", path).await;
    assert!(shown.body.contains("单**") && shown.body.contains("person=person%3A3-2-501-1"), "{}", shown.body);
    let chosen = demo.get("administrator", &format!("{path}&person=person%3A3-2-501-1")).await;
    assert!(chosen.body.contains("抹除，不能恢复"), "{}", chosen.body);
    let erase = |reason| [("person", "person:3-2-501-1"), ("q", "3-2-501"), ("reason", reason)];
    let bare = demo.post("administrator", "/settings/erasure", &erase("")).await;
    assert!(bare.status == StatusCode::UNPROCESSABLE_ENTITY && bare.body.contains("还没有写原因"), "{}", bare.body);
    assert_eq!(demo.post("office_manager", "/settings/erasure", &erase("申请")).await.status, StatusCode::FORBIDDEN);
    let done = demo.post("administrator", "/settings/erasure", &erase("本人书面申请")).await;
    assert_eq!(done.leads(), "/settings/erasure?cases=1&files=0");
    let told = demo.get("administrator", done.leads()).await;
    assert!(told.body.contains("涉及 1 件事项") && told.body.contains("本人书面申请"), "{}", told.body);
    let case = demo.get("front_desk", &format!("/cases/{case}")).await;
    assert!(case.status == StatusCode::OK && case.body.contains("〔已抹除〕") && !case.body.contains("单**"));
}

#[test]
fn shares_round_half_up() {
    assert_eq!([share(0, 0), share(1, 8), share(1, 3), share(3, 3)], ["—", "12.5 %", "33.3 %", "100.0 %"]);
}

#[tokio::test]
async fn each_setting_names_its_clauses_and_a_figure_of_the_regulation_is_no_default() {
    let demo = Demo::founded().await;
    let rows = demo.web.house.settings(1).await.unwrap();
    let row = |name: &str| rows.iter().find(|row| row.name == name).unwrap_or_else(|| panic!("{name}"));
    let stated = row("三类投诉处理期限");
    assert!(stated.stated && !stated.clauses.is_empty() && !row("及时的软提醒").stated, "{stated:?}");
    let of_books = rows.iter().filter(|row| !row.books.is_empty());
    let unused: Vec<&str> = of_books.filter(|row| row.clauses.is_empty()).map(|row| row.name.as_str()).collect();
    // The words of time and the plain week decide every limit in days.
    assert!(unused.iter().all(|name| ["遇休息日顺延", "回访天数"].contains(name)), "{unused:?}");
    let page = demo.get("administrator", "/settings").await;
    let link = format!("/rulebooks/{}/{}", stated.clauses[0].book, stated.clauses[0].id);
    assert!(page.body.contains("规程原文") && page.body.contains(&link), "{}", page.body);
}
