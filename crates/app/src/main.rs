//! The program `huiyin`.
fn main() {}
