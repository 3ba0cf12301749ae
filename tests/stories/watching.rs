//! A folder whose changes the system does not report.

use std::fs;
use std::process::{Command, Stdio};

use crate::support::Story;

/// Leaves the program a few folders to watch, in a namespace of its own.
const LIMIT: &str = "echo 4 > /proc/sys/user/max_inotify_watches";

fn digest(title: &str) -> String {
    format!("# {title}\n\nA text of a few words.\n")
}

#[test]
fn folders_that_cannot_be_watched_are_followed_all_the_same_and_the_status_line_says_so() {
    let may_limit = Command::new("unshare")
        .args(["-r", "sh", "-c", LIMIT])
        .stderr(Stdio::null())
        .status();
    if !may_limit.is_ok_and(|status| status.success()) {
        return println!("skipped: the number of watched folders cannot be limited here");
    }
    let digests = tempfile::tempdir().unwrap();
    for name in ["a", "b", "c", "d", "e", "f"] {
        fs::create_dir(digests.path().join(name)).unwrap();
        fs::write(
            digests.path().join(name).join("one.md"),
            digest(&format!("Title {name}")),
        )
        .unwrap();
    }
    let path = digests.path().to_str().unwrap();
    let script = format!("exec unshare -r sh -c '{LIMIT}; exec \"$JIANBAO\" --theme dark {path}'");
    let mut story = Story::script(&script, &[], (120, 36));
    // The saved state, the folder itself and one or two of those in it are watched, since the folder
    // above the settings may come first or last.
    story.sees("6 unread").sees(" folders polled every 5 s");
    for name in ["a", "b", "c", "d", "e", "f"] {
        fs::write(
            digests.path().join(name).join("one.md"),
            digest(&format!("Again {name}")),
        )
        .unwrap();
        fs::write(
            digests.path().join(name).join("new.md"),
            digest(&format!("New {name}")),
        )
        .unwrap();
    }
    for name in ["a", "b", "c", "d", "e", "f"] {
        story
            .sees(&format!("Again {name}"))
            .sees(&format!("New {name}"));
    }
    for name in ["a", "b", "c", "d", "e", "f"] {
        fs::remove_dir_all(digests.path().join(name)).unwrap();
    }
    fs::write(digests.path().join("last.md"), digest("The last")).unwrap();
    story
        .sees("1 unread")
        .sees("The last")
        .misses("polled every");
    story.keys("\x03").is_restored();
    assert_eq!(story.end(), (0, None));
}
