//! The derived index of a library: the *entry index* holds all entries and is replaced as a whole;
//! *segments* hold texts and never change. If anything is wrong with them they are made again.

mod checkpoint;
mod container;
mod directory;
mod entry_index;
mod entry_record;
mod text_store;

pub(super) use checkpoint::IndexWriter;
pub(super) use container::map;
pub(super) use directory::IndexDirectory;
pub(super) use entry_index::{EntryIndex, IndexedEntry};
pub(super) use entry_record::{EntryBatch, EntryRecord, EntryRef, TextRef};
pub(super) use text_store::{Segment, SegmentWriter, TextScript, TextSlice, fold_text};

#[cfg(test)]
#[path = "index/index_tests.rs"]
mod tests;
