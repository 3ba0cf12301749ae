//! Stories of the library: the first walk, finding, live changes, and what is there again the next
//! day.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::Story;

const WIDE: (u16, u16) = (120, 36);
/// Enough that keys are pressed while they are read; with the three of [`Place::new`] they are
/// 3,003.
const MANY: usize = 3_000;

/// A digest in both languages.
fn digest(number: usize, title: &str, chinese: &str, english: &str) -> String {
    let (month, day) = (number / 28 % 12 + 1, number % 28 + 1);
    format!(
        "---\ntitle: {title}\ndate: 2024-{month:02}-{day:02}T08:00:00.000Z\ndescription: Digest number {number}\ntags: \n- 农业\nauthor: gazette\n---\n\n\
         [原文链接](https://example.org/{number})\n\n# {title}\n\n{chinese}\n\n---\n\n **Summary:**\n{english}\n\n[Source Link](https://example.org/{number})\n"
    )
}

fn tea() -> String {
    digest(
        330,
        "茶叶价格上涨",
        "春天少雨，茶园减产，茶商说绿茶的价格比去年高出两成。\n\n## 要点：\n\n1. 今年的春茶比去年少。\n\n2. 绿茶每公斤贵了二十元。",
        "A dry spring has cut the harvest, and traders say that green tea costs a fifth more than a year ago.\n\n**Key Points:**\n\n1. This spring's crop is smaller than the last.\n\n2. A kilogram of Green Tea costs twenty yuan more.",
    )
}

fn library() -> String {
    digest(
        320,
        "图书馆延长开放时间",
        "市立图书馆从四月起每天开放到晚上十点。",
        "From April the city library stays open until ten in the evening.",
    )
}

fn bridge() -> String {
    let chinese: Vec<String> = (1..60)
        .map(|row| format!("第{row}段：大桥的修缮还要两年，轮渡照常往来两岸。"))
        .collect();
    let english: Vec<String> = (1..60)
        .map(|row| {
            format!("Paragraph {row}: the bridge is under repair for two more years, and the ferry runs as usual.")
        })
        .collect();
    digest(
        310,
        "大桥修缮两年",
        &chinese.join("\n\n"),
        &english.join("\n\n"),
    )
}

/// A folder with three digests, and folders for the index and the memory.
struct Place {
    digests: TempDir,
    homes: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self {
            digests: tempfile::tempdir().unwrap(),
            homes: tempfile::tempdir().unwrap(),
        };
        place.write("tea.md", &tea());
        place.write("library.md", &library());
        place.write("bridge.md", &bridge());
        place
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).unwrap();
    }

    fn path(&self) -> &Path {
        self.digests.path()
    }

    fn environment(&self) -> [(&'static str, String); 2] {
        let home = |name: &str| self.homes.path().join(name).to_str().unwrap().to_owned();
        [
            ("XDG_CACHE_HOME", home("cache")),
            ("XDG_DATA_HOME", home("data")),
        ]
    }

    fn begin(&self) -> Story {
        self.begin_with(&["--theme", "dark", self.path().to_str().unwrap()])
    }

    fn begin_with(&self, arguments: &[&str]) -> Story {
        let environment = self.environment();
        let environment: Vec<(&str, &str)> = environment
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        Story::begin(arguments, &environment, WIDE)
    }

    /// What a subcommand prints.
    fn answer(&self, arguments: &[&str]) -> String {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_jianbao"))
            .args(arguments)
            .envs(self.environment())
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    }
}

fn quit(mut story: Story) {
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
}

#[test]
fn keys_work_while_the_library_is_walked_for_the_first_time() {
    let place = Place::new();
    for number in 0..MANY {
        let title = format!("第{number}期");
        place.write(
            &format!("issue-{number:04}.md"),
            &digest(number % 300, &title, "今天没有新闻。", "No news today."),
        );
    }
    // On a slow machine an article counts as read meanwhile.
    let is_whole = |screen: &vt100::Screen| {
        let picture = screen.contents();
        picture.contains("3,003 unread") || picture.contains("unread of 3,003")
    };
    let mut story = place.begin();
    // As soon as there is anything, the selection moves, an article opens and the other language
    // comes. It stays on the first row until then; afterwards newer articles may come before the
    // one selected.
    story
        .sees("unread")
        .keys("j\r")
        .keys("x")
        .sees("Digest number");
    story.wait("the whole library", is_whole);
    story
        .keys("q\x1b[H")
        .sees("Digest number 330")
        .wait("the whole library", is_whole);
    quit(story);
    // After another start it is all there, and what was read before the stop was kept.
    let mut story = place.begin();
    story.wait("the whole library", is_whole);
    quit(story);
}

