//! Prints an article: header and typeset text.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use jiff::tz::TimeZone;

use super::open;
use crate::bilingual::Text;
use crate::cli::{ColourChoice, ShowArgs, ThemeChoice};
use crate::error::Error;
use crate::library::Library;
use crate::markdown::Document;
use crate::shell::{background, colour_depth, columns, styled};
use crate::text::Language;
use crate::typeset::{self, LayoutSettings, Rows};
use crate::view::{ColourDepth, Theme, Tone};

/// The widest text that is still read with ease, in columns.
const MEASURE: u16 = 88;

/// Prints an article.
///
/// # Errors
/// Where it cannot be read or printed.
pub(super) fn run(arguments: &ShowArgs) -> Result<(), Error> {
    let library = open::library(Some(&arguments.file))?.with_pairing(!arguments.pairing.no_pairing);
    if matches!(library, Library::Folder(_)) {
        return Err(Error::path(&arguments.file, "it is a folder; to see what is in it, use `jianbao list`"));
    }
    let name = if arguments.file == Path::new("-") { Path::new("standard input") } else { &arguments.file };
    let text = Text::new(library.article(name));
    let width = arguments.width.unwrap_or_else(|| columns().map_or(80, |columns| columns.min(MEASURE)));
    let out = BufWriter::new(io::stdout().lock());
    let settings =
        LayoutSettings { columns: width.max(1), ambiguous: arguments.ambiguous.into(), pinyin: arguments.pinyin };
    let mut printer = Printer { out, theme: theme(arguments.color, arguments.theme), settings };
    printer.text(&text, arguments.lang.languages()).map_err(Error::Output)
}

/// The theme to print with; none where the text is to be plain.
pub(super) fn theme(colour: ColourChoice, theme: ThemeChoice) -> Option<Theme> {
    let depth = match colour {
        ColourChoice::Never => return None,
        ColourChoice::Auto if !io::stdout().is_terminal() => return None,
        ColourChoice::Auto => colour_depth(),
        // Asked for in so many words, so a pipe or NO_COLOR does not count.
        ColourChoice::Always => colour_depth().max(ColourDepth::Ansi16),
    };
    Some(Theme::new(theme.background().or_else(background).unwrap_or_default(), depth))
}

struct Printer<W> {
    out: W,
    theme: Option<Theme>,
    settings: LayoutSettings,
}

impl<W: Write> Printer<W> {
    /// Prints the languages wanted: all that the text has, or what it has instead.
    fn text(&mut self, text: &Text, wanted: &[Language]) -> io::Result<()> {
        let mut sides: Vec<Language> = wanted.iter().map(|side| text.side(*side)).collect();
        sides.dedup();
        for (index, side) in sides.iter().enumerate() {
            if index > 0 {
                self.line("", Tone::Plain)?;
            }
            self.line(text.article.titles.in_language(*side), Tone::Title)?;
            if index == 0 {
                self.header(text)?;
            }
            self.line("", Tone::Plain)?;
            if let Some(document) = text.document(*side) {
                self.document(document)?;
            }
        }
        for problem in text.problems() {
            self.line(&format!("! {problem}"), Tone::Warning)?;
        }
        self.out.flush()
    }

    fn header(&mut self, text: &Text) -> io::Result<()> {
        let article = &text.article;
        let date = article.date.civil(&TimeZone::system()).map(|date| date.strftime("%Y-%m-%d %H:%M").to_string());
        let date = date.or_else(|| Some(article.date.written.clone()).filter(|written| !written.is_empty()));
        let languages = Language::BOTH.into_iter().filter(|side| text.document(*side).is_some());
        let languages: Vec<&str> = languages.map(Language::sign).collect();
        let parts = [date, article.source.clone(), Some(article.tags.join(", ")), Some(languages.join(" "))];
        let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        self.line(&parts.join(" · "), Tone::Quiet)?;
        article.link.as_ref().map_or(Ok(()), |link| self.line(link, Tone::Quiet))
    }

    fn document(&mut self, document: &Document) -> io::Result<()> {
        let rows = typeset::set(document, &self.settings);
        for row in 0..rows.rows.len() {
            self.row(&rows, row, document)?;
        }
        Ok(())
    }

    fn row(&mut self, rows: &Rows, row: usize, document: &Document) -> io::Result<()> {
        let Some(theme) = self.theme else { return writeln!(self.out, "{}", rows.plain(row, document)) };
        let mut column = 0;
        for piece in rows.pieces_of(&rows.rows[row]) {
            write!(self.out, "{:1$}", "", usize::from(piece.column.saturating_sub(column)))?;
            write!(self.out, "{}", styled(rows.text(piece, document), theme.style(piece.role)))?;
            column = piece.column + piece.columns;
        }
        writeln!(self.out)
    }

    fn line(&mut self, text: &str, tone: Tone) -> io::Result<()> {
        match self.theme {
            Some(theme) => write!(self.out, "{}", styled(text, theme.tone(tone)))?,
            None => self.out.write_all(text.as_bytes())?,
        }
        writeln!(self.out)
    }
}
