//! Articles that were renamed or moved: which of those that vanished is which of the new.

use std::collections::HashMap;

/// What an article is known by when its path is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::library) struct Likeness {
    /// The hash of its source link; 0 for none.
    pub(in crate::library) link: u64,
    /// The hash of its content; 0 for none.
    pub(in crate::library) content: u64,
}

/// For each that vanished the new one that it is: the only one that has its link or its content, and that no other before it is.
/// Both are told by their place in the order given.
pub(in crate::library) fn moves(vanished: &[Likeness], new: &[Likeness]) -> Vec<(usize, usize)> {
    if vanished.is_empty() || new.is_empty() {
        return Vec::new();
    }
    let links = by_hash(new, |likeness| likeness.link);
    let contents = by_hash(new, |likeness| likeness.content);
    let mut taken = vec![false; new.len()];
    let mut found = Vec::new();
    for (from, likeness) in vanished.iter().enumerate() {
        let likely = [links.get(&likeness.link), contents.get(&likeness.content)].map(Option::<&One>::copied);
        let to = match likely {
            [None | Some(One::Only(_)), None] | [None, Some(One::Only(_))] => likely[0].or(likely[1]),
            [Some(One::Only(by_link)), Some(One::Only(by_content))] if by_link == by_content => likely[0],
            _ => None,
        };
        if let Some(One::Only(to)) = to
            && !taken[to]
        {
            taken[to] = true;
            found.push((from, to));
        }
    }
    found
}

/// Who has a hash: one, or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum One {
    Only(usize),
    Several,
}

fn by_hash(all: &[Likeness], hash: impl Fn(&Likeness) -> u64) -> HashMap<u64, One> {
    let mut found = HashMap::with_capacity(all.len());
    for (at, hash) in all.iter().map(hash).enumerate().filter(|(_, hash)| *hash != 0) {
        found.entry(hash).and_modify(|one| *one = One::Several).or_insert(One::Only(at));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn like(link: u64, content: u64) -> Likeness {
        Likeness { link, content }
    }

    #[test]
    fn one_of_the_link_or_of_the_content_is_it() {
        let new = [like(1, 10), like(2, 20), like(0, 30), like(0, 0)];
        assert_eq!(moves(&[like(1, 99)], &new), [(0, 0)], "edited as well");
        assert_eq!(moves(&[like(0, 20)], &new), [(0, 1)], "its link was taken out");
        assert_eq!(moves(&[like(2, 20), like(0, 30)], &new), [(0, 1), (1, 2)]);
        assert_eq!(moves(&[like(0, 0), like(7, 70)], &new), [], "nothing is no likeness");
    }

    #[test]
    fn where_there_are_several_none_is_it() {
        assert_eq!(moves(&[like(1, 10)], &[like(1, 11), like(1, 12)]), []);
        assert_eq!(moves(&[like(1, 10)], &[like(1, 11), like(2, 10)]), []);
        assert_eq!(moves(&[like(1, 10)], &[like(2, 10), like(3, 10)]), []);
        assert_eq!(moves(&[like(1, 10), like(1, 10)], &[like(1, 10)]), [(0, 0)]);
    }
}
