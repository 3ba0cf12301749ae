//! Titles and links that more than one article has.

use std::collections::HashMap;

use super::rule::Rule;
use crate::digest::Article;
use crate::text::folded;

/// What no two articles should have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TitleAndLink {
    /// The title as shown. None if the article has no title but the name of its file.
    pub title: Option<String>,
    /// The link to the original.
    pub link: Option<String>,
}

impl TitleAndLink {
    /// Takes them from an article; `stem` is the name of its file without the extension.
    pub fn new(article: &Article, stem: &str) -> Self {
        let title = &article.titles.given;
        let is_file_name = title.is_empty()
            || title == stem
            || title.starts_with(stem) && title[stem.len()..].starts_with('.');
        Self {
            title: (!is_file_name).then(|| title.clone()),
            link: article.link.clone(),
        }
    }
}

/// The titles and links of the articles so far, each with the index of the first article that has
/// it.
#[derive(Debug, Default)]
pub struct Duplicates {
    titles: HashMap<String, usize>,
    links: HashMap<String, usize>,
}

impl Duplicates {
    /// Adds an article. Returns the rules it breaks, each with the index of the first article with
    /// the same title or link.
    pub fn add(&mut self, index: usize, article: &TitleAndLink) -> Vec<(Rule, usize)> {
        let title = article
            .title
            .as_deref()
            .map(|title| folded(title.trim()).into_owned());
        let link = article
            .link
            .as_deref()
            .map(|link| link.trim_end_matches('/').to_owned());
        let first_with_title = title.and_then(|title| first_with(&mut self.titles, title, index));
        let first_with_link = link.and_then(|link| first_with(&mut self.links, link, index));
        let title = first_with_title.map(|first| (Rule::DuplicateTitle, first));
        let link = first_with_link.map(|first| (Rule::DuplicateLink, first));
        title.into_iter().chain(link).collect()
    }
}

/// The article that has the key already; otherwise the key is this article's.
fn first_with(known: &mut HashMap<String, usize>, key: String, index: usize) -> Option<usize> {
    let first = *known.entry(key).or_insert(index);
    (first != index).then_some(first)
}

/// The first line of a file, counted from 1, that contains the words; 1 if none does, for example
/// because they are escaped there.
pub fn first_line_with(source: &str, words: &str) -> u32 {
    source
        .find(words)
        .map_or(1, |at| source[..at].matches('\n').count() as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest;

    #[test]
    fn a_duplicate_is_reported_with_the_first_article() {
        let named = |source: &str, stem: &str| {
            TitleAndLink::new(
                &digest::read(source.as_bytes(), &format!("{stem}.md")),
                stem,
            )
        };
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
