//! Where the bytes of an article come from, and the article made of them.

use std::borrow::Cow;
use std::fs::{self, Metadata};
use std::io::ErrorKind::NotFound;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use super::file_reader::FileReader;
use super::librarian::Library;
use super::pairing::{self, Mates};
use super::samples::sample;
use crate::bilingual::{self, Text};
use crate::catalog::Entry;
use crate::digest::{self, Article, Sections};
use crate::markdown::BlockTexts;
use crate::text::{Problem, ProblemKind, clean_line};

/// An article, and the files that it was read from.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The article.
    pub article: Article,
    path: PathBuf,
    mate: Option<PathBuf>,
}

impl Opened {
    /// The paths of its files: one, or the Chinese and the English one. Lines of the two sections count in their own files.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        [Some(&self.path), self.mate.as_ref()].into_iter().flatten().map(PathBuf::as_path)
    }
}

/// The file or the two files that by their names are one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    /// The file, or the Chinese one of two.
    pub path: PathBuf,
    /// The English one of two.
    pub mate: Option<Box<Path>>,
}

impl Library {
    /// The article of a path, with its mate in the other language if it has one; see [`Library::open`].
    pub fn article(&self, path: &Path) -> Article {
        self.open(path).article
    }

    /// Reads the article of a path, as told in its entry. What cannot be read gives an empty article with a problem.
    ///
    /// The mate is looked for on the disk, which takes as long as listing the folder; who has the entry asks for
    /// [`Library::article_of`], who walks them all for [`Library::pair`], and who wants no mate for [`Library::single`].
    pub fn open(&self, path: &Path) -> Opened {
        let mates = match self {
            Self::Folder(folder) if folder.pairing => pairing::find(&folder.path, path),
            Self::File(file) if file.pairing => pairing::find_beside(&file.path),
            _ => None,
        };
        match mates.map(|mates| (self.joined(&mates), mates)) {
            Some((Ok(article), mates)) => Opened { article, path: mates.chinese, mate: Some(mates.english) },
            _ => Opened { article: self.single(path), path: path.to_owned(), mate: None },
        }
    }

    /// Puts paths together that by their names are one article, if the library pairs; sorted by the path of the first. For whoever
    /// walks a whole library: reading nothing, and in time linear in the paths but for the sorting.
    pub fn pair(&self, paths: Vec<PathBuf>) -> Vec<Files> {
        let is_pairing = matches!(self, Self::Folder(folder) if folder.pairing);
        let (pairs, alone) = if is_pairing { pairing::pair(paths) } else { (Vec::new(), paths) };
        let pairs = pairs.into_iter().map(|mates| Files { path: mates.chinese, mate: Some(mates.english.into()) });
        let mut files: Vec<Files> = pairs.chain(alone.into_iter().map(|path| Files { path, mate: None })).collect();
        files.sort_unstable_by(|one, other| one.path.cmp(&other.path));
        files
    }

    /// Reads what [`Library::pair`] put together: one article, or two where the contents are not what the names promise.
    pub fn read(&self, files: Files) -> Vec<Opened> {
        let alone = |(path, article)| Opened { article, path, mate: None };
        let Some(mate) = files.mate else { return vec![alone((files.path.clone(), self.single(&files.path)))] };
        let mates = Mates { chinese: files.path, english: mate.into() };
        match self.joined(&mates) {
            Ok(article) => vec![Opened { article, path: mates.chinese, mate: Some(mates.english) }],
            Err(both) => [mates.chinese, mates.english].into_iter().zip(*both).map(alone).collect(),
        }
    }

    /// Reads the article of an entry.
    pub fn article_of(&self, entry: &Entry) -> Article {
        self.article_from(&entry.path, entry.mate.as_deref())
    }

    /// The text of an entry that was told.
    pub fn text(&self, files: &Files) -> Text {
        text(self.article_from(&files.path, files.mate.as_deref()), &files.path)
    }

