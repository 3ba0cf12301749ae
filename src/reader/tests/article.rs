//! Moving and reading in an article.

use super::support::{CRANES, Script, long_english};
use crate::catalog::EntryId;
use crate::reader::{Area, Effect, HeaderPart, Message, PageSource};
use crate::text::Language;

#[test]
fn the_header_stands_above_the_text() {
    let script = Script::cranes(120, 40);
    let headers: Vec<HeaderPart> = script
        .page()
        .visible_rows()
        .filter_map(|row| row.header)
        .collect();
    assert_eq!(headers, [HeaderPart::Title, HeaderPart::Facts]);
    let screen = script.screen();
    assert_eq!(
        screen[..4],
        [
            "鹤群回到湿地",
            "2026-03-02 08:30 · field notes · nature, birds · example.org ↗",
            "",
            "十年之后，鹤群回到了北方的湿地"
        ]
    );
    // The host leads to the whole link.
    let link = script
        .page()
        .visible_rows()
        .flat_map(|row| row.rows.pieces_of(row.row))
        .find_map(|piece| piece.link);
    let links = &script.page().document_of(PageSource::Header).links;
    assert_eq!(
        links[link.unwrap() as usize].target,
        "https://example.org/cranes"
    );
}

#[test]
fn the_facts_are_one_line_and_nothing_is_said_twice() {
    let tags: Vec<String> = (0..12)
        .map(|number| format!("- tag number {number}"))
        .collect();
    let article = format!(
        "---\ntitle: A walk\ndate: 2026-02-01\nauthor: example.org\nlink: https://www.example.org/a/very/long/path/indeed\n\
         tags:\n{}\n---\n\n# A walk\n\nWe walked through the hills.\n\n## A walk\n\nAnd back.\n",
        tags.join("\n")
    );
    let mut script = Script::new(88, 24, &[&article]);
    script.keys("<enter>");
    assert_eq!(
        script.screen()[..7],
        [
            "A walk",
            "2026-02-01 · tag number 0, … · example.org ↗",
            "",
            "We walked through the hills.",
            "",
            "",
            "A walk"
        ]
    );
    assert_eq!(script.current(), "We walked through the hills.");
    // What is hidden can be gone to: the title says the same.
    script.keys("}}{{{t<enter>");
    assert!(script.page().is_at_start());
    script.keys("G/A walk<enter>n");
    assert_eq!(script.screen()[0], "A walk");
}

#[test]
fn problems_are_one_mark_in_the_line_of_facts() {
    let mut script = Script::new(
        80,
        24,
        &["---\ntitle: A walk\ndate: 2026-99-99\n---\n\nWe walked.\n"],
    );
    script.keys("<enter>");
    assert_eq!(script.screen()[1], "2026-99-99 · ! 1 problem");
}

#[test]
fn one_article_in_one_language_says_so() {
    let mut script = Script::walk(120, 40);
    assert_eq!(script.page().side(), Language::English);
    assert_eq!(script.screen()[1], "2026-02-01 · walker");
    script.keys("x");
    assert_eq!(
        (script.page().side(), script.model.settings.language),
        (Language::English, Language::English)
    );
    script.keys("x");
    assert_eq!(script.notice(), "This article is in English only");
}

#[test]
fn pinyin_stands_above_chinese() {
    let mut script = Script::cranes(100, 40);
    let plain = script.screen();
    script.keys("P");
    assert_eq!(script.notice(), "Pinyin");
    let screen = script.screen();
    assert_eq!(
        screen[..2],
        ["hè qún huí dào shī dì", "鹤 群  回  到  湿  地"]
    );
    assert_eq!(screen[2], plain[1], "of the header, only the title");
    assert_eq!(
        screen[4],
        "shí nián zhī hòu hè qún huí dào le běi fāng de shī dì"
    );
    assert_eq!(
        screen[5],
        "十   年  之  后，鹤 群  回  到  了 北   方  的 湿  地"
    );
    script.keys("PPP");
    assert_eq!(script.notice(), "No pinyin, no glosses");
    assert_eq!(script.screen(), plain);
}

