use std::collections::BTreeMap;

use super::shelf::{Layout, Shelf};
use super::story::{Story, hundred_millions, millions};
use super::words::{HEADLINES, LEADS, SENTENCES};
use super::*;

const SHELF: Shelf = Shelf {
    count: 60,
    seed: 7,
    layout: Layout::Months,
    quirks: 0,
};

fn files(folder: &std::path::Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(
                    path.strip_prefix(folder).unwrap().to_owned(),
                    fs::read(&path).unwrap(),
                );
            }
        }
    }
    files
}

fn articles(folder: &std::path::Path) -> usize {
    files(folder)
        .keys()
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .count()
}

#[test]
fn the_same_seed_makes_the_same_digest_and_another_seed_another() {
    assert_eq!(Story::new(1, 5).text(), Story::new(1, 5).text());
    assert_ne!(Story::new(1, 5).text(), Story::new(1, 6).text());
    assert_ne!(Story::new(1, 5).text(), Story::new(2, 5).text());
}

#[test]
fn a_digest_has_the_shape() {
    for number in 0..200 {
        let text = Story::new(3, number).text();
        let mut at = 0;
        for part in [
            "---\ntitle: ",
            "\ndate: 20",
            "\ndescription: ",
            "\ntags: \n- ",
            "\nauthor: ",
            "\n---\n\n[原文链接](https://example.",
            "\n\n# ",
            "\n\n## 要点：\n\n1. **",
            "**：",
            "\n\n---\n\n **Summary:**\n",
            "\n\n**Key Points:**\n1. **",
            ":** ",
            "\n\n[Source Link](https://example.",
        ] {
            let found = text[at..]
                .find(part)
                .unwrap_or_else(|| panic!("{part:?} is missing after byte {at} of\n{text}"));
            at += found + part.len();
        }
        assert!(!text.contains(['{', '}']), "an open slot in\n{text}");
        assert!(
            !text.contains("  ") && !text.contains(" ，") && !text.contains(" 元"),
            "a stray space in\n{text}"
        );
    }
}

#[test]
fn a_digest_is_about_as_long_as_a_real_one() {
    let bytes: usize = (0..500)
        .map(|number| Story::new(1, number).text().len())
        .sum();
    assert!(
        (2500..=3500).contains(&(bytes / 500)),
        "{} bytes on average",
        bytes / 500
    );
}

#[test]
fn sums_are_the_same_in_both_languages() {
    for (sum, chinese, english) in [
        (5, "5000 万", "50 million"),
        (10, "1 亿", "100 million"),
        (86, "8.6 亿", "860 million"),
        (100, "10 亿", "1 billion"),
        (190, "19 亿", "1.9 billion"),
        (860, "86 亿", "8.6 billion"),
        (1234, "123.4 亿", "12.34 billion"),
        (1205, "120.5 亿", "12.05 billion"),
    ] {
        assert_eq!(
            (&*hundred_millions(sum), &*millions(sum)),
            (chinese, english)
        );
    }
}

#[test]
fn both_languages_of_a_sentence_name_the_same_things() {
    for (chinese, english) in [HEADLINES, LEADS, SENTENCES].concat() {
        let slots = |text: &str| {
            let mut slots: Vec<char> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.chars().next())
                .collect();
            slots.sort_unstable();
            slots.dedup();
            slots
        };
        assert_eq!(slots(chinese), slots(english), "{chinese} / {english}");
    }
}

#[test]
fn a_small_library_is_the_beginning_of_a_large_one() {
    let folder = tempfile::tempdir().unwrap();
    let (small, large) = (folder.path().join("small"), folder.path().join("large"));
    Shelf { count: 20, ..SHELF }.make(&small).unwrap();
    let bytes = SHELF.make(&large).unwrap();
    let large = files(&large);
    for (path, bytes) in files(&small) {
        if path.extension().is_some() {
            assert_eq!(large.get(&path), Some(&bytes), "{}", path.display());
        }
    }
    let digests = large.iter().filter(|(path, _)| path.extension().is_some());
    assert_eq!(digests.clone().count(), 60);
    assert_eq!(
        digests.map(|(_, bytes)| bytes.len() as u64).sum::<u64>(),
        bytes
    );
}

#[test]
fn only_an_empty_folder_or_one_made_here_is_written_to() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine.txt"), "precious").unwrap();
    assert!(
        SHELF
            .make(folder.path())
            .unwrap_err()
            .to_string()
            .contains("not empty")
    );
    assert_eq!(files(folder.path()).len(), 1);

    let made = folder.path().join("made");
    SHELF.make(&made).unwrap();
    fs::write(made.join("mine.txt"), "precious").unwrap();
    Shelf {
        count: 5,
        layout: Layout::Flat,
        ..SHELF
    }
    .make(&made)
    .unwrap();
    assert_eq!(articles(&made), 5);
    assert_eq!(fs::read(made.join("mine.txt")).unwrap(), b"precious");
}

#[test]
fn scattered_digests_have_a_folder_each_which_goes_with_them() {
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("made");
    Shelf {
        layout: Layout::Scattered,
        ..SHELF
    }
    .make(&made)
    .unwrap();
    let folders = || {
        fs::read_dir(&made)
            .unwrap()
            .filter(|entry| entry.as_ref().unwrap().path().is_dir())
            .count()
    };
    assert_eq!((articles(&made), folders()), (60, 60));

    Shelf {
        count: 5,
        layout: Layout::Flat,
        ..SHELF
    }
    .make(&made)
    .unwrap();
    assert_eq!((articles(&made), folders()), (5, 0));
}

#[test]
fn quirks_leave_some_files_whole_and_all_deterministic() {
    let shelf = Shelf {
        quirks: 500,
        ..SHELF
    };
    let bytes = |number| {
        let story = Story::new(shelf.seed, number);
        (shelf.bytes(number, &story), story.text().into_bytes())
    };
    let damaged = (0..400)
        .filter(|&number| bytes(number).0 != bytes(number).1)
        .count();
    assert!((150..=250).contains(&damaged), "{damaged} of 400");
    assert!((0..400).all(|number| bytes(number) == bytes(number)));
}

#[test]
fn a_big_article_has_the_length_asked_for_and_both_sections() {
    let text = big(1, 100_000);
    assert!((100_000..110_000).contains(&text.len()));
    let (chinese, english) = text.split_once("\n---\n\n **Summary:**\n").unwrap();
    assert_eq!(
        chinese.matches("\n## ").count(),
        english.matches("\n## ").count() + 1
    );
}
