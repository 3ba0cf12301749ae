//! Highlights and notes: passages of articles that the reader marked.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_64;

use crate::bilingual::{Place, fingerprint};
use crate::text::{clean_line, folded, simplified_form};

/// The colour of a highlight; the theme says how it looks.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say all")]
pub enum HighlightColour {
    #[default]
    Yellow,
    Green,
    Blue,
    Red,
    Purple,
}

impl HighlightColour {
    /// All colours, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Yellow,
        Self::Green,
        Self::Blue,
        Self::Red,
        Self::Purple,
    ];

    /// Its name in queries, files and on the screen.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yellow => message!("yellow"),
            Self::Green => message!("green"),
            Self::Blue => message!("blue"),
            Self::Red => message!("red"),
            Self::Purple => message!("purple"),
        }
    }

    /// The colour with a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|colour| colour.name() == name)
    }

    /// The next colour; None after the last one.
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }
}

/// A passage of an article that the reader highlighted, with a note or without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// What it is known by: a [hash](Self::key_of) of where it was made.
    pub key: u64,
    /// The path of the article, relative to the folder of the library.
    pub path: PathBuf,
    /// Where the passage begins and ends, on one side.
    pub places: [Place; 2],
    /// Its text; of a long one, the [beginning and the end](crate::bilingual::kept_text).
    pub text: String,
    /// The colour of the highlight; `None` if it was removed.
    pub colour: Option<HighlightColour>,
    /// The note as it was written, not cleaned; empty without one.
    pub note: String,
    /// When it was made, in milliseconds since 1970; 0 before it is saved.
    pub created: i64,
    /// When it was changed last, as above.
    pub changed: i64,
}

impl Annotation {
    /// The key of a passage of the article at a path. The same passage always has the same key.
    pub fn key_of(path: &Path, places: &[Place; 2]) -> u64 {
        let place = |place: &Place| {
            let Place {
                side,
                block,
                offset,
                fingerprint,
            } = place;
            format!("{}\0{block}\0{offset}\0{fingerprint}", side.name())
        };
        let [start, end] = places.each_ref().map(place);
        fingerprint(&format!("{}\0{start}\0{end}", path.to_string_lossy()))
    }

    /// The same without its passage and its note: what is kept of one that was removed.
    #[must_use]
    pub fn removed(&self) -> Self {
        Self {
            colour: None,
            text: String::new(),
            note: String::new(),
            ..self.clone()
        }
    }

    /// The tags of the note: words after `#`, without it.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        tags_of(&self.note)
    }
}

/// The tags in a note: what follows a `#` at the beginning of a word.
fn tags_of(note: &str) -> impl Iterator<Item = &str> {
    note.split_whitespace().filter_map(|word| {
        let tag = word.strip_prefix('#')?;
        let end = tag
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '/')))
            .unwrap_or(tag.len());
        Some(&tag[..end]).filter(|tag| !tag.is_empty())
    })
}

/// A text folded and in simplified characters, as notes are compared.
pub(super) fn simplified(text: &str) -> String {
    folded(text).chars().map(simplified_form).collect()
}

/// The hash of a path's bytes (xxh3). It must never change: the saved state knows articles by it.
pub fn path_hash(path: &Path) -> u64 {
    XxHash3_64::oneshot(path.as_os_str().as_encoded_bytes())
}

/// The tags that the reader gave an article, beside those of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnTags {
    /// The path of the article, relative to the folder of the library.
    pub path: PathBuf,
    /// The tags, cleaned; none if all were removed.
    pub tags: Vec<String>,
}

/// The most tags of an article, and the most characters of one.
const MOST_TAGS: usize = 64;
const LONGEST_TAG: usize = 60;

impl OwnTags {
    /// The tags in a line that was typed: with blanks or commas between them, each once, with `#` or without.
    pub fn parse(line: &str) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        let line = clean_line(line);
        let words = line.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、'));
        for word in words.map(|word| word.trim_start_matches(['#', '＃'])) {
            let tag: String = word.chars().take(LONGEST_TAG).collect();
            let is_new = || !tags.iter().any(|it| simplified(it) == simplified(&tag));
            if !tag.is_empty() && tags.len() < MOST_TAGS && is_new() {
                tags.push(tag);
            }
        }
        tags
    }
}

/// The highlights and notes of a library, and the tags that the reader gave its articles.
#[derive(Clone, Debug, Default)]
pub struct Annotations {
    /// By the hashes of the articles' paths, and by their keys.
    articles: HashMap<u64, BTreeMap<u64, Arc<Annotation>>>,
    /// By the hashes of the articles' paths.
    tags: HashMap<u64, Arc<OwnTags>>,
}

impl Annotations {
    /// Those of an article, in no order.
    pub fn of(&self, path: &Path) -> impl Iterator<Item = &Arc<Annotation>> {
        let article = self.articles.get(&path_hash(path));
        article.into_iter().flat_map(BTreeMap::values)
    }

