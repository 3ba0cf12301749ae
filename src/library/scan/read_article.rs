//! The reading of articles for the index: from the files of a sight to records, and their text into a segment.

use std::fs;
use std::hash::Hasher;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use twox_hash::XxHash3_64;

use super::super::article_files::{ArticleFiles, FileStamp, Files};
use super::super::file_reader::FileReader;
use super::super::index::{EntryRecord, SegmentWriter, TextRef};
use super::super::pairing;
use super::super::source::{self, Library, SAMPLES};
use crate::catalog::Entry;
use crate::digest::{self, Article};
use crate::text::{Problem, ProblemKind};

/// A file written so shortly before its stamp was taken may be written again without a new time: the stamp proves nothing.
const RACY: Duration = Duration::from_millis(100);

/// The bytes of the files of an article, not yet understood.
#[derive(Debug)]
pub(in crate::library) struct Raw<'a> {
    sight: ArticleFiles,
    /// When its files were last written, as their stamps say, in milliseconds since 1970.
    modified: [Option<i64>; 2],
    bytes: [(&'a [u8], Option<Problem>); 2],
    /// What the bytes are known by; 0 where there is nothing to know them by.
    pub(in crate::library) content: u64,
}

impl Library {
    /// All that is to be read of a library that is no folder to be walked.
    pub(in crate::library) fn sights(&self) -> Vec<ArticleFiles> {
        match self {
            Self::Folder(_) => Vec::new(),
            Self::Samples => SAMPLES.iter().map(|(name, _)| ArticleFiles::single(name.into(), None)).collect(),
            Self::Input { .. } => vec![ArticleFiles::single("standard input".into(), None)],
            Self::File(file) => {
                let mates = Some(&file.path).filter(|_| file.pairing).and_then(|path| pairing::find_beside(path));
                let files = mates.unwrap_or_else(|| Files { path: file.path.clone(), mate: None });
                let stamp =
                    |path: &Path| fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|m| FileStamp::of(&m));
                let stamps = [stamp(&files.path), files.mate.as_deref().and_then(stamp)];
                vec![ArticleFiles { files, stamps }]
            }
        }
    }

    /// Whether one of the two that mates turned out to be is kept: the one file of a library stays the only one.
    pub(in crate::library) fn keeps_half(&self, path: &Path) -> bool {
        !matches!(self, Self::File(file) if file.path != path)
    }

    /// Reads the bytes of the files of a sight; gives it back where they are not there any more. Each file of two has a reader of its own,
    /// since those often lie in folders of their own.
    pub(in crate::library) fn raw<'a>(
        &'a self,
        mut sight: ArticleFiles,
        readers: &'a mut [FileReader; 2],
    ) -> Result<Raw<'a>, ArticleFiles> {
        let [reader, other] = readers;
        let (mut taken, [first, second]) = ([0; 2], &mut sight.stamps);
        let [first_taken, second_taken] = &mut taken;
        let first = self.stamped(&sight.files.path, (first, first_taken), reader);
        let mate = sight.files.mate.as_deref();
        let second = mate.map(|mate| self.stamped(mate, (second, second_taken), other));
        let is_missing = |path: &Path, problem: Option<&Problem>| problem.is_some() && self.is_missing(path);
        let mate = sight.files.mate.as_deref().zip(second.as_ref());
        if is_missing(&sight.files.path, first.1.as_ref())
            || mate.is_some_and(|(mate, (_, problem))| is_missing(mate, problem.as_ref()))
        {
            return Err(sight);
        }
        let content = match &second {
            None => content(&[first.0]),
            Some((second, _)) => content(&[first.0, second]),
        };
        let paths = [Some(&*sight.files.path), sight.files.mate.as_deref()];
        let modified = [0, 1].map(|side| Some(self.modified(paths[side]?, sight.stamps[side]?, taken[side])));
        let mut raw = Raw { sight, modified, bytes: [first, second.unwrap_or_default()], content };
        raw.doubt_stamps(taken);
        Ok(raw)
    }

    /// When a file was last written, in milliseconds since 1970. A time that has not come yet proves nothing, and would make the file new
    /// on every visit: then the time counts at which the system noted a change of the file.
    fn modified(&self, path: &Path, stamp: FileStamp, now: i64) -> i64 {
        let noted = |path| {
            let metadata = fs::metadata(path).ok()?;
            Some(metadata.ctime().saturating_mul(1_000_000_000).saturating_add(metadata.ctime_nsec()))
        };
        let is_to_come = stamp.modified > now;
        let time = if is_to_come { self.on_disk(path).and_then(noted).unwrap_or(now).min(now) } else { stamp.modified };
        time.div_euclid(1_000_000)
    }
}

/// The time now, in nanoseconds since 1970.
fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos() as i64)
}

impl Library {
    /// The bytes of a file, and its stamp if the walk gave it one: taken anew of what is opened, since another file may have taken the place
    /// of the one that the walk saw. Also when it was taken, in nanoseconds since 1970.
    fn stamped<'a>(
        &'a self,
        path: &Path,
        (stamp, taken): (&mut Option<FileStamp>, &mut i64),
        reader: &'a mut FileReader,
    ) -> (&'a [u8], Option<Problem>) {
        if stamp.take().is_none() {
            return self.bytes(path, false, reader, &mut |_| {});
        }
        let read = self.bytes(path, true, reader, &mut |metadata| {
            (*stamp, *taken) = (Some(FileStamp::of(metadata)), now());
        });
        if stamp.is_none() {
            *taken = now();
            let metadata = self.on_disk(path).and_then(|path| fs::metadata(path).ok());
            *stamp = metadata.filter(fs::Metadata::is_file).map(|metadata| FileStamp::of(&metadata));
        }
        read
    }
}

