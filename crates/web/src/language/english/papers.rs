//! Texts of forms and print.

pub const WORDS: &[(&str, &str)] = &[
    ("还没有单据种类。", "There are no form types."),
    ("单据登记簿", "Register of forms"),
    ("单据种类", "Form types"),
    ("看全部", "Show all"),
    ("有 {} 份的联次还没有归位", "{0} {0|form has|forms have} copies out of place"),
    ("事项编号", "Case"),
    ("签发时间", "Issued"),
    ("各联在谁手里", "Copies held by"),
    ("打印次数", "Printed"),
    ("{} 份", "{0} {0|form|forms}"),
    ("这里还没有单据。签发后自动列出。", "No forms here yet. They are listed once issued."),
    ("各联归位", "all in place"),
    ("{} 联未归位", "{0} {0|copy|copies} out of place"),
    ("记下已打印", "Note that it was printed"),
    ("{0}，{1} 页", "{0}, {1} {1|page|pages}"),
    ("续页 {0}/{1}", "continued {0}/{1}"),
    ("…见续页", "… see next"),
];
