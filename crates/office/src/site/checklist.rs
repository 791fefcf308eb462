//! Checklists that a site writes itself (核对清单): tools and parts by what is broken, what to do at the door, how to leave the
//! place. Texts of settings; items are parted by 、 and groups by ；.

/// The setting that lists tools and parts.
pub const TOOLS: &str = "工具备件清单";
/// The setting that lists what is done at the door, one after the other.
pub const DOOR: &str = "上门服务项目";
/// The setting that lists how mail is brought to a door.
pub const MAIL_DOOR: &str = "送报上门礼仪";
/// The setting that lists how the place is left.
pub const CLEARED: &str = "现场清理项目";

/// The items of a plain list.
pub fn items(list: &str) -> Vec<&str> {
    list.split(['；', '、', ';']).map(str::trim).filter(|item| !item.is_empty()).collect()
}

/// The tools and parts for what these words say: of each group `词、词：件、件` one of whose words is among them, and of groups
/// without words. Each once, in the order of the list.
pub fn tools<'a>(list: &'a str, words: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    for group in list.split(['；', ';']) {
        let (named, listed) = group.split_once(['：', ':']).unwrap_or(("", group));
        let mut named = named.split('、').map(str::trim).filter(|word| !word.is_empty()).peekable();
        if named.peek().is_none() || named.any(|word| words.contains(word)) {
            let new: Vec<&str> = items(listed).into_iter().filter(|item| !found.contains(item)).collect();
            found.extend(new);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tools_are_those_for_what_is_broken_and_those_for_everything() {
        let list = "水龙头、漏水：管钳、生料带；跳闸、插座：试电笔、生料带；鞋套、垫布";
        assert_eq!(tools(list, "厨房水龙头滴水"), ["管钳", "生料带", "鞋套", "垫布"]);
        assert_eq!(tools(list, "漏水引起跳闸"), ["管钳", "生料带", "试电笔", "鞋套", "垫布"]);
        assert_eq!(tools(list, "门锁"), ["鞋套", "垫布"]);
        assert_eq!(tools("", "门锁"), [""; 0]);
        assert_eq!(items(" 出示工牌；穿鞋套；；"), ["出示工牌", "穿鞋套"]);
    }
}
