//! Which links lead to a file beside the article.

use std::borrow::Cow;

/// The relative path that a link's target names, its query and fragment taken off and its `%20`s undone; none where it leads
/// elsewhere: to the web, to the root of a site, to a place in the same text, or is a template still to be filled.
pub(super) fn relative(target: &str) -> Option<String> {
    let target = target.trim();
    let path = &target[..target.find(['?', '#']).unwrap_or(target.len())];
    let is_template = ["{{", "{%", "${", "<%"].iter().any(|mark| target.contains(mark));
    if path.is_empty() || path.starts_with(['/', '\\']) || has_scheme(path) || is_template {
        return None;
    }
    Some(decoded(path).into_owned())
}

/// Whether a target begins with a scheme (RFC 3986, 3.1); one letter is the drive of a foreign system, and no path either.
fn has_scheme(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// A text with its percent escapes undone; as it is where that gives no UTF-8.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|byte| (*byte as char).to_digit(16));
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if let (b'%', Some(high), Some(low)) = (byte, digit(at + 1), digit(at + 2)) {
            plain.push((high * 16 + low) as u8);
            at += 3;
        } else {
            plain.push(byte);
            at += 1;
        }
    }
    String::from_utf8(plain).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_beside_the_article_is_a_path() {
        for (target, path) in [
            ("a.md", "a.md"),
            ("./图/a%20b.png#top", "./图/a b.png"),
            ("../a.md?x=1", "../a.md"),
            ("%E5%9B%BE.png", "图.png"),
            ("100%.png", "100%.png"),
            ("%ff.png", "%ff.png"),
            ("a/b:c.md", "a/b:c.md"),
        ] {
            assert_eq!(relative(target).as_deref(), Some(path));
        }
        for target in
            ["", "#top", "?x", "/a.md", "//host/a", "https://a.b", "mailto:a@b", "data:x", "C:\\a", "{{ url }}"]
        {
            assert_eq!(relative(target), None, "{target}");
        }
    }
}
