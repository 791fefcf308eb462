//! People at work (办事): whoever's turn it is sits down at the window, opens pages, fills forms and clicks, as in the office.

use std::cell::RefCell;
use std::collections::BTreeMap;

use fantoccini::cookies::Cookie;

use crate::{Server, Window};

/// The session's cookie on plain http.
const SESSION: &str = "session";

/// A server and a window at which one person after another sits.
pub struct Office {
    /// The program.
    pub server: Server,
    /// The window.
    pub window: Window,
    who: RefCell<String>,
    /// Who has signed in before keeps the session.
    signed_in: RefCell<BTreeMap<String, Cookie<'static>>>,
}

/// What somebody brings to the desk.
#[derive(Clone, Copy, Debug, Default)]
pub struct Matter<'a> {
    /// Kind id.
    pub kind: &'a str,
    /// The words.
    pub words: &'a str,
    /// A room on the ledger; none for a common part or somebody unknown.
    pub room: &'a str,
    /// Fields by name, with the value typed or chosen.
    pub fields: &'a [(&'a str, &'a str)],
}

impl Office {
    /// An office in a window of this size.
    pub async fn open(server: Server, size: (u32, u32)) -> Office {
        let window = Window::open(size).await;
        Office { server, window, who: RefCell::default(), signed_in: RefCell::default() }
    }

    /// The person with this log-in sits down.
    pub async fn is(&self, login: &str) {
        if *self.who.borrow() == login {
            return;
        }
        login.clone_into(&mut self.who.borrow_mut());
        let known = self.signed_in.borrow().get(login).cloned();
        let client = self.window.client();
        match known {
            Some(session) => {
                client.delete_all_cookies().await.expect("the window forgets who it was");
                client.add_cookie(session).await.expect("the window knows the session again");
            }
            None => self.sign_in().await,
        }
    }

    async fn sign_in(&self) {
        let login = self.who.borrow().clone();
        self.window.sign_in(&self.server.url(""), &login).await;
        let session = self.window.client().get_named_cookie(SESSION).await.expect("whoever signs in gets a session");
        self.signed_in.borrow_mut().insert(login, session);
    }

    /// Opens a page; a session that has ended meanwhile is begun anew.
    pub async fn go(&self, path: &str) {
        self.window.go(&self.server.url(path)).await;
        if self.window.path().await == "/sign-in" {
            self.sign_in().await;
            self.window.go(&self.server.url(path)).await;
        }
    }

    /// So many seconds pass on the office's clock, which is moved by hand.
    pub async fn pass(&self, seconds: u32) {
        let script = "const [seconds, done] = arguments;
            fetch('/clock', { method: 'POST', body: String(seconds) }).then((it) => done(it.status), (no) => done(String(no)))";
        let told = self.window.client().execute_async(script, vec![seconds.into()]).await.expect("the clock is asked");
        assert_eq!(told, 200, "{seconds} seconds pass");
    }

    /// Takes a matter in at the desk and dispatches it; answers the number told to whoever came.
    pub async fn take_in(&self, matter: &Matter<'_>) -> String {
        let window = &self.window;
        self.go("/desk").await;
        if !matter.room.is_empty() {
            window.put("form.picker", "q", matter.room).await;
            window.until("document.querySelectorAll('#found a').length === 1").await;
            window.tap("#found a").await;
            window.find("[name='household']").await;
        }
        window.put("#intake", "words", matter.words).await;
        window.put("#intake", "kind", matter.kind).await;
        window.until(&format!("document.querySelector('[name=shown_kind]')?.value === '{}'", matter.kind)).await;
        for (name, value) in matter.fields {
            window.put("main", name, value).await;
        }
        window.tap("#intake button.main").await;
        self.not_refused("受理").await;
        let number = window.find(".saved b").await;
        number.text().await.expect("the number is shown")
    }

    /// Does an act of a case: opens the case, unfolds where the act stands, fills its form and sends it.
    pub async fn act(&self, case: &str, act: &str, fields: &[(&str, &str)]) {
        let window = &self.window;
        self.go(&format!("/cases/{case}")).await;
        let form = format!("form[action$='/acts/{act}']");
        window.tap(&format!("#acts a[href$='/acts/{act}'], #acts {form} button")).await;
        if window.path().await.ends_with(&format!("/acts/{act}")) {
            for (name, value) in fields {
                window.put(&form, name, value).await;
            }
            window.tap(&format!("{form} button.main")).await;
        } else {
            assert!(fields.is_empty(), "{act} is done at once and asks for nothing");
        }
        self.not_refused(act).await;
    }

    /// Begins a record in a register; answers its number.
    pub async fn record(&self, register: &str, fields: &[(&str, &str)]) -> String {
        let window = &self.window;
        let form = format!("form[action='/registers/{register}/new']");
        self.go(&format!("/registers/{register}")).await;
        window.tap(&format!("main a[href='/registers/{register}/new']")).await;
        for (name, value) in fields {
            window.put(&form, name, value).await;
        }
        window.tap(&format!("{form} button.main")).await;
        self.not_refused(register).await;
        let told = window.find(".told").await.text().await.expect("the number is told");
        told.split(' ').next_back().unwrap_or_default().to_owned()
    }

    /// Sends the form of the page that a selector names, by its own button.
    pub async fn send(&self, form: &str, fields: &[(&str, &str)], button: &str) {
        for (name, value) in fields {
            self.window.put(form, name, value).await;
        }
        self.window.tap(&format!("{form} {button}")).await;
        self.not_refused(form).await;
    }

    async fn not_refused(&self, what: &str) {
        let who = self.who.borrow().clone();
        if let Ok(no) = self.window.client().find(fantoccini::Locator::Css("main .refusal")).await {
            panic!("{who}: {what}: {}", no.text().await.unwrap_or_default());
        }
    }

    /// Closes the window; call it at the end, so that the driver ends in good order.
    pub async fn close(self) {
        self.window.close().await;
    }
}
