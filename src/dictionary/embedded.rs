//! Our dictionary, which is inside the program.

use std::sync::LazyLock;

use super::table::WordTable;
use crate::text::Language;

/// The headwords of our dictionary in a language, and what they mean in the other one.
///
/// `examples/distil_dictionary.rs` makes both out of CC-CEDICT.
pub fn dictionary(language: Language) -> &'static WordTable<&'static [u8]> {
    static BOTH: LazyLock<[WordTable<&[u8]>; 2]> = LazyLock::new(|| {
        let bytes: [&[u8]; 2] = [
            include_bytes!("../../assets/dictionary/chinese.words"),
            include_bytes!("../../assets/dictionary/english.words"),
        ];
        bytes.map(|bytes| WordTable::read(bytes).expect("invariant: our dictionaries are whole"))
    });
    &BOTH[usize::from(language == Language::English)]
}
