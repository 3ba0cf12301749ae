//! The scan of a library: what is in its folder, what changed there, and the thread that keeps it up to date.

pub(super) mod diff;
pub(super) mod gather;
pub(super) mod indexer;
pub(super) mod mounts;
pub(super) mod moves;
pub(super) mod order;
pub(super) mod past;
pub(super) mod queue;
pub(super) mod read_article;
pub(super) mod round;
pub(super) mod scope;
pub(super) mod survey;
pub(super) mod walker;
pub(super) mod watcher;
