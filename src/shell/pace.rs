//! The pace of what nobody asked for: while a library is walked, its news are shown some sixteen times a second, and everything else at once.

use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use super::event::Event;
use crate::catalog::Update;
use crate::reader::Model;

/// The least time between two frames of news that nobody waits for: they run on as smoothly as with more.
const REST: Duration = Duration::from_millis(60);
/// So long after the reader did something an article may be the answer to it.
const ATTENTION: Duration = Duration::from_secs(1);

/// When something was drawn and heard last.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pace {
    drawn: Option<Instant>,
    heard: Option<Instant>,
}

impl Pace {
    /// Says that a frame was drawn.
    pub(super) const fn draw(&mut self, now: Instant) {
        self.drawn = Some(now);
    }

    /// Says that the reader did something.
    pub(super) const fn hear(&mut self, now: Instant) {
        self.heard = Some(now);
    }

    /// Waits for the next frame as long as all that happens may wait for it; gives what happened.
    pub(super) fn wait(&self, first: Event, receiver: &Receiver<Event>, model: &Model) -> Vec<Event> {
        let mut events = vec![first];
        while let (now, Some(Event::Library(news))) = (Instant::now(), events.last())
            && self.may_wait(news, model, now)
            && let Some(left) = self.left(now)
            && let Ok(event) = receiver.recv_timeout(left)
        {
            events.push(event);
        }
        events
    }

    /// How long the next frame is still to wait, where all that happened may.
    fn left(&self, now: Instant) -> Option<Duration> {
        REST.checked_sub(now.saturating_duration_since(self.drawn?))
    }

    /// Whether news may wait for that frame. What comes first never does: the first rows, and the first article.
    fn may_wait(&self, news: &Update, model: &Model, now: Instant) -> bool {
        let is_attended = || self.heard.is_some_and(|heard| now.saturating_duration_since(heard) < ATTENTION);
        let is_under_way = !model.progress().is_finished && !model.list().is_empty();
        is_under_way
            && match news {
                Update::Progress { finished, .. } => !finished,
                Update::Loaded { .. } => model.page().is_some() && !is_attended(),
                Update::Changed(_)
                | Update::Rebased(_)
                | Update::Marked(_)
                | Update::FiguresChecked(_)
                | Update::Unwatched(_) => true,
                _ => false,
            }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::bilingual::Text;
    use crate::catalog::{Changes, Entry, EntryId, Remembered};
    use crate::digest;
    use crate::reader::{Area, Message, ReaderSettings, update};

    fn changed() -> Update {
        Update::Changed(Changes::added(vec![Entry::new("a.md".into(), &digest::read(b"# A title", "a.md"))]))
    }

    fn loaded() -> Update {
        let text = Arc::new(Text::new(digest::read(b"# A title", "a.md")));
        Update::Loaded { id: EntryId(0), text, remembered: Remembered::default() }
    }

    fn progress(finished: bool) -> Update {
        Update::Progress { read: 1, found: 2, elapsed: Duration::ZERO, finished }
    }

    #[test]
    fn the_first_rows_the_first_article_and_the_end_do_not_wait() {
        let mut model =
            Model::new(ReaderSettings { area: Area { columns: 100, rows: 30 }, ..ReaderSettings::default() });
        let (pace, now) = (Pace::default(), Instant::now());
        let may_wait = |news: &Update, model: &Model| pace.may_wait(news, model, now);
        assert!(!may_wait(&changed(), &model));
        drop(update(&mut model, Message::Library(changed())));
        assert!(may_wait(&changed(), &model) && may_wait(&progress(false), &model));
        assert!(!may_wait(&loaded(), &model) && !may_wait(&Update::Notice("a word".into()), &model));
        drop(update(&mut model, Message::Library(loaded())));
        assert!(may_wait(&loaded(), &model) && !may_wait(&progress(true), &model));
        drop(update(&mut model, Message::Library(progress(true))));
        assert!(!may_wait(&changed(), &model), "from now on it is news");
    }

    #[test]
    fn what_may_answer_the_reader_does_not_wait() {
        let mut model =
            Model::new(ReaderSettings { area: Area { columns: 100, rows: 30 }, ..ReaderSettings::default() });
        drop(update(&mut model, Message::Library(changed())));
        drop(update(&mut model, Message::Library(loaded())));
        let (mut pace, now) = (Pace::default(), Instant::now());
        pace.hear(now);
        assert!(!pace.may_wait(&loaded(), &model, now) && pace.may_wait(&changed(), &model, now));
        assert!(pace.may_wait(&loaded(), &model, now + ATTENTION));
    }

    #[test]
    fn a_frame_waits_only_for_the_rest_after_the_one_before() {
        let (mut pace, now) = (Pace::default(), Instant::now());
        assert_eq!(pace.left(now), None);
        pace.draw(now);
        assert_eq!(pace.left(now + REST / 2), Some(REST / 2));
        assert_eq!(pace.left(now + REST * 2), None);
    }
}
