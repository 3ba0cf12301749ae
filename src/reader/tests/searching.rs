//! The search screen.

use std::sync::Arc;

use super::support::{CRANES, Script, long_english};
use crate::catalog::{Changes, EntryId, Hits, Remembered, Request, SnippetPart, Update};
use crate::reader::{Area, Effect, HitRow, Message, Mouse, MouseKind, Page};
use crate::text::Language;

fn library() -> Script {
    Script::new(
        100,
        30,
        &[
            CRANES,
            &long_english(12),
            "---\ntitle: 茶\ndate: 2026-01-01\n---\n\n一片叶子。\n",
        ],
    )
}

/// The rows as text: `#` an article, `>` what is selected, matches in brackets.
fn rows(script: &Script) -> Vec<String> {
    let list = script.model.list();
    let rows = script
        .model
        .search
        .rows()
        .map(|(row, is_selected)| match row {
            HitRow::Article { id, count } => {
                let title = list
                    .entry(id)
                    .map_or("gone".to_owned(), |entry| entry.titles.given);
                format!("{}# {title} {count}", if is_selected { ">" } else { "" })
            }
            HitRow::Snippet { snippet, more } => {
                let text = snippet.map_or("…".to_owned(), |snippet| {
                    format!(
                        "{} [{}]",
                        snippet.place.side.sign(),
                        &snippet.text[snippet.lit.clone()]
                    )
                });
                format!(
                    "{}{text}{}",
                    if is_selected { "> " } else { "  " },
                    if more > 0 {
                        format!(" +{more}")
                    } else {
                        String::new()
                    }
                )
            }
        });
    rows.collect()
}

fn searches(script: &mut Script) -> Vec<Effect> {
    let took = script.took().into_iter();
    took.filter(|effect| {
        matches!(
            effect,
            Effect::Library(Request::Search { .. } | Request::Snippets { .. })
        )
    })
    .collect()
}

#[test]
fn typing_searches_and_enter_opens_the_hit_in_its_language_at_its_place() {
    let mut script = library();
    script.keys("\\");
    assert!(script.model.search.is_open && script.model.search.totals().is_none());
    script.keys("水位");
    assert_eq!(
        rows(&script),
        [
            "# 鹤群回到湿地 3",
            "> 中 [水位]",
            "  中 [水位]",
            "  中 [水位]"
        ]
    );
    let totals = script.model.search.totals().unwrap();
    assert_eq!(
        (totals.hits, totals.articles, totals.is_searching),
        (3, 1, false)
    );
    script.keys("<C-u>reeds");
    assert_eq!(
        rows(&script),
        ["# 鹤群回到湿地 2", "> EN [reeds]", "  EN [reeds]"]
    );
    script.keys("<down><enter>");
    assert!(!script.model.search.is_open && script.is_in_article());
    assert_eq!(
        (script.id(), script.page().side()),
        (EntryId(0), Language::English)
    );
    assert_eq!(script.page().matches(), Some((2, 2)));
    assert!(
        script.current().starts_with("Water: The level"),
        "{}",
        script.current()
    );
    script.keys("n");
    assert_eq!(script.page().matches(), Some((1, 2)));
    script.keys("<esc>");
    assert!(script.model.search.is_open);
    assert_eq!(
        rows(&script),
        ["# 鹤群回到湿地 2", "  EN [reeds]", "> EN [reeds]"],
        "as it was left"
    );
    script.keys("<esc>");
    assert_eq!(
        (script.page().matches(), script.is_in_article()),
        (Some((1, 2)), true)
    );
    script.keys("<esc>");
    assert_eq!(script.page().matches(), None);
}

#[test]
fn a_hit_in_another_article_is_opened_once_it_is_there() {
    let mut script = library();
    script.keys("\\VALLEYS<tab>G<enter>");
    assert_eq!(
        (script.id(), script.model.list().selected()),
        (EntryId(1), Some(EntryId(1)))
    );
    let (at, all) = script.page().matches().unwrap();
    assert_eq!(
        (at, all),
        (3, 12),
        "the last snippet of the article that was sent"
    );
    assert!(
        script.current().starts_with("Paragraph 3 "),
        "{}",
        script.current()
    );
}

