use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::*;
use Ambiguous::{Narrow, Wide};

#[test]
fn clusters_are_measured_as_terminals_draw_them() {
    for (text, narrow, wide) in [
        ("", 0, 0),
        ("abc", 3, 3),
        ("简报", 4, 4),
        ("，。", 4, 4),
        ("“”‘’…—·", 7, 14),
        ("e\u{301}", 1, 1),
        ("한국어", 6, 6),
        ("ｱｲ", 2, 2),
        ("ＡＢ", 4, 4),
        ("👍🏽", 2, 2),
        ("👨‍👩‍👧", 2, 2),
        ("🇨🇳🇬🇧", 4, 4),
        ("1️⃣", 2, 2),
        ("❤️", 2, 2),
        ("か\u{3099}", 2, 2),
        ("葛\u{E0100}", 2, 2),
        ("\u{200B}", 0, 0),
        ("\u{1B}\u{7}\n", 0, 0),
    ] {
        assert_eq!(
            (columns(text, Narrow), columns(text, Wide)),
            (narrow, wide),
            "{text:?}"
        );
    }
}

#[test]
fn a_cut_ends_in_dots_and_never_takes_more_than_it_may() {
    for (text, most, cut_to) in [
        ("初创企业", 8, "初创企业"),
        ("初创企业", 7, "初创企…"),
        ("初创企业", 6, "初创…"),
        ("初创企业", 2, "…"),
        ("初创企业", 1, "…"),
        ("初创企业", 0, ""),
        ("Nvidia", 6, "Nvidia"),
        ("Nvidia", 5, "Nvid…"),
        ("ae\u{301}👨‍👩‍👧b", 3, "ae\u{301}…"),
    ] {
        assert_eq!(cut(text, most, Narrow), cut_to, "{text} to {most}");
    }
    assert_eq!(cut("初创企业", 7, Wide), "初创…");
    assert_eq!(cut("abc", 1, Wide), "a", "no room for two columns of dots");
}

#[test]
fn a_cut_start_leaves_the_end() {
    for (text, most, cut_to) in [
        ("~/digests", 9, "~/digests"),
        ("~/digests", 8, "…digests"),
        ("~/初创", 5, "…初创"),
        ("~/初创", 4, "…创"),
        ("~/x👨‍👩‍👧", 3, "…👨‍👩‍👧"),
        ("~/x", 1, "…"),
    ] {
        assert_eq!(cut_start(text, most, Narrow), cut_to, "{text} to {most}");
    }
}

/// Every character that the fast paths claim to know, beside every kind of neighbour.
#[test]
fn the_fast_paths_agree_with_the_segmentation() {
    let neighbours = [
        'a',
        '中',
        '。',
        'é',
        '“',
        '한',
        '\u{301}',
        '\u{FE0F}',
        '\u{200D}',
        '\u{3099}',
        '😀',
        '🏽',
        '🇨',
        '\u{E0100}',
        '\u{1100}',
        '\u{11A8}',
        '\u{600}',
        '\n',
    ];
    let alike = |c: &u32| !(0x4E40..0x9FC0).contains(c) && !(0xAC40..0xD700).contains(c);
    for c in (0x20..0x1_1000)
        .chain(0x1_F000..0x2_0040)
        .filter(alike)
        .filter_map(char::from_u32)
    {
        for next in neighbours {
            let text: String = [c, next].iter().collect();
            let first = text.graphemes(true).next().unwrap();
            let found = cluster(&text, 0, Narrow);
            assert_eq!(found.end, first.len(), "{c:?} {next:?}");
            assert_eq!(
                usize::from(found.columns),
                grapheme_columns(first, Narrow),
                "{c:?} {next:?}"
            );
            let text: String = [next, c].iter().collect();
            let first = text.graphemes(true).next().unwrap();
            assert_eq!(cluster(&text, 0, Narrow).end, first.len(), "{next:?} {c:?}");
        }
    }
}

proptest! {
    #[test]
    fn a_text_is_as_wide_as_its_clusters(text in "[a-z中。é“한\u{301}\u{FE0F}\u{200D}😀🏽🇨1\u{20E3}\u{E0100} ]{0,24}") {
        for ambiguous in [Narrow, Wide] {
            let sum: usize = text.graphemes(true).map(|grapheme| grapheme_columns(grapheme, ambiguous)).sum();
            prop_assert_eq!(columns(&text, ambiguous), sum);
            for most in 0..12 {
                prop_assert!(columns(&cut(&text, most, ambiguous), ambiguous) <= most);
            }
        }
    }
}
