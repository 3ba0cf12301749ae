//! A library for commands: its entries once everything is scanned, and filters and searches that
//! wait for their answer.

use std::cell::Cell;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};

use jiff::tz::TimeZone;

use super::article_files::{Files, path_hash};
use super::pairing::Candidate;
use super::scan::walker::Walker;
use super::service::LibraryService;
use super::source::Library;
use super::state::{Imported, find_annotation, import_annotations, opened_times};
use super::storage_paths::StoragePaths;
use crate::catalog::{
    Annotation, Annotations, Entries, EntryId, Hits, Marks, Order, Query, Request, Snippet, Tier,
    Update,
};
use crate::text::Language;

/// All entries of a library as they are now, which can be filtered and searched. Dropping it waits
/// until the index is written.
#[derive(Debug)]
pub struct BatchLibrary {
    /// The entries.
    pub entries: Entries,
    /// What was read and starred.
    pub marks: Marks,
    /// The highlights and notes, and the reader's own tags.
    pub annotations: Annotations,
    updates: Receiver<Update>,
    /// Whether a thread failed, so that answers are missing.
    has_failed: Cell<bool>,
    service: LibraryService,
    paths: StoragePaths,
}

impl Library {
    /// Opens the index, and reads what changed since it was written. `on_notice` gets a cleaned
    /// line for each folder that cannot be read. The saved state does not change.
    pub fn batch(&self, on_notice: &mut dyn FnMut(String)) -> BatchLibrary {
        self.batch_in(StoragePaths::platform(), on_notice)
    }

    /// Reads everything: no index is used or written, and no saved state is read.
    pub fn batch_without_index(&self, on_notice: &mut dyn FnMut(String)) -> BatchLibrary {
        self.batch_in(StoragePaths::default(), on_notice)
    }

    pub(super) fn batch_in(
        &self,
        paths: StoragePaths,
        on_notice: &mut dyn FnMut(String),
    ) -> BatchLibrary {
        let (sender, updates) = channel();
        let on_update = move |update| {
            let _ = sender.send(update);
        };
        let service = LibraryService::start_in(self.clone(), paths.clone(), false, on_update);
        let mut entries = Entries::new(TimeZone::system());
        let mut marks = Marks::default();
        let mut annotations = Annotations::default();
        let has_failed = Cell::new(false);
        for update in &updates {
            match update {
                Update::Failed => {
                    has_failed.set(true);
                    break;
                }
                Update::Initial(initial) => initial
                    .store
                    .into_iter()
                    .for_each(|store| entries.rebase(store)),
                Update::Changed(changes) => {
                    entries.apply(changes);
                }
                Update::Marked(all) => all.into_iter().for_each(|(id, mark)| marks.set(id, mark)),
                Update::Annotated(all) => all.into_iter().for_each(|one| annotations.put(one)),
                Update::Tagged(all) => all.into_iter().for_each(|own| annotations.put_tags(own)),
                Update::Moved(moved) => moved
                    .iter()
                    .for_each(|(from, to)| annotations.move_article(*from, to)),
                Update::Notice(line) => on_notice(line),
                Update::Progress { finished: true, .. } => break,
                _ => {}
            }
        }
        BatchLibrary {
            entries,
            marks,
            annotations,
            updates,
            has_failed,
            service,
            paths,
        }
    }

    /// Saves highlights and notes, each if it is newer than the saved one.
    ///
    /// # Errors
    /// Why none was saved, in one line.
    pub fn import_annotations(&self, all: &[Annotation]) -> Result<Imported, String> {
        let paths = StoragePaths::platform();
        let (data, path) = paths.state(self);
        let data = data.ok_or_else(|| tr!("nothing is saved of this library").to_owned())?;
        import_annotations(data, &path, all)
    }

    /// The folder that has a highlight, known by its key; of several, the one that was read last.
    ///
    /// # Errors
    /// Why the saved state cannot be read.
    pub fn with_annotation(key: u64) -> Result<Option<PathBuf>, String> {
        let data = StoragePaths::platform().data;
        data.map_or(Ok(None), |data| find_annotation(&data, key))
    }

    /// The files of all articles, sorted by path; pairs are read to see whether their contents
    /// agree. `on_notice` gets a cleaned line for each folder that cannot be read.
    pub fn files(&self, on_notice: &mut dyn FnMut(String)) -> Vec<Files> {
        let found = match self {
            Self::Folder(folder) => self.pair(walk(&folder.path, on_notice)),
            Self::File(file) => return vec![self.files_of(&file.path)],
            _ => self.articles(),
        };
        let mut files = Vec::with_capacity(found.len());
        for article in found {
            if self.is_pair(&article.files) {
                files.push(article.files);
            } else {
                files.extend(article.split().map(|half| half.files));
            }
        }
        files.sort_unstable_by(|one, other| one.path.cmp(&other.path));
        files
    }
}

