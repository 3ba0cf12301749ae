//! A small generator of pseudo-random numbers, so that the same seed makes the same library on
//! every machine.

/// `SplitMix64` (Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, 2014).
pub(crate) struct Random(u64);

impl Random {
    /// The numbers of one article: they depend on the seed and the article's number alone, so that
    /// a small library is the beginning of a large one.
    pub(crate) fn new(seed: u64, article: u64) -> Self {
        let mut random = Self(seed ^ 0x6A69_616E_6261_6F21);
        random.0 = random.next() ^ article;
        random
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, not including, `end`; 0 where `end` is 0.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u64
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high - low + 1)
    }

    /// One of several, each as likely as the others.
    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }

    /// One of several, the first much oftener than the last, as sources and tags are in real
    /// folders.
    pub(crate) fn favour<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let first = self.below(of.len() as u64);
        &of[self.below(first + 1) as usize]
    }

    /// Two different ones of several.
    pub(crate) fn pair<'a, T>(&mut self, of: &'a [T]) -> (&'a T, &'a T) {
        let first = self.below(of.len() as u64) as usize;
        let step = self.between(1, of.len() as u64 - 1) as usize;
        (&of[first], &of[(first + step) % of.len()])
    }

    /// `count` different ones of several, in random order; all of them where there are fewer.
    pub(crate) fn some<'a, T>(&mut self, of: &'a [T], count: usize) -> Vec<&'a T> {
        let mut left: Vec<&T> = of.iter().collect();
        for done in 0..count.min(left.len()) {
            let other = done + self.below((left.len() - done) as u64) as usize;
            left.swap(done, other);
        }
        left.truncate(count);
        left
    }
}
