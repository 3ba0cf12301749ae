//! Sentences that are lit, and selections.

use std::sync::Arc;

use super::support::{CRANES, Script, long_english};
use crate::bilingual::Text;
use crate::catalog::{Changes, Request, Update};
use crate::digest;
use crate::reader::{Area, Effect, MarkKind, Message, PageSource, Stacking, TextMark};
use crate::text::Language;

/// What is marked in a way, the left language first, with `|` between two parts.
fn marked(script: &Script, kind: MarkKind) -> String {
    let page = script.page();
    let side = PageSource::Text(page.side());
    let marks = page.marks().into_iter().filter(|mark| mark.kind == kind);
    let mut marks: Vec<TextMark> = marks.collect();
    marks.sort_by_key(|mark| mark.source != side);
    let texts: Vec<&str> = marks
        .iter()
        .map(|mark| page.document_of(mark.source).text_of(&mark.range))
        .collect();
    texts.join("|")
}

fn lit(script: &Script) -> String {
    marked(script, MarkKind::Lit)
}

fn selected(script: &Script) -> String {
    marked(script, MarkKind::Selected)
}

fn copied(script: &mut Script) -> Vec<String> {
    let texts = script.took().into_iter().filter_map(|effect| match effect {
        Effect::Copy(text) => Some(text),
        _ => None,
    });
    texts.collect()
}

/// What is unfolded.
fn unfolded(script: &Script) -> String {
    let rows = script.page().visible_rows();
    let rows = rows.filter(|row| row.stacking == Stacking::Unfolded);
    rows.map(|row| row.document.text_of(&row.row.range).to_owned())
        .collect()
}

const FIRST: &str = "春天的湿地里，人们又一次听到了鹤的叫声。";
const SECOND: &str = "十年前，这里的水几乎干了；现在，水位恢复到了从前的高度，芦苇也长了回来。";
const FIRST_EN: &str = "In spring the calls of cranes were heard over the wetland once more.";
const SECOND_EN: &str = "Ten years ago the water had almost dried up; now it stands as high as it ever did, and the reeds have grown back.";

#[test]
fn sentences_are_walked_over_and_back() {
    let mut script = Script::cranes(120, 40);
    assert_eq!(lit(&script), "");
    script.keys("}.");
    assert_eq!(lit(&script), FIRST, "one language: only what is read");
    script.keys(".");
    assert_eq!(lit(&script), SECOND);
    script.keys(".");
    assert!(lit(&script).starts_with("水位："), "a label is none");
    assert!(
        script.current().starts_with("水位："),
        "the block becomes the current one"
    );
    script.keys(",,");
    assert_eq!(lit(&script), FIRST);
    script.keys("2.,");
    assert_eq!(lit(&script), SECOND, "with a count");
    script.keys("99.");
    assert_eq!(lit(&script), "我们等了十年，终于等到了它们。");
    script.keys(".");
    assert_eq!(script.notice(), "No sentence below");
    script.keys("99,,");
    assert_eq!(script.notice(), "No sentence above");
    // It ends with Esc, and when another paragraph becomes the current one.
    script.keys("<esc>");
    assert_eq!((lit(&script).as_str(), script.is_in_article()), ("", true));
    script.keys(".");
    assert_eq!(lit(&script), "十年之后，鹤群回到了北方的湿地");
    script.keys("}");
    assert_eq!(
        (lit(&script).as_str(), &script.current()[..6]),
        ("", "春天")
    );
    script.keys(".");
    assert_eq!(
        lit(&script),
        FIRST,
        "and begins again at the current paragraph"
    );
}

#[test]
fn a_sentence_is_lit_at_once_and_its_translation_once_they_are_aligned() {
    for keys in ["}X.", "}.p"] {
        let mut script = Script::cranes(120, 40);
        script.is_slow = true;
        script.keys(keys);
        assert_eq!((lit(&script).as_str(), script.notice()), (FIRST, ""));
        let asked: Vec<Effect> = script.took();
        let answers: Vec<Message> = asked.iter().flat_map(|it| script.answers(it)).collect();
        assert_eq!(answers.len(), 1, "asked once: {asked:?}");
        for answer in answers {
            script.tell(answer);
        }
        if keys.contains('X') {
            assert_eq!(lit(&script), format!("{FIRST}|{FIRST_EN}"));
        } else {
            let unfolded = unfolded(&script).replace(' ', "");
            assert_eq!(unfolded, FIRST_EN.replace(' ', ""));
        }
        let again = script.took();
        assert!(again.iter().all(|it| script.answers(it).is_empty()));
    }
}

