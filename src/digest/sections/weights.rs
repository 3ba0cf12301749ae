//! How much text of each language a stretch of the body holds, and whether two stretches look like
//! one story in both.

use std::collections::HashSet;
use std::ops::Sub;

use crate::text::{Language, ScriptCounts};

/// What takes 3 English words to say takes about 5 Han characters; these weights make the two
/// comparable.
const HAN_WEIGHT: usize = 3;
const WORD_WEIGHT: usize = 5;

/// What a line of text is, where that decides how it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextKind {
    /// A heading or label.
    Heading,
    /// `**URL**: …`.
    Field,
    /// A line of a quotation.
    Quotation,
    /// A translator's note or code: no evidence of the language of the text around it.
    Aside,
    Prose,
}

/// The text and blocks of a stretch. The outline sums from the start of the body, so the difference
/// of two sums gives any stretch.
///
/// Text is counted by lines: Latin names in a Chinese sentence count as Chinese, Han glosses in an
/// English sentence as English, and a line that proves neither language does not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct LanguageWeights {
    /// Han characters in lines of Chinese, and Latin words in lines of English.
    text: [u32; 2],
    /// The same in prose alone: not in headings, labels, or fields such as `**URL**: …`.
    prose: [u32; 2],
    /// The same in lines that are sentences, without headings and English quotations: what shows
    /// that a text is in a language too.
    sentences: [u32; 2],
    /// Han characters and kana in lines of Japanese.
    japanese: u32,
    pub blocks: u32,
    /// Headings and labels.
    pub headings: u32,
}

impl LanguageWeights {
    pub(super) fn add_line(&mut self, counts: ScriptCounts, kind: TextKind) {
        let Some(language) = counts.language() else {
            if counts.is_japanese() {
                self.japanese += (counts.han + counts.kana) as u32;
            }
            return;
        };
        let amount = match language {
            Language::Chinese => counts.han as u32,
            Language::English => counts.latin as u32,
        };
        self.text[language as usize] += amount;
        if !matches!(kind, TextKind::Heading | TextKind::Field) {
            self.prose[language as usize] += amount;
        }
        let is_evidence = match kind {
            TextKind::Heading | TextKind::Aside => false,
            TextKind::Quotation => language == Language::Chinese,
            TextKind::Field | TextKind::Prose => true,
        };
        if is_evidence && counts.sentence_language().is_some() {
            self.sentences[language as usize] += amount;
        }
    }

    pub(super) const fn amount(self, language: Language) -> usize {
        self.text[language as usize] as usize
    }

    /// The amount of a language, in a measure common to both.
    pub(super) const fn weight(self, language: Language) -> usize {
        weight(self.amount(language), language)
    }

    const fn total(self) -> usize {
        self.weight(Language::Chinese) + self.weight(Language::English)
    }

    const fn sentence_total(self) -> usize {
        self.sentence_weight(Language::Chinese) + self.sentence_weight(Language::English)
    }

    pub(super) const fn prose_weight(self, language: Language) -> usize {
        weight(self.prose[language as usize] as usize, language)
    }

    pub(super) const fn sentence_amount(self, language: Language) -> usize {
        self.sentences[language as usize] as usize
    }

    pub(super) const fn sentence_weight(self, language: Language) -> usize {
        weight(self.sentence_amount(language), language)
    }

    pub(super) fn has_prose(self) -> bool {
        self.prose != [0, 0]
    }

    /// True if a language has at least this percentage of the text, where of the other language only
    /// sentences count; false if it has no text.
    pub(super) const fn has_share(self, language: Language, percent: usize) -> bool {
        let foreign = self.sentence_weight(language.other());
        let total = self.weight(language) + foreign;
        self.amount(language) > 0 && self.weight(language) * 100 >= total * percent
    }

    pub(super) const fn has_share_of_sentences(self, language: Language, percent: usize) -> bool {
        let own = self.sentence_weight(language);
        own * 100 >= (own + self.sentence_weight(language.other())) * percent
    }

    /// Chinese if it has most of the sentences or most of the text, since Chinese texts are full of
    /// English names; otherwise English. None without text, and for a text that is mostly Japanese.
    pub(super) fn main_language(self) -> Option<Language> {
        let [chinese, english] = Language::BOTH.map(|language| self.weight(language));
        let sentences = Language::BOTH.map(|language| self.sentence_weight(language));
        let is_chinese = chinese >= english || sentences[0] > 0 && sentences[0] >= sentences[1];
        let other = weight(self.japanese as usize, Language::Chinese);
        (chinese + english > other).then_some(if is_chinese {
            Language::Chinese
        } else {
            Language::English
        })
    }
}

