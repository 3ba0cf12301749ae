//! Two sections, one text: the documents of both languages, and what ties them. Pure.

mod place;
mod text;

pub use place::Place;
pub use text::Text;
