//! The watch over a library's folders: bursts of events become patches to look at again.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind, RemoveKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use rustix::fs::statfs;

use super::super::librarian::spawn;
use super::super::read_file::is_article_name;
use super::mounts::Mounts;
use super::scope::Patch;
use super::walker::is_hidden;

/// A burst has ended when nothing happened for so long.
const QUIET: Duration = Duration::from_millis(120);
/// A burst that does not end is told in parts.
const LONGEST_BURST: Duration = Duration::from_millis(500);
/// How often folders are walked that cannot be watched.
const ROUND: Duration = Duration::from_secs(5);
/// A round takes at most this part of the time, however slow the disk.
const SHARE: u32 = 10;
/// How often a library folder that is gone is looked for.
const LOOK_OUT: Duration = Duration::from_millis(500);

/// The numbers of file systems whose changes come from elsewhere, unseen by this system: NFS, SMB, CIFS, SMB 2, Ceph, AFS, Coda, 9P, FUSE.
const REMOTE: [u64; 9] =
    [0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x00C3_6400, 0x5346_414F, 0x7375_7245, 0x0102_1997, 0x6573_5546];

/// What the watch tells.
#[derive(Debug)]
pub(in crate::library) enum Sighting {
    /// Something may have changed there.
    Changed(Patch),
    /// Nothing that was known needs to be so any more: events were lost, or the library's folder is another, or gone.
    Anew,
    /// So many folders cannot be watched.
    Unwatched(u32),
}

/// A handle to the watching thread, which ends when it is dropped.
#[derive(Debug)]
pub(in crate::library) struct Watch {
    sender: Sender<Word>,
}

#[derive(Debug)]
enum Word {
    Event(notify::Result<Event>),
    Folders(Vec<PathBuf>),
    Looked(Duration),
    Mounted,
    End,
}

impl Watch {
    /// Starts watching a folder, of which nothing is watched yet; none where there is no thread for it.
    pub(in crate::library) fn start(root: &Path, tell: impl Fn(Sighting) + Send + 'static) -> Option<Self> {
        let root = std::path::absolute(root).ok()?;
        let (sender, receiver) = channel();
        let own = sender.clone();
        spawn("watch", move || {
            let mounted = own.clone();
            let _mounts = Mounts::watch(&root, move || drop(mounted.send(Word::Mounted)));
            Watching::new(root, own, tell).work(&receiver);
        })
        .ok()?;
        Some(Self { sender })
    }

    /// Watches folders, by paths relative to the library's, and asks for a look at them once they are watched.
    pub(in crate::library) fn add(&self, folders: Vec<PathBuf>) {
        let _ = self.sender.send(Word::Folders(folders));
    }

    /// Says that what was told was looked at, and how long it took.
    pub(in crate::library) fn looked(&self, time: Duration) {
        let _ = self.sender.send(Word::Looked(time));
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.sender.send(Word::End);
    }
}

/// What the thread knows.
struct Watching<T> {
    root: PathBuf,
    sender: Sender<Word>,
    tell: T,
    watcher: Option<RecommendedWatcher>,
    /// Folders that cannot be watched, and when they are walked next.
    unwatched: BTreeSet<PathBuf>,
    told_unwatched: u32,
    round: Option<Instant>,
    /// The burst that is going on, its beginning and its last event.
    burst: Patch,
    anew: bool,
    times: Option<(Instant, Instant)>,
    /// When to look whether the library's folder is there again.
    look_out: Option<Instant>,
}

impl<T: Fn(Sighting)> Watching<T> {
    fn new(root: PathBuf, sender: Sender<Word>, tell: T) -> Self {
        let (watcher, unwatched, told_unwatched, round, burst, anew, times, look_out) = Default::default();
        let mut watching =
            Self { root, sender, tell, watcher, unwatched, told_unwatched, round, burst, anew, times, look_out };
        watching.look_out = watching.next_look();
        watching.begin();
        watching
    }

    /// Begins with nothing watched.
    fn begin(&mut self) {
        let sender = self.sender.clone();
        let note = move |event: notify::Result<Event>| {
            // Reading raises events as well, by the thousands when a library is walked.
            let is_read = |kind: &EventKind| matches!(kind, EventKind::Access(kind) if *kind != AccessKind::Close(AccessMode::Write));
            if !event.as_ref().is_ok_and(|event| is_read(&event.kind)) {
                let _ = sender.send(Word::Event(event));
            }
        };
        self.watcher = notify::recommended_watcher(note).ok();
        self.unwatched.clear();
        self.round = None;
    }

