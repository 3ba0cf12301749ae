//! The titles of an article, from its header, its headings and its file's name.

use std::mem;

use super::front_matter::Fields;
use super::markup::{one_line, without_markup};
use super::sections::{Section, Sections};
use super::words::words;
use crate::text::{
    Language, LineContext, ScriptCounts, SourceKind, atx_heading, clean_line, is_han, lines,
};

/// The title of an article in each language, as far as there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Titles {
    /// The title as the article gives it (front matter, else first heading, else file name); never
    /// empty.
    pub given: String,
    /// The Chinese title, if there is one.
    pub chinese: Option<String>,
    /// The English title: one in the front matter, else the description if it is English, else the
    /// English section's first heading or sentence.
    pub english: Option<String>,
}

impl Titles {
    /// The title to show in a language; the given one if that language has none.
    pub fn in_language(&self, language: Language) -> &str {
        let title = match language {
            Language::Chinese => &self.chinese,
            Language::English => &self.english,
        };
        title.as_ref().unwrap_or(&self.given)
    }
}

/// How far into a text a title is looked for, in bytes.
const TITLE_REACH: usize = 32 * 1024;

/// The longest title taken from the text, in characters; a longer one ends with an ellipsis.
const MAX_TITLE: usize = 300;

/// The most columns of an underlined line that is a title; a character beyond ASCII counts as two.
const MAX_UNDERLINED: usize = 80;

/// A heading that names the subject of a text.
struct SubjectHeading {
    text: String,
    line: u32,
    /// True for the heading of a whole text: `#`, or underlined.
    is_main: bool,
    /// True if nothing comes before it.
    is_first: bool,
}

/// The title that the body or the file's name gives to an article whose header gives none.
pub(super) fn fallback(body: &str, name: &str) -> String {
    let headings = headings(start_of(body));
    let main = headings.iter().find(|heading| heading.is_main);
    let title = main.or(headings.first());
    title.map_or_else(|| title_of_file(name), |heading| shortened(&heading.text))
}

pub(super) fn titles(given: String, fields: &mut Fields, sections: &Sections) -> Titles {
    let given_if = |is_in_language: fn(&str) -> bool| {
        Some(&given).filter(|given| is_in_language(given)).cloned()
    };
    let chinese = fields
        .chinese
        .take()
        .or_else(|| given_if(is_chinese))
        .or_else(|| chinese_heading(sections));
    let english = fields
        .english
        .take()
        .or_else(|| given_if(is_english))
        .or_else(|| {
            fields
                .description
                .clone()
                .filter(|description| is_english(description))
        })
        .or_else(|| english_opening(sections));
    Titles {
        given,
        chinese,
        english,
    }
}

/// The file's name without its folder and extension.
fn title_of_file(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = stem(file);
    let title = one_line(if stem.is_empty() { file } else { stem });
    if title.is_empty() {
        "untitled".to_owned()
    } else {
        title
    }
}

/// A file name without the extension of a text.
pub(super) fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, extension))
            if !stem.is_empty()
                && ["md", "markdown", "mdown", "txt"]
                    .iter()
                    .any(|known| extension.eq_ignore_ascii_case(known)) =>
        {
            stem
        }
        _ => name,
    }
}

/// The main heading of a Chinese text. If the text is not split, the heading must come first: the
/// title may be meant to be English.
fn chinese_heading(sections: &Sections) -> Option<String> {
    let (section, must_be_first) = match sections {
        Sections::Pair { chinese, .. } => (chinese, false),
        Sections::Whole {
            section,
            language: Some(Language::Chinese),
            ..
        } => (section, true),
        Sections::Whole { .. } => return None,
    };
    let is_title = |heading: &SubjectHeading| {
        heading.is_main && (heading.is_first || !must_be_first) && is_chinese(&heading.text)
    };
    markdown(section)
        .flat_map(headings)
        .find(is_title)
        .map(|heading| shortened(&heading.text))
}

/// The first heading or sentence of an English section, whichever comes first.
fn english_opening(sections: &Sections) -> Option<String> {
    let Sections::Pair { english, .. } = sections else {
        return None;
    };
    markdown(english).find_map(|text| {
        let heading = headings(text)
            .into_iter()
            .find(|heading| is_english(&heading.text));
        let opening = match (heading, first_sentence(text)) {
            (Some(heading), Some((line, _))) if heading.line <= line => heading.text,
            (_, Some((_, sentence))) => sentence,
            (heading, None) => heading?.text,
        };
        Some(shortened(&opening))
    })
}

/// The Markdown parts at the start of a section, in reading order.
fn markdown(section: &Section) -> impl Iterator<Item = &str> {
    let mut left = TITLE_REACH;
    section
        .parts
        .iter()
        .filter(|part| part.kind == SourceKind::Markdown)
        .map_while(move |part| {
            if left == 0 {
                return None;
            }
            let text = start_of(section.body.get(part.range.clone())?);
            left = left.saturating_sub(text.len());
            Some(text)
        })
}

