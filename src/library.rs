//! Disk and threads: finding the articles, reading them, and the librarian in front of the workers.
//!
//! Nothing here draws or waits for the one who asks: news is told through a function given at the start, from threads
//! of the library's own.

mod doubts;
mod file;
mod gather;
mod index;
mod librarian;
mod pairing;
mod paths;
mod queue;
mod samples;
mod search;
mod source;
mod walk;

pub use file::{MOST_BYTES, is_article_name, open_stream, read_bounded, reason};
pub use librarian::{Librarian, Library, Location, News, Opening, Request};
pub use samples::SAMPLES;
pub use search::{Cut, Needle, around, count_articles, fold_text};
pub use source::{Files, Opened};
