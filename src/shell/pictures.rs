//! The pictures on the screen: read, decoded and encoded on a thread of their own, and kept as long as they are near.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use crossterm::Command;

use super::graphics::{
    EncodedPicture, Encoding, GraphicsAnswer, GraphicsAnswers, GraphicsEnvironment,
};
#[cfg(feature = "pictures")]
use super::picture_encoder;
use super::terminal::passed_on;
use crate::bilingual::{PictureProblem, Text};
#[cfg(feature = "pictures")]
use crate::library::read_picture;
use crate::reader::{CellSize, PictureBox};
use crate::settings::PictureSetting;
use crate::view::{Background, ColourDepth, PictureCells};

/// The most pictures that are kept beyond those on the screen.
const MOST_KEPT: usize = 6;

/// What the thread has to do.
#[derive(Clone, Debug)]
struct Job {
    picture: PictureBox,
    encoding: Encoding,
    number: u32,
}

/// An answer of the thread.
#[derive(Debug)]
pub(super) struct PictureAnswer {
    job: Job,
    result: Result<EncodedPicture, PictureProblem>,
}

/// A sequence as it is.
struct Sequence(String);

impl Command for Sequence {
    fn write_ansi(&self, f: &mut impl std::fmt::Write) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// How the terminal shows pictures, and those that are known; nothing is allocated and no thread runs until one was on the screen.
#[derive(Debug)]
pub(super) struct Pictures {
    environment: GraphicsEnvironment,
    answers: GraphicsAnswers,
    encoding: Option<Encoding>,
    worker: Option<Sender<Job>>,
    /// Those that can be drawn, the last one used at the end.
    kept: Vec<(PictureBox, EncodedPicture)>,
    /// What the thread does now.
    pending: Option<PictureBox>,
    last_number: u32,
    /// The rest of those that were sent in part, the last piece first: the protocol wants it.
    rest: Vec<String>,
    /// The numbers of those that the terminal is to forget.
    dropped: Vec<u32>,
}

impl Pictures {
    /// Without pictures, until the way to show them is chosen.
    pub(super) fn new(depth: ColourDepth) -> Self {
        Self {
            environment: GraphicsEnvironment::new(depth),
            answers: GraphicsAnswers::default(),
            encoding: None,
            worker: None,
            kept: Vec::new(),
            pending: None,
            last_number: 0,
            rest: Vec::new(),
            dropped: Vec::new(),
        }
    }

    /// Whether the terminal is to be asked, and then whether through tmux.
    pub(super) fn question(&self, setting: PictureSetting) -> Option<bool> {
        let is_asked = !matches!(setting, PictureSetting::Off | PictureSetting::Halfblocks);
        (is_asked && self.environment.can_ask()).then_some(self.environment.is_tmux)
    }

    /// Takes up an answer of the terminal.
    pub(super) fn answer(&mut self, answer: GraphicsAnswer) {
        self.answers.take(answer);
    }

    /// Takes up the attributes of the terminal.
    pub(super) const fn set_sixel(&mut self, is_sixel: bool) {
        self.answers.sixel = is_sixel;
    }

    /// Chooses how pictures are shown from now on; `false` if all stays as it is.
    pub(super) fn choose(&mut self, setting: PictureSetting, background: Background) -> bool {
        let chosen = self.environment.choose(setting, &self.answers);
        let encoding = chosen.map(|(protocol, cell)| Encoding {
            protocol,
            cell,
            is_tmux: self.environment.is_tmux,
            background,
        });
        let is_new = self.encoding != encoding;
        if is_new {
            self.forget();
            self.encoding = encoding;
        }
        is_new
    }

    /// The size of a cell, if pictures are shown.
    pub(super) fn cell(&self) -> Option<CellSize> {
        self.encoding.map(|it| it.cell)
    }

    /// Forgets all pictures, since the terminal may have.
    pub(super) fn forget(&mut self) {
        self.keep(|_| false);
        self.pending = None;
    }

    fn keep(&mut self, is_kept: impl Fn(&PictureBox) -> bool) {
        let gone = self.kept.extract_if(.., |(picture, _)| !is_kept(picture));
        for (_, encoded) in gone.filter(|(_, it)| it.is_begun) {
            self.rest.extend(encoded.pieces);
            self.dropped.extend(encoded.number);
        }
    }

