use std::ffi::OsStr;
use std::fs;
use std::ops::Range;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::checkpoint::READING_FINGERPRINT;
use super::directory::ENTRY_INDEX;
use super::entry_index::write_entry_index;
use super::*;
use crate::catalog::{Changes, Entries, Entry, EntryId, EntryStore, FilterTextBuf, Order};
use crate::digest::{Date, Moment, Titles};
use crate::library::article_files::{FileStamp, path_hash};
use crate::library::entry_table::EntryTable;
use crate::library::tests::Place;
use crate::markdown::{BlockTexts, Document, parse};
use crate::text::Language;
use crate::text::{SourceKind, SourcePart};

fn document(source: &str) -> Document {
    parse(
        &[SourcePart {
            kind: SourceKind::Markdown,
            source,
            line: 7,
        }],
        "",
    )
}

fn blocks(source: &str) -> BlockTexts {
    (&document(source)).into()
}

fn record(path: &[u8], at: u64) -> EntryRecord {
    let dates = [
        "2024-06-05",
        "9999-12-31T23:59:59",
        "0000-01-01",
        "2024-06-05T04:00:00+08:00",
        "whenever",
        "",
    ];
    let text = |text: &str| (!at.is_multiple_of(3)).then(|| format!("{text} {}", at % 7));
    let titles = Titles {
        given: format!("标题{}", at % 5),
        chinese: text("英伟达"),
        english: text("Nvidia"),
    };
    let entry = Entry {
        path: OsStr::from_bytes(path).into(),
        mate: at
            .is_multiple_of(4)
            .then(|| PathBuf::from("a mate\n.en.md")),
        titles,
        date: Date::parse(dates[at as usize % dates.len()]),
        description: text("Something"),
        link: text("https://example.com/"),
        modified: at.is_multiple_of(2).then_some(-(at as i64)),
        source: text("路透"),
        tags: (0..at % 3).map(|tag| format!("tag{tag}")).collect(),
        languages: [at.is_multiple_of(2), true],
        is_mixed: at.is_multiple_of(4),
        problems: at as u32,
        is_broken: at.is_multiple_of(3),
    };
    let stamp = FileStamp {
        size: at,
        modified: -5,
        inode: u64::MAX,
    };
    EntryRecord {
        entry,
        stamps: [Some(stamp), None],
        content: at * 31,
        text: TextRef {
            segment: 0,
            article: 0,
        },
    }
}

fn records() -> Vec<EntryRecord> {
    let long = [b'x'; 255];
    let mut paths: Vec<Vec<u8>> = vec![b"\xff\xfe.md".to_vec(), b"a\nb.md".to_vec(), long.to_vec()];
    paths.extend((0..40).map(|at| format!("2024/{at}.md").into_bytes()));
    paths
        .iter()
        .zip(0..)
        .map(|(path, at)| record(path, at))
        .collect()
}

fn find(index: &EntryIndex, path: &Path) -> Option<u32> {
    index.find(path_hash(path), |entry| entry.path() == path)
}

fn segment(directory: &IndexDirectory) -> Arc<Segment> {
    let mut writer = SegmentWriter::new(directory);
    writer.push([
        Some(&blocks("# 标题 One\n\n正文 ABC\\\nÉ。")),
        Some(&blocks("Plain TEXT")),
    ]);
    writer.push([None, Some(&blocks("Only English"))]);
    Arc::new(writer.seal())
}

fn places(batch: &EntryBatch) -> Vec<Option<IndexedEntry<'_>>> {
    let words = batch.filter_text().unwrap();
    let place = |at| {
        let entry = batch.get(at)?;
        Some(IndexedEntry { entry, words, at })
    };
    (0..batch.len()).map(place).collect()
}

