//! What a source may and may not hold.

use crate::lexer::{Kind, Token, tokens};
use crate::table::Table;

/// Where code may print: everywhere else output goes through a writer or the screen.
const PRINTING: &[&str] = &["main", "commands"];

/// Where files are written: the index in the cache folder, and what is remembered in the data folder. Never the articles' folder.
const WRITING: &[&str] = &["library/index/", "library/memory/"];

/// The one file that may be `unsafe`, and argues why.
const MAPPING: &str = "library/index/container.rs";

/// What breaks the rules in one file; the path is relative to `src`, with slashes.
pub(crate) fn violations(path: &str, source: &str, table: &Table) -> Vec<String> {
    let all = tokens(source);
    let code = if is_test(path) { Vec::new() } else { without_tests(&all) };
    let layer = layer(path);
    let mut found = Vec::new();
    let mut tell = |line: usize, what: String| found.push(format!("src/{path}:{line}: {what}"));

    if let Some(rule) = table.layer(layer) {
        for (line, name) in imports(path, &all) {
            if name != layer && !rule.imports.contains(&name) {
                tell(line, format!("`{layer}` may not import `{name}`"));
            }
        }
        if rule.pure {
            for (line, name) in impure(&code) {
                tell(line, format!("`{layer}` is pure and may not name `{name}`"));
            }
        }
    } else if !matches!(layer, "lib" | "main") {
        tell(1, format!("`{layer}` has no row in the table of layers"));
    }
    for token in all.iter().filter(|token| token.kind == Kind::Word) {
        let door = table.doors.iter().find(|door| door.library == token.text);
        if let Some(door) = door.filter(|door| !door.layers.iter().any(|allowed| allowed == layer)) {
            tell(token.line, format!("`{}` may only be named in {}", door.library, door.layers.join(", ")));
        }
        if token.text == "unsafe" && path != MAPPING {
            tell(token.line, "`unsafe`".into());
        }
    }
    for pair in all.windows(2) {
        if pair[0].is("mod") && pair[1].is("prelude") {
            tell(pair[0].line, "a prelude hides what a file depends on".into());
        }
    }
    for (line, what) in faults(&code, PRINTING.contains(&layer)) {
        tell(line, what);
    }
    if !WRITING.iter().any(|folder| path.starts_with(folder)) {
        for (line, what) in writes(&code) {
            tell(line, format!("`{what}`: nothing is written to disk here, least of all to the reader's folder"));
        }
    }
    found
}

/// The layer that a file belongs to.
pub(crate) fn layer(path: &str) -> &str {
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
}

/// Whether a file holds nothing but tests.
pub(crate) fn is_test(path: &str) -> bool {
    path.split('/').any(|part| part == "tests" || part == "tests.rs" || part.ends_with("_tests.rs"))
}

/// The tokens without the items that are compiled for tests only.
fn without_tests<'a>(tokens: &[Token<'a>]) -> Vec<Token<'a>> {
    let mut kept = Vec::with_capacity(tokens.len());
    let mut rest = tokens;
    while let [first, after @ ..] = rest {
        if starts(rest, &["#", "[", "cfg", "(", "test", ")", "]"]) {
            let end = after.iter().position(|token| token.is(";") || token.is("{")).unwrap_or(after.len());
            rest = &after[end..];
            rest = if rest.first().is_some_and(|token| token.is("{")) {
                &rest[group(rest)..]
            } else {
                rest.get(1..).unwrap_or(&[])
            };
        } else {
            kept.push(*first);
            rest = after;
        }
    }
    kept
}

