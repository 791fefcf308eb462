//! What is broken (坏输入): a workbook, a form, the same form twice; each is told plainly, and nothing changes.

use browser::{DESK, Server, Storage, Window};

#[test]
fn what_is_broken_is_told_and_changes_nothing() {
    super::walk(async {
        let server = Server::first_day(Storage::Postgres);
        let window = Window::open(DESK).await;
        window.sign_in(&server.url(""), "admin").await;
        let before = server.entries();

        // A workbook that is none, and one whose rows are wrong.
        let broken = server.folder.path().join("台账.xlsx");
        std::fs::write(&broken, b"PK\x03\x04 broken off").expect("a file");
        window.go(&server.url("/settings/households")).await;
        upload(&window, &broken).await;
        window.says("不能读这个工作簿").await;
        window.picture("malformed-1-workbook").await;
        let wrong = server.folder.path().join("台账.csv");
        std::fs::write(&wrong, "楼栋,单元,房号,业主姓名,电话\n3栋,2单元,3月12日,演示甲,138\n").expect("a file");
        window.go(&server.url("/settings/households")).await;
        upload(&window, &wrong).await;
        window.says("3-12").await;
        window.picture("malformed-2-rows").await;
        assert_eq!(server.entries(), before, "a preview changes nothing");

        // Forms: not a form at all, a field that is missing, a number that is none.
        window.sign_in(&server.url(""), "desk1").await;
        let before = server.entries();
        let odd = "const done = arguments[arguments.length - 1]; const [path, type, body] = arguments;
            fetch(path, { method: 'POST', headers: { 'content-type': type }, body })
                .then(async (it) => done([it.status, await it.text()]))";
        for (path, kind, body) in [
            ("/desk", "multipart/form-data; boundary=x", "--x\r\nbroken"),
            ("/desk", "application/x-www-form-urlencoded", "words=%FF%FE"),
            ("/dispatch/assign", "application/json", "{"),
            ("/dispatch/assign", "application/x-www-form-urlencoded", "card=nobody&lane=repair1"),
        ] {
            let told = window.client().execute_async(odd, vec![path.into(), kind.into(), body.into()]).await;
            let told = told.expect("the page answers");
            let status = told[0].as_u64().unwrap_or_default();
            assert!((400..500).contains(&status), "{path} {kind} {body}: {told}");
            let text = told[1].as_str().unwrap_or_default();
            assert!(
                text.contains("没有") || text.contains("不能") || text.contains("读不懂"),
                "{path} {kind} {body}: {text}"
            );
        }
        assert_eq!(server.entries(), before, "a broken form changes nothing");

        // The desk's form twice, as a hand does that is not sure: one matter.
        window.go(&server.url("/desk")).await;
        window.fill("words", "厨房水龙头滴水").await;
        window.set("[name='kind'][value='repair']", "").await;
        window.fill("place", "1-1-101").await;
        window.find("[name='repair.object']").await;
        let twice = "const done = arguments[0], form = document.querySelector('#intake');
            const body = () => { const it = new FormData(form); it.set('do', 'save'); return it };
            const one = () => fetch('/desk', { method: 'POST', body: body() }).then((it) => it.url);
            Promise.all([one(), one()]).then(async (both) => done([...both, await one()]))";
        let led = window.client().execute_async(twice, vec![]).await.expect("all three are answered");
        assert!(led[0].as_str().is_some_and(|it| it.contains("saved=")), "{led}");
        assert!(led[0] == led[1] && led[1] == led[2], "each leads to the same matter: {led}");
        window.go(&server.url("/cases")).await;
        let rows = "return document.body.innerText.split('厨房水龙头滴水').length - 1";
        assert_eq!(window.run(rows, vec![]).await, 1, "one matter");
        window.close().await;
    });
}

async fn upload(window: &Window, file: &std::path::Path) {
    let field = window.find("input[name='upload']").await;
    field.send_keys(file.to_str().expect("a plain path")).await.expect("the file is chosen");
    window.send("form[action$='/households/upload']").await;
}
