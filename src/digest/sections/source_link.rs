//! The paragraph that holds nothing but the link to the source: `[原文链接](url)`, `[Source Link](url)`.

use super::name::{bare, has_simple_case};

/// The words such a link has, in lower case, without signs around them.
const WORDS: [&str; 36] = [
    "原文链接",
    "原文連結",
    "原文鏈接",
    "原文",
    "原文地址",
    "原始链接",
    "原始連結",
    "查看原文",
    "阅读原文",
    "閱讀原文",
    "阅读全文",
    "来源",
    "來源",
    "来源链接",
    "文章链接",
    "原文出处",
    "英文原文",
    "source link",
    "source",
    "original",
    "original link",
    "original article",
    "original text",
    "original source",
    "original post",
    "link to original",
    "link to the original",
    "read the original",
    "read original",
    "view original",
    "view the original",
    "article link",
    "full article",
    "read full article",
    "read the full article",
    "link to source",
];

/// The target of the link, if the trimmed line is such a link and nothing else, and its scheme may be opened.
pub(super) fn target(trimmed: &str) -> Option<&str> {
    let label = trimmed.strip_prefix('[')?;
    let inside = label.strip_suffix(')')?;
    let end = memchr::memchr_iter(b']', label.as_bytes()).find(|&at| label.as_bytes().get(at + 1) == Some(&b'('))?;
    let (words, inside) = (&label[..end], inside.get(end + "](".len()..)?);
    let words = bare(words);
    if words.len() > 40 || !is_known(words) {
        return None;
    }
    let inside = inside.trim();
    let url = match inside.strip_prefix('<') {
        Some(url) => url.split_once('>').filter(|(_, title)| is_title(title))?.0,
        None => match memchr::memchr2(b' ', b'\t', inside.as_bytes()) {
            Some(end) => Some(&inside[..end]).filter(|_| is_title(&inside[end + 1..]))?,
            None => inside,
        },
    };
    let scheme = &url[..memchr::memchr(b':', url.as_bytes())?];
    let count = |sign: u8| memchr::memchr_iter(sign, url.as_bytes()).count();
    let is_closed = memchr::memchr2(b'(', b')', url.as_bytes()).is_none() || count(b'(') == count(b')');
    let is_whole = is_closed && memchr::memchr2(b'<', b' ', url.as_bytes()).is_none();
    (is_whole && ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known))).then_some(url)
}

/// Says whether words are some of those that such a link has, in any case.
fn is_known(words: &str) -> bool {
    let is_one = |words: &str| {
        // Of equal length and ending first: most of those that are others differ there.
        let last = words.as_bytes().last().map(u8::to_ascii_lowercase);
        let may_be = |known: &&&str| known.len() == words.len() && known.as_bytes().last().copied() == last;
        WORDS.iter().filter(may_be).any(|known| known.eq_ignore_ascii_case(words))
    };
    is_one(words) || !words.chars().all(has_simple_case) && is_one(&words.to_lowercase())
}

/// Says whether what follows a target is a link's title or nothing.
fn is_title(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || (text.len() > 1 && text.starts_with(['"', '\'']) && text.ends_with(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn source_links_are_known_by_their_words() {
        assert_eq!(target("[原文链接](https://example.com/a)"), Some("https://example.com/a"));
        assert_eq!(target("[Source Link](<https://example.com/a b> \"t\")"), None);
        assert_eq!(
            target("[🔗 Read the original](https://example.com/a_(b) \"title\")"),
            Some("https://example.com/a_(b)")
        );
    }

    #[test]
    fn other_links_stay() {
        for line in [
            "[CoreWeave](https://example.com)",
            "[原文链接](https://a.example) · [译文](https://b.example)",
            "[原文链接](javascript:alert)",
            "[原文链接](a.md)",
            "[原文链接][1]",
            "[原文链接](https://a.example) more",
            "原文链接",
        ] {
            assert_eq!(target(line), None, "{line}");
        }
    }
}
