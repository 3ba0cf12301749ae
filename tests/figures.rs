//! Scores the reading of figures against the cases of Recognizers-Text's specs, and the comparing
//! of them on parallel texts.

use jianbao::bilingual::{Comparison, Figure, FigureKind, compare, compare_tables, figures};
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
    let text = fs::read_to_string(folder.join(format!("figures-{}.md", language.code())))
        .expect("the texts");
    let gold = fs::read_to_string(folder.join(format!("figures-{}.gold.tsv", language.code())))
        .expect("the truth");
    let mut expected: BTreeMap<usize, Vec<Expected>> = BTreeMap::new();
    for line in gold.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let value = columns[2].parse().ok();
        expected
            .entry(columns[0].parse().expect("a line number"))
            .or_default()
            .push(Expected {
                kind: columns[1].into(),
                value,
                unit: columns[3].into(),
            });
    }
    let lines: Vec<&str> = text.lines().collect();
    Some(
        expected
            .into_iter()
            .map(|(line, values)| (line, lines[line - 1].to_owned(), values))
            .collect(),
    )
}

/// Whether a figure is what was expected. A number may be found inside a percentage or an amount of
/// money; those two must be known for what they are, money with its unit.
fn fits(figure: &Figure, expected: &Expected) -> bool {
    let Some(value) = expected.value else {
        return false;
    };
    let close = (figure.value.to_f64() - value).abs() <= 1e-6 * value.abs().max(f64::MIN_POSITIVE);
    close
        && match expected.kind.as_str() {
            "percentage" => figure.kind == FigureKind::Percentage,
            "currency" => {
                figure.kind == FigureKind::Currency
                    && figure.unit.is_some_and(|unit| unit.name() == expected.unit)
            }
            _ => true,
        }
}

/// Whether a case is right: each value found by a figure of its own, and nothing where there is
/// none.
fn right(found: &[Figure], expected: &[Expected]) -> bool {
    let mut left: Vec<&Figure> = found.iter().collect();
    expected.iter().all(|one| match one.value {
        None => found.is_empty(),
        Some(_) => left
            .iter()
            .position(|figure| fits(figure, one))
            .map(|index| left.remove(index))
            .is_some(),
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
                let wanted: Vec<String> = expected
                    .iter()
                    .map(|one| format!("{} {:?} {}", one.kind, one.value, one.unit))
                    .collect();
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
                println!(
                    "{} {line}: {text}\n    wanted {wanted:?}\n    got    {got:?}",
                    language.code()
                );
            }
        }
        for (kind, (right, all)) in score {
            println!("{} {kind}: {right} of {all}", language.code());
            total = (total.0 + right, total.1 + all);
        }
    }
    println!("all: {} of {}", total.0, total.1);
    assert!(
        total.0 * 100 >= total.1 * 95,
        "{} of {} cases are right",
        total.0,
        total.1
    );
}

/// The line pairs of the intact parallel texts of a folder: the Chinese and the English line, code left out.
fn intact_pairs(folder: &str) -> Option<Vec<(String, String, String)>> {
    let folder = corpus(folder)?;
    let mut names: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder")
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .collect();
    names.retain(|path| path.to_string_lossy().ends_with("-intact.md"));
    names.sort();
    let mut pairs = Vec::new();
    for path in names {
        let text = fs::read_to_string(&path).expect("a text");
        let gold = fs::read_to_string(path.with_extension("gold.tsv")).expect("the truth");
        let lines: Vec<&str> = text.lines().collect();
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        for pair in gold.lines() {
            let (chinese, english) = pair.split_once('\t').expect("two columns");
            if let (Ok(chinese), Ok(english)) = (chinese.parse::<usize>(), english.parse::<usize>())
            {
                pairs.push((
                    format!("{name}:{chinese}"),
                    prose(lines[chinese - 1]),
                    prose(lines[english - 1]),
                ));
            }
        }
    }
    Some(pairs)
}

/// A line of Markdown without what no reader of figures sees: code spans, link targets, bare
/// addresses and the number of a list item or heading.
fn prose(line: &str) -> String {
    let mut text = String::new();
    for (index, part) in line.split('`').enumerate() {
        text.push_str(if index % 2 == 0 { part } else { " " });
    }
    while let Some(start) = text.find("](") {
        let end = text[start..]
            .find(')')
            .map_or(text.len(), |end| start + end + 1);
        text.replace_range(start..end, " ");
    }
    let words: Vec<&str> = text
        .split(' ')
        .map(|word| word.find("http").map_or(word, |at| &word[..at]))
        .collect();
    let text = words.join(" ");
    let text = text.trim_start_matches(['#', ' ', '-', '*', '>']);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = &text[digits..];
    rest.strip_prefix(['.', '、', ')'])
        .filter(|_| digits > 0)
        .unwrap_or(text)
        .to_owned()
}

