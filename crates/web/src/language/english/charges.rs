//! Texts of quotes and charges.

pub const WORDS: &[(&str, &str)] = &[
    ("写上收费", "Write charges"),
    ("减去“{0}”{1} 元", "take away “{0}”, {1} yuan"),
    (
        "还没有收费标准，请主管在“收费标准”里写上或导入。",
        "There is no price list yet; a supervisor writes or imports it under Price list.",
    ),
    ("数量", "Quantity"),
    ("金额（元）", "Amount (yuan)"),
    ("手写价", "priced by hand"),
    ("合计 {} 元", "total {} yuan"),
    ("从标准选", "Choose from the list"),
    ("单上还没有收费项目。", "Nothing is charged on the slip yet."),
    ("写上单子", "Write on the slip"),
    ("单上的收费", "On the slip"),
    ("主管手写一项价（写明理由）", "A price by hand, by the supervisor, with a reason"),
    ("标准里没有的", "Not on the list"),
    (
        "标准外的项目先由工程部主管评审能不能修、多少钱，住户同意了才派人。",
        "What the list does not hold is assessed first by the engineering supervisor; somebody is sent once the resident agrees.",
    ),
    ("要修什么", "What is to be done"),
    ("报主管评审", "To the supervisor for assessment"),
    ("合计由程序算；写上以后给业主看。", "The total is computed; show it to the owner once written."),
    ("写上并出示收费标准", "Write it and show the price list"),
    ("标准里没有这一项", "Not on the list"),
    ("付款方式", "Payment"),
    ("银行托收", "Bank collection"),
    ("现金，到柜台付", "Cash, paid at the counter"),
    ("应收 {} 元，按单上各项算出。", "{} yuan due, computed from the slip."),
    (
        "标准外的项目，等主管评审报价，业主再同意。",
        "Outside the list: the supervisor assesses and quotes, then the owner agrees.",
    ),
];
