//! A form laid out on paper (版面): rows keep their heights where they fit, are drawn closer where they nearly do, and go on
//! to a continuation sheet where they do not. Measures in halves of a millimetre.

use maud::{Markup, html};
use office::form::{self, Cell, FormType, Row};

use crate::components::paper::{Size, sign_box};
use crate::language::{said, t};

/// The paper of a print, as the setting 打印纸 names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Its size.
    pub size: Size,
    /// Height left for grid and signatures under the head.
    pub room: u32,
    /// Width of the grid in millimetres.
    pub width: u32,
    /// Multi-part: printed once, the sheets beneath take the pressure.
    pub once: bool,
}

/// Height of the row of signatures.
const SIGNATURES: u32 = 30;
/// A row is never drawn closer than one line of 10.5 pt with its rules.
const LEAST: u32 = 14;
/// No row is higher.
const HIGHEST: u32 = 400;
/// Rows up to this height hold one line, label beside the text.
const ONE_LINE: u32 = 20;
/// A sign of 10.5 pt in tenths of a millimetre, and a line.
const SIGN: usize = 38;
const LINE: u32 = 10;

/// The paper with this name; an unknown name is A4.
pub fn paper(name: &str) -> Paper {
    let paper = |size, room, width, once| Paper { size, room, width, once };
    match name {
        "A5" => paper(Size::A5, 208, 180, false),
        "A4三分" => paper(Size::A4Third, 126, 182, false),
        "241×279.4" => paper(Size::Multi, 470, 203, true),
        "241×139.7" => paper(Size::MultiHalf, 202, 203, true),
        "241×93.1" => paper(Size::MultiThird, 112, 203, true),
        _ => paper(Size::A4, 486, 176, false),
    }
}

/// A row with what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Height in halves of a millimetre.
    pub height: u32,
    /// Label, text, columns of twelve.
    pub cells: Vec<(String, String, u32)>,
}

/// One sheet of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Laid {
    /// Its lines.
    pub lines: Vec<Line>,
    /// The signatures stand under them.
    pub signed: bool,
    /// It holds what did not fit on the form (续页).
    pub goes_on: bool,
}

/// The sheets: the form, with the signatures on its last sheet; then those that hold in full the texts that do not fit and
/// are cut with a pointer on the form. Where lines are printed on the paper already, they stand where they stand, whatever the
/// texts.
pub fn sheets(form: &FormType, paper: Paper, overlay: bool, text: impl Fn(&Cell) -> String) -> Vec<Laid> {
    let mut lines: Vec<Line> = form.rows.iter().map(|row| line(row, &text)).collect();
    let room = paper.room.saturating_sub(SIGNATURES);
    let needs = |line: &Line| if overlay || paper.once { LEAST } else { needed(line, paper, room) };
    let needs: Vec<u32> = lines.iter().map(needs).collect();
    for (line, needs) in lines.iter_mut().zip(&needs) {
        line.height = line.height.max(*needs).min(room);
    }
    let wants: u32 = lines.iter().map(|line| line.height).sum();
    // One long text gives way, to go on elsewhere in full, before the form itself is torn apart.
    let least = |most: u32| needs.iter().map(|needs| (*needs).min(most)).sum::<u32>();
    let most = (LEAST..=HIGHEST).rev().find(|most| least(*most) <= room).filter(|_| wants > room);
    if let Some(most) = most {
        let least = least(most);
        for (line, needs) in lines.iter_mut().zip(&needs) {
            let needs = (*needs).min(most);
            line.height = needs + (line.height - needs) * (room - least) / (wants - least);
        }
    }
    let spilled = cut(&mut lines, paper);
    let mut laid: Vec<Laid> =
        pack(lines, paper.room, SIGNATURES).into_iter().map(|lines| Laid { lines, ..Laid::default() }).collect();
    if let Some(last) = laid.last_mut() {
        last.signed = true;
    }
    if !spilled.is_empty() {
        laid.extend(pack(spilled, paper.room, 0).into_iter().map(|lines| Laid { lines, signed: false, goes_on: true }));
    }
    laid
}

fn line(row: &Row, text: &impl Fn(&Cell) -> String) -> Line {
    let label = |cell: &Cell| said(&cell.label, form::label_en(&cell.label)).into_owned();
    let cells = row.cells.iter().map(|cell| (label(cell), text(cell), columns(cell)));
    Line { height: u32::try_from(row.height / 5).unwrap_or(LEAST).max(LEAST), cells: cells.collect() }
}

fn columns(cell: &Cell) -> u32 {
    u32::try_from(cell.columns).unwrap_or(12).clamp(1, 12)
}

/// Signs of full width in a text, Latin ones counted half.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>().div_ceil(2)
}

/// Signs of full width in a line of a cell.
fn per_line(columns: u32, paper: u32) -> usize {
    (((paper * 10 * columns / 12) as usize).saturating_sub(40) / SIGN).max(1)
}

