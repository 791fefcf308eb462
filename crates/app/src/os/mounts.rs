//! Network volumes (网络盘) where the journal's own check cannot see them: systems that tell mounts by a command.

use std::path::Path;
use std::process::Command;

/// Kinds of volumes that lie elsewhere, as `mount` names them.
const REMOTE: &[&str] = &["smbfs", "nfs", "afpfs", "webdav", "cifs", "ftp", "fusefs", "macfuse", "osxfuse"];

/// Why a folder is unfit for a database by the system's own means; none when nothing speaks against it. Linux is
/// looked at by the journal itself.
pub fn unfit(folder: &Path) -> Option<String> {
    if cfg!(target_os = "linux") || cfg!(windows) {
        return None;
    }
    let told = Command::new("mount").output().ok()?;
    remote(folder, &String::from_utf8_lossy(&told.stdout))
}

/// Finds the innermost volume in lines like `//pc/share on /Volumes/share (smbfs, nodev)`.
fn remote(folder: &Path, mounts: &str) -> Option<String> {
    let mut best: Option<(&str, &str)> = None;
    for line in mounts.lines() {
        let Some((point, rest)) = line.split_once(" on ").and_then(|(_, rest)| rest.rsplit_once(" (")) else {
            continue;
        };
        let kind = rest.split([',', ')']).next().unwrap_or_default();
        if folder.starts_with(point) && best.is_none_or(|(longest, _)| longest.len() <= point.len()) {
            best = Some((point, kind));
        }
    }
    let (_, kind) = best?;
    REMOTE.contains(&kind).then(|| format!("它在网络盘（{kind}）上，数据库在那里会损坏；请改用本机磁盘"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_volume_decides() {
        let mounts = "/dev/disk3s1s1 on / (apfs, sealed, local)\n//a@pc/x on /Volumes/x y (smbfs, nodev)\n";
        assert_eq!(remote(Path::new("/Users/a/huiyin"), mounts), None);
        assert!(remote(Path::new("/Volumes/x y/huiyin"), mounts).unwrap().contains("smbfs"));
    }
}
