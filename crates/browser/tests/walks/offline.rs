//! A repairer in a basement (无网络办单): the steps wait on the phone, the customer signs on the screen, and when the
//! network is back each step is answered by its fate.

use browser::{DESK, PHONE, Relay, Server, Storage, Window};

#[test]
fn steps_done_without_network_are_each_answered_when_it_is_back() {
    super::walk(async {
        let server = Server::first_day(Storage::Sqlite);
        let network = Relay::to(server.port());
        let (desk, phone) = tokio::join!(Window::open(DESK), Window::open(PHONE));
        desk.sign_in(&server.url(""), "desk1").await;
        let number = super::take_in(&desk, &server, "1-1-101", "厨房水龙头滴水").await;
        desk.sign_in(&server.url(""), "engineer").await;
        let case = super::assign(&desk, &server, "厨房水龙头滴水", "repair1").await;

        phone.sign_in(&network.url(""), "repair1").await;
        let job = format!("/jobs/{case}");
        for (step, fields) in
            [("take", &[][..]), ("arrive", &[]), ("verify", &[]), ("quote", &[("cost", "50")]), ("consent", &[])]
        {
            super::step(&desk, &server, &case, step, fields).await;
        }
        phone.go(&network.url("/jobs")).await;
        // The worker is there before the phone goes on: a page left while it comes takes it along.
        phone.until("navigator.serviceWorker.controller").await;
        phone.go(&network.url(&job)).await;
        phone.until("navigator.serviceWorker.controller").await;
        // Kept in the background; asked for until it is there.
        let kept = format!("await caches.match('{job}')");
        phone.until_async(&kept).await;

        network.cut();
        phone.go(&network.url(&job)).await;
        phone.says("厨房水龙头滴水").await;
        tap(&phone, &job, "work").await;
        phone.says("1 条待上传").await;
        phone.set("[data-step=now] [name='note']", "换了阀芯").await;
        tap(&phone, &job, "complete").await;
        phone.says("2 条待上传").await;
        tap(&phone, &job, "try").await;
        phone.says("3 条待上传").await;
        phone
            .draw(
                "canvas[data-sign='signature']",
                &[&[(-90, -20), (-40, 30), (0, -30), (60, 25)], &[(20, -40), (25, 40)]],
            )
            .await;
        phone.until("/^M\\d+ \\d+(L\\d+ \\d+)+M\\d+ \\d+L/.test(document.querySelector(\"[data-step=now] [name='signature']\").value)").await;
        phone.picture("offline-1-signed").await;
        tap(&phone, &job, "sign").await;
        phone.says("4 条待上传").await;
        phone.picture("offline-2-queue").await;

        // Meanwhile somebody else starts the work in their name: the phone's step comes too late.
        super::step(&desk, &server, &case, "work", &[]).await;
        network.mend();
        phone.go(&network.url(&job)).await;
        phone.until("document.querySelectorAll('#queue [data-fate=done]').length === 3").await;
        phone.until("document.querySelectorAll('#queue [data-fate=refused]').length === 1").await;
        let refused =
            phone.run("return document.querySelector('#queue [data-fate=refused]').textContent", vec![]).await;
        let refused = refused.as_str().unwrap_or_default().to_owned();
        assert!(refused.contains("开始维修") && refused.contains("没有办成"), "{refused}");
        phone.says("1 步没有记上").await;
        phone.picture("offline-3-fates").await;

        desk.go(&server.url(&format!("/cases/{number}"))).await;
        let told = desk.text().await;
        for done in ["换了阀芯", "试用验收合格", "演示住户"] {
            assert!(told.contains(done), "{done}: {told}");
        }
        desk.find(".seal svg path, svg.drawn path, [data-signature] path").await;
        desk.picture("offline-4-case").await;
        phone.close().await;
        desk.close().await;
    });
}

async fn tap(phone: &Window, job: &str, step: &str) {
    phone.click(&format!("[data-step=now] form[action='{job}/steps/{step}'] button.main")).await;
}
