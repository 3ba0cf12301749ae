//! Filters and searches: a thread that evaluates queries, counts matches and cuts snippets.

mod closeness;
mod count;
mod jobs;
mod pattern;
mod searcher;
mod snippet;

pub(super) use jobs::{PendingJobs, SearchUpdate};
pub(super) use searcher::run;