#[test]
fn a_walk_may_be_quit_at_any_time() {
    let place = Place::new();
    for number in 0..MANY {
        place.write(
            &format!("issue-{number:04}.md"),
            &digest(number % 300, "期", "今天没有新闻。", "No news today."),
        );
    }
    let mut story = place.begin();
    story.sees("unread");
    quit(story);
}

#[test]
fn the_list_is_filtered_by_pinyin() {
    let place = Place::new();
    let mut story = place.begin();
    story
        .sees("3 unread")
        .keys("/cyjg")
        .misses("图书馆延长开放时间")
        .sees("茶叶价格上涨");
    // Both lists before the answer, that of 茶叶 and the whole, show it.
    story
        .keys("\x15tushuguan")
        .sees("/ tushuguan")
        .misses("茶叶价格上涨")
        .sees("图书馆延长开放时间");
    // The whole list comes back.
    story.keys("\x1b").sees("大桥修缮两年").sees("3 unread");
    quit(story);
}

#[test]
fn a_mistake_in_a_query_is_shown_and_the_last_good_list_stays() {
    let place = Place::new();
    let mut story = place.begin();
    story
        .sees("3 unread")
        .keys("/(tag:农业")
        .sees("Unclosed (")
        .sees("大桥修缮两年");
    story
        .keys(" 大桥)")
        .misses("Unclosed (")
        .misses("图书馆延长开放时间")
        .sees("大桥修缮两年");
    quit(story);
}

#[test]
fn a_hit_in_the_text_opens_in_its_language_at_its_place() {
    let place = Place::new();
    let mut story = place.begin();
    story
        .sees("3 unread")
        .keys("\\")
        .keys("\"green tea costs")
        .sees("twenty yuan");
    // The second hit of the article: in English, though Chinese is what is read otherwise.
    story.keys("\x1b[B\r").sees("Key Points").misses("春天少雨");
    story.keys("N").sees("1/2").keys("n").sees("2/2");
    quit(story);
}

#[test]
fn where_the_reader_stopped_is_where_the_reader_goes_on() {
    let place = Place::new();
    let mut story = place.begin();
    story
        .sees("3 unread")
        .keys("jj\r")
        .sees("第1段")
        .keys("x")
        .sees("Paragraph 1:")
        .keys(" ")
        .misses("Paragraph 1:");
    let top = first_paragraph(&story.picture());
    quit(story);
    let mut story = place.begin();
    story.sees(&top).misses("Paragraph 1:").misses("第1段");
    quit(story);
}

/// A second library with one article, which was read before.
fn second_library(place: &Place) -> TempDir {
    let second = tempfile::tempdir().unwrap();
    let harbour = digest(
        325,
        "港口扩建",
        "港口明年扩建。",
        "The harbour grows next year.",
    );
    fs::write(second.path().join("harbour.md"), harbour).unwrap();
    let mut story = place.begin_with(&["--theme", "dark", second.path().to_str().unwrap()]);
    story.sees("1 unread").sees("港口明年扩建");
    quit(story);
    second
}

#[test]
fn another_library_is_opened_and_the_first_is_as_it_was_left() {
    let place = Place::new();
    let second = second_library(&place);
    let mut story = place.begin();
    story
        .sees("3 unread")
        .keys("jj\r")
        .sees("第1段")
        .keys("x")
        .sees("Paragraph 1:")
        .keys(" ")
        .misses("Paragraph 1:");
    let top = first_paragraph(&story.picture());
    for _ in 0..2 {
        story.keys("L").sees("(open)").sees("1 unread").keys("\r");
        story.sees("港口明年扩建").misses("Paragraph");
        story.keys("L").sees("2 unread").keys("\r");
        story.sees(&top).misses("港口").misses("Paragraph 1:");
    }
    #[cfg(target_os = "linux")]
    {
        let once = ["loader", "state", "news", "checks", "watch", "mounts"];
        let deadline = std::time::Instant::now() + std::time::Duration::from_mins(1);
        let is_once =
            |threads: &[String], name| threads.iter().filter(|it| *it == name).count() == 1;
        // Polled, since nothing reports the end of a thread.
        while !once.iter().all(|name| is_once(&story.threads(), name)) {
            assert!(
                std::time::Instant::now() < deadline,
                "{:?}",
                story.threads()
            );
        }
    }
    // A folder that is gone is said so, and nothing is lost.
    fs::remove_dir_all(second.path()).unwrap();
    story.keys("L").sees("no such file or folder").keys("\r");
    story
        .sees("(open)")
        .keys("\x1b")
        .misses("(open)")
        .sees(&top);
    story.keys("L").sees("(open)").keys("\x1b").misses("(open)");
    quit(story);
    let mut story = place.begin_with(&["--theme", "dark"]);
    story.sees(&top);
    quit(story);
}