    fn work(mut self, receiver: &Receiver<Word>) {
        loop {
            let word = match self.deadline() {
                Some(at) => receiver.recv_timeout(at.saturating_duration_since(Instant::now())),
                None => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match word {
                Ok(Word::Event(event)) => self.note(event),
                Ok(Word::Folders(folders)) => self.watch(folders),
                Ok(Word::Looked(time)) => self.looked(time),
                Ok(Word::Mounted) => self.lose_sight(),
                Err(RecvTimeoutError::Timeout) => {}
                Ok(Word::End) | Err(RecvTimeoutError::Disconnected) => return,
            }
            self.act();
        }
    }

    /// Notes that a look is over, and how long it took.
    fn looked(&mut self, time: Duration) {
        self.round = (!self.unwatched.is_empty()).then(|| Instant::now() + ROUND.max(time * SHARE));
    }

    /// When there is something to do, if nothing happens before.
    fn deadline(&self) -> Option<Instant> {
        let burst = self.times.map(|(first, last)| (last + QUIET).min(first + LONGEST_BURST));
        [burst, self.round, self.look_out].into_iter().flatten().min()
    }

    /// Does what is due.
    fn act(&mut self) {
        let now = Instant::now();
        if self.times.is_some_and(|(first, last)| now >= (last + QUIET).min(first + LONGEST_BURST)) {
            self.times = None;
            let burst = std::mem::take(&mut self.burst);
            if std::mem::take(&mut self.anew) {
                self.start_anew();
            } else if !burst.is_empty() {
                (self.tell)(Sighting::Changed(burst));
            }
        }
        if self.round.is_some_and(|at| now >= at) {
            self.round = None;
            // Those that are gone are looked for as well: nothing tells when they are made again.
            let folders = self.unwatched.iter().cloned().collect();
            (self.tell)(Sighting::Changed(Patch { folders, ..Patch::default() }));
            self.tell_unwatched();
        }
        if self.look_out.is_some_and(|at| now >= at) {
            self.look_out = self.next_look();
            if self.look_out.is_none() {
                self.start_anew();
            }
        }
    }

    /// When to look for the library's folder, if it is not there.
    fn next_look(&self) -> Option<Instant> {
        (!self.root.is_dir()).then(|| Instant::now() + LOOK_OUT)
    }

    /// Forgets what was watched; all folders will be named again.
    fn start_anew(&mut self) {
        self.begin();
        self.look_out = self.next_look();
        (self.tell)(Sighting::Anew);
        self.tell_unwatched();
    }

    fn watch(&mut self, folders: Vec<PathBuf>) {
        for folder in &folders {
            let path = joined(&self.root, folder);
            let is_remote = statfs(&path).is_ok_and(|system| REMOTE.contains(&((system.f_type as u64) & 0xFFFF_FFFF)));
            let watched = match &mut self.watcher {
                Some(watcher) if !is_remote => watcher.watch(&path, RecursiveMode::NonRecursive).is_ok(),
                _ => false,
            };
            if watched {
                self.unwatched.remove(folder);
            } else if path.is_dir() {
                self.unwatched.insert(folder.clone());
            }
        }
        // Gone before it was watched, it raises no event.
        self.look_out = self.look_out.or_else(|| self.next_look());
        self.tell_unwatched();
        // What happened between the walk and now raised no event.
        (self.tell)(Sighting::Changed(Patch { folders: folders.into_iter().collect(), ..Patch::default() }));
    }

    fn tell_unwatched(&mut self) {
        let count = self.unwatched.iter().filter(|folder| joined(&self.root, folder).is_dir()).count() as u32;
        if count != self.told_unwatched {
            self.told_unwatched = count;
            (self.tell)(Sighting::Unwatched(count));
        }
    }

    fn note(&mut self, event: notify::Result<Event>) {
        // An error is of no event: those of setting up are answered where it is done.
        let Ok(event) = event else { return };
        let before = (self.burst.folders.len(), self.burst.below.len(), self.burst.written.len());
        if event.need_rescan() {
            self.anew = true;
        }
        for path in &event.paths {
            self.note_path(event.kind, path);
        }
        let after = (self.burst.folders.len(), self.burst.below.len(), self.burst.written.len());
        if self.anew || after != before || self.times.is_some() && !self.burst.is_empty() {
            let now = Instant::now();
            self.times = Some((self.times.map_or(now, |(first, _)| first), now));
        }
    }

    /// Notes that nothing that was known needs to be so any more.
    fn lose_sight(&mut self) {
        let now = Instant::now();
        self.anew = true;
        self.times = Some((self.times.map_or(now, |(first, _)| first), now));
    }

    fn note_path(&mut self, kind: EventKind, path: &Path) {
        let Ok(inside) = path.strip_prefix(&self.root) else { return };
        if inside.iter().any(|part| is_hidden(Path::new(part))) {
            return;
        }
        let is_article = is_article_name(inside);
        let Some(folder) = inside.parent().map(Path::to_owned) else {
            // The library's own folder: only that it goes is its own affair, but to open a closed one changes all.
            self.anew |= matches!(kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
            if matches!(kind, EventKind::Modify(ModifyKind::Metadata(_))) {
                self.burst.folders.insert(PathBuf::new());
            }
            return;
        };
        match kind {
            EventKind::Remove(RemoveKind::File) if !is_article => {}
            EventKind::Remove(RemoveKind::File) => drop(self.burst.folders.insert(folder)),
            EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => {
                if is_article {
                    self.burst.written.insert(inside.to_owned());
                }
                let is_file = matches!(kind, EventKind::Create(notify::event::CreateKind::File));
                if !is_file {
                    self.burst.below.insert(inside.to_owned());
                }
                if is_article || !is_file {
                    self.burst.folders.insert(folder);
                }
            }
            _ if is_article => {
                self.burst.written.insert(inside.to_owned());
                self.burst.folders.insert(folder);
            }
            // A folder that was closed may be open now.
            EventKind::Modify(ModifyKind::Metadata(_)) if path.is_dir() => {
                self.burst.below.insert(inside.to_owned());
                self.burst.folders.insert(folder);
            }
            _ => {}
        }
    }
}

fn joined(root: &Path, folder: &Path) -> PathBuf {
    if folder.as_os_str().is_empty() { root.to_owned() } else { root.join(folder) }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// The folders that are to be looked at, sorted, and the counts of unwatched folders that were told.
    fn told(news: &Receiver<Sighting>) -> (Vec<Vec<PathBuf>>, Vec<u32>) {
        let (mut looks, mut counts) = (Vec::new(), Vec::new());
        for sighting in news.try_iter() {
            match sighting {
                Sighting::Changed(patch) => {
                    let mut folders: Vec<PathBuf> = patch.folders.into_iter().collect();
                    folders.sort();
                    looks.push(folders);
                }
                Sighting::Unwatched(count) => counts.push(count),
                Sighting::Anew => panic!("nothing is another"),
            }
        }
        (looks, counts)
    }

    #[test]
    fn folders_that_cannot_be_watched_are_walked_in_rounds_and_counted() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("a/b")).unwrap();
        let (sender, news) = channel();
        let mut watching =
            Watching::new(root.path().into(), channel().0, move |sighting| sender.send(sighting).unwrap());
        watching.watcher = None;
        let all = ["", "a", "a/b"].map(PathBuf::from).to_vec();
        watching.watch(all.clone());
        assert_eq!(told(&news), (vec![all.clone()], vec![3]));
        // The next round begins when the look is over, and takes its share of the time.
        assert_eq!(watching.round, None);
        watching.looked(Duration::from_mins(1));
        assert!(watching.round.unwrap() > Instant::now() + Duration::from_mins(5));
        watching.act();
        assert_eq!(told(&news), (vec![], vec![]), "it is not yet time");
        for (count, change) in [(2, fs::remove_dir as fn(_) -> _), (3, fs::create_dir)] {
            change(root.path().join("a/b")).unwrap();
            watching.round = Some(Instant::now());
            watching.act();
            assert_eq!(told(&news), (vec![all.clone()], vec![count]));
        }
        watching.begin();
        watching.watch(all.clone());
        assert_eq!(told(&news), (vec![all], vec![0]), "watched as soon as that is possible");
    }
}
