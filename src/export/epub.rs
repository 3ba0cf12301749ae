//! The files of a book in EPUB 3.3, but for the archive that holds them.

use std::fmt::Write;

use jiff::Timestamp;

use super::page::{ARTICLE_STYLE, contents_line};
use super::xml::xml;

/// A book of articles.
#[derive(Debug)]
pub struct Book<'a> {
    /// Its title.
    pub title: &'a str,
    /// The code of its main language.
    pub language: &'static str,
    /// What it is known by: a URN.
    pub id: &'a str,
    /// When it was made.
    pub modified: Timestamp,
    /// The titles of its articles.
    pub titles: &'a [String],
}

impl Book<'_> {
    /// What comes first in the archive, `mimetype`, neither packed nor with an end of line.
    pub const MEDIA_TYPE: &'static str = "application/epub+zip";

    /// The other files with their paths, but for the articles.
    pub fn files(&self) -> [(&'static str, String); 4] {
        [
            ("META-INF/container.xml", CONTAINER.to_owned()),
            ("EPUB/style.css", ARTICLE_STYLE.to_owned()),
            ("EPUB/nav.xhtml", self.contents()),
            ("EPUB/package.opf", self.package()),
        ]
    }

    fn contents(&self) -> String {
        let mut body = format!(
            "<nav epub:type=\"toc\">\n<h1>{}</h1>\n<ol>\n",
            xml(self.title)
        );
        for (number, title) in (1..).zip(self.titles) {
            body.push_str(&contents_line(&chapter_path(number), title));
        }
        body.push_str("</ol>\n</nav>\n");
        xhtml(self.title, self.language, &body)
    }

    /// What the book is, and which files it has.
    fn package(&self) -> String {
        let (title, id, language) = (xml(self.title), xml(self.id), self.language);
        let modified = self.modified.strftime("%Y-%m-%dT%H:%M:%SZ");
        let (mut items, mut spine) = (String::new(), String::new());
        for number in 1..=self.titles.len() {
            let path = chapter_path(number);
            let _ = writeln!(
                items,
                r#"<item id="a{number}" href="{path}" media-type="application/xhtml+xml"/>"#
            );
            let _ = writeln!(spine, r#"<itemref idref="a{number}"/>"#);
        }
        format!(
            r#"<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{id}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>{language}</dc:language>
<meta property="dcterms:modified">{modified}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
{items}</manifest>
<spine>
{spine}</spine>
</package>
"#
        )
    }
}

/// Says where the package document is.
const CONTAINER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"#;

/// The name of the file of an article, numbered from 1.
pub fn chapter_path(number: usize) -> String {
    format!("a{number}.xhtml")
}

/// A page of XHTML around a body.
pub fn xhtml(title: &str, language: &str, body: &str) -> String {
    let title = xml(title);
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}" xml:lang="{language}">
<head>
<title>{title}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
{body}</body>
</html>
"#
    )
}
