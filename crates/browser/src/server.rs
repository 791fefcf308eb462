//! The program itself (服务器), started as a process on a free loopback port, ended with the value.

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rcgen::{KeyPair, PublicKeyData as _};
use sha2::{Digest as _, Sha256};
use testbed::{Database, Folder};

/// Which engine the program stands on.
pub enum Storage {
    /// The embedded database.
    Sqlite,
    /// A database of its own on a test server.
    Postgres,
}

/// A running program.
pub struct Server {
    child: Child,
    port: u16,
    secure: bool,
    /// Its data folder, also for files that tests upload.
    pub folder: Folder,
    database: Option<Database>,
    /// What it logged as a fault; no walk may end with one.
    faults: Arc<Mutex<Vec<String>>>,
}

/// The program under test: `HUIYIN_BIN`, else the debug build beside this test.
///
/// # Panics
/// When it has not been built.
pub fn program() -> PathBuf {
    let path = match std::env::var_os("HUIYIN_BIN") {
        Some(path) => PathBuf::from(path),
        None => {
            let mut path = std::env::current_exe().expect("a test has a path");
            path.pop();
            if path.ends_with("deps") {
                path.pop();
            }
            path.join("huiyin")
        }
    };
    assert!(path.exists(), "{} is not there; run `cargo build -p huiyin` first", path.display());
    path
}

/// A port that nobody listens on.
pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").port()
}

/// Waits until somebody answers at the port.
pub(crate) fn answers(port: u16, child: &mut Child) {
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(begun.elapsed() < Duration::from_secs(60), "nobody answers on port {port}");
        if let Some(end) = child.try_wait().expect("the child can be asked") {
            panic!("the process on port {port} ended: {end}");
        }
        std::thread::yield_now();
    }
}

/// Calls the program over the data of a folder.
fn call(folder: &Folder, arguments: &[&str]) {
    let mut called = Command::new(program());
    called.args(arguments).arg("--data").arg(folder.path().join("data"));
    let done = called.output().expect("the program starts");
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let whole = three.iter().chain(&[0, 0]).take(3).fold(0_usize, |whole, byte| whole << 8 | usize::from(*byte));
        for place in 0..4 {
            let letter = if place > three.len() { b'=' } else { LETTERS[whole >> (18 - 6 * place) & 63] };
            text.push(char::from(letter));
        }
    }
    text
}

impl Server {
    /// Starts an empty office.
    pub fn start(storage: Storage) -> Server {
        let database = matches!(storage, Storage::Postgres).then(Database::new);
        Server::run(Folder::new("browser"), database, &[])
    }

    /// Starts the demonstration's office on its first day, with everybody's account and the ledger.
    pub fn first_day(storage: Storage) -> Server {
        let (folder, database) = Server::opened(storage, &[]);
        Server::run(folder, database, &[])
    }

    /// The same under these rulebooks and no others.
    pub fn first_day_under(books: &str) -> Server {
        let (folder, database) = Server::opened(Storage::Sqlite, &["--books", books]);
        Server::run(folder, database, &[])
    }

    /// The same, with a clock that is moved by hand.
    pub fn first_day_by_hand(storage: Storage) -> Server {
        let (folder, database) = Server::opened(storage, &[]);
        Server::run(folder, database, &["--clock", "manual"])
    }

    /// The same under these rulebooks and no others.
    pub fn first_day_by_hand_under(storage: Storage, books: &str) -> Server {
        let (folder, database) = Server::opened(storage, &["--books", books]);
        Server::run(folder, database, &["--clock", "manual"])
    }

    /// The same on SQLite, served by TLS under this name too, with a certificate of its local authority.
    pub fn first_day_secure(name: &str) -> Server {
        let (folder, database) = Server::opened(Storage::Sqlite, &[]);
        call(&folder, &["tls", "init", "--host", name]);
        Server::run(folder, database, &["--tls"])
    }

    fn opened(storage: Storage, more: &[&str]) -> (Folder, Option<Database>) {
        let folder = Folder::new("browser");
        let database = matches!(storage, Storage::Postgres).then(Database::new);
        let address = database.as_ref().map(Database::url);
        let mut arguments = vec!["demo", "--first-day", "--no-serve"];
        arguments.extend(more);
        arguments.extend(address.as_deref().map(|it| ["--database", it]).iter().flatten());
        call(&folder, &arguments);
        (folder, database)
    }

    /// How many entries the journals hold.
    ///
    /// # Panics
    /// On SQLite, whose file belongs to the program while it runs.
    pub fn entries(&self) -> usize {
        let database = self.database.as_ref().expect("a database that can be asked beside the program");
        database.rows("journal")
    }

    /// The digest of the public key of its certificate, as a browser names it to trust it.
    ///
    /// # Panics
    /// When it has no certificate.
    pub fn fingerprint(&self) -> String {
        let key = std::fs::read_to_string(self.folder.path().join("data/tls/server.key")).expect("a key was made");
        let key = KeyPair::from_pem(&key).expect("the key can be read");
        base64(&Sha256::digest(key.subject_public_key_info()))
    }

    fn run(folder: Folder, database: Option<Database>, arguments: &[&str]) -> Server {
        let port = free_port();
        let mut command = Command::new(program());
        command.arg("serve").arg("--data").arg(folder.path().join("data"));
        command.arg("--listen").arg(format!("127.0.0.1:{port}")).args(arguments);
        if let Some(database) = &database {
            command.arg("--database").arg(database.url());
        }
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let log = child.stderr.take().expect("its log is piped");
        let faults = Arc::<Mutex<Vec<String>>>::default();
        let heard = Arc::clone(&faults);
        std::thread::spawn(move || {
            for line in BufReader::new(log).lines().map_while(Result::ok) {
                if line.contains("ERROR") || line.contains("WARN") {
                    eprintln!("server: {line}");
                }
                if line.contains("ERROR") {
                    heard.lock().unwrap_or_else(PoisonError::into_inner).push(line);
                }
            }
        });
        answers(port, &mut child);
        let secure = arguments.contains(&"--tls");
        Server { child, port, secure, folder, database, faults }
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The address of a page under a name that leads here.
    pub fn named(&self, name: &str, path: &str) -> String {
        format!("http{}://{name}:{}{path}", if self.secure { "s" } else { "" }, self.port)
    }

    /// The address of a page.
    pub fn url(&self, path: &str) -> String {
        self.named("127.0.0.1", path)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(faults.is_empty() || std::thread::panicking(), "the program had faults:\n{}", faults.join("\n"));
    }
}
