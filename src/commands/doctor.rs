//! `jianbao doctor`: what a bug report needs to know of the terminal, the settings and the files.

use std::env;
use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Map, Value, json};

use super::output::{self, Outcome};
use crate::cli::DoctorArgs;
use crate::error::Error;
use crate::library::{StorageReport, storage_reports};
use crate::locale::{Locale, translated};
use crate::settings::AmbiguousSetting;
use crate::shell::{
    SettingsFile, ask_terminal, clipboard_tool, clipboard_ways, colour_depth, columns,
};
use crate::text::clean_line;
use crate::view::ColourDepth;

/// The options of tmux that matter to the reader.
const TMUX_OPTIONS: [&str; 5] = [
    "allow-passthrough",
    "set-clipboard",
    "focus-events",
    "escape-time",
    "default-terminal",
];
/// Characters that a font may lack or draw in another width.
const FONT_SAMPLE: &str = "中文 繁體 “”…— │├└ ★●▸";

/// The lines that the terminal answers.
const ANSWERS: [&str; 5] = [
    "background",
    "colour_reports",
    "synchronised",
    "pictures",
    "ambiguous_columns",
];

/// A line of the report: its name in JSON, its name for people, its value, and whether it is wrong.
type ReportLine = (&'static str, &'static str, Value, bool);

/// Prints the report. The answer is negative if something is wrong.
pub(super) fn run(arguments: &DoctorArgs, file: &SettingsFile) -> Result<Outcome, Error> {
    let lines = lines(file);
    let is_well = lines.iter().all(|(.., is_wrong)| !is_wrong);
    output::print(|out| {
        if arguments.json {
            let mut record: Map<String, Value> = Map::new();
            record.extend(
                lines
                    .into_iter()
                    .map(|(name, _, value, _)| (name.to_owned(), value)),
            );
            record.insert("ok".into(), is_well.into());
            return output::write_json(&record, out);
        }
        lines.iter().try_for_each(|(id, name, value, is_wrong)| {
            let value = match value {
                Value::Null if !ANSWERS.contains(id) => tr!("not known").to_owned(),
                value => words(value),
            };
            let sign = if *is_wrong { "! " } else { "  " };
            writeln!(
                out,
                "{sign}{}",
                tr!("{name}: {value}", name = translated(name), value = value)
            )
        })
    })?;
    Ok(Outcome::from(is_well))
}

/// A value for people.
fn words(value: &Value) -> String {
    let text = match value {
        Value::Null => tr!("no answer").to_owned(),
        Value::Bool(is_so) => if *is_so { tr!("yes") } else { tr!("no") }.to_owned(),
        Value::String(text) if text == "none" => tr!("none").to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => tr!("none").to_owned(),
        Value::Array(items) => items.iter().map(words).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => {
            let field = |name: &str| fields.get(name).filter(|value| !value.is_null()).map(words);
            let path = field("path").unwrap_or_default();
            let file = match (field("bytes"), field("age")) {
                (Some(bytes), Some(age)) => {
                    tr!(
                        "{file}, {size} bytes, {age} s old",
                        file = path,
                        size = bytes,
                        age = age
                    )
                }
                _ => tr!("{file}, not there yet", file = path),
            };
            match field("problem") {
                Some(problem) => tr!("{file}: {reason}", file = file, reason = problem),
                None => file,
            }
        }
        Value::Number(number) => number.to_string(),
    };
    clean_line(&text).into_owned()
}

