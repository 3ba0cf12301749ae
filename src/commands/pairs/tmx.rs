//! TMX 1.4b, the exchange format of translation memories (LISA OSCAR, 2005; now kept by GALA).

use std::fmt::{self, Display};
use std::io::{self, Write};

use super::aligned::ArticlePairs;
use super::format::PairFormat;

/// Writes a translation memory.
pub(super) struct Tmx {
    /// Whether segments are sentences instead of paragraphs.
    pub(super) sentences: bool,
}

impl PairFormat for Tmx {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let segments = if self.sentences { "sentence" } else { "paragraph" };
        writeln!(
            out,
            r#"<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
  <header creationtool="jianbao" creationtoolversion="{}" segtype="{segments}" o-tmf="Markdown" adminlang="en" srclang="zh-CN" datatype="plaintext"/>
  <body>"#,
            env!("CARGO_PKG_VERSION")
        )
    }

    fn article(&mut self, article: &ArticlePairs, out: &mut dyn Write) -> io::Result<()> {
        let of_article = [
            ("x-title", Some(&article.title)),
            ("x-article", Some(&article.path)),
            ("x-source", article.source.as_ref()),
            ("x-link", article.link.as_ref()),
        ];
        for pair in &article.pairs {
            writeln!(out, "    <tu>")?;
            for (kind, value) in of_article.into_iter().filter_map(|(kind, value)| Some((kind, value?))) {
                writeln!(out, r#"      <prop type="{kind}">{}</prop>"#, Escaped(value))?;
            }
            for (language, text) in [("zh-CN", &pair.chinese), ("en", &pair.english)] {
                writeln!(out, r#"      <tuv xml:lang="{language}"><seg>{}</seg></tuv>"#, Escaped(text))?;
            }
            writeln!(out, "    </tu>")?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "  </body>\n</tmx>")
    }
}

/// A text as character data of XML 1.0: markup is escaped, and forbidden characters are left out.
struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = rest.find(|c: char| matches!(c, '&' | '<' | '>' | '"' | '\'' | '\r') || !is_char(c)) {
            f.write_str(&rest[..at])?;
            let mut left = rest[at..].chars();
            match left.next() {
                Some('&') => f.write_str("&amp;")?,
                Some('<') => f.write_str("&lt;")?,
                Some('>') => f.write_str("&gt;")?,
                Some('"') => f.write_str("&quot;")?,
                Some('\'') => f.write_str("&apos;")?,
                Some('\r') => f.write_str("&#13;")?,
                _ => {}
            }
            rest = left.as_str();
        }
        f.write_str(rest)
    }
}

/// Whether XML 1.0 allows a character (production 2, `Char`).
const fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::aligned::TextPair;
    use super::*;

    /// The document with one unit of two texts, and what a parser reads from it.
    fn parsed(chinese: &str, english: &str) -> Vec<String> {
        let pair = TextPair { chinese: chinese.into(), english: english.into(), lines: [1, 2], confidence: 1.0 };
        let article = ArticlePairs {
            path: english.into(),
            title: chinese.into(),
            source: Some("a & b".into()),
            link: None,
            pairs: vec![pair],
        };
        let (mut format, mut out) = (Tmx { sentences: false }, Vec::new());
        format.begin(&mut out).unwrap();
        format.article(&article, &mut out).unwrap();
        format.end(&mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let document = roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let segments = document.descendants().filter(|node| node.has_tag_name("seg") || node.has_tag_name("prop"));
        segments.map(|node| node.text().unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn markup_is_text() {
        let found = parsed("<b>甲 & 乙</b>]]>", "\"A\" <!-- & 'B' &amp;\r\n");
        let expected = [
            "<b>甲 & 乙</b>]]>",
            "\"A\" <!-- & 'B' &amp;\r\n",
            "a & b",
            "<b>甲 & 乙</b>]]>",
            "\"A\" <!-- & 'B' &amp;\r\n",
        ];
        assert_eq!(found, expected);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn any_text_is_well_formed_and_comes_back(chinese in "[\\x00-\\x1f\\x7f-\\x9f&<>\\]\u{FFFE}\u{FFFF}\u{202E}中a]{0,20}|\\PC{0,20}", english in any::<String>()) {
            let kept = |text: &str| text.chars().filter(|c| is_char(*c)).collect::<String>();
            let found = parsed(&chinese, &english);
            prop_assert_eq!(&found[3], &kept(&chinese));
            prop_assert_eq!(&found[4], &kept(&english));
        }
    }
}
