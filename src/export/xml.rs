//! Text in XML and HTML.

/// A text as character data of XML 1.0: markup is escaped, and forbidden characters are left out.
pub fn xml(text: &str) -> String {
    let mut data = String::with_capacity(text.len());
    for c in text.chars().filter(|&c| is_char(c)) {
        match c {
            '&' => data.push_str("&amp;"),
            '<' => data.push_str("&lt;"),
            '>' => data.push_str("&gt;"),
            '"' => data.push_str("&quot;"),
            '\'' => data.push_str("&apos;"),
            '\r' => data.push_str("&#13;"),
            c => data.push(c),
        }
    }
    data
}

/// Whether XML 1.0 allows a character (production 2, `Char`).
const fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}
