//! Holds the code to `ARCHITECTURE.md`: its tables of layers and doors are read from the page
//! itself, so that page and code cannot part.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "architecture/circles.rs"]
mod circles;
#[path = "architecture/rules.rs"]
mod rules;
#[path = "architecture/source.rs"]
mod source;
#[path = "architecture/table.rs"]
mod table;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use circles::{Modules, circles};
use source::Source;
use table::{Table, marked};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn page() -> String {
    fs::read_to_string(format!("{ROOT}/ARCHITECTURE.md")).unwrap()
}

/// The Rust files under a folder, by path relative to it with slashes, and what they hold.
fn sources(folder: &str) -> Vec<(String, String)> {
    fn gather(folder: &Path, found: &mut Vec<PathBuf>) {
        let Ok(entries) = fs::read_dir(folder) else {
            return;
        };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                gather(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let folder = Path::new(ROOT).join(folder);
    let mut found = Vec::new();
    gather(&folder, &mut found);
    found.sort();
    let relative = |path: &Path| {
        path.strip_prefix(&folder)
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/")
    };
    found
        .iter()
        .map(|path| (relative(path), fs::read_to_string(path).unwrap()))
        .collect()
}

#[test]
fn the_code_keeps_to_the_page() {
    let table = Table::read(&page());
    let sources = sources("src");
    assert!(
        sources.len() > 40,
        "only {} sources were found",
        sources.len()
    );
    let parsed = |(path, text): &(String, String)| Source::parse(text, rules::is_test(path));
    let found: Vec<String> = sources
        .iter()
        .flat_map(|source| rules::violations(&source.0, &parsed(source), &table))
        .collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

/// The files of production code, parsed.
fn production() -> Vec<(String, Source)> {
    let files = sources("src")
        .into_iter()
        .filter(|(path, _)| !rules::is_test(path));
    files
        .map(|(path, text)| (path, Source::parse(&text, false)))
        .collect()
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let production = production();
    let modules = Modules::new(
        production
            .iter()
            .map(|(path, source)| (path.as_str(), source)),
    );
    let circles: Vec<String> = circles(&modules.imports())
        .iter()
        .map(|circle| circle.join(" ↔ "))
        .collect();
    assert!(circles.is_empty(), "\n{}\n", circles.join("\n"));
}

#[test]
fn a_type_name_stands_for_one_thing() {
    let production = production();
    let mut places: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (path, source) in &production {
        for (line, name) in &source.types {
            places
                .entry(name)
                .or_default()
                .push(format!("src/{path}:{line}"));
        }
    }
    places.retain(|_, places| places.len() > 1);
    let found: Vec<String> = places
        .iter()
        .map(|(name, places)| format!("{name}: {}", places.join(" ")))
        .collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn every_layer_of_the_page_exists_and_imports_only_upwards_rows() {
    let table = Table::read(&page());
    let sources = sources("src");
    let mut above: Vec<&str> = Vec::new();
    for layer in &table.layers {
        assert!(
            sources
                .iter()
                .any(|(path, _)| rules::layer(path) == layer.name),
            "no code in `{}`",
            layer.name
        );
        for import in &layer.imports {
            assert!(
                above.contains(&&**import),
                "`{}` imports `{import}`, which stands below it on the page",
                layer.name
            );
        }
        above.push(&layer.name);
    }
    assert!(table.doors.len() >= 4 && table.doors.iter().all(|door| !door.layers.is_empty()));
}

#[test]
fn library_and_reader_never_meet() {
    let table = Table::read(&page());
    assert!(
        !table
            .layer("library")
            .unwrap()
            .imports
            .contains(&"reader".into())
    );
    assert!(
        !table
            .layer("reader")
            .unwrap()
            .imports
            .contains(&"library".into())
    );
}

#[test]
fn every_invariant_names_tests_that_exist() {
    let page = page();
    let mut all = sources("src");
    all.extend(sources("tests"));
    let functions: String = all.into_iter().map(|(_, source)| source).collect();
    let invariants: Vec<&str> = marked(&page, "invariants")
        .split("\n\n")
        .filter(|text| !text.trim().is_empty())
        .collect();
    assert!(
        invariants.len() >= 8,
        "only {} invariants",
        invariants.len()
    );
    for invariant in invariants {
        let tests = invariant
            .rsplit_once("Tests:")
            .unwrap_or_else(|| panic!("no test named in: {invariant}"))
            .1;
        let names: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "no test named in: {invariant}");
        for name in names {
            assert!(
                functions.contains(&format!("fn {name}(")),
                "there is no test `{name}`, named in: {invariant}"
            );
        }
    }
}

/// The checker itself: what it catches, and what it lets pass.
mod planted {
    use super::*;

    const PAGE: &str = "
<!-- layers -->
| layer | what it knows | pure | imports |
|---|---|---|---|
| `text/` | ground | yes | – |
| `library/` | disk | no | `text` |
| `reader/` | model | yes | `text` |
| `commands/` | commands | no | `text`, `library`, `reader` |
<!-- /layers -->
<!-- doors -->
| library | named only in |
|---|---|
| `serde_yaml` | `library/` |
<!-- /doors -->
";

    fn caught(path: &str, source: &str) -> Vec<String> {
        rules::violations(
            path,
            &Source::parse(source, rules::is_test(path)),
            &Table::read(PAGE),
        )
    }

    fn assert_caught(path: &str, source: &str, at: &str) {
        let found = caught(path, source);
        assert!(
            found.len() == 1 && found[0].contains(at),
            "{at:?} was to be caught in {source:?}: {found:?}"
        );
    }

    #[test]
    fn upward_imports_are_caught_however_they_are_written() {
        for source in [
            "use crate::reader::Model;",
            "use crate::{text::Language, reader::{Key, Model}};",
            "use crate::{\n    text,\n    reader as r,\n};",
            "fn f() { let model = crate::reader::Model::new(); }",
            "use super::super::reader::Model;",
            "mod tests { use super::super::super::reader::Model; }",
            "fn f<'a>() -> &'a str { '{'; \"}\"; crate::reader::f() }",
            "pub(in crate::reader) fn f() {}",
        ] {
            assert_caught(
                "library/walk.rs",
                source,
                "`library` may not import `reader`",
            );
        }
        assert_caught(
            "library.rs",
            "use super::reader::Model;",
            "`library` may not import `reader`",
        );
        assert_caught(
            "library/walk_tests.rs",
            "use super::super::super::reader::Model;",
            "may not import `reader`",
        );
        assert_caught(
            "text.rs",
            "\n\nuse crate::library;",
            "src/text.rs:3: `text` may not import `library`",
        );
        assert_caught("text.rs", "use crate::*;", "may not import `*`");
        assert_caught("newcomer/file.rs", "", "`newcomer` has no row");
    }

    fn circles_among(files: &[(&str, &str)]) -> Vec<String> {
        let parsed: Vec<(&str, Source)> = files
            .iter()
            .map(|(path, text)| (*path, Source::parse(text, false)))
            .collect();
        let modules = Modules::new(parsed.iter().map(|(path, source)| (*path, source)));
        circles(&modules.imports())
            .iter()
            .map(|circle| circle.join(" "))
            .collect()
    }

    #[test]
    fn a_circle_is_found_however_its_imports_are_written() {
        for (a, b) in [
            (
                "use super::b::B; pub struct A;",
                "use super::a::A; pub struct B;",
            ),
            (
                "use crate::{b::{B, self}}; pub struct A;",
                "fn f() { crate::a::g() }",
            ),
            (
                "use super::b; fn f() { b::g() }",
                "fn g() { vec![super::a::f(); 2] }",
            ),
            (
                "use super::B; pub struct A;",
                "fn f() -> Vec<super::A> { vec![] }",
            ),
        ] {
            let root = ("lib.rs", "mod a; mod b; pub use a::A; pub use b::B;");
            assert_eq!(
                circles_among(&[root, ("a.rs", a), ("b.rs", b)]),
                ["a.rs b.rs"],
                "{a} / {b}"
            );
        }
        let parent = ("a.rs", "mod b; pub struct A; fn f() { b::g() }");
        assert_eq!(
            circles_among(&[
                ("lib.rs", "mod a;"),
                parent,
                ("a/b.rs", "use super::A; fn g() {}")
            ]),
            ["a.rs a/b.rs"]
        );
    }

    #[test]
    fn a_parent_that_only_declares_and_exports_is_in_no_circle() {
        let files = [
            ("lib.rs", "mod a;"),
            ("a.rs", "mod b; mod c; pub use b::B; pub use c::C;"),
            (
                "a/b.rs",
                "pub struct B; #[cfg(test)] mod tests { use super::super::C; }",
            ),
            ("a/c.rs", "use super::B; pub struct C;"),
        ];
        assert_eq!(circles_among(&files), [""; 0]);
    }

    #[test]
    fn what_is_allowed_passes() {
        for (path, source) in [
            (
                "library/walk.rs",
                "use crate::text::Problem; use crate::library::file; use super::file;",
            ),
            (
                "library/walk.rs",
                "use super::super::text::Problem; mod tests { use super::super::reader; }",
            ),
            (
                "library/reader.rs",
                "mod reader { fn f() { super::super::reader::g() } }",
            ),
            (
                "library/walk.rs",
                "// use crate::reader::Model;\n/* crate::reader */ const A: &str = \"crate::reader::Model\";",
            ),
            (
                "library/walk.rs",
                "/// [`Model`](crate::reader::Model)\nfn f() { r#\"unsafe \" println!\"#; }",
            ),
            (
                "library.rs",
                "fn f() { OpenOptions::new().read(true).open(p); out.write(b); fs::read(p); }",
            ),
            (
                "commands/show.rs",
                "use crate::{library, reader}; fn f() { println!(\"{}\", std::env::var(\"A\")); }",
            ),
            ("library/yaml.rs", "use serde_yaml::Value;"),
            (
                "text.rs",
                "fn f() { x.expect(\"invariant: it was pushed\"); x.unwrap_or(1); x.unwrap_or_default(); }",
            ),
            (
                "text.rs",
                "#[cfg(test)]\nmod tests { fn f() { x.unwrap(); panic!() } }",
            ),
            (
                "text.rs",
                "#[cfg(test)]\n#[path = \"text_tests.rs\"]\nmod tests;",
            ),
            (
                "text/clean_tests.rs",
                "fn f() { x.unwrap(); std::fs::read(\"a\").expect(\"it\"); println!(); }",
            ),
        ] {
            assert_eq!(caught(path, source), [""; 0], "{path}: {source}");
        }
    }

    #[test]
    fn doors_purity_and_habits_are_held() {
        assert_caught(
            "text.rs",
            "use serde_yaml::Value;",
            "`serde_yaml` may only be named in library",
        );
        assert_caught(
            "text.rs",
            "fn f() { std::fs::read(\"a\"); }",
            "`text` is pure and may not name `fs`",
        );
        assert_caught(
            "text.rs",
            "use std::{fmt, thread::{self, spawn}};",
            "may not name `thread`",
        );
        assert_caught(
            "text.rs",
            "fn f() { Timestamp::now(); }",
            "may not name `now()`",
        );
        assert_caught(
            "text.rs",
            "use std::time::{Duration, Instant};",
            "may not name `Instant`",
        );
        assert_caught(
            "text.rs",
            "fn f() { TimeZone::system(); }",
            "may not name `TimeZone::system`",
        );
        assert_caught("library.rs", "fn f() { unsafe { g() } }", "`unsafe`");
        assert_caught(
            "library/index/sheet.rs",
            "fn f() { unsafe { g() } }",
            "`unsafe`",
        );
        assert_caught(
            "library/walk.rs",
            "fn f() { fs::remove_file(p); }",
            "fs::remove_file",
        );
        assert_eq!(
            caught("library/index/cache.rs", "fn f() { fs::remove_file(p); }"),
            [""; 0]
        );
        assert_caught("library.rs", "pub mod prelude;", "prelude");
        assert_caught("library.rs", "fn f() { x.unwrap(); }", "`unwrap`");
        assert_caught(
            "library.rs",
            "fn f() { x.map(Option::unwrap); }",
            "`unwrap`",
        );
        assert_caught(
            "library.rs",
            "fn f() { x.expect(\"it is there\"); }",
            "`expect`",
        );
        assert_caught("library.rs", "fn f() { x.expect(&why); }", "`expect`");
        assert_caught("library.rs", "fn f() { println!(); }", "`println!`");
        assert_caught("library.rs", "fn f() { todo!() }", "`todo!`");
        assert_caught(
            "library.rs",
            "#[cfg(test)]\nmod tests { fn f() {} }\nfn g() { x.unwrap(); }",
            "src/library.rs:3: `unwrap`",
        );
    }
}