fn starts(tokens: &[Token<'_>], with: &[&str]) -> bool {
    tokens.len() >= with.len() && tokens.iter().zip(with).all(|(token, text)| token.is(text))
}

/// The number of tokens in the group in braces that the tokens start with.
fn group(tokens: &[Token<'_>]) -> usize {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate() {
        if token.is("{") {
            depth += 1;
        } else if token.is("}") {
            depth -= 1;
            if depth == 0 {
                return index + 1;
            }
        }
    }
    tokens.len()
}

/// The modules of the crate's root that a file names, by `crate::` or by as many `super::` as lead there.
fn imports(path: &str, tokens: &[Token<'_>]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    // The depth in braces of each module around the place, the file's own modules aside.
    let mut inline = Vec::new();
    let mut braces = 0_usize;
    let mut at = 0;
    while at < tokens.len() {
        let rest = &tokens[at..];
        if rest[0].is("mod") && rest.get(2).is_some_and(|token| token.is("{")) {
            inline.push(braces);
        } else if rest[0].is("{") {
            braces += 1;
        } else if rest[0].is("}") {
            braces = braces.saturating_sub(1);
            inline.pop_if(|depth| *depth == braces);
        }
        let supers = rest.chunks(3).take_while(|chunk| starts(chunk, &["super", ":", ":"])).count();
        if starts(rest, &["crate", ":", ":"]) {
            found.extend(heads(&rest[3..]));
        } else if supers > 0 {
            if supers == file_depth(path) + inline.len() {
                found.extend(heads(&rest[3 * supers..]));
            }
            at += 3 * supers - 1;
        }
        at += 1;
    }
    found
}

/// How many modules deep a file lies below the crate's root. A `foo_tests.rs` is the module `tests` inside `foo.rs`.
fn file_depth(path: &str) -> usize {
    let parts = path.split('/').filter(|part| !matches!(*part, "lib.rs" | "main.rs" | "mod.rs")).count();
    parts + usize::from(path.ends_with("_tests.rs"))
}

/// The first names of a path, or of each path in a group in braces.
fn heads(tokens: &[Token<'_>]) -> Vec<(usize, String)> {
    let head = |token: &Token<'_>| (token.line, token.text.to_owned());
    if !tokens.first().is_some_and(|token| token.is("{")) {
        return tokens.first().map(head).into_iter().collect();
    }
    let mut depth = 0_usize;
    let mut found = Vec::new();
    for pair in tokens[..group(tokens)].windows(2) {
        depth = if pair[0].is("{") { depth + 1 } else { depth - usize::from(pair[0].is("}")) };
        let opens = depth == 1 && (pair[0].is("{") || pair[0].is(","));
        if opens && !pair[1].is("}") && !pair[1].is("self") {
            found.push(head(&pair[1]));
        }
    }
    found
}

/// What a pure layer may not name: disks, threads, processes, the environment and clocks.
fn impure(code: &[Token<'_>]) -> Vec<(usize, String)> {
    const MODULES: [&str; 6] = ["fs", "thread", "net", "process", "env", "os"];
    let mut found = Vec::new();
    for at in 0..code.len() {
        let rest = &code[at..];
        if starts(rest, &["std", ":", ":"]) {
            found.extend(heads(&rest[3..]).into_iter().filter(|(_, name)| MODULES.contains(&&**name)));
            if starts(&rest[3..], &["time", ":", ":"]) {
                found.extend(heads(&rest[6..]).into_iter().filter(|(_, name)| name != "Duration"));
            }
        } else if starts(rest, &[":", ":", "now", "("]) {
            found.push((rest[0].line, "now()".to_owned()));
        } else if starts(rest, &["TimeZone", ":", ":", "system"]) {
            found.push((rest[0].line, "TimeZone::system".to_owned()));
        }
    }
    found
}

/// Calls that change what is on disk.
fn writes(code: &[Token<'_>]) -> Vec<(usize, String)> {
    const CALLS: [&str; 13] = [
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
    let mut found = Vec::new();
    for rest in (0..code.len()).map(|at| &code[at..]) {
        let on_disk = ["fs", "File", "DirBuilder"].iter().any(|owner| starts(rest, &[owner, ":", ":"]));
        if on_disk && rest.get(3).is_some_and(|token| CALLS.contains(&token.text)) {
            found.push((rest[0].line, format!("{}::{}", rest[0].text, rest[3].text)));
        }
        if let Some(option) = ["write", "append", "truncate", "create", "create_new"]
            .into_iter()
            .find(|option| starts(rest, &[".", option, "(", "true", ")"]))
        {
            found.push((rest[0].line, format!(".{option}(true)")));
        }
    }
    found
}

/// What no code outside of tests may do: panic on what was not proved, leave work undone, print past the screen.
fn faults(code: &[Token<'_>], may_print: bool) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for rest in (0..code.len()).map(|at| &code[at..]) {
        let line = rest[0].line;
        if starts(rest, &[".", "unwrap", "("]) || starts(rest, &[":", "unwrap"]) {
            found.push((line, "`unwrap`: handle it, or argue it in `expect(\"invariant: …\")`".into()));
        }
        if starts(rest, &[".", "expect", "("]) {
            let argued =
                rest.get(3).is_some_and(|token| token.kind == Kind::Text && token.text.starts_with("invariant: "));
            if !argued {
                found.push((line, "`expect` without `invariant: `".into()));
            }
        }
        if rest.get(1).is_some_and(|token| token.is("!")) {
            match rest[0].text {
                "todo" | "unimplemented" | "panic" | "dbg" => found.push((line, format!("`{}!`", rest[0].text))),
                "println" | "print" | "eprintln" | "eprint" if !may_print => {
                    found.push((line, format!("`{}!`: only commands print", rest[0].text)));
                }
                _ => {}
            }
        }
    }
    found
}