#[test]
fn escape_leaves_everything_as_it_was() {
    let mut script = library();
    script.keys("j<enter>5j");
    let (screen, selected) = (script.screen(), script.model.list().selected());
    script.keys("\\鹤群<down><esc>");
    assert!(!script.model.search.is_open && script.is_in_article());
    assert_eq!(
        (script.screen(), script.model.list().selected()),
        (screen, selected)
    );
    script.keys("\\<C-u><bs>");
    assert!(!script.model.search.is_open);
}

#[test]
fn letters_move_once_the_line_is_left() {
    let mut script = library();
    script.keys("\\鹤<tab>jj");
    assert_eq!(rows(&script)[3], "> 中 [鹤] +1");
    script.keys("kgg?");
    assert!(script.model.popup.as_ref().is_some() && script.model.search.is_open);
    script.keys("<esc>");
    assert_eq!(rows(&script)[1], "> 中 [鹤]");
    script.keys("/群");
    assert!(script.model.search.is_typing);
    assert_eq!(rows(&script)[0], "# 鹤群回到湿地 2");
    script.keys("<tab>q");
    assert!(!script.model.search.is_open);
    assert_eq!(
        script.took(),
        [Effect::Library(Request::WarmUp)],
        "as it opened"
    );
}

#[test]
fn a_mistake_is_shown_and_what_was_found_stays() {
    let mut script = library();
    script.keys("\\水位 tag:nature");
    let before = rows(&script);
    script.keys(" (");
    assert!(
        script
            .model
            .search
            .line(crate::typeset::Ambiguous::Narrow)
            .wrong
            .is_some()
    );
    assert_eq!(rows(&script), before);
    script.keys("<bs><bs>");
    assert!(
        script
            .model
            .search
            .line(crate::typeset::Ambiguous::Narrow)
            .wrong
            .is_none()
    );
    script.keys("<C-u>tag:birds");
    assert_eq!(
        rows(&script),
        [">## 鹤群回到湿地 0".replace("##", "#")],
        "a query without a text finds articles"
    );
    script.keys("<enter>");
    assert_eq!((script.id(), script.is_in_article()), (EntryId(0), true));
    assert_eq!(
        script.notice(),
        "Esc: back to results",
        "there is no hit to go on to"
    );
}

#[test]
fn escape_leads_from_an_opened_match_back_to_the_results() {
    for key in ["<esc>", "q"] {
        let mut script = library();
        script.keys("\\水位<down>");
        let before = rows(&script);
        script.keys("<enter>");
        assert!(script.is_in_article() && !script.model.search.is_open);
        script.keys("n");
        script.keys(key);
        assert!(script.model.search.is_open, "{key}");
        assert_eq!(rows(&script), before, "at the same match");
        script.keys("<enter>");
        script.keys("]<esc><esc>");
        script.keys("<enter><esc>");
        assert!(!script.model.search.is_open, "opened from the list");
    }
}

#[test]
fn a_preview_waits_for_the_article_that_is_being_opened() {
    let mut script = library();
    script.tell(Message::Resized(Area {
        columns: 120,
        rows: 30,
    }));
    script.keys("\\");
    let id = EntryId(2);
    script.model.loading = Some(id);
    script.keys("水位<down>");
    assert!(script.model.search.preview().is_none());
    let text = Arc::clone(&script.texts[id.0 as usize]);
    let remembered = Remembered::default();
    script.tell(Message::Library(Update::Loaded {
        id,
        text,
        remembered,
    }));
    let preview = script.model.search.preview();
    assert_eq!(preview.map(Page::id), Some(EntryId(0)));
}

