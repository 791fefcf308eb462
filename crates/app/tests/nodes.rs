//! Two nodes on one database (双机): the one that keeps the clock is killed, the other one's clock is five minutes ahead,
//! and whatever comes due happens once.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use calendar::Moment;
use jiff::civil::date;
use journal::house::{Founding, Laws};
use journal::{CommandId, House, OfficeViews, Options, Place, Sent, Store};
use office::case::{ActOnCase, CaseKind, Register};
use office::site::CharterChange;
use simulator::{load, staff};
use testbed::{Database, Folder};

/// A robot that nobody has: every message to it is tried once and given up.
const ROBOT: &str = "https://127.0.0.1/robot/send";
/// The longest that anything may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running node.
struct Node {
    child: Child,
    address: String,
    log: Arc<Mutex<Vec<String>>>,
}

impl Node {
    /// Starts it and waits until it says where it listens.
    fn start(folder: &Folder, database: &Database) -> Node {
        let mut command = call(folder, database);
        command.args(["serve", "--clock", "manual", "--listen", "127.0.0.1:0", "--log", "info"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let log = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&log);
        let lines = lines_of(child.stderr.take().expect("piped"));
        std::thread::spawn(move || {
            for line in lines {
                kept.lock().expect("nobody panics with the log").push(line);
            }
        });
        let said = lines_of(child.stdout.take().expect("piped"));
        let ready = std::iter::from_fn(|| said.recv_timeout(PATIENCE).ok()).find_map(|line| {
            let (_, address) = line.split_once("http://")?;
            Some(address.trim_end_matches('/').to_owned())
        });
        let log_so_far = || log.lock().expect("whole").join("\n");
        let address = ready.unwrap_or_else(|| panic!("the node is never ready: {}", log_so_far()));
        Node { child, address, log }
    }

    /// Moves a hand of its clock by so many seconds and waits until it has looked at what is due.
    fn moves(&self, path: &str, seconds: i64) {
        self.asks("POST", path, &seconds.to_string());
    }

    /// What its clock tells.
    fn now(&self) -> Moment {
        Moment(self.asks("GET", "/clock", "").parse().expect("microseconds"))
    }

    fn asks(&self, method: &str, path: &str, body: &str) -> String {
        ask(&self.address, method, path, body).expect("the node answers")
    }

    /// Waits until its clock's task has looked once more.
    fn looks(&self) {
        self.moves("/clock", 0);
    }

    /// Ends it without a word.
    fn kill(mut self) -> Vec<String> {
        self.child.kill().expect("SIGKILL");
        self.child.wait().expect("it is gone");
        self.log.lock().expect("whole").clone()
    }

    fn holds(&self, database: &Database, lease: &str) -> bool {
        let question = format!("select holder from lease where name = '{lease}' and ends > 0");
        let mark = format!("-{}-", self.child.id());
        database.tells(&question).iter().any(|holder| holder.contains(&mark))
    }
}

/// A request without more; none when the node is gone before it has answered.
fn ask(address: &str, method: &str, path: &str, body: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).expect("a socket takes a limit");
    let length = body.len();
    let head = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nContent-Length: {length}\r\n");
    stream.write_all(format!("{head}Connection: close\r\n\r\n{body}").as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    assert!(head.starts_with("HTTP/1.1 200"), "{answer}");
    Some(body.to_owned())
}

fn lines_of(from: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    receiver
}

/// The program over these data, with nothing of this machine's environment that it would read.
fn call(folder: &Folder, database: &Database) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huiyin"));
    for name in ["HUIYIN_CONFIG", "HUIYIN_LISTEN", "HUIYIN_RULEBOOKS", "HUIYIN_CLOCK", "HUIYIN_LOG", "RUST_LOG"] {
        command.env_remove(name);
    }
    command.current_dir(folder.path());
    command.env("HUIYIN_DATA", folder.path()).env("HUIYIN_DATABASE", database.url());
    command
}

