//! Titles and links that stand in more than one article.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::rule::Rule;
use crate::digest::Article;
use crate::text::folded;

/// What must be an article's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// The title as shown; none where the article has no title but its file's name.
    pub title: Option<String>,
    /// The link to the original.
    pub link: Option<String>,
}

impl Named {
    /// What an article is named by; `stem` is its file's name without the ending.
    pub fn new(article: &Article, stem: &str) -> Self {
        let title = &article.titles.given;
        let is_name =
            title.is_empty() || title == stem || title.starts_with(stem) && title[stem.len()..].starts_with('.');
        Self { title: (!is_name).then(|| title.clone()), link: article.link.clone() }
    }
}

/// What was met so far, with the index of the article in which it was met first.
#[derive(Debug, Default)]
pub struct Duplicates {
    titles: HashMap<String, usize>,
    links: HashMap<String, usize>,
}

impl Duplicates {
    /// Adds an article; gives the rules that it breaks, each with the index of the first article of the same title or link.
    pub fn add(&mut self, index: usize, named: &Named) -> Vec<(Rule, usize)> {
        let met = |known: &mut HashMap<String, usize>, key: Option<String>| match known.entry(key?) {
            Entry::Occupied(first) => Some(*first.get()),
            Entry::Vacant(place) => {
                place.insert(index);
                None
            }
        };
        let title = met(&mut self.titles, named.title.as_deref().map(|title| folded(title.trim()).into_owned()));
        let link = met(&mut self.links, named.link.as_deref().map(|link| link.trim_end_matches('/').to_owned()));
        [(Rule::DuplicateTitle, title), (Rule::DuplicateLink, link)]
            .into_iter()
            .filter_map(|(rule, first)| Some((rule, first?)))
            .collect()
    }
}

/// The first line of a file, counted from 1, that holds some words; the first of all where none does, as when they are written in another way.
pub fn first_line_with(source: &str, words: &str) -> u32 {
    source.find(words).map_or(1, |at| source[..at].matches('\n').count() as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest;

    #[test]
    fn the_second_of_a_title_is_told_with_the_first() {
        let named =
            |source: &str, stem: &str| Named::new(&digest::read(source.as_bytes(), &format!("{stem}.md")), stem);
        let mut known = Duplicates::default();
        let article = "---\ntitle: Ｔea Prices\n---\n[Source Link](https://a.b/c)\n\ntext\n";
        assert_eq!(known.add(0, &named(article, "a")), []);
        assert_eq!(known.add(1, &named("text", "notes")), []);
        assert_eq!(known.add(2, &named("text", "notes")), []);
        assert_eq!(
            known.add(3, &named(&article.replace("Ｔ", "t"), "b")),
            [(Rule::DuplicateTitle, 0), (Rule::DuplicateLink, 0)]
        );
        assert_eq!(first_line_with(article, "https://a.b/c"), 4);
        assert_eq!(first_line_with(article, "elsewhere"), 1);
    }
}
