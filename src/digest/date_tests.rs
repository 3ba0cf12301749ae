use proptest::prelude::*;

use super::*;

/// A moment as one comparable text: instants in UTC with a `Z`.
fn read(written: &str) -> String {
    match Date::parse(written).moment {
        Some(Moment::Instant(instant)) => instant.to_string(),
        Some(Moment::Civil(datetime)) => datetime.to_string(),
        Some(Moment::Day(day)) => day.to_string(),
        None => "unreadable".to_owned(),
    }
}

#[test]
fn instants_have_a_zone() {
    for (written, expected) in [
        ("2024-06-05T04:00:03.025Z", "2024-06-05T04:00:03.025Z"),
        ("2024-06-05t04:00:03z", "2024-06-05T04:00:03Z"),
        ("2020-03-06T21:40:32+08:00", "2020-03-06T13:40:32Z"),
        ("2014-08-08 19:11:14 +0800", "2014-08-08T11:11:14Z"),
        ("2014-08-08 19:11 +08", "2014-08-08T11:11:00Z"),
        ("2014-08-08T19:11:14-0330", "2014-08-08T22:41:14Z"),
        ("2024-06-05 12:00:00 UTC", "2024-06-05T12:00:00Z"),
        ("2024-06-05 12:00:00 GMT+8", "2024-06-05T04:00:00Z"),
        ("2024-06-05 12:00:00 UTC+08:00", "2024-06-05T04:00:00Z"),
        (
            "2024-06-05T12:00:00+08:00[Asia/Shanghai]",
            "2024-06-05T04:00:00Z",
        ),
        ("2024年6月5日 12:30 北京时间", "2024-06-05T04:30:00Z"),
        ("Wed, 05 Jun 2024 04:00:03 GMT", "2024-06-05T04:00:03Z"),
        ("Wed, 5 Jun 2024 04:00 +0800", "2024-06-04T20:00:00Z"),
        ("Wed Jun  5 04:00:03 UTC 2024", "2024-06-05T04:00:03Z"),
        (
            "Wed Jun 05 2024 12:00:00 GMT+0800 (China Standard Time)",
            "2024-06-05T04:00:00Z",
        ),
        ("Wed Jun 5 04:00:03 2024 +0800", "2024-06-04T20:00:03Z"),
        ("1717560003", "2024-06-05T04:00:03Z"),
        ("1717560003025", "2024-06-05T04:00:03.025Z"),
    ] {
        assert_eq!(read(written), expected, "{written}");
    }
}

#[test]
fn times_without_a_zone_stay_as_written() {
    for (written, expected) in [
        ("2013-4-21 02:35", "2013-04-21T02:35:00"),
        ("2018/6/21 16:04:21", "2018-06-21T16:04:21"),
        ("2026-04-15T13:49", "2026-04-15T13:49:00"),
        ("2026-08-18T12:12:17.472612", "2026-08-18T12:12:17.472612"),
        ("2024-06-05 12:00:00,250", "2024-06-05T12:00:00.25"),
        ("2024年6月5日 12:30", "2024-06-05T12:30:00"),
        ("2024 年 6 月 5 日 12时30分5秒", "2024-06-05T12:30:05"),
        ("2024年6月5日 星期三 下午3点", "2024-06-05T15:00:00"),
        ("2024年6月5日星期三下午3点", "2024-06-05T15:00:00"),
        ("２０２４－０６－０５　１２：３０", "2024-06-05T12:30:00"),
        ("2024.6.5 8:05", "2024-06-05T08:05:00"),
        ("June 5, 2024 3:30 PM", "2024-06-05T15:30:00"),
        ("June 5, 2024 at 12:30 am", "2024-06-05T00:30:00"),
        ("2024-06-05 12:00:00 CST", "2024-06-05T12:00:00"),
        ("20240605123000", "2024-06-05T12:30:00"),
        ("2016-12-31 23:59:60", "2016-12-31T23:59:59"),
    ] {
        assert_eq!(read(written), expected, "{written}");
    }
}

