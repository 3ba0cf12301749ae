//! The workers of a survey: they look into folders, read what is new or changed, and hand it on in batches.

use std::path::Path;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use super::super::file_reader::FileReader;
use super::super::index::{EntryBatch, EntryRecord, Segment, SegmentWriter};
use super::super::librarian::spawn;
use super::super::sight::Sight;
use super::queue::{Prefers, Task};
use super::read_article::{Raw, Workbench};
use super::survey::{Inside, Survey};
use super::walker::{Find, Stamps};
use crate::catalog::{Entry, Shelf};

/// When a batch is handed on: what is first seen should be seen at once, what follows should not be a flood.
const FIRST_BATCH: (usize, Duration) = (32, Duration::from_millis(5));
const NEXT_BATCH: (usize, Duration) = (8_000, Duration::from_millis(100));
/// The bytes at which a segment is sealed: little at first, so that what is there can soon be searched, then ever more.
const FIRST_SEGMENT: usize = 1 << 20;
const MOST_SEGMENT: usize = 32 << 20;

/// What a worker hands on.
#[derive(Debug)]
pub(in crate::library) enum Outcome {
    /// What was read where nothing was known before.
    First(EntryBatch),
    /// What was read otherwise, each with the number under which its path is known.
    Read(Vec<(Option<u32>, EntryRecord)>),
    /// A segment that records before named by its number.
    Sealed(u32, Arc<Segment>),
    /// A line for the reader.
    Notice(String),
    /// The worker has ended; nothing of it follows.
    Done,
}

/// Starts the workers of a survey, at most so many, and says how many there are: each hands on [`Outcome::Done`] at its end.
pub(in crate::library) fn start(
    survey: &Arc<Survey>,
    most: usize,
    hand: &(impl Fn(Outcome) + Send + Clone + 'static),
) -> usize {
    let kinds = [Prefers::Articles, Prefers::Folders];
    let work = |&prefers: &Prefers| {
        let (survey, own) = (Arc::clone(survey), hand.clone());
        spawn("gather", move || Worker::new(&survey, prefers, &own).work()).is_ok()
    };
    let count = kinds[..most.min(kinds.len())].iter().filter(|prefers| work(prefers)).count();
    if count == 0 {
        // Nothing will be seen, which does not mean that it is gone.
        survey.queue.stop();
    }
    count
}

/// One thread's part in a survey.
struct Worker<'a, H: Fn(Outcome)> {
    survey: &'a Survey,
    prefers: Prefers,
    hand: &'a H,
    first: EntryBatch,
    batch: Vec<(Option<u32>, EntryRecord)>,
    batch_ends: (usize, Duration),
    handed_at: Instant,
    /// The number of the segment that is being written, if one is.
    segment: Option<u32>,
    writer: SegmentWriter,
    segment_ends: usize,
    /// What reads the files of an article: one reader for each of two.
    readers: [FileReader; 2],
    /// What it understands them with.
    bench: Workbench,
}

/// However the thread ends, it says so: who counts the workers would wait forever else. Should a flaw of the program end it amid a task, the
/// survey stops, since nobody would ever say that this task is done.
impl<H: Fn(Outcome)> Drop for Worker<'_, H> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.survey.queue.stop();
            let line = "the program failed while it read the folder, which is a flaw of the program: please report it";
            (self.hand)(Outcome::Notice(line.into()));
        }
        (self.hand)(Outcome::Done);
    }
}

impl<'a, H: Fn(Outcome)> Worker<'a, H> {
    fn new(survey: &'a Survey, prefers: Prefers, hand: &'a H) -> Self {
        Self {
            survey,
            prefers,
            hand,
            first: EntryBatch::default(),
            batch: Vec::new(),
            batch_ends: FIRST_BATCH,
            handed_at: Instant::now(),
            segment: None,
            writer: SegmentWriter::new(&survey.cache),
            segment_ends: FIRST_SEGMENT,
            readers: Default::default(),
            bench: Workbench::default(),
        }
    }

    fn work(mut self) {
        while let Some(task) = self.next() {
            match task {
                Task::Folder(folder) => self.look_into(&folder),
                Task::Read(sights) => self.read_all(sights),
            }
            self.survey.queue.done();
        }
        self.seal();
    }

    /// The next task. Nothing read is held back while waiting for one.
    fn next(&mut self) -> Option<Task> {
        let queue = &self.survey.queue;
        queue.take_now(self.prefers).or_else(|| {
            self.hand_on();
            queue.take(self.prefers)
        })
    }

    fn look_into(&self, folder: &Path) {
        let Some(walk) = self.survey.walk() else { return };
        let mut inside = Inside::default();
        let stamps = if self.survey.is_first() { Stamps::Later } else { Stamps::Now };
        walk.look_into(folder, stamps, &mut |find| match find {
            Find::Folder(path) => inside.folders.push(path),
            Find::Article(path, stamp) => inside.articles.push((path, stamp)),
            Find::Failure(failure) => {
                // That something is gone is told by its entries going; only the whole library gone is worth a word.
                if !failure.is_gone || folder.as_os_str().is_empty() {
                    (self.hand)(Outcome::Notice(failure.line.clone()));
                }
                inside.failure = Some(failure);
            }
        });
        self.survey.look_into(folder, inside);
    }

    /// Reads articles, until the survey is stopped.
    fn read_all(&mut self, sights: Vec<Sight>) {
        // Elsewhere meanwhile: what it holds is borrowed.
        let mut readers = std::mem::take(&mut self.readers);
        for sight in sights {
            if self.survey.queue.is_stopped() {
                break;
            }
            self.read(sight, &mut readers);
        }
        self.readers = readers;
    }

