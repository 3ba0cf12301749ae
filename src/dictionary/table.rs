//! A dictionary as bytes: sorted headwords as they are, so that asking whether a word is one unpacks nothing, and their
//! entries in compressed blocks.
//!
//! The head. The length of the headwords and the number of blocks, as little-endian numbers of four bytes. The headwords,
//! a line each. For each block, and for the end of the last one: where its first headword begins, where it begins itself.
//! The blocks, each deflated by itself; they have a line for each headword.

use std::collections::BTreeMap;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use crate::text::{fold, simplified_form};

/// How a file begins. The number is raised with every change of what follows.
const HEAD: &[u8] = b"jianbao words 01";
/// How many bytes of entries make a block, and how many are unpacked at most.
const BLOCK: usize = 32 << 10;
const LARGEST_BLOCK: u64 = 1 << 20;
/// How long the entries of a headword may be, in bytes: some dictionaries explain at the length of an article.
const LONGEST_LINE: usize = 64 << 10;
/// What stands between the entries of a line, the fields of an entry, and its senses.
const ENTRY: char = '\t';
const FIELD: char = '\u{1f}';
const SENSE: char = '\u{1e}';

/// What a dictionary says of a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DictionaryEntry {
    /// The word as the dictionary writes it; Chinese in simplified characters.
    pub word: String,
    /// The traditional form. Empty if it is the same.
    pub traditional: String,
    /// The pinyin, its syllables between spaces, or the phonetic transcription. Empty if there is none, or if it is how
    /// the word is read by itself.
    pub reading: String,
    /// The meanings, the most usual first.
    pub senses: Vec<String>,
}

/// A dictionary. Reading it never fails: what is damaged has no entries.
#[derive(Debug)]
pub struct WordTable<B> {
    bytes: B,
    /// Where the headwords end, where the table of blocks ends.
    keys_end: usize,
    blocks_end: usize,
}

impl<B: AsRef<[u8]>> WordTable<B> {
    /// None if the bytes are no dictionary.
    pub fn read(bytes: B) -> Option<Self> {
        let all = bytes.as_ref();
        let keys_end = HEAD.len() + 8 + number(all, HEAD.len())?;
        let blocks_end = keys_end.checked_add(number(all, HEAD.len() + 4)?.checked_mul(8)?)? + 8;
        let is_whole = all.starts_with(HEAD) && all.len() >= blocks_end;
        is_whole.then_some(Self {
            bytes,
            keys_end,
            blocks_end,
        })
    }

    fn keys(&self) -> &[u8] {
        &self.bytes.as_ref()[HEAD.len() + 8..self.keys_end]
    }

    /// The number of headwords.
    pub fn len(&self) -> usize {
        memchr::memchr_iter(b'\n', self.keys()).count()
    }

    /// Whether it has no headword.
    pub fn is_empty(&self) -> bool {
        self.keys().is_empty()
    }

    /// Where the line of a headword begins.
    fn find(&self, key: &str) -> Option<usize> {
        let keys = self.keys();
        let at = first_line(keys, 0, keys.len(), |line| line < key.as_bytes());
        let is_found = at < keys.len() && &keys[at..line_end(keys, at)] == key.as_bytes();
        is_found.then_some(at)
    }

    /// Whether a word is a headword. The word is a [`key`].
    pub fn contains(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// The headwords that begin with a text, without that text itself, in the order of their bytes.
    pub fn beginning_with<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        let keys = self.keys();
        let at = first_line(keys, 0, keys.len(), |line| line < key.as_bytes());
        let lines = keys[at..].split(|&byte| byte == b'\n');
        let alike = lines.take_while(|line| line.starts_with(key.as_bytes()));
        alike
            .filter_map(|line| str::from_utf8(line).ok())
            .filter(move |line| line.len() > key.len())
    }

    /// What is said of a headword, the most usual first. The word is a [`key`].
    pub fn entries(&self, key: &str) -> Vec<DictionaryEntry> {
        let line = self.find(key).and_then(|at| self.line(at));
        let line = line.unwrap_or_default();
        let entries = line.split(ENTRY).filter_map(|entry| decode(entry, key));
        entries.collect()
    }

    /// The line of the entries of the headword that begins at an offset.
    fn line(&self, at: usize) -> Option<String> {
        let blocks = &self.bytes.as_ref()[self.keys_end..self.blocks_end];
        let (blocks, _) = blocks.as_chunks::<8>();
        let begin = |block: &[u8; 8]| number(block, 0).unwrap_or(0);
        let index = blocks
            .partition_point(|block| begin(block) <= at)
            .checked_sub(1)?;
        let data = &self.bytes.as_ref()[self.blocks_end..];
        let packed = data.get(number(&blocks[index], 4)?..number(blocks.get(index + 1)?, 4)?)?;
        let mut block = Vec::new();
        let unpacked = DeflateDecoder::new(packed).take(LARGEST_BLOCK);
        { unpacked }.read_to_end(&mut block).ok()?;
        let before = self.keys().get(begin(&blocks[index])..at)?;
        let lines_before = memchr::memchr_iter(b'\n', before).count();
        let line = block.split(|&byte| byte == b'\n').nth(lines_before)?;
        Some(String::from_utf8_lossy(line).into_owned())
    }
}

