//! Attachments (附件) on a shelf: a folder whose files are named by the blake3 of their content. Written whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use office::event::Attachment;

/// A folder of attachments.
#[derive(Clone, Debug)]
pub struct Shelf {
    folder: PathBuf,
}

impl Shelf {
    /// The shelf in this folder, which is made when it is not there.
    pub fn open(folder: &Path) -> io::Result<Shelf> {
        fs::create_dir_all(folder)?;
        Ok(Shelf { folder: folder.to_path_buf() })
    }

    /// Keeps bytes and answers how the journal names them. What is there already is not written again.
    pub fn put(&self, name: &str, media: &str, bytes: &[u8]) -> io::Result<Attachment> {
        let hash = blake3::hash(bytes).to_hex().to_string();
        let path = self.path(&hash).ok_or_else(|| io::Error::other("a hash is 64 hex digits"))?;
        if !path.exists() {
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            let mut half = tempfile::NamedTempFile::new_in(&self.folder)?;
            half.write_all(bytes)?;
            half.as_file().sync_all()?;
            half.persist(&path)?;
        }
        let size = bytes.len() as u64;
        Ok(Attachment { hash, name: name.to_owned(), media: media.to_owned(), size })
    }

    /// The bytes of a hash; none when it is not on the shelf.
    pub fn get(&self, hash: &str) -> io::Result<Option<Vec<u8>>> {
        let Some(path) = self.path(hash) else { return Ok(None) };
        match fs::read(path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Takes a hash off the shelf; what is not there needs no taking.
    pub fn remove(&self, hash: &str) -> io::Result<()> {
        let Some(path) = self.path(hash) else { return Ok(()) };
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Only a hash names a file: no name that a person typed ever reaches the disk.
    fn path(&self, hash: &str) -> Option<PathBuf> {
        let fits = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        fits.then(|| self.folder.join(&hash[..2]).join(hash))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_comes_back_and_odd_names_find_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let shelf = Shelf::open(folder.path()).expect("opened");
        let kept = shelf.put("漏水.jpg", "image/jpeg", b"demo").expect("kept");
        assert_eq!(shelf.put("again.jpg", "image/jpeg", b"demo").expect("kept").hash, kept.hash);
        assert_eq!(shelf.get(&kept.hash).expect("read").as_deref(), Some(b"demo".as_slice()));
        assert_eq!(shelf.get("../../etc/passwd").expect("read"), None);
        assert_eq!(shelf.get(&"0".repeat(64)).expect("read"), None);
        for _ in 0..2 {
            shelf.remove(&kept.hash).expect("removed");
            assert_eq!(shelf.get(&kept.hash).expect("read"), None);
        }
    }
}
