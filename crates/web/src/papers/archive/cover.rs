//! The front of a case's file (整件归档): the case, what happened, its papers, its attachments with the pictures among them.

use courier::pdf::{Block, Column, Picture, Table};
use office::event::Attachment;

use super::{Copy, papers};
use crate::cases;
use crate::language::{said, t};
use crate::page::read_attachment;
use crate::papers::print;
use crate::security::Fault;
use crate::state::Here;

/// Pictures that go into a file, and bytes of all of them: a file must stay one that can be sent and opened.
const PICTURES: usize = 40;
const BYTES: u64 = 24 << 20;
/// The largest side of a picture, in millimetres.
const WITHIN: (f32, f32) = (120.0, 95.0);

/// Adds the front of the file.
pub(super) async fn add(here: &Here, copy: &Copy<'_>, blocks: &mut Vec<Block>) -> Result<(), Fault> {
    let case = &copy.page.case;
    let head = [copy.sender.company.clone(), case.number.clone()];
    blocks.push(Block::Part(crate::t!("{} 事项", case.number), head, None));
    blocks.push(Block::Title(t("事项归档件").to_owned()));
    blocks.push(Block::Facts(facts(copy)));
    blocks.push(Block::Heading(2, t("经过").to_owned()));
    blocks.push(Block::Table(course(copy)));
    blocks.push(Block::Heading(2, t("单据|事项").to_owned()));
    match table_of_papers(copy) {
        table if table.rows.is_empty() => blocks.push(Block::Paragraph(t("还没有签发单据。").to_owned())),
        table => blocks.push(Block::Table(table)),
    }
    attachments(here, copy, blocks).await
}

fn facts(copy: &Copy) -> Vec<(String, String)> {
    let case = &copy.page.case;
    let content = case.attributes.get("case.content").cloned().unwrap_or_default();
    let caller = [copy.page.caller.0.as_str(), &copy.page.caller.1].join(" ");
    let assignee = case.assignee.as_deref().map(|id| copy.name(id)).unwrap_or_default();
    let facts = [
        (t("编号"), case.number.clone()),
        (t("种类"), said(case.kind.title(), None).into_owned()),
        (t("地点"), case.place.clone()),
        (t("来人"), caller.trim().to_owned()),
        (t("来人时间"), copy.exact(case.opened)),
        (t("事由"), if content.is_empty() { case.title.clone() } else { content }),
        (t("经办"), assignee),
        (t("状态"), said(case.state.title(), None).into_owned()),
    ];
    let said = facts.into_iter().filter(|(_, text)| !text.is_empty());
    said.map(|(label, text)| (label.to_owned(), text)).chain(copy.grounds()).collect()
}

fn course(copy: &Copy) -> Table {
    let laws = copy.here.house().laws();
    let rows = copy.page.timeline.iter().map(|line| {
        let mut at = copy.exact(line.happened);
        if line.event.body.late.is_some() {
            at = format!("{at}\n{}", crate::t!("录入于 {}", copy.exact(line.entered)));
        }
        vec![at, cases::sentence(line, laws), format!("{} {}", said(&line.post, None), line.name)]
    });
    let columns = vec![Column::left(t("时间"), 3.0), Column::left(t("经过"), 9.0), Column::left(t("何人"), 3.0)];
    Table { columns, rows: rows.collect(), sum: None }
}

fn table_of_papers(copy: &Copy) -> Table {
    let rows = papers(&copy.page).into_iter().map(|number| {
        let state = copy.page.case.forms.iter().find(|form| form.number == number);
        let kind = print::kind_of(&copy.page, &number);
        vec![
            kind.map(|kind| said(&kind.title, Some(&kind.title_en)).into_owned()).unwrap_or_default(),
            number,
            state.map(|form| copy.exact(form.issued)).unwrap_or_default(),
            state.map(|form| form.printed.to_string()).unwrap_or_default(),
            state.filter(|form| form.void).map(|_| t("作废").to_owned()).unwrap_or_default(),
        ]
    });
    let columns = vec![
        Column::left(t("单据|事项"), 4.0),
        Column::left(t("编号"), 4.0),
        Column::left(t("签发时间"), 4.0),
        Column::right(t("打印次数"), 2.0),
        Column::left(t("状态"), 2.0),
    ];
    Table { columns, rows: rows.collect(), sum: None }
}

/// How many pictures of a case its file leaves out: beyond so many, or so many bytes.
pub(super) fn left_out(files: &[Attachment]) -> usize {
    let (mut taken, mut bytes, mut over) = (0, 0, 0);
    for file in files.iter().filter(|it| it.media.starts_with("image/")) {
        match taken < PICTURES && bytes + file.size <= BYTES {
            true => (taken, bytes) = (taken + 1, bytes + file.size),
            false => over += 1,
        }
    }
    over
}

/// Every attachment by name and hash; pictures below, as long as they are not too many and too large.
async fn attachments(here: &Here, copy: &Copy<'_>, blocks: &mut Vec<Block>) -> Result<(), Fault> {
    let files = &copy.page.case.attachments;
    if files.is_empty() {
        return Ok(());
    }
    let (mut pictures, mut rows, mut bytes, mut over) = (Vec::new(), Vec::new(), 0, 0);
    for (n, file) in (1..).zip(files) {
        let image = file.media.starts_with("image/");
        let room = image && pictures.len() < PICTURES && bytes + file.size <= BYTES;
        over += usize::from(image && !room);
        let content = match room {
            true => read_attachment(here.web.attachments.clone(), file.hash.clone()).await?,
            false => None,
        };
        let picture = content.and_then(|content| Picture::read(&content).ok());
        let shown = if picture.is_some() { t("见下") } else { t("没有放入，另存") };
        rows.push(vec![n.to_string(), file.name.clone(), file.hash.clone(), shown.to_owned()]);
        if let Some(picture) = picture {
            bytes += file.size;
            pictures.push(Block::Picture(picture, WITHIN, format!("{n}. {}", file.name)));
        }
    }
    let columns = vec![
        Column::right("", 1.0),
        Column::left(t("附件"), 5.0),
        Column::left(t("校验（blake3）"), 8.0),
        Column::left("", 3.0),
    ];
    blocks.push(Block::Heading(2, t("附件").to_owned()));
    if over > 0 {
        let most = [PICTURES.to_string(), (BYTES >> 20).to_string()];
        blocks.push(Block::Paragraph(crate::t!(
            "另有 {0} 张照片没有放入：一件最多放 {1} 张、合计 {2} MB。原件在系统的附件里，按校验值可查。",
            over,
            most[0],
            most[1]
        )));
    }
    blocks.push(Block::Table(Table { columns, rows, sum: None }));
    blocks.extend(pictures);
    Ok(())
}
