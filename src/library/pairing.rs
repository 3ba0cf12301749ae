//! Articles whose languages lie in two files: which files belong together, by their names alone.
//!
//! A name says its language by an ending (`tea-en.md`, `tea.zh-cn.md`, `tea_EN.md`) or by a folder (`zh/tea.md`). Two files
//! are mates where their paths are the same but for that, and say both languages, or one of them says nothing. Whether their
//! contents keep what the names promise is judged when they are read, by [`join`](crate::digest::join).

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path, PathBuf};

use super::read_file::is_article_name;
use crate::text::Language;

/// Two files that by their names are one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mates {
    /// The Chinese file, which names the article.
    pub chinese: PathBuf,
    /// The English file.
    pub english: PathBuf,
}

/// What names call the languages, in lower case with hyphens; where several files claim one language, the first here counts.
const MARKERS: [(&str, Language); 23] = [
    ("zh", Language::Chinese),
    ("zh-cn", Language::Chinese),
    ("zh-hans", Language::Chinese),
    ("zh-hans-cn", Language::Chinese),
    ("zhcn", Language::Chinese),
    ("cn", Language::Chinese),
    ("chs", Language::Chinese),
    ("chinese", Language::Chinese),
    ("中文", Language::Chinese),
    ("简体中文", Language::Chinese),
    ("zh-sg", Language::Chinese),
    ("zh-tw", Language::Chinese),
    ("zh-hant", Language::Chinese),
    ("zh-hk", Language::Chinese),
    ("cht", Language::Chinese),
    ("繁體中文", Language::Chinese),
    ("en", Language::English),
    ("en-us", Language::English),
    ("en-gb", Language::English),
    ("eng", Language::English),
    ("english", Language::English),
    ("英文", Language::English),
    ("英文版", Language::English),
];

/// The longest marker, in bytes.
const LONGEST: usize = 12;

/// The most names of one folder that are looked at for the mate of a single file.
const MOST_NAMES: usize = 100_000;

/// What a name says: the place of its marker in [`MARKERS`].
type Marker = usize;

/// The marker that some bytes are, in any case, with `-` or `_`.
fn marker(bytes: &[u8]) -> Option<Marker> {
    if bytes.len() < 2 || bytes.len() > LONGEST || !may_begin(bytes[0]) {
        return None;
    }
    let is_same = |known: &&[u8]| {
        known.len() == bytes.len()
            && known.iter().zip(bytes).all(|(a, b)| a.eq_ignore_ascii_case(b) || *a == b'-' && *b == b'_')
    };
    MARKERS.iter().position(|(known, _)| is_same(&known.as_bytes()))
}

/// Says whether a folder's name is that of a language.
pub(super) fn is_language_folder(name: &OsStr) -> bool {
    marker(name.as_bytes()).is_some()
}

/// Whether a marker may begin with a byte: few names get further.
const fn may_begin(byte: u8) -> bool {
    matches!(byte, b'z' | b'Z' | b'c' | b'C' | b'e' | b'E' | 0x80..)
}

/// Says whether a path names a language; where none of several does, none has a mate.
pub(super) fn may_have_mate(path: &Path) -> bool {
    let bytes = path.as_os_str().as_bytes();
    let (folders, name) = memchr::memrchr(b'/', bytes).map_or((&[][..], bytes), |at| (&bytes[..at], &bytes[at + 1..]));
    let stem = memchr::memrchr(b'.', name).filter(|&dot| dot > 0).map_or(name, |dot| &name[..dot]);
    let last = &stem[stem.len().saturating_sub(LONGEST + 1)..];
    let is_folder = |name: &[u8]| marker(name).is_some();
    may_hold(last, &SEPARATES) && ending(stem).is_some()
        || marker(name).is_some()
        || (folders.first().is_some_and(|&first| may_begin(first)) || may_hold(folders, &PARTS_FOLDERS))
            && folders.split(|byte| *byte == b'/').any(is_folder)
}

