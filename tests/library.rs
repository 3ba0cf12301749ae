//! What becomes of an index when programs are killed, meet on one library, or find the disk full:
//! children visit a library, and are stopped where it hurts.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::env;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use jianbao::catalog::{EntryStore, Query, Request, Update};
use jianbao::library::{Library, LibraryService};
use tempfile::TempDir;

const FOLDER: &str = "JIANBAO_TEST_FOLDER";
const TASK: &str = "JIANBAO_TEST_TASK";

const HALF: &str = "JIANBAO_TEST_HALF";

/// Enough for each of the two threads that read to fill what it writes at one go, before they are
/// half-way.
const MANY: u32 = 1_300;
const FEW: u32 = 300;
/// Longer than the least time between two writings of the index.
const STAGE: Duration = Duration::from_millis(4_200);
const PATIENCE: Duration = Duration::from_mins(1);

/// Not a test of its own: one run of the program, which prints what it does line by line and ends
/// with its standard input.
///
/// Asked to, it stops half-way through the walk, at once or when the index has been written: it
/// then stays as it is until it is killed.
#[test]
#[ignore = "started by the other tests"]
fn child_visits() {
    let Some(folder) = env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let task = env::var(TASK).unwrap();
    let half: u32 = env::var(HALF).unwrap().parse().unwrap();
    let (sender, news) = channel();
    let counts = Arc::new([const { AtomicU32::new(0) }; 2]);
    // Called from the thread that reads: while it waits here, nothing goes on.
    let receive = move |one: Update| {
        let [read, times] = &*counts;
        if let Update::Changed(changes) = &one {
            let added = changes.added.as_ref().map_or(0, |added| added.len());
            let read =
                read.fetch_add(added + changes.changed.len() as u32, Ordering::SeqCst) + added;
            say(&format!("read {read}"));
            if read >= half && task != "all" {
                match (task.as_str(), times.fetch_add(1, Ordering::SeqCst)) {
                    ("half until kept", 0) => thread::sleep(STAGE),
                    ("half until kept", _) => {
                        until(|| snapshot().is_some());
                        say("kept");
                        forever();
                    }
                    _ => {
                        say("half");
                        forever();
                    }
                }
            }
        }
        drop(sender.send(one));
    };
    let service = LibraryService::start(Library::Folder(folder.into()), receive);
    for news in &news {
        match news {
            Update::Initial(opening) => {
                let held = |store: &Arc<dyn EntryStore>| {
                    (0..store.len()).filter(|&at| store.contains(at)).count()
                };
                say(&format!(
                    "opened {}",
                    opening.store.as_ref().map_or(0, held)
                ));
            }
            Update::Notice(line) => say(&format!("notice {line}")),
            Update::Progress {
                found,
                finished: true,
                ..
            } => {
                say(&format!("done {found}"));
                let query = Query::parse("of tea").unwrap();
                service.ask(Request::Search { number: 1, query });
            }
            Update::Hits { hits, .. } if hits.is_final => {
                say(&format!("hits {}", hits.articles.len()));
                break;
            }
            _ => {}
        }
    }
    let _ = io::stdin().read_to_end(&mut Vec::new());
    drop(service);
}

fn say(line: &str) {
    let mut out = io::stdout().lock();
    writeln!(out, "\n: {line}").unwrap();
    out.flush().unwrap();
}

fn forever() -> ! {
    loop {
        thread::park();
    }
}

/// Polls, since no event reports that a file on the disk has changed.
fn until(is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < deadline, "it does not come");
        thread::yield_now();
    }
}

/// The snapshot of the only library in this program's cache folder.
fn snapshot() -> Option<PathBuf> {
    let mut folders = vec![PathBuf::from(env::var_os("XDG_CACHE_HOME")?)];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder)
            .ok()?
            .flatten()
            .map(|entry| entry.path())
        {
            if path.ends_with("snapshot") {
                return Some(path);
            }
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
    None
}

/// A folder of many articles, and folders for the index and the memory.
struct Place {
    many: u32,
    digests: TempDir,
    homes: TempDir,
}

impl Place {
    fn new(many: u32) -> Self {
        let place = Self {
            many,
            digests: tempfile::tempdir().unwrap(),
            homes: tempfile::tempdir().unwrap(),
        };
        let old = std::time::SystemTime::now() - Duration::from_secs(100);
        let filler = "Nothing else is in it.\n\n".repeat(170);
        for number in 0..many {
            let path = place.digests.path().join(format!("{number}.md"));
            fs::write(
                &path,
                format!("# Number {number}\n\nThe text of it is of tea.\n\n{filler}"),
            )
            .unwrap();
            fs::File::options()
                .write(true)
                .open(&path)
                .unwrap()
                .set_modified(old)
                .unwrap();
        }
        place
    }

    fn begin(&self, task: &str) -> Visit {
        self.begin_with(task, Command::new(env::current_exe().unwrap()))
    }

