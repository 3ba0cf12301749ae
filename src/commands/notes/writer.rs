//! The formats of notes.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::article::ArticleNotes;
use super::record::NoteRecord;
use crate::cli::{NotesArgs, NotesFormat};
use crate::commands::output;
use crate::error::Error;
use crate::export::{NoteTemplate, NotedArticle, notes_csv};
use crate::library::reason;

/// The most bytes of a template.
const MOST_TEMPLATE: u64 = 1 << 20;

/// A format with its template.
pub(super) struct NotesWriter {
    pub(super) format: NotesFormat,
    /// What the template is called, and what it says.
    template: Option<(PathBuf, String)>,
}

impl NotesWriter {
    pub(super) fn new(arguments: &NotesArgs) -> Result<Self, Error> {
        let output = arguments.output.as_deref();
        let ending = output.and_then(Path::extension).and_then(|it| it.to_str());
        let format = arguments.format.or_else(|| NotesFormat::of(ending?));
        let format = format.unwrap_or(NotesFormat::Md);
        let template = arguments.template.as_deref().map(template).transpose()?;
        if template.is_some() && matches!(format, NotesFormat::Json | NotesFormat::Csv) {
            return Err(Error::Usage(
                tr!("a template writes md, org or html; JSON and CSV have none").into(),
            ));
        }
        Ok(Self { format, template })
    }

    /// Writes articles as one text.
    pub(super) fn text(&self, articles: &[&ArticleNotes]) -> Result<String, Error> {
        let noted =
            || -> Vec<NotedArticle> { articles.iter().map(|it| it.noted.clone()).collect() };
        let kind = match self.format {
            NotesFormat::Json => return json(articles),
            NotesFormat::Csv => return Ok(notes_csv(&noted())),
            NotesFormat::Md => NoteTemplate::Markdown,
            NotesFormat::Org => NoteTemplate::Org,
            NotesFormat::Html => NoteTemplate::Html,
        };
        let source = self.template.as_ref();
        let filled = kind.fill(source.map_or(kind.source(), |(_, it)| it), &noted());
        filled.map_err(|why| match &self.template {
            Some((path, _)) => Error::path(path, why),
            None => Error::Usage(why),
        })
    }
}

fn template(path: &Path) -> Result<(PathBuf, String), Error> {
    let failed = |error: io::Error| Error::path(path, reason(&error));
    let length = fs::metadata(path).map_err(failed)?.len();
    if length > MOST_TEMPLATE {
        return Err(Error::path(path, tr!("a template has at most 1 MiB")));
    }
    let text = fs::read_to_string(path).map_err(failed)?;
    Ok((path.to_owned(), text))
}

fn json(articles: &[&ArticleNotes]) -> Result<String, Error> {
    let mut text = Vec::new();
    for article in articles {
        for annotation in &article.annotations {
            let record = NoteRecord::new(annotation, article);
            output::write_json(&record, &mut text).map_err(Error::Output)?;
        }
    }
    // JSON is UTF-8.
    Ok(String::from_utf8_lossy(&text).into_owned())
}