/// A number of four bytes.
fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..at + 4)?.first_chunk()?;
    Some(u32::from_le_bytes(*bytes) as usize)
}

/// A word as it is looked up: in small letters and simplified characters.
pub fn key(word: &str) -> String {
    let plain = |c| if c == '’' { '\'' } else { c };
    let folded = word.trim().chars().map(plain).map(fold);
    folded.map(simplified_form).collect()
}

fn decode(entry: &str, key: &str) -> Option<DictionaryEntry> {
    let mut parts = entry.split(SENSE);
    let mut fields = parts.next()?.split(FIELD);
    let word = fields.next().filter(|word| !word.is_empty());
    let word = word.unwrap_or(key).to_owned();
    // Of a traditional form only the characters that differ are kept.
    let own = word.chars();
    let form = fields.next()?.chars().zip(own);
    let form = form.map(|(c, own)| if c == '-' { own } else { c });
    Some(DictionaryEntry {
        traditional: form.collect(),
        word,
        reading: fields.next()?.to_owned(),
        senses: parts.map(str::to_owned).collect(),
    })
}

fn encode(entry: &DictionaryEntry, key: &str) -> String {
    let word = if entry.word == key { "" } else { &entry.word };
    let own = entry.word.chars();
    let form = entry.traditional.chars().zip(own);
    let form: String = form
        .map(|(c, own)| if c == own { '-' } else { c })
        .collect();
    let mut line = plain(word);
    for field in [&form, &entry.reading] {
        line.push(FIELD);
        line += &plain(field);
    }
    for sense in &entry.senses {
        line.push(SENSE);
        line += &plain(sense);
    }
    line
}

/// A text without control characters, some of which separate.
fn plain(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// Collects entries, in any order, and makes a dictionary of them.
#[derive(Debug, Default)]
pub struct WordTableBuilder {
    lines: BTreeMap<String, String>,
}

impl WordTableBuilder {
    /// Adds an entry after those that its headword has. What has no headword, or is too long, is left out.
    pub fn add(&mut self, headword: &str, entry: &DictionaryEntry) {
        let key = key(headword).replace(char::is_control, " ");
        let entry = encode(entry, &key);
        let line = self.lines.entry(key).or_default();
        if line.len() + entry.len() < LONGEST_LINE {
            if !line.is_empty() {
                line.push(ENTRY);
            }
            *line += &entry;
        }
    }

    /// The number of headwords.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The bytes of the dictionary.
    ///
    /// # Errors
    ///
    /// If it is larger than four gigabytes.
    pub fn finish(mut self) -> std::io::Result<Vec<u8>> {
        self.lines
            .retain(|key, line| !key.is_empty() && !line.is_empty());
        let (mut keys, mut blocks, mut data) = (String::new(), Vec::new(), Vec::new());
        let mut block = String::new();
        let mut lines = self.lines.iter().peekable();
        while let Some((key, line)) = lines.next() {
            if block.is_empty() {
                blocks.push([keys.len(), data.len()]);
            }
            keys = keys + key + "\n";
            block = block + line + "\n";
            if block.len() >= BLOCK || lines.peek().is_none() {
                let mut encoder = DeflateEncoder::new(&mut data, Compression::best());
                encoder.write_all(block.as_bytes())?;
                encoder.finish()?;
                block.clear();
            }
        }
        let mut bytes = HEAD.to_vec();
        let numbers = [keys.len(), blocks.len()];
        let ends = [keys.len(), data.len()];
        let write = |bytes: &mut Vec<u8>, number: usize| {
            let number = u32::try_from(number).map_err(std::io::Error::other)?;
            bytes.extend(number.to_le_bytes());
            std::io::Result::Ok(())
        };
        for number in numbers {
            write(&mut bytes, number)?;
        }
        bytes.extend(keys.as_bytes());
        for number in blocks.into_iter().chain([ends]).flatten() {
            write(&mut bytes, number)?;
        }
        bytes.extend(data);
        Ok(bytes)
    }
}

/// The start of the first line of a text, within bounds, to which a condition does not apply; it applies to all lines
/// before.
pub(super) fn first_line(
    text: &[u8],
    mut low: usize,
    mut high: usize,
    applies: impl Fn(&[u8]) -> bool,
) -> usize {
    while low < high {
        let middle = usize::midpoint(low, high);
        let start = memchr::memrchr(b'\n', &text[low..middle]).map_or(low, |feed| low + feed + 1);
        let end = line_end(text, start);
        if applies(&text[start..end]) {
            low = end + 1;
        } else {
            high = start;
        }
    }
    low.min(high)
}

/// Where the line ends that begins at an offset.
pub(super) fn line_end(text: &[u8], start: usize) -> usize {
    memchr::memchr(b'\n', &text[start..]).map_or(text.len(), |length| start + length)
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
