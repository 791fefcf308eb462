//! Texts of the components.

pub const WORDS: &[(&str, &str)] = &[
    // Lights.
    ("未到期", "Not due"),
    ("临期", "Due soon"),
    ("超时", "Overdue"),
    ("按时办结", "Done in time"),
    ("超时办结", "Done late"),
    ("未办", "Not done at all"),
    ("已补救", "Made good"),
    ("免办", "Waived"),
    ("不适用", "Not applicable"),
    ("暂计", "Provisional"),
    ("提醒", "Reminder"),
];
