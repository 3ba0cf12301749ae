//! Lines with a meaning of their own: labels (`**Summary:**`), HTML tags that structure a body, and
//! the link to the source.

use std::ops::Range;
use std::sync::LazyLock;

use super::names::without_signs;
use crate::digest::words::words;
use crate::text::{Language, html_attribute};

/// The longest label, in bytes: anything longer is a sentence in bold.
const LONGEST_LABEL: usize = 120;

/// A line that opens with bold or italic words and a colon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LabelLine {
    /// Nothing follows. The range in the line covers the words and their colon; where the colon is
    /// outside, the end of the emphasis between them too.
    Label(Range<usize>),
    /// A value follows: `**URL**: http…`, `**论文ID**：2507.20984`.
    Field,
}

/// Reads a label or a field from a line, which may be indented.
pub(super) fn label_line(line: &str) -> Option<LabelLine> {
    let start = line.len() - line.trim_start_matches([' ', '\t']).len();
    let rest = &line[start..];
    let sign = rest
        .chars()
        .next()
        .filter(|sign| matches!(sign, '*' | '_'))?;
    let inner = rest.trim_start_matches(sign);
    let signs = rest.len() - inner.len();
    let (words, closing) = inner.split_at(inner.find(sign)?);
    let after = closing.trim_start_matches(sign);
    if signs > 3 || closing.len() - after.len() != signs {
        return None;
    }
    let bare = words.trim_end_matches([':', '：', ' ']);
    let is_colon_inside = bare.len() < words.trim_end().len();
    let after = after.trim_start_matches([' ', '\t']);
    let value = after.trim_start_matches([':', '：']);
    let is_colon_outside = value.len() < after.len();
    if is_colon_inside == is_colon_outside || !is_label_text(bare) {
        return None;
    }
    // Nothing, or only a forced line break.
    Some(match value.trim() {
        "" | "\\" | "<br>" | "<br/>" | "<br />" => {
            let end = if is_colon_inside {
                start + signs + words.trim_end().len()
            } else {
                line.len() - value.len()
            };
            LabelLine::Label(start + signs..end)
        }
        _ => LabelLine::Field,
    })
}

/// Whether words can be a label: some, not too many, and without markup of their own.
fn is_label_text(words: &str) -> bool {
    words.len() <= LONGEST_LABEL
        && words.contains(char::is_alphanumeric)
        && !words.starts_with([' ', '\t'])
        && !words.contains(['`', '[', ']', '<', '>', '&', '*', '\\', '~', '|', '$'])
}

/// What a line with a single HTML tag says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagLine<'a> {
    /// `<hr>`.
    Rule,
    /// `<a name="target"></a>`, with its target.
    Anchor(&'a str),
    /// `<div lang="zh">`, `<section class="content-en">`: the tag and its language.
    Open(&'static str, Language),
}

/// The elements that may name the language of their content.
const ELEMENTS: [&str; 4] = ["div", "section", "article", "main"];

/// Reads a trimmed line that begins with `<`, if it is nothing but a tag.
pub(super) fn tag_line(trimmed: &str) -> Option<TagLine<'_>> {
    let (tag, after) = trimmed[1..].split_once('>')?;
    let after = after.trim();
    let (name, attributes) = tag.split_at(
        tag.find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(tag.len()),
    );
    if name.eq_ignore_ascii_case("hr") && after.is_empty() {
        return Some(TagLine::Rule);
    }
    if name.eq_ignore_ascii_case("a") && (after.is_empty() || after.eq_ignore_ascii_case("</a>")) {
        return html_attribute(attributes, "name")
            .or_else(|| html_attribute(attributes, "id"))
            .map(TagLine::Anchor);
    }
    let name = ELEMENTS
        .into_iter()
        .find(|element| name.eq_ignore_ascii_case(element))?;
    let language = language(attributes).filter(|_| after.is_empty())?;
    Some(TagLine::Open(name, language))
}

/// How many more tags of a name open on a line than close. Those in code spans are text.
pub(super) fn tag_balance(line: &str, name: &str) -> isize {
    let mut balance = 0;
    let outside_code = line.split('`').step_by(2);
    for rest in outside_code.flat_map(|text| text.split('<').skip(1)) {
        let (step, rest) = rest.strip_prefix('/').map_or((1, rest), |rest| (-1, rest));
        let word = &rest[..rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(rest.len())];
        if word.eq_ignore_ascii_case(name) {
            balance += step;
        }
    }
    balance
}

/// The language that attributes name: `lang` if present, otherwise a word of `class`.
fn language(attributes: &str) -> Option<Language> {
    let of_word = |word: &str| match word.to_ascii_lowercase().as_str() {
        "zh" | "cn" | "chinese" => Some(Language::Chinese),
        "en" | "english" => Some(Language::English),
        _ => None,
    };
    if let Some(lang) = html_attribute(attributes, "lang") {
        return lang.split(['-', '_']).next().and_then(of_word);
    }
    html_attribute(attributes, "class")?
        .split([' ', '\t', '-', '_'])
        .find_map(of_word)
}

