//! Names and phones (姓名电话) as people search for them: full pinyin, initials, every reading of a character, phone tails.

use pinyin::ToPinyinMulti;

/// A name as lists show it: the surname stays. What is no person's name, as that of a firm, shows its first sign and, where it
/// is long enough or ends as shops do, three stars, so that nobody takes that sign for a surname.
pub fn masked_name(name: &str) -> String {
    let signs = name.trim().chars().count();
    if signs == 0 || name == crate::event::ERASED {
        return name.to_owned();
    }
    let (stays, stars) = match surname(name) {
        Some(surname) => (surname, 2),
        None => (name.trim().chars().take(1).collect(), 3),
    };
    let hidden = if name.trim().ends_with(SHOPS) { stars } else { (signs - stays.chars().count()).min(stars) };
    format!("{stays}{}", "*".repeat(hidden))
}

/// How names of shops and houses end, and given names hardly ever (店、馆、社).
const SHOPS: [char; 10] = ['店', '馆', '社', '厂', '吧', '坊', '屋', '院', '校', '厅'];

/// Surnames of two characters (复姓).
const DOUBLE: &[&str] = &[
    "欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "端木", "南宫",
    "轩辕", "长孙", "宇文", "鲜于", "闻人", "澹台",
];

/// The surname of a person's name, masked or not; none for what is no Chinese name of two to four characters, as that of a
/// firm.
pub fn surname(name: &str) -> Option<String> {
    let signs: Vec<char> = name.trim().chars().collect();
    let chinese = signs.iter().all(|sign| ('\u{4e00}'..='\u{9fff}').contains(sign) || *sign == '*');
    let double = DOUBLE.iter().find(|known| signs.len() > 2 && name.trim().starts_with(*known));
    match double {
        _ if !chinese || name.trim().ends_with(SHOPS) => None,
        Some(known) if signs.len() <= 4 => Some((*known).to_owned()),
        None if (2..=3).contains(&signs.len()) => Some(signs[0].to_string()),
        _ => None,
    }
}

/// A phone as lists show it: the middle goes.
pub fn masked_phone(phone: &str) -> String {
    let signs: Vec<char> = phone.trim().chars().collect();
    if signs.len() < 7 || phone == crate::event::ERASED {
        return phone.to_owned();
    }
    let head: String = signs[..3].iter().collect();
    let tail: String = signs[signs.len() - 4..].iter().collect();
    format!("{head}****{tail}")
}

/// Search keys of a name, each list without repeats.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameKeys {
    /// Full pinyin without tones or blanks, one per combination of readings: `wangxiaoming`.
    pub full: Vec<String>,
    /// Initials, one per combination: `wxm`.
    pub initials: Vec<String>,
}

/// Readings that surnames have and the dictionary puts last or leaves out.
const SURNAMES: &[(char, &str)] = &[
    ('单', "shan"),
    ('曾', "zeng"),
    ('仇', "qiu"),
    ('解', "xie"),
    ('区', "ou"),
    ('查', "zha"),
    ('盖', "ge"),
    ('朴', "piao"),
    ('尉', "yu"),
    ('员', "yun"),
    ('乐', "yue"),
    ('任', "ren"),
    ('华', "hua"),
    ('缪', "miao"),
    ('折', "she"),
    ('黑', "he"),
    ('繁', "po"),
    ('秘', "bi"),
    ('冼', "xian"),
    ('翟', "zhai"),
    ('万', "wan"),
    ('覃', "qin"),
];

/// At most so many combinations of readings are kept.
const COMBINATIONS: usize = 24;

/// The keys of a name. Characters without a reading stand for themselves in lower case.
pub fn name_keys(name: &str) -> NameKeys {
    let mut full = vec![String::new()];
    let mut initials = vec![String::new()];
    for (place, c) in name.chars().filter(|c| !c.is_whitespace()).enumerate() {
        let readings = readings(c, place == 0);
        full = combine(&full, &readings);
        let mut firsts: Vec<String> = readings.iter().map(|it| it.chars().take(1).collect()).collect();
        firsts.dedup();
        initials = combine(&initials, &firsts);
    }
    for list in [&mut full, &mut initials] {
        list.sort();
        list.dedup();
        list.retain(|key| !key.is_empty());
    }
    NameKeys { full, initials }
}

