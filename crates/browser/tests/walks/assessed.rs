//! A repair that no price list holds, from the call to the call-back (标准外有偿维修): assessed, agreed, given out, done on a
//! phone that has no network for twenty minutes, signed, its slip brought back, its third copy at finance, called back, closed.

use browser::{DESK, Matter, Office, PHONE, Relay, Server, Storage, Window};

const WORDS: &str = "阳台要改一段水管，接洗衣机";

#[test]
fn a_paid_repair_outside_the_list_is_done_without_network_and_called_back() {
    super::walk(async {
        let office = Office::open(Server::first_day_by_hand(Storage::Sqlite), DESK).await;
        let network = Relay::to(office.server.port());
        let valve = card(&office, "铜角阀", "1").await;
        let pipe = card(&office, "铝塑管", "20").await;
        let (number, phone) = tokio::join!(agreed(&office), in_the_pocket(&network));
        let case = super::assign(&office.window, &office.server, WORDS, "repair1").await;
        let job = at_the_door(&phone, &network, &case).await;

        network.cut();
        without_network(&office, &phone, &format!("{}{job}", network.url("")), (&valve, &pipe)).await;
        // Twenty minutes on the office's clock, and on the phone's. Meanwhile the store counts one valve less.
        office.pass(20 * 60).await;
        let older = "const done = arguments[0]; const open = indexedDB.open('queue', 1); open.onsuccess = () => {
            const table = open.result.transaction('posts', 'readwrite').objectStore('posts');
            table.getAll().onsuccess = (all) => { for (const it of all.target.result) table.put({ ...it, at: it.at - 1200000 }) };
            table.transaction.oncomplete = () => { open.result.close(); done(true) };
        }";
        phone.client().execute_async(older, vec![]).await.expect("the phone's clock goes on");
        office.is("engineer").await;
        office.act(&valve, "stock.counted", &[("material.counted", "0"), ("note", "盘点少一只")]).await;
        network.mend();
        fates(&phone, &network.url(&job)).await;

        brought_back(&office, &number).await;
        phone.close().await;
        office.close().await;
    });
}

/// A card of the store; answers its number.
async fn card(office: &Office, name: &str, pieces: &str) -> String {
    office.is("engineer").await;
    let said = [("material.name", name), ("material.unit", "只"), ("material.quantity", pieces), ("material.low", "0")];
    office.record("stock_cards", &said).await
}

/// Taken in, assessed, told and agreed to on the telephone; answers its number.
async fn agreed(office: &Office) -> String {
    office.is("desk1").await;
    let fields = [("repair.object", "own"), ("repair.on_price_list", "no")];
    let number = office.take_in(&Matter { kind: "repair", words: WORDS, room: "1-1-101", fields: &fields }).await;
    office.is("engineer").await;
    office.act(&number, "repair.supervisor_took_on", &[]).await;
    let assessed = [("repair.feasible", "yes"), ("repair.cost", "380"), ("note", "改管两米，含料")];
    office.act(&number, "repair.assessed", &assessed).await;
    office.is("desk1").await;
    office.act(&number, "repair.feasibility_told", &[]).await;
    office.window.says("380").await;
    office.window.picture("assessed-1-told").await;
    office.is("engineer").await;
    number
}

/// The repairer's phone, whose worker for work without network is there.
async fn in_the_pocket(network: &Relay) -> Window {
    let phone = Window::open(PHONE).await;
    phone.sign_in(&network.url(""), "repair1").await;
    phone.go(&network.url("/jobs")).await;
    phone.until("navigator.serviceWorker.controller").await;
    phone
}

/// The repairer takes it on and stands at the door; answers the path of the job.
async fn at_the_door(phone: &Window, network: &Relay, case: &str) -> String {
    let job = format!("/jobs/{case}");
    phone.go(&network.url(&job)).await;
    phone.picture("assessed-2-job").await;
    for (step, next) in [("take", "arrive"), ("arrive", "verify"), ("verify", "consent")] {
        tap(phone, &job, step).await;
        phone.until(&format!("document.querySelector('[data-step=now] form[action=\"{job}/steps/{next}\"]')")).await;
    }
    phone.picture("assessed-3-consent").await;
    phone.until_async(&format!("await caches.match('{job}')")).await;
    job
}