/// Says whether a marker may begin in some bytes after one of a set. Looks at them all, without a branch: names are often of random digits
/// and letters.
fn may_hold(bytes: &[u8], before: &ByteSet) -> bool {
    bytes.windows(2).fold(0, |any, pair| any | before[usize::from(pair[0])] & MAY_BEGIN[usize::from(pair[1])]) != 0
}

/// Says of each byte whether it is in a set: 1 or 0.
type ByteSet = [u8; 256];

/// The bytes with which a marker may begin.
static MAY_BEGIN: ByteSet = {
    let (mut set, mut byte) = ([0; 256], 0);
    while byte < set.len() {
        set[byte] = may_begin(byte as u8) as u8;
        byte += 1;
    }
    set
};

/// The bytes that stand between a name and its marker.
static SEPARATES: ByteSet = set_of(b"-_.");

/// The byte that stands between folders.
static PARTS_FOLDERS: ByteSet = set_of(b"/");

const fn set_of(bytes: &[u8]) -> ByteSet {
    let (mut set, mut at) = ([0; 256], 0);
    while at < bytes.len() {
        set[bytes[at] as usize] = 1;
        at += 1;
    }
    set
}

/// The marker at the end of a stem, and the length of what stands before it and its separator.
fn ending(stem: &[u8]) -> Option<(usize, Marker)> {
    let from = stem.len().saturating_sub(LONGEST + 1);
    let mut separators = (from.max(1)..stem.len()).filter(|&at| SEPARATES[usize::from(stem[at])] != 0);
    // From the left, so that `zh-cn` is not read as `cn`.
    separators.find_map(|at| marker(&stem[at + 1..]).map(|marker| (at, marker)))
}

/// What a path claims: the path that it would have without its markers, and the last of these, which is the nearest to the text.
struct Claim {
    key: Vec<u8>,
    marker: Option<Marker>,
    /// How many markers were taken out.
    count: usize,
}

impl Claim {
    fn of(path: &Path) -> Self {
        let mut claim = Self { key: Vec::with_capacity(path.as_os_str().len()), marker: None, count: 0 };
        for component in path.parent().into_iter().flat_map(Path::components) {
            match component {
                Component::Normal(name) if is_language_folder(name) => claim.add(marker(name.as_bytes())),
                _ => {
                    claim.key.extend_from_slice(component.as_os_str().as_bytes());
                    claim.key.push(b'/');
                }
            }
        }
        let stem = path.file_stem().unwrap_or_default().as_bytes();
        let extension = path.extension().unwrap_or_default().as_bytes();
        let found = ending(stem);
        claim.key.extend_from_slice(&stem[..found.map_or(stem.len(), |(base, _)| base)]);
        claim.key.push(b'/');
        claim.key.extend(extension.iter().map(u8::to_ascii_lowercase));
        claim.add(found.map(|(_, marker)| marker));
        claim
    }

    fn add(&mut self, marker: Option<Marker>) {
        self.count += usize::from(marker.is_some());
        self.marker = marker.or(self.marker);
    }

    fn language(&self) -> Option<Language> {
        self.marker.map(|marker| MARKERS[marker].1)
    }
}

