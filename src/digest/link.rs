//! The links that may be shown and opened.

use crate::text::clean_line;

/// A link that may be shown and opened: `http`, `https` or `mailto`, cleaned, without white space.
pub(super) fn web_link(written: &str) -> Option<String> {
    let clean = clean_line(written);
    let link = clean.trim().trim_start_matches('<').trim_end_matches('>');
    let is_web = ["http://", "https://", "mailto:"].iter().any(|scheme| {
        link.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)) && link.len() > scheme.len()
    });
    (is_web && !link.contains(char::is_whitespace)).then(|| link.to_owned())
}
