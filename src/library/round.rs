//! A survey under way.

use std::sync::Arc;
use std::time::Instant;

use super::gather::{self, Outcome};
use super::librarian::News;
use super::survey::{Survey, Terms};

/// A survey under way: its workers hand on what they find from now on, whether it is taken at once or not.
pub(super) struct Round {
    pub(super) survey: Arc<Survey>,
    /// The numbers of what can be seen of what is known, if that is not everything.
    pub(super) scope: Option<Vec<u32>>,
    /// How many workers have not ended.
    pub(super) working: usize,
    began: Instant,
}

impl Round {
    /// Begins a survey.
    pub(super) fn begin(
        terms: Terms,
        scope: Option<Vec<u32>>,
        hand: &(impl Fn(Outcome) + Send + Clone + 'static),
    ) -> Self {
        let began = Instant::now();
        let survey = Arc::new(Survey::new(terms));
        let working = gather::start(&survey, if survey.walk().is_some() { 2 } else { 1 }, hand);
        Self { survey, scope, working, began }
    }

    /// How far it is, where so much was read.
    pub(super) fn progress(&self, read: u32, finished: bool) -> News {
        let (found, same) = self.survey.counts();
        let read = same + read;
        News::Progress { read, found: found.max(read), elapsed: self.began.elapsed(), finished }
    }
}