#[test]
fn side_by_side_the_translation_is_lit_too() {
    for columns in [120, 200] {
        let mut script = Script::cranes(columns, 40);
        script.keys("}X.");
        assert_eq!(lit(&script), format!("{FIRST}|{FIRST_EN}"));
        script.keys(".");
        assert_eq!(lit(&script), format!("{SECOND}|{SECOND_EN}"));
        script.keys("<tab>");
        assert_eq!(lit(&script), format!("{SECOND_EN}|{SECOND}"));
        script.keys(",");
        assert_eq!(lit(&script), format!("{FIRST_EN}|{FIRST}"));
    }
}

#[test]
fn the_sentences_of_the_current_pair_are_told_apart_only_side_by_side() {
    let apart = |script: &Script| marked(script, MarkKind::Apart);
    let mut script = Script::cranes(120, 40);
    script.keys("}");
    assert_eq!(apart(&script), "");
    script.keys("X");
    assert_eq!(apart(&script), format!("{SECOND}|{SECOND_EN}"));
    script.keys("}}");
    assert_eq!(
        apart(&script),
        "",
        "of one sentence there is nothing to tell apart"
    );
    let mut narrow = Script::cranes(80, 40);
    narrow.keys("}X");
    assert!(narrow.page().is_parallel() && apart(&narrow).is_empty());
}

#[test]
fn the_translation_of_the_lit_sentence_is_unfolded_then_that_of_its_paragraph() {
    let mut script = Script::cranes(80, 24);
    script.keys("}.p");
    assert_eq!(unfolded(&script), FIRST_EN);
    script.keys(".");
    assert_eq!(unfolded(&script), SECOND_EN, "it goes along");
    script.keys("p");
    assert_eq!(unfolded(&script), format!("{FIRST_EN} {SECOND_EN}"));
    script.keys("p");
    assert_eq!(
        (unfolded(&script), lit(&script)),
        (String::new(), SECOND.into())
    );
    script.keys("p<esc>");
    assert_eq!(unfolded(&script) + &lit(&script), "");
    script.keys("p");
    assert_eq!(
        unfolded(&script),
        format!("{FIRST_EN} {SECOND_EN}"),
        "of the paragraph, without a lit sentence"
    );
}

#[test]
fn switching_lands_on_the_translation_and_back() {
    let mut script = Script::cranes(80, 12);
    script.keys("}..");
    let before = script.screen();
    script.keys("<tab>");
    assert_eq!(
        (lit(&script), script.page().side()),
        (SECOND_EN.into(), Language::English)
    );
    let is_seen = script
        .page()
        .visible_rows()
        .any(|row| row.document.text_of(&row.row.range).contains("Ten years"));
    assert!(is_seen, "{:#?}", script.screen());
    script.keys("<tab>");
    assert_eq!((script.screen(), lit(&script)), (before, SECOND.into()));
}

#[test]
fn the_lit_sentence_is_copied_with_its_translation() {
    let mut script = Script::cranes(120, 40);
    script.keys("}.Y");
    assert_eq!(copied(&mut script), [format!("{FIRST}\n{FIRST_EN}\n")]);
    assert_eq!(script.notice(), "Copied the sentence, Chinese and English");
    script.keys("<tab>Y");
    assert_eq!(
        copied(&mut script),
        [format!("{FIRST}\n{FIRST_EN}\n")],
        "Chinese first"
    );
}

#[test]
fn a_match_lights_its_translation_side_by_side() {
    let mut script = Script::cranes(120, 40);
    script.keys("/芦苇<enter>");
    assert_eq!(lit(&script), "");
    script.keys("X");
    assert_eq!(lit(&script), "", "the match is not yet gone to again");
    script.keys("n");
    assert_eq!(lit(&script), SECOND_EN);
    script.keys("n");
    assert!(lit(&script).contains("four fifths of the reeds"));
    script.keys("<esc>");
    assert_eq!(lit(&script), "");
}

