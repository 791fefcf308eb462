//! `huiyin rules diff` (版次比较): what a later edition says otherwise.

use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;
use rulebook::diff;

use super::Source;
use crate::ending::Ending;
use crate::shelf::{Shelf, texts};

/// 比较版次
#[derive(Debug, Args)]
pub struct Arguments {
    /// 旧版所在的规程文件夹（里面有 words.toml）
    #[arg(value_name = "旧版文件夹")]
    old: PathBuf,
    /// 只比较这些规程
    #[arg(value_name = "规程")]
    books: Vec<String>,
    #[command(flatten)]
    source: Source,
}

/// Prints the differences of each book; the later edition is that of `--rulebooks` or of the binary.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let source = &arguments.source;
    let old = Shelf::of(texts(Some(&arguments.old))?, &[])?;
    let new = source.shelf(&arguments.books)?;
    let mut out = std::io::stdout().lock();
    for book in &new.books {
        let title = source.say(&book.name, &book.name_en);
        let Some(before) = old.books.iter().find(|one| one.id == book.id) else {
            writeln!(
                out,
                "{title}（{}）：{}\n",
                book.id,
                source.say("旧版没有这部规程", "not in the earlier edition")
            )?;
            continue;
        };
        let differences = diff(before, book, &new.words, source.lang());
        writeln!(out, "{title}（{}）{} → {}", book.id, before.edition, book.edition)?;
        for difference in &differences {
            writeln!(out, "  {}", difference.sentence(source.lang()))?;
        }
        if differences.is_empty() {
            writeln!(out, "  {}", source.say("没有不同", "no difference"))?;
        }
        writeln!(out)?;
    }
    let gone =
        |book: &&rulebook::model::Book| arguments.books.is_empty() && !new.books.iter().any(|one| one.id == book.id);
    for book in old.books.iter().filter(gone) {
        writeln!(
            out,
            "{}（{}）：{}\n",
            book.name,
            book.id,
            source.say("新版没有这部规程", "not in the later edition")
        )?;
    }
    Ok(Ending::Done)
}
