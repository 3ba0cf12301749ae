//! What the thread that knows the library is told.

use super::gather::Outcome;
use super::watcher::Sighting;

/// What the thread that knows the library is told.
#[derive(Debug)]
pub(in crate::library) enum Order {
    /// By a worker.
    Outcome(Outcome),
    /// By the watch.
    Sighting(Sighting),
    /// Read everything again.
    Refresh,
    /// Come to an end.
    Stop,
}
