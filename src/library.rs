//! Disk and threads: finding the articles, reading them, and the librarian in front of the workers.
//!
//! Nothing here draws or waits for the one who asks: news is told through a function given at the start, from threads
//! of the library's own.

mod catalogue;
mod desk;
mod doubts;
mod file;
mod file_reader;
mod gather;
mod harvest;
mod index;
mod indexer;
mod intake;
mod keeping;
mod ledger;
mod librarian;
mod memory;
mod mounts;
mod moves;
mod order;
mod pairing;
mod past;
mod path_hash;
mod paths;
mod queue;
mod reach;
mod rooms;
mod round;
mod samples;
mod search;
mod sight;
mod source;
mod survey;
mod walk;
mod watch;

pub use catalogue::Catalogue;
pub use file::{MOST_BYTES, is_article_name, open_stream, read_bounded, reason};
pub use librarian::{Librarian, Library, Location, News, Opening, Request};
pub use memory::{ExportError, Imported, Memory, Recollection, data_folder, export, import};
pub use samples::SAMPLES;
pub use source::{Files, Opened};

#[cfg(test)]
mod tests;
