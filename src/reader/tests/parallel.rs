//! Both languages at once.

use super::support::{CRANES, Script, long_english};
use crate::catalog::EntryId;
use crate::reader::{Area, Effect, Message, PageSource, Stacking};
use crate::text::Language;

/// The lines of the screen that begin or go on with a text.
fn line_with(script: &Script, text: &str) -> String {
    script
        .screen()
        .into_iter()
        .find(|line| line.contains(text))
        .unwrap_or_default()
}

#[test]
fn side_by_side_what_answers_stands_in_the_same_row() {
    let mut script = Script::cranes(200, 60);
    script.keys("X");
    assert!(script.page().is_beside());
    for (chinese, english) in [
        ("水位：", "Water:"),
        ("鹤群：", "Cranes:"),
        ("居民：", "Neighbours:"),
        ("我们等了", "We waited"),
    ] {
        let line = line_with(&script, chinese);
        assert!(line.contains(" | ") && line.contains(english), "{line}");
    }
    // The heading has no answer: a gap beside it.
    assert_eq!(
        line_with(&script, "十年之后"),
        "十年之后，鹤群回到了北方的湿地"
    );
    script.keys("X");
    assert!(!script.page().is_parallel());
}

#[test]
fn both_languages_and_the_list_are_shown_where_all_three_fit() {
    for (columns, list, is_beside) in [
        (200, true, true),
        (115, true, true),
        (114, false, true),
        (84, false, true),
        (83, true, false),
    ] {
        let mut script = Script::cranes(columns, 40);
        script.keys("X");
        let layout = script.model.layout;
        assert_eq!(
            (layout.list.is_some(), script.page().is_beside()),
            (list, is_beside),
            "{columns}"
        );
        assert!(layout.list.is_none_or(|list| list.body.columns >= 28));
        // Chinese needs less than half of the columns.
        let columns_of = |side| {
            script
                .page()
                .share
                .width(side, script.page().settings.columns)
        };
        assert!(!is_beside || columns_of(Language::Chinese) < columns_of(Language::English));
        // The list is back with one language.
        script.keys("X");
        assert!(script.model.layout.list.is_some() && script.is_in_article());
    }
}

#[test]
fn hiding_the_list_beside_both_languages_says_why_it_does_nothing() {
    let mut script = Script::cranes(100, 40);
    script.keys("Xz");
    assert_eq!(
        script.notice(),
        "The list has no room beside both languages · X shows one"
    );
    script.keys("X");
    assert!(script.model.layout.list.is_some());
    let mut script = Script::cranes(160, 40);
    script.keys("Xz");
    assert!(script.model.layout.list.is_none() && script.page().is_beside());
    script.keys("z");
    assert!(script.model.layout.list.is_some());
}

#[test]
fn the_list_makes_way_for_two_columns_and_comes_back() {
    let mut script = Script::cranes(100, 40);
    script.keys("X");
    assert!(script.page().is_beside() && script.model.layout.list.is_none());
    script.keys("h");
    assert!(
        script.model.layout.list.is_some()
            && script.page().is_parallel()
            && !script.page().is_beside()
    );
    script.keys("l");
    assert!(script.page().is_beside());
    script.keys("X");
    assert!(script.model.layout.list.is_some() && script.is_in_article());
}

#[test]
fn on_narrow_screens_pair_stands_after_pair() {
    let mut script = Script::cranes(80, 60);
    script.keys("X");
    assert!(script.page().is_parallel() && !script.page().is_beside());
    let screen = script.screen();
    let at = |text: &str| screen.iter().position(|line| line.contains(text)).unwrap();
    assert!(
        at("水位：") < at("Water:") && at("Water:") < at("鹤群：") && at("鹤群：") < at("Cranes:")
    );
    let is_quiet = |row: &crate::reader::PageRow<'_>| row.stacking == Stacking::Under;
    assert!(
        script
            .page()
            .visible_rows()
            .all(|row| is_quiet(&row) == (row.source == PageSource::Text(Language::English)))
    );
}

