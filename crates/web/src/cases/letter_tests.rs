//! What whoever brought a matter gets to see: the letter without a word of the office's own, the answer before everybody for
//! who left no name, the call with one tap by who has the case in hand.

use axum::http::StatusCode;
use office::case::CaseKind;

use crate::testing::Demo;

/// Words that stay in the office.
const INSIDE: [&str; 5] = ["重大", "此人难缠", "扣当班五十", "判为无效", "二类"];

async fn complaint(demo: &Demo) -> (String, String) {
    let given = [("complaint.class", "second"), ("complaint.severity", "major")];
    let (id, number) = demo.register(CaseKind::Complaint, "保安夜里不开门", &given).await;
    let found = [("complaint.valid", "no"), ("case.reason", "判为无效")];
    demo.act("service_supervisor", &id, "complaint.validity_found", &found).await;
    for note in ["此人难缠", "扣当班五十"] {
        let path = format!("/cases/{id}/acts/case.note_added");
        assert_eq!(demo.post("service_supervisor", &path, &[("note", note)]).await.status, StatusCode::SEE_OTHER);
    }
    (id, number)
}

#[tokio::test]
async fn a_reply_letter_tells_the_answer_and_nothing_of_the_offices_own() {
    let demo = Demo::founded().await;
    let (id, number) = complaint(&demo).await;
    let path = format!("/cases/{id}/acts/reply.letter_written");
    let form = demo.get("front_desk", &path).await.body;
    assert!(form.contains("保安夜里不开门") && form.contains("给您带来不便，请您谅解"), "it begins politely: {form}");
    let letter = [("reply.subject", "夜间开门"), ("reply.text", "已向当班保安说明，夜里按铃即开，请您放心。")];
    let done = demo.post("front_desk", &path, &letter).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    for size in ["A4", "A5", "241%C3%97279.4"] {
        let print = demo.get("front_desk", &format!("/forms/DF-202611-0001/print?size={size}")).await.body;
        for part in ["答复函", "夜里按铃即开", "夜间开门", "单晓演", &number] {
            assert!(print.contains(part), "{size} {part}: {print}");
        }
        for word in INSIDE {
            assert!(!print.contains(word), "{size} {word}: {print}");
        }
    }
    let read_out = demo.get("front_desk", &format!("/cases/{id}/read-out")).await.body;
    let said =
        read_out.split("id=\"read-out\"").nth(1).and_then(|it| it.split("</section>").next()).expect("the panel");
    for word in INSIDE.iter().chain(&["认定", "补记"]) {
        assert!(!said.contains(word), "{word}: {said}");
    }
    demo.act("front_desk", &id, "reply.letter_sent", &[("case.reply_way", "送上门")]).await;
    let case = demo.web.house.case(1, id.clone()).await.expect("no fault").expect("there");
    let replied = case.last("complaint.replied").expect("a letter on its way is the answer");
    assert!(replied.event.body.note.contains("夜里按铃即开"));
    let letter = case.form("reply_letter").expect("issued");
    assert_eq!(letter.copies[&1].0, "resident");
    assert_eq!(case.attributes["complaint.reply_letter"], "DF-202611-0001");
}

#[tokio::test]
async fn no_copy_that_a_resident_keeps_has_a_word_of_the_offices_own() {
    let demo = Demo::founded().await;
    let (id, number) = demo.repair("厨房水龙头漏水").await;
    demo.act("front_desk", &id, "case.loss_assessed", &[("case.loss", "500000")]).await;
    let path = format!("/cases/{id}/acts/case.note_added");
    demo.post("front_desk", &path, &[("note", "此人难缠")]).await;
    for size in ["A4", "241%C3%97139.7"] {
        let print = demo.get("front_desk", &format!("/forms/{number}/print?size={size}")).await.body;
        assert!(!print.contains("此人难缠"), "{size}");
    }
    for form in office::form::all().iter().filter(|form| form.leaves_the_office()) {
        for cell in form.rows.iter().flat_map(|row| &row.cells) {
            assert!(!office::form::internal(&cell.from), "{} {}", form.id, cell.label);
        }
    }
}

