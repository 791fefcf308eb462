//! One matter from first contact to filing under each rulebook of the front desk (各规程走到归档), act by act through its pages.

use browser::{DESK, PHONE, Server, Storage, Window};

type Step = (&'static str, &'static [(&'static str, &'static str)]);

/// A matter as it is told and what is done to it.
struct Story {
    book: &'static str,
    kind: &'static str,
    words: &'static str,
    intake: &'static [(&'static str, &'static str)],
    steps: &'static [Step],
}

const CLOSED: Step = ("case.closed", &[("complaint.outcome", "solved"), ("complaint.as_decided", "yes")]);
const FILED: Step = ("case.filed", &[]);
const ANSWERED: Step = ("complaint.replied", &[("note", "已办好，请您放心")]);

const STORIES: &[Story] = &[
    Story {
        book: "complaint-6",
        kind: "complaint",
        words: "楼道两天没有打扫",
        intake: &[("complaint.severity", "general"), ("case.department", "保洁部")],
        steps: &[
            ("complaint.verified", &[("complaint.verification", "true")]),
            ("complaint.handling_started", &[]),
            ("complaint.progress_reported", &[("note", "已派人去")]),
            (
                "complaint.resolved",
                &[("note", "已打扫"), ("complaint.result", "已打扫"), ("complaint.measure", "每天查一遍")],
            ),
            ("complaint.result_fed_back", &[("note", "已打扫干净")]),
            ANSWERED,
            ("complaint.first_asked_confirmed", &[("note", "业户说干净了")]),
            ("complaint.result_reported_manager", &[("note", "已办")]),
            (
                "follow_up.done",
                &[
                    ("follow_up.method", "phone"),
                    ("follow_up.satisfaction", "satisfied"),
                    ("follow_up.summary", "满意"),
                    ("way", "phone"),
                    ("signer", "演示住户"),
                ],
            ),
            CLOSED,
            FILED,
        ],
    },
    Story {
        book: "complaint-instruction",
        kind: "complaint",
        words: "保安夜里不开门",
        intake: &[("complaint.class", "second"), ("case.department", "秩序部")],
        steps: &[
            ("complaint.accepted", &[]),
            (
                "complaint.solved_on_spot",
                &[("note", "当面道歉并说明"), ("complaint.apologised", "yes"), ("complaint.thanked", "yes")],
            ),
            ("complaint.resolved", &[("note", "已说明"), ("complaint.result", "已说明")]),
            ANSWERED,
            (
                "complaint.handling_recorded",
                &[("complaint.course", "当场说明"), ("complaint.result", "已说明"), ("complaint.analysis", "交接不清")],
            ),
            CLOSED,
            FILED,
        ],
    },
    Story {
        book: "convenience",
        kind: "complaint",
        words: "停车费多收了",
        intake: &[("case.department", "财务部"), ("read_back", "yes")],
        steps: &[
            ("complaint.sorted", &[("complaint.sorting_ground", "overcharging"), ("case.reason", "算错了一个月")]),
            ("complaint.form_filled", &[]),
            ("complaint.form_handed_over", &[]),
            ("complaint.handling_arranged", &[("case.department", "财务部"), ("note", "当日退")]),
            ("case.unit_received", &[]),
            ("complaint.resolved", &[("note", "已退"), ("complaint.result", "已退款")]),
            ANSWERED,
            (
                "complaint.handling_recorded",
                &[("complaint.course", "核对账单"), ("complaint.result", "已退款"), ("complaint.analysis", "录入重复")],
            ),
            CLOSED,
            FILED,
        ],
    },
    Story {
        book: "service-office",
        kind: "complaint",
        words: "电梯夜里噪声大",
        intake: &[("complaint.severity", "general"), ("case.department", "工程部")],
        steps: &[
            ("complaint.officer_assigned", &[("case.person", "演示甲")]),
            ("complaint.resolved", &[("note", "已校导轨"), ("complaint.result", "已校导轨")]),
            ANSWERED,
            (
                "complaint.handling_recorded",
                &[
                    ("complaint.course", "停梯校导轨"),
                    ("complaint.result", "已校导轨"),
                    ("complaint.analysis", "导轨松动"),
                ],
            ),
            CLOSED,
            FILED,
        ],
    },
    Story {
        book: "service-window",
        kind: "counter_register",
        words: "开装修放行条",
        intake: &[],
        steps: &[
            ("window.papers_complete", &[]),
            ("window.finished", &[("note", "已开")]),
            ("case.replied", &[("note", "放行条已开，当日有效")]),
            ("case.closed", &[]),
            FILED,
        ],
    },
    Story {
        book: "customer-info",
        kind: "complaint",
        words: "楼道灯坏了没人管",
        intake: &[("case.department", "工程部")],
        steps: &[
            ("complaint.resolved", &[("note", "换了灯"), ("complaint.result", "已换灯")]),
            ANSWERED,
            CLOSED,
            FILED,
        ],
    },
];

