//! Stories: the whole program in a real terminal, from the first frame to the terminal given back.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/anki.rs"]
mod anki;
#[path = "stories/library.rs"]
mod library;
#[path = "stories/linear.rs"]
mod linear;
#[path = "stories/sentences.rs"]
mod sentences;
mod support;
#[path = "stories/ticks.rs"]
mod ticks;
#[path = "stories/watching.rs"]
mod watching;

use std::fs;
use std::os::unix::fs::PermissionsExt;

use support::Story;
use tempfile::TempDir;

const WIDE: (u16, u16) = (100, 30);

const FIRST: &str = "---
title: 茶叶价格上涨
date: 2024-03-02T08:00:00.000Z
description: Tea prices rise after a dry spring
tags: 
- 农业
author: gazette
---

[原文链接](https://example.org/tea)

茶叶价格上涨

# 茶叶价格上涨

春天少雨，茶园减产，茶商说绿茶的价格比去年高出两成。

## 要点：

1. **产量下降**：今年的春茶比去年少。
2. **价格上升**：绿茶每公斤贵了二十元。

---

 **Summary:**
A dry spring has cut the harvest, and traders say that green tea costs a fifth more than a year ago.

**Key Points:**

1. **Smaller harvest**: this spring's crop is smaller than the last.
2. **Higher prices**: a kilogram of green tea costs twenty yuan more.

[Source Link](https://example.org/tea)
";

const SECOND: &str = "---
title: 图书馆延长开放时间
date: 2024-03-01T08:00:00.000Z
description: The library stays open longer
---

# 图书馆延长开放时间

市立图书馆从四月起每天开放到晚上十点。

---

**Summary:**
From April the city library stays open until ten in the evening.
";

/// A folder with two digests, the tea one the newer.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("tea.md"), FIRST).unwrap();
    fs::write(folder.path().join("library.md"), SECOND).unwrap();
    folder
}

fn begin(folder: &TempDir, environment: &[(&str, &str)]) -> Story {
    let mut story = Story::begin(
        &["--theme", "dark", folder.path().to_str().unwrap()],
        environment,
        WIDE,
    );
    story.sees("茶叶价格上涨").sees("图书馆延长开放时间");
    story
}

#[test]
fn browse_read_toggle_and_quit() {
    let folder = folder();
    let mut story = begin(&folder, &[]);
    // Enter reads what is selected: the newest.
    story.keys("\r").sees("春天少雨");
    story
        .keys("x")
        .sees("A dry spring has cut")
        .misses("春天少雨");
    story.keys("\t").sees("春天少雨");
    // The next article from the text.
    story.keys("J").sees("市立图书馆").misses("春天少雨");
    // Waiting for the list's hint parts Esc from the key after it; sent together they are Alt and
    // that key.
    story.keys("\x1b").sees("q quit").keys("k").sees("春天少雨");
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
}

#[test]
fn a_resize_keeps_the_text_on_the_screen() {
    let folder = folder();
    let mut story = begin(&folder, &[]);
    story.keys("\r").sees("春天少雨");
    story
        .resize(50, 15)
        .misses("图书馆延长开放时间")
        .sees("春天少雨");
    story
        .resize(140, 40)
        .sees("图书馆延长开放时间")
        .sees("春天少雨");
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
}

#[test]
fn both_languages_are_read_at_once() {
    let folder = folder();
    let mut story = begin(&folder, &[]);
    story
        .keys("\r")
        .sees("春天少雨")
        .misses("A dry spring has cut");
    // Side by side the list makes way; the choice goes along to the next article.
    story
        .keys("X")
        .sees("春天少雨")
        .sees("A dry spring has cut")
        .misses("图书馆延长开放时间");
    story.keys("J").sees("市立图书馆").sees("From April");
    story.resize(60, 24).sees("市立图书馆").sees("From April");
    story.keys("X").sees("市立图书馆").misses("From April");
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
}

#[test]
fn an_answer_is_unfolded_and_a_slip_is_marked() {
    let folder = folder();
    fs::write(
        folder.path().join("tea.md"),
        FIRST
            .replace("二十元", " 20 亿元")
            .replace("twenty yuan", "20 million yuan"),
    )
    .unwrap();
    let mut story = begin(&folder, &[]);
    // Found behind the scenes, without a key.
    story.sees("≠");
    story
        .keys("\r")
        .sees("春天少雨")
        .keys("p")
        .sees("A dry spring has cut");
    story
        .keys("p")
        .misses("A dry spring has cut")
        .sees("春天少雨");
    story.keys("!").sees("20 亿元 ≠ 20 million yuan");
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
}

#[test]
fn find_lights_up_what_is_found() {
    let folder = folder();
    let mut story = begin(&folder, &[]);
    story.keys("\r").sees("春天少雨");
    // As a Chinese input method sends it.
    story.keys("／").keys("绿茶").keys("\r");
    story.wait("a match in a colour of its own", |screen| {
        let (rows, columns) = screen.size();
        let is_lit = |row, column| {
            let cell = screen.cell(row, column);
            cell.is_some_and(|cell| {
                cell.contents() == "绿" && cell.bgcolor() != vt100::Color::Default
            })
        };
        (0..rows.get()).any(|row| (0..columns.get()).any(|column| is_lit(row, column)))
    });
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
}

#[test]
fn pasted_keys_are_text_and_not_commands() {
    let folder = folder();
    let mut story = begin(&folder, &[]);
    story.keys("\r").sees("春天少雨");
    story
        .keys("/")
        .keys("\x1b[200~两成q\x1b[201~")
        .sees("两成q");
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
}

#[test]
fn the_samples_say_that_they_are_samples() {
    let mut story = Story::begin(&["--theme", "dark"], &[], WIDE);
    story.sees("jianbao FOLDER");
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
}

#[test]
fn an_idle_program_writes_nothing() {
    let folder = folder();
    let mut story = begin(&folder, &[]);
    story.keys("\r").sees("春天少雨");
    // A message that changes nothing draws nothing: what is written is the same before and after,
    // and the answer to the key that follows shows that the message was dealt with.
    story.keys("\x1b[?62;c");
    let before = story.written();
    story
        .keys("\x1b[?62;c\x1b[?62;c")
        .keys("x")
        .sees("A dry spring has cut");
    assert!(
        story.written() - before < 8_000,
        "more than one frame was written"
    );
    story.keys("\x03").is_restored();
}

#[test]
fn the_theme_follows_the_answer_of_the_terminal_and_no_key_is_lost() {
    let folder = folder();
    let mut story = Story::begin(
        &[folder.path().to_str().unwrap()],
        &[("COLORTERM", "truecolor")],
        WIDE,
    );
    // Enter opens what is selected: both articles have to be there.
    story.has_written(b"\x1b]11;?\x1b\\").sees("2 unread");
    // Keys before, within and after the answer; the answer in two parts.
    story
        .keys("\r\x1b]11;rgb:ffff/ff")
        .keys("ff/ffff\x1b\\\x1b[?62;cx");
    story.sees("A dry spring has cut");
    // The accent of the light theme.
    story.has_written(b"38;2;176;58;36");
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
}

#[test]
fn the_theme_follows_the_terminal_while_one_reads_and_is_chosen_from_a_list() {
    let home = tempfile::tempdir().unwrap();
    let themes = home.path().join("jianbao/themes");
    fs::create_dir_all(&themes).unwrap();
    fs::write(themes.join("mine.toml"), "accent = \"#010203\"\n").unwrap();
    let folder = folder();
    let mut story = Story::begin(
        &[folder.path().to_str().unwrap()],
        &[
            ("COLORTERM", "truecolor"),
            ("XDG_CONFIG_HOME", home.path().to_str().unwrap()),
        ],
        WIDE,
    );
    story.has_written(b"\x1b[?2031h").sees("2 unread");
    // A terminal that tells its background only so; nonsense changes nothing.
    story.keys("\x1b[?997;2n").has_written(b"38;2;176;58;36");
    story
        .keys("\x1b[?997;9n\x1b[?997;1n")
        .has_written(b"38;2;224;135;99");
    // The list: nord, then the reader's own, which is followed.
    story
        .keys("T")
        .sees("Themes")
        .sees("rose-pine-dawn")
        .keys("jj")
        .has_written(b"38;2;176;58;36");
    story.keys(":").keys("\x1b").misses("Themes");
    story.keys(":theme mi\t\r").has_written(b"38;2;1;2;3m");
    fs::write(themes.join("mine.toml"), "accent = \"#040506\"\n").unwrap();
    story.has_written(b"38;2;4;5;6m");
    fs::write(themes.join("mine.toml"), "acent = \"#040506\"\n").unwrap();
    story.sees("mine.toml:1: no colour acent");
    story.keys("\x03").is_restored().has_written(b"\x1b[?2031l");
    assert_eq!(story.end(), (0, None));
}

#[test]
fn links_and_the_title_of_the_window_are_told_to_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let text =
        "---\ntitle: A pier\n---\n\nSee [the plan](https://a.example/计划), [not](javascript:x).\n";
    fs::write(folder.path().join("pier.md"), text).unwrap();
    let mut story = begin_alone(&folder, &[]);
    let name = folder.path().file_name().unwrap().to_str().unwrap();
    story.has_written(format!("\x1b[22;2t\x1b]2;{name}\x1b\\").as_bytes());
    story.has_written(b";https://a.example/%E8%AE%A1%E5%88%92\x1b\\");
    story
        .keys("\r")
        .has_written("\x1b]2;A pier\x1b\\".as_bytes());
    assert!(!story.has_ever_written(b"javascript"));
    story.keys("\x03").is_restored().has_written(b"\x1b[23;2t");
    assert_eq!(story.end(), (0, None));
    // Not where nobody wants them, or the terminal would print them.
    for environment in [
        &[
            ("JIANBAO_HYPERLINKS", "false"),
            ("JIANBAO_WINDOW_TITLE", "false"),
        ][..],
        &[("TERM", "linux")],
    ] {
        let mut story = begin_alone(&folder, environment);
        story.keys("\r").sees("quit").keys("\x03").is_restored();
        assert!(!story.has_ever_written(b"\x1b]8;") && !story.has_ever_written(b"\x1b]2;"));
    }
}

