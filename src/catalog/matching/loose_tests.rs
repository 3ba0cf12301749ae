use proptest::prelude::*;

use super::*;

/// The same with one automaton from the first to the last character of each title.
fn is_plainly_in(word: &str, titles: &str) -> bool {
    let fewest = if word.chars().all(is_han) { 2 } else { 3 };
    let length = word.chars().count();
    (fewest..=LONGEST).contains(&length)
        && word.chars().any(char::is_alphabetic)
        && titles.lines().any(|title| is_plainly_in_title(word, title))
}

fn is_plainly_in_title(word: &str, title: &str) -> bool {
    let length = word.chars().count();
    let all = 1 << (length - 1);
    let (mut exact, mut forgiving) = (LetterStates::default(), LetterStates::default());
    let (mut earlier, mut ends_word) = (0, true);
    for c in title.chars() {
        let is_han = is_han(c);
        let is_in_word = is_han || c.is_alphanumeric();
        let is_start = is_han || is_in_word && ends_word;
        ends_word = is_han || !is_in_word;
        let fits = word
            .chars()
            .enumerate()
            .filter(|(_, other)| *other == c)
            .fold(0, |fits, (at, _)| fits | 1 << at);
        let last = exact.last;
        exact.advance(is_start, u64::from(is_start), fits);
        if length >= FORGIVEN {
            forgiving.advance(is_start, earlier << 1, fits);
        }
        earlier = last;
        if (exact.last | forgiving.last) & all != 0 {
            return true;
        }
    }
    false
}

fn is_in(word: &str, titles: &str) -> bool {
    Loose::new(word).is_some_and(|loose| loose.is_in(titles))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn searching_from_first_letters_finds_what_a_plain_search_finds(
        words in proptest::collection::vec("[abc]{3,7}|[abc英达é1’-]{1,8}|[英伟达]{1,4}", 1..24),
        titles in proptest::collection::vec("([abc]{1,4}[ 英’-]){1,6}\n([abc英伟达é1 ’々-]{0,14}\n){0,2}", 1..24),
    ) {
        for word in &words {
            for titles in &titles {
                prop_assert_eq!(is_in(word, titles), is_plainly_in(word, titles), "{} in {:?}", word, titles);
            }
        }
    }

    #[test]
    fn a_word_of_the_title_with_a_letter_too_few_is_found(title in "[a-z]{2,9}( [a-z]{6,9}){0,3}( |’)[b-y]{6,9}", at in 1..5_usize) {
        let mut word: Vec<char> = title.rsplit([' ', '’']).next().unwrap_or_default().chars().collect();
        word.remove(at);
        let word: String = word.into_iter().collect();
        prop_assert!(is_in(&word, &title), "{}", word);
    }
}
