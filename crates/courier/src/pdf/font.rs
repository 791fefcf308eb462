//! The font of what is written as PDF (字体): sought on the machine, because no program can carry one that knows every character.
//! Its bytes are in memory only while something is written.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, Weak};

use krilla::text::{Font, GlyphId};
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::FileRef;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

/// What the file of a usable font is called, the best first; lower case, blanks left out.
const NAMES: &[&str] = &[
    "notosanscjk-regular",
    "notosanscjksc-regular",
    "notosanssc-regular",
    "notosanscjk",
    "notosanssc",
    "sourcehansans-regular",
    "sourcehansanssc-regular",
    "sourcehansanscn-regular",
    "sourcehansans",
    "wqy-microhei",
    "wqy-zenhei",
    "msyh.",
    "simsun.",
    "pingfang",
    "hiraginosansgb",
    "stheiti",
    "droidsansfallback",
    "notoserifcjk",
];
/// Where systems keep their fonts.
const FOLDERS: &[&str] =
    &["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts", "C:\\Windows\\Fonts"];
/// Folders below folders that are looked through.
const DEPTH: usize = 5;
/// What stands for a character that the font does not know.
const UNKNOWN: [char; 3] = ['〓', '□', '?'];

/// No usable font was found (缺字体).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoFont {
    /// The file that the configuration names; none when the usual folders were looked through.
    pub named: Option<PathBuf>,
}

/// The package that brings a font on Debian and Ubuntu.
pub const PACKAGE: &str = "fonts-noto-cjk";

impl fmt::Display for NoFont {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        match &self.named {
            Some(path) => write!(to, "{} 不是能用的中文字体文件", path.display()),
            None => write!(to, "这台机器上没有找到中文字体，可安装 {PACKAGE}"),
        }
    }
}

impl std::error::Error for NoFont {}

/// A font file with the faces for simplified and for traditional Chinese (字体文件).
#[derive(Debug)]
pub struct Fonts {
    path: PathBuf,
    simplified: (u32, String),
    traditional: u32,
    kept: Mutex<Weak<Vec<u8>>>,
}

impl Fonts {
    /// The font of this file, or, when none is named, the best of the usual folders and of these.
    pub fn find(named: Option<&Path>, also: &[PathBuf]) -> Result<Fonts, NoFont> {
        if let Some(path) = named {
            return Fonts::open(path).ok_or_else(|| NoFont { named: Some(path.to_path_buf()) });
        }
        let home = std::env::home_dir().unwrap_or_default();
        let own = [".local/share/fonts", ".fonts", "Library/Fonts", "AppData/Local/Microsoft/Windows/Fonts"];
        let folders = also.iter().cloned().chain(FOLDERS.iter().map(PathBuf::from)).chain(own.map(|it| home.join(it)));
        Fonts::among(&folders.collect::<Vec<_>>()).ok_or(NoFont { named: None })
    }

    /// The best font of these folders.
    pub fn among(folders: &[PathBuf]) -> Option<Fonts> {
        let mut found = Vec::new();
        folders.iter().for_each(|folder| gather(folder, DEPTH, &mut found));
        found.sort();
        found.iter().find_map(|(_, path)| Fonts::open(path))
    }

    /// The font of a file; none when it is no font or has no Chinese characters.
    fn open(path: &Path) -> Option<Fonts> {
        let data = std::fs::read(path).ok()?;
        let families: Vec<String> = match FileRef::new(&data).ok()? {
            FileRef::Font(font) => vec![family(&font)],
            FileRef::Collection(all) => {
                (0..all.len()).map(|at| all.get(at).map_or(String::new(), |it| family(&it))).collect()
            }
        };
        let of = |ends: &[&str]| families.iter().position(|it| ends.iter().any(|end| it.ends_with(end)));
        let simplified = of(&[" SC", " CN", " GB"]).unwrap_or(0);
        let traditional = of(&[" TC", " TW"]).unwrap_or(simplified);
        let at = |index: usize| u32::try_from(index).unwrap_or_default();
        let fonts = Fonts {
            path: path.to_path_buf(),
            simplified: (at(simplified), families.get(simplified).cloned().unwrap_or_default()),
            traditional: at(traditional),
            kept: Mutex::default(),
        };
        let known = |index| {
            let font = FontRef::from_index(&data, index).ok()?;
            ['回', '音', '复'].iter().all(|c| font.charmap().map(*c).is_some()).then_some(())
        };
        known(fonts.simplified.0)?;
        Some(fonts)
    }

