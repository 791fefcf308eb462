//! A round of appraisal (考评): everybody is listed, one reports on the phone, is rated, evaluated and graded at the desk, and reads it;
//! another's file stays shut.

use browser::{DESK, PHONE, Server, Storage, Window};

#[test]
fn one_is_listed_reports_is_rated_and_graded() {
    super::walk(async {
        let server = Server::first_day(Storage::Sqlite);
        let (desk, phone) = tokio::join!(Window::open(DESK), Window::open(PHONE));
        desk.sign_in(&server.url(""), "manager").await;
        desk.go(&server.url("/appraisal")).await;
        desk.picture("appraisal-1-empty").await;
        desk.press("把在册员工列入名单").await;
        desk.says("等本人述职").await;
        desk.picture("appraisal-2-listed").await;
        let file = |name: &str| {
            format!(
                "return [...document.querySelectorAll('#files a')].find((it) => it.textContent === '{name}')?.pathname"
            )
        };
        let mine = desk.run(&file("江演修"), vec![]).await.as_str().expect("listed").to_owned();
        let other = desk.run(&file("林演前"), vec![]).await.as_str().expect("listed").to_owned();

        phone.sign_in(&server.url(""), "repair1").await;
        phone.go(&server.url("/appraisal/mine")).await;
        phone.says("写述职").await;
        phone.picture("appraisal-3-mine").await;
        act(&phone, &server, &mine, "appraisal.self_reported", &[("note", "全年没有缺勤，经手的事都办完了")]).await;
        phone.go(&server.url(&other)).await;
        let shut = phone.text().await;
        assert!(!shut.contains("列入考评名单") && !shut.contains("林演前"), "another's file: {shut}");

        for (name, fields) in [
            ("appraisal.rated_by_all", &[("appraisal.ballots", "16"), ("appraisal.all_score", "91")][..]),
            ("appraisal.rated_by_windows", &[("appraisal.ballots", "5"), ("appraisal.mutual_score", "93")]),
            (
                "appraisal.rated_overall",
                &[
                    ("appraisal.duty_score", "95"),
                    ("appraisal.year_score", "92"),
                    ("appraisal.attendance_score", "100"),
                    ("appraisal.morals", "守信"),
                    ("appraisal.ability", "业务熟"),
                    ("appraisal.diligence", "全勤"),
                    ("appraisal.achievement", "全年无有效投诉"),
                ],
            ),
            ("appraisal.graded", &[("appraisal.grade", "excellent"), ("appraisal.appraiser", "高演理")]),
        ] {
            act(&desk, &server, &mine, name, fields).await;
        }
        desk.go(&server.url(&mine)).await;
        desk.says("评定为优秀").await;
        desk.picture("appraisal-4-file").await;
        desk.go(&server.url("/appraisal")).await;
        desk.says("等给予奖励").await;
        desk.picture("appraisal-5-year").await;
        phone.go(&server.url("/appraisal/mine")).await;
        phone.says("优秀").await;
        phone.picture("appraisal-6-read").await;
        phone.close().await;
        desk.close().await;
    });
}

/// Does an act on a file, as whoever is signed in.
async fn act(window: &Window, server: &Server, file: &str, act: &str, fields: &[(&str, &str)]) {
    let page = server.url(&format!("{file}/acts/{act}"));
    let (status, to, text) = window.post(&page, "form.narrow", fields).await;
    assert_eq!(status, 200, "{act} on {to}: {text}");
}
