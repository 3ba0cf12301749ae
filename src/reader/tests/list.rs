//! The list: order, selection, filter, news.

use std::sync::Arc;

use super::fake_library::answers;
use super::support::{CRANES, Script, entry, long_english, text};
use crate::catalog::{
    ArticleCheck, Attention, Changes, Entry, EntryId, Mark, Order, Remembered, Request, Update,
};
use crate::reader::{Area, Effect, ListRow, Message, Model, ReaderSettings, update};
use crate::settings::{Loaded, SettingSources};
use crate::text::Language;

/// An article of a day, with a title in each language.
fn article(date: &str, title: &str, source: &str) -> String {
    format!(
        "---\ntitle: {title}\ndate: {date}\nauthor: {source}\n---\n\n# {title}\n\n正文在此，说的是{title}的事情。\n"
    )
}

fn titles(script: &Script) -> Vec<String> {
    let list = script.model.list();
    list.rows()
        .filter_map(|row| match row {
            ListRow::Day(day) => Some(day.map_or("undated".to_owned(), |day| day.to_string())),
            ListRow::Source(id) => {
                Some(format!("— {}", list.entries().source(id).unwrap_or("none")))
            }
            ListRow::Title(id) => list.entry(id).map(|entry| entry.titles.given.clone()),
            ListRow::Detail(_) | ListRow::Rest(_) => None,
        })
        .collect()
}

fn four() -> Script {
    let articles = [
        article("2026-01-02T09:00:00Z", "重庆的桥", "乙报"),
        article("2026-01-03T08:00:00Z", "阿里山", "甲报"),
        article("2026-01-03T12:00:00Z", "Bridges", "甲报"),
        article("someday", "中国茶", "乙报"),
    ];
    Script::new(100, 30, &articles.each_ref().map(String::as_str))
}

#[test]
fn newest_first_under_days_undated_last() {
    let script = four();
    assert_eq!(
        titles(&script),
        ["2026-01-03", "Bridges", "阿里山", "重庆的桥", "中国茶"],
        "only a day of several has a line of its own"
    );
}

#[test]
fn orders_go_around_and_the_selection_stays() {
    let mut script = four();
    script.keys("jj");
    let selected = script.model.list().selected();
    script.keys("s");
    assert_eq!(script.notice(), "Sorted by title");
    assert_eq!(titles(&script), ["阿里山", "Bridges", "中国茶", "重庆的桥"]);
    assert_eq!(script.model.list().selected(), selected);
    script.keys("s");
    // By pinyin 甲 (jia) stands before 乙 (yi), newest first within each.
    assert_eq!(titles(&script), ["Bridges", "阿里山", "重庆的桥", "中国茶"]);
    script.keys("s");
    assert_eq!(script.model.list().order(), Order::Date);
    assert_eq!(script.model.list().selected(), selected);
}

#[test]
fn moving_shows_the_article() {
    let mut script = four();
    assert_eq!(script.id(), EntryId(2));
    script.keys("j");
    assert_eq!(script.id(), EntryId(1));
    script.keys("G");
    assert_eq!(script.id(), EntryId(3));
    script.keys("2G");
    assert_eq!(script.id(), EntryId(1));
    script.keys("gg<pgdn>b<C-d><C-u><end><home>");
    assert_eq!(
        (script.id(), script.model.list().position()),
        (EntryId(2), 0)
    );
    script.keys("99j");
    assert_eq!(script.model.list().position(), 3);
    script.keys("<C-c>");
    assert_eq!(script.took(), [Effect::Quit]);
}

