//! The link reference and footnote definitions of a body, collected so that each section can use
//! those of the other.

use crate::text::Line;

#[derive(Debug, Default)]
pub(super) struct Definitions {
    /// The definitions as Markdown.
    pub text: String,
    last: DefinitionLine,
}

/// The definition that the last line belonged to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum DefinitionLine {
    #[default]
    None,
    /// A link reference definition, which may continue on the next line.
    Link,
    Footnote {
        /// After a blank line only indented lines continue a footnote.
        after_blank: bool,
    },
}

impl Definitions {
    pub(super) fn is_open(&self) -> bool {
        self.last != DefinitionLine::None
    }

    /// Copies a line that belongs to a definition. `in_paragraph`: the line continues a paragraph,
    /// which a link definition cannot interrupt.
    pub(super) fn read(&mut self, line: &Line<'_>, in_paragraph: bool) {
        let trimmed = line.trimmed();
        let begins_footnote = line.indent < 4 && is_footnote(trimmed);
        let next = match self.last {
            _ if begins_footnote => DefinitionLine::Footnote { after_blank: false },
            last if line.indent < 4
                && (!in_paragraph || last == DefinitionLine::Link)
                && is_link(trimmed) =>
            {
                DefinitionLine::Link
            }
            DefinitionLine::Footnote { .. } if trimmed.is_empty() => {
                DefinitionLine::Footnote { after_blank: true }
            }
            DefinitionLine::Footnote { .. } if line.indent >= 2 => {
                DefinitionLine::Footnote { after_blank: false }
            }
            last @ DefinitionLine::Footnote { after_blank: false }
                if in_paragraph && !trimmed.starts_with(['#', '-', '*', '_', '<', '>', '|']) =>
            {
                last
            }
            DefinitionLine::Link
                if line.indent > 0 && trimmed.starts_with(['"', '\'', '(', '<', 'h', '/']) =>
            {
                DefinitionLine::Link
            }
            _ => DefinitionLine::None,
        };
        let ends = self.is_open() && next == DefinitionLine::None;
        if (begins_footnote || ends) && !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
        self.last = next;
        if self.is_open() {
            self.text.push_str(line.text);
            self.text.push('\n');
        }
    }
}

/// Whether a trimmed line begins a footnote: `[^1]: text`.
fn is_footnote(trimmed: &str) -> bool {
    trimmed.strip_prefix("[^").and_then(named).is_some()
}

/// Whether a trimmed line begins a link reference definition: `[id]: url`.
fn is_link(trimmed: &str) -> bool {
    trimmed
        .strip_prefix('[')
        .and_then(named)
        .is_some_and(|(id, target)| {
            // Anything but a title after the target makes the line a paragraph.
            let mut words = target.split_whitespace();
            let title = words.nth(1);
            !id.starts_with('^')
                && title.is_none_or(|title| {
                    title.starts_with(['"', '\'', '(']) || target.trim_start().starts_with('<')
                })
        })
}

/// Splits a definition at its `]:` into the name and what follows.
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
        let mut definitions = Definitions::default();
        let mut in_paragraph = false;
        for line in lines(text) {
            definitions.read(&line, in_paragraph);
            in_paragraph = !line.is_blank();
        }
        definitions.text
    }

    #[test]
    fn link_definitions_are_collected_with_their_titles() {
        let text =
            "text [a]\n\n[a]: https://a.example\n[b]: <https://b.example>\n  \"title\"\n\ntext";
        assert_eq!(
            collected(text),
            "[a]: https://a.example\n[b]: <https://b.example>\n  \"title\"\n\n"
        );
    }

    #[test]
    fn footnotes_are_collected_with_their_further_lines() {
        let text = "text[^1]\n\n[^1]: first\nlazy\n\n    more\n\ntext\n[^2]: second\n";
        assert_eq!(
            collected(text),
            "[^1]: first\nlazy\n\n    more\n\n[^2]: second\n"
        );
    }

    #[test]
    fn other_lines_are_no_definitions() {
        for text in [
            "text\n[a]: https://a.example",
            "[a]: is a thing",
            "[]: x",
            "    [a]: https://a.example",
            "[a] : x",
        ] {
            assert_eq!(collected(text).trim(), "", "{text}");
        }
    }
}
