//! A folder for one test (临时目录), removed when the test is done.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// An empty folder under the system's temporary one; removed with everything in it when dropped.
pub struct Folder(PathBuf);

impl Folder {
    /// A new folder. `word` is part of its name, so that a leftover tells where it came from.
    ///
    /// # Panics
    /// When the temporary folder cannot be written.
    pub fn new(word: &str) -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("huiyin-{word}-{}-{count}", std::process::id());
        let path = std::env::temp_dir().join(name);
        // A leftover of an earlier process with the same number.
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("the temporary folder can be written");
        Folder(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
