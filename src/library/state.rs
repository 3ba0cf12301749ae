//! The state of libraries between runs, in `SQLite`: `state.db` in the platform's data folder.
//!
//! One thread writes, and nothing waits for it. What cannot be saved is kept in memory and tried
//! again.

mod database;
mod rows;
mod store;
mod transfer;
mod writer;

pub use store::{StateStore, data_folder};
pub(super) use store::{load, saved_marks};
pub use transfer::{Imported, export, import};

pub(super) use rows::SavedMark;
pub use rows::SavedState;

#[cfg(test)]
mod tests;
