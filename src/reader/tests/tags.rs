//! The reader's own tags.

use std::sync::Arc;

use super::support::{CRANES, Script, long_english};
use crate::catalog::{OwnTags, Request, Update};
use crate::reader::{Effect, Message, PageSource};

/// The tags that were saved, with the numbers of their articles.
fn saved(script: &mut Script) -> Vec<(u32, Vec<String>)> {
    let tags = |effect| match effect {
        Effect::Library(Request::Remember(id, what, fields)) if fields.tags => {
            Some((id.0, what.tags))
        }
        _ => None,
    };
    script.took().into_iter().filter_map(tags).collect()
}

fn header(script: &Script) -> String {
    let page = script.page();
    page.document_of(PageSource::Header).text.clone()
}

fn reader() -> Script {
    Script::new(120, 30, &[CRANES, &long_english(3)])
}

#[test]
fn an_article_gets_tags_of_ones_own() {
    let mut script = reader();
    script.keys("#茶, #re-read<enter>");
    assert_eq!(script.notice(), "Tagged · u undoes it");
    assert_eq!(
        saved(&mut script),
        [(0, vec!["茶".into(), "re-read".into()])]
    );
    assert!(
        header(&script).contains("#茶, #re-read, nature"),
        "{}",
        header(&script)
    );
    // They are there to be changed; Esc changes nothing.
    script.keys("#x<esc>");
    assert_eq!(saved(&mut script), []);
    script.keys("#<C-u>茶<enter>");
    assert_eq!(saved(&mut script), [(0, vec!["茶".into()])]);
    script.keys("u");
    assert_eq!(
        saved(&mut script),
        [(0, vec!["茶".into(), "re-read".into()])]
    );
    script.keys("u");
    assert_eq!(saved(&mut script), [(0, vec![])]);
    assert!(!header(&script).contains('#'));
    script.keys("#<enter>");
    assert_eq!(saved(&mut script), [], "nothing was changed");
}

#[test]
fn several_articles_keep_what_they_do_not_share() {
    let mut script = reader();
    script.keys("#one both<enter>j#two both<enter>");
    saved(&mut script);
    script.keys("k<S-down>#new<enter>");
    assert_eq!(script.notice(), "Tags of 2 articles · u undoes it");
    let all = |tags: [&str; 3]| tags.map(str::to_owned).to_vec();
    assert_eq!(
        saved(&mut script),
        [
            (0, all(["one", "both", "new"])),
            (1, all(["two", "both", "new"]))
        ]
    );
    script.keys("u");
    assert_eq!(saved(&mut script).len(), 2);
}

#[test]
fn tab_completes_a_known_tag() {
    let mut script = reader();
    script.keys("#re-read<enter>j#tea, re<tab><enter>");
    let tags = saved(&mut script).pop().unwrap().1;
    assert_eq!(tags, ["tea", "re-read"]);
    // Those of the files are known too.
    script.keys("#<C-u>nat<tab>zz<tab><enter>");
    let tags = saved(&mut script).pop().unwrap().1;
    assert_eq!(tags, ["nature", "zz"]);
}

#[test]
fn tags_of_another_program_and_of_a_moved_article_are_shown() {
    let mut script = reader();
    let own = OwnTags {
        path: "0.md".into(),
        tags: vec!["later".into()],
    };
    script.tell(Message::Library(Update::Tagged(vec![Arc::new(own)])));
    assert!(header(&script).contains("#later"));
    let from = crate::catalog::path_hash(std::path::Path::new("0.md"));
    script.tell(Message::Library(Update::Moved(vec![(from, "x.md".into())])));
    script.tell(Message::Library(Update::Tagged(Vec::new())));
    assert!(!header(&script).contains("#later"));
}
