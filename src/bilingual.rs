//! Two sections, one text: the documents of both languages, and what ties them. Pure.

mod align;
mod alignment;
mod cues;
mod place;
mod sentence;
mod text;

pub use align::{align, align_sentences};
pub use alignment::{Alignment, Group};
pub use place::Place;
pub use sentence::sentences;
pub use text::Text;