#[test]
fn only_the_article_wanted_last_is_shown() {
    let mut model = Model::new(ReaderSettings::default());
    let (one, two) = (text(CRANES), text(&long_english(2)));
    let effects = update(
        &mut model,
        Message::Library(Update::Changed(Changes::added(vec![
            entry(0, &one),
            entry(1, &two),
        ]))),
    );
    assert_eq!(effects[0], Effect::Library(Request::Load(EntryId(0))));
    assert!(model.page().is_none() && model.is_loading());
    update(
        &mut model,
        Message::Library(Update::Loaded {
            id: EntryId(0),
            text: Arc::clone(&one),
            remembered: Remembered::default(),
        }),
    );
    assert!(!model.is_loading());
    let down = crate::reader::Key::char('j');
    let up = crate::reader::Key::char('k');
    assert_eq!(
        update(&mut model, Message::Key(down)),
        [Effect::Library(Request::Load(EntryId(1)))]
    );
    assert_eq!(
        model.page().map(crate::reader::Page::id),
        Some(EntryId(0)),
        "the old one stays meanwhile"
    );
    assert_eq!(update(&mut model, Message::Key(up)), []);
    update(
        &mut model,
        Message::Library(Update::Loaded {
            id: EntryId(1),
            text: two,
            remembered: Remembered::default(),
        }),
    );
    assert_eq!(
        model.page().map(crate::reader::Page::id),
        Some(EntryId(0)),
        "a late answer is dropped"
    );
}

#[test]
fn a_filter_narrows_and_escape_brings_the_list_back() {
    let mut script = four();
    script.keys("j/");
    script.keys("乙报");
    assert_eq!(script.model.list().query(), Some("乙报"));
    assert_eq!(titles(&script), ["重庆的桥", "中国茶"]);
    assert_eq!(script.id(), EntryId(0));
    script.keys(" 茶");
    assert_eq!(titles(&script), ["中国茶"]);
    script.keys("<esc>");
    assert_eq!((script.id(), script.model.list().len()), (EntryId(1), 4));
    script.keys("/ＢＲＩＤ<enter>");
    assert_eq!(
        (titles(&script), script.id()),
        (vec!["Bridges".to_owned()], EntryId(2))
    );
    script.keys("<enter>");
    assert!(script.is_in_article());
    script.keys("<esc><esc>");
    assert_eq!((script.id(), script.model.list().len()), (EntryId(1), 4));
    script.keys("/zzz");
    assert_eq!(
        (script.model.list().len(), script.model.list().selected()),
        (0, None)
    );
    script.keys("<down><enter>jkG<enter>s");
    script.keys("h<esc>");
    assert_eq!(script.model.list().len(), 4);
}

#[test]
fn in_a_filter_the_arrows_choose() {
    let mut script = four();
    script.keys("/乙<down><enter>");
    assert_eq!(script.id(), EntryId(3));
    script.keys("/<C-u><enter>");
    assert_eq!(
        (script.model.list().query(), script.id()),
        (None, EntryId(3))
    );
}

fn made(day: usize, number: usize) -> Entry {
    let date = format!("2026-{:02}-{:02}", day / 28 % 12 + 1, day % 28 + 1);
    let article = article(&date, &format!("第{number}篇"), "测试");
    entry(number, &text(&article))
}

#[test]
fn news_does_not_move_what_is_selected() {
    let mut model = Model::new(ReaderSettings {
        area: Area {
            columns: 80,
            rows: 12,
        },
        ..ReaderSettings::default()
    });
    let batch = |first: usize| {
        (first..first + 20)
            .map(|number| made(number * 7, number))
            .collect::<Vec<_>>()
    };
    update(
        &mut model,
        Message::Library(Update::Changed(Changes::added(batch(0)))),
    );
    let first = model.list().selected();
    update(
        &mut model,
        Message::Library(Update::Changed(Changes::added(batch(20)))),
    );
    assert_eq!(
        model.list().position(),
        0,
        "not moved yet: the newest is selected"
    );
    assert_ne!(model.list().selected(), first);
    for _ in 0..9 {
        update(&mut model, Message::Key(crate::reader::Key::char('j')));
    }
    let (selected, rows) = (
        model.list().selected(),
        model.list().rows().collect::<Vec<_>>(),
    );
    let at = |rows: &[ListRow]| {
        rows.iter()
            .position(|&row| Some(row) == selected.map(ListRow::Title))
    };
    for round in 2..6 {
        update(
            &mut model,
            Message::Library(Update::Changed(Changes::added(batch(round * 20)))),
        );
        assert_eq!(model.list().selected(), selected);
        let now: Vec<ListRow> = model.list().rows().collect();
        let moved = at(&rows).unwrap().abs_diff(at(&now).unwrap());
        assert!(moved <= 1, "a day's line may come between, no more");
    }
    assert_eq!(model.list().len(), 120);
}

