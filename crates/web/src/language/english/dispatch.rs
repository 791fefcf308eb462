//! Texts of the dispatch board.

pub const WORDS: &[(&str, &str)] = &[
    ("待派 {0} 单 · 手上 {1} 单", "{0} unassigned · {1} in hand"),
    ("{0}（手上 {1} 单）", "{0} ({1} in hand)"),
    ("待派", "Unassigned"),
    (
        "没有等派的单子。前台通知工程部后，新单会出现在这里并响铃。",
        "Nothing waits. When the desk notifies engineering, the order comes here and rings.",
    ),
    (
        "还没有维修员账号。请在设置里给员工加上维修员岗位。",
        "No technicians yet. Give someone the technician's post in Settings.",
    ),
    ("响铃中", "ringing"),
    ("空闲", "free"),
    ("最急的一单建议派这里", "suggested for the most urgent order"),
    ("建议派", "Suggested:"),
    ("照建议派", "Give to them"),
    ("派单建议", "Whom to send"),
    ("派给{}", "Give to {}"),
    ("、|列举", ", "),
    ("正在当班", "on duty now"),
    ("值班表没排维修员", "no repairer on the roster"),
    ("工种对（{}）", "right trade ({})"),
    ("能派的人里没有“{}”工", "nobody of the trade “{}” can go"),
    ("{} 栋手上有活", "has work in building {}"),
    ("手上没有单", "nothing in hand"),
    ("手上 {} 单", "{} in hand"),
    ("{} 也一样合适", "{} would do as well"),
    ("响铃确认", "Acknowledge the bell"),
];
