//! Folding makes `Ａ`, `A` and `a` the same to a search.

use std::borrow::Cow;

/// Folds a character: full-width forms to ASCII, white space to a space, letters to lower case.
///
/// Only letters whose upper and lower case are one character each and map to each other are folded.
pub fn fold(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '\t' | '\n' | '\r' | '\u{a0}' | '\u{3000}' => ' ',
        c if c.is_ascii() => c,
        '\u{ff01}'..='\u{ff5e}' => fold(char::from((c as u32 - 0xff01 + 0x21) as u8)),
        // General punctuation has no case, nor have ideographs; the few letters with case above
        // them are very rare.
        '\u{2000}'..='\u{206f}' | '\u{3000}'.. => c,
        c => single(c.to_lowercase())
            .filter(|&small| single(small.to_uppercase()) == Some(c))
            .unwrap_or(c),
    }
}

fn single(mut chars: impl Iterator<Item = char>) -> Option<char> {
    chars.next().filter(|_| chars.next().is_none())
}

/// Folds a text.
pub fn folded(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| fold(c) == c) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(fold).collect())
    }
}

/// Folds a text and appends it to another.
pub fn fold_into(text: &str, folding: &mut String) {
    let start = folding.len();
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        folding.push_str(text);
        folding[start..].make_ascii_lowercase();
    } else {
        folding.extend(text.chars().map(fold));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_width_are_folded_and_nothing_else() {
        for text in ["Plain ASCII", "Ｎｖ É 中", "tab\tand line\n"] {
            let mut folding = String::from("A");
            fold_into(text, &mut folding);
            assert_eq!(folding, format!("A{}", folded(text)));
        }
        assert_eq!(folded("Ｎｖｉｄｉａ　英伟达，É"), "nvidia 英伟达,é");
        assert!(matches!(folded("英伟达 nvidia"), Cow::Borrowed(_)));
    }
}
