//! Articles with a file for each language: finds by their names which files belong together.
//!
//! A name gives its language by an ending (`tea-en.md`, `tea.zh-cn.md`, `tea_EN.md`) or by a folder
//! (`zh/tea.md`). Two files are mates if their paths are otherwise the same, and name both
//! languages, or one of them names none. Their contents are checked when they are read, by
//! [`join`](crate::digest::join).

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path, PathBuf};

use super::article_files::{ArticleFiles, FileStamp, Files};
use super::read_file::is_article_name;
use crate::text::Language;

/// The languages as names give them, in lower case with hyphens. If several files claim one
/// language, the first marker here wins.
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

/// The most folders named after a language on the way to the mate of a single file.
const MOST_LANGUAGES: usize = 3;

/// The place of a name's marker in [`MARKERS`].
type MarkerIndex = usize;

/// The marker that some bytes are: in any case, with `-` or `_`.
fn marker(bytes: &[u8]) -> Option<MarkerIndex> {
    let is_same = |known: &&[u8]| {
        known.len() == bytes.len()
            && known
                .iter()
                .zip(bytes)
                .all(|(a, b)| a.eq_ignore_ascii_case(b) || *a == b'-' && *b == b'_')
    };
    MARKERS
        .iter()
        .position(|(known, _)| is_same(&known.as_bytes()))
}

/// Whether a folder's name is that of a language.
pub(super) fn is_language_folder(name: &OsStr) -> bool {
    marker(name.as_bytes()).is_some()
}

/// The marker at the end of a stem, and the length of the part before it and its separator.
fn ending(stem: &[u8]) -> Option<(usize, MarkerIndex)> {
    let from = stem.len().saturating_sub(LONGEST + 1);
    let mut separators =
        (from.max(1)..stem.len()).filter(|&at| matches!(stem[at], b'-' | b'_' | b'.'));
    // From the left, so that `zh-cn` is not read as `cn`.
    separators.find_map(|at| marker(&stem[at + 1..]).map(|marker| (at, marker)))
}

/// What a path claims: the path without its markers, and the last of these, which is the nearest to
/// the text.
struct Claim {
    key: Vec<u8>,
    marker: Option<MarkerIndex>,
    /// How many markers were removed.
    count: usize,
}

impl Claim {
    fn of(path: &Path) -> Self {
        let mut claim = Self {
            key: Vec::with_capacity(path.as_os_str().len()),
            marker: None,
            count: 0,
        };
        for component in path.parent().into_iter().flat_map(Path::components) {
            match component {
                Component::Normal(name) if is_language_folder(name) => {
                    claim.add(marker(name.as_bytes()));
                }
                _ => {
                    claim
                        .key
                        .extend_from_slice(component.as_os_str().as_bytes());
                    claim.key.push(b'/');
                }
            }
        }
        let stem = path.file_stem().unwrap_or_default().as_bytes();
        let extension = path.extension().unwrap_or_default().as_bytes();
        let found = ending(stem);
        claim
            .key
            .extend_from_slice(&stem[..found.map_or(stem.len(), |(base, _)| base)]);
        claim.key.push(b'/');
        claim
            .key
            .extend(extension.iter().map(u8::to_ascii_lowercase));
        claim.add(found.map(|(_, marker)| marker));
        claim
    }

    fn add(&mut self, marker: Option<MarkerIndex>) {
        self.count += usize::from(marker.is_some());
        self.marker = marker.or(self.marker);
    }

    fn language(&self) -> Option<Language> {
        self.marker.map(|marker| MARKERS[marker].1)
    }
}

/// A file that may have a mate, with its stamp if that is known.
pub(super) type Candidate = (PathBuf, Option<FileStamp>);

