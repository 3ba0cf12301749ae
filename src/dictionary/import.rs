//! Dictionaries of others: an export of CC-CEDICT, ECDICT's table, files of `StarDict`.

use std::io::Read;

use flate2::read::MultiGzDecoder;

use super::cedict::{cedict_entry, is_pointer};
use super::table::{DictionaryEntry, WordTableBuilder};

/// How large a file may be, unpacked.
pub const LARGEST_SOURCE: u64 = 512 << 20;
/// How many senses of an entry are kept.
const MOST_SENSES: usize = 40;
/// The head of a gzip file; a `.dz` of `StarDict` is one.
const GZIP: &[u8] = &[0x1f, 0x8b];
/// How ECDICT's table begins: word, phonetic, definition, translation, and more columns.
const ECDICT: &str = "word,phonetic,definition,translation,";
/// What `.ifo` files of `StarDict` begin with.
const STARDICT: &str = "StarDict's dict ifo file";

/// The bytes of a file, unpacked if it is packed by gzip.
///
/// # Errors
/// If it is damaged, or larger than [`LARGEST_SOURCE`].
pub fn unpacked(bytes: Vec<u8>) -> Result<Vec<u8>, &'static str> {
    if !bytes.starts_with(GZIP) {
        return Ok(bytes);
    }
    let mut plain = Vec::new();
    let decoder = MultiGzDecoder::new(&bytes[..]);
    match decoder.take(LARGEST_SOURCE + 1).read_to_end(&mut plain) {
        Err(_) => Err(tr!("the packed file is damaged")),
        Ok(_) if plain.len() as u64 > LARGEST_SOURCE => Err(tr!("the file is too large")),
        Ok(_) => Ok(plain),
    }
}

/// The entries of a text: an export of CC-CEDICT or ECDICT's table, told by what it holds.
///
/// # Errors
/// If it is neither, or has no entries.
pub fn read_text(bytes: &[u8]) -> Result<WordTableBuilder, &'static str> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let mut table = WordTableBuilder::default();
    if text.starts_with(ECDICT) {
        let mut rest = text;
        while let Some(row) = csv_row(&mut rest) {
            if let [word, phonetic, _, translation, ..] = &row[..]
                && !(word == "word" && table.is_empty())
            {
                // Its line breaks are written out.
                add(
                    &mut table,
                    word,
                    phonetic,
                    &translation.replace("\\n", "\n"),
                );
            }
        }
    } else {
        for mut entry in text.lines().filter_map(cedict_entry) {
            entry.senses.sort_by_key(|sense| is_pointer(sense));
            let word = entry.word.clone();
            table.add(&word, &entry);
        }
    }
    if table.is_empty() {
        return Err(tr!(
            "no dictionary: CC-CEDICT, ECDICT's CSV or StarDict's .ifo is needed"
        ));
    }
    Ok(table)
}

/// The entries of a dictionary of `StarDict`, of its `.ifo`, `.idx` and `.dict` files, unpacked.
///
/// # Errors
/// If a file is damaged, or there are no entries.
pub fn read_stardict(
    info: &[u8],
    index: &[u8],
    data: &[u8],
) -> Result<WordTableBuilder, &'static str> {
    let info = String::from_utf8_lossy(info);
    let value = |name: &str| {
        info.lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix('='))
    };
    if !info.trim_start_matches('\u{feff}').starts_with(STARDICT) {
        return Err(tr!("the .ifo file is not StarDict's"));
    }
    let offset_bytes = if value("idxoffsetbits").is_some_and(|bits| bits.trim() == "64") {
        8
    } else {
        4
    };
    let kinds = value("sametypesequence").map_or("", str::trim);
    let mut table = WordTableBuilder::default();
    let mut rest = index;
    while let Some(end) = memchr::memchr(0, rest) {
        let word = String::from_utf8_lossy(&rest[..end]);
        let Some((place, after)) = rest[end + 1..].split_at_checked(offset_bytes + 4) else {
            return Err(tr!("the .idx file is damaged"));
        };
        let number = |bytes: &[u8]| {
            bytes
                .iter()
                .fold(0_usize, |number, &byte| number << 8 | usize::from(byte))
        };
        let (offset, length) = place.split_at(offset_bytes);
        let offset = number(offset);
        let text = data.get(offset..offset.saturating_add(number(length)));
        let text = text.ok_or(tr!("the .dict file does not fit the .idx file"))?;
        add(&mut table, &word, "", &stardict_text(text, kinds));
        rest = after;
    }
    if table.is_empty() {
        return Err(tr!("the .idx file is damaged"));
    }
    Ok(table)
}

/// The text of an entry: its first part that is text. Each part has a letter for its kind before it, if not all entries
/// have the same kinds.
fn stardict_text(entry: &[u8], kinds: &str) -> String {
    let (kind, text) = match (kinds.bytes().next(), entry.split_first()) {
        (None, Some((&kind, text))) => (kind, text),
        (kind, _) => (kind.unwrap_or(b'm'), entry),
    };
    if !kind.is_ascii_lowercase() {
        return String::new();
    }
    let end = memchr::memchr(0, text).unwrap_or(text.len());
    let text = String::from_utf8_lossy(&text[..end]);
    if matches!(kind, b'g' | b'h' | b'x') {
        without_tags(&text)
    } else {
        text.into_owned()
    }
}