/// Parts paths into mates and those that stay alone, both in the order given.
///
/// Of several files that claim the same language for one article (`zh-cn` and `zh-tw`), one has the mate and the others stay
/// alone; so does a file that claims nothing where both languages are claimed by others.
pub(super) fn pair(paths: Vec<PathBuf>) -> (Vec<Mates>, Vec<PathBuf>) {
    let claims: Vec<Claim> = paths.iter().map(|path| Claim::of(path)).collect();
    // By key, the best claim to each language, and to none.
    let mut groups: HashMap<&[u8], [Option<usize>; 3]> = HashMap::with_capacity(claims.len());
    for (at, claim) in claims.iter().enumerate() {
        let slot = &mut groups.entry(&claim.key).or_default()[claim.language().map_or(2, |language| language as usize)];
        let rank = |at: usize| (claims[at].marker, claims[at].count, &paths[at]);
        *slot = slot.filter(|&best| rank(best) <= rank(at)).or(Some(at));
    }
    let mut mates = vec![None; paths.len()];
    for group in groups.values() {
        if let Some((chinese, english)) = match *group {
            [Some(chinese), Some(english), _]
            | [Some(chinese), None, Some(english)]
            | [None, Some(english), Some(chinese)] => Some((chinese, english)),
            _ => None,
        } {
            (mates[chinese], mates[english]) = (Some(english), Some(usize::MAX));
        }
    }
    drop(groups);
    let mut paths: Vec<Option<PathBuf>> = paths.into_iter().map(Some).collect();
    let (mut pairs, mut alone) = (Vec::new(), Vec::new());
    for (at, mate) in mates.into_iter().enumerate() {
        match mate {
            None => alone.extend(paths[at].take()),
            Some(usize::MAX) => {}
            Some(mate) => {
                if let (Some(chinese), Some(english)) = (paths[at].take(), paths[mate].take()) {
                    pairs.push(Mates { chinese, english });
                }
            }
        }
    }
    (pairs, alone)
}

/// Looks on the disk for the mate of one file: next to it, and in the language folders of its path or beside it.
///
/// `path` is relative to the folder `root`, and so are the mates; only what lies in `root` is looked at.
pub(super) fn find(root: &Path, path: &Path) -> Option<Mates> {
    let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut around = vec![path.to_owned()];
    for folder in neighbours(root, folder) {
        let Ok(entries) = fs::read_dir(root.join(&folder)) else { continue };
        let names = entries.flatten().take(MOST_NAMES).map(|entry| PathBuf::from(entry.file_name()));
        around.extend(names.filter(|name| is_article_name(name)).map(|name| folder.join(name)));
    }
    let key = Claim::of(path).key;
    around.retain(|other| Claim::of(other).key == key);
    around.sort();
    around.dedup();
    around.retain(|other| other == path || root.join(other).is_file());
    let (pairs, _) = pair(around);
    pairs.into_iter().find(|mates| mates.chinese == path || mates.english == path)
}

/// Looks on the disk for the mate of a file named by itself: next to it, and where the language folders of its path lead.
pub(super) fn find_beside(file: &Path) -> Option<Mates> {
    /// How far above the file a folder may say its language.
    const HIGHEST: usize = 8;
    let is_marked = |folder: &&Path| folder.file_name().is_some_and(is_language_folder);
    let folder = file.parent()?;
    let root = folder.ancestors().take(HIGHEST).filter(is_marked).last().and_then(Path::parent).unwrap_or(folder);
    let mates = find(root, file.strip_prefix(root).ok()?)?;
    Some(Mates { chinese: root.join(mates.chinese), english: root.join(mates.english) })
}

/// The folders in which the mates of a folder's files may be, itself among them.
fn neighbours(root: &Path, folder: &Path) -> Vec<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    let components: Vec<Component<'_>> = folder.components().collect();
    let rest = |from: usize| components[from.min(components.len())..].iter().collect::<PathBuf>();
    for at in 0..=components.len() {
        let before: PathBuf = components[..at].iter().collect();
        let is_marked = components.get(at).is_some_and(|component| is_language_folder(component.as_os_str()));
        let below = rest(at + usize::from(is_marked));
        if is_marked {
            folders.push(before.join(&below));
        }
        let Ok(entries) = fs::read_dir(root.join(&before)) else { continue };
        let names = entries.flatten().take(MOST_NAMES).map(|entry| entry.file_name());
        folders.extend(names.filter(|name| is_language_folder(name)).map(|name| before.join(name).join(&below)));
    }
    folders.sort();
    folders.dedup();
    folders
}

#[cfg(test)]
#[path = "pairing_tests.rs"]
mod tests;
