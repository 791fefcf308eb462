//! Traditional Chinese (繁体) derived from the source text: OpenCC with Taiwan's words, and a list of the trade's own
//! terms that a converter made for software would turn into something else.

use std::collections::HashMap;
use std::sync::{LazyLock, RwLock};

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

/// Terms kept out of the converter, each as the pages say it. A longer term wins over a shorter one.
const OVERRIDES: &[(&str, &str)] = &[
    ("项目", "項目"),
    ("文件", "文件"),
    ("程序", "程序"),
    ("设备", "設備"),
    ("设施", "設施"),
    ("通过", "通過"),
    ("对象", "對象"),
    ("信息", "資訊"),
    ("支持", "支持"),
    ("质量", "品質"),
    ("收发室", "收發室"),
    ("简体中文", "简体中文"),
    ("后台", "後臺"),
    ("联系", "聯繫"),
    ("面积", "面積"),
    ("发布", "發布"),
    ("公布", "公布"),
    ("台账", "臺帳"),
    ("账单", "帳單"),
    ("账号", "帳號"),
    ("账", "帳"),
    ("工单", "工單"),
    ("复核", "覆核"),
    ("答复", "答覆"),
    ("回复", "回覆"),
    ("审批", "簽核"),
    ("回音", "回音"),
    ("调度", "調度"),
    ("权限", "權限"),
    ("签", "簽"),
    ("销毁", "銷毀"),
    ("查找", "尋找"),
    ("窗口", "窗口"),
    ("社区", "社區"),
    ("代码", "代碼"),
    ("高级", "進階"),
];

static CONVERTER: LazyLock<Option<OpenCC>> = LazyLock::new(|| OpenCC::from_config(BuiltinConfig::S2twp).ok());

/// Texts of the code, each converted once and kept for good: their number is bounded by the code.
static KEPT: LazyLock<RwLock<HashMap<&'static str, &'static str>>> = LazyLock::new(RwLock::default);

/// Texts of data, kept until the table is full and then forgotten together.
static PASSING: LazyLock<RwLock<HashMap<String, String>>> = LazyLock::new(RwLock::default);
const PASSING_MAX: usize = 20_000;

/// A text of the code in Traditional Chinese.
pub fn kept(text: &'static str) -> &'static str {
    if let Some(known) = KEPT.read().ok().and_then(|table| table.get(text).copied()) {
        return known;
    }
    let converted: &'static str = Box::leak(convert(text).into_boxed_str());
    if let Ok(mut table) = KEPT.write() {
        table.insert(text, converted);
    }
    converted
}

/// A text of data in Traditional Chinese.
pub fn passing(text: &str) -> String {
    if let Some(known) = PASSING.read().ok().and_then(|table| table.get(text).cloned()) {
        return known;
    }
    let converted = convert(text);
    if let Ok(mut table) = PASSING.write() {
        if table.len() >= PASSING_MAX {
            table.clear();
        }
        table.insert(text.to_owned(), converted.clone());
    }
    converted
}

/// Converts the text between the overridden terms. Without a converter (its data is built in, so this is only a
/// broken build) the text stays as it is.
fn convert(text: &str) -> String {
    let first = OVERRIDES
        .iter()
        .filter_map(|(from, to)| text.find(from).map(|at| (at, *from, *to)))
        .min_by_key(|(at, from, _)| (*at, usize::MAX - from.len()));
    match (first, CONVERTER.as_ref()) {
        (Some((at, from, to)), _) => {
            let before = if at == 0 { String::new() } else { convert(&text[..at]) };
            before + to + &convert(&text[at + from.len()..])
        }
        (None, Some(converter)) if !text.is_empty() => converter.convert(text),
        (None, _) => text.to_owned(),
    }
}
