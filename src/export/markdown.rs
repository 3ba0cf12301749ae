//! A document as Markdown that reads as the document does.

use std::fmt::Write;
use std::ops::Range;

use super::article::ExportedArticle;
use crate::markdown::{
    ColumnAlignment, ContainerKind, Document, Inline, Leaf, LeafKind, Link, Marker, PICTURE,
    StyleRun, can_open,
};

/// The styles with the marks around them, outermost first; the others are shown by their text alone.
const MARKS: [(Inline, &str, &str); 4] = [
    (Inline::UNDERLINE, "<u>", "</u>"),
    (Inline::STRIKE, "~~", "~~"),
    (Inline::STRONG, "**", "**"),
    (Inline::EMPHASIS, "*", "*"),
];

/// An article as Markdown: each language with its title; facts and link stand below the first one.
pub fn article_markdown(article: &ExportedArticle) -> String {
    let mut out = String::new();
    for (index, &side) in article.sides.iter().enumerate() {
        if index > 0 {
            out.push_str("\n---\n\n");
        }
        let about = &article.text.article;
        let _ = writeln!(out, "# {}\n", escaped(about.titles.in_language(side), true));
        if index == 0 {
            let _ = writeln!(out, "{}\n", escaped(&article.facts, true));
            if let Some(link) = about.link.as_deref().filter(|link| is_autolink(link)) {
                let _ = writeln!(out, "<{link}>\n");
            }
        }
        out.push_str(&document_markdown(article.text.shown(side)));
    }
    out
}

/// A whole document as Markdown.
fn document_markdown(document: &Document) -> String {
    let mut out = String::new();
    for index in 0..document.leaves.len() {
        if index > 0 && !is_tight(document, index) {
            let shared = shared_prefix(document, index);
            out.extend([shared.trim_end(), "\n"]);
        }
        let leaf = &document.leaves[index];
        let (first, rest) = prefixes(document, index);
        let lines = leaf_lines(document, leaf);
        for (number, line) in lines.split('\n').enumerate() {
            let prefix = if number == 0 { &first } else { &rest };
            out.extend([format!("{prefix}{line}").trim_end(), "\n"]);
        }
    }
    out
}

/// Whether a leaf is an item that follows another one, or the text of the item around it.
fn is_tight(document: &Document, index: usize) -> bool {
    let containers = |index: usize| document.containers_of(&document.leaves[index]);
    let mut path = containers(index);
    let Some((_, item)) = path.next() else {
        return false;
    };
    let ContainerKind::Item(marker) = item.kind else {
        return false;
    };
    let list = path.next();
    // A list that begins with another number would be part of the text above it.
    let outer = path.next().filter(|(_, outer)| {
        matches!(outer.kind, ContainerKind::Item(_))
            && !matches!(marker, Marker::Number(2.. | 0, _))
    });
    let is_around = |(before, _)| {
        [list, outer]
            .iter()
            .flatten()
            .any(|(around, _)| *around == before)
    };
    item.first_leaf as usize == index && containers(index - 1).any(is_around)
}

/// What stands before the first line of a leaf, and before the others.
fn prefixes(document: &Document, index: usize) -> (String, String) {
    let mut path: Vec<_> = document.containers_of(&document.leaves[index]).collect();
    path.reverse();
    let (mut first, mut rest) = (String::new(), String::new());
    for (_, container) in path {
        let marker = match &container.kind {
            ContainerKind::List { .. } => continue,
            ContainerKind::Quote => "> ".to_owned(),
            ContainerKind::Item(Marker::Bullet) => "- ".to_owned(),
            ContainerKind::Item(Marker::Number(number, mark)) => format!("{number}{mark} "),
            ContainerKind::Item(Marker::Task(false)) => "- [ ] ".to_owned(),
            ContainerKind::Item(Marker::Task(true)) => "- [x] ".to_owned(),
            ContainerKind::Footnote(label) => format!("[^{label}]: "),
        };
        let indent = match &container.kind {
            ContainerKind::Quote => marker.clone(),
            ContainerKind::Footnote(_) => "    ".to_owned(),
            ContainerKind::Item(Marker::Task(_)) => "  ".to_owned(),
            _ => " ".repeat(marker.len()),
        };
        let starts = container.first_leaf as usize == index;
        first.push_str(if starts { &marker } else { &indent });
        rest.push_str(&indent);
    }
    (first, rest)
}

