//! `jianbao pairs`: exports aligned text for flash cards, translation memories and scripts.

use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;

use serde::Serialize;
use serde_json::Value;

use super::open;
use super::output::{self, Out, Outcome, rounded, shown, warn, write_json};
use super::parallel_map::parallel_map;
use crate::bilingual::{Alignment, Bead, Sentences, Text};
use crate::cli::{PairsArgs, PairsFormat};
use crate::digest::names_structure;
use crate::error::Error;
use crate::export::xml;
use crate::library::Files;
use crate::markdown::{Block, BlockKind, Document};
use crate::text::Language;

/// Exports the pairs of an article, or of all articles of a folder in the order of their paths.
pub(super) fn run(arguments: &PairsArgs) -> Result<Outcome, Error> {
    let library = open::library(&arguments.path)?;
    let files = library.files(&mut |line| warn(line));
    let levels = match (arguments.format, arguments.sentences) {
        (PairsFormat::Tmx, _) => &[PairLevel::Paragraph, PairLevel::Sentence][..],
        (_, true) => &[PairLevel::Sentence],
        (_, false) => &[PairLevel::Paragraph],
    };
    let pairs = |files: &Files| ArticlePairs::new(&files.path, &library.text(files), levels);
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
                None => warn(tr!(
                    "the program failed on {file}: please report it",
                    file = shown(&files.path)
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
        warn(tr!(
            "nothing bilingual in {path}",
            path = shown(&arguments.path)
        ));
    }
    Ok(Outcome::from(is_any))
}

/// A Chinese and an English text that correspond, cleaned, and the lines of the file on which their
/// blocks start. `jianbao pairs --help` documents the fields in JSON.
#[derive(Debug, Serialize)]
struct TextPair {
    zh: String,
    en: String,
    zh_line: u32,
    en_line: u32,
    confidence: f64,
    #[serde(skip)]
    level: PairLevel,
}

/// What a pair consists of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum PairLevel {
    #[default]
    Paragraph,
    Sentence,
}

impl PairLevel {
    /// Its name in TMX.
    const fn name(self) -> &'static str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Sentence => "sentence",
        }
    }
}

/// The pairs of one article, and what is exported with each.
#[derive(Debug, Serialize)]
struct ArticlePairs {
    title: String,
    path: String,
    source: Option<String>,
    link: Option<String>,
    #[serde(skip)]
    pairs: Vec<TextPair>,
}

/// The pairs of paragraphs of an article, or of its sentences, in JSON.
pub(super) fn article_pairs(path: &Path, text: &Text, is_sentences: bool) -> Vec<Value> {
    let level = if is_sentences {
        PairLevel::Sentence
    } else {
        PairLevel::Paragraph
    };
    let pairs = ArticlePairs::new(path, text, &[level]).pairs.into_iter();
    pairs
        .filter_map(|pair| serde_json::to_value(pair).ok())
        .collect()
}

