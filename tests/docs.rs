//! The pages of docs/ are true: their keys, options and fields are those of the program.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::{env, fs};

use clap::CommandFactory;
use jianbao::cli::Cli;
use jianbao::library::SAMPLES;
use jianbao::reader::markdown_table;
use jianbao::settings::Settings;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn page(name: &str) -> String {
    fs::read_to_string(format!("{ROOT}/{name}")).unwrap()
}

/// The table between `<!-- NAME -->` and `<!-- /NAME -->` of a page is this one;
/// `UPDATE_DOCS=1 cargo test --test docs` writes it.
fn holds_table(file: &str, name: &str, table: &str) {
    let text = page(file);
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = text.split_once(&begin).unwrap();
    let (written, after) = rest.split_once(&end).unwrap();
    if env::var_os("UPDATE_DOCS").is_some() {
        let text = format!("{before}{begin}{table}{end}{after}");
        fs::write(format!("{ROOT}/{file}"), text).unwrap();
        return;
    }
    assert_eq!(
        written, table,
        "to update it: UPDATE_DOCS=1 cargo test --test docs"
    );
}

#[test]
fn the_keys_are_those_of_the_keymap() {
    holds_table("docs/keys.md", "keys", &markdown_table());
}

#[test]
fn the_settings_are_those_of_the_table() {
    holds_table("docs/settings.md", "settings", &Settings::markdown_table());
}

#[test]
fn every_theme_is_named() {
    let text = page("docs/settings.md");
    for (name, _) in jianbao::view::Palette::shipped_themes() {
        assert!(text.contains(&format!("`{name}`")), "{name}");
    }
}

#[test]
fn every_option_and_command_is_documented() {
    let text = page("docs/commands.md") + &page("docs/check.md") + &page("docs/settings.md");
    let cli = Cli::command();
    for command in cli.get_subcommands().chain([&cli]) {
        assert!(
            text.contains(&format!("jianbao {}", command.get_name()))
                || command.get_name() == "jianbao"
        );
        for option in command
            .get_arguments()
            .filter_map(|argument| argument.get_long())
        {
            let is_documented =
                text.contains(&format!("--{option}")) || matches!(option, "help" | "version");
            assert!(
                is_documented,
                "--{option} of {} is missing",
                command.get_name()
            );
        }
    }
}

#[test]
fn every_field_of_the_list_in_json_is_documented() {
    let output = assert_cmd::Command::cargo_bin("jianbao")
        .unwrap()
        .args(["list", "--json", "assets/digests"])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), SAMPLES.len());
    let first: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(text.lines().next().unwrap()).unwrap();
    let text = page("docs/commands.md");
    let fields = text
        .split_once("The fields of `list --json`")
        .unwrap()
        .1
        .split_once("The fields of")
        .unwrap()
        .0;
    let rows: Vec<&str> = fields
        .lines()
        .filter(|line| line.starts_with("| `"))
        .collect();
    for field in first.keys() {
        assert!(
            rows.iter().any(|line| line.contains(&format!("`{field}`"))),
            "{field} is missing"
        );
    }
}

#[test]
fn the_keys_of_the_readme_are_bound() {
    let text = page("README.md");
    let table = text
        .split_once("## The ten keys that matter")
        .unwrap()
        .1
        .split_once("## ")
        .unwrap()
        .0;
    let bound = markdown_table();
    for row in table.lines().filter(|line| line.starts_with("| `")) {
        for key in row.split('|').nth(1).unwrap().split('`').skip(1).step_by(2) {
            assert!(bound.contains(&format!("`{key}`")), "{key} is not bound");
        }
    }
}

/// The skeleton of a page: its headings, tables, lists and pictures without their words, and what
/// both languages write alike.
fn skeleton(name: &str) -> Vec<String> {
    let text = page(name);
    let mut skeleton = Vec::new();
    let mut is_code = false;
    for line in text.lines() {
        let code = || line.split('`').skip(1).step_by(2);
        let links = || {
            let links = line.split("](").skip(1);
            links.filter_map(|link| link.split_once(')').map(|(target, _)| target))
        };
        if line.starts_with("```") {
            is_code = !is_code;
        } else if is_code {
            // A comment of a command is in the page's language.
            skeleton.push(line.split(" # ").next().unwrap().trim().to_owned());
        } else if line.starts_with('#') {
            skeleton.push(line.split(' ').next().unwrap().to_owned());
        } else if line.starts_with('|') {
            let is_keys = line.starts_with("| `");
            let names: String = code().filter(|_| is_keys).collect();
            let links: Vec<&str> = links().collect();
            skeleton.push(format!("| {} {names} {links:?}", line.split('|').count()));
        } else if line.starts_with("- ") {
            skeleton.push(format!("- {:?}", links().collect::<Vec<_>>()));
        } else if line.contains("svg") {
            let pictures = line.split('"').filter(|part| part.contains(".svg"));
            skeleton.extend(pictures.map(str::to_owned));
        }
    }
    skeleton
}

#[test]
fn the_readme_says_the_same_in_both_languages() {
    assert_eq!(skeleton("README.md"), skeleton("README.zh-CN.md"));
    let commands = |name: &str| -> Vec<String> {
        let text = page(name);
        let line = text.lines().find(|line| line.contains("`completions`"));
        let names = line.unwrap().split('`').skip(1).step_by(2);
        names.map(str::to_owned).collect()
    };
    assert_eq!(
        commands("README.md")[..15],
        commands("README.zh-CN.md")[..15]
    );
}

#[test]
fn links_between_the_pages_lead_to_files() {
    let docs = fs::read_dir(format!("{ROOT}/docs"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let docs = docs.map(|name| format!("docs/{}", name.to_str().unwrap()));
    let pages = [
        "README.md",
        "README.zh-CN.md",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
    ]
    .map(str::to_owned);
    for name in pages.into_iter().chain(docs) {
        let folder = Path::new(ROOT).join(&name).parent().unwrap().to_owned();
        for target in page(&name)
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split_once(')'))
            .map(|(target, _)| target)
        {
            let file = target.split('#').next().unwrap();
            let is_file = !target.contains("://") && !file.is_empty();
            assert!(
                !is_file || folder.join(file).exists(),
                "{name} leads to {target}"
            );
        }
    }
}
