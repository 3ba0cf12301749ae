//! Stories of the library: the walk, and the filter.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::Story;

const WIDE: (u16, u16) = (120, 36);
/// Enough that keys are pressed while they are read.
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
    let chinese: Vec<String> =
        (1..60).map(|row| format!("第{row}段：大桥的修缮还要两年，轮渡照常往来两岸。")).collect();
    let english: Vec<String> = (1..60)
        .map(|row| {
            format!("Paragraph {row}: the bridge is under repair for two more years, and the ferry runs as usual.")
        })
        .collect();
    digest(310, "大桥修缮两年", &chinese.join("\n\n"), &english.join("\n\n"))
}

/// A folder with three digests.
struct Place {
    digests: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { digests: tempfile::tempdir().unwrap() };
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

    fn begin(&self) -> Story {
        Story::begin(&["--theme", "dark", self.path().to_str().unwrap()], &[], WIDE)
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
        place
            .write(&format!("issue-{number:04}.md"), &digest(number % 300, &title, "今天没有新闻。", "No news today."));
    }
    let mut story = place.begin();
    // As soon as there is anything, the selection moves, an article opens and the other language comes.
    story.sees("1/").keys("j").sees("2/").keys("\r").keys("x");
    story.wait("the whole library", |screen| screen.contents().contains(&format!("/{}", MANY + 3)));
    // Back in the list, the newest is there as well.
    story.keys("q").sees("q quit").keys("g").keys("g").sees("1/3003").sees("Digest number 330");
    quit(story);
}

#[test]
fn a_walk_may_be_quit_at_any_time() {
    let place = Place::new();
    for number in 0..MANY {
        place.write(&format!("issue-{number:04}.md"), &digest(number % 300, "期", "今天没有新闻。", "No news today."));
    }
    let mut story = place.begin();
    story.sees("1/");
    quit(story);
}

#[test]
fn the_list_is_filtered_by_pinyin() {
    let place = Place::new();
    let mut story = place.begin();
    story.sees("1/3").keys("/cyjg").misses("图书馆延长开放时间").sees("茶叶价格上涨");
    story.keys("\x15tushuguan").misses("大桥修缮两年").sees("图书馆延长开放时间");
    // The whole list comes back.
    story.keys("\x1b").sees("大桥修缮两年").sees("1/3");
    quit(story);
}

#[test]
fn a_mistake_in_a_query_is_told_and_the_last_good_list_stays() {
    let place = Place::new();
    let mut story = place.begin();
    story.sees("1/3").keys("/茶叶").misses("大桥修缮两年").sees("茶叶价格上涨");
    // Not understood: the place is marked, and what was found before stays.
    story.keys(" lang:fr").sees("languages are zh").sees("茶叶价格上涨").misses("大桥修缮两年");
    story.keys("\x7f\x7fzh").misses("languages are").sees("茶叶价格上涨");
    quit(story);
}
