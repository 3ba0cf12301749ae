//! Where the articles of a library come from, and how one is read.

use std::fs;
use std::io::ErrorKind::NotFound;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::article_files::{ArticleFiles, Files};
use super::pairing::{self, Candidate};
use super::read_file::{RawFile, read_file};
use crate::bilingual::{self, Text};
use crate::digest::{self, Article, Sections, decode};
use crate::markdown::BlockTexts;
use crate::text::{Problem, ProblemKind, clean_line};

/// The samples embedded in the program, by file name and sorted by it: the `.md` files of
/// `assets/digests`, listed by `build.rs`.
pub const SAMPLES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/samples.rs"));

fn sample(name: &str) -> Option<&'static [u8]> {
    SAMPLES
        .iter()
        .find(|(other, _)| *other == name)
        .map(|(_, bytes)| *bytes)
}

/// Where the articles come from.
#[derive(Clone, Debug)]
pub enum Library {
    /// The samples embedded in the program.
    Samples,
    /// A folder, which is scanned in the background.
    Folder(Location),
    /// One file, with its mate in the other language if there is one.
    File(Location),
    /// What was read from standard input.
    Input {
        /// Its bytes, as far as they were read.
        bytes: Arc<[u8]>,
        /// A problem of the reading, such as that the input was cut.
        problem: Option<Problem>,
    },
}

/// A library on the disk. Made of a path: `PathBuf::from("digests").into()`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The folder or file.
    pub path: PathBuf,
    /// Whether two files with one article in different languages are joined; true unless
    /// [`Library::with_pairing`] changes it.
    pub pairing: bool,
}

impl<P: Into<PathBuf>> From<P> for Location {
    fn from(path: P) -> Self {
        Self {
            path: path.into(),
            pairing: true,
        }
    }
}

impl Library {
    /// The library with two files of one article joined, or not.
    #[must_use]
    pub fn with_pairing(mut self, pairing: bool) -> Self {
        if let Self::Folder(location) | Self::File(location) = &mut self {
            location.pairing = pairing;
        }
        self
    }

    /// The files of the article of a path: in a library of one file with its mate, which is looked
    /// for on the disk, if their contents match.
    pub fn files_of(&self, path: &Path) -> Files {
        let pair = match self {
            Self::File(file) if file.pairing => pairing::find_beside(&file.path),
            _ => None,
        };
        pair.filter(|files| self.is_pair(files))
            .unwrap_or_else(|| Files::single(path.to_owned()))
    }

    /// Whether files that are one article by their names are one by their contents.
    pub(super) fn is_pair(&self, files: &Files) -> bool {
        let mut mate = files.mate.iter();
        mate.all(|mate| self.joined(&files.path, mate).is_ok())
    }

    /// Puts files of a folder together that are one article by their names, if the library pairs.
    pub(super) fn pair(&self, found: Vec<Candidate>) -> Vec<ArticleFiles> {
        if self.pairs() {
            return pairing::pair(found);
        }
        let alone = |(path, stamp)| ArticleFiles::single(path, stamp);
        found.into_iter().map(alone).collect()
    }

    /// Whether two files of a folder may be one article.
    pub(super) const fn pairs(&self) -> bool {
        matches!(self, Self::Folder(folder) if folder.pairing)
    }

    /// Reads the text of an article.
    pub fn text(&self, files: &Files) -> Text {
        text(self.article_of(files), &files.path)
    }

    /// The texts of the blocks of an article's languages, as they are searched.
    pub(super) fn block_texts(&self, files: &Files) -> [Option<BlockTexts>; 2] {
        block_texts(&mut self.article_of(files), &files.path)
    }

    /// The article of one or two files. If two are not a pair any more, it is what can be read of
    /// them, with a problem.
    fn article_of(&self, files: &Files) -> Article {
        let path: &Path = &files.path;
        let Some(mate) = files.mate.as_deref() else {
            return self.single(path);
        };
        self.joined(path, mate).unwrap_or_else(|both| {
            let [chinese, english] = *both;
            let is_text = |article: &Article| {
                !matches!(article.sections, Sections::Whole { language: None, .. })
            };
            let (mut left, out) = if is_text(&chinese) || !is_text(&english) {
                (chinese, mate)
            } else {
                (english, path)
            };
            let reason = tr!(
                "the article’s other file, {file}, is not shown: the two are no pair any more",
                file = shown(out)
            );
            left.problems
                .insert(0, Problem::new(ProblemKind::Structure, None, reason));
            left
        })
    }

