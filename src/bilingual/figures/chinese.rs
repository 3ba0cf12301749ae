//! Figures in Chinese text.
//!
//! The forms are those of Microsoft's Recognizers-Text for Chinese (numbers, percentages, currencies), and what digests add:
//! approximations, dates, measures, multiples and ordinals.

mod grammar;
mod numeral;
mod share;

pub(super) use grammar::read;
