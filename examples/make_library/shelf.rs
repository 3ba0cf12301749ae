//! A folder of digests on disk.

use std::path::{Path, PathBuf};
use std::{fs, io, thread};

use crate::quirk;
use crate::random::Random;
use crate::story::Story;

/// A hidden file that says that the folder was made here, and from what.
const MARK: &str = ".made-by-make-library";

/// How the digests lie in their folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A folder a month.
    Months,
    /// All in one folder.
    Flat,
    /// A folder a digest.
    Scattered,
}

impl Layout {
    const ALL: [Self; 3] = [Self::Months, Self::Flat, Self::Scattered];

    /// Its word in the mark. Older marks say only whether the folder is flat.
    const fn word(self) -> &'static str {
        match self {
            Self::Months => "false",
            Self::Flat => "true",
            Self::Scattered => "scattered",
        }
    }
}

/// What a folder is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shelf {
    pub(crate) count: u64,
    pub(crate) seed: u64,
    pub(crate) layout: Layout,
    pub(crate) quirks: u64,
}

impl Shelf {
    /// Makes the folder and gives the bytes written. What an earlier run has made there is removed
    /// first, and nothing else.
    ///
    /// # Errors
    /// Where the folder holds something that was not made here, or cannot be written.
    pub(crate) fn make(self, folder: &Path) -> io::Result<u64> {
        fs::create_dir_all(folder)?;
        if let Ok(mark) = fs::read_to_string(folder.join(MARK)) {
            let old =
                Self::parse(&mark).ok_or_else(|| refusal(folder, "its mark cannot be read"))?;
            old.in_parallel(|number| old.remove(folder, number))?;
        } else if fs::read_dir(folder)?.next().is_some() {
            return Err(refusal(
                folder,
                "it is not empty, and was not made by this program",
            ));
        }
        fs::write(
            folder.join(MARK),
            format!(
                "{} {} {} {}\n",
                self.count,
                self.seed,
                self.layout.word(),
                self.quirks
            ),
        )?;
        self.in_parallel(|number| self.write(folder, number))
    }

    fn parse(mark: &str) -> Option<Self> {
        let mut words = mark.split_whitespace();
        let layout = |word| Layout::ALL.into_iter().find(|layout| layout.word() == word);
        Some(Self {
            count: words.next()?.parse().ok()?,
            seed: words.next()?.parse().ok()?,
            layout: layout(words.next()?)?,
            quirks: words.next()?.parse().ok()?,
        })
    }

    /// Does something with every number, on all cores, and adds up what it gives.
    fn in_parallel(self, work: impl Fn(u64) -> io::Result<u64> + Sync) -> io::Result<u64> {
        let threads = thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
        thread::scope(|scope| {
            let work = &work;
            let share = |thread| {
                move || {
                    (thread..self.count)
                        .step_by(threads as usize)
                        .map(work)
                        .sum::<io::Result<u64>>()
                }
            };
            let running: Vec<_> = (0..threads)
                .map(|thread| scope.spawn(share(thread)))
                .collect();
            running
                .into_iter()
                .map(|thread| thread.join().expect("invariant: the work does not panic"))
                .sum()
        })
    }

    fn write(self, folder: &Path, number: u64) -> io::Result<u64> {
        let story = Story::new(self.seed, number);
        let path = folder.join(self.path(number, &story));
        let bytes = self.bytes(number, &story);
        match fs::write(&path, &bytes) {
            // Its folder is new: for months rarer than asking each time.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(path.parent().unwrap_or(folder))?;
                fs::write(&path, &bytes)?;
            }
            done => done?,
        }
        Ok(bytes.len() as u64)
    }

    fn remove(self, folder: &Path, number: u64) -> io::Result<u64> {
        let path = folder.join(self.path(number, &Story::new(self.seed, number)));
        match fs::remove_file(&path) {
            Ok(()) => {
                if let (Layout::Scattered, Some(own)) = (self.layout, path.parent()) {
                    // Something of somebody else's may lie in it by now.
                    _ = fs::remove_dir(own);
                }
                Ok(1)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error),
        }
    }

    /// The bytes of a file, damaged or not.
    pub(crate) fn bytes(self, number: u64, story: &Story) -> Vec<u8> {
        let mut random = Random::new(self.seed.rotate_left(32), number);
        if random.below(1000) < self.quirks {
            quirk::damaged(story, &mut random)
        } else {
            story.text().into_bytes()
        }
    }

    /// The path of a file inside the folder.
    pub(crate) fn path(self, number: u64, story: &Story) -> PathBuf {
        let name = format!("{number:06}-{:08x}", story.mark);
        let file = format!("{name}.md");
        match self.layout {
            Layout::Months => Path::new(&story.moment.strftime("%Y/%m").to_string()).join(file),
            Layout::Flat => file.into(),
            Layout::Scattered => Path::new(&name).join(file),
        }
    }
}

fn refusal(folder: &Path, why: &str) -> io::Error {
    io::Error::other(format!("{} is left alone: {why}", folder.display()))
}
