//! What `jianbao export` writes, and when it writes nothing.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use assert_cmd::cargo::CommandCargoExt;
use roxmltree::{Document, Node, ParsingOptions};
use tempfile::TempDir;
use zip::{CompressionMethod, ZipArchive};

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("jianbao").unwrap();
    command
        .current_dir(folder.path())
        .arg("export")
        .args(arguments)
        .stdin(Stdio::null())
        .env("XDG_CACHE_HOME", folder.path().join(".cache"))
        .env("XDG_DATA_HOME", folder.path().join(".data"))
        .env("XDG_CONFIG_HOME", folder.path().join(".config"))
        .env("LC_ALL", "C")
        .env("TZ", "UTC");
    command.output().unwrap()
}

/// What is printed by a command that succeeds.
fn printed(folder: &TempDir, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

/// The error of a command that fails, in which the folder is `.`.
fn error(folder: &TempDir, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).unwrap()
}

/// A folder with two samples in `digests`, the newer one with the greater name.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("digests")).unwrap();
    for name in ["2024-08-17-county-cinema.md", "2026-05-14-tidal-power.md"] {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("assets/digests")
            .join(name);
        fs::copy(sample, folder.path().join("digests").join(name)).unwrap();
    }
    folder
}

/// The names in a folder, hidden ones of the program's own folders left out.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| ![".cache", ".data", ".config"].contains(&name.as_str()))
        .collect();
    names.sort();
    names
}

const TIDAL: &str = "digests/2026-05-14-tidal-power.md";

#[test]
fn a_page_sets_each_paragraph_beside_its_translation() {
    let folder = folder();
    let page = printed(&folder, &[TIDAL, "--format", "html"]);
    let (head, body) = page.split_once("<article id=\"a1\">").unwrap();
    assert!(head.contains("default-src 'none'"), "{head}");
    assert!(head.contains("id=\"only-en\""), "{head}");
    assert!(!page.contains("<script"), "{page}");
    insta::assert_snapshot!(body);
}

#[test]
fn an_article_that_is_all_scripts_becomes_a_page_without_any() {
    let folder = folder();
    let script = "<script>alert(document.cookie)</script>\n\n".repeat(500);
    fs::write(folder.path().join("script.md"), format!("---\ntitle: '</title><script>x</script>'\nlink: 'javascript:alert(1)'\nauthor: '\"><img src=x onerror=y>'\ntags: ['</p><script>']\n---\n{script}")).unwrap();
    for format in ["html", "atom", "md", "txt"] {
        let text = printed(&folder, &["script.md", "--format", format]);
        let is_markup = ["html", "atom"].contains(&format);
        assert!(!is_markup || !text.contains("<script"), "{text}");
        assert!(!is_markup || !text.contains("<img"), "{text}");
        assert!(!text.contains("javascript:"), "{text}");
        assert!(
            format != "md" || text.matches("<script").count() == text.matches("\\<script").count(),
            "{text}"
        );
    }
}

#[test]
fn several_articles_have_contents_and_come_newest_first() {
    let folder = folder();
    let page = printed(&folder, &["digests", "--format", "html", "--lang", "en"]);
    let contents = page
        .split_once("<nav>")
        .unwrap()
        .1
        .split_once("</nav>")
        .unwrap()
        .0;
    insta::assert_snapshot!(contents);
    assert_eq!(page.matches("<article").count(), 2);
    // Nothing can be chosen in one language.
    assert!(!page.contains("type=\"radio\""));
    let found = printed(
        &folder,
        &[
            "digests", "--query", "潮汐", "--format", "txt", "--lang", "en",
        ],
    );
    insta::assert_snapshot!(found);
}

