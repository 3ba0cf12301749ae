//! `jianbao words`: the words of articles before one reads them, and those of the vocabulary book.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::destination::ExportTarget;
use super::export::{ChosenArticle, chosen};
use super::output::{Outcome, warn, write_json};
use super::parallel_map::parallel_map;
use crate::bilingual::{Sentences, Text};
use crate::catalog::{BookWord, VocabularyBook, WordSentence, WordState};
use crate::cli::{WordsArgs, WordsFormat, WordsOrder};
use crate::dictionary::{
    Headword, UNLISTED_LEVEL, frequency_band, level_name, order_by_translation, word_level,
    word_to_learn, words_in,
};
use crate::error::Error;
use crate::export::{CARD_FIELDS, Card, DECK_ATTRIBUTION, DECK_NAME, card_line, cards_head};
use crate::library::{AnkiDeck, AnkiNote, Library, data_folder, vocabulary};
use crate::locale::Locale;
use crate::markdown::BlockKind;
use crate::shell::SettingsFile;
use crate::text::{Language, clean_line};

pub(super) fn run(arguments: &WordsArgs, file: &SettingsFile) -> Result<Outcome, Error> {
    let format = format(arguments);
    let is_printed = arguments.output.is_none() && io::stdout().is_terminal();
    if format == WordsFormat::Apkg && is_printed {
        return Err(Error::Usage(
            tr!("a package is no text for a terminal; name a file: --output FILE.apkg").into(),
        ));
    }
    let target = ExportTarget::new(arguments.output.as_deref(), arguments.force)?;
    let mut words = if arguments.kept {
        let kept = book()?.into_iter().map(|word| ListedWord::kept(&word));
        kept.filter(|word| {
            arguments
                .lang
                .is_none_or(|it| Language::from(it) == word.card.language)
        })
        .collect()
    } else {
        let articles = chosen(
            &arguments.paths,
            arguments.query.as_deref(),
            file.settings(),
        )?;
        let files = articles
            .iter()
            .filter(|it| matches!(it.library, Library::File(_)));
        target.spare(&arguments.paths, files.flat_map(|it| it.files.paths()))?;
        of_articles(&articles, arguments)?
    };
    let above = arguments.level.unwrap_or(0);
    words.retain(|word| word.level.unwrap_or(UNLISTED_LEVEL) > above);
    sort(&mut words, arguments);
    if words.is_empty() {
        warn(tr!("no word, so nothing was written"));
        return Ok(Outcome::No);
    }
    target.write(|out| match format {
        WordsFormat::Tsv => write_lines(out, &cards_head(), &words, |word, out| {
            writeln!(out, "{}", card_line(&word.card))
        }),
        WordsFormat::Json => write_lines(out, "", &words, |word, out| {
            write_json(&WordRecord::new(word), out)
        }),
        WordsFormat::Apkg => write_package(out, &words, arguments.both_ways),
    })?;
    Ok(Outcome::Yes)
}

/// The format asked for, or that of the name of the output.
fn format(arguments: &WordsArgs) -> WordsFormat {
    let output = arguments.output.as_deref();
    let ending = output.and_then(Path::extension).and_then(|it| it.to_str());
    let format = arguments.format.or_else(|| WordsFormat::of(ending?));
    format.unwrap_or(WordsFormat::Tsv)
}

/// The saved words.
fn book() -> Result<Vec<Arc<BookWord>>, Error> {
    let Some(data) = data_folder() else {
        return Ok(Vec::new());
    };
    // No library is open, so each sentence says whose it is.
    vocabulary(&data, Path::new("")).map_err(|why| Error::path(data.join("state.db"), why))
}

/// A word of the list.
#[derive(Clone, Debug)]
struct ListedWord {
    card: Card,
    level: Option<u8>,
    band: Option<u8>,
    state: Option<WordState>,
    /// How often it is met: in the articles, or in sentences that were kept.
    count: u32,
    path: String,
    /// When it was made and changed, in milliseconds since 1970.
    times: [i64; 2],
}

