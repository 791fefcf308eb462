//! Papers and meetings (会议与文件): a paper that all managers sign on the phone, one of them days late, before it is put away; a Friday
//! meeting with who came, minutes and a task that the next meeting finds done.

use browser::{Office, PHONE, Server, Storage};
use serde_json::Value;

#[test]
fn a_paper_is_signed_by_all_with_one_late() {
    super::walk(async {
        let server = Server::first_day_by_hand_under(Storage::Sqlite, "office-systems");
        let office = Office::open(server, PHONE).await;
        let window = &office.window;
        office.is("archive").await;
        let paper = office
            .record(
                "documents",
                &[
                    ("document.title", "冬季消防安全自查"),
                    ("document.kind", "company_paper"),
                    ("document.sender", "演示物业总部"),
                    ("document.arrived_on", "2026-11-16"),
                    ("note", "十二月前自查一遍"),
                ],
            )
            .await;
        for who in ["supervisor", "engineer", "grounds", "order"] {
            sign(&office, who).await;
        }
        office.pass(4 * 86_400).await;
        office.is("archive").await;
        office.go("/papers").await;
        assert!(window.has("tr.late").await, "the last one is late");
        window.picture("papers-1-late").await;
        office.act(&paper, "paper.reminded", &[]).await;
        office.is("manager").await;
        office.go("/").await;
        window.says("催过 1 次").await;
        window.picture("papers-2-home").await;
        sign(&office, "manager").await;
        office.is("archive").await;
        office.act(&paper, "company_document.archived", &[("archive.number", "W-1")]).await;
        office.go("/papers/catalogue").await;
        window.says("W-1").await;
        window.picture("papers-3-catalogue").await;
        office.close().await;
    });
}

/// Signs the one paper that waits, with one press.
async fn sign(office: &Office, who: &str) {
    office.is(who).await;
    office.go("/signing").await;
    office.window.tap("form[action$='/acts/company_document.signed'] button.main").await;
    office.window.says("没有等您签字的").await;
}

/// So many seconds until Friday nine o'clock of the office's clock, and that moment as a field holds it.
async fn friday(office: &Office) -> (u32, String) {
    let script = "const now = new Date(Number(document.documentElement.dataset.now) + 8 * 3600e3);
        const friday = new Date(now);
        friday.setUTCDate(now.getUTCDate() + ((5 - now.getUTCDay() + 7) % 7 || 7));
        friday.setUTCHours(9, 0, 0, 0);
        return [Math.round((friday - now) / 1000), friday.toISOString().slice(0, 16)]";
    let told = office.window.run(script, vec![]).await;
    let seconds = told.get(0).and_then(Value::as_u64).expect("seconds");
    let at = told.get(1).and_then(Value::as_str).expect("a moment").to_owned();
    (u32::try_from(seconds).expect("days"), at)
}

async fn called(office: &Office) -> (String, u32, String) {
    office.is("supervisor").await;
    office.go("/papers").await;
    let (seconds, at) = friday(office).await;
    let fields = [("meeting.series", "周五例会"), ("meeting.starts", at.as_str()), ("meeting.regular", "yes")];
    (office.record("meetings", &fields).await, seconds, at)
}

#[test]
fn a_friday_meeting_has_its_tasks_followed_up() {
    super::walk(async {
        let server = Server::first_day_by_hand_under(Storage::Sqlite, "office-systems");
        let office = Office::open(server, browser::DESK).await;
        let window = &office.window;
        let (meeting, seconds, at) = called(&office).await;
        office.is("manager").await;
        let taker = [("duty.person", "苏演待"), ("meeting.roster_from", "2026-01-01")];
        office.record("minute_takers", &taker).await;
        office.pass(seconds - 60).await;
        office.is("supervisor").await;
        office.go(&format!("/cases/{meeting}")).await;
        window.says("本周总结").await;
        window.picture("meeting-1-agenda").await;
        window.run("document.querySelectorAll('[name=who]').forEach((it) => { it.checked = true })", vec![]).await;
        window.tap("form[action$='/came'] button:not(.plain)").await;
        window.says("5 / 5").await;
        office.pass(60).await;
        office.act(&meeting, "meeting.began", &[]).await;

        // The task is set from the meeting's page, and stands on its owner's phone list.
        office.go(&format!("/registers/meeting_tasks/new?case={meeting}")).await;
        let form = "form[action='/registers/meeting_tasks/new']";
        let by = [("meeting_task.what", "三栋门禁报价"), ("duty.person", "石演工"), ("meeting_task.due", &at[..10])];
        office.send(form, &by, "button.main").await;
        window.says("三栋门禁报价").await;
        office.act(&meeting, "meeting.ended", &[]).await;
        office.is("reception").await;
        let parts = [("meeting.next_week", "消防自查"), ("meeting.coordination", "无"), ("meeting.issues", "门禁")];
        office.go(&format!("/cases/{meeting}/acts/meeting.minuted")).await;
        office.send("form[action$='/acts/meeting.minuted']", &parts, "button.main").await;
        window.says("消防自查").await;
        office.act(&meeting, "meeting.minutes_sent", &[]).await;
        window.picture("meeting-2-minutes").await;

        // The next meeting has it on its agenda; done meanwhile, it is found done.
        let (next, seconds, _) = called(&office).await;
        office.is("engineer").await;
        office.go("/").await;
        window.says("三栋门禁报价").await;
        window.tap("a[href*='/acts/meeting_task.done']").await;
        office.send("form[action$='/acts/meeting_task.done']", &[("note", "两家都报了")], "button.main").await;
        office.pass(seconds).await;
        office.is("supervisor").await;
        office.go(&format!("/cases/{next}")).await;
        window.says("已办完，待会上复核").await;
        window.picture("meeting-3-next").await;
        window.tap("a[href$='/acts/meeting_task.accepted']").await;
        office.send("form[action$='/acts/meeting_task.accepted']", &[], "button.main").await;
        office.go(&format!("/cases/{next}")).await;
        window.says("以前会上定的任务都办完了").await;
        office.close().await;
    });
}
