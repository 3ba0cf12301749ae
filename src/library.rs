//! Disk and threads: finding the articles, reading them, and the librarian in front of the workers.
//!
//! Nothing here draws or waits for the one who asks: news is told through a function given at the start, from threads
//! of the library's own.

mod catalogue;
mod desk;
mod doubts;
mod entry_table;
mod file_reader;
mod index;
mod latest;
mod librarian;
mod pairing;
mod path_hash;
mod paths;
mod read_file;
mod rooms;
mod samples;
mod scan;
mod search;
mod source;
mod state;

pub use catalogue::Catalogue;
pub use librarian::{Librarian, Library, Location};
pub use read_file::{MOST_BYTES, is_article_name, open_stream, read_bounded, reason};
pub use samples::SAMPLES;
pub use source::{Files, Opened};
pub use state::{ExportError, Imported, SavedState, StateStore, data_folder, export, import};

#[cfg(test)]
mod tests;
