use std::fs;
use std::path::{Path, PathBuf};

use super::*;

/// The files below a folder of the corpus, or none with a message.
fn files(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus")).join(folder);
    if !root.exists() {
        println!("skipped: no corpus at {}", root.display());
        return Vec::new();
    }
    let (mut folders, mut files) = (vec![root], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The body of a file after a plain YAML header, and the line on which it begins.
fn body(text: &str) -> (&str, u32) {
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = text.split_inclusive('\n');
    if lines.next().is_none_or(|line| line.trim_end() != "---") {
        return (text, 1);
    }
    let (mut at, mut line) = (text.find('\n').map_or(text.len(), |at| at + 1), 2);
    for next in lines {
        at += next.len();
        line += 1;
        if next.trim_end() == "---" {
            return (&text[at..], line);
        }
    }
    (text, 1)
}

fn read(path: &Path) -> String {
    String::from_utf8_lossy(&fs::read(path).expect("file")).into_owned()
}

fn kind(sections: &Sections) -> String {
    match sections {
        Sections::Whole {
            language, mixed, ..
        } => {
            format!(
                "whole {}{}",
                language.map_or("--", Language::code),
                if *mixed { " mixed" } else { "" }
            )
        }
        Sections::Pair {
            chinese, english, ..
        } => {
            format!(
                "PAIR zh@{} en@{}",
                chinese.parts[0].line, english.parts[0].line
            )
        }
    }
}

#[test]
fn every_gold_line_of_the_alignments_lies_in_its_section() {
    let mut wrong = Vec::new();
    for path in files("alignment")
        .iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
    {
        let text = read(path);
        let (body, first_line) = body(&text);
        let split = split(body, first_line, &[]);
        let name = path.file_name().expect("name").to_string_lossy();
        let Sections::Pair {
            chinese, english, ..
        } = &split.sections
        else {
            wrong.push(format!("{name}: {}", kind(&split.sections)));
            continue;
        };
        let lines: Vec<_> = crate::text::lines(body).collect();
        let gold = read(&path.with_extension("gold.tsv"));
        for row in gold.lines() {
            for (column, section) in row.split('\t').zip([chinese, english]) {
                let Ok(line) = column.parse::<u32>() else {
                    continue;
                };
                let at = lines[(line - first_line) as usize];
                let holds = |section: &Section| {
                    section
                        .parts
                        .iter()
                        .any(|part| part.range.start < at.end && at.start < part.range.end)
                };
                let other = if std::ptr::eq(section, chinese) {
                    english
                } else {
                    chinese
                };
                if !holds(section) || holds(other) {
                    wrong.push(format!("{name}: line {line}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong: {wrong:#?}", wrong.len());
}

#[test]
fn nothing_of_the_corpus_is_lost() {
    for folder in ["wild", "sample", "alignment"] {
        for path in files(folder)
            .iter()
            .filter(|path| path.metadata().is_ok_and(|file| file.len() < 200_000))
        {
            let text = read(path);
            assert_nothing_lost(body(&text).0, &[]);
        }
    }
}

/// The Chinese and the English text of each intact alignment.
fn sides() -> Vec<(String, String)> {
    let mut sides = Vec::new();
    for path in files("alignment")
        .iter()
        .filter(|path| path.to_string_lossy().ends_with("-intact.md"))
    {
        let text = read(path);
        let (chinese, english) = body(&text)
            .0
            .split_once("\n---\n\n **Summary:**\n")
            .expect("the shape of an alignment");
        sides.push((chinese.trim().to_owned(), english.trim().to_owned()));
    }
    sides
}

/// How many of the intact alignments are pairs when joined in some way.
fn pairs(sides: &[(String, String)], join: impl Fn(usize) -> String) -> usize {
    (0..sides.len())
        .filter(|&at| matches!(split_text(&join(at)), Sections::Pair { .. }))
        .count()
}

#[test]
fn other_boundaries_split_the_alignments_as_well() {
    let sides = sides();
    let all = sides.len();
    let named = |at: usize| {
        format!(
            "## English\n\n{}\n\n## 中文\n\n{}\n",
            sides[at].1, sides[at].0
        )
    };
    assert_eq!(pairs(&sides, named), all);
    let labelled = |at: usize| format!("{}\n\n**Summary:**\n{}\n", sides[at].0, sides[at].1);
    assert_eq!(pairs(&sides, labelled), all);
    let forgotten = |at: usize| {
        format!(
            "{}\n\n```text\npath\n\n---\n\n **Summary:**\n{}\n",
            sides[at].0, sides[at].1
        )
    };
    assert_eq!(pairs(&sides, forgotten), all);
    for rule in ["---", "* * *", "<hr>"] {
        let bare = |at: usize| format!("{}\n\n{rule}\n\n{}\n", sides[at].1, sides[at].0);
        assert!(pairs(&sides, bare) * 100 >= all * 95, "{rule}");
    }
}

#[test]
fn a_bare_rule_between_different_stories_is_rarely_taken_for_a_boundary() {
    // The stories are pages of the manuals of two products, so they share far more names than two
    // news do.
    let sides = sides();
    let strangers = |at: usize| {
        format!(
            "{}\n\n---\n\n{}\n",
            sides[at].0,
            sides[(at + 7) % sides.len()].1
        )
    };
    assert!(pairs(&sides, strangers) * 100 <= sides.len() * 10);
}

#[test]
fn the_wild_files_are_judged_as_a_reader_would() {
    let split_pairs = ["20-", "22-", "23-", "24-", "25-", "26-"];
    for path in files("wild") {
        let name = path
            .file_name()
            .expect("name")
            .to_string_lossy()
            .into_owned();
        let text = read(&path);
        let (body, line) = body(&text);
        let sections = split(body, line, &[]).sections;
        let is_pair = split_pairs.iter().any(|start| name.starts_with(start));
        assert_eq!(
            matches!(sections, Sections::Pair { .. }),
            is_pair,
            "{name}: {}",
            kind(&sections)
        );
        // Chinese articles with English titles; items and changes in either language.
        for (start, expected) in [("28-", "whole zh"), ("29-", "mixed"), ("33-", "mixed")] {
            let is_meant = name.starts_with(start);
            assert!(
                !is_meant || kind(&sections).ends_with(expected),
                "{name}: {}",
                kind(&sections)
            );
        }
    }
}

#[test]
fn a_forgotten_fence_does_not_hide_the_other_half_of_a_real_pair() {
    let wild = files("wild");
    let half = |start: &str| {
        let path = wild.iter().find(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(start))
        })?;
        let text = read(path);
        Some(body(&text).0.to_owned())
    };
    let (Some(chinese), Some(english)) = (half("34-"), half("35-")) else {
        return;
    };
    for boundary in ["---", "---\n\n **Summary:**", "***"] {
        let text = format!("{chinese}\n\n{boundary}\n\n{english}");
        let split = split(&text, 1, &[]);
        assert!(
            matches!(split.sections, Sections::Pair { .. }),
            "{boundary}"
        );
        assert!(!split.problems.is_empty());
    }
}

#[test]
fn interleaved_texts_are_those_of_one_book() {
    let mut found = Vec::new();
    for path in files("sample")
        .into_iter()
        .filter(|path| path.extension().is_some())
    {
        let text = read(&path);
        let (body, line) = body(&text);
        let is_divided = super::super::split::divide(&Outline::new(body, &[]), body).is_some();
        let is_pair = matches!(split(body, line, &[]).sections, Sections::Pair { .. });
        let is_of_book = path.to_string_lossy().contains("effective-java");
        if is_pair && !is_divided || is_of_book {
            println!(
                "{} {}",
                if is_pair { "pair " } else { "whole" },
                path.display()
            );
            found.push((is_pair, is_of_book));
        }
    }
    assert!(
        found.iter().all(|(_, is_of_book)| *is_of_book),
        "another text is taken for an interleaved one"
    );
    // What stays whole are two tables of contents, with one paragraph each.
    assert!(found.iter().filter(|(is_pair, _)| !is_pair).count() <= 2);
}
