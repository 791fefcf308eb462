//! Giving work out (派单): by dragging, by key, and by two choices where script is not allowed.

use browser::{DESK, Manner, Server, Storage, Window};

#[test]
fn an_order_is_given_by_drag_by_key_and_without_script() {
    super::walk(async {
        let server = Server::first_day(Storage::Sqlite);
        let without = Manner { script: false, ..Manner::default() };
        let (window, plain) = tokio::join!(Window::open(DESK), Window::open_as(DESK, without));
        window.sign_in(&server.url(""), "desk1").await;
        super::take_in(&window, &server, "1-1-101", "厨房水龙头滴水").await;
        super::take_in(&window, &server, "1-1-102", "卫生间灯不亮").await;
        super::take_in(&window, &server, "1-1-201", "门锁坏了").await;

        window.go(&server.url("/dispatch")).await;
        window.picture("dispatch-1-waiting").await;
        drag(&window, "厨房水龙头滴水", 1).await;
        window.until(&carried("厨房水龙头滴水", 1)).await;
        let card = "[...document.querySelectorAll('.waiting [data-card]')].find((it) => it.textContent.includes('卫生间灯不亮'))";
        window.run(&format!("{card}.focus()"), vec![]).await;
        window.client().active_element().await.expect("a card").send_keys("2").await.expect("a key");
        window.until(&carried("卫生间灯不亮", 2)).await;
        window.until("document.activeElement?.matches('.waiting [data-card]')").await;
        window.until("document.activeElement.textContent.includes('门锁坏了')").await;
        window.picture("dispatch-2-carried").await;

        plain.sign_in(&server.url(""), "engineer").await;
        plain.go(&server.url("/dispatch")).await;
        let form = plain.find("form[action='/dispatch/assign']").await;
        let card = form.find(fantoccini::Locator::Css("select[name='card']")).await.expect("a choice of orders");
        card.select_by_label("1-1-201 门锁坏了").await.expect("the order is there");
        let lane = form.find(fantoccini::Locator::Css("select[name='lane']")).await.expect("a choice of workers");
        lane.select_by_value("repair3").await.expect("the worker is there");
        plain.touch("form[action='/dispatch/assign'] button").await;
        plain.says("待派 0 单 · 手上 3 单").await;
        plain.picture("dispatch-3-without-script").await;
        plain.close().await;
        window.close().await;
    });
}

/// Whether the lane of this number holds a card that says so.
fn carried(words: &str, lane: usize) -> String {
    format!(
        "[...document.querySelectorAll('[data-lane]')][{}].querySelector('[data-card]')?.textContent.includes('{words}')",
        lane - 1
    )
}

/// Drags as a mouse does: the driver's own mouse starts no dragging of the browser, so the events are made.
async fn drag(window: &Window, words: &str, lane: usize) {
    let script = "const card = [...document.querySelectorAll('.waiting [data-card]')]
            .find((it) => it.textContent.includes(arguments[0]));
        const lane = document.querySelectorAll('[data-lane]')[arguments[1] - 1];
        const carried = new DataTransfer();
        const happens = (at, type) => at.dispatchEvent(
            new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: carried }));
        happens(card, 'dragstart');
        const taken = !happens(lane, 'dragover');
        const over = lane.classList.contains('over');
        happens(lane, 'drop');
        happens(card, 'dragend');
        return taken && over";
    let taken = window.run(script, vec![words.into(), lane.into()]).await;
    assert_eq!(taken, true, "the lane takes the card and shows it");
}
