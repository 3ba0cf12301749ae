//! A document as one reads it in a snapshot.

use std::fmt::Write;

use super::check::check;
use super::{Container, ContainerKind, Document, Inline, LeafKind, Marker, parse};
use crate::text::{SourceKind, SourcePart};

/// Parses one piece of Markdown that starts on line 1, and checks the invariants.
pub(super) fn parsed(source: &str) -> Document {
    parsed_with(source, "")
}

/// As [`parsed`], with definitions.
pub(super) fn parsed_with(source: &str, definitions: &str) -> Document {
    let document = parse(
        &[SourcePart {
            kind: SourceKind::Markdown,
            source,
            line: 1,
        }],
        definitions,
    );
    check(&document).unwrap_or_else(|broken| panic!("{broken} in {source:?}"));
    document
}

/// The text of a document with its styles as tags: `<b>`, `<i>`, `<s>`, `<code>`, `<a target>` …
pub(super) fn tagged(document: &Document) -> String {
    let mut out = String::new();
    let mut at = 0;
    for run in &document.runs {
        let (start, end) = (run.range.start as usize, run.range.end as usize);
        let mut names = names(run.inline);
        if let Some(link) = run.link {
            write!(names, "={}", document.links[link as usize].target)
                .expect("writing to a string");
        }
        let (before, text) = (&document.text[at..start], &document.text[start..end]);
        write!(out, "{before}<{names}>{text}</>").expect("writing to a string");
        at = end;
    }
    out + &document.text[at..]
}

fn names(inline: Inline) -> String {
    let all = [
        (Inline::STRONG, "b"),
        (Inline::EMPHASIS, "i"),
        (Inline::STRIKE, "s"),
        (Inline::CODE, "code"),
        (Inline::MATH, "math"),
        (Inline::LINK, "a"),
        (Inline::IMAGE, "img"),
        (Inline::FOOTNOTE, "fn"),
        (Inline::RUBY, "ruby"),
        (Inline::SUMMARY, "sum"),
        (Inline::UNDERLINE, "u"),
    ];
    let held: Vec<_> = all
        .iter()
        .filter(|(one, _)| inline.contains(*one))
        .map(|(_, name)| *name)
        .collect();
    held.join("+")
}

/// Blocks, their lines, their containers, their text with styles, their problems.
pub(super) fn dump(document: &Document) -> String {
    let mut out = String::new();
    for (index, block) in document.blocks.iter().enumerate() {
        writeln!(out, "{:>3} {:?}", block.line, block.kind).expect("writing to a string");
        for leaf in &document.leaves[block.leaves.start as usize..block.leaves.end as usize] {
            let mut path: Vec<_> = document
                .containers_of(leaf)
                .map(|(_, container)| name(container))
                .collect();
            path.reverse();
            let part = part(
                document,
                index,
                leaf.range.start as usize..leaf.range.end as usize,
            );
            let kind = if leaf.kind == LeafKind::Paragraph {
                String::new()
            } else {
                format!(" {:?}", leaf.kind)
            };
            writeln!(
                out,
                "      {}{kind} | {}",
                path.join("/"),
                part.replace('\n', "⏎").replace('\t', "⇥")
            )
            .expect("writing to a string");
        }
    }
    for problem in &document.problems {
        writeln!(out, "  ! {problem}").expect("writing to a string");
    }
    out
}

fn name(container: &Container) -> String {
    match &container.kind {
        ContainerKind::Quote => ">".to_owned(),
        ContainerKind::List { last, longest } => {
            format!(
                "list({}, {longest})",
                last.map_or("-".to_owned(), |last| last.to_string())
            )
        }
        ContainerKind::Item(Marker::Bullet) => "•".to_owned(),
        ContainerKind::Item(Marker::Number(number, mark)) => format!("{number}{mark}"),
        ContainerKind::Item(Marker::Task(done)) => if *done { "[x]" } else { "[ ]" }.to_owned(),
        ContainerKind::Footnote(label) => format!("^{label}"),
    }
}

/// The part of a document that one leaf is, with its styles.
fn part(document: &Document, _block: usize, range: std::ops::Range<usize>) -> String {
    let runs = document.runs.iter().filter(|run| {
        run.range.start as usize >= range.start && run.range.end as usize <= range.end
    });
    let mut one = Document {
        text: document.text[..range.end].to_owned(),
        links: document.links.clone(),
        ..Document::default()
    };
    one.runs = runs.cloned().collect();
    // What stands before the leaf has no run left in the copy, so it is as long as in the document.
    tagged(&one)[range.start..].to_owned()
}
