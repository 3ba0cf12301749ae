//! Two sections, one text: the documents of both languages, and what ties them. Pure.

mod align;
mod alignment;
mod costs;
mod cues;
mod digest_items;
mod evidence;
mod figures;
mod interleaved;
mod lexicon;
mod ordinal;
mod passage;
mod pictures;
mod prose;
mod search_band;
mod sentences;
mod story;
mod text;

pub use align::{AlignedSentences, align, align_sentences};
pub use alignment::{Alignment, Bead};
pub use digest_items::{DigestItem, digest_items};
pub use figures::{
    Comparison, Figure, FigureKind, Rational, Unit, compare, compare_tables, figures,
};
pub use lexicon::content_stem;
pub use passage::{find_passage, kept_text, passage_places, relocate};
pub use pictures::{Picture, PictureProblem, picture_paths};
pub use prose::{prose, sentences};
pub use sentences::{SentenceJob, SentencePair, Sentences, WordContext};
pub use text::{Disagreement, Place, Text, block_texts, fingerprint};