impl ListedWord {
    /// A word of the vocabulary book, with its last sentence.
    fn kept(word: &BookWord) -> Self {
        let last = word.sentences.last();
        let text = |of: fn(&WordSentence) -> &String| last.map(of).cloned().unwrap_or_default();
        let day = last.and_then(|it| it.day);
        Self {
            card: Card {
                key: word.key,
                language: word.language,
                word: word.word.clone(),
                traditional: word.traditional.clone(),
                reading: word.reading.clone(),
                senses: word.senses.clone(),
                sentence: last.map_or_else(Default::default, |it| it.parts().map(str::to_owned)),
                translation: text(|it| &it.translation),
                title: text(|it| &it.title),
                source: text(|it| &it.source),
                day: day.map(|day| day.to_string()).unwrap_or_default(),
                link: text(|it| &it.link),
                level: level_name(word.language, word.level),
            },
            level: word.level,
            band: word.band,
            state: Some(word.state),
            count: word.sentences.len() as u32,
            path: last.map_or_else(String::new, |it| {
                let library = it.library.as_deref().unwrap_or(Path::new(""));
                clean_line(&library.join(&it.path).to_string_lossy()).into_owned()
            }),
            times: [word.created, word.changed],
        }
    }
}

/// The words of articles, each once, in the order in which they are met.
fn of_articles(
    articles: &[ChosenArticle],
    arguments: &WordsArgs,
) -> Result<Vec<ListedWord>, Error> {
    let learned = match Locale::current() {
        Locale::English => Language::Chinese,
        _ => Language::English,
    };
    let language = arguments.lang.map_or(learned, Language::from);
    let mut known = VocabularyBook::default();
    book()?.into_iter().for_each(|word| known.put(word));
    let listed = |article: &ChosenArticle| {
        let text = article.library.text(&article.files);
        let path = clean_line(&article.files.path.to_string_lossy()).into_owned();
        words_of(&text, &path, language, arguments.level.unwrap_or(0))
    };
    let mut all: Vec<ListedWord> = Vec::new();
    let mut places: HashMap<u64, usize> = HashMap::new();
    for (_, words) in parallel_map(articles, listed) {
        for mut word in words.ok_or(Error::Failed)? {
            word.state = known.state_of(language, &word.card.word);
            if arguments.new && word.state.is_some() {
                continue;
            }
            if let Some(&at) = places.get(&word.card.key) {
                all[at].count += word.count;
            } else {
                places.insert(word.card.key, all.len());
                all.push(word);
            }
        }
    }
    Ok(all)
}

/// The words of a text in a language above a level, each once, with how often it comes.
fn words_of(text: &Text, path: &str, language: Language, above: u8) -> Vec<ListedWord> {
    let Some(document) = text.document(language) else {
        return Vec::new();
    };
    let mut found: Vec<(std::ops::Range<usize>, Headword, u32)> = Vec::new();
    // By what is written: most words come more than once.
    let mut places: HashMap<String, Option<usize>> = HashMap::new();
    let blocks = document
        .blocks
        .iter()
        .filter(|it| it.kind != BlockKind::Code);
    for block in blocks {
        let part = block.range.start as usize..block.range.end as usize;
        for word in words_in(&document.text, part) {
            let written = &document.text[word.clone()];
            match places.get(written) {
                Some(Some(at)) => found[*at].2 += 1,
                Some(None) => {}
                None => {
                    let own = word_to_learn(&document.text, word.clone(), language, above);
                    let at = own.is_some().then_some(found.len());
                    places.insert(written.to_owned(), at);
                    found.extend(own.map(|own| (word, own, 1)));
                }
            }
        }
    }
    let sentences = Sentences::new(text, text.alignment().map(|it| &**it));
    let listed = found.into_iter();
    listed
        .map(|(range, own, count)| {
            let context = sentences.about(text, language, &(range.start as u32..range.end as u32));
            listed_word(
                text,
                path,
                language,
                own,
                (context.unwrap_or_default(), count),
            )
        })
        .collect()
}

fn listed_word(
    text: &Text,
    path: &str,
    language: Language,
    mut own: Headword,
    (context, count): (crate::bilingual::WordContext, u32),
) -> ListedWord {
    order_by_translation(&mut own.senses, &context.translation);
    let article = &text.article;
    let zone = TimeZone::system();
    let day = article.date.day(&zone);
    let level = word_level(language, &own.word);
    let [start, end] = context.word.map(|at| at as usize);
    let sentence = &context.sentence;
    let now = Timestamp::now().as_millisecond();
    ListedWord {
        level,
        band: frequency_band(language, &own.word),
        state: None,
        count,
        path: path.to_owned(),
        times: [now, now],
        card: Card {
            key: BookWord::key_of(language, &own.word, &own.reading),
            language,
            word: own.word,
            traditional: own.traditional,
            reading: own.reading,
            senses: own.senses,
            sentence: [&sentence[..start], &sentence[start..end], &sentence[end..]]
                .map(str::to_owned),
            translation: context.translation,
            title: article.titles.in_language(language).to_owned(),
            source: article.source.clone().unwrap_or_default(),
            day: day.map(|day| day.to_string()).unwrap_or_default(),
            link: article.link.clone().unwrap_or_default(),
            level: level_name(language, level),
        },
    }
}

