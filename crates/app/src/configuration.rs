//! Configuration (配置): what a flag says goes before the environment, then the file `huiyin.toml`, then the default.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use serde::Deserialize;

use crate::ending::WrongCall;

/// The file that is read when it lies where the program is started and no other is named.
pub const FILE: &str = "huiyin.toml";
/// The data folder when none is named.
pub const DATA: &str = "./huiyin-data";
/// The data folder of the demonstration.
pub const DEMO_DATA: &str = "./huiyin-demo";

/// Where the office's data lie: for every command that opens them.
#[derive(Clone, Debug, Default, Args)]
pub struct DataArguments {
    /// 配置文件；不写时用当前文件夹的 huiyin.toml（有的话）。环境变量 HUIYIN_CONFIG
    #[arg(long, value_name = "文件", env = "HUIYIN_CONFIG", hide_env = true)]
    config: Option<PathBuf>,
    /// 数据文件夹；不写时是 ./huiyin-data。环境变量 HUIYIN_DATA
    #[arg(long, value_name = "文件夹", env = "HUIYIN_DATA", hide_env = true)]
    data: Option<PathBuf>,
    /// 用 PostgreSQL，例如 postgres://huiyin@localhost/huiyin；不写时用数据文件夹里的 SQLite。环境变量 HUIYIN_DATABASE
    #[arg(long, value_name = "地址", env = "HUIYIN_DATABASE", hide_env = true, hide_env_values = true)]
    database: Option<String>,
    /// 个人信息密钥的文件夹，应与数据分开备份；不写时在数据文件夹的 keys 里。环境变量 HUIYIN_KEYS
    #[arg(long, value_name = "文件夹", env = "HUIYIN_KEYS", hide_env = true)]
    keys: Option<PathBuf>,
    /// 不用自带的规程，用这个文件夹的。环境变量 HUIYIN_RULEBOOKS
    #[arg(long, value_name = "文件夹", env = "HUIYIN_RULEBOOKS", hide_env = true)]
    rulebooks: Option<PathBuf>,
}

/// How pages are served.
#[derive(Clone, Debug, Default, Args)]
pub struct ServeArguments {
    /// 监听的地址，可写多次；不写时是 127.0.0.1:8000。环境变量 HUIYIN_LISTEN（逗号分开）
    #[arg(long, value_name = "地址", env = "HUIYIN_LISTEN", hide_env = true, value_delimiter = ',')]
    listen: Vec<SocketAddr>,
    /// 前面有反向代理（nginx、Caddy），由它做 HTTPS；相信它写的 X-Forwarded-For 和 X-Forwarded-Proto。环境变量 HUIYIN_BEHIND_PROXY
    #[arg(long, env = "HUIYIN_BEHIND_PROXY", hide_env = true)]
    behind_proxy: bool,
    /// 用 HTTPS，证书由 huiyin tls init 做在数据文件夹的 tls 里。环境变量 HUIYIN_TLS
    #[arg(long, env = "HUIYIN_TLS", hide_env = true, conflicts_with = "behind_proxy")]
    tls: bool,
    /// 用 HTTPS，证书是这个 PEM 文件（要同时写 --private-key）。环境变量 HUIYIN_CERTIFICATE
    #[arg(long, value_name = "文件", env = "HUIYIN_CERTIFICATE", hide_env = true, requires = "private_key")]
    certificate: Option<PathBuf>,
    /// 证书的私钥，PEM 文件。环境变量 HUIYIN_PRIVATE_KEY
    #[arg(long, value_name = "文件", env = "HUIYIN_PRIVATE_KEY", hide_env = true, requires = "certificate")]
    private_key: Option<PathBuf>,
    /// 做 PDF 归档件用的中文字体文件；不写时在系统的字体文件夹里找。环境变量 HUIYIN_FONT
    #[arg(long, value_name = "文件", env = "HUIYIN_FONT", hide_env = true)]
    font: Option<PathBuf>,
    /// 发邮件的服务器，例如 smtps://账号:密码@smtp.example.org:465；不写就不发邮件。环境变量 HUIYIN_MAIL_SERVER
    #[arg(long, value_name = "地址", env = "HUIYIN_MAIL_SERVER", hide_env = true, hide_env_values = true)]
    mail_server: Option<String>,
    /// 邮件的发件人，例如 office@example.org。环境变量 HUIYIN_MAIL_FROM
    #[arg(long, value_name = "邮箱", env = "HUIYIN_MAIL_FROM", hide_env = true, requires = "mail_server")]
    mail_from: Option<String>,
}