    /// The article of one or two files. Should the two not belong together any more, what can be read of them, and a problem.
    fn article_from(&self, path: &Path, mate: Option<&Path>) -> Article {
        let Some(mate) = mate else { return self.single(path) };
        let mates = Mates { chinese: path.to_owned(), english: mate.to_owned() };
        self.joined(&mates).unwrap_or_else(|both| {
            let [chinese, english] = *both;
            let is_text = |article: &Article| !matches!(article.sections, Sections::Whole { language: None, .. });
            let (mut left, out) =
                if is_text(&chinese) || !is_text(&english) { (chinese, mate) } else { (english, path) };
            let reason =
                format!("the article’s other file, {}, is not shown: the two are no pair any more", shown(out));
            left.problems.insert(0, Problem::new(ProblemKind::Structure, None, reason));
            left
        })
    }

    /// The article of two files; both articles where they are no pair.
    pub(super) fn joined(&self, mates: &Mates) -> Result<Article, Box<[Article; 2]>> {
        let [chinese, english] = [&mates.chinese, &mates.english].map(|path| self.single(path));
        digest::join(chinese, english, [&shown(&mates.chinese), &shown(&mates.english)])
    }

    /// The article of one file alone, whatever lies beside it.
    pub fn single(&self, path: &Path) -> Article {
        let mut reader = FileReader::default();
        let (bytes, problem) = self.bytes(path, false, &mut reader, &mut |_| {});
        read_article(bytes, problem, path)
    }

    /// Whether a file that was found in a folder is not there any more, which is to say: it is no article that cannot be read.
    pub(super) fn is_missing(&self, path: &Path) -> bool {
        let Self::Folder(folder) = self else { return false };
        fs::symlink_metadata(folder.path.join(path)).is_err_and(|error| error.kind() == NotFound)
    }

    /// The bytes of a file of an article; see [`file::read`](super::read_file::read).
    pub(super) fn bytes<'a>(
        &'a self,
        path: &Path,
        was_seen: bool,
        reader: &'a mut FileReader,
        tell: &mut dyn FnMut(&Metadata),
    ) -> (&'a [u8], Option<Problem>) {
        match self {
            Self::Samples => (path.to_str().and_then(sample).unwrap_or_default(), None),
            Self::Folder(folder) => reader.read_below((&folder.path, path), was_seen, tell),
            Self::File(_) => reader.read(path, was_seen, tell),
            Self::Input { bytes, problem } => (bytes, problem.clone()),
        }
    }
}

/// The article in the bytes of a file. The problem of reading the bytes, if any, or that there are none, comes first.
///
/// Reading never fails by design. If a bug makes it panic all the same, the article is empty and its problem says so.
pub(super) fn read_article(bytes: &[u8], problem: Option<Problem>, path: &Path) -> Article {
    let mut article = catch_unwind(|| digest::read(bytes, &file_name(path))).unwrap_or_else(|_| failed(path));
    let empty = || Problem::new(ProblemKind::Unreadable, None, "the file is empty");
    if let Some(problem) = problem.or_else(|| bytes.is_empty().then(empty)) {
        article.problems.insert(0, problem);
    }
    article
}

/// The text of an article, total as its reading is.
pub(super) fn text(article: Article, path: &Path) -> Text {
    catch_unwind(AssertUnwindSafe(|| Text::new(article))).unwrap_or_else(|_| Text::new(failed(path)))
}

/// The texts of the blocks of an article's languages; if the program fails on them, the article is replaced by one that says so.
pub(super) fn block_texts(article: &mut Article, path: &Path) -> [Option<BlockTexts>; 2] {
    catch_unwind(AssertUnwindSafe(|| bilingual::block_texts(article))).unwrap_or_else(|_| {
        *article = failed(path);
        bilingual::block_texts(article)
    })
}

fn failed(path: &Path) -> Article {
    let mut empty = digest::read(&[], &file_name(path));
    let reason = "the program failed on this file, which is a flaw of the program: please report it";
    empty.problems.insert(0, Problem::new(ProblemKind::Unreadable, None, reason));
    empty
}

pub(super) fn shown(path: &Path) -> String {
    clean_line(&path.to_string_lossy()).into_owned()
}

fn file_name(path: &Path) -> Cow<'_, str> {
    let name = path.file_name().unwrap_or(path.as_os_str());
    // Nearly all are UTF-8, which is sooner told of a whole name.
    name.to_str().map_or_else(|| name.to_string_lossy(), Cow::Borrowed)
}
