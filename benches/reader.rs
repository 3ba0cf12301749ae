//! What a reader waits for, measured as CPU time of the thread: a key and its frame, a toggle, the
//! first screen of a huge article.
//!
//! `cargo bench --bench reader`, or `cargo bench --bench reader -- lists` for keys in long lists
//! and the filter alone, `-- notes` for the list of 50,000 notes. The machine may be busy: the time of the thread counts, not the wall's.
//! Each line is the median and the 99th percentile of many runs.

mod made;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use jianbao::bilingual::{Place, Text};
use jianbao::catalog::{
    Annotation, Annotations, BookWord, Changes, Entries, Entry, EntryStore, FilterContext,
    HighlightColour, InitialState, Marks, Query, Remembered, Request, Tier, Update, WordSentence,
    WordState, evaluate,
};
use jianbao::digest;
use jianbao::markdown::Document;
use jianbao::reader::{Area, Code, Effect, Focus, Key, Message, Model, ReaderSettings, update};
use jianbao::text::Language;
use jianbao::typeset;
use jianbao::view::{Background, ColourDepth, Theme, draw};
use jiff::civil;
use jiff::tz::TimeZone;
use made::Made;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use rustix::time::{ClockId, clock_gettime};

const AREA: Area = Area {
    columns: 160,
    rows: 45,
};

fn main() {
    let samples = samples();
    if std::env::args().any(|argument| argument == "notes") {
        return hub(&samples);
    }
    if !std::env::args().any(|argument| argument == "lists") {
        articles(&samples);
    }
    for count in [1_000, 100_000, 1_000_000] {
        list_keys(count, &samples);
    }
    filter_keys(&samples);
}

fn articles(samples: &[(String, Vec<u8>)]) {
    key_to_frame(samples);
    seed_to_rows(&samples[0].1);
    thousand_keys(samples);
    many_words(samples);
    huge_article();
}

/// The CPU time that this thread has used.
fn now() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// Runs something many times and prints its median and 99th percentile.
fn measure(name: &str, runs: usize, mut run: impl FnMut()) {
    run();
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = now();
            run();
            now().saturating_sub(start)
        })
        .collect();
    times.sort();
    println!(
        "{name:<58} median {:>9.1?}  p99 {:>9.1?}",
        times[runs / 2],
        times[runs * 99 / 100]
    );
}

/// The samples' names and bytes, those of the usual shape first.
fn samples() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/digests");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the samples")
        .map(|entry| entry.expect("a sample").path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| {
            (
                file.file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned(),
                fs::read(file).expect("a sample"),
            )
        })
        .collect()
}

/// A reader over articles, and the terminal it draws on.
struct Reader {
    model: Model,
    texts: Vec<Arc<Text>>,
    theme: Theme,
    terminal: Terminal<TestBackend>,
}

impl Reader {
    fn new(articles: &[(String, Vec<u8>)]) -> Self {
        let settings = ReaderSettings {
            area: AREA,
            focus: Focus::Article,
            ..ReaderSettings::default()
        };
        let articles: Vec<_> = articles
            .iter()
            .map(|(name, bytes)| (name, digest::read(bytes, name)))
            .collect();
        let entries = articles
            .iter()
            .map(|(name, article)| Entry::new(name.into(), article))
            .collect::<Vec<_>>();
        let texts = articles
            .into_iter()
            .map(|(_, article)| Arc::new(Text::new(article)))
            .collect();
        let terminal =
            Terminal::new(TestBackend::new(AREA.columns, AREA.rows)).expect("a terminal in memory");
        let theme = Theme::new(Background::Dark, ColourDepth::True);
        let mut reader = Self {
            model: Model::new(settings),
            texts,
            theme,
            terminal,
        };
        reader.tell(Message::Library(Update::Changed(Changes::added(entries))));
        reader.draw();
        reader
    }

    /// A reader over a long list, whose articles are these over and over again.
    fn over(store: Arc<dyn EntryStore>, articles: &[(String, Vec<u8>)]) -> Self {
        let mut reader = Self::new(articles);
        let settings = ReaderSettings {
            area: AREA,
            ..ReaderSettings::default()
        };
        reader.model = Model::new(settings);
        reader.tell(Message::Library(Update::Initial(Box::new(InitialState {
            store: Some(store),
            ..InitialState::default()
        }))));
        reader.tell(Message::Library(Update::Progress {
            read: 0,
            found: 0,
            elapsed: Duration::ZERO,
            finished: true,
        }));
        reader.draw();
        reader
    }

