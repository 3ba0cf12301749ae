//! Filtering and searching in a running program: a thread that evaluates queries, counts in the texts of the index, and cuts snippets.

mod count;
mod jobs;
mod pattern;
mod searcher;
mod snippet;

pub(super) use jobs::{SearchJob, SearchUpdate, SnippetRange};
pub(super) use searcher::{MOST_SNIPPETS, Searcher};
