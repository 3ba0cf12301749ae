//! Two sections, one text: the documents of both languages, and what ties them. Pure.

mod align;
mod alignment;
mod band;
mod cues;
mod disagreement;
mod figures;
mod in_order;
mod place;
mod prose;
mod sentence;
mod text;

pub use align::{align, align_sentences};
pub use alignment::{Alignment, Bead};
pub use disagreement::{Disagreement, disagreements};
pub use figures::{Figure, FigureKind, Finding, Rational, Unit, compare, figures};
pub use place::Place;
pub use prose::prose;
pub use sentence::sentences;
pub use text::{Text, block_texts, fingerprint};
