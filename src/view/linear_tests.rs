use super::*;
use crate::digest;

const DIGEST: &str = "# A title

Words with a [link](https://example.org/a), and **[two](https://example.org/b) of them**.

## Part

- one
  - inner
1. first
2. [x] done
- [ ] to do

> said he
>
> and she

| a | b |
|---|---|
| 1 | [2](https://example.org/c) |

```
let x = 1;
    deep
```

A note.[^1]

[^1]: The note.
";

fn lines(has_numbers: bool, is_ascii: bool) -> Vec<String> {
    let text = Text::new(digest::read(DIGEST.as_bytes(), "a.md"));
    let document = text.shown(Language::English);
    let blocks = 0..document.blocks.len() as u32;
    blocks
        .flat_map(|block| block_lines(document, block, has_numbers, is_ascii))
        .collect()
}

#[test]
fn a_paragraph_is_a_line_and_says_what_it_is() {
    insta::assert_snapshot!(lines(true, false).join("\n"), @r"
    Heading 1: A title
    Words with a link (link 1), and two (link 2) of them.
    Heading 2: Part
    • one
    • inner
    1. first
    ☑ done
    ☐ to do
    Quotation: said he
    and she
    a, b
    1, 2 (link 3)
    let x = 1;
        deep
    A note.[1] (link 4)
    Note 1: The note.
    ");
}

#[test]
fn links_of_the_other_language_have_no_numbers() {
    let lines = lines(false, false);
    assert!(
        lines.iter().all(|line| !line.contains("(link")),
        "{lines:#?}"
    );
    assert!(lines.iter().any(|line| line.contains("two of them")));
}

#[test]
fn lists_have_signs_of_ascii_if_these_are_wanted() {
    let lines = lines(false, true);
    for line in ["* one", "x done", "o to do"] {
        assert!(lines.iter().any(|other| other == line), "{lines:?}");
    }
}

#[test]
fn highlights_and_notes_are_said_cleaned_and_not_at_length() {
    use crate::bilingual::Place;
    use crate::catalog::HighlightColour;

    let place = Place {
        side: Language::English,
        block: 0,
        offset: 0,
        fingerprint: 1,
    };
    let mut annotation = Annotation {
        key: 1,
        path: "a.md".into(),
        places: [place.clone(), place],
        text: "a\nb".into(),
        colour: Some(HighlightColour::Green),
        note: "\u{202E}\u{1b}[31m mine".into(),
        created: 0,
        changed: 0,
    };
    assert_eq!(
        annotation_lines(&annotation),
        ["Highlighted in green: a b", "Note: ␛[31m mine"]
    );
    annotation.note = "x".repeat(1 << 20);
    assert!(annotation_lines(&annotation)[1].len() < 1_100);
    annotation.note.clear();
    assert_eq!(annotation_lines(&annotation).len(), 1);
}
