//! Documents to rows: line breaking after UAX #14 and W3C's Requirements for Chinese Text Layout, tables, lists, code.
//!
//! A row is made of pieces that carry a *role*, never a colour: themes come last, in `view`. Pure; knows no alignment and no screen.

mod class;
mod gap;
mod layout;
mod line_break;
mod margin;
mod paragraph;
mod role;
mod row;
mod table;
mod unit;
mod width;

pub use layout::{Settings, gap_before, set, set_block};
pub use role::{Kind, Role};
pub use row::{Origin, Piece, Row, Rows};
pub use width::{Ambiguous, columns, cut, grapheme_columns};
