//! The look behind the scenes for articles whose languages disagree on a figure.

use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use super::rooms::Rooms;
use crate::catalog::{EntryId, Update};

/// What the reader looks at is compared when for so long it was nothing else, so that nobody who only passes by has to share the processor.
const REST: Duration = Duration::from_millis(150);
/// The rows of a library that grows may never rest. After so long what is on the screen is compared all the same, to the end.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often what was found is told.
const BATCH: Duration = Duration::from_millis(100);

/// Compares the figures of the articles asked for, until nobody can ask any more. Of what is asked while others are compared only the last
/// counts. Long texts agree unseen.
pub(super) fn serve(rooms: &Rooms, inbox: &Receiver<Vec<EntryId>>, tell: &impl Fn(Update)) {
    let mut newer = None;
    while let Some(first) = newer.take().or_else(|| inbox.recv().ok()) {
        let Some((asked, is_late)) = settled(first, rooms, inbox) else { return };
        let (mut found, mut told_at) = (Vec::new(), Instant::now());
        for id in asked {
            newer = inbox.try_iter().last().or(newer);
            if newer.is_some() && !is_late {
                break;
            }
            if let Some(files) = rooms.files(id) {
                let text = rooms.library.text(&files);
                found.push((id, text.is_quick() && !text.disagreements().is_empty()));
            }
            if told_at.elapsed() >= BATCH {
                tell(Update::FiguresChecked(std::mem::take(&mut found)));
                told_at = Instant::now();
            }
        }
        if !found.is_empty() {
            tell(Update::FiguresChecked(found));
        }
    }
}

/// What is asked for once nothing else is asked for any more, or once that takes too long, which is said as well; none at the end of the program.
fn settled(first: Vec<EntryId>, rooms: &Rooms, inbox: &Receiver<Vec<EntryId>>) -> Option<(Vec<EntryId>, bool)> {
    let (mut asked, began) = (first, Instant::now());
    loop {
        if rooms.desk.rest(REST) {
            return None;
        }
        match inbox.try_iter().last() {
            None => return Some((asked, false)),
            Some(newer) if began.elapsed() < PATIENCE => asked = newer,
            Some(newer) => return Some((newer, true)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::sync_channel;
    use std::thread;

    use super::*;
    use crate::library::librarian::Library;

    #[test]
    fn what_is_asked_for_settles_or_is_compared_late() {
        let rooms = Rooms::new(Library::Samples);
        let (sender, inbox) = sync_channel(1);
        assert_eq!(settled(vec![EntryId(7)], &rooms, &inbox), Some((vec![EntryId(7)], false)));
        // There is always something newer.
        let asking = thread::spawn(move || while sender.send(vec![EntryId(8)]).is_ok() {});
        assert_eq!(settled(vec![EntryId(7)], &rooms, &inbox), Some((vec![EntryId(8)], true)));
        drop(inbox);
        asking.join().unwrap();
        rooms.desk.close();
        assert_eq!(settled(vec![], &rooms, &sync_channel(1).1), None);
    }
}