#[test]
fn wide_screens_preview_the_selected_match_with_its_translation() {
    let mut script = library();
    script.tell(Message::Resized(Area {
        columns: 120,
        rows: 30,
    }));
    script.keys("\\水位<down>");
    let preview = script.model.search.preview().expect("a preview");
    let hit = script.model.search.selected_hit().unwrap().1.unwrap();
    assert_eq!(preview.place().block, hit.place.block);
    assert!(preview.matches().is_some_and(|(_, count)| count > 0));
    let is_unfolded =
        |row: crate::reader::PageRow<'_>| row.stacking == crate::reader::Stacking::Unfolded;
    assert!(preview.visible_rows().any(is_unfolded));
    let columns = |script: &Script| script.model.search.body().columns;
    assert!(columns(&script) < 60);
    script.tell(Message::Resized(Area {
        columns: 80,
        rows: 30,
    }));
    assert!(script.model.search.preview().is_none());
    assert_eq!(columns(&script), 80);
}

#[test]
fn late_answers_are_dropped_and_partial_ones_joined() {
    let mut script = library();
    script.is_slow = true;
    script.keys("\\水位");
    let asked = searches(&mut script);
    assert_eq!(asked.len(), 2, "one for each edit");
    let [old, new] = [0, 1].map(|nth| script.answers(&asked[nth]));
    for answer in old {
        script.tell(answer);
    }
    assert!(rows(&script).is_empty() && script.model.search.totals().unwrap().is_searching);
    let Message::Library(Update::Hits { number, hits }) = &new[0] else {
        panic!("{new:?}")
    };
    script.tell(Message::Library(Update::Hits {
        number: *number,
        hits: Hits {
            is_final: false,
            ..hits.clone()
        },
    }));
    assert_eq!(rows(&script), ["# 鹤群回到湿地 3", "> …", "  …", "  …"]);
    assert!(script.model.search.totals().unwrap().is_searching);
    for answer in new {
        script.tell(answer);
    }
    assert_eq!(rows(&script)[1], "> 中 [水位]");
    assert!(
        !script.model.search.totals().unwrap().is_searching && searches(&mut script).is_empty()
    );
}

#[test]
fn a_library_that_changes_is_searched_again_and_the_choice_stays() {
    let mut script = library();
    script.keys("\\a<down><down><down><down>");
    let chosen = rows(&script).into_iter().find(|row| row.starts_with('>'));
    script.is_slow = true;
    script.tell(Message::Library(Update::Changed(Changes {
        gone: vec![EntryId(2)],
        ..Changes::default()
    })));
    let first = searches(&mut script);
    script.tell(Message::Library(Update::Changed(Changes {
        gone: vec![EntryId(2)],
        ..Changes::default()
    })));
    assert_eq!(
        (first.len(), searches(&mut script).len()),
        (1, 0),
        "one at a time"
    );
    for answer in script.answers(&first[0]) {
        script.tell(answer);
    }
    assert_eq!(searches(&mut script).len(), 1);
    assert_eq!(
        rows(&script).into_iter().find(|row| row.starts_with('>')),
        chosen
    );
    script.keys("<esc>");
    script.tell(Message::Library(Update::Changed(Changes {
        gone: vec![EntryId(1)],
        ..Changes::default()
    })));
    assert!(searches(&mut script).is_empty(), "not behind the scenes");
}

#[test]
fn a_search_asked_again_never_shows_less_until_all_is_found() {
    let mut script = library();
    script.keys("\\水位");
    let before = rows(&script);
    script.is_slow = true;
    script.tell(Message::Library(Update::Changed(Changes {
        gone: vec![EntryId(2)],
        ..Changes::default()
    })));
    let asked = searches(&mut script);
    let answers = script.answers(&asked[0]);
    let Message::Library(Update::Hits { number, .. }) = answers[0] else {
        panic!("{answers:?}")
    };
    script.tell(Message::Library(Update::Hits {
        number,
        hits: Hits::default(),
    }));
    script.tell(Message::Library(Update::Snippets {
        number,
        articles: 0..0,
        snippets: Vec::new(),
    }));
    assert_eq!(rows(&script), before, "a part of an answer");
    for answer in answers {
        script.tell(answer);
        assert_eq!(
            rows(&script),
            before,
            "no snippet is taken away before it comes again"
        );
    }
    assert!(
        searches(&mut script).is_empty() && !script.model.search.totals().unwrap().is_searching
    );
}