#[test]
fn a_hundred_thousand_articles() {
    let sample = made(0, 0);
    let mut model = Model::new(ReaderSettings {
        area: Area {
            columns: 120,
            rows: 40,
        },
        ..ReaderSettings::default()
    });
    for batch in 0..100 {
        let entries = (0..1000).map(|number| {
            let number = batch * 1000 + number;
            let mut entry = sample.clone();
            entry.path = format!("{number}.md").into();
            entry.titles.given = format!("第{number}篇");
            entry.titles.chinese = None;
            entry.date =
                crate::digest::Date::parse(&format!("{:04}-01-01", 1900 + number * 7919 % 300));
            entry
        });
        update(
            &mut model,
            Message::Library(Update::Changed(Changes::added(entries.collect::<Vec<_>>()))),
        );
    }
    assert_eq!(model.list().len(), 100_000);
    let press = |model: &mut Model, script: &str| {
        for key in super::support::keys(script) {
            for effect in update(model, Message::Key(key)) {
                let Effect::Library(request) = effect else {
                    continue;
                };
                for answer in answers(&request, model.list().entries(), model.list().marks(), &[]) {
                    update(model, Message::Library(answer));
                }
            }
        }
    };
    press(&mut model, "G");
    assert_eq!(model.list().position(), 99_999);
    press(&mut model, "5000G");
    assert_eq!(model.list().position(), 4_999);
    let id = model.list().selected();
    press(&mut model, "ss");
    assert_eq!(model.list().selected(), id);
    press(&mut model, "s/第777篇");
    let found = model
        .list()
        .selected()
        .and_then(|id| model.list().entry(id))
        .unwrap();
    assert_eq!(
        found.titles.given, "第777篇",
        "before those that are like it"
    );
    assert!(model.list().len() < 1_000);
    press(&mut model, "<esc>");
    assert_eq!((model.list().selected(), model.list().len()), (id, 100_000));
    let dates: Vec<_> = model
        .list()
        .rows()
        .filter_map(|row| {
            if let ListRow::Day(day) = row {
                Some(day)
            } else {
                None
            }
        })
        .collect();
    assert!(dates.windows(2).all(|pair| pair[0] > pair[1]), "{dates:?}");
}

#[test]
fn the_selection_is_always_on_the_screen() {
    for (columns, rows) in [(100, 30), (40, 8), (20, 5), (10, 2), (1, 1), (100, 3)] {
        let mut script = Script::new(
            columns,
            rows,
            &[
                &article("2026-01-02", "一", "甲"),
                &article("2026-01-03", "二", "甲"),
                &article("2026-01-03", "三", "甲"),
                &article("2026-01-05", "四", "甲"),
            ],
        );
        for key in "jjjkkkGkkggjGsjjkksjks".chars() {
            script.keys(&key.to_string());
            let selected = script.model.list().selected().unwrap();
            let row = script
                .model
                .list()
                .rows()
                .position(|row| row == ListRow::Title(selected));
            assert!(row.is_some(), "{columns}×{rows} after {key}");
        }
    }
}

fn check(id: EntryId, disagrees: bool) -> ArticleCheck {
    ArticleCheck {
        id,
        disagrees,
        minutes: [3, 4],
        notes: Vec::new(),
    }
}

