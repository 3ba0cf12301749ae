//! How well paragraphs are set: rates over real articles, printed with `--nocapture` and held to
//! what docs/typesetting.md says.
//!
//! Row ends are found by reading the drawn characters of the rows along the source text of their
//! leaf, and judged by rules of their own, so that they can be wrong only against the program.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jianbao::bilingual::Text;
use jianbao::digest;
use jianbao::markdown::{Document, Leaf, LeafKind};
use jianbao::text::{Language, is_han};
use jianbao::typeset::{Ambiguous, LayoutSettings, Origin, Row, Rows, columns, set};

#[path = "support/corpus.rs"]
mod corpus;

use corpus::files_below;

const WIDTHS: [u16; 6] = [24, 40, 60, 72, 88, 100];

/// Marks that begin no row.
const NEVER_FIRST: &str = "，。；：！？、）」』》】〉〕”’…—～·％℃‰,.;:!?)]}%々ー／/";
/// Marks that end none.
const NEVER_LAST: &str = "（「『《【〈〔“‘￥£$([{";
/// Units that a figure keeps.
const UNITS: [&str; 60] = [
    "千瓦时",
    "海里",
    "字节",
    "毫秒",
    "英寸",
    "像素",
    "枚",
    "颗",
    "亩",
    "磅",
    "寸",
    "匹",
    "首",
    "幅",
    "門",
    "门",
    "卷",
    "桶",
    "杯",
    "轮",
    "版",
    "個",
    "項",
    "歲",
    "冊",
    "輪",
    "張",
    "隻",
    "條",
    "个",
    "年",
    "月",
    "日",
    "元",
    "人",
    "家",
    "项",
    "条",
    "种",
    "次",
    "倍",
    "岁",
    "天",
    "小时",
    "分钟",
    "公里",
    "米",
    "吨",
    "亿",
    "万",
    "台",
    "座",
    "页",
    "章",
    "节",
    "届",
    "批",
    "件",
    "级",
    "层",
];

/// Fewer English words are no running text.
const WORDS_OF_PROSE: usize = 40;

/// The articles of the corpus; None, and a message, if it is not beside the project.
fn articles() -> Option<Vec<PathBuf>> {
    let corpus = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/corpus/sample"
    ));
    if !corpus.exists() {
        println!("skipped: there is no corpus beside the project");
        return None;
    }
    Some(files_below(corpus, &["md", "markdown"]))
}

#[test]
fn paragraphs_of_real_articles_are_set_well() {
    let Some(files) = articles() else { return };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let counts = std::thread::scope(|scope| {
        let parts: Vec<_> = (0..threads)
            .map(|first| {
                let files = &files;
                scope.spawn(move || {
                    let mut counts = Counts::default();
                    for file in files.iter().skip(first).step_by(threads) {
                        counts.read(file);
                    }
                    counts
                })
            })
            .collect();
        let mut sum = Counts::default();
        for part in parts {
            sum.add(&part.join().unwrap());
        }
        sum
    });
    for (name, of) in RATES {
        print!("{name:44}");
        for width in WIDTHS {
            print!(" {:8.2}", of.rate(&counts, width));
        }
        println!();
    }
    for (name, of, most) in LIMITS {
        for width in WIDTHS {
            let rate = of.rate(&counts, width);
            assert!(rate <= most, "{name} at {width}: {rate:.2}, at most {most}");
        }
    }
}

/// What is counted of how many.
struct Rate {
    language: Language,
    faults: &'static str,
    of: &'static str,
    per: f64,
}

const fn rate(language: Language, faults: &'static str, of: &'static str, per: f64) -> Rate {
    Rate {
        language,
        faults,
        of,
        per,
    }
}

use Language::{Chinese, English};

