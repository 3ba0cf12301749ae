//! The places from which the reader followed a footnote, the outline, a find or a match of the
//! search, to go back to.

use crate::catalog::{EntryId, Reading};

#[derive(Debug, Default)]
pub(super) struct Jumps {
    pub(super) places: Vec<(EntryId, Reading)>,
    /// The place to go forward to is one behind it; the number of places unless the reader went
    /// back.
    pub(super) at: usize,
}
