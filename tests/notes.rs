//! What `jianbao notes` writes and reads, and when it does neither.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use assert_cmd::cargo::CommandCargoExt;
use proptest::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;

fn run(folder: &TempDir, arguments: &[&str], input: &str) -> Output {
    let mut command = Command::cargo_bin("jianbao").unwrap();
    let mut child = command
        .current_dir(folder.path())
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .env("XDG_CACHE_HOME", folder.path().join(".cache"))
        .env("XDG_DATA_HOME", folder.path().join(".data"))
        .env("XDG_CONFIG_HOME", folder.path().join(".config"))
        .env("LC_ALL", "C")
        .env("TZ", "UTC")
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A command that fails early does not read all of it.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().unwrap()
}

fn notes(folder: &TempDir, arguments: &[&str]) -> String {
    let output = run(folder, &[&["notes", "digests"], arguments].concat(), "");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

fn error(folder: &TempDir, arguments: &[&str], input: &str) -> String {
    let output = run(folder, &[&["notes", "digests"], arguments].concat(), input);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).unwrap()
}

fn import(folder: &TempDir, lines: &[Value]) -> String {
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    let input = lines.join("\n") + "\n";
    let output = run(folder, &["notes", "digests", "--import", "-"], &input);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    String::from_utf8(output.stdout).unwrap()
}

/// A folder with two samples in `digests`.
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

const TIDAL: &str = "2026-05-14-tidal-power.md";
const CINEMA: &str = "2024-08-17-county-cinema.md";

fn note(id: u64, path: &str, block: u32, colour: &str, note: &str) -> Value {
    let place = |offset| json!({"side": "en", "block": block, "offset": offset, "fingerprint": 7});
    json!({
        "id": format!("{id:016x}"), "path": path, "places": [place(0), place(5)], "colour": colour,
        "text": format!("passage {id}"), "note": note,
        "created": "2026-05-14T08:00:00Z", "changed": "2026-05-15T08:00:00.123Z",
    })
}

fn with_notes() -> TempDir {
    let folder = folder();
    let all = [
        note(1, TIDAL, 4, "red", "mine #energy"),
        note(2, TIDAL, 2, "yellow", ""),
        note(3, CINEMA, 1, "yellow", "=HYPERLINK(\"x\")"),
        note(4, "gone.md", 1, "blue", "\u{202E}\u{1b}[31m"),
    ];
    assert_eq!(
        import(&folder, &all),
        "4 imported, 0 skipped (already as new)\n"
    );
    folder
}