/// Opens a folder with one article.
fn begin_alone(folder: &TempDir, environment: &[(&str, &str)]) -> Story {
    let arguments = ["--theme", "dark", folder.path().to_str().unwrap()];
    let mut story = Story::begin(&arguments, environment, WIDE);
    story.sees("See the plan");
    story
}

#[cfg(feature = "test-hooks")]
#[test]
fn a_panic_gives_the_terminal_back_and_is_printed() {
    let folder = folder();
    let mut story = begin(&folder, &[("JIANBAO_PANIC", "1")]);
    story.keys("j").is_restored().sees("JIANBAO_PANIC is set");
    assert_eq!(story.end(), (101, None));
}

#[test]
fn signals_give_the_terminal_back() {
    let folder = folder();
    for (signal, name) in [
        ("TERM", "Terminated"),
        ("HUP", "Hangup"),
        ("INT", "Interrupt"),
    ] {
        let mut story = begin(&folder, &[]);
        story.signal(signal).is_restored();
        let (_, ended_by) = story.end();
        assert_eq!(ended_by.as_deref(), Some(name));
    }
}

#[test]
fn ctrl_z_stops_and_fg_comes_back() {
    let folder = folder();
    // A shell with job control, so that there is somebody who continues the program.
    let script = format!(
        "set -m; \"$JIANBAO\" --theme dark {}; echo stopped; fg >/dev/null; echo over",
        folder.path().display()
    );
    let mut story = Story::script(&script, &[], WIDE);
    story
        .sees("茶叶价格上涨")
        .keys("\x1a")
        .has_written(b"\x1b[?1049l")
        .has_written(b"stopped");
    story
        .wait("the reader again", vt100::Screen::alternate_screen)
        .sees("茶叶价格上涨");
    story.keys("j").keys("\x03").is_restored().sees("over");
    assert_eq!(story.end(), (0, None));
}

