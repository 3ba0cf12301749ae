//! Findings for people: two lines each, and a last line that counts them.

use std::collections::HashSet;
use std::io::{self, Write};

use super::{Level, Told};
use crate::cli::{ColourChoice, ThemeChoice};
use crate::commands::show;
use crate::shell::styled;
use crate::text::clean_line;
use crate::view::{Theme, Tone};

pub(super) fn print(told: &[Told<'_>], articles: usize, colour: ColourChoice, out: &mut impl Write) -> io::Result<()> {
    let mut printer = Printer { out, theme: show::theme(colour, ThemeChoice::Auto) };
    for Told { item, finding, level } in told {
        let tone = if *level == Level::Denied { Tone::Warning } else { Tone::Quiet };
        printer.write(&format!("{}:{}: ", clean_line(&item.shown.to_string_lossy()), finding.line), Tone::Title)?;
        printer.write(&format!("{} {} ", level.name(), finding.rule.code()), tone)?;
        printer.write(&format!("{}: {}", finding.rule.title(), finding.message), Tone::Plain)?;
        printer.end_line()?;
        printer.write(&format!("    {}", finding.rule.help()), Tone::Quiet)?;
        printer.end_line()?;
    }
    let denied = told.iter().filter(|told| told.level == Level::Denied).count();
    let touched: HashSet<_> = told.iter().map(|told| &told.item.shown).collect();
    let of = counted(articles, "article");
    let summary = if told.is_empty() {
        format!("nothing found in {of}")
    } else {
        format!("{denied} denied and {} in {} of {of}", counted(told.len() - denied, "note"), touched.len())
    };
    printer.write(&summary, if denied > 0 { Tone::Warning } else { Tone::Plain })?;
    printer.end_line()
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

struct Printer<'a, W> {
    out: &'a mut W,
    theme: Option<Theme>,
}

impl<W: Write> Printer<'_, W> {
    fn write(&mut self, text: &str, tone: Tone) -> io::Result<()> {
        match self.theme {
            Some(theme) => write!(self.out, "{}", styled(text, theme.tone(tone))),
            None => self.out.write_all(text.as_bytes()),
        }
    }

    fn end_line(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n")
    }
}