/// Asks until it is so.
fn until(what: &str, mut is: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is() {
        assert!(begun.elapsed() < PATIENCE, "never: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn laws() -> Arc<Laws> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |path: &Path| std::fs::read_to_string(path).expect("a shipped file");
    let mut files = Vec::new();
    for book in ["complaint-instruction", "repair-residential"] {
        for entry in std::fs::read_dir(root.join("rulebooks").join(book)).expect("a shipped book") {
            let path = entry.expect("a file").path();
            let name = path.file_name().and_then(|name| name.to_str()).expect("a plain name");
            files.push((format!("{book}/{name}"), read(&path)));
        }
    }
    let years: Vec<String> = (2025..=2026).map(|year| read(&root.join(format!("calendars/cn/{year}.toml")))).collect();
    let years: Vec<&str> = years.iter().map(String::as_str).collect();
    Arc::new(Laws::of_texts(&read(&root.join("rulebooks/words.toml")), &files, &years).expect("shipped laws").0)
}

/// The office whose matters come due, with a hand of its own on the journal and no clock.
struct Office {
    house: House,
    runtime: tokio::runtime::Runtime,
    now: Moment,
    taken: u64,
}

impl Office {
    fn found(database: &Database) -> Office {
        let laws = laws();
        let now = laws.zone.moment(date(2026, 1, 12).at(9, 12, 0, 0));
        let place = Place::Postgres { url: database.url() };
        let store = Store::open(&place, &Options::default(), Box::new(OfficeViews::new(Arc::clone(&laws))));
        let house = House::new(store.expect("an empty database is opened"), laws);
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let sent = |site, id: &str| Sent {
            site,
            command: CommandId::new(id).expect("an id"),
            actor: "admin".into(),
            post: "administrator".into(),
            now,
        };
        let founding = Founding {
            company: "演示物业".into(),
            site: "演示花园".into(),
            account: "admin".into(),
            name: "演示管理员".into(),
            books: ["complaint-instruction", "repair-residential"].map(String::from).to_vec(),
            ..Founding::default()
        };
        runtime.block_on(async {
            let site = house.found(sent(0, "found"), founding).await.expect("no fault").expect("founded");
            assert_eq!(site, 1);
            let robot = CharterChange::Set { name: "群机器人地址".into(), value: ROBOT.into() };
            house.change_charter(sent(1, "robot"), robot).await.expect("no fault").expect("set");
        });
        Office { house, runtime, now, taken: 0 }
    }

    /// Takes in, at this moment, so many repairs, which the robot is told of, and as many complaints, which nobody ever answers.
    fn takes_in(&mut self, matters: u64, now: Moment) {
        self.now = now;
        let reception = staff::of("reception");
        for number in self.taken..self.taken + matters {
            let mut repair = load::form(number, self.now, CaseKind::Repair);
            repair.notify = true;
            self.registers("desk1", repair);
            let mut complaint = load::form(number, self.now, CaseKind::Complaint);
            complaint.case = format!("complaint{number}");
            complaint.attributes = owned(&[("complaint.class", "first"), ("complaint.cause", "own_service")]);
            let case = complaint.case.clone();
            self.registers("reception", complaint);
            let department = [("case.department", "工程部"), ("case.person", staff::of("engineer").name)];
            for (who, act, attributes) in [
                (reception, "complaint.accepted", owned(&[])),
                (reception, "liaison.issued", owned(&department)),
                (staff::of("engineer"), "liaison.received", owned(&[])),
            ] {
                let sent = load::sent(1, &format!("{case}.{act}"), who, self.now);
                let command = ActOnCase { act: act.into(), attributes, ..ActOnCase::default() };
                let done = self.house.act_on_case(sent, who.actor(), case.clone(), command);
                self.runtime.block_on(done).expect("no fault").expect(act);
            }
        }
        self.taken += matters;
    }

    fn registers(&self, who: &str, form: Register) {
        let who = staff::of(who);
        let sent = load::sent(1, &form.case, who, self.now);
        let taken = self.house.register(sent, who.actor(), form);
        self.runtime.block_on(taken).expect("no fault").expect("taken in");
    }
}

fn owned(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// A day: more than any limit that an unanswered complaint of the first class meets.
const DAY: i64 = 86_400;
const TOLD: &str = "select seq from journal where name = 'office.due_passed'";
const WAITING: &str = "select command from delivery where done is null";

fn due(database: &Database, now: Moment) -> Vec<String> {
    database.tells(&format!("select id from escalation_row where told = 0 and at < {}", now.0))
}

#[test]
fn what_comes_due_happens_once_though_a_node_dies_and_another_is_ahead() {
    let (folder, database) = (Folder::new("nodes"), Database::new());
    std::fs::write(folder.path().join("demo.toml"), "").expect("the folder is a demonstration's");
    let mut office = Office::found(&database);
    let first = Node::start(&folder, &database);
    let second = Node::start(&folder, &database);
    second.moves("/clock/node", 300);
    until("the first node keeps the clock and carries", || {
        first.holds(&database, "clock") && first.holds(&database, "courier")
    });
    office.takes_in(40, first.now());
    second.moves("/clock", DAY);
    second.looks();
    assert_eq!(database.tells(TOLD), [""; 0], "a node whose clock is off keeps no clock and tells nothing");

    // It is killed while it tells what a day has brought.
    let address = first.address.clone();
    let day = std::thread::spawn(move || ask(&address, "POST", "/clock", &DAY.to_string()));
    until("the first node begins to tell", || !database.tells(TOLD).is_empty());
    let mut log = first.kill();
    assert_eq!(day.join().expect("a request does not panic"), None, "it was killed before it had told all");
    let told = database.tells(TOLD).len();
    second.looks();
    assert!(!due(&database, second.now()).is_empty(), "{told} told, nothing left to tell");
    assert_eq!(database.tells(TOLD).len(), told, "a node whose clock is off takes nobody's place");

    // Its clock is set right, and the office's time with it: put that ahead again, so that it writes ahead of the others.
    second.moves("/clock/node", -300);
    second.moves("/clock", 300);
    until("the second node takes over", || second.holds(&database, "clock") && second.holds(&database, "courier"));
    until("all that was due is told", || due(&database, second.now()).is_empty());
    until("all messages are dealt with", || database.tells(WAITING).is_empty());

    // Back to a node that is five minutes behind what is written.
    let third = Node::start(&folder, &database);
    office.takes_in(3, second.now());
    second.moves("/clock/node", 300);
    third.moves("/clock", DAY);
    until("the third node takes over", || third.holds(&database, "clock") && third.holds(&database, "courier"));
    third.moves("/clock", DAY);
    until("all new messages are dealt with", || database.tells(WAITING).is_empty());
    assert_eq!(due(&database, third.now()), [""; 0], "all that was due is told again");
    log.extend(second.kill());
    log.extend(third.kill());

    let rows = database.tells("select id from escalation_row where told = 1").len();
    assert!(rows > told && rows >= 43, "{rows} told in all");
    assert_eq!(database.tells(TOLD).len(), rows, "one entry for each escalation");
    let twice = "select command from journal where name = 'office.due_passed' group by command having count(*) > 1";
    assert_eq!(database.tells(twice), [""; 0]);
    assert_eq!(database.tells("select command from outbox").len(), 43, "one message for each repair");
    assert_eq!(database.tells("select command from delivery where tries <> 1 or done is null"), [""; 0]);
    let tried = log.iter().filter(|line| line.contains("消息没有送出")).count();
    // One more where the carrier was killed between sending and noting it: nobody can do that in one step.
    assert!((43..=44).contains(&tried), "each message was carried once, not {tried} times in all");

    drop(office);
    let mut verify = call(&folder, &database);
    let verified = verify.args(["journal", "verify"]).output().expect("the program starts");
    let said = String::from_utf8_lossy(&verified.stdout).into_owned();
    assert!(verified.status.success(), "{said}{}", String::from_utf8_lossy(&verified.stderr));
    assert_eq!(said.matches("完好").count(), 2, "{said}");
}
