//! How far a workstation's printer is off (打印偏移): tenths of a millimetre to the right and down, kept in the browser that
//! prints, because every printer draws its paper in a little differently.

use axum::http::{HeaderMap, HeaderValue};

use crate::security::cookies;

/// How far what is printed onto pre-printed paper is moved, in tenths of a millimetre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Offset {
    /// To the right; negative is to the left.
    pub right: i32,
    /// Down; negative is up.
    pub down: i32,
}

/// One centimetre each way: beyond that the paper lies wrong.
const MOST: i32 = 100;

impl Offset {
    /// The offset of this browser; none when nobody has set it.
    pub fn of(headers: &HeaderMap) -> Offset {
        let kept = cookies::find(headers, cookies::PRINT).and_then(|kept| kept.split_once('_'));
        let tenths = |text: &str| text.parse().ok().filter(|it: &i32| it.abs() <= MOST).unwrap_or_default();
        kept.map_or_else(Offset::default, |(right, down)| Offset { right: tenths(right), down: tenths(down) })
    }

    /// The cookie that keeps it.
    pub fn cookie(self, https: bool) -> HeaderValue {
        cookies::choice(cookies::PRINT, &format!("{}_{}", self.right, self.down), https)
    }

    /// The classes that move what stands below them; empty when nothing is moved.
    pub fn classes(self) -> String {
        if self == Offset::default() {
            return String::new();
        }
        let parts = |tenths: i32| (tenths.div_euclid(10), tenths.rem_euclid(10));
        let ((x, xt), (y, yt)) = (parts(self.right), parts(self.down));
        format!("moved mx{x} tx{xt} my{y} ty{yt}")
    }
}

/// Tenths of millimetres as people write them: `-1.5`, `0,8`. Empty is none at all.
pub fn read(typed: &str) -> Option<i32> {
    let typed = typed.trim().replace(['，', ','], ".").replace('−', "-");
    let (negative, digits) = match typed.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, typed.strip_prefix('+').unwrap_or(&typed)),
    };
    let (whole, tenth) = digits.split_once('.').unwrap_or((digits, "0"));
    let number = |text: &str, most: usize| -> Option<i32> {
        (text.len() <= most && text.bytes().all(|c| c.is_ascii_digit())).then(|| text.parse().ok())?
    };
    let tenths = match digits.is_empty() {
        true if typed.is_empty() => 0,
        true => return None,
        false => number(whole, 2)? * 10 + number(tenth, 1)?,
    };
    (tenths <= MOST).then_some(if negative { -tenths } else { tenths })
}

/// As it is written: `-1.5`.
pub fn written(tenths: i32) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
}

/// The classes of all offsets, for the stylesheet of paper: whole millimetres and tenths add up.
pub fn rules() -> String {
    let mut css =
        String::from(".moved .sheet>*{transform:translate(calc(var(--mx) + var(--tx)),calc(var(--my) + var(--ty)))}");
    for axis in ['x', 'y'] {
        (-10..=10).for_each(|mm| css += &format!(".m{axis}{mm}{{--m{axis}:{mm}mm}}"));
        (0..10).for_each(|tenth| css += &format!(".t{axis}{tenth}{{--t{axis}:.{tenth}mm}}"));
    }
    css
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn millimetres_are_read_to_the_tenth_and_not_beyond_a_centimetre() {
        let read = |typed| super::read(typed);
        assert_eq!([read("1.5"), read("-0.3"), read("+2"), read(""), read(" 0，8 ")], [15, -3, 20, 0, 8].map(Some));
        assert_eq!([read("10"), read("−10.0")], [Some(100), Some(-100)]);
        assert_eq!([read("10.1"), read("1.25"), read("-"), read("."), read("1mm"), read("--1")], [None; 6]);
        assert_eq!([written(15), written(-3), written(0)], ["1.5", "-0.3", "0.0"]);
    }

    #[test]
    fn whole_and_tenth_add_up_and_every_class_has_its_rule() {
        let css = rules();
        assert_eq!(Offset::default().classes(), "");
        for tenths in -MOST..=MOST {
            let classes = Offset { right: tenths, down: -tenths }.classes();
            for class in classes.split_whitespace().filter(|class| *class != "moved") {
                assert!(css.contains(&format!(".{class}{{")), "{class}");
            }
        }
        assert_eq!(Offset { right: -3, down: 15 }.classes(), "moved mx-1 tx7 my1 ty5");
    }

    #[test]
    fn what_the_cookie_keeps_comes_back_and_what_is_odd_is_nothing() {
        let kept = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(axum::http::header::COOKIE, text.parse().expect("a header"));
            Offset::of(&headers)
        };
        let offset = Offset { right: -7, down: 12 };
        let cookie = offset.cookie(false);
        assert_eq!(kept(cookie.to_str().unwrap_or_default().split(';').next().unwrap_or_default()), offset);
        assert_eq!(kept("print=999_x"), Offset::default());
    }
}
