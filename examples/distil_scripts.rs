//! Makes the tables of `assets/scripts` by which Chinese is converted, out of the dictionaries of `OpenCC`.
//!
//! ```text
//! cargo run --release --example distil_scripts -- dicts assets/scripts
//! ```
//! See `assets/scripts/README.md`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Words and characters with what stands for them.
type Entries = BTreeMap<String, String>;

/// Simplified words that are converted otherwise than `OpenCC` does: as Taiwan and Hong Kong write them, and names.
const OWN: [(&str, &str); 17] = [
    ("了解", "了解"),
    ("了解到", "了解到"),
    ("不了解", "不了解"),
    ("克制", "克制"),
    ("克制不了", "克制不了"),
    ("克制不住", "克制不住"),
    ("家具", "家具"),
    ("家具行", "家具行"),
    ("发霉", "發霉"),
    ("对表演", "對表演"),
    ("这出戏", "這齣戲"),
    ("余先生", "余先生"),
    ("余女士", "余女士"),
    ("姓范", "姓范"),
    ("姓朴", "姓朴"),
    ("姓党", "姓党"),
    ("姓涂", "姓涂"),
];

/// Words that mean a thing of computing to `OpenCC`, and more to others.
const TECHNICAL: [&str; 15] = [
    "保存",
    "全局",
    "刷新",
    "剪切",
    "參數",
    "實例",
    "對象",
    "局部",
    "循環",
    "性價比",
    "性能",
    "擴展",
    "權限",
    "算子",
    "範式",
];

fn main() -> io::Result<()> {
    let folders: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let [from, to] = &folders[..] else {
        return Err(io::Error::other(
            "name the dictionaries of OpenCC and the folder for the tables",
        ));
    };
    let mut simplified = read(from, "TSCharacters")?;
    for (variant, standard) in read(from, "HKVariantsRev")? {
        let form = simplified.get(&standard).unwrap_or(&standard).clone();
        simplified.entry(variant).or_insert(form);
    }
    let mut to_traditional = read(from, "STPhrases")?;
    to_traditional.extend(OWN.map(|(word, form)| (word.to_owned(), form.to_owned())));
    let mut tables = [
        (
            "to_traditional",
            read(from, "STCharacters")?,
            to_traditional,
        ),
        ("to_simplified", simplified, read(from, "TSPhrases")?),
    ];
    for (name, characters, words) in &mut tables {
        // A form of other length would move what follows it.
        let is_fitting = |word: &String, form: &mut String| word.len() == form.len();
        characters.retain(is_fitting);
        words.retain(is_fitting);
        let words = needed(characters, words);
        write(to, name, characters, &words)?;
    }
    for (name, place) in [("taiwan", "TW"), ("hongkong", "HK")] {
        let forms = read(from, &format!("{place}Variants"))?;
        let exceptions = read(from, &format!("{place}VariantsPhrases"))?;
        write(to, &format!("{name}_forms"), &forms, &exceptions)?;
        let mut words = read(from, &format!("{place}Phrases"))?;
        words.retain(|word, _| !TECHNICAL.contains(&word.as_str()));
        write(to, &format!("{name}_words"), &Entries::new(), &words)?;
    }
    Ok(())
}

/// A dictionary: the first form of each word that begins with a Chinese character of the Basic Multilingual Plane.
fn read(folder: &Path, name: &str) -> io::Result<Entries> {
    let text = fs::read_to_string(folder.join(name).with_extension("txt"))?;
    let entry = |line: &str| {
        let (word, forms) = line.split_once('\t')?;
        let form = forms.split(' ').next()?;
        word.starts_with(|c| ('\u{3400}'..='\u{9fff}').contains(&c))
            .then(|| (word.to_owned(), form.to_owned()))
    };
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    Ok(lines.filter_map(entry).collect())
}

/// The words without which others or their neighbours would be converted otherwise.
fn needed(characters: &Entries, words: &Entries) -> Entries {
    let mut by_length: Vec<(&String, &String)> = words.iter().collect();
    by_length.sort_by_key(|(word, _)| word.len());
    let mut needed = Entries::new();
    for (word, form) in &by_length {
        if convert(word, characters, &needed) != **form {
            needed.insert((*word).clone(), (*form).clone());
        }
    }
    // What such a word makes of its beginning.
    let mut beginnings: HashMap<String, HashSet<String>> = HashMap::new();
    for (word, form) in &needed {
        for ((at, _), (end, _)) in word.char_indices().zip(form.char_indices()).skip(1) {
            let made = beginnings.entry(word[..at].to_owned()).or_default();
            made.insert(form[..end].to_owned());
        }
    }
    // A word whose end could be taken for such a beginning, and would become something else.
    let is_shield = |word: &str, form: &str| {
        word.char_indices().skip(1).any(|(at, _)| {
            let made = beginnings.get(&word[at..]);
            made.is_some_and(|made| made.iter().any(|made| *made != form[at..]))
        })
    };
    let shields = by_length
        .into_iter()
        .filter(|(word, form)| is_shield(word, form));
    let shields: Vec<_> = shields
        .map(|(word, form)| (word.clone(), form.clone()))
        .collect();
    needed.extend(shields);
    needed
}

/// Converts a text by its longest words, as the program does.
fn convert(text: &str, characters: &Entries, words: &Entries) -> String {
    let mut converted = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let ends = (first.len_utf8()..=rest.len())
            .rev()
            .filter(|&end| rest.is_char_boundary(end));
        let word = { ends }.find_map(|end| Some((end, words.get(&rest[..end])?)));
        let single = &rest[..first.len_utf8()];
        let (end, form) = match word {
            Some((end, form)) => (end, form.as_str()),
            None => (
                single.len(),
                characters.get(single).map_or(single, String::as_str),
            ),
        };
        converted.push_str(form);
        rest = &rest[end..];
    }
    converted
}

/// Writes characters and words with their forms in order, a line each; no form where it follows from the characters.
fn write(folder: &Path, name: &str, characters: &Entries, words: &Entries) -> io::Result<()> {
    let mut lines = BTreeMap::new();
    let characters_alone = characters.iter().filter(|(from, to)| from != to);
    lines.extend(characters_alone.map(|(character, form)| (character, form.as_str())));
    lines.extend(words.iter().map(|(word, form)| {
        let is_plain = convert(word, characters, &Entries::new()) == *form;
        (word, if is_plain { "" } else { form })
    }));
    let mut table = String::new();
    for (word, form) in &lines {
        let gap = if form.is_empty() { "" } else { "\t" };
        let _ = writeln!(table, "{word}{gap}{form}");
    }
    println!("{name}: {} lines, {} bytes", lines.len(), table.len());
    fs::write(folder.join(name).with_extension("txt"), table)
}