#[test]
fn glosses_stand_above_hard_words_that_are_not_known() {
    let mut script = Script::cranes(100, 40);
    let plain = script.screen();
    script.keys("}.PP");
    assert_eq!(script.notice(), "Glosses over hard words");
    let screen = script.screen();
    let at = |word: &str| screen.iter().position(|line| line.contains(word)).unwrap();
    // 湿地 is of HSK 7-9, 芦苇 in no list; of 从前 (5) the sense that the translation says is not asked for.
    let row = at("湿地里");
    assert!(screen[row - 1].contains("wetland"), "{screen:#?}");
    let column = |line: &str, part: &str| {
        let before = &line[..line.find(part).unwrap()];
        crate::typeset::columns(before, crate::typeset::Ambiguous::Narrow)
    };
    assert_eq!(
        column(&screen[row - 1], "wetland"),
        column(&screen[row], "湿地")
    );
    assert!(
        screen.iter().any(|line| line.contains("reed")),
        "{screen:#?}"
    );
    // Both at once: the gloss above the pinyin.
    script.keys("P");
    assert_eq!(script.notice(), "Pinyin and glosses");
    let screen = script.screen();
    let row = screen
        .iter()
        .position(|line| line.contains("shī dì lǐ"))
        .unwrap();
    assert!(screen[row - 1].contains("wetland"), "{screen:#?}");
    // What is known has none.
    script.keys("PPPgg}.vwwK<esc>");
    assert!(!script.screen().iter().any(|line| line.contains("wetland")));
    script.keys("PP");
    assert_eq!(script.screen().len(), plain.len());
    assert_eq!(script.screen(), plain);
}

#[test]
fn english_has_chinese_glosses_and_a_level_decides() {
    let mut script = Script::cranes(100, 40);
    script.keys("xPP");
    let screen = script.screen();
    assert!(screen.iter().any(|line| line.contains('湿')), "{screen:#?}");
    let level = |script: &mut Script, level: &str| {
        super::programs::set(script, &format!("english_level={level}"));
        script.screen()
    };
    let all = level(&mut script, "0");
    assert!(all.iter().any(|line| line.contains('春')), "{all:#?}");
    let none = level(&mut script, "8");
    script.keys("PP");
    assert_eq!(none, script.screen());
}

#[test]
fn pinyin_stays_on_from_article_to_article() {
    let mut script = Script::cranes(100, 40);
    script.keys("Px");
    assert_eq!(script.page().side(), Language::English);
    let english = script.screen();
    script.keys("PPP");
    assert_eq!(script.screen(), english);
    script.keys("P");
    assert_eq!(script.notice(), "Pinyin (shown with Chinese)");
    script.keys("xJK");
    assert!(script.model.settings.pinyin);
    assert_eq!(script.screen()[1], "鹤 群  回  到  湿  地");
}

#[test]
fn what_is_found_is_lit_under_its_pinyin() {
    let mut script = Script::cranes(60, 24);
    script.keys("P/水位<enter>");
    let current = script.page().visible_rows().find_map(|row| {
        let mut marks = script.page().highlights(row.source, &row.row.range);
        let (mark, _) = marks.find(|(_, is_current)| *is_current)?;
        let piece = row.rows.pieces_of(row.row).iter().find(|piece| {
            matches!(&piece.origin, crate::typeset::Origin::Document(range) if range.contains(&mark.start))
        })?;
        Some((
            row.rows.plain(row.rows.rows.iter().position(|other| std::ptr::eq(other, row.row))?, row.document),
            piece.role.kind,
        ))
    });
    let (line, kind) = current.expect("the match is on the screen");
    assert!(
        line.contains("水  位") && kind != crate::typeset::RoleKind::Pinyin,
        "{line}"
    );
}

#[test]
fn lines_screens_and_ends() {
    let mut script = Script::walk(100, 20);
    let top = script.screen();
    script.keys("j");
    assert_eq!(script.screen()[0], top[1]);
    script.keys("<down>3k");
    assert_eq!(script.screen(), top);
    script.keys("5j");
    assert_eq!(script.screen()[0], top[5]);
    script.keys("gg<C-d>");
    let half = script.screen();
    script.keys("<C-u>");
    assert_eq!(script.screen(), top);
    script.keys(" ");
    let full = script.screen();
    assert_eq!(full[..2], top[top.len() - 2..], "two rows stay");
    script.keys("<C-b><C-f>");
    assert_eq!(script.screen(), full);
    script.keys("b<pgdn><C-e><C-y>");
    assert_eq!(script.screen(), full);
    script.keys("<home>j<C-d>k");
    assert_eq!(script.screen(), half);
    script.keys("G");
    assert_eq!(script.page().percentage(), 100);
    assert!(script.screen().last().unwrap().ends_with("today."));
    let end = script.screen();
    script.keys("jjj<C-d><C-e>");
    assert_eq!(script.screen(), end);
    script.keys("k<end>");
    assert_eq!(script.screen(), end);
    script.keys("gg");
    assert_eq!(script.screen(), top);
}

