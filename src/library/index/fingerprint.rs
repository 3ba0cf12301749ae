//! The fingerprint of the code that reads articles: an index that bears another one was read by
//! another program, and all files are read again in the background.

use std::sync::OnceLock;

use twox_hash::XxHash3_64;

use super::super::source::SAMPLES;
use super::directory::IndexDirectory;
use super::entry_record::{EntryBatch, EntryRecord, TextRef};
use super::text_store::SegmentWriter;
use crate::bilingual;
use crate::catalog::Entry;
use crate::digest;

/// Digests that show what the samples do not: headers of all kinds, dates, labels, mixed languages,
/// broken bytes.
const ODD_DIGESTS: [&[u8]; 16] = [
    b"---\ntitle: a: b\ndate: 5 June 2024\ntags: [ai, \"x, y\"]\nauthor: @x\n---\n# Body\n",
    "---\n标题: 引号“里”的题\n日期: 2024年6月5日\n来源: 路透\n标签:\n  - 甲\n  - 乙\n---\n正文。\n".as_bytes(),
    b"+++\ntitle = 'TOML'\ndate = 2024-06-05T04:00:00+08:00\n[extra]\nlink = 'https://example.com/'\n+++\nText\n",
    b"{\"title\": \"JSON\", \"date\": \"2024-06-05 04:00\", \"tags\": \"a, b\"}\n\nText\n",
    "[#]: subject: (\"LCTT\")\n[#]: via: (\"https://example.com/\")\n[#]: author: (\"x\")\n\nLCTT 译文\n======\n".as_bytes(),
    b"---\ntitle: [broken\n\tdate: Jun 5, 2024\nurl: <https://example.com/?a=1&b=2>\n---\nText\n",
    b"---\ntitle: >\n  folded\n  title\ndate: 20240605\npublished: 1717531200\n---\nText\n",
    b"Title: Mail-like\nDate: Wed, 05 Jun 2024 04:00:00 GMT\n\nText\n",
    "# Nvidia 发布 | Nvidia Ships\n\n**Summary:** One sentence.\n\n摘要：一句话。\n\n## 中文\n\n正文第一段。\n\n## English\n\nThe first paragraph.\n".as_bytes(),
    "# 标题\n\n第一段中文。\n\nThe first paragraph in English.\n\n第二段中文。\n\nThe second paragraph in English.\n".as_bytes(),
    "中文正文，一段又一段。\n\n---\n\nAn English text, one paragraph after another.\n".as_bytes(),
    "**摘要：**正文*强调*与`代码`\n换行\\\n硬换行 <b>HTML</b> &amp; $x_1$\n\n- 项\n\n  续\n\n> 引\n> 文\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n\n[^1] [l]\n\n[^1]: Note\n[l]: https://example.com/\n".as_bytes(),
    b"---\ntitle: \"\\e[31mhostile\\u202E\"\n---\n&#27;[0m \x1b[31m <script>x</script>\n",
    b"\xef\xbb\xbf---\r\ntitle: CRLF and BOM\r\n---\r\nText\r\n",
    b"\xb1\xea\xcc\xe2\xa3\xba\xd6\xd0\xce\xc4\xb1\xe0\xc2\xeb\n\n\xd5\xfd\xce\xc4\xd4\xda\xb4\xcb\xa1\xa3\n",
    b"",
];

/// The fingerprint of this program's reading code. Computed at first use, in a few milliseconds.
pub(super) fn reading_fingerprint() -> u64 {
    static FINGERPRINT: OnceLock<u64> = OnceLock::new();
    *FINGERPRINT.get_or_init(|| {
        // A release may read differently in what no digest here shows.
        XxHash3_64::oneshot(
            format!("{:x} {}", fingerprint(digests()), env!("CARGO_PKG_VERSION")).as_bytes(),
        )
    })
}

fn digests() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    SAMPLES
        .iter()
        .copied()
        .chain(ODD_DIGESTS.map(|bytes| ("odd.md", bytes)))
}

/// A hash of all that an index would hold of some digests.
fn fingerprint<'a>(digests: impl Iterator<Item = (&'a str, &'a [u8])>) -> u64 {
    let mut batch = EntryBatch::default();
    let mut segment = SegmentWriter::new(&IndexDirectory::none());
    for (name, bytes) in digests {
        let article = digest::read(bytes, name);
        let texts = bilingual::block_texts(&article);
        let text = TextRef {
            segment: 0,
            article: segment.push(texts.each_ref().map(Option::as_ref)),
        };
        batch.push(&EntryRecord {
            entry: Entry::new(name.into(), &article),
            stamps: [None; 2],
            content: 0,
            text,
        });
    }
    XxHash3_64::oneshot(&[&batch.bytes()[..], segment.seal().name().as_bytes()].concat())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;

    /// The files below a folder, in order.
    fn files(folder: &Path) -> Vec<PathBuf> {
        let mut files = Vec::new();
        for path in fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
        {
            if path.is_dir() {
                files.extend(self::files(&path));
            } else {
                files.push(path);
            }
        }
        files.sort();
        files
    }

    #[test]
    fn a_change_of_reading_changes_the_fingerprint() {
        let corpus = Path::new(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../shared/corpus/sample"
        ));
        if !corpus.is_dir() {
            println!("skipped: no corpus at {}", corpus.display());
            return;
        }
        let texts: Vec<Vec<u8>> = files(corpus)
            .iter()
            .map(|path| fs::read(path).unwrap())
            .collect();
        let corpus = fingerprint(texts.iter().map(|bytes| ("corpus.md", &bytes[..])));
        let now = [fingerprint(digests()), corpus].map(|hash| format!("{hash:016x}"));
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/library/index/fingerprint.txt");
        let recorded: Vec<String> = fs::read_to_string(&file)
            .unwrap_or_default()
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        if recorded == now {
            return;
        }
        assert!(
            recorded.first() != Some(&now[0]),
            "articles are read otherwise, but the fingerprint is the same: add a digest to ODD_DIGESTS that shows the change"
        );
        if std::env::var_os("UPDATE_FINGERPRINT").is_some() {
            return fs::write(&file, now.join("\n") + "\n").unwrap();
        }
        panic!(
            "articles are read otherwise, and so is the fingerprint: if that is meant, run this with UPDATE_FINGERPRINT=1"
        );
    }
}
