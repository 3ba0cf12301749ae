//! Finding in a running program: a thread that judges queries, scans the texts of the index and cuts the words around what it finds.

mod count;
mod jobs;
mod pattern;
mod searcher;
mod snippet;
mod tally;
mod texts;

pub(super) use jobs::Asked;
pub(super) use searcher::{MOST_SNIPPETS, Searcher};
