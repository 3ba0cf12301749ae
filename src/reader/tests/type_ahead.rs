use super::support::{CRANES, entry, keys, long_english, text};
use crate::catalog::{Changes, EntryId, Remembered, Request, Update};
use crate::reader::{Effect, Message, Model, Page, ReaderSettings, Timer, update};

/// A reader whose library answers only when the test says so.
struct SlowReader {
    model: Model,
    loads: Vec<EntryId>,
    has_quit: bool,
}

impl SlowReader {
    fn new() -> Self {
        Self {
            model: Model::new(ReaderSettings::default()),
            loads: Vec::new(),
            has_quit: false,
        }
    }

    fn tell(&mut self, message: Message) {
        for effect in update(&mut self.model, message) {
            match effect {
                Effect::Library(Request::Load(id)) => self.loads.push(id),
                Effect::Quit => self.has_quit = true,
                _ => {}
            }
        }
    }

    fn press(&mut self, script: &str) {
        for key in keys(script) {
            self.tell(Message::Key(key));
        }
    }

    fn articles() -> [String; 2] {
        [CRANES.to_owned(), long_english(60)]
    }

    fn list(&mut self) {
        let entries = Self::articles().map(|it| text(&it)).into_iter().enumerate();
        let entries = entries
            .map(|(at, text)| entry(at, &text))
            .collect::<Vec<_>>();
        self.tell(Message::Library(Update::Changed(Changes::added(entries))));
    }

    /// Answers what was asked for last.
    fn load(&mut self) {
        let id = *self.loads.last().unwrap();
        let text = text(&Self::articles()[id.0 as usize]);
        self.tell(Message::Library(Update::Loaded {
            id,
            text,
            remembered: Remembered::default(),
        }));
    }
}

#[test]
fn keys_typed_at_start_wait_for_the_list_and_for_the_text() {
    let mut reader = SlowReader::new();
    reader.press("j<enter>t");
    assert!(reader.model.popup.is_none() && reader.loads.is_empty());
    reader.list();
    reader.load();
    let selected = reader.model.list().selected();
    assert_eq!(reader.model.page().map(Page::id), selected);
    assert_eq!(selected, Some(EntryId(1)));
    assert!(reader.model.popup.is_some(), "the outline");
}

#[test]
fn a_find_typed_before_the_text_finds_in_it() {
    let mut reader = SlowReader::new();
    reader.list();
    reader.press("<enter>/quiet<bs><bs><bs><bs><bs>湿地<enter>");
    assert!(reader.model.prompt.is_none());
    reader.load();
    let page = reader.model.page().unwrap();
    assert_eq!(page.needle(), Some("湿地"));
    assert!(!reader.has_quit && reader.model.prompt.is_none());
}

#[test]
fn a_prefix_and_a_count_wait_with_their_key() {
    let mut reader = SlowReader::new();
    reader.list();
    reader.press("<enter>J");
    reader.load();
    reader.press("Ggg3j");
    let mut early = SlowReader::new();
    early.list();
    early.press("<enter>JGgg3j");
    early.load();
    let place = |reader: &SlowReader| reader.model.page().unwrap().scroll_state();
    assert_eq!(place(&early), place(&reader));
    early.press("gg");
    assert_ne!(place(&early), place(&reader));
}

#[test]
fn what_leaves_acts_at_once_and_forgets_what_waited() {
    let mut reader = SlowReader::new();
    reader.list();
    reader.press("<enter>tt<esc>");
    assert_eq!(reader.model.focus(), crate::reader::Focus::List);
    reader.load();
    assert!(reader.model.popup.is_none());
    reader.press("<enter>J.<C-c>");
    assert!(reader.has_quit);
}

#[test]
fn articles_are_walked_over_without_waiting() {
    let mut reader = SlowReader::new();
    reader.list();
    reader.press("<enter>JKJK");
    assert_eq!(reader.model.list().selected(), Some(EntryId(0)));
    assert!(reader.loads.len() >= 3, "{:?}", reader.loads);
}

#[test]
fn keys_that_waited_too_long_are_dropped() {
    let mut reader = SlowReader::new();
    reader.list();
    reader.press("<enter>t");
    reader.tell(Message::Timer(Timer::TypeAhead));
    assert!(reader.model.notice().unwrap().contains("dropped"));
    reader.load();
    assert!(reader.model.popup.is_none());
}
