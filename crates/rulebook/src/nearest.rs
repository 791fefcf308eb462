//! The nearest known word (最接近的词) to one that is not known, for hints.

/// The word of `known` that needs the fewest changed, missing or extra letters to become `written`; none when every one
/// is too far off to be what was meant (more than a third of the longer word, at least one letter).
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written: Vec<char> = written.chars().take(64).collect();
    let mut best: Option<(usize, &str)> = None;
    for word in known {
        let letters: Vec<char> = word.chars().take(64).collect();
        let far = (letters.len().max(written.len()) / 3).max(1);
        if letters.len().abs_diff(written.len()) > far {
            continue;
        }
        let away = distance(&written, &letters);
        if away <= far && away < letters.len() && best.is_none_or(|(least, _)| away < least) {
            best = Some((away, word));
        }
    }
    best.map(|(_, word)| word)
}

/// Letters to change, add or drop (Levenshtein).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (corner + usize::from(x != y)).min(above + 1).min(row[j] + 1);
            corner = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_a_slip_of_the_pen() {
        assert_eq!(nearest("witin", ["within", "when", "who"]), Some("within"));
        assert_eq!(nearest("投诉处理完必", ["投诉处理完毕", "投诉受理"]), Some("投诉处理完毕"));
    }

    #[test]
    fn stays_silent_when_nothing_is_near() {
        assert_eq!(nearest("colour", ["within", "when", "who"]), None);
        assert_eq!(nearest("", ["a"]), None);
    }
}
