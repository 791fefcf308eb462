//! Tables and ruled cells (表格): a row keeps together where a page holds it; the head of a table stands again on each page.

use super::draw::Mark;
use super::{Drawing, FINE, Hand, LABEL, PLAIN, Picture, SIDE, STRONG, Writer};

/// Where a line stands in its width.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Align {
    /// At the left.
    #[default]
    Left,
    /// In the middle.
    Middle,
    /// At the right, as numbers.
    Right,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// Its share of the width, by the shares of all.
    pub share: f32,
    /// Where its texts stand.
    pub align: Align,
}

impl Column {
    /// A column of texts.
    pub fn left(title: &str, share: f32) -> Column {
        Column { title: title.to_owned(), share, align: Align::Left }
    }

    /// A column of numbers.
    pub fn right(title: &str, share: f32) -> Column {
        Column { title: title.to_owned(), share, align: Align::Right }
    }
}

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Columns from left to right.
    pub columns: Vec<Column>,
    /// Rows; a missing cell is empty.
    pub rows: Vec<Vec<String>>,
    /// The last row, in bold.
    pub sum: Option<Vec<String>>,
}

/// Something in a ruled cell; pieces stand one below the other.
#[derive(Clone, Debug)]
pub enum Piece {
    /// What the cell is for, small.
    Label(String),
    /// A text.
    Text(String),
    /// A text in bold.
    Strong(String),
    /// A text in small letters.
    Fine(String),
    /// A picture, with how high it may be.
    Picture(Picture, f32),
    /// A drawing, with how high it may be.
    Drawing(Drawing, f32),
}

/// A ruled cell.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Its share of the width, by the shares of all in the row.
    pub share: f32,
    /// What stands in it.
    pub pieces: Vec<Piece>,
    /// Where its texts stand.
    pub align: Align,
    /// Behind it a light grey, as behind headings.
    pub shade: bool,
}

impl Cell {
    /// A cell with its label above the text.
    pub fn labelled(label: &str, text: &str, share: f32) -> Cell {
        let pieces = vec![Piece::Label(label.to_owned()), Piece::Text(text.to_owned())];
        Cell { share, pieces, ..Cell::default() }
    }
}

/// Free room between the rule and what stands in a cell.
const PAD: f32 = 1.2;
/// Rules, in millimetres.
const RULE: f32 = 0.2;

/// A line or a picture of a cell, ready to be put.
enum Ready {
    Line(String, Hand),
    Picture(Picture, (f32, f32)),
    Drawing(Drawing, (f32, f32)),
}

impl Ready {
    fn height(&self) -> f32 {
        match self {
            Ready::Line(_, hand) => hand.line(),
            Ready::Picture(_, (_, high)) | Ready::Drawing(_, (_, high)) => high + 0.6,
        }
    }
}

/// A cell of a row that is being put: left edge, width, what is left of it.
struct Open {
    x: f32,
    width: f32,
    align: Align,
    shade: bool,
    ready: std::collections::VecDeque<Ready>,
}

impl Open {
    fn height(&self) -> f32 {
        self.ready.iter().map(Ready::height).sum::<f32>() + 2.0 * PAD
    }
}

impl Writer {
    /// A table over the whole width.
    pub fn table(&mut self, table: &Table) {
        let row = |texts: &[String], of: fn(String) -> Piece, shade: bool| -> Vec<Cell> {
            let cells = table.columns.iter().enumerate();
            cells
                .map(|(at, column)| Cell {
                    share: column.share,
                    pieces: vec![of(texts.get(at).cloned().unwrap_or_default())],
                    align: column.align,
                    shade,
                })
                .collect()
        };
        let titles: Vec<String> = table.columns.iter().map(|column| column.title.clone()).collect();
        let head = row(&titles, Piece::Strong, true);
        self.need(24.0);
        self.ruled(&head, 0.0, &[]);
        for texts in &table.rows {
            self.ruled(&row(texts, Piece::Text, false), 0.0, &head);
        }
        if let Some(sum) = &table.sum {
            self.ruled(&row(sum, Piece::Strong, false), 0.0, &head);
        }
        self.space(2.5);
    }

    /// What is what: labels at the left, texts beside them.
    pub fn facts(&mut self, facts: &[(String, String)]) {
        for (label, text) in facts {
            let cell = |piece, share, shade| Cell { share, pieces: vec![piece], shade, align: Align::Left };
            self.ruled(
                &[cell(Piece::Fine(label.clone()), 1.0, true), cell(Piece::Fine(text.clone()), 4.0, false)],
                0.0,
                &[],
            );
        }
        self.space(2.5);
    }

