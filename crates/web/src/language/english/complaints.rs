//! Texts of complaints.

pub const WORDS: &[(&str, &str)] = &[
    ("投诉看板", "Complaint board"),
    ("重复问题", "Recurring problems"),
    ("投诉清单", "List of complaints"),
    ("没有在办的投诉。", "No complaint is open."),
    ("在办 {} 件", "{} open"),
    ("类别", "Class"),
    ("程度", "Severity"),
    ("还没有人负责", "nobody answers for it yet"),
    ("同一样", "The same"),
    ("什么", "What"),
    ("件数", "Cases"),
    ("最近一件", "The last one"),
    ("最近时间", "When"),
    ("{0} 天之内没有哪一样达到 {1} 件。", "Nothing came {1} times within {0} days."),
    ("{0} 天之内达到 {1} 件的有 {2} 样", "{2} came at least {1} times within {0} days"),
    (
        "期间和件数在设置里改（重复问题的期间、重复问题的件数）。点开看是哪几件，再决定要不要一次解决。",
        "The period and how often are settings. Open one to see its cases and decide whether to solve them together.",
    ),
    ("同一地点", "Place"),
    ("同一户", "Household"),
    ("同一类事", "Matter"),
    ("怎样判定", "How to decide"),
    (
        "采用的规程没有写，这里是随程序带来的规程的判法，供参考。",
        "The adopted rulebooks do not say; these are criteria of rulebooks that come with the program.",
    ),
    ("规程没有写到的 {} 件", "{0} more {0|act|acts} that the rulebooks do not speak of"),
    ("不常用的 {} 栏", "{0} more {0|field|fields}"),
    ("还有谁在场", "Who else was present"),
    ("并入的 {} 件", "{0} joined {0|case|cases}"),
    (
        "同一件事，各户都留着自己的记录；办好以后每一户都要答复。",
        "One matter; each household keeps its own record and gets its own answer.",
    ),
];
