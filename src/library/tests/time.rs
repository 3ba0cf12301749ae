//! Extreme dates, clocks that go backwards, and files with wrong times.

use std::fs;

use super::*;
use crate::catalog::Order;
use crate::library::state::load;
use crate::text::Language;

/// Dates as they are written, from the first to the last; what cannot be a date follows.
const DATES: [&str; 12] = [
    "00000101",
    "00010101",
    "1000-01-01",
    "1969-12-31T23:59:59Z",
    "1970-01-01T00:00:00Z",
    "2024-06-05",
    "2999-12-31T23:59:59-12:00",
    "99991229",
    "0000-00-00",
    "-0005-06-07",
    "99999-01-01",
    "99999999999999999999",
];

/// What queries find, by the place of the date above, counted from 10.
const FOUND: [(&str, &[u32]); 13] = [
    ("date:0000", &[10]),
    ("date:0000-01", &[10]),
    ("date:0001-01-01", &[11]),
    ("date:1000", &[12]),
    ("date:1969..1970", &[13, 14]),
    ("date:2024-06-05", &[15]),
    ("date:2999..", &[16, 17]),
    ("date:9999-12", &[17]),
    ("date:..0001", &[10, 11]),
    ("date:none", &[18, 19, 20, 21]),
    ("date:7d", &[]),
    ("date:99999y", &[10, 11, 12, 13, 14, 15]),
    ("-date:none", &[10, 11, 12, 13, 14, 15, 16, 17]),
];

#[test]
fn extreme_dates_are_sorted_and_filtered_the_same_from_the_index() {
    let place = Place::new(&[]);
    for (date, number) in DATES.iter().zip(10..) {
        place.write(
            &format!("{number}.md"),
            &format!("---\ntitle: T{number}\ndate: \"{date}\"\n---\n\nText.\n"),
        );
    }
    let mut seen = Vec::new();
    for _ in 0..2 {
        let mut visit = place.visit();
        visit.until(|visit| visit.opened > 0 || visit.rebased > 0);
        let path = |id: &EntryId| {
            visit
                .entries
                .get(*id)
                .unwrap()
                .path
                .to_str()
                .unwrap()
                .to_owned()
        };
        let sorted: Vec<String> = visit
            .entries
            .sorted(Order::Date, Language::Chinese)
            .iter()
            .map(path)
            .collect();
        let written: Vec<String> = (0..DATES.len() as u32)
            .map(|at| {
                visit
                    .entries
                    .get(visit.id(&format!("{}.md", at + 10)))
                    .unwrap()
                    .date
                    .written
            })
            .collect();
        for (query, expected) in FOUND {
            let expected: Vec<String> = expected
                .iter()
                .map(|number| format!("{number}.md"))
                .collect();
            assert_eq!(visit.filter(query), expected, "{query}");
        }
        let months = visit.facets().months;
        for (month, count) in &months {
            assert_eq!(
                visit.filter(&format!("date:{month}")).len(),
                *count as usize,
                "{month}"
            );
        }
        seen.push((sorted, written, months));
        visit.end();
    }
    assert_eq!(seen[0], seen[1]);
    let (sorted, written, months) = &seen[0];
    assert_eq!(written, &DATES);
    let newest_first = (10..18)
        .rev()
        .chain(18..22)
        .map(|number| format!("{number}.md"));
    assert_eq!(sorted, &newest_first.collect::<Vec<_>>());
    let months: Vec<&str> = months.iter().map(|(month, _)| month.as_str()).collect();
    assert_eq!(
        months.first().zip(months.last()),
        Some((&"9999-12", &"0000-01"))
    );
}

#[test]
fn a_file_from_the_future_is_new_once_and_then_as_it_was() {
    let place = Place::new(&[("a.md", "# A\n")]);
    place.visit().end();
    place.delay_last_visit(-10_000);
    place.write("future.md", "# Future\n");
    let future = SystemTime::now() + Duration::from_hours(24 * 365 * 200);
    fs::File::options()
        .write(true)
        .open(place.path("future.md"))
        .unwrap()
        .set_modified(future)
        .unwrap();
    let mut second = place.visit();
    assert_eq!(
        (second.read, second.filter("is:new")),
        (1, vec!["future.md".to_owned()])
    );
    // Followed as any other, though its time only goes backwards.
    place.write("future.md", "# Future is past\n");
    second.until_titled("future.md", "Future is past");
    fs::File::options()
        .write(true)
        .open(place.path("future.md"))
        .unwrap()
        .set_modified(future)
        .unwrap();
    second.end();
    let mut third = place.visit();
    assert_eq!(third.filter("is:new"), [""; 0]);
    third.end();
}

#[test]
fn a_last_visit_in_the_future_counts_as_now() {
    let place = Place::new(&[("a.md", "# A\n")]);
    let (data, library) = (
        place.storage().data.unwrap(),
        place.path("").canonicalize().unwrap(),
    );
    let now = || {
        SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap()
            .as_millis() as i64
    };
    place.visit().end();
    place.delay_last_visit(1_000_000_000);
    assert!(load(&data, &library).last_visit.unwrap() <= now());
    let visit = place.visit();
    assert!(visit.initial.last_visit.unwrap() <= now());
    visit.end();
    // And from then on it is the true one.
    let kept = rusqlite::Connection::open(data.join("state.db")).unwrap();
    let kept: i64 = kept
        .query_row("SELECT last_visit FROM libraries", [], |row| row.get(0))
        .unwrap();
    assert!(kept <= now());
}

#[test]
fn a_refresh_finds_the_new_text_of_files_with_old_times() {
    let text = |word: &str| format!("# Title\n\nThe word is {word}.\n");
    let place = Place::new(&[("a.md", &text("tea")), ("b.md", &text("bee"))]);
    place.visit().end();
    let path = place.path("a.md");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    let mut visit = place.visit();
    visit.end();
    // Of the same size, in the same file.
    fs::write(&path, text("sea")).unwrap();
    fs::File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .set_modified(time)
        .unwrap();
    visit = place.visit();
    assert_eq!(
        (visit.read, visit.search("word is tea")),
        (0, vec!["a.md".to_owned()])
    );
    visit.ask(Request::Refresh);
    visit.until(|visit| visit.finished == 2);
    assert_eq!(visit.read, 1);
    assert_eq!(
        (visit.search("word is tea"), visit.search("word is sea")),
        (vec![], vec!["a.md".to_owned()])
    );
    let text = visit.load(visit.id("a.md")).0;
    assert!(format!("{:?}", text.article.sections).contains("word is sea"));
    visit.end();
}

#[test]
fn a_file_is_read_again_if_its_time_changed() {
    let place = Place::new(&[
        ("older.md", "# One\n"),
        ("newer.md", "# One\n"),
        ("same.md", "# One\n"),
    ]);
    place.visit().end();
    for (path, seconds) in [("older.md", 1_000_000), ("newer.md", 50)] {
        place.write(path, "# Two\n");
        age(&place.path(path), seconds);
    }
    let visit = place.visit();
    assert_eq!(visit.read, 2);
    let titles = ["older.md", "newer.md", "same.md"].map(|path| visit.title(path));
    assert_eq!(titles, ["Two", "Two", "One"]);
    visit.end();
}