fn combine(heads: &[String], tails: &[String]) -> Vec<String> {
    heads.iter().flat_map(|head| tails.iter().map(move |tail| format!("{head}{tail}"))).take(COMBINATIONS).collect()
}

fn readings(c: char, surname: bool) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    if surname {
        all.extend(SURNAMES.iter().filter(|(it, _)| *it == c).map(|(_, reading)| (*reading).to_owned()));
    }
    if let Some(multi) = c.to_pinyin_multi() {
        all.extend(multi.into_iter().map(|reading| reading.plain().replace('ü', "v")));
    }
    if all.is_empty() {
        all.extend(c.to_lowercase().map(String::from));
    }
    let mut seen = Vec::new();
    all.retain(|it| {
        !seen.contains(it) && {
            seen.push(it.clone());
            true
        }
    });
    all
}

/// A phone in normal form: digits only; +86 and 0086 off, a mobile's leading 0 off. `*` and `x` of a masked number stay as `*`.
pub fn normal_phone(written: &str) -> String {
    let digits: String = written
        .chars()
        .filter_map(|c| match c {
            '0'..='9' | '*' => Some(c),
            '０'..='９' => char::from_u32(c as u32 - 0xfee0),
            'x' | 'X' => Some('*'),
            _ => None,
        })
        .collect();
    let digits = digits.strip_prefix("0086").unwrap_or(&digits);
    let digits = if digits.len() == 13 { digits.strip_prefix("86").unwrap_or(digits) } else { digits };
    let digits = if digits.len() == 12 && digits.starts_with("01") { &digits[1..] } else { digits };
    digits.to_owned()
}

/// The last four digits of a phone.
pub fn phone_tail(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    digits[digits.len().saturating_sub(4)..].iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surname_is_one_character_or_two() {
        for (name, expected) in [
            ("任远", Some("任")),
            ("单晓演", Some("单")),
            ("欧阳示", Some("欧阳")),
            ("欧阳示范", Some("欧阳")),
            ("欧阳*", Some("欧阳")),
            ("单**", Some("单")),
            ("演示便利店", None),
            ("便利商店", None),
            ("小吃店", None),
            ("Anna", None),
            ("", None),
        ] {
            assert_eq!(surname(name).as_deref(), expected, "{name}");
        }
        assert_eq!(surname(&masked_name("小吃店")), None, "a firm of three signs stays a firm");
        let masked = ["欧阳示范", "任远", "演示便利店", ""].map(masked_name);
        assert_eq!(masked, ["欧阳**", "任*", "演***", ""]);
        assert_eq!(masked.map(|name| surname(&name)), [Some("欧阳".to_owned()), Some("任".to_owned()), None, None]);
    }

    #[test]
    fn surnames_are_found_by_their_own_reading() {
        assert!(name_keys("单晓明").full.contains(&"shanxiaoming".to_owned()));
        assert!(name_keys("曾大年").initials.contains(&"zdn".to_owned()));
        assert!(name_keys("区玉珍").full.contains(&"ouyuzhen".to_owned()));
        assert!(name_keys("王小明").initials.contains(&"wxm".to_owned()));
        assert!(name_keys("吕绿").full.contains(&"lvlv".to_owned()));
    }

    #[test]
    fn latin_names_stand_for_themselves() {
        assert_eq!(name_keys("Li Wei").full, ["liwei"]);
    }

    #[test]
    fn phones_lose_what_does_not_dial() {
        for written in
            ["+86 138 0013 8000", "013800138000", "138-0013-8000", "0086-13800138000", "１３８００１３８０００"]
        {
            assert_eq!(normal_phone(written), "13800138000", "{written}");
        }
        assert_eq!(normal_phone("020-87654321"), "02087654321");
        assert_eq!(normal_phone("138****8000"), "138****8000");
        assert_eq!(phone_tail("13800138000"), "8000");
    }
}
