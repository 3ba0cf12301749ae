//! Holds the Chinese words of the program to its English ones: none is missing or left over, each has the same
//! values, and each is set as Chinese is.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, iter};

use clap::CommandFactory;
use jianbao::cli::Cli;
use jianbao::locale::{FILES, messages};
use jianbao::settings::Settings;
use proc_macro2::{TokenStream, TokenTree};

/// The functions whose last literal argument is a message.
const FUNCTIONS: [&str; 1] = ["bind"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn literals(tokens: TokenStream) -> impl Iterator<Item = String> {
    tokens.into_iter().filter_map(|token| {
        match token {
            TokenTree::Literal(literal) => syn::parse_str::<syn::LitStr>(&literal.to_string()).ok(),
            _ => None,
        }
        .map(|literal| literal.value())
    })
}

/// Collects the messages of a source.
fn collect(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at..] {
            // Tests are left out.
            [TokenTree::Punct(sharp), TokenTree::Group(attribute), ..]
                if sharp.as_char() == '#'
                    && attribute.to_string().replace(' ', "") == "[cfg(test)]" =>
            {
                at += 2;
                while !matches!(&tokens[at], TokenTree::Group(group) if group.delimiter() == proc_macro2::Delimiter::Brace)
                    && !matches!(&tokens[at], TokenTree::Punct(end) if end.as_char() == ';')
                {
                    at += 1;
                }
                at += 1;
                continue;
            }
            [
                TokenTree::Ident(name),
                TokenTree::Punct(mark),
                TokenTree::Group(group),
                ..,
            ] if mark.as_char() == '!' && (name == "tr" || name == "message") => {
                found.extend(literals(group.stream()).next());
            }
            [
                TokenTree::Ident(name),
                TokenTree::Punct(mark),
                TokenTree::Group(group),
                ..,
            ] if mark.as_char() == '!' && name == "messages" => {
                found.extend(literals(group.stream()));
            }
            [TokenTree::Ident(name), TokenTree::Group(group), ..] if name == "many" => {
                let noun = literals(group.stream()).last();
                found.extend(noun.map(|noun| format!("{{count}} {noun}")));
            }
            [TokenTree::Ident(name), TokenTree::Group(group), ..]
                if FUNCTIONS.iter().any(|function| name == function) =>
            {
                found.extend(literals(group.stream()).last());
            }
            _ => {}
        }
        if let Some(TokenTree::Group(group)) = tokens.get(at) {
            collect(group.stream(), found);
        }
        at += 1;
    }
}

/// What the command line says of itself, paragraph by paragraph.
fn help(command: &clap::Command, found: &mut BTreeSet<String>) {
    let mut add = |text: Option<&clap::builder::StyledStr>| {
        let text = text.map(ToString::to_string).unwrap_or_default();
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        // A sentence of which the words are a message is made from it.
        for line in lines {
            let is_sentence = |words: &str| found.contains(words);
            if !line.strip_suffix('.').is_some_and(is_sentence) {
                found.insert(line.to_owned());
            }
        }
    };
    add(command.get_about());
    add(command.get_long_about());
    add(command.get_after_help());
    add(command.get_after_long_help());
    add(command.get_overridden_usage());
    for argument in command.get_arguments() {
        add(argument.get_help());
        add(argument.get_long_help());
        for value in argument.get_possible_values() {
            add(value.get_help());
        }
    }
    let arguments = command.get_arguments();
    let with_value = arguments.filter(|argument| argument.get_action().takes_values());
    let names = with_value.filter_map(clap::Arg::get_value_names);
    found.extend(names.flatten().map(ToString::to_string));
    let headings = command
        .get_arguments()
        .filter_map(clap::Arg::get_help_heading);
    found.extend(headings.map(str::to_owned));
    command
        .get_subcommands()
        .for_each(|command| help(command, found));
}

/// All messages of the program.
fn in_code() -> BTreeSet<String> {
    let mut paths = Vec::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut paths,
    );
    let mut found = BTreeSet::new();
    for path in paths {
        let is_test =
            path.iter().any(|part| part == "tests") || path.to_str().unwrap().ends_with("tests.rs");
        if !is_test && !path.ends_with("src/locale.rs") {
            collect(
                fs::read_to_string(path).unwrap().parse().unwrap(),
                &mut found,
            );
        }
    }
    help(&Cli::command(), &mut found);
    found.extend(Settings::ROWS.iter().map(|row| row.values.to_owned()));
    for rule in &jianbao::check::RULES {
        found.extend([rule.title, rule.help, rule.explanation].map(str::to_owned));
    }
    found
}

fn in_files() -> BTreeMap<&'static str, [&'static str; 2]> {
    FILES.into_iter().flat_map(messages).collect()
}

