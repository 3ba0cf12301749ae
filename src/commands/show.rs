//! `jianbao show`: prints an article, its header and the typeset text.

use std::io::{self, Write};

use jiff::tz::TimeZone;

use super::open;
use super::output::{self, theme, warn, write_toned};
use crate::bilingual::Text;
use crate::cli::{LanguagesChoice, ShowArgs};
use crate::error::Error;
use crate::markdown::{BlockKind, Document, LeafKind};
use crate::reader::header_facts;
use crate::settings::{BoundedNumber, LanguageCode};
use crate::shell::{SettingsFile, columns, page, styled};
use crate::text::Language;
use crate::typeset::{self, LayoutSettings, MEASURE, Rows};
use crate::view::{Theme, Tone};

/// Prints an article.
pub(super) fn run(arguments: &ShowArgs, file: &SettingsFile) -> Result<(), Error> {
    let settings = file.settings();
    let (library, name) = open::article(&arguments.file)?;
    let library = library.with_pairing(settings.pairing);
    let text = library.text(&library.files_of(&name));
    let measure = settings.measure.set().map_or(MEASURE, BoundedNumber::get);
    let columns = arguments
        .width
        .unwrap_or_else(|| columns().map_or(80, |columns| columns.min(measure)))
        .max(1);
    let languages = match (arguments.lang, settings.reading_language.set()) {
        (Some(choice), _) => choice,
        (None, Some(LanguageCode::En)) => LanguagesChoice::En,
        (None, _) => LanguagesChoice::Zh,
    };
    let theme = theme(file);
    let hang = if arguments.hang {
        settings.hanging_marks.columns()
    } else {
        0
    };
    let settings = LayoutSettings {
        hang,
        spacing: settings.han_spacing.into(),
        hyphenation: settings.hyphenation,
        ambiguous: settings.ambiguous.into(),
        pinyin: settings.pinyin.set().unwrap_or_default(),
        joined_pinyin: settings.joined_pinyin,
        conversion: settings
            .script()
            .and_then(|script| script.over(&text.shown(Language::Chinese).text)),
        ..LayoutSettings::new(columns - hang)
    };
    let mut printed = Vec::new();
    let mut printer = ArticlePrinter {
        out: &mut printed,
        theme,
        settings,
    };
    let written = printer.print_all(&text, languages.languages());
    written.map_err(Error::Output)?;
    let is_shown = !arguments.no_pager
        && page(&printed).unwrap_or_else(|why| {
            warn(why);
            false
        });
    if is_shown {
        return Ok(());
    }
    output::print(|out| out.write_all(&printed))
}

/// Prints articles as rows.
pub(super) struct ArticlePrinter<'a, W> {
    pub(super) out: &'a mut W,
    pub(super) theme: Option<Theme>,
    pub(super) settings: LayoutSettings,
}

impl<W: Write> ArticlePrinter<'_, W> {
    /// Prints these languages, and what is wrong with the article.
    fn print_all(&mut self, text: &Text, languages: &[Language]) -> io::Result<()> {
        self.print(text, languages)?;
        let mut problems = text.problems();
        problems.try_for_each(|problem| self.paragraph(&format!("! {problem}"), Tone::Warning))
    }

    /// Prints these languages; for one that the text lacks, its other language.
    pub(super) fn print(&mut self, text: &Text, languages: &[Language]) -> io::Result<()> {
        let mut sides: Vec<Language> = languages.iter().map(|side| text.side(*side)).collect();
        sides.dedup();
        for (index, side) in sides.iter().enumerate() {
            if index > 0 {
                self.line("", Tone::Plain)?;
            }
            self.paragraph(text.article.titles.in_language(*side), Tone::Title)?;
            if index == 0 {
                let facts = header_facts(text, *side, &TimeZone::system());
                self.paragraph(&facts, Tone::Quiet)?;
                if let Some(link) = &text.article.link {
                    self.paragraph(link, Tone::Quiet)?;
                }
            }
            self.line("", Tone::Plain)?;
            if let Some(document) = text.document(*side) {
                let rows = typeset::set(document, &self.settings);
                for row in 0..rows.rows.len() {
                    self.row(&rows, row, document)?;
                }
            }
        }
        Ok(())
    }

    fn row(&mut self, rows: &Rows, row: usize, document: &Document) -> io::Result<()> {
        let Some(theme) = self.theme else {
            return writeln!(self.out, "{}", rows.plain(row, document));
        };
        let mut column = 0;
        for piece in rows.pieces_of(&rows.rows[row]) {
            let gap = usize::from(piece.column.saturating_sub(column));
            write!(self.out, "{:gap$}", "")?;
            let (text, style) = (rows.text(piece, document), theme.style(piece.role));
            for (part, style) in theme.parts(document, piece, text, style) {
                write!(self.out, "{}", styled(part, style))?;
            }
            column = piece.column + piece.columns;
        }
        writeln!(self.out)
    }

    /// Prints a line, wrapped to the columns.
    fn paragraph(&mut self, text: &str, tone: Tone) -> io::Result<()> {
        let mut document = Document::default();
        document.push(BlockKind::Paragraph, LeafKind::Paragraph, text);
        let settings = LayoutSettings {
            pinyin: false,
            conversion: self.settings.conversion.filter(|_| tone == Tone::Title),
            ..self.settings
        };
        let rows = typeset::set(&document, &settings);
        (0..rows.rows.len()).try_for_each(|row| self.line(&rows.plain(row, &document), tone))
    }

    fn line(&mut self, text: &str, tone: Tone) -> io::Result<()> {
        write_toned(self.out, self.theme, text, tone)?;
        writeln!(self.out)
    }
}
