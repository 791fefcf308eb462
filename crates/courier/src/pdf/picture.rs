//! Pictures on a page (图片): PNG, JPEG and WebP as they were kept, told by their first bytes; photos stand upright, as the phone says.

use std::fmt;

use krilla::image::Image;

/// A picture that can be put on a page.
#[derive(Clone, Debug)]
pub struct Picture {
    pub(super) image: Image,
    /// Quarter turns to the right that make it stand upright.
    pub(super) turns: u8,
}

/// Why a picture cannot be put on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPicture {
    /// Neither PNG nor JPEG nor WebP, or broken.
    Unknown,
    /// A JPEG in the colours of printing presses, which an archive copy must not hold.
    Press,
    /// More points than can be unpacked safely.
    Large,
}

impl fmt::Display for NoPicture {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str(match self {
            NoPicture::Unknown => "不是完好的 PNG、JPEG 或 WebP 图片",
            NoPicture::Press => "是印刷用的四色图片",
            NoPicture::Large => "图片太大",
        })
    }
}

impl std::error::Error for NoPicture {}

/// Points of the largest picture; one that has to be packed anew may have fewer.
const MOST: u64 = 40_000_000;
const MOST_ANEW: u64 = 16_000_000;

impl Picture {
    /// Reads a picture.
    pub fn read(bytes: &[u8]) -> Result<Picture, NoPicture> {
        let data = || bytes.to_vec().into();
        let mut most = MOST;
        let image = match bytes {
            [0x89, b'P', b'N', b'G', ..] => Image::from_png(data(), false),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => {
                most = MOST_ANEW;
                Image::from_webp(data(), false)
            }
            [0xff, 0xd8, ..] => match colours(bytes) {
                Some(1 | 3) => Image::from_jpeg(data(), false),
                Some(_) => return Err(NoPicture::Press),
                None => return Err(NoPicture::Unknown),
            },
            _ => return Err(NoPicture::Unknown),
        };
        let image = image.map_err(|_| NoPicture::Unknown)?;
        let (wide, high) = image.size();
        match u64::from(wide) * u64::from(high) {
            0 => Err(NoPicture::Unknown),
            points if points > most => Err(NoPicture::Large),
            _ => Ok(Picture { image, turns: turns(bytes) }),
        }
    }

    /// Width and height within these millimetres, in proportion, never larger than 96 points an inch make it.
    pub(super) fn within(&self, wide: f32, high: f32) -> (f32, f32) {
        let (width, height) = match (self.image.size(), self.turns % 2) {
            ((width, height), 1) => (height, width),
            (size, _) => size,
        };
        let (width, height) = (width as f32 * 25.4 / 96.0, height as f32 * 25.4 / 96.0);
        let scale = (wide / width).min(high / height).min(1.0);
        (width * scale, height * scale)
    }
}

/// The first segment of a JPEG that is wanted, without its mark and length.
fn segment(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> Option<&[u8]> {
    let mut at = 2;
    while let [0xff, kind, high, low, ..] = *bytes.get(at..)? {
        if kind == 0xff {
            at += 1;
            continue;
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        if wanted(kind) {
            return bytes.get(at + 4..);
        }
        at += 2 + length;
    }
    None
}

/// How many colours a JPEG has: read from its frame head.
fn colours(bytes: &[u8]) -> Option<u8> {
    segment(bytes, |kind| matches!(kind, 0xc0..=0xcf) && !matches!(kind, 0xc4 | 0xc8 | 0xcc))?.get(5).copied()
}

/// Quarter turns to the right by which a photo was taken: the orientation that a phone writes into a JPEG.
pub(super) fn turns(bytes: &[u8]) -> u8 {
    let orientation = || {
        let exif = segment(bytes, |kind| kind == 0xe1).filter(|_| bytes.starts_with(&[0xff, 0xd8]))?;
        let tiff = exif.strip_prefix(b"Exif\0\0")?;
        let small = tiff.starts_with(b"II");
        let word = |at: usize| -> Option<usize> {
            let two = [*tiff.get(at)?, *tiff.get(at + 1)?];
            Some(usize::from(if small { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) }))
        };
        // The list lies within the first 64 KiB; its place has a high half of nothing.
        let list = word(if small { 4 } else { 6 })?;
        let entries = (0..word(list)?).map(|n| list + 2 + 12 * n);
        entries.take(64).find(|at| word(*at) == Some(0x0112)).and_then(|at| word(at + 8))
    };
    match orientation() {
        Some(3) => 2,
        Some(6) => 1,
        Some(8) => 3,
        _ => 0,
    }
}

/// Lines that were drawn by hand on a field (手写): a signature.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    pub(super) strokes: Vec<Vec<(f32, f32)>>,
    field: (f32, f32),
}

impl Drawing {
    /// Reads a path of moves and lines (`M10 20L11 22`) on a field of this size; none when it is not one or draws nothing.
    pub fn read(path: &str, field: (f32, f32)) -> Option<Drawing> {
        let mut strokes: Vec<Vec<(f32, f32)>> = Vec::new();
        let mut rest = path.trim_start();
        while let Some(kind) = rest.chars().next() {
            if !matches!(kind, 'M' | 'L') {
                return None;
            }
            let end = rest[1..].find(['M', 'L']).map_or(rest.len(), |at| at + 1);
            let mut numbers = rest.get(1..end)?.split_whitespace().map(str::parse::<f32>);
            let point = (numbers.next()?.ok()?, numbers.next()?.ok()?);
            match (kind, strokes.last_mut(), numbers.next()) {
                ('M', _, None) => strokes.push(vec![point]),
                ('L', Some(stroke), None) => stroke.push(point),
                _ => return None,
            }
            rest = rest.get(end..)?;
        }
        (!strokes.is_empty()).then_some(Drawing { strokes, field })
    }

    /// Width and height of its field within these millimetres.
    pub(super) fn within(&self, wide: f32, high: f32) -> (f32, f32) {
        let scale = (wide / self.field.0).min(high / self.field.1);
        (self.field.0 * scale, self.field.1 * scale)
    }

    /// Its strokes with the field laid into a rectangle.
    pub(super) fn laid(&self, (x, y): (f32, f32), (wide, high): (f32, f32)) -> Vec<Vec<(f32, f32)>> {
        let (across, down) = (wide / self.field.0, high / self.field.1);
        // What was drawn beyond the edge stays at the edge.
        let inside = |(px, py): (f32, f32)| (px.clamp(0.0, self.field.0), py.clamp(0.0, self.field.1));
        let point = |at| {
            let (px, py) = inside(at);
            (x + px * across, y + py * down)
        };
        self.strokes.iter().map(|stroke| stroke.iter().map(|at| point(*at)).collect()).collect()
    }
}
