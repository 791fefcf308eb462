//! Texts of the registers (登记簿).

pub const WORDS: &[(&str, &str)] = &[
    ("登记簿", "Registers"),
    ("一本登记簿", "One register"),
    ("新登记一件", "New record"),
    ("登记一件", "Enter a record"),
    ("新登记", "New record"),
    ("您的岗位没有登记簿。", "Your post has no registers."),
    ("未完 {}", "{} open"),
    ("超时 {}", "{} late"),
    ("已登记 {}", "Entered as {}"),
    ("打印整本", "Print the whole list"),
    ("这本登记簿还没有记录。", "This register has no records yet."),
    ("派单与记录", "Orders and records"),
    ("未完", "Open"),
    ("已完", "Ended"),
    ("从", "From"),
    ("房号、姓名或地点", "Room, name or place"),
    ("不登了，回登记簿", "Leave it, back to the register"),
];
