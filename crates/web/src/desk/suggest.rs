//! The kind that the words suggest (按话猜种类): words of the trade, first match in the order of gravity. Only a suggestion:
//! whoever takes the call chooses.

use office::case::CaseKind;

/// What callers say, kind by kind. What could cost a life comes first; a complaint about a fault is a complaint.
const WORDS: &[(CaseKind, &[&str])] = &[
    (CaseKind::FirstAid, &["急救", "晕倒", "昏迷", "心脏病", "喘不过气", "流血", "120"]),
    (CaseKind::Alarm, &["报警", "着火", "起火", "冒烟", "小偷", "被盗", "打架", "煤气味", "燃气味", "110", "119"]),
    (
        CaseKind::Complaint,
        &[
            "投诉",
            "态度",
            "太吵",
            "噪音",
            "噪声",
            "扰民",
            "吵",
            "乱收费",
            "没人管",
            "没人来",
            "不处理",
            "拖了",
            "太脏",
            "臭味",
            "占道",
            "乱停",
            "遛狗",
            "违建",
            "不满",
        ],
    ),
    (CaseKind::Commendation, &["表扬", "锦旗", "感谢信", "拾金不昧"]),
    (CaseKind::Suggestion, &["建议", "希望增加", "能不能装个"]),
    (
        CaseKind::Help,
        &["求助", "帮忙", "困在", "被困", "反锁", "钥匙丢", "忘带钥匙", "打不开门", "老人走失", "找不到孩子"],
    ),
    (
        CaseKind::Repair,
        &[
            "漏水",
            "漏电",
            "渗水",
            "滴水",
            "坏了",
            "不亮",
            "不通",
            "堵",
            "跳闸",
            "没电",
            "停电",
            "没水",
            "停水",
            "爆管",
            "断了",
            "裂",
            "松了",
            "脱落",
            "关不上",
            "打不开",
            "不制冷",
            "不热",
            "报修",
            "维修",
            "修一下",
        ],
    ),
    // A lamp that somebody asks about is no lamp that fails.
    (CaseKind::Enquiry, &["多少钱", "几点", "什么时候", "在哪里"]),
    (CaseKind::Repair, &["水管", "龙头", "马桶", "下水", "地漏", "电梯", "门锁", "门禁", "路灯", "开关", "插座", "灯"]),
    (CaseKind::Service, &["保洁", "搬家", "代办", "代收", "安装", "清洗", "开锁", "放行条", "送水", "家政"]),
    (CaseKind::Enquiry, &["咨询", "请问", "怎么", "物业费", "停车费", "哪里"]),
];

/// The kind that these words suggest; none when they say nothing known.
pub fn kind(words: &str) -> Option<CaseKind> {
    WORDS.iter().find(|(_, known)| known.iter().any(|word| words.contains(word))).map(|(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callers_words_suggest_a_kind() {
        for (words, expected) in [
            ("厨房水龙头漏水", Some(CaseKind::Repair)),
            ("客厅灯不亮", Some(CaseKind::Repair)),
            ("楼上装修太吵，影响休息", Some(CaseKind::Complaint)),
            ("电梯坏了三天没人管", Some(CaseKind::Complaint)),
            ("家里老人晕倒了", Some(CaseKind::FirstAid)),
            ("请问物业费怎么交", Some(CaseKind::Enquiry)),
            ("请问儿童游乐场晚上几点关灯", Some(CaseKind::Enquiry)),
            ("换个水龙头多少钱", Some(CaseKind::Enquiry)),
            ("路灯什么时候都不亮", Some(CaseKind::Repair)),
            ("厨房的灯", Some(CaseKind::Repair)),
            ("你好", None),
            ("", None),
        ] {
            assert_eq!(kind(words), expected, "{words}");
        }
    }
}
