//! One digest: the same invented story in Chinese and in English, with the same figures.

use std::fmt::Write;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::random::Random;
use crate::words::{
    COMPANIES, CURRENCIES, HEADLINES, LEADS, PEOPLE, PLACES, Pair, QUARTERS, ROLES, SENTENCES,
    SOURCES, STANDFIRSTS, TAGS, THINGS, TRENDS,
};

/// The first instant and the length of the ten years from which dates are taken: 2016 to 2025, in
/// milliseconds.
const FIRST: i64 = 1_451_606_400_000;
const SPAN: u64 = 3653 * 24 * 60 * 60 * 1000;

/// A digest in the parts from which files, whole and damaged, are put together.
pub(crate) struct Story {
    /// When it was published.
    pub(crate) moment: Timestamp,
    /// The front matter with its fences.
    pub(crate) front: String,
    /// The Chinese section.
    pub(crate) chinese: String,
    /// The English section.
    pub(crate) english: String,
    /// What makes the name of the file unique.
    pub(crate) mark: u32,
}

/// Something in Chinese and in English, made up while the story is written.
struct Both(String, String);

/// Who and what the story is about, and the figures of the sentence in hand.
struct Cast {
    year: i16,
    currency: (&'static str, &'static str, &'static str),
    slots: Vec<(char, Both)>,
}

impl Story {
    /// The story of a number, which depends on the seed and the number alone.
    pub(crate) fn new(seed: u64, number: u64) -> Self {
        let random = &mut Random::new(seed, number);
        let moment = moment(random);
        let mark = random.next() as u32;
        let mut cast = Cast::new(random, TimeZone::UTC.to_datetime(moment).year());
        let (title, heading) = random.pair(HEADLINES);
        let title = cast.write(*title).0.replace(' ', "");
        let heading = cast.write(*heading).0;
        let (source, address) = *random.favour(SOURCES);
        let link = format!("{address}{}/{mark:08x}", moment.strftime("%Y/%m"));

        let mut front = format!(
            "---\ntitle: {title}\ndate: {}\n",
            moment.strftime("%Y-%m-%dT%H:%M:%S.%3fZ")
        );
        let standfirst = cast.write(("", *random.pick(STANDFIRSTS))).1;
        let _ = write!(front, "description: {standfirst}\ntags: \n");
        for tag in tags(random) {
            let _ = writeln!(front, "- {tag}");
        }
        let _ = write!(front, "author: {source}\n---\n");

        let mut chinese = format!("\n[原文链接]({link})\n\n{title}\n\n# {heading}\n\n");
        let mut english = String::from("\n **Summary:**\n");
        let count = random.between(5, 6) as usize;
        cast.points(
            random,
            &mut chinese,
            &mut english,
            count,
            "## 要点：",
            "**Key Points:**",
        );
        let _ = write!(english, "\n[Source Link]({link})\n\n");
        Self {
            moment,
            front,
            chinese,
            english,
            mark,
        }
    }

    /// A further chapter for an article of any length: Chinese and English.
    pub(crate) fn chapter(seed: u64, number: u64) -> (String, String) {
        let random = &mut Random::new(!seed, number);
        let mut cast = Cast::new(random, 2020);
        let heading = cast.write(*random.pick(HEADLINES));
        let (mut chinese, mut english) = (
            format!("\n## {}\n\n", heading.0),
            format!("\n## {}\n\n", heading.1),
        );
        cast.points(
            random,
            &mut chinese,
            &mut english,
            6,
            "### 要点：",
            "### Key points",
        );
        (chinese, english)
    }

    /// The file as it should be.
    pub(crate) fn text(&self) -> String {
        [&*self.front, &self.chinese, "---\n", &self.english].concat()
    }
}

impl Cast {
    fn new(random: &mut Random, year: i16) -> Self {
        let mut cast = Self {
            year,
            currency: *random.favour(CURRENCIES),
            slots: Vec::with_capacity(20),
        };
        for (letters, pairs) in [
            (['a', 'b'], COMPANIES),
            (['p', 'q'], PLACES),
            (['t', 'u'], THINGS),
        ] {
            let (first, second) = random.pair(pairs);
            cast.cast(letters[0], *first);
            cast.cast(letters[1], *second);
        }
        for (letter, pairs) in [('d', TRENDS), ('e', PEOPLE), ('r', ROLES)] {
            let pair = *random.pick(pairs);
            cast.cast(letter, pair);
        }
        let sum = cast.money(random);
        cast.set('m', sum);
        cast.roll(random);
        cast
    }

    fn cast(&mut self, letter: char, (chinese, english): Pair) {
        self.set(letter, Both(chinese.into(), english.into()));
    }

    fn set(&mut self, letter: char, both: Both) {
        match self.slots.iter_mut().find(|(other, _)| *other == letter) {
            Some((_, old)) => *old = both,
            None => self.slots.push((letter, both)),
        }
    }

    /// Takes new figures for the next sentence.
    fn roll(&mut self, random: &mut Random) {
        let sum = self.money(random);
        self.set('n', sum);
        let lower = random.between(2, 60);
        for (letter, percentage) in [('x', lower), ('y', lower % 40 + random.between(2, 30))] {
            self.set(
                letter,
                Both(format!("{percentage}%"), format!("{percentage} per cent")),
            );
        }
        let number = |number: i64| Both(number.to_string(), number.to_string());
        self.set('k', number(random.between(3, 11) as i64));
        self.set(
            'Y',
            number(i64::from(self.year) + random.between(1, 6) as i64),
        );
        self.set('Z', number(random.between(1958, 2012) as i64));
        self.set('w', people(random.between(11, 900)));
        let quarter = *random.pick(QUARTERS);
        self.cast('Q', quarter);
    }