    /// A row of ruled cells, at least so high; rows put one after the other share their rules.
    pub fn cells(&mut self, cells: &[Cell], least: f32) {
        self.ruled(cells, least, &[]);
    }

    /// A row, on another page with the head above it where this page has no room. What no page holds goes on on the next.
    fn ruled(&mut self, cells: &[Cell], least: f32, head: &[Cell]) {
        let mut open = self.open(cells);
        let high = |open: &[Open]| open.iter().map(Open::height).fold(least, f32::max);
        if high(&open) > self.left() && high(&open) <= self.whole() - 12.0 {
            self.again(head);
        }
        loop {
            let rest = high(&open);
            if rest <= self.left() {
                self.strip(&mut open, rest);
                return;
            }
            if self.left() < 14.0 {
                self.again(head);
            }
            let room = self.left();
            self.strip(&mut open, room);
            if open.iter().all(|cell| cell.ready.is_empty()) {
                return;
            }
            self.again(head);
        }
    }

    /// Another page, with the head of the table.
    fn again(&mut self, head: &[Cell]) {
        self.page();
        if !head.is_empty() {
            let mut open = self.open(head);
            let height = open.iter().map(Open::height).fold(0.0, f32::max).min(self.left() / 2.0);
            self.strip(&mut open, height);
        }
    }

    fn open(&mut self, cells: &[Cell]) -> Vec<Open> {
        let all: f32 = cells.iter().map(|cell| cell.share).sum::<f32>().max(f32::EPSILON);
        let (whole, mut x) = (self.width(), SIDE);
        let mut open = Vec::new();
        for cell in cells {
            let width = whole * cell.share / all;
            let inner = (width - 2.0 * PAD).max(1.0);
            let mut ready = std::collections::VecDeque::new();
            for piece in &cell.pieces {
                let (text, hand) = match piece {
                    Piece::Label(text) => (text, LABEL),
                    Piece::Text(text) => (text, PLAIN),
                    Piece::Strong(text) => (text, STRONG),
                    Piece::Fine(text) => (text, FINE),
                    Piece::Picture(picture, high) => {
                        ready.push_back(Ready::Picture(picture.clone(), picture.within(inner, *high)));
                        continue;
                    }
                    Piece::Drawing(drawing, high) => {
                        ready.push_back(Ready::Drawing(drawing.clone(), drawing.within(inner, *high)));
                        continue;
                    }
                };
                ready.extend(self.broken(text, inner, hand).into_iter().map(|line| Ready::Line(line, hand)));
            }
            open.push(Open { x, width, align: cell.align, shade: cell.shade, ready });
            x += width;
        }
        open
    }

    /// Puts as much of each cell as so much height holds, with rules around it.
    fn strip(&mut self, open: &mut [Open], height: f32) {
        let top = self.at;
        for cell in open.iter_mut() {
            if cell.shade {
                self.mark(Mark::Shade { at: (cell.x, top), size: (cell.width, height) });
            }
            let mut y = top + PAD;
            while let Some(next) = cell.ready.front() {
                // A picture that no page holds cannot come: it was made to fit. A line always goes on somewhere.
                if y + next.height() > top + height - PAD + 0.01 && y > top + PAD {
                    break;
                }
                y += next.height();
                let at = (cell.x + PAD, y - next.height());
                match cell.ready.pop_front() {
                    Some(Ready::Line(line, hand)) => self.put(&line, at, cell.width - 2.0 * PAD, hand, cell.align),
                    Some(Ready::Picture(picture, size)) => self.mark(Mark::Picture { at, size, picture }),
                    Some(Ready::Drawing(drawing, size)) => {
                        self.mark(Mark::Drawing { strokes: drawing.laid(at, size) });
                    }
                    None => break,
                }
            }
        }
        self.at = top + height;
        self.frame(open, top, height);
    }

    fn frame(&mut self, open: &[Open], top: f32, height: f32) {
        let (Some(first), Some(last)) = (open.first(), open.last()) else { return };
        let (left, right, bottom) = (first.x, last.x + last.width, top + height);
        let mut line = |from, to| self.mark(Mark::Line { from, to, width: RULE });
        line((left, top), (right, top));
        line((left, bottom), (right, bottom));
        line((right, top), (right, bottom));
        open.iter().for_each(|cell| line((cell.x, top), (cell.x, bottom)));
    }
}