    /// All of them, in no order.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Annotation>> {
        self.articles.values().flat_map(BTreeMap::values)
    }

    /// The paths of the articles that have one which satisfies a condition.
    pub fn articles_with(&self, condition: &AnnotationCondition) -> impl Iterator<Item = &Path> {
        self.articles.values().filter_map(|article| {
            let mut all = article.values();
            let found = all.find(|annotation| condition.is_met_by(annotation));
            found.map(|annotation| annotation.path.as_path())
        })
    }

    /// The reader's own tags of an article.
    pub fn tags_of(&self, path: &Path) -> &[String] {
        let own = self.tags.get(&path_hash(path));
        own.map_or(&[], |own| own.tags.as_slice())
    }

    /// The reader's own tags of all articles that have any.
    pub fn tagged(&self) -> impl Iterator<Item = &Arc<OwnTags>> {
        self.tags.values()
    }

    /// Takes up the tags of an article in place of those that it had.
    pub fn put_tags(&mut self, own: Arc<OwnTags>) {
        let hash = path_hash(&own.path);
        if own.tags.is_empty() {
            self.tags.remove(&hash);
        } else {
            self.tags.insert(hash, own);
        }
    }

    /// The one with a key in an article.
    pub fn get(&self, path: &Path, key: u64) -> Option<&Arc<Annotation>> {
        self.articles.get(&path_hash(path))?.get(&key)
    }

    /// Takes one up in place of the one with its key, or leaves that out if it was removed.
    pub fn put(&mut self, annotation: Arc<Annotation>) {
        let hash = path_hash(&annotation.path);
        let article = self.articles.entry(hash).or_default();
        if annotation.colour.is_some() {
            article.insert(annotation.key, annotation);
        } else {
            article.remove(&annotation.key);
        }
        if article.is_empty() {
            self.articles.remove(&hash);
        }
    }

    /// Gives those of an article, known by the hash of its path, a new path.
    pub fn move_article(&mut self, from: u64, to: &Path) {
        for annotation in self
            .articles
            .remove(&from)
            .unwrap_or_default()
            .into_values()
        {
            self.put(Arc::new(Annotation {
                path: to.to_owned(),
                ..(*annotation).clone()
            }));
        }
        if let Some(own) = self.tags.remove(&from) {
            self.put_tags(Arc::new(OwnTags {
                path: to.to_owned(),
                tags: own.tags.clone(),
            }));
        }
    }
}

/// What a query requires of a highlight or a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnnotationCondition {
    /// A highlight: `has:highlight`.
    Highlight,
    /// A note: `has:note`.
    Note,
    /// A note with this text, folded and in simplified characters: `note:…`.
    Text(String),
    /// A colour: `colour:…`.
    Colour(HighlightColour),
}

impl AnnotationCondition {
    /// Whether a highlight, with its note, satisfies it.
    pub fn is_met_by(&self, annotation: &Annotation) -> bool {
        match self {
            Self::Highlight => true,
            Self::Note => !annotation.note.is_empty(),
            Self::Text(text) => {
                !annotation.note.is_empty() && simplified(&annotation.note).contains(text)
            }
            Self::Colour(colour) => annotation.colour == Some(*colour),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    fn annotation(path: &str, offset: u32, note: &str) -> Arc<Annotation> {
        let place = |offset| Place {
            side: Language::English,
            block: 0,
            offset,
            fingerprint: 1,
        };
        let (path, places) = (PathBuf::from(path), [place(offset), place(offset + 5)]);
        Arc::new(Annotation {
            key: Annotation::key_of(&path, &places),
            path,
            places,
            text: "words".into(),
            colour: Some(HighlightColour::Yellow),
            note: note.into(),
            created: 0,
            changed: 0,
        })
    }

    #[test]
    fn tags_are_words_of_the_note() {
        let one = annotation(
            "a.md",
            0,
            "#energy, see #re-read/2025 and C# or # or a#b\n#茶",
        );
        assert_eq!(
            one.tags().collect::<Vec<_>>(),
            ["energy", "re-read/2025", "茶"]
        );
    }

    #[test]
    fn one_replaces_the_other_and_follows_its_article() {
        let mut all = Annotations::default();
        all.put(annotation("a.md", 0, ""));
        all.put(annotation("a.md", 9, ""));
        all.put(annotation("a.md", 0, "later"));
        let mut notes: Vec<_> = all.of(Path::new("a.md")).map(|it| &*it.note).collect();
        notes.sort_unstable();
        assert_eq!(notes, ["", "later"]);
        all.move_article(path_hash(Path::new("a.md")), Path::new("b/c.md"));
        assert!(all.of(Path::new("a.md")).next().is_none());
        let key = annotation("a.md", 0, "").key;
        let moved = all.get(Path::new("b/c.md"), key).unwrap().clone();
        assert_eq!(moved.path, Path::new("b/c.md"));
        all.put(Arc::new(moved.removed()));
        assert_eq!(all.all().count(), 1);
    }

    #[test]
    fn tags_are_typed_as_one_likes() {
        assert_eq!(
            OwnTags::parse(" #茶, Tea、tea  re-read，\u{202E}＃後来 后来 # "),
            ["茶", "Tea", "re-read", "後来"]
        );
        let long =
            "x".repeat(100) + " " + &(0..99).map(|n| n.to_string()).collect::<Vec<_>>().join(" ");
        let tags = OwnTags::parse(&long);
        assert_eq!((tags.len(), tags[0].len()), (MOST_TAGS, LONGEST_TAG));
    }

    #[test]
    fn own_tags_follow_their_article() {
        let mut all = Annotations::default();
        let tags = |path: &str, tags: &[&str]| {
            Arc::new(OwnTags {
                path: path.into(),
                tags: tags.iter().map(|&tag| tag.into()).collect(),
            })
        };
        all.put_tags(tags("a.md", &["one"]));
        all.put_tags(tags("a.md", &["two", "one"]));
        all.move_article(path_hash(Path::new("a.md")), Path::new("b.md"));
        assert_eq!(all.tags_of(Path::new("b.md")), ["two", "one"]);
        assert!(all.tags_of(Path::new("a.md")).is_empty());
        all.put_tags(tags("b.md", &[]));
        assert_eq!(all.tagged().count(), 0);
    }

    #[test]
    fn a_note_is_found_in_either_script_and_case() {
        let one = annotation("a.md", 0, "看《電費》 and Prices");
        let met = |text: &str| AnnotationCondition::Text(simplified(text)).is_met_by(&one);
        assert!(met("电费") && met("電費") && met("prices"));
        assert!(!met("tea"));
    }
}
