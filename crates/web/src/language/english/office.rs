//! Words of the office's own types: kinds and states of a matter, who lives there, the clears of the desk.

/// Chinese and English.
pub const WORDS: &[(&str, &str)] = &[
    ("报修", "Repair"),
    ("投诉", "Complaint"),
    ("服务", "Service"),
    ("求助", "Help"),
    ("急救", "First aid"),
    ("报警", "Alarm"),
    ("咨询", "Enquiry"),
    ("建议", "Suggestion"),
    ("表扬", "Commendation"),
    ("已登记", "Registered"),
    ("处理中", "In hand"),
    ("已结案", "Closed"),
    ("已归档", "Filed"),
    ("已撤销", "Withdrawn"),
    ("业主", "Owner"),
    ("租户", "Tenant"),
    ("紧急联系人", "Emergency contact"),
    ("听清", "Heard"),
    ("问清", "Asked"),
    ("记清", "Noted"),
    ("复清", "Read back"),
    ("来人姓名", "caller's name"),
    ("复述", "reading back"),
];
