//! QR codes (二维码) as SVG, always with the words beneath: a code that cannot be scanned is typed.

use maud::{Markup, PreEscaped, html};
use qrcode::{EcLevel, QrCode};

/// The code of a text, with `words` beneath. A text too long for a code (over 1 200 bytes) shows only the words.
pub fn qr(text: &str, words: &str) -> Markup {
    html! {
        figure.qr {
            @if let Some((size, path)) = modules(text) {
                svg viewBox={ "0 0 " (size) " " (size) } role="img" aria-label=(words) shape-rendering="crispEdges" {
                    path fill="#fff" d={ "M0 0h" (size) "v" (size) "H0z" } {}
                    path fill="#000" d=(PreEscaped(path)) {}
                }
            }
            figcaption { (words) }
        }
    }
}

/// Dark modules as one path of runs, and the size with the quiet zone of four modules.
fn modules(text: &str) -> Option<(usize, String)> {
    if text.len() > 1_200 {
        return None;
    }
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (row, line) in code.to_colors().chunks(width).enumerate() {
        let mut at = 0;
        while at < width {
            let run = line[at..].iter().take_while(|it| **it == qrcode::Color::Dark).count();
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", at + 4, row + 4));
            }
            at += run.max(1);
        }
    }
    Some((width + 8, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_holds_every_dark_module_once() {
        let text = "WX-202611-0001";
        let (size, path) = modules(text).unwrap();
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        let dark = code.to_colors().iter().filter(|it| **it == qrcode::Color::Dark).count();
        let drawn: usize = path
            .split('M')
            .skip(1)
            .map(|run| {
                let length = run.split(['h', 'v']).nth(1).unwrap();
                length.parse::<usize>().unwrap()
            })
            .sum();
        assert_eq!((size, drawn), (code.width() + 8, dark));
    }

    #[test]
    fn a_long_text_shows_only_its_words() {
        assert!(!qr(&"长".repeat(500), "见网页").into_string().contains("<svg"));
    }
}
