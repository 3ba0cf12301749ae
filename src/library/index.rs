//! The derived index: what the list needs of a library, and the text store, in files of the cache folder.
//!
//! Two kinds of file. The *snapshot* holds all entries and is replaced as a whole; *segments* hold texts and are never changed. Both
//! are mapped, and verified piece by piece before they are used; whatever is wrong with them means that they are made anew.
//! They can be deleted at any time.

mod checkpoint;
mod container;
mod directory;
mod entry_index;
mod entry_record;
mod fold;
mod mapping;
mod pairs;
mod patches;
mod pieces;
mod rows;
mod segment_writer;
mod sheet_maker;
mod sheet_writer;
mod text_store;
mod varint;
mod write;

pub(super) use checkpoint::IndexWriter;
pub(super) use directory::{IndexDirectory, WriteLock};
pub(super) use entry_index::EntryIndex;
pub(super) use entry_record::{EntryRecord, FileStamp, TextRef};
pub(super) use fold::fold_text;
pub(super) use pairs::Pairs;
pub(super) use rows::{EntryBatch, EntryRef, TextRun};
pub(super) use segment_writer::SegmentWriter;
pub(super) use text_store::{ArticleText, Segment, is_wide};
pub(super) use write::write_snapshot;

#[cfg(test)]
#[path = "index/index_tests.rs"]
mod tests;
