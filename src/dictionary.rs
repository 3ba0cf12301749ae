//! The dictionary: words in a text, how they are read, and what they mean. Pure.

mod cedict;
mod embedded;
mod english;
mod gloss;
mod import;
mod levels;
mod look_up;
mod readings;
mod table;
mod words;

pub use cedict::{cedict_entry, is_pointer};
pub use embedded::dictionary;
pub use english::lemmas;
pub use gloss::{Headword, headword, order_by_translation, short_gloss, word_to_learn};
pub use import::{LARGEST_SOURCE, read_stardict, read_text, unpacked};
pub use levels::{
    HARDEST_LEVEL, UNLISTED_LEVEL, band_name, frequency_band, level_list, level_name, word_level,
};
pub use look_up::{begins_with_vowel, headwords_about, joined_pinyin, look_up, reading_in_context};
pub use readings::{CharacterReading, readings};
pub use table::{DictionaryEntry, WordTable, WordTableBuilder, key};
pub use words::{next_word, previous_word, word_at, words_in};
