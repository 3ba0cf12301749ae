//! The list of articles: in which order, through which filter, which one is selected, and which rows are on the screen.
//!
//! Only sorting, merging and filtering take time in proportion to the length of the list. The rows on the screen follow from
//! the entry at the top: a line with a day is above an entry whose day differs from that of the entry before.

mod filter;
mod filtering;
mod rows;
mod state;
mod updates;

pub(crate) use rows::ListRow;
pub(crate) use state::List;
