//! Breaking texts into lines (断行): between any two Chinese characters but for punctuation, which neither begins a line when it
//! closes nor ends one when it opens; Latin words and numbers stay whole where a line holds them.

/// What never begins a line.
const CLOSING: &str = "，。、；：？！）》」』】〉〕］｝”’…—·％,.;:?!)]}%‰℃〗";
/// What never ends a line.
const OPENING: &str = "（《「『【〈〔［｛“‘([{￥¥〖";

/// Whether a character is part of a word that stays whole.
fn word(c: char) -> bool {
    (c < '\u{2e80}' && !c.is_whitespace()) && !"—…“”‘’·/".contains(c)
}

/// Whether a line may end between these two.
fn parts(before: char, after: char) -> bool {
    if after == ' ' || CLOSING.contains(after) || OPENING.contains(before) {
        return false;
    }
    !(word(before) && word(after))
}

/// What is written as itself: neither a control sign nor a mark that only varies the character before it.
pub(super) fn written(c: char) -> bool {
    let joins = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{feff}');
    let varies = matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
    !c.is_control() && !joins && !varies
}

/// The lines of a text in a width, by the width of each character; an empty text has one empty line.
pub(super) fn lines(text: &str, width: f32, mut of: impl FnMut(char) -> f32) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let signs: Vec<char> =
            paragraph.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| written(*c)).collect();
        let (mut start, mut used, mut break_at) = (0, 0.0, 0);
        let mut at = 0;
        while at < signs.len() {
            let wide = of(signs[at]);
            if at > start && used + wide > width && signs[at] != ' ' {
                let end = if break_at > start { break_at } else { at };
                lines.push(signs[start..end].iter().collect::<String>().trim_end().to_owned());
                start = end;
                while signs.get(start) == Some(&' ') {
                    start += 1;
                }
                (at, used, break_at) = (start, 0.0, start);
                continue;
            }
            used += wide;
            at += 1;
            if at < signs.len() && parts(signs[at - 1], signs[at]) {
                break_at = at;
            }
        }
        lines.push(signs[start.min(signs.len())..].iter().collect::<String>().trim_end().to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_em(text: &str, width: f32) -> Vec<String> {
        lines(text, width, |c| if c.is_ascii() { 0.5 } else { 1.0 })
    }

    #[test]
    fn punctuation_begins_no_line_and_brackets_end_none() {
        assert_eq!(in_em("厨房水龙头漏水，已修", 7.0), ["厨房水龙头漏", "水，已修"]);
        assert_eq!(in_em("厨房水龙头（冷水）漏", 6.0), ["厨房水龙头", "（冷水）漏"]);
        assert_eq!(in_em("甲\n\n乙", 6.0), ["甲", "", "乙"]);
        assert_eq!(in_em("", 6.0), [""]);
    }

    #[test]
    fn words_stay_whole_where_they_fit_and_what_is_too_long_is_cut() {
        assert_eq!(in_em("the tap drips", 4.0), ["the tap", "drips"]);
        assert_eq!(in_em("单号WX-202611-0001", 8.0), ["单号", "WX-202611-0001"]);
        assert_eq!(in_em("0123456789abcdef", 4.0), ["01234567", "89abcdef"]);
        assert_eq!(in_em("，，，，", 2.0).concat(), "，，，，");
    }

    #[test]
    fn signs_that_are_not_written_take_no_room() {
        assert_eq!(in_em("a\tb\u{7}\u{fe0f}", 9.0), ["a b"]);
    }
}
