//! Chinese in the other script: simplified characters for traditional ones, or the reverse.
//!
//! As `OpenCC` does it: what stands at a place is the form of the longest word that is in a table, else of
//! the character. Characters keep their length in bytes, so that places in a text stay where they are;
//! only words of Taiwan and Hong Kong may be longer or shorter than those that they stand for.

use std::ops::Range;
use std::sync::LazyLock;

use super::simplified_form;

/// The most bytes of a text by which its script is judged.
const JUDGED: usize = 16 << 10;

/// A script, with the words of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Script {
    /// Simplified characters.
    Simplified,
    /// Traditional characters, in the forms of Taiwan.
    Traditional,
    /// Traditional characters with the words of Taiwan.
    Taiwan,
    /// Traditional characters in the forms of Hong Kong, with its words.
    HongKong,
}

/// A converted text.
#[derive(Clone, Debug, Default)]
pub struct ConvertedText {
    /// Its characters.
    pub text: String,
    /// The bytes of each word of another length, in the text as it was and in this one.
    pub words: Vec<[Range<u32>; 2]>,
}

/// The characters that a word of a table may begin with.
const FIRST: char = '\u{3400}';
const LAST: char = '\u{9fff}';

/// A table of words and characters with their forms.
struct FormTable {
    /// In the order of the words. A word without a form is converted character by character.
    entries: Vec<(&'static str, &'static str)>,
    /// Where the entries of each first character begin, and after the last where they end.
    starts: Vec<u32>,
}

static TO_SIMPLIFIED: LazyLock<FormTable> =
    LazyLock::new(|| FormTable::new(&[include_str!("../../assets/scripts/to_simplified.txt")]));
static TO_TRADITIONAL: LazyLock<FormTable> =
    LazyLock::new(|| FormTable::new(&[include_str!("../../assets/scripts/to_traditional.txt")]));
const TAIWAN_FORMS: &str = include_str!("../../assets/scripts/taiwan_forms.txt");
static TAIWAN_CHARACTERS: LazyLock<FormTable> = LazyLock::new(|| FormTable::new(&[TAIWAN_FORMS]));
static TAIWAN: LazyLock<FormTable> = LazyLock::new(|| {
    FormTable::new(&[
        TAIWAN_FORMS,
        include_str!("../../assets/scripts/taiwan_words.txt"),
    ])
});
static HONG_KONG: LazyLock<FormTable> = LazyLock::new(|| {
    FormTable::new(&[
        include_str!("../../assets/scripts/hongkong_forms.txt"),
        include_str!("../../assets/scripts/hongkong_words.txt"),
    ])
});

impl FormTable {
    fn new(files: &[&'static str]) -> Self {
        let lines = files.iter().flat_map(|file| file.lines());
        let entry = |line: &'static str| line.split_once('\t').unwrap_or((line, ""));
        let mut entries: Vec<_> = lines.map(entry).collect();
        entries.sort_unstable();
        let mut starts = Vec::new();
        for (index, (word, _)) in entries.iter().enumerate() {
            let first = word.chars().next().map_or(0, place);
            starts.resize(starts.len().max(first + 1), index as u32);
        }
        starts.resize(place(LAST) + 2, entries.len() as u32);
        Self { entries, starts }
    }

    /// The longest word that a text begins with, and its form; of another length only if that may be.
    fn longest(&self, text: &str, may_move: bool) -> Option<(&'static str, &'static str)> {
        let first = text.chars().next().filter(|c| (FIRST..=LAST).contains(c))?;
        let place = place(first);
        let mut left = &self.entries[self.starts[place] as usize..self.starts[place + 1] as usize];
        let (mut end, mut found) = (first.len_utf8(), None);
        // Those that are left begin with the text up to the end.
        while let Some((&(word, form), others)) = left.split_first() {
            if word.len() == end {
                if form.is_empty() || form.len() == end || may_move {
                    found = Some((word, form));
                }
                left = others;
            }
            let Some(next) = text[end..].chars().next() else {
                break;
            };
            end += next.len_utf8();
            let longer = &text[..end];
            left = &left[left.partition_point(|(word, _)| *word < longer)..];
            left = &left[..left.partition_point(|(word, _)| word.starts_with(longer))];
        }
        found
    }

    /// The form of a character.
    fn form_of<'a>(&self, character: &'a str) -> &'a str
    where
        'static: 'a,
    {
        match self.longest(character, false) {
            Some((_, form)) if !form.is_empty() => form,
            _ => character,
        }
    }

