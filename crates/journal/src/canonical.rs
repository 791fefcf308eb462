//! The one way to write a value down (规范写法): JSON with sorted keys, no spaces and no fractions, and framed bytes.

use std::fmt::Write as _;

use serde_json::Value;

use crate::fault::{Fault, FaultKind};

/// Canonical JSON. Refuses fractions: money is fen, times are microseconds, rates are kept as two whole numbers.
pub fn json(value: &Value) -> Result<String, Fault> {
    let mut out = String::new();
    write(value, &mut out)?;
    Ok(out)
}

fn write(value: &Value, out: &mut String) -> Result<(), Fault> {
    match value {
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort();
            out.push('{');
            for (at, key) in keys.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_text(key, out);
                out.push(':');
                write(&map[key], out)?;
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, out)?;
            }
            out.push(']');
        }
        Value::Number(number) if number.is_f64() => {
            return Err(Fault::new(FaultKind::Bug, format!("an entry holds the fraction {number}")));
        }
        Value::String(text) => write_text(text, out),
        Value::Number(_) | Value::Bool(_) | Value::Null => {
            let _ = write!(out, "{value}");
        }
    }
    Ok(())
}

fn write_text(text: &str, out: &mut String) {
    // serde_json writes a string in one way only: shortest escapes, everything else as it is.
    let _ = write!(out, "{}", Value::from(text));
}

/// Appends bytes behind their length, so that no two lists of fields look alike.
pub(crate) fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
    out.extend_from_slice(bytes);
}

/// Takes what [`put_bytes`] put, or none when the rest is too short.
pub(crate) fn take_bytes<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, tail) = rest.split_first_chunk::<8>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let bytes = tail.get(..length)?;
    *rest = &tail[length..];
    Some(bytes)
}

/// Bytes as lower-case hexadecimal text.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// The bytes of a hexadecimal text, or none when it is not one.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || text.len() % 2 == 1 {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_are_sorted_and_nothing_is_spaced() {
        let value = json!({"b": [1, true, null], "a": {"z": "漏\n水\"", "y": -3}});
        assert_eq!(super::json(&value).unwrap(), r#"{"a":{"y":-3,"z":"漏\n水\""},"b":[1,true,null]}"#);
    }

    #[test]
    fn fractions_are_refused() {
        assert!(super::json(&json!([1, 0.5])).is_err());
        assert!(super::json(&json!(1)).is_ok());
    }

    #[test]
    fn frames_and_hex_come_back() {
        let mut out = Vec::new();
        put_bytes(&mut out, b"abc");
        put_bytes(&mut out, b"");
        let mut rest = out.as_slice();
        assert_eq!(take_bytes(&mut rest), Some(b"abc".as_slice()));
        assert_eq!(take_bytes(&mut rest), Some(b"".as_slice()));
        assert_eq!(take_bytes(&mut rest), None);
        assert_eq!(unhex(&hex(b"\x00\xffz")).unwrap(), b"\x00\xffz");
        assert_eq!(unhex("0g"), None);
        assert_eq!(unhex("中a"), None);
    }
}
