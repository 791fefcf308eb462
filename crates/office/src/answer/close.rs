//! Which answers are close to what a caller says (相近): by the entry's own words, without understanding anything.

use std::collections::BTreeSet;

use pinyin::ToPinyin;

use super::Said;

/// Words that every question holds and none is recognised by.
const COMMON: &[&str] = &[
    "请问", "怎么", "什么", "多少", "哪里", "可以", "我们", "你们", "小区", "一下", "时候", "需要", "没有", "这个",
    "那个", "几点", "能不", "不能", "是不", "不是", "在哪", "多久", "如何", "业主",
];

/// How close an entry is to a caller's words: its keywords weigh three, pairs of characters shared with the question one.
/// Below two it is chance.
pub fn closeness(words: &str, said: &Said) -> usize {
    let words = words.to_lowercase();
    let named = keywords(&said.keywords).filter(|word| words.contains(&word.to_lowercase())).count();
    let heard = pairs(&words);
    let shared = pairs(&said.question.to_lowercase()).intersection(&heard).count();
    named * 3 + shared
}

/// The keywords of an entry, however they are divided.
fn keywords(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '、', '，', ',', ';', '；', '\n']).map(str::trim).filter(|word| word.chars().count() > 1)
}

/// Neighbouring Chinese characters that say something.
fn pairs(text: &str) -> BTreeSet<String> {
    let chinese = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    let mut out = BTreeSet::new();
    for run in text.split(|c: char| !chinese(&c)) {
        let signs: Vec<char> = run.chars().collect();
        let pairs = signs.windows(2).map(|pair| pair.iter().collect::<String>());
        out.extend(pairs.filter(|pair| !COMMON.contains(&pair.as_str())));
    }
    out
}

/// A text as one spells it on a keyboard: whole syllables, and their first letters. Characters without a reading divide.
pub fn spelled(text: &str) -> (String, String) {
    let (mut full, mut initials) = (String::new(), String::new());
    for sign in text.chars() {
        match sign.to_pinyin() {
            Some(reading) => {
                full.push_str(&reading.plain().replace('ü', "v"));
                initials.push_str(reading.first_letter());
            }
            None => {
                for out in [&mut full, &mut initials] {
                    if !out.ends_with(' ') {
                        out.push(' ');
                    }
                }
            }
        }
    }
    (full.trim().to_owned(), initials.trim().to_owned())
}