    /// Its name, as the font says it: Noto Sans CJK SC.
    pub fn name(&self) -> &str {
        &self.simplified.1
    }

    /// Its file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The face for a language; the bytes are shared by all that write at the same time.
    pub(super) fn face(&self, traditional: bool) -> Result<Face, NoFont> {
        let gone = || NoFont { named: Some(self.path.clone()) };
        let data = {
            let mut kept = self.kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            match kept.upgrade() {
                Some(data) => data,
                None => {
                    let data = Arc::new(std::fs::read(&self.path).map_err(|_| gone())?);
                    *kept = Arc::downgrade(&data);
                    data
                }
            }
        };
        let index = if traditional { self.traditional } else { self.simplified.0 };
        let font = Font::new(data.clone().into(), index).ok_or_else(gone)?;
        let mut face = Face { font, data, index, known: BTreeMap::new(), unknown: (GlyphId::new(0), 1.0) };
        let sign = UNKNOWN.iter().find_map(|c| face.look_up(*c));
        face.unknown = sign.ok_or_else(gone)?;
        Ok(face)
    }
}

/// Where the font of an office is looked for, and the one that was found (找字体). None is looked for anew each time, so that one
/// that was installed meanwhile is used without a start.
#[derive(Debug, Default)]
pub struct Finder {
    named: Option<PathBuf>,
    also: Vec<PathBuf>,
    found: Mutex<Option<Arc<Fonts>>>,
}

impl Finder {
    /// Takes this file when one is named, else the best of these folders and the usual ones.
    pub fn new(named: Option<PathBuf>, also: Vec<PathBuf>) -> Finder {
        Finder { named, also, found: Mutex::default() }
    }

    /// The font. Reads folders the first time: not for a thread that must not wait.
    pub fn get(&self) -> Result<Arc<Fonts>, NoFont> {
        let mut found = self.found.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(fonts) = &*found {
            return Ok(fonts.clone());
        }
        let fonts = Arc::new(Fonts::find(self.named.as_deref(), &self.also)?);
        *found = Some(fonts.clone());
        Ok(fonts)
    }
}

/// The family that a font says it belongs to.
fn family(font: &FontRef) -> String {
    let names = |id| font.localized_strings(id).english_or_first().map(|it| it.to_string());
    names(StringId::TYPOGRAPHIC_FAMILY_NAME).or_else(|| names(StringId::FAMILY_NAME)).unwrap_or_default()
}

/// The font files below a folder, each with its place in the order of names.
fn gather(folder: &Path, depth: usize, found: &mut Vec<(usize, PathBuf)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            if depth > 0 {
                gather(&path, depth - 1, found);
            }
            continue;
        }
        let name = entry.file_name().to_string_lossy().to_lowercase().replace([' ', '_'], "");
        let font = [".ttc", ".ttf", ".otf"].iter().any(|end| name.ends_with(end));
        if let Some(rank) = NAMES.iter().position(|known| name.starts_with(known)).filter(|_| font) {
            found.push((rank, path));
        }
    }
}

/// A face that is being written with.
pub(super) struct Face {
    pub font: Font,
    data: Arc<Vec<u8>>,
    index: u32,
    known: BTreeMap<char, Option<(GlyphId, f32)>>,
    unknown: (GlyphId, f32),
}

impl Face {
    fn look_up(&self, c: char) -> Option<(GlyphId, f32)> {
        let font = FontRef::from_index(&self.data, self.index).ok()?;
        let glyph = font.charmap().map(c).filter(|glyph| glyph.to_u32() != 0)?;
        let advance = font.glyph_metrics(Size::new(1.0), LocationRef::default()).advance_width(glyph)?;
        Some((GlyphId::new(glyph.to_u32()), advance))
    }

    /// Whether the font knows a character.
    pub fn knows(&mut self, c: char) -> bool {
        self.kept(c).is_some()
    }

    fn kept(&mut self, c: char) -> Option<(GlyphId, f32)> {
        if let Some(known) = self.known.get(&c) {
            return *known;
        }
        let found = self.look_up(c);
        self.known.insert(c, found);
        found
    }

    /// The glyph of a character, or of the sign that stands for unknown ones, and how far it goes, in its own size.
    pub fn glyph(&mut self, c: char) -> (GlyphId, f32) {
        self.kept(c).unwrap_or(self.unknown)
    }
}
