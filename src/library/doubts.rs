//! The look behind the scenes for articles whose languages disagree on a figure.

use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use super::librarian::News;
use super::rooms::Rooms;
use crate::catalog::EntryId;

/// What the reader looks at is compared after this rest, so that nobody who only passes by has to share the processor.
const REST: Duration = Duration::from_millis(150);
/// How often what was found is told.
const BATCH: Duration = Duration::from_millis(100);

/// Compares the figures of the articles asked for, until nobody can ask any more. Of what is asked while others are compared only the last
/// counts. Long texts agree unseen.
pub(super) fn serve(rooms: &Rooms, inbox: &Receiver<Vec<EntryId>>, tell: &impl Fn(News)) {
    let mut newer = None;
    while let Some(asked) = newer.take().or_else(|| inbox.recv().ok()) {
        if rooms.desk.rest(REST) {
            return;
        }
        let asked = inbox.try_iter().last().unwrap_or(asked);
        let (mut found, mut told_at) = (Vec::new(), Instant::now());
        for id in asked {
            newer = inbox.try_iter().last();
            if newer.is_some() {
                break;
            }
            if let Some(files) = rooms.files(id) {
                let text = rooms.library.text(&files);
                found.push((id, text.is_quick() && !text.disagreements().is_empty()));
            }
            if told_at.elapsed() >= BATCH {
                tell(News::Compared(std::mem::take(&mut found)));
                told_at = Instant::now();
            }
        }
        if !found.is_empty() {
            tell(News::Compared(found));
        }
    }
}
