//! Group robots (群机器人): a new order as one message to the work group, through the address that the chat program gave.

use std::net::{IpAddr, ToSocketAddrs};
use std::time::Duration;

use serde_json::{Value, json};

/// Why a message did not leave; the outbox tries again later.
#[derive(Debug, thiserror::Error)]
pub enum NotSent {
    /// The address is not one that robots have.
    #[error("群机器人地址不可用：{0}")]
    Address(String),
    /// The network or the robot said no.
    #[error("群机器人没有收下：{0}")]
    Refused(String),
}

/// The chat programs whose robots are known by their address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chat {
    WeCom,
    DingTalk,
    Feishu,
}

/// Which chat an address belongs to, by its path; a robot behind the company's own gateway keeps it.
fn chat(address: &str) -> Chat {
    if address.contains("/robot/send") {
        Chat::DingTalk
    } else if address.contains("/open-apis/bot/") {
        Chat::Feishu
    } else {
        Chat::WeCom
    }
}

/// The message as the chat wants it.
fn body(chat: Chat, lines: &[String]) -> Value {
    let text = lines.join("\n");
    match chat {
        Chat::WeCom | Chat::DingTalk => json!({ "msgtype": "text", "text": { "content": text } }),
        Chat::Feishu => json!({ "msg_type": "text", "content": { "text": text } }),
    }
}

/// An address is taken when it is https and public; a loopback or private one only when `inside` allows it (a gateway
/// of the company's own, named by the administrator on this machine).
fn check(address: &str, inside: bool) -> Result<(), NotSent> {
    let bad = |why: &str| NotSent::Address(why.to_owned());
    let rest = match address.strip_prefix("https://") {
        Some(rest) => rest,
        None if inside => address.strip_prefix("http://").ok_or_else(|| bad("要以 https:// 开头"))?,
        None => return Err(bad("要以 https:// 开头")),
    };
    let host = rest.split(['/', '?']).next().unwrap_or_default();
    if host.is_empty() || host.contains('@') {
        return Err(bad("没有主机名"));
    }
    if inside {
        return Ok(());
    }
    let with_port = if host.contains(':') { host.to_owned() } else { format!("{host}:443") };
    let found = with_port.to_socket_addrs().map_err(|error| NotSent::Refused(error.to_string()))?;
    for address in found {
        if !public(address.ip()) {
            return Err(bad("指向内部网络"));
        }
    }
    Ok(())
}

fn public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            !(ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified() || ip.is_multicast())
        }
        IpAddr::V6(ip) => {
            !(ip.is_loopback() || ip.is_unspecified() || ip.is_multicast() || (ip.segments()[0] & 0xfe00) == 0xfc00)
        }
    }
}

/// Sends the lines. Waits on this thread, at most ten seconds; follows no redirects.
pub fn send(address: &str, lines: &[String], inside: bool) -> Result<(), NotSent> {
    check(address, inside)?;
    let agent: ureq::Agent =
        ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(10))).max_redirects(0).build().into();
    let text = body(chat(address), lines).to_string();
    let sent = agent.post(address).header("content-type", "application/json; charset=utf-8").send(text.as_bytes());
    let mut answer = sent.map_err(|error| NotSent::Refused(error.to_string()))?;
    let said = answer.body_mut().read_to_string().unwrap_or_default();
    accepted(&said)
}

/// Robots answer 200 and put what went wrong into the body.
fn accepted(said: &str) -> Result<(), NotSent> {
    let Ok(answer) = serde_json::from_str::<Value>(said) else { return Ok(()) };
    let code = ["errcode", "code", "StatusCode"].iter().find_map(|key| answer.get(key)).and_then(Value::as_i64);
    match code {
        None | Some(0) => Ok(()),
        Some(code) => {
            let words = ["errmsg", "msg"].iter().find_map(|key| answer.get(key)).and_then(Value::as_str);
            Err(NotSent::Refused(format!("{code} {}", words.unwrap_or_default())))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn each_chat_has_its_own_shape() {
        let lines = ["新单 WX-202611-0001".to_owned(), "3-2-501".to_owned()];
        assert_eq!(
            body(chat("https://x/cgi-bin/webhook/send?key=k"), &lines)["text"]["content"],
            "新单 WX-202611-0001\n3-2-501"
        );
        assert_eq!(
            body(chat("https://x/open-apis/bot/v2/hook/k"), &lines)["content"]["text"],
            "新单 WX-202611-0001\n3-2-501"
        );
        assert_eq!(chat("https://x/robot/send?access_token=k"), Chat::DingTalk);
    }

    #[test]
    fn addresses_inside_the_network_are_refused() {
        for address in
            ["http://example.org/", "https://127.0.0.1/x", "https://10.0.0.8/x", "https://user@host/", "ftp://x"]
        {
            assert!(check(address, false).is_err(), "{address}");
        }
    }

    #[test]
    fn a_refusal_in_the_body_counts_as_one() {
        assert!(accepted(r#"{"errcode":0,"errmsg":"ok"}"#).is_ok());
        assert!(accepted(r#"{"errcode":93000,"errmsg":"invalid webhook url"}"#).is_err());
        assert!(accepted("ok").is_ok());
    }

    #[test]
    fn the_message_arrives_at_a_robot() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}/cgi-bin/webhook/send", listener.local_addr().expect("an address"));
        let robot = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a caller");
            let mut got = Vec::new();
            let mut piece = [0; 1024];
            while !String::from_utf8_lossy(&got).contains("}}") {
                let read = stream.read(&mut piece).expect("read");
                got.extend_from_slice(&piece[..read]);
            }
            let body = r#"{"errcode":0}"#;
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
                .expect("answered");
            String::from_utf8(got).expect("text")
        });
        send(&address, &["新单 WX-202611-0001".to_owned()], true).expect("sent");
        assert!(robot.join().expect("heard").contains("新单 WX-202611-0001"));
    }
}
