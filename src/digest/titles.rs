//! The titles of an article, from its header, its headings and its file's name.

use super::front_matter::Fields;
use super::markup::{one_line, without_markup};
use super::sections::{PartKind, Section, Sections};
use crate::text::{Language, LineContext, ScriptCounts, clean_line, is_han, lines};

/// The title of an article in each language, as far as there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Titles {
    /// The title as the article gives it (front matter, else first heading, else file name); never empty.
    pub given: String,
    /// The Chinese title, where there is one.
    pub chinese: Option<String>,
    /// The English title: one in the front matter, else the description if it is English, else the English section's first heading or sentence.
    pub english: Option<String>,
}

impl Titles {
    /// The title to show in a language; the given one where that language has none.
    pub fn in_language(&self, language: Language) -> &str {
        let title = match language {
            Language::Chinese => &self.chinese,
            Language::English => &self.english,
        };
        title.as_ref().unwrap_or(&self.given)
    }
}

/// How far into a text a title is looked for, in bytes: what stands below is no title.
const TITLE_REACH: usize = 32 * 1024;

/// The longest title taken from the text, in characters; a longer one ends with an ellipsis.
const LONGEST_TITLE: usize = 300;

/// Headings that name a part of a text, not its subject.
const GENERIC: &[&str] = &[
    "summary",
    "abstract",
    "english",
    "english summary",
    "english version",
    "key points",
    "key takeaways",
    "overview",
    "introduction",
    "area summary",
    "original",
    "translation",
    "contents",
    "table of contents",
    "中文",
    "摘要",
    "目录",
    "概述",
    "前言",
    "简介",
    "要点",
    "原始摘要",
    "英文摘要",
    "中文摘要",
    "ai 摘要",
    "领域摘要",
    "中文版",
    "引言",
    "正文",
    "原文",
    "译文",
];

/// A heading of a text.
struct Heading {
    /// Its text, without markup.
    text: String,
    /// Its line in the text, counted from 0.
    line: u32,
    /// Whether it is one of a whole text: `#`, or underlined.
    is_main: bool,
    /// Whether nothing stands above it.
    is_first: bool,
}

/// The title that the body or the file's name gives to an article whose header gives none.
pub(super) fn fallback(body: &str, name: &str) -> String {
    let headings = headings(reach(body));
    let title =
        headings.iter().find(|heading| heading.is_main).or_else(|| headings.iter().find(|heading| heading.is_first));
    title.map_or_else(|| of_file_name(name), |heading| shortened(&heading.text))
}

/// The titles in both languages.
pub(super) fn titles(given: String, fields: &mut Fields, sections: &Sections) -> Titles {
    let scripts = ScriptCounts::of(&given);
    let given_if = |is_wanted: bool| is_wanted.then(|| given.clone());
    let chinese =
        fields.chinese.take().or_else(|| given_if(holds_chinese(scripts))).or_else(|| chinese_heading(sections));
    let english = fields
        .english
        .take()
        .or_else(|| given_if(holds_english(scripts, &given)))
        .or_else(|| fields.description.clone().filter(|description| is_english(description)))
        .or_else(|| english_opening(sections));
    Titles { given, chinese, english }
}

/// The file's name without its folder and extension.
fn of_file_name(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = stem(file);
    let title = one_line(if stem.is_empty() { file } else { stem });
    if title.is_empty() { "untitled".to_owned() } else { title }
}

/// A file name without the extension of a text.
pub(super) fn stem(name: &str) -> &str {
    let dot = name.rfind('.').filter(|&dot| dot > 0);
    let is_text =
        |extension: &str| ["md", "markdown", "mdown", "txt"].iter().any(|known| extension.eq_ignore_ascii_case(known));
    dot.filter(|&dot| is_text(&name[dot + 1..])).map_or(name, |dot| &name[..dot])
}

