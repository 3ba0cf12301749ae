//! The scan of a library, and the thread that keeps it up to date.

mod diff;
pub(super) mod indexer;
pub(super) mod read_article;
mod scanner;
mod scope;
pub(super) mod walker;
mod watcher;
