//! Links to files in the article's own folder.

use std::borrow::Cow;

/// The relative path in the target of a link, without query and fragment, and with percent escapes decoded. None if the target is on
/// the web, at the root of a site or in the same text, or is a template that was never filled in.
pub(super) fn relative_path(target: &str) -> Option<String> {
    let target = target.trim();
    let path = &target[..target.find(['?', '#']).unwrap_or(target.len())];
    let is_template = ["{{", "{%", "${", "<%"].iter().any(|mark| target.contains(mark));
    if path.is_empty() || path.starts_with(['/', '\\']) || has_scheme(path) || is_template {
        return None;
    }
    Some(decode_percent(path).into_owned())
}

/// Whether a target begins with a scheme (RFC 3986, 3.1) or the letter of a Windows drive.
fn has_scheme(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// Decodes percent escapes, unless the result is not UTF-8.
fn decode_percent(text: &str) -> Cow<'_, str> {
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
    fn only_relative_targets_are_paths() {
        for (target, path) in [
            ("a.md", "a.md"),
            ("./图/a%20b.png#top", "./图/a b.png"),
            ("../a.md?x=1", "../a.md"),
            ("%E5%9B%BE.png", "图.png"),
            ("100%.png", "100%.png"),
            ("%ff.png", "%ff.png"),
            ("a/b:c.md", "a/b:c.md"),
        ] {
            assert_eq!(relative_path(target).as_deref(), Some(path));
        }
        for target in
            ["", "#top", "?x", "/a.md", "//host/a", "https://a.b", "mailto:a@b", "data:x", "C:\\a", "{{ url }}"]
        {
            assert_eq!(relative_path(target), None, "{target}");
        }
    }
}