    /// Converts a text; the bytes of words that take another length are noted.
    fn convert(&self, text: &str, may_move: bool) -> ConvertedText {
        let mut converted = ConvertedText::default();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let found = self.longest(&text[at..], may_move);
            let end = at + found.map_or(c.len_utf8(), |(word, _)| word.len());
            let shown = &mut converted.text;
            let start = shown.len();
            match found {
                None => shown.push(c),
                Some((word, "")) => {
                    let single = |(at, c): (usize, char)| &word[at..at + c.len_utf8()];
                    let characters = word.char_indices().map(single);
                    shown.extend(characters.map(|character| self.form_of(character)));
                }
                Some((_, form)) => shown.push_str(form),
            }
            if shown.len() - start != end - at {
                let shown = start as u32..shown.len() as u32;
                converted.words.push([at as u32..end as u32, shown]);
            }
            at = end;
        }
        converted
    }
}

/// The place of a first character.
const fn place(first: char) -> usize {
    first as usize - FIRST as usize
}

impl Script {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Simplified => message!("simplified"),
            Self::Traditional => message!("traditional"),
            Self::Taiwan => message!("traditional, with the words of Taiwan"),
            Self::HongKong => message!("traditional, with the words of Hong Kong"),
        }
    }

    /// The sign of what is shown in it, two columns.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Simplified => "简",
            _ => "繁",
        }
    }

    /// This script, if a text is in the other one. What is traditional is not converted to the words of a place.
    pub fn over(self, text: &str) -> Option<Self> {
        let is_simplified = script_of(text)? == Self::Simplified;
        (is_simplified != (self == Self::Simplified)).then_some(self)
    }

    /// A text of the other script as it is shown in this one, None if nothing changes; `may_move` is
    /// whether words may become longer or shorter.
    pub fn convert(self, text: &str, may_move: bool) -> Option<ConvertedText> {
        let of_place = match self {
            Self::Simplified => None,
            Self::Traditional => Some(&TAIWAN_CHARACTERS),
            Self::Taiwan => Some(&TAIWAN),
            Self::HongKong => Some(&HONG_KONG),
        };
        let converted = match of_place {
            None => TO_SIMPLIFIED.convert(text, false),
            Some(of_place) => of_place.convert(&TO_TRADITIONAL.convert(text, false).text, may_move),
        };
        (converted.text != text).then_some(converted)
    }
}

impl ConvertedText {
    /// The byte of the text as it was that is shown at a byte; inside a word of another length, a
    /// character of that at about the same place.
    pub fn source_of(&self, text: &str, at: u32) -> u32 {
        translate(&self.words, at, [1, 0], text)
    }

    /// The byte at which a byte of the text as it was is shown.
    pub fn shown_of(&self, at: u32) -> u32 {
        translate(&self.words, at, [0, 1], &self.text)
    }
}

/// Translates a byte of one of two texts to the other.
fn translate(words: &[[Range<u32>; 2]], at: u32, [from, to]: [usize; 2], text: &str) -> u32 {
    let after = words.partition_point(|word| word[from].start < at);
    let Some(word) = after.checked_sub(1).map(|index| &words[index]) else {
        return at;
    };
    if at >= word[from].end {
        return word[to].end + (at - word[from].end);
    }
    let share = (at - word[from].start) * word[to].len() as u32 / word[from].len() as u32;
    text.floor_char_boundary((word[to].start + share) as usize) as u32
}

