//! What can be wrong with a digest: the rules and their codes, and what each finds in an article.
//! Pure.
//!
//! Some rules need the disk (whether a linked file exists) or the other articles (whether a title
//! is used twice). Their facts are collected here, in [`Inspection`] and [`Identity`], and the
//! caller decides.

mod duplicates;
mod inspect;
mod rule;

pub use duplicates::{Identity, first_line_with, identities};
pub use inspect::{Finding, Inspection, LinkedFile, inspect};
pub use rule::{RULES, Rule, RuleInfo};
