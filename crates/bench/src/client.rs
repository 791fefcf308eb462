//! A small client (浏览器替身): http/1.1 over one connection that stays open, reading whole answers and counting their bytes.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, bail};

/// One connection.
pub struct Client {
    stream: BufReader<TcpStream>,
}

/// An answer.
pub struct Answer {
    /// Status.
    pub status: u16,
    /// Bytes that were transferred, head and all.
    pub transferred: usize,
    /// The body as it came, chunks put together.
    pub body: Vec<u8>,
}

impl Client {
    /// Connects.
    pub fn new(address: SocketAddr) -> anyhow::Result<Client> {
        let stream = TcpStream::connect_timeout(&address, Duration::from_secs(5))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(Client { stream: BufReader::with_capacity(64 << 10, stream) })
    }

    /// `GET` as the holder of a session; an empty one is nobody.
    pub fn get(&mut self, session: &str, path: &str, gzip: bool) -> anyhow::Result<Answer> {
        let accept = if gzip { "accept-encoding: gzip\r\n" } else { "" };
        self.send(&format!("GET {path} HTTP/1.1\r\nhost: bench\r\ncookie: session={session}\r\n{accept}\r\n"))
    }

    /// `POST` of a form.
    pub fn post(&mut self, session: &str, path: &str, fields: &[(&str, &str)]) -> anyhow::Result<Answer> {
        let fields: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
        let body = fields.join("&");
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nhost: bench\r\ncookie: session={session}\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        ))
    }

    fn send(&mut self, request: &str) -> anyhow::Result<Answer> {
        self.stream.get_mut().write_all(request.as_bytes())?;
        let (mut transferred, mut length, mut chunked) = (0, 0, false);
        let first = self.line(&mut transferred)?;
        let status = first.split(' ').nth(1).and_then(|it| it.parse().ok());
        let status = status.with_context(|| format!("not an answer: {first}"))?;
        loop {
            let line = self.line(&mut transferred)?.to_ascii_lowercase();
            match line.split_once(':') {
                None => break,
                Some(("content-length", value)) => length = value.trim().parse()?,
                Some(("transfer-encoding", value)) => chunked = value.trim() == "chunked",
                Some(_) => {}
            }
        }
        let mut body = Vec::new();
        if !chunked {
            self.take(length, &mut body)?;
            return Ok(Answer { status, transferred: transferred + length, body });
        }
        loop {
            let size = usize::from_str_radix(&self.line(&mut transferred)?, 16)?;
            self.take(size, &mut body)?;
            transferred += size;
            self.line(&mut transferred)?;
            if size == 0 {
                return Ok(Answer { status, transferred, body });
            }
        }
    }

    fn line(&mut self, transferred: &mut usize) -> anyhow::Result<String> {
        let mut line = String::new();
        let read = self.stream.read_line(&mut line)?;
        if read == 0 {
            bail!("the server hung up");
        }
        *transferred += read;
        Ok(line.trim_end().to_owned())
    }

    fn take(&mut self, count: usize, body: &mut Vec<u8>) -> anyhow::Result<()> {
        let from = body.len();
        body.resize(from + count, 0);
        Ok(self.stream.read_exact(&mut body[from..])?)
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
