//! The workers of a survey: they look into folders, read what is new or changed, and hand it on in batches.

use std::path::Path;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use super::index::{Record, Segment, SegmentWriter};
use super::intake::Raw;
use super::librarian::spawn;
use super::queue::{Prefers, Task};
use super::sight::Sight;
use super::survey::{Inside, Survey};
use super::walk::{Find, Stamps};
use crate::catalog::Entry;
use crate::markdown::BlockTexts;

/// When a batch is handed on: what is first seen should be seen at once, what follows should not be a flood.
const FIRST_BATCH: (usize, Duration) = (32, Duration::from_millis(5));
const NEXT_BATCH: (usize, Duration) = (1_000, Duration::from_millis(50));
/// The bytes at which a segment is sealed: little at first, so that what is there can soon be searched, then ever more.
const FIRST_SEGMENT: usize = 1 << 20;
const MOST_SEGMENT: usize = 32 << 20;

/// What a worker hands on.
#[derive(Debug)]
pub(super) enum Outcome {
    /// What was read, each with the number under which its path is known.
    Read(Vec<(Option<u32>, Record)>),
    /// A segment that records before named by its number.
    Sealed(u32, Arc<Segment>),
    /// A line for the reader.
    Notice(String),
    /// The worker has ended; nothing of it follows.
    Done,
}

/// Starts the workers of a survey, at most so many, and says how many there are: each hands on [`Outcome::Done`] at its end.
pub(super) fn start(survey: &Arc<Survey>, most: usize, hand: &(impl Fn(Outcome) + Send + Clone + 'static)) -> usize {
    let kinds = [Prefers::Articles, Prefers::Folders];
    let work = |&prefers: &Prefers| {
        let (survey, own) = (Arc::clone(survey), hand.clone());
        spawn("gather", move || Worker::new(&survey, prefers, &own).work()).is_ok()
    };
    kinds[..most.min(kinds.len())].iter().filter(|prefers| work(prefers)).count()
}

/// One thread's part in a survey.
struct Worker<'a, H: Fn(Outcome)> {
    survey: &'a Survey,
    prefers: Prefers,
    hand: &'a H,
    batch: Vec<(Option<u32>, Record)>,
    batch_ends: (usize, Duration),
    handed_at: Instant,
    segment: Option<(u32, SegmentWriter)>,
    segment_ends: usize,
    /// Where the texts of an article are put before they are folded into the segment.
    texts: [BlockTexts; 2],
}

/// However the thread ends, it says so: who counts the workers would wait forever else.
impl<H: Fn(Outcome)> Drop for Worker<'_, H> {
    fn drop(&mut self) {
        (self.hand)(Outcome::Done);
    }
}

impl<'a, H: Fn(Outcome)> Worker<'a, H> {
    fn new(survey: &'a Survey, prefers: Prefers, hand: &'a H) -> Self {
        Self {
            survey,
            prefers,
            hand,
            batch: Vec::new(),
            batch_ends: FIRST_BATCH,
            handed_at: Instant::now(),
            segment: None,
            segment_ends: FIRST_SEGMENT,
            texts: Default::default(),
        }
    }

    fn work(mut self) {
        while let Some(task) = self.next() {
            match task {
                Task::Folder(folder) => self.look_into(&folder),
                Task::Read(sight) => self.read(sight),
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

    /// Reads an article; what turns out to be as it was is only seen.
    fn read(&mut self, sight: Sight) {
        let survey = self.survey;
        let expected = 1;
        let raw = match survey.library.raw(sight) {
            Ok(raw) => raw,
            Err(sight) => {
                survey.correct(-expected);
                if sight.files.mate.is_some() {
                    survey.correct(2);
                    sight.apart().for_each(|sight| self.read(sight));
                }
                return;
            }
        };
        if !survey.is_first() && self.is_same(&raw) {
            return;
        }
        let segment = self.segment.get_or_insert_with(|| (survey.next_segment(), SegmentWriter::new(&survey.cache)));
        let records = raw.understood((segment.0, &mut segment.1), &mut self.texts);
        let records = survey.library.kept(records);
        survey.correct(records.len() as i32 - expected);
        let ledger = (!survey.is_first()).then(|| survey.ledger().read().unwrap_or_else(PoisonError::into_inner));
        let number = |record: &Record| {
            let at = ledger.as_ref()?.find(&record.entry.path)?;
            survey.see(at);
            Some(at)
        };
        self.batch.extend(records.into_iter().map(|record| (number(&record), record)));
        drop(ledger);
        let (count, time) = self.batch_ends;
        if self.batch.len() >= count || self.handed_at.elapsed() >= time {
            self.hand_on();
        }
        if self.segment.as_ref().is_some_and(|(_, writer)| writer.bytes() >= self.segment_ends) {
            self.seal();
        }
    }

    /// Whether the bytes are those that are known; then nothing is understood anew, and at most the stamps are noted.
    fn is_same(&mut self, raw: &Raw<'_>) -> bool {
        let sight = raw.sight();
        let ledger = self.survey.ledger().read().unwrap_or_else(PoisonError::into_inner);
        let Some(at) = ledger.find(&sight.files.path).filter(|&at| ledger.holds(at)) else { return false };
        let is_known = ledger.content(at) == raw.content && ledger.files(at).as_ref() == Some(&sight.files);
        let is_still_closed = raw.content == 0 && sight.stamps == [None; 2];
        if !is_known || raw.content == 0 && !is_still_closed {
            return false;
        }
        let text = ledger.text_ref(at);
        if ledger.stamps(at) == sight.stamps {
            self.survey.see(at);
            return true;
        }
        let (Some(entry), Some(text)) = (ledger.entry(at), text) else { return false };
        drop(ledger);
        let entry = Entry { modified: raw.modified(), ..entry };
        self.survey.see(at);
        let record = Record { entry, stamps: sight.stamps, content: raw.content, text };
        self.batch.push((Some(at), record));
        true
    }

    fn hand_on(&mut self) {
        if !self.batch.is_empty() {
            (self.hand)(Outcome::Read(std::mem::take(&mut self.batch)));
            self.batch_ends = NEXT_BATCH;
            self.batch.reserve(if self.survey.is_first() { NEXT_BATCH.0 } else { 0 });
        }
        self.handed_at = Instant::now();
    }

    fn seal(&mut self) {
        self.hand_on();
        if let Some((number, writer)) = self.segment.take() {
            (self.hand)(Outcome::Sealed(number, Arc::new(writer.seal())));
            self.segment_ends = (self.segment_ends * 2).min(MOST_SEGMENT);
        }
    }
}