/// Puts files together that are one article by their names: first the pairs, then the files that
/// stay alone. If several claim the same language (`zh-cn` and `zh-tw`), one has the mate.
pub(super) fn pair(found: Vec<Candidate>) -> Vec<ArticleFiles> {
    let pairs = pairs(&found);
    let mut found: Vec<Option<Candidate>> = found.into_iter().map(Some).collect();
    let mut take = |at: usize| found[at].take().into_iter();
    let mut articles: Vec<ArticleFiles> = pairs
        .into_iter()
        .flat_map(|(chinese, english)| take(chinese).zip(take(english)))
        .map(|((path, stamp), (mate, mate_stamp))| ArticleFiles {
            files: Files {
                path,
                mate: Some(mate.into()),
            },
            stamps: [stamp, mate_stamp],
        })
        .collect();
    let alone = |(path, stamp)| ArticleFiles::single(path, stamp);
    articles.extend(found.into_iter().flatten().map(alone));
    articles
}

/// Which files are pairs: the Chinese and the English one of each.
fn pairs(found: &[Candidate]) -> Vec<(usize, usize)> {
    let claims: Vec<Claim> = found.iter().map(|(path, _)| Claim::of(path)).collect();
    if claims.iter().all(|claim| claim.marker.is_none()) {
        return Vec::new();
    }
    let rank = |at: usize| (claims[at].marker, claims[at].count, &found[at].0);
    let mut ranked: Vec<usize> = (0..found.len()).collect();
    ranked.sort_unstable_by_key(|&at| (&claims[at].key, rank(at)));
    let pair = |same: &[usize]| {
        let best = |language| {
            let mut best = same.iter().copied();
            best.find(|&at| claims[at].language() == language)
        };
        let (chinese, english) = (best(Some(Language::Chinese)), best(Some(Language::English)));
        // One of the two may name no language.
        match (chinese, english) {
            (Some(chinese), english) => Some((chinese, english.or_else(|| best(None))?)),
            (None, english) => Some((best(None)?, english?)),
        }
    };
    let groups = ranked.chunk_by(|&one, &other| claims[one].key == claims[other].key);
    let mut pairs: Vec<(usize, usize)> = groups.filter_map(pair).collect();
    pairs.sort_unstable();
    pairs
}

/// Looks on the disk for the mate of a file named by itself: next to it, and where the language
/// folders of its path lead.
pub(super) fn find_beside(file: &Path) -> Option<Files> {
    /// How far above the file a folder may name its language.
    const HIGHEST: usize = 8;
    let is_marked = |folder: &&Path| folder.file_name().is_some_and(is_language_folder);
    let folder = file.parent()?;
    let root = folder
        .ancestors()
        .take(HIGHEST)
        .filter(is_marked)
        .last()
        .and_then(Path::parent)
        .unwrap_or(folder);
    let file = file.strip_prefix(root).ok()?;
    let names = file.parent()?.iter();
    let names: Vec<&OsStr> = names.filter(|name| !is_language_folder(name)).collect();
    let mut found = Vec::new();
    gather(root, Path::new(""), &names, MOST_LANGUAGES, &mut found);
    let key = Claim::of(file).key;
    found.retain(|(path, _)| Claim::of(path).key == key && root.join(path).is_file());
    let mut pairs = pair(found).into_iter().map(|article| article.files);
    let files = pairs.find(|files| files.paths().any(|one| one == file))?;
    Some(Files {
        path: root.join(files.path),
        mate: Some(root.join(files.mate?).into()),
    })
}

/// Finds the articles in the folders to which names lead from a folder, through folders that are
/// named after languages, at most so many. Paths are relative to `root`.
fn gather(
    root: &Path,
    folder: &Path,
    names: &[&OsStr],
    languages: usize,
    found: &mut Vec<Candidate>,
) {
    let here = Path::new(".").join(root).join(folder);
    let entries = fs::read_dir(here).into_iter().flatten().flatten();
    for name in entries.take(MOST_NAMES).map(|entry| entry.file_name()) {
        let path = folder.join(&name);
        if names.first() == Some(&&*name) {
            gather(root, &path, &names[1..], languages, found);
        } else if languages > 0 && is_language_folder(&name) {
            gather(root, &path, names, languages - 1, found);
        } else if names.is_empty() && is_article_name(&path) {
            found.push((path, None));
        }
    }
}

#[cfg(test)]
#[path = "pairing_tests.rs"]
mod tests;
