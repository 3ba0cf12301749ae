//! Exact search in the texts of articles: needles without case, and the words around what they find.

mod needle;
mod scan;
mod snippet;

pub use needle::{Needle, fold_text};
pub use scan::count_articles;
pub use snippet::{Cut, around};