/// The heading has no translation.
#[test]
fn without_a_certain_translation_nothing_is_lit_and_the_status_says_so() {
    const SAYS: &str = "No certain translation for this sentence";
    let article = CRANES.replace(
        "芦苇也长了回来。",
        "芦苇也长了回来。\n\n这一段只有中文，讲的是渔民怎样修补旧船。",
    );
    let mut script = Script::new(120, 40, &[&article]);
    script.keys("<enter>}X...");
    assert!(
        lit(&script).starts_with("这一段只有中文") && !lit(&script).contains('|'),
        "{}",
        lit(&script)
    );
    assert_eq!(script.notice(), SAYS);
    script.keys("Y");
    assert!(copied(&mut script).is_empty());
    assert_eq!(script.notice(), SAYS);
    script.keys("<tab>");
    assert_eq!((script.notice(), lit(&script).as_str()), (SAYS, ""));
}

const SLIPS: &str = "---
title: 收入
---

公司今年发布了新的产品，市场反应很热烈。一季度收入为 8.6 亿美元，比去年同期增长 12%。分析师都看好。

工厂仍然很忙。公司有 1200 名员工，比去年多 30 人。

---

**Summary:**

The company launched a new product this year to a warm reception. Revenue in the first quarter was $8.6 billion, up 12 per cent on the year. Analysts were pleased.

The factory is still busy. The company has 12,000 employees, 30 more than last year.
";

#[test]
fn figures_that_disagree_are_walked_over_with_both_sentences_lit() {
    let mut script = Script::new(120, 40, &[SLIPS, CRANES]);
    script.keys("G<enter>X!");
    let first = "一季度收入为 8.6 亿美元，比去年同期增长 12%。|Revenue in the first quarter was $8.6 billion, up 12 per cent on the year.";
    assert_eq!(lit(&script), first);
    script.keys("!");
    assert!(
        lit(&script).contains("1200") && lit(&script).contains("12,000"),
        "{}",
        lit(&script)
    );
    let notice = script.page().mismatch_notice();
    assert!(notice.is_some_and(|[full, _]| full.starts_with("1200")));
    script.keys("!");
    assert_eq!(lit(&script), first, "around the end");
    script.keys("K!");
    assert_eq!(
        script.notice(),
        "The article has no problems, and its figures agree"
    );
}

#[test]
fn figures_that_are_right_all_the_same_are_marked_no_more() {
    let mut script = Script::new(120, 40, &[SLIPS, CRANES]);
    script.keys("G<enter>K:accept-figures<enter>");
    assert_eq!(script.notice(), "No figures disagree here · ! next");
    script.keys("J!a");
    assert_eq!(script.notice(), "These figures are right · u undoes it");
    let id = script.id();
    let saved: Vec<usize> = script
        .took()
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Library(Request::Remember(_, what, fields)) => {
                fields.accepted.then_some(what.accepted.len())
            }
            _ => None,
        })
        .collect();
    assert_eq!(saved, [1]);
    assert_eq!(script.page().mismatches().count(), 1);
    // It is remembered where the text was left and opened again.
    script.keys("hgg<enter>hG<enter>");
    assert_eq!(script.page().mismatches().count(), 1);
    script.keys("!");
    assert!(lit(&script).contains("1200"), "{}", lit(&script));
    script.keys("a");
    assert!(!script.model.list().has_mismatch(id));
    script.keys("!");
    assert_eq!(
        script.notice(),
        "The article has no problems, and its figures agree"
    );
    script.keys("u");
    assert_eq!(script.page().mismatches().count(), 1);
    assert!(script.model.list().has_mismatch(id));
    script.keys("u");
    assert_eq!(script.page().mismatches().count(), 2);
    // Another figure there is another question.
    script.keys("gg!a");
    let text = Arc::clone(script.page().text());
    let slips = SLIPS.replacen("8.6 亿", "0.86 亿", 1);
    script.texts[id.0 as usize] = Arc::new(Text::new(digest::read(slips.as_bytes(), "a.md")));
    assert!(!text.has_same_blocks(&script.texts[id.0 as usize]));
    let entry = script.model.list().entry(id).unwrap();
    script.tell(Message::Library(Update::Changed(Changes {
        changed: vec![(id, entry)],
        ..Changes::default()
    })));
    assert_eq!(script.page().mismatches().count(), 2);
}

