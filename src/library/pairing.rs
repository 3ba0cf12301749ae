//! Articles with a file for each language: finds by their names which files belong together.
//!
//! A name gives its language by an ending (`tea-en.md`, `tea.zh-cn.md`, `tea_EN.md`) or by a folder
//! (`zh/tea.md`, `docs-zh/tea.md`, `zh-hans.example/tea.md`). Two files are mates if their paths are
//! otherwise the same, and name both languages, or one of them names none. Their contents are checked when they are read, by
//! [`join`](crate::digest::join).

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::article_files::{ArticleFiles, FileStamp, Files};
use super::read_file::is_article_name;
use crate::text::Language;

/// The languages as names give them, in lower case with hyphens. If several files claim one
/// language, the first marker here wins.
const MARKERS: [(&str, Language); 24] = [
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
    ("en-snapshot", Language::English),
    ("eng", Language::English),
    ("english", Language::English),
    ("英文", Language::English),
    ("英文版", Language::English),
];

/// The longest marker, in bytes.
const LONGEST: usize = 12;

/// The most names of one folder that are looked at for the mate of a single file.
const MOST_NAMES: usize = 100_000;

/// The most folders on the way to the mate of a single file that are no part of its key.
const MOST_DROPPED: usize = 4;

/// Folders that hold a folder for each language, and say nothing else.
const HOLDERS: [&str; 4] = ["i18n", "l10n", "locales", "translations"];

/// How Docusaurus names the folders of translated texts; what follows is `docs`, `blog` or `pages`,
/// and the name of the set if there are several.
const DOCUSAURUS: &[u8] = b"docusaurus-plugin-content-";

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

/// Whether the mates of the files below a folder may be found beside it.
pub(super) fn is_language_folder(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    marker(name).is_some() || is_holder(name) || marked_folder(name).is_some()
}

fn is_holder(name: &[u8]) -> bool {
    HOLDERS.iter().any(|holder| holder.as_bytes() == name)
}

