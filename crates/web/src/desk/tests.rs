//! The desk through the router: search, first key, preview, saving, refusals, later entry.

use axum::http::StatusCode;

use office::case::CaseKind;

use crate::testing::{Demo, PASSWORD};

async fn contact(demo: &Demo) -> (String, String) {
    let desk = demo.get("front_desk", "/desk").await;
    assert_eq!(desk.status, StatusCode::OK);
    (desk.hidden("contact"), desk.hidden("command"))
}

#[tokio::test]
async fn the_box_lists_what_a_room_may_mean_and_the_card_masks() {
    let demo = Demo::founded().await;
    let found = demo.get("front_desk", "/desk/search?q=3.2.501").await;
    assert!(found.body.contains("/desk?household=3-2-501"), "{}", found.body);
    let none = demo.get("front_desk", "/desk/search?q=9.9.999").await;
    assert!(none.body.contains("没有找到"));
    let card = demo.get("front_desk", "/desk?household=3-2-501").await;
    assert!(card.body.contains("138****0001") && !card.body.contains("13800000001"));
    assert!(!card.body.contains("单晓演"), "names are masked");
}

#[tokio::test]
async fn the_first_key_sets_t0_and_saving_keeps_it() {
    let demo = Demo::founded().await;
    let (contact, command) = contact(&demo).await;
    let opened = demo.post("front_desk", "/desk/contact", &[("contact", &contact), ("case.channel", "visit")]).await;
    assert_eq!(opened.status, StatusCode::NO_CONTENT);
    let t0 = demo.now();
    demo.pass(95);
    let again = demo.post("front_desk", "/desk/contact", &[("contact", &contact)]).await;
    assert_eq!(again.status, StatusCode::NO_CONTENT, "a second key opens nothing new");
    let fields = [
        ("contact", contact.as_str()),
        ("command", &command),
        ("household", "3-2-501"),
        ("words", "厨房水龙头漏水"),
        ("read_back", "yes"),
        ("do", "dispatch"),
    ];
    let saved = demo.post("front_desk", "/desk", &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let page = demo.web.house.case_page(1, contact.clone(), demo.actor("front_desk"), demo.now(), true).await;
    let page = page.expect("no fault").expect("registered");
    assert_eq!(page.case.opened, t0);
    assert_eq!(page.case.kind, CaseKind::Repair, "the words say a repair");
    assert_eq!(page.caller, ("单晓演".to_owned(), "13800000001".to_owned()), "the caller on file");
    assert!(page.case.has("repair.engineering_notified") && page.case.has("repair.slip_issued"));
    assert!(page.case.gaps().is_empty(), "{:?}", page.case.gaps());
    let shown = demo.get("front_desk", saved.leads()).await;
    assert!(shown.body.contains("WX-202611-0001") && shown.body.contains("已登记"));
    let twice = demo.post("front_desk", "/desk", &fields).await;
    assert_eq!(twice.status, StatusCode::SEE_OTHER, "sent twice, saved once");
    let list = demo.get("front_desk", "/cases").await;
    assert_eq!(list.body.matches("<tr").count(), 2, "one case and the head");
}

#[tokio::test]
async fn what_is_missing_is_refused_and_the_form_stays() {
    let demo = Demo::founded().await;
    let (contact, command) = contact(&demo).await;
    let fields = [("contact", contact.as_str()), ("command", &command), ("place", "地下车库B区"), ("kind", "repair")];
    let no = demo.post("front_desk", "/desk", &fields).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("还没有写来人说的事") && no.body.contains("地下车库B区") && no.body.contains(&contact));
    let odd = [("contact", contact.as_str()), ("place", "大堂"), ("words", "嗯"), ("kind", "")];
    let no = demo.post("front_desk", "/desk", &odd).await;
    assert!(no.body.contains("看不出是哪一类"));
    let bad = [("contact", contact.as_str()), ("place", "大堂"), ("words", "灯不亮"), ("repair.appointment", "明天")];
    let no = demo.post("front_desk", "/desk", &bad).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("预约时间”读不懂"));
}

