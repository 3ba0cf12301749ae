//! Lemmas: the forms under which a dictionary has an English word.

/// Words whose forms no rule gives: a line for each, the word first.
const IRREGULAR: &str = include_str!("../../assets/dictionary/irregular.txt");
/// Endings of inflected forms with what stands for them in the lemma; the first that a dictionary has counts.
const ENDINGS: [(&str, &[&str]); 9] = [
    ("ies", &["y", "ie"]),
    ("ied", &["y", "ie"]),
    ("iest", &["y"]),
    ("ier", &["y"]),
    ("s", &["", "-e"]),
    ("ed", &["e", ""]),
    ("ing", &["e", ""]),
    ("est", &["e", ""]),
    ("er", &["e", ""]),
];
/// The shortest lemma that an ending is taken from, in bytes.
const SHORTEST: usize = 2;

/// A word in small letters, and what it may be a form of, the likeliest first: without 's, the lemma of an irregular form,
/// without an ending, the parts that a hyphen joins.
pub fn lemmas(word: &str) -> Vec<String> {
    let word = super::table::key(word);
    let owner = word.strip_suffix("'s").or(word.strip_suffix('\''));
    let plain = owner.unwrap_or(&word);
    let mut lemmas = vec![word.clone(), plain.to_owned()];
    for line in IRREGULAR.lines() {
        let mut forms = line.split(' ');
        let lemma = forms.next().unwrap_or_default();
        if forms.any(|form| form == plain) {
            lemmas.push(lemma.to_lowercase());
        }
    }
    for (ending, instead) in ENDINGS {
        let Some(stem) = plain.strip_suffix(ending) else {
            continue;
        };
        let letters = stem.as_bytes();
        if letters.len() < SHORTEST || (ending == "s" && stem.ends_with('s')) {
            continue;
        }
        // stopped, running: one of the two letters is the ending's.
        if let [.., a, b] = letters
            && a == b
            && ending != "s"
            && stem.is_ascii()
        {
            lemmas.push(stem[..stem.len() - 1].to_owned());
        }
        let of = |instead: &&str| match *instead {
            "-e" => stem.strip_suffix('e').map(str::to_owned),
            _ => Some(format!("{stem}{instead}")),
        };
        lemmas.extend(instead.iter().filter_map(of));
    }
    if plain.contains('-') {
        lemmas.push(plain.replace('-', ""));
        lemmas.push(plain.replace('-', " "));
        lemmas.extend(plain.split('-').map(str::to_owned));
    }
    let mut seen = std::collections::HashSet::new();
    lemmas.retain(|lemma| !lemma.is_empty() && seen.insert(lemma.clone()));
    lemmas
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_to_its_lemma() {
        for (form, lemma) in [
            ("Turbines", "turbine"),
            ("classes", "class"),
            ("companies", "company"),
            ("company’s", "company"),
            ("wrote", "write"),
            ("stopped", "stop"),
            ("making", "make"),
            ("larger", "large"),
            ("happiest", "happy"),
            ("self-taught", "self taught"),
            ("text-based", "based"),
        ] {
            let lemmas = lemmas(form);
            assert!(
                lemmas.iter().any(|found| found == lemma),
                "{form}: {lemmas:?}"
            );
        }
        assert_eq!(lemmas("class"), ["class"]);
        assert_eq!(lemmas(""), [""; 0]);
    }
}
