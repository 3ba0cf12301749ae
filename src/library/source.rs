//! Where the bytes of an article come from, and the article made of them.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::file;
use super::librarian::Library;
use super::samples::sample;
use crate::bilingual::Text;
use crate::digest::{self, Article};
use crate::text::{Problem, ProblemKind};

impl Library {
    /// The article of a path, as told in its entry. What cannot be read gives an empty article with a problem.
    pub fn article(&self, path: &Path) -> Article {
        let (bytes, problem) = self.bytes(path);
        article(&bytes, problem, path)
    }

    /// The text of a path, as told in its entry.
    pub fn text(&self, path: &Path) -> Text {
        let article = self.article(path);
        catch_unwind(AssertUnwindSafe(|| Text::new(article))).unwrap_or_else(|_| Text::new(failed(path)))
    }

    pub(super) fn bytes(&self, path: &Path) -> (Cow<'_, [u8]>, Option<Problem>) {
        match self {
            Self::Samples => (Cow::Borrowed(path.to_str().and_then(sample).unwrap_or_default()), None),
            Self::Folder(folder) => owned(file::read(&folder.join(path))),
            Self::File(file) => owned(file::read(file)),
            Self::Input { bytes, problem } => (Cow::Borrowed(bytes), problem.clone()),
        }
    }
}

fn owned((bytes, problem): (Vec<u8>, Option<Problem>)) -> (Cow<'static, [u8]>, Option<Problem>) {
    (Cow::Owned(bytes), problem)
}

/// The article that some bytes hold, with the problem of reading them, if any, put first. That there are none is one.
///
/// Reading is total by design. Should a flaw in it panic all the same, the article is empty and its problem says so,
/// and everything else goes on.
fn article(bytes: &[u8], problem: Option<Problem>, path: &Path) -> Article {
    let reading = || digest::read(bytes, &file_name(path));
    let mut article = catch_unwind(AssertUnwindSafe(reading)).unwrap_or_else(|_| failed(path));
    let empty = || Problem::new(ProblemKind::Unreadable, None, "the file is empty");
    if let Some(problem) = problem.or_else(|| bytes.is_empty().then(empty)) {
        article.problems.insert(0, problem);
    }
    article
}

fn failed(path: &Path) -> Article {
    let mut empty = digest::read(&[], &file_name(path));
    let reason = "the program failed on this file, which is a flaw of the program: please report it";
    empty.problems.insert(0, Problem::new(ProblemKind::Unreadable, None, reason));
    empty
}

fn file_name(path: &Path) -> Cow<'_, str> {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy()
}