/// What `huiyin.toml` may say. Unknown keys are refused, so that a slip of the pen does not pass in silence.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    data: Option<PathBuf>,
    database: Option<String>,
    keys: Option<PathBuf>,
    rulebooks: Option<PathBuf>,
    listen: Listen,
    behind_proxy: Option<bool>,
    tls: Option<bool>,
    certificate: Option<PathBuf>,
    private_key: Option<PathBuf>,
    font: Option<PathBuf>,
    mail_server: Option<String>,
    mail_from: Option<String>,
}

/// One address or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Listen {
    One(SocketAddr),
    Several(Vec<SocketAddr>),
}

impl Default for Listen {
    fn default() -> Listen {
        Listen::Several(Vec::new())
    }
}

/// Where the office's data lie, decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataPlace {
    /// The data folder: the SQLite files, attachments, certificates.
    pub folder: PathBuf,
    /// PostgreSQL instead of SQLite.
    pub database: Option<String>,
    /// The keys of persons.
    pub keys: Option<PathBuf>,
    /// Rulebooks of a folder instead of those of the binary.
    pub rulebooks: Option<PathBuf>,
}

/// How pages are served, decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Serving {
    /// Addresses to listen on, at least one.
    pub listen: Vec<SocketAddr>,
    /// Who speaks https, and with which certificate.
    pub scheme: Scheme,
    /// The font of what is made as PDF; none is sought on the machine.
    pub font: Option<PathBuf>,
    /// Server and sender of mails; none when none is named.
    pub mail: Option<(String, String)>,
}

/// Who speaks https.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Nobody.
    Plain,
    /// A proxy in front.
    BehindProxy,
    /// This program, with the certificate of `huiyin tls init`.
    OwnAuthority,
    /// This program, with a certificate and its key.
    Certificate {
        /// PEM file with the chain.
        chain: PathBuf,
        /// PEM file with the key.
        key: PathBuf,
    },
}

/// Decides where data lie; `folder` is the data folder when nobody names one.
pub fn data(arguments: &DataArguments, folder: &str) -> anyhow::Result<DataPlace> {
    place(arguments, folder).map_err(wrong)
}

/// A mistake in the configuration, as such.
fn wrong(error: anyhow::Error) -> anyhow::Error {
    WrongCall(format!("{error:#}")).into()
}

fn place(arguments: &DataArguments, folder: &str) -> anyhow::Result<DataPlace> {
    let written = written(arguments.config.as_deref())?;
    let database = arguments.database.clone().or(written.database);
    if let Some(url) = &database
        && !(url.starts_with("postgres://") || url.starts_with("postgresql://") || url.contains('='))
    {
        bail!("数据库地址要写成 postgres://账号@主机/库名，或 host=… dbname=…");
    }
    Ok(DataPlace {
        folder: arguments.data.clone().or(written.data).unwrap_or_else(|| PathBuf::from(folder)),
        database,
        keys: arguments.keys.clone().or(written.keys),
        rulebooks: arguments.rulebooks.clone().or(written.rulebooks),
    })
}

/// Decides how pages are served.
pub fn serving(data: &DataArguments, arguments: &ServeArguments) -> anyhow::Result<Serving> {
    written(data.config.as_deref()).and_then(|written| decide(arguments, written)).map_err(wrong)
}

/// Decides how the demonstration's pages are served: the office's own file is none of its business.
pub fn serving_demo(arguments: &ServeArguments) -> anyhow::Result<Serving> {
    decide(arguments, Written::default()).map_err(wrong)
}

fn decide(arguments: &ServeArguments, written: Written) -> anyhow::Result<Serving> {
    let mut listen = match (arguments.listen.as_slice(), written.listen) {
        ([], Listen::One(address)) => vec![address],
        ([], Listen::Several(addresses)) => addresses,
        (addresses, _) => addresses.to_vec(),
    };
    if listen.is_empty() {
        listen.push(SocketAddr::from(([127, 0, 0, 1], 8000)));
    }
    let own = arguments.tls || arguments.certificate.is_some();
    // A flag for one scheme stands above the file's other one.
    let proxy = arguments.behind_proxy || !own && written.behind_proxy == Some(true);
    let pair = match (&arguments.certificate, &arguments.private_key) {
        (Some(chain), Some(key)) => Some((chain.clone(), key.clone())),
        _ if arguments.behind_proxy || arguments.tls => None,
        _ => match (written.certificate, written.private_key) {
            (Some(chain), Some(key)) => Some((chain, key)),
            (None, None) => None,
            _ => bail!("{FILE} 里 certificate 和 private_key 要一起写"),
        },
    };
    let tls = arguments.tls || !arguments.behind_proxy && written.tls == Some(true);
    if proxy && (tls || pair.is_some()) {
        bail!("behind_proxy 与 tls、certificate 不能同用：HTTPS 由代理做，或由本程序做");
    }
    let scheme = match (proxy, pair, tls) {
        (true, ..) => Scheme::BehindProxy,
        (false, Some((chain, key)), _) => Scheme::Certificate { chain, key },
        (false, None, true) => Scheme::OwnAuthority,
        (false, None, false) => Scheme::Plain,
    };
    let font = arguments.font.clone().or(written.font);
    let mail = match (
        arguments.mail_server.clone().or(written.mail_server),
        arguments.mail_from.clone().or(written.mail_from),
    ) {
        (None, _) => None,
        (Some(server), Some(from)) => Some((server, from)),
        (Some(_), None) => bail!("写了 mail_server，还要写发件人 mail_from"),
    };
    Ok(Serving { listen, scheme, font, mail })
}

