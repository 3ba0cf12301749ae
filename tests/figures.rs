//! Scores the reading of figures against the cases of Recognizers-Text's specs, and the comparing of them on parallel texts.

use jianbao::bilingual::{Figure, Finding, Kind, compare, figures};
use jianbao::text::Language;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

fn corpus(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus")).join(name);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: no corpus at {}", path.display());
    None
}

/// A value that a case must give; none where the case holds no figure.
struct Expected {
    kind: String,
    value: Option<f64>,
    unit: String,
}

/// The cases of a language: the text of a line, and what it must give.
fn cases(language: Language) -> Option<Vec<(usize, String, Vec<Expected>)>> {
    let folder = corpus("figures")?;
    let text = fs::read_to_string(folder.join(format!("figures-{}.md", language.code()))).expect("the texts");
    let gold = fs::read_to_string(folder.join(format!("figures-{}.gold.tsv", language.code()))).expect("the truth");
    let mut expected: BTreeMap<usize, Vec<Expected>> = BTreeMap::new();
    for line in gold.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let value = columns[2].parse().ok();
        expected.entry(columns[0].parse().expect("a line number")).or_default().push(Expected {
            kind: columns[1].into(),
            value,
            unit: columns[3].into(),
        });
    }
    let lines: Vec<&str> = text.lines().collect();
    Some(expected.into_iter().map(|(line, values)| (line, lines[line - 1].to_owned(), values)).collect())
}

/// Whether a figure is what was expected. A number may be found inside a percentage or an amount of money; those two must be known for what they are, money with its unit.
fn fits(figure: &Figure, expected: &Expected) -> bool {
    let Some(value) = expected.value else { return false };
    let close = (figure.value.to_f64() - value).abs() <= 1e-6 * value.abs().max(f64::MIN_POSITIVE);
    close
        && match expected.kind.as_str() {
            "percentage" => figure.kind == Kind::Percentage,
            "currency" => figure.kind == Kind::Currency && figure.unit.is_some_and(|unit| unit.name() == expected.unit),
            _ => true,
        }
}

/// Whether a case is right: each value found by a figure of its own, and nothing where there is none.
fn right(found: &[Figure], expected: &[Expected]) -> bool {
    let mut left: Vec<&Figure> = found.iter().collect();
    expected.iter().all(|one| match one.value {
        None => found.is_empty(),
        Some(_) => left.iter().position(|figure| fits(figure, one)).map(|index| left.remove(index)).is_some(),
    })
}

#[test]
fn reads_the_figures_of_the_specs() {
    let mut total = (0, 0);
    for language in Language::BOTH {
        let Some(cases) = cases(language) else { return };
        let mut score: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for (line, text, expected) in cases {
            let found = figures(&text, language);
            let right = right(&found, &expected);
            let entry = score.entry(expected[0].kind.clone()).or_default();
            entry.0 += usize::from(right);
            entry.1 += 1;
            if !right {
                let wanted: Vec<String> =
                    expected.iter().map(|one| format!("{} {:?} {}", one.kind, one.value, one.unit)).collect();
                let got: Vec<String> = found
                    .iter()
                    .map(|figure| {
                        format!(
                            "{} {} {}",
                            figure.kind.name(),
                            figure.value.to_decimal(),
                            figure.unit.map_or("", |unit| unit.name())
                        )
                    })
                    .collect();
                println!("{} {line}: {text}\n    wanted {wanted:?}\n    got    {got:?}", language.code());
            }
        }
        for (kind, (right, all)) in score {
            println!("{} {kind}: {right} of {all}", language.code());
            total = (total.0 + right, total.1 + all);
        }
    }
    println!("all: {} of {}", total.0, total.1);
    assert!(total.0 * 100 >= total.1 * 95, "{} of {} cases are right", total.0, total.1);
}

/// The line pairs of an intact parallel text: the Chinese and the English line, code left out.
fn intact_pairs() -> Option<Vec<(String, String, String)>> {
    let folder = corpus("alignment")?;
    let mut names: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").filter_map(Result::ok).map(|entry| entry.path()).collect();
    names.retain(|path| path.to_string_lossy().ends_with("-intact.md"));
    names.sort();
    let mut pairs = Vec::new();
    for path in names {
        let text = fs::read_to_string(&path).expect("a text");
        let gold = fs::read_to_string(path.with_extension("gold.tsv")).expect("the truth");
        let lines: Vec<&str> = text.lines().collect();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        for pair in gold.lines() {
            let (chinese, english) = pair.split_once('\t').expect("two columns");
            if let (Ok(chinese), Ok(english)) = (chinese.parse::<usize>(), english.parse::<usize>()) {
                pairs.push((format!("{name}:{chinese}"), prose(lines[chinese - 1]), prose(lines[english - 1])));
            }
        }
    }
    Some(pairs)
}

/// A line of Markdown without what no reader of figures sees: code spans, link targets, bare addresses and the number of a list item or heading.
fn prose(line: &str) -> String {
    let mut text = String::new();
    for (index, part) in line.split('`').enumerate() {
        text.push_str(if index % 2 == 0 { part } else { " " });
    }
    while let Some(start) = text.find("](") {
        let end = text[start..].find(')').map_or(text.len(), |end| start + end + 1);
        text.replace_range(start..end, " ");
    }
    let words: Vec<&str> = text.split(' ').map(|word| word.find("http").map_or(word, |at| &word[..at])).collect();
    let text = words.join(" ");
    let text = text.trim_start_matches(['#', ' ', '-', '*', '>']);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = &text[digits..];
    rest.strip_prefix(['.', '、', ')']).filter(|_| digits > 0).unwrap_or(text).to_owned()
}

#[test]
fn raises_no_alarm_on_intact_texts() {
    let Some(pairs) = intact_pairs() else { return };
    let (mut alarms, mut agreed, mut alone) = (0, 0, 0);
    for (name, chinese, english) in &pairs {
        for finding in compare(chinese, english) {
            match finding {
                Finding::Agree { .. } => agreed += 1,
                Finding::OnlyHere { figure, side } => {
                    alone += 1;
                    if std::env::var("SHOW_ALONE").is_ok() {
                        println!(
                            "{name} {}: {} {}\n    {chinese}\n    {english}",
                            side.code(),
                            figure.kind.name(),
                            figure.value.to_decimal()
                        );
                    }
                }
                Finding::Disagree { chinese: a, english: b, .. } => {
                    alarms += 1;
                    println!(
                        "{name}: {} against {}\n    {chinese}\n    {english}",
                        &chinese[a.range], &english[b.range]
                    );
                }
            }
        }
    }
    println!("{alarms} alarms in {} pairs; {agreed} figures agree, {alone} are on one side only", pairs.len());
    assert!(alarms * 100 <= pairs.len() * 2);
}
