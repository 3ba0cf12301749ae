//! Two sections, one text: the documents of both languages, and what ties them. Pure.

mod agreement;
mod align;
mod alignment;
mod band;
mod chinese_figures;
mod cues;
mod disagreement;
mod english_figures;
mod figure;
mod in_order;
mod place;
mod prose;
mod sentence;
mod text;

pub use agreement::{Finding, compare};
pub use align::{align, align_sentences};
pub use alignment::{Alignment, Bead};
pub use disagreement::{Disagreement, disagreements};
pub use figure::{Figure, FigureKind, Rational, Unit, figures, values};
pub use place::Place;
pub use prose::prose;
pub use sentence::sentences;
pub use text::{Text, block_texts, fingerprint};