fn walk(root: &Path, on_notice: &mut dyn FnMut(String)) -> Vec<Candidate> {
    let walker = Walker::new(root);
    let mut folders = VecDeque::from([PathBuf::new()]);
    let mut articles = Vec::new();
    while let Some(folder) = folders.pop_front() {
        let contents = walker.read_folder(&folder, false);
        folders.extend(contents.folders);
        articles.extend(contents.articles);
        if let Some(error) = contents.error {
            on_notice(error.line);
        }
    }
    articles
}

impl BatchLibrary {
    /// The entries that match a query, newest first.
    pub fn matching(&self, query: &Query) -> Vec<EntryId> {
        let request = Request::Filter {
            number: 1,
            query: query.clone(),
        };
        let tiers = self.ask(request, |update| match update {
            Update::Filtered {
                tiers,
                is_final: true,
                ..
            } => Some(tiers),
            _ => None,
        });
        let tiers = tiers.unwrap_or_default();
        let mut order = self.entries.sorted(Order::Date, Language::Chinese);
        order.retain(|id| {
            tiers
                .get(id.0 as usize)
                .is_some_and(|tier| *tier != Tier::None)
        });
        order
    }

    /// Searches the texts: the articles that match a query, newest first, with the number of hits
    /// in each. `on_first` gets the hits that are found early, and the final ones.
    pub fn search(&self, query: &Query, on_first: &mut dyn FnMut(&Hits)) -> Hits {
        let request = Request::Search {
            number: 1,
            query: query.clone(),
        };
        let hits = self.ask(request, |update| match update {
            Update::Hits { hits, .. } => {
                on_first(&hits);
                Some(hits).filter(|hits| hits.is_final)
            }
            _ => None,
        });
        if hits.is_some() {
            // The first snippets come without a request.
            self.wait_for(|update| matches!(update, Update::Snippets { .. }).then_some(()));
        }
        hits.unwrap_or_default()
    }

    /// The hits of the last search in `count` articles from `from` on, with the words around them:
    /// at most `most` of each article.
    pub fn snippets(&self, from: u32, count: u32, most: u32) -> Vec<Snippet> {
        let request = Request::Snippets {
            number: 1,
            from,
            count,
            most,
        };
        let snippets = self.ask(request, |update| match update {
            Update::Snippets { snippets, .. } => Some(snippets),
            _ => None,
        });
        snippets.unwrap_or_default()
    }

    /// Looks up when the article of a path was last opened in the reader, in milliseconds since
    /// 1970.
    pub fn opened(&self) -> impl Fn(&Path) -> Option<i64> + use<> {
        let (data, library) = self.paths.state(self.service.library());
        let times = data.map(|data| opened_times(data, &library));
        let times = times.unwrap_or_default();
        move |path| times.get(&path_hash(path)).copied()
    }

    /// Waits for the answer to a request. None if nothing answers.
    fn ask<R>(&self, request: Request, answer: impl FnMut(Update) -> Option<R>) -> Option<R> {
        let is_heard = self.service.ask(request);
        is_heard.then(|| self.wait_for(answer))?
    }

    fn wait_for<R>(&self, mut answer: impl FnMut(Update) -> Option<R>) -> Option<R> {
        for update in &self.updates {
            if matches!(update, Update::Failed) {
                self.has_failed.set(true);
                return None;
            }
            let answer = answer(update);
            if answer.is_some() {
                return answer;
            }
        }
        None
    }

    /// Whether a thread failed, which is a flaw of the program: then what was answered is not all.
    pub fn has_failed(&self) -> bool {
        self.has_failed.get()
    }
}

impl Drop for BatchLibrary {
    fn drop(&mut self) {
        self.service.finish();
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::library::SAMPLES;

    #[test]
    fn the_articles_of_a_folder_are_sorted_by_path() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("b")).expect("a folder");
        for name in ["c.md", "b/a.md", "a.txt", ".hidden.md", "b/notes.rs"] {
            fs::write(folder.path().join(name), "\u{feff}text").expect("a file");
        }
        let library = Library::Folder(folder.path().to_path_buf().into());
        let files = library.files(&mut |line| panic!("{line}"));
        let paths: Vec<PathBuf> = files.into_iter().map(|files| files.path).collect();
        assert_eq!(paths, ["a.txt", "b/a.md", "c.md"].map(PathBuf::from));
        assert_eq!(library.source(&paths[0]), "text");
        assert_eq!(
            library.on_disk(&paths[1]),
            Some(folder.path().join("b/a.md"))
        );
        assert_eq!(Library::Samples.files(&mut |_| ()).len(), SAMPLES.len());
    }
}
