//! The look behind the scenes for articles whose languages disagree on a figure.

use std::time::{Duration, Instant};

use super::librarian::News;
use super::rooms::Rooms;
use crate::catalog::EntryId;

/// So many articles are looked at in one run of the program: those told first, since they are what a reader sees first.
const MOST: u32 = 20_000;
/// How often what was found is told.
const BATCH: Duration = Duration::from_millis(500);
/// How often the end of the walk is looked for.
const WALK: Duration = Duration::from_millis(200);
/// The shortest rest after an article.
const REST: Duration = Duration::from_millis(2);

/// Looks at one article after the other once the walk has ended, and rests as long as it works, so that it never takes more than half of
/// one core and opening an article does not wait for it. Long texts are left out.
pub(super) fn look(rooms: &Rooms, tell: &impl Fn(News)) {
    while !rooms.is_settled() {
        if rooms.desk.rest(WALK) {
            return;
        }
    }
    let (mut found, mut told_at) = (Vec::new(), Instant::now());
    for id in (0..rooms.bound().min(MOST)).map(EntryId) {
        let Some(files) = rooms.files(id) else { continue };
        let began = Instant::now();
        let text = rooms.library.text(&files);
        if text.is_quick() && !text.disagreements().is_empty() {
            found.push(id);
        }
        drop(text);
        if !found.is_empty() && told_at.elapsed() >= BATCH {
            tell(News::Doubts(std::mem::take(&mut found)));
            told_at = Instant::now();
        }
        if rooms.desk.rest(began.elapsed().max(REST)) {
            return;
        }
    }
    if !found.is_empty() {
        tell(News::Doubts(found));
    }
}