#[test]
fn markdown_reads_as_the_article_did() {
    let folder = folder();
    insta::assert_snapshot!(printed(&folder, &[TIDAL, "--format", "md"]));
    assert!(
        run(&folder, &[TIDAL, "--output", "again.md"])
            .status
            .success()
    );
    let shown = |file: &str, side: &str| {
        let mut command = Command::cargo_bin("jianbao").unwrap();
        command
            .current_dir(folder.path())
            .args(["show", file, "--lang", side, "--color", "never"]);
        let text = String::from_utf8(command.output().unwrap().stdout).unwrap();
        let paragraphs = text.split("\n\n").map(str::to_owned);
        paragraphs
            .filter(|it| it.chars().count() > 60 && !it.contains(" · "))
            .collect::<Vec<_>>()
    };
    for side in ["zh", "en"] {
        let before = shown(TIDAL, side);
        assert!(before.len() > 2, "{before:?}");
        let after = shown("again.md", side);
        assert!(
            before.iter().all(|paragraph| after.contains(paragraph)),
            "{before:#?}\n{after:#?}"
        );
    }
}

#[test]
fn a_feed_has_what_atom_asks_for() {
    let folder = folder();
    let feed = printed(&folder, &["digests", "--format", "atom"]);
    let document = Document::parse(&feed).unwrap();
    let root = document.root_element();
    let atom = |node: &Node, name: &str| node.has_tag_name(("http://www.w3.org/2005/Atom", name));
    let text = |node: Node, name: &str| -> String {
        let found: Vec<Node> = node.children().filter(|child| atom(child, name)).collect();
        assert_eq!(found.len(), 1, "{name} in {:?}", node.tag_name());
        found[0].text().unwrap_or_default().to_owned()
    };
    assert!(atom(&root, "feed"));
    assert_eq!(text(root, "title"), "简报 · digests");
    assert_eq!(text(root, "updated"), "2026-05-14T02:30:00.118Z");
    let author = root.children().find(|child| atom(child, "author")).unwrap();
    assert_eq!(text(author, "name"), "jianbao");
    let entries: Vec<Node> = root
        .children()
        .filter(|child| atom(child, "entry"))
        .collect();
    assert_eq!(entries.len(), 2);
    let mut ids = vec![text(root, "id")];
    for entry in entries {
        assert!(!text(entry, "title").is_empty());
        let updated: Result<jiff::Timestamp, _> = text(entry, "updated").parse();
        assert!(updated.is_ok());
        ids.push(text(entry, "id"));
        let content = entry
            .children()
            .find(|child| atom(child, "content"))
            .unwrap();
        assert_eq!(content.attribute("type"), Some("xhtml"));
        let inner: Vec<Node> = content.children().filter(Node::is_element).collect();
        assert_eq!(inner.len(), 1);
        assert!(inner[0].has_tag_name(("http://www.w3.org/1999/xhtml", "div")));
        let links = entry.children().filter(|child| atom(child, "link"));
        assert!(
            links
                .map(|link| link.attribute("href").unwrap())
                .all(|link| link.starts_with("https://"))
        );
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 3);
    assert!(ids.iter().all(|id| id.starts_with("urn:uuid:")));
    // Written again, it is the same feed.
    assert_eq!(printed(&folder, &["digests", "--format", "atom"]), feed);
}

