//! Blocks of a document as elements that are well-formed in both HTML and XHTML.

use std::collections::HashSet;
use std::ops::Range;

use super::xml::xml;
use crate::markdown::{
    ColumnAlignment, Container, ContainerKind, Document, Inline, Leaf, LeafKind, Marker, StyleRun,
    Table, can_open,
};

/// The styles with their elements, outermost first; the others are shown by their text alone.
const ELEMENTS: [(Inline, &str, &str); 9] = [
    (Inline::SUMMARY, "<strong>", "</strong>"),
    (Inline::STRONG, "<strong>", "</strong>"),
    (Inline::EMPHASIS, "<em>", "</em>"),
    (Inline::UNDERLINE, "<u>", "</u>"),
    (Inline::STRIKE, "<s>", "</s>"),
    (Inline::RUBY, "<small>", "</small>"),
    (Inline::FOOTNOTE, "<sup>", "</sup>"),
    (Inline::CODE, "<code>", "</code>"),
    (Inline::MATH, "<code>", "</code>"),
];

/// Writes the blocks of one side of an article.
pub(super) struct FragmentWriter<'a> {
    document: &'a Document,
    /// Begins every id, so that those of a page are different.
    prefix: &'a str,
    /// The blocks that footnote references lead to.
    notes: HashSet<u32>,
    /// The open containers with the ends of their elements, outermost first.
    open: Vec<(u32, &'static str)>,
    out: String,
}

impl<'a> FragmentWriter<'a> {
    pub(super) fn new(document: &'a Document, prefix: &'a str) -> Self {
        Self {
            document,
            prefix,
            notes: document.links.iter().filter_map(|it| it.footnote).collect(),
            open: Vec::new(),
            out: String::new(),
        }
    }

    /// Some neighbouring blocks as elements.
    pub(super) fn write(&mut self, blocks: Range<u32>) -> String {
        for index in blocks {
            let block = &self.document.blocks[index as usize];
            let mut id = self.notes.contains(&index).then_some(index);
            for leaf in block.leaves.clone() {
                self.leaf(leaf, id.take());
            }
        }
        self.close(0);
        std::mem::take(&mut self.out)
    }

    fn leaf(&mut self, index: u32, id: Option<u32>) {
        let document = self.document;
        let leaf = &document.leaves[index as usize];
        let mut path: Vec<(u32, &Container)> = document.containers_of(leaf).collect();
        path.reverse();
        let kept = self.open.iter().zip(&path);
        let kept = kept.take_while(|(open, container)| open.0 == container.0);
        let kept = kept.count();
        self.close(kept);
        for (container, it) in &path[kept..] {
            let end = self.container(&it.kind, it.first_leaf == index);
            self.open.push((*container, end));
        }
        let id = id.map(|block| format!(" id=\"{}{block}\"", self.prefix));
        let id = id.unwrap_or_default();
        let (name, attributes) = match leaf.kind {
            LeafKind::Break => return self.out.push_str("<hr/>\n"),
            LeafKind::Table(table) => return self.table(leaf, &document.tables[table as usize]),
            LeafKind::Code => {
                let code = xml(document.text_of(&leaf.range));
                return self.push(&["<pre", &id, "><code>", &code, "</code></pre>\n"]);
            }
            // The target of a reference has its element, even without a text.
            _ if leaf.range.is_empty() && id.is_empty() => return,
            LeafKind::Heading(level) => (
                ["h2", "h3", "h4", "h5", "h6", "h6"][usize::from(level.clamp(1, 6) - 1)],
                "",
            ),
            LeafKind::Label => ("p", " class=\"label\""),
            LeafKind::Paragraph | LeafKind::Html => ("p", ""),
        };
        self.push(&["<", name, attributes, &id, ">"]);
        self.inline(leaf, &leaf.range);
        self.push(&["</", name, ">\n"]);
    }

    fn push(&mut self, parts: &[&str]) {
        self.out.extend(parts.iter().copied());
    }