const LONE: Rate = rate(Chinese, "lone Han", "rows", 10_000.0);
const LONE_IN_HEADINGS: Rate = rate(Chinese, "lone Han in headings", "rows", 10_000.0);
const AVOIDABLE: Rate = rate(Chinese, "avoidable gaps", "rows", 10_000.0);
const WORDS: Rate = rate(English, "one-word last rows", "paragraphs", 100.0);
const SHORT: Rate = rate(English, "rows 12 short", "rows", 10_000.0);
const SLASHES: Rate = rate(Chinese, "solidus last before Han", "rows", 10_000.0);
const FIRSTS: Rate = rate(Chinese, "forbidden starts", "rows", 10_000.0);
const LASTS: Rate = rate(Chinese, "forbidden ends", "rows", 10_000.0);
const UNIT: Rate = rate(Chinese, "figures without their unit", "rows", 10_000.0);
const CUT: Rate = rate(Chinese, "words cut", "rows", 10_000.0);
const CUT_ENGLISH: Rate = rate(English, "words cut", "rows", 10_000.0);
const GROUPS: Rate = rate(Chinese, "figures cut", "rows", 10_000.0);

const RATES: [(&str, Rate); 16] = [
    ("孤字 in text, per 10,000 rows", LONE),
    ("孤字 in headings, per 10,000 rows", LONE_IN_HEADINGS),
    ("avoidable gaps > 3 in Chinese, per 10,000", AVOIDABLE),
    (
        "the same to give a last row company, per 10,000",
        rate(Chinese, "gaps for company", "rows", 10_000.0),
    ),
    ("one-word last rows in English, % of paragraphs", WORDS),
    ("rows 12 columns short in English, per 10,000", SHORT),
    ("solidus last before Han, per 10,000", SLASHES),
    ("forbidden starts in Chinese, per 10,000", FIRSTS),
    ("forbidden ends in Chinese, per 10,000", LASTS),
    ("figures without their unit, per 10,000", UNIT),
    ("figures cut, per 10,000", GROUPS),
    ("words cut in Chinese texts, per 10,000", CUT),
    ("words cut in English texts, per 10,000", CUT_ENGLISH),
    (
        "mean gap in Chinese, columns",
        rate(Chinese, "gap columns", "rows not last", 1.0),
    ),
    ("rows, Chinese", rate(Chinese, "rows", "one", 1.0)),
    ("rows, English", rate(English, "rows", "one", 1.0)),
];

/// What must hold at every width.
const LIMITS: [(&str, Rate, f64); 8] = [
    ("孤字 in text", LONE, 5.0),
    ("孤字 in headings", LONE_IN_HEADINGS, 0.0),
    ("avoidable gaps", AVOIDABLE, 5.0),
    ("one-word last rows", WORDS, 2.0),
    ("rows 12 columns short", SHORT, 110.0),
    ("solidus last before Han", SLASHES, 0.0),
    ("forbidden ends", LASTS, 0.0),
    ("figures without their unit", UNIT, 0.0),
];

impl Rate {
    fn rate(&self, counts: &Counts, width: u16) -> f64 {
        let count = |name| {
            counts
                .0
                .get(&(self.language.code(), width, name))
                .copied()
                .unwrap_or_default() as f64
        };
        let of = if self.of == "one" {
            1.0
        } else {
            count(self.of)
        };
        count(self.faults) * self.per / of.max(1.0)
    }
}

/// How often something was seen, by language, width and name.
#[derive(Default)]
struct Counts(BTreeMap<(&'static str, u16, &'static str), usize>);

impl Counts {
    fn add(&mut self, other: &Self) {
        for (key, count) in &other.0 {
            *self.0.entry(*key).or_default() += count;
        }
    }

    fn read(&mut self, file: &PathBuf) {
        let bytes = fs::read(file).expect("the corpus can be read");
        let text = Text::new(digest::read(&bytes, &file.to_string_lossy()));
        for side in Language::BOTH {
            let Some(document) = text.document(side) else {
                continue;
            };
            for width in WIDTHS {
                let settings = LayoutSettings::new(width);
                let rows = set(document, &settings);
                for leaf in &document.leaves {
                    if matches!(leaf.kind, LeafKind::Paragraph | LeafKind::Heading(_)) {
                        self.judge(document, leaf, &rows, side, width);
                    }
                }
            }
        }
    }

