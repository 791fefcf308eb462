//! Cutting texts into terms (切词): normal form, pairs of characters, and the query made of them.

use std::collections::BTreeSet;

/// Traditional characters and the simplified ones they are looked up as, pair by pair: those of daily letters.
const SIMPLIFIED: &str = include_str!("simplified.txt");

/// Numbers of this length or longer are telephones, cards and the like: found by their beginning and their last four.
const LONG_NUMBER: usize = 7;

/// The normal form of a text: full width to half width, lower case, traditional to simplified characters.
pub fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        let sign = match sign {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
            '\u{3000}' => ' ',
            _ => sign,
        };
        if sign.is_ascii() {
            out.push(sign.to_ascii_lowercase());
        } else {
            sign.to_lowercase().for_each(|sign| out.push(simplified(sign)));
        }
    }
    out
}

fn simplified(sign: char) -> char {
    use std::collections::HashMap;
    use std::sync::LazyLock;
    static PAIRS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
        let signs: Vec<char> = SIMPLIFIED.chars().filter(|sign| !sign.is_whitespace()).collect();
        signs.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    });
    PAIRS.get(&sign).copied().unwrap_or(sign)
}

/// A run of signs that belong together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run<'a> {
    /// Latin letters and digits.
    Latin(&'a str),
    /// Characters and other letters.
    Signs(&'a str),
}

/// The runs of a normalised text; everything else separates.
fn runs(text: &str) -> Vec<Run<'_>> {
    let kind = |sign: char| match sign {
        _ if sign.is_ascii_alphanumeric() => 1,
        _ if sign.is_alphanumeric() => 2,
        _ => 0,
    };
    let mut out = Vec::new();
    let mut start = 0;
    let mut last = 0;
    let mut close = |last: u8, part| match last {
        1 => out.push(Run::Latin(part)),
        2 => out.push(Run::Signs(part)),
        _ => {}
    };
    for (at, sign) in text.char_indices() {
        let now = kind(sign);
        if now != last {
            close(last, &text[start..at]);
            (start, last) = (at, now);
        }
    }
    close(last, &text[start..]);
    out
}

/// Every pair of neighbours.
fn pairs(run: &str) -> impl Iterator<Item = &str> {
    let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
    (2..starts.len()).map(move |end| &run[starts[end - 2]..starts[end]])
}

fn is_long_number(run: &str) -> bool {
    run.len() >= LONG_NUMBER && run.bytes().all(|byte| byte.is_ascii_digit())
}

fn site_term(site: i64) -> String {
    format!("§{site}")
}

fn kind_term(kind: &str) -> String {
    format!("¶{}", kind.replace(|sign: char| !sign.is_alphanumeric(), ""))
}

/// The terms by which a normalised text of a site is found.
pub fn terms(text: &str, site: i64, kind: &str) -> Vec<String> {
    let mut out = BTreeSet::from([site_term(site), kind_term(kind)]);
    for run in runs(text) {
        if let Run::Latin(run) = run {
            out.insert(run.to_owned());
        }
        match run {
            Run::Latin(run) if is_long_number(run) => {
                out.insert(run[run.len() - 4..].to_owned());
            }
            Run::Latin(run) | Run::Signs(run) => {
                out.extend(pairs(run).map(str::to_owned));
                // Every character then begins some term, so one character can be looked up as a beginning.
                out.extend(run.chars().last().map(String::from));
            }
        }
    }
    out.into_iter().collect()
}

/// A term to be found, or the beginning of one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    text: String,
    beginning: bool,
}

/// What a document must hold: of each part at least one alternative, of which all terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Query {
    parts: Vec<Vec<Vec<Term>>>,
    runs: Vec<String>,
}

impl Query {
    /// The query for words as typed; none when there is nothing to look for in them.
    pub fn new(words: &str, sites: &[i64], kinds: &[&str]) -> Option<Query> {
        let normal = normalise(words);
        let runs = runs(&normal);
        if runs.is_empty() {
            return None;
        }
        let exact = |text: String| vec![Term { text, beginning: false }];
        let mut parts = Vec::new();
        for run in &runs {
            parts.push(alternatives(*run));
        }
        if !sites.is_empty() {
            parts.push(sites.iter().map(|site| exact(site_term(*site))).collect());
        }
        if !kinds.is_empty() {
            parts.push(kinds.iter().map(|kind| exact(kind_term(kind))).collect());
        }
        let runs = runs.iter().map(|run| match run {
            Run::Latin(run) | Run::Signs(run) => (*run).to_owned(),
        });
        Some(Query { parts, runs: runs.collect() })
    }

    /// Whether a normalised text really holds every run of the query.
    pub fn fits(&self, text: &str) -> bool {
        self.runs.iter().all(|run| text.contains(run.as_str()))
    }

    /// In the language of FTS5.
    pub fn fts5(&self) -> String {
        self.written(" AND ", " OR ", |term| format!("\"{}\"{}", term.text, if term.beginning { " *" } else { "" }))
    }

    /// In the language of PostgreSQL.
    pub fn tsquery(&self) -> String {
        self.written(" & ", " | ", |term| format!("'{}'{}", term.text, if term.beginning { ":*" } else { "" }))
    }

