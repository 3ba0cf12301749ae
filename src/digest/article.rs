//! One article: what its header says, its sections, and what was wrong with it.

use super::date::Date;
use super::sections::Sections;
use crate::text::{Language, Problem};

/// The title of an article in each language, as far as there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Titles {
    /// The title as the article gives it (front matter, else first heading, else file name); never empty.
    pub given: String,
    /// The Chinese title, where there is one.
    pub chinese: Option<String>,
    /// The English title: one in the front matter, else the description if it is English, else the English section's first heading or sentence.
    pub english: Option<String>,
}

impl Titles {
    /// The title to show in a language; the given one where that language has none.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Chinese => self.chinese.as_deref(),
            Language::English => self.english.as_deref(),
        }
        .unwrap_or(&self.given)
    }
}

/// One article, read from the bytes of one file. All strings but the sections' bodies are cleaned and of one line.
#[derive(Clone, Debug)]
pub struct Article {
    /// Its titles.
    pub titles: Titles,
    /// Its date.
    pub date: Date,
    /// The standfirst: one sentence.
    pub description: Option<String>,
    /// Its tags, in the order written, none twice.
    pub tags: Vec<String>,
    /// The source it was taken from (`author:` in the front matter).
    pub source: Option<String>,
    /// The link to the original, `http`, `https` or `mailto` only.
    pub link: Option<String>,
    /// The text, split by language where both are proved.
    pub sections: Sections,
    /// What had to be mended on the way, in file order.
    pub problems: Vec<Problem>,
}

/// Reads an article from the bytes of a file; `name` is the file's name, the title of last resort.
///
/// Never fails: what cannot be read becomes a [`Problem`].
pub fn read(_bytes: &[u8], name: &str) -> Article {
    Article {
        titles: Titles { given: name.to_owned(), ..Titles::default() },
        date: Date::default(),
        description: None,
        tags: Vec::new(),
        source: None,
        link: None,
        sections: Sections::default(),
        problems: Vec::new(),
    }
}
