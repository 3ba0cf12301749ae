//! Disk and threads: finds the articles, reads and indexes them, searches them, and saves what is
//! remembered of them.
//!
//! [`LibraryService`] starts the threads and never blocks; they call a function with each update.

mod anki;
mod article_check;
mod article_files;
mod batch;
mod dictionaries;
mod entry_table;
mod find_annotations;
mod index;
mod known_libraries;
mod loader;
mod news;
mod pairing;
mod pictures;
mod read_file;
mod scan;
mod search;
mod service;
mod shared;
mod source;
mod state;
mod storage_paths;
mod storage_report;
mod threads;

pub use anki::{AnkiDeck, AnkiNote};
pub use article_files::Files;
pub use batch::BatchLibrary;
pub use dictionaries::{UserDictionary, add_dictionary, remove_dictionary, user_dictionaries};
pub use known_libraries::{known_libraries, open_folder};
pub use pictures::read_picture;
pub use read_file::{is_article_name, open_stream, read_bounded, reason};
pub use service::LibraryService;
pub use source::{Library, Location, SAMPLES};
pub use state::{
    Imported, SavedState, StateStore, data_folder, export, import, json_lines, known_folders,
    vocabulary,
};
pub use storage_report::{StorageReport, storage_reports};

#[cfg(test)]
mod tests;