#[test]
fn notes_are_written_newest_article_first_in_the_order_of_the_text() {
    let folder = with_notes();
    let page = notes(&folder, &[]);
    let places: Vec<_> = ["passage 2", "passage 1", "passage 3", "passage 4"]
        .map(|it| page.find(it).unwrap())
        .into();
    assert!(places.is_sorted(), "{page}");
    assert!(page.contains("`jianbao open 0000000000000001`"), "{page}");
    assert!(page.contains("# gone.md") && !page.contains(['\u{202E}', '\u{1b}']));
    let table = notes(&folder, &["--format", "csv"]);
    assert_eq!(table.lines().count(), 5);
    assert!(table.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{table}");
}

#[test]
fn a_query_chooses_articles_and_their_highlights() {
    let folder = with_notes();
    let chosen = |query: &str| {
        let json = notes(&folder, &["--format", "json", "--query", query]);
        let ids = json.lines().map(|line| {
            let record: Value = serde_json::from_str(line).unwrap();
            record["id"].as_str().unwrap()[15..].to_owned()
        });
        ids.collect::<String>()
    };
    assert_eq!(chosen("colour:yellow"), "23");
    assert_eq!(chosen("has:note"), "13");
    assert_eq!(chosen("has:highlight -colour:red"), "3");
    assert_eq!(chosen("note:mine or colour:yellow"), "213");
    assert_eq!(chosen("date:2026"), "21");
    let none = run(
        &folder,
        &["notes", "digests", "--query", "colour:purple"],
        "",
    );
    assert_eq!(none.status.code(), Some(1));
}

#[test]
fn what_was_exported_is_imported_the_same_and_only_once() {
    let folder = with_notes();
    let written = notes(&folder, &["--format", "json", "--output", "notes.jsonl"]);
    assert_eq!(written, "");
    let file = fs::read_to_string(folder.path().join("notes.jsonl")).unwrap();
    let again = || notes(&folder, &["--import", "notes.jsonl"]);
    assert_eq!(again(), "0 imported, 4 skipped (already as new)\n");
    fs::remove_dir_all(folder.path().join(".data")).unwrap();
    assert_eq!(again(), "4 imported, 0 skipped (already as new)\n");
    assert_eq!(again(), "0 imported, 4 skipped (already as new)\n");
    assert_eq!(notes(&folder, &["--format", "json"]), file);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn export_and_import_lose_nothing(all in prop::collection::vec((any::<u64>(), "[ -~茶\\u{1}-\\u{1f}\\u{202A}-\\u{202E}]{0,30}"), 1..6)) {
        let one = folder();
        let lines: Vec<Value> = all.iter().map(|(id, text)| note(*id, TIDAL, (*id % 9) as u32, "green", text)).collect();
        import(&one, &lines);
        let first = notes(&one, &["--format", "json"]);
        let other = folder();
        fs::write(other.path().join("all"), &first).unwrap();
        notes(&other, &["--import", "all"]);
        prop_assert_eq!(notes(&other, &["--format", "json"]), first);
    }
}

#[test]
fn a_broken_file_changes_nothing() {
    let folder = with_notes();
    let before = notes(&folder, &["--format", "json"]);
    let good = note(9, TIDAL, 1, "green", "new");
    for (bad, said) in [
        ("{\"id\": ", "line 2: "),
        ("[]", "line 2: "),
        ("{\"id\": \"01\"}", "line 2: missing field `path`"),
        (
            &*note(8, "../x.md", 1, "green", "").to_string(),
            "line 2: `path` must be a path inside the folder",
        ),
        (
            &*note(8, TIDAL, 1, "pink", "").to_string(),
            "line 2: unknown variant `pink`",
        ),
        ("\u{0}\u{1}", "line 2: "),
    ] {
        let error = error(&folder, &["--import", "-"], &format!("{good}\n{bad}\n"));
        assert!(
            error.starts_with("jianbao: nothing was imported: "),
            "{error}"
        );
        assert!(error.contains(said), "{error}");
        assert_eq!(error.lines().count(), 1);
    }
    assert_eq!(notes(&folder, &["--format", "json"]), before);
}

#[test]
fn a_note_of_a_megabyte_comes_back() {
    let folder = folder();
    let long = "\u{202E}\u{1b}[31m <b> \u{200B}\"".repeat(60_000);
    import(&folder, &[note(1, TIDAL, 1, "green", &long)]);
    let json = notes(&folder, &["--format", "json"]);
    let record: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(record["note"], long);
    let page = notes(&folder, &["--format", "html"]);
    assert!(page.len() > 500_000 && !page.contains("<b>"));
}

#[test]
fn a_second_run_changes_only_what_changed() {
    let folder = with_notes();
    let write = |more: &[&str]| notes(&folder, &[&["--directory", "out"], more].concat());
    assert_eq!(write(&[]), "3 files written, 0 unchanged\n");
    let file = |name: &str| folder.path().join("out").join(name);
    let times = |name: &str| fs::metadata(file(name)).unwrap().modified().unwrap();
    let before = times(TIDAL);
    assert_eq!(write(&[]), "0 files written, 3 unchanged\n");
    import(&folder, &[note(5, CINEMA, 2, "green", "another")]);
    assert_eq!(write(&[]), "1 files written, 2 unchanged\n");
    assert_eq!(times(TIDAL), before);
    assert!(
        fs::read_to_string(file(CINEMA))
            .unwrap()
            .contains("another")
    );
    // What was written by hand stays.
    fs::write(file(CINEMA), "by hand").unwrap();
    let error = error(&folder, &["--directory", "out"], "");
    assert!(error.contains("--force writes over it"), "{error}");
    assert_eq!(fs::read_to_string(file(CINEMA)).unwrap(), "by hand");
    assert_eq!(write(&["--force"]), "1 files written, 2 unchanged\n");
}

#[test]
fn no_file_is_written_over_and_none_among_the_articles() {
    let folder = with_notes();
    fs::write(folder.path().join("there.md"), "mine").unwrap();
    let said = error(&folder, &["--output", "there.md"], "");
    assert_eq!(
        said,
        "jianbao: there.md: the file exists; --force writes over it\n"
    );
    notes(&folder, &["--output", "there.md", "--force"]);
    // The same once more is no change, and needs no force.
    notes(&folder, &["--output", "there.md"]);
    for arguments in [
        &["--output", "digests/new.md"][..],
        &["--directory", "digests"],
        &["--directory", "digests/new"],
        &["--directory", "digests/new/../newer"],
    ] {
        let said = error(&folder, arguments, "");
        assert!(
            said.contains("the folder of articles is never written to"),
            "{said}"
        );
    }
    let names = fs::read_dir(folder.path().join("digests")).unwrap().count();
    assert_eq!(names, 2);
}

#[test]
fn a_template_of_ones_own_is_filled_or_its_mistake_is_named() {
    let folder = with_notes();
    let template = |text: &str| fs::write(folder.path().join("t.jinja"), text).unwrap();
    template("{% for a in articles %}{{ a.title_en }}: {{ a.notes|length }}\n{% endfor %}");
    let listed = notes(&folder, &["--template", "t.jinja", "--query", "colour:red"]);
    assert!(listed.ends_with(": 1\n"), "{listed}");
    for (text, said) in [
        ("\n{{ nothing }}", "line 2: "),
        ("{% for %}", "line 1: "),
        (
            "{% for a in range(90000) %}{% for b in range(90000) %}x{% endfor %}{% endfor %}",
            "does a loop never end",
        ),
    ] {
        template(text);
        let error = error(&folder, &["--template", "t.jinja"], "");
        assert!(
            error.starts_with("jianbao: t.jinja: line ") && error.contains(said),
            "{error}"
        );
    }
    let said = error(&folder, &["--template", "t.jinja", "--format", "csv"], "");
    assert!(said.contains("a template writes md, org or html"), "{said}");
}

#[test]
fn an_id_that_is_not_known_is_said() {
    let folder = with_notes();
    for (id, said) in [
        (
            "00000000000000ff",
            "no highlight has the id 00000000000000ff",
        ),
        (
            "ff",
            "an id has 16 hexadecimal digits; `jianbao notes` writes it",
        ),
        ("\u{1b}[31m0000000000000", "an id has 16"),
    ] {
        let output = run(&folder, &["open", id], "");
        assert_eq!(output.status.code(), Some(2));
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains(said), "{error}");
    }
}