    /// Sends a message; articles come at once. The filter's last question is given back.
    fn tell(&mut self, message: Message) -> Option<(u32, Query)> {
        let mut question = None;
        for effect in update(&mut self.model, message) {
            match effect {
                Effect::Library(Request::Load(id)) if !self.texts.is_empty() => {
                    let text = Arc::clone(&self.texts[id.0 as usize % self.texts.len()]);
                    self.tell(Message::Library(Update::Loaded {
                        id,
                        text,
                        remembered: Remembered::default(),
                    }));
                }
                Effect::Library(Request::Filter { number, query }) => {
                    question = Some((number, query));
                }
                _ => {}
            }
        }
        question
    }

    fn key(&mut self, code: Code) -> Option<(u32, Query)> {
        self.tell(Message::Key(Key::plain(code)))
    }

    fn draw(&mut self) {
        self.terminal
            .draw(|frame| draw(&self.model, &self.theme, frame))
            .expect("a terminal in memory");
    }
}

fn key_to_frame(samples: &[(String, Vec<u8>)]) {
    let mut reader = Reader::new(samples);
    let mut down = true;
    let mut steps = 0;
    measure("a line down or up, drawn (160x45)", 4000, || {
        steps += 1;
        down ^= steps % 30 == 0;
        reader.key(if down { Code::Down } else { Code::Up });
        reader.draw();
    });
    measure("a page down or up, drawn", 2000, || {
        down = !down;
        reader.key(if down { Code::PageDown } else { Code::PageUp });
        reader.draw();
    });
    measure("the other language, drawn", 2000, || {
        reader.key(Code::Tab);
        reader.draw();
    });
    reader.key(Code::Left);
    measure(
        "j in the list, the article laid out and drawn",
        2000,
        || {
            steps += 1;
            down ^= steps % 12 == 0;
            reader.key(if down { Code::Down } else { Code::Up });
            reader.draw();
        },
    );
    measure("drawing alone", 4000, || reader.draw());
}

/// Keys in a list, each with its frame: the article is there and laid out within it.
fn list_keys(count: u32, samples: &[(String, Vec<u8>)]) {
    println!("a list of {count}:");
    let mut reader = Reader::over(Arc::new(Made::new(count)), samples);
    let mut steps = 0;
    let mut turn = |every: u32| {
        steps += 1;
        (steps / every).is_multiple_of(2)
    };
    measure("  j or k", 2000, || {
        reader.key(Code::Char(if turn(500) { 'j' } else { 'k' }));
        reader.draw();
    });
    measure("  a page down or up", 2000, || {
        reader.key(if turn(100) {
            Code::PageDown
        } else {
            Code::PageUp
        });
        reader.draw();
    });
    measure("  G or Home", 500, || {
        reader.key(if turn(1) { Code::Char('G') } else { Code::Home });
        reader.draw();
    });
    for (name, code) in [
        ("  the other language", Code::Tab),
        ("  read or unread", Code::Char('r')),
        ("  a star", Code::Char('*')),
    ] {
        measure(name, 500, || {
            reader.key(code);
            reader.draw();
        });
    }
    for name in ["  the next order", "  the other language, by title"] {
        measure(name, 300, || {
            reader.key(if name.ends_with("order") {
                Code::Char('s')
            } else {
                Code::Tab
            });
            reader.draw();
        });
    }
}

/// The list of 50,000 notes, opened and drawn, then filtered by a letter.
fn hub(samples: &[(String, Vec<u8>)]) {
    let store = Arc::new(Made::new(100_000));
    let mut reader = Reader::over(Arc::clone(&store) as Arc<dyn EntryStore>, samples);
    let place = |block, offset| Place {
        side: Language::English,
        block,
        offset,
        fingerprint: 7,
    };
    let note = |number: u32| {
        let path = store.entry(number * 2).map(|entry| entry.path);
        let path = path.unwrap_or_default();
        let places = [place(number, 0), place(number, 40)];
        Arc::new(Annotation {
            key: Annotation::key_of(&path, &places),
            path,
            places,
            text: format!("The number of storks rose by {number} in one year"),
            colour: HighlightColour::ALL.get(number as usize % 5).copied(),
            note: format!("#tag{} 与去年相比 {number}", number % 40),
            created: i64::from(number) * 60_000_000,
            changed: 1,
        })
    };
    let all = (0..50_000).map(note).collect();
    reader.tell(Message::Library(Update::Annotated(all)));
    measure("the list of 50,000 notes, opened and drawn", 40, || {
        reader.key(Code::Char('g'));
        reader.key(Code::Char('h'));
        reader.draw();
        reader.key(Code::Esc);
    });
    reader.key(Code::Char('g'));
    reader.key(Code::Char('h'));
    reader.key(Code::Char('/'));
    measure("  a letter in its filter, drawn", 40, || {
        reader.key(Code::Char('7'));
        reader.draw();
        reader.key(Code::Backspace);
    });
}