/// The main heading of a Chinese text; of one that is not split only where it stands first, since the title may be English by right.
fn chinese_heading(sections: &Sections) -> Option<String> {
    let (section, must_be_first) = match sections {
        Sections::Pair { chinese, .. } => (chinese, false),
        Sections::Whole { section, language: Some(Language::Chinese), .. } => (section, true),
        Sections::Whole { .. } => return None,
    };
    let is_title =
        |heading: &Heading| heading.is_main && (heading.is_first || !must_be_first) && is_chinese(&heading.text);
    markdown(section).flat_map(headings).find(is_title).map(|heading| shortened(&heading.text))
}

/// The first heading or sentence of an English section, whichever comes first.
fn english_opening(sections: &Sections) -> Option<String> {
    let Sections::Pair { english, .. } = sections else { return None };
    markdown(english).find_map(|text| {
        let heading = headings(text).into_iter().find(|heading| is_english(&heading.text));
        let sentence = first_sentence(text);
        match (heading, sentence) {
            (Some(heading), Some((line, _))) if heading.line <= line => Some(shortened(&heading.text)),
            (_, Some((_, sentence))) => Some(shortened(&sentence)),
            (heading, None) => heading.map(|heading| shortened(&heading.text)),
        }
    })
}

/// The Markdown parts at the start of a section, in reading order.
fn markdown(section: &Section) -> impl Iterator<Item = &str> {
    let mut left = TITLE_REACH;
    section.parts.iter().filter(|part| part.kind == PartKind::Markdown).map_while(move |part| {
        let text = reach(section.body.get(part.range.clone())?).get(..)?;
        let fits = left > 0;
        left = left.saturating_sub(text.len());
        fits.then_some(text)
    })
}

/// The start of a text, in which titles are looked for: whole lines, unless the first is longer.
fn reach(text: &str) -> &str {
    let Some(start) = text.get(..floor(text, TITLE_REACH)).filter(|start| start.len() < text.len()) else {
        return text;
    };
    start.rfind('\n').map_or(start, |end| &start[..end])
}

/// The nearest character boundary at or before an offset.
fn floor(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The headings of a text that name its subject.
fn headings(text: &str) -> Vec<Heading> {
    let mut headings = Vec::new();
    // The paragraph line above, which an underline would make a heading; and whether anything stood above that.
    let mut above: Option<(&str, bool)> = None;
    let mut is_first = true;
    for line in lines(text) {
        if line.context != LineContext::Text || line.indent >= 4 {
            above = None;
            is_first &= line.is_blank();
            continue;
        }
        let trimmed = line.trimmed();
        if let Some((level, heading)) = atx(trimmed) {
            push(&mut headings, heading, line.index, level == 1, is_first);
            above = None;
        } else if let Some((paragraph, first)) = above.filter(|_| is_underline(trimmed)) {
            push(&mut headings, paragraph, line.index - 1, true, first);
            above = None;
        } else {
            // Only a paragraph of one line: the underline of a longer one makes a heading that is no title.
            let may_head = !trimmed.is_empty() && !trimmed.starts_with(['>', '-', '*', '+', '|', '<', '[', '!', '`']);
            above = (may_head && above.is_none()).then_some((trimmed, is_first));
        }
        is_first &= trimmed.is_empty();
    }
    headings
}

/// Adds a heading, unless it names nothing.
fn push(headings: &mut Vec<Heading>, text: &str, line: u32, is_main: bool, is_first: bool) {
    let text = one_line(&without_markup(text.get(..floor(text, LONGEST_TITLE * 8)).unwrap_or(text)));
    let core = text.trim_end_matches([':', '：', ' ']).to_lowercase();
    if !core.is_empty() && !GENERIC.contains(&core.as_str()) {
        headings.push(Heading { text, line, is_main, is_first });
    }
}

/// Reads an ATX heading: its level, and its text without closing marks and `{#id}`.
fn atx(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|&byte| byte == b'#').count();
    let rest = line[level..].strip_prefix([' ', '\t'])?.trim();
    let bare = rest.trim_end_matches('#');
    let rest = if bare.is_empty() || bare.ends_with([' ', '\t']) { bare.trim_end() } else { rest };
    let rest = match rest.rfind("{#") {
        Some(at) if rest.ends_with('}') => rest[..at].trim_end(),
        _ => rest,
    };
    (1..=6).contains(&level).then_some((level, rest))
}

