//! `jianbao pairs`: exports aligned text for flash cards, translation memories and scripts.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;

use serde::Serialize;

use super::open;
use super::output::{self, Out, Outcome, rounded, shown, warn, write_json};
use super::parallel_map::parallel_map;
use crate::bilingual::{self, Bead, Text};
use crate::cli::{PairsArgs, PairsFormat};
use crate::digest::names_structure;
use crate::error::Error;
use crate::library::Files;
use crate::markdown::{Block, BlockKind, Document};
use crate::text::Language;

/// Exports the pairs of an article, or of all articles of a folder in the order of their paths.
pub(super) fn run(arguments: &PairsArgs) -> Result<Outcome, Error> {
    let library = open::library(Some(&arguments.path))?;
    let files = library.files(&mut |line| warn(line));
    let pairs =
        |files: &Files| ArticlePairs::new(&files.path, &library.text(files), arguments.sentences);
    let mut is_any = false;
    output::print(|out| {
        if arguments.format == PairsFormat::Tmx {
            begin_tmx(arguments.sentences, out)?;
        }
        for (files, article) in parallel_map(&files, pairs) {
            match article {
                Some(article) => {
                    is_any |= !article.pairs.is_empty();
                    match arguments.format {
                        PairsFormat::Tsv => print_tsv(&article, out)?,
                        PairsFormat::Json => print_json(&article, out)?,
                        PairsFormat::Tmx => print_tmx(&article, out)?,
                    }
                }
                None => warn(format_args!(
                    "the program failed on {}: please report it",
                    shown(&files.path)
                )),
            }
        }
        if arguments.format == PairsFormat::Tmx {
            end_tmx(out)
        } else {
            Ok(())
        }
    })?;
    if !is_any {
        warn(format_args!(
            "nothing bilingual in {}",
            shown(&arguments.path)
        ));
    }
    Ok(if is_any { Outcome::Yes } else { Outcome::No })
}

/// A Chinese and an English text that correspond, cleaned.
#[derive(Debug)]
struct TextPair {
    chinese: String,
    english: String,
    /// The lines of the file on which their blocks start.
    lines: [u32; 2],
    confidence: f64,
}

/// The pairs of one article, and what is exported with each.
#[derive(Debug)]
struct ArticlePairs {
    path: String,
    title: String,
    source: Option<String>,
    link: Option<String>,
    pairs: Vec<TextPair>,
}

impl ArticlePairs {
    /// The pairs of a text: of paragraphs, or of sentences.
    fn new(path: &Path, text: &Text, sentences: bool) -> Self {
        let mut pairs = Vec::new();
        let documents = text
            .document(Language::Chinese)
            .zip(text.document(Language::English));
        if let (Some((chinese, english)), Some(alignment)) = (documents, text.alignment()) {
            for pair in alignment
                .beads
                .iter()
                .filter_map(|bead| pair(bead, chinese, english))
            {
                if sentences {
                    pairs.extend(sentence_pairs(&pair));
                } else {
                    pairs.push(pair);
                }
            }
        }
        let article = &text.article;
        Self {
            path: shown(path),
            title: article.titles.given.clone(),
            source: article.source.clone(),
            link: article.link.clone(),
            pairs,
        }
    }
}

/// The texts of a bead, if both sides have some.
fn pair(bead: &Bead, chinese: &Document, english: &Document) -> Option<TextPair> {
    let side = |language: Language, document: &Document| {
        let blocks = bead.side(language).clone().map(|block| block as usize);
        let is_exported = |at: &usize| is_exported(&document.blocks[*at], document.block_text(*at));
        let exported: Vec<usize> = blocks.filter(is_exported).collect();
        let texts: Vec<&str> = exported
            .iter()
            .map(|at| document.block_text(*at).trim())
            .collect();
        Some((document.blocks[*exported.first()?].line, texts.join("\n")))
    };
    let (left, chinese) = side(Language::Chinese, chinese)?;
    let (right, english) = side(Language::English, english)?;
    Some(TextPair {
        chinese,
        english,
        lines: [left, right],
        confidence: rounded(bead.confidence),
    })
}

/// Whether a block has text that is neither code nor a label that every digest has.
fn is_exported(block: &Block, text: &str) -> bool {
    match block.kind {
        BlockKind::Code | BlockKind::Break => false,
        BlockKind::Label | BlockKind::Heading(_) => {
            !names_structure(text) && !text.trim().is_empty()
        }
        _ => !text.trim().is_empty(),
    }
}

/// The pairs of sentences in a pair; sentences without a translation are left out.
fn sentence_pairs(pair: &TextPair) -> Vec<TextPair> {
    let (beads, left, right) = bilingual::align_sentences(&pair.chinese, &pair.english);
    let text = |sentences: &Range<u32>, ranges: &[Range<usize>], text: &str| {
        let first = &ranges[sentences.start as usize];
        let last = &ranges[sentences.end as usize - 1];
        text[first.start..last.end].trim().to_owned()
    };
    let sentence_pair = |bead: &Bead| TextPair {
        chinese: text(bead.side(Language::Chinese), &left, &pair.chinese),
        english: text(bead.side(Language::English), &right, &pair.english),
        lines: pair.lines,
        confidence: pair.confidence,
    };
    let pairs = beads
        .iter()
        .filter(|bead| bead.is_pair())
        .map(sentence_pair);
    pairs
        .filter(|pair| !pair.chinese.is_empty() && !pair.english.is_empty())
        .collect()
}