#[test]
fn keys_come_from_the_terminal_when_the_text_comes_from_a_pipe() {
    let folder = folder();
    let script = format!(
        "cat {}/tea.md | \"$JIANBAO\" --theme dark -",
        folder.path().display()
    );
    let mut story = Story::script(&script, &[], WIDE);
    story
        .sees("春天少雨")
        .keys("x")
        .sees("A dry spring has cut");
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
}

#[test]
fn what_could_not_be_saved_is_reported_at_the_end_and_kept() {
    let (folder, home) = (folder(), tempfile::tempdir().unwrap());
    let no_folder = home.path().join("data");
    fs::write(&no_folder, "a file where the folder should be").unwrap();
    let paths = [no_folder.to_str().unwrap(), home.path().to_str().unwrap()];
    let environment = [("XDG_DATA_HOME", paths[0]), ("TMPDIR", paths[1])];
    let mut story = begin(&folder, &environment);
    story.sees("nothing is being saved").keys("*").keys("\x03");
    story
        .is_restored()
        .sees("was not saved")
        .sees("state import");
    assert_eq!(story.end(), (2, None));
    let kept = fs::read_dir(home.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.to_str().unwrap().contains("jianbao-unsaved-"))
        .unwrap();
    let lines = fs::read_to_string(kept).unwrap();
    assert!(
        lines.contains("tea.md") && lines.contains("\"starred\":true"),
        "{lines}"
    );
}