impl Raw<'_> {
    /// What the walk saw, but for stamps that prove nothing.
    pub(in crate::library) fn sight(&self) -> &ArticleFiles {
        &self.sight
    }

    /// When its files were last written, in milliseconds since 1970; of two files the later.
    pub(in crate::library) fn modified(&self) -> Option<i64> {
        self.modified.into_iter().flatten().max()
    }

    /// Understands the bytes, puts the text into a segment that will be known by a number, and tells what is to be kept: one record, or two
    /// where the contents are not what the names promise.
    pub(in crate::library) fn understood(self, segment: (u32, &mut SegmentWriter), tell: &mut dyn FnMut(EntryRecord)) {
        let (number, writer) = segment;
        let Self { sight, modified, bytes: [first, second], content: both } = self;
        let mut put = |sight: ArticleFiles, mut article: Article, content: u64, modified: Option<i64>| {
            let texts = source::block_texts(&mut article, &sight.files.path);
            let at = writer.push(texts.each_ref().map(Option::as_ref));
            let mut entry = Entry::of(sight.files.path, article);
            entry.mate = sight.files.mate.map(Path::into_path_buf);
            entry.modified = modified;
            tell(EntryRecord { entry, stamps: sight.stamps, content, text: TextRef { segment: number, article: at } });
        };
        let chinese = source::read_article(first.0, first.1, &sight.files.path);
        let Some(mate) = sight.files.mate.as_deref() else { return put(sight, chinese, both, modified[0]) };
        let names = [&*sight.files.path, mate].map(source::shown);
        let english = source::read_article(second.0, second.1, mate);
        match digest::join(chinese, english, [&names[0], &names[1]]) {
            Ok(article) => put(sight, article, both, modified.into_iter().flatten().max()),
            Err(articles) => {
                let contents = [content(&[first.0]), content(&[second.0])];
                let each = sight.split().zip(*articles).zip(contents.into_iter().zip(modified));
                each.for_each(|((sight, article), (content, modified))| put(sight, article, content, modified));
            }
        }
    }

    /// Forgets the stamps that prove nothing, which were taken at some times.
    fn doubt_stamps(&mut self, taken: [i64; 2]) {
        for ((stamp, taken), (_, problem)) in self.sight.stamps.iter_mut().zip(taken).zip(&self.bytes) {
            let is_racy = |stamp: &FileStamp| stamp.modified.abs_diff(taken) < RACY.as_nanos() as u64;
            // A file that may not be read can be given free without any sign of it but a rereading.
            let is_read = problem.as_ref().is_none_or(|problem| problem.kind != ProblemKind::Unreadable);
            *stamp = stamp.filter(|stamp| is_read && !is_racy(stamp));
        }
    }
}

/// What files are known by when they were renamed; 0 for nothing, which all empty files share.
fn content(files: &[&[u8]]) -> u64 {
    match files {
        [[]] => 0,
        [one] => XxHash3_64::oneshot(one),
        _ => {
            let mut hasher = XxHash3_64::new();
            for bytes in files {
                hasher.write(bytes);
            }
            hasher.finish()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::super::tests::Place;
    use super::*;

    #[test]
    fn a_stamp_is_of_what_was_read_and_not_of_what_was_walked() {
        let place = Place::new(&[("zh/tea.md", "茶"), ("en/tea.md", "tea")]);
        let files =
            Files { path: PathBuf::from("zh/tea.md"), mate: Some(Path::new("en/tea.md").to_owned().into_boxed_path()) };
        let of = |path: &str| Some(FileStamp::of(&fs::metadata(place.path(path)).unwrap()));
        let expected = [of("zh/tea.md"), of("en/tea.md")];
        let another = Some(FileStamp { size: 1, modified: 1, inode: 1 });
        let (library, mut readers) = (place.library(), Default::default());
        for stamp in [another, Some(FileStamp::LATER)] {
            let raw = library.raw(ArticleFiles { files: files.clone(), stamps: [stamp; 2] }, &mut readers).unwrap();
            assert_eq!(raw.sight().stamps, expected);
            assert_eq!(raw.bytes.map(|(bytes, _)| bytes.to_vec()), ["茶".as_bytes(), b"tea"]);
        }
        let raw = library.raw(ArticleFiles { files, stamps: [None; 2] }, &mut readers).unwrap();
        assert_eq!(raw.sight().stamps, [None; 2]);
    }

    #[test]
    fn a_stamp_that_was_taken_soon_after_the_writing_proves_nothing_however_long_the_reading_took() {
        let stamp = |modified| Some(FileStamp { size: 1, modified, inode: 1 });
        let soon = 7_000_000_000 + RACY.as_nanos() as i64;
        for (taken, kept) in [([soon - 1; 2], [false; 2]), ([soon; 2], [true; 2]), ([soon, soon - 1], [true, false])] {
            let sight = ArticleFiles { stamps: [stamp(7_000_000_000); 2], ..ArticleFiles::single("a.md".into(), None) };
            let mut raw = Raw { sight, modified: [None; 2], bytes: [(b"a", None), (b"b", None)], content: 1 };
            raw.doubt_stamps(taken);
            assert_eq!(raw.sight.stamps.map(|stamp| stamp.is_some()), kept, "{taken:?}");
        }
    }
}