impl ArticlePairs {
    /// The pairs of a text of some levels, by the lines of the Chinese text.
    fn new(path: &Path, text: &Text, levels: &[PairLevel]) -> Self {
        let mut pairs = Vec::new();
        let documents = text
            .document(Language::Chinese)
            .zip(text.document(Language::English));
        if let (Some((chinese, english)), Some(alignment)) = (documents, text.alignment()) {
            for level in levels {
                match level {
                    PairLevel::Paragraph => {
                        let beads = alignment.beads.iter();
                        pairs.extend(beads.filter_map(|bead| pair(bead, chinese, english)));
                    }
                    PairLevel::Sentence => pairs.extend(sentence_pairs(text, alignment)),
                }
            }
            pairs.sort_by_key(|pair| pair.zh_line);
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

/// The exported text of some blocks, and the line of the file on which the first one starts; None if no block is
/// exported.
fn exported(blocks: &Range<u32>, document: &Document) -> Option<(String, u32)> {
    let blocks = blocks.clone().map(|block| block as usize);
    let said = blocks.filter(|&at| is_exported(&document.blocks[at], document.block_text(at)));
    let mut said = said.peekable();
    let line = document.blocks[*said.peek()?].line;
    let texts: Vec<&str> = said.map(|at| document.block_text(at).trim()).collect();
    Some((texts.join("\n"), line))
}

fn pair(bead: &Bead, chinese: &Document, english: &Document) -> Option<TextPair> {
    let (zh, zh_line) = exported(&bead.chinese, chinese)?;
    let (en, en_line) = exported(&bead.english, english)?;
    Some(TextPair {
        zh,
        en,
        zh_line,
        en_line,
        confidence: rounded(bead.confidence),
        level: PairLevel::Paragraph,
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

/// The pairs of sentences of an article; sentences without a translation are left out.
fn sentence_pairs(text: &Text, alignment: &Alignment) -> Vec<TextPair> {
    let sentences = Sentences::new(text, Some(alignment));
    let pairs = sentences.pairs().map(|pair| {
        let part = |side: Language| {
            let (document, range) = (text.shown(side), pair.side(side));
            let block = document.block_at(range.start).unwrap_or(0);
            let said = sentences.text(side, document, range);
            (said, document.blocks[block].line)
        };
        let ((zh, zh_line), (en, en_line)) = (part(Language::Chinese), part(Language::English));
        TextPair {
            zh,
            en,
            zh_line,
            en_line,
            confidence: rounded(pair.confidence),
            level: PairLevel::Sentence,
        }
    });
    pairs.collect()
}

/// Prints a line for each pair, its columns separated by tabs: Chinese, English, title, path,
/// source, and of sentences the confidence.
fn print_tsv(article: &ArticlePairs, out: &mut Out) -> io::Result<()> {
    for pair in &article.pairs {
        let source = article.source.as_deref().unwrap_or_default();
        let cells = [&pair.zh, &pair.en, &article.title, &article.path, source].map(escaped);
        let confidence = match pair.level {
            PairLevel::Paragraph => String::new(),
            PairLevel::Sentence => format!("\t{}", pair.confidence),
        };
        writeln!(out, "{}{confidence}", cells.join("\t"))?;
    }
    Ok(())
}

/// A text with tabs, line breaks and backslashes escaped.
fn escaped(text: &str) -> String {
    let escapes = [('\\', "\\\\"), ('\t', "\\t"), ('\n', "\\n"), ('\r', "\\r")];
    let escape = |text: String, (c, escape): (char, &str)| text.replace(c, escape);
    escapes.into_iter().fold(text.to_owned(), escape)
}

fn print_json(article: &ArticlePairs, out: &mut Out) -> io::Result<()> {
    #[derive(Serialize)]
    struct PairRecord<'a> {
        #[serde(flatten)]
        pair: &'a TextPair,
        #[serde(flatten)]
        article: &'a ArticlePairs,
    }
    let mut pairs = article.pairs.iter();
    pairs.try_for_each(|pair| write_json(&PairRecord { pair, article }, out))
}

/// Begins a document in TMX 1.4b, the exchange format of translation memories (LISA OSCAR, 2005;
/// now kept by GALA).
fn begin_tmx(sentences: bool, out: &mut impl Write) -> io::Result<()> {
    let segments = if sentences {
        PairLevel::Sentence
    } else {
        PairLevel::Paragraph
    };
    let segments = segments.name();
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
        let confidence = pair.confidence.to_string();
        writeln!(out, r#"    <tu segtype="{}">"#, pair.level.name())?;
        let of_pair = [("x-confidence", Some(&confidence))];
        for (kind, value) in of_article
            .into_iter()
            .chain(of_pair)
            .filter_map(|(kind, value)| Some((kind, value?)))
        {
            writeln!(out, r#"      <prop type="{kind}">{}</prop>"#, xml(value))?;
        }
        for (language, text) in [("zh-CN", &pair.zh), ("en", &pair.en)] {
            writeln!(
                out,
                r#"      <tuv xml:lang="{language}"><seg>{}</seg></tuv>"#,
                xml(text)
            )?;
        }
        writeln!(out, "    </tu>")?;
    }
    Ok(())
}

fn end_tmx(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "  </body>\n</tmx>")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The document with one unit of two texts, and what a parser reads from it.
    fn parsed(chinese: &str, english: &str) -> Vec<String> {
        let pair = TextPair {
            zh: chinese.into(),
            en: english.into(),
            zh_line: 1,
            en_line: 2,
            confidence: 1.0,
            level: PairLevel::Sentence,
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
        let is_confidence = |node: &roxmltree::Node| node.attribute("type") == Some("x-confidence");
        let segments = document
            .descendants()
            .filter(|node| node.has_tag_name("seg") || node.has_tag_name("prop"))
            .filter(|node| !is_confidence(node));
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
            let kept = |text: &str| text.chars().filter(|c| !xml(&c.to_string()).is_empty()).collect::<String>();
            let found = parsed(&chinese, &english);
            prop_assert_eq!(&found[3], &kept(&chinese));
            prop_assert_eq!(&found[4], &kept(&english));
        }
    }

    #[test]
    fn cells_hold_neither_tabs_nor_line_breaks() {
        assert_eq!(escaped("a\tb\nc\\n"), "a\\tb\\nc\\\\n");
    }
}