#[tokio::test]
async fn a_room_that_names_one_household_is_taken_and_any_other_stays_in_the_box() {
    let demo = Demo::founded().await;
    let found = demo.get("front_desk", "/desk/search?q=3.2.501").await;
    assert!(found.body.contains("data-exact") && !found.body.contains("138****0001"), "listed, not yet taken");
    assert_eq!(found.hidden("q"), "3.2.501", "goes along with the matter");
    for (typed, exact) in
        [("13800000001", true), ("粤A00001", true), ("0001", false), ("单晓演", false), ("粤A0", false)]
    {
        let found = demo.get("front_desk", &format!("/desk/search?q={}", crate::testing::escaped(typed))).await;
        assert_eq!(found.body.contains("data-exact"), exact, "{typed}: {}", found.body);
    }
    let (contact, command) = contact(&demo).await;
    let with = |q: &'static str, words: &'static str| {
        [("contact", contact.clone()), ("command", command.clone()), ("q", q.to_owned()), ("words", words.to_owned())]
    };
    let post = async |path: &str, q: &'static str, words: &'static str| {
        let fields = with(q, words);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        demo.post("front_desk", path, &fields).await
    };
    let said = post("/desk/preview", "3.2.501", "厨房水龙头漏水").await.body;
    assert!(said.contains("跟您复述一遍：3-2-501 单先生/女士，您反映“厨房水龙头漏水”。"), "{said}");
    let said = post("/desk/preview", "", "厨房水龙头漏水").await.body;
    assert!(said.contains("跟您复述一遍：您反映“厨房水龙头漏水”。"), "{said}");
    let no = post("/desk", "3.2.501", " ").await.body;
    assert!(no.contains("还没有写来人说的事") && no.contains("data-at=\"words\""), "{no}");
    let no = post("/desk", "9.9.999", "厨房水龙头漏水").await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("还没有写地点") && no.body.contains("没有找到"), "{}", no.body);
    assert_eq!(no.body.matches("value=\"9.9.999\"").count(), 2, "in the box, and to go along again: {}", no.body);
    let (refusal, words) = (no.body.find("class=\"refusal\""), no.body.find("id=\"words\""));
    assert!(refusal < words && refusal.is_some(), "in sight, before the caller's words");
    let saved = post("/desk", "3.2.501", "厨房水龙头漏水").await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let case = demo.web.house.case(1, contact.clone()).await.expect("no fault").expect("registered");
    assert_eq!(case.household.as_deref(), Some("3-2-501"));
}