#[test]
fn an_article_that_matches_only_in_its_title_has_no_more_matches() {
    let mut script = library();
    script.is_slow = true;
    script.keys("\\鹤");
    let asked = searches(&mut script).pop().unwrap();
    for mut answer in script.answers(&asked) {
        match &mut answer {
            Message::Library(Update::Hits { hits, .. }) => {
                hits.articles = Arc::from([(EntryId(0), 1)]);
            }
            Message::Library(Update::Snippets { snippets, .. }) => {
                snippets.truncate(1);
                snippets[0].part = SnippetPart::Title;
            }
            _ => {}
        }
        script.tell(answer);
    }
    assert_eq!(rows(&script), ["# 鹤群回到湿地 1", "> 中 [鹤]"]);
}

#[test]
fn where_the_chosen_article_is_found_no_longer_the_next_one_is_chosen() {
    let articles: Vec<String> = (1..9)
        .map(|n| format!("---\ntitle: t{n}\ndate: 2026-01-0{n}\n---\n\n鹤。\n"))
        .collect();
    let mut script = Script::new(
        80,
        20,
        &articles.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    script.keys("\\鹤<tab>jjj");
    let chosen = |script: &Script| rows(script).iter().position(|row| row.starts_with('>'));
    let before = chosen(&script);
    script.tell(Message::Library(Update::Changed(Changes {
        gone: vec![EntryId(4)],
        ..Changes::default()
    })));
    assert_eq!((rows(&script).len(), chosen(&script)), (14, before));
    script.keys("<enter>");
    assert_eq!(script.id(), EntryId(3));
}

/// A library of many articles with a hit in each, and the snippets that were asked for.
#[test]
fn snippets_are_asked_for_where_one_looks() {
    let mut script = Script::new(80, 20, &[CRANES]);
    script.is_slow = true;
    script.keys("\\水");
    let Some(Effect::Library(Request::Search { number, .. })) = searches(&mut script).pop() else {
        panic!("no search")
    };
    let articles: Vec<(EntryId, u32)> = (0..50_000).map(|id| (EntryId(id), 7)).collect();
    let hits = Hits {
        articles: articles.into(),
        total: 350_000,
        is_final: true,
    };
    script.tell(Message::Library(Update::Hits { number, hits }));
    script.tell(Message::Library(Update::Snippets {
        number,
        articles: 0..200,
        snippets: Vec::new(),
    }));
    assert!(
        searches(&mut script).is_empty(),
        "what is known is enough for the first screens"
    );
    script.keys("<tab>");
    let mut asked = 0;
    for key in ["G", "gg", "G", "<pgup>", "<pgup>", "<pgup>", "gg", "<C-d>"] {
        script.keys(key);
        for effect in searches(&mut script) {
            let Effect::Library(Request::Snippets {
                number: of,
                from,
                count,
                ..
            }) = effect
            else {
                panic!("{effect:?}")
            };
            assert!(of == number && count <= 64 && from + count <= 50_000);
            asked += 1;
            script.tell(Message::Library(Update::Snippets {
                number,
                articles: from..from + count,
                snippets: Vec::new(),
            }));
        }
    }
    assert!((1..8).contains(&asked), "{asked} questions");
    assert_eq!(script.model.search.rows().count(), 17);
}

#[test]
fn a_text_that_was_edited_since_is_opened_nearby() {
    let mut script = library();
    script.keys("\\巡护<C-a><right>");
    script.texts[0] =
        super::support::text(&CRANES.replace("附近的居民参加了", "## 又一节\n\n居民也参加了"));
    script.tell(Message::Library(Update::Changed(Changes {
        changed: vec![(
            EntryId(0),
            super::support::entry(0, &script.texts[0].clone()),
        )],
        ..Changes::default()
    })));
    script.keys("<enter>");
    assert_eq!(script.page().matches(), Some((1, 1)));
    assert!(
        script.current().contains("居民也参加了巡护"),
        "{}",
        script.current()
    );
}

#[test]
fn a_filter_that_hides_the_article_is_lifted() {
    let mut script = library();
    script.keys("/茶<enter>");
    assert_eq!(script.model.list().len(), 1);
    script.keys("\\芦苇<enter>");
    assert_eq!(
        (script.model.list().query(), script.id()),
        (None, EntryId(0))
    );
    assert!(script.notice().starts_with("Filter cleared"));
}

#[test]
fn the_mouse_selects_and_opens_and_pastes_are_searched_for() {
    let mut script = library();
    script.keys("\\");
    script.tell(Message::Paste("湿地\n".to_owned()));
    assert_eq!(rows(&script)[0], "# 鹤群回到湿地 3");
    let body = script.model.search.body();
    let press = |row| {
        Message::Mouse(Mouse {
            kind: MouseKind::Press,
            column: 10,
            row: body.y + row,
        })
    };
    script.tell(press(3));
    assert_eq!(rows(&script)[3], "> 中 [湿地]");
    script.tell(press(20));
    assert!(script.model.search.is_open, "there is nothing");
    script.tell(press(3));
    assert!(!script.model.search.is_open);
    assert_eq!(script.page().matches().map(|(at, _)| at), Some(3));
}

#[test]
fn the_selection_is_always_on_the_screen() {
    let articles: Vec<String> = (1..9)
        .map(|n| {
            format!(
                "---\ntitle: t{n}\ndate: 2026-01-0{n}\n---\n\n{}",
                "鹤。\n\n".repeat(n)
            )
        })
        .collect();
    let articles: Vec<&str> = articles.iter().map(String::as_str).collect();
    for (columns, rows_) in [(80, 24), (60, 6), (20, 4), (10, 3), (5, 2), (1, 1)] {
        let mut script = Script::new(columns, rows_, &articles);
        script.keys("\\鹤<tab>");
        for key in [
            "j", "j", "j", "j", "<pgdn>", "k", "G", "<pgup>", "k", "k", "gg", "<C-d>", "<C-d>",
            "<C-u>", "4j", "3k",
        ] {
            script.keys(key);
            let is_shown = rows(&script).iter().any(|row| row.starts_with('>'));
            assert!(
                is_shown || script.model.search.body().rows == 0,
                "{columns}×{rows_} after {key}: {:?}",
                rows(&script)
            );
        }
        script.tell(Message::Resized(Area {
            columns: 100,
            rows: 8,
        }));
        assert!(rows(&script).iter().any(|row| row.starts_with('>')));
    }
}

#[test]
fn a_search_before_the_end_of_the_walk_is_asked_again_at_its_end() {
    let mut script = Script::new(100, 24, &[CRANES]);
    script.keys("\\鹤");
    script.is_slow = true;
    script.took();
    let elapsed = std::time::Duration::ZERO;
    script.tell(Message::Library(Update::Progress {
        read: 1,
        found: 1,
        elapsed,
        finished: false,
    }));
    assert!(
        !script
            .took()
            .iter()
            .any(|effect| matches!(effect, Effect::Library(Request::Search { .. })))
    );
    script.tell(Message::Library(Update::Progress {
        read: 1,
        found: 1,
        elapsed,
        finished: true,
    }));
    assert!(
        script
            .took()
            .iter()
            .any(|effect| matches!(effect, Effect::Library(Request::Search { .. }))),
        "its last texts come late"
    );
}