#[test]
fn blocks_and_headings() {
    let mut script = Script::walk(100, 20);
    assert_eq!(script.current(), "Part 1");
    script.keys("}");
    assert!(script.current().starts_with("Paragraph 1 "));
    script.keys("3}");
    assert!(script.current().starts_with("Paragraph 4 "));
    script.keys("{");
    assert!(script.current().starts_with("Paragraph 3 "));
    script.keys(")");
    assert_eq!(
        (script.current(), script.screen()[0].as_str()),
        ("Part 2", "Part 2")
    );
    script.keys("2)(");
    assert_eq!(script.current(), "Part 3");
    script.keys("9(");
    assert_eq!(script.current(), "Part 1");
    script.keys("(");
    assert_eq!(script.notice(), "No heading above");
    script.keys("G)");
    assert_eq!(script.notice(), "No heading below");
    script.keys("gg99999}");
    assert!(script.current().starts_with("Paragraph 60 "));
    assert_eq!(script.page().percentage(), 100);
}

#[test]
fn every_block_of_a_short_article_is_reached_and_arrows_only_scroll() {
    let mut script = Script::cranes(120, 60);
    assert_eq!(script.page().percentage(), 100);
    let (screen, blocks) = (script.screen(), script.page().document().blocks.len());
    for block in 1..blocks {
        script.keys("}");
        assert_eq!(script.page().current_block(), Some(block as u32));
    }
    script.keys("2{");
    assert_eq!(script.page().current_block(), Some(blocks as u32 - 3));
    script.keys("<down><up>");
    assert_eq!(script.page().current_block(), Some(blocks as u32 - 3));
    assert_eq!(script.screen(), screen);
}

#[test]
fn the_marker_moves_inside_the_screen_and_scrolls_only_at_its_edge() {
    let mut script = Script::walk(100, 20);
    let top = script.screen();
    script.keys("2}");
    assert!(script.current().starts_with("Paragraph 2 "));
    assert_eq!(script.screen(), top, "it is on the screen already");
    script.keys("6}");
    let (last, screen) = (script.current().to_owned(), script.screen());
    assert!(last.starts_with("Paragraph 8 ") && screen.last().unwrap().ends_with("today."));
    script.keys("{");
    assert_eq!(script.screen(), screen);
    script.keys("5{");
    assert!(script.screen()[0].starts_with("Paragraph 2 "));
    // Scrolling carries the marker along when it would leave the screen.
    script.keys("jjjj");
    assert!(script.current().starts_with("Paragraph 3 "));
    script.keys("99}");
    let rows = script.screen().len();
    script.keys(&format!("{rows}k"));
    assert!(script.page().visible_rows().any(|row| row.is_current));
    script.keys("gg");
    assert_eq!(script.screen(), top);
    // A smaller screen does not lose it.
    script.keys("2}");
    let (columns, rows) = (100, 20);
    script.tell(Message::Resized(Area { columns, rows: 4 }));
    script.tell(Message::Resized(Area { columns, rows }));
    assert!(script.current().starts_with("Paragraph 2 "));
    assert_eq!(script.screen(), top);
}

#[test]
fn toggling_stays_at_the_same_block() {
    let mut script = Script::cranes(60, 12);
    for (chinese, english) in [
        ("水位", "Water"),
        ("鹤群", "Cranes"),
        ("居民", "Neighbours"),
        ("我们等了", "We waited"),
    ] {
        script.keys("<home>");
        while !script.current().starts_with(chinese) {
            script.keys("}");
        }
        let y = script
            .page()
            .visible_rows()
            .find(|row| row.is_current)
            .unwrap()
            .y;
        script.keys("x");
        assert!(
            script.current().starts_with(english),
            "{chinese}: {}",
            script.current()
        );
        let at = script
            .page()
            .visible_rows()
            .find(|row| row.is_current)
            .unwrap()
            .y;
        assert!(
            at == y || script.page().percentage() == 100,
            "{chinese}: {y} and {at}"
        );
        script.keys("<tab>");
        assert!(script.current().starts_with(chinese));
    }
    assert_eq!(script.model.settings.language, Language::Chinese);
}

