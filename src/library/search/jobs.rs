//! What the search is asked and told.

use std::sync::Arc;

use crate::catalog::{Changes, EntryId, Mark, Query};
use crate::library::index::{EntryIndex, Segment, TextRun};

/// What the search is asked and told. Of each kind of question only the last is answered.
#[derive(Debug)]
pub(in crate::library) enum Asked {
    /// The index with which the program opened.
    Opened(Arc<EntryIndex>),
    /// What changed.
    Changed {
        /// The entries.
        changes: Changes,
        /// Where the texts of entries lie, of these or of those told before.
        texts: Vec<(Arc<Segment>, TextRun)>,
    },
    /// One index for all that was told so far, under the same numbers.
    Rebased(Arc<EntryIndex>),
    /// The marks of articles.
    Marked(Vec<(EntryId, Mark)>),
    /// When the last visit ended, in milliseconds since 1970.
    LastVisit(Option<i64>),
    /// Get ready what every filter and every search needs: the first will be asked for soon.
    Prepare,
    /// Which entries satisfy a query.
    Filter {
        /// The number that the answers bear.
        number: u32,
        /// The query.
        query: Query,
    },
    /// Which texts satisfy a query.
    Search {
        /// The number that the answers bear.
        number: u32,
        /// The query.
        query: Query,
    },
    /// More snippets of the last search.
    Snippets {
        /// The number of the search.
        number: u32,
        /// The first article, counted from 0.
        from: u32,
        /// How many articles.
        count: u32,
        /// How many snippets of each at most.
        most: u32,
    },
    /// What can narrow the list under a query.
    Facets {
        /// The number that the answer bears.
        number: u32,
        /// The query.
        query: Query,
    },
}

/// The questions that wait for an answer.
#[derive(Debug, Default)]
pub(super) struct Questions {
    filter: Option<(u32, Query)>,
    search: Option<(u32, Query)>,
    snippets: Option<Wanted>,
    facets: Option<(u32, Query)>,
    /// A filter whose first answer was given.
    refined: Option<(u32, Query)>,
}

/// The snippets that are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) number: u32,
    pub(super) from: u32,
    pub(super) count: u32,
    pub(super) most: u32,
}

/// What is to be answered next.
#[derive(Debug, PartialEq)]
pub(super) enum Question {
    /// Quickly, without pinyin.
    Filter(u32, Query),
    /// The rest of it.
    Refine(u32, Query),
    Search(u32, Query),
    Snippets(Wanted),
    Facets(u32, Query),
}

impl Questions {
    /// Whether nothing waits.
    pub(super) const fn is_empty(&self) -> bool {
        self.filter.is_none()
            && self.search.is_none()
            && self.snippets.is_none()
            && self.facets.is_none()
            && self.refined.is_none()
    }

    pub(super) fn filter(&mut self, number: u32, query: Query) {
        self.refined = None;
        self.filter = Some((number, query));
    }

    /// Puts a filter down for its second answer, unless another was asked for meanwhile.
    pub(super) fn refine(&mut self, number: u32, query: Query) {
        if self.filter.is_none() {
            self.refined = Some((number, query));
        }
    }

    pub(super) fn search(&mut self, number: u32, query: Query) {
        // Snippets of the search before are no use any more.
        self.snippets = None;
        self.search = Some((number, query));
    }

    pub(super) const fn snippets(&mut self, wanted: Wanted) {
        self.snippets = Some(wanted);
    }

    pub(super) fn facets(&mut self, number: u32, query: Query) {
        self.facets = Some((number, query));
    }

    /// The next question: what a key waits for comes first, what takes long last.
    pub(super) fn next(&mut self) -> Option<Question> {
        let filter = self.filter.take().map(|(number, query)| Question::Filter(number, query));
        filter
            .or_else(|| self.search.take().map(|(number, query)| Question::Search(number, query)))
            .or_else(|| self.snippets.take().map(Question::Snippets))
            .or_else(|| self.refined.take().map(|(number, query)| Question::Refine(number, query)))
            .or_else(|| self.facets.take().map(|(number, query)| Question::Facets(number, query)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_each_kind_the_last_is_answered_and_slow_answers_come_last() {
        let query = || Query { condition: None };
        let mut questions = Questions::default();
        assert!(questions.is_empty());
        questions.facets(1, query());
        questions.filter(2, query());
        questions.filter(3, query());
        questions.snippets(Wanted { number: 1, from: 0, count: 1, most: 1 });
        questions.search(4, query());
        assert_eq!(questions.next(), Some(Question::Filter(3, query())));
        questions.refine(3, query());
        assert_eq!(questions.next(), Some(Question::Search(4, query())), "its snippets are those of another search");
        assert_eq!(questions.next(), Some(Question::Refine(3, query())));
        assert_eq!(questions.next(), Some(Question::Facets(1, query())));
        assert!(questions.is_empty() && questions.next().is_none());
    }

    #[test]
    fn a_newer_filter_drops_the_second_answer_to_the_one_before() {
        let query = || Query { condition: None };
        let mut questions = Questions::default();
        questions.refine(1, query());
        questions.filter(2, query());
        questions.refine(1, query());
        assert_eq!(questions.next(), Some(Question::Filter(2, query())));
        assert_eq!(questions.next(), None);
    }
}
