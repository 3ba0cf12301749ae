//! Figures in English text.
//!
//! The forms are those of Microsoft's Recognizers-Text for English (numbers, percentages, currencies), and what digests add:
//! approximations, dates, measures and multiples.

mod fraction;
mod grammar;
mod lexicon;
mod numeral;

pub(super) use grammar::read;