    /// Has the pictures on the screen made ready, one after the other; those of other articles go. The thread is started
    /// with `on_done`, to which all answers go.
    pub(super) fn follow(
        &mut self,
        article: Option<&Arc<Text>>,
        wanted: &[PictureBox],
        on_done: impl Fn(PictureAnswer) + Send + 'static,
    ) {
        let is_near = |it: &PictureBox| article.is_some_and(|text| it.is_of(text));
        self.keep(is_near);
        let Some(encoding) = self.encoding else {
            return;
        };
        // Those on the screen are the last to go.
        self.kept.sort_by_key(|(it, _)| wanted.contains(it));
        let most = MOST_KEPT.max(wanted.len());
        let oldest: Vec<_> = self
            .kept
            .iter()
            .rev()
            .skip(most)
            .map(|(it, _)| it.clone())
            .collect();
        self.keep(|it| !oldest.contains(it));
        if self.pending.is_some() {
            return;
        }
        let is_kept = |it: &&PictureBox| self.kept.iter().any(|(kept, _)| kept == *it);
        let Some(picture) = wanted.iter().find(|it| !is_kept(it)) else {
            return;
        };
        // Kitty's placeholders hold 24 bits of it as a colour; strips count on from it.
        self.last_number = (self.last_number + 0x1000) % 0xff_0000;
        let job = Job {
            picture: picture.clone(),
            encoding,
            number: self.last_number + 0x1_0000,
        };
        let start = || {
            let (sender, receiver) = mpsc::channel();
            let thread = thread::Builder::new().name("pictures".into());
            // If the system starts no thread, the rows stay blank.
            let _ = thread.spawn(move || encode_all(&receiver, on_done));
            sender
        };
        if self.worker.get_or_insert_with(start).send(job).is_ok() {
            self.pending = Some(picture.clone());
        }
    }

    /// Takes an answer of the thread; returns the picture that cannot be shown.
    pub(super) fn take(&mut self, answer: PictureAnswer) -> Option<(PictureBox, PictureProblem)> {
        let PictureAnswer { job, result } = answer;
        if self.pending.as_ref() == Some(&job.picture) {
            self.pending = None;
        }
        // It may have been asked for another size of cells.
        if self.encoding != Some(job.encoding) {
            return None;
        }
        match result {
            Ok(encoded) => self.kept.push((job.picture, encoded)),
            Err(problem) => return Some((job.picture, problem)),
        }
        None
    }

    /// A piece of what has to be sent before the next frame.
    pub(super) fn next_piece(&mut self) -> Option<impl Command + use<>> {
        if let Some(piece) = self.rest.pop() {
            return Some(Sequence(piece));
        }
        if let Some(number) = self.dropped.pop() {
            let forget = format!("\x1b_Ga=d,d=I,i={number},q=2\x1b\\");
            let is_tmux = self.encoding.is_some_and(|it| it.is_tmux);
            return Some(Sequence(if is_tmux { passed_on(&forget) } else { forget }));
        }
        let mut unsent = self.kept.iter_mut().map(|(_, it)| it);
        let unsent = unsent.find(|it| !it.pieces.is_empty())?;
        unsent.is_begun = true;
        unsent.pieces.pop().map(Sequence)
    }

    /// Whether there is more to send.
    pub(super) fn has_pieces(&self) -> bool {
        let mut kept = self.kept.iter();
        !self.rest.is_empty()
            || !self.dropped.is_empty()
            || kept.any(|(_, it)| !it.pieces.is_empty())
    }

    /// The cells of a picture that was sent.
    pub(super) fn cells(&self, picture: &PictureBox) -> Option<&PictureCells> {
        let mut kept = self.kept.iter();
        let (_, encoded) = kept.find(|(it, _)| it == picture)?;
        encoded.pieces.is_empty().then_some(&encoded.cells)
    }

    /// The strips of all pictures, by their numbers.
    pub(super) fn strips(&self) -> impl Iterator<Item = (u32, Arc<str>)> + '_ {
        self.kept
            .iter()
            .flat_map(|(_, it)| it.strips.iter().cloned())
    }
}

fn encode_all(receiver: &Receiver<Job>, on_done: impl Fn(PictureAnswer)) {
    while let Ok(job) = receiver.recv() {
        let result = catch_unwind(AssertUnwindSafe(|| encode(&job)));
        let result = result.unwrap_or(Err(PictureProblem::Damaged));
        on_done(PictureAnswer { job, result });
    }
}

#[cfg(feature = "pictures")]
fn encode(job: &Job) -> Result<EncodedPicture, PictureProblem> {
    let picture = job.picture.picture().ok_or(PictureProblem::Missing)?;
    let image = picture_encoder::decode(&read_picture(picture)?, picture.pixels);
    let image = image.ok_or(PictureProblem::Damaged)?;
    let encoded = picture_encoder::encode(&image, job.picture.size, job.encoding, job.number);
    encoded.ok_or(PictureProblem::Damaged)
}

/// Never asked: no protocol is chosen.
#[cfg(not(feature = "pictures"))]
fn encode(_: &Job) -> Result<EncodedPicture, PictureProblem> {
    Err(PictureProblem::UnknownFormat)
}
