//! Lines of an export of CC-CEDICT: `傳統 传统 [chuan2 tong3] /tradition/traditional/`.

use super::table::DictionaryEntry;
use crate::text::is_han;

/// What begins a sense that only points to another word, or counts it.
const POINTERS: [&str; 14] = [
    "CL:",
    "surname ",
    "erhua form of",
    "used in ",
    "see ",
    "see also ",
    "also written ",
    "also pr.",
    "Taiwan pr.",
    "abbr. for ",
    "abbr. of ",
    "same as ",
    "Kangxi radical",
    "component ",
];
/// How far from the beginning "variant of" may stand: "(Tw) erhua variant of".
const NEAR: usize = 28;
/// The vowels with the marks of the four tones.
const VOWELS: [(char, [char; 4]); 9] = [
    ('a', ['ā', 'á', 'ǎ', 'à']),
    ('e', ['ē', 'é', 'ě', 'è']),
    ('i', ['ī', 'í', 'ǐ', 'ì']),
    ('o', ['ō', 'ó', 'ǒ', 'ò']),
    ('u', ['ū', 'ú', 'ǔ', 'ù']),
    ('ü', ['ǖ', 'ǘ', 'ǚ', 'ǜ']),
    ('A', ['Ā', 'Á', 'Ǎ', 'À']),
    ('E', ['Ē', 'É', 'Ě', 'È']),
    ('O', ['Ō', 'Ó', 'Ǒ', 'Ò']),
];

/// The entry of a line; none of a comment or of anything else.
pub fn cedict_entry(line: &str) -> Option<DictionaryEntry> {
    let (head, senses) = line.trim_end().split_once('/')?;
    let (words, reading) = head.split_once('[')?;
    let (traditional, word) = words.trim().split_once(' ')?;
    let reading: Vec<String> = reading
        .trim_end()
        .strip_suffix(']')?
        .split(' ')
        .map(with_tone_mark)
        .collect();
    let senses = senses.split('/').filter(|sense| !sense.is_empty());
    (!line.starts_with('#')).then(|| DictionaryEntry {
        word: word.to_owned(),
        traditional: if traditional == word { "" } else { traditional }.to_owned(),
        reading: reading.join(" "),
        senses: senses.map(without_references).collect(),
    })
}

/// Whether a sense says only where else to look, or how something is counted.
pub fn is_pointer(sense: &str) -> bool {
    let is_variant = sense.find("variant of ").is_some_and(|at| at < NEAR);
    is_variant || POINTERS.iter().any(|begin| sense.starts_with(begin))
}

/// A sense in which other words stand in simplified characters only: `上班` for `上班[shang4 ban1]`.
fn without_references(sense: &str) -> String {
    let mut plain = String::new();
    let mut rest = sense.chars();
    while let Some(c) = rest.next() {
        match c {
            '[' if plain.ends_with(|c: char| !c.is_ascii()) => {
                rest.by_ref().find(|&c| c == ']');
            }
            '|' if plain.ends_with(is_han) => {
                let start = plain.rfind([' ', ',', ':', '(', '"', '+']);
                plain.truncate(start.map_or(0, |start| start + 1));
            }
            c => plain.push(c),
        }
    }
    plain
}

/// A syllable with the mark of its tone for the number: `lü` with a mark for `lu:4`.
fn with_tone_mark(syllable: &str) -> String {
    let syllable = syllable.replace("u:", "ü");
    let Some(tone @ '1'..='5') = syllable.chars().last() else {
        return syllable;
    };
    let plain = &syllable[..syllable.len() - 1];
    let marks = |c: char| VOWELS.iter().find(|(vowel, _)| *vowel == c);
    let vowel = plain
        .find(['a', 'e', 'A', 'E'])
        .or_else(|| plain.find("ou").or(plain.find("Ou")))
        .or_else(|| plain.rfind(|c| marks(c).is_some()));
    let marked = vowel.and_then(|at| {
        let c = plain[at..].chars().next()?;
        let mark = marks(c)?.1.get(tone as usize - '1' as usize)?;
        let after = &plain[at + c.len_utf8()..];
        Some(format!("{}{mark}{after}", &plain[..at]))
    });
    marked.unwrap_or_else(|| plain.to_owned())
}

/// Pinyin without its tone marks.
pub(super) fn without_tones(reading: &str) -> String {
    let plain = |c: char| {
        let vowel = VOWELS.iter().find(|(_, marked)| marked.contains(&c));
        vowel.map_or(c, |(vowel, _)| *vowel)
    };
    reading.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_an_entry() {
        let line =
            "女兒 女儿 [nu:3 er2] /daughter/see 上班|上班[shang4 ban1]/CL:個|个[ge4],位[wei4]/\r\n";
        let entry = cedict_entry(line).unwrap();
        assert_eq!((&*entry.word, &*entry.traditional), ("女儿", "女兒"));
        assert_eq!(entry.reading, "nǚ ér");
        assert_eq!(entry.senses, ["daughter", "see 上班", "CL:个,位"]);
        for line in [
            "# comment",
            "",
            "/",
            "甲 乙 /x/",
            "甲 [jia3] /x/",
            "甲 乙 [jia3 /x/",
        ] {
            assert_eq!(cedict_entry(line), None, "{line}");
        }
    }

    #[test]
    fn tones_stand_on_their_vowels() {
        for (number, mark) in [
            ("hao3", "hǎo"),
            ("gui4", "guì"),
            ("liu2", "liú"),
            ("dou1", "dōu"),
            ("Er4", "Èr"),
            ("lu:e4", "lüè"),
            ("de5", "de"),
            ("r5", "r"),
            ("m2", "m"),
            ("K", "K"),
            (",", ","),
            ("", ""),
        ] {
            assert_eq!(with_tone_mark(number), mark);
        }
    }

    #[test]
    fn pointers_are_no_senses() {
        for pointer in [
            "CL:个",
            "(Tw) old variant of 吃",
            "variant of 吃",
            "surname Zeng",
            "see 上班",
        ] {
            assert!(is_pointer(pointer), "{pointer}");
        }
        for sense in [
            "to see sb off",
            "a new coronavirus strain, such as a variant of concern",
            "seesaw",
        ] {
            assert!(!is_pointer(sense), "{sense}");
        }
    }
}
