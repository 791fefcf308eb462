//! What a reader of PDF finds in a file (PDF 文字): by `pdftotext`, which the tests need.

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