fn write_places(
    directory: &IndexDirectory,
    places: &[Option<IndexedEntry<'_>>],
    segments: &[Option<Arc<Segment>>],
) -> Arc<EntryIndex> {
    write_entry_index(directory, places, segments, &TimeZone::UTC, "7").unwrap()
}

/// Writes to a directory that is removed at once: what is mapped stays.
fn anywhere<R>(write: impl FnOnce(&IndexDirectory) -> R) -> R {
    let home = tempfile::tempdir().unwrap();
    write(&IndexDirectory::in_folder(
        home.path(),
        Path::new("/library"),
    ))
}

fn written(directory: &IndexDirectory) -> Arc<EntryIndex> {
    let all: EntryBatch = records().iter().collect();
    let mut places = places(&all);
    places[5] = None;
    write_places(directory, &places, &[Some(segment(directory))])
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "entries are given as they are got"
)]
fn shown(entry: Option<Entry>) -> String {
    format!("{entry:?}")
}

#[test]
fn an_index_gives_back_what_was_written() {
    let home = tempfile::tempdir().unwrap();
    let directory = IndexDirectory::in_folder(home.path(), Path::new("/library"));
    assert!(EntryIndex::open(&directory).is_none());
    assert!(directory.try_lock() && directory.try_lock());
    assert!(!IndexDirectory::in_folder(home.path(), Path::new("/library")).try_lock());
    written(&directory);
    let index = EntryIndex::open(&directory).unwrap();
    for (record, at) in records().into_iter().zip(0..) {
        if at == 5 {
            assert!(
                !index.contains(at)
                    && index.entry(at).is_none()
                    && find(&index, &record.entry.path).is_none()
            );
            continue;
        }
        assert_eq!(find(&index, &record.entry.path), Some(at));
        let found = index.get(at).unwrap();
        assert_eq!(
            (found.stamps(), found.content()),
            (record.stamps, record.content)
        );
        assert_eq!(index.text_ref(at), Some(record.text));
        assert_eq!(shown(index.entry(at)), shown(Some(record.entry)));
    }
    assert!(find(&index, Path::new("nothing")).is_none() && index.verify());

    let other = anywhere(written);
    assert_eq!(shown(other.entry(7)), shown(index.entry(7)));
}

#[test]
fn extreme_moments_survive_encoding() {
    let ends = [
        Moment::Instant(Timestamp::MIN),
        Moment::Instant(Timestamp::MAX),
        Moment::Instant(Timestamp::new(-1, -1).unwrap()),
        Moment::Civil(DateTime::MIN),
        Moment::Civil(DateTime::MAX),
        Moment::Civil(DateTime::constant(-1, 12, 31, 23, 59, 59, 999_999_999)),
        Moment::Day(DateTime::MIN.date()),
        Moment::Day(DateTime::MAX.date()),
        Moment::Day(DateTime::ZERO.date()),
    ];
    let times = [i64::MIN, -1, 0, 1, i64::MAX];
    let records = ends.iter().zip(0..).map(|(moment, at)| {
        let mut record = record(format!("{at}.md").as_bytes(), at);
        record.entry.date.moment = Some(*moment);
        record.entry.modified = Some(times[at as usize % times.len()]);
        let stamp = FileStamp {
            size: u64::MAX,
            modified: times[at as usize % times.len()],
            inode: 0,
        };
        record.stamps = [Some(stamp), Some(stamp)];
        record
    });
    let records: Vec<_> = records.collect();
    let batch: EntryBatch = records.iter().collect();
    let index =
        anywhere(|directory| write_places(directory, &places(&batch), &[Some(segment(directory))]));
    for (record, at) in records.into_iter().zip(0..) {
        assert_eq!(index.times(at), record.entry.times());
        assert_eq!(index.get(at).unwrap().stamps(), record.stamps);
        assert_eq!(shown(index.entry(at)), shown(Some(record.entry)));
    }
}

