//! Rulebooks of the office's own (自编规程): folders of clause files in the data folder, edited in the browser or by hand.
//! Drafts only: what a site adopts is kept by digest in the journal.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Bytes of one clause file at most.
pub const TEXT_BYTES_MAX: usize = 64 * 1024;
/// Files of one rulebook at most.
pub const FILES_MAX: usize = 200;
/// Ids under which the program has pages of its own.
const TAKEN: [&str; 5] = ["charter", "conflicts", "map", "own", "sites"];

/// The folder of the office's own rulebooks: one folder each.
#[derive(Clone, Debug)]
pub struct OwnBooks {
    folder: PathBuf,
}

/// Whether a text can name a rulebook: 2 to 40 small letters, digits and hyphens, a letter first.
pub fn fits_id(id: &str) -> bool {
    let plain = id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    plain && (2..=40).contains(&id.len()) && id.as_bytes()[0].is_ascii_lowercase() && !TAKEN.contains(&id)
}

/// Whether a text can name a file of a rulebook: `book.toml`, `4.2.1.toml`; up to 60 letters, digits, dots, hyphens.
pub fn fits_name(name: &str) -> bool {
    let Some(stem) = name.strip_suffix(".toml") else { return false };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    !stem.is_empty() && name.len() <= 60 && stem.bytes().all(plain) && !name.starts_with('.')
}

impl OwnBooks {
    /// The rulebooks in this folder, which is made with the first of them.
    pub fn new(folder: &Path) -> OwnBooks {
        OwnBooks { folder: folder.to_path_buf() }
    }

    /// Ids of the rulebooks there, in order. Folders with odd names are left alone.
    pub fn ids(&self) -> io::Result<Vec<String>> {
        let mut ids = names(&self.folder)?;
        ids.retain(|id| fits_id(id) && self.folder.join(id).is_dir());
        Ok(ids)
    }

    /// The files of a rulebook in order of their names: path below the rulebooks folder, text. None when it is not there;
    /// a file that is no text is left out.
    pub fn files(&self, id: &str) -> io::Result<Option<Vec<(String, String)>>> {
        if !fits_id(id) || !self.folder.join(id).is_dir() {
            return Ok(None);
        }
        let mut files = Vec::new();
        for name in names(&self.folder.join(id))?.into_iter().filter(|name| fits_name(name)).take(FILES_MAX) {
            match fs::read_to_string(self.folder.join(id).join(&name)) {
                Ok(text) => files.push((format!("{id}/{name}"), text)),
                Err(error) if error.kind() == io::ErrorKind::InvalidData => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Some(files))
    }

    /// Writes files of a rulebook, each whole or not at all. Refused: an odd id or name, a text that is too long.
    pub fn put(&self, id: &str, files: &[(String, String)]) -> io::Result<()> {
        let fits = |(name, text): &(String, String)| fits_name(name) && text.len() <= TEXT_BYTES_MAX;
        if !fits_id(id) || !files.iter().all(fits) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "a name or text that no rulebook has"));
        }
        let folder = self.folder.join(id);
        fs::create_dir_all(&folder)?;
        for (name, text) in files {
            let mut half = tempfile::NamedTempFile::new_in(&folder)?;
            half.write_all(text.as_bytes())?;
            half.as_file().sync_all()?;
            half.persist(folder.join(name))?;
        }
        Ok(())
    }

    /// Takes a file away; one that is not there is no matter.
    pub fn remove(&self, id: &str, name: &str) -> io::Result<()> {
        if !fits_id(id) || !fits_name(name) {
            return Ok(());
        }
        match fs::remove_file(self.folder.join(id).join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Names in a folder, sorted; none in a folder that is not there.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.extend(entry?.file_name().into_string().ok());
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_reach_the_disk() {
        for id in ["own-rules", "a1"] {
            assert!(fits_id(id), "{id}");
        }
        for id in ["own", "a", "A1", "1a", "../x", "规程", "a/b", ""] {
            assert!(!fits_id(id), "{id}");
        }
        assert!(fits_name("4.2.1.toml") && fits_name("book.toml"));
        for name in [".toml", "../x.toml", "a/b.toml", "x.txt", ".x.toml", "条.toml"] {
            assert!(!fits_name(name), "{name}");
        }
    }

    #[test]
    fn files_are_written_read_and_taken_away() {
        let folder = tempfile::tempdir().expect("a folder");
        let own = OwnBooks::new(&folder.path().join("rulebooks"));
        assert_eq!(own.ids().expect("read"), Vec::<String>::new());
        let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        own.put("own-rules", &[file("book.toml", "name = \"x\""), file("1.toml", "")]).expect("written");
        assert!(own.put("own-rules", &[file("2.toml", ""), file("../3.toml", "")]).is_err());
        assert_eq!(own.ids().expect("read"), ["own-rules"]);
        let files = own.files("own-rules").expect("read").expect("there");
        assert_eq!(files, [file("own-rules/1.toml", ""), file("own-rules/book.toml", "name = \"x\"")]);
        own.remove("own-rules", "1.toml").expect("removed");
        own.remove("own-rules", "1.toml").expect("once more is no matter");
        assert_eq!(own.files("own-rules").expect("read").expect("there").len(), 1);
        assert_eq!(own.files("other").expect("read"), None);
    }
}
