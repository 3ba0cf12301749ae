//! Items of an article of many that are ticked off.

use super::support::{CRANES, Script};
use crate::catalog::Request;
use crate::reader::{Effect, PageSource};

/// A digest of some items in both languages; its first text is above them.
fn digest(items: usize) -> String {
    let names = [
        ["茶", "Tea"],
        ["米", "Rice"],
        ["鹤", "Cranes"],
        ["桥", "Bridges"],
    ];
    let names = &names[..items];
    let chinese = names
        .iter()
        .map(|[name, _]| format!("## {name}\n\n这是一段关于{name}的中文正文。\n\n"));
    let english = names
        .iter()
        .map(|[_, name]| format!("## {name}\n\nThis is the English text on {name}.\n\n"));
    format!(
        "---\ntitle: 早报\ndate: 2026-03-05\n---\n今天的新闻。\n\n{}---\n\nThe news of today.\n\n{}",
        chinese.collect::<String>(),
        english.collect::<String>()
    )
}

fn reader(items: usize) -> Script {
    let mut script = Script::new(100, 30, &[&digest(items), CRANES]);
    script.keys("gg<enter>");
    script
}

fn header(script: &Script) -> String {
    let page = script.page();
    page.document_of(PageSource::Header).text.clone()
}

/// How many keys were saved by each change.
fn saved(script: &mut Script) -> Vec<usize> {
    let ticked = |effect| match effect {
        Effect::Library(Request::Remember(_, what, fields)) if fields.ticked => {
            Some(what.ticked.len())
        }
        _ => None,
    };
    script.took().into_iter().filter_map(ticked).collect()
}

#[test]
fn items_are_ticked_off_one_by_one() {
    let mut script = reader(3);
    script.keys("i");
    assert_eq!(
        script.current(),
        "茶",
        "above the first item it only goes on"
    );
    assert_eq!(saved(&mut script), [] as [usize; 0]);
    script.keys("i");
    assert_eq!(script.current(), "米");
    assert_eq!(script.notice(), "1/3 items · u undoes it");
    assert!(header(&script).contains("1/3 items"), "{}", header(&script));
    // From anywhere in the item; the next one that is open may stand before it.
    script.keys("G");
    assert!(script.current().contains('鹤'));
    script.keys("i");
    assert_eq!(script.current(), "米");
    script.keys("i");
    assert_eq!(script.notice(), "All items are ticked off · u undoes it");
    assert_eq!(
        saved(&mut script),
        [2, 4, 6],
        "the headings of both languages"
    );
    script.keys("i");
    assert_eq!(
        script.current(),
        "米",
        "it stays where a tick is taken away"
    );
    assert!(header(&script).contains("2/3 items"));
    script.keys("uu");
    assert!(header(&script).contains("2/3 items"));
    script.keys("uu");
    assert!(!header(&script).contains("items"), "{}", header(&script));
    assert_eq!(saved(&mut script), [4, 6, 4, 2, 0]);
}

#[test]
fn a_tick_is_at_the_heading_in_both_languages_and_in_the_outline() {
    let mut script = reader(3);
    script.keys(")i");
    let has = |script: &Script, name: &str| {
        let page = script.page();
        let rows = page.visible_rows();
        let ticked = rows.filter(|row| page.is_ticked(row.source, row.block));
        let ticked: Vec<&str> = ticked
            .map(|row| row.document.block_text(row.block as usize))
            .collect();
        assert_eq!(ticked, [name]);
    };
    has(&script, "茶");
    script.keys("x");
    has(&script, "Tea");
    script.keys("t");
    let popup = script.model.popup.as_ref().unwrap();
    let lines: Vec<String> = popup.lines().map(|(line, _)| line.text.clone()).collect();
    assert_eq!(lines, ["✓ Tea", "Rice", "Cranes"]);
    // It is still there after another article was read.
    script.keys("qJK");
    has(&script, "Tea");
}

#[test]
fn an_article_of_few_headings_has_no_items() {
    let mut script = reader(2);
    script.keys("i");
    assert_eq!(script.notice(), "Not an article of many items");
    assert_eq!(saved(&mut script), [] as [usize; 0]);
}