#[test]
fn the_page_of_a_day_has_its_articles_by_source_the_unread_ones_first() {
    let articles = [
        article("2026-01-02T09:00:00Z", "重庆的桥", "乙报"),
        article("2026-01-03T08:00:00Z", "阿里山", "乙报"),
        article("2026-01-03T12:00:00Z", "高铁", "甲报"),
        article("2026-01-03T10:00:00Z", "黄山", "甲报"),
        article("2026-01-03T07:00:00Z", "无名", ""),
        article("2026-02-01", "后来", "丙报"),
    ];
    let mut script = Script::new(100, 30, &articles.each_ref().map(String::as_str));
    script.keys("jr");
    assert_eq!(script.model.list().selected(), Some(EntryId(2)));
    let whole = titles(&script);
    script.keys("D");
    let day = [
        "— 甲报",
        "黄山",
        "高铁",
        "— 乙报",
        "阿里山",
        "— none",
        "无名",
    ];
    assert_eq!(titles(&script), day);
    assert_eq!(
        script.model.list().selected(),
        Some(EntryId(2)),
        "it stays selected"
    );
    script.tell(Message::Library(Update::ArticlesChecked(
        (1..5).map(|id| check(EntryId(id), false)).collect(),
    )));
    let list = script.model.list();
    assert_eq!(
        (list.minutes_unread(), list.date_text(0)),
        (Some(9), "3 min 10:00".to_owned())
    );
    script.keys("(");
    assert_eq!(titles(&script), ["— 乙报", "重庆的桥"]);
    script.keys("(");
    assert_eq!(script.notice(), "No earlier day has articles");
    script.keys("2)");
    assert_eq!(titles(&script), ["— 丙报", "后来"]);
    script.keys("(D");
    assert_eq!(titles(&script), whole);
    script.keys("D<esc>");
    assert_eq!(titles(&script), whole);
}

#[test]
fn the_notes_of_a_check_are_counted_in_the_header_and_the_text_stays() {
    let mut script = Script::new(60, 24, &["# 茶\n\n正文一段。\n\n正文二段。\n"]);
    script.keys("l}");
    let current = script.page().current_block();
    let check = ArticleCheck {
        notes: vec!["line 3: a note".to_owned(); 2],
        ..check(EntryId(0), false)
    };
    script.tell(Message::Library(Update::ArticlesChecked(vec![check])));
    assert!(
        script.screen().iter().any(|row| row.contains("2 notes")),
        "{:?}",
        script.screen()
    );
    assert_eq!(script.page().current_block(), current);
}

#[test]
fn articles_that_disagree_are_marked() {
    let mut script = Script::new(100, 24, &[CRANES, &long_english(3)]);
    let asked = |script: &mut Script| {
        let mut asked: Vec<_> = std::mem::take(&mut script.to_compare)
            .into_iter()
            .flatten()
            .map(|id| id.0)
            .collect();
        asked.sort_unstable();
        asked
    };
    assert_eq!(asked(&mut script), [0, 1], "what is on the screen");
    script.tell(Message::Library(Update::ArticlesChecked(vec![
        check(EntryId(0), false),
        check(EntryId(1), true),
    ])));
    assert!(
        script.model.list().has_mismatch(EntryId(1))
            && !script.model.list().has_mismatch(EntryId(0))
    );
    script.keys("jk");
    assert!(asked(&mut script).is_empty(), "it is known");
    let entry = script.model.list().entry(EntryId(1)).unwrap();
    script.tell(Message::Library(Update::Changed(Changes {
        changed: vec![(EntryId(1), entry)],
        ..Changes::default()
    })));
    assert_eq!(asked(&mut script), [1], "it was written again");
    assert!(!script.model.list().has_mismatch(EntryId(1)));
}

