//! Formats with one line for each pair: columns separated by tabs, and JSON Lines.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::aligned::ArticlePairs;
use crate::commands::output::write_json;

/// A format of `pairs`.
pub(super) trait PairFormat {
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn article(&mut self, article: &ArticlePairs, out: &mut dyn Write) -> io::Result<()>;

    fn end(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// Columns separated by tabs: Chinese, English, title, path, source.
pub(super) struct Tsv;

impl PairFormat for Tsv {
    fn article(&mut self, article: &ArticlePairs, out: &mut dyn Write) -> io::Result<()> {
        for pair in &article.pairs {
            let source = article.source.as_deref().unwrap_or_default();
            let cells = [&pair.chinese, &pair.english, &article.title, &article.path, source].map(escaped);
            writeln!(out, "{}", cells.join("\t"))?;
        }
        Ok(())
    }
}

/// A text with tabs, line breaks and backslashes escaped.
fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['\\', '\t', '\n', '\r']) {
        return Cow::Borrowed(text);
    }
    let escape = |c: char| match c {
        '\\' => "\\\\".to_owned(),
        '\t' => "\\t".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        c => c.to_string(),
    };
    Cow::Owned(text.chars().map(escape).collect())
}

/// JSON Lines.
pub(super) struct Json;

/// A pair in JSON. `jianbao pairs --help` documents the fields.
#[derive(Serialize)]
struct PairRecord<'a> {
    zh: &'a str,
    en: &'a str,
    zh_line: u32,
    en_line: u32,
    confidence: f64,
    title: &'a str,
    path: &'a str,
    source: Option<&'a str>,
    link: Option<&'a str>,
}

impl PairFormat for Json {
    fn article(&mut self, article: &ArticlePairs, out: &mut dyn Write) -> io::Result<()> {
        for pair in &article.pairs {
            let record = PairRecord {
                zh: &pair.chinese,
                en: &pair.english,
                zh_line: pair.lines[0],
                en_line: pair.lines[1],
                confidence: pair.confidence,
                title: &article.title,
                path: &article.path,
                source: article.source.as_deref(),
                link: article.link.as_deref(),
            };
            write_json(&record, out)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_hold_neither_tabs_nor_line_breaks() {
        assert_eq!(escaped("a\tb\nc\\n"), "a\\tb\\nc\\\\n");
        assert!(matches!(escaped("平常"), Cow::Borrowed(_)));
    }
}
