//! A text as characters with their forms folded together, for reading figures.

use crate::text::Language;
use std::ops::Range;

/// The characters of a text, full-width forms and traditional numerals folded, each with the byte where it begins.
pub(in crate::bilingual) struct Folded {
    chars: Vec<char>,
    starts: Vec<usize>,
}

impl Folded {
    /// Folds a text: full-width ASCII to ASCII (but for the comma, which is a stop in Chinese), every space to one kind, and in Chinese traditional numerals and their company to simplified.
    pub(in crate::bilingual) fn new(text: &str, language: Language) -> Self {
        let mut chars = Vec::with_capacity(text.len());
        let mut starts = Vec::with_capacity(text.len() + 1);
        for (start, c) in text.char_indices() {
            let c = if c.is_ascii() { c } else { fold(c) };
            chars.push(if language == Language::Chinese && !c.is_ascii() { simplify(c) } else { c });
            starts.push(start);
        }
        starts.push(text.len());
        Self { chars, starts }
    }

    /// The number of characters.
    pub(in crate::bilingual) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character at an index; NUL beyond the end.
    pub(in crate::bilingual) fn at(&self, index: usize) -> char {
        self.chars.get(index).copied().unwrap_or('\0')
    }

    /// The character before an index; NUL at the beginning.
    pub(in crate::bilingual) fn before(&self, index: usize) -> char {
        if index == 0 { '\0' } else { self.at(index - 1) }
    }

    /// Whether the character at an index is a digit.
    pub(in crate::bilingual) fn is_digit(&self, index: usize) -> bool {
        self.at(index).is_ascii_digit()
    }

    /// Whether a word begins at an index, whatever the case of its ASCII letters.
    pub(in crate::bilingual) fn starts_with(&self, index: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(offset, c)| self.at(index + offset).to_ascii_lowercase() == c)
    }

    /// Whether a word ends before an index, whatever the case of its ASCII letters.
    pub(in crate::bilingual) fn ends_with(&self, index: usize, word: &str) -> bool {
        let length = word.chars().count();
        length <= index && self.starts_with(index - length, word)
    }

    /// The first index at or after one that holds no space, looking at most four ahead.
    pub(in crate::bilingual) fn skip_spaces(&self, index: usize) -> usize {
        (index..index + 4).find(|&index| self.at(index) != ' ').unwrap_or(index + 4)
    }

    /// The index after the last character before one that is no space, looking at most four back.
    pub(in crate::bilingual) fn skip_spaces_back(&self, index: usize) -> usize {
        (index.saturating_sub(4)..=index).rev().find(|&index| self.before(index) != ' ').unwrap_or(index)
    }

    /// The first index at or after one where a condition fails; at most the end of the text.
    pub(in crate::bilingual) fn end_of(&self, start: usize, holds: impl Fn(usize) -> bool) -> usize {
        (start..self.len()).find(|&at| !holds(at)).unwrap_or(self.len().max(start))
    }

    /// The end of the ASCII letters that begin at an index.
    pub(in crate::bilingual) fn letters_end(&self, index: usize) -> usize {
        self.end_of(index, |index| self.at(index).is_ascii_alphabetic())
    }

    /// The end of the ASCII digits that begin at an index.
    pub(in crate::bilingual) fn digits_end(&self, index: usize) -> usize {
        self.end_of(index, |index| self.is_digit(index))
    }

    /// The digits of a range, as numbers.
    pub(in crate::bilingual) fn digits(&self, range: Range<usize>) -> impl Iterator<Item = u8> + '_ {
        self.chars[range].iter().filter(|c| c.is_ascii_digit()).map(|&c| c as u8 - b'0')
    }

    /// The ASCII word that begins at an index, in lower case; empty if there is none or it is longer than any name of a number.
    pub(in crate::bilingual) fn word(&self, index: usize) -> Word {
        let mut word = Word { bytes: [0; Word::LONGEST], length: 0 };
        let mut index = index;
        while self.at(index).is_ascii_alphabetic() {
            if word.length == Word::LONGEST {
                word.length = 0;
                return word;
            }
            word.bytes[word.length] = self.at(index).to_ascii_lowercase() as u8;
            word.length += 1;
            index += 1;
        }
        word
    }

    /// The index where the ASCII word that ends before an index begins, looking at most sixteen back.
    pub(in crate::bilingual) fn word_start(&self, end: usize) -> usize {
        let reach = end.saturating_sub(16);
        (reach..end).rev().find(|&index| !self.at(index).is_ascii_alphabetic()).map_or(reach, |index| index + 1)
    }

    /// The bytes of the text that a range of characters covers.
    pub(in crate::bilingual) fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let last = self.starts.len() - 1;
        self.starts[range.start.min(last)]..self.starts[range.end.min(last)]
    }
}

/// A short lower-case ASCII word, kept without allocating.
pub(in crate::bilingual) struct Word {
    bytes: [u8; Self::LONGEST],
    length: usize,
}

impl Word {
    const LONGEST: usize = 14;

    /// The word as a string.
    pub(in crate::bilingual) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

fn fold(c: char) -> char {
    match c {
        '，' | '￥' => c,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => ' ',
        '−' | '\u{2010}' | '\u{2011}' => '-',
        _ => c,
    }
}

/// Folds what occurs in figures and beside them: numerals, signs of fractions and points, measures, currencies.
fn simplify(c: char) -> char {
    match c {
        '萬' => '万',
        '億' => '亿',
        '點' => '点',
        '個' => '个',
        '兩' => '两',
        '倆' => '俩',
        '負' => '负',
        '幾' => '几',
        '數' => '数',
        '餘' => '余',
        '貳' => '贰',
        '陸' => '陆',
        '參' | '叄' => '叁',
        '雙' => '双',
        '對' => '对',
        '圓' | '圆' => '元',
        '幣' => '币',
        '臺' => '台',
        '塊' => '块',
        '鎊' => '镑',
        '歐' => '欧',
        '韓' => '韩',
        '盧' => '卢',
        '時' => '时',
        '歲' => '岁',
        '週' => '周',
        '號' => '号',
        '約' => '约',
        '過' => '过',
        '國' => '国',
        '這' => '这',
        '裡' | '裏' => '里',
        '噸' => '吨',
        '錢' => '钱',
        '銭' => '分',
        '種' => '种',
        '項' => '项',
        '張' => '张',
        '條' => '条',
        '間' => '间',
        '隻' => '只',
        '輛' => '辆',
        '筆' => '笔',
        '級' => '级',
        '層' => '层',
        '頁' => '页',
        '顆' => '颗',
        _ => c,
    }
}
