//! Which entries match a query, and how well.

mod evaluate;
mod loose;
mod pinyin;
mod tier;
mod word;

pub use evaluate::evaluate;
pub use tier::{FilterContext, Tier};