#[test]
fn the_language_is_one_preference_for_the_program() {
    let mut script = Script::new(
        100,
        24,
        &[CRANES, &CRANES.replace("2026-03-02", "2026-03-01")],
    );
    script.keys("x");
    assert_eq!(script.page().side(), Language::English);
    assert!(
        script.screen()[0].starts_with("Cranes return"),
        "{}",
        script.screen()[0]
    );
    script.keys("j");
    assert_eq!(
        (script.id(), script.page().side()),
        (EntryId(1), Language::English)
    );
    script.keys("<enter>xJK");
    assert_eq!(
        (script.id(), script.page().side()),
        (EntryId(0), Language::Chinese)
    );
}

#[test]
fn a_resize_keeps_the_text_and_coming_back_the_very_row() {
    let mut script = Script::walk(100, 20);
    script.keys("20j");
    let before = script.screen();
    let first = script.page().visible_rows().next().unwrap().row.range.start;
    for columns in [40, 55, 90, 200, 70, 20] {
        script.tell(Message::Resized(Area { columns, rows: 20 }));
        let range = &script.page().visible_rows().next().unwrap().row.range;
        assert!(range.contains(&first), "{columns}: {first} in {range:?}");
    }
    script.tell(Message::Resized(Area {
        columns: 100,
        rows: 20,
    }));
    assert_eq!(script.screen(), before);
}

#[test]
fn the_measure_changes_and_is_kept() {
    let mut script = Script::walk(200, 30);
    assert_eq!(script.page().columns(), 88);
    script.keys("<lt><lt>");
    assert_eq!(
        (script.page().columns(), script.notice()),
        (80, "Lines of 80 columns")
    );
    script.keys(">J");
    assert_eq!(script.page().columns(), 84);
    script.tell(Message::Resized(Area {
        columns: 80,
        rows: 30,
    }));
    script.keys(">");
    assert!(
        script.notice().ends_with("the whole pane"),
        "{}",
        script.notice()
    );
    script.tell(Message::Resized(Area {
        columns: 200,
        rows: 30,
    }));
    assert_eq!(script.page().columns(), 84);
    script.keys("《");
    assert_eq!(script.page().columns(), 80);
}

#[test]
fn a_reader_who_comes_back_finds_the_place() {
    let mut script = Script::walk(100, 20);
    script.keys("37j");
    let left = script.screen();
    script.keys("K");
    assert_eq!(script.id(), EntryId(1));
    script.keys("J");
    assert_eq!((script.id(), script.screen()), (EntryId(0), left));
}

#[test]
fn the_end_is_one_hundred_percent_and_nothing_else() {
    let mut script = Script::walk(100, 20);
    let mut last = script.page().percentage();
    while script.page().percentage() < 100 {
        script.keys("j");
        let now = script.page().percentage();
        assert!(now >= last);
        last = now;
        let (from, to) = script.page().bar();
        assert!(from < to && to <= 1.0);
        assert_eq!(to >= 1.0, now == 100);
    }
    assert!(script.screen().last().unwrap().ends_with("today."));
    script.keys("k");
    assert_eq!(script.page().percentage(), 99);
}

#[test]
fn one_pane_at_a_time_on_narrow_screens() {
    let mut script = Script::new(40, 10, &[CRANES]);
    assert!(script.model.layout.article.is_none());
    script.keys("<right>");
    assert!(script.model.layout.list.is_none() && script.is_in_article());
    script.keys("<esc>");
    // A single article has no list to go back to.
    assert!(script.is_in_article());
    script.keys("h");
    assert!(script.model.layout.article.is_none());
}

