//! What to say at each step (礼貌用语): twelve groups of phrases on the desk, in the site's own words when it has written any.
//! Each is two settings, Chinese and English; Traditional is derived.

use std::sync::LazyLock;

use super::settings::{OFFICE_SETTINGS, OfficeSetting};

/// A phrase and its settings.
#[derive(Clone, Copy, Debug)]
pub struct Phrase {
    /// The step: `greeting`.
    pub step: &'static str,
    /// Name of the Chinese setting.
    pub setting: &'static str,
    /// Name of the English one.
    pub english: &'static str,
    /// What is said unless the site says otherwise; `{问候}` is the greeting of the hour.
    pub words: &'static str,
    /// The same in English.
    pub in_english: &'static str,
}

const fn phrase(
    step: &'static str,
    setting: &'static str,
    english: &'static str,
    words: &'static str,
    in_english: &'static str,
) -> Phrase {
    Phrase { step, setting, english, words, in_english }
}

/// The phrases in the order of a conversation.
pub const PHRASES: [Phrase; 16] = [
    phrase(
        "greeting",
        "用语：问候",
        "用语：问候（英文）",
        "{问候}，很高兴为您服务，请问有什么可以帮您？",
        "{问候}, how may I help you?",
    ),
    phrase(
        "place",
        "用语：问地点",
        "用语：问地点（英文）",
        "请问您是哪一栋哪一户，或者在小区的什么位置？",
        "Which building and flat are you calling from, or where on the estate is it?",
    ),
    phrase(
        "listen",
        "用语：听情况",
        "用语：听情况（英文）",
        "请您说说情况，我记下来。",
        "Please tell me what happened; I am writing it down.",
    ),
    phrase("name", "用语：问称呼", "用语：问称呼（英文）", "请问您贵姓？", "May I have your name?"),
    phrase(
        "phone",
        "用语：留电话",
        "用语：留电话（英文）",
        "请您留一个方便联系的电话，好吗？",
        "Would you leave a number at which we can reach you, please?",
    ),
    phrase(
        "read_back",
        "用语：复述",
        "用语：复述（英文）",
        "我跟您复述一遍，请您听听对不对。",
        "Let me read it back to you.",
    ),
    phrase(
        "appointment",
        "用语：约时间",
        "用语：约时间（英文）",
        "我们约这个时间上门，您看这样好不好？",
        "We would come at this time; would this suit you?",
    ),
    phrase(
        "thanks",
        "用语：道谢",
        "用语：道谢（英文）",
        "谢谢您告诉我们，非常感谢。",
        "Thank you very much for telling us.",
    ),
    phrase(
        "apology",
        "用语：道歉",
        "用语：道歉（英文）",
        "对不起，上次让您久等了，请您原谅。",
        "I am sorry that you had to wait so long last time; please excuse us.",
    ),
    phrase(
        "calm",
        "用语：安抚",
        "用语：安抚（英文）",
        "您先请坐，慢慢说，我们今天一定给您一个答复。",
        "Please have a seat and take your time; you will have an answer today.",
    ),
    phrase(
        "refusal",
        "用语：办不到",
        "用语：办不到（英文）",
        "很抱歉，这件事按规定我们办不了，原因是……；我帮您问清还能怎么办。",
        "I am sorry, our rules do not allow this, because …; let me find out what else can be done.",
    ),
    phrase(
        "think_it_over",
        "用语：业户不修",
        "用语：业户不修（英文）",
        "没关系，您再考虑考虑；想好了随时告诉我们，我们接着这一单给您安排。",
        "That is quite all right. Please think it over; tell us any time, and we will take it up from this slip.",
    ),
    phrase(
        "complaint",
        "用语：投诉",
        "用语：投诉（英文）",
        "对不起，给您添麻烦了；谢谢您告诉我们。请您慢慢说，我记下来。",
        "I am sorry for the trouble, and thank you for telling us. Please take your time; I am writing it down.",
    ),
    phrase(
        "seat",
        "用语：请坐",
        "用语：请坐（英文）",
        "欢迎光临，请坐，请喝茶。",
        "Welcome. Please have a seat and some tea.",
    ),
    phrase(
        "letter",
        "用语：答复函",
        "用语：答复函（英文）",
        "您好！您反映的事我们已经办理，结果是：……。给您带来不便，请您谅解；还有不清楚的地方，请您随时联系我们。谢谢您的意见。",
        "We have looked into what you told us. The result is: … We apologise for the inconvenience. Thank you for telling us.",
    ),
    phrase(
        "closing",
        "用语：结束",
        "用语：结束（英文）",
        "已经为您登记，我们会尽快跟进，有结果马上告诉您。请问还有别的事吗？感谢您，再见。",
        "It is entered. We will follow it up and tell you as soon as there is news. Is there anything else? Thank you, goodbye.",
    ),
];

/// The phrase of a step.
pub fn phrase_of(step: &str) -> Option<&'static Phrase> {
    PHRASES.iter().find(|it| it.step == step)
}

/// Every setting of the office: its own, then the phrases.
pub fn office_settings() -> &'static [OfficeSetting] {
    static ALL: LazyLock<Vec<OfficeSetting>> = LazyLock::new(|| {
        let text = |name, default, does| OfficeSetting { name, default, unit: "text", choices: &[], does };
        let phrases = PHRASES.iter().flat_map(|it| {
            let chinese = text(it.setting, it.words, "受理页走到这一步时提示说的话；繁体自动转换");
            [chinese, text(it.english, it.in_english, "同一步的英文说法")]
        });
        OFFICE_SETTINGS.iter().copied().chain(phrases).collect()
    });
    &ALL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_and_setting_has_a_name_of_its_own() {
        let mut names: Vec<&str> = office_settings().iter().map(|it| it.name).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!((names.len(), count), (count, OFFICE_SETTINGS.len() + 2 * PHRASES.len()));
        assert!(phrase_of("closing").is_some() && phrase_of("dance").is_none());
    }
}