#[test]
fn a_library_is_left_while_it_is_scanned_and_nothing_of_it_stays() {
    let place = Place::new();
    let _second = second_library(&place);
    for number in 0..MANY {
        let title = format!("第{number}期");
        let text = digest(number % 300, &title, "今天没有新闻。", "No news today.");
        place.write(&format!("issue-{number:04}.md"), &text);
    }
    let mut story = place.begin();
    story.sees("unread").keys("L").sees("(open)").keys("\r");
    story.sees("· 1 unread").sees("港口明年扩建");
    // By then the folder of before would have been scanned.
    story
        .keys("L")
        .sees("(open)")
        .keys("\r")
        .sees("3,003 unread");
    story.keys("L").sees("(open)").keys("\r");
    story.sees("· 1 unread").misses("期");
    quit(story);
}

#[test]
fn what_could_not_be_saved_of_a_library_before_is_said_and_kept() {
    let place = Place::new();
    let _second = second_library(&place);
    let mut story = place.begin();
    story.sees("3 unread");
    let database = place.homes.path().join("data/jianbao/state.db");
    let database = rusqlite::Connection::open(database).unwrap();
    database.execute_batch("BEGIN IMMEDIATE").unwrap();
    story.keys("jj*L").sees("(open)");
    story.keys("\r").sees("港口明年扩建").sees("was not saved");
    drop(database);
    story.keys("\x03").is_restored().sees("state import");
    assert_eq!(story.end().0, 2);
}

/// The first whole paragraph on the screen, by its number.
fn first_paragraph(picture: &str) -> String {
    let at = picture.find("Paragraph ").unwrap();
    picture[at..]
        .split_inclusive(':')
        .next()
        .unwrap()
        .to_owned()
}

#[test]
fn the_list_follows_the_folder_while_an_article_is_read() {
    let place = Place::new();
    let mut story = place.begin();
    story.sees("3 unread").keys("j\r").sees("市立图书馆");
    // A new digest, then the one that is read is edited, then another goes.
    place.write(
        "harbour.md",
        &digest(
            325,
            "港口扩建",
            "港口明年扩建。",
            "The harbour grows next year.",
        ),
    );
    story.sees("港口扩建").sees("市立图书馆").sees("of 4");
    place.write("library.md", &library().replace("晚上十点", "半夜十二点"));
    story.sees("半夜十二点").sees("of 4");
    fs::remove_file(place.path().join("tea.md")).unwrap();
    story.misses("茶叶价格上涨").sees("of 3").sees("半夜十二点");
    // The file moves, the reader stays.
    fs::create_dir(place.path().join("old")).unwrap();
    fs::rename(
        place.path().join("library.md"),
        place.path().join("old/library.md"),
    )
    .unwrap();
    place.write("tea.md", &tea());
    story.sees("茶叶价格上涨").sees("of 4").sees("半夜十二点");
    quit(story);
}

#[test]
fn a_star_outlives_a_kill() {
    let place = Place::new();
    let mut story = place.begin();
    story.sees("3 unread").keys("j*");
    // Polled, since no event reports that a file on the disk has changed.
    let is_kept = || {
        place
            .answer(&["state", "export", place.path().to_str().unwrap()])
            .contains("library.md")
    };
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while !is_kept() {
        assert!(std::time::Instant::now() < deadline, "nothing is kept");
    }
    story.signal("KILL");
    story.end();
    drop(story);
    assert!(
        place
            .answer(&[
                "list",
                "--query",
                "is:starred",
                place.path().to_str().unwrap()
            ])
            .contains("图书馆延长开放时间")
    );
    let mut story = place.begin();
    story
        .sees("3 unread")
        .keys("/is:starred")
        .misses("大桥修缮两年")
        .sees("图书馆延长开放时间");
    quit(story);
}

