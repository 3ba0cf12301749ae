//! Reads every real article there is at hand: thousands of files that other people wrote, kept
//! outside of the project.

use std::fs;
use std::path::{Path, PathBuf};

use jianbao::digest::{Article, Sections, decode, read};
use jianbao::text::{ProblemKind, clean, first_hostile, is_han};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus");

/// The articles below a folder of the corpus; none, and a message, where the corpus is absent.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(CORPUS).join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| {
                ["md", "markdown", "txt"]
                    .iter()
                    .any(|known| extension == *known)
            }) {
                found.push(path);
            }
        }
    }
    if found.is_empty() {
        println!("skipped: no corpus at {CORPUS}/{folder}");
    }
    found.sort();
    found
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn article(path: &Path) -> Article {
    read(&fs::read(path).expect("a file of the corpus"), &name(path))
}

/// Every string of an article that reaches the list or the header.
fn strings(article: &Article) -> impl Iterator<Item = &str> {
    let optional = [
        &article.titles.chinese,
        &article.titles.english,
        &article.description,
        &article.source,
        &article.link,
    ];
    let problems = article
        .problems
        .iter()
        .map(|problem| problem.reason.as_str());
    [article.titles.given.as_str(), &article.date.written]
        .into_iter()
        .chain(optional.into_iter().flatten().map(String::as_str))
        .chain(article.tags.iter().map(String::as_str))
        .chain(problems)
}

#[test]
fn every_article_is_read_and_every_header_string_is_clean() {
    for path in files("") {
        let article = article(&path);
        assert!(!article.titles.given.is_empty(), "{}", path.display());
        for string in strings(&article) {
            assert!(
                !string.contains(char::is_control) && first_hostile(string).is_none(),
                "{}: {string:?}",
                path.display()
            );
            assert!(clean(string) == string, "{}: {string:?}", path.display());
        }
    }
}

#[test]
fn every_header_yields_its_title() {
    for path in files("") {
        let bytes = fs::read(&path).expect("a file of the corpus");
        let (text, _) = decode(&bytes);
        let mut lines = text.lines();
        if lines.next().map(str::trim_end) != Some("---") {
            continue;
        }
        let title = lines
            .take_while(|line| line.trim_end() != "---")
            .find_map(|line| line.strip_prefix("title:"));
        let Some(written) = title.map(str::trim).filter(|title| !title.is_empty()) else {
            continue;
        };
        let given = read(&bytes, "the-file.md").titles.given;
        assert_ne!(given, "the-file", "{}", path.display());
        // The first word of the title as written is in the title as read.
        let word: String = written
            .chars()
            .skip_while(|c| !c.is_alphanumeric())
            .take_while(|c| c.is_alphanumeric())
            .collect();
        assert!(
            given.contains(&word),
            "{}: {written} became {given}",
            path.display()
        );
    }
}

#[test]
fn headers_of_every_kind_are_read() {
    let expected = [
        ("01-fm-hexo-noopen-int-title.md", "1", 0, true),
        ("02-fm-hexo-noopen.md", "Spring XD Type Conversion", 2, true),
        ("04-fm-blank-lines.md", "404 Error", 0, false),
        ("05-fm-tab-list.md", "Spring Aop AspectJ 摘录笔记", 2, true),
        ("07-fm-template.md", "{{ title }}", 0, false),
        (
            "09-fm-json-in-dashes-crlf.md",
            "Vue2全家桶实现: (1)mini vue-router",
            5,
            false,
        ),
        ("10-fm-bom.md", "Java JDK7源码-java.util.Set<E>", 3, false),
        (
            "13-fm-lctt.md",
            "How to build a dynamic distributed database with DistSQL",
            0,
            false,
        ),
        ("14-fm-comma-cjk.md", "redis阻塞队列使用记录", 3, false),
        (
            "18-yaml-bracket-title.md",
            "[译] tolua(accessing C/C++ code from Lua)参考手册",
            2,
            true,
        ),
        (
            "19-yaml-colon-title.md",
            "Ask HN: Alternatives to GitHub | Hacker News",
            0,
            true,
        ),
        ("57-empty.md", "57-empty", 0, false),
    ];
    for (file, title, tags, repaired) in expected {
        let path = Path::new(CORPUS).join("wild").join(file);
        if !path.exists() {
            println!("skipped: no {}", path.display());
            continue;
        }
        let article = article(&path);
        assert_eq!(article.titles.given, title, "{file}");
        assert_eq!(article.tags.len(), tags, "{file}: {:?}", article.tags);
        let found = article
            .problems
            .iter()
            .any(|problem| problem.kind == ProblemKind::FrontMatter);
        assert_eq!(found, repaired, "{file}: {:?}", article.problems);
    }
}

