//! The state of libraries between runs, in `SQLite`. One thread writes, and nothing waits for it.

mod annotations;
mod bookmarks;
mod database;
mod rows;
mod saved_state;
mod store;
mod transfer;
mod words;
mod writer;

pub(super) use database::make_folder;
pub(super) use store::find_annotation;
pub(super) use store::{
    News, SeenState, load, opened_times, saved_annotations, saved_marks, saved_tags,
};
pub use store::{StateStore, data_folder, known_folders, vocabulary};
pub(super) use transfer::import_annotations;
pub use transfer::{Imported, export, import, json_lines};

pub(super) use rows::SavedMark;
pub use saved_state::SavedState;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod word_tests;
