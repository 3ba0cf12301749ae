//! One line of the list: what is known of an article without its text.

use std::path::{Path, PathBuf};

use super::order::Order;
use crate::digest::{Article, Date, Sections, Titles};
use crate::text::Language;

/// The number of an entry: its place of arrival, which never changes while the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub u32);

/// What the list shows and sorts by.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The path of its file, relative to the library's folder; it names the article.
    pub path: PathBuf,
    /// The path of its English file, where its languages lie in two files; [`Entry::path`] is then that of the Chinese one.
    pub mate: Option<PathBuf>,
    /// The titles.
    pub titles: Titles,
    /// The date.
    pub date: Date,
    /// The standfirst: one sentence.
    pub description: Option<String>,
    /// The link to the original, by which an article is known again that was renamed.
    pub link: Option<String>,
    /// When its file was last written, in milliseconds since 1970; of two files the later.
    pub modified: Option<i64>,
    /// The source it was taken from.
    pub source: Option<String>,
    /// The tags.
    pub tags: Vec<String>,
    /// The languages it has, Chinese first: both where it is bilingual or mixed.
    pub languages: [bool; 2],
    /// How many problems were found in its file.
    pub problems: u32,
}

/// What an entry is filtered by besides its words and its date.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The source.
    pub source: Option<&'a str>,
    /// The tags.
    pub tags: &'a [&'a str],
    /// The languages it has, Chinese first.
    pub languages: [bool; 2],
    /// How many problems were found in its file.
    pub problems: u32,
}

impl Entry {
    /// What it is sorted by in an order: the title shown to a reader of the language, or its source; nothing where that is its date.
    pub fn sorted_by(&self, order: Order, language: Language) -> &str {
        match order {
            Order::Title => self.titles.in_language(language),
            Order::Source => self.source.as_deref().unwrap_or_default(),
            Order::Date => "",
        }
    }

    /// Tells what it is filtered by.
    pub fn facts(&self, tell: &mut dyn FnMut(&Facts<'_>)) {
        let mut few = [""; 16];
        let many: Vec<&str>;
        let tags = if self.tags.len() <= few.len() {
            for (to, tag) in few.iter_mut().zip(&self.tags) {
                *to = tag;
            }
            &few[..self.tags.len()]
        } else {
            many = self.tags.iter().map(String::as_str).collect();
            &many
        };
        tell(&Facts { source: self.source.as_deref(), tags, languages: self.languages, problems: self.problems });
    }

    /// What the list needs of an article.
    pub fn new(path: PathBuf, article: &Article) -> Self {
        Self::of(path, article.clone())
    }

    /// The entry of an article whose English lies in a file of its own.
    #[must_use]
    pub fn with_mate(self, mate: PathBuf) -> Self {
        Self { mate: Some(mate), ..self }
    }

    /// The paths of its files: one, or the Chinese and the English one.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        [Some(&self.path), self.mate.as_ref()].into_iter().flatten().map(PathBuf::as_path)
    }
}

impl Entry {
    /// What the list needs of an article that is not needed any more.
    pub fn of(path: PathBuf, article: Article) -> Self {
        let languages = match &article.sections {
            Sections::Pair { .. } | Sections::Whole { mixed: true, .. } => [true, true],
            Sections::Whole { language, .. } => Language::BOTH.map(|side| *language == Some(side)),
        };
        let Article { titles, date, description, tags, source, link, problems, .. } = article;
        let (mate, modified) = (None, None);
        let problems = problems.len() as u32;
        Self { path, mate, titles, date, description, link, modified, source, tags, languages, problems }
    }
}