/// Signs that a text takes up: what is left of a line that ends early is taken up too.
fn taken(text: &str, per_line: usize) -> usize {
    if !text.contains('\n') {
        return width(text);
    }
    text.split('\n').map(|line| width(line).max(1).div_ceil(per_line) * per_line).sum()
}

/// How many signs of full width fit into a cell.
fn holds(line: &Line, label: &str, columns: u32, paper: u32) -> usize {
    let room = (paper * 10 * columns / 12) as usize;
    if line.height <= ONE_LINE {
        room.saturating_sub(40 + width(label) * 33) / SIGN
    } else {
        let lines = (line.height.saturating_sub(12) / LINE).max(1) as usize;
        per_line(columns, paper) * lines
    }
}

/// The height at which a line holds its texts, if it can.
fn needed(line: &Line, paper: Paper, room: u32) -> u32 {
    let most = room.min(HIGHEST);
    let fits = |height: u32| {
        let line = Line { height, cells: Vec::new() };
        let text = |text: &str, columns: u32| taken(text, per_line(columns, paper.width));
        move |(label, words, columns): &(String, String, u32)| {
            text(words, *columns) <= holds(&line, label, *columns, paper.width)
        }
    };
    let heights = [LEAST].into_iter().chain((ONE_LINE + 2..most).step_by(LINE as usize)).chain([most]);
    heights.into_iter().find(|height| line.cells.iter().all(fits(*height))).unwrap_or(most)
}

/// A text in parts that a sheet holds each, with the height of each.
fn parts(text: &str, paper: Paper) -> Vec<(String, u32)> {
    let whole = per_line(12, paper.width);
    let rows = |text: &str| u32::try_from(taken(text, whole).div_ceil(whole)).unwrap_or(1) + 1;
    let most = (paper.room.min(HIGHEST).saturating_sub(12) / LINE).max(2);
    let mut parts = vec![String::new()];
    for c in text.chars() {
        let Some(last) = parts.last_mut() else { break };
        last.push(c);
        if rows(last) > most {
            last.pop();
            parts.push(c.to_string());
        }
    }
    parts.into_iter().map(|part| (12 + rows(&part) * LINE, part)).map(|(height, part)| (part, height)).collect()
}

/// Cuts the texts that are too long; gives the lines that hold them in full.
fn cut(lines: &mut [Line], paper: Paper) -> Vec<Line> {
    let mut spilled = Vec::new();
    for line in lines {
        for n in 0..line.cells.len() {
            let (label, text, columns) = line.cells[n].clone();
            let holds = holds(line, &label, columns, paper.width);
            let per = per_line(columns, paper.width);
            if taken(&text, per) <= holds {
                continue;
            }
            let pointer = t("…见续页");
            let mut short = String::new();
            for c in text.chars() {
                if taken(&short, per) + width(pointer) + 1 > holds {
                    break;
                }
                short.push(c);
            }
            line.cells[n].1 = short + pointer;
            for (part, height) in parts(&text, paper) {
                spilled.push(Line { height, cells: vec![(label.clone(), part, 12)] });
            }
        }
    }
    spilled
}

/// Lines onto sheets in order; so much room is kept on the last.
fn pack(lines: Vec<Line>, room: u32, kept: u32) -> Vec<Vec<Line>> {
    let mut sheets: Vec<Vec<Line>> = vec![Vec::new()];
    let mut used = 0;
    for line in lines {
        if used + line.height > room && used > 0 {
            sheets.push(Vec::new());
            used = 0;
        }
        used += line.height;
        if let Some(last) = sheets.last_mut() {
            last.push(line);
        }
    }
    if used + kept > room {
        sheets.push(Vec::new());
    }
    sheets
}

/// The rows of a sheet.
pub fn rows(lines: &[Line]) -> Markup {
    html! {
        @for line in lines {
            tr class={ "q" (line.height.min(HIGHEST)) @if line.height <= ONE_LINE { " one-line" } } {
                @for (label, text, columns) in &line.cells {
                    td colspan=(columns) { span.label { (label) } div.value { (text) } }
                }
            }
        }
    }
}

/// The row of signature boxes: label, signature, moment.
pub fn signatures(boxes: &[(String, Markup, String)]) -> Markup {
    let count = u8::try_from(boxes.len().clamp(1, 12)).unwrap_or(12);
    html! {
        tr class={ "q" (SIGNATURES) } {
            @for (n, (label, signature, at)) in boxes.iter().enumerate() {
                @let rest = if n + 1 == boxes.len() { 12 - 12 / count * count } else { 0 };
                (sign_box(label, signature.clone(), at, 12 / count + rest))
            }
        }
    }
}