/// The target of a source link such as `[原文链接](url)`, if the trimmed line holds nothing else.
/// Only `http`, `https` and `mailto`.
pub(super) fn source_link(trimmed: &str) -> Option<&str> {
    let (label, inside) = trimmed
        .strip_prefix('[')?
        .strip_suffix(')')?
        .split_once("](")?;
    if !words("source link").contains(&without_signs(label).to_lowercase().as_str()) {
        return None;
    }
    let inside = inside.trim();
    let (url, title) = match inside.strip_prefix('<') {
        Some(url) => url.split_once('>')?,
        None => inside.split_once([' ', '\t']).unwrap_or((inside, "")),
    };
    let (scheme, _) = url.split_once(':')?;
    let is_known = ["http", "https", "mailto"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known));
    let is_whole =
        !url.contains(['<', ' ']) && url.matches('(').count() == url.matches(')').count();
    (is_known && is_whole && is_link_title(title)).then_some(url)
}

static NOTES: LazyLock<&[&str]> = LazyLock::new(|| words("note"));

/// Whether a trimmed line begins a translator's or editor's note: `（译者注：…`, `*Translated by …*`.
pub(super) fn is_note(trimmed: &str) -> bool {
    let text = trimmed.trim_start_matches(|c: char| !c.is_alphanumeric());
    let begins = |note: &&str| {
        let start = text.as_bytes().get(..note.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(note.as_bytes()))
    };
    NOTES.iter().any(begins)
}

/// Whether the text after a link's target is its title, or nothing.
fn is_link_title(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || (text.len() > 1 && text.starts_with(['"', '\'']) && text.ends_with(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(line: &str) -> Option<&str> {
        match label_line(line) {
            Some(LabelLine::Label(range)) => Some(&line[range]),
            _ => None,
        }
    }

    #[test]
    fn labels_have_their_colon_inside_or_outside_half_or_full_width() {
        for line in [
            "**Summary:**",
            " **Summary:**",
            "   **Summary**:  ",
            "**Summary：**",
            "**Summary** ：",
            "__Summary:__",
            "*Summary:*",
            "_Summary_:",
            "***Summary:***",
            "**Summary:**\\",
            "**Summary:**<br>",
            "**Summary: **",
        ] {
            let label = label(line).unwrap();
            assert!(label.starts_with("Summary"), "{line}");
            assert!(label.ends_with([':', '：']), "{line}");
        }
        assert_eq!(label("**英文摘要**："), Some("英文摘要**："));
        assert_eq!(label("**Key Points (EN):**"), Some("Key Points (EN):"));
    }

    #[test]
    fn a_value_on_the_line_makes_a_field() {
        for line in [
            "**论文ID**：2507.20984",
            "**URL**: http://arxiv.org",
            "**注意：**请看",
            "*Note:* well",
        ] {
            assert_eq!(label_line(line), Some(LabelLine::Field), "{line}");
        }
    }

    #[test]
    fn other_lines_are_no_labels() {
        for line in [
            "**Summary**",
            "Summary:",
            "**:**",
            "****",
            "**a*:**",
            "- **a:**",
            "**`x`：**",
            "**[a](b):**",
            "* a:*",
            "",
            "**a:**b**",
            "__a:**",
        ] {
            assert_eq!(label(line), None, "{line}");
        }
        assert_eq!(label(&format!("**{}:**", "word ".repeat(40))), None);
    }

    #[test]
    fn elements_name_their_language() {
        for line in [
            "<div lang=zh>",
            "<div class=\"content-zh\" lang=\"zh-Hans\" markdown=\"1\">",
            "<DIV class='zh post'>",
            "<section lang='zh'>",
        ] {
            assert!(
                matches!(tag_line(line), Some(TagLine::Open(_, Language::Chinese))),
                "{line}"
            );
        }
        assert_eq!(
            tag_line("<div lang=\"en-GB\">"),
            Some(TagLine::Open("div", Language::English))
        );
        for line in [
            "<div>",
            "<div class=\"when\">",
            "<div lang=fr>",
            "<div lang=en>text</div>",
            "<span lang=en>",
            "<div",
            "<div lang",
        ] {
            assert_eq!(tag_line(line), None, "{line}");
        }
    }

    #[test]
    fn rules_and_anchors() {
        assert_eq!(tag_line("<hr />"), Some(TagLine::Rule));
        assert_eq!(
            tag_line("<a name=\"english\"></a>"),
            Some(TagLine::Anchor("english"))
        );
        assert_eq!(tag_line("<a id='中文'>"), Some(TagLine::Anchor("中文")));
        assert_eq!(tag_line("<a href=\"x\">text</a>"), None);
    }

    #[test]
    fn tags_are_balanced() {
        assert_eq!(tag_balance("<div><DIV a=b></div><divan></span>", "div"), 1);
        assert_eq!(tag_balance("in `<div lang=en>`</div>", "div"), -1);
    }

    #[test]
    fn source_links_are_recognised_by_their_words() {
        assert_eq!(
            source_link("[原文链接](https://example.com/a)"),
            Some("https://example.com/a")
        );
        assert_eq!(
            source_link("[Source Link](<https://example.com/a b> \"t\")"),
            None
        );
        assert_eq!(
            source_link("[🔗 Read the original](https://example.com/a_(b) \"title\")"),
            Some("https://example.com/a_(b)")
        );
    }

    #[test]
    fn other_links_stay() {
        for line in [
            "[CoreWeave](https://example.com)",
            "[原文链接](https://a.example) · [译文](https://b.example)",
            "[原文链接](javascript:alert)",
            "[原文链接](a.md)",
            "[原文链接][1]",
            "[原文链接](https://a.example) more",
            "原文链接",
        ] {
            assert_eq!(source_link(line), None, "{line}");
        }
    }
}
