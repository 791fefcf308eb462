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
    ("手上最少", "least in hand"),
    ("响铃确认", "Acknowledge the bell"),
];