#[test]
fn orders_and_words_are_those_of_the_entries() {
    let index = anywhere(written);
    let plain: Vec<Entry> = records().into_iter().map(|record| record.entry).collect();
    let mut entries = Entries::new(TimeZone::UTC);
    entries.apply(Changes::added(plain.clone()));
    entries.apply(Changes {
        gone: vec![EntryId(5)],
        ..Changes::default()
    });
    for order in [Order::Date, Order::Title, Order::Source] {
        for language in Language::BOTH {
            let expected: Vec<u32> = entries
                .sorted(order, language)
                .into_iter()
                .map(|id| id.0)
                .collect();
            assert_eq!(
                index.order(order, language, &TimeZone::UTC).unwrap(),
                expected,
                "{order:?} {language:?}"
            );
        }
    }
    assert!(
        index
            .order(
                Order::Date,
                Language::Chinese,
                &TimeZone::fixed(jiff::tz::offset(8))
            )
            .is_none()
    );
    for at in 0..index.len() {
        let entry = index.entry(at);
        assert_eq!(
            index.filter_fields(at),
            entry.as_ref().map(Entry::filter_fields)
        );
    }
    let expected: FilterTextBuf = (0..)
        .zip(&plain)
        .map(|(at, entry)| Some(entry).filter(|_| at != 5))
        .collect();
    let text = index.filter_text().unwrap();
    for at in 0..plain.len() {
        assert_eq!(text.all(at), expected.as_text().all(at));
    }
}

#[test]
fn a_newer_index_keeps_what_did_not_change() {
    let base = anywhere(written);
    let mut table = EntryTable::default();
    table.set_base(Arc::clone(&base));
    let new = [record(b"old.md", 2), record(b"new.md", 99)];
    let new: Arc<EntryBatch> = Arc::new(new.iter().collect());
    let later = [
        record(b"later.md", 5),
        EntryRecord {
            text: TextRef {
                segment: 1,
                article: 0,
            },
            ..record(b"x.md", 3)
        },
    ];
    table.remove(3);
    table.change(4, &new, 0);
    table.add(&Arc::new(later.iter().collect()));
    table.change(4, &new, 1);
    table.seal(2, segment(&IndexDirectory::none()));
    let index =
        anywhere(|directory| write_places(directory, &table.places().unwrap(), table.segments()));
    assert_eq!(index.len(), 45);
    assert!(!index.contains(3) && !index.contains(5));
    assert!(!index.contains(44), "its text is still being read");
    assert_eq!(index.segments().len(), 1, "nothing refers to the other");
    assert_eq!(find(&index, Path::new("new.md")), Some(4));
    assert_eq!(
        shown(index.entry(43)),
        shown(Some(record(b"later.md", 5).entry))
    );
    assert_eq!(shown(index.entry(20)), shown(base.entry(20)));
    assert_eq!(index.text_ref(20), base.text_ref(20));
    assert_eq!(
        index.filter_text().unwrap().all(20),
        base.filter_text().unwrap().all(20)
    );
    table.set_base(index);
    assert_eq!((table.get(44).is_some(), table.pending_count()), (false, 0));
    table.remove(0);
    table.clear();
    assert!(table.is_blank() && table.next_id() == 45);
    assert!(table.places().unwrap().iter().all(Option::is_none));
}

#[test]
fn an_index_of_other_reading_code_is_shown_and_read_again() {
    let place = Place::new(&[("a.md", "# Title\n"), ("b.md", "# Other\n")]);
    place.visit().end();
    let directory = place.storage().index(&place.library());
    assert!(directory.try_lock());
    let index = EntryIndex::open(&directory).unwrap();
    assert_eq!(index.fingerprint(), READING_FINGERPRINT);
    let at = find(&index, Path::new("a.md")).unwrap();
    let mut other = index.get(at).unwrap().record().unwrap();
    other.entry.titles.given = "Read otherwise".into();
    let mut table = EntryTable::default();
    table.set_base(index);
    table.change(at, &Arc::new([other].iter().collect()), 0);
    write_places(&directory, &table.places().unwrap(), table.segments());
    assert!(
        IndexWriter::new(directory.clone()).open(false).is_none(),
        "a command does not show it"
    );
    drop(directory);
    let mut visit = place.visit();
    assert_eq!(
        visit
            .initial
            .store
            .as_ref()
            .unwrap()
            .entry(at)
            .unwrap()
            .titles
            .given,
        "Read otherwise"
    );
    visit.until_titled("a.md", "Title");
    assert_eq!(visit.read, 1, "the other one is the same");
    visit.until(|visit| visit.rebased == 1);
    visit.end();
    let directory = place.storage().index(&place.library());
    assert_eq!(
        EntryIndex::open(&directory).unwrap().fingerprint(),
        READING_FINGERPRINT
    );
    assert_eq!(place.visit().read, 0);
}

