//! The sample digests: they are sound, the same in both languages, and show what the program can
//! do.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use jianbao::bilingual::Text;
use jianbao::digest;
use jianbao::library::SAMPLES;
use jianbao::markdown::{BlockKind, ContainerKind, Document, Inline, Marker};
use jianbao::text::Language;

fn texts() -> Vec<(&'static str, Text)> {
    SAMPLES
        .iter()
        .map(|(name, bytes)| (*name, Text::new(digest::read(bytes, name))))
        .collect()
}

fn documents(text: &Text) -> impl Iterator<Item = &Document> {
    Language::BOTH
        .into_iter()
        .filter_map(|side| text.document(side))
}

#[test]
fn every_sample_is_read_without_a_problem() {
    assert!(SAMPLES.len() >= 12);
    for (name, text) in texts() {
        let problems: Vec<String> = text.problems().map(ToString::to_string).collect();
        assert_eq!(problems, [""; 0], "{name}");
        let article = &text.article;
        assert!(
            article.date.moment.is_some() && article.source.is_some() && article.link.is_some(),
            "{name}"
        );
        assert!(
            article.description.is_some() && !article.tags.is_empty(),
            "{name}"
        );
    }
}

#[test]
fn all_are_bilingual_but_one_of_each_language() {
    let texts = texts();
    let only = |side: Language| {
        texts
            .iter()
            .filter(|(_, text)| text.document(side.other()).is_none())
            .count()
    };
    assert_eq!((only(Language::Chinese), only(Language::English)), (1, 1));
}

/// The blocks with the story: headings and labels may differ in number, since the English
/// section has no title of its own.
fn story(document: &Document) -> Vec<BlockKind> {
    let is_story = |kind: &BlockKind| !matches!(kind, BlockKind::Heading(_) | BlockKind::Label);
    document
        .blocks
        .iter()
        .map(|block| block.kind)
        .filter(is_story)
        .collect()
}

#[test]
fn both_languages_have_the_story_in_the_same_blocks() {
    for (name, text) in texts().iter().filter(|(_, text)| text.is_bilingual()) {
        let [chinese, english] = Language::BOTH.map(|side| story(text.document(side).unwrap()));
        assert_eq!(chinese, english, "{name}");
        assert!(chinese.len() >= 3, "{name}: {chinese:?}");
    }
}

#[test]
fn together_they_show_everything_off() {
    let texts = texts();
    let documents: Vec<&Document> = texts.iter().flat_map(|(_, text)| documents(text)).collect();
    let has_block = |kind: BlockKind| {
        documents
            .iter()
            .any(|document| document.blocks.iter().any(|block| block.kind == kind))
    };
    for kind in [
        BlockKind::Table,
        BlockKind::Code,
        BlockKind::Quote,
        BlockKind::Item,
        BlockKind::ItemParagraph,
        BlockKind::Footnote,
    ] {
        assert!(has_block(kind), "no {kind:?}");
    }
    let has_inline = |inline: Inline| {
        documents
            .iter()
            .any(|document| document.runs.iter().any(|run| run.inline.contains(inline)))
    };
    for inline in [
        Inline::STRONG,
        Inline::EMPHASIS,
        Inline::STRIKE,
        Inline::CODE,
        Inline::MATH,
        Inline::LINK,
        Inline::IMAGE,
        Inline::FOOTNOTE,
    ] {
        assert!(has_inline(inline), "no {inline:?}");
    }
    let has = |wanted: fn(&Document) -> bool| documents.iter().any(|document| wanted(document));
    assert!(has(|document| document.containers.iter().any(
        |container| matches!(container.kind, ContainerKind::Item(Marker::Task(_)))
    )));
    let nested = |document: &Document| {
        let parent = |index: u32| document.containers[index as usize].parent;
        let depth = |index: u32| std::iter::successors(Some(index), |&index| parent(index)).count();
        (0..document.containers.len() as u32).any(|index| depth(index) >= 6)
    };
    assert!(has(nested), "no list in a list in a list");
}

#[test]
fn bold_beside_chinese_punctuation_is_bold() {
    let (_, text) = texts()
        .into_iter()
        .find(|(name, _)| name.contains("dialect"))
        .unwrap();
    let document = text.document(Language::Chinese).unwrap();
    assert!(!document.text.contains("**"));
    let bold = |words: &str| {
        let strong = document
            .runs
            .iter()
            .filter(|run| run.inline.contains(Inline::STRONG));
        strong
            .map(|run| &document.text[run.range.start as usize..run.range.end as usize])
            .any(|text| text == words)
    };
    assert!(bold("收词：") && bold("词典留得住词，留不住话。"));
}
