//! Libraries made up as they are asked for: entries that follow from their numbers.

use std::sync::LazyLock;

use jianbao::catalog::{
    Changes, Entries, Entry, EntryStore, EntryTimes, FilterFields, FilterText, FilterTextBuf,
    Order, SortFields,
};
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
const WHERE: [(&str, &str); 5] = [
    ("重庆", "Chongqing"),
    ("上海", "Shanghai"),
    ("英国", "Britain"),
    ("墨西哥", "Mexico"),
    ("挪威", "Norway"),
];

static SOURCES: LazyLock<Vec<String>> =
    LazyLock::new(|| (0..8).map(|number| format!("source {number}")).collect());
static TAGS: LazyLock<Vec<String>> =
    LazyLock::new(|| (0..32).map(|number| format!("tag {number}")).collect());

/// The entry of a number.
pub(crate) fn entry(number: u32) -> Entry {
    let pick = |of: usize, salt: u32| {
        (number.wrapping_mul(2_654_435_761).rotate_left(salt) % of as u32) as usize
    };
    let (who, what, place) = (WHO[pick(8, 3)], WHAT[pick(7, 9)], WHERE[pick(5, 17)]);
    let sum = number % 977;
    let chinese = format!("{}拟在{}投资{sum}亿元，押注{}", who.0, place.0, what.0);
    let english = format!(
        "{} to invest {sum}m yuan in {} in a bet on {}",
        who.1, place.1, what.1
    );
    Entry {
        path: format!("{number}.md").into(),
        mate: None,
        titles: Titles {
            given: chinese.clone(),
            chinese: Some(chinese),
            english: Some(english),
        },
        date: Date {
            moment: Some(moment(number)),
            is_from_path: false,
            written: String::new(),
        },
        description: Some(format!(
            "Investors wonder whether {} can withstand a price war in {}",
            what.1, place.1
        )),
        link: None,
        modified: None,
        source: Some(SOURCES[number as usize % SOURCES.len()].clone()),
        tags: vec![
            TAGS[number as usize % TAGS.len()].clone(),
            "business".into(),
        ],
        languages: [true, true],
        is_mixed: false,
        problems: 0,
        is_broken: false,
    }
}

/// A second of about sixteen years.
fn moment(number: u32) -> Moment {
    let second = 1_262_304_000 + i64::from(number.wrapping_mul(2_654_435_761) % 500_000_000);
    Moment::Instant(Timestamp::from_second(second).unwrap_or_default())
}

/// A library as an index stores it: its orders and filter text are ready.
#[derive(Debug, Default)]
pub(crate) struct Made {
    entries: Vec<Entry>,
    orders: [Vec<u32>; 4],
    text: FilterTextBuf,
    latest: Vec<u32>,
}

impl Made {
    pub(crate) fn new(count: u32) -> Self {
        let made: Vec<Entry> = (0..count).map(entry).collect();
        let mut entries = Entries::new(TimeZone::UTC);
        entries.apply(Changes::added(made.clone()));
        let order = |(order, language)| {
            entries
                .sorted(order, language)
                .into_iter()
                .map(|id| id.0)
                .collect()
        };
        let orders = [
            (Order::Date, Language::Chinese),
            (Order::Title, Language::Chinese),
            (Order::Title, Language::English),
            (Order::Source, Language::Chinese),
        ]
        .map(order);
        let text = made.iter().map(Some).collect();
        Self {
            entries: made,
            orders,
            latest: (0..count).collect(),
            text,
        }
    }
}

impl EntryStore for Made {
    fn len(&self) -> u32 {
        self.entries.len() as u32
    }

    fn contains(&self, at: u32) -> bool {
        EntryStore::contains(&self.entries, at)
    }

    fn entry(&self, at: u32) -> Option<Entry> {
        self.entries.entry(at)
    }

    fn times(&self, at: u32) -> EntryTimes {
        self.entries.times(at)
    }

    fn filter_fields(&self, at: u32) -> Option<FilterFields<'_>> {
        self.entries.filter_fields(at)
    }

    fn sort_fields(&self, at: u32) -> Option<SortFields<'_>> {
        self.entries.sort_fields(at)
    }

    fn filter_text(&self) -> Option<FilterText<'_>> {
        Some(self.text.as_text())
    }

    fn order(&self, order: Order, language: Language, _: &TimeZone) -> Option<&[u32]> {
        let which = match order {
            Order::Date => 0,
            Order::Title => 1 + language as usize,
            Order::Source => 3,
        };
        Some(&self.orders[which])
    }

    fn latest(&self) -> Option<&[u32]> {
        Some(&self.latest)
    }
}
