//! What a source may and may not hold.

use crate::source::{Call, Named, Source};
use crate::table::Table;

/// Where code may print: everywhere else output goes through a writer or the screen.
const PRINTING: &[&str] = &["main", "commands"];

/// Where files are written: the index in the cache folder, the state and the added dictionaries in the
/// data folder, and the log, the baseline and the export that a command line names. Never the articles' folder.
const WRITING: &[&str] = &[
    "library/index/",
    "library/state/",
    "library/dictionaries",
    "commands/debug_log",
    "commands/check/baseline",
    "commands/destination",
];

/// The one file that may be `unsafe`, and argues why.
const MAPPING: &str = "library/index/container.rs";

/// The modules of `std` that a pure layer may not name.
const IMPURE: [&str; 6] = ["fs", "thread", "net", "process", "env", "os"];

/// The calls by path that change what is on disk.
const DISK_CALLS: [&str; 13] = [
    "write",
    "create",
    "create_new",
    "create_dir",
    "create_dir_all",
    "remove_file",
    "remove_dir",
    "remove_dir_all",
    "rename",
    "copy",
    "hard_link",
    "symlink",
    "set_permissions",
];

/// The options that open a file to change it.
const DISK_OPTIONS: [&str; 5] = ["write", "append", "truncate", "create", "create_new"];

/// What breaks the rules in one file; the path is relative to `src`, with slashes.
pub(crate) fn violations(path: &str, source: &Source, table: &Table) -> Vec<String> {
    let layer = layer(path);
    let mut found = layer_faults(path, source, table);
    for named in &source.paths {
        let door = named
            .segments
            .first()
            .and_then(|first| table.doors.iter().find(|door| door.library == *first));
        if let Some(door) = door.filter(|door| !door.layers.iter().any(|allowed| allowed == layer))
        {
            found.push((
                named.line,
                format!(
                    "`{}` may only be named in {}",
                    door.library,
                    door.layers.join(", ")
                ),
            ));
        }
    }
    if path != MAPPING {
        found.extend(
            source
                .unsafes
                .iter()
                .map(|&line| (line, "`unsafe`".to_owned())),
        );
    }
    let preludes = source.modules.iter().filter(|(_, name)| name == "prelude");
    found.extend(
        preludes.map(|(line, _)| (*line, "a prelude hides what a file depends on".to_owned())),
    );
    found.extend(panics(source));
    found.extend(macros(source, PRINTING.contains(&layer)));
    if !WRITING.iter().any(|folder| path.starts_with(folder)) {
        let note = "nothing is written to disk here, least of all to the reader's folder";
        found.extend(writes(source).map(|(line, what)| (line, format!("`{what}`: {note}"))));
    }
    found.sort();
    found.dedup();
    found
        .into_iter()
        .map(|(line, what)| format!("src/{path}:{line}: {what}"))
        .collect()
}

/// The layer that a file belongs to.
pub(crate) fn layer(path: &str) -> &str {
    path.split('/')
        .next()
        .unwrap_or(path)
        .trim_end_matches(".rs")
}

/// Whether a file holds nothing but tests.
pub(crate) fn is_test(path: &str) -> bool {
    path.split('/')
        .any(|part| part == "tests" || part == "tests.rs" || part.ends_with("_tests.rs"))
}

fn layer_faults(path: &str, source: &Source, table: &Table) -> Vec<(usize, String)> {
    let layer = layer(path);
    let Some(rule) = table.layer(layer) else {
        let is_root = matches!(layer, "lib" | "main");
        return if is_root {
            Vec::new()
        } else {
            vec![(1, format!("`{layer}` has no row in the table of layers"))]
        };
    };
    let mut found = Vec::new();
    for named in &source.paths {
        if let Some(import) = root_module(path, named)
            && import != layer
            && !rule.imports.iter().any(|allowed| allowed == import)
        {
            found.push((named.line, format!("`{layer}` may not import `{import}`")));
        }
        if let Some(name) = impure(&named.segments).filter(|_| rule.pure && !named.is_test) {
            found.push((
                named.line,
                format!("`{layer}` is pure and may not name `{name}`"),
            ));
        }
    }
    found
}

