//! A collection of Anki in its schema 11, the one that every version imports: an `SQLite` file, which lies in an `.apkg`.

use std::collections::HashSet;
use std::path::Path;

use rusqlite::{Connection, Result, params};
use serde_json::{Value, json};

/// What Anki knows the deck and its kinds of notes by, with one card a note and with two. They must never change: a second
/// import goes into the same deck.
const DECK: i64 = 1_764_460_800_101;
const NOTE_TYPES: [i64; 2] = [1_764_460_800_102, 1_764_460_800_103];

const SCHEMA: &str = "
    CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL,
        ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL,
        models text NOT NULL, decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL);
    CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL,
        usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL,
        flags integer NOT NULL, data text NOT NULL);
    CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL,
        mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL,
        ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL,
        left integer NOT NULL, odue integer NOT NULL, odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
    CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL,
        ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL,
        type integer NOT NULL);
    CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
";

const STYLE: &str =
    ".card { font-family: sans-serif; font-size: 20px; text-align: center; line-height: 1.5; }
.word { font-size: 40px; } .small { font-size: 14px; opacity: .7; } b { color: #b8860b; }";
const WORD_SIDE: &str =
    "<div class=\"word\">{{Word}}</div><p>{{Sentence}}</p><div class=\"small\">{{Level}}</div>";
const WORD_ANSWER: &str =
    "{{FrontSide}}<hr id=\"answer\"><div>{{Reading}}</div><div>{{Gloss}}</div>
<p>{{Translation}}</p><div class=\"small\">{{Article}}<br>{{Source}}</div>";
const MEANING_SIDE: &str = "<div>{{Gloss}}</div><p>{{Translation}}</p>";
const MEANING_ANSWER: &str =
    "{{FrontSide}}<hr id=\"answer\"><div class=\"word\">{{Word}}</div><div>{{Reading}}</div>
<p>{{Sentence}}</p><div class=\"small\">{{Article}}<br>{{Source}}</div>";

/// A note of the collection.
#[derive(Clone, Debug)]
pub struct AnkiNote {
    /// What Anki knows it by: a second import changes the note with the same one.
    pub guid: String,
    /// Its fields, as HTML.
    pub fields: Vec<String>,
    /// When it was made and changed, in milliseconds since 1970.
    pub times: [i64; 2],
}

/// The deck that notes go into.
#[derive(Clone, Copy, Debug)]
pub struct AnkiDeck<'a> {
    /// Its name, and that of its kind of notes.
    pub name: &'a str,
    /// What is said about it.
    pub description: &'a str,
    /// The names of the fields.
    pub fields: &'a [&'a str],
    /// Whether a note has a second card that asks for the word.
    pub both_ways: bool,
}

