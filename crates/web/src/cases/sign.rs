//! A customer's signature (客户签字): drawn on the screen, given on paper, or said by phone with name and number.

use maud::{Markup, html};
use office::Refusal;
use office::event::{Signature, SignatureWay};

use crate::components::field::{Chip, Field, chips, sign_here};
use crate::components::marks::is_drawn_path;
use crate::language::t;
use crate::page::Filled;

/// The fields. `name` is proposed as the signer's.
pub fn show(filled: &Filled, name: &str) -> Markup {
    let way = match filled.get("way") {
        "" => "drawn",
        chosen => chosen,
    };
    let typed = match filled.get("signer") {
        // A masked name is nobody's signature.
        "" if name.contains('*') => "",
        "" => name,
        typed => typed,
    };
    let ways = [("drawn", t("屏幕上签")), ("paper", t("纸上已签")), ("phone", t("电话确认")), ("none", t("没有签"))];
    let ways = ways.map(|(value, words)| Chip { value, words, key: None, on: value == way });
    html! {
        (chips("way", t("签字方式"), false, &ways))
        (Field { hint: t("电话确认请写姓名和号码"), ..Field::line("signer", t("签字人"), typed) }.render())
        (sign_here("signature", t("请在框内签名")))
    }
}

/// The signature as it was given; none when it was not. A drawn one without strokes, or a phone one without a name, is refused.
pub fn read(filled: &Filled, what: &str) -> Result<Option<Signature>, Refusal> {
    let way = match filled.get("way") {
        "drawn" => SignatureWay::Drawn,
        "paper" => SignatureWay::Paper,
        "phone" => SignatureWay::Phone,
        _ => return Ok(None),
    };
    let name = filled.get("signer").to_owned();
    let path = filled.get("signature");
    if way == SignatureWay::Drawn && !is_drawn_path(path) {
        if path.is_empty() && name.is_empty() {
            return Ok(None);
        }
        let next = "请客户在框内签名；不在场时改选“纸上已签”或“电话确认”。";
        return Err(Refusal::new(what, "屏幕上还没有签名", next).at("signature"));
    }
    if way == SignatureWay::Phone && name.is_empty() {
        return Err(Refusal::new(what, "电话确认没有写姓名和号码", "请写确认人的姓名和电话号码。").at("signer"));
    }
    let path = if way == SignatureWay::Drawn { path.to_owned() } else { String::new() };
    Ok(Some(Signature { name, post: "resident".into(), way, path }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_name_is_not_proposed_for_a_signature() {
        let shown = |name: &str| show(&filled(&[]), name).into_string();
        assert!(shown("解演南").contains("解演南") && !shown("解**").contains("解**"));
    }

    fn filled(pairs: &[(&str, &str)]) -> Filled {
        Filled(pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn each_way_asks_for_what_makes_it_a_signature() {
        let drawn = read(&filled(&[("way", "drawn"), ("signer", "演示"), ("signature", "M1 2L3 4")]), "不能办");
        assert_eq!(drawn.expect("taken").map(|it| it.path), Some("M1 2L3 4".to_owned()));
        assert!(read(&filled(&[("way", "drawn"), ("signer", "演示"), ("signature", "<svg>")]), "不能办").is_err());
        assert!(read(&filled(&[("way", "phone")]), "不能办").is_err());
        let phone = read(&filled(&[("way", "phone"), ("signer", "演示 13800000001")]), "不能办");
        assert_eq!(phone.expect("taken").map(|it| it.way), Some(SignatureWay::Phone));
        assert_eq!(read(&filled(&[("way", "none"), ("signer", "演示")]), "不能办"), Ok(None));
    }
}