/// What stands on the blank line above a leaf: the containers that it shares with the one before it.
fn shared_prefix(document: &Document, index: usize) -> String {
    let (before, this) = (prefixes(document, index - 1).1, prefixes(document, index).1);
    let shared = before.bytes().zip(this.bytes());
    let length = shared.take_while(|(one, other)| one == other).count();
    this[..length].to_owned()
}

fn leaf_lines(document: &Document, leaf: &Leaf) -> String {
    let text = document.text_of(&leaf.range);
    match leaf.kind {
        LeafKind::Paragraph | LeafKind::Html => inline(document, leaf, &leaf.range, false),
        LeafKind::Heading(level) => {
            let marks = "#".repeat(usize::from(level.clamp(1, 6)));
            format!("{marks} {}", inline(document, leaf, &leaf.range, true))
        }
        LeafKind::Label => format!("**{}**", escaped(text, true)),
        LeafKind::Break => "---".to_owned(),
        LeafKind::Code => {
            let fence = "`".repeat(longest_run(text).max(2) + 1);
            format!("{fence}\n{text}\n{fence}")
        }
        LeafKind::Table(table) => {
            let table = &document.tables[table as usize];
            let columns = table.alignments.len().max(1);
            let row = |cells: &[Range<u32>]| {
                let cells = cells.iter().map(|cell| inline(document, leaf, cell, true));
                format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
            };
            let rule = table.alignments.iter().map(|alignment| match alignment {
                ColumnAlignment::None => "---",
                ColumnAlignment::Left => ":--",
                ColumnAlignment::Centre => ":-:",
                ColumnAlignment::Right => "--:",
            });
            let rule = format!("| {} |", rule.collect::<Vec<_>>().join(" | "));
            let mut rows: Vec<String> = table.cells.chunks(columns).map(row).collect();
            rows.insert(1.min(rows.len()), rule);
            rows.join("\n")
        }
    }
}

/// A range of a leaf with its styles and links; in a line of its own if it cannot have several.
fn inline(document: &Document, leaf: &Leaf, range: &Range<u32>, is_line: bool) -> String {
    let runs = &document.runs[leaf.runs.start as usize..leaf.runs.end as usize];
    let first = runs.partition_point(|run| run.range.end <= range.start);
    let runs = runs[first..]
        .iter()
        .take_while(|run| run.range.start < range.end);
    let runs: Vec<&StyleRun> = runs.collect();
    let mut out = String::new();
    let mut at = range.start;
    // Runs of one link, which follow one another.
    for linked in runs.chunk_by(|one, next| {
        one.link.is_some() && one.link == next.link && one.range.end == next.range.start
    }) {
        let mut text = String::new();
        for run in linked {
            let styled = run.range.start.max(range.start)..run.range.end.min(range.end);
            out.push_str(&escaped(document.text_of(&(at..styled.start)), is_line));
            at = styled.end;
            text.push_str(&styled_text(run.inline, document.text_of(&styled), is_line));
        }
        let link = linked[0].link.map(|link| &document.links[link as usize]);
        let text = match link {
            Some(Link {
                target,
                footnote: Some(_),
                ..
            }) => {
                format!("[^{}]", target.trim_start_matches('#'))
            }
            Some(Link { target, .. })
                if is_autolink(target) && text == escaped(target, is_line) =>
            {
                format!("<{target}>")
            }
            Some(Link { target, .. }) if can_open(target) => {
                let is_picture = linked[0].inline.contains(Inline::IMAGE);
                let name = text.strip_prefix(PICTURE).filter(|_| is_picture);
                let text = name.map_or_else(|| format!("[{text}]"), |name| format!("![{name}]"));
                format!("{text}(<{}>)", target.replace(['<', '>', '\\'], ""))
            }
            _ => text,
        };
        out.push_str(&text);
    }
    out.push_str(&escaped(document.text_of(&(at..range.end)), is_line));
    if is_line { out } else { line_start(&out) }
}