    /// Closes containers until some are left.
    fn close(&mut self, left: usize) {
        for (_, end) in self.open.drain(left..).rev() {
            self.out.push_str(end);
        }
    }

    /// Opens a container; the end of its element. An item that began in other blocks has no marker.
    fn container(&mut self, kind: &ContainerKind, is_start: bool) -> &'static str {
        match kind {
            ContainerKind::Quote => {
                self.out.push_str("<blockquote>\n");
                "</blockquote>\n"
            }
            ContainerKind::List { last: Some(_), .. } => {
                self.out.push_str("<ol>\n");
                "</ol>\n"
            }
            ContainerKind::List { last: None, .. } => {
                self.out.push_str("<ul>\n");
                "</ul>\n"
            }
            ContainerKind::Item(marker) => {
                match marker {
                    _ if !is_start => self.out.push_str("<li class=\"rest\">"),
                    Marker::Bullet => self.out.push_str("<li>"),
                    Marker::Number(number, _) => {
                        self.push(&["<li value=\"", &number.to_string(), "\">"]);
                    }
                    Marker::Task(is_done) => {
                        let sign = if *is_done { "☑" } else { "☐" };
                        self.push(&["<li class=\"task\"><span>", sign, " </span>"]);
                    }
                }
                "</li>\n"
            }
            ContainerKind::Footnote(label) => {
                let label = if is_start {
                    format!("<sup>[{}]</sup>", xml(label))
                } else {
                    String::new()
                };
                self.push(&["<div class=\"note\">", &label]);
                "</div>\n"
            }
        }
    }

    fn table(&mut self, leaf: &Leaf, table: &Table) {
        self.out.push_str("<table>\n");
        let columns = table.alignments.len().max(1);
        for (row, cells) in table.cells.chunks(columns).enumerate() {
            let name = if row == 0 { "th" } else { "td" };
            self.out.push_str("<tr>");
            for (cell, alignment) in cells.iter().zip(&table.alignments) {
                let class = match alignment {
                    ColumnAlignment::Right => " class=\"right\"",
                    ColumnAlignment::Centre => " class=\"centre\"",
                    ColumnAlignment::None | ColumnAlignment::Left => "",
                };
                self.push(&["<", name, class, ">"]);
                self.inline(leaf, cell);
                self.push(&["</", name, ">"]);
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</table>\n");
    }

    /// Writes a range of a leaf with its styles and links.
    fn inline(&mut self, leaf: &Leaf, range: &Range<u32>) {
        let runs = &self.document.runs[leaf.runs.start as usize..leaf.runs.end as usize];
        let first = runs.partition_point(|run| run.range.end <= range.start);
        let runs = runs[first..].iter();
        let (mut at, mut link) = (range.start, None);
        for run in runs.take_while(|run| run.range.start < range.end) {
            let styled = run.range.start.max(range.start)..run.range.end.min(range.end);
            if at < styled.start {
                self.change_link(&mut link, None);
                self.text(&(at..styled.start));
            }
            at = styled.end;
            self.change_link(&mut link, run.link);
            self.styled(run, &styled);
        }
        self.change_link(&mut link, None);
        self.text(&(at..range.end));
    }

    fn styled(&mut self, run: &StyleRun, range: &Range<u32>) {
        let elements = || {
            ELEMENTS
                .iter()
                .filter(|(style, ..)| run.inline.contains(*style))
        };
        elements().for_each(|(_, start, _)| self.out.push_str(start));
        self.text(range);
        let ends: Vec<&str> = elements().map(|(.., end)| *end).collect();
        ends.iter().rev().for_each(|end| self.out.push_str(end));
    }

    /// Ends a link and begins another, if they are different. One that cannot be opened is only its text.
    fn change_link(&mut self, open: &mut Option<u32>, next: Option<u32>) {
        let target = |link: u32| {
            let link = &self.document.links[link as usize];
            match link.footnote {
                Some(block) => Some(format!("#{}{block}", self.prefix)),
                None => can_open(&link.target).then(|| xml(&link.target)),
            }
        };
        if *open == next {
            return;
        }
        let was_linked = open.and_then(target).is_some();
        let target = next.and_then(target);
        if was_linked {
            self.out.push_str("</a>");
        }
        if let Some(target) = target {
            self.push(&["<a href=\"", &target, "\">"]);
        }
        *open = next;
    }

    fn text(&mut self, range: &Range<u32>) {
        let text = xml(self.document.text_of(range));
        self.out.push_str(&text.replace('\n', "<br/>\n"));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::markdown;
    use crate::text::{SourceKind, SourcePart};

    fn written(source: &str) -> String {
        let part = SourcePart {
            kind: SourceKind::Markdown,
            source,
            line: 1,
        };
        let document = markdown::parse(&[part], "");
        FragmentWriter::new(&document, "n").write(0..document.blocks.len() as u32)
    }

    #[test]
    fn blocks_and_styles_are_elements() {
        insta::assert_snapshot!(written(
            "# 一 *b*\n\n**甲**乙[丙 **丁**](https://e.example/?a=1&b=2)[^1] ~~戊~~\\\n己\n\n3. 一\n   - [x] 二\n   - [ ] 三\n\n     再\n4. 四\n\n> 引\n>\n> - 文\n\n| a | b |\n|--:|:-:|\n| 1 | `x\\|y` |\n\n---\n\n```rust\nif a < b {\n}\n```\n\n[^1]: 注 $x^2$\n"
        ));
    }

    #[test]
    fn nothing_of_an_article_can_run() {
        let hostile = "<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![y](data:text/html,x) [z](/etc/passwd) <a href=\"vbscript:x\" onclick=\"y()\">b</a>\n\n<img src=x onerror=alert(1)> `</code><script>`\n\n```\n</code></pre><script>alert(1)</script>\n```\n\n<a href='https://e.example/\"><script>'>c</a>";
        let html = written(hostile);
        assert!(!html.contains("<script"), "{html}");
        for (at, _) in html.match_indices("href=") {
            assert!(html[at..].starts_with("href=\"https://"), "{html}");
        }
        for bad in ["onclick=", "onerror=", "<img", "javascript:alert(1)\""] {
            assert!(!html.contains(bad), "{bad} in {html}");
        }
    }

    #[test]
    fn blocks_written_apart_keep_their_numbers() {
        let part = SourcePart {
            kind: SourceKind::Markdown,
            source: "1. a\n\n   b\n2. c",
            line: 1,
        };
        let document = markdown::parse(&[part], "");
        let mut writer = FragmentWriter::new(&document, "n");
        let written: Vec<String> = (0..3).map(|block| writer.write(block..block + 1)).collect();
        let expected = [
            "<ol>\n<li value=\"1\"><p>a</p>\n</li>\n</ol>\n",
            "<ol>\n<li class=\"rest\"><p>b</p>\n</li>\n</ol>\n",
            "<ol>\n<li value=\"2\"><p>c</p>\n</li>\n</ol>\n",
        ];
        assert_eq!(written, expected);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn any_markdown_is_well_formed(source in "([-*>#`|\\[\\]()!_~<:0-9. \n$^&\"'/]|<[/a-z]{1,6}[ >]|javascript:|https://e|\\PC){0,80}") {
            let html = format!("<div>{}</div>", written(&source));
            let parsed = roxmltree::Document::parse(&html);
            prop_assert!(parsed.is_ok(), "{:?} of {html}", parsed.err());
            let known = ["div", "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "table", "tr", "th", "td", "pre", "code", "hr", "br", "a", "strong", "em", "s", "u", "small", "sup", "span"];
            for node in parsed.unwrap().descendants().filter(roxmltree::Node::is_element) {
                prop_assert!(known.contains(&node.tag_name().name()), "{html}");
                for attribute in node.attributes() {
                    let is_safe = match attribute.name() {
                        "href" => attribute.value().starts_with('#') || can_open(attribute.value()),
                        name => ["class", "id", "value"].contains(&name),
                    };
                    prop_assert!(is_safe, "{html}");
                }
            }
        }
    }
}
