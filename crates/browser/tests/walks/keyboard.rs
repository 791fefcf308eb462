//! A complaint with the caller on the line (来电投诉), by keyboard alone, keystrokes counted beyond the caller's own words.

use browser::{DESK, Server, Storage, Window};

const ENTER: &str = "\u{e007}";
const TAB: &str = "\u{e004}";
const DOWN: &str = "\u{e015}";
const F2: &str = "\u{e032}";
const F4: &str = "\u{e034}";
const F7: &str = "\u{e037}";
const F8: &str = "\u{e038}";

/// Keystrokes that a complaint may take beyond what the caller says.
const MOST: usize = 40;

/// A hand on the keyboard that counts.
struct Hand<'a> {
    window: &'a Window,
    pressed: usize,
}

impl Hand<'_> {
    async fn send(&self, text: &str) {
        let at = self.window.client().active_element().await.expect("something has the focus");
        at.send_keys(text).await.expect("keys go there");
    }

    /// Presses these keys one by one.
    async fn press(&mut self, keys: &str) {
        for key in keys.chars() {
            self.send(&key.to_string()).await;
            self.pressed += 1;
        }
    }

    /// Writes down what the caller says; it takes whatever it takes.
    async fn writes(&self, words: &str) {
        self.send(words).await;
    }
}

/// The desk on its first day, and who sits there.
async fn at_the_desk() -> (Server, Window) {
    let server = Server::first_day(Storage::Sqlite);
    let window = Window::open(DESK).await;
    window.sign_in(&server.url(""), "desk1").await;
    window.go(&server.url("/desk")).await;
    (server, window)
}

/// How often the caller says it: more than the record holds on its form.
const TIMES: usize = 20;

/// The record on A5 goes on to continuation sheets, each of which is one page of the print, and nothing of the words is lost.
async fn printed(server: &Server, window: &Window, number: &str) {
    window.go(&server.url(&format!("/forms/{number}/print?size=A5"))).await;
    window.says("…见续页").await;
    let sheets = window.run("return document.querySelectorAll('article.sheet').length", vec![]).await;
    let text = testbed::pdf::text(&window.printed(21.0, 14.8).await);
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    assert!(pages.len() > 1 && sheets == pages.len(), "{sheets} sheets, {} pages", pages.len());
    assert!(pages.iter().all(|page| page.contains(number)), "each page says whose it is");
    assert!(pages[1..].iter().all(|page| page.contains("续页")), "{text}");
    assert!(text.matches("中午也不停").count() >= TIMES, "{text}");
    window.picture("keyboard-3-continued").await;
}

#[test]
fn a_complaint_is_entered_by_keyboard_while_the_caller_speaks() {
    super::walk(async {
        let (server, window) = at_the_desk().await;
        let mut hand = Hand { window: &window, pressed: 0 };
        hand.press(F4).await;
        hand.press("1.1.101").await;
        window.until("document.querySelectorAll('#found a').length === 1").await;
        hand.press(ENTER).await;
        window.until("document.activeElement.id === 'words' && document.querySelector('[name=household]')").await;
        hand.writes(&"楼上装修太吵，中午也不停，孩子没法休息。".repeat(TIMES)).await;
        window.until("document.querySelector('[name=\"complaint.class\"]')").await;
        // From the words past the kind, which the words have chosen, to the class of the complaint.
        for _ in 0..8 {
            hand.press(TAB).await;
            let at = "return document.activeElement.name === 'complaint.class'";
            if window.run(at, vec![]).await == true {
                break;
            }
        }
        hand.press(" ").await;
        hand.press(DOWN).await;
        window.until("document.querySelector('[name=\"complaint.class\"][value=second]').checked").await;
        window.picture("keyboard-1-filled").await;
        hand.press(F7).await;
        hand.press(F8).await;
        window.says("已登记，请告诉来人编号").await;
        window.picture("keyboard-2-number").await;
        println!("a complaint took {} keystrokes beyond the caller's own words; at most {MOST}", hand.pressed);
        assert!(hand.pressed <= MOST, "{} keystrokes", hand.pressed);
        let text = window.text().await;
        let at = text.find("TS-").expect("a number to tell the caller");
        let number: String = text[at..].chars().take(14).collect();
        window.go(&server.url(&format!("/cases/{number}"))).await;
        for words in ["楼上装修太吵", "二类", "1-1-101"] {
            window.says(words).await;
        }
        assert!(!window.text().await.contains("待补"), "nothing is left to fill in: {}", window.text().await);
        printed(&server, &window, &number).await;
        window.close().await;
    });
}

#[test]
fn a_room_typed_and_left_is_the_household_and_a_refusal_is_in_sight() {
    super::walk(async {
        let (_server, window) = at_the_desk().await;
        let mut hand = Hand { window: &window, pressed: 0 };
        hand.press(F4).await;
        hand.press("9.9.909").await;
        hand.press(F2).await;
        hand.writes("厨房水龙头漏水").await;
        window.until("document.querySelector('#found input[name=q]')?.value === '9.9.909'").await;
        hand.press(F8).await;
        window.says("还没有写地点").await;
        let seen = "(() => { const at = document.querySelector('.refusal').getBoundingClientRect();
            return at.top >= 0 && at.bottom <= innerHeight; })()";
        window.until(seen).await;
        window.until("document.querySelector('main [name=q]').value === '9.9.909'").await;
        window.until("document.activeElement.name === 'place'").await;
        window.picture("keyboard-3-refused").await;
        hand.press(F4).await;
        hand.press("1.1.101").await;
        hand.press(F2).await;
        window.until("document.activeElement.id === 'words' && document.querySelector('[name=household]')").await;
        window.says("跟您复述一遍：1-1-101").await;
        assert!(!window.has("main .refusal").await, "the place is known now");
        hand.press(F8).await;
        window.says("已登记，请告诉来人编号").await;
        window.close().await;
    });
}
