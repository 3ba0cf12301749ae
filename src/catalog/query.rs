//! The query language of the filter line, `list --query` and `search`.
//!
//! Terms side by side are all required; `or` (also `|`) separates terms of which one is enough, and binds more loosely; `-` before a
//! term or a group in parentheses negates it. The full-width signs that Chinese input methods type count as the plain ones.

mod condition;
mod lex;
mod parse;

pub use condition::{Condition, Days, FieldCondition, FieldName, ReadState};
pub use lex::{QueryError, quoted};
pub use parse::{DefaultField, Query, narrowed};
