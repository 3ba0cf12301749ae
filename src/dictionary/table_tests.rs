use super::*;

fn entry(word: &str, traditional: &str, reading: &str, senses: &[&str]) -> DictionaryEntry {
    DictionaryEntry {
        word: word.to_owned(),
        traditional: traditional.to_owned(),
        reading: reading.to_owned(),
        senses: senses.iter().map(|&sense| sense.to_owned()).collect(),
    }
}

fn table(entries: &[(&str, DictionaryEntry)]) -> WordTable<Vec<u8>> {
    let mut builder = WordTableBuilder::default();
    for (headword, entry) in entries {
        builder.add(headword, entry);
    }
    WordTable::read(builder.finish().unwrap()).unwrap()
}

#[test]
fn what_was_added_is_found() {
    let bank = entry("银行", "銀行", "", &["bank"]);
    let names = [
        entry("重", "", "chóng", &["to repeat", "again"]),
        entry("重", "", "zhòng", &["heavy"]),
    ];
    let cafe = entry("Café", "", "", &["咖啡馆"]);
    let table = table(&[
        ("重", names[0].clone()),
        ("Café", cafe.clone()),
        ("银行", bank.clone()),
        ("重", names[1].clone()),
        ("", cafe.clone()),
    ]);
    assert_eq!(table.entries("银行"), [bank]);
    assert_eq!(table.entries("重"), names);
    assert_eq!(table.entries(&key(" CAFÉ")), [cafe]);
    assert_eq!(key("銀行’s"), "银行's");
    for absent in ["", "银", "银行家", "~", "\n", "café\n"] {
        assert!(
            !table.contains(absent) && table.entries(absent).is_empty(),
            "{absent:?}"
        );
    }
    assert_eq!(table.beginning_with("银").collect::<Vec<_>>(), ["银行"]);
    assert_eq!(table.beginning_with("银行").count(), 0);
}

#[test]
fn many_blocks_are_found_and_long_entries_are_bounded() {
    let mut builder = WordTableBuilder::default();
    for number in 0..20_000 {
        builder.add(
            &number.to_string(),
            &entry("", "", "", &[&format!("sense {number}")]),
        );
    }
    let long = "x".repeat(LONGEST_LINE);
    builder.add("long", &entry("", "", "", &["short"]));
    builder.add("long", &entry("", "", "", &[&long]));
    let table = WordTable::read(builder.finish().unwrap()).unwrap();
    for number in (0..20_000).step_by(7) {
        let number = number.to_string();
        assert_eq!(
            table.entries(&number)[0].senses,
            [format!("sense {number}")]
        );
    }
    assert_eq!(table.entries("long").len(), 1);
}

#[test]
fn separators_in_a_text_separate_nothing() {
    let odd = entry("a\tb", "", "r\u{1f}", &["x\u{1e}y\nz"]);
    let table = table(&[("a\tb\n", odd)]);
    let found = table.entries("a b");
    assert_eq!(found[0].senses, ["x y z"]);
    assert_eq!((&*found[0].word, &*found[0].reading), ("a b", "r "));
}

#[test]
fn no_entries_make_an_empty_dictionary() {
    let table = WordTable::read(WordTableBuilder::default().finish().unwrap()).unwrap();
    assert!(!table.contains("a") && table.entries("a").is_empty());
}

proptest::proptest! {
    #[test]
    fn a_damaged_dictionary_says_nothing_wrong_and_never_panics(
        damage in proptest::collection::vec((proptest::prelude::any::<usize>(), proptest::prelude::any::<u8>()), 0..6),
        cut in 0_usize..400,
    ) {
        let mut builder = WordTableBuilder::default();
        for word in ["a", "bank", "银行", "重"] {
            builder.add(word, &entry(word, "", "x", &["sense"]));
        }
        let mut bytes = builder.finish().unwrap();
        let length = bytes.len();
        for (at, byte) in damage {
            bytes[at % length] = byte;
        }
        bytes.truncate(length.saturating_sub(cut / 4));
        if let Some(table) = WordTable::read(bytes) {
            for word in ["a", "bank", "银行", "重", ""] {
                table.contains(word);
                table.entries(word);
                table.beginning_with(word).count();
            }
        }
    }
}