/// The classes of the heights, for the stylesheet of paper.
pub fn heights() -> String {
    (LEAST..=HIGHEST).map(|half| format!(".q{half}{{height:{}mm}}", f64::from(half) / 2.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{self, Language};

    fn height(lines: &[Line]) -> u32 {
        lines.iter().map(|line| line.height).sum()
    }

    #[test]
    fn a_repair_slip_fits_one_sheet_of_every_paper_but_the_third() {
        let slip = office::form::find("repair_slip").expect("known");
        for (name, count) in [("A4", 1), ("A5", 1), ("241×279.4", 1), ("241×139.7", 1), ("241×93.1", 2)] {
            let sheets = sheets(slip, paper(name), false, |_| String::new());
            assert_eq!(sheets.len(), count, "{name}");
            let last = &sheets.last().expect("a sheet").lines;
            assert!(height(last) + SIGNATURES <= paper(name).room, "{name}");
        }
    }

    #[test]
    fn a_form_whose_texts_are_short_is_one_sheet_and_no_row_runs_off_the_paper() {
        for form in form::all() {
            for name in ["A4", "A5", "241×279.4", "241×139.7", "241×93.1"] {
                let sheets = sheets(form, paper(name), false, |_| String::new());
                assert!(name != "A4" || sheets.len() == 1, "{}", form.id);
                for sheet in &sheets {
                    let under = if sheet.signed { SIGNATURES } else { 0 };
                    assert!(height(&sheet.lines) + under <= paper(name).room, "{} {name}", form.id);
                }
            }
        }
    }

    #[test]
    fn a_long_text_takes_the_room_that_short_ones_leave_but_not_where_lines_are_printed_already() {
        let slip = form::find("reply_letter").expect("known");
        let text = |cell: &Cell| if cell.from == "reply.text" { "答".repeat(1200) } else { String::new() };
        assert_eq!(sheets(slip, paper("A4"), false, text).len(), 1);
        assert!(sheets(slip, paper("A4"), true, text).len() > 1);
    }

    #[test]
    fn one_text_that_is_too_long_goes_on_elsewhere_and_the_form_stays_one_sheet() {
        let record = form::find("complaint_record").expect("known");
        let text = |cell: &Cell| if cell.from == "words" { "吵".repeat(700) } else { String::new() };
        let sheets = sheets(record, paper("A5"), false, text);
        assert_eq!(sheets.iter().filter(|it| !it.goes_on).count(), 1, "{sheets:?}");
        assert!(sheets.len() > 1 && sheets[0].signed, "{sheets:?}");
    }

    #[test]
    fn a_moment_fits_beside_its_label_in_every_language() {
        let written = "2026-11-16 09:12";
        let moment = |cell: &Cell| {
            if cell.from.starts_with("fact:") || cell.from == "opened" { written.to_owned() } else { String::new() }
        };
        for language in Language::ALL {
            for (form, name) in form::all().iter().flat_map(|form| ["A4", "A5", "241×93.1"].map(|name| (form, name))) {
                let sheets = language::speak(language, || sheets(form, paper(name), false, moment));
                for (label, text, _) in sheets.iter().flat_map(|it| &it.lines).flat_map(|line| &line.cells) {
                    assert!(text.is_empty() || text == written, "{language:?} {name} {label}: {text}");
                }
            }
        }
    }

    #[test]
    fn what_does_not_fit_goes_on_in_full_on_every_paper() {
        let slip = office::form::find("repair_slip").expect("known");
        for (words, materials) in [(400, 0), (1500, 0), (60, 900), (2000, 2000)] {
            let text = |cell: &Cell| match cell.from.as_str() {
                "words" => "漏".repeat(words),
                "materials" => "管\n".repeat(materials / 2),
                _ => String::new(),
            };
            for name in ["A4", "A5", "241×279.4", "241×139.7", "241×93.1"] {
                let sheets = sheets(slip, paper(name), false, text);
                let (form, further): (Vec<&Laid>, Vec<&Laid>) = sheets.iter().partition(|it| !it.goes_on);
                assert_eq!(form.iter().filter(|it| it.signed).count(), 1, "{name}: signed once, on the form");
                let cells = |of: &[&Laid]| -> Vec<String> {
                    of.iter().flat_map(|it| &it.lines).flat_map(|line| &line.cells).map(|cell| cell.1.clone()).collect()
                };
                let (on_form, on_further) = (cells(&form), cells(&further).concat());
                let pointed = on_form.iter().any(|text| text.ends_with("…见续页"));
                assert_eq!(pointed, !further.is_empty(), "{name}");
                let all = if pointed { on_further } else { on_form.concat() };
                if on_form.iter().any(|text| text.contains('漏') && text.ends_with("…见续页")) {
                    assert_eq!(all.matches('漏').count(), words, "{name}: nothing is cut silently");
                }
                for sheet in &sheets {
                    let under = if sheet.signed { SIGNATURES } else { 0 };
                    assert!(height(&sheet.lines) + under <= paper(name).room, "{name}: {}", height(&sheet.lines));
                    let tall = sheet.lines.iter().all(|line| line.height <= HIGHEST);
                    assert!(tall, "{name}: each height has its class");
                }
            }
        }
    }
}
