//! A window of Debian's chromium (窗口), driven through chromedriver, with pictures of what it shows.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::wd::{PrintConfiguration, PrintMargins, PrintSize};
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use testbed::Folder;

use crate::server::{answers, free_port};

/// Width and height of an office screen.
pub const DESK: (u32, u32) = (1366, 900);
/// Width and height of a cheap phone.
pub const PHONE: (u32, u32) = (390, 844);

/// How long a page may take to show something.
const PATIENCE: Duration = Duration::from_secs(20);

/// Everybody's password in the demonstration, as the program prints it.
const DEMO_PASSWORD: &str = "huiyin-demo-2026";

const TO_THE_MIDDLE: &str = "arguments[0].scrollIntoView({ block: 'center' })";

/// A window with its driver; both end with the value.
pub struct Window {
    driver: Child,
    client: Client,
    _profile: Folder,
}

/// How a window is set up.
pub struct Manner {
    /// The languages that the browser asks for.
    pub languages: &'static str,
    /// Whether pages may run script.
    pub script: bool,
    /// Further arguments of the browser.
    pub arguments: Vec<String>,
}

impl Default for Manner {
    fn default() -> Manner {
        Manner { languages: "zh-CN,zh", script: true, arguments: Vec::new() }
    }
}

impl Window {
    /// Opens a window of this size.
    pub async fn open(size: (u32, u32)) -> Window {
        Window::open_as(size, Manner::default()).await
    }

