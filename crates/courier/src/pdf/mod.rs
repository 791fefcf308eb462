//! Pages as PDF (归档件): a small writer for what is kept or sent as a file — headings, texts, tables, ruled cells, pictures — on
//! A4 or A5, as PDF/A-2b when it has a date. Lengths are millimetres, sizes of letters points. The same content gives the
//! same bytes.
//!
//! What stands in a file is a list of blocks, which is data and can be made where the words are known and written where waiting is
//! allowed; [`Writer`] has the same as calls.
//!
//! ```no_run
//! use courier::pdf::{Block, Column, Finder, Look, Table, write};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let fonts = Finder::default().get()?;
//! let look = Look { title: "月度服务报告".into(), head: ["演示物业".into(), "2026-10".into()], ..Look::default() };
//! let columns = vec![Column::left("类别", 2.0), Column::right("件数", 1.0)];
//! let blocks = [
//!     Block::Title("月度服务报告".into()),
//!     Block::Heading(1, "一、受理情况".into()),
//!     Block::Paragraph("本月共受理报修 312 件。".into()),
//!     Block::Table(Table { columns, rows: vec![vec!["水".into(), "118".into()]], sum: None }),
//! ];
//! let file = write(&fonts, look, &blocks)?;
//! println!("{} 页，{} 字节", file.pages, file.bytes.len());
//! # Ok(()) }
//! ```

mod block;
mod draw;
mod font;
mod line;
mod picture;
mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fmt;

use calendar::Moment;

pub use block::{Block, write};
use draw::{Mark, Sheet};
use font::Face;
pub use font::{Finder, Fonts, NoFont, PACKAGE};
pub use picture::{Drawing, NoPicture, Picture};
pub use table::{Align, Cell, Column, Piece, Table};

/// The paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 297 × 210 mm, for wide tables.
    A4Across,
    /// 210 × 148 mm, as slips are printed.
    A5,
}

impl Paper {
    fn millimetres(self) -> (f32, f32) {
        match self {
            Paper::A4 => (210.0, 297.0),
            Paper::A4Across => (297.0, 210.0),
            Paper::A5 => (210.0, 148.0),
        }
    }
}

/// How a file looks and what it says of itself.
#[derive(Clone, Debug)]
pub struct Look {
    /// Title among the properties of the file.
    pub title: String,
    /// Who it is from; empty says nothing.
    pub author: String,
    /// Language as programs name it: zh-CN, zh-TW, en. zh-TW is written in the traditional shapes.
    pub language: String,
    /// Paper.
    pub paper: Paper,
    /// Left and right above the line at the top of each page.
    pub head: [String; 2],
    /// Left at the foot of each page.
    pub foot: String,
    /// Right at the foot, with `{n}` and `{m}` for the page and how many there are.
    pub numbering: String,
    /// When the content was so: the date of the file, without which it is an ordinary PDF and no PDF/A. Never the present
    /// moment, or no two files are the same.
    pub made: Option<Moment>,
}

impl Default for Look {
    fn default() -> Look {
        Look {
            title: String::new(),
            author: String::new(),
            language: "zh-CN".into(),
            paper: Paper::A4,
            head: Default::default(),
            foot: String::new(),
            numbering: "第 {n} 页 共 {m} 页".into(),
            made: None,
        }
    }
}

/// A finished file.
#[derive(Clone, Debug)]
pub struct Pdf {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// How many pages.
    pub pages: usize,
    /// Characters that the font does not know, drawn as 〓; the text beneath still has them.
    pub unknown: Vec<char>,
    /// Pictures that could not be unpacked and were left out.
    pub broken: usize,
}

/// Why no file was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No font.
    NoFont(NoFont),
    /// What the maker of files says, in its own words.
    Other(String),
}

impl From<NoFont> for Problem {
    fn from(no: NoFont) -> Problem {
        Problem::NoFont(no)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Problem::NoFont(no) => write!(to, "没有做成 PDF：{no}"),
            Problem::Other(why) => write!(to, "没有做成 PDF：{why}"),
        }
    }
}

impl std::error::Error for Problem {}