#[test]
fn days_have_no_time() {
    for (written, expected) in [
        ("2018-03-13", "2018-03-13"),
        ("'2008-11-23'", "2008-11-23"),
        ("2024/01/29", "2024-01-29"),
        ("2024.6.5", "2024-06-05"),
        ("2024年6月5日", "2024-06-05"),
        ("2024年6月5号（星期三）", "2024-06-05"),
        ("2024年6月", "2024-06-01"),
        ("2024-06", "2024-06-01"),
        ("2024", "2024-01-01"),
        ("20240605", "2024-06-05"),
        ("2024-Jun-05", "2024-06-05"),
        ("June 5, 2024", "2024-06-05"),
        ("Jun. 5th, 2024", "2024-06-05"),
        ("5 Jun 2024", "2024-06-05"),
        ("5-Jun-2024", "2024-06-05"),
        ("5th of June 2024", "2024-06-05"),
        ("Wednesday, June 5, 2024", "2024-06-05"),
        ("Sept 5 2024", "2024-09-05"),
        ("25/12/2024", "2024-12-25"),
        ("12/25/2024", "2024-12-25"),
        ("2024-06-05 (updated)", "2024-06-05"),
    ] {
        assert_eq!(read(written), expected, "{written}");
    }
}

#[test]
fn what_cannot_be_read_keeps_its_text() {
    for written in [
        "",
        "soon",
        "{{ date }}",
        "true",
        "2024-02-30",
        "5/6/2024",
        "2024-06-05 25:00",
        "2024-06-05 tomorrow maybe",
        "12",
        "v1.2.3",
        "99999999999999999999",
    ] {
        let date = Date::parse(written);
        assert_eq!((date.written.as_str(), date.moment), (written, None));
    }
    assert_eq!(Date::parse(" \u{1B}2024\u{202E} ").written, "␛2024");
}

#[test]
fn a_day_and_a_clock_follow_the_zone_only_for_instants() {
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    let day = |written| Date::parse(written).day(&zone).map(|day| day.to_string());
    assert_eq!(day("2024-06-05T20:00:00Z").as_deref(), Some("2024-06-06"));
    assert_eq!(day("2024-06-05 20:00:00").as_deref(), Some("2024-06-05"));
    assert_eq!(day("2024-06-05").as_deref(), Some("2024-06-05"));
    assert_eq!(day("soon"), None);
}

#[test]
fn paths_may_hold_a_date() {
    let read = |stem| in_path(stem).map(|date| date.written);
    assert!(in_path("2014-08-08-x").is_some_and(|date| date.is_from_path));
    for (path, date) in [
        ("2026-04-20/notes", "2026-04-20"),
        ("a/20260420/b/notes", "20260420"),
        ("2026/04/20/notes", "2026-04-20"),
        ("2026-04-20/2026-04-21-notes", "2026-04-21"),
        ("2026-04-20/2026-05-01/notes", "2026-05-01"),
    ] {
        assert_eq!(read(path).as_deref(), Some(date), "{path}");
    }
    assert_eq!(read("2014-08-08-spritekit").as_deref(), Some("2014-08-08"));
    assert_eq!(read("20220923 How to build").as_deref(), Some("20220923"));
    assert_eq!(read("summary_2025-12-11").as_deref(), Some("2025-12-11"));
    assert_eq!(read("2025-12-11").as_deref(), Some("2025-12-11"));
    for stem in [
        "163-买了麻将",
        "12345678 numbers",
        "2024-13-01-x",
        "2014-08-081",
        "notes",
        "",
        "中文中文",
        "20240000",
        "2024-06_05",
        "2026/04/notes",
        "notes-2026-04-20/notes",
    ] {
        assert_eq!(read(stem), None, "{stem}");
    }
}

proptest! {
    #[test]
    fn reading_a_date_never_panics(text in "\\PC{0,40}") {
        let date = Date::parse(&text);
        prop_assert!(!date.written.chars().any(char::is_control));
    }

    #[test]
    fn dates_like_text_never_panics(text in "[0-9]{1,5}[-/.年 ][0-9]{1,3}[-/.月 ]?[0-9]{0,3}[日T ]?[0-9:.+Z年 amp]{0,14}") {
        _ = Date::parse(&text);
    }

    #[test]
    fn every_instant_reads_back(second in -2_000_000_000_i64..20_000_000_000, hours in -12_i8..=14) {
        let instant = Timestamp::from_second(second).expect("within range");
        let zoned = instant.to_zoned_datetime(TimeZone::fixed(jiff::tz::offset(hours)));
        let written = zoned.strftime("%Y-%m-%d %H:%M:%S %z").to_string();
        prop_assert_eq!(Date::parse(&written).moment, Some(Moment::Instant(instant)));
        let written = zoned.strftime("%a, %d %b %Y %H:%M:%S %z").to_string();
        prop_assert_eq!(Date::parse(&written).moment, Some(Moment::Instant(instant)));
    }
}
