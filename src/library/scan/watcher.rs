//! Watches a library's folders, and turns bursts of file system events into sets of changed paths.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, PipeWriter, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};
use tracing::{debug, info};

use super::super::read_file::is_article_name;
use super::super::threads::spawn;
use super::scope::ChangedPaths;
use super::walker::is_hidden;

use crate::platform;

/// A burst ends when nothing has happened for this long.
const QUIET: Duration = Duration::from_millis(120);
/// A longer burst is reported in parts of this length.
const LONGEST_BURST: Duration = Duration::from_millis(500);
/// How often folders are polled that cannot be watched.
const POLL_INTERVAL: Duration = Duration::from_secs(5);
/// Polling may take one part in this many of the time, however slow the disk is.
const POLL_SHARE: u32 = 10;
/// The most symbolic links that are followed to the library's folder, as many as the system does.
const MOST_LINKS: usize = 40;
/// How often the library's folder is looked for while it is missing.
const ROOT_CHECK_INTERVAL: Duration = Duration::from_millis(500);

#[derive(Debug)]
pub(in crate::library) enum WatchEvent {
    /// These paths may have changed.
    Changed(ChangedPaths),
    /// Everything may have changed: events were lost, or the library's folder was replaced or
    /// removed.
    Rescan,
    /// This many folders cannot be watched and are polled.
    Unwatched(u32),
}

#[derive(Debug)]
pub(super) enum WatcherMessage {
    Event(notify::Result<Event>),
    /// Watch folders, given relative to the library's, and ask for a scan of them once they are
    /// watched.
    AddFolders(Vec<PathBuf>),
    /// The scan of the last changes is done and took this long: the time to the next poll depends
    /// on it.
    ScanDone(Duration),
    MountsChanged,
    Stop,
}

/// Starts the watcher's thread, which watches no folder yet. None if the folder has no path.
pub(super) fn start(
    root: &Path,
    on_event: impl Fn(WatchEvent) + Send + 'static,
) -> Option<Sender<WatcherMessage>> {
    let root = std::path::absolute(root).ok()?;
    let (sender, receiver) = channel();
    let own = sender.clone();
    spawn("watch", move || {
        let on_mount = own.clone();
        let _mounts = watch_mounts(&root, move || {
            let _ = on_mount.send(WatcherMessage::MountsChanged);
        });
        WatcherThread::new(root, own, on_event).run(&receiver);
    });
    Some(sender)
}

struct WatcherThread<F> {
    root: PathBuf,
    sender: Sender<WatcherMessage>,
    on_event: F,
    watcher: Option<RecommendedWatcher>,
    /// The symbolic links that lead to the root: pointed elsewhere, they lead to another folder.
    links: Vec<PathBuf>,
    unwatched: BTreeSet<PathBuf>,
    reported_unwatched: u32,
    /// When to poll them; None while a scan of them is under way.
    poll_at: Option<Instant>,
    /// What the events of a burst say, and whether everything has to be scanned.
    changed: ChangedPaths,
    needs_rescan: bool,
    /// When a burst is reported, and when at the latest; None if there is none.
    burst_ends: Option<(Instant, Instant)>,
    /// When to look for the library's folder; None while it is there.
    root_check_at: Option<Instant>,
}

impl<F: Fn(WatchEvent)> WatcherThread<F> {
    fn new(root: PathBuf, sender: Sender<WatcherMessage>, on_event: F) -> Self {
        let mut thread = Self {
            root,
            sender,
            on_event,
            watcher: None,
            links: Vec::new(),
            unwatched: BTreeSet::new(),
            reported_unwatched: 0,
            poll_at: None,
            changed: ChangedPaths::default(),
            needs_rescan: false,
            burst_ends: None,
            root_check_at: None,
        };
        thread.root_check_at = thread.next_root_check();
        thread.reset();
        thread
    }

