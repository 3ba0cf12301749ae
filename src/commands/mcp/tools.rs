//! What an assistant can ask of a library.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::civil;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::bilingual::{Place, Text, passage_places};
use crate::catalog::{Annotation, Attention, EntryId, HighlightColour, Order, Query};
use crate::commands::list::ArticleRecord;
use crate::commands::lookup;
use crate::commands::notes::{NoteRecord, articles};
use crate::commands::output::warn;
use crate::commands::pairs::article_pairs;
use crate::export::{ExportedArticle, article_markdown};
use crate::library::{BatchLibrary, Files, Library, user_dictionaries};
use crate::reader::header_facts;
use crate::text::{Language, clean_line};

/// How long the library is taken to be as it was.
const FRESH: Duration = Duration::from_secs(2);
/// How many articles, matches or notes are answered, unless the assistant says otherwise, and at most.
const USUAL: usize = 20;
const MOST: usize = 200;
/// How many characters of an article, in the same way.
const USUAL_CHARS: usize = 40_000;
const MOST_CHARS: usize = 400_000;
/// The most characters of a word that is looked up, and of a query.
const LONGEST_WORD: usize = 60;
const LONGEST_QUERY: usize = 2_000;
/// The most bytes of a note.
const MOST_NOTE: usize = 1 << 20;

/// What a tool says.
pub(super) enum ToolOutput {
    Text(String),
    /// An object.
    Data(Value),
}

/// Why a tool says nothing.
pub(super) enum ToolError {
    /// There is no such tool.
    Unknown,
    /// In words for the assistant.
    Failed(String),
}

impl From<String> for ToolError {
    fn from(why: String) -> Self {
        Self::Failed(why)
    }
}

impl From<&str> for ToolError {
    fn from(why: &str) -> Self {
        Self::Failed(why.into())
    }
}

type Answer = Result<ToolOutput, ToolError>;

/// The tools over a library.
pub(super) struct Tools {
    library: Library,
    language: Language,
    may_write: bool,
    /// The library as it was at a time.
    batch: Option<(Instant, BatchLibrary)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListingArguments {
    query: Option<String>,
    #[serde(default)]
    from: usize,
    limit: Option<usize>,
}

impl ListingArguments {
    fn limit(&self) -> usize {
        self.limit.unwrap_or(USUAL).clamp(1, MOST)
    }