#[test]
fn a_second_signal_ends_the_program_though_nobody_reads_its_terminal() {
    let folder = folder();
    let mut story = begin(&folder, &[]);
    story.sees("茶叶价格上涨").stop_output().keys("J");
    story.signal("TERM");
    // Two that come at once may be one.
    while !story.has_ended() {
        story.signal("TERM");
    }
}

#[test]
fn the_settings_file_is_followed_while_one_reads() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("jianbao");
    let file = folder.join("config.toml");
    let environment = [("XDG_CONFIG_HOME", home.path().to_str().unwrap())];
    let mut story = Story::begin(&["--theme", "dark", "--samples"], &environment, WIDE);
    story.sees("一座小港的十年");
    fs::create_dir(&folder).unwrap();
    fs::write(&file, "reading_language = \"en\"\n").unwrap();
    story.sees("How Port Ellery");
    fs::write(&file, "reading_language = \"zh\"\n").unwrap();
    story.sees("一座小港的十年");
    fs::write(&file, "reading_language = \"zh\"\nmeasure = 5\n").unwrap();
    story.sees("config.toml:2: measure = 5: expected");
    // Editors write a new file and rename it.
    let new = folder.join("config.toml~");
    let keys = "[keys]\n\"ctrl-x\" = \"quit-now\"\n\"ctrl-c\" = \"unbind\"\n";
    fs::write(&new, format!("reading_language = \"en\"\n{keys}")).unwrap();
    fs::rename(&new, &file).unwrap();
    story
        .sees("How Port Ellery")
        .keys("\x03")
        .sees("Ctrl-c is not bound");
    story.keys(":reading_language zh\r").sees("一座小港的十年");
    story
        .keys(":set reading_language=xx\r")
        .sees("reading_language = xx: expected");
    story.keys("\x18").is_restored();
    assert_eq!(story.end(), (0, None));
}

#[test]
fn the_editor_gets_the_terminal_and_gives_it_back() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("tea.md"), FIRST).unwrap();
    let tools = tempfile::tempdir().unwrap();
    let editor = tools.path().join("vim");
    let script = "#!/bin/sh\nprintf 'editing %s %s\\n' \"$@\"\nread -r title\n\
                  sed -i \"s/^title: .*/title: $title/\" \"$2\"\n";
    fs::write(&editor, script).unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    let environment = [("VISUAL", editor.to_str().unwrap())];
    let mut story = Story::begin(
        &["--theme", "dark", folder.path().to_str().unwrap()],
        &environment,
        WIDE,
    );
    story.sees("春天少雨").keys("\r").sees("X both");
    story.keys("e").sees("editing +").sees("tea.md");
    // What is typed is the editor's.
    story.keys("茶叶降价\r").sees("茶叶降价").sees("X both");
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
}

#[test]
fn an_article_is_given_to_a_command_a_word_looked_up_and_bookmarks_survive_the_end() {
    let folder = folder();
    let data = tempfile::tempdir().unwrap();
    let environment = [("XDG_DATA_HOME", data.path().to_str().unwrap())];
    let digests = folder.path().to_str().unwrap();
    let mut story = Story::begin(&["--theme", "dark", digests], &environment, WIDE);
    story.sees("春天少雨").keys("\r").sees("X both");
    story
        .keys("|tr a-z A-Z\r")
        .sees("tr a-z A-Z")
        .sees("y copy");
    story.keys("\x1b").sees("X both");
    story.keys("d").sees("chūntiān").sees("┊ A dry spring");
    story.keys("\x1b").misses("chūntiān").sees("X both");
    story.keys("|sleep 1000\r").sees("Running sleep 1000");
    story.keys("\x1b").sees("Ended");
    story.keys("ma").sees("Bookmark a set");
    story.keys("'").sees("go to bookmark a");
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
    let mut story = Story::begin(&["--theme", "dark", digests], &environment, WIDE);
    story.sees("图书馆").keys("'a").sees("X both");
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
}

