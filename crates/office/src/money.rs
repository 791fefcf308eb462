//! Money (金额): fen inside, yuan as it is written and typed. Exactly: no fraction is ever rounded.

/// Fen as yuan with two decimals: 50.00, -0.05.
pub fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", fen.unsigned_abs() / 100, fen.unsigned_abs() % 100)
}

/// Fen as yuan the way one types them: 50, 50.05.
pub fn short(fen: i64) -> String {
    if fen % 100 == 0 { (fen / 100).to_string() } else { yuan(fen) }
}

/// Yuan as typed, in fen: 50, 50.5, 50.05; at most two decimals and so many digits before them. None when it is no amount.
pub fn fen(typed: &str, digits_max: usize) -> Option<i64> {
    exact(typed, digits_max, 2)
}

/// A number as typed with so many decimals at most, in units of the last of them; so many digits before them. None when it is no
/// such number.
pub fn exact(typed: &str, digits_max: usize, decimals: usize) -> Option<i64> {
    let (whole, part) = typed.trim().split_once('.').unwrap_or((typed.trim(), ""));
    let digits = |text: &str| text.bytes().all(|c| c.is_ascii_digit());
    if whole.is_empty() || whole.len() > digits_max || part.len() > decimals || !digits(whole) || !digits(part) {
        return None;
    }
    format!("{whole}{part:0<decimals$}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_what_is_written() {
        for (typed, kept, exact, plain) in
            [("50", 5_000, "50.00", "50"), ("50.5", 5_050, "50.50", "50.50"), (" 0.05 ", 5, "0.05", "0.05")]
        {
            assert_eq!(fen(typed, 8), Some(kept));
            assert_eq!((yuan(kept), short(kept)), (exact.to_owned(), plain.to_owned()));
        }
        assert_eq!((yuan(6_500), yuan(5), yuan(0)), ("65.00".into(), "0.05".into(), "0.00".into()));
        assert_eq!((yuan(-5), yuan(-10_050), short(-100)), ("-0.05".into(), "-100.50".into(), "-1".into()));
        assert_eq!((fen("12345678", 8), fen("123456789", 8)), (Some(1_234_567_800), None));
        assert_eq!(["", "-1", "1.234", "五十", "1e3", "1 0"].map(|odd| fen(odd, 8)), [None; 6]);
    }
}
