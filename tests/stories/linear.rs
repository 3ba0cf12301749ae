//! The linear view in a terminal that only prints.

use super::{Story, WIDE, folder};

#[test]
fn a_dumb_terminal_gets_lines_and_no_escape_sequence() {
    let folder = folder();
    let path = folder.path().to_str().unwrap();
    let mut story = Story::begin(&[path], &[("TERM", "dumb")], WIDE);
    story.sees("2 articles, 2 unread").sees("1. 茶叶价格上涨");
    story
        .keys("1\n")
        .sees("春天少雨")
        .keys("x\n")
        .sees("A dry spring has cut");
    story.keys("l\n").sees("Enter reads 1");
    // A changed file is one line.
    std::fs::remove_file(folder.path().join("library.md")).unwrap();
    story.sees("1 article, ");
    story.keys("q\n");
    assert_eq!(story.end(), (0, None));
    assert!(!story.has_ever_written(b"\x1b"));
}

#[test]
fn the_end_of_the_input_and_an_interrupt_end_it() {
    let folder = folder();
    let arguments = ["--linear", folder.path().to_str().unwrap()];
    let mut story = Story::begin(&arguments, &[], WIDE);
    story.sees("Enter reads 1").keys("\x04");
    assert_eq!(story.end(), (0, None));
    let mut story = Story::begin(&arguments, &[], WIDE);
    story.sees("Enter reads 1").keys("\x03");
    assert_eq!(story.end().1.as_deref(), Some("Interrupt"));
    assert!(!story.has_ever_written(b"\x1b"));
}

#[test]
fn an_editor_has_the_terminal_until_it_ends() {
    let folder = folder();
    let arguments = ["--linear", folder.path().to_str().unwrap()];
    let editor = "sh -c 'read word; echo \"heard $word\"'";
    let mut story = Story::begin(&arguments, &[("VISUAL", editor)], WIDE);
    story.sees("Enter reads 1").keys("1\n").sees("春天少雨");
    story.keys("edit\nhello\n").sees("heard hello");
    story.keys("w\n").sees("paragraph 1 of").keys("\x04");
    assert_eq!(story.end(), (0, None));
}