    /// Opens a window of this size that is set up so.
    pub async fn open_as((width, height): (u32, u32), manner: Manner) -> Window {
        let profile = Folder::new("chromium");
        let port = free_port();
        let mut driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is installed");
        answers(port, &mut driver);
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ];
        let mut arguments: Vec<String> = arguments.iter().map(|it| (*it).to_owned()).collect();
        arguments.push(format!("--window-size={width},{height}"));
        arguments.push(format!("--user-data-dir={}", profile.path().display()));
        arguments.push(format!("--lang={}", manner.languages.split(',').next().unwrap_or_default()));
        arguments.extend(manner.arguments);
        let mut settings = json!({ "intl.accept_languages": manner.languages });
        if !manner.script {
            settings["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        let mut options = json!({ "args": arguments, "prefs": settings });
        if width < 600 {
            options["mobileEmulation"] =
                json!({ "deviceMetrics": { "width": width, "height": height, "pixelRatio": 2.0 } });
        }
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("goog:chromeOptions".to_owned(), options);
        capabilities.insert("acceptInsecureCerts".to_owned(), json!(false));
        let connector = hyper_util::client::legacy::connect::HttpConnector::new();
        let client = ClientBuilder::new(connector)
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("a window opens");
        Window { driver, client, _profile: profile }
    }

    /// The driver's own client, for what this type does not offer.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Goes to an address.
    pub async fn go(&self, url: &str) {
        self.client.goto(url).await.unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// The first element of a selector, as soon as there is one.
    pub async fn find(&self, css: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("{css} on {}: {error}\n{}", self.path().await, self.text().await),
        }
    }

    /// Whether there is such an element now.
    pub async fn has(&self, css: &str) -> bool {
        self.client.find(Locator::Css(css)).await.is_ok()
    }

    /// Does something with the first element of a selector. A part of the page that is fetched anew meanwhile takes the element
    /// with it: then it is looked for again.
    async fn with<T>(&self, css: &str, act: impl AsyncFn(Element) -> Result<T, CmdError>) -> T {
        let begun = Instant::now();
        loop {
            let element = self.find(css).await;
            match act(element).await {
                Ok(told) => return told,
                Err(error) if begun.elapsed() > PATIENCE => panic!("{css} on {}: {error}", self.path().await),
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    }

    /// Writes into a field, by its name.
    pub async fn fill(&self, name: &str, text: &str) {
        let field = format!("body [name='{name}']:not([type='hidden'])");
        self.with(&field, async |field| {
            field.clear().await?;
            field.send_keys(text).await
        })
        .await;
    }

    /// Clicks an element by script, so that nothing laid over it is in the way.
    pub async fn click(&self, css: &str) {
        self.with(css, async |element| self.client.execute("arguments[0].click()", vec![json!(element)]).await).await;
    }

    /// Presses the button or link that says this.
    pub async fn press(&self, words: &str) {
        let path = format!(
            "//*[self::button or self::a or self::summary or self::label][contains(normalize-space(.), '{words}')]"
        );
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(&path)).await;
        let element = match found {
            Ok(element) => element,
            Err(error) => panic!("“{words}” on {}: {error}\n{}", self.path().await, self.text().await),
        };
        let run = self.client.execute("arguments[0].click()", vec![json!(element)]).await;
        run.unwrap_or_else(|error| panic!("“{words}”: {error}"));
    }

    /// Presses as a finger does, with nothing of a script: what lies over it is in the way.
    pub async fn touch(&self, css: &str) {
        let element = self.find(css).await;
        element.click().await.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Clicks the first element of a selector as a person does: unfolds what hides it and brings it to the middle of the
    /// screen.
    pub async fn tap(&self, css: &str) {
        self.with(css, async |element| self.reach(&element).await).await;
    }

    /// Taps what leads to another page, and waits until that page stands.
    pub async fn leave(&self, css: &str) {
        self.run("document.documentElement.dataset.left = 'soon'", vec![]).await;
        self.tap(css).await;
        self.until("document.readyState === 'complete' && !document.documentElement.dataset.left").await;
    }

    async fn reach(&self, element: &Element) -> Result<(), CmdError> {
        self.unfold(element).await?;
        element.click().await
    }

    /// Opens the folds around an element, the outermost first, each by its own line.
    async fn unfold(&self, element: &Element) -> Result<(), CmdError> {
        let fold = Locator::XPath("./ancestor::details[not(@open)][last()]/summary");
        while let Ok(line) = element.find(fold).await {
            self.client.execute(TO_THE_MIDDLE, vec![json!(line)]).await?;
            line.click().await?;
        }
        self.client.execute(TO_THE_MIDDLE, vec![json!(element)]).await.map(drop)
    }

    /// Fills a field of a form: types, clicks the chip, or chooses from the list.
    pub async fn put(&self, form: &str, name: &str, value: &str) {
        let css = format!("{form} [name='{name}']:not([type='hidden'])");
        let chip = format!("{form} label:has([name='{name}'][value='{value}'])");
        self.with(&css, async |field| {
            let kind = "const it = arguments[0]; return it.tagName === 'SELECT' ? 'select' : it.type";
            let kind = self.client.execute(kind, vec![json!(field)]).await?;
            match kind.as_str().unwrap_or_default() {
                "radio" | "checkbox" => self.choose(&chip).await,
                "select" => {
                    self.unfold(&field).await?;
                    field.select_by_value(value).await
                }
                // The calendar of the browser lies outside the page.
                "date" | "datetime-local" | "time" => {
                    self.unfold(&field).await?;
                    self.give(&field, value).await
                }
                _ => {
                    self.reach(&field).await?;
                    self.write(&field, value).await
                }
            }
        })
        .await;
    }

    /// Chooses a chip. What comes into the page above it while it is pressed moves it from under the finger: then it is pressed again.
    async fn choose(&self, chip: &str) -> Result<(), CmdError> {
        let begun = Instant::now();
        loop {
            let label = self.client.find(Locator::Css(chip)).await?;
            let chosen = "return arguments[0].querySelector('input').checked";
            if self.client.execute(chosen, vec![json!(label)]).await? == true || begun.elapsed() > PATIENCE {
                return Ok(());
            }
            self.reach(&label).await?;
        }
    }

    /// Types a text. A touched window sometimes drops every key, though the field has the focus: what does not stand there soon is
    /// put in by script.
    async fn write(&self, field: &Element, text: &str) -> Result<(), CmdError> {
        field.clear().await?;
        field.send_keys(text).await?;
        let typed = Instant::now();
        while typed.elapsed() < Duration::from_millis(500) {
            let stands = self.client.execute("return arguments[0].value", vec![json!(field)]).await?;
            if stands.as_str() == Some(text) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.give(field, text).await
    }

    async fn give(&self, field: &Element, value: &str) -> Result<(), CmdError> {
        let script = "const it = arguments[0]; if (it.type === 'checkbox' || it.type === 'radio') { it.checked = true }
            else { it.value = arguments[1] } it.dispatchEvent(new Event('input', { bubbles: true }));
            it.dispatchEvent(new Event('change', { bubbles: true }))";
        self.client.execute(script, vec![json!(field), json!(value)]).await.map(drop)
    }

    /// Sends the form of a selector as it stands.
    pub async fn send(&self, css: &str) {
        let send = "arguments[0].requestSubmit()";
        self.with(css, async |form| self.client.execute(send, vec![json!(form)]).await).await;
    }

    /// Sets a field by script: what a person would choose from a list.
    pub async fn set(&self, css: &str, value: &str) {
        self.with(css, async |field| self.give(&field, value).await).await;
    }

    /// Runs a script and answers what it returns.
    pub async fn run(&self, script: &str, given: Vec<Value>) -> Value {
        self.client.execute(script, given).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Waits until a script's expression is true.
    pub async fn until(&self, expression: &str) {
        let script = format!("return !!({expression})");
        let begun = Instant::now();
        while self.client.execute(&script, vec![]).await.ok() != Some(Value::Bool(true)) {
            assert!(begun.elapsed() < PATIENCE, "never on {}: {expression}\n{}", self.path().await, self.text().await);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until a script's expression that has to be waited for is true.
    pub async fn until_async(&self, expression: &str) {
        let script =
            format!("const done = arguments[0]; (async () => !!({expression}))().then(done, () => done(false))");
        let begun = Instant::now();
        while self.client.execute_async(&script, vec![]).await.ok() != Some(Value::Bool(true)) {
            assert!(begun.elapsed() < PATIENCE, "never on {}: {expression}\n{}", self.path().await, self.text().await);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Fills a form of another page and sends it, as a second window would; answers the status, the address that was led
    /// to, and the text of the page there.
    pub async fn post(&self, page: &str, form: &str, fields: &[(&str, &str)]) -> (u64, String, String) {
        let script = "const [page, css, fields, done] = arguments;
            (async () => {
                const from = new DOMParser().parseFromString(await (await fetch(page)).text(), 'text/html');
                const form = from.querySelector(css);
                if (!form) return [0, page, from.body.textContent];
                const body = new FormData(form);
                for (const [name, value] of fields) body.set(name, value);
                const plain = form.enctype !== 'multipart/form-data';
                const sent = plain ? new URLSearchParams(body) : body;
                const answer = await fetch(form.getAttribute('action') || page, { method: 'POST', body: sent });
                const shown = new DOMParser().parseFromString(await answer.text(), 'text/html');
                return [answer.status, answer.url, shown.body.textContent];
            })().then(done, (error) => done([0, '', String(error)]));";
        let given = vec![json!(page), json!(form), json!(fields)];
        let told = self.client.execute_async(script, given).await.unwrap_or_else(|error| panic!("{page}: {error}"));
        let text = |at: usize| told[at].as_str().unwrap_or_default().to_owned();
        (told[0].as_u64().unwrap_or_default(), text(1), text(2))
    }

    /// Signs in to the demonstration's office at an address.
    pub async fn sign_in(&self, address: &str, account: &str) {
        self.client.delete_all_cookies().await.expect("the window forgets who it was");
        self.go(&format!("{address}/sign-in")).await;
        self.find("[name='account']").await.send_keys(account).await.expect("the account is typed");
        self.find("[name='password']").await.send_keys(DEMO_PASSWORD).await.expect("the password is typed");
        self.touch("main form button").await;
        let begun = Instant::now();
        while self.path().await == "/sign-in" {
            assert!(begun.elapsed() < PATIENCE, "{account} is not let in\n{}", self.text().await);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Draws on an element: strokes of points, in pixels from its middle.
    pub async fn draw(&self, css: &str, strokes: &[&[(i64, i64)]]) {
        let element = self.find(css).await;
        self.run("arguments[0].scrollIntoView({ block: 'center' })", vec![json!(element)]).await;
        let mut hand = MouseActions::new("hand".to_owned());
        let go = |(x, y)| PointerAction::MoveToElement {
            element: element.clone(),
            duration: Some(Duration::from_millis(5)),
            x,
            y,
        };
        for stroke in strokes {
            for (nth, point) in stroke.iter().enumerate() {
                hand = hand.then(go((point.0 as f64, point.1 as f64)));
                if nth == 0 {
                    hand = hand.then(PointerAction::Down { button: MOUSE_BUTTON_LEFT });
                }
            }
            hand = hand.then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        }
        self.client.perform_actions(hand).await.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Waits until the page says this.
    pub async fn says(&self, words: &str) {
        let path = format!("//body[contains(normalize-space(.), '{words}')]");
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(&path)).await;
        if let Err(error) = found {
            panic!("“{words}” on {}: {error}\n{}", self.path().await, self.text().await);
        }
    }

    /// The path of the page.
    pub async fn path(&self) -> String {
        self.client.current_url().await.map(|url| url.path().to_owned()).unwrap_or_default()
    }

    /// The text of the page.
    pub async fn text(&self) -> String {
        match self.client.find(Locator::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Keeps a picture under `target/screenshots/<name>.png`.
    pub async fn picture(&self, name: &str) {
        let bytes = self.client.screenshot().await.expect("a picture");
        let folder = pictures();
        std::fs::create_dir_all(&folder).expect("a folder for pictures");
        std::fs::write(folder.join(format!("{name}.png")), bytes).expect("the picture is written");
    }

    /// What a printer gets of the page, as PDF on a paper of so many centimetres without margins.
    pub async fn printed(&self, width: f64, height: f64) -> Vec<u8> {
        let margins = PrintMargins { top: 0.0, bottom: 0.0, left: 0.0, right: 0.0 };
        let paper = PrintConfiguration::builder().size(PrintSize { width, height }).margins(margins);
        self.client.print(paper.build().expect("a paper")).await.expect("it prints")
    }

    /// Closes the window; call it at the end, so that the driver ends in good order.
    pub async fn close(self) {
        let _ = self.client.clone().close().await;
    }
}

/// Where pictures go: beside the build, never into the tree.
fn pictures() -> PathBuf {
    match std::env::var_os("HUIYIN_SCREENSHOTS") {
        Some(folder) => PathBuf::from(folder),
        None => std::env::temp_dir().join("huiyin-screenshots"),
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
