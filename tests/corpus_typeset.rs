//! Sets every article of the corpus at several widths, without pinyin and with it, and holds the
//! rows to the rules.

use std::fs;
use std::path::{Path, PathBuf};

use jianbao::bilingual::Text;
use jianbao::digest;
use jianbao::markdown::{Document, LeafKind};
use jianbao::text::{Language, is_han};
use jianbao::typeset::{Ambiguous, LayoutSettings, Origin, RoleKind, Row, Rows, columns, set};

#[path = "support/corpus.rs"]
mod corpus;

use corpus::files_below;

/// Marks that begin no line.
const NEVER_FIRST: &str = "，。；：！？、）」』》】〉〕”’…—～·％℃‰,.;:!?)]}%々ー";
/// Marks that end none.
const NEVER_LAST: &str = "（「『《【〈〔“‘￥£$([{";

#[test]
fn every_article_fits_its_rows_loses_nothing_and_breaks_where_it_may() {
    let corpus = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus"));
    if !corpus.exists() {
        println!("skipped: there is no corpus beside the project");
        return;
    }
    let files = files_below(corpus, &["md", "markdown", "txt"]);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let tallies: Vec<Tally> = std::thread::scope(|scope| {
        let share = |part: &'_ [PathBuf]| part.iter().fold(Tally::default(), Tally::with);
        let parts: Vec<_> = files
            .chunks(files.len().div_ceil(threads))
            .map(|part| scope.spawn(move || share(part)))
            .collect();
        parts.into_iter().map(|part| part.join().unwrap()).collect()
    });
    let sum = |of: fn(&Tally) -> usize| tallies.iter().map(of).sum::<usize>();
    let (texts, rows_seen, forced) = (
        sum(|tally| tally.texts),
        sum(|tally| tally.rows),
        sum(|tally| tally.forced),
    );
    let broken: Vec<&String> = tallies.iter().flat_map(|tally| &tally.broken).collect();
    println!("{texts} texts, {rows_seen} rows, {forced} breaks that nothing could help");
    for fault in broken.iter().take(20) {
        println!("{fault}");
    }
    assert!(texts > 1_000, "{texts}");
    assert_eq!(broken.len(), 0);
}

/// What was found in some of the files.
#[derive(Default)]
struct Tally {
    texts: usize,
    rows: usize,
    forced: usize,
    broken: Vec<String>,
}

impl Tally {
    fn with(mut self, file: &PathBuf) -> Self {
        let bytes = fs::read(file).expect("the corpus can be read");
        let text = Text::new(digest::read(&bytes, &file.to_string_lossy()));
        for document in Language::BOTH
            .iter()
            .filter_map(|side| text.document(*side))
        {
            self.texts += 1;
            for (columns, ambiguous, pinyin) in [
                (20, Ambiguous::Narrow, false),
                (40, Ambiguous::Wide, false),
                (80, Ambiguous::Narrow, false),
                (40, Ambiguous::Narrow, true),
                (80, Ambiguous::Wide, true),
            ] {
                // The longest texts are many times the same.
                if pinyin && document.text.len() > 20_000 {
                    continue;
                }
                let settings = LayoutSettings {
                    ambiguous,
                    pinyin,
                    ..LayoutSettings::new(columns)
                };
                let rows = set(document, &settings);
                self.rows += rows.rows.len();
                if let Err(fault) = check(document, &rows, settings, &mut self.forced) {
                    self.broken
                        .push(format!("{} at {columns}: {fault}", file.display()));
                }
            }
        }
        self
    }
}

