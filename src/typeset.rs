//! Documents to rows: line breaking after UAX #14 and W3C's Requirements for Chinese Text Layout,
//! tables, lists, code.
//!
//! A row consists of pieces that carry a *role*, never a colour: themes come last, in `view`. Pure;
//! knows no alignment and no screen.

mod layout;
mod line_break;
mod margin;
mod paragraph;
mod picture;
mod pinyin;
mod rows;
mod table;
mod unit;
mod width;

pub use layout::{MEASURE, gap_before, set, set_block, set_block_with, set_part};
pub use picture::keep_rows;
pub use pinyin::WordGloss;
pub use rows::{LayoutSettings, Origin, Piece, Role, RoleKind, Row, Rows, Spacing};
pub use width::{Ambiguous, columns, cut, cut_start, grapheme_columns};