/// Left and right edge, in millimetres.
const SIDE: f32 = 16.0;
/// Where content begins and how much room stays below it.
const TOP: f32 = 20.0;
const BOTTOM: f32 = 17.0;
/// Letters of ordinary text.
const TEXT: f32 = 10.0;
const SMALL: f32 = 8.0;
/// A line's height in its letters' size.
const LEADING: f32 = 1.45;

/// Millimetres of so many points.
fn mm(points: f32) -> f32 {
    points * 25.4 / 72.0
}

/// How letters look.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Hand {
    size: f32,
    bold: bool,
    /// 0 is black.
    grey: u8,
}

const PLAIN: Hand = Hand { size: TEXT, bold: false, grey: 0 };
const STRONG: Hand = Hand { size: TEXT, bold: true, grey: 0 };
const LABEL: Hand = Hand { size: SMALL, bold: false, grey: 90 };
const FINE: Hand = Hand { size: SMALL, bold: false, grey: 60 };

impl Hand {
    /// Height of a line in millimetres.
    fn line(self) -> f32 {
        mm(self.size * LEADING)
    }
}

/// Writes pages from top to bottom; a page that is full is followed by another.
pub struct Writer {
    face: Face,
    look: Look,
    sheets: Vec<Sheet>,
    /// What begins where, for the list of contents that readers of PDF show.
    marks: Vec<(String, usize, f32)>,
    head: [String; 2],
    stamp: Option<String>,
    /// Where the next content goes, from the upper edge.
    at: f32,
    unknown: BTreeSet<char>,
}

impl Writer {
    /// Begins a file with an empty page.
    pub fn new(fonts: &Fonts, look: Look) -> Result<Writer, NoFont> {
        let face = fonts.face(look.language == "zh-TW")?;
        let head = look.head.clone();
        let mut writer = Writer {
            face,
            look,
            sheets: Vec::new(),
            marks: Vec::new(),
            head,
            stamp: None,
            at: TOP,
            unknown: BTreeSet::new(),
        };
        writer.page();
        Ok(writer)
    }

    /// Width of the content.
    pub fn width(&self) -> f32 {
        self.look.paper.millimetres().0 - 2.0 * SIDE
    }

    /// Room left on this page.
    pub fn left(&self) -> f32 {
        self.look.paper.millimetres().1 - BOTTOM - self.at
    }

    /// Room of a whole page.
    fn whole(&self) -> f32 {
        self.look.paper.millimetres().1 - BOTTOM - TOP
    }

    /// Goes on to another page.
    pub fn page(&mut self) {
        self.sheets.push(Sheet { head: self.head.clone(), stamp: self.stamp.clone(), marks: Vec::new() });
        self.at = TOP;
    }

    /// Goes on to another page if less room than this is left and something stands on this one.
    pub fn need(&mut self, room: f32) {
        if self.left() < room && self.at > TOP {
            self.page();
        }
    }

    /// Begins a part of its own: on another page, with other words at its head and, if so, a stamp over each of its pages (作废).
    pub fn part(&mut self, name: &str, head: [String; 2], stamp: Option<String>) {
        self.head = head;
        self.stamp = stamp;
        let unused = self.at <= TOP && self.sheets.last().is_some_and(|sheet| sheet.marks.is_empty());
        if unused {
            self.sheets.pop();
        }
        self.page();
        self.bookmark(name);
    }

    /// Names this place in the list of contents.
    pub fn bookmark(&mut self, name: &str) {
        self.marks.push((name.to_owned(), self.sheets.len().saturating_sub(1), self.at));
    }

    /// The title of a document, in the middle.
    pub fn title(&mut self, text: &str) {
        let hand = Hand { size: 16.0, ..STRONG };
        self.flow(text, hand, Align::Middle);
        self.space(3.0);
    }

    /// A heading, 1 the largest; never the last line of a page.
    pub fn heading(&mut self, level: u8, text: &str) {
        let size = [13.0, 11.5, 10.5][usize::from(level.clamp(1, 3)) - 1];
        self.need(mm(size * LEADING) + 18.0);
        if self.at > TOP {
            self.space(if level == 1 { 4.0 } else { 2.5 });
        }
        if level == 1 {
            self.bookmark(text);
        }
        self.flow(text, Hand { size, ..STRONG }, Align::Left);
        self.space(1.0);
    }