/// An office of one person with every post, under one rulebook.
async fn found(server: &Server, window: &Window, book: &str) {
    window.go(&server.url("/begin")).await;
    for (field, text) in [
        ("company", "演示物业公司"),
        ("site", "演示花园"),
        ("name", "演示甲"),
        ("account", "demo"),
        ("password", "梧桐树下 6 号"),
        ("again", "梧桐树下 6 号"),
    ] {
        window.fill(field, text).await;
    }
    let choose = format!(
        "for (const it of document.querySelectorAll(\"[name='posts']\")) {{ it.checked = true }}
         for (const it of document.querySelectorAll(\"[name='books']\")) {{ it.checked = it.value === '{book}' }}"
    );
    window.run(&choose, vec![]).await;
    window.send("form[action='/begin']").await;
    window.says("演示花园").await;
}

/// Takes the matter in; answers its number.
async fn take_in(server: &Server, window: &Window, story: &Story) -> String {
    let mut fields =
        vec![("place", "3栋2单元501"), ("name", "演示住户"), ("phone", "13800000001"), ("case.channel", "phone")];
    fields.extend(story.intake);
    let (page, form) = match story.kind {
        "counter_register" => {
            fields.extend([("note", story.words), ("window.first_asked", "演示甲")]);
            ("/registers/counter_register/new", "form.narrow")
        }
        kind => {
            fields.extend([("words", story.words), ("kind", kind), ("do", "save")]);
            ("/desk", "#intake")
        }
    };
    let (status, to, text) = window.post(&server.url(page), form, &fields).await;
    assert_eq!(status, 200, "{}: {to}: {text}", story.book);
    let letters = if story.kind == "complaint" { "TS-" } else { "CK-" };
    let at = text.find(letters).unwrap_or_else(|| panic!("{}: no number on {to}: {text}", story.book));
    text[at..].chars().take(14).collect()
}

async fn play(window: &Window, story: &Story) {
    let server = Server::start(Storage::Sqlite);
    found(&server, window, story.book).await;
    let number = take_in(&server, window, story).await;
    for (act, fields) in story.steps {
        let page = server.url(&format!("/cases/{number}/acts/{act}"));
        let (status, to, text) = window.post(&page, &format!("form[action$='/acts/{act}']"), fields).await;
        assert_eq!(status, 200, "{} {act}: {to}: {text}", story.book);
    }
    window.go(&server.url(&format!("/cases/{number}"))).await;
    window.says("已归档").await;
    window.picture(&format!("story-{}", story.book)).await;
}

#[test]
fn every_rulebook_of_the_desk_goes_from_first_contact_to_filing() {
    super::walk(async {
        let (desk, phone) = tokio::join!(Window::open(DESK), Window::open(PHONE));
        let (at_desk, on_phone) = STORIES.split_at(STORIES.len() / 2);
        for story in at_desk {
            play(&desk, story).await;
        }
        for story in on_phone {
            play(&phone, story).await;
        }
        desk.close().await;
        phone.close().await;
    });
}
