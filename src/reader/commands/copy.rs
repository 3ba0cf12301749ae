//! What is copied of an article: its link, a paragraph as a quotation, a pair.

use jiff::tz::TimeZone;

use crate::reader::model::Model;
use crate::reader::page::{Page, date_and_time};

impl Model {
    pub(super) fn copy_block(&mut self) {
        let Some(page) = &self.page else { return self.set_status("No article is open") };
        match quotation(page, &self.settings.zone) {
            Some(quotation) => self.copy(quotation),
            None => self.set_status("The article is empty"),
        }
    }

    pub(super) fn copy_pair(&mut self) {
        let Some([chinese, english]) = self.page.as_ref().and_then(Page::current_pair) else {
            return self.set_status("No translation for this paragraph");
        };
        let on_one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.copy(format!("{}\n{}\n", on_one_line(chinese), on_one_line(english)));
    }

    pub(super) fn copy_link_of_article(&mut self) {
        match self.link_of_article() {
            Some(link) => self.copy(link),
            None => self.set_status("The article has no link"),
        }
    }

    pub(super) fn link_of_article(&self) -> Option<String> {
        self.page.as_ref().filter(|_| !self.is_loading())?.text().article.link.clone()
    }
}

/// The current block as a quotation in Markdown, with title, source, date and link; none in an empty text.
fn quotation(page: &Page, zone: &TimeZone) -> Option<String> {
    let block = page.current_block()?;
    let article = &page.text().article;
    let mut quotation = String::new();
    for line in page.document().block_text(block as usize).lines() {
        quotation.push_str(if line.is_empty() { ">" } else { "> " });
        quotation.push_str(line);
        quotation.push('\n');
    }
    let date = Some(date_and_time(&article.date, zone)).filter(|date| !date.is_empty());
    let title = Some(article.titles.in_language(page.side()).to_owned());
    let facts: Vec<String> = [title, article.source.clone(), date].into_iter().flatten().collect();
    quotation.push_str(">\n> — ");
    quotation.push_str(&facts.join(" · "));
    if let Some(link) = &article.link {
        quotation.push_str("\n> ");
        quotation.push_str(link);
    }
    quotation.push('\n');
    Some(quotation)
}