/// How many figures of two texts are on one side only.
fn count_alone(chinese: &str, english: &str, found: &[Comparison]) -> usize {
    let sides = [(chinese, Language::Chinese), (english, Language::English)];
    let all = sides.map(|(text, language)| {
        let figures = figures(text, language).into_iter();
        figures
            .filter(|figure| figure.kind != FigureKind::Range)
            .count()
    });
    all[0] + all[1] - 2 * found.len()
}

#[test]
fn raises_no_alarm_on_intact_texts() {
    let (Some(mut pairs), Some(more)) = (intact_pairs("alignment"), intact_pairs("alignment2"))
    else {
        return;
    };
    pairs.extend(more);
    let (mut alarms, mut agreed, mut alone) = (0, 0, 0);
    for (name, chinese, english) in &pairs {
        let found = compare(chinese, english);
        alone += count_alone(chinese, english, &found);
        for pair in found {
            if pair.factor.is_none() {
                agreed += 1;
                continue;
            }
            alarms += 1;
            println!(
                "{name}: {} against {}\n    {chinese}\n    {english}",
                &chinese[pair.chinese.range], &english[pair.english.range]
            );
        }
    }
    println!(
        "{alarms} alarms in {} pairs; {agreed} figures agree, {alone} are on one side only",
        pairs.len()
    );
    assert!(alarms * 100 <= pairs.len() * 2);
}

/// Pairs written for this test: news in our shape, with every figure on both sides.
fn sample_pairs() -> Vec<(String, String, String)> {
    let pair = |(index, line): (usize, &str)| {
        let (chinese, english) = line.split_once('\t').expect("two columns");
        (
            format!("sample:{}", index + 1),
            chinese.to_owned(),
            english.to_owned(),
        )
    };
    include_str!("figures/pairs.tsv")
        .lines()
        .enumerate()
        .map(pair)
        .collect()
}

/// The list items of the seed that answer each other: the digest numbers them alike on both sides;
/// its first paragraph answers the summary.
fn seed_pairs() -> Option<Vec<(String, String, String)>> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds"));
    let path = fs::read_dir(folder)
        .ok()?
        .filter_map(Result::ok)
        .find(|entry| entry.file_name().to_string_lossy().starts_with("000"))?
        .path();
    let text = fs::read_to_string(path).ok()?;
    let (chinese, english) = text.split_once("**Summary:**")?;
    let items = |text: &str| -> Vec<String> {
        let item =
            |line: &&str| line.starts_with(|c: char| c.is_ascii_digit()) && line.contains(". **");
        let summary = text
            .lines()
            .find(|line| line.chars().count() > 100 && !line.starts_with('#') && !item(line))
            .map(prose);
        summary
            .into_iter()
            .chain(text.lines().filter(item).map(prose))
            .collect()
    };
    let (chinese, english) = (items(chinese), items(english));
    assert_eq!(
        chinese.len(),
        english.len(),
        "the seed has as many items in both languages"
    );
    Some(
        chinese
            .into_iter()
            .zip(english)
            .enumerate()
            .map(|(index, (chinese, english))| (format!("seed:{index}"), chinese, english))
            .collect(),
    )
}

/// Every way to make a figure wrong by a slip: ten times as much, a tenth of it, and another unit
/// of thousands or ten thousands.
fn slips(figure: &str) -> Vec<String> {
    let mut slips = Vec::new();
    let start = figure.find(|c: char| c.is_ascii_digit());
    if let Some(start) = start {
        let length = figure[start..]
            .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))
            .unwrap_or(figure.len() - start);
        let number = figure[start..start + length].replace(',', "");
        let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
        let ten_times = match fraction.split_at_checked(1) {
            Some((first, "")) => format!("{whole}{first}"),
            Some((first, rest)) => format!("{whole}{first}.{rest}"),
            None => format!("{whole}0"),
        };
        let ten_times = ten_times.trim_start_matches('0');
        if ten_times.is_empty() {
            return slips;
        }
        slips.push(format!(
            "{}{}{}",
            &figure[..start],
            ten_times,
            &figure[start + length..]
        ));
    }
    let swaps = [
        ("万亿", "亿"),
        ("亿", "万"),
        ("万", "亿"),
        ("million", "billion"),
        ("billion", "million"),
        ("trillion", "billion"),
        ("bn", "m"),
        ("tn", "bn"),
    ];
    if let Some((from, to)) = swaps.iter().find(|(from, _)| figure.contains(from)) {
        slips.push(figure.replacen(from, to, 1));
    }
    slips
}

