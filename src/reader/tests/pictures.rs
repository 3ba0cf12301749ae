//! Pictures: what is said of them, the rows that are kept for them, and how they are enlarged.

use std::sync::Arc;

use super::support::Script;
use crate::bilingual::{Picture, PictureProblem};
use crate::catalog::{Remembered, Update};
use crate::reader::{CellSize, Message, PictureBox, Popup};

const CELL: CellSize = CellSize {
    width: 10,
    height: 20,
};

const ARTICLE: &str = "---
title: 山
---

第一段写的是山下的村子。

![山](hill.png)

第二段写的是山上的路，![路标](sign.png)在路边。

---

**Summary:**

The first paragraph is about the village below the hill.

![A hill](hill.png)

The second one is about the way up.
";

/// A picture of a link, in a file of its name.
fn picture(link: u32, file: &str, pixels: [u32; 2]) -> Picture {
    Picture {
        link,
        file: file.into(),
        pixels: Some(pixels),
        problem: None,
    }
}

/// The article with its pictures, opened.
fn opened(pictures: [Vec<Picture>; 2]) -> Script {
    let mut script = Script::new(70, 30, &[ARTICLE]);
    let text = (*script.texts[0]).clone().with_pictures(pictures);
    script.texts[0] = Arc::new(text);
    script.keys("<enter>");
    let (id, text) = (script.id(), Arc::clone(&script.texts[0]));
    script.model.loading = Some(id);
    script.tell(Message::Library(Update::Loaded {
        id,
        text,
        remembered: Remembered::default(),
    }));
    script
}

fn hill() -> [Vec<Picture>; 2] {
    let sign = picture(1, "/sign.png", [40, 40]);
    [
        vec![picture(0, "/hill.png", [200, 100]), sign],
        vec![picture(0, "/hill.png", [200, 100])],
    ]
}

/// The row of the screen with a text.
fn row_of(script: &Script, text: &str) -> usize {
    let screen = script.screen();
    let found = screen.iter().position(|row| row.contains(text));
    found.unwrap_or_else(|| panic!("no {text} in {screen:#?}"))
}

fn boxes(script: &Script) -> Vec<PictureBox> {
    script
        .page()
        .visible_pictures()
        .map(|it| it.picture)
        .collect()
}

#[test]
fn without_a_way_to_show_it_a_picture_is_a_line_with_its_size() {
    let script = opened(hill());
    assert_eq!(
        row_of(&script, "第二段"),
        row_of(&script, "▣ 山, 200×100") + 2
    );
    assert_eq!(boxes(&script), []);
}

#[test]
fn rows_are_kept_free_by_the_size_of_the_header_and_images_among_words_stay_text() {
    let mut script = opened(hill());
    script.tell(Message::Pictures(Some(CELL)));
    let line = row_of(&script, "▣ 山");
    assert!(!script.screen()[line].contains("200"), "it is seen");
    assert_eq!(row_of(&script, "第二段"), line + 5 + 2);
    let shown = boxes(&script);
    assert_eq!((shown.len(), shown[0].size), (1, [20, 5]));
    script.tell(Message::Pictures(None));
    assert_eq!(
        row_of(&script, "第二段"),
        row_of(&script, "▣ 山, 200×100") + 2
    );
}

#[test]
fn a_picture_of_both_languages_is_shown_once() {
    let mut script = opened(hill());
    script.tell(Message::Pictures(Some(CELL)));
    script.keys("X");
    assert!(script.page().is_parallel());
    assert_eq!(boxes(&script).len(), 1);
}

#[test]
fn a_picture_that_turns_out_damaged_is_a_line_that_says_so() {
    let mut script = opened(hill());
    script.tell(Message::Pictures(Some(CELL)));
    let shown = boxes(&script).remove(0);
    script.tell(Message::PictureRefused(shown, PictureProblem::Damaged));
    let line = row_of(&script, "▣ 山, 200×100, damaged");
    assert_eq!(row_of(&script, "第二段"), line + 2);
    script.keys("}<enter>");
    assert_eq!(
        script.model.notice(),
        Some("This picture is not shown: damaged")
    );
}

#[test]
fn what_cannot_be_shown_says_why() {
    let [mut chinese, english] = hill();
    chinese[0].pixels = None;
    chinese[0].problem = Some(PictureProblem::Outside);
    let mut script = opened([chinese, english]);
    script.tell(Message::Pictures(Some(CELL)));
    row_of(&script, "▣ 山, outside the library");
    assert_eq!(boxes(&script), []);
}

#[test]
fn enter_enlarges_the_picture_of_the_paragraph_and_goes_back() {
    let mut script = opened(hill());
    script.keys("}<enter>");
    let notice = script.model.notice().unwrap();
    assert!(notice.contains(":pictures halfblocks"), "{notice}");
    script.tell(Message::Pictures(Some(CELL)));
    script.keys("<enter>");
    let enlarged = script
        .model
        .popup
        .as_ref()
        .and_then(Popup::picture)
        .unwrap();
    let [columns, rows] = enlarged.picture.size;
    assert!(columns > 20 && rows > 5, "{columns} by {rows}");
    script.keys("<enter>");
    assert!(script.model.popup.is_none());
    // Beside a picture there is the menu, as ever.
    script.keys("{<enter>");
    let popup = script.model.popup.as_ref().unwrap();
    assert!(popup.picture().is_none() && popup.title() == "Menu");
}

#[test]
fn a_label_of_a_link_enlarges_a_picture_too() {
    let mut script = opened(hill());
    script.tell(Message::Pictures(Some(CELL)));
    script.keys("fa");
    assert!(script.model.popup.as_ref().unwrap().picture().is_some());
}
