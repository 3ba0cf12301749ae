//! Lines of HTML that structure a body: rules, anchors, elements that say their language.

use crate::text::Language;

/// What a line that is one HTML tag says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagLine<'a> {
    /// `<hr>`.
    Rule,
    /// `<a name="target"></a>`, its target.
    Anchor(&'a str),
    /// `<div lang="zh">`, `<section class="content-en">`: the tag and its language.
    Open(&'static str, Language),
}

/// The elements that may say the language of what they hold.
const ELEMENTS: [&str; 4] = ["div", "section", "article", "main"];

/// Reads a trimmed line that begins with `<`, if it is nothing but the tag.
pub(super) fn tag_line(trimmed: &str) -> Option<TagLine<'_>> {
    let end = trimmed.find('>')?;
    let (tag, after) = (&trimmed[1..end], trimmed[end + 1..].trim());
    let name_end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
    let (name, attributes) = tag.split_at(name_end);
    if name.eq_ignore_ascii_case("hr") && after.is_empty() {
        return Some(TagLine::Rule);
    }
    if name.eq_ignore_ascii_case("a") && (after.is_empty() || after.eq_ignore_ascii_case("</a>")) {
        return attribute(attributes, "name").or_else(|| attribute(attributes, "id")).map(TagLine::Anchor);
    }
    let name = ELEMENTS.into_iter().find(|element| name.eq_ignore_ascii_case(element))?;
    after.is_empty().then(|| language(attributes)).flatten().map(|language| TagLine::Open(name, language))
}

/// How many tags of a name open and close on a line.
pub(super) fn count_tags(line: &str, name: &str) -> (usize, usize) {
    let (mut opened, mut closed) = (0, 0);
    for rest in line.split('<').skip(1) {
        let (is_close, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let is_name = rest.as_bytes().get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()));
        let ends = !rest.as_bytes().get(name.len()).is_some_and(u8::is_ascii_alphanumeric);
        if is_name && ends {
            *(if is_close { &mut closed } else { &mut opened }) += 1;
        }
    }
    (opened, closed)
}

/// The value of an attribute, quoted or not.
fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    while let Some((before, after)) = rest.split_once('=') {
        let key = before.rsplit([' ', '\t', '"', '\'']).next().unwrap_or_default();
        let after = after.trim_start();
        let quoted = ['"', '\'']
            .into_iter()
            .find_map(|quote| after.strip_prefix(quote).map(|after| after.split_once(quote).unwrap_or((after, ""))));
        let end = after.find([' ', '\t', '/']).unwrap_or(after.len());
        let (value, next) = quoted.unwrap_or_else(|| after.split_at(end));
        if key.eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = next;
    }
    None
}

/// The language that attributes say: `lang` decides, else a word of `class`.
fn language(attributes: &str) -> Option<Language> {
    let of = |word: &str| match word.to_ascii_lowercase().as_str() {
        "zh" | "cn" | "chinese" => Some(Language::Chinese),
        "en" | "english" => Some(Language::English),
        _ => None,
    };
    if let Some(lang) = attribute(attributes, "lang") {
        return lang.split(['-', '_']).next().and_then(of);
    }
    attribute(attributes, "class")?.split([' ', '\t', '-', '_']).find_map(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_say_their_language() {
        for line in [
            "<div lang=zh>",
            "<div class=\"content-zh\" lang=\"zh-Hans\" markdown=\"1\">",
            "<DIV class='zh post'>",
            "<section lang='zh'>",
        ] {
            assert!(matches!(tag_line(line), Some(TagLine::Open(_, Language::Chinese))), "{line}");
        }
        assert_eq!(tag_line("<div lang=\"en-GB\">"), Some(TagLine::Open("div", Language::English)));
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
        assert_eq!(tag_line("<a name=\"english\"></a>"), Some(TagLine::Anchor("english")));
        assert_eq!(tag_line("<a id='中文'>"), Some(TagLine::Anchor("中文")));
        assert_eq!(tag_line("<a href=\"x\">text</a>"), None);
    }

    #[test]
    fn tags_are_counted() {
        assert_eq!(count_tags("<div><DIV a=b></div><divan></span>", "div"), (2, 1));
    }
}
