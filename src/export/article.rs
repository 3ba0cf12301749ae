//! The body of an article: its header, then each paragraph with its translation.

use super::fragment::FragmentWriter;
use super::xml::xml;
use crate::bilingual::Text;
use crate::text::Language;

/// An article to be exported.
#[derive(Debug)]
pub struct ExportedArticle<'a> {
    /// Its text.
    pub text: &'a Text,
    /// The languages to write, which the text has: one or two.
    pub sides: &'a [Language],
    /// Its date, source and tags in one line.
    pub facts: String,
    /// Its number among those of a file, from 1.
    pub number: usize,
}

impl ExportedArticle<'_> {
    /// Its titles, each once, with their languages.
    pub(super) fn titles(&self) -> Vec<(Language, &str)> {
        let titles = &self.text.article.titles;
        let mut titles: Vec<(Language, &str)> = self
            .sides
            .iter()
            .map(|&side| (side, titles.in_language(side)))
            .collect();
        titles.dedup_by_key(|(_, title)| *title);
        titles
    }

    /// The title in the first of its languages.
    pub fn title(&self) -> &str {
        self.titles().first().map_or("", |(_, title)| title)
    }
}

/// An article as HTML that is well-formed XML: headings, facts, link, and the paragraphs, where both
/// languages are written as pairs of elements of the classes `zh` and `en`.
pub fn article_body(article: &ExportedArticle) -> String {
    let text = article.text;
    let mut out = String::from("<header>\n");
    let titles = article.titles();
    for (side, title) in &titles {
        let class = class(*side, titles.len() > 1);
        out.extend(["<h1", &*class, ">", &xml(title), "</h1>\n"]);
    }
    out.extend(["<p class=\"facts\">", &xml(&article.facts), "</p>\n"]);
    if let Some(link) = &text.article.link {
        let link = xml(link);
        out.extend([
            "<p class=\"facts\"><a href=\"",
            &link,
            "\">",
            &link,
            "</a></p>\n",
        ]);
    }
    out.push_str("</header>\n");
    let prefixes = Language::BOTH.map(|side| format!("a{}{}", article.number, side.code()));
    let writer = |side: Language| {
        let document = text.document(side)?;
        Some((
            side,
            FragmentWriter::new(document, &prefixes[side as usize]),
        ))
    };
    let mut writers: Vec<_> = article
        .sides
        .iter()
        .filter_map(|side| writer(*side))
        .collect();
    if let ([_, _], Some(alignment)) = (article.sides, text.alignment()) {
        for bead in &alignment.beads {
            out.push_str("<div class=\"pair\">\n");
            for (side, writer) in &mut writers {
                let part = writer.write(bead.side(*side).clone());
                out.extend(["<div", &*class(*side, true), ">\n", &part, "</div>\n"]);
            }
            out.push_str("</div>\n");
        }
    } else {
        for (side, writer) in &mut writers {
            let part = writer.write(0..text.shown(*side).blocks.len() as u32);
            out.extend(["<div", &*class(*side, false), ">\n", &part, "</div>\n"]);
        }
    }
    out
}

/// The attributes of an element in a language; one beside its translation can be hidden by its class.
fn class(side: Language, has_translation: bool) -> String {
    let code = side.code();
    if has_translation {
        format!(" class=\"{code}\" lang=\"{code}\"")
    } else {
        format!(" lang=\"{code}\"")
    }
}
