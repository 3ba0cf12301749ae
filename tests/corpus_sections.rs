//! Real articles, read whole: every line of the parallel texts is in the section of its language,
//! with the line number of the file.

use std::fs;
use std::path::{Path, PathBuf};

use jianbao::digest::{Section, Sections, read};

/// The files of a folder of the corpus whose names end in some way; none, with a message, where
/// there is no corpus.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")).join(folder);
    let Ok(entries) = fs::read_dir(&root) else {
        println!("skipped: no corpus at {}", root.display());
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.to_string_lossy().ends_with(ending));
    files.sort();
    files
}

fn sections(path: &Path) -> Sections {
    let bytes = fs::read(path).expect("a file that can be read");
    read(&bytes, &path.file_name().expect("a name").to_string_lossy()).sections
}

/// The lines of the file that a section shows.
fn lines(section: &Section) -> Vec<u32> {
    let mut lines = Vec::new();
    for part in &section.parts {
        let count = section.body[part.range.clone()].lines().count() as u32;
        lines.extend(part.line..part.line + count);
    }
    lines
}

#[test]
fn parallel_texts_are_split_as_their_gold_says() {
    for path in files("corpus/alignment", ".md") {
        let Sections::Pair {
            chinese, english, ..
        } = sections(&path)
        else {
            panic!("not a pair: {}", path.display())
        };
        let shown = [lines(&chinese), lines(&english)];
        let gold = fs::read_to_string(path.with_extension("gold.tsv")).expect("the gold");
        for row in gold.lines() {
            for (side, column) in row.split('\t').enumerate() {
                let Ok(line) = column.parse::<u32>() else {
                    continue;
                };
                assert!(
                    shown[side].contains(&line),
                    "{}: line {line} is not in its section",
                    path.display()
                );
                assert!(
                    !shown[1 - side].contains(&line),
                    "{}: line {line} is in both sections",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn the_seed_is_a_pair_without_its_metadata() {
    for path in files("seeds", ".txt") {
        let bytes = fs::read(&path).expect("a file that can be read");
        let article = read(&bytes, "seed.txt");
        let Sections::Pair {
            chinese, english, ..
        } = &article.sections
        else {
            panic!("not a pair")
        };
        let text = |section: &Section| {
            section
                .parts
                .iter()
                .map(|part| &section.body[part.range.clone()])
                .collect::<Vec<_>>()
                .join("\n")
        };
        assert!(
            text(chinese).starts_with("# CoreWeave") && text(english).starts_with("Summary:\n")
        );
        assert!(!text(chinese).contains("](http") && !text(english).contains("](http"));
        assert!(article.link.is_some() && article.problems.is_empty());
    }
}

#[test]
fn files_that_are_no_pairs_stay_whole() {
    for start in [
        "21-", "28-", "29-", "30-", "31-", "32-", "33-", "34-", "46-", "47-", "48-", "49-", "51-",
        "55-",
    ] {
        for path in files("corpus/wild", "").iter().filter(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(start))
        }) {
            assert!(
                matches!(sections(path), Sections::Whole { .. }),
                "{}",
                path.display()
            );
        }
    }
}