fn check(
    document: &Document,
    rows: &Rows,
    settings: LayoutSettings,
    forced: &mut usize,
) -> Result<(), String> {
    let mut shown = vec![false; document.text.len()];
    let mut last_start = 0;
    for (index, row) in rows.rows.iter().enumerate() {
        let mut column = 0;
        for piece in rows.pieces_of(row) {
            let text = rows.text(piece, document);
            if piece.column < column
                || columns(text, settings.ambiguous) != usize::from(piece.columns)
            {
                return Err(format!(
                    "row {index}: pieces overlap or are measured wrongly: {text:?}"
                ));
            }
            column = piece.column + piece.columns;
            if let Origin::Document(range) = &piece.origin {
                shown[range.start as usize..range.end as usize].fill(true);
            }
        }
        if column > settings.columns {
            return Err(format!(
                "row {index} takes {column} columns: {:?}",
                rows.plain(index, document)
            ));
        }
        if row.range.start < last_start {
            return Err(format!("row {index} starts before the one above"));
        }
        last_start = row.range.start;
    }
    if let Some((at, lost)) = document
        .text
        .char_indices()
        .find(|(at, c)| !c.is_whitespace() && *c != '\u{200B}' && !shown[*at])
    {
        return Err(format!("lost {lost:?} at {at}"));
    }
    for leaf in document
        .leaves
        .iter()
        .filter(|leaf| !matches!(leaf.kind, LeafKind::Table(_) | LeafKind::Break))
    {
        // The rows of a leaf tile it.
        let first = rows
            .rows
            .partition_point(|row| row.range.start < leaf.range.start);
        let mut at = leaf.range.start;
        for row in rows.rows[first..]
            .iter()
            .take_while(|row| row.range.start <= leaf.range.end)
        {
            if row.range.start == at && row.range.end <= leaf.range.end {
                at = at.max(row.range.end);
            }
        }
        if at != leaf.range.end {
            return Err(format!("the rows of {:?} end at {at}", leaf.range));
        }
    }
    kinsoku(document, rows, settings, forced)
}

/// Looks at the first and last character of each row that was broken by layout, with a rule of its
/// own for what else could have been done.
fn kinsoku(
    document: &Document,
    rows: &Rows,
    settings: LayoutSettings,
    forced: &mut usize,
) -> Result<(), String> {
    let is_pinyin = |row: &&Row| {
        rows.pieces_of(row)
            .iter()
            .any(|piece| piece.role.kind == RoleKind::Pinyin)
    };
    let lines: Vec<&Row> = rows.rows.iter().filter(|row| !is_pinyin(row)).collect();
    for (index, pair) in lines.windows(2).enumerate() {
        let (above, below) = (&pair[0].range, &pair[1].range);
        let (from, at, to) = (above.start as usize, above.end as usize, below.end as usize);
        let line = &document.text[from..at];
        if at != below.start as usize || from == at || at == to || line.contains(['\n', '\t']) {
            continue;
        }
        let next = document.text[at..to].chars().next().unwrap_or(' ');
        let last = line.trim_end().chars().next_back().unwrap_or(' ');
        let is_in_address = next == '%' && line.contains("://");
        let first_is_mark = NEVER_FIRST.contains(next)
            && !begins_a_word(&document.text[at..to], line)
            && !is_in_address
            && next != last;
        // A mark that has a space behind it and none before closes, whatever it looks like.
        let closes = line.ends_with(' ') && !line.trim_end().trim_end_matches(last).ends_with(' ');
        let last_is_mark = NEVER_LAST.contains(last)
            && next != last
            && !(closes && "“‘".contains(last) || line.ends_with("$ "))
            && !ends_formula(line, next);
        if first_is_mark || last_is_mark {
            if has_choice(line) {
                return Err(format!(
                    "row {index} of {} breaks {line:?} before {next:?}",
                    settings.columns
                ));
            }
            *forced += 1;
            if std::env::var_os("TS").is_some() {
                println!("F {} {line:?} | {next:?}", settings.columns);
            }
        }
    }
    Ok(())
}

/// Whether a row ends with a formula: `$x$`.
fn ends_formula(line: &str, next: char) -> bool {
    let inner = line.strip_suffix('$');
    inner.is_some_and(|inner| !inner.ends_with([' ', '$'])) && !next.is_ascii_digit()
}

/// `.gitignore`, `:name`: after a space a mark of ASCII can be a word's first letter.
fn begins_a_word(text: &str, line: &str) -> bool {
    let mut chars = text.chars();
    chars
        .next()
        .is_some_and(|c| c.is_ascii() && !")]}!?%".contains(c))
        && (chars
            .next()
            .is_some_and(|c| c.is_ascii_graphic() && !".,;:!?)]}\"'".contains(c))
            || text.starts_with(".....")
            || text.starts_with("::")
            || text.starts_with("/."))
        && line.ends_with(' ')
}

/// Whether a row holds a place between two Chinese characters, or a space between letters, where it
/// could have been broken.
fn has_choice(line: &str) -> bool {
    let chars: Vec<char> = line.chars().collect();
    chars
        .windows(2)
        .any(|pair| is_han(pair[0]) && is_han(pair[1]) && !"十百千万亿年月日元".contains(pair[0]))
        || chars
            .windows(3)
            .any(|three| three[0].is_alphabetic() && three[1] == ' ' && three[2].is_alphabetic())
}