    fn query(&self) -> Result<Option<Query>, ToolError> {
        let query = self
            .query
            .as_deref()
            .filter(|query| !query.trim().is_empty());
        query.map(parsed).transpose()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ArticleArguments {
    path: String,
    #[serde(default)]
    content: ArticleContent,
    #[serde(default)]
    from: usize,
    length: Option<usize>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ArticleContent {
    Zh,
    En,
    #[default]
    Both,
    Pairs,
    Sentences,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DayArguments {
    date: Option<civil::Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordArguments {
    word: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoteArguments {
    path: String,
    text: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    colour: HighlightColour,
}

fn parsed(query: &str) -> Result<Query, ToolError> {
    if query.chars().count() > LONGEST_QUERY {
        return Err("the query is too long".into());
    }
    Query::parse(query).map_err(|error| format!("query: {}", error.reason).into())
}

fn arguments<T: DeserializeOwned>(arguments: Value) -> Result<T, ToolError> {
    serde_json::from_value(arguments)
        .map_err(|error| ToolError::Failed(format!("arguments: {error}")))
}

impl Tools {
    pub(super) const fn new(library: Library, language: Language, may_write: bool) -> Self {
        Self {
            library,
            language,
            may_write,
            batch: None,
        }
    }

    /// The tools with their arguments as JSON Schema.
    pub(super) fn list(&self) -> Vec<Value> {
        let query = json!({ "type": "string", "description": "words and terms such as tag:ai date:7d is:unread has:note" });
        let number = |about: &str| json!({ "type": "integer", "minimum": 0, "description": about });
        let path = json!({ "type": "string", "description": "the path of the article, as list_articles gives it" });
        let limit = number("how many at most; 20 without it, 200 at most");
        let from = number("how many to pass over");
        let content = json!({ "enum": ["zh", "en", "both", "pairs", "sentences"], "description":
            "Markdown in Chinese, in English or in both, one after the other; or aligned paragraphs or sentences as pairs" });
        let tool = |name: &str, about: &str, properties: Value, required: &[&str]| {
            json!({
                "name": name,
                "description": about,
                "inputSchema": {
                    "type": "object", "properties": properties, "required": required, "additionalProperties": false,
                },
                "annotations": { "readOnlyHint": name != "add_note", "destructiveHint": false, "openWorldHint": false },
            })
        };
        let mut all = vec![
            tool(
                "list_articles",
                "List articles, the newest first.",
                json!({ "query": query, "from": from, "limit": limit }),
                &[],
            ),
            tool(
                "search",
                "Search titles and texts in both languages; the best article first.",
                json!({ "query": query, "from": from, "limit": limit }),
                &["query"],
            ),
            tool(
                "get_article",
                "Read an article.",
                json!({ "path": path, "content": content,
                    "from": number("where to begin: characters of Markdown, or pairs"),
                    "length": number("how many characters; 40000 without it") }),
                &["path"],
            ),
            tool(
                "get_day",
                "The articles of a day by source, unread first; without a date, of the newest day.",
                json!({ "date": { "type": "string", "format": "date" } }),
                &[],
            ),
            tool(
                "list_notes",
                "List the reader's highlights and notes.",
                json!({ "query": query, "from": from, "limit": limit }),
                &[],
            ),
            tool(
                "look_up",
                "Look a Chinese or English word up in the dictionaries.",
                json!({ "word": { "type": "string" } }),
                &["word"],
            ),
        ];
        if self.may_write {
            all.push(tool("add_note", "Highlight a passage of an article, with a note or without.",
                json!({
                    "path": path,
                    "text": { "type": "string", "description": "the passage, exactly as it is in the article, in one language" },
                    "note": { "type": "string" },
                    "colour": { "enum": HighlightColour::ALL.map(HighlightColour::name) },
                }), &["path", "text"]));
        }
        all
    }

    /// Calls a tool by its name.
    pub(super) fn call(&mut self, name: &str, given: Value) -> Answer {
        match name {
            "list_articles" => self.list_articles(&arguments(given)?),
            "search" => self.search(&arguments(given)?),
            "get_article" => self.get_article(&arguments(given)?),
            "get_day" => self.get_day(&arguments(given)?),
            "list_notes" => self.list_notes(&arguments(given)?),
            "look_up" => look_up(&arguments(given)?),
            "add_note" if self.may_write => self.add_note(arguments(given)?),
            _ => Err(ToolError::Unknown),
        }
    }

    /// The library as it is now, or was a moment ago.
    fn batch(&mut self) -> Result<&BatchLibrary, ToolError> {
        if self
            .batch
            .as_ref()
            .is_some_and(|(at, _)| at.elapsed() > FRESH)
        {
            self.batch = None;
        }
        let library = &self.library;
        let open = || (Instant::now(), library.batch(&mut |line| warn(line)));
        let (_, batch) = self.batch.get_or_insert_with(open);
        if batch.has_failed() {
            return Err("a part of the program failed, which is a flaw of it".into());
        }
        Ok(batch)
    }

    fn list_articles(&mut self, given: &ListingArguments) -> Answer {
        let query = given.query()?;
        let language = self.language;
        let batch = self.batch()?;
        let order = match &query {
            Some(query) => batch.matching(query),
            None => batch.entries.sorted(Order::Date, language),
        };
        let shown = order.iter().skip(given.from).take(given.limit());
        Ok(ToolOutput::Data(json!({
            "total": order.len(),
            "articles": records(batch, shown.copied()),
        })))
    }

    fn search(&mut self, given: &ListingArguments) -> Answer {
        let query = given.query()?.unwrap_or_default();
        if query.terms().is_empty() {
            return Err("query: no words to search for; list_articles lists by terms alone".into());
        }
        let batch = self.batch()?;
        let hits = batch.search(&query, &mut |_| {});
        let snippets = batch.snippets(given.from as u32, given.limit() as u32, 3);
        let found = snippets.chunk_by(|one, other| one.id == other.id).filter_map(|snippets| {
            let entry = batch.entries.get(snippets[0].id)?;
            let matches = snippets.iter().map(|snippet| {
                json!({ "in": snippet.part.name(), "lang": snippet.place.side.code(), "line": snippet.line, "text": snippet.text })
            });
            Some(json!({
                "path": entry.path.to_string_lossy(),
                "title_zh": entry.titles.chinese,
                "title_en": entry.titles.english,
                "date": entry.date.written,
                "matches": matches.collect::<Vec<_>>(),
            }))
        });
        Ok(ToolOutput::Data(json!({
            "total": hits.articles.len(),
            "articles": found.collect::<Vec<_>>(),
        })))
    }

    /// The files of an article of the library.
    fn files(&mut self, path: &str) -> Result<Files, ToolError> {
        let entries = &self.batch()?.entries;
        let id = entries.find_path(Path::new(path));
        let entry = id.and_then(|id| entries.get(id)).ok_or_else(|| {
            format!(
                "no article of the library has the path {}; list_articles gives the paths",
                clean_line(&path.chars().take(200).collect::<String>())
            )
        })?;
        Ok(Files {
            path: entry.path,
            mate: entry.mate.map(PathBuf::into_boxed_path),
        })
    }

    fn get_article(&mut self, given: &ArticleArguments) -> Answer {
        let files = self.files(&given.path)?;
        let text = self.library.text(&files);
        let sides = match given.content {
            ArticleContent::Pairs | ArticleContent::Sentences => {
                let is_sentences = given.content == ArticleContent::Sentences;
                let pairs = article_pairs(&files.path, &text, is_sentences);
                let most = given.length.unwrap_or(MOST).min(MOST_CHARS);
                let total = pairs.len();
                let shown: Vec<Value> = pairs.into_iter().skip(given.from).take(most).collect();
                let next = (given.from + shown.len() < total).then_some(given.from + shown.len());
                return Ok(ToolOutput::Data(
                    json!({ "total": total, "pairs": shown, "next": next }),
                ));
            }
            ArticleContent::Zh => vec![text.side(Language::Chinese)],
            ArticleContent::En => vec![text.side(Language::English)],
            ArticleContent::Both => {
                let mut sides = Language::BOTH.map(|side| text.side(side)).to_vec();
                sides.dedup();
                sides
            }
        };
        let article = ExportedArticle {
            text: &text,
            sides: &sides,
            facts: header_facts(&text, sides[0], &TimeZone::system()),
            number: 1,
        };
        let markdown = article_markdown(&article);
        let most = given.length.unwrap_or(USUAL_CHARS).min(MOST_CHARS);
        let mut rest = markdown.chars();
        let mut shown: String = rest.by_ref().skip(given.from).take(most).collect();
        if !rest.as_str().is_empty() {
            let next = given.from + most;
            shown.extend(["\n\n[cut here; from: ", &next.to_string(), " goes on]"]);
        }
        Ok(ToolOutput::Text(shown))
    }

    fn get_day(&mut self, given: &DayArguments) -> Answer {
        let language = self.language;
        let batch = self.batch()?;
        let entries = &batch.entries;
        let order = entries.sorted(Order::Date, language);
        let newest = || order.iter().find_map(|id| entries.day(*id));
        let date = given.date.or_else(newest).ok_or("no article has a date")?;
        let is_of_day = |id: &EntryId| entries.day(*id) == Some(date);
        let mut ids: Vec<EntryId> = order.iter().copied().filter(is_of_day).collect();
        let is_read = |id: EntryId| batch.marks.get(id).attention != Attention::Unread;
        entries.group_by_source(&mut ids, is_read);
        Ok(ToolOutput::Data(json!({
            "date": date.to_string(),
            "articles": records(batch, ids.into_iter()),
        })))
    }

    fn list_notes(&mut self, given: &ListingArguments) -> Answer {
        let query = given.query()?;
        let language = self.language;
        let articles = articles(self.batch()?, query.as_ref(), language);
        let all = articles.iter().flat_map(|article| {
            let record = move |it| NoteRecord::new(it, article);
            article.annotations.iter().map(|it| &**it).map(record)
        });
        let total = all.clone().count();
        let shown: Vec<NoteRecord> = all.skip(given.from).take(given.limit()).collect();
        Ok(ToolOutput::Data(json!({ "total": total, "notes": shown })))
    }

    fn add_note(&mut self, given: NoteArguments) -> Answer {
        if given.note.len() > MOST_NOTE {
            return Err("a note has at most 1 MiB".into());
        }
        let path = self.files(&given.path)?;
        let text = self.library.text(&path);
        let path = path.path;
        let (places, kept) = passage(&text, given.text.trim()).ok_or(
            "this passage is not in the article; it must be as get_article gives it, without marks of Markdown",
        )?;
        let key = Annotation::key_of(&path, &places);
        let before = self.batch()?.annotations.get(&path, key).cloned();
        let now = jiff::Timestamp::now().as_millisecond();
        // What the reader wrote is never replaced.
        let note = match &before {
            Some(before) if !before.note.is_empty() && !given.note.is_empty() => {
                format!("{}\n{}", before.note, given.note)
            }
            Some(before) if given.note.is_empty() => before.note.clone(),
            _ => given.note,
        };
        let colour = before.as_ref().and_then(|it| it.colour);
        let annotation = Annotation {
            key,
            path,
            places,
            text: kept,
            colour: colour.or(Some(given.colour)),
            note,
            created: before.as_ref().map_or(now, |it| it.created),
            changed: before.map_or(now, |it| now.max(it.changed + 1)),
        };
        self.library.import_annotations(&[annotation])?;
        // What was read is old now.
        self.batch = None;
        let id = format!("{key:016x}");
        Ok(ToolOutput::Data(
            json!({ "id": id, "open": format!("jianbao open {id}") }),
        ))
    }
}

fn records(batch: &BatchLibrary, ids: impl Iterator<Item = EntryId>) -> Vec<Value> {
    let opened = batch.opened();
    let record = |id: EntryId| {
        let entry = batch.entries.get(id)?;
        let opened = opened(&entry.path);
        let own = batch.annotations.tags_of(&entry.path);
        let record = ArticleRecord::new(&entry, own, batch.marks.get(id), opened);
        serde_json::to_value(record).ok()
    };
    ids.filter_map(record).collect()
}

/// Where a passage is in a text, Chinese first, and what is kept of it.
fn passage(text: &Text, wanted: &str) -> Option<([Place; 2], String)> {
    if wanted.is_empty() {
        return None;
    }
    Language::BOTH.into_iter().find_map(|side| {
        let start = text.document(side)?.text.find(wanted)? as u32;
        passage_places(text, side, start..start + wanted.len() as u32)
    })
}

fn look_up(given: &WordArguments) -> Answer {
    let word = given.word.trim();
    if word.is_empty() || word.chars().count() > LONGEST_WORD {
        return Err("a word has 1 to 60 characters".into());
    }
    let record = lookup::record(word, &user_dictionaries());
    let record = serde_json::to_value(record).map_err(|error| error.to_string())?;
    Ok(ToolOutput::Data(record))
}
