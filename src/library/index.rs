//! The derived index of a library, in files of the cache folder: what the list needs, and the texts
//! for the search.
//!
//! The *entry index* holds all entries and is replaced as a whole; *segments* hold texts and never
//! change. Both are mapped and checked before use. If anything is wrong with them they are made
//! again; they can be deleted at any time.

mod checkpoint;
mod container;
mod directory;
mod entry_index;
mod entry_record;
mod text_store;

pub(super) use checkpoint::IndexWriter;
pub(super) use directory::IndexDirectory;
pub(super) use entry_index::{EntryIndex, IndexedEntry};
pub(super) use entry_record::{EntryBatch, EntryRecord, EntryRef, TextRef};
pub(super) use text_store::{Segment, SegmentWriter, TextScript, TextSlice, fold_text};

#[cfg(test)]
#[path = "index/index_tests.rs"]
mod tests;
