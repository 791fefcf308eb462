//! Windows and others (其他系统): files take the rights of their folder; Ctrl-C and Ctrl-Break stop.

use std::io;
use std::path::Path;

/// Writes a file in place of an earlier one, whole or not at all. Its rights are those of the folder.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let half = path.with_extension("unfinished");
    std::fs::write(&half, bytes)?;
    std::fs::rename(&half, path)
}

/// Waits until the program is asked to stop.
pub async fn stop_asked() -> io::Result<&'static str> {
    tokio::signal::ctrl_c().await?;
    Ok("Ctrl-C")
}