    /// Starts with no folder watched.
    fn reset(&mut self) {
        let sender = self.sender.clone();
        let forward = move |event: notify::Result<Event>| {
            // Reading raises events too: thousands while a library is scanned.
            let is_read = event.as_ref().is_ok_and(|event| match event.kind {
                EventKind::Access(kind) => kind != AccessKind::Close(AccessMode::Write),
                _ => false,
            });
            if !is_read {
                let _ = sender.send(WatcherMessage::Event(event));
            }
        };
        self.watcher = notify::recommended_watcher(forward).ok();
        self.links = links_to(&self.root);
        if let Some(watcher) = &mut self.watcher {
            for folder in self.links.iter().filter_map(|link| link.parent()) {
                // Without the watch such a change is only not seen.
                let _ = watcher.watch(folder, RecursiveMode::NonRecursive);
            }
        }
        self.unwatched.clear();
        self.poll_at = None;
    }

    fn run(mut self, receiver: &Receiver<WatcherMessage>) {
        loop {
            let message = match self.deadline() {
                Some(at) => receiver.recv_timeout(at.saturating_duration_since(Instant::now())),
                None => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match message {
                Ok(WatcherMessage::Event(event)) => self.note_event(event),
                Ok(WatcherMessage::AddFolders(folders)) => self.watch(folders),
                Ok(WatcherMessage::ScanDone(took)) => self.schedule_poll(took),
                Ok(WatcherMessage::MountsChanged) => {
                    debug!("the table of mounts changed");
                    self.needs_rescan = true;
                    self.extend_burst();
                }
                Err(RecvTimeoutError::Timeout) => {}
                Ok(WatcherMessage::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            }
            self.act_on_deadlines();
        }
    }

    fn schedule_poll(&mut self, last_scan: Duration) {
        let pause = POLL_INTERVAL.max(last_scan * POLL_SHARE);
        self.poll_at = (!self.unwatched.is_empty()).then(|| Instant::now() + pause);
    }

    /// The next time at which there is something to do without a message.
    fn deadline(&self) -> Option<Instant> {
        let burst = self.burst_ends.map(|(end, _)| end);
        let deadlines = [burst, self.poll_at, self.root_check_at];
        deadlines.into_iter().flatten().min()
    }

    fn act_on_deadlines(&mut self) {
        let now = Instant::now();
        if self.burst_ends.take_if(|(end, _)| now >= *end).is_some() {
            let paths = std::mem::take(&mut self.changed);
            if std::mem::take(&mut self.needs_rescan) {
                self.restart();
            } else {
                debug!(folders = paths.folders.len(), "folders changed");
                (self.on_event)(WatchEvent::Changed(paths));
            }
        }
        if self.poll_at.take_if(|at| now >= *at).is_some() {
            // Folders that are gone are polled too: no event says when they are made again.
            (self.on_event)(WatchEvent::Changed(ChangedPaths::in_folders(
                self.unwatched.iter().cloned(),
            )));
            self.report_unwatched();
        }
        if self.root_check_at.is_some_and(|at| now >= at) {
            self.root_check_at = self.next_root_check();
            if self.root_check_at.is_none() {
                self.restart();
            }
        }
    }

    /// When to look for the library's folder, if it is missing.
    fn next_root_check(&self) -> Option<Instant> {
        (!self.root.is_dir()).then(|| Instant::now() + ROOT_CHECK_INTERVAL)
    }

    /// Watches nothing and asks for a scan of everything, in which all folders are added again.
    fn restart(&mut self) {
        info!("everything is scanned again: the folder was replaced or events were lost");
        self.reset();
        self.root_check_at = self.next_root_check();
        (self.on_event)(WatchEvent::Rescan);
        self.report_unwatched();
    }

    fn watch(&mut self, folders: Vec<PathBuf>) {
        for folder in &folders {
            let path = self.root.join(folder);
            let is_remote = platform::is_remote(&path);
            let is_watched = match &mut self.watcher {
                Some(watcher) if !is_remote => {
                    watcher.watch(&path, RecursiveMode::NonRecursive).is_ok()
                }
                _ => false,
            };
            if is_watched {
                self.unwatched.remove(folder);
            } else if path.is_dir() {
                self.unwatched.insert(folder.clone());
            }
        }
        // If the root was removed before it was watched, no event says so.
        self.root_check_at = self.root_check_at.or_else(|| self.next_root_check());
        self.report_unwatched();
        // Nor does any event report what happened between the scan and now.
        (self.on_event)(WatchEvent::Changed(ChangedPaths::in_folders(folders)));
    }

    fn report_unwatched(&mut self) {
        let count = self
            .unwatched
            .iter()
            .filter(|folder| self.root.join(folder).is_dir())
            .count() as u32;
        if count != self.reported_unwatched {
            info!(count, "folders that cannot be watched are polled");
            self.reported_unwatched = count;
            (self.on_event)(WatchEvent::Unwatched(count));
        }
    }

    fn note_event(&mut self, event: notify::Result<Event>) {
        // An error belongs to no event. Errors of adding folders are handled when these are added.
        let Ok(event) = event else { return };
        let mut is_noted = event.need_rescan();
        self.needs_rescan |= is_noted;
        for path in &event.paths {
            if self.links.contains(path) {
                self.needs_rescan = true;
                is_noted = true;
            }
            let Ok(inside) = path.strip_prefix(&self.root) else {
                continue;
            };
            if inside.iter().any(is_hidden) {
                continue;
            }
            is_noted = true;
            let Some(folder) = inside.parent() else {
                // The library's own folder. If its permissions changed, it may be readable now.
                self.changed.add_folder(inside);
                self.needs_rescan |= matches!(
                    event.kind,
                    EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
                );
                continue;
            };
            if is_article_name(inside) {
                self.changed.add_written(inside, folder);
            }
            // Any other file is no concern. What is no file is a folder, or gone.
            if !path.is_file() {
                self.changed.add_tree(inside, folder);
            }
        }
        if is_noted || self.burst_ends.is_some() {
            self.extend_burst();
        }
    }

    fn extend_burst(&mut self) {
        let now = Instant::now();
        let latest = self
            .burst_ends
            .map_or(now + LONGEST_BURST, |(_, latest)| latest);
        self.burst_ends = Some((latest.min(now + QUIET), latest));
    }
}

/// The symbolic links on the way to a folder, given by its absolute path.
fn links_to(folder: &Path) -> Vec<PathBuf> {
    let (mut links, mut folder) = (Vec::new(), folder.to_owned());
    // Links may lead around in circles.
    while links.len() < MOST_LINKS {
        let mut above: Vec<&Path> = folder.ancestors().collect();
        above.reverse();
        let target = |link: &&Path| Some((link.to_path_buf(), link.read_link().ok()?));
        let Some((link, target)) = above.iter().find_map(target) else {
            break;
        };
        let rest = folder.strip_prefix(&link).unwrap_or(Path::new(""));
        let joined = link.parent().unwrap_or(&link).join(target).join(rest);
        // Without a slash at its end, which would lead past a link.
        folder = joined.components().collect();
        links.push(link);
    }
    links
}

/// Where Linux lists what is mounted; polling it wakes when that changes. Other systems have no
/// such file.
const MOUNT_TABLE: &str = "/proc/self/mountinfo";

/// Watches the table of mounts, since mounting a disk over a folder raises no event in it: calls
/// `on_change`, from a thread of its own, when something is mounted or unmounted below a folder or
/// above it. The thread ends when what is returned is dropped. None if the system has no table.
fn watch_mounts(root: &Path, on_change: impl Fn() + Send + 'static) -> Option<PipeWriter> {
    let mut table = File::open(MOUNT_TABLE).ok()?;
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let mut last = mounts_around(&mut table, &root).ok()?;
    let (end, keep) = io::pipe().ok()?;
    spawn("mounts", move || {
        while platform::wait_for_mounts(&table, &end) {
            let Ok(now) = mounts_around(&mut table, &root) else {
                return;
            };
            if now != last {
                last = now;
                on_change();
            }
        }
    });
    Some(keep)
}

/// The lines of a table of mounts that are of the folders below a folder or above it.
fn mounts_around(table: &mut (impl Read + Seek), root: &Path) -> io::Result<Vec<Vec<u8>>> {
    let mut lines = Vec::new();
    table.rewind()?;
    table.read_to_end(&mut lines)?;
    // In the table spaces, line breaks and backslashes are written as three octal digits.
    let escaped = |byte: &u8| match byte {
        b' ' | b'\t' | b'\n' | b'\\' => format!("\\{byte:03o}").into_bytes(),
        _ => vec![*byte],
    };
    let root: Vec<u8> = root
        .as_os_str()
        .as_encoded_bytes()
        .iter()
        .flat_map(escaped)
        .collect();
    let root = platform::path_of_bytes(&root);
    let is_around = |line: &&[u8]| {
        line.split(|byte| *byte == b' ').nth(4).is_some_and(|path| {
            let path = platform::path_of_bytes(path);
            root.starts_with(path) || path.starts_with(root)
        })
    };
    let lines = lines.split(|byte| *byte == b'\n').filter(is_around);
    Ok(lines.map(<[u8]>::to_vec).collect())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// The folders of each reported change, sorted, and the reported counts of unwatched folders.
    fn reported(events: &Receiver<WatchEvent>) -> (Vec<Vec<PathBuf>>, Vec<u32>) {
        let (mut changes, mut counts) = (Vec::new(), Vec::new());
        for event in events.try_iter() {
            match event {
                WatchEvent::Changed(paths) => {
                    let mut folders: Vec<PathBuf> = paths.folders.into_iter().collect();
                    folders.sort();
                    changes.push(folders);
                }
                WatchEvent::Unwatched(count) => counts.push(count),
                WatchEvent::Rescan => panic!("the root is the same"),
            }
        }
        (changes, counts)
    }

    #[test]
    fn folders_that_cannot_be_watched_are_polled_and_counted() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("a/b")).unwrap();
        let (sender, events) = channel();
        let mut thread = WatcherThread::new(root.path().into(), channel().0, move |event| {
            sender.send(event).unwrap();
        });
        thread.watcher = None;
        let all = ["", "a", "a/b"].map(PathBuf::from).to_vec();
        thread.watch(all.clone());
        assert_eq!(reported(&events), (vec![all.clone()], vec![3]));
        // The pause before the next poll begins after the scan, and depends on how long that took.
        assert_eq!(thread.poll_at, None);
        thread.schedule_poll(Duration::from_mins(1));
        assert!(thread.poll_at.unwrap() > Instant::now() + Duration::from_mins(5));
        thread.act_on_deadlines();
        assert_eq!(reported(&events), (vec![], vec![]), "it is not yet time");
        for (count, change) in [(2, fs::remove_dir as fn(_) -> _), (3, fs::create_dir)] {
            change(root.path().join("a/b")).unwrap();
            thread.poll_at = Some(Instant::now());
            thread.act_on_deadlines();
            assert_eq!(reported(&events), (vec![all.clone()], vec![count]));
        }
        thread.reset();
        thread.watch(all.clone());
        assert_eq!(
            reported(&events),
            (vec![all], vec![0]),
            "watched as soon as that is possible"
        );
    }

    #[test]
    fn only_mounts_above_a_folder_or_below_it_count() {
        let lines = [
            "21 1 0:19 / / rw - ext4 /dev/a rw",
            "35 21 0:3 / /media/my\\040disk rw shared:1 - vfat /dev/b rw",
            "36 21 0:4 / /media/my\\040disk/digests/old rw - tmpfs none rw",
            "37 21 0:5 / /media/other rw - tmpfs none rw",
            "torn",
        ];
        let mut table = io::Cursor::new(lines.join("\n"));
        let found = mounts_around(&mut table, Path::new("/media/my disk/digests")).unwrap();
        assert_eq!(
            found,
            lines[..3]
                .iter()
                .map(|line| line.as_bytes())
                .collect::<Vec<_>>()
        );
    }
}