/// Orders words that are in the order in which they are met.
fn sort(words: &mut [ListedWord], arguments: &WordsArgs) {
    let order = arguments.sort.unwrap_or(if arguments.kept {
        WordsOrder::Newest
    } else {
        WordsOrder::Hardest
    });
    match order {
        WordsOrder::Text => {}
        WordsOrder::Newest if arguments.kept => words.sort_by_key(|it| Reverse(it.times[0])),
        WordsOrder::Newest => words.sort_by(|one, other| other.card.day.cmp(&one.card.day)),
        WordsOrder::Hardest => words.sort_by_key(|word| {
            let level = word.level.unwrap_or(UNLISTED_LEVEL);
            // Of the same level the rarer one is harder.
            (Reverse(level), Reverse(word.band.unwrap_or(u8::MAX)))
        }),
    }
}

/// Writes a head and a line for each word.
fn write_lines(
    out: &mut File,
    head: &str,
    words: &[ListedWord],
    write: impl Fn(&ListedWord, &mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    out.write_all(head.as_bytes())?;
    words.iter().try_for_each(|word| write(word, &mut out))?;
    out.flush()
}

/// Writes a package for Anki: a collection in an archive.
fn write_package(out: &mut File, words: &[ListedWord], both_ways: bool) -> io::Result<()> {
    let note = |word: &ListedWord| AnkiNote {
        guid: word.card.guid(),
        fields: word.card.fields().to_vec(),
        times: word.times,
    };
    let notes: Vec<AnkiNote> = words.iter().map(note).collect();
    let deck = AnkiDeck {
        name: DECK_NAME,
        description: DECK_ATTRIBUTION,
        fields: &CARD_FIELDS,
        both_ways,
    };
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("collection.anki2");
    deck.write(&path, &notes, Timestamp::now().as_millisecond())?;
    let mut package = ZipWriter::new(BufWriter::new(out));
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let written = package
        .start_file("collection.anki2", plain)
        .map_err(io::Error::from)
        .and_then(|()| io::copy(&mut File::open(&path)?, &mut package))
        .and_then(|_| Ok(package.start_file("media", plain)?))
        .and_then(|()| package.write_all(b"{}"));
    match written {
        Ok(()) => package.finish()?.flush(),
        Err(error) => {
            // Dropped, it would try to write again, and print that it cannot.
            std::mem::forget(package);
            Err(error)
        }
    }
}

/// A word as JSON. `jianbao words --help` documents the fields.
#[derive(Serialize)]
struct WordRecord<'a> {
    language: &'static str,
    word: &'a str,
    traditional: Option<&'a str>,
    reading: Option<&'a str>,
    senses: &'a [String],
    level: Option<u8>,
    level_name: Option<&'a str>,
    state: Option<&'static str>,
    count: u32,
    sentence: Option<String>,
    form: Option<&'a str>,
    translation: Option<&'a str>,
    title: &'a str,
    path: &'a str,
    source: Option<&'a str>,
    date: Option<&'a str>,
    link: Option<&'a str>,
}

impl<'a> WordRecord<'a> {
    fn new(word: &'a ListedWord) -> Self {
        let some = |text: &'a str| Some(text).filter(|text| !text.is_empty());
        let card = &word.card;
        let sentence = card.sentence.concat();
        Self {
            language: card.language.code(),
            word: &card.word,
            traditional: some(&card.traditional),
            reading: some(&card.reading),
            senses: &card.senses,
            level: word.level,
            level_name: some(&card.level),
            state: word.state.map(WordState::name),
            count: word.count,
            sentence: Some(sentence).filter(|text| !text.is_empty()),
            form: some(&card.sentence[1]),
            translation: some(&card.translation),
            title: &card.title,
            path: &word.path,
            source: some(&card.source),
            date: some(&card.day),
            link: some(&card.link),
        }
    }
}
