//! Numbers of items (邮件编号): what a hand scanner reads as a line, and the check digit of postal numbers by UPU S10.

/// What a line of the scanner is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A number of an item.
    Number(String),
    /// A postal number whose check digit ought to be another.
    WrongDigit(String, u8),
    /// A name, a room, a pick-up code: whatever is no number of an item.
    Words(String),
}

/// Weights of the eight digits.
const WEIGHTS: [u32; 8] = [8, 6, 4, 2, 3, 5, 9, 7];
/// Signs of a number of an item, at least and at most.
const SIGNS: std::ops::RangeInclusive<usize> = 9..=30;
/// Digits in it at least.
const DIGITS: usize = 7;

/// The check digit of eight digits by S10.
pub fn check_digit(digits: &[u8]) -> u8 {
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    match 11 - sum % 11 {
        10 => 0,
        11 => 5,
        digit => digit as u8,
    }
}

/// Whether a number keeps to S10 where it has its form; else the digit that it ought to have.
pub fn checked(number: &str) -> Result<(), u8> {
    let signs = number.trim().as_bytes();
    let letters = |part: &[u8]| part.iter().all(u8::is_ascii_alphabetic);
    let postal = signs.len() == 13
        && letters(&signs[..2])
        && signs[2..11].iter().all(u8::is_ascii_digit)
        && letters(&signs[11..]);
    if !postal {
        return Ok(());
    }
    let right = check_digit(&signs[2..10]);
    if right == signs[10] - b'0' { Ok(()) } else { Err(right) }
}

/// Reads a line of the scanner or of the keyboard. A mobile number and a room are words.
pub fn read(line: &str) -> Line {
    let line = line.trim();
    let plain: String = line.chars().filter(|sign| !sign.is_whitespace()).collect::<String>().to_uppercase();
    let digits = plain.chars().filter(char::is_ascii_digit).count();
    let first = plain.chars().next().is_some_and(|sign| sign.is_ascii_alphabetic());
    let fits = plain.chars().all(|sign| sign.is_ascii_alphanumeric() || (sign == '-' && first));
    let phone = plain.len() == 11 && digits == 11 && plain.starts_with('1');
    if !fits || !SIGNS.contains(&plain.len()) || digits < DIGITS || phone {
        return Line::Words(line.to_owned());
    }
    match checked(&plain) {
        Ok(()) => Line::Number(plain),
        Err(digit) => Line::WrongDigit(plain, digit),
    }
}