#[test]
fn a_highlight_and_its_note_follow_their_text_when_the_file_is_edited() {
    let folder = tempfile::tempdir().unwrap();
    let data = tempfile::tempdir().unwrap();
    let file = folder.path().join("bridge.md");
    let before = "# The bridge\n\nThe old bridge was closed in March for repairs.\n\nThe ferry runs again.\n";
    std::fs::write(&file, before).unwrap();
    let environment = [("XDG_DATA_HOME", data.path().to_str().unwrap())];
    let digests = folder.path().to_str().unwrap();
    let mut story = Story::begin(&["--theme", "dark", digests], &environment, WIDE);
    story
        .sees("The ferry runs again")
        .keys("\r..H")
        .sees("Highlighted in yellow");
    story
        .keys("I")
        .sees("Ctrl-e editor")
        .keys("ask the city #todo\x1b");
    story.sees("Note kept");
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
    // A paragraph is new, and the one before was corrected.
    let after = before
        .replace("# The bridge\n", "# The bridge\n\nA word before.\n")
        .replace("was closed", "has been closed");
    std::fs::write(&file, after).unwrap();
    let mut story = Story::begin(&["--theme", "dark", digests], &environment, WIDE);
    story
        .sees("The ferry runs again")
        .keys("gh")
        .sees("ask the city #todo");
    story.keys("\r").sees("Highlight 1 of 1").sees("✎");
    // Then it is gone, and still there in the list.
    std::fs::write(&file, "# The bridge\n\nNothing to read.\n").unwrap();
    story
        .sees("Nothing to read")
        .keys("\x1b")
        .sees("(adrift) The ferry");
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
}

#[test]
fn ten_words_are_kept_exported_and_imported_into_anki() {
    let folder = tempfile::tempdir().unwrap();
    let data = tempfile::tempdir().unwrap();
    let text = "# 春天\n\n农民种茶，船夫修桥，学生读书，老师写信，医生看病。\n";
    std::fs::write(folder.path().join("spring.md"), text).unwrap();
    let environment = [("XDG_DATA_HOME", data.path().to_str().unwrap())];
    let digests = folder.path().to_str().unwrap();
    let mut story = Story::begin(&["--theme", "dark", digests], &environment, WIDE);
    story.sees("农民种茶").keys("\r}d").sees("nóngmín");
    let words = [
        "农民", "种", "茶", "船夫", "修", "桥", "学生", "读书", "老师", "写信",
    ];
    for word in words {
        story.keys("W").sees(&format!("Kept {word}")).keys("w");
    }
    story.sees("yīshēng").keys("\x1b").misses("yīshēng");
    story.keys("gw").sees("Vocabulary book · 10 · by day");
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
    let package = data.path().join("book.apkg").to_str().unwrap().to_owned();
    let run = |arguments: &[&str]| {
        let mut story = Story::begin(arguments, &environment, WIDE);
        story.end()
    };
    assert_eq!(run(&["words", "--kept", "--output", &package]), (0, None));
    let Some(python) = anki::python() else { return };
    let lines = anki::import(&python, &data.path().join("collection.anki2"), &[package]);
    assert_eq!(lines[0], "10 0 0 10 10");
    let tea = "茶|chá|tea; tea plant|农民种<b>茶</b>，船夫修桥，学生读书，老师写信，医生看病。|";
    assert!(lines[1].starts_with(tea), "{lines:?}");
}

#[test]
fn the_reader_speaks_the_language_of_the_system_and_another_when_told_to() {
    let mut story = Story::begin(&[], &[("LC_ALL", "zh_TW.UTF-8")], WIDE);
    story.sees("這些是範例").keys("j").sees("q 離開");
    story.keys("?").sees("清單的按鍵").sees("向下半頁");
    story.keys("q").misses("清單的按鍵");
    story
        .keys(":yuyan")
        .sees("language")
        .keys("\u{15}language en\r");
    story.sees("samples · 14 unread").sees("q quit");
    story.keys(":language zh-CN\r").sees("示例 · 14 篇未读");
    story.keys("Z").sees("没有按键 Z · 按 ? 查看按键");
    assert_eq!(story.keys("q").end(), (0, None));
}

