//! How many slips of a language model `check` finds, made by a seeded script in the intact parallel texts, and what it
//! reports in these texts as they are.

#[path = "support/corpus.rs"]
mod corpus;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jianbao::bilingual::Text;
use jianbao::check::{Glossary, Rule, inspect};
use jianbao::digest;
use jianbao::markdown::BlockKind;
use jianbao::text::Language;
use jiff::ToSpan;
use jiff::civil::Date;

/// Longer texts have no slips: they take a second each.
const LARGE: usize = 40_000;

/// A generator of numbers with a seed: Knuth's MMIX.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        let at = self.below(all.len());
        all.get(at).copied()
    }
}

/// The intact texts, with their names.
fn intact() -> Vec<(String, String)> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let folders = ["alignment", "alignment2", "sentences"];
    let files = folders
        .iter()
        .flat_map(|folder| corpus::files_below(&shared.join(folder), &["md"]));
    let is_intact = |path: &PathBuf| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        !name.ends_with("-dropped") && !name.ends_with("-merged")
    };
    let texts = files.filter(is_intact).filter_map(|path| {
        let name = path.file_name()?.to_string_lossy().into_owned();
        Some((name, fs::read_to_string(path).ok()?))
    });
    let texts: Vec<_> = texts.collect();
    if texts.is_empty() {
        println!("skipped: no corpus at {}", shared.display());
    }
    texts
}

fn read(source: &str) -> Text {
    Text::new(digest::read(source.as_bytes(), "a.md"))
}

/// How often each rule is broken.
fn counts(source: &str) -> BTreeMap<Rule, usize> {
    let mut counts = BTreeMap::new();
    for finding in inspect(&read(source), &Glossary::default()).findings {
        *counts.entry(finding.rule).or_default() += 1;
    }
    counts
}

/// The paragraphs of a side that stand alone: the first line, counted from 0, and the number of lines.
fn paragraphs(text: &Text, side: Language, source: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = source.lines().collect();
    let Some(document) = text.document(side) else {
        return Vec::new();
    };
    let blocks = document
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Paragraph);
    let starts = blocks.map(|block| block.line as usize - 1);
    let is_blank = |at: usize| lines.get(at).is_none_or(|line| line.trim().is_empty());
    let alone = starts.filter(|at| *at == 0 || is_blank(at - 1));
    alone
        .map(|at| {
            (
                at,
                (at..lines.len()).take_while(|at| !is_blank(*at)).count(),
            )
        })
        .filter(|(_, length)| *length > 0)
        .collect()
}

fn joined(lines: &[&str]) -> String {
    lines.join("\n") + "\n"
}

/// A slip in a text; None if it has no place for one.
type Slip = fn(&str, &Text, &mut Seeded) -> Option<String>;

/// Words of models, of which the check was not told the second half.
const CHATTER: [&str; 12] = [
    "Here is the translation of the article:",
    "作为一个语言模型，我无法核实这些内容。",
    "以下是翻译：",
    "Let me know if you would like any changes.",
    "I hope this helps!",
    "希望这对您有所帮助。",
    "Below you will find my translation:",
    "Absolutely! Here’s the article in English:",
    "没问题！译文请看下面：",
    "以下内容是根据您的要求整理的中文版本：",
    "If you need any adjustments, just tell me.",
    "以上就是全文的翻译，如有不妥请指正。",
];

fn with_chatter(source: &str, text: &Text, seeded: &mut Seeded) -> Option<String> {
    let words = seeded.of(&CHATTER)?;
    let side = if words.is_ascii() {
        Language::English
    } else {
        Language::Chinese
    };
    let (at, _) = seeded.of(&paragraphs(text, side, source))?;
    let mut lines: Vec<&str> = source.lines().collect();
    lines.splice(at..at, [words, ""]);
    Some(joined(&lines))
}

fn with_a_paragraph_twice(source: &str, text: &Text, seeded: &mut Seeded) -> Option<String> {
    let side = seeded.of(&Language::BOTH)?;
    let lines: Vec<&str> = source.lines().collect();
    let long = |(at, length): &(usize, usize)| lines[*at..at + length].concat().len() > 120;
    let all: Vec<_> = paragraphs(text, side, source)
        .into_iter()
        .filter(long)
        .collect();
    let (at, length) = seeded.of(&all)?;
    let mut copy = vec![""];
    copy.extend(&lines[at..at + length]);
    let mut lines = lines.clone();
    lines.splice(at + length..at + length, copy);
    Some(joined(&lines))
}