#[test]
fn the_choice_is_kept_from_article_to_article() {
    let mut script = Script::new(
        160,
        40,
        &[
            CRANES,
            &long_english(3),
            &CRANES.replace("2026-03-02", "2026-01-01"),
        ],
    );
    script.keys("<enter>X");
    assert!(script.page().is_parallel());
    script.keys("J");
    assert_eq!(
        (script.id(), script.page().is_parallel()),
        (EntryId(1), false)
    );
    script.keys("J");
    assert_eq!(
        (script.id(), script.page().is_parallel()),
        (EntryId(2), true)
    );
    script.tell(Message::Resized(Area {
        columns: 80,
        rows: 20,
    }));
    assert!(script.page().is_parallel() && !script.page().is_beside());
}

#[test]
fn everything_keeps_working_side_by_side() {
    let mut script = Script::cranes(120, 12);
    script.keys("X}}");
    let before = script.screen();
    let block = script.current().to_owned();
    script.keys("x");
    assert_eq!(script.page().side(), Language::English);
    script.keys("x");
    assert_eq!(
        (script.screen(), script.current()),
        (before, block.as_str())
    );
    // A find looks in both columns, in the order of the page.
    script.keys("gg/Cranes:<enter>");
    assert!(line_with(&script, "Cranes:").contains("鹤群："));
    assert_eq!(script.page().matches(), Some((1, 1)));
    script.keys("<esc>gg/鹤群<enter>");
    assert!(script.page().matches().is_some_and(|(_, all)| all >= 2));
    script.keys("<esc>G");
    assert_eq!(script.page().percentage(), 100);
    script.keys("gg)");
    assert!(script.current().starts_with("要点"), "{}", script.current());
    // Both columns are marked.
    let marked: Vec<PageSource> = script
        .page()
        .visible_rows()
        .filter(|row| row.is_current)
        .map(|row| row.source)
        .collect();
    assert_eq!(marked.len(), 2);
    script.keys("ggf");
    assert!(!script.model.link_hints.is_empty());
}

#[test]
fn an_answer_unfolds_under_its_block_and_folds_again() {
    let mut script = Script::cranes(120, 40);
    script.keys("}}}");
    let before = script.screen();
    let current = script.current().to_owned();
    script.keys("p");
    let unfolded: Vec<String> = script
        .page()
        .visible_rows()
        .filter(|row| row.stacking == Stacking::Unfolded)
        .map(|row| row.document.block_text(row.block as usize).to_owned())
        .collect();
    assert!(
        current.starts_with("水位") && unfolded[0].starts_with("Water:"),
        "{current}: {unfolded:?}"
    );
    assert_eq!(script.current(), current);
    let first = before
        .iter()
        .position(|line| line.contains("水位"))
        .unwrap();
    assert_eq!(script.screen()[..=first], before[..=first]);
    script.keys("p");
    assert_eq!(script.screen(), before);
    script.keys("gg");
    script.keys("p");
    // The first heading has no answer.
    assert_eq!(script.notice(), "No translation for this paragraph");
    let mut single = Script::walk(100, 20);
    single.keys("p");
    assert_eq!(single.notice(), "This article is in English only");
}

#[test]
fn pairs_are_split_merged_and_reset() {
    let mut script = Script::cranes(160, 50);
    script.keys("X");
    let before = script.screen();
    while !script.current().starts_with("水位") {
        script.keys("}");
    }
    let line = |script: &Script, text: &str| line_with(script, text);
    script.keys("[");
    assert!(!line(&script, "水位：").contains("Water:"));
    assert!(line(&script, "Water:").starts_with(" | "));
    script.keys("J").keys("K");
    assert!(
        line(&script, "Water:").starts_with(" | "),
        "kept while the program runs"
    );
    while !script.current().starts_with("水位") {
        script.keys("}");
    }
    script.keys("]");
    assert!(line(&script, "水位：").contains("Water:"));
    script.keys("]");
    assert!(script.notice().starts_with("Merged"));
    script.keys("=gg");
    assert_eq!(script.screen(), before);
    script.keys("=");
    assert_eq!(script.notice(), "No pair has been changed");
    script.keys("X[");
    assert!(script.notice().contains('X'));
}

#[test]
fn a_pair_is_copied_as_two_lines() {
    let mut script = Script::cranes(120, 40);
    script.keys("GY");
    let pair = "我们等了十年，终于等到了它们。\nWe waited ten years, and at last they came.\n";
    assert_eq!(script.took(), [Effect::Copy(pair.to_owned())]);
    script.keys("xY");
    assert_eq!(script.took(), [Effect::Copy(pair.to_owned())]);
    script.keys("xXY");
    assert_eq!(script.took(), [Effect::Copy(pair.to_owned())]);
}

