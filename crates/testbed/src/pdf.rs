//! What a reader of PDF finds in a file (PDF 文字): by `pdftotext`, which the tests need; and a picture to put into one.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// The text of a file, laid out as it stands; pages end with a form feed.
pub fn text(bytes: &[u8]) -> String {
    let reader =
        Command::new("pdftotext").args(["-layout", "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut reader = reader.expect("the tests need pdftotext");
    let mut to = reader.stdin.take().expect("a pipe");
    let bytes = bytes.to_vec();
    let writing = std::thread::spawn(move || to.write_all(&bytes));
    let out = reader.wait_with_output().expect("it ends");
    writing.join().expect("no panic").expect("it reads to the end");
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// A white picture with a grey line, as a PNG by hand: stored blocks need no compressor.
pub fn png() -> Vec<u8> {
    let crc = |bytes: &[u8]| {
        let step = |crc: u32, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
        !bytes.iter().fold(!0u32, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
    };
    let mut out = vec![0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];
    let mut chunk = |kind: &[u8; 4], body: &[u8]| {
        out.extend(u32::try_from(body.len()).expect("short").to_be_bytes());
        let whole = [kind.as_slice(), body].concat();
        out.extend(&whole);
        out.extend(crc(&whole).to_be_bytes());
    };
    chunk(b"IHDR", &[0, 0, 0, 8, 0, 0, 0, 2, 8, 0, 0, 0, 0]);
    let raw: Vec<u8> = [[0].as_slice(), &[255; 8], &[0], &[90; 8]].concat();
    let (a, b) = raw
        .iter()
        .fold((1u32, 0u32), |(a, b), byte| ((a + u32::from(*byte)) % 65521, (a + b + u32::from(*byte)) % 65521));
    let length = u16::try_from(raw.len()).expect("short");
    let mut body = vec![0x78, 0x01, 0x01];
    body.extend(length.to_le_bytes());
    body.extend((!length).to_le_bytes());
    body.extend(&raw);
    body.extend(((b << 16) | a).to_be_bytes());
    chunk(b"IDAT", &body);
    chunk(b"IEND", &[]);
    out
}
