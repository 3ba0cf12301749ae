//! The colours of code blocks: what is asked, and which answers count.

use super::support::Script;
use crate::reader::{CodeBlock, CodePart, CodeRole, Effect, Message, PageSource};
use crate::settings::Settings;
use crate::text::Language;

const PARTS: [CodePart; 1] = [(0..2, CodeRole::Keyword)];

fn article(title: &str, blocks: &[(&str, &str)]) -> String {
    let block =
        |(language, code): &(&str, &str)| format!("```{language}\n{code}\n```\n\nWords.\n\n");
    let blocks: String = blocks.iter().map(block).collect();
    format!("---\ntitle: {title}\n---\n\nWords before the code.\n\n{blocks}")
}

fn opened(articles: &[&str]) -> Script {
    let mut script = Script::new(120, 40, articles);
    script.keys("<enter>");
    script
}

/// The code blocks that were asked for since the last time.
fn asked(script: &mut Script) -> Vec<CodeBlock> {
    let effects = script.took().into_iter();
    let blocks = effects.filter_map(|effect| match effect {
        Effect::Highlight(block) => Some(block),
        _ => None,
    });
    blocks.collect()
}

/// What of the open article is known to be code of a role.
fn known(script: &Script) -> Vec<(&str, CodeRole)> {
    let page = script.page();
    let source = PageSource::Text(Language::English);
    let parts = page.code_parts(source, &(0..u32::MAX)).iter();
    let document = page.document_of(source);
    parts
        .map(|(range, role)| (document.text_of(range), *role))
        .collect()
}

#[test]
fn one_block_after_the_other_is_asked_for_once() {
    let blocks = [
        ("rust", "fn main() {}"),
        ("", "no language"),
        ("{.go}", "if x {}"),
    ];
    let mut script = opened(&[&article("A", &blocks)]);
    let first = asked(&mut script).pop().unwrap();
    assert_eq!(
        (first.language.as_str(), first.code()),
        ("rust", "fn main() {}")
    );
    script.keys("jk");
    assert_eq!(asked(&mut script), []);
    script.tell(Message::Highlighted(first.clone(), PARTS.to_vec()));
    let second = asked(&mut script).pop().unwrap();
    assert_eq!((second.language.as_str(), second.code()), ("go", "if x {}"));
    // The answer comes twice.
    script.tell(Message::Highlighted(first, PARTS.to_vec()));
    script.tell(Message::Highlighted(second, PARTS.to_vec()));
    assert_eq!(
        known(&script),
        [("fn", CodeRole::Keyword), ("if", CodeRole::Keyword)]
    );
    assert_eq!(asked(&mut script), []);
}

#[test]
fn an_answer_about_another_article_changes_nothing() {
    let articles = ["A", "B"].map(|title| article(title, &[("rust", "fn main() {}")]));
    let mut script = opened(&[&articles[0], &articles[1]]);
    let first = asked(&mut script).pop().unwrap();
    script.keys("J");
    let second = asked(&mut script).pop().unwrap();
    assert_ne!(first, second);
    script.tell(Message::Highlighted(first, PARTS.to_vec()));
    assert_eq!(known(&script), []);
    script.tell(Message::Highlighted(second, PARTS.to_vec()));
    assert_eq!(known(&script), [("fn", CodeRole::Keyword)]);
}

#[test]
fn what_is_long_plain_off_the_screen_or_unwanted_is_not_asked_for() {
    let huge = "fn f() {}\n".repeat(7_000);
    let far = "Words.\n\n".repeat(50) + "```rust\nfn main() {}\n```\n";
    let articles = [
        article("A", &[("text", "fn")]),
        article("B", &[("rust", &huge)]),
        article("C", &[]) + &far,
    ];
    for article in &articles {
        assert_eq!(asked(&mut opened(&[article])), []);
    }
    let mut script = opened(&[&articles[2]]);
    assert_eq!(asked(script.keys("G")).len(), 1);
    let mut script = opened(&[&article("D", &[("rust", "fn main() {}")])]);
    let block = asked(&mut script).pop().unwrap();
    let off = Settings {
        highlight_code: false,
        ..Settings::default()
    };
    script.tell(Message::Settings(off));
    script.tell(Message::Highlighted(block, PARTS.to_vec()));
    assert_eq!(known(&script), []);
    assert_eq!(asked(&mut script), []);
    script.tell(Message::Settings(Settings::default()));
    assert_eq!(asked(&mut script).len(), 1);
}
