//! Formats of one line a pair: columns with tabs, and JSON Lines.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::{Article, Format};

/// Columns with tabs between them: Chinese, English, title, path, source.
pub(super) struct Tsv;

impl Format for Tsv {
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn article(&mut self, article: &Article, out: &mut dyn Write) -> io::Result<()> {
        for pair in &article.pairs {
            let source = article.source.as_deref().unwrap_or_default();
            let cells = [&pair.chinese, &pair.english, &article.title, &article.path, source].map(escaped);
            writeln!(out, "{}", cells.join("\t"))?;
        }
        Ok(())
    }

    fn end(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// A text in which no tab and no line break is left, and from which it can be had back.
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

/// One pair in JSON. The names of the fields are promised in `jianbao pairs --help` and the README.
#[derive(Serialize)]
struct Record<'a> {
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

impl Format for Json {
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn article(&mut self, article: &Article, out: &mut dyn Write) -> io::Result<()> {
        for pair in &article.pairs {
            let record = Record {
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
            serde_json::to_writer(&mut *out, &record)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn end(&mut self, _: &mut dyn Write) -> io::Result<()> {
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