/// Says whether a line underlines the one above: `===` or `---`.
fn is_underline(line: &str) -> bool {
    !line.is_empty() && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

/// The first English sentence of a text that is not a heading, with its line.
fn first_sentence(text: &str) -> Option<(u32, String)> {
    lines(text).filter(|line| line.context == LineContext::Text && line.indent < 4).find_map(|line| {
        let text = line.trimmed();
        let text = text.get(..floor(text, LONGEST_TITLE * 8)).filter(|text| !text.starts_with(['#', '<', '!', '|']))?;
        let text = one_line(&without_markup(text.trim_start_matches(['>', '-', '*', '+', ' '])));
        let text = without_label(&text);
        let end = [". ", "? ", "! "].iter().filter_map(|end| text.find(end)).min().map_or(text.len(), |end| end + 1);
        let sentence = &text[..end];
        let is_sentence = is_english(sentence) && sentence.split_whitespace().count() > 2 && !sentence.ends_with(':');
        is_sentence.then(|| (line.index, sentence.to_owned()))
    })
}

/// A line without the Chinese label before it (`英文标题：A title`).
fn without_label(text: &str) -> &str {
    let labelled = text.split_once('：').filter(|(label, _)| label.chars().count() <= 8 && label.contains(is_han));
    labelled.map_or(text, |(_, rest)| rest.trim_start())
}

/// A title of bearable length.
fn shortened(title: &str) -> String {
    match title.char_indices().nth(LONGEST_TITLE) {
        Some((end, _)) => clean_line(&format!("{}…", title[..end].trim_end())).into_owned(),
        None => title.to_owned(),
    }
}

/// Says whether a title is Chinese.
fn is_chinese(title: &str) -> bool {
    holds_chinese(ScriptCounts::of(title))
}

/// Says whether a title of these scripts is Chinese: it has Han, not mixed with kana.
fn holds_chinese(scripts: ScriptCounts) -> bool {
    scripts.han > 0 && scripts.kana == 0
}

/// Says whether a title is English.
fn is_english(title: &str) -> bool {
    let is_word = |pair: &[u8]| pair.iter().all(u8::is_ascii_alphabetic);
    // Of ASCII alone one word tells all.
    if title.is_ascii() && title.as_bytes().windows(2).any(is_word) {
        return !is_template(title);
    }
    holds_english(ScriptCounts::of(title), title)
}

/// Says whether a title of these scripts is English: it has Latin words and no Han, or hardly any; and it is no template.
fn holds_english(scripts: ScriptCounts, title: &str) -> bool {
    let ScriptCounts { han, kana, latin } = scripts;
    kana == 0 && latin > 0 && (han == 0 || latin > han * 2) && !is_template(title)
}

/// Says whether a title is to be filled in yet: `{{ title }}`.
fn is_template(title: &str) -> bool {
    memchr::memchr(b'{', title.as_bytes()).is_some() && title.contains("{{")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{is_han, is_kana};

    #[test]
    fn every_character_makes_a_title_chinese_or_forbids_it() {
        let mut buffer = [0; 4];
        for c in '\0'..=char::MAX {
            let scripts = ScriptCounts::of(c.encode_utf8(&mut buffer));
            assert_eq!((scripts.han > 0, scripts.kana > 0), (is_han(c), is_kana(c)), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn ascii_is_told_to_be_english_by_one_word(title in "[a-cA-C0 .'{中é]{0,9}") {
            prop_assert_eq!(is_english(&title), holds_english(ScriptCounts::of(&title), &title));
        }
    }
}
