//! A text as an array of characters in which variant forms are unified, for reading figures.

use std::ops::Range;

use super::number::Rational;
use crate::text::Language;

/// The longest word that [`CharBuffer::word`] returns; every word known here is shorter.
const LONGEST_WORD: usize = 14;

/// How many spaces may separate a number from its unit.
const MOST_SPACES: usize = 4;

/// The characters of a text, full-width forms and traditional numerals unified, each with the byte
/// where it begins.
pub(super) struct CharBuffer {
    chars: Vec<char>,
    starts: Vec<usize>,
}

impl CharBuffer {
    /// Full-width ASCII becomes ASCII (except the comma, which is punctuation in Chinese) and every
    /// space U+0020. In Chinese, traditional numerals and units become simplified, and circles among digits zeros.
    pub(super) fn new(text: &str, language: Language) -> Self {
        let unify = |c: char| match language {
            Language::Chinese if !c.is_ascii() => simplified(narrow(c)),
            _ => narrow(c),
        };
        let mut chars: Vec<char> = text.chars().map(unify).collect();
        for at in 1..chars.len() {
            // A circle is a zero in a row of digits: 一九九○.
            if chars[at] == '○' && "〇一二三四五六七八九".contains(chars[at - 1]) {
                chars[at] = '〇';
            }
        }
        let starts = text
            .char_indices()
            .map(|(start, _)| start)
            .chain([text.len()])
            .collect();
        Self { chars, starts }
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character at an index; NUL beyond the end.
    pub(super) fn at(&self, index: usize) -> char {
        self.chars.get(index).copied().unwrap_or('\0')
    }

    /// The character before an index; NUL at the beginning.
    pub(super) fn before(&self, index: usize) -> char {
        if index == 0 { '\0' } else { self.at(index - 1) }
    }

    pub(super) fn is_digit(&self, index: usize) -> bool {
        self.at(index).is_ascii_digit()
    }

    /// Whether a number in digits begins at an index: a digit, or the point of `.5`.
    pub(super) fn is_number(&self, index: usize) -> bool {
        let before = self.before(index);
        self.is_digit(index)
            || self.at(index) == '.'
                && self.is_digit(index + 1)
                && !before.is_ascii_alphanumeric()
                && before != '.'
    }

    /// Whether a lower-case word begins at an index, in either case.
    pub(super) fn starts_with(&self, index: usize, word: &str) -> bool {
        word.chars()
            .enumerate()
            .all(|(offset, c)| self.at(index + offset).to_ascii_lowercase() == c)
    }

    /// Whether a lower-case word ends before an index, in either case.
    pub(super) fn ends_with(&self, index: usize, word: &str) -> bool {
        let length = word.chars().count();
        length <= index && self.starts_with(index - length, word)
    }

    /// The first index from one on that holds no space.
    pub(super) fn skip_spaces(&self, index: usize) -> usize {
        (index..index + MOST_SPACES)
            .find(|&index| self.at(index) != ' ')
            .unwrap_or(index + MOST_SPACES)
    }

    /// The index after the last character before one that is no space.
    pub(super) fn skip_spaces_back(&self, index: usize) -> usize {
        (index.saturating_sub(MOST_SPACES)..=index)
            .rev()
            .find(|&index| self.before(index) != ' ')
            .unwrap_or(index)
    }

    /// The first index from `start` on where a condition fails; at most the end of the text.
    pub(super) fn end_of(&self, start: usize, holds: impl Fn(usize) -> bool) -> usize {
        (start..self.len())
            .find(|&at| !holds(at))
            .unwrap_or(self.len().max(start))
    }

    pub(super) fn letters_end(&self, index: usize) -> usize {
        self.end_of(index, |index| self.at(index).is_ascii_alphabetic())
    }

    pub(super) fn digits_end(&self, index: usize) -> usize {
        self.end_of(index, |index| self.is_digit(index))
    }

    pub(super) fn digits(&self, range: Range<usize>) -> impl Iterator<Item = u8> + '_ {
        self.chars[range]
            .iter()
            .filter(|c| c.is_ascii_digit())
            .map(|&c| c as u8 - b'0')
    }

    /// The whole number that the digits of a range write.
    pub(super) fn whole_number(&self, range: Range<usize>) -> Option<Rational> {
        Rational::from_whole_digits(self.digits(range))
    }

    /// The ASCII word that begins at an index, in lower case; empty if there is none or it is too
    /// long to be known.
    pub(super) fn word(&self, index: usize) -> String {
        let letters = self
            .chars
            .iter()
            .skip(index)
            .take_while(|c| c.is_ascii_alphabetic());
        let word: String = letters
            .take(LONGEST_WORD + 1)
            .map(char::to_ascii_lowercase)
            .collect();
        if word.len() > LONGEST_WORD {
            String::new()
        } else {
            word
        }
    }

    /// The index where the ASCII word that ends before an index begins, at most sixteen characters
    /// back.
    pub(super) fn word_start(&self, end: usize) -> usize {
        let first = end.saturating_sub(16);
        (first..end)
            .rev()
            .find(|&index| !self.at(index).is_ascii_alphabetic())
            .map_or(first, |index| index + 1)
    }

    /// The index where the word before an index begins, across spaces, and the word.
    pub(super) fn previous_word(&self, index: usize) -> (usize, String) {
        let start = self.word_start(self.skip_spaces_back(index));
        (start, self.word(start))
    }

    pub(super) fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let last = self.starts.len() - 1;
        self.starts[range.start.min(last)]..self.starts[range.end.min(last)]
    }
}

fn narrow(c: char) -> char {
    match c {
        '，' | '￥' => c,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => ' ',
        '−' | '\u{2010}' | '\u{2011}' => '-',
        _ => c,
    }
}

/// The simplified form of what occurs in figures and beside them: numerals, points, measures, currencies.
#[rustfmt::skip]
fn simplified(c: char) -> char {
    match c {
        '萬' => '万', '億' => '亿', '點' => '点', '個' => '个', '兩' => '两', '倆' => '俩', '負' => '负', '幾' => '几', '數' => '数',
        '餘' => '余', '貳' => '贰', '陸' => '陆', '參' | '叄' => '叁', '雙' => '双', '對' => '对', '圓' | '圆' => '元', '幣' => '币',
        '臺' => '台', '塊' => '块', '鎊' => '镑', '歐' => '欧', '韓' => '韩', '盧' => '卢', '時' => '时', '歲' => '岁', '週' => '周',
        '號' => '号', '約' => '约', '過' => '过', '國' => '国', '這' => '这', '裡' | '裏' => '里', '噸' => '吨', '錢' => '钱',
        '銭' => '分', '種' => '种', '項' => '项', '張' => '张', '條' => '条', '間' => '间', '隻' => '只', '輛' => '辆', '筆' => '笔',
        '級' => '级', '層' => '层', '頁' => '页', '顆' => '颗',
        _ => c,
    }
}
