//! `jianbao list`: lists the articles of a library, newest first.

use std::io::{self, Write};
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

use super::open;
use super::output::{self, Out, Outcome, PathRecord, shown, theme, warn, write_json, write_toned};
use crate::catalog::{Attention, Entry, EntryId, Mark, Order};
use crate::cli::ListArgs;
use crate::digest::Moment;
use crate::error::Error;
use crate::library::BatchLibrary;
use crate::shell::SettingsFile;
use crate::text::Language;
use crate::view::{Theme, Tone};

pub(super) fn run(arguments: &ListArgs, file: &SettingsFile) -> Result<Outcome, Error> {
    let settings = file.settings();
    let query = arguments.query.as_deref().map(open::query).transpose()?;
    let library = open::library(&arguments.folder)?.with_pairing(settings.pairing);
    let language = arguments.lang.or(settings.reading_language.set());
    let language = language.map_or(Language::Chinese, Language::from);
    let root = open::root(&library).to_owned();
    let batch = library.batch(&mut |line| warn(line));
    let order = match &query {
        Some(query) => batch.matching(query),
        None => batch.entries.sorted(Order::Date, language),
    };
    if batch.has_failed() {
        return Err(Error::Failed);
    }
    let plain = (!arguments.json).then(|| (language, theme(file)));
    output::print(|out| print(&batch, &order, &root, plain, out))?;
    Ok(Outcome::from(query.is_none() || !order.is_empty()))
}

/// Prints as JSON Lines, or with the titles in a language, in the colours of a theme.
fn print(
    batch: &BatchLibrary,
    order: &[EntryId],
    root: &Path,
    plain: Option<(Language, Option<Theme>)>,
    out: &mut Out,
) -> io::Result<()> {
    let opened = plain.is_none().then(|| batch.opened());
    for id in order {
        let Some(mut entry) = batch.entries.get(*id) else {
            continue;
        };
        let opened = opened.as_ref().and_then(|opened| opened(&entry.path));
        let own = batch.annotations.tags_of(&entry.path);
        entry.path = root.join(entry.path);
        entry.mate = entry.mate.map(|mate| root.join(mate));
        let Some((language, theme)) = plain else {
            write_json(
                &ArticleRecord::new(&entry, own, batch.marks.get(*id), opened),
                out,
            )?;
            continue;
        };
        let day = batch
            .entries
            .day(*id)
            .map_or_else(|| "----------".into(), |day| day.to_string());
        print_plain(&entry, &day, language, theme, out)?;
    }
    Ok(())
}

fn print_plain(
    entry: &Entry,
    day: &str,
    language: Language,
    theme: Option<Theme>,
    out: &mut Out,
) -> io::Result<()> {
    let sign = |side: Language| {
        if entry.languages[side as usize] {
            side.sign()
        } else {
            "--"
        }
    };
    let (mark, tone) = if entry.problems > 0 {
        ("! ", Tone::Warning)
    } else {
        ("  ", Tone::Quiet)
    };
    let [chinese, english] = Language::BOTH.map(sign);
    let joint = if entry.is_mixed { '+' } else { ' ' };
    let head = format!("{day}  {chinese}{joint}{english} ");
    write_toned(out, theme, &head, Tone::Quiet)?;
    write_toned(out, theme, mark, tone)?;
    write_toned(out, theme, entry.titles.in_language(language), Tone::Title)?;
    let path = shown(&entry.path);
    let mate = entry.mate.as_deref().map(shown);
    let parts = [entry.source.as_deref(), Some(&*path), mate.as_deref()];
    for part in parts.into_iter().flatten() {
        write_toned(out, theme, &format!(" · {part}"), Tone::Quiet)?;
    }
    out.write_all(b"\n")
}

/// An article in JSON. `jianbao list --help` documents the fields.
#[derive(Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a field of its own in JSON"
)]
pub(super) struct ArticleRecord<'a> {
    #[serde(flatten)]
    path: PathRecord,
    path_en: Option<String>,
    title: &'a str,
    title_zh: Option<&'a str>,
    title_en: Option<&'a str>,
    date: Option<&'a str>,
    moment: Option<String>,
    date_from: Option<&'static str>,
    source: Option<&'a str>,
    tags: &'a [String],
    own_tags: &'a [String],
    languages: Vec<&'static str>,
    mixed: bool,
    problems: u32,
    read: bool,
    finished: bool,
    starred: bool,
    opened: Option<String>,
}

impl<'a> ArticleRecord<'a> {
    pub(super) fn new(
        entry: &'a Entry,
        own: &'a [String],
        mark: Mark,
        opened: Option<i64>,
    ) -> Self {
        let opened = opened.and_then(|time| Timestamp::from_millisecond(time).ok());
        let moment = entry.date.moment.map(|moment| match moment {
            Moment::Instant(instant) => instant.to_string(),
            Moment::Civil(datetime) => datetime.to_string(),
            Moment::Day(day) => day.to_string(),
        });
        let languages = Language::BOTH
            .into_iter()
            .filter(|side| entry.languages[*side as usize]);
        Self {
            path: PathRecord::new(&entry.path),
            path_en: entry
                .mate
                .as_ref()
                .map(|mate| mate.to_string_lossy().into_owned()),
            title: &entry.titles.given,
            title_zh: entry.titles.chinese.as_deref(),
            title_en: entry.titles.english.as_deref(),
            date: Some(entry.date.written.as_str()).filter(|written| !written.is_empty()),
            moment,
            date_from: entry.date.is_from_path.then_some("path"),
            source: entry.source.as_deref(),
            tags: &entry.tags,
            own_tags: own,
            languages: languages.map(Language::code).collect(),
            mixed: entry.is_mixed,
            problems: entry.problems,
            read: mark.attention != Attention::Unread,
            finished: mark.attention == Attention::Finished,
            starred: mark.is_starred,
            opened: opened.map(|time| time.to_string()),
        }
    }
}
