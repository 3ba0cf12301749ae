//! `jianbao stats`: counts articles by day, tag and source, and what was read.

use std::collections::BTreeMap;
use std::io::{self, Write};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::open;
use super::output::{self, Out, Outcome, theme, warn, write_json, write_toned};
use crate::catalog::{Order, Statistics};
use crate::cli::{StatsArgs, StatsFormat};
use crate::error::Error;
use crate::export::statistics_picture;
use crate::reader::{many, statistics_lines};
use crate::shell::{SettingsFile, columns};
use crate::text::{Language, clean_line};
use crate::typeset::{self, Ambiguous};
use crate::view::{Theme, Tone};

pub(super) fn run(arguments: &StatsArgs, file: &SettingsFile) -> Result<Outcome, Error> {
    let settings = file.settings();
    let query = arguments.query.as_deref().map(open::query).transpose()?;
    let library = open::library(&arguments.folder)?.with_pairing(settings.pairing);
    let batch = library.batch(&mut |line| warn(line));
    let ids = match &query {
        Some(query) => batch.matching(query),
        None => batch.entries.sorted(Order::Date, Language::Chinese),
    };
    if batch.has_failed() {
        return Err(Error::Failed);
    }
    let opened = batch.opened();
    let opened = |id| opened(&batch.entries.get(id)?.path);
    let all = Statistics::new(
        &batch.entries,
        &ids,
        (&batch.marks, &batch.annotations),
        opened,
    );
    let format = if arguments.json {
        StatsFormat::Json
    } else {
        arguments.format
    };
    let today = batch.entries.zone().to_datetime(Timestamp::now()).date();
    output::print(|out| match format {
        StatsFormat::Text => {
            let printer = StatisticsPrinter {
                theme: theme(file),
                ambiguous: settings.ambiguous.into(),
            };
            printer.print(&all, today, arguments.top, out)
        }
        StatsFormat::Json => write_json(&StatisticsRecord::new(&all, today), out),
        StatsFormat::Svg => {
            let folder = std::path::absolute(&arguments.folder).unwrap_or_default();
            let name = folder.file_name().unwrap_or_default().to_string_lossy();
            let name = arguments.query.as_deref().unwrap_or(&name);
            let title = format!("{} · {}", clean_line(name), many(ids.len(), "article"));
            out.write_all(statistics_picture(&all, &title, arguments.top).as_bytes())
        }
    })?;
    Ok(Outcome::from(query.is_none() || !ids.is_empty()))
}

struct StatisticsPrinter {
    theme: Option<Theme>,
    ambiguous: Ambiguous,
}

impl StatisticsPrinter {
    fn print(&self, all: &Statistics, today: Date, top: usize, out: &mut Out) -> io::Result<()> {
        let room = usize::from(columns().unwrap_or(80));
        let lines = statistics_lines(all, Some(today), top, room, self.ambiguous);
        let width = |label: &str| typeset::columns(label, self.ambiguous);
        let labels = lines.iter().map(|line| width(&line.label)).max();
        let labels = labels.unwrap_or(0) + 2;
        writeln!(out, "{}", many(all.articles as usize, "article"))?;
        if all.undated > 0 {
            writeln!(
                out,
                "{}",
                tr!("{count} without a date", count = all.undated)
            )?;
        }
        writeln!(out)?;
        for line in lines {
            if line.is_title {
                write_toned(out, self.theme, &line.text, Tone::Title)?;
            } else if !line.text.is_empty() {
                let blank = labels - width(&line.label);
                write_toned(out, self.theme, &line.label, Tone::Quiet)?;
                write!(out, "{:blank$}{}", "", line.text.trim_end())?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

/// The statistics in JSON. `jianbao stats --help` documents the fields.
#[derive(Serialize)]
struct StatisticsRecord<'a> {
    articles: u32,
    unread: u32,
    read: u32,
    finished: u32,
    starred: u32,
    undated: u32,
    languages: BTreeMap<&'static str, u32>,
    days: BTreeMap<String, u32>,
    tags: Vec<CountRecord<'a>>,
    sources: Vec<CountRecord<'a>>,
    opened: BTreeMap<String, u32>,
    streak: u32,
    longest_streak: u32,
}

#[derive(Serialize)]
struct CountRecord<'a> {
    name: &'a str,
    articles: u32,
}

impl<'a> StatisticsRecord<'a> {
    fn new(all: &'a Statistics, today: Date) -> Self {
        let days = |days: &BTreeMap<Date, u32>| {
            let days = days.iter().map(|(day, count)| (day.to_string(), *count));
            days.collect()
        };
        let counts = |values: &'a [(String, u32)]| {
            let values = values.iter();
            let record = |(name, articles): &'a (String, u32)| CountRecord {
                name,
                articles: *articles,
            };
            values.map(record).collect()
        };
        let (streak, longest_streak) = all.streaks(today);
        let [unread, begun, finished] = all.attention;
        Self {
            articles: all.articles,
            unread,
            read: begun + finished,
            finished,
            starred: all.starred,
            undated: all.undated,
            languages: ["both", "zh", "en", "mixed", "unknown"]
                .into_iter()
                .zip(all.languages)
                .collect(),
            days: days(&all.days),
            tags: counts(&all.tags),
            sources: counts(&all.sources),
            opened: days(&all.opened),
            streak,
            longest_streak,
        }
    }
}
