//! Under a name of the office's network (局域网): plain and by TLS with the local authority; what needs TLS is offered only
//! there, and the plain page says so.

use browser::{DESK, Manner, PHONE, Server, Storage, Window};

const NAME: &str = "huiyin.lan";

fn manner(more: &[&str]) -> Manner {
    let rules = format!("--host-resolver-rules=MAP {NAME} 127.0.0.1");
    Manner {
        arguments: std::iter::once(rules).chain(more.iter().map(|it| (*it).to_owned())).collect(),
        ..Manner::default()
    }
}

#[test]
fn a_lan_name_lets_in_plain_and_by_tls_and_offline_work_needs_tls() {
    super::walk(async {
        let plain = Server::first_day(Storage::Sqlite);
        let secure = Server::first_day_secure(NAME);
        // The phone has installed the authority's certificate; here its key is named instead.
        let trust = format!("--ignore-certificate-errors-spki-list={}", secure.fingerprint());
        let (open, closed) =
            tokio::join!(Window::open_as(PHONE, manner(&[])), Window::open_as(PHONE, manner(&[&trust])),);
        let asked = "await navigator.serviceWorker?.getRegistration()";

        open.sign_in(&plain.named(NAME, ""), "repair1").await;
        open.go(&plain.named(NAME, "/jobs")).await;
        open.says("我的任务").await;
        assert!(!open.run("return window.isSecureContext", vec![]).await.as_bool().unwrap_or(true));
        open.says("这个地址不能离线记步骤：浏览器只在 https 或本机上允许").await;
        open.picture("secure-1-plain").await;

        closed.sign_in(&secure.named(NAME, ""), "repair1").await;
        closed.go(&secure.named(NAME, "/jobs")).await;
        closed.says("我的任务").await;
        assert_eq!(closed.run("return window.isSecureContext", vec![]).await, true);
        closed.until_async(asked).await;
        closed
            .until("!document.querySelector('[data-no-offline]') || document.querySelector('[data-no-offline]').hidden")
            .await;
        closed.picture("secure-2-tls").await;
        closed.go(&secure.named(NAME, "/tls")).await;
        closed.says("下载证书").await;
        closed.picture("secure-3-install").await;
        open.close().await;
        closed.close().await;

        // Whoever has not installed it is told so by the browser, and the plain address leads to the page that helps.
        let stranger = Window::open_as(DESK, manner(&[])).await;
        let shown = stranger.client().goto(&secure.named(NAME, "/sign-in")).await;
        assert!(shown.is_err() || !stranger.has("[name='account']").await, "an unknown authority is believed");
        stranger.close().await;
    });
}
