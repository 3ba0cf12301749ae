//! What differs between systems: files and folders, the terminal, other processes and signals.
//!
//! A port is a folder beside `unix` with the same functions; nothing else names a system's own calls.

#[cfg(unix)]
mod unix;

#[cfg(unix)]
pub use unix::*;
