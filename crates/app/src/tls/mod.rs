//! `huiyin tls init` (本地证书): https in an office without a domain: an authority of its own, a certificate for the server.

pub mod authority;

use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use sha2::{Digest as _, Sha256};

use crate::clock;
use crate::configuration::{self, DataArguments};
use crate::ending::Ending;
use crate::os;
use authority::{Authority, is_local};

/// 证书命令
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 做本地证书：第一次做颁发者和服务器证书；再做一次，用同一个颁发者换服务器证书（手机不必重装）
    Init(Init),
}

#[derive(Debug, Args)]
struct Init {
    #[command(flatten)]
    data: DataArguments,
    /// 别人访问本机用的主机名或地址，可写多次；本机名和局域网地址会自动加上
    #[arg(long, value_name = "主机")]
    host: Vec<String>,
    /// 换一个新的颁发者：每部手机都要重新安装
    #[arg(long)]
    new_authority: bool,
}

/// Files of the local authority in a data folder.
pub struct Files {
    folder: PathBuf,
}

impl Files {
    /// Those of a data folder, whether they are there or not.
    pub fn of(data: &Path) -> Files {
        Files { folder: data.join("tls") }
    }

    /// The authority's certificate as phones install it (DER).
    pub fn installable(&self) -> PathBuf {
        self.folder.join("ca.crt")
    }

    /// The server's certificate with the authority's, PEM.
    pub fn chain(&self) -> PathBuf {
        self.folder.join("server.pem")
    }

    /// The server's key, PEM.
    pub fn key(&self) -> PathBuf {
        self.folder.join("server.key")
    }

    fn authority(&self) -> PathBuf {
        self.folder.join("ca.pem")
    }

    fn authority_key(&self) -> PathBuf {
        self.folder.join("ca.key")
    }

    fn names(&self) -> PathBuf {
        self.folder.join("names.txt")
    }
}

/// Carries out a command.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let Command::Init(init) = &arguments.command;
    let data = configuration::data(&init.data, configuration::DATA)?;
    let files = Files::of(&data.folder);
    std::fs::create_dir_all(&files.folder).with_context(|| format!("建不了 {}", files.folder.display()))?;
    let hosts = hosts(&init.host)?;
    let authority = authority(&files, &hosts, init.new_authority)?;
    if let Some(foreign) = hosts.iter().find(|host| !authority.may_vouch_for(host)) {
        bail!("颁发者不能为 {foreign} 作证：它只管局域网和当初写下的主机名。加 --new-authority 换一个颁发者");
    }
    let server = authority.server(&hosts, clock::today())?;
    write(&files.chain(), server.chain.as_bytes())?;
    write(&files.key(), server.key.as_bytes())?;
    println!("服务器证书：{}（到 {}）", files.chain().display(), server.until);
    println!("  用于：{}", hosts.join("、"));
    println!("颁发者证书：{}", files.installable().display());
    println!("  指纹 SHA-256：{}", print_of(&authority.der));
    println!("颁发者密钥 {} 只在换证书时用，可以拿走另存。", files.authority_key().display());
    println!("下一步：huiyin serve --tls --listen 0.0.0.0:8443");
    println!("手机和电脑打开 http://{}:8443/tls，照说明安装一次颁发者证书。", shown_host(&hosts));
    Ok(Ending::Done)
}

/// The authority of these files; a new one when there is none or a new one is asked for.
fn authority(files: &Files, hosts: &[String], new: bool) -> anyhow::Result<Authority> {
    if !new && files.authority().is_file() {
        let [certificate, key] = [files.authority(), files.authority_key()].map(|path| {
            std::fs::read_to_string(&path).with_context(|| {
                format!("读不了 {}；密钥另存了的，先放回来；找不到了，加 --new-authority", path.display())
            })
        });
        let names = std::fs::read_to_string(files.names()).unwrap_or_default();
        let names: Vec<String> = names.lines().map(str::to_owned).collect();
        return Authority::again(&certificate?, &key?, &names);
    }
    let names: Vec<String> = hosts.iter().filter(|host| host.parse::<IpAddr>().is_err()).cloned().collect();
    let authority = Authority::new(&names, clock::today())?;
    write(&files.authority(), authority.certificate.as_bytes())?;
    write(&files.authority_key(), authority.key().as_bytes())?;
    write(&files.names(), names.join("\n").as_bytes())?;
    // Not secret, and handed out by the server.
    std::fs::write(files.installable(), &authority.der).context("写 ca.crt")?;
    Ok(authority)
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    os::write_private(path, bytes).with_context(|| format!("写不了 {}", path.display()))
}