/// The script of a text by its first characters: None if it has none that tells.
pub fn script_of(text: &str) -> Option<Script> {
    let start = &text[..text.floor_char_boundary(JUDGED)];
    let traditional = start.chars().filter(|&c| simplified_form(c) != c).count();
    let is_simplified = |c: &char| {
        let mut buffer = [0; 4];
        let single: &str = c.encode_utf8(&mut buffer);
        TO_TRADITIONAL.form_of(single) != single
    };
    let simplified = start.chars().filter(is_simplified).count();
    // Some characters of traditional texts have another traditional form in other words.
    match (2 * traditional).cmp(&simplified) {
        std::cmp::Ordering::Greater => Some(Script::Traditional),
        std::cmp::Ordering::Less => Some(Script::Simplified),
        std::cmp::Ordering::Equal => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Script; 4] = [
        Script::Simplified,
        Script::Traditional,
        Script::Taiwan,
        Script::HongKong,
    ];

    fn shown(script: Script, text: &str) -> String {
        script
            .convert(text, true)
            .map_or(text.to_owned(), |it| it.text)
    }

    #[test]
    fn a_word_chooses_among_the_forms_of_a_character() {
        for (simplified, traditional) in [
            ("出发前理了头发。", "出發前理了頭髮。"),
            ("皇后走后，里面只剩一只猫。", "皇后走後，裡面只剩一隻貓。"),
            ("面条和干面包，干杯！", "麵條和乾麵包，乾杯！"),
            ("系统联系着关系。", "系統聯繫著關係。"),
            (
                "制造业的制度复杂，复习反复。",
                "製造業的制度複雜，複習反覆。",
            ),
        ] {
            assert_eq!(shown(Script::Traditional, simplified), traditional);
            assert_eq!(shown(Script::Simplified, traditional), simplified);
        }
        assert_eq!(
            shown(Script::Simplified, "乾隆年間的名著"),
            "乾隆年间的名著"
        );
        assert_eq!(shown(Script::Traditional, "plain 123"), "plain 123");
    }

    #[test]
    fn places_have_their_words_and_forms() {
        let text = "用户在互联网上用软件和鼠标，说明里面。";
        assert_eq!(
            shown(Script::Taiwan, text),
            "使用者在網際網路上用軟體和滑鼠，說明裡面。"
        );
        assert_eq!(
            shown(Script::HongKong, text),
            "用户在互聯網上用軟件和滑鼠，説明裡面。"
        );
        assert_eq!(
            shown(Script::Traditional, text),
            "用戶在互聯網上用軟件和滑鼠，說明裡面。".replace("滑鼠", "鼠標")
        );
        let kept = Script::Taiwan.convert(text, false).unwrap();
        assert_eq!((kept.text.len(), kept.words.len()), (text.len(), 0));
    }

    #[test]
    fn the_script_of_a_text_is_seen() {
        assert_eq!(
            script_of("这是简体字，皇后在里面。"),
            Some(Script::Simplified)
        );
        assert_eq!(
            script_of("這是繁體字，皇后在里面。"),
            Some(Script::Traditional)
        );
        assert_eq!(script_of("English 中文"), None);
        assert_eq!(Script::Taiwan.over("這是繁體字"), None);
        assert_eq!(Script::Taiwan.over("这是简体字"), Some(Script::Taiwan));
    }

    proptest! {
        #[test]
        fn every_place_is_found_there_and_back(
            words in proptest::collection::vec("用户|互联网|软件|发|内存|的|A|。|[\\u{4e00}-\\u{9fff}]", 0..12),
            number in 0_usize..4,
        ) {
            let (text, script) = (words.concat(), ALL[number]);
            let Some(converted) = script.convert(&text, true) else {
                return Ok(());
            };
            let moved = |at: u32| converted.words.iter().any(|[word, _]| word.start < at && at < word.end);
            let mut last = 0;
            for at in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
                let at = at as u32;
                let there = converted.shown_of(at);
                prop_assert!(converted.text.is_char_boundary(there as usize) && last <= there);
                prop_assert!(moved(at) || converted.source_of(&text, there) == at);
                last = there;
            }
            prop_assert_eq!(last as usize, converted.text.len());
            for at in (0..=converted.text.len()).filter(|&at| converted.text.is_char_boundary(at)) {
                prop_assert!(text.is_char_boundary(converted.source_of(&text, at as u32) as usize));
            }
        }
    }
}
