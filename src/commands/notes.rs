//! `jianbao notes`: writes highlights and notes for other programs, and reads them again.

mod article;
mod files;
mod record;
mod writer;

use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};

use super::destination::ExportTarget;
use super::open;
use super::output::{self, Outcome, warn};
use crate::cli::NotesArgs;
use crate::error::Error;
use crate::library::{Library, json_lines, reason};
use crate::shell::SettingsFile;
use crate::text::Language;

use article::ArticleNotes;
use files::NoteFiles;
use writer::NotesWriter;

pub(super) use article::articles;
pub(super) use record::NoteRecord;

pub(super) fn run(arguments: &NotesArgs, file: &SettingsFile) -> Result<Outcome, Error> {
    let settings = file.settings();
    let library = open::library(&arguments.folder)?.with_pairing(settings.pairing);
    if let Some(file) = &arguments.import {
        return import(&library, file).map(|()| Outcome::Yes);
    }
    let format = NotesWriter::new(arguments)?;
    let query = arguments.query.as_deref().map(open::query).transpose()?;
    let language = settings.reading_language.set();
    let language = language.map_or(Language::Chinese, Language::from);
    let batch = library.batch(&mut |line| warn(line));
    let articles = articles(&batch, query.as_ref(), language);
    if batch.has_failed() {
        return Err(Error::Failed);
    }
    if articles.is_empty() {
        warn(tr!("there are no highlights or notes to write"));
        return Ok(Outcome::No);
    }
    if let Some(directory) = &arguments.directory {
        NoteFiles::new(directory, &library, arguments.force)?.write(&articles, &format)?;
        return Ok(Outcome::Yes);
    }
    let text = format.text(&articles.iter().collect::<Vec<_>>())?;
    let output = arguments.output.as_deref();
    if output.is_some_and(|output| files::says(output, text.as_bytes())) {
        return Ok(Outcome::Yes);
    }
    let target = ExportTarget::new(output, arguments.force)?;
    let on_disk = |it: &ArticleNotes| library.on_disk(&it.path);
    let on_disk: Vec<PathBuf> = articles.iter().filter_map(on_disk).collect();
    let paths = on_disk.iter().map(PathBuf::as_path);
    target.spare(std::slice::from_ref(&arguments.folder), paths)?;
    target.write(|out| out.write_all(text.as_bytes()))?;
    Ok(Outcome::Yes)
}

fn import(library: &Library, file: &Path) -> Result<(), Error> {
    let is_folder = matches!(library, Library::Folder(_));
    let read = |record: NoteRecord| record.annotation(is_folder);
    let all = if file == Path::new("-") {
        json_lines(io::stdin().lock(), read)
    } else {
        let opened = File::open(file).map_err(|error| Error::path(file, reason(&error)))?;
        json_lines(BufReader::new(opened), read)
    };
    output::print_imported(all.and_then(|all| library.import_annotations(&all)))
}
