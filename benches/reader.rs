//! What a reader waits for, measured as CPU time of the thread: a key and its frame, a toggle, the first screen of a huge article.
//!
//! `cargo bench --bench reader`. The machine may be busy: the time of the thread counts, not the wall's. Each line is the
//! median and the 99th percentile of many runs.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jianbao::bilingual::Text;
use jianbao::catalog::{Changes, Entry, Remembered};
use jianbao::digest;
use jianbao::markdown::Document;
use jianbao::reader::{Area, Code, Effect, Focus, Key, Message, Model, Settings, update};
use jianbao::text::Language;
use jianbao::typeset::{self, Ambiguous};
use jianbao::view::{Background, ColourDepth, Theme, draw};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use rustix::time::{ClockId, clock_gettime};

const AREA: Area = Area { columns: 160, rows: 45 };

fn main() {
    let samples = samples();
    key_to_frame(&samples);
    seed_to_rows(&samples[0].1);
    thousand_keys(&samples);
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
    println!("{name:<58} median {:>9.1?}  p99 {:>9.1?}", times[runs / 2], times[runs * 99 / 100]);
}

/// The samples' names and bytes, those of the usual shape first.
fn samples() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/digests");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("the samples").map(|entry| entry.expect("a sample").path()).collect();
    files.sort();
    files
        .iter()
        .map(|file| {
            (file.file_name().unwrap_or_default().to_string_lossy().into_owned(), fs::read(file).expect("a sample"))
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
        let settings = Settings { area: AREA, focus: Focus::Article, ..Settings::default() };
        let articles: Vec<_> = articles.iter().map(|(name, bytes)| (name, digest::read(bytes, name))).collect();
        let entries = articles.iter().map(|(name, article)| Entry::new(name.into(), article)).collect::<Vec<_>>();
        let texts = articles.into_iter().map(|(_, article)| Arc::new(Text::new(article))).collect();
        let terminal = Terminal::new(TestBackend::new(AREA.columns, AREA.rows)).expect("a terminal in memory");
        let theme = Theme::new(Background::Dark, ColourDepth::True);
        let mut reader = Self { model: Model::new(settings), texts, theme, terminal };
        reader.tell(Message::Changed(Changes::added(entries)));
        reader.draw();
        reader
    }

    fn tell(&mut self, message: Message) {
        for effect in update(&mut self.model, message) {
            if let Effect::Load(id) = effect
                && let Some(text) = self.texts.get(id.0 as usize).map(Arc::clone)
            {
                self.tell(Message::Loaded { id, text, remembered: Remembered::default() });
            }
        }
    }

    fn key(&mut self, code: Code) {
        self.tell(Message::Key(Key::plain(code)));
    }

    fn draw(&mut self) {
        self.terminal.draw(|frame| draw(&self.model, &self.theme, frame)).expect("a terminal in memory");
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
    measure("j in the list, the article laid out and drawn", 2000, || {
        steps += 1;
        down ^= steps % 12 == 0;
        reader.key(if down { Code::Down } else { Code::Up });
        reader.draw();
    });
    measure("drawing alone", 4000, || reader.draw());
}

fn seed_to_rows(bytes: &[u8]) {
    let set = |document: &Document| {
        let settings = typeset::Settings { columns: 88, ambiguous: Ambiguous::Narrow, pinyin: false };
        black_box(typeset::set(document, &settings));
    };
    measure("a digest from its bytes to rows in both languages", 4000, || {
        let text = Text::new(digest::read(bytes, "digest.md"));
        Language::BOTH.into_iter().filter_map(|side| text.document(side)).for_each(set);
    });
}

fn thousand_keys(samples: &[(String, Vec<u8>)]) {
    let mut reader = Reader::new(samples);
    measure("1,000 keys at once in an article, then one frame", 50, || {
        for nth in 0..1000 {
            reader.key(if nth % 100 < 50 { Code::Down } else { Code::Up });
        }
        reader.draw();
    });
}

fn huge_article() {
    let one =
        "这是一段很长的中文新闻，里面提到 CoreWeave 与英伟达（Nvidia）的合作，金额为 86 亿美元，同比增长 8.6%。\n\n";
    let other =
        "This is a long paragraph of English news about CoreWeave and Nvidia, worth $8.6 billion, up 8.6 per cent.\n\n";
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
        reader.tell(Message::Changed(Changes::added(vec![Entry::new("huge.md".into(), &article)])));
        let id = reader.model.list().selected().expect("an entry");
        reader.tell(Message::Loaded { id, text: Arc::new(Text::new(article)), remembered: Remembered::default() });
        reader.draw();
        assert!(reader.model.page().is_some());
    });
}
