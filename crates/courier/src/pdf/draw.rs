//! Putting what was laid out onto pages of a file (成文件).

use std::ops::Range;

use calendar::Moment;
use krilla::color::{luma, rgb};
use krilla::configure::{Archival, Configuration, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, LineCap, LineJoin, Stroke};
use krilla::surface::Surface;
use krilla::text::KrillaGlyph;
use krilla::{Document, SerializeSettings};

use super::font::Face;
use super::{Hand, Look, Pdf, Picture, Problem, Writer, line};

/// Something at a place of a page; places are upper left corners in millimetres.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    Text { at: (f32, f32), text: String, hand: Hand },
    Line { from: (f32, f32), to: (f32, f32), width: f32 },
    Shade { at: (f32, f32), size: (f32, f32) },
    Picture { at: (f32, f32), size: (f32, f32), picture: Picture },
    Drawing { strokes: Vec<Vec<(f32, f32)>> },
}

/// A page.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub head: [String; 2],
    pub stamp: Option<String>,
    pub marks: Vec<Mark>,
}

/// Points of so many millimetres.
fn pt(mm: f32) -> f32 {
    mm * 72.0 / 25.4
}

/// Makes the file; pictures that turn out to be broken are left out.
pub(super) fn file(writer: Writer) -> Result<Pdf, Problem> {
    let mut writer = writer;
    let mut broken: Vec<Image> = Vec::new();
    loop {
        match whole(&mut writer, &broken) {
            Ok(bytes) => {
                let unknown = writer.unknown.into_iter().collect();
                return Ok(Pdf { bytes, pages: writer.sheets.len(), unknown, broken: broken.len() });
            }
            Err(KrillaError::Image(image, ..)) if !broken.contains(&image) => broken.push(image),
            Err(KrillaError::Validation(errors)) => return Err(Problem::Other(format!("{errors:?}"))),
            Err(error) => return Err(Problem::Other(error.to_string())),
        }
    }
}

fn whole(writer: &mut Writer, broken: &[Image]) -> Result<Vec<u8>, KrillaError> {
    let configuration = match writer.look.made {
        Some(_) => ConfigurationBuilder::new().with_archival_validator(Archival::A2_B).finish().unwrap_or_default(),
        None => Configuration::default(),
    };
    let mut document =
        Document::new_with(SerializeSettings { configuration, enable_tagging: false, ..SerializeSettings::default() });
    let (wide, high) = writer.look.paper.millimetres();
    let size = (pt(wide), pt(high));
    for sheet in &writer.sheets {
        let Some(settings) = PageSettings::from_wh(size.0, size.1) else { continue };
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for mark in &sheet.marks {
            draw(&mut surface, &mut writer.face, mark, broken);
        }
        if let Some(words) = &sheet.stamp {
            stamp(&mut surface, &mut writer.face, words, size);
        }
        surface.finish();
        page.finish();
    }
    let mut outline = Outline::new();
    for (name, page, at) in &writer.marks {
        let place = XyzDestination::new(*page, Point::from_xy(0.0, pt(*at)));
        outline.push_child(OutlineNode::new(name.clone(), place));
    }
    if writer.marks.len() > 1 {
        document.set_outline(outline);
    }
    document.set_metadata(about(&writer.look));
    document.finish()
}

fn about(look: &Look) -> Metadata {
    let metadata = Metadata::new()
        .title(look.title.clone())
        .language(look.language.clone())
        .creator("Huiyin".into())
        .producer("Huiyin".into())
        .authors([look.author.clone()].into_iter().filter(|it| !it.is_empty()).collect());
    match look.made.and_then(date) {
        Some(date) => metadata.creation_date(date),
        None => metadata,
    }
}

/// A moment as a file says it, in universal time.
fn date(at: Moment) -> Option<DateTime> {
    let time = jiff::Timestamp::from_microsecond(at.0).ok()?.to_zoned(jiff::tz::TimeZone::UTC);
    let small = |n: i8| u8::try_from(n).unwrap_or_default();
    let date = DateTime::new(u16::try_from(time.year()).ok()?).month(small(time.month())).day(small(time.day()));
    let date = date.hour(small(time.hour())).minute(small(time.minute())).second(small(time.second()));
    Some(date.utc_offset_hour(0).utc_offset_minute(0))
}

