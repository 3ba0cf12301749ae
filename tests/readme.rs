//! The README tells the truth: its keys, its options and its fields are those of the program.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{env, fs};

use clap::CommandFactory;
use jianbao::cli::Cli;
use jianbao::library::SAMPLES;
use jianbao::reader::markdown_table;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

fn readme() -> String {
    fs::read_to_string(PATH).unwrap()
}

/// The list between `<!-- keys -->` and `<!-- /keys -->`; `UPDATE_README=1 cargo test --test readme` writes it anew.
#[test]
fn the_keys_are_those_of_the_table() {
    let readme = readme();
    let (before, rest) = readme.split_once("<!-- keys -->\n").unwrap();
    let (keys, after) = rest.split_once("<!-- /keys -->").unwrap();
    let table = markdown_table();
    if env::var_os("UPDATE_README").is_some() {
        fs::write(PATH, format!("{before}<!-- keys -->\n{table}<!-- /keys -->{after}")).unwrap();
        return;
    }
    assert_eq!(keys, table, "to mend it: UPDATE_README=1 cargo test --test readme");
}

#[test]
fn every_option_and_command_is_told() {
    let (readme, cli) = (readme(), Cli::command());
    for command in cli.get_subcommands().chain([&cli]) {
        assert!(readme.contains(&format!("jianbao {}", command.get_name())) || command.get_name() == "jianbao");
        for option in command.get_arguments().filter_map(|argument| argument.get_long()) {
            let told = readme.contains(&format!("--{option}")) || matches!(option, "help" | "version");
            assert!(told, "--{option} of {} is missing", command.get_name());
        }
    }
}

#[test]
fn every_field_of_the_list_in_json_is_told() {
    let output = assert_cmd::Command::cargo_bin("jianbao").unwrap().args(["list", "--json"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), SAMPLES.len());
    let first: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    let readme = readme();
    let fields = readme.split_once("The fields of `list --json`").unwrap().1.split_once("Exit codes").unwrap().0;
    let told: Vec<&str> = fields.lines().filter(|line| line.starts_with("| `")).collect();
    for field in first.keys() {
        assert!(told.iter().any(|line| line.contains(&format!("`{field}`"))), "{field} is missing");
    }
}

#[test]
fn files_named_in_the_pages_exist() {
    let root = env!("CARGO_MANIFEST_DIR");
    for page in ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"] {
        let text = fs::read_to_string(format!("{root}/{page}")).unwrap();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target) {
            let is_file = !target.contains("://") && !target.starts_with('#');
            assert!(!is_file || fs::exists(format!("{root}/{target}")).unwrap(), "{page} leads to {target}");
        }
    }
}