/// The last paragraph of a section, and with it the section, ends in the middle.
fn with_an_end_cut_off(source: &str, text: &Text, seeded: &mut Seeded) -> Option<String> {
    let side = seeded.of(&Language::BOTH)?;
    let lines: Vec<&str> = source.lines().collect();
    let long = |(at, length): &(usize, usize)| *length == 1 && lines[*at].chars().count() > 60;
    let all: Vec<_> = paragraphs(text, side, source)
        .into_iter()
        .filter(long)
        .collect();
    let (at, _) = *all.last().filter(|_| all.len() > 3)?;
    // What is behind it in its section goes.
    let end = text
        .document(side)?
        .blocks
        .iter()
        .map(|block| block.line as usize)
        .max()?;
    let words: Vec<char> = lines[at].chars().collect();
    let middle = words.len() / 2 + seeded.below(words.len() / 4);
    let cut: String = words[..middle].iter().collect();
    let cut = if side == Language::English {
        cut.rsplit_once(' ')?.0
    } else {
        &cut
    };
    let after = lines[end.max(at + 1)..]
        .iter()
        .skip_while(|line| !line.trim().is_empty());
    let mut kept = lines[..at].to_vec();
    kept.push(cut);
    kept.extend(after);
    Some(joined(&kept))
}

fn without_a_bracket(source: &str, text: &Text, seeded: &mut Seeded) -> Option<String> {
    let side = seeded.of(&Language::BOTH)?;
    let lines: Vec<&str> = source.lines().collect();
    let of_paragraphs = paragraphs(text, side, source);
    let marks = of_paragraphs
        .iter()
        .filter(|(_, length)| *length == 1)
        .flat_map(|(at, _)| {
            // No links and no code.
            let is_prose = !lines[*at].contains(['[', '`', '<', '$']);
            let marks = lines[*at]
                .char_indices()
                .filter(move |(_, c)| is_prose && "（）()《》“”「」".contains(*c));
            marks.map(move |(byte, c)| (*at, byte, c))
        });
    let marks: Vec<(usize, usize, char)> = marks.collect();
    let (at, byte, c) = seeded.of(&marks)?;
    let mut line = lines[at].to_owned();
    line.replace_range(byte..byte + c.len_utf8(), "");
    let mut lines = lines.clone();
    lines[at] = &line;
    Some(joined(&lines))
}

fn with_a_paragraph_untranslated(source: &str, text: &Text, seeded: &mut Seeded) -> Option<String> {
    let side = seeded.of(&Language::BOTH)?;
    let lines: Vec<&str> = source.lines().collect();
    let long = |(at, length): &(usize, usize)| lines[*at..at + length].concat().len() > 120;
    let of = |side| {
        paragraphs(text, side, source)
            .into_iter()
            .filter(long)
            .collect::<Vec<_>>()
    };
    let (at, length) = seeded.of(&of(side))?;
    let (other, other_length) = seeded.of(&of(side.other()))?;
    let other = lines[other..other + other_length].to_vec();
    let mut lines = lines.clone();
    lines.splice(at..at + length, other);
    Some(joined(&lines))
}

/// A date with a weekday that it does not have, as people write both; two of the ten forms are not read.
fn with_another_weekday(source: &str, text: &Text, seeded: &mut Seeded) -> Option<String> {
    let side = seeded.of(&Language::BOTH)?;
    let day = Date::new(2020, 1, 1).ok()? + (seeded.below(3_000) as i64).days();
    let other = day + (1 + seeded.below(6) as i64).days();
    let forms = match side {
        Language::Chinese => [
            "{d}（{w}）",
            "{w}（{d}）",
            "{w}，{d}",
            "{i}（{w}）",
            "{i} 那天是{w}",
        ],
        Language::English => [
            "{w}, {d}",
            "{d} ({w})",
            "{w} ({i})",
            "a {w}, {d}",
            "{d}, which is a {w}",
        ],
    };
    let chinese_day = format!(
        "周{}",
        "日一二三四五六"
            .chars()
            .nth(other.strftime("%w").to_string().parse().ok()?)?
    );
    let (date, weekday) = match side {
        Language::Chinese => (day.strftime("%Y 年 %-m 月 %-d 日").to_string(), chinese_day),
        Language::English => (
            day.strftime("%B %-d, %Y").to_string(),
            other.strftime("%A").to_string(),
        ),
    };
    let written = seeded.of(&forms)?.replace("{d}", &date);
    let written = written
        .replace("{w}", &weekday)
        .replace("{i}", &day.to_string());
    let lines: Vec<&str> = source.lines().collect();
    let (at, _) = seeded.of(&paragraphs(text, side, source))?;
    let line = format!("{} {written}", lines[at]);
    let mut lines = lines.clone();
    lines[at] = &line;
    Some(joined(&lines))
}

/// One of the renderings of a name has another character.
fn with_a_name_twice(source: &str, text: &Text, seeded: &mut Seeded) -> Option<String> {
    let names = inspect(text, &Glossary::default()).names;
    let often: Vec<&str> = names
        .iter()
        .map(|name| name.chinese.as_str())
        .filter(|name| source.matches(name).count() > 2)
        .collect();
    let name = seeded.of(&often)?;
    let places: Vec<usize> = source.match_indices(name).map(|(at, _)| at).collect();
    let at = seeded.of(&places)?;
    let mut chars: Vec<char> = name.chars().collect();
    let other = seeded.of(&['莱', '伦', '沃', '迪', '尼', '巴'])?;
    let place = seeded.below(chars.len());
    chars[place] = other;
    let slip: String = chars.into_iter().collect();
    // In all of its paragraph, as a model would.
    let start = source[..at].rfind('\n').map_or(0, |line| line + 1);
    let end = source[at..].find('\n').map_or(source.len(), |end| at + end);
    let paragraph = source[start..end].replace(name, &slip);
    (slip != name).then(|| format!("{}{paragraph}{}", &source[..start], &source[end..]))
}