    /// The article of two files, or both articles if they are not a pair.
    fn joined(&self, chinese: &Path, english: &Path) -> Result<Article, Box<[Article; 2]>> {
        digest::join(
            self.single(chinese),
            self.single(english),
            [&shown(chinese), &shown(english)],
        )
    }

    /// The path of an article's file on the disk, if it is there.
    pub fn on_disk(&self, path: &Path) -> Option<PathBuf> {
        match self {
            Self::Folder(folder) => Some(folder.path.join(path)),
            Self::File(_) => Some(path.to_path_buf()),
            Self::Samples | Self::Input { .. } => None,
        }
    }

    /// The whole file of an article as text, decoded and not cleaned; empty if it cannot be read.
    pub fn source(&self, path: &Path) -> String {
        decode(&self.read(path).bytes).0.into_owned()
    }

    fn single(&self, path: &Path) -> Article {
        parse_article(&self.read(path), path)
    }

    /// Whether a file that was found in a folder does not exist any more.
    pub(super) fn is_missing(&self, path: &Path) -> bool {
        let Self::Folder(folder) = self else {
            return false;
        };
        fs::symlink_metadata(folder.path.join(path)).is_err_and(|error| error.kind() == NotFound)
    }

    pub(super) fn read(&self, path: &Path) -> RawFile {
        match self {
            Self::Samples => {
                let bytes = path.to_str().and_then(sample).unwrap_or_default().to_vec();
                RawFile {
                    bytes,
                    ..RawFile::default()
                }
            }
            Self::Folder(folder) => read_file(&folder.path.join(path)),
            Self::File(_) => read_file(path),
            Self::Input { bytes, problem } => RawFile {
                bytes: bytes.to_vec(),
                problem: problem.clone(),
                ..RawFile::default()
            },
        }
    }
}

/// Parses the article of a file. A problem of the reading comes first among its problems. If a bug
/// makes the parser panic, the article is empty and its problem says so.
pub(super) fn parse_article(file: &RawFile, path: &Path) -> Article {
    let mut article = catch_unwind(|| digest::read(&file.bytes, &path.to_string_lossy()))
        .unwrap_or_else(|_| failed(path));
    let empty = || Problem::new(ProblemKind::Unreadable, None, tr!("the file is empty"));
    if let Some(problem) = file
        .problem
        .clone()
        .or_else(|| file.bytes.is_empty().then(empty))
    {
        article.problems.insert(0, problem);
    }
    article
}

/// The text of an article. If the program fails on it, it is an empty text whose problem says so.
pub(super) fn text(article: Article, path: &Path) -> Text {
    catch_unwind(AssertUnwindSafe(|| Text::new(article)))
        .unwrap_or_else(|_| Text::new(failed(path)))
}

/// The texts of the blocks of an article's languages; if the program fails on them, the article is
/// replaced by one that says so.
pub(super) fn block_texts(article: &mut Article, path: &Path) -> [Option<BlockTexts>; 2] {
    catch_unwind(AssertUnwindSafe(|| bilingual::block_texts(article))).unwrap_or_else(|_| {
        *article = failed(path);
        bilingual::block_texts(article)
    })
}

fn failed(path: &Path) -> Article {
    let mut empty = digest::read(&[], &path.to_string_lossy());
    let reason =
        tr!("the program failed on this file, which is a flaw of the program: please report it");
    empty
        .problems
        .insert(0, Problem::new(ProblemKind::Unreadable, None, reason));
    empty
}

/// A path as it is shown: cleaned, in one line.
pub(super) fn shown(path: &Path) -> String {
    clean_line(&path.to_string_lossy()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_embedded() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/digests");
        let Ok(entries) = fs::read_dir(folder) else {
            assert!(
                SAMPLES.is_empty(),
                "samples without a folder they come from"
            );
            return;
        };
        let mut names: Vec<String> = entries
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.retain(|name| {
            Path::new(name)
                .extension()
                .is_some_and(|extension| extension == "md")
        });
        names.sort();
        let embedded: Vec<&str> = SAMPLES.iter().map(|(name, _)| *name).collect();
        assert_eq!(embedded, names);
        for name in names {
            assert_eq!(
                sample(&name),
                Some(&*fs::read(format!("{folder}/{name}")).unwrap()),
                "{name}"
            );
        }
    }
}
