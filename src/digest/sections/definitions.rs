//! The link reference definitions and footnotes of a body, collected so that each section can resolve those of the other.

use crate::text::Line;

/// The definition that the last line belonged to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Definition {
    /// None.
    None,
    /// A link reference definition; whether its target or title may follow on the next line.
    Link,
    /// A footnote; whether a blank line came after, so that only indented lines belong to it.
    Footnote {
        /// The last line was blank.
        after_blank: bool,
    },
}

/// Reads a line: copies it to the definitions if it is of one. A link definition cannot interrupt a paragraph.
pub(super) fn follow(
    last: Definition,
    line: &Line<'_>,
    trimmed: &str,
    in_paragraph: bool,
    definitions: &mut String,
) -> Definition {
    let next = match last {
        _ if line.indent < 4 && is_footnote(trimmed) => Definition::Footnote { after_blank: false },
        _ if line.indent < 4 && (!in_paragraph || last == Definition::Link) && is_link(trimmed) => Definition::Link,
        Definition::Footnote { .. } if trimmed.is_empty() => Definition::Footnote { after_blank: true },
        Definition::Footnote { .. } if line.indent >= 2 => Definition::Footnote { after_blank: false },
        Definition::Footnote { after_blank: false }
            if in_paragraph && !trimmed.starts_with(['#', '-', '*', '_', '<', '>', '|']) =>
        {
            last
        }
        Definition::Link if line.indent > 0 && trimmed.starts_with(['"', '\'', '(', '<', 'h', '/']) => Definition::Link,
        _ => Definition::None,
    };
    let begins =
        !matches!((last, next), (Definition::Footnote { .. }, Definition::Footnote { .. })) || is_footnote(trimmed);
    if next != Definition::None {
        if begins
            && matches!(next, Definition::Footnote { .. })
            && !definitions.is_empty()
            && !definitions.ends_with("\n\n")
        {
            definitions.push('\n');
        }
        definitions.push_str(line.text);
        definitions.push('\n');
    } else if last != Definition::None && !definitions.ends_with("\n\n") {
        definitions.push('\n');
    }
    next
}

/// Says whether a trimmed line begins a footnote: `[^1]: text`.
fn is_footnote(trimmed: &str) -> bool {
    trimmed.strip_prefix("[^").and_then(named).is_some()
}

/// Says whether a trimmed line begins a link reference definition: `[id]: url`.
fn is_link(trimmed: &str) -> bool {
    trimmed.strip_prefix('[').and_then(named).is_some_and(|(id, target)| {
        // A target, and after it nothing or a title: what else follows makes it a paragraph.
        let mut words = target.split_whitespace();
        let title = words.nth(1);
        !id.starts_with('^')
            && title.is_none_or(|title| title.starts_with(['"', '\'', '(']) || target.trim_start().starts_with('<'))
    })
}

/// The name of a definition before its `]:`, and what follows.
fn named(text: &str) -> Option<(&str, &str)> {
    let (id, after) = text.split_at(memchr::memchr(b']', text.as_bytes())?);
    let after = after.strip_prefix("]:")?;
    let is_id = !id.trim().is_empty() && id.len() < 1000 && !id.contains('[');
    is_id.then_some((id, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::lines;

    fn collected(text: &str) -> String {
        let (mut definitions, mut last, mut in_paragraph) = (String::new(), Definition::None, false);
        for line in lines(text) {
            last = follow(last, &line, line.trimmed(), in_paragraph, &mut definitions);
            in_paragraph = !line.is_blank();
        }
        definitions
    }

    #[test]
    fn link_definitions_are_collected_with_their_titles() {
        let text = "text [a]\n\n[a]: https://a.example\n[b]: <https://b.example>\n  \"title\"\n\ntext";
        assert_eq!(collected(text), "[a]: https://a.example\n[b]: <https://b.example>\n  \"title\"\n\n");
    }

    #[test]
    fn footnotes_are_collected_with_their_further_lines() {
        let text = "text[^1]\n\n[^1]: first\nlazy\n\n    more\n\ntext\n[^2]: second\n";
        assert_eq!(collected(text), "[^1]: first\nlazy\n\n    more\n\n[^2]: second\n");
    }

    #[test]
    fn what_is_no_definition() {
        for text in
            ["text\n[a]: https://a.example", "[a]: is a thing", "[]: x", "    [a]: https://a.example", "[a] : x"]
        {
            assert_eq!(collected(text).trim(), "", "{text}");
        }
    }
}