#[test]
fn a_record_is_the_same_after_encoding() {
    let plain = records();
    let rows: EntryBatch = plain.iter().collect();
    let entries: Vec<Entry> = plain.iter().map(|record| record.entry.clone()).collect();
    for (record, at) in plain.iter().zip(0..) {
        let packed = rows.get(at).unwrap();
        assert_eq!(
            (packed.path(), packed.mate()),
            (&*record.entry.path, record.entry.mate.as_deref())
        );
        assert_eq!(
            (packed.stamps(), packed.content(), packed.text()),
            (record.stamps, record.content, record.text)
        );
        assert_eq!(
            format!("{:?}", packed.record().unwrap()),
            format!("{record:?}")
        );
        assert_eq!(rows.times(at), entries.times(at));
        assert_eq!(rows.sort_fields(at), entries.sort_fields(at));
        assert_eq!(rows.filter_fields(at), entries.filter_fields(at));
    }
    assert_eq!(
        (rows.len(), rows.contains(42), rows.contains(43)),
        (43, true, false)
    );
    let text: FilterTextBuf = entries.iter().map(Some).collect();
    assert_eq!(rows.filter_text().unwrap().text, text.as_text().text);
    assert_eq!(rows.filter_text().unwrap().ends, text.as_text().ends);
}

/// All texts of a segment by script: the article, and its lines.
fn texts(segment: &Segment) -> [Vec<(usize, String)>; 2] {
    TextScript::BOTH.map(|script| {
        let mut all = Vec::new();
        let slice = segment.texts(script, 0..segment.len()).unwrap();
        let lines = |range: Range<usize>| String::from_utf8(slice.text[range].to_vec()).unwrap();
        let texts: Vec<_> = slice
            .texts()
            .map(|(at, range)| (at, lines(range)))
            .collect();
        assert_eq!(
            texts
                .iter()
                .map(|(_, text)| &**text)
                .collect::<String>()
                .as_bytes(),
            slice.text
        );
        all.extend(texts);
        all
    })
}

#[test]
fn texts_are_stored_by_script() {
    let sources = [
        [
            "# 标题 One\n\n正文 ABC\\\nÉ。\n\n- x\n- Ｙ",
            "Plain TEXT\n\n> Quote\n>\n> more",
        ],
        [
            "No Ideograph\n\nНи одного—“…”",
            "He said 你好 and LEFT\n\nÉté",
        ],
        ["", "Only\n\n***\n\nEnglish"],
        ["只有\n\n中文 ABC", "A full Ｗidth"],
        ["", "🀀 AND　no more"],
    ];
    let mut writer = SegmentWriter::new(&IndexDirectory::none());
    for (sides, number) in sources.iter().zip(0..) {
        let texts = sides.map(blocks);
        let held = [0, 1].map(|side| Some(&texts[side]).filter(|_| !sides[side].is_empty()));
        assert_eq!(writer.push(held), number);
    }
    let segment = writer.seal();
    assert_eq!(segment.len(), 5);
    let shown = texts(&segment).map(|texts| {
        texts
            .iter()
            .map(|(at, text)| format!("{at} {}", text.replace('\n', "|")))
            .collect::<Vec<_>>()
    });
    assert_eq!(
        shown[TextScript::Latin as usize],
        [
            "0 plain text|quote more|",
            "1 no ideograph|ни одного—“…”|",
            "2 only||english|"
        ]
    );
    assert_eq!(
        shown[TextScript::Cjk as usize],
        [
            "0 标题 one|正文 abc é。|x|ｙ|",
            "1 he said 你好 and left|été|",
            "3 只有|中文 abc|a full ｗidth|",
            "4 🀀 and　no more|"
        ]
    );
}