#[test]
fn every_date_but_templates_is_understood() {
    for path in files("") {
        let article = article(&path);
        let written = &article.date.written;
        let is_date = article.date.moment.is_some() || written.is_empty() || written.contains("{{");
        assert!(is_date, "{}: {written}", path.display());
    }
}

#[test]
fn gbk_files_become_chinese() {
    let wild = [
        "27-bi-line-interleaved-gbk.md",
        "37-enc-gbk-short.md",
        "38-enc-gbk-utf16-ambiguous.md",
        "39-enc-broken-utf8.md",
    ];
    let wild = wild.map(|file| Path::new(CORPUS).join("wild").join(file));
    for path in files("gbk")
        .into_iter()
        .chain(wild.into_iter().filter(|path| path.exists()))
    {
        let bytes = fs::read(&path).expect("a file of the corpus");
        let (text, problem) = decode(&bytes);
        let han = text.chars().filter(|&c| is_han(c)).count();
        let common = text
            .chars()
            .filter(|c| "的是一不了在有人我他这个们中来上大为和国".contains(*c))
            .count();
        let lost = text.matches('\u{FFFD}').count();
        assert!(
            problem.is_some_and(|problem| problem.kind == ProblemKind::Encoding),
            "{}",
            path.display()
        );
        assert!(
            han > 20 && common * 50 > han && lost * 50 <= han,
            "{}: {han} Han, {common} common, {lost} lost",
            path.display()
        );
    }
}

#[test]
fn hostile_files_are_reported_and_cleaned() {
    for file in ["40-ctl-esc.md", "41-ctl-mixed.md", "42-ctl-zw-bidi.md"] {
        let path = Path::new(CORPUS).join("wild").join(file);
        let Ok(bytes) = fs::read(&path) else {
            println!("skipped: no {}", path.display());
            continue;
        };
        let (text, _) = decode(&bytes);
        assert!(first_hostile(&text).is_some(), "{file}");
        let cleaned = clean(&text);
        assert_eq!(first_hostile(&cleaned), None, "{file}");
        assert!(
            !cleaned.contains(|c: char| c.is_control() && c != '\n' && c != '\t'),
            "{file}"
        );
        assert!(
            !cleaned.contains(['\u{200B}', '\u{202C}', '\u{FEFF}']),
            "{file}"
        );
        let article = read(&bytes, file);
        assert!(
            article
                .problems
                .iter()
                .any(|problem| problem.kind == ProblemKind::Hostile && problem.line.is_some()),
            "{file}"
        );
    }
}

#[test]
fn no_body_is_lost() {
    for path in files("wild") {
        let bytes = fs::read(&path).expect("a file of the corpus");
        let (text, _) = decode(&bytes);
        let article = article(&path);
        let body = match &article.sections {
            Sections::Whole { section, .. } => section.body.clone(),
            Sections::Pair {
                chinese, english, ..
            } => {
                assert_eq!(chinese.body, english.body);
                chinese.body.clone()
            }
        };
        assert!(text.ends_with(&*body), "{}", path.display());
        assert!(text.len() - body.len() < 64 * 1024, "{}", path.display());
    }
}