    fn judge(&mut self, document: &Document, leaf: &Leaf, rows: &Rows, side: Language, width: u16) {
        let source = &document.text[leaf.range.start as usize..leaf.range.end as usize];
        let is_heading = matches!(leaf.kind, LeafKind::Heading(_));
        let lines = lines(document, leaf, rows, source);
        let mut gaps = 0;
        for (index, line) in lines.iter().enumerate() {
            let from = source[..line.start].rfind('\n').map_or(0, |feed| feed + 1);
            let whole = source[from..].lines().next().unwrap_or_default();
            if side == English && whole.split_whitespace().count() < WORDS_OF_PROSE {
                continue;
            }
            let mut seen = vec![("rows", 1)];
            let ahead = &source[line.end..];
            if ahead.trim().is_empty() || ahead.trim_start_matches(' ').starts_with('\n') {
                let is_broken =
                    index > 0 && !source[..line.start].trim_end_matches(' ').ends_with('\n');
                if is_broken {
                    seen.extend(judge_end(source, line, is_heading, gaps, width));
                }
                seen.push(("paragraphs", 1));
                gaps = 0;
            } else if !is_heading {
                let gap = usize::from(width).saturating_sub(line.columns);
                gaps += usize::from(gap > 3 && is_avoidable(&source[..line.end], ahead, gap));
                seen.extend([
                    ("rows not last", 1),
                    ("gap columns", gap),
                    ("rows 12 short", usize::from(gap >= 12)),
                ]);
                seen.extend(judge_break(&source[line.start..line.end], ahead));
            }
            for (name, times) in seen {
                *self.0.entry((side.code(), width, name)).or_default() += times;
            }
        }
    }
}

/// The widths that a window goes through while it is dragged.
const DRAGGED: std::ops::RangeInclusive<u16> = 40..=80;

/// With a column more each row begins where it began or later, were it not for the last rows and the
/// gaps that are weighed: what goes the other way jumps.
#[test]
fn paragraphs_hardly_jump_while_a_window_is_dragged() {
    let Some(files) = articles() else { return };
    let (mut paragraphs, mut longer, mut rows_seen, mut earlier) = (0, 0, 0, 0);
    for file in files.iter().step_by(16) {
        let bytes = fs::read(file).expect("the corpus can be read");
        let text = Text::new(digest::read(&bytes, &file.to_string_lossy()));
        for document in Language::BOTH
            .iter()
            .filter_map(|side| text.document(*side))
        {
            let starts_at = |width| -> Vec<Vec<usize>> {
                let rows = set(document, &LayoutSettings::new(width));
                let leaves = document.leaves.iter();
                let paragraphs = leaves.filter(|leaf| leaf.kind == LeafKind::Paragraph);
                paragraphs
                    .map(|leaf| {
                        let source =
                            &document.text[leaf.range.start as usize..leaf.range.end as usize];
                        let lines = lines(document, leaf, &rows, source);
                        lines.iter().map(|line| line.start).collect()
                    })
                    .collect()
            };
            let mut before = starts_at(*DRAGGED.start());
            for width in DRAGGED.skip(1) {
                let now = starts_at(width);
                for (old, new) in before.iter().zip(&now).filter(|(old, _)| old.len() > 1) {
                    paragraphs += 1;
                    longer += usize::from(new.len() > old.len());
                    rows_seen += new.len();
                    earlier += old.iter().zip(new).filter(|(old, new)| new < old).count();
                }
                before = now;
            }
        }
    }
    let rate = |of: usize, all: usize| of as f64 * 10_000.0 / all as f64;
    let longer = rate(longer, paragraphs);
    let earlier = rate(earlier, rows_seen);
    println!("per 10,000, with a column more: paragraphs with a row more {longer:.2}");
    println!("                                rows that begin earlier    {earlier:.2}");
    assert!(longer <= 1.0 && earlier <= 80.0);
}

