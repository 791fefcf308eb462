//! Uploads (附件上传): what a file is says its beginning, not its name; only pictures and PDF are taken.

/// Bytes of one upload at most: a photo that no script has made smaller.
pub const BYTES_MAX: usize = 12 * 1024 * 1024;
/// Bytes of a form without uploads at most.
pub const FORM_BYTES_MAX: usize = 256 * 1024;

/// A kind of upload that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A photo.
    Jpeg,
    /// A screen picture or a drawing.
    Png,
    /// A photo of newer phones.
    Webp,
    /// A scanned paper.
    Pdf,
}

impl Kind {
    /// The media type under which it is served again.
    pub fn media_type(self) -> &'static str {
        match self {
            Kind::Jpeg => "image/jpeg",
            Kind::Png => "image/png",
            Kind::Webp => "image/webp",
            Kind::Pdf => "application/pdf",
        }
    }

    /// The ending of its name.
    pub fn ending(self) -> &'static str {
        match self {
            Kind::Jpeg => "jpg",
            Kind::Png => "png",
            Kind::Webp => "webp",
            Kind::Pdf => "pdf",
        }
    }
}

/// Why an upload is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// No bytes.
    Empty,
    /// More bytes than `BYTES_MAX`.
    Large,
    /// Neither a picture nor a PDF by its beginning.
    Unknown,
}

/// The kind of an upload by its first bytes.
pub fn sniff(bytes: &[u8]) -> Result<Kind, Unfit> {
    match bytes {
        [] => Err(Unfit::Empty),
        _ if bytes.len() > BYTES_MAX => Err(Unfit::Large),
        [0xFF, 0xD8, 0xFF, ..] => Ok(Kind::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Ok(Kind::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Kind::Webp),
        [b'%', b'P', b'D', b'F', b'-', ..] => Ok(Kind::Pdf),
        _ => Err(Unfit::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_decides() {
        assert_eq!(sniff(&[0xFF, 0xD8, 0xFF, 0xE0]), Ok(Kind::Jpeg));
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\nrest"), Ok(Kind::Png));
        assert_eq!(sniff(b"RIFF\x10\0\0\0WEBPVP8 "), Ok(Kind::Webp));
        assert_eq!(sniff(b"%PDF-1.7"), Ok(Kind::Pdf));
    }

    #[test]
    fn anything_else_is_unfit() {
        assert_eq!(sniff(b""), Err(Unfit::Empty));
        assert_eq!(sniff(b"<svg onload=alert(1)>"), Err(Unfit::Unknown));
        assert_eq!(sniff(b"RIFF\x10\0\0\0WAVEfmt "), Err(Unfit::Unknown));
        assert_eq!(sniff(&[0xFF, 0xD8]), Err(Unfit::Unknown));
        let mut photo = vec![0u8; BYTES_MAX];
        photo[..3].copy_from_slice(&[0xFF, 0xD8, 0xFF]);
        assert_eq!(sniff(&photo), Ok(Kind::Jpeg));
        photo.push(0);
        assert_eq!(sniff(&photo), Err(Unfit::Large));
    }
}
