//! Texts of blank slips (备用空白单).

pub const WORDS: &[(&str, &str)] = &[
    ("备用空白单", "Blank slips"),
    ("打印备用空白单", "Print blank slips"),
    ("作废备用号", "Void blank numbers"),
    ("打印空白单", "Print blank slips (A4/A5)"),
    ("压感纸", "Carbonless paper"),
    ("写错、污损、没有用上", "Spoilt, soiled, not needed"),
    ("作废原因", "Why void"),
    ("作废勾选的编号", "Void those ticked"),
    ("共 {0} 张，还空白 {1} 张", "{0} {0|slip|slips}, {1} still blank"),
    ("补录这一张", "Enter this one"),
    ("已录入", "entered"),
    ("{0} {1} 月的编号连着，没有缺号。", "{0} of {1} runs without a gap."),
    ("{0} {1} 月缺号 {2} 个，请报主管。", "{0} of {1} lacks {2} {2|number|numbers}; tell the supervisor."),
    ("{0} 张空白单，{1} 页", "{0} blank {0|slip|slips}, {1} {1|page|pages}"),
    ("备用", "spare"),
    ("停机时写在备用空白单上", "Written on a blank slip while nothing ran"),
    (
        "照单上印的编号；听到的时刻写在“补录”的实际发生时间里。",
        "As printed on the slip; when it was heard goes into the later entry's time.",
    ),
    ("备用单编号", "Number of the blank slip"),
];
