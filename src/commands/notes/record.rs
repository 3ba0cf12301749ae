//! A highlight with its note as JSON.

use std::path::{Component, Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::article::{ArticleNotes, id_of, time};
use crate::bilingual::Place;
use crate::catalog::{Annotation, HighlightColour};
use crate::platform;

/// The most bytes of a note and of what is highlighted.
const MOST_BYTES: usize = 2 << 20;

/// A highlight with its note. `jianbao notes --help` documents the fields.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::commands) struct NoteRecord {
    id: String,
    path: String,
    /// The bytes of a path that is not UTF-8, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    path_bytes: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    link: Option<String>,
    places: [Place; 2],
    colour: HighlightColour,
    text: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    tags: Vec<String>,
    created: Timestamp,
    changed: Timestamp,
}

impl NoteRecord {
    pub(in crate::commands) fn new(annotation: &Annotation, article: &ArticleNotes) -> Self {
        let path = &annotation.path;
        let noted = &article.noted;
        let hexadecimal = || {
            let bytes = path.as_os_str().as_encoded_bytes().iter();
            bytes.fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
        };
        Self {
            id: id_of(annotation),
            path: path.to_string_lossy().into_owned(),
            path_bytes: path.to_str().is_none().then(hexadecimal),
            title: article.entry.as_ref().map(|_| noted.title.clone()),
            date: noted.date.clone(),
            source: noted.source.clone(),
            link: noted.link.clone(),
            places: annotation.places.clone(),
            colour: annotation.colour.unwrap_or_default(),
            text: annotation.text.clone(),
            note: annotation.note.clone(),
            tags: annotation.tags().map(str::to_owned).collect(),
            created: time(annotation.created),
            changed: time(annotation.changed),
        }
    }

    /// The highlight, in a folder or of one file.
    ///
    /// # Errors
    /// What is wrong with it, in one line.
    pub(super) fn annotation(self, is_in_folder: bool) -> Result<Annotation, String> {
        let key = u64::from_str_radix(&self.id, 16).ok();
        let key = key.filter(|_| self.id.len() == 16 && !self.id.starts_with('+'));
        let key = key.ok_or_else(|| tr!("`id` must be 16 hexadecimal digits"))?;
        let path = self.path_of().filter(|path| {
            let mut parts = path.components();
            let is_normal = parts.all(|part| matches!(part, Component::Normal(_)));
            !path.as_os_str().is_empty() && (is_normal || !is_in_folder)
        });
        let path = path.ok_or_else(|| tr!("`path` must be a path inside the folder"))?;
        let [start, end] = &self.places;
        let is_forwards = (start.block, start.offset) <= (end.block, end.offset);
        if start.side != end.side || !is_forwards {
            return Err(tr!("`places` must be a beginning and an end in one language").into());
        }
        if self.text.len() > MOST_BYTES || self.note.len() > MOST_BYTES {
            return Err(tr!("a text or a note has at most 2 MB").into());
        }
        let changed = self.changed.as_millisecond();
        if changed <= 0 {
            return Err(tr!("`changed` must be a time after 1970").into());
        }
        Ok(Annotation {
            key,
            path,
            places: self.places,
            text: self.text,
            colour: Some(self.colour),
            note: self.note,
            created: self.created.as_millisecond(),
            changed,
        })
    }

    fn path_of(&self) -> Option<PathBuf> {
        let Some(digits) = &self.path_bytes else {
            return Some(Path::new(&self.path).to_owned());
        };
        let bytes: Option<Vec<u8>> = (0..digits.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok())
            .collect();
        Some(platform::path_of_bytes(&bytes?).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    use proptest::prelude::*;

    use super::*;
    use crate::export::NotedArticle;
    use crate::text::Language;

    prop_compose! {
        fn annotation()(
            key: u64,
            names in prop::collection::vec("[a-z茶 .\u{202E}\\\\\"]{0,5}[a-z\u{1b}]", 1..4),
            byte in prop::option::of(128_u8..),
            at in prop::array::uniform4(0_u32..99),
            fingerprints in prop::array::uniform2(any::<u64>()),
            side in prop::sample::select(Language::BOTH.to_vec()),
            colour in prop::sample::select(HighlightColour::ALL.to_vec()),
            texts in prop::array::uniform2("[ -~茶\u{0}-\u{1f}\u{80}-\u{a0}\u{202A}-\u{202E}\u{2028}\u{FEFF}]{0,40}"),
            times in prop::array::uniform2(1_i64..4_000_000_000_000),
        ) -> Annotation {
            let place = |block, offset, fingerprint| Place { side, block, offset, fingerprint };
            let end = (at[0] + at[2], at[1] + at[3]);
            let mut path = names.join("/").into_bytes();
            path.extend(byte);
            let [text, note] = texts;
            Annotation {
                key,
                path: Path::new(OsStr::from_bytes(&path)).to_owned(),
                places: [place(at[0], at[1], fingerprints[0]), place(end.0, end.1, fingerprints[1])],
                text,
                colour: Some(colour),
                note,
                created: times[0],
                changed: times[1],
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(annotation in annotation()) {
            let article = ArticleNotes {
                path: annotation.path.clone(),
                entry: None,
                noted: NotedArticle::default(),
                annotations: Vec::new(),
            };
            let mut json = Vec::new();
            crate::commands::output::write_json(&NoteRecord::new(&annotation, &article), &mut json).unwrap();
            let shown = String::from_utf8(json.clone()).unwrap();
            prop_assert!(shown.trim_end().chars().all(crate::text::is_harmless), "{}", shown);
            let record: NoteRecord = serde_json::from_slice(&json).unwrap();
            prop_assert_eq!(record.annotation(true), Ok(annotation));
        }
    }

    #[test]
    fn paths_out_of_the_folder_and_other_nonsense_are_refused() {
        let place = |side, block| serde_json::json!({"side": side, "block": block, "offset": 0, "fingerprint": 1});
        let record = |change: &dyn Fn(&mut serde_json::Value)| {
            let mut json = serde_json::json!({
                "id": "00000000000000aa", "path": "a/b.md", "places": [place("zh", 0), place("zh", 1)],
                "colour": "red", "text": "t", "created": "2026-01-01T00:00:00Z", "changed": "2026-01-01T00:00:00Z",
            });
            change(&mut json);
            let record: NoteRecord = serde_json::from_value(json).unwrap();
            record.annotation(true)
        };
        assert!(record(&|_| {}).is_ok());
        for path in ["", "/etc/passwd", "../a.md", "a/../../b.md", ".", "a/./.."] {
            assert!(
                record(&|json| json["path"] = path.into()).is_err(),
                "{path}"
            );
        }
        for id in ["", "aa", "+0000000000000aa", "00000000000000zz"] {
            assert!(record(&|json| json["id"] = id.into()).is_err(), "{id}");
        }
        assert!(record(&|json| json["path_bytes"] = "zz".into()).is_err());
        assert!(record(&|json| json["path_bytes"] = "2e2e2f61".into()).is_err());
        assert!(record(&|json| json["places"][1] = place("en", 1)).is_err());
        assert!(record(&|json| json["places"][0] = place("zh", 2)).is_err());
        assert!(record(&|json| json["changed"] = "1969-01-01T00:00:00Z".into()).is_err());
        assert!(record(&|json| json["note"] = "x".repeat(MOST_BYTES + 1).into()).is_err());
    }
}
