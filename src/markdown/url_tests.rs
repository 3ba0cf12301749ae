//! Bare URLs.

use proptest::prelude::*;

use super::find;
use crate::markdown::dump::{parsed, tagged};

fn found(text: &str) -> Vec<&str> {
    find(text).into_iter().map(|bare| &text[bare]).collect()
}

#[test]
fn a_url_ends_where_the_sentence_goes_on() {
    for (text, url) in [
        ("见https://ft.com/content/1。后", "https://ft.com/content/1"),
        ("（http://a.b/c）", "http://a.b/c"),
        ("链接https://a.b/c中文", "https://a.b/c"),
        (
            "(see https://en.wikipedia.org/wiki/Foo_(bar)).",
            "https://en.wikipedia.org/wiki/Foo_(bar)",
        ),
        ("“https://a.b/”", "https://a.b/"),
        ("https://a.b/?q=1&r=2#x, and", "https://a.b/?q=1&r=2#x"),
        ("<https://a.b>", "https://a.b"),
        ("HTTPS://A.B!", "HTTPS://A.B"),
        ("www.foo.com/x.", "www.foo.com/x"),
        ("mailto:a@b.c; x", "mailto:a@b.c"),
        ("https://münchen.de/ä x", "https://münchen.de/ä"),
        ("http://[::1]:80/x", "http://[::1]:80/x"),
        ("http://localhost:8080", "http://localhost:8080"),
    ] {
        assert_eq!(found(text), [url], "{text}");
    }
}

#[test]
fn what_is_no_url_is_none() {
    for text in [
        "http://",
        "xhttp://a.b",
        "://a",
        "www.",
        "www.foo",
        "awww.foo.com",
        "mailto:",
        "mailto:x",
        "ftp://a.b",
        "http://。",
        "a:b//c",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn bare_urls_become_links_but_not_in_code_or_links() {
    for (source, expected) in [
        (
            "见 https://a.b/c。",
            "见 <a=https://a.b/c>https://a.b/c</>。",
        ),
        (
            "**粗 http://a.b** www.c.d",
            "<b>粗 </><b+a=http://a.b>http://a.b</> <a=http://www.c.d>www.c.d</>",
        ),
        ("`http://a.b`", "<code>http://a.b</>"),
        ("[http://a.b](http://c.d)", "<a=http://c.d>http://a.b</>"),
        (
            "http://a.b/_x_/y_*",
            "<a=http://a.b/_x_/y>http://a.b/_x_/y</>_*",
        ),
        (
            "http://a.b/w_(x)_y 和 http://a.b/w_(x)_y",
            "<a=http://a.b/w_(x)_y>http://a.b/w_(x)_y</> 和 <a=http://a.b/w_(x)_y>http://a.b/w_(x)_y</>",
        ),
        (
            "http://a.b/**c**d",
            "<a=http://a.b/cd>http://a.b/</><b+a=http://a.b/cd>c</><a=http://a.b/cd>d</>",
        ),
    ] {
        assert_eq!(tagged(&parsed(source)), expected, "{source}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn urls_are_in_order_and_whole(text in "(http://|www\\.|mailto:|[a-z./?&()\\[\\]_*@中。：“” ]|é){0,40}") {
        let mut end = 0;
        for bare in find(&text) {
            prop_assert!(bare.start >= end && bare.end > bare.start);
            prop_assert!(text.is_char_boundary(bare.start) && text.is_char_boundary(bare.end));
            end = bare.end;
        }
    }
}
