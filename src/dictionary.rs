//! The dictionary: words in a text, how they are read, and what they mean. Pure.

mod readings;
mod words;

pub use readings::{CharacterReading, readings};
pub use words::{next_word, previous_word, word_at};