/// The sample with a slip: a figure ten times too small in Chinese.
fn slipped() -> String {
    let chinese = CRANES.replace("芦苇也长了回来。", "芦苇也长了回来。巡护花了 8600 万元。");
    chinese.replace(
        "and the reeds have grown back.",
        "and the reeds have grown back. The patrols cost 860 million yuan.",
    )
}

#[test]
fn figures_that_disagree_are_named_lit_and_listed() {
    let agreeing = Script::cranes(120, 40);
    assert_eq!(
        (
            agreeing.page().mismatch_notice(),
            agreeing.page().mismatches().count()
        ),
        (None, 0)
    );
    let mut script = Script::new(120, 40, &[&slipped()]);
    script.keys("<enter>");
    assert_eq!(
        script.page().mismatch_notice(),
        None,
        "the first block has none"
    );
    script.keys("}");
    let notice = "8600 万元 ≠ 860 million yuan (86,000,000 and 860,000,000, 10 times)";
    assert_eq!(
        script
            .page()
            .mismatch_notice()
            .map(|[full, _]| full)
            .as_deref(),
        Some(notice)
    );
    let lit = |script: &Script| {
        let rows = script.page().visible_rows().flat_map(|row| {
            let ranges = script
                .page()
                .mismatch_ranges(row.source, &row.row.range)
                .to_vec();
            ranges.into_iter().map(move |range| {
                row.document.text[range.start as usize..range.end as usize].to_owned()
            })
        });
        rows.collect::<Vec<String>>()
    };
    assert_eq!(lit(&script), ["8600 万元"]);
    script.keys("gg:problems<enter>");
    let lines: Vec<String> = script
        .model
        .popup
        .as_ref()
        .unwrap()
        .lines()
        .map(|(line, _)| line.text.clone())
        .collect();
    assert_eq!(lines[0], "Figures that disagree");
    assert!(lines[1].starts_with("8600 万元 ≠ 860 million yuan"));
    assert!(
        lines[2].contains("巡护花了 8600 万元")
            && lines[3].contains("The patrols cost 860 million yuan"),
        "{lines:?}"
    );
    script.keys("<down><enter>");
    assert!(script.current().contains("8600 万元") && script.is_in_article());
    script.keys("xX");
    assert_eq!(
        script
            .page()
            .mismatch_notice()
            .map(|[full, _]| full)
            .as_deref(),
        Some(notice)
    );
    let mut both = lit(&script);
    both.sort();
    both.dedup();
    assert_eq!(both, ["860 million yuan", "8600 万元"]);
    // Who parts the pair has answered the question.
    script.keys("[");
    assert_eq!(script.page().mismatches().count(), 0);
    script.keys("=");
    assert_eq!(script.page().mismatches().count(), 1);
}

/// Many paragraphs in both languages, more than are aligned while one waits.
fn long_pair() -> String {
    let side = |of: &dyn Fn(usize) -> String| (1..=450).map(of).collect::<Vec<String>>().concat();
    let chinese = side(&|number| {
        format!("第{number}段说的是湿地里的第{number}只鹤，它每年春天都从南方飞回来。\n\n")
    });
    let english = side(&|number| {
        format!(
            "Paragraph {number} is about crane {number}, which comes back from the south every spring.\n\n"
        )
    });
    format!("---\ntitle: 长文\n---\n\n{chinese}\n---\n\n**Summary:**\n\n{english}")
}

#[test]
fn a_long_text_is_read_before_it_is_aligned() {
    let mut script = Script::new(160, 40, &[&long_pair()]);
    script.keys("<enter>20}");
    assert!(script.page().text().is_bilingual() && !script.page().text().is_quick());
    let before = script.screen();
    script.keys("x");
    assert_eq!(script.page().side(), Language::English);
    script.keys("xX");
    assert_eq!(script.screen(), before);
    assert!(script.notice().contains("being aligned"));
    script.page().text().alignment();
    script.keys("X");
    assert!(script.page().is_beside());
    let line = line_with(&script, "第21段");
    assert!(line.contains("Paragraph 21 "), "{line}");
}