/// The module of the crate's root that a path names, by `crate::` or by as many `super::` as lead
/// there.
fn root_module<'a>(path: &str, named: &'a Named) -> Option<&'a str> {
    let segments = &named.segments;
    let supers = segments
        .iter()
        .take_while(|segment| *segment == "super")
        .count();
    let skipped = match segments.first()?.as_str() {
        "crate" => 1,
        "super" if supers == file_depth(path) + named.inner.len() => supers,
        _ => return None,
    };
    segments.get(skipped).map(String::as_str)
}

/// How many modules deep a file lies below the crate's root. A `foo_tests.rs` is the module `tests`
/// inside `foo.rs`.
fn file_depth(path: &str) -> usize {
    let parts = path
        .split('/')
        .filter(|part| !matches!(*part, "lib.rs" | "main.rs" | "mod.rs"))
        .count();
    parts + usize::from(path.ends_with("_tests.rs"))
}

/// What a path names that a pure layer may not: disks, threads, processes, the environment and
/// clocks.
fn impure(segments: &[String]) -> Option<&str> {
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match segments[..] {
        ["std", module, ..] if IMPURE.contains(&module) => {
            IMPURE.into_iter().find(|name| *name == module)
        }
        ["std", "time", name, ..] if name != "Duration" => Some(if name == "Instant" {
            "Instant"
        } else {
            "std::time"
        }),
        [.., "TimeZone", "system"] => Some("TimeZone::system"),
        [.., _, "now"] => Some("now()"),
        _ => None,
    }
}

/// What changes a disk.
fn writes(source: &Source) -> impl Iterator<Item = (usize, String)> {
    let by_path = source
        .paths
        .iter()
        .filter(|named| !named.is_test)
        .filter_map(|named| match &named.segments[..] {
            [.., owner, call]
                if ["fs", "File", "DirBuilder"].contains(&owner.as_str())
                    && DISK_CALLS.contains(&call.as_str()) =>
            {
                Some((named.line, format!("{owner}::{call}")))
            }
            _ => None,
        });
    let is_option = |call: &&Call| {
        DISK_OPTIONS.contains(&call.method.as_str()) && call.literal.as_deref() == Some("true")
    };
    by_path.chain(
        source
            .calls
            .iter()
            .filter(is_option)
            .map(|call| (call.line, format!(".{}(true)", call.method))),
    )
}

/// Panics on what was not proved.
fn panics(source: &Source) -> Vec<(usize, String)> {
    let unwrap = "`unwrap`: handle it, or argue it in `expect(\"invariant: …\")`";
    let mut found = Vec::new();
    for call in &source.calls {
        let is_argued = call
            .literal
            .as_ref()
            .is_some_and(|text| text.starts_with("invariant: "));
        match call.method.as_str() {
            "unwrap" => found.push((call.line, unwrap.to_owned())),
            "expect" if !is_argued => {
                found.push((call.line, "`expect` without `invariant: `".to_owned()));
            }
            _ => {}
        }
    }
    let by_path = source
        .paths
        .iter()
        .filter(|named| !named.is_test && named.segments.len() > 1);
    let by_path =
        by_path.filter(|named| named.segments.last().is_some_and(|last| last == "unwrap"));
    found.extend(by_path.map(|named| (named.line, unwrap.to_owned())));
    found
}

/// Macros that leave work undone or print past the screen.
fn macros(source: &Source, may_print: bool) -> impl Iterator<Item = (usize, String)> {
    source
        .macros
        .iter()
        .filter_map(move |(line, name)| match name.as_str() {
            "todo" | "unimplemented" | "panic" | "dbg" => Some((*line, format!("`{name}!`"))),
            "println" | "print" | "eprintln" | "eprint" if !may_print => {
                Some((*line, format!("`{name}!`: only commands print")))
            }
            _ => None,
        })
}
