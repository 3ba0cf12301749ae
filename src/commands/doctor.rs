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
use crate::settings::{AmbiguousSetting, Settings};
use crate::shell::{
    SettingsFile, ask_terminal, clipboard_tool, clipboard_ways, colour_depth, columns,
    underline_styles,
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

/// What the names of terminals with links contain.
const LINKS: [&str; 11] = [
    "kitty",
    "wezterm",
    "foot",
    "ghostty",
    "iterm",
    "alacritty",
    "vte",
    "contour",
    "konsole",
    "vscode",
    "windows terminal",
];

/// The lines that the terminal answers.
const ANSWERS: [&str; 6] = [
    "background",
    "colour_reports",
    "synchronised",
    "pictures",
    "ambiguous_columns",
    "large_text",
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
    let mut report = DoctorReport::default();
    report.program();
    report.terminal(file.settings());
    report.files(file);
    report.0
}

#[derive(Default)]
struct DoctorReport(Vec<ReportLine>);

impl DoctorReport {
    fn add(&mut self, name: &'static str, label: &'static str, value: impl Into<Value>) {
        self.check(name, label, value, false);
    }

    fn check(
        &mut self,
        name: &'static str,
        label: &'static str,
        value: impl Into<Value>,
        is_wrong: bool,
    ) {
        self.0.push((name, label, value.into(), is_wrong));
    }

    fn program(&mut self) {
        let system = format!("{} {}", env::consts::OS, env::consts::ARCH);
        let language = match Locale::current() {
            Locale::English => "en",
            Locale::Simplified => "zh-CN",
            Locale::Traditional => "zh-TW",
        };
        let mut locales = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter();
        let locale = locales.find_map(|name| Some(format!("{name}={}", variable(name)?)));
        self.add("version", message!("Version"), env!("CARGO_PKG_VERSION"));
        self.add("system", message!("System"), system);
        self.add("language", message!("Language"), language);
        self.add("locale", message!("Locale"), locale);
    }

    fn terminal(&mut self, settings: &Settings) {
        let (term, program) = (variable("TERM"), variable("TERM_PROGRAM"));
        let asked = ask_terminal();
        let is_asked = asked.is_some();
        let answers = asked.unwrap_or_default();
        let underlines = underline_styles().or(answers.underline_styles.then_some(true));
        let name = answers.version.or(program);
        let known = format!("{term:?} {name:?}").to_lowercase();
        let has_links = LINKS.iter().any(|name| known.contains(name));
        let links = has_links.then_some(true);
        let depth = match colour_depth() {
            ColourDepth::None => "none",
            ColourDepth::Ansi16 => "16",
            ColourDepth::Ansi256 => "256",
            ColourDepth::True => "24 bit",
        };
        let is_wide = settings.ambiguous == AmbiguousSetting::Wide;
        let width = answers.ambiguous;
        let is_other_width = width.is_some_and(|columns| (columns == 2) != is_wide);
        let tmux = variable("TMUX").map_or(Vec::new(), |_| tmux());
        self.add("term", message!("TERM"), term);
        self.add("terminal", message!("Terminal"), name);
        self.add("columns", message!("Columns"), columns());
        self.add("colours", message!("Colours"), depth);
        self.add("answers", message!("Terminal was asked"), is_asked);
        self.add("background", message!("Background"), answers.background);
        let label = message!("Reports dark and light (2031)");
        self.add("colour_reports", label, answers.colour_reports);
        let label = message!("Draws a frame at once (2026)");
        self.add("synchronised", label, answers.synchronised);
        self.add("pictures", message!("Pictures"), answers.pictures);
        self.add("links", message!("Links (OSC 8)"), links);
        self.add("underline_styles", message!("Underline styles"), underlines);
        self.check(
            "ambiguous_columns",
            message!("Columns of “"),
            width,
            is_other_width,
        );
        let label = message!("Large headings (OSC 66)");
        self.add("large_text", label, answers.large_text);
        self.add("font", message!("Font, are all signs there"), FONT_SAMPLE);
        self.add("tmux", message!("tmux"), tmux);
    }

    fn files(&mut self, file: &SettingsFile) {
        let settings = file.settings();
        let problems: Vec<String> = file.problems().collect();
        let has_problems = !problems.is_empty();
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
            .or_else(|| variable("EDITOR"));
        let [state, index] = storage_reports();
        self.add(
            "settings",
            message!("Settings file"),
            file.path().map(output::shown),
        );
        let label = message!("Mistakes in the settings");
        self.check("settings_problems", label, problems, has_problems);
        self.storage("state", message!("Saved state"), state);
        self.storage("index", message!("Index of the library read last"), index);
        self.check("clipboard", message!("Clipboard"), ways, has_no_way);
        self.add(
            "editor",
            message!("Editor"),
            editor.unwrap_or_else(|| "vi".into()),
        );
    }

    fn storage(&mut self, name: &'static str, label: &'static str, report: Option<StorageReport>) {
        let Some(report) = report else {
            return self.add(name, label, json!([]));
        };
        let is_wrong = report.problem.is_some();
        let value = json!({
            "path": output::shown(&report.path),
            "bytes": report.bytes,
            "age": report.age,
            "problem": report.problem,
        });
        self.check(name, label, value, is_wrong);
    }
}

/// A variable of the environment that is not empty.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// The options of tmux, as it prints them.
fn tmux() -> Vec<String> {
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
    TMUX_OPTIONS.iter().filter_map(value).collect()
}
