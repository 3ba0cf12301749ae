//! Libraries made up as they are asked for: entries that follow from their numbers.

use std::borrow::Cow;
use std::sync::LazyLock;

use jianbao::catalog::{Changes, Entries, Entry, Facts, Order, Shelf, Words, WordsBuf};
use jianbao::digest::{Date, Moment, Titles};
use jianbao::text::Language;
use jiff::Timestamp;
use jiff::tz::TimeZone;

const WHO: [(&str, &str); 8] = [
    ("澜石能源", "Lanstone Energy"),
    ("海梧科技", "Haiwu Technology"),
    ("长乐银行", "Changle Bank"),
    ("微澜半导体", "Weilan Semiconductor"),
    ("英伟达", "Nvidia"),
    ("重明影业", "Chongming Pictures"),
    ("Orrin Systems", "Orrin Systems"),
    ("白塔保险", "Whitetower Insurance"),
];
const WHAT: [(&str, &str); 7] = [
    ("储能电池", "storage batteries"),
    ("海上风机", "offshore turbines"),
    ("自动驾驶巴士", "self-driving buses"),
    ("人工智能芯片", "AI chips"),
    ("低轨卫星", "low-orbit satellites"),
    ("夜行列车", "night trains"),
    ("数据中心", "data centres"),
];
const WHERE: [(&str, &str); 5] =
    [("重庆", "Chongqing"), ("上海", "Shanghai"), ("英国", "Britain"), ("墨西哥", "Mexico"), ("挪威", "Norway")];

static SOURCES: LazyLock<Vec<String>> = LazyLock::new(|| (0..8).map(|number| format!("source {number}")).collect());
static TAGS: LazyLock<Vec<String>> = LazyLock::new(|| (0..32).map(|number| format!("tag {number}")).collect());

/// The entry of a number.
pub(crate) fn entry(number: u32) -> Entry {
    let pick = |of: usize, salt: u32| (number.wrapping_mul(2_654_435_761).rotate_left(salt) % of as u32) as usize;
    let (who, what, place) = (WHO[pick(8, 3)], WHAT[pick(7, 9)], WHERE[pick(5, 17)]);
    let sum = number % 977;
    let chinese = format!("{}拟在{}投资{sum}亿元，押注{}", who.0, place.0, what.0);
    let english = format!("{} to invest {sum}m yuan in {} in a bet on {}", who.1, place.1, what.1);
    Entry {
        path: format!("{number}.md").into(),
        mate: None,
        titles: Titles { given: chinese.clone(), chinese: Some(chinese), english: Some(english) },
        date: Date { moment: Some(moment(number)), written: String::new() },
        description: Some(format!("Investors wonder whether {} can withstand a price war in {}", what.1, place.1)),
        link: None,
        modified: None,
        source: Some(SOURCES[number as usize % SOURCES.len()].clone()),
        tags: vec![TAGS[number as usize % TAGS.len()].clone(), "business".into()],
        languages: [true, true],
        problems: 0,
    }
}

/// A second of about sixteen years.
fn moment(number: u32) -> Moment {
    let second = 1_262_304_000 + i64::from(number.wrapping_mul(2_654_435_761) % 500_000_000);
    Moment::Instant(Timestamp::from_second(second).unwrap_or_default())
}

/// A library as an index keeps it: its orders and words are ready.
#[derive(Debug, Default)]
pub(crate) struct Made {
    count: u32,
    orders: [Vec<u32>; 4],
    words: WordsBuf,
    latest: Vec<u32>,
}

impl Made {
    pub(crate) fn new(count: u32) -> Self {
        let mut entries = Entries::new(TimeZone::UTC);
        entries.apply(Changes::added(Self { count, ..Self::default() }));
        let order = |(order, language)| entries.sorted(order, language).into_iter().map(|id| id.0).collect();
        let orders = [
            (Order::Date, Language::Chinese),
            (Order::Title, Language::Chinese),
            (Order::Title, Language::English),
            (Order::Source, Language::Chinese),
        ]
        .map(order);
        Self { count, orders, latest: (0..count).collect(), ..Self::default() }
    }

    /// With the words by which it is filtered.
    pub(crate) fn with_words(mut self) -> Self {
        (0..self.count).for_each(|number| self.words.push(Some(&entry(number))));
        self
    }
}

impl Shelf for Made {
    fn len(&self) -> u32 {
        self.count
    }

    fn count(&self) -> u32 {
        self.count
    }

    fn entry(&self, at: u32) -> Option<Entry> {
        self.holds(at).then(|| entry(at))
    }

    fn holds(&self, at: u32) -> bool {
        at < self.count
    }

    fn moment(&self, at: u32) -> Option<Moment> {
        self.holds(at).then(|| moment(at))
    }

    fn modified(&self, _: u32) -> Option<i64> {
        None
    }

    fn sorted_by(&self, at: u32, order: Order, language: Language) -> Option<Cow<'_, str>> {
        Some(self.entry(at)?.sorted_by(order, language).to_owned().into())
    }

    fn facts(&self, at: u32, tell: &mut dyn FnMut(&Facts<'_>)) {
        let (source, tag) = (&SOURCES[at as usize % SOURCES.len()], &TAGS[at as usize % TAGS.len()]);
        tell(&Facts { source: Some(source), tags: &[tag, "business"], languages: [true, true], problems: 0 });
    }

    fn words(&self) -> Option<Words<'_>> {
        Some(self.words.words()).filter(|words| !words.is_empty())
    }

    fn order(&self, order: Order, language: Language, _: &TimeZone) -> Option<&[u32]> {
        let which = match order {
            Order::Date => 0,
            Order::Title => 1 + language as usize,
            Order::Source => 3,
        };
        Some(self.orders[which].as_slice()).filter(|order| !order.is_empty())
    }

    fn latest(&self) -> Option<&[u32]> {
        Some(self.latest.as_slice()).filter(|latest| !latest.is_empty())
    }
}