#[test]
fn a_copy_goes_to_the_program_of_the_system_and_its_failure_is_told() {
    let folder = folder();
    let tools = tempfile::tempdir().unwrap();
    let path = tools.path().join("wl-copy");
    let tool = |script: &str| {
        use std::os::unix::fs::PermissionsExt;
        std::fs::write(&path, script).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    };
    tool("#!/bin/sh\nexec >&2\nexit 1\n");
    let paths = format!("{}:/usr/bin:/bin", tools.path().display());
    let environment = [
        ("PATH", &*paths),
        ("WAYLAND_DISPLAY", "w"),
        ("JIANBAO_CLIPBOARD", "both"),
    ];
    let digests = folder.path().to_str().unwrap();
    let mut story = Story::begin(&["--theme", "dark", digests], &environment, WIDE);
    story.sees("春天少雨").keys("\r").sees("X both");
    story.keys("C").sees("Not copied: wl-copy: it failed");
    story.has_written(b"\x1b]52;c;");
    assert_eq!(story.keys("\x03").end(), (0, None));
}

#[test]
fn a_terminal_that_answers_nothing_keeps_the_doctor_only_a_moment() {
    let mut story = Story::begin(&["doctor"], &[], WIDE);
    story
        .sees("Terminal was asked: yes")
        .sees("Background: no answer");
    story.sees("Columns of “: no answer").sees("Editor: ");
    assert_eq!(story.end(), (0, None));
}

#[cfg(feature = "highlight")]
#[test]
fn code_is_shown_at_once_and_then_in_colours_but_not_a_huge_block() {
    let folder = tempfile::tempdir().unwrap();
    let huge = "fn huge() {}\n".repeat(6_000);
    for (day, language, code) in [
        (1, "python", "word = 'text'"),
        (2, "rust", &*huge),
        (3, "rust", "let seven = 7;"),
    ] {
        let text = format!(
            "---\ntitle: Code {day}\ndate: 2026-01-0{day}\n---\n\n```{language}\n{code}\n```\n"
        );
        fs::write(folder.path().join(format!("{day}.md")), text).unwrap();
    }
    let folder = folder.path().to_str().unwrap();
    let colours = [("COLORTERM", "truecolor")];
    let mut story = Story::begin(&["--theme", "dark", folder], &colours, WIDE);
    // A keyword and a constant.
    story.sees("let seven").has_written(b"38;2;197;163;214");
    story
        .has_written(b"38;2;217;180;138")
        .keys("\x03")
        .is_restored();
    // Once the string of the next article has its colour, the huge one would have had its own.
    let mut story = Story::begin(&["--theme", "dark", folder], &colours, WIDE);
    story.sees("3 unread").sees("let seven");
    story.keys("j").sees("fn huge").keys("j");
    story.sees("word = ").has_written(b"38;2;168;194;149");
    story
        .keys("k")
        .sees("fn huge")
        .wait("no keyword in its colour", |screen| {
            let (rows, columns) = screen.size();
            let keyword = vt100::Color::Rgb(197, 163, 214);
            let is_lit = |row, column| {
                screen
                    .cell(row, column)
                    .is_some_and(|cell| cell.fgcolor() == keyword)
            };
            !(0..rows.get()).any(|row| (0..columns.get()).any(|column| is_lit(row, column)))
        });
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
}

#[test]
fn a_long_article_is_shown_in_the_pager() {
    let folder = folder();
    let show = |environment: &[(&str, &str)], size: (u16, u16)| {
        let script = format!(
            "\"$JIANBAO\" show {}/tea.md; echo \"ended $?\"",
            folder.path().display()
        );
        Story::script(&script, environment, size)
    };
    // The pager is this shell: it says what it was given, and no shell of ours sees its words.
    let pager = "/bin/sh -c 'echo \"pager $# $LESS\"; head -n 1; exit 3' x \"a b\" $HOME";
    let mut story = show(&[("PAGER", pager)], (80, 8));
    story.sees("pager 2 FRX").sees("茶叶价格").sees("ended 0");
    assert_eq!(story.end(), (0, None));
    let mut story = show(&[("PAGER", "no-such-pager -x")], (80, 8));
    story.has_written("no pager no-such-pager here".as_bytes());
    story.has_written("二十元".as_bytes()).sees("ended 0");
    assert_eq!(story.end(), (0, None));
    // A short text needs none.
    let mut story = show(&[("PAGER", pager)], (80, 60));
    story.sees("二十元").sees("ended 0").misses("pager");
    assert_eq!(story.end(), (0, None));
}