impl DataArguments {
    /// The folder of rulebooks that a flag or the environment names.
    pub fn rulebooks(&self) -> Option<&Path> {
        self.rulebooks.as_deref()
    }
}

fn written(named: Option<&Path>) -> anyhow::Result<Written> {
    let path = match named {
        Some(path) => path,
        None if Path::new(FILE).is_file() => Path::new(FILE),
        None => return Ok(Written::default()),
    };
    let text = std::fs::read_to_string(path).with_context(|| format!("读不了配置文件 {}", path.display()))?;
    let read: Result<Written, toml::de::Error> = toml::from_str(&text);
    let mut written = read.with_context(|| format!("配置文件 {} 写错了", path.display()))?;
    // Paths in a file are told from where the file lies.
    let beside = path.parent().unwrap_or(Path::new(""));
    let paths = [
        &mut written.data,
        &mut written.keys,
        &mut written.rulebooks,
        &mut written.certificate,
        &mut written.private_key,
        &mut written.font,
    ];
    for path in paths.into_iter().flatten() {
        *path = beside.join(&path);
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> (testbed::Folder, DataArguments) {
        let folder = testbed::Folder::new("configuration");
        let path = folder.path().join("office.toml");
        std::fs::write(&path, text).unwrap();
        let arguments = DataArguments { config: Some(path), ..DataArguments::default() };
        (folder, arguments)
    }

    #[test]
    fn defaults_hold_when_nobody_says_anything() {
        let (_folder, nothing) = file("");
        let data = data(&nothing, DATA).unwrap();
        assert_eq!(data.folder, Path::new("./huiyin-data"));
        assert_eq!(data.database, None);
        let serving = serving(&nothing, &ServeArguments::default()).unwrap();
        assert_eq!(serving.listen, [SocketAddr::from(([127, 0, 0, 1], 8000))]);
        assert_eq!(serving.scheme, Scheme::Plain);
    }

    #[test]
    fn a_flag_stands_above_the_file_and_paths_of_the_file_lie_beside_it() {
        let (folder, mut arguments) =
            file("data = \"here\"\nlisten = \"0.0.0.0:80\"\nbehind_proxy = true\nfont = \"own.ttc\"\n");
        assert_eq!(data(&arguments, DATA).unwrap().folder, folder.path().join("here"));
        let serving_of = |serve: ServeArguments| serving(&arguments, &serve).unwrap();
        assert_eq!(serving_of(ServeArguments::default()).scheme, Scheme::BehindProxy);
        assert_eq!(serving_of(ServeArguments::default()).font, Some(folder.path().join("own.ttc")));
        let flagged = ServeArguments { tls: true, listen: vec!["[::1]:9".parse().unwrap()], ..Default::default() };
        let serving = serving_of(flagged);
        assert_eq!((serving.scheme, serving.listen[0].port()), (Scheme::OwnAuthority, 9));
        arguments.data = Some("there".into());
        assert_eq!(data(&arguments, DATA).unwrap().folder, Path::new("there"));
    }

    #[test]
    fn mistakes_in_the_file_are_named() {
        let wrong = |text: &str| {
            let (_folder, arguments) = file(text);
            let read = data(&arguments, DATA).map(drop);
            let read = read.and_then(|()| serving(&arguments, &ServeArguments::default()).map(drop));
            format!("{:#}", read.unwrap_err())
        };
        assert!(wrong("dta = 1\n").contains("dta"));
        assert!(wrong("listen = \"8000\"\n").contains("写错了"));
        assert!(wrong("database = \"mysql://x\"\n").contains("postgres://"));
        assert!(wrong("behind_proxy = true\ntls = true\n").contains("不能同用"));
        assert!(wrong("certificate = \"a.pem\"\n").contains("一起写"));
    }
}
