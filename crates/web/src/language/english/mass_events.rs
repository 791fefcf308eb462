//! Texts of mass events (批量事件).

pub const WORDS: &[(&str, &str)] = &[
    (
        "3栋、5栋2单元、1至4栋、二期、3-2-501，或“全小区”",
        "block 3 as 3栋, a stairwell as 5栋2单元, 1至4栋, 二期, 3-2-501, or 全小区 for the whole estate",
    ),
    ("批量事件", "Mass events"),
    ("批量事件回电名单", "Call-back list of a mass event"),
    ("记下已告知恢复", "Note that a caller was told"),
    ("{} 回电名单", "Call-back list {}"),
    ("回批量事件", "Back to the mass event"),
    ("显示号码，逐户回电", "Show numbers and call back"),
    ("并入的来人 {0}，还没有告知 {1}", "{0} {0|caller|callers} joined, {1} not yet told"),
    ("并入的来人 {}", "{0} {0|caller|callers} joined"),
    (
        "还没有人并入。受理台选到范围内的住户，就有一键并入。",
        "Nobody has joined yet. The desk offers one key as soon as a household of the area is chosen.",
    ),
    (
        "您好，{0}{1}已恢复：{2}。给您带来不便，请您谅解。",
        "{0}, {1}: service is back. {2}. We apologise for the inconvenience.",
    ),
    ("影响范围", "Area"),
    ("原因|批量事件", "Cause"),
    ("预计恢复", "Expected back"),
    ("答复口径", "What to answer"),
    ("复制", "Copy"),
    ("没有留电话", "no number left"),
    ("已告知", "Told"),
    ("并入一件批量事件", "Join a mass event"),
    ("已照答复口径答复，并入批量事件。", "The caller was answered and joins the mass event."),
    (
        "电梯里有人被困：这是突发事件。请来人不要扒门、保持通话，按 F8 保存并派单，同时通知救援。",
        "People trapped in a lift: an emergency. Stay on the line, nobody forces the door; F8 saves and dispatches; call rescue.",
    ),
    ("{} 户已并入", "{0} joined"),
    ("已过预计时间，请先问清再答", "overdue; find out before you answer"),
    ("预计{}恢复。", "Expected back {}."),
    ("照此答复并入，结束", "Answer so, join, end"),
    ("家里另有损失：另立一件，并入", "Own damage: a case of its own that joins"),
];