/// A letter in the filter's line, to the frame with its answer: the parts by themselves, and all
/// one after the other in wall time.
fn filter_keys(samples: &[(String, Vec<u8>)]) {
    let store = Arc::new(Made::new(100_000));
    let mut entries = Entries::new(TimeZone::UTC);
    entries.rebase(Arc::clone(&store) as Arc<dyn EntryStore>);
    let mut reader = Reader::over(store, samples);
    println!("a letter in the filter, 100,000 articles; medians, and the 99th percentile of all:");
    println!(
        "  {:<14}{:>10}{:>12}{:>12}{:>12}{:>12}{:>12}",
        "", "left", "key drawn", "judged", "answer", "all", "p99"
    );
    for word in [
        "e",
        "英伟达",
        "nvdia",
        "energy",
        "ywd",
        "yingwd",
        "chongqing",
        "tob",
        "tag:business",
        "-e",
        "is:unread",
    ] {
        let mut times = [const { Vec::new() }; 4];
        let mut left = 0;
        for _ in 0..60 {
            let steps = filter_key(&mut reader, &entries, word);
            left = reader.model.list().len();
            for (times, step) in times.iter_mut().zip(steps.windows(2)) {
                times.push(step[1] - step[0]);
            }
            times[3].push(steps[3] - steps[0]);
            reader.key(Code::Esc);
        }
        for times in &mut times {
            times.sort();
        }
        let at = |times: &[Duration], percent: usize| {
            times[times.len() * percent / 100].as_secs_f64() * 1e3
        };
        let [key, judged, answer, all] = times.each_ref().map(|times| at(times, 50));
        let worst = at(&times[3], 99);
        println!(
            "  {word:<14}{left:>10}{key:>9.2} ms{judged:>9.2} ms{answer:>9.2} ms{all:>9.2} ms{worst:>9.2} ms"
        );
    }
}

/// Types the last letter of a word into the filter's line. The moments before it, when it is drawn,
/// when it is judged, and when the answer is drawn.
fn filter_key(reader: &mut Reader, entries: &Entries, word: &str) -> [Instant; 4] {
    let last = word.chars().next_back().unwrap_or_default();
    reader.key(Code::Char('/'));
    reader.tell(Message::Paste(
        word[..word.len() - last.len_utf8()].to_owned(),
    ));
    reader.draw();
    let begun = Instant::now();
    let (number, query) = reader.key(Code::Char(last)).expect("a question");
    reader.draw();
    let drawn = Instant::now();
    let tiers = judge(entries, &query);
    let judged = Instant::now();
    reader.tell(Message::Library(Update::Filtered {
        number,
        tiers,
        is_final: false,
    }));
    reader.draw();
    [begun, drawn, judged, Instant::now()]
}

/// The first answer to a query, by two threads as in the program.
fn judge(entries: &Entries, query: &Query) -> Arc<[Tier]> {
    let marks = Marks::default();
    let context = FilterContext {
        marks: &marks,
        annotations: &Annotations::default(),
        today: civil::date(2026, 1, 1),
        last_visit: None,
        is_thorough: false,
    };
    let judge = |numbers| evaluate(query, entries, numbers, &context, &|_| &[]);
    let (half, bound) = (entries.bound() / 2, entries.bound());
    thread::scope(|scope| {
        let other = scope.spawn(|| judge(half..bound));
        let mut tiers = judge(0..half);
        tiers.extend(other.join().expect("the other half"));
        tiers.into()
    })
}

