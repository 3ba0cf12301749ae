//! The search screen: an input line, and below it the matches in the texts, article by article.
//!
//! Only the snippets around the screen are kept.

mod results;
mod state;

pub(crate) use state::{HitRow, SearchScreen, SearchTotals};