    /// Reads an article; what turns out to be as it was is only seen.
    fn read(&mut self, sight: Sight, readers: &mut [FileReader; 2]) {
        let survey = self.survey;
        let is_pair = sight.files.mate.is_some();
        let raw = match survey.library.raw(sight, readers) {
            Ok(raw) => raw,
            Err(sight) => {
                survey.correct(if is_pair { 1 } else { -1 });
                if is_pair {
                    sight.apart().for_each(|sight| self.read(sight, readers));
                }
                return;
            }
        };
        if !survey.is_first() && (!survey.reads_all() || raw.content == 0) && self.is_same(&raw) {
            return;
        }
        let segment = *self.segment.get_or_insert_with(|| survey.next_segment());
        let mut count = 0;
        let (first, batch) = (&mut self.first, &mut self.batch);
        raw.understood((segment, &mut self.writer), &mut self.bench, &mut |record| {
            let is_half = is_pair && record.entry.mate.is_none();
            if is_half && !survey.library.keeps_half(&record.entry.path) {
                return;
            }
            count += 1;
            if survey.is_first() {
                first.push(&record);
            } else {
                batch.push((number(survey, &record.entry.path), record.owned()));
            }
        });
        if count != 1 {
            survey.correct(count - 1);
        }
        if count == 1 && survey.reads_all() && self.is_last_unchanged() {
            self.batch.pop();
            self.writer.remove_last();
        }
        let (most, time) = self.batch_ends;
        if self.held() >= most || self.handed_at.elapsed() >= time {
            self.hand_on();
        }
        if self.writer.bytes() >= self.segment_ends {
            self.seal();
        }
    }

    /// Whether the record that was read last is the one that is known.
    fn is_last_unchanged(&self) -> bool {
        let Some((Some(at), record)) = self.batch.last() else { return false };
        let entry_table = self.survey.entry_table().read().unwrap_or_else(PoisonError::into_inner);
        entry_table.is_same(*at, record, &self.writer)
    }

    /// Whether the bytes are those that are known; then nothing is understood anew, and at most the stamps are noted.
    fn is_same(&mut self, raw: &Raw<'_>) -> bool {
        let sight = raw.sight();
        let entry_table = self.survey.entry_table().read().unwrap_or_else(PoisonError::into_inner);
        let Some(at) = entry_table.find(&sight.files.path).filter(|&at| entry_table.contains(at)) else { return false };
        let is_known = entry_table.content(at) == raw.content && entry_table.files(at).as_ref() == Some(&sight.files);
        let is_still_closed = raw.content == 0 && sight.stamps == [None; 2];
        if !is_known || raw.content == 0 && !is_still_closed {
            return false;
        }
        let text = entry_table.text_ref(at);
        if entry_table.stamps(at) == sight.stamps {
            self.survey.see(at);
            return true;
        }
        let (Some(entry), Some(text)) = (entry_table.entry(at), text) else { return false };
        drop(entry_table);
        let entry = Entry { modified: raw.modified(), ..entry };
        self.survey.see(at);
        let record = EntryRecord { entry, stamps: sight.stamps, content: raw.content, text };
        self.batch.push((Some(at), record));
        true
    }

    /// How many records were not handed on yet.
    fn held(&self) -> usize {
        self.first.len() as usize + self.batch.len()
    }

    fn hand_on(&mut self) {
        if self.held() > 0 {
            self.batch_ends = NEXT_BATCH;
        }
        if !self.first.is_empty() {
            (self.hand)(Outcome::First(std::mem::take(&mut self.first)));
        }
        if !self.batch.is_empty() {
            (self.hand)(Outcome::Read(std::mem::take(&mut self.batch)));
        }
        self.handed_at = Instant::now();
    }

    fn seal(&mut self) {
        self.hand_on();
        if let Some(number) = self.segment.take() {
            (self.hand)(Outcome::Sealed(number, Arc::new(self.writer.seal())));
            self.segment_ends = (self.segment_ends * 2).min(MOST_SEGMENT);
        }
    }
}

/// The number under which a path is known, which is thereby seen.
fn number(survey: &Survey, path: &Path) -> Option<u32> {
    let at = survey.entry_table().read().unwrap_or_else(PoisonError::into_inner).find(path)?;
    survey.see(at);
    Some(at)
}

#[cfg(test)]
mod tests {
    use std::sync::RwLock;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc::channel;

    use super::super::super::entry_table::EntryTable;
    use super::super::super::index::IndexDirectory;
    use super::super::super::tests::{PATIENCE, Place};
    use super::super::scope::Reach;
    use super::super::survey::{Folders, Terms};
    use super::super::walker::Walk;
    use super::*;

    #[test]
    fn a_worker_that_fails_does_not_let_the_other_wait_forever() {
        let texts: Vec<(String, &str)> = (0..200).map(|at| (format!("{}/{at}.md", at % 7), "text")).collect();
        let texts: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        let place = Place::new(&texts);
        let survey = Arc::new(Survey::new(Terms {
            library: place.library(),
            walk: Some(Arc::new(Walk::new(&place.path("")))),
            entry_table: Arc::new(RwLock::new(EntryTable::default())),
            cache: IndexDirectory::none(),
            reach: Reach::All,
            reads_all: false,
            folders: Folders::default(),
        }));
        let (sender, ended) = channel();
        let has_failed = Arc::new(AtomicBool::new(false));
        let hand = move |outcome| match outcome {
            Outcome::Done => sender.send(()).unwrap(),
            _ => assert!(has_failed.swap(true, Ordering::Relaxed), "a flaw, for the test"),
        };
        let working = start(&survey, 2, &hand);
        assert_eq!(working, 2);
        for _ in 0..working {
            ended.recv_timeout(PATIENCE).expect("each worker says that it has ended");
        }
        assert!(survey.queue.is_stopped());
    }
}
