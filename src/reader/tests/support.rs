//! A reader in a test: it takes keys as one would write them down, and articles are there at
//! once.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::fake_library::answers;
use crate::bilingual::Text;
use crate::catalog::{Changes, Entry, EntryId, Remembered, Request, Update};
use crate::digest;
use crate::reader::{
    Area, Code, Effect, Focus, Key, Message, Model, Page, PageSource, ReaderSettings, Timer, update,
};

/// Two languages, with headings, lists, a quotation, a table, code and links.
pub(super) const CRANES: &str = "---
title: 鹤群回到湿地
date: 2026-03-02T08:30:00.000Z
description: Cranes return to the wetland after ten years
tags:
- nature
- birds
author: field notes
---

[原文链接](https://example.org/cranes)

鹤群回到湿地

# 十年之后，鹤群回到了北方的湿地

春天的湿地里，人们又一次听到了鹤的叫声。十年前，这里的水几乎干了；现在，水位恢复到了从前的高度，芦苇也长了回来。

## 要点：

1. **水位**：湿地的水位在三年里上升了一米二，芦苇恢复了八成。

2. **鹤群**：今年春天一共数到一百二十只鹤，比去年多了四十只。

3. **居民**：附近的居民参加了[巡护](https://example.org/patrol)，每天记录鸟的数量。

> 我们等了十年，终于等到了它们。

---

 **Summary:**
In spring the calls of cranes were heard over the wetland once more. Ten years ago the water had almost dried up; now it stands as high as it ever did, and the reeds have grown back.

**Key Points:**
1. **Water:** The level of the wetland rose by 1.2 metres in three years, and four fifths of the reeds are back.
2. **Cranes:** This spring 120 cranes were counted, 40 more than last year.
3. **Neighbours:** People who live nearby joined the [patrols](https://example.org/patrol) and note the number of birds every day.

> We waited ten years, and at last they came.

[Source Link](https://example.org/cranes)
";

/// One language, many paragraphs.
pub(super) fn long_english(paragraphs: usize) -> String {
    let paragraph = |number: usize| {
        let heading = if number % 10 == 1 {
            format!("## Part {}\n\n", number / 10 + 1)
        } else {
            String::new()
        };
        let text = "of the walk goes over hills and through valleys, past a mill and a well, and it is long enough to take \
                    several rows of any screen that a reader may have in front of them today.";
        format!("{heading}Paragraph {number} {text}\n\n")
    };
    let text: Vec<String> = (1..=paragraphs).map(paragraph).collect();
    format!(
        "---\ntitle: A long walk\ndate: 2026-02-01\nauthor: walker\n---\n\n{}",
        text.concat()
    )
}

/// A reader with its articles.
pub(super) struct Script {
    pub(super) model: Model,
    pub(super) effects: Vec<Effect>,
    /// The articles that were to be compared, each time.
    pub(super) to_compare: Vec<Vec<EntryId>>,
    pub(super) texts: Vec<Arc<Text>>,
    /// Whether what is asked of the library is left to the test.
    pub(super) is_slow: bool,
    /// How often a message of the status bar was given its time.
    pub(super) status_timers: usize,
    /// The time that the second key of the last chord was given.
    pub(super) chord_timer: Option<Duration>,
}

impl Script {
    /// A reader of articles on a screen; everything asked for is there at once.
    pub(super) fn new(columns: u16, rows: u16, articles: &[&str]) -> Self {
        let texts = articles.iter().map(|article| text(article)).collect();
        let area = Area { columns, rows };
        let mut script = Self {
            model: Model::new(ReaderSettings {
                area,
                cursor: true,
                ..ReaderSettings::default()
            }),
            effects: Vec::new(),
            to_compare: Vec::new(),
            texts,
            is_slow: false,
            status_timers: 0,
            chord_timer: None,
        };
        let entries = script
            .texts
            .iter()
            .enumerate()
            .map(|(number, text)| entry(number, text))
            .collect::<Vec<_>>();
        script.tell(Message::Library(Update::Changed(Changes::added(entries))));
        let found = articles.len() as u32;
        script.tell(Message::Library(Update::Progress {
            read: found,
            found,
            elapsed: Duration::ZERO,
            finished: true,
        }));
        script
    }

    /// The bilingual sample, opened.
    pub(super) fn cranes(columns: u16, rows: u16) -> Self {
        let mut script = Self::new(columns, rows, &[CRANES, &long_english(3)]);
        script.keys("<enter>");
        script
    }

    /// A long article in one language, opened.
    pub(super) fn walk(columns: u16, rows: u16) -> Self {
        let mut script = Self::new(columns, rows, &[&long_english(60), CRANES]);
        script.keys("G<enter>");
        script
    }

    /// Sends a message; articles that are asked for are loaded and questions answered, other
    /// effects are collected.
    pub(super) fn tell(&mut self, message: Message) {
        for effect in update(&mut self.model, message) {
            match effect {
                Effect::Library(Request::Load(id)) => {
                    let text = Arc::clone(&self.texts[id.0 as usize]);
                    self.tell(Message::Library(Update::Loaded {
                        id,
                        text,
                        remembered: Remembered::default(),
                    }));
                }
                Effect::Library(Request::CheckArticles(ids)) => self.to_compare.push(ids),
                Effect::StartTimer {
                    timer: Timer::Status,
                    ..
                } => self.status_timers += 1,
                Effect::StartTimer {
                    timer: Timer::Chord,
                    after,
                } => self.chord_timer = Some(after),
                Effect::Library(request) if !self.is_slow => {
                    let list = self.model.list();
                    let answers = answers(&request, list.entries(), list.marks(), &self.texts);
                    if answers.is_empty() {
                        self.effects.push(Effect::Library(request));
                    }
                    for answer in answers {
                        self.tell(Message::Library(answer));
                    }
                }
                effect => self.effects.push(effect),
            }
        }
    }

    /// What a library that was slow answers in the end to what it was asked, one message after the
    /// other.
    pub(super) fn answers(&self, effect: &Effect) -> Vec<Message> {
        let Effect::Library(request) = effect else {
            return Vec::new();
        };
        let list = self.model.list();
        answers(request, list.entries(), list.marks(), &self.texts)
            .into_iter()
            .map(Message::Library)
            .collect()
    }

    /// Presses keys, written as `jj<enter><C-d>`.
    pub(super) fn keys(&mut self, script: &str) -> &mut Self {
        for key in keys(script) {
            self.tell(Message::Key(key));
        }
        self
    }

    pub(super) fn page(&self) -> &Page {
        self.model.page().unwrap()
    }

    pub(super) fn id(&self) -> EntryId {
        self.page().id()
    }

    /// What is on the page, row by row, blank rows empty.
    pub(super) fn screen(&self) -> Vec<String> {
        let rows = self
            .model
            .layout
            .article
            .map_or(0, |article| article.body.rows);
        let mut screen = vec![String::new(); rows.into()];
        for row in self.page().visible_rows() {
            let index = row
                .rows
                .rows
                .iter()
                .position(|other| std::ptr::eq(other, row.row))
                .unwrap();
            let (line, text) = (
                &mut screen[usize::from(row.y)],
                row.rows.plain(index, row.document),
            );
            if self.page().is_beside() && row.source == PageSource::Text(self.page().side().other())
            {
                line.push_str(" | ");
            }
            line.push_str(&text);
        }
        screen
    }

    /// The text of the current block.
    pub(super) fn current(&self) -> &str {
        let page = self.page();
        page.current_block()
            .map_or("", |block| page.document().block_text(block as usize))
    }

    pub(super) fn notice(&self) -> &str {
        self.model.notice().unwrap_or_default()
    }

    pub(super) fn is_in_article(&self) -> bool {
        self.model.focus() == Focus::Article
    }

    /// The effects so far, which are forgotten.
    pub(super) fn took(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }
}

pub(super) fn text(article: &str) -> Arc<Text> {
    Arc::new(Text::new(digest::read(article.as_bytes(), "sample.md")))
}

pub(super) fn entry(number: usize, text: &Text) -> Entry {
    Entry::new(PathBuf::from(format!("{number}.md")), &text.article)
}

/// Reads a script of keys: characters are themselves, names stand in angle brackets, `<lt>` is the
/// bracket.
pub(super) fn keys(script: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = script;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c != '<' {
            keys.push(Key::char(c));
            continue;
        }
        let (name, after) = rest.split_once('>').unwrap();
        rest = after;
        keys.push(match name {
            "lt" => Key::char('<'),
            "enter" => Key::plain(Code::Enter),
            "esc" => Key::plain(Code::Esc),
            "tab" => Key::plain(Code::Tab),
            "bs" => Key::plain(Code::Backspace),
            "up" => Key::plain(Code::Up),
            "down" => Key::plain(Code::Down),
            "S-up" => Key::plain(Code::ShiftUp),
            "S-down" => Key::plain(Code::ShiftDown),
            "left" => Key::plain(Code::Left),
            "right" => Key::plain(Code::Right),
            "pgup" => Key::plain(Code::PageUp),
            "pgdn" => Key::plain(Code::PageDown),
            "home" => Key::plain(Code::Home),
            "end" => Key::plain(Code::End),
            "del" => Key::plain(Code::Delete),
            alt if alt.starts_with("A-") => Key {
                alt: true,
                ..Key::char(alt.chars().nth(2).unwrap())
            },
            "C-left" => Key {
                ctrl: true,
                ..Key::plain(Code::Left)
            },
            "C-right" => Key {
                ctrl: true,
                ..Key::plain(Code::Right)
            },
            ctrl => Key::ctrl(
                ctrl.strip_prefix("C-")
                    .and_then(|c| c.chars().next())
                    .unwrap(),
            ),
        });
    }
    keys
}
