//! Readings of characters in their context: sentences of our own in which the characters of many readings have theirs
//! after them, in brackets. `cargo test --test readings -- --nocapture` prints the scores; `READINGS_MISSES=1` the misses
//! of the sentences that were looked at while the rules were written, and `=2` of the others too.

use jianbao::dictionary::readings;

const SEEN: &str = include_str!("readings/seen.txt");
const THIRD: &str = include_str!("readings/third.txt");
const UNSEEN: &str = include_str!("readings/unseen.txt");

/// How many characters of the sentences are marked, and which of them are read otherwise.
fn score(name: &str, sentences: &str, shows_misses: bool) -> f64 {
    let (mut marked, mut missed) = (0_u32, 0_u32);
    for sentence in sentences.lines() {
        let (mut text, mut expected) = (String::new(), Vec::new());
        for part in sentence.split(']') {
            let (plain, reading) = part.split_once('[').unwrap_or((part, ""));
            text.push_str(plain);
            let last = text.char_indices().next_back();
            let marked = last.filter(|_| !reading.is_empty());
            expected.extend(marked.map(|(at, _)| (at as u32, reading)));
        }
        let found = readings(&text, 0..text.len() as u32);
        for (at, expected) in expected {
            let reading = found.iter().find(|reading| reading.at == at);
            let syllable = reading.map_or("", |reading| reading.syllable);
            marked += 1;
            if syllable != expected {
                missed += 1;
                if shows_misses {
                    let (before, after) = text.split_at(at as usize);
                    println!("{before}·{after}: {syllable}, not {expected}");
                }
            }
        }
    }
    let right = marked - missed;
    let share = f64::from(right) / f64::from(marked);
    println!(
        "{name}: {right} of {marked} are right, {:.1} %",
        share * 100.0
    );
    share
}

#[test]
fn characters_of_many_readings_are_read_in_context() {
    let shown = std::env::var("READINGS_MISSES").unwrap_or_default();
    let seen = score("seen", SEEN, !shown.is_empty());
    let third = score("third", THIRD, !shown.is_empty());
    let unseen = score("unseen", UNSEEN, shown == "2");
    assert!(seen >= 0.98 && third >= 0.98 && unseen >= 0.955);
}