    fn begin_with(&self, task: &str, mut command: Command) -> Visit {
        command
            .args(["--exact", "child_visits", "--ignored", "--nocapture"])
            .env(FOLDER, self.digests.path());
        command
            .env(TASK, task)
            .env(HALF, (self.many / 2).to_string())
            .env("XDG_CACHE_HOME", self.homes.path().join("cache"));
        command.env("XDG_DATA_HOME", self.homes.path().join("data"));
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Visit {
            child,
            lines,
            heard: Vec::new(),
        }
    }

    /// A whole run: how many entries the index gave, how many articles were read, found, and
    /// searched.
    fn visit(&self) -> [u32; 4] {
        self.begin("all").end()
    }
}

/// A child that visits.
struct Visit {
    child: Child,
    lines: BufReader<ChildStdout>,
    heard: Vec<String>,
}

impl Visit {
    /// Reads what the child prints, up to a line that begins with a word; the rest of that.
    fn hear(&mut self, word: &str) -> String {
        loop {
            let mut line = String::new();
            assert!(
                self.lines.read_line(&mut line).unwrap() > 0,
                "ended before {word:?}: {:?}",
                self.heard
            );
            let Some(line) = line.trim_end().strip_prefix(": ") else {
                continue;
            };
            self.heard.push(line.to_owned());
            if let Some(rest) = line.strip_prefix(word) {
                return rest.trim().to_owned();
            }
        }
    }

    fn end(mut self) -> [u32; 4] {
        self.hear("hits");
        drop(self.child.stdin.take());
        assert!(self.child.wait().unwrap().success(), "{:?}", self.heard);
        let last = |word| {
            self.heard
                .iter()
                .rev()
                .find_map(|line| line.strip_prefix(word)?.trim().parse().ok())
        };
        ["opened", "read", "done", "hits"].map(|word| last(word).unwrap_or(0))
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn a_cold_run_that_is_killed_half_way_is_not_lost() {
    let place = Place::new(MANY);
    let mut first = place.begin("half until kept");
    first.hear("kept");
    first.kill();
    let [opened, read, done, hits] = place.visit();
    assert!(opened > 0 && opened < MANY, "{opened}");
    assert_eq!((opened + read, done, hits), (MANY, MANY, MANY));
    assert_eq!(place.visit(), [MANY, 0, MANY, MANY]);
}

#[test]
fn of_two_programs_on_a_cold_library_one_may_be_killed_half_way() {
    let place = Place::new(FEW);
    // Either may be killed: the one that may write the index, and the one that may not.
    for is_writer_killed in [true, false] {
        let (mut first, mut second);
        if is_writer_killed {
            first = place.begin("half");
            first.hear("half");
            second = place.begin("all");
            second.hear("hits");
            first.kill();
        } else {
            second = place.begin("all");
            second.hear("opened");
            first = place.begin("half");
            first.hear("half");
            first.kill();
            second.hear("hits");
        }
        drop(second.child.stdin.take());
        assert!(second.child.wait().unwrap().success());
        assert!(
            second.heard.contains(&format!("done {FEW}"))
                && second.heard.contains(&format!("hits {FEW}"))
        );
        assert_eq!(
            place.visit(),
            [FEW, 0, FEW, FEW],
            "the index that stays is sound and whole"
        );
        fs::remove_dir_all(place.homes.path().join("cache")).unwrap();
    }
}

#[test]
fn a_full_disk_costs_the_warm_start_and_nothing_else() {
    let place = Place::new(FEW);
    // Full from the beginning, then in the middle of the texts.
    for blocks in [1, 1_000] {
        let mut shell = Command::new("/bin/sh");
        // No file may grow beyond so many blocks; to try is an error and no longer a signal.
        shell
            .args([
                "-c",
                &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\""),
            ])
            .arg(env::current_exe().unwrap());
        let mut visit = place.begin_with("all", shell);
        visit.hear("hits");
        let listed: Vec<&String> = visit
            .heard
            .iter()
            .filter(|line| line.starts_with("notice"))
            .collect();
        assert_eq!(listed.len(), usize::from(blocks == 1), "{listed:?}");
        assert!(
            listed
                .iter()
                .all(|line| line.contains("nothing is being saved")),
            "{listed:?}"
        );
        assert_eq!(visit.heard.last().unwrap(), &format!("hits {FEW}"));
        drop(visit.child.stdin.take());
        assert!(visit.child.wait().unwrap().success());
        assert!(
            visit.heard.contains(&"opened 0".to_owned())
                && visit.heard.contains(&format!("done {FEW}"))
        );
    }
    // With room again all is as if nothing had been.
    assert_eq!(place.visit(), [0, FEW, FEW, FEW]);
    assert_eq!(place.visit(), [FEW, 0, FEW, FEW]);
}
