//! One private PostgreSQL cluster (数据库集群) a test process: made with initdb in a temporary folder, on a socket in
//! that folder only, stopped and removed when the process ends, however it ends.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

/// Runs the server until its standard input closes: the test process holds the other end, so even a killed one lets
/// go of it. Asked to stop until it is gone: at its very start a server is still deaf. Arguments: program folder,
/// cluster folder, fsync.
const KEEPER: &str = r#"
trap '' INT HUP TERM
exec 3<&0
(
    cat <&3 >/dev/null
    tries=0
    while kill -QUIT $$ 2>/dev/null && { [ $tries -lt 5 ] || [ -e "$2/data/postmaster.pid" ]; } && [ $tries -lt 150 ]; do
        tries=$((tries + 1))
        sleep 0.2
    done
    rm -rf "$2"
) &
exec "$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c max_connections=300 -c shared_buffers=32MB \
    -c fsync="$3" -c synchronous_commit=on -c full_page_writes="$3" -c autovacuum=off >"$2/log" 2>&1 <&- 3<&-
"#;

/// How to reach the server that tests may use: everything of a connection text but the database.
pub(crate) fn server() -> &'static str {
    static SERVER: OnceLock<String> = OnceLock::new();
    SERVER.get_or_init(|| {
        std::env::var("HUIYIN_TEST_POSTGRES").unwrap_or_else(|_| {
            let (child, address) = start();
            // Its input must stay open until this process ends.
            std::mem::forget(child);
            address
        })
    })
}

fn start() -> (Child, String) {
    let programs = programs().expect(
        "tests on PostgreSQL need its server programs (Debian: apt install postgresql), or HUIYIN_TEST_POSTGRES \
         with the address of a server on which databases may be made",
    );
    let as_other = is_root();
    sweep(as_other, &programs);
    let folder = std::env::temp_dir().join(format!("{NAME}{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the temporary folder can be written");
    if as_other {
        // The server refuses to run as root; Debian's package has made an account for it.
        run(Command::new("chown").arg("postgres").arg(&folder));
    }
    let mut initdb = command(as_other, &programs.join("initdb"));
    initdb.arg("-D").arg(folder.join("data"));
    run(initdb.args(["-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"]));
    let fsync = if std::env::var_os("HUIYIN_TEST_FSYNC").is_some() { "on" } else { "off" };
    // In a session of its own, so that whoever kills the test's whole group does not kill the keeper with it.
    let child = command(as_other, Path::new("setsid"))
        .args(["sh", "-c", KEEPER, "keeper"])
        .args([&programs, &folder])
        .arg(fsync)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the server can be started");
    let address = format!("host={} user=postgres", folder.display());
    wait_until_ready(&address, &folder);
    (child, address)
}

/// Names of cluster folders begin so; the number of the test process follows.
const NAME: &str = "huiyin-pg-";

/// Stops and removes what test processes left that were killed while they made it.
fn sweep(as_other: bool, programs: &Path) {
    let Ok(entries) = std::fs::read_dir(std::env::temp_dir()) else { return };
    for folder in entries.flatten().map(|entry| entry.path()) {
        let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let owner = name.strip_prefix(NAME).and_then(|number| number.parse::<u32>().ok());
        if owner.is_some_and(crate::folder::is_dead) {
            if folder.join("data/postmaster.pid").exists() {
                let mut stop = command(as_other, &programs.join("pg_ctl"));
                let _ = stop.arg("-D").arg(folder.join("data")).args(["-m", "immediate", "stop"]).output();
            }
            let _ = std::fs::remove_dir_all(&folder);
        }
    }
}

/// Where initdb and postgres lie: on the path, or where Debian puts them, newest first.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .collect();
    let version = |folder: &PathBuf| {
        let name = folder.parent().and_then(Path::file_name).and_then(|name| name.to_str());
        name.and_then(|name| name.parse::<u32>().ok())
    };
    versions.sort_by_key(|folder| std::cmp::Reverse(version(folder)));
    std::env::split_paths(&path).chain(versions).find(|folder| folder.join("initdb").is_file())
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn command(as_other: bool, program: &Path) -> Command {
    let mut command;
    if as_other {
        command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
    } else {
        command = Command::new(program);
    }
    // The folder the test runs in may be closed to the other account.
    command.current_dir("/");
    command
}

fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?} cannot be started: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn wait_until_ready(address: &str, folder: &Path) {
    for _ in 0..600 {
        if crate::database::reaches(&format!("{address} dbname=postgres")) {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
    panic!("PostgreSQL did not start within 30 s: {log}");
}