/// The start of a text, in which titles are looked for: whole lines, unless the first is longer.
fn start_of(text: &str) -> &str {
    if text.len() <= TITLE_REACH {
        return text;
    }
    let start = &text[..text.floor_char_boundary(TITLE_REACH)];
    start.rfind('\n').map_or(start, |end| &start[..end])
}

fn headings(text: &str) -> Vec<SubjectHeading> {
    let mut headings = Vec::new();
    // A paragraph of one line above, which an underline would make a heading, and whether it is the
    // first thing in the text. The underline of a longer paragraph makes a heading that is no
    // title.
    let mut paragraph: Option<(&str, bool)> = None;
    let mut is_in_paragraph = false;
    let mut is_first = true;
    for line in lines(text) {
        let was_in_paragraph = mem::take(&mut is_in_paragraph);
        if line.context != LineContext::Text || line.indent >= 4 {
            paragraph = None;
            is_first &= line.is_blank();
            continue;
        }
        let trimmed = line.trimmed();
        if let Some((level, text)) = atx_heading(trimmed) {
            headings.extend(subject_heading(text, line.index, level == 1, is_first));
            paragraph = None;
        } else if let Some((text, is_first)) = paragraph.filter(|_| is_underline(trimmed)) {
            headings.extend(subject_heading(text, line.index - 1, true, is_first));
            paragraph = None;
        } else {
            let is_definition = trimmed.starts_with('[') && trimmed.contains("]:");
            let is_prose = !trimmed.is_empty()
                && !is_definition
                && !trimmed.starts_with(['>', '-', '*', '+', '|', '<', '!', '`']);
            paragraph =
                (is_prose && !was_in_paragraph && !is_long(trimmed)).then_some((trimmed, is_first));
            is_in_paragraph = is_prose;
        }
        is_first &= trimmed.is_empty();
    }
    headings
}

/// Whether a line is too long for a title: more often a rule or a merge conflict made a heading of
/// its paragraph.
fn is_long(line: &str) -> bool {
    let columns = line.chars().map(|c| if c.is_ascii() { 1 } else { 2 });
    columns.sum::<usize>() > MAX_UNDERLINED
}

/// A heading, unless it names nothing.
fn subject_heading(text: &str, line: u32, is_main: bool, is_first: bool) -> Option<SubjectHeading> {
    let text = plain_line(text);
    let core = text.trim_end_matches([':', '：', ' ']).to_lowercase();
    let names_subject = !core.is_empty() && !words("no subject").contains(&core.as_str());
    names_subject.then_some(SubjectHeading {
        text,
        line,
        is_main,
        is_first,
    })
}

/// The start of a line without markup, long enough for any title.
fn plain_line(line: &str) -> String {
    one_line(&without_markup(
        &line[..line.floor_char_boundary(MAX_TITLE * 8)],
    ))
}

/// True if a line underlines the one above: `===` or `---`.
fn is_underline(line: &str) -> bool {
    !line.is_empty()
        && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

/// The first English sentence of a text that is not a heading, with its line.
fn first_sentence(text: &str) -> Option<(u32, String)> {
    let mut prose = lines(text).filter(|line| {
        line.context == LineContext::Text
            && line.indent < 4
            && !line.trimmed().starts_with(['#', '<', '!', '|'])
    });
    prose.find_map(|line| {
        let text = plain_line(line.trimmed().trim_start_matches(['>', '-', '*', '+', ' ']));
        let text = without_label(&text);
        let end = [". ", "? ", "! "]
            .iter()
            .filter_map(|end| text.find(end))
            .min()
            .map_or(text.len(), |end| end + 1);
        let sentence = &text[..end];
        let is_sentence = is_english(sentence)
            && sentence.split_whitespace().count() > 2
            && !sentence.ends_with(':');
        is_sentence.then(|| (line.index, sentence.to_owned()))
    })
}

/// A line without the Chinese label before it (`英文标题：A title`).
fn without_label(text: &str) -> &str {
    match text.split_once('：') {
        Some((label, rest)) if label.chars().count() <= 8 && label.contains(is_han) => {
            rest.trim_start()
        }
        _ => text,
    }
}

/// A title of at most [`MAX_TITLE`] characters.
fn shortened(title: &str) -> String {
    match title.char_indices().nth(MAX_TITLE) {
        Some((end, _)) => clean_line(&format!("{}…", title[..end].trim_end())).into_owned(),
        None => title.to_owned(),
    }
}

/// True if a title is Chinese: it has Han characters, and no kana.
fn is_chinese(title: &str) -> bool {
    let scripts = ScriptCounts::of(title);
    scripts.han > 0 && scripts.kana == 0
}

/// True if a title is English: it has Latin words and hardly any Han characters, and it is no
/// template (`{{ title }}`).
fn is_english(title: &str) -> bool {
    let ScriptCounts {
        han, kana, latin, ..
    } = ScriptCounts::of(title);
    kana == 0 && latin > 0 && (han == 0 || latin > han * 2) && !title.contains("{{")
}