/// The Chinese of one text and the English of another.
fn with_the_english_of(chinese: &Text, english: &Text) -> String {
    let words = |text: &Text, side| {
        let document = text.document(side).expect("both languages");
        let blocks =
            (0..document.blocks.len()).map(|block| document.block_text(block).replace('\n', " "));
        blocks.collect::<Vec<_>>().join("\n\n")
    };
    format!(
        "{}\n\n---\n\n## English\n\n{}\n",
        words(chinese, Language::Chinese),
        words(english, Language::English)
    )
}

#[test]
#[allow(clippy::too_many_lines, reason = "one rule after another")]
fn slips_of_models_are_found_and_intact_texts_have_few_notes() {
    let texts = intact();
    if texts.is_empty() {
        return;
    }
    let before: Vec<BTreeMap<Rule, usize>> =
        texts.iter().map(|(_, source)| counts(source)).collect();
    let slips: [(Rule, Slip, usize); 6] = [
        (Rule::ModelChatter, with_chatter, 50),
        (Rule::RepeatedParagraph, with_a_paragraph_twice, 90),
        (Rule::CutEnd, with_an_end_cut_off, 20),
        (Rule::UnpairedBracket, without_a_bracket, 90),
        (Rule::WrongLanguage, with_a_paragraph_untranslated, 75),
        (Rule::OtherWeekday, with_another_weekday, 60),
    ];
    let report = |rule: Rule, caught: usize, all: usize| {
        let noted = before
            .iter()
            .filter(|counts| counts.contains_key(&rule))
            .count();
        let notes: usize = before.iter().filter_map(|counts| counts.get(&rule)).sum();
        let info = rule.info();
        println!(
            "{} {}: {caught} of {all} slips; {notes} notes in {noted} of {} intact texts",
            info.code,
            info.name,
            texts.len()
        );
    };
    for (rule, slip, least) in slips {
        let mut seeded = Seeded(17);
        let (mut caught, mut all) = (0, 0);
        for ((name, source), before) in texts.iter().zip(&before) {
            if source.len() > LARGE {
                continue;
            }
            let text = read(source);
            let Some(slipped) = slip(source, &text, &mut seeded) else {
                continue;
            };
            all += 1;
            let found = counts(&slipped).get(&rule) > before.get(&rule);
            caught += usize::from(found);
            if !found && std::env::var_os("CHECK_MISSES").is_some() {
                println!("missed {} in {name}", rule.info().code);
            }
        }
        report(rule, caught, all);
        assert!(
            caught * 100 >= all * least,
            "{}: {caught} of {all}",
            rule.info().code
        );
    }
    let (mut caught, mut all) = (0, 0);
    let mut seeded = Seeded(17);
    // Digests of ours: the texts of others have hardly any names that recur.
    for source in include_str!("check/names.txt").split("====\n") {
        let text = read(source);
        assert!(
            !counts(source)
                .keys()
                .any(|rule| *rule >= Rule::ModelChatter)
        );
        for _ in 0..15 {
            if let Some(slipped) = with_a_name_twice(source, &text, &mut seeded) {
                all += 1;
                caught += usize::from(counts(&slipped).contains_key(&Rule::TwoRenderings));
            }
        }
    }
    report(Rule::TwoRenderings, caught, all);
    assert!(caught * 100 >= all * 65, "{caught} of {all}");
    let parsed: Vec<Text> = texts.iter().map(|(_, source)| read(source)).collect();
    let (mut caught, mut all) = (0, 0);
    for distance in [1, 5] {
        for (at, text) in parsed.iter().enumerate().step_by(2) {
            let slipped = with_the_english_of(text, &parsed[(at + distance) % parsed.len()]);
            all += 1;
            caught += usize::from(counts(&slipped).contains_key(&Rule::TwoStories));
        }
    }
    report(Rule::TwoStories, caught, all);
    assert!(caught * 100 >= all * 90, "{caught} of {all}");
    let is_of_models = |(rule, _): &(&Rule, &usize)| **rule >= Rule::ModelChatter;
    let notes = before
        .iter()
        .flatten()
        .filter(is_of_models)
        .map(|(_, count)| count);
    let notes: usize = notes.sum();
    assert!(notes <= texts.len() / 5, "{notes} notes");
    for ((name, source), before) in texts.iter().zip(&before) {
        if before.keys().any(|rule| *rule >= Rule::ModelChatter)
            && std::env::var_os("CHECK_NOTES").is_some()
        {
            for finding in inspect(&read(source), &Glossary::default()).findings {
                if finding.rule >= Rule::ModelChatter {
                    println!(
                        "{name}:{} {} {}",
                        finding.line,
                        finding.rule.info().code,
                        finding.message
                    );
                }
            }
        }
    }
}
