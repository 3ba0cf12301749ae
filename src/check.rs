//! What may be wrong with a digest: rules with stable codes, and what each finds. Pure.
//!
//! What needs the disk (whether a link's file is there) or the whole folder (whether a title was used before) is
//! prepared here and decided by the caller: see [`Inspection`] and [`Duplicates`].

mod duplicates;
mod inspect;
mod rule;
mod target;

pub use duplicates::{Duplicates, Named, first_line_with};
pub use inspect::{Finding, Inspection, Target, inspect};
pub use rule::Rule;
