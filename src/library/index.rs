//! The derived index: what the list needs of a library, and the text store, in files of the cache folder.
//!
//! Two kinds of file. The *snapshot* holds all entries and is replaced as a whole; *segments* hold texts and are never changed. Both
//! are mapped, and verified piece by piece before they are used; whatever is wrong with them means that they are made anew.
//! They can be deleted at any time.

mod cache;
mod fold;
mod mapping;
mod pairs;
mod patches;
mod pieces;
mod record;
mod rows;
mod segment;
mod segment_writer;
mod sheet;
mod sheet_maker;
mod sheet_writer;
mod snapshot;
mod varint;
mod write;

pub(super) use cache::{Cache, Lock};
pub(super) use fold::fold_text;
pub(super) use pairs::Pairs;
pub(super) use record::{Record, Stamp, TextRef};
pub(super) use rows::{Packed, Rows, TextRun};
pub(super) use segment::{ArticleText, Segment, is_wide};
pub(super) use segment_writer::SegmentWriter;
pub(super) use snapshot::Index;
pub(super) use write::write_snapshot;

#[cfg(test)]
#[path = "index/index_tests.rs"]
mod tests;