/// A text without markup; what stands between two tags is a line.
fn without_tags(text: &str) -> String {
    let parts = text
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |parts| parts.1));
    let plain = parts.collect::<Vec<_>>().join("\n");
    let plain = plain.replace("&lt;", "<").replace("&gt;", ">");
    plain.replace("&quot;", "\"").replace("&amp;", "&")
}

/// Adds a word whose senses are the lines of a text.
fn add(table: &mut WordTableBuilder, word: &str, reading: &str, text: &str) {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let entry = DictionaryEntry {
        word: word.to_owned(),
        reading: reading.to_owned(),
        senses: lines.take(MOST_SENSES).map(str::to_owned).collect(),
        ..DictionaryEntry::default()
    };
    if !entry.senses.is_empty() {
        table.add(word, &entry);
    }
}

/// Takes a row from the beginning of a text of comma-separated values (RFC 4180).
fn csv_row(rest: &mut &str) -> Option<Vec<String>> {
    let mut fields = vec![String::new()];
    let mut is_quoted = false;
    let mut chars = rest.char_indices().peekable();
    chars.peek()?;
    let mut end = rest.len();
    while let Some((at, c)) = chars.next() {
        let field = fields.last_mut().expect("invariant: a row has a field");
        match c {
            '"' if is_quoted && chars.next_if(|&(_, next)| next == '"').is_some() => {
                field.push('"');
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => fields.push(String::new()),
            '\n' if !is_quoted => {
                end = at + 1;
                break;
            }
            c => field.push(c),
        }
    }
    *rest = &rest[end..];
    Some(fields)
}

#[cfg(test)]
mod tests {
    use super::super::table::WordTable;
    use super::*;

    fn senses(table: WordTableBuilder, word: &str) -> Vec<String> {
        let table = WordTable::read(table.finish().unwrap()).unwrap();
        let entries = table.entries(word).into_iter();
        entries.flat_map(|entry| entry.senses).collect()
    }

    #[test]
    fn an_export_of_cedict_is_read() {
        let text = "# CC-CEDICT\n銀行 银行 [yin2 hang2] /CL:家/bank/\nnonsense\n";
        assert_eq!(
            senses(read_text(text.as_bytes()).unwrap(), "银行"),
            ["bank", "CL:家"]
        );
    }

    #[test]
    fn ecdict_is_read() {
        let text = "word,phonetic,definition,translation,pos\nbank,bæŋk,x,\"n. 银行\\n岸, \"\"坡\"\"\",\nlone\nword,x,,字\n";
        assert_eq!(
            senses(read_text(text.as_bytes()).unwrap(), "bank"),
            ["n. 银行", "岸, \"坡\""]
        );
        assert_eq!(senses(read_text(text.as_bytes()).unwrap(), "word"), ["字"]);
    }

    #[test]
    fn stardict_is_read() {
        let index = b"bank\0\0\0\0\0\0\0\0\x0briver\0\0\0\0\x0b\0\0\0\x03";
        let data = "<b>银行</b>\u{6cb3}".as_bytes();
        let data = [&data[..7], &data[7..]].concat();
        let index = {
            let mut index = index.to_vec();
            let length = (data.len() - 3) as u8;
            index[12] = length;
            index[22] = length;
            index
        };
        let info = b"StarDict's dict ifo file\nversion=2.4.2\nsametypesequence=h\n";
        assert_eq!(
            senses(read_stardict(info, &index, &data).unwrap(), "bank"),
            ["银行"]
        );
        assert_eq!(
            senses(read_stardict(info, &index, &data).unwrap(), "river"),
            ["河"]
        );
        assert!(read_stardict(info, &index, &data[1..]).is_err());
        assert!(read_stardict(info, &index[..20], &data).is_err());
        assert!(read_stardict(b"x", &index, &data).is_err());
        assert_eq!(stardict_text(b"mtext\0tother\0", ""), "text");
        assert_eq!(stardict_text(b"W\0\0", ""), "");
    }

    #[test]
    fn what_is_no_dictionary_is_an_error() {
        for text in ["", "hello\n", "word,phonetic,definition,translation,\n"] {
            assert!(read_text(text.as_bytes()).is_err(), "{text}");
        }
        assert_eq!(unpacked(b"plain".to_vec()).unwrap(), b"plain");
        assert!(unpacked(vec![0x1f, 0x8b, 8, 0, 1]).is_err());
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
            let _ = read_text(&bytes);
            let _ = read_text(&[ECDICT.as_bytes(), b"\n", &bytes].concat());
            let _ = read_stardict(STARDICT.as_bytes(), &bytes, &bytes);
            let _ = unpacked([GZIP, &bytes].concat());
        }
    }
}