    fn money(&self, random: &mut Random) -> Both {
        let sum = if random.below(2) == 0 {
            random.between(5, 99)
        } else {
            random.between(100, 2999)
        };
        let (after, before, words) = self.currency;
        Both(
            format!("{}{after}", hundred_millions(sum)),
            format!("{before}{}{words}", millions(sum)),
        )
    }

    /// Fills a template in both languages.
    fn write(&self, (chinese, english): Pair) -> Both {
        let mut written = Both(
            String::with_capacity(chinese.len() * 2),
            String::with_capacity(english.len() * 2),
        );
        self.fill(chinese, |text| join(&mut written.0, text), |both| &both.0);
        self.fill(english, |text| written.1.push_str(text), |both| &both.1);
        if let Some(first) = written.1.get(..1) {
            let upper = first.to_ascii_uppercase();
            written.1.replace_range(..1, &upper);
        }
        written
    }

    fn fill(&self, template: &str, mut put: impl FnMut(&str), side: impl Fn(&Both) -> &str) {
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            put(before);
            let letter = after
                .chars()
                .next()
                .expect("invariant: a template names its slots");
            let slot = self.slots.iter().find(|(other, _)| *other == letter);
            put(side(&slot.expect("invariant: every slot is cast").1));
            rest = &after[letter.len_utf8() + 1..];
        }
        put(rest);
    }

    /// Writes an opening paragraph and a list of points: loose in Chinese, tight in English, as the
    /// digests have it.
    fn points(
        &mut self,
        random: &mut Random,
        chinese: &mut String,
        english: &mut String,
        count: usize,
        label: &str,
        heading: &str,
    ) {
        let mut sentences = random.some(SENTENCES, SENTENCES.len()).into_iter();
        let opening = self.paragraph(random, sentences.by_ref().take(3));
        let _ = write!(chinese, "{}\n\n{label}\n\n", opening.0);
        let _ = write!(english, "{}\n\n{heading}\n", opening.1);
        for (index, lead) in random.some(LEADS, count).into_iter().enumerate() {
            let lead = self.write(*lead);
            let length = random.between(1, 2) as usize;
            let text = self.paragraph(random, sentences.by_ref().take(length));
            let _ = write!(chinese, "{}. **{}**：{}\n\n", index + 1, lead.0, text.0);
            let _ = writeln!(english, "{}. **{}:** {}", index + 1, lead.1, text.1);
        }
    }

    fn paragraph<'a>(
        &mut self,
        random: &mut Random,
        sentences: impl Iterator<Item = &'a Pair>,
    ) -> Both {
        let mut paragraph = Both(String::new(), String::new());
        for sentence in sentences {
            self.roll(random);
            // Trends and second parties change from sentence to sentence; the story keeps its hero,
            // place and subject.
            for (letter, pairs) in [('d', TRENDS), ('e', PEOPLE)] {
                let pair = *random.pick(pairs);
                self.cast(letter, pair);
            }
            let written = self.write(*sentence);
            paragraph.0.push_str(&written.0);
            if !paragraph.1.is_empty() {
                paragraph.1.push(' ');
            }
            paragraph.1.push_str(&written.1);
        }
        paragraph
    }
}

fn moment(random: &mut Random) -> Timestamp {
    Timestamp::from_millisecond(FIRST + random.below(SPAN) as i64)
        .expect("invariant: the years 2016 to 2025 are in range")
}

fn tags(random: &mut Random) -> Vec<&'static str> {
    let count = *random.pick(&[1, 1, 1, 2, 2, 3]);
    let mut tags = Vec::with_capacity(count);
    while tags.len() < count {
        let tag = *random.favour(TAGS);
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// A sum counted in tenths of 亿 (ten millions), in Chinese: 86 is 8.6 亿.
pub(crate) fn hundred_millions(sum: u64) -> String {
    match (sum / 10, sum % 10) {
        (0, tenth) => format!("{} 万", tenth * 1000),
        (whole, 0) => format!("{whole} 亿"),
        (whole, tenth) => format!("{whole}.{tenth} 亿"),
    }
}

/// The same sum in English: 86 is 860 million.
pub(crate) fn millions(sum: u64) -> String {
    match (sum / 100, sum % 100) {
        (0, rest) => format!("{} million", rest * 10),
        (whole, 0) => format!("{whole} billion"),
        (whole, rest) if rest % 10 == 0 => format!("{whole}.{} billion", rest / 10),
        (whole, rest) => format!("{whole}.{rest:02} billion"),
    }
}

/// A number of people counted in hundreds: 1,100 to 90,000.
fn people(hundreds: u64) -> Both {
    let chinese = match (hundreds / 100, hundreds % 100) {
        (0, rest) => format!("{} ", rest * 100),
        (whole, 0) => format!("{whole} 万"),
        (whole, rest) if rest % 10 == 0 => format!("{whole}.{} 万", rest / 10),
        (whole, rest) => format!("{whole}.{rest:02} 万"),
    };
    let thousands = hundreds / 10;
    Both(
        chinese.trim_end().into(),
        format!("{thousands},{:03}", hundreds % 10 * 100),
    )
}

/// Appends Chinese text, with a space where a Han character meets a Latin letter or a digit.
fn join(text: &mut String, more: &str) {
    if let (Some(last), Some(first)) = (text.chars().next_back(), more.chars().next()) {
        let latin = |c: char| c.is_ascii_alphanumeric() || c == '%';
        let han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
        if latin(last) && han(first) || han(last) && latin(first) {
            text.push(' ');
        }
    }
    text.push_str(more);
}
