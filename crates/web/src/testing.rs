//! A house to test with (演示管理处): founded, the three rulebooks adopted, an account of every post, a clock moved by hand.
//! Every name in it is invented.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use calendar::Moment;
use jiff::civil::date;
use journal::house::Founding;
use journal::kept::credentials::Credential;
use journal::kept::sessions::Session;
use journal::{CommandId, House, Laws, OfficeViews, Options, Sent, Store};
use office::Actor;
use office::case::{ActOnCase, Caller, CaseKind, Place as CasePlace, Register};
use office::event::{Signature, SignatureWay};
use office::household::{LedgerPerson, LedgerRow, Room};
use office::site::{CharterChange, FIRST_BOOKS, PostChange};
use testbed::Folder;
use tower::ServiceExt;

use crate::security::door::Door;
use crate::security::password::Passwords;
use crate::security::session::SessionToken;
use crate::state::{SESSION_SECONDS, Web};

/// Posts that have an account, whose log-in name is the post; `technician2` is a second repairer.
pub const POSTS: [&str; 10] = [
    "front_desk",
    "service_supervisor",
    "office_manager",
    "engineering_supervisor",
    "technician",
    "technician2",
    "finance",
    "archive",
    "department_head",
    "employee",
];

/// The password of every account.
pub const PASSWORD: &str = "梧桐树下 6 号";

static LAWS: LazyLock<Arc<Laws>> = LazyLock::new(|| laws(&FIRST_BOOKS));

/// Laws that ship these books.
pub fn laws(books: &[&str]) -> Arc<Laws> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    for book in books {
        for entry in std::fs::read_dir(root.join("rulebooks").join(book)).expect("the rulebook is there") {
            let path = entry.expect("readable").path();
            let name = path.file_name().and_then(|it| it.to_str()).expect("a name").to_owned();
            if name.ends_with(".toml") {
                files.push((format!("{book}/{name}"), std::fs::read_to_string(&path).expect("readable")));
            }
        }
    }
    let read = |path: &str| std::fs::read_to_string(root.join(path)).expect("readable");
    let years: Vec<String> = (2020..=2026).map(|year| read(&format!("calendars/cn/{year}.toml"))).collect();
    let years: Vec<&str> = years.iter().map(String::as_str).collect();
    Arc::new(Laws::of_texts(&read("rulebooks/words.toml"), &files, &years).expect("the calendar is sound").0)
}

/// The house, its router and its clock. It vanishes when dropped.
pub struct Demo {
    /// The state of the handlers.
    pub web: Web,
    /// The whole site.
    pub router: Router,
    clock: Arc<AtomicI64>,
    count: AtomicU32,
    _folder: Folder,
}

/// An answer of the router.
#[derive(Debug)]
pub struct Shown {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body as text.
    pub body: String,
}

impl Shown {
    /// Where a redirect leads; empty when it is none.
    pub fn leads(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|it| it.to_str().ok()).unwrap_or_default()
    }

    /// The value of the hidden field of the first form that has one: `command`.
    pub fn hidden(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\" value=\"");
        let after = self.body.split(&mark).nth(1).unwrap_or_default();
        after.split('"').next().unwrap_or_default().to_owned()
    }
}

impl Demo {
    /// A store in which nothing has been founded; Monday, 16 November 2026, 09:12.
    pub async fn empty() -> Demo {
        Demo::empty_under(Arc::new(LAWS.for_another_store())).await
    }