#[test]
fn a_bare_start_opens_the_folder_read_last() {
    let place = Place::new();
    let mut story = place.begin_with(&["--theme", "dark"]);
    story.sees("jianbao FOLDER");
    quit(story);
    let mut story = place.begin();
    story.sees("3 unread").sees("茶叶价格上涨");
    quit(story);
    // A single file is no folder to come back to.
    let file = place.path().join("bridge.md");
    let mut story = place.begin_with(&["--theme", "dark", file.to_str().unwrap()]);
    story.sees("第1段");
    quit(story);
    let mut story = place.begin_with(&["--theme", "dark"]);
    story.sees("3 unread").sees("茶叶价格上涨");
    quit(story);
    fs::rename(place.path(), place.homes.path().join("moved")).unwrap();
    let mut story = place.begin_with(&[]);
    story.sees("jianbao --samples");
    assert_eq!(story.end().0, 2);
    fs::rename(place.homes.path().join("moved"), place.path()).unwrap();
    let state = place.homes.path().join("data/jianbao/state.db");
    fs::write(&state, "no database").unwrap();
    let mut story = place.begin_with(&[]);
    story.sees("it is damaged").sees("jianbao --samples");
    assert_eq!(story.end().0, 2);
}

#[test]
fn a_title_is_found_by_the_search_and_esc_leads_back_to_the_matches() {
    let place = Place::new();
    place.write("tide.md", "---\ntitle: 海峡里的慢风车\n---\n\n潮汐电站。\n");
    let mut story = place.begin();
    story
        .sees("4 unread")
        .keys("\\慢风车")
        .sees("title")
        .keys("\r")
        .sees("back to results")
        .keys("\x1b")
        .sees("title");
    quit(story);
}

#[test]
fn a_filter_is_kept_once_it_is_confirmed_and_then_said_at_the_start() {
    let place = Place::new();
    let mut story = place.begin();
    story
        .sees("3 unread")
        .keys("/茶叶价格")
        .misses("大桥修缮两年")
        .keys("\x03");
    story.end();
    drop(story);
    let mut story = place.begin();
    story
        .sees("3 unread")
        .sees("大桥修缮两年")
        .keys("/茶叶价格\r")
        .misses("大桥修缮两年");
    quit(story);
    let mut story = place.begin();
    story
        .sees("Filter 茶叶价格, 1 of 3 · Esc shows all")
        .keys("\x1b")
        .sees("大桥修缮两年");
    quit(story);
}

#[test]
fn the_divider_is_dragged_and_stays_there() {
    let place = Place::new();
    let is_at = |column: usize| {
        move |screen: &vt100::Screen| {
            let picture = screen.contents();
            let row = picture.lines().nth(5).unwrap_or_default();
            row.chars().nth(column).is_some_and(|c| "│┃".contains(c))
        }
    };
    let mut story = place.begin();
    story
        .sees("3 unread")
        .keys("\x1b[<0;41;20M\x1b[<32;61;20M\x1b[<0;61;20m");
    story.wait("the divider at column 61", is_at(60));
    quit(story);
    let mut story = place.begin();
    story.wait("the divider at column 61", is_at(60));
    quit(story);
}

#[test]
fn the_mouse_chooses_a_paragraph_and_copies_the_text_it_is_dragged_over() {
    const ITEM: &str = "今年的春茶比去年少";
    let place = Place::new();
    let mut story = place.begin();
    story.sees("春天少雨").sees(ITEM).keys("\r").sees("X both");
    let picture = story.picture();
    let row = 1 + picture
        .lines()
        .position(|line| line.contains(ITEM))
        .unwrap();
    story.keys(&format!("\x1b[<0;70;{row}M\x1b[<0;70;{row}m"));
    story.wait("the marker at the item", |screen| {
        let picture = screen.contents();
        let line = picture.lines().find(|line| line.contains(ITEM));
        line.is_some_and(|line| line.contains('▌'))
    });
    let end = row + 1;
    story
        .keys(&format!(
            "\x1b[<0;50;{row}M\x1b[<32;70;{end}M\x1b[<0;70;{end}m"
        ))
        .sees(" characters")
        .has_written(b"\x1b]52;c;");
    quit(story);
}
