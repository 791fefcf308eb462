//! Forms and print.

pub const WORDS: &[(&str, &str)] = &[
    ("单据登记", "Forms"),
    ("打印单据", "Print a form"),
    ("登记打印", "Note the print"),
    ("{} 联未归位", "{} copies not in place"),
    ("齐", "Complete"),
    ("签发", "Issued"),
    ("各联在谁手里", "Who holds each copy"),
    ("归位", "In place"),
    ("打印次数", "Printed"),
    ("{} 份", "{} forms"),
    ("还没有签发过这种单据。", "No form of this kind has been issued yet."),
    ("纸上已签", "signed on paper"),
    ("电话确认", "confirmed by phone"),
    ("{0}，已打印 {1} 次", "{0}, printed {1} times"),
    ("打印之后请登记，补打的份数就有据可查。", "Note it after printing, so that every further print is on record."),
];