/// The weight of an amount of Han characters or words.
pub(super) const fn weight(amount: usize, language: Language) -> usize {
    match language {
        Language::Chinese => amount * HAN_WEIGHT,
        Language::English => amount * WORD_WEIGHT,
    }
}

impl Sub for LanguageWeights {
    type Output = Self;

    fn sub(self, earlier: Self) -> Self {
        let apart = |now: [u32; 2], then: [u32; 2]| [now[0] - then[0], now[1] - then[1]];
        Self {
            text: apart(self.text, earlier.text),
            prose: apart(self.prose, earlier.prose),
            sentences: apart(self.sentences, earlier.sentences),
            japanese: self.japanese - earlier.japanese,
            blocks: self.blocks - earlier.blocks,
            headings: self.headings - earlier.headings,
        }
    }
}

/// How much of each side is compared, in bytes: enough to judge, and bounded.
const MOST_BYTES: usize = 64 * 1024;

/// A side with fewer landmarks is judged by structure and length alone.
const FEWEST_LANDMARKS: usize = 5;

/// Whether the sides look like one story: they share figures, names and links, and agree in
/// structure or length; if one side has hardly any of these, they agree in structure and length.
///
/// A heuristic. It distinguishes a translation from a Chinese introduction before English lyrics or
/// a change log, which share at most names, but not from a commentary of equal length and structure
/// that quotes every name and figure.
pub(super) fn are_similar(texts: [&str; 2], sides: [LanguageWeights; 2]) -> bool {
    let structure = is_structure_similar(sides);
    let alike = |shared: Option<bool>, length: bool| match shared {
        Some(shared) => shared && (structure || length),
        None => structure && length,
    };
    // A byline or a table on one side alone says nothing about the sentences.
    alike(
        share_landmarks(texts.map(landmarks)),
        are_of_like_length(sides.map(LanguageWeights::total)),
    ) || alike(
        share_landmarks(texts.map(sentence_landmarks)),
        are_of_like_length(sides.map(LanguageWeights::sentence_total)),
    )
}

/// Whether at least three landmarks, and two in five of the side with fewer, are on both sides.
/// None if a side has too few.
fn share_landmarks([one, other]: [HashSet<&str>; 2]) -> Option<bool> {
    let fewer = one.len().min(other.len());
    let shared = one.intersection(&other).count();
    (fewer >= FEWEST_LANDMARKS).then_some(shared >= 3 && shared * 5 >= fewer * 2)
}

/// The whole lines of a text within [`MOST_BYTES`].
fn beginning(text: &str) -> &str {
    if text.len() <= MOST_BYTES {
        return text;
    }
    &text[..memchr::memrchr(b'\n', &text.as_bytes()[..MOST_BYTES]).unwrap_or(0)]
}

/// The figures of two digits or more and the capitalised words of a text, the words in links
/// included.
fn landmarks(text: &str) -> HashSet<&str> {
    beginning(text).lines().flat_map(line_landmarks).collect()
}

/// The same in the lines that are sentences.
fn sentence_landmarks(text: &str) -> HashSet<&str> {
    let is_sentence = |line: &&str| {
        ScriptCounts::of_markdown(line)
            .sentence_language()
            .is_some()
    };
    let lines = beginning(text).lines().filter(is_sentence);
    lines.flat_map(line_landmarks).collect()
}

fn line_landmarks(line: &str) -> impl Iterator<Item = &str> {
    let is_word_char = |c: char| c.is_ascii_alphanumeric() || c == '.';
    let is_figure = |word: &str| {
        word.len() >= 2
            && word
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    let is_name =
        |word: &str| word.len() >= 3 && word.starts_with(|c: char| c.is_ascii_uppercase());
    line.split(move |c| !is_word_char(c))
        .map(|word| word.trim_matches('.'))
        .filter(move |word| is_figure(word) || is_name(word))
}

/// Whether the sides have about as many blocks, and as many headings and labels.
fn is_structure_similar(sides: [LanguageWeights; 2]) -> bool {
    // The second side begins with the rule.
    let [one, other] = [sides[0].blocks, sides[1].blocks.saturating_sub(1)];
    let headings = sides[0].headings.abs_diff(sides[1].headings);
    one.min(other) >= 3 && one.abs_diff(other) * 4 <= one.max(other) && headings <= 1
}

/// Whether neither side is more than 1.7 times as long as the other.
const fn are_of_like_length([one, other]: [usize; 2]) -> bool {
    one * 10 <= other * 17 && other * 10 <= one * 17
}
