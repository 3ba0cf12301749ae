//! A container while its content is being read.

use super::document::Marker;

/// A container that is open.
#[derive(Debug)]
pub(super) enum Frame {
    /// A quotation.
    Quote,
    /// A list, with the number of its next item if it has numbers.
    List(Option<u64>),
    /// An item.
    Item {
        /// What stands before it.
        marker: Marker,
        /// The line of the file on which it starts.
        line: u32,
        /// Whether its own first paragraph has been made.
        own: bool,
    },
    /// A footnote's definition.
    Footnote {
        /// Its label.
        label: String,
        /// The line of the file on which it starts.
        line: u32,
    },
}