fn is_quantity_or_year(figure: &Figure) -> bool {
    use FigureKind::{Currency, Multiple, Number, Percentage, Year};
    matches!(
        figure.kind,
        Number | Percentage | Currency | Multiple | Year
    )
}

/// Makes each quantity and year of the pairs wrong in turn, by every slip, and counts: slips that
/// the other side shows to be slips, those caught, and alarms raised elsewhere. Trying all of them
/// leaves nothing to a seed.
#[allow(clippy::too_many_lines, reason = "one case after another")]
fn inject(name: &str, pairs: &[(String, String, String)]) -> (usize, usize, usize) {
    let (mut stated, mut caught, mut wrong, mut unstated) = (0, 0, 0, 0);
    for (place, chinese, english) in pairs {
        let intact = compare(chinese, english);
        for language in Language::BOTH {
            let text = if language == Language::Chinese {
                chinese
            } else {
                english
            };
            for figure in figures(text, language)
                .into_iter()
                .filter(is_quantity_or_year)
            {
                let side = |pair: &Comparison| match language {
                    Language::Chinese => pair.chinese.range.clone(),
                    Language::English => pair.english.range.clone(),
                };
                let answered = intact
                    .iter()
                    .any(|pair| pair.factor.is_none() && side(pair) == figure.range);
                for slip in slips(&text[figure.range.clone()]) {
                    let mut broken = text.clone();
                    broken.replace_range(figure.range.clone(), &slip);
                    let here = figure.range.start..figure.range.start + slip.len();
                    let found = if language == Language::Chinese {
                        compare(&broken, english)
                    } else {
                        compare(chinese, &broken)
                    };
                    let (mut hit, mut other) = (false, 0);
                    for pair in found.iter().filter(|pair| pair.factor.is_some()) {
                        let range = side(pair);
                        if range.start < here.end && here.start < range.end {
                            hit = true;
                        } else {
                            other += 1;
                        }
                    }
                    if !answered {
                        unstated += 1;
                        wrong += other + usize::from(hit);
                        continue;
                    }
                    stated += 1;
                    caught += usize::from(hit);
                    wrong += other;
                    if !hit || other > 0 {
                        println!(
                            "{place} {}: {} for {}{}",
                            language.code(),
                            slip,
                            &text[figure.range.clone()],
                            if hit {
                                " raised elsewhere too"
                            } else {
                                " missed"
                            }
                        );
                    }
                }
            }
        }
    }
    println!(
        "{name}: {caught} of {stated} slips caught that the other side shows, {wrong} raised wrongly ({unstated} slips in figures of one side only)"
    );
    (stated, caught, wrong)
}

#[test]
fn catches_slips() {
    let samples = sample_pairs();
    for (name, chinese, english) in &samples {
        let found = compare(chinese, english);
        assert!(
            found.iter().all(|pair| pair.factor.is_none()),
            "{name}: {found:?}"
        );
        let alone = count_alone(chinese, english, &found);
        assert!(alone <= 1, "{name}: {alone} alone, {found:?}");
    }
    let mut sets = vec![("samples", samples)];
    sets.extend(seed_pairs().map(|pairs| ("seed", pairs)));
    for folder in ["alignment", "alignment2"] {
        sets.extend(intact_pairs(folder).map(|pairs| (folder, pairs)));
    }
    for (name, pairs) in sets {
        let (stated, caught, wrong) = inject(name, &pairs);
        assert!(
            caught * 100 >= stated * 90,
            "{name}: {caught} of {stated} slips caught"
        );
        assert!(
            wrong * 100 <= stated * 2,
            "{name}: {wrong} alarms raised wrongly"
        );
    }
}

#[test]
fn raises_no_alarm_on_the_seed() {
    let Some(pairs) = seed_pairs() else {
        println!("skipped: no seed");
        return;
    };
    let mut agreed = 0;
    for (name, chinese, english) in pairs {
        let found = compare(&chinese, &english);
        assert!(
            found.iter().all(|pair| pair.factor.is_none()),
            "{name}: {found:?}"
        );
        agreed += found.len();
    }
    assert!(agreed >= 10, "{agreed} figures of the seed agree");
}

#[test]
fn raises_no_alarm_where_there_is_none() {
    let mut raised = Vec::new();
    for line in include_str!("figures/traps.tsv").lines() {
        let (chinese, english) = line.split_once('\t').expect("two columns");
        for pair in compare(chinese, english) {
            if pair.factor.is_some() {
                raised.push(format!(
                    "{} against {}: {line}",
                    &chinese[pair.chinese.range], &english[pair.english.range]
                ));
            }
        }
    }
    assert!(raised.is_empty(), "{raised:#?}");
}

