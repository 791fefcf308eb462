//! A round of questions (满意调查): opened at the desk, its sheet printed, answered by a household on a phone behind the link alone,
//! unhappy, taken back into the work, and counted.

use browser::{DESK, PHONE, Server, Storage, Window};

#[test]
fn a_household_answers_on_the_phone_and_the_unhappy_one_is_called() {
    super::walk(async {
        let server = Server::first_day(Storage::Sqlite);
        let (desk, phone) = tokio::join!(Window::open(DESK), Window::open(PHONE));
        desk.sign_in(&server.url(""), "supervisor").await;
        desk.go(&server.url("/surveys")).await;
        desk.picture("survey-1-rounds").await;
        let fields = [("title", "年终满意调查"), ("asked", "all")];
        let (status, round, text) = desk.post(&server.url("/surveys"), "form[action='/surveys']", &fields).await;
        assert_eq!(status, 200, "{round}: {text}");
        desk.go(&format!("{round}/sheets")).await;
        desk.says("年终满意调查").await;
        desk.picture("survey-2-sheets").await;
        let script = "return document.documentElement.innerHTML.match(/\\/s\\/[0-9a-z]+/)?.[0]";
        let link = desk.run(script, vec![]).await;
        let link = link.as_str().expect("a link on the sheet").to_owned();

        phone.go(&server.url(&link)).await;
        phone.says("总体满意").await;
        phone.picture("survey-3-asked").await;
        phone.set("[name='q-overall'][value='dissatisfied']", "").await;
        phone.fill("q-words", "车库的灯坏了很久").await;
        phone.picture("survey-4-filled").await;
        phone.send("form[method='post']").await;
        phone.says("已经收到您的答案").await;
        phone.picture("survey-5-thanks").await;

        desk.go(&round).await;
        desk.picture("survey-6-results").await;
        desk.go(&format!("{round}/answers")).await;
        desk.says("车库的灯坏了很久").await;
        desk.picture("survey-7-answers").await;
        desk.go(&server.url("/follow-up")).await;
        desk.says("正在重新处理").await;
        desk.picture("survey-8-queue").await;
        phone.close().await;
        desk.close().await;
    });
}