/// The rows of the list: each with its kind and what is at its end.
fn rows(script: &Script) -> Vec<String> {
    let list = script.model.list();
    let text = |(index, row)| match row {
        ListRow::Day(_) | ListRow::Source(_) => "line".to_owned(),
        ListRow::Title(_) if list.has_detail(index) => "title".to_owned(),
        ListRow::Title(_) => format!("title {}", list.date_text(index)),
        ListRow::Detail(_) => format!("detail {}", list.date_text(index)),
        ListRow::Rest(_) => "rest".to_owned(),
    };
    list.placed_rows().map(text).collect()
}

#[test]
fn a_dense_list_has_a_row_for_each_article_and_a_roomy_one_no_blank_rows() {
    let articles = [
        article("2026-01-02T09:00:00Z", "重庆的桥", "乙报"),
        article("2026-01-03T08:00:00Z", "阿里山", "甲报"),
        article("2026-01-03", "Bridges", "甲报"),
        article("2024-05-06", "旧闻", "甲报"),
        "---\ntitle: 无源\ndate: 2026-01-01\n---\n\n正文。\n".to_owned(),
        article("someday", "中国茶", "乙报"),
    ];
    let mut script = Script::new(80, 24, &articles.each_ref().map(String::as_str));
    let dense = [
        "line",
        "title 08:00",
        "title ",
        "title 01-02",
        "title 01-01",
        "title 2024-05",
        "title someday",
    ];
    assert_eq!(rows(&script), dense);
    script.keys("V");
    let roomy = [
        "line",
        "title",
        "detail 08:00",
        "title",
        "detail ",
        "title",
        "detail 01-02",
        "title 01-01",
        "title",
        "detail 2024-05",
        "title",
        "detail someday",
    ];
    assert_eq!(rows(&script), roomy);
    script.tell(Message::Resized(Area {
        columns: 80,
        rows: 50,
    }));
    script.keys("V");
    assert_eq!(
        rows(&script),
        dense,
        "what was chosen holds on every screen"
    );
    assert_eq!(script.model.settings.is_roomy, Some(false));
}

#[test]
fn a_selected_title_is_whole_where_no_article_is_beside_the_list() {
    let long = "一座小港的十年从靠不了岸到装不完箱也就是这么十年的事情";
    let articles = [
        article("2026-01-02", "短", "甲"),
        article("2026-01-01", long, "甲"),
    ];
    let mut script = Script::new(40, 12, &articles.each_ref().map(String::as_str));
    assert_eq!(rows(&script), ["title 01-02", "title 01-01"]);
    script.keys("j");
    assert_eq!(rows(&script), ["title 01-02", "title 01-01", "rest"]);
    let at = script.model.list().title_break(1).unwrap();
    let columns = |text| crate::typeset::columns(text, crate::typeset::Ambiguous::Narrow);
    assert!(columns(&long[..at]) <= 40 - 2 - 7 && columns(&long[at..]) <= 37);
    script.keys("k");
    assert_eq!(rows(&script).len(), 2);
}

#[test]
fn the_divider_moves_by_keys_and_is_remembered() {
    let mut script = four();
    script.tell(Message::Library(Update::Initial(Box::default())));
    let list = |script: &Script| script.model.layout.list.unwrap().body.columns;
    let before = list(&script);
    script.keys("<C-right><C-right><C-left>");
    assert_eq!(
        (list(&script), script.notice()),
        (before + 2, "List of 35 columns")
    );
    script.keys("99<C-right>");
    assert_eq!(list(&script), 69, "the article keeps some room");
    script.keys("99<C-left>");
    assert_eq!(list(&script), 16);
    let view = crate::reader::flush_on_exit(&mut script.model)
        .into_iter()
        .find_map(|effect| match effect {
            Effect::Library(Request::RememberLibrary(state)) => state.view,
            _ => None,
        });
    assert_eq!(view.unwrap().list_columns, Some(16));
}