fn seed_to_rows(bytes: &[u8]) {
    let set = |document: &Document| {
        let settings = typeset::LayoutSettings::new(88);
        black_box(typeset::set(document, &settings));
    };
    measure(
        "a digest from its bytes to rows in both languages",
        4000,
        || {
            let text = Text::new(digest::read(bytes, "digest.md"));
            Language::BOTH
                .into_iter()
                .filter_map(|side| text.document(side))
                .for_each(set);
        },
    );
}

fn thousand_keys(samples: &[(String, Vec<u8>)]) {
    let mut reader = Reader::new(samples);
    measure(
        "1,000 keys at once in an article, then one frame",
        50,
        || {
            for nth in 0..1000 {
                reader.key(if nth % 100 < 50 { Code::Down } else { Code::Up });
            }
            reader.draw();
        },
    );
    // The first one aligns the sentences of the article.
    reader.key(Code::Char('d'));
    measure(
        "another word in the look-up box, and its frame",
        200,
        || {
            reader.key(Code::Char('w'));
            reader.draw();
        },
    );
    let cells = &reader.terminal.backend().buffer().content;
    let is_open = cells.iter().any(|cell| cell.symbol() == "╭");
    assert!(is_open, "the box is open");
}

/// The vocabulary book with 100,000 words, each with a sentence.
fn many_words(samples: &[(String, Vec<u8>)]) {
    let word = |number: u64| {
        let written = format!("词{number}");
        let sentence = WordSentence {
            library: None,
            path: format!("{}.md", number % 1000).into(),
            place: Place {
                side: Language::Chinese,
                block: 1,
                offset: 0,
                fingerprint: number,
            },
            text: format!("这是第 {number} 个词的例句，它有一行那么长，和新闻里的句子差不多。"),
            word: [0, 3],
            translation: format!(
                "The sentence of word {number} is about as long as one of the news."
            ),
            title: format!("Article {}", number % 1000),
            source: "gazette".into(),
            link: "https://example.org/".into(),
            day: None,
            added: 1,
        };
        Arc::new(BookWord {
            key: number,
            language: Language::Chinese,
            word: written,
            traditional: String::new(),
            reading: "cí".into(),
            senses: vec!["word".into(), "speech".into()],
            state: WordState::Kept,
            sentences: vec![sentence],
            level: Some((number % 7) as u8 + 1),
            band: None,
            created: 1_700_000_000_000 + 3_600_000 * (number as i64 % 9000),
            changed: 1,
        })
    };
    let words: Vec<_> = (0..100_000).map(word).collect();
    let mut reader = Reader::new(samples);
    measure("100,000 words taken up", 10, || {
        reader.tell(Message::Library(Update::Vocabulary(words.clone())));
    });
    measure("the vocabulary book opened, and its frame", 20, || {
        reader.key(Code::Char('g'));
        reader.key(Code::Char('w'));
        reader.draw();
        reader.key(Code::Esc);
    });
    measure("another order of the book, and its frame", 20, || {
        reader.key(Code::Char('g'));
        reader.key(Code::Char('w'));
        let start = now();
        reader.key(Code::Char('s'));
        reader.draw();
        black_box(start);
        reader.key(Code::Esc);
    });
}

fn huge_article() {
    let one = "这是一段很长的中文新闻，里面提到 CoreWeave 与英伟达（Nvidia）的合作，金额为 86 亿美元，同比增长 8.6%。\n\n";
    let other = "This is a long paragraph of English news about CoreWeave and Nvidia, worth $8.6 billion, up 8.6 per cent.\n\n";
    let header = "---\ntitle: 长文\ndate: 2024-06-05T04:00:03.025Z\n---\n\n";
    let half = 2_500_000;
    let body = format!(
        "{header}{}\n---\n\n **Summary:**\n\n{}",
        one.repeat(half / one.len()),
        other.repeat(half / other.len())
    );
    let bytes = body.into_bytes();
    println!("a huge article of {:.1} MB:", bytes.len() as f64 / 1e6);
    measure("  from its bytes to the first screen", 20, || {
        let mut reader = Reader::new(&[]);
        let article = digest::read(&bytes, "huge.md");
        reader.tell(Message::Library(Update::Changed(Changes::added(vec![
            Entry::new("huge.md".into(), &article),
        ]))));
        let id = reader.model.list().selected().expect("an entry");
        reader.tell(Message::Library(Update::Loaded {
            id,
            text: Arc::new(Text::new(article)),
            remembered: Remembered::default(),
        }));
        reader.draw();
        assert!(reader.model.page().is_some());
    });
}