    fn written(&self, and: &str, or: &str, term: impl Fn(&Term) -> String) -> String {
        let all = |terms: &Vec<Term>| {
            let terms: Vec<String> = terms.iter().map(&term).collect();
            format!("({})", terms.join(and))
        };
        let any = |alternatives: &Vec<Vec<Term>>| {
            let alternatives: Vec<String> = alternatives.iter().map(all).collect();
            format!("({})", alternatives.join(or))
        };
        let parts: Vec<String> = self.parts.iter().map(any).collect();
        parts.join(and)
    }
}

fn alternatives(run: Run<'_>) -> Vec<Vec<Term>> {
    let term = |text: &str, beginning| Term { text: text.to_owned(), beginning };
    let in_pairs = |run: &str| pairs(run).map(|pair| term(pair, false)).collect();
    match run {
        Run::Latin(run) if is_long_number(run) => vec![vec![term(run, true)]],
        Run::Latin(run) if run.len() > 1 => vec![vec![term(run, true)], in_pairs(run)],
        Run::Signs(run) if run.chars().nth(1).is_some() => vec![in_pairs(run)],
        Run::Latin(run) | Run::Signs(run) => vec![vec![term(run, true)]],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_form_is_narrow_small_and_simplified() {
        assert_eq!(normalise("３－５０１　ＡＢＣ漏水"), "3-501 abc漏水");
        assert_eq!(normalise("電話 樓頂 漏水 廁所 門鎖 維修"), "电话 楼顶 漏水 厕所 门锁 维修");
    }

    #[test]
    fn pairs_of_the_table_are_whole_and_unambiguous() {
        let signs: Vec<char> = SIMPLIFIED.chars().filter(|sign| !sign.is_whitespace()).collect();
        assert_eq!(signs.len() % 2, 0);
        let from: BTreeSet<char> = signs.chunks(2).map(|pair| pair[0]).collect();
        assert_eq!(from.len(), signs.len() / 2, "a character stands twice on the left");
        for pair in signs.chunks(2) {
            assert_ne!(pair[0], pair[1]);
            assert!(!from.contains(&pair[1]), "{} is simplified and traditional", pair[1]);
        }
    }

    #[test]
    fn texts_are_cut_into_pairs_ends_and_whole_latin_words() {
        let cut = |text: &str| {
            let mut terms = terms(&normalise(text), 5, "case");
            terms.retain(|term| !term.starts_with(['§', '¶']));
            terms
        };
        assert_eq!(cut("卫生间漏水"), ["卫生", "水", "漏水", "生间", "间漏"]);
        assert_eq!(cut("A3-501"), ["01", "1", "3", "50", "501", "a3"]);
        assert_eq!(cut("13912345678"), ["13912345678", "5678"]);
        assert_eq!(cut("，。"), Vec::<String>::new());
        assert!(terms("x", 5, "unit-dossier").contains(&"¶unitdossier".to_owned()));
    }

    #[test]
    fn a_query_is_written_for_both_engines() {
        let query = Query::new("漏水 501", &[5], &[]).unwrap();
        assert_eq!(query.fts5(), r#"(("漏水")) AND (("501" *) OR ("50" AND "01")) AND (("§5"))"#);
        assert_eq!(query.tsquery(), "(('漏水')) & (('501':*) | ('50' & '01')) & (('§5'))");
        assert!(query.fits("3-501 厨房漏水") && !query.fits("3-501 漏了水"));
        assert_eq!(Query::new(" ，'\" ", &[], &[]), None);
        assert_eq!(Query::new("漏", &[], &[]).unwrap().fts5(), r#"(("漏" *))"#);
    }

    /// What an engine does with the query: whether these terms satisfy it.
    fn satisfied(query: &Query, terms: &[String]) -> bool {
        let has = |term: &Term| {
            terms.iter().any(|it| if term.beginning { it.starts_with(&term.text) } else { *it == term.text })
        };
        query.parts.iter().all(|any| any.iter().any(|all| all.iter().all(has)))
    }

    proptest::proptest! {
        #[test]
        fn every_part_of_a_text_finds_it(text in "[漏水管道楼顶a-c0-9 -]{1,24}", from in 0usize..24, length in 1usize..9) {
            let normal = normalise(&text);
            let part: String = normal.chars().skip(from).take(length).collect();
            if let Some(query) = Query::new(&part, &[5], &["case"]) {
                let long = |run: &Run<'_>| matches!(run, Run::Latin(run) if is_long_number(run));
                // Long numbers are found by their beginning and their last four only.
                if !runs(&normal).iter().any(long) {
                    proptest::prop_assert!(satisfied(&query, &terms(&normal, 5, "case")), "{part} in {normal}");
                    proptest::prop_assert!(query.fits(&normal));
                }
                proptest::prop_assert!(!satisfied(&query, &terms(&normal, 6, "case")));
            }
        }

        #[test]
        fn a_telephone_is_found_by_its_beginning_and_its_last_four(number in "1[0-9]{10}", cut in 1usize..11) {
            let terms = terms(&normalise(&format!("张三 {number}")), 5, "case");
            let finds = |words: &str| satisfied(&Query::new(words, &[], &[]).unwrap(), &terms);
            proptest::prop_assert!(finds(&number[..cut]));
            proptest::prop_assert!(finds(&number[7..]));
        }
    }
}
