//! What can be wrong with a digest: the rules and their codes, and what each finds in an article.
//! Pure.
//!
//! Some rules need the disk (whether a linked file exists) or the other articles (whether a title
//! is used twice). Their facts are collected here, in [`Inspection`] and [`Identity`], and the
//! caller decides.

mod duplicates;
mod finding;
mod glossary;
mod inspect;
mod machine_text;
mod mend;
mod renderings;
mod rule;
mod suppressions;
mod weekdays;

pub use duplicates::{Identity, first_line_with, identities};
pub use finding::Finding;
pub use glossary::Glossary;
pub use inspect::{Inspection, LinkedFile, inspect};
pub use mend::mended;
pub use renderings::{NamePair, disagreeing_names};
pub use rule::{RULES, Rule, RuleInfo};
pub use suppressions::Suppressions;
