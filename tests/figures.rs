//! Scores the reading of figures against the cases of Recognizers-Text's specs, and the comparing of them on parallel texts.

use jianbao::bilingual::{Figure, Kind, figures};
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
