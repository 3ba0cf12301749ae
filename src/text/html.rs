//! What is read of HTML in several layers.

/// The value of an attribute in the attributes of a tag, as written; empty if it has none.
pub fn html_attribute<'h>(attributes: &'h str, name: &str) -> Option<&'h str> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let first = rest.chars().next()?.len_utf8();
        let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/' | '"' | '\'');
        let end = rest[first..]
            .find(ends)
            .map_or(rest.len(), |end| first + end);
        let key = &rest[..end];
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after
                .chars()
                .next()
                .filter(|quote| matches!(quote, '"' | '\''));
            (value, rest) = match quote {
                Some(quote) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                None => after.split_at(
                    after
                        .find(|c: char| c.is_ascii_whitespace())
                        .unwrap_or(after.len()),
                ),
            };
        }
        if key.eq_ignore_ascii_case(name) {
            return Some(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::html_attribute;

    #[test]
    fn attributes_are_found() {
        let attributes = " HREF = \"a&amp;b\" alt='图 x' checked src=u/v data-src=\"no\"";
        assert_eq!(html_attribute(attributes, "href"), Some("a&amp;b"));
        assert_eq!(html_attribute(attributes, "alt"), Some("图 x"));
        assert_eq!(html_attribute(attributes, "checked"), Some(""));
        assert_eq!(html_attribute(attributes, "src"), Some("u/v"));
        assert_eq!(html_attribute(attributes, "title"), None);
        assert_eq!(html_attribute("图=1 a=\"open", "a"), Some("open"));
    }
}