    async fn empty_under(laws: Arc<Laws>) -> Demo {
        let folder = Folder::new("web");
        let views = laws.clone();
        let place = journal::Place::Folder { path: folder.path().join("store"), keys: None };
        std::fs::create_dir_all(folder.path().join("store")).expect("the folder can be written");
        // Opening waits for the disk, which no async thread may.
        let opened = tokio::task::spawn_blocking(move || {
            let options = Options { readers: 2, ..Options::default() };
            Store::open(&place, &options, Box::new(OfficeViews::new(views)))
        });
        let store = opened.await.expect("not cancelled").expect("the store opens");
        let clock = Arc::new(AtomicI64::new(LAWS.zone.moment(date(2026, 11, 16).at(9, 12, 0, 0)).0));
        let (told, moved) = (clock.clone(), clock.clone());
        let shelf = courier::attachment::Shelf::open(&folder.path().join("attachments")).expect("the shelf opens");
        let web = Web {
            house: House::new(store, laws),
            clock: Arc::new(move || Moment(told.load(Ordering::Relaxed))),
            passwords: Passwords::new(2).expect("passwords can be hashed"),
            attachments: Arc::new(shelf),
            fonts: Arc::default(),
            own: Arc::new(courier::own_books::OwnBooks::new(&folder.path().join("rulebooks"))),
            #[cfg(test)]
            made: Some(Arc::new(simulator::year::made)),
            #[cfg(not(test))]
            made: None,
            trials: Arc::new(tokio::sync::Semaphore::new(1)),
            authority: None,
            manual_clock: Some(Arc::new(move |seconds| {
                moved.fetch_add(seconds * 1_000_000, Ordering::Relaxed);
            })),
        };
        let router = crate::site_map::site(web.clone(), Door::Plain);
        Demo { web, router, clock, count: AtomicU32::new(0), _folder: folder }
    }

    /// The founded house: site 1 演示花园, its administrator `administrator`, an account of each of `POSTS`, five households.
    pub async fn founded() -> Demo {
        Demo::empty().await.found(&FIRST_BOOKS).await
    }

    /// The same house under other rulebooks.
    pub async fn founded_under(books: &[&str]) -> Demo {
        Demo::empty_under(laws(books)).await.found(books).await
    }

    async fn found(self, books: &[&str]) -> Demo {
        let demo = self;
        let founding = Founding {
            company: "演示物业".into(),
            site: "演示花园".into(),
            account: "administrator".into(),
            name: "演示管理员".into(),
            books: books.iter().map(|book| (*book).to_owned()).collect(),
            ..Founding::default()
        };
        let sent = Sent { site: 0, ..demo.sent("administrator", "administrator") };
        demo.web.house.found(sent, founding).await.expect("no fault").expect("not refused");
        // Tests name texts as the code has them.
        let written = CharterChange::Set { name: "服务对象称呼".into(), value: office::site::AS_WRITTEN.into() };
        let sent = demo.sent("administrator", "administrator");
        demo.web.house.change_charter(sent, written).await.expect("no fault").expect("not refused");
        let hash = demo.web.passwords.hash(PASSWORD.to_owned()).await.expect("hashed");
        demo.put_password("administrator", &hash).await;
        let names = ["林小满", "周安然", "陈立", "吴工", "赵大成", "孙平", "钱穗", "郑卷", "何部", "冯员"];
        for (id, name) in POSTS.iter().zip(names) {
            let post = id.trim_end_matches('2');
            let change = PostChange {
                id: (*id).into(),
                name: name.into(),
                posts: vec![post.into()],
                active: true,
                ..PostChange::default()
            };
            let sent = demo.sent("administrator", "administrator");
            demo.web.house.set_account(sent, change).await.expect("no fault").expect("not refused");
            demo.put_password(id, &hash).await;
        }
        let rows = [
            ("3栋", "2单元", "501", "单晓演", "13800000001", "粤A00001"),
            ("3栋", "2单元", "502", "曾示范", "13800000002", ""),
            ("3栋", "1单元", "303", "仇演示", "13800000003", "粤A00003"),
            ("1栋", "1单元", "1203", "欧阳示", "13800000004", ""),
            ("", "", "S-12", "演示便利店", "13800000005", ""),
        ];
        let rows = rows.map(|(building, stairwell, number, name, phone, plate)| LedgerRow {
            room: Room::of_parts("", building, stairwell, number),
            people: vec![LedgerPerson { name: name.into(), phones: vec![phone.into()], ..LedgerPerson::default() }],
            plates: vec![plate].into_iter().filter(|it| !it.is_empty()).map(String::from).collect(),
            ..LedgerRow::default()
        });
        let sent = demo.sent("administrator", "administrator");
        demo.web.house.import_households(sent, rows.to_vec()).await.expect("no fault").expect("not refused");
        demo
    }

