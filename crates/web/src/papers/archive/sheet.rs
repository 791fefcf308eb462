//! One paper in a file (单据归档): its fields in full, whatever their length, its signatures, and where it stands.

use courier::pdf::{Align, Block, Cell, Drawing, Piece};
use office::case::FormState;
use office::event::Touch;
use office::form::{self, FormType};

use super::Copy;
use crate::language::{said, t};
use crate::papers::{fill, print};

/// The field on which a signature is drawn.
const FIELD: (f32, f32) = (600.0, 200.0);
/// Signatures in a row.
const IN_ROW: usize = 4;

/// Adds the paper of this number; nothing for a number that the case does not have.
pub(super) fn add(copy: &Copy, number: &str, blocks: &mut Vec<Block>) {
    let Some(kind) = print::kind_of(&copy.page, number) else { return };
    let state = copy.page.case.forms.iter().find(|form| form.number == number);
    let title = copy.sender.title(copy.here.house().laws(), kind).0.into_owned();
    let void = state.is_some_and(|form| form.void).then(|| t("作废").to_owned());
    let head = [copy.sender.company.clone(), number.to_owned()];
    blocks.push(Block::Part(format!("{number} {title}"), head, void));
    blocks.push(Block::Title(title));
    let laws = copy.here.house().laws();
    for row in &kind.rows {
        let cells = row.cells.iter().map(|cell| {
            let label = said(&cell.label, form::label_en(&cell.label)).into_owned();
            let text = print::cell(laws, (&copy.page, number), &copy.sender, cell);
            Cell::labelled(&label, &text, cell.columns as f32)
        });
        // A low row keeps its height, a high one grows with its text.
        blocks.push(Block::Cells(cells.collect(), (row.height as f32 / 10.0).clamp(9.0, 14.0)));
    }
    signatures(copy, (kind, number), blocks);
    blocks.push(Block::Space(3.0));
    blocks.push(Block::Heading(3, t("归档依据").to_owned()));
    blocks.push(Block::Facts(facts(copy, kind, number, state)));
}

fn signatures(copy: &Copy, (kind, number): (&FormType, &str), blocks: &mut Vec<Block>) {
    let laws = copy.here.house().laws();
    for row in kind.signatures.chunks(IN_ROW) {
        let cells = row.iter().map(|place| {
            let label = said(&place.label, form::label_en(&place.label)).into_owned();
            let mut pieces = vec![Piece::Label(label)];
            match fill::signed(fill::Source::of_form(&copy.page, number), laws, place) {
                None => pieces.push(Piece::Fine(t("未签").to_owned())),
                Some(signed) => {
                    pieces.extend(Drawing::read(&signed.path, FIELD).map(|it| Piece::Drawing(it, 13.0)));
                    let name = match signed.path.as_str() {
                        "" => format!("{}{}", signed.name, signed.how),
                        _ => crate::t!("{}（手写）", signed.name),
                    };
                    pieces.push(Piece::Strong(name));
                    pieces.push(Piece::Fine(signed.at));
                }
            }
            Cell { share: 1.0, pieces, align: Align::Left, shade: false }
        });
        blocks.push(Block::Cells(cells.collect(), 16.0));
    }
}

fn facts(copy: &Copy, kind: &FormType, number: &str, state: Option<&FormState>) -> Vec<(String, String)> {
    let case = &copy.page.case;
    let of_case = [case.number.as_str(), &case.place, &case.title].join(" ");
    let mut facts = vec![(t("编号").to_owned(), number.to_owned()), (t("事项编号").to_owned(), of_case)];
    let touched = |wanted: fn(&Touch) -> bool| {
        let touches = |form: &office::event::FormTouch| form.number == number && wanted(&form.touch);
        case.entries.iter().rev().find(|entry| entry.event.body.form.as_ref().is_some_and(touches))
    };
    let who_when = |entry: &office::Entry| {
        let by = format!("{} {}", copy.post(&entry.post), copy.name(&entry.actor));
        format!("{}　{}", copy.exact(entry.event.happened), by.trim())
    };
    if let Some(issued) = touched(|touch| matches!(touch, Touch::Issued(_))) {
        facts.push((t("签发时间").to_owned(), who_when(issued)));
    }
    if let Some(voided) = touched(|touch| matches!(touch, Touch::Voided)) {
        let why = format!("{}　{}", who_when(voided), voided.event.body.note);
        facts.push((t("作废").to_owned(), why.trim().to_owned()));
    }
    if let Some(state) = state {
        facts.push((t("打印次数").to_owned(), state.printed.to_string()));
        let copies = state.copies.iter().map(|(n, (holder, since))| {
            let label = kind.copies.iter().find(|copy| copy.n == *n).map_or("", |copy| copy.label.as_str());
            crate::t!("{0}：{1}　{2}", said(label, form::label_en(label)), copy.post(holder), copy.exact(*since))
        });
        facts.push((t("各联在谁手里").to_owned(), copies.collect::<Vec<_>>().join("\n")));
    }
    facts.extend(copy.grounds());
    facts
}
