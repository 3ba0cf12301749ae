//! A glossary: how terms are rendered.

use std::collections::HashMap;

/// The most words of a term.
const LONGEST: usize = 8;

/// Terms in English with the Chinese that renders them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glossary {
    /// By the folded words of the term with one space between them.
    terms: HashMap<String, Vec<String>>,
    /// How many words the longest term has.
    longest: usize,
}

impl Glossary {
    /// Reads a glossary: in each line a term, a tab, and its renderings with `|` between them. Lines that begin with
    /// `#` are comments. Several lines of one term add up.
    ///
    /// # Errors
    /// The number of the first line that is none, counted from 1.
    pub fn new(text: &str) -> Result<Self, u32> {
        let mut all = Self::default();
        for (number, line) in (1..).zip(text.lines()) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let (term, renderings) = line.split_once('\t').ok_or(number)?;
            let words = words(term);
            let renderings = renderings
                .split('|')
                .map(str::trim)
                .filter(|it| !it.is_empty());
            let renderings: Vec<String> = renderings.map(str::to_owned).collect();
            if renderings.is_empty() || !(1..=LONGEST).contains(&words.len()) {
                return Err(number);
            }
            all.longest = all.longest.max(words.len());
            let words: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
            all.terms
                .entry(words.join(" ").to_lowercase())
                .or_default()
                .extend(renderings);
        }
        Ok(all)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The terms in an English text: where each is written, and its renderings. Of two at one place the longer.
    pub(super) fn terms_in<'g>(&'g self, text: &str) -> Vec<(String, &'g [String])> {
        let (words, mut found) = (words(text), Vec::new());
        let mut at = 0;
        while at < words.len() && self.longest > 0 {
            let most = self.longest.min(words.len() - at);
            let term = (1..=most).rev().find_map(|count| {
                let last = words[at + count - 1];
                let written = text.get(words[at].0..last.0 + last.1.len())?;
                let key: Vec<&str> = words[at..at + count]
                    .iter()
                    .map(|(_, word)| *word)
                    .collect();
                let renderings = self.terms.get(&key.join(" ").to_lowercase())?;
                Some((count, written.to_owned(), renderings.as_slice()))
            });
            at += term.as_ref().map_or(1, |(count, ..)| *count);
            found.extend(term.map(|(_, written, renderings)| (written, renderings)));
        }
        found
    }

    /// Whether both are renderings of a term.
    pub(super) fn has_both(&self, term: &str, one: &str, other: &str) -> bool {
        let has = |renderings: &Vec<String>| {
            [one, other]
                .iter()
                .all(|it| renderings.iter().any(|known| known == it))
        };
        self.terms.get(&term.to_lowercase()).is_some_and(has)
    }
}

/// The words of a text with their places.
fn words(text: &str) -> Vec<(usize, &str)> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_found_by_their_words() {
        let text = "# names\nSam Altman\t奥特曼|阿尔特曼\n\nSam\t山姆\ntea\t茶\ntea\t茶叶\n";
        let glossary = Glossary::new(text).unwrap();
        let found = glossary.terms_in("Sam Altman drinks Tea; Sam’s teapot");
        let found: Vec<(&str, String)> = found
            .iter()
            .map(|(term, it)| (term.as_str(), it.join("|")))
            .collect();
        let expected = [
            ("Sam Altman", "奥特曼|阿尔特曼"),
            ("Tea", "茶|茶叶"),
            ("Sam", "山姆"),
        ];
        assert_eq!(found, expected.map(|(term, it)| (term, it.to_owned())));
        assert!(glossary.has_both("tea", "茶", "茶叶") && !glossary.has_both("tea", "茶", "水"));
        assert_eq!(Glossary::new("tea\t茶\n茶\n"), Err(2));
        assert_eq!(Glossary::new("\t茶\n"), Err(1));
        assert!(Glossary::default().terms_in("tea").is_empty());
    }
}
