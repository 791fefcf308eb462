//! The price list (收费标准) of the demonstration: what its repairs cost.

use jiff::civil::Date;
use journal::house::price_id;
use office::price::Price;

/// Trade, name, kind, unit, fen, free in warranty, remark.
const ITEMS: &[(&str, &str, &str, &str, i64, bool, &str)] = &[
    ("给排水", "更换水龙头", "labour", "只", 3_000, false, "龙头另计或业主自备"),
    ("给排水", "疏通地漏", "labour", "处", 5_000, false, ""),
    ("给排水", "维修马桶水箱", "labour", "套", 4_500, false, "配件另计"),
    ("给排水", "陶瓷阀芯", "material", "只", 4_500, false, "保用一年"),
    ("给排水", "角阀", "material", "只", 2_500, false, "铜质 4 分"),
    ("给排水", "水箱配件", "material", "套", 3_800, false, ""),
    ("水电", "检查跳闸", "labour", "次", 2_000, true, ""),
    ("水电", "更换灯具", "labour", "盏", 2_500, false, "灯具另计"),
    ("水电", "更换插座、开关", "labour", "只", 2_000, false, ""),
    ("水电", "五孔插座", "material", "只", 1_550, false, ""),
    ("水电", "维修对讲话机", "labour", "次", 0, false, "公共系统，不收费"),
    ("门窗五金", "维修门锁", "labour", "把", 6_000, false, "换锁芯另计"),
    ("门窗五金", "调整窗扇", "labour", "扇", 4_000, true, ""),
    ("门窗五金", "维修晾衣架", "labour", "套", 3_500, false, ""),
    ("泥瓦", "重铺墙砖", "labour", "块", 6_000, true, "砖另计"),
    ("泥瓦", "加固门槛石", "labour", "处", 8_000, true, ""),
    ("家政", "擦外窗", "labour", "扇", 3_000, false, "内外两面"),
    ("家政", "日常保洁", "labour", "小时", 4_500, false, "两小时起"),
    ("绿化", "盆花养护", "labour", "次", 3_000, false, "浇水修剪"),
    ("告示牌", "告示牌租用", "other", "天", 1_000, false, "单元门口一块"),
];

/// The list from a day on.
pub fn list(from: Date) -> Vec<Price> {
    let price = |(trade, name, kind, unit, fen, warranty, remark): &(&str, &str, &str, &str, i64, bool, &str)| Price {
        trade: (*trade).into(),
        name: (*name).into(),
        kind: (*kind).into(),
        unit: (*unit).into(),
        fen: *fen,
        from,
        until: None,
        free: *fen == 0,
        warranty: *warranty,
        remark: (*remark).into(),
    };
    ITEMS.iter().map(price).collect()
}

/// Kind of repair → trade and item of the list, and how many.
const ITEM_OF: &[(&str, &str, &str, i64)] = &[
    ("水龙头", "给排水", "更换水龙头", 1),
    ("疏通", "给排水", "疏通地漏", 1),
    ("马桶", "给排水", "维修马桶水箱", 1),
    ("跳闸", "水电", "检查跳闸", 1),
    ("灯具", "水电", "更换灯具", 1),
    ("插座", "水电", "更换插座、开关", 1),
    ("门锁", "门窗五金", "维修门锁", 1),
    ("门窗", "门窗五金", "调整窗扇", 1),
    ("五金", "门窗五金", "维修晾衣架", 1),
    ("墙砖", "泥瓦", "重铺墙砖", 2),
    ("地面", "泥瓦", "加固门槛石", 1),
    ("对讲", "水电", "维修对讲话机", 1),
];

/// The line that a repair of this kind has on its slip: item of the list and quantity; none for what the list does not hold.
pub fn line_of(kind: &str) -> Option<(String, i64)> {
    let (_, trade, name, quantity) = ITEM_OF.iter().find(|(known, ..)| *known == kind)?;
    Some((price_id(trade, name), *quantity))
}

/// A window cleaned, so many of them.
pub fn windows(pieces: i64) -> (String, i64) {
    (price_id("家政", "擦外窗"), pieces)
}

/// The part that turns out to be broken too.
pub fn valve() -> (String, i64) {
    (price_id("给排水", "陶瓷阀芯"), 1)
}
