//! `jianbao export`: writes articles as a file for other programs.

mod writer;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use twox_hash::XxHash3_128;

use super::destination::ExportTarget;
use super::open;
use super::output::{Outcome, warn};
use super::parallel_map::parallel_map;
use super::show::ArticlePrinter;
use crate::bilingual::Text;
use crate::catalog::Order;
use crate::cli::{ExportArgs, ExportFormat, LanguagesChoice};
use crate::digest::Date;
use crate::error::Error;
use crate::export::{ExportedArticle, article_body, article_markdown, atom_entry};
use crate::library::{Files, Library};
use crate::reader::header_facts;
use crate::settings::Settings;
use crate::shell::SettingsFile;
use crate::text::{Language, clean_line};
use crate::typeset::LayoutSettings;

use writer::{Collection, WrittenArticle};

/// The width of text, in columns.
const TEXT_COLUMNS: u16 = 80;

pub(super) fn run(arguments: &ExportArgs, file: &SettingsFile) -> Result<Outcome, Error> {
    let format = format(arguments)?;
    let destination = ExportTarget::new(arguments.output.as_deref(), arguments.force)?;
    let is_printed = arguments.output.is_none() && io::stdout().is_terminal();
    if format == ExportFormat::Epub && is_printed {
        return Err(Error::Usage(
            tr!("a book is no text for a terminal; name a file: --output FILE.epub").into(),
        ));
    }
    let chosen = chosen(
        &arguments.paths,
        arguments.query.as_deref(),
        file.settings(),
    )?;
    if chosen.is_empty() {
        warn(tr!("no article matches, so nothing was written"));
        return Ok(Outcome::No);
    }
    let paths = chosen
        .iter()
        .filter(|it| matches!(it.library, Library::File(_)));
    destination.spare(&arguments.paths, paths.flat_map(|it| it.files.paths()))?;
    let numbered: Vec<(usize, &ChosenArticle)> = (1..).zip(&chosen).collect();
    let languages = arguments.lang.unwrap_or(LanguagesChoice::Both).languages();
    let written = parallel_map(&numbered, |(number, article)| {
        article.written(*number, format, languages)
    });
    let ids: Vec<u8> = chosen.iter().flat_map(|it| it.id().into_bytes()).collect();
    let collection = Collection {
        format,
        title: (chosen.len() > 1).then(|| title(arguments)),
        language: languages[0].code(),
        id: urn(&ids),
        now: Timestamp::now(),
    };
    destination.write(|out| collection.write(written.map(|(_, article)| article), out))?;
    Ok(Outcome::Yes)
}

/// The format asked for, or that of the name of the output.
fn format(arguments: &ExportArgs) -> Result<ExportFormat, Error> {
    let output = arguments.output.as_deref();
    let ending = output.and_then(Path::extension).and_then(|it| it.to_str());
    let format = arguments.format.or_else(|| ExportFormat::of(ending?));
    format.ok_or_else(|| {
        Error::Usage(tr!("which format? --format html, epub, atom, md or txt").into())
    })
}

/// The title of several articles: what they were chosen by.
fn title(arguments: &ExportArgs) -> String {
    let folder = std::path::absolute(&arguments.paths[0]).unwrap_or_default();
    let name = match &arguments.query {
        Some(query) => query.into(),
        None => folder.file_name().unwrap_or_default().to_string_lossy(),
    };
    clean_line(&format!("简报 · {name}")).into_owned()
}

/// An article that is to be written.
pub(super) struct ChosenArticle {
    pub(super) library: Library,
    pub(super) files: Files,
}