#[tokio::test]
async fn who_leaves_no_name_is_asked_for_none_and_answered_before_everybody() {
    let demo = Demo::founded().await;
    let desk = demo.get("front_desk", "/desk?household=3-2-501").await;
    let contact = desk.hidden("contact");
    let fields = [
        ("contact", contact.as_str()),
        ("household", "3-2-501"),
        ("words", "楼上装修太吵"),
        ("kind", "complaint"),
        ("complaint.follow_up_exemption", "no_name"),
        ("name", "不该留下"),
        ("phone", "13900000000"),
        ("read_back", "yes"),
    ];
    let shown = demo.post("front_desk", "/desk/preview", &fields).await.body;
    assert!(!shown.contains("请问您贵姓") && !shown.contains("方便联系的电话"), "nobody is asked: {shown}");
    let saved = demo.post("front_desk", "/desk", &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let page = demo.web.house.case_page(1, contact.clone(), demo.actor("front_desk"), demo.now(), true).await;
    let page = page.expect("no fault").expect("registered");
    assert_eq!(page.caller, (String::new(), String::new()), "and nobody is kept");
    assert!(page.case.gaps().is_empty(), "{:?}", page.case.gaps());
    let letter = [("reply.subject", "装修噪声"), ("reply.text", "已请施工队遵守时间。")];
    demo.act("front_desk", &contact, "reply.letter_written", &letter).await;
    let print = demo.get("front_desk", "/forms/DF-202611-0001/print").await.body;
    assert!(print.contains("各位"), "{print}");
    demo.act("front_desk", &contact, "reply.posted", &[("reply.place", "3栋大堂公告栏")]).await;
    let case = demo.web.house.case(1, contact.clone()).await.expect("no fault").expect("there");
    assert!(case.has("complaint.replied"));
    assert!(demo.get("front_desk", &format!("/cases/{contact}")).await.body.contains("3栋大堂公告栏"));
}

#[tokio::test]
async fn who_has_the_case_in_hand_calls_with_one_tap_and_it_is_on_record() {
    let demo = Demo::founded().await;
    let (id, number) = demo.register(CaseKind::Complaint, "楼上太吵", &[("complaint.class", "second")]).await;
    let path = format!("/cases/{id}/phone");
    let page = demo.get("front_desk", &format!("/cases/{id}")).await.body;
    assert!(page.contains(&path) && !page.contains("13800000001"), "{page}");
    let called = demo.post("front_desk", &path, &[("command", "p1")]).await;
    assert!(called.status == StatusCode::OK && called.body.contains("tel:13800000001"), "{}", called.body);
    let looks = demo.web.house.read(|tx| journal::stream::load(tx, 1, "unmasking")).await.expect("no fault");
    assert_eq!(looks.last().map(|it| it.event.body.note.clone()), Some(format!("办理 {number} 联系来人")));
    let no = demo.post("finance", &path, &[("command", "p2")]).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && !no.body.contains("13800000001"), "{}", no.body);
    demo.act("front_desk", &id, "case.withdrawn", &[]).await;
    let no = demo.post("front_desk", &path, &[("command", "p3")]).await;
    assert!(no.body.contains("已经结束") && !no.body.contains("13800000001"), "{}", no.body);
    assert!(!demo.get("front_desk", &format!("/cases/{id}")).await.body.contains(&path));
    for list in ["/cases", "/cases?q=3-2-501", "/contacts"] {
        assert!(!demo.get("front_desk", list).await.body.contains("13800000001"), "{list}");
    }
}

#[tokio::test]
async fn the_sites_words_stand_on_pages_and_prints() {
    let demo = Demo::founded().await;
    for (name, value) in [("服务对象称呼", "业户"), ("办公室称呼", "服务中心")] {
        let set = demo.post("office_manager", "/settings", &[("name", name), ("value", value)]).await;
        assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
    }
    let (id, number) = demo.repair("业主说厨房水龙头漏水").await;
    let print = demo.get("front_desk", &format!("/forms/{number}/print")).await.body;
    assert!(print.contains("业户验收签字") && !print.contains("住户"), "{print}");
    assert!(print.contains("业主说厨房水龙头漏水"), "what the caller said stays");
    let page = demo.get("technician", &format!("/jobs/{id}")).await.body;
    assert!(!page.contains("住户"), "{page}");
    let contacts = demo.get("front_desk", "/contacts").await.body;
    assert!(contacts.contains("业户或地点") && !contacts.contains("住户"), "{contacts}");
    demo.post("office_manager", "/settings", &[("name", "服务对象称呼"), ("value", "客户")]).await;
    assert!(demo.get("front_desk", "/contacts").await.body.contains("客户或地点"));
}