/// Tables written for this test: the number of columns, and the cells of both sides.
fn tables() -> impl Iterator<Item = (usize, Vec<String>, Vec<String>)> {
    include_str!("figures/tables.tsv").lines().map(|line| {
        let mut parts = line.split('\t');
        let columns = parts.next().and_then(|columns| columns.parse().ok());
        let mut cells = || {
            let cells = parts.next().expect("three columns").split('|');
            cells.map(str::to_owned).collect()
        };
        (columns.expect("a number of columns"), cells(), cells())
    })
}

#[test]
fn catches_slips_in_tables() {
    let compared = |chinese: &[String], english: &[String], columns| {
        let cells = |side: &[String]| side.to_vec();
        let (left, right) = (cells(chinese), cells(english));
        let left: Vec<&str> = left.iter().map(String::as_str).collect();
        let right: Vec<&str> = right.iter().map(String::as_str).collect();
        let found = compare_tables(&left, &right, columns).into_iter();
        let alarms = found.filter(|(_, pair)| pair.factor.is_some());
        alarms.map(|(cell, _)| cell).collect::<Vec<usize>>()
    };
    let (mut all, mut caught, mut wrong) = (0, 0, 0);
    for (columns, chinese, english) in tables() {
        assert!(
            compared(&chinese, &english, columns).is_empty(),
            "{chinese:?}"
        );
        for side in 0..2 {
            for cell in 0..chinese.len() {
                let text = [&chinese, &english][side][cell].clone();
                let language = Language::BOTH[side];
                let numbers = figures(&text, language).into_iter();
                for figure in numbers.filter(is_quantity_or_year) {
                    for slip in slips(&text[figure.range.clone()]) {
                        let mut broken = [chinese.clone(), english.clone()];
                        broken[side][cell].replace_range(figure.range.clone(), &slip);
                        let found = compared(&broken[0], &broken[1], columns);
                        all += 1;
                        caught += usize::from(found.contains(&cell));
                        wrong += found.iter().filter(|other| **other != cell).count();
                        if found != [cell] {
                            println!("{text:?} as {slip}: {found:?}");
                        }
                    }
                }
            }
        }
    }
    println!("tables: {caught} of {all} slips caught, {wrong} raised elsewhere");
    assert!(caught * 10 >= all * 9 && wrong * 50 <= all);
}

/// Cases written for this test: what figures a text has. Nobody looked at the errors of the unseen half.
#[test]
fn reads_cases_of_its_own() {
    for (name, cases, least) in [
        ("seen", include_str!("figures/cases-seen.tsv"), 98),
        ("unseen", include_str!("figures/cases-unseen.tsv"), 95),
    ] {
        let mut right = 0;
        for line in cases.lines() {
            let columns: Vec<&str> = line.splitn(3, '\t').collect();
            let language = if columns[0] == "zh" {
                Language::Chinese
            } else {
                Language::English
            };
            let found = figures(columns[2], language);
            let is_right = is_as_expected(&found, columns[1]);
            right += usize::from(is_right);
            if !is_right && name == "seen" {
                println!("{line}");
            }
        }
        let all = cases.lines().count();
        println!("cases of our own, {name}: {right} of {all}");
        assert!(right * 100 >= all * least, "{name}: {right} of {all}");
    }
}

/// Whether figures are as a case says: `-` for none, `!` and a value that none may have, or for each figure a letter for
/// its kind, a value, and for money the unit, with `|` between two that are both right and `;` between figures.
fn is_as_expected(found: &[Figure], wanted: &str) -> bool {
    let close = |figure: &Figure, value: f64| {
        (figure.value.to_f64() - value).abs() <= 1e-6 * value.abs().max(f64::MIN_POSITIVE)
    };
    if wanted == "-" {
        return found.is_empty();
    }
    let mut left: Vec<&Figure> = found.iter().collect();
    wanted.split(';').all(|one| {
        if let Some(value) = one.strip_prefix('!') {
            let value = value.parse().expect("a value");
            return !found.iter().any(|figure| close(figure, value));
        }
        let fits = |figure: &&Figure| {
            one.split('|').any(|one| {
                let parts: Vec<&str> = one.splitn(3, ' ').collect();
                let is_kind = match parts[0] {
                    "p" => figure.kind == FigureKind::Percentage,
                    "c" => {
                        figure.kind == FigureKind::Currency
                            && figure.unit.is_some_and(|unit| unit.name() == parts[2])
                    }
                    _ => true,
                };
                is_kind && close(figure, parts[1].parse().expect("a value"))
            })
        };
        let at = left.iter().position(fits);
        at.map(|at| left.remove(at)).is_some()
    })
}
