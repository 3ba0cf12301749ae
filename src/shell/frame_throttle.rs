//! Throttles redraws during a scan to 16 a second; everything else is drawn at once.

use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use super::event::Event;
use crate::catalog::Update;
use crate::reader::Model;

/// The least time between two frames that only show a scan's progress.
const FRAME_INTERVAL: Duration = Duration::from_millis(60);
/// For this long after an input, an article that arrives may be the answer to it.
const ANSWER_TIME: Duration = Duration::from_secs(1);

/// When the last frame was drawn, and when the last input came.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct FrameThrottle {
    pub(super) last_frame: Option<Instant>,
    pub(super) last_input: Option<Instant>,
}

impl FrameThrottle {
    /// Collects events until the next frame is due, or until one comes that may not wait.
    pub(super) fn collect(
        &self,
        first: Event,
        receiver: &Receiver<Event>,
        model: &Model,
    ) -> Vec<Event> {
        let mut events = vec![first];
        while let (now, Some(Event::Update { update, .. })) = (Instant::now(), events.last())
            && self.may_wait(update, model, now)
            && let Some(left) = self.left(now)
            && let Ok(event) = receiver.recv_timeout(left)
        {
            events.push(event);
        }
        events
    }

    /// The time until the next frame is due; None if it is.
    fn left(&self, now: Instant) -> Option<Duration> {
        FRAME_INTERVAL.checked_sub(now.saturating_duration_since(self.last_frame?))
    }

    /// True if an update may wait for the next frame. The first rows and the first article are
    /// never delayed.
    fn may_wait(&self, update: &Update, model: &Model, now: Instant) -> bool {
        let is_answer = || {
            self.last_input
                .is_some_and(|at| now.saturating_duration_since(at) < ANSWER_TIME)
        };
        let is_scanning = !model.progress.is_finished && !model.list().is_empty();
        is_scanning
            && match update {
                Update::Progress { finished, .. } => !finished,
                Update::Loaded { .. } => model.page().is_some() && !is_answer(),
                Update::Changed(_)
                | Update::Rebased(_)
                | Update::Marked(_)
                | Update::ArticlesChecked(_)
                | Update::Annotated(_)
                | Update::Vocabulary(_)
                | Update::Tagged(_)
                | Update::Moved(_)
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
        Update::Changed(Changes::added(vec![Entry::new(
            "a.md".into(),
            &digest::read(b"# A title", "a.md"),
        )]))
    }

    fn loaded() -> Update {
        let text = Arc::new(Text::new(digest::read(b"# A title", "a.md")));
        Update::Loaded {
            id: EntryId(0),
            text,
            remembered: Remembered::default(),
        }
    }

    fn progress(finished: bool) -> Update {
        Update::Progress {
            read: 1,
            found: 2,
            elapsed: Duration::ZERO,
            finished,
        }
    }

    #[test]
    fn the_first_rows_the_first_article_and_the_end_do_not_wait() {
        let mut model = Model::new(ReaderSettings {
            area: Area {
                columns: 100,
                rows: 30,
            },
            ..ReaderSettings::default()
        });
        let (throttle, now) = (FrameThrottle::default(), Instant::now());
        let may_wait = |update: &Update, model: &Model| throttle.may_wait(update, model, now);
        assert!(!may_wait(&changed(), &model));
        drop(update(&mut model, Message::Library(changed())));
        assert!(may_wait(&changed(), &model) && may_wait(&progress(false), &model));
        assert!(
            !may_wait(&loaded(), &model) && !may_wait(&Update::Notice("a word".into()), &model)
        );
        drop(update(&mut model, Message::Library(loaded())));
        assert!(may_wait(&loaded(), &model) && !may_wait(&progress(true), &model));
        drop(update(&mut model, Message::Library(progress(true))));
        assert!(!may_wait(&changed(), &model), "the scan is over");
    }

    #[test]
    fn an_answer_to_a_key_does_not_wait() {
        let mut model = Model::new(ReaderSettings {
            area: Area {
                columns: 100,
                rows: 30,
            },
            ..ReaderSettings::default()
        });
        drop(update(&mut model, Message::Library(changed())));
        drop(update(&mut model, Message::Library(loaded())));
        let (mut throttle, now) = (FrameThrottle::default(), Instant::now());
        throttle.last_input = Some(now);
        assert!(
            !throttle.may_wait(&loaded(), &model, now)
                && throttle.may_wait(&changed(), &model, now)
        );
        assert!(throttle.may_wait(&loaded(), &model, now + ANSWER_TIME));
    }

    #[test]
    fn a_frame_waits_only_for_the_interval_after_the_one_before() {
        let (mut throttle, now) = (FrameThrottle::default(), Instant::now());
        assert_eq!(throttle.left(now), None);
        throttle.last_frame = Some(now);
        assert_eq!(
            throttle.left(now + FRAME_INTERVAL / 2),
            Some(FRAME_INTERVAL / 2)
        );
        assert_eq!(throttle.left(now + FRAME_INTERVAL * 2), None);
    }
}
