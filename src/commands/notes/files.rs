//! A file of notes for each article, in a folder.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Component, Path, PathBuf};

use twox_hash::XxHash3_64;

use super::article::ArticleNotes;
use super::writer::NotesWriter;
use crate::catalog::path_hash;
use crate::commands::destination::ExportTarget;
use crate::commands::output;
use crate::error::Error;
use crate::library::{Library, is_article_name};

/// The file that knows which files are ours as they were written: it holds a hash of each, by that of its name.
const LEDGER: &str = ".jianbao-notes";

/// A folder with a file of notes for each article.
pub(super) struct NoteFiles<'a> {
    directory: &'a Path,
    may_replace: bool,
    /// The folder of articles, canonical.
    library: Option<PathBuf>,
}

/// Whether a file is there and says this.
pub(super) fn says(file: &Path, text: &[u8]) -> bool {
    let is_as_long =
        fs::metadata(file).is_ok_and(|it| it.is_file() && it.len() == text.len() as u64);
    is_as_long && fs::read(file).is_ok_and(|bytes| bytes == text)
}

impl<'a> NoteFiles<'a> {
    /// The files of a folder.
    ///
    /// # Errors
    /// If the folder is in that of the articles.
    pub(super) fn new(
        directory: &'a Path,
        library: &Library,
        may_replace: bool,
    ) -> Result<Self, Error> {
        let library = match library {
            Library::Folder(folder) => folder.path.canonicalize().ok(),
            _ => None,
        };
        let files = Self {
            directory,
            may_replace,
            library,
        };
        files.spare(directory)?;
        Ok(files)
    }

    /// Checks that a path is not in the folder of articles.
    fn spare(&self, path: &Path) -> Result<(), Error> {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let there = absolute.ancestors().find_map(|it| it.canonicalize().ok());
        let is_inside = there
            .zip(self.library.as_ref())
            .is_some_and(|(there, library)| there.starts_with(library));
        if is_inside {
            let why = tr!("the folder of articles is never written to; name another folder");
            return Err(Error::path(path, why));
        }
        Ok(())
    }

    /// Writes what is not there yet. Nothing is written if a file was changed by hand.
    pub(super) fn write(
        &self,
        articles: &[ArticleNotes],
        format: &NotesWriter,
    ) -> Result<(), Error> {
        let ledger_path = self.directory.join(LEDGER);
        let mut ledger: BTreeMap<String, String> = fs::read(&ledger_path)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        let (mut new, mut unchanged) = (Vec::new(), 0_usize);
        let before = ledger.clone();
        for article in articles {
            let Some(name) = file_name(&article.path, format.format.ending()) else {
                continue;
            };
            let text = format.text(&[article])?;
            let file = self.directory.join(&name);
            let hash = hash(text.as_bytes());
            let key = format!("{:016x}", path_hash(&name));
            if says(&file, text.as_bytes()) {
                unchanged += 1;
                ledger.insert(key, hash);
                continue;
            }
            self.spare(&file)?;
            let is_ours = || {
                let known = before.get(&key);
                let is_file = fs::symlink_metadata(&file).is_ok_and(|it| it.is_file());
                is_file && fs::read(&file).is_ok_and(|bytes| known == Some(&self::hash(&bytes)))
            };
            let may_replace = self.may_replace || is_ours();
            if !may_replace && fs::symlink_metadata(&file).is_ok() {
                let why = tr!("the file was changed by hand; --force writes over it");
                return Err(Error::path(&file, why));
            }
            ledger.insert(key, hash);
            new.push((file, text, may_replace));
        }
        for (file, text, may_replace) in &new {
            let target = ExportTarget::new(Some(file), *may_replace)?;
            target.make_folder()?;
            target.write(|out| out.write_all(text.as_bytes()))?;
        }
        if ledger != before {
            let json = serde_json::to_string(&ledger).unwrap_or_default();
            let target = ExportTarget::new(Some(&ledger_path), true)?;
            target.write(|out| out.write_all(json.as_bytes()))?;
        }
        output::print(|out| {
            let line = tr!(
                "{count} files written, {unchanged} unchanged",
                count = new.len(),
                unchanged = unchanged
            );
            writeln!(out, "{line}")
        })
    }
}

fn hash(bytes: &[u8]) -> String {
    format!("{:016x}", XxHash3_64::oneshot(bytes))
}

/// The name of an article's file of notes: that of the article with another ending. None if it would be outside of the
/// folder. No two articles have the same.
fn file_name(article: &Path, ending: &str) -> Option<PathBuf> {
    let mut parts = article.components();
    if !parts.all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let stem = article.with_extension("");
    let is_plain = article.extension().is_some_and(|it| it == "md") && !is_article_name(&stem);
    let mut name: OsString = if is_plain { &stem } else { article }.into();
    name.push(".");
    name.push(ending);
    Some(name.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_article_has_a_name_of_its_own_inside() {
        let name = |path: &str| file_name(Path::new(path), "org");
        let named = |path: &str| name(path).unwrap().display().to_string();
        assert_eq!(named("a/b.md"), "a/b.org");
        assert_eq!(named("a/b.txt"), "a/b.txt.org");
        assert_eq!(named("a/b.txt.md"), "a/b.txt.md.org");
        assert_eq!(name("../b.md"), None);
        assert_eq!(name("/b.md"), None);
    }
}
