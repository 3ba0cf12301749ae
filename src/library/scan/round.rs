//! A survey under way.

use std::sync::Arc;
use std::time::Instant;

use super::super::librarian::News;
use super::gather::{self, Outcome};
use super::survey::{Survey, Terms};

/// A survey under way: its workers hand on what they find from now on, whether it is taken at once or not.
pub(in crate::library) struct Round {
    pub(in crate::library) survey: Arc<Survey>,
    /// The numbers of what can be seen of what is known, if that is not everything.
    pub(in crate::library) scope: Option<Vec<u32>>,
    /// How many workers have not ended.
    pub(in crate::library) working: usize,
    began: Instant,
}

impl Round {
    /// Begins a survey.
    pub(in crate::library) fn begin(
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
    pub(in crate::library) fn progress(&self, read: u32, finished: bool) -> News {
        let (found, same) = self.survey.counts();
        let read = same + read;
        News::Progress { read, found: found.max(read), elapsed: self.began.elapsed(), finished }
    }
}
