//! Titles and links that more than one article has.

use super::rule::Rule;
use crate::digest::Article;
use crate::text::folded;

/// A title or link, which no two articles should have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The rule that a second article with it breaks.
    pub rule: Rule,
    /// The title or link as it is shown.
    pub words: String,
    /// What is compared.
    pub key: String,
}

/// The title and the link of an article, as far as it has them; `stem` is the name of its file
/// without the extension, which is no title.
pub fn identities(article: &Article, stem: &str) -> Vec<Identity> {
    let title = Some(&article.titles.given).filter(|title| {
        let rest = title.strip_prefix(stem);
        !title.is_empty() && !rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    });
    let title = title.map(|title| Identity {
        rule: Rule::DuplicateTitle,
        words: title.clone(),
        key: folded(title.trim()).into_owned(),
    });
    let link = article.link.as_ref().map(|link| Identity {
        rule: Rule::DuplicateLink,
        words: link.clone(),
        key: link.trim_end_matches('/').to_owned(),
    });
    title.into_iter().chain(link).collect()
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
    fn what_identifies_an_article_is_compared_loosely() {
        let named = |source: &str, stem: &str| {
            let article = digest::read(source.as_bytes(), &format!("{stem}.md"));
            let identities = identities(&article, stem).into_iter();
            identities.map(|it| (it.rule, it.key)).collect::<Vec<_>>()
        };
        let article = "---\ntitle: Ｔea Prices\n---\n[Source Link](https://a.b/c)\n\ntext\n";
        assert_eq!(named("text", "notes"), []);
        assert_eq!(
            named(article, "a"),
            named(&article.replace("Ｔ", "t").replace("/c", "/c/"), "b")
        );
        assert_eq!(named(article, "a").len(), 2);
        assert_eq!(first_line_with(article, "https://a.b/c"), 4);
        assert_eq!(first_line_with(article, "elsewhere"), 1);
    }
}
