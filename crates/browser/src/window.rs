//! A window of Debian's chromium (窗口), driven through chromedriver, with pictures of what it shows.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::json;
use testbed::Folder;

use crate::server::{answers, free_port};

/// Width and height of an office screen.
pub const DESK: (u32, u32) = (1366, 900);
/// Width and height of a cheap phone.
pub const PHONE: (u32, u32) = (390, 844);

/// How long a page may take to show something.
const PATIENCE: Duration = Duration::from_secs(20);

/// A window with its driver; both end with the value.
pub struct Window {
    driver: Child,
    client: Client,
    _profile: Folder,
}

impl Window {
    /// Opens a window of this size.
    pub async fn open((width, height): (u32, u32)) -> Window {
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
            "--lang=zh-CN",
        ];
        let mut arguments: Vec<String> = arguments.iter().map(|it| (*it).to_owned()).collect();
        arguments.push(format!("--window-size={width},{height}"));
        arguments.push(format!("--user-data-dir={}", profile.path().display()));
        let languages = json!({ "intl.accept_languages": "zh-CN,zh" });
        let mut options = json!({ "args": arguments, "prefs": languages });
        if width < 600 {
            options["mobileEmulation"] =
                json!({ "deviceMetrics": { "width": width, "height": height, "pixelRatio": 2.0 } });
        }
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("goog:chromeOptions".to_owned(), options);
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

    /// Writes into a field, by its name.
    pub async fn fill(&self, name: &str, text: &str) {
        let field = self.find(&format!("body [name='{name}']:not([type='hidden'])")).await;
        field.clear().await.unwrap_or_else(|error| panic!("{name}: {error}"));
        field.send_keys(text).await.unwrap_or_else(|error| panic!("{name}: {error}"));
    }

    /// Clicks an element by script, so that nothing laid over it is in the way.
    pub async fn click(&self, css: &str) {
        let element = self.find(css).await;
        let run = self.client.execute("arguments[0].click()", vec![json!(element)]).await;
        run.unwrap_or_else(|error| panic!("{css}: {error}"));
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