/// What is done in the basement: the owner agrees and signs, two draw material, the work, a photo, the signature.
async fn without_network(office: &Office, phone: &Window, job: &str, (valve, pipe): (&str, &str)) {
    let path = job.split_at(job.find("/jobs/").expect("a job")).1;
    phone.go(job).await;
    phone.says(WORDS).await;
    sign(phone).await;
    tap(phone, path, "consent").await;
    phone.says("1 条待上传").await;
    for (nth, (card, pieces)) in [(valve, "1"), (pipe, "2")].into_iter().enumerate() {
        let form = format!("form[action='{path}/steps/draw']");
        phone.until(&format!("[...document.querySelectorAll(\"{form} input\")].length > 1")).await;
        let name = "return [...document.querySelectorAll(arguments[0])].find((it) => it.textContent.includes(arguments[1]))?.htmlFor";
        let words = if card == valve { "铜角阀" } else { "铝塑管" };
        let name = phone.run(name, vec![format!("{form} label").into(), words.into()]).await;
        let name = name.as_str().unwrap_or_else(|| panic!("no card of {words}")).to_owned();
        phone.put(&form, &name, pieces).await;
        phone.tap(&format!("{form} button.wide")).await;
        phone.says(&format!("{} 条待上传", nth + 2)).await;
        phone.put(&form, &name, "0").await;
    }
    tap(phone, path, "work").await;
    phone.says("4 条待上传").await;
    let photo = office.server.folder.path().join("改好的水管.png");
    std::fs::write(&photo, phone.client().screenshot().await.expect("a picture")).expect("a photo is taken");
    let place = phone.find("[data-step=now] input[type=file]").await;
    place.send_keys(&photo.to_string_lossy()).await.expect("the photo is chosen");
    phone.until("document.querySelector('[data-step=now] .photos img')").await;
    phone.put("[data-step=now]", "note", "改管两米，装角阀，试水不漏").await;
    tap(phone, path, "complete").await;
    phone.says("5 条待上传").await;
    tap(phone, path, "try").await;
    phone.says("6 条待上传").await;
    sign(phone).await;
    phone.picture("assessed-4-signed").await;
    tap(phone, path, "sign").await;
    phone.says("7 条待上传").await;
    tap(phone, path, "return").await;
    phone.says("8 条待上传").await;
    phone.picture("assessed-5-queue").await;
}

async fn sign(phone: &Window) {
    let canvas = "[data-step=now] canvas[data-sign='signature']";
    phone.tap("[data-step=now] [name='signer']").await;
    phone.draw(canvas, &[&[(-90, -20), (-40, 30), (0, -30), (60, 25)], &[(20, -40), (25, 40)]]).await;
    phone
        .until("/^M\\d+ \\d+(L\\d+ \\d+)+/.test(document.querySelector(\"[data-step=now] [name='signature']\").value)")
        .await;
}

/// Each step has its fate: all are done but the valve that is not there any more, which says why and stays to be read.
async fn fates(phone: &Window, job: &str) {
    phone.go(job).await;
    phone.until("document.querySelectorAll('#queue [data-fate=done]').length === 7").await;
    phone.until("document.querySelectorAll('#queue [data-fate=refused]').length === 1").await;
    let refused = phone.run("return document.querySelector('#queue [data-fate=refused]').textContent", vec![]).await;
    let refused = refused.as_str().unwrap_or_default().to_owned();
    assert!(refused.contains("记下领料") && refused.contains("铜角阀"), "{refused}");
    phone.says("这一单您该做的都做完了").await;
    // Each step happened when it was tapped, not when it came in.
    let between =
        "const clocks = [...document.querySelectorAll('[data-step=done] .clock')].map((it) => it.textContent);
        const minutes = (it) => { const [, h, m] = it.match(/(\\d+):(\\d+)/); return h * 60 + +m };
        return (minutes(clocks.at(-1)) - minutes(clocks[0]) + 1440) % 1440";
    let between = phone.run(between, vec![]).await;
    assert!(between.as_u64().is_some_and(|it| it < 15), "twenty minutes passed before it came in: {between}");
    phone.picture("assessed-6-fates").await;
}

/// The slip comes back to the desk, its third copy to finance; the owner is called back; it is closed.
async fn brought_back(office: &Office, number: &str) {
    let window = &office.window;
    let steps: &[(&str, &str, &[(&str, &str)])] = &[
        ("engineer", "repair.supervisor_confirmed", &[]),
        ("engineer", "repair.handed_to_desk", &[]),
        ("desk1", "repair.return_booked", &[]),
        ("desk1", "repair.copy_to_finance", &[]),
        ("finance", "repair.finance_received", &[]),
        ("finance", "repair.receipt_posted", &[("repair.amount_due", "380"), ("repair.payment", "bank_collection")]),
    ];
    for (who, act, fields) in steps {
        office.is(who).await;
        office.act(number, act, fields).await;
    }
    office.is("centre").await;
    office.go("/follow-up").await;
    window.tap("main .calls a[href^='/follow-up/']").await;
    let told = [
        ("quality", "好"),
        ("effect", "不漏了"),
        ("shortcomings", "没有"),
        ("suggestions", "没有"),
        ("summary", "水管改得好，不漏"),
    ];
    office.send("form[action$='/done']", &told, "button[name='satisfaction'][value='satisfied']").await;
    office.is("supervisor").await;
    office.act(number, "case.closed", &[]).await;
    window.says("已结案").await;
    for words in ["改管两米，装角阀，试水不漏", "铝塑管 2 只", "380", "签收第三联", "满意"] {
        window.says(words).await;
    }
    window.find(".seal svg path, svg.drawn path, [data-signature] path").await;
    window.picture("assessed-7-closed").await;
    office.go(&format!("/forms/{number}/print")).await;
    window.says("铝塑管 2 只").await;
    window.picture("assessed-8-slip").await;
}

async fn tap(phone: &Window, job: &str, step: &str) {
    phone.tap(&format!("[data-step=now] form[action='{job}/steps/{step}'] button.main")).await;
}