#[test]
fn a_book_is_not_printed_on_a_terminal() {
    let folder = folder();
    let path = folder.path().join("tea.md");
    let arguments = ["export", path.to_str().unwrap(), "--format", "epub"];
    let mut story = Story::begin(&arguments, &[], WIDE);
    story.sees("a book is no text for a terminal");
    assert_eq!(story.end(), (2, None));
}

/// A folder with one article that has a picture, red above and blue below.
#[cfg(feature = "pictures")]
fn folder_with_picture() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let colour = |y| if y < 60 { [255, 0, 0] } else { [0, 0, 255] };
    let image = image::RgbImage::from_fn(200, 120, |_, y| image::Rgb(colour(y)));
    image.save(folder.path().join("flag.png")).unwrap();
    let text =
        "---\ntitle: A flag\n---\n\nIt has two colours.\n\n![the flag](flag.png)\n\nThat is all.\n";
    fs::write(folder.path().join("flag.md"), text).unwrap();
    folder
}

#[cfg(feature = "pictures")]
fn begin_flag(folder: &TempDir, environment: &[(&str, &str)]) -> Story {
    let arguments = ["--theme", "dark", folder.path().to_str().unwrap()];
    let mut story = Story::begin(&arguments, environment, WIDE);
    story.sees("▣ the flag, 200×120");
    story
}

#[cfg(feature = "pictures")]
#[test]
fn a_picture_is_text_until_half_blocks_are_asked_for_and_is_enlarged() {
    let folder = folder_with_picture();
    let mut story = begin_flag(&folder, &[("COLORTERM", "truecolor")]);
    story
        .keys("\r")
        .keys(":pictures halfblocks\r")
        .misses("200×120");
    let has_colours = |screen: &vt100::Screen| {
        let (rows, columns) = screen.size();
        let is_red = |colour| matches!(colour, vt100::Color::Rgb(200.., 0, 0..=60));
        let red = (0..rows.get()).filter(|&row| {
            let mut cells = (0..columns.get()).filter_map(|column| screen.cell(row, column));
            cells.any(|cell| is_red(cell.fgcolor()) || is_red(cell.bgcolor()))
        });
        red.count()
    };
    story.wait("a small picture", |screen| has_colours(screen) == 3);
    story.sees("That is all.").keys("}\r");
    story.wait("a large picture", |screen| has_colours(screen) > 6);
    story.keys("\r");
    story.wait("the small one again", |screen| has_colours(screen) == 3);
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
}

#[cfg(feature = "pictures")]
#[test]
fn a_terminal_that_speaks_kittys_protocol_gets_the_picture_and_forgets_it_at_the_end() {
    let folder = folder_with_picture();
    let mut story = begin_flag(&folder, &[]);
    story
        .has_written(b"\x1b_Gi=31,s=1,v=1,a=q")
        .has_written(b"\x1b[16t");
    story.keys("\x1b_Gi=31;OK\x1b\\\x1b[6;20;10t\x1b[?62;c");
    story.has_written(b"a=T,U=1").misses("200×120");
    story.sees("That is all.");
    story.keys("\x03").is_restored().has_written(b"a=d,d=I");
    assert_eq!(story.end(), (0, None));
}

#[test]
fn headings_are_large_once_the_terminal_says_that_they_can_be() {
    let folder = folder();
    let mut story = begin(&folder, &[("JIANBAO_LARGE_HEADINGS", "true")]);
    let question = b"\x1b[H\x1b[6n\x1b]66;s=2; \x1b\\\x1b[6n";
    story.has_written(question).keys("\x1b[1;1R\x1b[1;3R");
    story.keys("\r").sees("春天少雨");
    story.has_written("\x1b]66;s=2:w=2;茶\x1b\\".as_bytes());
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
}

#[test]
fn headings_stay_as_they_are_where_the_terminal_does_not_answer_so() {
    let folder = folder();
    let mut story = begin(&folder, &[("JIANBAO_LARGE_HEADINGS", "true")]);
    story
        .has_written(b"\x1b]66;s=2; ")
        .keys("\x1b[1;1R\x1b[1;1R");
    story.keys("\r").sees("春天少雨").sees("茶叶价格上涨");
    assert!(!story.has_ever_written(b"\x1b]66;s=2:w="));
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
}
