//! How the office speaks of whom it serves (业主、业户、住户、客户、用户) and of itself (管理处、服务中心、物业中心): one word each, set by the
//! site, in every text that the office brings. What a person wrote is never changed.

use std::borrow::Cow;

/// Words for the person served.
pub const CUSTOMERS: [&str; 5] = ["业主", "业户", "住户", "客户", "用户"];
/// Words for the office.
pub const OFFICES: [&str; 3] = ["管理处", "服务中心", "物业中心"];
/// The setting's value under which each text keeps the word that it was written with.
pub const AS_WRITTEN: &str = "照原文";

/// Who holds title to a unit.
const OWNER: &str = "业主";

/// Terms in which these words are no form of address; where a text has one of them it stays.
const TERMS: [&str; 12] = [
    "业主委员会",
    "业主大会",
    "业主大厦",
    "客户端",
    "客户服务",
    "客户接待",
    "客户档案",
    "用户名",
    "用户手册",
    "社区服务中心",
    "政务服务中心",
    "业主和租户",
];

/// The words of a site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Address {
    customer: Option<&'static str>,
    office: Option<&'static str>,
}

impl Address {
    /// The words that the two settings name; an unknown one changes nothing.
    pub fn of(customer: &str, office: &str) -> Address {
        let known = |words: &'static [&'static str], word: &str| words.iter().find(|it| **it == word).copied();
        Address { customer: known(&CUSTOMERS, customer), office: known(&OFFICES, office) }
    }

    /// A text of a page with these words, also one that is nothing but such a word.
    pub fn names<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self.customer {
            Some(ours) if text == OWNER && ours != OWNER => Cow::Owned(ours.into()),
            _ => self.say(text),
        }
    }

    /// A text with these words. The owner beside the tenant is a thing of its own and stays.
    pub fn say<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if text == OWNER
            || !(self.changes(self.customer, &CUSTOMERS, text) || self.changes(self.office, &OFFICES, text))
        {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(sign) = rest.chars().next() {
            let term = TERMS.iter().find(|term| rest.starts_with(**term)).map(|term| (*term, *term));
            let word = |words: &'static [&'static str], ours: Option<&'static str>| {
                Some((*words.iter().find(|it| rest.starts_with(**it))?, ours?))
            };
            match term.or_else(|| word(&CUSTOMERS, self.customer)).or_else(|| word(&OFFICES, self.office)) {
                Some((from, to)) => {
                    out.push_str(to);
                    rest = &rest[from.len()..];
                }
                None => {
                    out.push(sign);
                    rest = &rest[sign.len_utf8()..];
                }
            }
        }
        Cow::Owned(out)
    }

    fn changes(&self, ours: Option<&str>, words: &[&str], text: &str) -> bool {
        ours.is_some_and(|ours| words.iter().any(|word| *word != ours && text.contains(word)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_for_whom_we_serve_and_one_for_ourselves() {
        let ours = Address::of("业户", "服务中心");
        assert_eq!(ours.say("住户同意后，由管理处答复业主"), "业户同意后，由服务中心答复业户");
        for stays in ["业主委员会已同意", "客户服务中心", "客户接待员", "业主", "请输入用户名", "没有这些词"]
        {
            assert_eq!(ours.say(stays), stays);
        }
        assert_eq!((ours.say("住户").as_ref(), ours.names("业主").as_ref()), ("业户", "业户"));
        assert_eq!(ours.say("业主委员会转来业主意见"), "业主委员会转来业户意见");
        assert_eq!(Address::of("照原文", "").say("住户、业户、业主"), "住户、业户、业主");
        assert!(matches!(Address::of("业主", "管理处").say("业主到管理处"), Cow::Borrowed(_)));
    }
}
