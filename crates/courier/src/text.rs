//! Bytes that should be text (文本): UTF-8 with or without a mark, else GB18030 as Excel writes it.

/// The text; none when the bytes are neither.
pub fn decode(bytes: &[u8]) -> Option<String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => {
            let (text, _, broken) = encoding_rs::GB18030.decode(bytes);
            if broken {
                return None;
            }
            text.into_owned()
        }
    };
    (!text.contains('\0')).then_some(text)
}
