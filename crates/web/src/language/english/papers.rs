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
    ("打印设置", "Print settings"),
    ("改打印设置", "Change print settings"),
    ("打印测试页", "Print test sheet"),
    ("写毫米，最多一位小数，例如 -1.5", "Millimetres with at most one decimal, such as -1.5"),
    (
        "压感纸和套打的纸，标签和格线已经印好。各台打印机进纸的位置不同，在这台电脑上调一次，以后都按这个位置打。",
        "Carbonless and pre-printed paper has labels and lines already. Every printer draws paper in \
         differently: set it once on this computer, and it prints there from then on.",
    ),
    ("向右移（毫米）", "To the right (mm)"),
    ("向左移写负数。", "A negative number moves to the left."),
    ("向下移（毫米）", "Down (mm)"),
    ("向上移写负数。", "A negative number moves up."),
    (
        "打印时选“实际大小”，不要缩放。量十字到纸边：离左边应为 {0} 毫米，离上边应为 {1} 毫米。量出来多了多少，就把那个数写成负数加到上面。",
        "Print at actual size, without scaling. Measure from the cross to the edges: {0} mm from the left, \
         {1} mm from the top. Add what is too much above as a negative number.",
    ),
    ("这台电脑的打印位置", "Where this computer prints"),
    ("试印一张", "Print a test sheet"),
    (
        "要写毫米数，每个方向不超过 10 毫米，最多一位小数",
        "Write millimetres, at most 10 each way, with at most one decimal",
    ),
    ("没有保存打印位置", "The position was not saved"),
    ("差得更多的，请先把纸放正。", "If it is further off, put the paper in straight first."),
    ("{0}，向右 {1} 毫米，向下 {2} 毫米", "{0}, {1} mm to the right, {2} mm down"),
    ("十字离左边 {0} 毫米，离上边 {1} 毫米", "the cross stands {0} mm from the left, {1} mm from the top"),
];
