//! Starts the threads of the library.

use std::io;
use std::thread;

/// Starts a named thread with a stack large enough for deeply nested texts.
pub(super) fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name(name.into()).stack_size(8 << 20).spawn(work).map(drop)
}