/// The names in braces, with how often each stands.
fn holes(message: &str) -> BTreeMap<&str, usize> {
    let mut holes = BTreeMap::new();
    for part in message.split('{').skip(1) {
        *holes.entry(part.split('}').next().unwrap()).or_default() += 1;
    }
    holes
}

#[test]
fn every_message_is_said_in_three_languages() {
    let (code, files) = (in_code(), in_files());
    let missing: Vec<_> = code
        .iter()
        .filter(|message| !files.contains_key(message.as_str()))
        .collect();
    assert!(
        missing.is_empty(),
        "{} missing in assets/locale: {missing:#?}",
        missing.len()
    );
    let unused: Vec<_> = files
        .keys()
        .filter(|message| !code.contains(**message))
        .collect();
    assert!(unused.is_empty(), "nothing in the code says {unused:#?}");
}

#[test]
fn no_message_is_translated_twice() {
    let mut seen = BTreeSet::new();
    let twice: Vec<_> = FILES
        .into_iter()
        .flat_map(messages)
        .filter(|(english, _)| !seen.insert(*english))
        .collect();
    assert!(twice.is_empty(), "{twice:#?}");
}

#[test]
fn a_translation_has_the_values_of_the_message() {
    for (english, chinese) in in_files() {
        for text in chinese {
            assert_eq!(holes(text), holes(english), "{english}: {text}");
        }
    }
}

fn is_han(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

/// Values that are in the language of the message; all others count as Latin.
const WORDS: [(&str, &str); 10] = [
    ("articles", "3 篇文章"),
    ("folders", "3 个文件夹"),
    ("found", "3 处匹配"),
    ("language", "中文"),
    ("languages", "中英"),
    ("matches", "3 处匹配"),
    ("order", "标题"),
    ("other", "英文"),
    ("rows", "3 行"),
    ("what", "标题"),
];

/// What is wrong with the setting of a Chinese text. Keys, code and names in braces and backticks count as Latin.
fn faults(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut text = text.to_owned();
    for (name, word) in WORDS {
        text = text.replace(&format!("{{{name}}}"), word);
    }
    let pairs = text.chars().zip(text.chars().skip(1));
    for (one, next) in pairs {
        let is_latin = |character: char| {
            character.is_ascii_alphanumeric() || matches!(character, '{' | '}' | '`')
        };
        if is_han(one) && is_latin(next) || is_latin(one) && is_han(next) {
            faults.push(format!("no space in “{one}{next}”"));
        }
        if is_han(one) && ",;:!?()".contains(next) || ",;:!?()".contains(one) && is_han(next) {
            faults.push(format!("a half-width mark in “{one}{next}”"));
        }
        if "，。；：！？（）“”、".contains(next) && one == ' '
            || "，。；：！？（）、".contains(one) && next == ' '
        {
            faults.push(format!("a space beside a full-width mark in “{one}{next}”"));
        }
    }
    for word in [
        "您", "你", "请", "請", "进行", "進行", "的话", "的話", "...",
    ] {
        if text.contains(word) {
            faults.push(format!("“{word}”"));
        }
    }
    faults
}

/// Characters that only the other Chinese has, where the program's words need them.
fn of_the_other(text: &str, is_simplified: bool) -> Vec<char> {
    let simplified = "们这时个来说对为从关开应无显没发现过还进选择规则语词话读写删复拟单双题标签间类级运动态将带长书简报链库链体颜观应图";
    let traditional = "們這時個來說對為從關開應無顯沒發現過還進選擇規則語詞話讀寫刪複擬單雙題標籤間類級運動態將帶長書簡報鏈庫鏈體顏觀應圖";
    let both: BTreeSet<char> = simplified
        .chars()
        .collect::<BTreeSet<_>>()
        .intersection(&traditional.chars().collect())
        .copied()
        .collect();
    let wrong = if is_simplified {
        traditional
    } else {
        simplified
    };
    text.chars()
        .filter(|c| wrong.contains(*c) && !both.contains(c))
        .collect()
}

#[test]
fn chinese_is_set_as_chinese() {
    let mut found = Vec::new();
    for (english, chinese) in in_files() {
        for (text, is_simplified) in iter::zip(chinese, [true, false]) {
            let wrong = of_the_other(text, is_simplified);
            let stop = english.ends_with('.') != text.ends_with('。');
            let faults = [
                faults(text),
                stop.then(|| "the stop at the end".to_owned())
                    .into_iter()
                    .collect(),
            ]
            .concat();
            if !faults.is_empty() || !wrong.is_empty() {
                found.push(format!("{text}: {} {wrong:?}", faults.join(", ")));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
