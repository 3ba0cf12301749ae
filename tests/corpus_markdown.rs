//! Parses every real article there is at hand: no panic, every invariant holds, nothing hostile
//! comes through.

#[path = "../src/markdown/check_tests.rs"]
mod check;

use std::fs;
use std::path::Path;

use check::check;
use jianbao::bilingual::{Text, block_texts};
use jianbao::digest;
use jianbao::markdown::{BlockKind, BlockTexts, Document, LeafKind, Table, parse};
use jianbao::text::Language;
use jianbao::text::{SourceKind, SourcePart};

#[path = "support/corpus.rs"]
mod corpus;

use corpus::files_below;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus");

/// What is read as Markdown.
const ENDINGS: [&str; 3] = ["md", "markdown", "txt"];

fn document(text: &str) -> Document {
    parse(
        &[SourcePart {
            kind: SourceKind::Markdown,
            source: text,
            line: 1,
        }],
        "",
    )
}

/// The Han characters of a text, counted.
fn han(text: &str) -> usize {
    text.chars().filter(|&c| jianbao::text::is_han(c)).count()
}

/// A text without what is rightly not shown: comments, link reference definitions, attributes,
/// scripts and styles.
fn without_hidden(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    let definition = |line: &&str| line.trim_start().starts_with('[') && line.contains("]:");
    let tag = |line: &&str| line.trim_start().starts_with('<');
    kept.lines()
        .filter(|line| !definition(line) && !tag(line))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn every_file_of_the_corpus_keeps_the_invariants() {
    let paths = files_below(Path::new(CORPUS), &ENDINGS);
    if paths.is_empty() {
        println!("skipped: no corpus at {CORPUS}");
        return;
    }
    for path in &paths {
        let bytes = fs::read(path).expect("a file of the corpus");
        let text = String::from_utf8_lossy(&bytes);
        let document = document(&text);
        check(&document).unwrap_or_else(|broken| panic!("{}: {broken}", path.display()));
        let hostile = document
            .text
            .chars()
            .find(|c| c.is_control() && !matches!(c, '\n' | '\t'));
        assert_eq!(hostile, None, "{}", path.display());
        let hostile = document
            .links
            .iter()
            .flat_map(|link| link.target.chars())
            .find(|c| c.is_control());
        assert_eq!(hostile, None, "a link of {}", path.display());
        for placeholder in "\u{1CC0}\u{1CC1}\u{1CC2}".chars() {
            assert_eq!(
                document.text.contains(placeholder),
                text.contains(placeholder),
                "{}",
                path.display()
            );
        }
        let targets: usize = document.links.iter().map(|link| han(&link.target)).sum();
        let (shown, held) = (han(&document.text) + targets, han(&without_hidden(&text)));
        assert!(
            shown * 100 >= held * 97,
            "{}: of {held} Han characters {shown} are shown",
            path.display()
        );
        let lines = text.lines().count() as u32 + text.matches('\r').count() as u32 + 1;
        assert!(
            document.blocks.iter().all(|block| block.line <= lines),
            "{}",
            path.display()
        );
    }
    println!("{} files", paths.len());
}

#[test]
fn what_is_searched_of_an_article_is_what_its_documents_hold() {
    let mut paths = Vec::new();
    for folder in [
        CORPUS,
        concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds"),
        concat!(env!("CARGO_MANIFEST_DIR"), "/assets"),
    ] {
        paths.extend(files_below(Path::new(folder), &ENDINGS));
    }
    for path in &paths {
        let article = digest::read(&fs::read(path).expect("a file"), &path.to_string_lossy());
        let texts = block_texts(&article);
        let text = Text::new(article);
        for (side, texts) in Language::BOTH.into_iter().zip(&texts) {
            assert_eq!(
                text.document(side).map(BlockTexts::from),
                *texts,
                "{}",
                path.display()
            );
        }
    }
    println!("{} articles", paths.len());
    assert!(
        paths.len() >= 14,
        "at least the samples of the project are there"
    );
}
