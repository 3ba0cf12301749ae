//! Disk and threads: finding the articles, reading them, and the librarian in front of the workers.

mod librarian;
mod walk;

pub use librarian::{Librarian, Library, News, Request};