/// The marker at the end of a folder's name (`docs-zh`) or before its first dot
/// (`zh-hans.example`), and the rest of the name.
fn marked_folder(name: &[u8]) -> Option<(&[u8], MarkerIndex)> {
    if let Some((at, marker)) = ending(name) {
        return Some((&name[..at], marker));
    }
    let dot = memchr::memchr(b'.', name)?;
    Some((&name[dot + 1..], marker(&name[..dot])?))
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
    /// The claim of a file's path. Its folders alone may give the language: `bsd_ja_en.md` in the
    /// folders of both languages is a name like any other.
    fn of(path: &Path, with_ending: bool) -> Self {
        let mut claim = Self::of_folder(path.parent().unwrap_or(path), false);
        let stem = path.file_stem().unwrap_or_default().as_encoded_bytes();
        let extension = path.extension().unwrap_or_default().as_encoded_bytes();
        let found = ending(stem).filter(|_| with_ending);
        let base = found.map_or(stem.len(), |(base, _)| base);
        claim.key.extend_from_slice(&stem[..base]);
        claim.key.push(b'/');
        (claim.key).extend(extension.iter().map(u8::to_ascii_lowercase));
        claim.add(found.map(|(_, marker)| marker));
        claim
    }

    /// The claim of a folder. If it is `open`, the folder below it is not known yet.
    fn of_folder(folder: &Path, open: bool) -> Self {
        let mut claim = Self {
            key: Vec::with_capacity(folder.as_os_str().len() + 32),
            marker: None,
            count: 0,
        };
        let mut names = folder.iter().map(OsStr::as_encoded_bytes).peekable();
        while let Some(name) = names.next() {
            let next = names.peek().copied();
            let names_languages = next.map_or(open, |next| marker(next).is_some());
            if let Some(marker) = marker(name) {
                claim.add(Some(marker));
            } else if let Some(texts) = name.strip_prefix(DOCUSAURUS) {
                if claim.push_docusaurus(texts, next, open) {
                    names.next();
                }
            } else if is_holder(name) && names_languages {
                // It says nothing that the folder below does not.
            } else if let Some((base, marker)) = marked_folder(name) {
                claim.push(&[base]);
                claim.add(Some(marker));
            } else {
                claim.push(&[name]);
            }
        }
        claim
    }

    /// Adds the folder in which Docusaurus has the originals of some translated texts. Returns
    /// whether the next folder, which is that of a version, is done with too.
    fn push_docusaurus(&mut self, texts: &[u8], next: Option<&[u8]>, open: bool) -> bool {
        let kind = texts.split(|&byte| byte == b'-').next().unwrap_or(texts);
        let set = texts.get(kind.len() + 1..);
        match (kind, next) {
            (b"docs", None) if open => {}
            (b"docs", Some(version)) if version.starts_with(b"version-") => {
                let set = set.map(|set| [set, b"_"].concat()).unwrap_or_default();
                self.push(&[&set, b"versioned_docs/", version]);
                return true;
            }
            (b"pages", _) => self.push(&[b"src/pages"]),
            _ => self.push(&[set.unwrap_or(kind)]),
        }
        kind == b"docs" && next == Some(b"current")
    }

    fn push(&mut self, name: &[&[u8]]) {
        self.key.extend(name.concat());
        self.key.push(b'/');
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

/// Which files are pairs: the Chinese and the English one of each. First by folders and endings,
/// then, of the files that are left, by folders alone.
fn pairs(found: &[Candidate]) -> Vec<(usize, usize)> {
    let mut left: Vec<usize> = (0..found.len()).collect();
    let mut pairs = pairs_among(found, &left, true);
    let taken: HashSet<usize> = pairs
        .iter()
        .flat_map(|&(one, other)| [one, other])
        .collect();
    left.retain(|at| {
        let stem = found[*at].0.file_stem().unwrap_or_default();
        !taken.contains(at) && ending(stem.as_encoded_bytes()).is_some()
    });
    pairs.extend(pairs_among(found, &left, false));
    pairs.sort_unstable();
    pairs
}

fn pairs_among(found: &[Candidate], among: &[usize], with_ending: bool) -> Vec<(usize, usize)> {
    let claims = among.iter().map(|&at| Claim::of(&found[at].0, with_ending));
    let claims: Vec<Claim> = claims.collect();
    if claims.iter().all(|claim| claim.marker.is_none()) {
        return Vec::new();
    }
    let rank = |at: usize| (claims[at].marker, claims[at].count, &found[among[at]].0);
    let mut ranked: Vec<usize> = (0..claims.len()).collect();
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
    let pairs = groups.filter_map(pair);
    pairs
        .map(|(one, other)| (among[one], among[other]))
        .collect()
}

/// Looks on the disk for the mate of a file named by itself: next to it, and where the language
/// folders of its path lead.
pub(super) fn find_beside(file: &Path) -> Option<Files> {
    /// How far above the file a folder may name its language.
    const HIGHEST: usize = 8;
    let is_marked = |folder: &&Path| folder.file_name().is_some_and(is_language_folder);
    let folder = file.parent()?;
    let above = || folder.ancestors().take(HIGHEST);
    let root = above().filter(is_marked).last().and_then(Path::parent);
    let holds_translations = |folder: &&Path| folder.join(HOLDERS[0]).is_dir();
    let root = root
        .or_else(|| above().filter(holds_translations).last())
        .unwrap_or(folder);
    let file = file.strip_prefix(root).ok()?;
    let key = Claim::of_folder(file.parent()?, false).key;
    let mut found = Vec::new();
    let depth = memchr::memchr_iter(b'/', &key).count() + MOST_DROPPED;
    gather(root, Path::new(""), &key, depth, &mut found);
    let keys = |path: &Path| [true, false].map(|with_ending| Claim::of(path, with_ending).key);
    let own = keys(file);
    found.retain(|(path, _)| keys(path).iter().any(|key| own.contains(key)));
    found.retain(|(path, _)| root.join(path).is_file());
    let mut pairs = pair(found).into_iter().map(|article| article.files);
    let files = pairs.find(|files| files.paths().any(|one| one == file))?;
    Some(Files {
        path: root.join(files.path),
        mate: Some(root.join(files.mate?).into()),
    })
}

/// Finds the articles in the folders below `root` that have a key, at most so many folders deep.
/// Paths are relative to `root`.
fn gather(root: &Path, folder: &Path, key: &[u8], depth: usize, found: &mut Vec<Candidate>) {
    let here = Path::new(".").join(root).join(folder);
    let is_there = Claim::of_folder(folder, false).key == key;
    let entries = fs::read_dir(here).into_iter().flatten().flatten();
    for entry in entries.take(MOST_NAMES) {
        let path = folder.join(entry.file_name());
        if is_there && is_article_name(&path) {
            found.push((path, None));
        } else if depth > 0
            && key.starts_with(&Claim::of_folder(&path, true).key)
            && entry.file_type().is_ok_and(|kind| !kind.is_file())
        {
            gather(root, &path, key, depth - 1, found);
        }
    }
}

#[cfg(test)]
#[path = "pairing_tests.rs"]
mod tests;
