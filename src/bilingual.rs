//! Two sections, one text: the documents of both languages, and what ties them. Pure.

mod agreement;
mod chinese_figures;
mod english_figures;
mod figure;
mod place;
mod text;

pub use agreement::{Finding, compare};
pub use figure::{Figure, Kind, Rational, Unit, figures, values};
pub use place::Place;
pub use text::Text;
