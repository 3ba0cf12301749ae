//! Counting in many texts that lie one after the other, on two threads.

use std::thread;

use super::needle::Needle;

/// Counts a needle in each of the articles whose folded texts lie one after the other; `ends` are their ends, ascending. No find
/// goes beyond the end of an article.
pub fn count_articles(text: &[u8], ends: &[usize], needle: &Needle) -> Vec<u32> {
    let half = ends.partition_point(|&end| end < text.len() / 2);
    let (first, second) = ends.split_at(half);
    let border = first.last().copied().unwrap_or_default();
    thread::scope(|scope| {
        let other = thread::Builder::new().spawn_scoped(scope, || count(text, border, second, needle));
        let mut counts = count(text, 0, first, needle);
        // Without a second thread, or should it fail, the first does it all.
        let rest = other.ok().and_then(|other| other.join().ok());
        counts.extend(rest.unwrap_or_else(|| count(text, border, second, needle)));
        counts
    })
}

fn count(text: &[u8], mut start: usize, ends: &[usize], needle: &Needle) -> Vec<u32> {
    let mut counts = Vec::with_capacity(ends.len());
    for &end in ends {
        let end = end.clamp(start, text.len());
        counts.push(needle.find_in(&text[start..end]).count() as u32);
        start = end;
    }
    counts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_is_found_across_a_border() {
        let needle = Needle::new("ab").expect("it is not empty");
        assert_eq!(count_articles(b"xabab", &[2, 5], &needle), [0, 1]);
        assert_eq!(count_articles(b"", &[], &needle), [0_u32; 0]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn it_counts_as_the_standard_library_does(articles in proptest::collection::vec("[ab的\n]{0,12}", 0..12), word in "[ab的]{1,2}") {
            let needle = Needle::new(&word).expect("it is not empty");
            let ends: Vec<usize> = articles.iter().scan(0, |end, one| { *end += one.len(); Some(*end) }).collect();
            let expected: Vec<u32> = articles.iter().map(|one| one.matches(&word).count() as u32).collect();
            prop_assert_eq!(count_articles(articles.concat().as_bytes(), &ends, &needle), expected);
        }
    }
}
