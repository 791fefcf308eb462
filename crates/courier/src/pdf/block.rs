//! What stands in a file, as a list (内容).

use super::{Cell, Fonts, Look, Pdf, Picture, Problem, Table, Writer};

/// One thing of a file.
#[derive(Clone, Debug)]
pub enum Block {
    /// A part of its own on another page: its name in the list of contents, left and right above its pages, a stamp over them.
    Part(String, [String; 2], Option<String>),
    /// A title in the middle.
    Title(String),
    /// A heading, 1 the largest.
    Heading(u8, String),
    /// A text.
    Paragraph(String),
    /// A text in small letters.
    Small(String),
    /// What is what.
    Facts(Vec<(String, String)>),
    /// A table.
    Table(Table),
    /// A row of ruled cells, at least so many millimetres high.
    Cells(Vec<Cell>, f32),
    /// A picture within so many millimetres, with words below it.
    Picture(Picture, (f32, f32), String),
    /// Free room in millimetres.
    Space(f32),
    /// What follows begins on another page.
    Page,
}

/// Writes a file of these blocks. Reads the font's file and takes some time: not for a thread that must not wait.
pub fn write(fonts: &Fonts, look: Look, blocks: &[Block]) -> Result<Pdf, Problem> {
    let mut writer = Writer::new(fonts, look)?;
    for block in blocks {
        match block {
            Block::Part(name, head, stamp) => writer.part(name, head.clone(), stamp.clone()),
            Block::Title(text) => writer.title(text),
            Block::Heading(level, text) => writer.heading(*level, text),
            Block::Paragraph(text) => writer.paragraph(text),
            Block::Small(text) => writer.small(text),
            Block::Facts(facts) => writer.facts(facts),
            Block::Table(table) => writer.table(table),
            Block::Cells(cells, least) => writer.cells(cells, *least),
            Block::Picture(picture, within, words) => writer.picture(picture, *within, words),
            Block::Space(room) => writer.space(*room),
            Block::Page => writer.page(),
        }
    }
    writer.finish()
}