#[test]
fn only_the_article() {
    let mut script = Script::cranes(120, 30);
    script.keys("z");
    assert!(script.model.layout.list.is_none());
    script.keys("z");
    assert!(script.model.layout.list.is_some() && script.is_in_article());
    script.keys("zq");
    assert!(script.model.layout.list.is_some() && !script.is_in_article());
    assert_eq!(script.took(), []);
    script.keys("q");
    assert_eq!(script.took(), [Effect::Quit]);
}

#[test]
fn quitting_a_single_article_quits() {
    let mut script = Script::new(100, 30, &[CRANES]);
    script.keys("<enter>q");
    assert_eq!(script.took(), [Effect::Quit]);
    script.keys("<C-c><C-z>");
    assert_eq!(script.took(), [Effect::Quit, Effect::Suspend]);
}

#[test]
fn what_was_copied_is_said() {
    let mut script = Script::cranes(120, 40);
    script.keys("c");
    assert_eq!(script.notice(), "Copied the heading");
    script.keys("}c");
    assert_eq!(script.notice(), "Copied paragraph 1");
    script.keys("}}Y");
    assert_eq!(script.notice(), "Copied paragraph 2, Chinese and English");
    script.keys("y");
    assert_eq!(script.notice(), "Copied the link");
}

#[test]
fn the_whole_article_is_copied_as_markdown_with_its_source() {
    let mut script = Script::cranes(120, 40);
    script.keys("C");
    assert_eq!(script.notice(), "Copied the article as Markdown, Chinese");
    let [Effect::Copy(copy)] = &script.took()[..] else {
        panic!("one copy");
    };
    let head = "# 鹤群回到湿地\n\n2026-03-02 08:30 · field notes\n<https://example.org/cranes>\n\n# 十年之后";
    assert!(copy.starts_with(head), "{copy}");
    assert!(
        copy.contains("[巡护](https://example.org/patrol)") && !copy.contains("wetland"),
        "{copy}"
    );
    script.keys("xXC");
    assert_eq!(
        script.notice(),
        "Copied the article as Markdown, Chinese and English"
    );
    let [Effect::Copy(copy)] = &script.took()[..] else {
        panic!("one copy");
    };
    let (english, chinese) = (copy.find("**Summary").unwrap(), copy.find("要点").unwrap());
    assert!(english < chinese, "{copy}");
}

#[test]
fn the_cursor_is_shown_only_where_one_types() {
    let mut script = Script::cranes(120, 40);
    script.model.settings.cursor = false;
    assert_eq!(script.model.cursor(), None);
    script.keys("/");
    assert!(script.model.cursor().is_some());
    script.keys("<esc><esc>");
    assert_eq!(script.model.cursor(), None);
}

#[test]
fn a_block_is_copied_with_its_source() {
    let mut script = Script::cranes(120, 40);
    script.keys("G").keys("c");
    let quotation = "> 我们等了十年，终于等到了它们。\n>\n> — 鹤群回到湿地 · field notes · 2026-03-02 08:30\n> https://example.org/cranes\n";
    assert_eq!(script.took(), [Effect::Copy(quotation.to_owned())]);
    assert_eq!(script.notice(), "Copied paragraph 5");
    script.keys("y");
    assert_eq!(
        script.took(),
        [Effect::Copy("https://example.org/cranes".to_owned())]
    );
}

#[test]
fn what_input_methods_send_counts_as_the_key() {
    let mut script = Script::walk(100, 20);
    script.keys("５ｊ");
    let five = script.screen();
    script.keys("gg5j");
    assert_eq!(script.screen(), five);
    script.keys("ｇｇ）");
    assert_eq!(script.current(), "Part 2");
    script.keys("（　");
    assert_ne!(script.current(), "Part 1");
    script.keys("？");
    assert!(script.model.popup.as_ref().is_some());
    script.keys("<esc>／");
    assert!(script.model.prompt.as_ref().is_some());
    script.keys("<esc>、");
    assert!(script.model.search.is_open);
}

#[test]
fn a_count_or_a_prefix_that_leads_nowhere_is_forgotten() {
    let mut script = Script::walk(100, 20);
    script.keys("12g");
    assert_eq!(script.model.pending(), "12g");
    script.keys("j");
    assert_eq!(script.model.pending(), "");
    script.keys("gg4Zj");
    let one = script.screen();
    script.keys("ggj");
    assert_eq!(script.screen(), one);
    script.keys("7<esc>");
    assert_eq!(
        (script.model.pending().as_str(), script.is_in_article()),
        ("", true)
    );
}