impl AnkiDeck<'_> {
    /// Writes a collection with notes into a new file, at a time in milliseconds since 1970.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write(&self, path: &Path, notes: &[AnkiNote], now: i64) -> std::io::Result<()> {
        self.fill(path, notes, now).map_err(std::io::Error::other)
    }

    fn fill(&self, path: &Path, notes: &[AnkiNote], now: i64) -> Result<()> {
        let mut connection = Connection::open(path)?;
        // Nothing of the file is needed before it is whole.
        connection.pragma_update(None, "journal_mode", "OFF")?;
        connection.pragma_update(None, "synchronous", "OFF")?;
        let database = connection.transaction()?;
        database.execute_batch(SCHEMA)?;
        let seconds = now / 1000;
        database.execute(
            "INSERT INTO col VALUES (1, ?1, ?2, ?2, 11, 0, 0, 0, '{}', ?3, ?4, '{}', '{}')",
            params![
                seconds,
                now,
                json!({ self.note_type().to_string(): self.model(seconds) }).to_string(),
                json!({ DECK.to_string(): self.deck(seconds) }).to_string(),
            ],
        )?;
        let mut ids = HashSet::new();
        for (due, note) in (1_i64..).zip(notes) {
            // The id of a note is the time at which it was made; no two have the same.
            let [made, changed] = note.times.map(|time| time.max(1));
            let last = made + notes.len() as i64;
            let id = (made..=last).find(|id| ids.insert(*id)).unwrap_or(made);
            let first = note.fields.first().map_or("", |field| field.as_str());
            database.execute(
                "INSERT INTO notes VALUES (?1, ?2, ?3, ?4, -1, ' jianbao ', ?5, ?6, ?7, 0, '')",
                params![
                    id,
                    note.guid,
                    self.note_type(),
                    changed / 1000,
                    note.fields.join("\u{1f}"),
                    first,
                    checksum(first),
                ],
            )?;
            for template in 0..=i64::from(self.both_ways) {
                database.execute(
                    "INSERT INTO cards VALUES (?1, ?2, ?3, ?4, ?5, -1, 0, 0, ?6, 0, 0, 0, 0, 0, 0, 0, 0, '')",
                    params![2 * id + template, id, DECK, template, changed / 1000, due],
                )?;
            }
        }
        database.commit()
    }

    const fn note_type(&self) -> i64 {
        NOTE_TYPES[self.both_ways as usize]
    }

    fn model(&self, seconds: i64) -> Value {
        let field = |(at, name): (usize, &&str)| json!({ "name": name, "ord": at, "sticky": false, "rtl": false, "font": "Arial", "size": 20, "media": [] });
        let template = |at: usize, name: &str, [question, answer]: [&str; 2]| json!({ "name": name, "ord": at, "qfmt": question, "afmt": answer, "did": null, "bqfmt": "", "bafmt": "" });
        let mut templates = vec![template(0, "Word", [WORD_SIDE, WORD_ANSWER])];
        let mut name = self.name.to_owned();
        if self.both_ways {
            templates.push(template(1, "Meaning", [MEANING_SIDE, MEANING_ANSWER]));
            name += " (2)";
        }
        json!({
            "id": self.note_type(), "name": name, "type": 0, "mod": seconds, "usn": -1, "sortf": 0, "did": DECK,
            "tmpls": templates, "flds": self.fields.iter().enumerate().map(field).collect::<Vec<_>>(),
            "css": STYLE, "latexPre": "", "latexPost": "", "tags": [], "vers": [],
        })
    }

    fn deck(&self, seconds: i64) -> Value {
        json!({
            "id": DECK, "name": self.name, "mod": seconds, "usn": -1, "desc": self.description, "dyn": 0, "conf": 1,
            "collapsed": false, "browserCollapsed": false, "extendNew": 0, "extendRev": 0,
            "newToday": [0, 0], "revToday": [0, 0], "lrnToday": [0, 0], "timeToday": [0, 0],
        })
    }
}

/// What Anki finds notes with the same first field by: the first four bytes of its SHA-1, without markup.
fn checksum(field: &str) -> u32 {
    let digest = sha1_smol::Sha1::from(field).digest().bytes();
    u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_collection_has_a_note_for_each_word_and_a_card_for_each_way() {
        let folder = tempfile::tempdir().unwrap();
        let note = |guid: &str| AnkiNote {
            guid: guid.into(),
            fields: vec!["茶".into(), "chá".into()],
            times: [5000, 9000],
        };
        for both_ways in [false, true] {
            let deck = AnkiDeck {
                name: "deck",
                description: "about",
                fields: &["Word", "Reading"],
                both_ways,
            };
            let path = folder.path().join(format!("{both_ways}"));
            deck.write(&path, &[note("a"), note("b")], 10_000).unwrap();
            let database = Connection::open(&path).unwrap();
            let count =
                |sql: &str| -> i64 { database.query_row(sql, [], |row| row.get(0)).unwrap() };
            assert_eq!(count("SELECT count(*) FROM notes"), 2);
            let cards = if both_ways { 4 } else { 2 };
            assert_eq!(count("SELECT count(*) FROM cards"), cards);
            assert_eq!(count("SELECT count(DISTINCT id) FROM notes"), 2);
            assert_eq!(count("SELECT mod FROM notes WHERE guid = 'a'"), 9);
        }
        // Of the SHA-1 a9993e36….
        assert_eq!(checksum("abc"), 0xa999_3e36);
    }
}