/// The names and addresses of this machine, and those that were asked for.
fn hosts(asked: &[String]) -> anyhow::Result<Vec<String>> {
    let mut hosts = Vec::new();
    for host in asked {
        let host = host.trim().trim_start_matches('[').trim_end_matches(']').to_lowercase();
        let letters = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | ':');
        if host.is_empty() || !host.chars().all(letters) {
            bail!("主机“{host}”写错了：写主机名或地址，不带 http:// 和端口的斜线部分");
        }
        hosts.push(host);
    }
    hosts.extend(lan_addresses().into_iter().map(|address| address.to_string()));
    hosts.extend(machine_name());
    hosts.extend(["localhost", "127.0.0.1", "::1"].map(str::to_owned));
    let mut seen = std::collections::BTreeSet::new();
    hosts.retain(|host| seen.insert(host.clone()));
    Ok(hosts)
}

/// Addresses of this machine in local networks: those from which it would speak outwards. Nothing is sent.
pub fn lan_addresses() -> Vec<IpAddr> {
    let outward = [("0.0.0.0:0", "192.0.2.1:9"), ("[::]:0", "[2001:db8::1]:9")];
    let address = |(from, to): (&str, &str)| {
        let socket = UdpSocket::bind(from).ok()?;
        socket.connect(to).ok()?;
        Some(socket.local_addr().ok()?.ip())
    };
    outward.into_iter().filter_map(address).filter(|address| is_local(*address) && !address.is_loopback()).collect()
}

/// This machine's name, when it can be a host name.
pub fn machine_name() -> Option<String> {
    let told = std::process::Command::new("hostname").output().ok()?;
    let name = String::from_utf8_lossy(&told.stdout).trim().to_lowercase();
    let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '.';
    (!name.is_empty() && name.chars().all(fits) && !name.starts_with('-')).then_some(name)
}

/// The host that a phone would call: an address of the network rather than a name.
fn shown_host(hosts: &[String]) -> String {
    let address = hosts.iter().filter_map(|host| host.parse::<IpAddr>().ok()).find(|it| !it.is_loopback());
    match address {
        Some(address) => SocketAddr::new(address, 0).to_string().trim_end_matches(":0").to_owned(),
        None => hosts.first().cloned().unwrap_or_default(),
    }
}

/// The SHA-256 fingerprint as browsers and phones show it.
fn print_of(der: &[u8]) -> String {
    let bytes = Sha256::digest(der);
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
}

/// Eight digits that tell one key from another.
fn short_print(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_names_and_addresses_once() {
        let found = hosts(&["Office.LAN".into(), "192.168.1.5".into(), "localhost".into()]).unwrap();
        assert_eq!(found[..2], ["office.lan", "192.168.1.5"]);
        assert_eq!(found.iter().filter(|host| *host == "localhost").count(), 1);
        assert!(hosts(&["http://a/b".into()]).is_err());
    }

    #[test]
    fn the_authority_vouches_for_the_local_network_only() {
        let today = jiff::civil::date(2026, 11, 22);
        let authority = Authority::new(&["office-pc".into()], today).unwrap();
        for host in ["office-pc", "desk.lan", "192.168.1.5", "10.0.0.1", "::1", "localhost"] {
            assert!(authority.may_vouch_for(host), "{host}");
        }
        for host in ["example.com", "8.8.8.8", "2001:db8::1", "notlan"] {
            assert!(!authority.may_vouch_for(host), "{host}");
        }
    }

    /// A client that trusts the authority accepts the server under each of its names and under no other.
    #[test]
    fn a_client_that_trusts_the_authority_accepts_the_server() {
        use rustls::client::danger::ServerCertVerifier as _;
        use rustls_pki_types::pem::PemObject as _;
        use rustls_pki_types::{CertificateDer, ServerName, UnixTime};
        let today = jiff::civil::date(2026, 11, 22);
        let hosts = ["192.168.1.5".to_owned(), "office-pc".to_owned()];
        let first = Authority::new(&hosts, today).unwrap();
        // The same authority signs again after a restart.
        let again = Authority::again(&first.certificate, &first.key(), &hosts).unwrap();
        let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
        let mut trusted = rustls::RootCertStore::empty();
        trusted.add(CertificateDer::from(first.der.clone())).unwrap();
        let verifier = rustls::client::WebPkiServerVerifier::builder_with_provider(trusted.into(), provider);
        let verifier = verifier.build().unwrap();
        let now = UnixTime::since_unix_epoch(std::time::Duration::from_secs(1_795_305_600));
        let accepts = |server: &authority::ServerCertificate, host: &str| {
            let mut chain = CertificateDer::pem_slice_iter(server.chain.as_bytes()).map(Result::unwrap);
            let (own, rest) = (chain.next().unwrap(), chain.collect::<Vec<_>>());
            let name = ServerName::try_from(host.to_owned()).unwrap();
            verifier.verify_server_cert(&own, &rest, &name, &[], now).is_ok()
        };
        let server = again.server(&hosts, today).unwrap();
        assert!(accepts(&server, "192.168.1.5") && accepts(&server, "office-pc"));
        assert!(!accepts(&server, "192.168.1.6"));
        let foreign = again.server(&["example.com".to_owned()], today).unwrap();
        assert!(!accepts(&foreign, "example.com"));
    }
}