/// What is seen at the last row of a paragraph of several.
fn judge_end(
    source: &str,
    line: &Line,
    is_heading: bool,
    gaps: usize,
    width: u16,
) -> [(&'static str, usize); 3] {
    let last = source[line.start..line.end].trim();
    let lone = if is_heading {
        "lone Han in headings"
    } else {
        "lone Han"
    };
    let is_word = !last.contains(|c: char| c.is_whitespace() || is_han(c) || c == '/')
        && line.columns <= usize::from(width) / 2;
    let is_short = words(last) <= 3;
    let gap = if is_short {
        "gaps for company"
    } else {
        "avoidable gaps"
    };
    [
        (lone, usize::from(is_lone_han(last))),
        ("one-word last rows", usize::from(is_word)),
        (gap, gaps),
    ]
}

/// Whether what follows a row, in Chinese, would have fitted into its gap.
fn is_avoidable(before: &str, ahead: &str, gap: usize) -> bool {
    let last = before.trim_end().chars().next_back().unwrap_or(' ');
    let next = ahead.trim_start().chars().next().unwrap_or(' ');
    columns(&format!("{last}{next}"), Ambiguous::Narrow) > 2 && next_unit(ahead) <= gap
}

/// The rules that a row's end breaks.
fn judge_break(line: &str, ahead: &str) -> Vec<(&'static str, usize)> {
    let last = line.trim_end().chars().next_back().unwrap_or(' ');
    let next = ahead.trim_start().chars().next().unwrap_or(' ');
    let unit = ahead.trim_start_matches(' ');
    let is_unit = last.is_ascii_digit() && UNITS.iter().any(|it| unit.starts_with(it));
    let mut faults = vec![("figures without their unit", usize::from(is_unit))];
    if !ahead.starts_with(char::is_whitespace) {
        let choice = has_choice(line);
        // The sign of currency also ends a formula: `$x$`.
        let is_formula = line.trim_end().ends_with('$')
            && !next.is_ascii_digit()
            && line
                .trim_end()
                .chars()
                .rev()
                .nth(1)
                .is_some_and(|c| !c.is_whitespace() && !is_han(c));
        let is_letter = |c: char| c.is_ascii_alphabetic();
        let is_digit = |c: char| c.is_ascii_digit();
        faults.extend(
            [
                ("solidus last before Han", last == '/' && is_han(next)),
                ("forbidden starts", choice && NEVER_FIRST.contains(next)),
                (
                    "forbidden ends",
                    choice && NEVER_LAST.contains(last) && !is_formula,
                ),
                ("words cut", is_letter(last) && is_letter(next)),
                ("figures cut", is_digit(last) && is_digit(next)),
            ]
            .map(|(name, is_fault)| (name, usize::from(is_fault))),
        );
    }
    faults
}

/// A row of a leaf: which bytes of its source it draws, and up to which column.
struct Line {
    start: usize,
    end: usize,
    columns: usize,
}

/// The rows of a leaf, found by reading what they draw along its source.
fn lines(document: &Document, leaf: &Leaf, rows: &Rows, source: &str) -> Vec<Line> {
    let first = rows
        .rows
        .partition_point(|row| row.range.start < leaf.range.start);
    let own = |row: &&Row| row.range.start <= leaf.range.end && row.range.end <= leaf.range.end;
    let mut lines = Vec::new();
    let mut at = 0;
    for row in rows.rows[first..].iter().take_while(own) {
        let mut drawn = String::new();
        let mut end_column = 0;
        for piece in rows.pieces_of(row) {
            if let Origin::Document(_) = piece.origin {
                drawn.push_str(rows.text(piece, document));
                end_column = usize::from(piece.column + piece.columns);
            }
        }
        if drawn.trim().is_empty() {
            continue;
        }
        let start = at + source[at..].len() - source[at..].trim_start().len();
        at = start;
        for c in drawn.chars().filter(|c| !c.is_whitespace()) {
            at += source[at..].len() - source[at..].trim_start().len();
            assert!(
                source[at..].starts_with(c),
                "{drawn:?} is not in {:?}",
                &source[at..]
            );
            at += c.len_utf8();
        }
        // Marks of no width and blanks that were drawn belong to the row.
        lines.push(Line {
            start,
            end: at,
            columns: end_column,
        });
    }
    lines
}

/// Han characters and words, with their marks.
fn words(text: &str) -> usize {
    let is_mark = |c: &char| NEVER_FIRST.contains(*c) || NEVER_LAST.contains(*c);
    let mut count = 0;
    let mut is_in_word = false;
    for c in text.chars().filter(|c| !is_mark(c)) {
        let is_word = !is_han(c) && !c.is_whitespace();
        count += usize::from(is_han(c) || (is_word && !is_in_word));
        is_in_word = is_word;
    }
    count
}

fn is_lone_han(last: &str) -> bool {
    let mut chars = last.chars();
    chars.next().is_some_and(is_han) && chars.all(|c| NEVER_FIRST.contains(c))
}

/// The columns that what follows would need at least, blanks before it included: an ideograph or a
/// word or a part of an address, with the marks that must stay with it.
fn next_unit(ahead: &str) -> usize {
    let mut end = ahead.len() - ahead.trim_start().len();
    let rest: Vec<(usize, char)> = ahead[end..]
        .char_indices()
        .map(|(at, c)| (at + end, c))
        .take(400)
        .collect();
    let mut index = 0;
    while index < rest.len() && NEVER_LAST.contains(rest[index].1) {
        index += 1;
    }
    let is_wide = |c: char| columns(c.encode_utf8(&mut [0; 4]), Ambiguous::Narrow) == 2;
    if let Some(&(_, c)) = rest.get(index) {
        index += 1;
        if is_wide(c) {
            // Two Han joined by a solidus stay together.
            while rest.get(index).is_some_and(|(_, c)| *c == '/') {
                index += 2;
            }
            // A figure in Chinese numerals with its label and its unit.
            let is_numeral =
                |(_, c): &&(usize, char)| "零一二三四五六七八九十百千万亿萬億两兩".contains(*c);
            if is_numeral(&&(0, c)) || c == '第' {
                let figure = rest[index..].iter().take_while(is_numeral).count();
                index += figure + usize::from(is_numeral(&&(0, c)) || figure > 0);
            }
            // A label and its figure, and the other way round.
            if "第图圖表式".contains(c) {
                let is_figure = |(_, c): &&(usize, char)| c.is_ascii_digit() || *c == ' ';
                index += rest[index..].iter().take_while(is_figure).count();
            }
        } else {
            let mut previous = c;
            let is_address = ahead[end..]
                .split_whitespace()
                .next()
                .is_some_and(|word| word.contains("://"));
            let scheme = ahead[end..].find("://").map_or(0, |at| at + end + 3);
            while let Some(&(at, c)) = rest.get(index) {
                let begins_part =
                    is_address && at > scheme && "/?&=#".contains(previous) && c.is_alphanumeric();
                if c.is_whitespace() || is_wide(c) || begins_part {
                    break;
                }
                previous = c;
                index += 1;
            }
            // A figure and its unit.
            if previous.is_ascii_digit() || previous == '%' {
                let behind: String = rest[index..].iter().map(|(_, c)| *c).take(8).collect();
                let trimmed = behind.trim_start();
                let unit = trimmed.chars().take_while(|c| is_han(*c)).count().min(4);
                let word = trimmed
                    .chars()
                    .take_while(char::is_ascii_alphabetic)
                    .count();
                index += behind.chars().count() - trimmed.chars().count() + unit.max(word);
            }
        }
    }
    while rest
        .get(index)
        .is_some_and(|(_, c)| NEVER_FIRST.contains(*c))
    {
        index += 1;
    }
    end = rest.get(index).map_or(ahead.len(), |(at, _)| *at);
    columns(ahead[..end].trim_end(), Ambiguous::Narrow)
}

/// Whether a row holds a place between two Chinese characters, or a space between letters.
fn has_choice(line: &str) -> bool {
    let chars: Vec<char> = line.chars().collect();
    chars
        .windows(2)
        .any(|pair| is_han(pair[0]) && is_han(pair[1]))
        || chars
            .windows(3)
            .any(|three| three[0].is_alphabetic() && three[1] == ' ' && three[2].is_alphabetic())
}