fn styled_text(inline: Inline, text: &str, is_line: bool) -> String {
    // Blanks stand outside of the marks, which would not be marks otherwise.
    let inner = text.trim();
    if inner.is_empty() {
        return escaped(text, is_line);
    }
    let start = text.len() - text.trim_start().len();
    let (before, after) = (&text[..start], &text[start + inner.len()..]);
    let mut out = escaped(inner, is_line);
    if inline.contains(Inline::CODE) {
        let fence = "`".repeat(longest_run(inner) + 1);
        let mut code = inner.replace('\n', " ");
        if is_line {
            // In tables, code has its pipes escaped too.
            code = code.replace('|', "\\|");
        }
        let is_near = code.starts_with('`') || code.ends_with('`');
        let pad = if is_near { " " } else { "" };
        out = format!("{fence}{pad}{code}{pad}{fence}");
    }
    let is_math = inline.contains(Inline::MATH) && inner.starts_with('$') && inner.ends_with('$');
    if is_math && !inner.contains(['<', '`', '\n']) {
        inner.clone_into(&mut out);
    }
    for (style, start, end) in MARKS.iter().rev() {
        if inline.contains(*style) {
            out = format!("{start}{out}{end}");
        }
    }
    format!(
        "{}{out}{}",
        escaped(before, is_line),
        escaped(after, is_line)
    )
}

/// Whether a link may stand between angle brackets.
pub(super) fn is_autolink(link: &str) -> bool {
    can_open(link) && link.contains("://") && !link.contains(['<', '>', '\\'])
}

/// The length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default()
}

/// Plain text in which no character is a mark. A line break is a hard one, or a `<br>`.
pub(super) fn escaped(text: &str, is_line: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' if is_line => out.push_str("<br>"),
            '\n' => out.push_str("\\\n"),
            '\t' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|' | '$' | '#' => {
                out.extend(['\\', c]);
            }
            c => out.push(c),
        }
    }
    out
}

/// Lines of which none begins with the mark of a list, a heading, a rule or a table.
fn line_start(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        match line.as_bytes().get(digits) {
            Some(b'.' | b')') if (1..10).contains(&digits) => {
                format!("{}\\{}", &line[..digits], &line[digits..])
            }
            Some(b'-' | b'+' | b'=' | b':') if digits == 0 => format!("\\{line}"),
            _ => line.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::markdown;
    use crate::text::{SourceKind, SourcePart};

    fn parsed(source: &str) -> Document {
        let part = SourcePart {
            kind: SourceKind::Markdown,
            source,
            line: 1,
        };
        markdown::parse(&[part], "")
    }

    #[test]
    fn markdown_comes_back_as_it_was() {
        let source = "# 一 *b*\n\n**甲**乙[丙 **丁**](<https://e.example/?a=1&b=2>)[^1] ~~戊~~\\\n己\n\n3. 一\n   - [x] 二\n   - [ ] 三\n\n     再\n4. 四\n\n> 引\n>\n> - 文\n\n| a | b |\n| --: | :-: |\n| 1 | `x\\|y` |\n\n---\n\n```\nif a < b {\n}\n```\n\n2024\\. 是 1 \\< 2\n\n[^1]: 注\n";
        assert_eq!(document_markdown(&parsed(source)), source);
    }

    #[test]
    fn samples_read_the_same_once_written() {
        let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/digests");
        for file in std::fs::read_dir(samples).unwrap() {
            let name = file.unwrap().path().display().to_string();
            let bytes = std::fs::read(&name).unwrap();
            let text = crate::bilingual::Text::new(crate::digest::read(&bytes, &name));
            for side in crate::text::Language::BOTH {
                let document = text.shown(side);
                let again = parsed(&document_markdown(document));
                assert_eq!(again.text, document.text, "{name}");
                // A label by itself is bold, and a picture of the folder is only its name.
                let styles = Inline::all() - Inline::STRONG - Inline::IMAGE;
                let runs = |document: &Document| {
                    let runs = document
                        .runs
                        .iter()
                        .filter(|run| run.inline.intersects(styles));
                    runs.cloned().collect::<Vec<_>>()
                };
                assert_eq!(runs(&again), runs(document), "{name}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn no_html_of_an_article_is_written(source in "(<[/a-z]{1,7}[ >]|<script>|\\\\|`|[*_\\[\\]()| \n]|&lt;|[a甲]|>){0,60}") {
            let document = parsed(&source);
            let again = parsed(&document_markdown(&document));
            let tags = |document: &Document| document.text.matches('<').count();
            // What was text stays text: nothing that looked like a tag becomes one.
            prop_assert!(tags(&again) >= tags(&document), "{:?}\n{}", document.text, document_markdown(&document));
        }
    }
}