fn lines(file: &SettingsFile) -> Vec<ReportLine> {
    let settings = file.settings();
    let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let term = variable("TERM").unwrap_or_default();
    let program = variable("TERM_PROGRAM").unwrap_or_default();
    let answers = ask_terminal();
    let answered = answers.is_some();
    let answers = answers.unwrap_or_default();
    let known = format!(
        "{term} {program} {}",
        answers.version.as_deref().unwrap_or_default()
    )
    .to_lowercase();
    let is_known = |names: &[&str]| {
        names
            .iter()
            .any(|name| known.contains(name))
            .then_some(true)
    };
    let links = [
        "kitty",
        "wezterm",
        "foot",
        "ghostty",
        "iterm",
        "alacritty",
        "vte",
        "konsole",
        "vscode",
        "contour",
        "windows terminal",
    ];
    let underlines = [
        "kitty",
        "wezterm",
        "foot",
        "ghostty",
        "iterm",
        "alacritty",
        "vte",
        "contour",
    ];
    let is_wide = settings.ambiguous == AmbiguousSetting::Wide;
    let is_other_width = answers
        .ambiguous
        .is_some_and(|columns| (columns == 2) != is_wide);
    let problems: Vec<String> = file.problems().collect();
    let has_problems = !problems.is_empty();
    let locale = match Locale::current() {
        Locale::English => "en",
        Locale::Simplified => "zh-CN",
        Locale::Traditional => "zh-TW",
    };
    let locale_variable = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| Some(format!("{name}={}", variable(name)?)));
    let [by_terminal, by_tool] = clipboard_ways(settings.clipboard);
    let tool = clipboard_tool().filter(|_| by_tool).map(|tool| tool[0]);
    let ways: Vec<&str> = by_terminal
        .then_some("OSC 52")
        .into_iter()
        .chain(tool)
        .collect();
    let has_no_way = ways.is_empty();
    let editor = Some(settings.editor.clone()).filter(|set| !set.trim().is_empty());
    let editor = editor
        .or_else(|| variable("VISUAL"))
        .or_else(|| variable("EDITOR"))
        .unwrap_or_else(|| "vi".into());
    let depth = match colour_depth() {
        ColourDepth::None => "none",
        ColourDepth::Ansi16 => "16",
        ColourDepth::Ansi256 => "256",
        ColourDepth::True => "24 bit",
    };
    let [state, index] = storage_reports();
    vec![
        (
            "version",
            message!("Version"),
            env!("CARGO_PKG_VERSION").into(),
            false,
        ),
        (
            "system",
            message!("System"),
            format!("{} {}", env::consts::OS, env::consts::ARCH).into(),
            false,
        ),
        ("language", message!("Language"), locale.into(), false),
        ("locale", message!("Locale"), json!(locale_variable), false),
        ("term", message!("TERM"), term.into(), false),
        (
            "terminal",
            message!("Terminal"),
            json!(
                answers
                    .version
                    .or(Some(program).filter(|name| !name.is_empty()))
            ),
            false,
        ),
        ("columns", message!("Columns"), json!(columns()), false),
        ("colours", message!("Colours"), json!(depth), false),
        (
            "answers",
            message!("Terminal was asked"),
            answered.into(),
            false,
        ),
        (
            "background",
            message!("Background"),
            json!(answers.background),
            false,
        ),
        (
            "colour_reports",
            message!("Reports dark and light (2031)"),
            json!(answers.colour_reports),
            false,
        ),
        (
            "synchronised",
            message!("Draws a frame at once (2026)"),
            json!(answers.synchronised),
            false,
        ),
        (
            "pictures",
            message!("Pictures"),
            json!(answers.pictures),
            false,
        ),
        (
            "links",
            message!("Links (OSC 8)"),
            json!(is_known(&links)),
            false,
        ),
        (
            "underline_styles",
            message!("Underline styles"),
            json!(is_known(&underlines)),
            false,
        ),
        (
            "ambiguous_columns",
            message!("Columns of “"),
            json!(answers.ambiguous),
            is_other_width,
        ),
        (
            "font",
            message!("Font, are all signs there"),
            FONT_SAMPLE.into(),
            false,
        ),
        (
            "tmux",
            message!("tmux"),
            variable("TMUX").map_or(json!([]), |_| tmux()),
            false,
        ),
        (
            "settings",
            message!("Settings file"),
            json!(file.path().map(output::shown)),
            false,
        ),
        (
            "settings_problems",
            message!("Mistakes in the settings"),
            json!(problems),
            has_problems,
        ),
        storage("state", message!("Saved state"), state),
        storage("index", message!("Index of the library read last"), index),
        ("clipboard", message!("Clipboard"), json!(ways), has_no_way),
        ("editor", message!("Editor"), editor.into(), false),
    ]
}

fn storage(name: &'static str, label: &'static str, report: Option<StorageReport>) -> ReportLine {
    let Some(report) = report else {
        return (name, label, json!([]), false);
    };
    let is_wrong = report.problem.is_some();
    let value = json!({
        "path": output::shown(&report.path),
        "bytes": report.bytes,
        "age": report.age,
        "problem": report.problem,
    });
    (name, label, value, is_wrong)
}

/// The options of tmux, as it prints them.
fn tmux() -> Value {
    let value = |name: &&str| {
        let command = |scope| {
            Command::new("tmux")
                .args(["show-options", scope, name])
                .stderr(Stdio::null())
                .output()
                .ok()
        };
        let printed = ["-Av", "-gsv", "-gwv"].into_iter().filter_map(command);
        let texts = printed.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
        let text = texts.into_iter().find(|text| !text.is_empty())?;
        Some(format!("{name} {}", clean_line(&text)))
    };
    json!(TMUX_OPTIONS.iter().filter_map(value).collect::<Vec<_>>())
}
