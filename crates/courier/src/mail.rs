//! Mail (邮件): a message with a file through the mail server that the administrator names in an address:
//! `smtps://account:password@host:465`, `smtp://host:587?tls=required`.

use lettre::message::header::ContentType;
use lettre::message::{Attachment, MultiPart, SinglePart};
use lettre::{Message, SmtpTransport, Transport};

/// Why a mail did not leave.
#[derive(Debug, thiserror::Error)]
pub enum NotMailed {
    /// It never will: an address that cannot be read, a refusal for good.
    #[error("邮件没有送出：{0}")]
    Never(String),
    /// The server was not there or was busy; the outbox tries again.
    #[error("邮件服务器没有收下：{0}")]
    Later(String),
}

/// What is sent.
pub struct Email<'a> {
    /// Whom it comes from.
    pub from: &'a str,
    /// Whom it goes to.
    pub to: &'a str,
    /// Subject.
    pub subject: &'a str,
    /// Text, line by line.
    pub lines: &'a [String],
    /// Name and bytes of the workbook that goes with it.
    pub workbook: Option<(String, Vec<u8>)>,
}

/// Its media type.
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The mail as it is written.
fn message(mail: &Email<'_>) -> Result<Message, NotMailed> {
    let never = |error: &dyn std::fmt::Display| NotMailed::Never(error.to_string());
    let address = |written: &str| written.parse().map_err(|error: lettre::address::AddressError| never(&error));
    let text = SinglePart::plain(mail.lines.join("\r\n"));
    let mut parts = MultiPart::mixed().singlepart(text);
    if let Some((name, bytes)) = &mail.workbook {
        let media = ContentType::parse(WORKBOOK).map_err(|error| never(&error))?;
        parts = parts.singlepart(Attachment::new(name.clone()).body(bytes.clone(), media));
    }
    let built =
        Message::builder().from(address(mail.from)?).to(address(mail.to)?).subject(mail.subject).multipart(parts);
    built.map_err(|error| never(&error))
}

/// Sends it through the server of this address. Waits on this thread, at most half a minute.
pub fn send(server: &str, mail: &Email<'_>) -> Result<(), NotMailed> {
    let message = message(mail)?;
    let transport = SmtpTransport::from_url(server)
        .map_err(|error| NotMailed::Never(format!("邮件服务器地址读不懂：{error}")))?
        .timeout(Some(std::time::Duration::from_secs(30)))
        .build();
    transport.send(&message).map(drop).map_err(|error| match error.is_permanent() {
        true => NotMailed::Never(error.to_string()),
        false => NotMailed::Later(error.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;

    use super::*;

    /// A mail server that takes one message and answers what it was told.
    fn server(listener: TcpListener) -> String {
        let (stream, _) = listener.accept().expect("a caller");
        let mut out = stream.try_clone().expect("two ends");
        let mut say = |words: &str| out.write_all(format!("{words}\r\n").as_bytes()).expect("answered");
        say("220 example.org");
        let (mut told, mut data) = (String::new(), false);
        for line in BufReader::new(stream).lines() {
            let line = line.expect("a line");
            told.push_str(&line);
            told.push('\n');
            match (data, line.split(' ').next().unwrap_or_default()) {
                (true, ".") => {
                    data = false;
                    say("250 taken");
                }
                (true, _) => {}
                (false, "EHLO") => say("250 example.org"),
                (false, "DATA") => {
                    data = true;
                    say("354 go on");
                }
                (false, "QUIT") => {
                    say("221 bye");
                    break;
                }
                _ => say("250 fine"),
            }
            if told.ends_with("\n.\n") && !data {
                break;
            }
        }
        told
    }

    #[test]
    fn a_mail_arrives_with_its_workbook() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("smtp://{}", listener.local_addr().expect("an address"));
        let heard = std::thread::spawn(move || server(listener));
        let lines = ["共回访 12 次".to_owned()];
        let mail = Email {
            from: "office@example.org",
            to: "manager@example.org",
            subject: "2026 年 10 月 月报",
            lines: &lines,
            workbook: Some(("report-2026-10.xlsx".into(), b"PK12".to_vec())),
        };
        send(&address, &mail).expect("sent");
        let told = heard.join().expect("heard");
        assert!(told.contains("RCPT TO:<manager@example.org>"), "{told}");
        assert!(told.contains("report-2026-10.xlsx") && told.contains(WORKBOOK), "{told}");
    }

    #[test]
    fn what_cannot_be_an_address_never_leaves() {
        let mail = Email { from: "office@example.org", to: "nobody", subject: "x", lines: &[], workbook: None };
        assert!(matches!(send("smtp://127.0.0.1:1", &mail), Err(NotMailed::Never(_))));
        let mail = Email { to: "a@example.org", ..mail };
        assert!(matches!(send("gopher://x", &mail), Err(NotMailed::Never(_))));
        assert!(matches!(send("smtp://127.0.0.1:1", &mail), Err(NotMailed::Later(_))));
    }
}
