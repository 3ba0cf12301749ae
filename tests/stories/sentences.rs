//! Sentences that are lit, and selections, in a real terminal.

use std::fs;

use tempfile::TempDir;

use super::{FIRST, Story, begin, folder};

/// A tea digest of two sentences in its first paragraph, opened.
fn reading() -> (TempDir, Story) {
    let folder = folder();
    let two = FIRST
        .replace("高出两成。", "高出两成。天气预报说，雨季会来得更晚。")
        .replace(
            "than a year ago.",
            "than a year ago. The forecast says that the rains will come even later.",
        );
    fs::write(folder.path().join("tea.md"), two).unwrap();
    let mut story = begin(&folder, &[]);
    story.keys("\r").sees("春天少雨");
    (folder, story)
}

/// Whether a word is on the screen with a background.
fn is_lit(screen: &vt100::Screen, word: &str) -> bool {
    let (rows, columns) = screen.size();
    (0..rows.get()).any(|row| {
        let cells = (0..columns.get()).filter_map(|column| screen.cell(row, column));
        let cells: Vec<_> = cells.filter(|cell| !cell.contents().is_empty()).collect();
        let text: String = cells.iter().map(|cell| cell.contents()).collect();
        let first = text.find(word).map(|at| text[..at].chars().count());
        first.is_some_and(|first| cells[first].bgcolor() != vt100::Color::Default)
    })
}

/// Waits until some words are lit and others are not.
fn lights(story: &mut Story, lit: &[&str], plain: &[&str]) {
    story.wait(&format!("{lit:?} lit, {plain:?} not"), |screen| {
        lit.iter().all(|word| is_lit(screen, word))
            && plain.iter().all(|word| !is_lit(screen, word))
    });
}

#[test]
fn a_sentence_is_read_in_both_languages() {
    let (_folder, mut story) = reading();
    story.keys(".");
    lights(&mut story, &["减产"], &["雨季"]);
    story.keys(".");
    lights(&mut story, &["雨季"], &["减产"]);
    story.keys("p").sees("forecast").misses("A dry spring");
    story.keys("p").sees("A dry spring");
    story.keys("p").misses("forecast");
    story.keys("\t");
    lights(&mut story, &["forecast", "later."], &["A dry spring"]);
    story.keys("\t");
    lights(&mut story, &["雨季"], &["减产"]);
    story
        .keys("Y")
        .sees("Copied the sentence, Chinese and English");
    // Side by side both are lit.
    story.keys("X").sees("A dry spring");
    lights(&mut story, &["雨季", "forecast"], &[]);
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
}

#[test]
fn text_is_selected_copied_and_given_to_a_command() {
    let (_folder, mut story) = reading();
    story.keys("v.y").sees("Copied 26 characters");
    story.keys("v.|").sees("Selection |").keys("wc -l\r");
    story.sees("copy").keys("\x1b").misses("wc -l");
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
}
