//! Where a database must not lie (存放位置): network shares and synchronised folders break locks and logs.

use std::path::{Component, Path};

/// Kinds of file systems that lie elsewhere or share badly, as Linux names them.
const REMOTE: &[&str] = &[
    "9p",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "davfs",
    "drvfs",
    "fuse.davfs",
    "fuse.gluster",
    "fuse.glusterfs",
    "fuse.juicefs",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.sshfs",
    "fuse.vmhgfs-fuse",
    "glusterfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "prl_fs",
    "smb3",
    "smbfs",
    "vboxsf",
    "virtiofs",
    "vmhgfs",
];

/// Folder names of programs that copy files away while they are open, in lower case.
const SYNCHRONISED: &[&str] = &[
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "my drive",
    "icloud drive",
    "iclouddrive",
    "com~apple~clouddocs",
    "nutstore",
    "nutstore files",
    "nutstorefiles",
    "我的坚果云",
    "坚果云",
    "baidusyncdisk",
    "百度网盘同步空间",
    "wpsdrive",
    "wps云盘",
    "tencent weiyun",
    "腾讯微云",
    "synologydrive",
    "nextcloud",
    "owncloud",
    "seafile",
    "syncthing",
    "sync",
];

/// Why `folder` cannot hold a database, in words for the person who chose it; none when nothing speaks against it.
pub fn unsafe_place(folder: &Path) -> Option<String> {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    let folder = std::fs::canonicalize(&folder).unwrap_or(folder);
    if let Some(reason) = synchronised(&folder) {
        return Some(reason);
    }
    let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    remote(&folder, &mounts)
}

fn synchronised(folder: &Path) -> Option<String> {
    let text = folder.to_string_lossy();
    // Windows shows a share as \\server\share, canonical as \\?\UNC\server\share.
    if text.starts_with(r"\\?\UNC\") || (text.starts_with(r"\\") && !text.starts_with(r"\\?\")) {
        return Some("它在网络共享上，数据库在那里会损坏；请改用本机磁盘".to_owned());
    }
    let names = folder.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().to_lowercase()),
        _ => None,
    });
    let mut names = names.filter(|name| {
        // OneDrive names its folder after the company: `OneDrive - 某某物业`.
        SYNCHRONISED.contains(&name.as_str()) || name.starts_with("onedrive -")
    });
    names.next().map(|name| format!("“{name}”会被同步到网盘，打开着的数据库会损坏；请改用不同步的目录"))
}

/// Finds the mount that holds `folder` in the text of /proc/self/mounts: the longest one, the last of equals.
fn remote(folder: &Path, mounts: &str) -> Option<String> {
    let mut best: Option<(usize, &str)> = None;
    for line in mounts.lines() {
        let mut words = line.split(' ');
        let (Some(_), Some(point), Some(kind)) = (words.next(), words.next(), words.next()) else { continue };
        let point = point.replace("\\040", " ");
        if folder.starts_with(&point) && best.is_none_or(|(length, _)| length <= point.len()) {
            best = Some((point.len(), kind));
        }
    }
    let (_, kind) = best?;
    REMOTE.contains(&kind).then(|| format!("它在网络或共享文件系统（{kind}）上，数据库在那里会损坏；请改用本机磁盘"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "/dev/vda / ext4 rw 0 0\nnas:/x /srv nfs4 rw 0 0\n/dev/vdb /srv/local ext4 rw 0 0\n\
                          //pc/a /mnt/my\\040share cifs rw 0 0\n";

    #[test]
    fn the_innermost_mount_decides() {
        assert_eq!(remote(Path::new("/var/lib/huiyin"), MOUNTS), None);
        assert!(remote(Path::new("/srv/huiyin"), MOUNTS).unwrap().contains("nfs4"));
        assert_eq!(remote(Path::new("/srv/local/huiyin"), MOUNTS), None);
        assert_eq!(remote(Path::new("/srv2"), MOUNTS), None);
        assert!(remote(Path::new("/mnt/my share/a"), MOUNTS).unwrap().contains("cifs"));
    }

    #[test]
    fn synchronised_folders_are_known_by_name() {
        assert!(synchronised(Path::new("/home/a/Dropbox/huiyin")).is_some());
        assert!(synchronised(Path::new("/home/a/OneDrive - 某某物业/b")).is_some());
        assert!(synchronised(Path::new("/home/a/我的坚果云")).is_some());
        assert!(synchronised(Path::new("/home/a/dropbox-export")).is_none());
        assert!(synchronised(Path::new(r"\\nas\huiyin")).is_some());
        assert!(synchronised(Path::new(r"\\?\C:\huiyin")).is_none());
    }
}