#[test]
fn an_empty_article_has_a_header_and_no_current_block() {
    let mut script = Script::new(100, 20, &["---\ntitle: Nothing\n---\n", CRANES]);
    script.keys("G<enter>");
    assert_eq!(script.page().current_block(), None);
    assert_eq!(script.page().percentage(), 100);
    assert!(
        script
            .page()
            .visible_rows()
            .all(|row| row.source == PageSource::Header)
    );
    script.keys("jkG}{)(cxf/a<enter>n");
    assert_eq!(script.page().current_block(), None);
}

#[test]
fn a_huge_article_is_laid_out_only_where_it_is_seen() {
    let mut script = Script::new(100, 20, &[&long_english(20_000)]);
    script.keys("<enter>G");
    assert_eq!(script.page().percentage(), 100);
    assert!(script.page().items_laid_out() < 200);
    script.keys("gg10)");
    assert_eq!(script.current(), "Part 11");
    assert!(script.page().items_laid_out() < 200);
}

#[test]
fn a_key_that_does_nothing_says_so() {
    let mut script = Script::walk(100, 20);
    script.keys("Z");
    assert_eq!(script.notice(), "Z is not bound · ? shows the keys");
    script.keys("j");
    assert_eq!(script.notice(), "");
    script.keys("<A-z>");
    assert_eq!(script.notice(), "Alt-z is not bound · ? shows the keys");
}

#[test]
fn ctrl_o_goes_back_from_a_footnote_the_outline_and_a_find() {
    let paragraphs: Vec<String> = (1..40)
        .map(|number| format!("Line {number} of the walk.\n\n"))
        .collect();
    let article = format!(
        "---\ntitle: A walk\n---\n\nWe began[^1] early.\n\n{}## The end\n\nBack home.\n\n[^1]: At six.\n",
        paragraphs.concat()
    );
    let mut script = Script::new(80, 20, &[&article]);
    script.keys("<enter>");
    let top = script.screen();
    script.keys("fa");
    assert_eq!(script.current(), "At six.");
    script.keys("<bs>");
    assert_eq!(script.screen(), top);
    script.keys("<A-o>");
    assert_eq!(script.current(), "At six.");
    script.keys("<C-o>}}}");
    let read = script.current().to_owned();
    script.keys("t<enter>");
    assert_eq!(script.current(), "The end");
    script.keys("/Line 20<enter>");
    assert!(script.current().starts_with("Line 20 "));
    script.keys("<C-o>");
    assert_eq!(script.current(), "The end");
    script.keys("<C-o>");
    assert_eq!(script.current(), read);
    script.keys("2<A-o>");
    assert!(script.current().starts_with("Line 20 "));
    script.keys("<A-o>");
    assert_eq!(script.notice(), "No place to go forward to");
    script.keys("9<C-o><C-o>");
    assert_eq!(script.notice(), "No place to go back to");
}

#[test]
fn the_pinyin_of_the_first_row_is_seen() {
    let mut script = Script::cranes(60, 12);
    script.keys("GP/水位<enter><esc>x");
    let english = script.screen();
    script.keys("x");
    assert_ne!(script.screen(), english);
    // The heading is put on the first row; the pinyin above it comes along.
    script.keys("gg)");
    assert!(
        script.screen()[0].starts_with("yào"),
        "{:?}",
        script.screen()
    );
    script.keys("x").keys("jkx");
    let screen = script.screen();
    assert!(screen[0].starts_with("yào"), "{screen:?}");
}

#[test]
fn the_editor_opens_at_the_current_paragraph_of_the_language_read() {
    let mut script = Script::cranes(80, 30);
    script.keys("}e<tab>e");
    let lines: Vec<u32> = script
        .took()
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Edit { line, .. } => Some(line),
            _ => None,
        })
        .collect();
    let lines: Vec<&str> = lines
        .into_iter()
        .map(|line| CRANES.lines().nth(line as usize - 1).unwrap())
        .collect();
    assert!(lines[0].starts_with("春天的湿地里"), "{lines:?}");
    assert!(lines[1].starts_with("In spring the calls"), "{lines:?}");
}