#[test]
fn a_book_is_a_sound_archive() {
    let folder = folder();
    // Articles that do their best to break a book.
    fs::write(folder.path().join("digests/hostile.md"), "# a & b ]]> <c>\n\n1. x\n\n   > y\n   > 1. z\n\n[^n] [^n]\n\n| a |\n|---|\n\n<table><li>x</table>\n\n\u{fffe}\u{1}\n\n[^n]: note\n\n    ```\n    code\n    ```\n").unwrap();
    fs::write(folder.path().join("digests/empty.md"), "").unwrap();
    let output = run(&folder, &["digests", "--output", "out.epub"]);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let book = folder.path().join("out.epub");
    let bytes = fs::read(&book).unwrap();
    assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
    assert_eq!(bytes, {
        // The time in it aside, a pipe gets the same.
        let piped = run(&folder, &["digests", "--format", "epub"]).stdout;
        assert_eq!(piped.len(), bytes.len());
        bytes.clone()
    });
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    assert_eq!(
        archive.by_index(0).unwrap().compression(),
        CompressionMethod::Stored
    );
    let names: Vec<String> = archive
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    let other = ["mimetype", "EPUB/style.css"];
    for name in names.iter().filter(|name| !other.contains(&name.as_str())) {
        let mut text = String::new();
        archive
            .by_name(name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        let options = ParsingOptions {
            allow_dtd: true,
            ..ParsingOptions::default()
        };
        let parsed = Document::parse_with_options(&text, options);
        assert!(parsed.is_ok(), "{name}: {:?}\n{text}", parsed.err());
    }
    assert_eq!(
        names
            .iter()
            .filter(|name| name.starts_with("EPUB/a"))
            .count(),
        4
    );
    check_book(&book);
}

/// Has epubcheck judge a book, if it is there: as a program, such as that of the package `epubcheck` of Python.
fn check_book(book: &Path) {
    if Command::new("epubcheck").arg("-h").output().is_err() {
        eprintln!("skipped: there is no epubcheck to judge the book");
        return;
    }
    let checked = Command::new("epubcheck").arg(book).output().unwrap();
    let said = String::from_utf8_lossy(&checked.stdout) + String::from_utf8_lossy(&checked.stderr);
    assert!(checked.status.success(), "{said}");
    assert!(
        !said.contains("WARNING") && !said.contains("ERROR"),
        "{said}"
    );
}

#[test]
fn a_file_that_is_there_is_replaced_only_by_force() {
    let folder = folder();
    let target = folder.path().join("out.html");
    fs::write(&target, "mine").unwrap();
    let arguments = [TIDAL, "--output", "out.html"];
    assert_eq!(
        error(&folder, &arguments),
        "jianbao: out.html: the file exists; --force writes over it\n"
    );
    assert_eq!(fs::read_to_string(&target).unwrap(), "mine");
    assert!(
        run(&folder, &[&arguments[..], &["--force"]].concat())
            .status
            .success()
    );
    assert!(
        fs::read_to_string(&target)
            .unwrap()
            .starts_with("<!DOCTYPE html>")
    );
    assert_eq!(names(folder.path()), ["digests", "out.html"]);
}

#[test]
fn no_article_is_written_over() {
    let folder = folder();
    let spared = "the folder of articles is never written to; name a file in another folder\n";
    let before = fs::read_to_string(folder.path().join(TIDAL)).unwrap();
    let arguments: [&[&str]; 3] = [
        &[TIDAL, "--format", "md", "--force", "--output", TIDAL],
        &["digests", "--output", "digests/new.md"],
        &["digests", "--output", "digests/new.txt", "--query", "潮汐"],
    ];
    for arguments in arguments {
        let error = error(&folder, arguments);
        assert!(error.ends_with(spared), "{error}");
    }
    assert_eq!(
        fs::read_to_string(folder.path().join(TIDAL)).unwrap(),
        before
    );
    assert_eq!(names(&folder.path().join("digests")).len(), 2);
}

#[test]
fn what_fails_leaves_nothing_behind() {
    let folder = folder();
    assert_eq!(
        error(&folder, &["digests"]),
        "jianbao: which format? --format html, epub, atom, md or txt\n"
    );
    assert!(error(&folder, &[TIDAL, "--output", "nowhere/out.md"]).contains("nowhere/out.md"));
    assert!(error(&folder, &["missing.md", "--output", "out.md"]).contains("missing.md"));
    let output = run(
        &folder,
        &["digests", "--query", "tag:nothing", "--output", "out.md"],
    );
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(names(folder.path()), ["digests"]);
    // A file may have 1 KB: as on a full disk, writing fails.
    let program: PathBuf = Command::cargo_bin("jianbao").unwrap().get_program().into();
    for name in ["out.html", "out.epub", "out.txt"] {
        let script =
            format!("trap '' XFSZ; ulimit -f 1; exec \"$0\" export {TIDAL} --output {name}");
        let mut shell = Command::new("/bin/bash");
        let shell = shell
            .current_dir(folder.path())
            .arg("-c")
            .arg(script)
            .arg(&program);
        let output = shell.env("LC_ALL", "C").output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.starts_with(&format!("jianbao: {name}: ")), "{said}");
        assert_eq!(names(folder.path()), ["digests"]);
    }
}
