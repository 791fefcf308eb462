//! The program itself (被测程序): `huiyin serve` over a data folder, started, asked and ended.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use crate::client::Client;

/// A running server; ended when dropped.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From its start until the first page had been answered.
    pub first_page: Duration,
}

/// The program, beside this one.
pub fn program() -> anyhow::Result<PathBuf> {
    let path = std::env::current_exe()?.with_file_name("huiyin");
    if !path.is_file() {
        bail!("{} is not there: measure with `cargo xtask bench`", path.display());
    }
    Ok(path)
}

impl Server {
    /// Serves the store in this folder.
    pub fn start(folder: &Path) -> anyhow::Result<Server> {
        let clock = Instant::now();
        let child = Command::new(program()?)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut server = Server { child, address: SocketAddr::from(([127, 0, 0, 1], 0)), first_page: Duration::ZERO };
        let output = server.child.stdout.take().context("the server's output is piped")?;
        for line in BufReader::new(output).lines() {
            let line = line?;
            if let Some(address) = line.split("http://").nth(1) {
                server.address = address.trim().trim_end_matches('/').parse()?;
                let page = Client::new(server.address)?.get("", "/sign-in", true)?;
                server.first_page = clock.elapsed();
                if page.status != 200 {
                    bail!("the first page answered {}", page.status);
                }
                return Ok(server);
            }
        }
        bail!("the server ended before it was ready")
    }

    /// The number of its process.
    pub fn process(&self) -> String {
        self.child.id().to_string()
    }

    /// Resident memory at its highest, in KiB; zero where the system does not tell.
    pub fn memory(&self) -> u64 {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        line.and_then(|line| line.split_whitespace().next()).and_then(|it| it.parse().ok()).unwrap_or(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
