//! The tokeniser of HTML.

use proptest::prelude::*;

use super::{HtmlToken, HtmlTokens, decode};

fn tokens(html: &str) -> Vec<HtmlToken<'_>> {
    HtmlTokens::new(html).collect()
}

#[test]
fn html_is_split_as_a_browser_splits_it() {
    use HtmlToken::{Close, Hidden, Open, Text};
    assert_eq!(
        tokens("a<b x='>'>c</b >d"),
        [
            Text("a"),
            Open("b", " x='>'"),
            Text("c"),
            Close("b"),
            Text("d")
        ]
    );
    assert_eq!(
        tokens("<!-- <b> --><?x?><!DOCTYPE x>t"),
        [Hidden, Hidden, Hidden, Text("t")]
    );
    assert_eq!(
        tokens("1 < 2 <3 </4> <-"),
        [
            Text("1 "),
            Text("< 2 "),
            Text("<3 "),
            Text("</4> "),
            Text("<-")
        ]
    );
    assert_eq!(tokens("<!-- open <b>"), [Text("<!-- open "), Open("b", "")]);
    assert_eq!(tokens("<a b=\"c>d"), [Open("a", " b=\"c"), Text("d")]);
    assert_eq!(tokens("<a"), [Text("<a")]);
    assert_eq!(tokens("<!-->x<br/>"), [Hidden, Text("x"), Open("br", "/")]);
}

#[test]
fn character_references_are_resolved() {
    assert_eq!(
        decode("a &amp; b &lt;&#20013;&#x6587;&Eacute;&hellip;"),
        "a & b <中文É…"
    );
    assert_eq!(
        decode("&nope; &; & &#; AT&T &amp"),
        "&nope; &; & &#; AT&T &amp"
    );
}

proptest! {
    #[test]
    fn tokens_cover_the_text(html in "(<|>|/|a|b|=|\"|'|!|-|\\?| |中|&amp;|&|;){0,60}") {
        let text: usize = tokens(&html).iter().map(|token| if let HtmlToken::Text(text) = token { text.len() } else { 0 }).sum();
        prop_assert!(text <= html.len());
        prop_assert!(html.contains('<') || text == html.len());
        let _ = (crate::text::html_attribute(&html, "a"), decode(&html));
    }
}