#[tokio::test]
async fn a_common_part_typed_in_the_box_is_offered_as_the_place() {
    let demo = Demo::founded().await;
    let found = async |words: &str| {
        demo.get("front_desk", &format!("/desk/search?q={}", crate::testing::escaped(words))).await.body
    };
    let lift = found("3栋2单元电梯").await;
    let link = format!("/desk?place={}", crate::testing::escaped("3栋2单元电梯"));
    assert!(lift.contains(&link) && !lift.contains("没有找到"), "{lift}");
    assert!(demo.get("front_desk", &link).await.body.contains("name=\"place\" value=\"3栋2单元电梯\""));
    let garage = found("地下车").await;
    assert!(garage.contains(&crate::testing::escaped("3栋地下车库")), "listed parts: {garage}");
    for stranger in ["9.9.999", "王小二"] {
        let none = found(stranger).await;
        assert!(none.contains("没有找到") && !none.contains("/desk?place="), "{stranger}: {none}");
    }
    // Typed and left for the matter, it is the place.
    let (contact, command) = contact(&demo).await;
    let form = [("contact", contact.as_str()), ("command", &command), ("q", "3栋2单元电梯"), ("place", "")];
    let fields: Vec<_> = form.into_iter().chain([("kind", "repair"), ("words", "应急灯坏了两盏")]).collect();
    let said = demo.post("front_desk", "/desk/preview", &fields).await.body;
    assert!(said.contains("name=\"place\" value=\"3栋2单元电梯\""), "{said}");
    let saved = demo.post("front_desk", "/desk", &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let case = demo.web.house.case(1, contact).await.expect("no fault").expect("registered");
    assert_eq!((case.household, case.place.as_str()), (None, "3栋2单元电梯"));
}

#[tokio::test]
async fn the_preview_tells_clocks_and_duplicates_and_writes_nothing() {
    let demo = Demo::founded().await;
    demo.repair("厨房水龙头漏水").await;
    let fields = [("household", "3-2-501"), ("words", "水龙头还在漏水"), ("contact", "c1")];
    let shown = demo.post("front_desk", "/desk/preview", &fields).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.body.contains("clock-preview"), "{}", shown.body);
    assert!(shown.body.contains("/rulebooks/repair-residential/"), "with the clause");
    let clocks = shown.body.split("clock-preview").nth(1).unwrap_or_default();
    assert!(clocks.contains(" 分钟内") && !clocks.contains("还剩"), "nothing runs yet: {clocks}");
    assert!(shown.body.contains("可能是同一件事") && shown.body.contains("WX-202611-0001"));
    let complaint =
        demo.post("front_desk", "/desk/preview", &[("words", "楼上太吵"), ("complaint.class", "first")]).await;
    assert!(complaint.body.contains("/rulebooks/complaint-instruction/"));
    assert!(complaint.body.contains("name=\"complaint.class\""), "the fields of the kind come along");
    let list = demo.get("front_desk", "/cases").await;
    assert_eq!(list.body.matches("<tr").count(), 2, "one case and the head");
}

#[tokio::test]
async fn a_contact_may_end_without_a_case_with_a_reason() {
    let demo = Demo::founded().await;
    let (contact, command) = contact(&demo).await;
    let no = demo.post("front_desk", "/desk/contact/end", &[("contact", &contact), ("as", "voided")]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("contact", contact.as_str()), ("command", &command), ("as", "voided"), ("note", "打错了")];
    let ended = demo.post("front_desk", "/desk/contact/end", &fields).await;
    assert_eq!(ended.leads(), "/desk?told=voided");
    let known = demo.web.house.contact(1, contact).await.expect("no fault").expect("opened");
    assert_eq!(known.1, office::contact::ContactState::Voided);
}

#[tokio::test]
async fn later_entry_asks_for_a_reason_and_beyond_a_day_for_a_supervisor() {
    let demo = Demo::founded().await;
    let (contact, _) = contact(&demo).await;
    let base = [("contact", contact.as_str()), ("place", "大堂"), ("words", "大堂灯不亮"), ("name", "演示")];
    let with = |more: &[(&'static str, &'static str)]| [base.to_vec(), more.to_vec()].concat();
    let no = demo.post("front_desk", "/desk", &with(&[("happened", "2026-11-16T08:00")])).await;
    assert!(no.body.contains("属于补录"), "an hour needs a reason");
    let old = [("happened", "2026-11-14T08:00"), ("late_reason", "系统停机")];
    let no = demo.post("front_desk", "/desk", &with(&old)).await;
    assert!(no.body.contains("须由主管批准"));
    let wrong = [old.as_slice(), &[("approver", "service_supervisor"), ("approver_password", "不是口令")]].concat();
    let no = demo.post("front_desk", "/desk", &with(&wrong)).await;
    assert!(no.body.contains("口令不对"));
    let clerk = [old.as_slice(), &[("approver", "technician"), ("approver_password", PASSWORD)]].concat();
    let no = demo.post("front_desk", "/desk", &with(&clerk)).await;
    assert!(no.body.contains("另一位主管"));
    let right = [old.as_slice(), &[("approver", "service_supervisor"), ("approver_password", PASSWORD)]].concat();
    let saved = demo.post("front_desk", "/desk", &with(&right)).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
}

