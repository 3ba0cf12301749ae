//! Queries to the library: the filter of the list, the search, and the facets.
//!
//! Of each kind one request is sent at a time. What changes meanwhile marks the answer as outdated,
//! and [`Model::send_queries`] asks again when it has arrived. A new query is sent at once.

use super::layout::Focus;
use super::model::Model;
use super::number::thousands;
use crate::catalog::{Query, Request};

impl Model {
    /// Filters by the input line, if it can be parsed; otherwise the last result stays.
    pub(super) fn filter_as_typed(&mut self) {
        let Some(prompt) = &mut self.prompt else {
            return;
        };
        if let Some(query) = prompt.query() {
            let text = prompt.text().to_owned();
            self.set_filter(&text, query);
        }
    }

    pub(super) fn set_filter(&mut self, text: &str, query: Query) {
        self.list.set_filter(text, query);
        self.filter_changed();
    }

    /// Ends the filter. The selection is the one from before the filter, or stays.
    pub(super) fn end_filter(&mut self, keep_selection: bool) {
        self.list.end_filter(keep_selection);
        self.filter_changed();
    }

    fn filter_changed(&mut self) {
        if let Some(facets) = &mut self.facets {
            facets.set_query(&self.list.filter_query());
        }
        self.send_queries();
        self.open_selected();
    }

    /// Says at the start that a filter of the last visit hides articles, unless there is something
    /// else to say.
    pub(super) fn announce_filter(&mut self) {
        let list = &self.list;
        let notice = self.notice();
        if !self.is_filter_restored || notice.is_some_and(|it| !it.starts_with(tr!("Filter"))) {
            return;
        }
        if let Some(query) = list.query() {
            let (shown, all) = (list.len() as u64, list.entries().len() as u64);
            let (shown, all) = (thousands(shown), thousands(all));
            let text = tr!(
                "Filter {query}, {shown} of {all}",
                query = query,
                shown = shown,
                all = all
            );
            match self.focus() {
                Focus::List => self.set_status_with(&text, &[message!("{back} shows all")]),
                Focus::Article => self.set_status(text),
            }
        }
    }

    /// Searches for the line of the search screen, if it can be parsed; otherwise the last matches
    /// stay.
    pub(super) fn search_as_typed(&mut self) {
        let Some(query) = self.search.prompt.query() else {
            return;
        };
        let number = self.next_query_number();
        if let Some(request) = self.search.search(query, number) {
            self.request(request);
        }
    }

    /// Repeats all queries, because the library has changed.
    pub(super) fn outdate_queries(&mut self) {
        self.list.outdate_filter();
        self.search.outdate();
        if let Some(facets) = &mut self.facets {
            facets.outdate();
        }
        self.send_queries();
    }

    /// Repeats a filter that depends on marks, if any has changed. The matches of a search stay
    /// until the next one.
    pub(super) fn outdate_mark_queries(&mut self) {
        if !self.list.take_marks_changed() {
            return;
        }
        if self.list.filter_query().has_marks() {
            self.list.outdate_filter();
            if let Some(facets) = &mut self.facets {
                facets.outdate();
            }
        }
        self.send_queries();
    }

    /// Sends the queries that are outdated, unless an answer is still to come.
    pub(super) fn send_queries(&mut self) {
        let number = self.next_query_number();
        if let Some(query) = self.list.take_filter_request(number) {
            self.request(Request::Filter { number, query });
        }
        if self
            .facets
            .as_mut()
            .is_some_and(|facets| facets.take_request(number))
        {
            self.request(Request::Facets {
                number,
                query: self.list.filter_query(),
            });
        }
        if let Some(request) = self.search.take_repeated_request(number) {
            self.request(request);
        }
        if let Some(request) = self.search.take_snippet_request() {
            self.request(request);
        }
    }

    const fn next_query_number(&mut self) -> u32 {
        self.query_number = self.query_number.wrapping_add(1);
        self.query_number
    }
}
