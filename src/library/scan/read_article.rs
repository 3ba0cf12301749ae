//! Reads the files of an article and parses them for the index.

use std::path::Path;

use twox_hash::XxHash3_64;

use super::super::article_files::{ArticleFiles, Files};
use super::super::index::{EntryRecord, TextRef};
use super::super::read_file::RawFile;
use super::super::source::{self, Library, SAMPLES};
use crate::catalog::Entry;
use crate::digest::{self, Article};
use crate::markdown::BlockTexts;

impl Library {
    /// The articles of a library that is not a folder.
    pub(in crate::library) fn articles(&self) -> Vec<ArticleFiles> {
        match self {
            Self::Folder(_) => Vec::new(),
            Self::Samples => SAMPLES
                .iter()
                .map(|(name, _)| ArticleFiles::single(name.into(), None))
                .collect(),
            Self::Input { .. } => vec![ArticleFiles::single("standard input".into(), None)],
            Self::File(file) => {
                let files = self.files_of(&file.path);
                vec![ArticleFiles {
                    files,
                    stamps: [None; 2],
                }]
            }
        }
    }
}

/// The bytes of the files of an article, not parsed yet.
#[derive(Debug)]
pub(super) struct RawArticle {
    /// The paths and the stamps of its files.
    pub(super) article: ArticleFiles,
    first: RawFile,
    second: Option<RawFile>,
    /// A hash of the bytes, by which the article is known after it was renamed; 0 if there are
    /// none.
    pub(super) content: u64,
}

pub(super) struct ParsedArticle {
    /// Its text has no place yet.
    pub(super) record: EntryRecord,
    /// The texts of its blocks in Chinese and in English.
    pub(super) texts: [Option<BlockTexts>; 2],
}

impl RawArticle {
    /// Reads the files of an article. None if one of them does not exist any more.
    pub(super) fn read(library: &Library, files: &Files) -> Option<Self> {
        let read = |path: &Path| {
            let file = library.read(path);
            (file.problem.is_none() || !library.is_missing(path)).then_some(file)
        };
        let first = read(&files.path)?;
        let (second, content) = match &files.mate {
            None => (None, content(&first.bytes)),
            Some(mate) => {
                let second = read(mate)?;
                let content = content(&[&first.bytes[..], &second.bytes].concat());
                (Some(second), content)
            }
        };
        let stamps = [first.stamp, second.as_ref().and_then(|file| file.stamp)];
        Some(Self {
            article: ArticleFiles {
                files: files.clone(),
                stamps,
            },
            first,
            second,
            content,
        })
    }

    /// When its files were last written, in milliseconds since 1970; of two files the later time.
    pub(super) fn modified(&self) -> Option<i64> {
        self.first
            .modified
            .max(self.second.as_ref().and_then(|file| file.modified))
    }

    /// Parses the files: one article, or two if the contents do not match what the names promise.
    pub(super) fn parse(self) -> Vec<ParsedArticle> {
        let modified = self.modified();
        let Files { path, mate } = &self.article.files;
        let first = source::parse_article(&self.first, path);
        let (Some(mate), Some(second)) = (mate, &self.second) else {
            return vec![parsed(first, self.article, self.content, modified)];
        };
        let names = [source::shown(path), source::shown(mate)];
        match digest::join(
            first,
            source::parse_article(second, mate),
            [&names[0], &names[1]],
        ) {
            Ok(article) => vec![parsed(article, self.article, self.content, modified)],
            Err(articles) => {
                let halves = self
                    .article
                    .split()
                    .zip(*articles)
                    .zip([&self.first, second]);
                halves
                    .map(|((half, article), file)| {
                        parsed(article, half, content(&file.bytes), file.modified)
                    })
                    .collect()
            }
        }
    }
}

fn parsed(
    mut article: Article,
    found: ArticleFiles,
    content: u64,
    modified: Option<i64>,
) -> ParsedArticle {
    let texts = source::block_texts(&mut article, &found.files.path);
    let mut entry = Entry::new(found.files.path, &article);
    entry.mate = found.files.mate.map(Path::into_path_buf);
    entry.modified = modified;
    let record = EntryRecord {
        entry,
        stamps: found.stamps,
        content,
        text: TextRef::default(),
    };
    ParsedArticle { record, texts }
}

/// The hash of some bytes; 0 if there are none.
fn content(bytes: &[u8]) -> u64 {
    if bytes.is_empty() {
        0
    } else {
        XxHash3_64::oneshot(bytes)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::super::tests::Place;
    use super::*;
    use crate::library::article_files::FileStamp;

    #[test]
    fn the_stamps_are_those_of_the_files_that_were_read() {
        let place = Place::new(&[("zh/tea.md", "茶"), ("en/tea.md", "tea")]);
        let files = Files {
            path: "zh/tea.md".into(),
            mate: Some(Path::new("en/tea.md").into()),
        };
        let of = |path: &str| Some(FileStamp::of(&fs::metadata(place.path(path)).unwrap()));
        let raw = RawArticle::read(&place.library(), &files).unwrap();
        assert_eq!(raw.article.stamps, [of("zh/tea.md"), of("en/tea.md")]);
        assert_eq!(
            (&raw.first.bytes[..], &raw.second.unwrap().bytes[..]),
            ("茶".as_bytes(), &b"tea"[..])
        );
        fs::remove_file(place.path("en/tea.md")).unwrap();
        assert!(RawArticle::read(&place.library(), &files).is_none());
    }
}