#[tokio::test]
async fn a_picture_is_kept_and_anything_else_refused() {
    let demo = Demo::founded().await;
    let (contact, _) = contact(&demo).await;
    let fields = [("contact", contact.as_str()), ("place", "大堂"), ("words", "大堂灯不亮")];
    let no = demo.upload("front_desk", "/desk", "x.exe", b"MZ\x90\x00", &fields).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("不是图片") && no.body.contains("大堂灯不亮"));
    let saved = demo.upload("front_desk", "/desk", "灯.png", b"\x89PNG\r\n\x1a\nrest", &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let page = demo.get("front_desk", &format!("/cases/{contact}")).await;
    let hash = page.body.split("/attachments/").nth(1).and_then(|it| it.get(..64)).expect("shown").to_owned();
    let file = demo.get("front_desk", &format!("/attachments/{hash}")).await;
    assert_eq!((file.status, &file.headers["content-type"]), (StatusCode::OK, &"image/png".parse().expect("a header")));
    assert_eq!(demo.get("administrator", &format!("/attachments/{hash}")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(demo.get("front_desk", "/attachments/..%2f..%2fetc").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_may_not_take_calls_does_not_get_the_desk() {
    let demo = Demo::founded().await;
    assert_eq!(demo.get("finance", "/desk").await.status, StatusCode::FORBIDDEN);
    assert_eq!(demo.post("finance", "/desk", &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(demo.get("", "/desk").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_place_without_a_household_is_chosen_from_the_estates_own_parts() {
    let demo = Demo::founded().await;
    let desk = demo.get("front_desk", "/desk").await.body;
    for place in ["value=\"电梯\"", "value=\"3栋水泵房\"", "value=\"1栋电梯\"", "list=\"places\""] {
        assert!(desk.contains(place), "{place}: {desk}");
    }
    let own = [("name", "公共部位"), ("value", "喷泉、 连廊 ，")];
    assert_eq!(demo.post("office_manager", "/settings", &own).await.status, StatusCode::SEE_OTHER);
    let desk = demo.get("front_desk", "/desk").await.body;
    assert!(desk.contains("value=\"3栋连廊\"") && desk.contains("value=\"喷泉\"") && !desk.contains("3栋水泵房"));
    let card = demo.get("front_desk", "/desk?household=3-2-501").await.body;
    assert!(!card.contains("id=\"places\""), "a household is place enough");
}

#[tokio::test]
async fn a_complaint_heard_by_somebody_else_says_when_the_desk_was_told() {
    let demo = Demo::founded().await;
    let (contact, command) = contact(&demo).await;
    let told = |at: &'static str| {
        [
            ("contact", contact.clone()),
            ("command", command.clone()),
            ("kind", "complaint".to_owned()),
            ("case.channel", "met".to_owned()),
            ("household", "3-2-501".to_owned()),
            ("words", "楼道堆放杂物".to_owned()),
            ("happened", "2026-11-16 08:10".to_owned()),
            ("late_reason", "保安巡逻时听到".to_owned()),
            ("told_desk", at.to_owned()),
        ]
    };
    let post = async |at: &'static str| {
        let fields = told(at);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        demo.post("front_desk", "/desk", &fields).await
    };
    for (at, why) in [("午饭后", "读不懂"), ("2026-11-16 10:00", "晚于现在"), ("2026-11-16 08:00", "早于听到的时刻")]
    {
        let no = post(at).await;
        assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains(why), "{at}: {}", no.body);
    }
    let done = post("2026-11-16 09:00").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let case = demo.web.house.case(1, contact.clone()).await.expect("no fault").expect("registered");
    let at =
        |fact: &str| case.last(fact).map(|entry| demo.web.house.laws().zone.civil(entry.event.happened).to_string());
    assert_eq!(at("complaint.obtained").as_deref(), Some("2026-11-16T08:10:00"));
    assert_eq!(at("complaint.told_desk").as_deref(), Some("2026-11-16T09:00:00"));
}

#[tokio::test]
async fn the_desk_says_the_sites_own_phrases_in_the_language_of_the_page() {
    let demo = Demo::founded().await;
    assert!(demo.get("front_desk", "/desk").await.body.contains("您好，很高兴为您服务"));
    for (name, value) in [("用语：问候", "{问候}，演示花园前台，请讲。"), ("用语：问候（英文）", "{问候}, front desk.")]
    {
        let set = demo.post("office_manager", "/settings", &[("name", name), ("value", value)]).await;
        assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
    }
    assert!(demo.get("front_desk", "/desk").await.body.contains("您好，演示花园前台，请讲。"));
    for (language, words) in [("en", "Good day, front desk."), ("zh-TW", "請講。")] {
        let request = axum::http::Request::get("/desk").header("accept-language", language);
        let shown = demo.ask("front_desk", request.body(axum::body::Body::empty()).expect("a request")).await.body;
        assert!(shown.contains(words), "{language}: {shown}");
    }
    let settings = demo.get("office_manager", "/settings").await.body;
    assert!(settings.contains("礼貌用语") && settings.contains("用语：结束"), "{settings}");
}

#[tokio::test]
async fn an_agitated_visitor_is_led_aside_and_who_waited_too_long_is_apologised_to() {
    let demo = Demo::founded().await;
    let calm = [("contact", "c1"), ("words", "你们到底管不管"), ("contact.agitated", "yes")];
    let shown = demo.post("front_desk", "/desk/preview", &calm).await.body;
    assert!(
        shown.contains("请到会议室坐下") && shown.contains("contact.moved_to") && shown.contains("您先请坐"),
        "{shown}"
    );
    let (id, _) = demo.repair("厨房水龙头漏水").await;
    demo.taken_on(&id).await;
    let before = demo.get("front_desk", "/desk?household=3-2-501").await.body;
    assert!(!before.contains("上次误了时"), "in time so far");
    demo.pass(3_600);
    demo.act("technician", &id, "repair.arrived", &[]).await;
    let after = demo.get("front_desk", "/desk?household=3-2-501").await.body;
    assert!(after.contains("上次误了时") && after.contains("上次让您久等了"), "{after}");
}

#[tokio::test]
async fn an_agitated_visitor_calls_the_supervisor_on_duty_whose_bell_rings_until_one_has_come() {
    let demo = Demo::founded().await;
    let (contact, command) = contact(&demo).await;
    let fields = [
        ("contact", contact.as_str()),
        ("command", &command),
        ("household", "3-2-501"),
        ("case.channel", "visit"),
        ("words", "楼上漏水说了三次，你们到底管不管"),
        ("kind", "complaint"),
        ("contact.agitated", "yes"),
        ("contact.moved_to", "meeting_room"),
        ("do", "save"),
    ];
    let called = demo.post("front_desk", "/desk/contact/supervisor", &fields).await;
    assert_eq!(called.status, StatusCode::OK, "{}", called.body);
    assert!(called.body.contains("09:12 已请主管到场") && called.body.contains("你们到底管不管"), "{}", called.body);
    let rings = async |account: &str| demo.get(account, "/").await.body.contains("来人激动，请主管到会议室。3-2-501");
    assert!(rings("service_supervisor").await && rings("office_manager").await, "nobody stands on the roster");
    demo.repair("厨房水龙头漏水").await;
    let home = demo.get("service_supervisor", "/").await.body;
    let (visitor, order) = (home.find("来人激动"), home.find("等待派工"));
    assert!(visitor.is_some() && visitor < order, "who stands at the desk comes first: {home}");
    for deaf in ["front_desk", "engineering_supervisor", "technician"] {
        assert!(!rings(deaf).await, "{deaf}");
    }
    let shift = [
        ("week", "2026-11-16"),
        ("person", "service_supervisor"),
        ("post", "service_supervisor"),
        ("pattern", "白班 08:00-20:00"),
        ("day", "2026-11-16"),
    ];
    assert_eq!(demo.post("office_manager", "/duty/plan", &shift).await.status, StatusCode::SEE_OTHER);
    assert!(rings("service_supervisor").await && !rings("office_manager").await, "it rings at who is on duty");

    // Saving calls nobody a second time, and the bell goes on.
    demo.pass(60);
    let saved = demo.post("front_desk", "/desk", &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    assert!(rings("service_supervisor").await);
    let came = format!("/contacts/{contact}/acts/contact.supervisor_came");
    let no = demo.post("front_desk", &came, &[]).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("没有此项权限"), "{}", no.body);
    demo.pass(60);
    assert_eq!(demo.post("service_supervisor", &came, &[("back", "/")]).await.leads(), "/");
    assert!(!rings("service_supervisor").await);
    for page in [format!("/cases/{contact}"), format!("/contacts/{contact}")] {
        let told = demo.get("service_supervisor", &page).await.body;
        assert_eq!(told.matches("林小满请主管到会议室。").count(), 1, "{told}");
        assert!(told.contains("周安然到场。") && told.contains("09:14"), "{told}");
    }
}

#[tokio::test]
async fn a_matter_of_an_agitated_visitor_saved_at_once_calls_a_supervisor_and_one_entered_later_does_not() {
    let demo = Demo::founded().await;
    let save = async |happened: &str, why: &str| {
        let (contact, command) = contact(&demo).await;
        let fields = [
            ("contact", contact.as_str()),
            ("command", &command),
            ("place", "大堂"),
            ("case.channel", "visit"),
            ("words", "门口的灯一直不修"),
            ("kind", "complaint"),
            ("contact.agitated", "yes"),
            ("happened", happened),
            ("late_reason", why),
            ("do", "save"),
        ];
        assert_eq!(demo.post("front_desk", "/desk", &fields).await.status, StatusCode::SEE_OTHER);
        demo.web.house.supervisor_call(1, contact).await.expect("no fault")
    };
    assert_eq!(save("2026-11-16T09:00", "刚才停电").await, None);
    assert!(save("", "").await.is_some_and(|call| call.came.is_none()));
}

#[tokio::test]
async fn every_matter_but_a_complaint_is_a_line_of_the_duty_log_with_its_number() {
    let demo = Demo::founded_under(&["convenience", "repair-residential"]).await;
    let (repair, number) = demo.repair("厨房水龙头漏水").await;
    let (service, _) = demo.register(CaseKind::Service, "想请人擦窗", &[]).await;
    for case in [&repair, &service] {
        let kept = demo.web.house.case(1, case.clone()).await.unwrap().unwrap();
        let line = &kept.last("case.registered").expect("a line").event.body.attributes;
        assert_eq!(line["case.record_form"], "duty_log");
        assert!(!line["case.record_number"].is_empty() && !line["case.content"].is_empty());
        let shown = demo.get("office_manager", &format!("/cases/{case}")).await;
        assert!(!shown.body.contains("缺 记录用表") && !shown.body.contains("缺 记录编号"), "{}", shown.body);
    }
    let kept = demo.web.house.case(1, repair).await.unwrap().unwrap();
    assert_eq!(kept.last("case.registered").unwrap().event.body.attributes["case.record_number"], number);
    let (complaint, _) = demo.register(CaseKind::Complaint, "门岗不查证件", &[]).await;
    let kept = demo.web.house.case(1, complaint).await.unwrap().unwrap();
    assert!(!kept.attributes.contains_key("case.record_form"), "a complaint has a sheet of its own");
}
