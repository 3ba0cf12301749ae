//! Exports aligned text, for flash cards, translation memories and scripts.

mod lines;
mod tmx;

use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::parallel_map::parallel_map;
use super::{Answer, open, tell};
use crate::bilingual::{self, Bead, Text};
use crate::cli::{PairsArgs, PairsFormat};
use crate::digest::names_structure;
use crate::error::Error;
use crate::library::Files;
use crate::markdown::{Block, BlockKind, Document};
use crate::text::{Language, clean_line};

/// Two texts that answer each other, cleaned.
#[derive(Debug)]
struct Pair {
    chinese: String,
    english: String,
    /// The lines of the file on which their blocks start.
    lines: [u32; 2],
    confidence: f64,
}

/// The pairs of one article, with what is told of it beside each.
#[derive(Debug)]
struct Article {
    path: String,
    title: String,
    source: Option<String>,
    link: Option<String>,
    pairs: Vec<Pair>,
}

/// A format to export to.
trait Format {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()>;
    fn article(&mut self, article: &Article, out: &mut dyn Write) -> io::Result<()>;
    fn end(&mut self, out: &mut dyn Write) -> io::Result<()>;
}

/// Exports the pairs of an article, or of all articles of a folder in the order of their paths.
///
/// # Errors
/// Where there is nothing to read or nothing can be printed.
pub(super) fn run(arguments: &PairsArgs) -> Result<Answer, Error> {
    let library = open::library(Some(&arguments.path))?;
    let files = library.files(&mut |line| tell(line));
    let mut format: Box<dyn Format> = match arguments.format {
        PairsFormat::Tsv => Box::new(lines::Tsv),
        PairsFormat::Json => Box::new(lines::Json),
        PairsFormat::Tmx => Box::new(tmx::Tmx { sentences: arguments.sentences }),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut found = false;
    format.begin(&mut out).map_err(Error::Output)?;
    let work = |files: &Files| article(&files.path, &library.text(files), arguments.sentences);
    parallel_map(&files, work, |files, result| {
        let Some(article) = result else {
            tell(format_args!("the program failed on {}: please report it", clean_line(&files.path.to_string_lossy())));
            return Ok(());
        };
        found |= !article.pairs.is_empty();
        format.article(&article, &mut out)
    })
    .and_then(|()| format.end(&mut out))
    .and_then(|()| out.flush())
    .map_err(Error::Output)?;
    if !found {
        tell(format_args!("nothing bilingual in {}", clean_line(&arguments.path.to_string_lossy())));
    }
    Ok(if found { Answer::Yes } else { Answer::No })
}

fn article(path: &Path, text: &Text, sentences: bool) -> Article {
    let mut pairs = Vec::new();
    let sides = (text.document(Language::Chinese), text.document(Language::English));
    if let (Some(chinese), Some(english), Some(alignment)) = (sides.0, sides.1, text.alignment()) {
        for bead in &alignment.beads {
            let Some(pair) = pair(bead, chinese, english) else { continue };
            if sentences { split(&pair, &mut pairs) } else { pairs.push(pair) }
        }
    }
    let header = &text.article;
    Article {
        path: clean_line(&path.to_string_lossy()).into_owned(),
        title: header.titles.given.clone(),
        source: header.source.clone(),
        link: header.link.clone(),
        pairs,
    }
}

/// The texts of a bead, where both sides have some.
fn pair(bead: &Bead, chinese: &Document, english: &Document) -> Option<Pair> {
    let side = |language: Language, document: &Document| {
        let blocks = bead.side(language).clone().map(|block| block as usize);
        let told: Vec<usize> =
            blocks.filter(|block| is_told(&document.blocks[*block], document.block_text(*block))).collect();
        let texts: Vec<&str> = told.iter().map(|block| document.block_text(*block).trim()).collect();
        Some((document.blocks[*told.first()?].line, texts.join("\n")))
    };
    let (left, chinese) = side(Language::Chinese, chinese)?;
    let (right, english) = side(Language::English, english)?;
    Some(Pair { chinese, english, lines: [left, right], confidence: open::rounded(bead.confidence) })
}

/// Whether a block is worth learning or remembering: it says something, and is neither code nor what every digest says.
fn is_told(block: &Block, text: &str) -> bool {
    match block.kind {
        BlockKind::Code | BlockKind::Break => false,
        BlockKind::Label | BlockKind::Heading(_) => !names_structure(text) && !text.trim().is_empty(),
        _ => !text.trim().is_empty(),
    }
}

/// Splits a pair into pairs of sentences; those that nothing answers are left out.
fn split(pair: &Pair, pairs: &mut Vec<Pair>) {
    let (beads, left, right) = bilingual::align_sentences(&pair.chinese, &pair.english);
    for bead in beads.iter().filter(|bead| bead.is_pair()) {
        let text = |language: Language, ranges: &[std::ops::Range<usize>], of: &str| {
            let side = bead.side(language);
            let (first, last) = (&ranges[side.start as usize], &ranges[side.end as usize - 1]);
            of[first.start..last.end].trim().to_owned()
        };
        let chinese = text(Language::Chinese, &left, &pair.chinese);
        let english = text(Language::English, &right, &pair.english);
        if !chinese.is_empty() && !english.is_empty() {
            pairs.push(Pair { chinese, english, lines: pair.lines, confidence: pair.confidence });
        }
    }
}