#[test]
fn a_selection_grows_by_words_sentences_rows_and_paragraphs() {
    let mut script = Script::cranes(80, 40);
    script.keys("}v");
    assert_eq!(selected(&script), "春天");
    script.keys("<right>");
    assert_eq!(selected(&script), "春天的");
    script.keys("<left>");
    assert_eq!(selected(&script), "春天");
    script.keys("<left>");
    assert_eq!(selected(&script), "春", "a shorter word");
    script.keys("<right>w");
    assert_eq!(selected(&script), "的");
    script.keys("bw.");
    assert_eq!(selected(&script), FIRST.trim_start_matches("春天"));
    script.keys(".,,");
    assert_eq!(selected(&script), "的", "no shorter than it began");
    script.keys(",");
    assert_eq!(selected(&script), "春天的", "then on the other side");
    script.keys("}}");
    let paragraph = format!("{FIRST}{SECOND}");
    assert_eq!(selected(&script), paragraph.trim_start_matches("春天"));
    script.keys("}}{y");
    assert_eq!(
        copied(&mut script),
        [format!(
            "{}\n\n要点：",
            paragraph.trim_start_matches("春天")
        )]
    );
    assert_eq!(selected(&script), "", "a copy ends it");
    let mut script = Script::cranes(80, 40);
    script.keys("}vj");
    let row = {
        let mut rows = script.page().visible_rows();
        rows.find(|row| row.is_current).unwrap().row.range.clone()
    };
    assert_eq!(selected(&script), script.page().document().text_of(&row));
    script.keys("jjk");
    assert!(FIRST.len() < selected(&script).len() && selected(&script).starts_with("春天"));
    script.keys("v");
    assert_eq!(selected(&script), "");
    script.keys("v<esc>");
    assert_eq!(
        (selected(&script).as_str(), script.is_in_article()),
        ("", true)
    );
}

#[test]
fn a_selection_starts_at_the_lit_sentence_or_the_match() {
    let mut script = Script::cranes(80, 40);
    script.keys("}..v");
    assert!(SECOND.starts_with(&selected(&script)) && !selected(&script).is_empty());
    assert_eq!(lit(&script), "", "there is one selection");
    script.keys(".y");
    assert_eq!(copied(&mut script), [SECOND]);
    script.keys("/巡护<enter>v");
    assert_eq!(selected(&script), "巡护");
    script.keys("<tab>");
    assert_eq!(selected(&script), "");
    script.keys("<tab>");
    assert_eq!(selected(&script), "巡护", "toggled twice");
}

#[test]
fn a_command_gets_what_is_selected() {
    let mut script = Script::cranes(100, 40);
    script.keys("}v|cat<enter>");
    let input = script.took().into_iter().find_map(|effect| match effect {
        Effect::Run(program) => Some(program.input),
        _ => None,
    });
    assert_eq!(input.as_deref(), Some("春天\n"));
    script.keys("<esc>w");
    assert!(
        script.model.prompt.is_none(),
        "while text is selected, w is the next word"
    );
}

#[test]
fn english_is_selected_by_its_words() {
    let mut script = Script::new(100, 30, &[&long_english(3)]);
    script.keys("<enter>}}v<right>ly");
    assert_eq!(copied(&mut script), ["of"]);
    script.keys("v<right><left><left>y");
    assert_eq!(copied(&mut script), ["Paragraph"]);
}

#[test]
fn what_is_marked_survives_a_resize() {
    let mut script = Script::cranes(120, 40);
    script.keys("}X..");
    let before = lit(&script);
    script.tell(Message::Resized(Area {
        columns: 70,
        rows: 12,
    }));
    assert_eq!(lit(&script), before);
    script.keys("X");
    assert_eq!(lit(&script), SECOND);
}
