//! A feed in Atom (RFC 4287).

use jiff::Timestamp;

use super::article::{ExportedArticle, article_body};
use super::xml::xml;

/// What a feed says of itself.
#[derive(Debug)]
pub struct Feed<'a> {
    /// Its title.
    pub title: &'a str,
    /// What it is known by: a URI that never changes.
    pub id: &'a str,
    /// When the newest of its articles is from.
    pub updated: Timestamp,
}

impl Feed<'_> {
    /// The end of a feed.
    pub const END: &'static str = "</feed>\n";

    /// The start of the feed.
    pub fn start(&self) -> String {
        format!(
            r#"<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>{}</title>
<id>{}</id>
<updated>{}</updated>
<author><name>jianbao</name></author>
<generator version="{}">jianbao</generator>
"#,
            xml(self.title),
            xml(self.id),
            self.updated,
            env!("CARGO_PKG_VERSION")
        )
    }
}

/// The entry of an article, which is known by a URI, with its whole text as XHTML.
pub fn atom_entry(article: &ExportedArticle, id: &str, updated: Timestamp) -> String {
    let about = &article.text.article;
    let mut entry = format!(
        "<entry>\n<title>{}</title>\n<id>{}</id>\n<updated>{updated}</updated>\n",
        xml(article.title()),
        xml(id)
    );
    if let Some(source) = &about.source {
        entry.extend(["<author><name>", &xml(source), "</name></author>\n"]);
    }
    if let Some(link) = &about.link {
        entry.extend(["<link rel=\"alternate\" href=\"", &xml(link), "\"/>\n"]);
    }
    for tag in &about.tags {
        entry.extend(["<category term=\"", &xml(tag), "\"/>\n"]);
    }
    let body = article_body(article);
    entry.extend([
        "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">\n",
        &body,
        "</div></content>\n</entry>\n",
    ]);
    entry
}