/// Prints a line for each pair, its columns separated by tabs: Chinese, English, title, path,
/// source.
fn print_tsv(article: &ArticlePairs, out: &mut Out) -> io::Result<()> {
    for pair in &article.pairs {
        let source = article.source.as_deref().unwrap_or_default();
        let cells = [
            &pair.chinese,
            &pair.english,
            &article.title,
            &article.path,
            source,
        ]
        .map(escaped);
        writeln!(out, "{}", cells.join("\t"))?;
    }
    Ok(())
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

fn print_json(article: &ArticlePairs, out: &mut Out) -> io::Result<()> {
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

/// Begins a document in TMX 1.4b, the exchange format of translation memories (LISA OSCAR, 2005;
/// now kept by GALA).
fn begin_tmx(sentences: bool, out: &mut impl Write) -> io::Result<()> {
    let segments = if sentences { "sentence" } else { "paragraph" };
    writeln!(
        out,
        r#"<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
  <header creationtool="jianbao" creationtoolversion="{}" segtype="{segments}" o-tmf="Markdown" adminlang="en" srclang="zh-CN" datatype="plaintext"/>
  <body>"#,
        env!("CARGO_PKG_VERSION")
    )
}

fn print_tmx(article: &ArticlePairs, out: &mut impl Write) -> io::Result<()> {
    let of_article = [
        ("x-title", Some(&article.title)),
        ("x-article", Some(&article.path)),
        ("x-source", article.source.as_ref()),
        ("x-link", article.link.as_ref()),
    ];
    for pair in &article.pairs {
        writeln!(out, "    <tu>")?;
        for (kind, value) in of_article
            .into_iter()
            .filter_map(|(kind, value)| Some((kind, value?)))
        {
            writeln!(
                out,
                r#"      <prop type="{kind}">{}</prop>"#,
                Escaped(value)
            )?;
        }
        for (language, text) in [("zh-CN", &pair.chinese), ("en", &pair.english)] {
            writeln!(
                out,
                r#"      <tuv xml:lang="{language}"><seg>{}</seg></tuv>"#,
                Escaped(text)
            )?;
        }
        writeln!(out, "    </tu>")?;
    }
    Ok(())
}

fn end_tmx(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "  </body>\n</tmx>")
}

/// A text as character data of XML 1.0: markup is escaped, and forbidden characters are left out.
struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) =
            rest.find(|c: char| matches!(c, '&' | '<' | '>' | '"' | '\'' | '\r') || !is_char(c))
        {
            f.write_str(&rest[..at])?;
            let mut left = rest[at..].chars();
            match left.next() {
                Some('&') => f.write_str("&amp;")?,
                Some('<') => f.write_str("&lt;")?,
                Some('>') => f.write_str("&gt;")?,
                Some('"') => f.write_str("&quot;")?,
                Some('\'') => f.write_str("&apos;")?,
                Some('\r') => f.write_str("&#13;")?,
                _ => {}
            }
            rest = left.as_str();
        }
        f.write_str(rest)
    }
}

/// Whether XML 1.0 allows a character (production 2, `Char`).
const fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The document with one unit of two texts, and what a parser reads from it.
    fn parsed(chinese: &str, english: &str) -> Vec<String> {
        let pair = TextPair {
            chinese: chinese.into(),
            english: english.into(),
            lines: [1, 2],
            confidence: 1.0,
        };
        let article = ArticlePairs {
            path: english.into(),
            title: chinese.into(),
            source: Some("a & b".into()),
            link: None,
            pairs: vec![pair],
        };
        let mut out = Vec::new();
        begin_tmx(false, &mut out).unwrap();
        print_tmx(&article, &mut out).unwrap();
        end_tmx(&mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let document =
            roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let segments = document
            .descendants()
            .filter(|node| node.has_tag_name("seg") || node.has_tag_name("prop"));
        segments
            .map(|node| node.text().unwrap_or_default().to_owned())
            .collect()
    }

    #[test]
    fn markup_is_text() {
        let found = parsed("<b>甲 & 乙</b>]]>", "\"A\" <!-- & 'B' &amp;\r\n");
        let expected = [
            "<b>甲 & 乙</b>]]>",
            "\"A\" <!-- & 'B' &amp;\r\n",
            "a & b",
            "<b>甲 & 乙</b>]]>",
            "\"A\" <!-- & 'B' &amp;\r\n",
        ];
        assert_eq!(found, expected);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn any_text_is_well_formed_and_comes_back(chinese in "[\\x00-\\x1f\\x7f-\\x9f&<>\\]\u{FFFE}\u{FFFF}\u{202E}中a]{0,20}|\\PC{0,20}", english in any::<String>()) {
            let kept = |text: &str| text.chars().filter(|c| is_char(*c)).collect::<String>();
            let found = parsed(&chinese, &english);
            prop_assert_eq!(&found[3], &kept(&chinese));
            prop_assert_eq!(&found[4], &kept(&english));
        }
    }

    #[test]
    fn cells_hold_neither_tabs_nor_line_breaks() {
        assert_eq!(escaped("a\tb\nc\\n"), "a\\tb\\nc\\\\n");
        assert!(matches!(escaped("平常"), Cow::Borrowed(_)));
    }
}