/// The articles of files and folders, those of folders newest first.
pub(super) fn chosen(
    paths: &[PathBuf],
    query: Option<&str>,
    settings: &Settings,
) -> Result<Vec<ChosenArticle>, Error> {
    let query = query.map(open::query).transpose()?;
    let mut chosen = Vec::new();
    for path in paths {
        let library = open::library(path)?.with_pairing(settings.pairing);
        if query.is_none() && !matches!(library, Library::Folder(_)) {
            let (library, name) = open::article(path)?;
            let library = library.with_pairing(settings.pairing);
            let files = library.files_of(&name);
            chosen.push(ChosenArticle { library, files });
            continue;
        }
        let batch = library.batch(&mut |line| warn(line));
        let order = match &query {
            Some(query) => batch.matching(query),
            None => batch.entries.sorted(Order::Date, Language::Chinese),
        };
        if batch.has_failed() {
            return Err(Error::Failed);
        }
        chosen.extend(order.into_iter().filter_map(|id| {
            let entry = batch.entries.get(id)?;
            let mate = entry.mate.map(Into::into);
            let (library, path) = (library.clone(), entry.path);
            let files = Files { path, mate };
            Some(ChosenArticle { library, files })
        }));
    }
    Ok(chosen)
}

impl ChosenArticle {
    /// What the article is known by: a URN of its path, in a folder relative to that.
    fn id(&self) -> String {
        let path = &self.files.path;
        let path = match self.library {
            Library::File(_) => std::path::absolute(path).unwrap_or_else(|_| path.clone()),
            _ => path.clone(),
        };
        urn(path.as_os_str().as_encoded_bytes())
    }

    fn written(
        &self,
        number: usize,
        format: ExportFormat,
        languages: &[Language],
    ) -> WrittenArticle {
        let text = self.library.text(&self.files);
        let mut sides: Vec<Language> = languages.iter().map(|side| text.side(*side)).collect();
        sides.dedup();
        let zone = TimeZone::system();
        let article = ExportedArticle {
            text: &text,
            sides: &sides,
            facts: header_facts(&text, sides[0], &zone),
            number,
        };
        let updated = self.updated(&text.article.date, &zone);
        WrittenArticle {
            title: article.title().to_owned(),
            language: sides[0].code(),
            is_bilingual: sides.len() > 1,
            updated,
            body: match format {
                ExportFormat::Html | ExportFormat::Epub => article_body(&article),
                ExportFormat::Atom => atom_entry(&article, &self.id(), updated),
                ExportFormat::Md => article_markdown(&article),
                ExportFormat::Txt => plain_text(&text, &sides),
            },
        }
    }

    /// When the article is from; without a date, when its file was written.
    fn updated(&self, date: &Date, zone: &TimeZone) -> Timestamp {
        let dated = date
            .civil(zone)
            .and_then(|civil| zone.to_timestamp(civil).ok());
        let written = || {
            let path = self.library.on_disk(&self.files.path)?;
            let modified = path.metadata().ok()?.modified().ok()?;
            Timestamp::try_from(modified).ok()
        };
        let updated = dated.or_else(written);
        updated.unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

fn plain_text(text: &Text, sides: &[Language]) -> String {
    let mut out = Vec::new();
    let mut printer = ArticlePrinter {
        out: &mut out,
        theme: None,
        settings: LayoutSettings::new(TEXT_COLUMNS),
    };
    // Writing to memory does not fail.
    let _ = printer.print(text, sides);
    String::from_utf8_lossy(&out).into_owned()
}

/// A URN (RFC 9562, a UUID of version 8) of some bytes.
fn urn(bytes: &[u8]) -> String {
    let hash = XxHash3_128::oneshot(bytes);
    let hash = hash & !(0xF000 << 64) & !(0xC << 60) | 0x8000 << 64 | 0x8 << 60;
    let digits = format!("{hash:032x}");
    let parts = [
        &digits[..8],
        &digits[8..12],
        &digits[12..16],
        &digits[16..20],
        &digits[20..],
    ];
    format!("urn:uuid:{}", parts.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_urn_is_a_uuid_of_version_8() {
        let urn = urn("茶.md".as_bytes());
        assert_eq!(
            urn.len(),
            "urn:uuid:01234567-0123-8123-8123-0123456789ab".len()
        );
        assert_eq!(&urn[23..24], "8");
        assert!("89ab".contains(&urn[28..29]), "{urn}");
    }
}
