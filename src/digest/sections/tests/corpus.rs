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
            if path.is_dir() { folders.push(path) } else { files.push(path) }
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
        Sections::Whole { language, mixed, .. } => {
            format!("whole {}{}", language.map_or("--", Language::code), if *mixed { " mixed" } else { "" })
        }
        Sections::Pair { chinese, english } => {
            format!("PAIR zh@{} en@{}", chinese.parts[0].line, english.parts[0].line)
        }
    }
}

#[test]
fn survey() {
    for folder in ["wild", "sample"] {
        for path in files(folder) {
            let text = read(&path);
            let (body, line) = body(&text);
            let split = split(body.into(), line, &[]);
            println!(
                "{folder}\t{}\t{}\t{}",
                kind(&split.sections),
                split.problems.len(),
                path.strip_prefix(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus")).expect("path").display()
            );
        }
    }
}

#[test]
fn every_gold_line_of_the_alignments_lies_in_its_section() {
    let mut wrong = Vec::new();
    for path in files("alignment").iter().filter(|path| path.extension().is_some_and(|extension| extension == "md")) {
        let text = read(path);
        let (body, first_line) = body(&text);
        let split = split(body.into(), first_line, &[]);
        let name = path.file_name().expect("name").to_string_lossy();
        let Sections::Pair { chinese, english } = &split.sections else {
            wrong.push(format!("{name}: {}", kind(&split.sections)));
            continue;
        };
        let lines: Vec<_> = crate::text::lines(body).collect();
        let gold = read(&path.with_extension("gold.tsv"));
        for row in gold.lines() {
            for (column, section) in row.split('\t').zip([chinese, english]) {
                let Ok(line) = column.parse::<u32>() else { continue };
                let at = lines[(line - first_line) as usize];
                let holds = |section: &Section| {
                    section.parts.iter().any(|part| part.range.start < at.end && at.start < part.range.end)
                };
                let other = if std::ptr::eq(section, chinese) { english } else { chinese };
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
        for path in files(folder).iter().filter(|path| path.metadata().is_ok_and(|file| file.len() < 200_000)) {
            let text = read(path);
            assert_nothing_lost(body(&text).0, &[]);
        }
    }
}

/// The Chinese and the English text of each intact alignment.
fn sides() -> Vec<(String, String)> {
    let mut sides = Vec::new();
    for path in files("alignment").iter().filter(|path| path.to_string_lossy().ends_with("-intact.md")) {
        let text = read(path);
        let (chinese, english) =
            body(&text).0.split_once("\n---\n\n **Summary:**\n").expect("the shape of an alignment");
        sides.push((chinese.trim().to_owned(), english.trim().to_owned()));
    }
    sides
}

#[test]
fn experiment() {
    let sides = sides();
    let is_pair = |text: String| matches!(split_text(&text).sections, Sections::Pair { .. });
    let count = |make: &dyn Fn(usize) -> String| (0..sides.len()).filter(|&i| is_pair(make(i))).count();
    let n = sides.len();
    println!("of {n}: bare {}", count(&|i| format!("{}\n\n---\n\n{}\n", sides[i].0, sides[i].1)));
    println!("bare swapped {}", count(&|i| format!("{}\n\n* * *\n\n{}\n", sides[i].1, sides[i].0)));
    println!("hr {}", count(&|i| format!("{}\n\n<hr>\n\n{}\n", sides[i].0, sides[i].1)));
    println!("named {}", count(&|i| format!("## English\n\n{}\n\n## 中文\n\n{}\n", sides[i].1, sides[i].0)));
    println!("label {}", count(&|i| format!("{}\n\n**Summary:**\n{}\n", sides[i].0, sides[i].1)));
    println!("nothing {}", count(&|i| format!("{}\n\n{}\n", sides[i].0, sides[i].1)));
    println!("unrelated bare {}", count(&|i| format!("{}\n\n---\n\n{}\n", sides[i].0, sides[(i + 7) % n].1)));
    println!("unrelated bare 31 {}", count(&|i| format!("{}\n\n---\n\n{}\n", sides[i].0, sides[(i + 31) % n].1)));
    println!(
        "two files {}",
        count(&|i| format!(
            "{}\n\n---\n\n{}\n\n---\n\n{}\n\n---\n\n{}\n",
            sides[i].0,
            sides[i].1,
            sides[(i + 1) % n].0,
            sides[(i + 1) % n].1
        ))
    );
    println!(
        "unclosed {}",
        count(&|i| format!("{}\n\n```text\npath\n\n---\n\n **Summary:**\n{}\n", sides[i].0, sides[i].1))
    );
    println!(
        "unclosed both {}",
        count(&|i| format!("{}\n\n```\npath\n\n---\n\n **Summary:**\n{}\n\n```\nend", sides[i].0, sides[i].1))
    );
    for i in 0..n {
        if is_pair(format!("{}\n\n---\n\n{}\n", sides[i].0, sides[(i + 7) % n].1)) {
            println!("wrong unrelated {i} {}", (i + 7) % n);
        }
        if !is_pair(format!("{}\n\n---\n\n{}\n", sides[i].0, sides[i].1)) {
            println!("missed bare {i}");
        }
        if !is_pair(format!("{}\n\n```text\npath\n\n---\n\n **Summary:**\n{}\n", sides[i].0, sides[i].1)) {
            println!("missed unclosed {i}");
        }
        if !is_pair(format!("## English\n\n{}\n\n## 中文\n\n{}\n", sides[i].1, sides[i].0)) {
            println!("missed named {i}");
        }
    }
}