#[test]
fn a_large_segment_is_the_same_in_a_file_and_in_memory() {
    let home = tempfile::tempdir().unwrap();
    let directory = IndexDirectory::in_folder(home.path(), Path::new("/library"));
    assert!(directory.try_lock());
    let no_folder = home.path().join("file");
    fs::write(&no_folder, "").unwrap();
    let long = blocks(&"正文 ABC Été\n\n".repeat(4_000));
    let sealed_by = |writer: &mut SegmentWriter| {
        let bytes: Vec<usize> = (0..17)
            .map(|_| (writer.push([Some(&long), None]), writer.bytes()).1)
            .collect();
        (writer.seal(), bytes)
    };
    let sealed = |directory: &IndexDirectory| {
        let mut writer = SegmentWriter::new(directory);
        let ((first, first_bytes), (segment, bytes)) =
            (sealed_by(&mut writer), sealed_by(&mut writer));
        assert_eq!(
            (first.name(), first_bytes),
            (segment.name(), bytes.clone()),
            "of the one before nothing is left"
        );
        (segment, bytes)
    };
    let (right, bytes) = sealed(&IndexDirectory::none());
    for directory in [
        &directory,
        &IndexDirectory::in_folder(&no_folder, Path::new("/library")),
    ] {
        let (segment, written) = sealed(directory);
        assert_eq!(
            (segment.name(), segment.len(), written),
            (right.name(), right.len(), bytes.clone())
        );
        assert!(texts(&segment) == texts(&right));
    }
    let opened = Segment::open(&directory, right.name()).unwrap();
    assert!(texts(&opened) == texts(&right));
    let files = fs::read_dir(directory.path("").unwrap())
        .unwrap()
        .map(|file| file.unwrap().file_name());
    assert_eq!(
        files.filter(|name| name != "lock").collect::<Vec<_>>(),
        [right.name()]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_damaged_index_never_shows_a_wrong_row(
        flips in prop::collection::vec((any::<prop::sample::Index>(), 1..=255_u8), 1..8),
        cut in prop::option::of(any::<prop::sample::Index>()),
        which in 0..2,
    ) {
        let home = tempfile::tempdir().unwrap();
        let directory = IndexDirectory::in_folder(home.path(), Path::new("/library"));
        assert!(directory.try_lock());
        let truth = written(&directory);
        let name = if which == 0 { ENTRY_INDEX } else { truth.segments()[0].name() };
        let path = directory.path(name).unwrap();
        let mut bytes = fs::read(&path).unwrap();
        for (at, flip) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= flip;
        }
        bytes.truncate(cut.map_or(bytes.len(), |cut| cut.index(bytes.len())));
        // Never in place: the old file is mapped.
        let other = path.with_extension("new");
        fs::write(&other, &bytes).unwrap();
        fs::rename(&other, &path).unwrap();
        if let Some(index) = EntryIndex::open(&directory) {
            for at in 0..index.len() + 2 {
                if let Some(entry) = index.entry(at) {
                    prop_assert_eq!(find(&index, &entry.path).unwrap_or(at), at);
                    prop_assert_eq!(shown(Some(entry)), shown(truth.entry(at)));
                }
            }
            for (segment, right) in index.segments().iter().zip(truth.segments()) {
                for (script, articles) in TextScript::BOTH.into_iter().flat_map(|script| [(script, 0..1), (script, 0..2), (script, 1..2)]) {
                    let Some(slice) = segment.texts(script, articles.clone()) else { continue };
                    let right = right.texts(script, articles).unwrap();
                    prop_assert_eq!(slice.text, right.text);
                    prop_assert!(slice.texts().eq(right.texts()));
                }
            }
            // Damage of padding is not found by reading; all other damage is.
            let is_sound = index.verify();
            prop_assert_eq!(is_sound, index.is_valid() && index.segments().iter().all(|one| one.is_valid()));
        }
    }
}