    /// A text; line ends are kept.
    pub fn paragraph(&mut self, text: &str) {
        self.flow(text, PLAIN, Align::Left);
        self.space(1.5);
    }

    /// A text in small letters.
    pub fn small(&mut self, text: &str) {
        self.flow(text, FINE, Align::Left);
        self.space(0.5);
    }

    /// A line across the page.
    pub fn rule(&mut self) {
        self.need(2.0);
        let (y, right) = (self.at + 1.0, SIDE + self.width());
        self.mark(Mark::Line { from: (SIDE, y), to: (right, y), width: 0.2 });
        self.at += 2.0;
    }

    /// Free room; none at the top of a page.
    pub fn space(&mut self, room: f32) {
        if self.at > TOP {
            self.at += room;
        }
    }

    /// A picture within these millimetres, with words below it.
    pub fn picture(&mut self, picture: &Picture, (wide, high): (f32, f32), words: &str) {
        let size = picture.within(wide.min(self.width()), high.min(self.whole() - 10.0));
        self.need(size.1 + FINE.line() + 2.0);
        let at = (SIDE, self.at);
        self.mark(Mark::Picture { at, size, picture: picture.clone() });
        self.at += size.1 + 0.5;
        self.small(words);
    }

    /// Lines one below the other, over as many pages as they take.
    fn flow(&mut self, text: &str, hand: Hand, align: Align) {
        let width = self.width();
        for line in self.broken(text, width, hand) {
            self.need(hand.line());
            let at = (SIDE, self.at);
            self.put(&line, at, width, hand, align);
            self.at += hand.line();
        }
    }

    /// The lines of a text in a width.
    fn broken(&mut self, text: &str, width: f32, hand: Hand) -> Vec<String> {
        let face = &mut self.face;
        line::lines(text, width, |c| face.glyph(c).1 * mm(hand.size))
    }

    fn long(&mut self, text: &str, hand: Hand) -> f32 {
        text.chars().map(|c| self.face.glyph(c).1 * mm(hand.size)).sum()
    }

    /// One line within a width, its upper edge here.
    fn put(&mut self, line: &str, (x, y): (f32, f32), width: f32, hand: Hand, align: Align) {
        if line.is_empty() {
            return;
        }
        for c in line.chars().filter(|c| line::written(*c)) {
            if !self.face.knows(c) {
                self.unknown.insert(c);
            }
        }
        let free = match align {
            Align::Left => 0.0,
            Align::Middle => (width - self.long(line, hand)) / 2.0,
            Align::Right => width - self.long(line, hand),
        };
        self.mark(Mark::Text { at: (x + free.max(0.0), y), text: line.to_owned(), hand });
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.marks.push(mark);
        }
    }

    /// How many pages there are up to here.
    pub fn pages(&self) -> usize {
        self.sheets.len()
    }

    /// Draws head and foot of every page and makes the file.
    pub fn finish(mut self) -> Result<Pdf, Problem> {
        let (wide, high) = self.look.paper.millimetres();
        let (count, width) = (self.sheets.len(), self.width());
        let foot = self.look.foot.clone();
        let mut sheets = std::mem::take(&mut self.sheets);
        for (n, sheet) in (1..).zip(&mut sheets) {
            let [left, right] = sheet.head.clone();
            self.sheets.push(std::mem::take(sheet));
            let words = self.look.numbering.replace("{n}", &n.to_string()).replace("{m}", &count.to_string());
            self.put(&left, (SIDE, 11.0), width, FINE, Align::Left);
            self.put(&right, (SIDE, 11.0), width, FINE, Align::Right);
            self.mark(Mark::Line { from: (SIDE, 16.5), to: (wide - SIDE, 16.5), width: 0.2 });
            self.put(&foot, (SIDE, high - 12.0), width, FINE, Align::Left);
            self.put(&words, (SIDE, high - 12.0), width, FINE, Align::Right);
        }
        draw::file(self)
    }
}
