//! How fast documents become rows, in MB of text a second of one thread's CPU time. `cargo bench
//! --bench layout`.

use std::fmt::Write as _;

use divan::Bencher;
use divan::counter::BytesCount;
use jianbao::dictionary::readings;
use jianbao::markdown::{Document, parse};
use jianbao::text::{SourceKind, SourcePart};
use jianbao::typeset::{LayoutSettings, gap_before, set, set_block};

fn main() {
    divan::main();
}

const CHINESE: &str = "去年一家芯片公司的营收增长了 86 亿美元，达到 190 亿美元，其中数据中心业务（包括云计算）占了八成以上。“这只是开始，”首席执行官说，“需求仍然大于供给……”分析师则提醒，电力与冷却的成本正在上升，新建一座数据中心平均要 18 个月。";
const ENGLISH: &str = "Last year the chip maker's revenue rose by $8.6 billion to $19 billion, of which data centres (cloud computing included) made up more than four fifths. \"This is only the beginning,\" said its chief executive; \"demand still outruns supply.\" Analysts warn that power and cooling are getting dearer, and that a new data centre takes 18 months to build. ";

fn sentence(language: &str) -> &'static str {
    if language == "Chinese" {
        CHINESE
    } else {
        ENGLISH
    }
}

/// A digest of about so many bytes: headings, paragraphs with bold and links, lists.
fn digest(sentence: &str, bytes: usize) -> String {
    let mut source = String::new();
    for index in 1.. {
        write!(
            source,
            "## {index}. {}\n\n{sentence}\n\n",
            &sentence.chars().take(18).collect::<String>()
        )
        .expect("writing to a string never fails");
        write!(
            source,
            "1. **{index}** {sentence}\n2. [link](https://example.com/{index}) {sentence}\n\n"
        )
        .expect("writing to a string never fails");
        if source.len() >= bytes {
            return source;
        }
    }
    source
}

fn document(source: &str) -> Document {
    parse(
        &[SourcePart {
            kind: SourceKind::Markdown,
            source,
            line: 1,
        }],
        "",
    )
}

const SETTINGS: LayoutSettings = LayoutSettings::new(80);

#[divan::bench(args = ["Chinese", "English"])]
fn layout(bencher: Bencher, language: &str) {
    let document = document(&digest(sentence(language), 1 << 20));
    bencher
        .counter(BytesCount::new(document.text.len()))
        .bench(|| set(&document, &SETTINGS));
}

/// With pinyin above Chinese.
#[divan::bench(sample_count = 10)]
fn layout_with_pinyin(bencher: Bencher) {
    let document = document(&digest(CHINESE, 1 << 20));
    let settings = LayoutSettings {
        pinyin: true,
        ..SETTINGS
    };
    bencher
        .counter(BytesCount::new(document.text.len()))
        .bench(|| set(&document, &settings));
}

/// The readings of its characters alone.
#[divan::bench(sample_count = 10)]
fn readings_alone(bencher: Bencher) {
    let text = CHINESE.repeat((1 << 20) / CHINESE.len());
    bencher
        .counter(BytesCount::new(text.len()))
        .bench(|| readings(&text, 0..text.len() as u32));
}

#[divan::bench(args = ["Chinese", "English"])]
fn layout_with_parsing(bencher: Bencher, language: &str) {
    let source = digest(sentence(language), 1 << 20);
    bencher
        .counter(BytesCount::new(source.len()))
        .bench(|| set(&document(&source), &SETTINGS));
}

/// One paragraph of 5 MB.
#[divan::bench(args = ["Chinese", "English"], sample_count = 20)]
fn one_paragraph(bencher: Bencher, language: &str) {
    let document = document(&sentence(language).repeat(5_000_000 / sentence(language).len()));
    bencher
        .counter(BytesCount::new(document.text.len()))
        .bench(|| set(&document, &SETTINGS));
}

/// A digest of the usual size: 2 KB, of which every block is set.
#[divan::bench]
fn small(bencher: Bencher) {
    let document = document(&digest(CHINESE, 2_000));
    bencher
        .counter(BytesCount::new(document.text.len()))
        .bench(|| set(&document, &SETTINGS));
}

/// A table of 10,000 cells that is too wide.
#[divan::bench]
fn table(bencher: Bencher) {
    let mut source = "| 公司 | 数字 | 说明 | note |\n|---|--:|:-:|---|\n".to_owned();
    for index in 0..2_500 {
        writeln!(
            source,
            "| 公司 {index} | {index} 亿 | {} | {} |",
            &CHINESE[..90],
            &ENGLISH[..60]
        )
        .expect("writing to a string never fails");
    }
    let document = document(&source);
    bencher
        .counter(BytesCount::new(document.text.len()))
        .bench(|| set(&document, &SETTINGS));
}

/// The first screen of a text of 5 MB: as many blocks as 45 rows hold.
#[divan::bench]
fn first_screen(bencher: Bencher) {
    let document = document(&digest(CHINESE, 5_000_000));
    bencher.bench(|| {
        let mut rows = jianbao::typeset::Rows::default();
        let mut block = 0;
        let mut gaps = 0;
        while rows.rows.len() + gaps < 45 {
            gaps += usize::from(gap_before(&document, block, &SETTINGS));
            set_block(&document, block, &SETTINGS, &mut rows);
            block += 1;
        }
        rows
    });
}