    async fn put_password(&self, account: &str, hash: &str) {
        let credential = Credential { secret: hash.to_owned(), changed: self.now() };
        self.web.house.store().put_credential(account, "password", credential).await.expect("kept");
    }

    /// The present moment.
    pub fn now(&self) -> Moment {
        Moment(self.clock.load(Ordering::Relaxed))
    }

    /// Lets time pass.
    pub fn pass(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1_000_000, Ordering::Relaxed);
    }

    /// A fresh command of an account at site 1.
    pub fn sent(&self, account: &str, post: &str) -> Sent {
        let n = self.count.fetch_add(1, Ordering::Relaxed);
        let command = CommandId::new(&format!("demo{n}")).expect("a plain id");
        Sent { site: 1, command, actor: account.into(), post: post.into(), now: self.now() }
    }

    /// The account as the office knows it.
    pub fn actor(&self, account: &str) -> Actor {
        let post = account.trim_end_matches('2').to_owned();
        Actor { account: account.into(), name: "演示员工".into(), posts: vec![post], area: String::new() }
    }

    /// A cookie of someone signed in.
    pub async fn cookie(&self, account: &str) -> String {
        let token = SessionToken::fresh().expect("random");
        let now = self.now();
        let session = Session {
            token: token.hash().0,
            account: account.to_owned(),
            made: now,
            seen: now,
            ends: now.plus_seconds(SESSION_SECONDS),
            device: "test".into(),
            marks: "1".into(),
        };
        self.web.house.store().put_session(session).await.expect("kept");
        format!("session={}", token.value())
    }

    /// `GET` as an account; an empty account is not signed in.
    pub async fn get(&self, account: &str, path: &str) -> Shown {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        self.ask(account, request).await
    }

    /// `POST` of a form as an account.
    pub async fn post(&self, account: &str, path: &str, fields: &[(&str, &str)]) -> Shown {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.join("&")))
            .expect("a request");
        self.ask(account, request).await
    }

    /// `POST` of a form with one upload, as a browser sends it.
    pub async fn upload(&self, account: &str, path: &str, name: &str, bytes: &[u8], more: &[(&str, &str)]) -> Shown {
        let mut body = Vec::new();
        for (field, value) in more {
            let part = format!("--cut\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--cut\r\nContent-Disposition: form-data; name=\"upload\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--cut--\r\n");
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut")
            .body(Body::from(body))
            .expect("a request");
        self.ask(account, request).await
    }

    /// Any request as an account.
    pub async fn ask(&self, account: &str, mut request: Request<Body>) -> Shown {
        let headers = request.headers_mut();
        headers.insert("sec-fetch-site", "same-origin".parse().expect("a header"));
        headers.insert(header::HOST, "office.example:8000".parse().expect("a header"));
        if !account.is_empty() {
            let cookie = self.cookie(account).await;
            headers.insert(header::COOKIE, cookie.parse().expect("a header"));
        }
        self.raw(request).await
    }

    /// A request just as it is.
    pub async fn raw(&self, request: Request<Body>) -> Shown {
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 16 << 20).await.expect("the body is whole");
        Shown { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// The body of the answer to a request just as it is, which may be no text.
    pub async fn bytes(&self, request: Request<Body>) -> Vec<u8> {
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        axum::body::to_bytes(response.into_body(), 64 << 20).await.expect("the body is whole").into()
    }

    /// Registers a matter by phone from 3-2-501; answers case id and number.
    pub async fn register(&self, kind: CaseKind, words: &str, attributes: &[(&str, &str)]) -> (String, String) {
        let case = format!("k{}", self.count.fetch_add(1, Ordering::Relaxed));
        let form = Register {
            case: case.clone(),
            kind,
            contact: None,
            channel: "phone".into(),
            station: "office_desk".into(),
            first_contact: self.now(),
            opened_form: self.now(),
            told_desk: None,
            place: CasePlace { household: Some("3-2-501".into()), words: "3-2-501".into() },
            caller: Caller { person: String::new(), name: "单晓演".into(), phone: "13800000001".into() },
            words: words.into(),
            attributes: pairs(attributes),
            read_back: true,
            notify: true,
            attachments: Vec::new(),
            late_reason: String::new(),
            approved_by: String::new(),
            linked_case: None,
            blank_number: String::new(),
        };
        let sent = self.sent("front_desk", "front_desk");
        let done = self.web.house.register(sent, self.actor("front_desk"), form).await.expect("no fault");
        let done = done.unwrap_or_else(|refusal| panic!("{refusal}"));
        (case, done.answer.number)
    }

    /// A repair of the resident's own tap, on the price list.
    pub async fn repair(&self, words: &str) -> (String, String) {
        let own = [("repair.object", "own"), ("repair.on_price_list", "yes")];
        self.register(CaseKind::Repair, words, &own).await
    }

    /// An act on a case a minute later, with a worker and a signature where the act wants them.
    pub async fn act(&self, account: &str, case: &str, act: &str, attributes: &[(&str, &str)]) {
        self.pass(60);
        let (worker, name) = ("technician", "赵大成");
        let command = ActOnCase {
            act: act.into(),
            attributes: pairs(attributes),
            note: "演示".into(),
            links: pairs(&[("assignee", worker), ("assignee_name", name)]),
            signature: (act == "repair.customer_signed").then(|| Signature {
                name: "单晓演".into(),
                post: "resident".into(),
                way: SignatureWay::Drawn,
                path: "M10 10L300 120L580 60".into(),
            }),
            ..ActOnCase::default()
        };
        let sent = self.sent(account, account.trim_end_matches('2'));
        let done = self.web.house.act_on_case(sent, self.actor(account), case.to_owned(), command).await;
        done.expect("no fault").unwrap_or_else(|refusal| panic!("{act}: {refusal}"));
    }

    /// A repair given out, its slip fetched and taken on, a minute each.
    pub async fn taken_on(&self, case: &str) {
        self.act("engineering_supervisor", case, "repair.assigned", &[]).await;
        self.act("technician", case, "repair.slip_fetched", &[]).await;
        self.act("technician", case, "repair.taken_on", &[]).await;
    }

    /// A repair given out, priced, agreed to and done, a minute each.
    pub async fn completed(&self, case: &str) {
        self.taken_on(case).await;
        self.acts(
            case,
            &[
                ("technician", "repair.arrived", &[]),
                ("technician", "repair.verified", &[]),
                ("technician", "repair.price_shown", &[("repair.cost", "5000")]),
                ("technician", "repair.consented", &[("repair.cost_consent", "yes"), ("repair.repair_consent", "yes")]),
                ("technician", "repair.started", &[]),
                ("technician", "repair.amounts_entered", &[("repair.amount_due", "5000")]),
                ("technician", "repair.completed", &[]),
            ],
        )
        .await;
    }

    /// A repair done and signed for, its slip back and booked in, a minute each.
    pub async fn returned(&self, case: &str) {
        self.completed(case).await;
        self.acts(
            case,
            &[
                ("technician", "repair.accepted", &[]),
                ("technician", "repair.customer_signed", &[]),
                ("technician", "repair.copies_returned", &[]),
                ("engineering_supervisor", "repair.supervisor_confirmed", &[]),
                ("engineering_supervisor", "repair.handed_to_desk", &[]),
                ("front_desk", "repair.return_booked", &[]),
            ],
        )
        .await;
    }

    /// Acts in order: account, act, attributes.
    pub async fn acts(&self, case: &str, acts: &[(&str, &str, &[(&str, &str)])]) {
        for (account, act, attributes) in acts {
            self.act(account, case, act, attributes).await;
        }
    }
}

fn pairs(from: &[(&str, &str)]) -> BTreeMap<String, String> {
    from.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// A value as a form or an address carries it.
pub fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
