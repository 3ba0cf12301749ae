//! Puts written articles together, in bounded memory: of each, only its title is kept.

use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};

use jiff::Timestamp;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::cli::ExportFormat;
use crate::export::{Book, Feed, PAGE_END, chapter_path, page_start, xhtml};

/// An article as it is written in a format.
pub(super) struct WrittenArticle {
    pub(super) title: String,
    /// The code of its first language.
    pub(super) language: &'static str,
    pub(super) is_bilingual: bool,
    pub(super) updated: Timestamp,
    pub(super) body: String,
}

/// The articles of one output.
pub(super) struct Collection {
    pub(super) format: ExportFormat,
    /// The title of all; none if there is only one.
    pub(super) title: Option<String>,
    pub(super) language: &'static str,
    pub(super) id: String,
    pub(super) now: Timestamp,
}

impl Collection {
    /// Writes the articles.
    ///
    /// # Errors
    /// If writing fails, or the program failed on an article, so that it is missing.
    pub(super) fn write(
        self,
        articles: impl Iterator<Item = Option<WrittenArticle>>,
        out: &mut File,
    ) -> io::Result<()> {
        let articles = articles
            .map(|article| article.ok_or_else(|| io::Error::other(crate::error::Error::Failed)));
        match self.format {
            ExportFormat::Html | ExportFormat::Atom => self.write_after(articles, out),
            ExportFormat::Epub => self.write_book(articles, out),
            ExportFormat::Md | ExportFormat::Txt => {
                let mut out = BufWriter::new(out);
                for (index, article) in articles.enumerate() {
                    let between = if index > 0 { "\n* * *\n\n" } else { "" };
                    write!(out, "{between}{}", article?.body)?;
                }
                out.flush()
            }
        }
    }

    /// Writes a page or feed, whose beginning is known only after all articles: they wait in a file.
    fn write_after(
        self,
        articles: impl Iterator<Item = io::Result<WrittenArticle>>,
        out: &mut File,
    ) -> io::Result<()> {
        let is_page = self.format == ExportFormat::Html;
        let mut waiting = BufWriter::new(tempfile::tempfile()?);
        let mut titles = Vec::new();
        let (mut is_bilingual, mut updated) = (false, Timestamp::MIN);
        for (number, article) in (1..).zip(articles) {
            let article = article?;
            if is_page {
                write!(
                    waiting,
                    "<article id=\"a{number}\">\n{}</article>\n",
                    article.body
                )?;
            } else {
                waiting.write_all(article.body.as_bytes())?;
            }
            is_bilingual |= article.is_bilingual;
            updated = updated.max(article.updated);
            titles.push(article.title);
        }
        let title = self
            .title
            .as_ref()
            .or(titles.first())
            .map_or("", |title| title);
        let feed = Feed {
            title,
            id: &self.id,
            updated,
        };
        let (start, end) = if is_page {
            (page_start(title, &titles, is_bilingual), PAGE_END)
        } else {
            (feed.start(), Feed::END)
        };
        let mut waiting = waiting
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        waiting.rewind()?;
        out.write_all(start.as_bytes())?;
        io::copy(&mut waiting, out)?;
        out.write_all(end.as_bytes())
    }

    fn write_book(
        self,
        articles: impl Iterator<Item = io::Result<WrittenArticle>>,
        out: &mut File,
    ) -> io::Result<()> {
        let mut book = ZipWriter::new(BufWriter::new(out));
        match self.fill_book(articles, &mut book) {
            Ok(()) => book.finish()?.flush(),
            Err(error) => {
                // Dropped, it would try to write again, and print that it cannot.
                std::mem::forget(book);
                Err(error)
            }
        }
    }

    fn fill_book(
        self,
        articles: impl Iterator<Item = io::Result<WrittenArticle>>,
        book: &mut ZipWriter<BufWriter<&mut File>>,
    ) -> io::Result<()> {
        let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let packed = plain.compression_method(CompressionMethod::Deflated);
        book.start_file("mimetype", plain)?;
        book.write_all(Book::MEDIA_TYPE.as_bytes())?;
        let mut titles = Vec::new();
        for (number, article) in (1..).zip(articles) {
            let article = article?;
            book.start_file(format!("EPUB/{}", chapter_path(number)), packed)?;
            let page = xhtml(&article.title, article.language, &article.body);
            book.write_all(page.as_bytes())?;
            titles.push(article.title);
        }
        let about = Book {
            title: self
                .title
                .as_ref()
                .or(titles.first())
                .map_or("", |title| title),
            language: self.language,
            id: &self.id,
            modified: self.now,
            titles: &titles,
        };
        for (path, text) in about.files() {
            book.start_file(path, packed)?;
            book.write_all(text.as_bytes())?;
        }
        Ok(())
    }
}