fn draw(surface: &mut Surface, face: &mut Face, mark: &Mark, broken: &[Image]) {
    match mark {
        Mark::Text { at: (x, y), text, hand } => {
            let base = pt(*y) + hand.size * (0.88 + (super::LEADING - 1.0) / 2.0);
            letters(surface, face, text, (pt(*x), base), *hand);
        }
        Mark::Line { from, to, width } => {
            stroked(surface, &[vec![*from, *to]], Stroke { width: pt(*width), ..Stroke::default() });
        }
        Mark::Drawing { strokes } => {
            let (line_cap, line_join) = (LineCap::Round, LineJoin::Round);
            stroked(surface, strokes, Stroke { width: 0.9, line_cap, line_join, ..Stroke::default() });
        }
        Mark::Shade { at, size } => {
            let mut path = PathBuilder::new();
            if let Some(rect) = Rect::from_xywh(pt(at.0), pt(at.1), pt(size.0), pt(size.1)) {
                path.push_rect(rect);
            }
            surface.set_stroke(None);
            surface.set_fill(Some(Fill { paint: luma::Color::new(238).into(), ..Fill::default() }));
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
        Mark::Picture { at, size, picture } => {
            let (x, y, wide, high) = (pt(at.0), pt(at.1), pt(size.0), pt(size.1));
            let (place, size) = match picture.turns {
                1 => (Transform::from_row(0.0, 1.0, -1.0, 0.0, x + wide, y), (high, wide)),
                2 => (Transform::from_row(-1.0, 0.0, 0.0, -1.0, x + wide, y + high), (wide, high)),
                3 => (Transform::from_row(0.0, -1.0, 1.0, 0.0, x, y + high), (high, wide)),
                _ => (Transform::from_translate(x, y), (wide, high)),
            };
            if let Some(size) = Size::from_wh(size.0, size.1).filter(|_| !broken.contains(&picture.image)) {
                surface.push_transform(&place);
                surface.draw_image(picture.image.clone(), size);
                surface.pop();
            }
        }
    }
}

fn stroked(surface: &mut Surface, strokes: &[Vec<(f32, f32)>], stroke: Stroke) {
    let mut path = PathBuilder::new();
    for points in strokes {
        let Some(((x, y), rest)) = points.split_first() else { continue };
        path.move_to(pt(*x), pt(*y));
        // A dot is a line that goes nowhere.
        path.line_to(pt(*x), pt(*y));
        rest.iter().for_each(|(x, y)| path.line_to(pt(*x), pt(*y)));
    }
    surface.set_fill(None);
    surface.set_stroke(Some(stroke));
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

fn letters(surface: &mut Surface, face: &mut Face, text: &str, (x, y): (f32, f32), hand: Hand) {
    let paint = luma::Color::new(hand.grey);
    surface.set_fill(Some(Fill { paint: paint.into(), ..Fill::default() }));
    // Without a second file for it, bold is the same letter with a thin rim.
    let rim = Stroke { paint: paint.into(), width: hand.size * 0.035, ..Stroke::default() };
    surface.set_stroke(hand.bold.then_some(rim));
    let glyphs = shaped(face, text);
    surface.draw_glyphs(Point::from_xy(x, y), &glyphs, face.font.clone(), text, hand.size, false);
}

fn shaped(face: &mut Face, text: &str) -> Vec<KrillaGlyph> {
    let mut glyphs = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| line::written(*c)) {
        let (glyph, advance) = face.glyph(c);
        let covered: Range<usize> = at..at + c.len_utf8();
        glyphs.push(KrillaGlyph::new(glyph, advance, 0.0, 0.0, 0.0, covered, None));
    }
    glyphs
}

/// Large letters across the page that leave what stands beneath readable.
fn stamp(surface: &mut Surface, face: &mut Face, words: &str, (wide, high): (f32, f32)) {
    let glyphs = shaped(face, words);
    let long: f32 = glyphs.iter().map(|glyph| glyph.x_advance).sum::<f32>().max(1.0);
    let size = (wide * 0.6 / long).min(110.0);
    let red = rgb::Color::new(190, 30, 30);
    surface.push_transform(&Transform::from_rotate_at(-25.0, wide / 2.0, high / 2.0));
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { paint: red.into(), width: 1.4, ..Stroke::default() }));
    let start = Point::from_xy(wide / 2.0 - long * size / 2.0, high / 2.0 + size * 0.36);
    surface.draw_glyphs(start, &glyphs, face.font.clone(), words, size, false);
    surface.pop();
}
