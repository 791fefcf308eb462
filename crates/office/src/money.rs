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

const FIGURES: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// Fen as they are written on receipts and cheques (大写金额): 107000.53 is 壹拾万柒仟元零伍角叁分, 325.04 叁佰贰拾伍元零肆分.
/// One 零 stands for however many noughts between figures, also between yuan and jiao where the yuan end in a nought; 整 stands
/// after yuan and after jiao when nothing follows.
pub fn capitals(fen: i64) -> String {
    let (yuan, jiao, cents) = (fen.unsigned_abs() / 100, fen.unsigned_abs() / 10 % 10, fen.unsigned_abs() % 10);
    let figure = |n: u64| FIGURES[n as usize % 10];
    let mut said = if fen < 0 { "负".to_owned() } else { String::new() };
    if yuan > 0 {
        said += &whole(yuan);
        said.push('元');
    }
    let nought = (jiao == 0 && cents > 0 && yuan > 0) || (jiao > 0 && yuan > 0 && yuan % 10 == 0);
    if nought {
        said.push('零');
    }
    if jiao > 0 {
        said.extend([figure(jiao), '角']);
    }
    match (cents, yuan, jiao) {
        (0, 0, 0) => said += "零元整",
        (0, ..) => said.push('整'),
        _ => said.extend([figure(cents), '分']),
    }
    said
}

/// A whole number of yuan in capitals, by groups of four figures.
fn whole(number: u64) -> String {
    const GROUPS: [&str; 5] = ["", "万", "亿", "万亿", "亿亿"];
    let mut said = String::new();
    let mut nought = false;
    for (place, name) in GROUPS.iter().enumerate().rev() {
        let group = number / 10_000_u64.pow(place as u32) % 10_000;
        for (step, unit) in [(1_000, "仟"), (100, "佰"), (10, "拾"), (1, "")] {
            match group / step % 10 {
                0 => nought = !said.is_empty(),
                figure => {
                    if nought {
                        said.push('零');
                    }
                    said.push(FIGURES[figure as usize]);
                    said += unit;
                    nought = false;
                }
            }
        }
        if group > 0 {
            said += name;
            nought = false;
        }
    }
    said
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

    #[test]
    fn sums_are_written_in_capitals_as_on_a_receipt() {
        for (fen, said) in [
            (10_700_053, "壹拾万柒仟元零伍角叁分"),
            (32_504, "叁佰贰拾伍元零肆分"),
            (0, "零元整"),
            (5, "伍分"),
            (50, "伍角整"),
            (55, "伍角伍分"),
            (100, "壹元整"),
            (1_000, "壹拾元整"),
            (1_050, "壹拾元零伍角整"),
            (10_001, "壹佰元零壹分"),
            (168_032, "壹仟陆佰捌拾元零叁角贰分"),
            (140_950, "壹仟肆佰零玖元伍角整"),
            (600_714, "陆仟零柒元壹角肆分"),
            (100_000_001, "壹佰万元零壹分"),
            (1_000_050_000, "壹仟万零伍佰元整"),
            (10_000_000_000, "壹亿元整"),
            (10_000_000_100, "壹亿零壹元整"),
            (1_000_100_000_000, "壹佰亿零壹佰万元整"),
            (-120, "负壹元贰角整"),
        ] {
            assert_eq!(capitals(fen), said, "{fen}");
        }
    }
}
