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
        if count == 0 {
            sweep();
        }
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

/// Removes what killed test processes have left: `huiyin-<word>-<process>-<count>`.
fn sweep() {
    let Ok(entries) = std::fs::read_dir(std::env::temp_dir()) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(rest) = name.to_str().and_then(|name| name.strip_prefix("huiyin-")) else { continue };
        let mut parts = rest.rsplit('-');
        let (Some(count), Some(owner), Some(_)) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        if count.parse::<u32>().is_ok() && owner.parse::<u32>().is_ok_and(is_dead) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// Whether the process of this number is gone; never said where that cannot be seen.
pub(crate) fn is_dead(process: u32) -> bool {
    Path::new("/proc/self").exists() && !Path::new(&format!("/proc/{process}")).exists()
}
