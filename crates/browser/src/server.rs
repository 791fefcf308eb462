//! The program itself (服务器), started as a process on a free loopback port, ended with the value.

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

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
    /// Its data folder, also for files that tests upload.
    pub folder: Folder,
    _database: Option<Database>,
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

impl Server {
    /// Starts an empty office.
    pub fn start(storage: Storage) -> Server {
        let folder = Folder::new("browser");
        let database = matches!(storage, Storage::Postgres).then(Database::new);
        let port = free_port();
        let mut command = Command::new(program());
        command.arg("serve").arg("--data").arg(folder.path().join("data"));
        command.arg("--listen").arg(format!("127.0.0.1:{port}"));
        if let Some(database) = &database {
            command.arg("--database").arg(database.url());
        }
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let log = child.stderr.take().expect("its log is piped");
        std::thread::spawn(move || {
            for line in BufReader::new(log).lines().map_while(Result::ok) {
                if line.contains("ERROR") || line.contains("WARN") {
                    eprintln!("server: {line}");
                }
            }
        });
        answers(port, &mut child);
        Server { child, port, folder, _database: database }
    }

    /// The address of a page.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
