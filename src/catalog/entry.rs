//! One line of the list: what is known of an article without its text.

use std::path::{Path, PathBuf};

use super::order::SortFields;
use crate::digest::{Article, Date, Moment, Sections, Titles};
use crate::text::Language;

/// The id of an entry; it never changes while the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub u32);

/// What the list knows of an article.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The path of its file, relative to the folder of the library.
    pub path: PathBuf,
    /// The path of its English file, if its languages are in two files; [`Entry::path`] is then
    /// that of the Chinese one.
    pub mate: Option<PathBuf>,
    /// The titles.
    pub titles: Titles,
    /// The date.
    pub date: Date,
    /// The standfirst, in one line.
    pub description: Option<String>,
    /// The link to the original, by which a renamed article is recognised.
    pub link: Option<String>,
    /// When its file was last written, in milliseconds since 1970; the later time of two files.
    pub modified: Option<i64>,
    /// The source it was taken from.
    pub source: Option<String>,
    /// The tags.
    pub tags: Vec<String>,
    /// The languages it has, Chinese first; both if it is bilingual or mixed.
    pub languages: [bool; 2],
    /// Whether it mixes the languages, so that neither can be read alone.
    pub is_mixed: bool,
    /// How many problems its file has.
    pub problems: u32,
    /// Whether one of them is an error, and not only a note.
    pub is_broken: bool,
}

/// The times of an entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EntryTimes {
    /// When the article was published.
    pub published: Option<Moment>,
    /// When its file was last written, in milliseconds since 1970.
    pub modified: Option<i64>,
}

/// What an entry is filtered by, apart from its text and its times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterFields<'a> {
    /// The source.
    pub source: Option<&'a str>,
    /// The tags.
    pub tags: Tags<'a>,
    /// The languages it has, Chinese first.
    pub languages: [bool; 2],
    /// Whether it mixes the languages.
    pub is_mixed: bool,
    /// How many problems its file has.
    pub problems: u32,
}

/// The tags of an entry, as its store keeps them.
#[derive(Clone, Copy, Debug)]
pub enum Tags<'a> {
    /// One string for each.
    List(&'a [String]),
    /// Each followed by a line break, which no tag contains.
    Lines(&'a str),
}

impl<'a> Tags<'a> {
    /// Each tag.
    pub fn iter(self) -> impl Iterator<Item = &'a str> {
        let (list, lines) = match self {
            Self::List(list) => (list, ""),
            Self::Lines(lines) => (&[][..], lines),
        };
        list.iter()
            .map(String::as_str)
            .chain(lines.split_terminator('\n'))
    }
}

impl PartialEq for Tags<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Tags<'_> {}

impl Entry {
    /// The entry of an article.
    pub fn new(path: PathBuf, article: &Article) -> Self {
        let languages = match &article.sections {
            Sections::Pair { .. } | Sections::Whole { mixed: true, .. } => [true, true],
            Sections::Whole { language, .. } => Language::BOTH.map(|side| *language == Some(side)),
        };
        Self {
            path,
            mate: None,
            titles: article.titles.clone(),
            date: article.date.clone(),
            description: article.description.clone(),
            link: article.link.clone(),
            modified: None,
            source: article.source.clone(),
            tags: article.tags.clone(),
            languages,
            is_mixed: matches!(article.sections, Sections::Whole { mixed: true, .. }),
            problems: article.problems.len() as u32,
            is_broken: article
                .problems
                .iter()
                .any(|problem| problem.kind.is_error()),
        }
    }

    /// The paths of its files: one, or the Chinese and the English one.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        [Some(&self.path), self.mate.as_ref()]
            .into_iter()
            .flatten()
            .map(PathBuf::as_path)
    }

    /// The times of the entry.
    pub fn times(&self) -> EntryTimes {
        EntryTimes {
            published: self.date.moment,
            modified: self.modified,
        }
    }

    /// What the entry is filtered by.
    pub fn filter_fields(&self) -> FilterFields<'_> {
        FilterFields {
            source: self.source.as_deref(),
            tags: Tags::List(&self.tags),
            languages: self.languages,
            is_mixed: self.is_mixed,
            problems: self.problems,
        }
    }

    /// What the entry is sorted by.
    pub fn sort_fields(&self) -> SortFields<'_> {
        SortFields {
            titles: Language::BOTH.map(|language| self.titles.in_language(language)),
            source: self.source.as_deref().unwrap_or_default(),
            path: self.path.as_os_str(),
        }
    }
}