#[test]
fn marks_are_set_on_all_selected_articles_and_undone_at_once() {
    let mut script = four();
    let several = |script: &Script| -> Vec<u32> {
        let ids = script.model.list().several().iter();
        ids.map(|id| id.0).collect()
    };
    let marked = |script: &Script, has: fn(&Mark) -> bool| -> Vec<u32> {
        let marks = script.model.list().marks();
        (0..5).filter(|&id| has(&marks.get(EntryId(id)))).collect()
    };
    let is_read = |mark: &Mark| mark.attention == Attention::Read;
    let is_starred = |mark: &Mark| mark.is_starred;
    script.keys("jr<S-down><S-down><S-up><S-up><S-up>");
    assert_eq!(several(&script), [1, 2], "from the first one, either way");
    assert_eq!(script.id(), EntryId(2));
    script.keys("<S-up><S-down>2<S-down>");
    assert_eq!(several(&script), [1, 0, 3]);
    script.keys("r");
    assert_eq!(script.notice(), "Marked 3 articles as read");
    assert_eq!(marked(&script, is_read), [0, 1, 3]);
    script.keys("*u");
    assert_eq!(script.notice(), "Undone: marks of 3 articles");
    assert!(marked(&script, is_starred).is_empty());
    script.keys("r");
    assert_eq!(script.notice(), "Marked 3 articles as unread");
    script.keys("uu");
    assert_eq!(marked(&script, is_read), [1]);
    // A new article among them is not selected.
    let new = text(&article("2026-01-01T09:00:00Z", "长城", "甲报"));
    let new_entry = entry(9, &new);
    script.texts.push(new);
    let added = Changes::added(vec![new_entry]);
    script.tell(Message::Library(Update::Changed(added)));
    assert_eq!(several(&script), [1, 0, 3]);
    let gone = Changes {
        gone: vec![EntryId(0)],
        ..Changes::default()
    };
    script.tell(Message::Library(Update::Changed(gone)));
    script.keys("*");
    assert_eq!(marked(&script, is_starred), [1, 3]);
    script.keys("<esc>*");
    assert_eq!(script.notice(), "Unstarred", "only the last one");
    script.keys("<S-up>k*");
    assert!(several(&script).is_empty(), "a plain move ends it");
    script.keys("<S-down><enter>");
    assert!(several(&script).is_empty(), "so does reading");
}

#[test]
fn what_a_filter_hides_is_not_selected() {
    let mut script = four();
    script.keys("/is:unread<enter><S-down><S-down>r");
    assert_eq!(script.notice(), "Marked 3 articles as read");
    assert_eq!(script.model.list().several(), []);
    assert_eq!(
        script.model.list().len(),
        2,
        "the last one stays while it is selected"
    );
    script.keys("r<S-down>*");
    assert_eq!(script.notice(), "Starred 2 articles");
    let mut script = four();
    script.keys("/zzz<enter><S-down>r");
    assert_eq!(script.notice(), "No article is selected");
}

#[test]
fn changed_settings_apply_at_once_and_the_others_stay_as_the_keys_left_them() {
    let mut script = Script::new(120, 30, &[CRANES]);
    script.keys("<enter>P>");
    let measure = script.model.settings.measure;
    let set = |text: &str| {
        let sources = SettingSources {
            file: Some(text.into()),
            ..SettingSources::default()
        };
        Message::Settings(sources.load(&Loaded::default()).settings)
    };
    script.tell(set(
        "reading_language = \"en\"\nlist_width = 40\nmouse = false",
    ));
    assert_eq!(script.page().side(), Language::English);
    assert_eq!(script.model.settings.list_columns, Some(40));
    assert!(script.effects.contains(&Effect::CaptureMouse(false)));
    assert!(script.model.settings.pinyin, "as P left it");
    assert_eq!(script.model.settings.measure, measure);
    script.keys("<tab>");
    script.tell(set(
        "reading_language = \"en\"\nlist_width = 40\nmeasure = 60",
    ));
    assert_eq!(script.page().side(), Language::Chinese, "as Tab left it");
    assert_eq!(script.model.settings.measure, 60);
}
