//! Markdown to document, in bytes of source a second: `cargo bench --bench parse`.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use jianbao::bilingual::Text;
use jianbao::digest;
use jianbao::markdown::parse;
use jianbao::text::{SourceKind, SourcePart};

/// One digest's Chinese section, in the shape that digests have.
const CHINESE: &str = "\
# 港口装上自动吊机，夜班工人改看屏幕

北方一座集装箱港用两年时间换上了 24 台自动吊机。港务公司说，每台吊机一小时可以搬 36 个箱子，比人工操作多两成，\
而夜里的灯光和噪音都少了。原来在驾驶室里的工人现在坐在控制室，一个人看四台机器（必要时接手）。

## 要点：

1. **效率**：自动吊机一小时搬 36 个箱子，每年可以节省大约 4,200 万元，按现在的运量四年收回投资。

2. **就业：**港口没有裁员，但三年里没有再招司机；工会要求把省下的钱拿出三成用于培训。

3. **安全**：去年事故从 11 起降到 2 起，“最危险的位置上已经没有人了”，负责人说。

[原文链接](https://example.com/ports/cranes)

";

/// One digest's English section.
const ENGLISH: &str = "\
# A port buys automatic cranes, and its night shift moves to a screen

A northern container port has spent two years replacing its cranes with 24 automatic ones. Each moves 36 boxes an hour, \
a fifth more than a crane with a driver, the company says, with less light and noise at night. The drivers now sit in \
a control room, where one person watches four machines and takes over when needed.

**Key Points:**

1. **Efficiency:** The cranes save about $5.8 million a year and pay for themselves in four years at today's volume.
2. **Jobs:** Nobody was dismissed, but no driver has been hired for three years; the union wants 30% of the savings for training.
3. **Safety:** Accidents fell from 11 to 2 last year. \"There is nobody left in the most dangerous place,\" says the manager.

[Source Link](https://example.com/ports/cranes)

";

fn main() {
    divan::main();
}

/// Benches the parse of a sample that is repeated to about so many bytes.
fn bench(bencher: Bencher<'_, '_>, sample: &str, bytes: usize) {
    let source = sample.repeat(bytes.div_ceil(sample.len()));
    let piece = SourcePart {
        kind: SourceKind::Markdown,
        source: &source,
        line: 1,
    };
    bencher
        .counter(BytesCount::of_str(&source))
        .bench(|| parse(black_box(&[piece]), ""));
}

#[divan::bench(args = [1, 200_000, 5_000_000])]
fn chinese(bencher: Bencher<'_, '_>, bytes: usize) {
    bench(bencher, CHINESE, bytes);
}

#[divan::bench(args = [1, 200_000, 5_000_000])]
fn english(bencher: Bencher<'_, '_>, bytes: usize) {
    bench(bencher, ENGLISH, bytes);
}

/// A whole file of both languages, from its bytes to an article: decoding, front matter and the
/// split, without Markdown.
#[divan::bench(args = [1, 200_000, 5_000_000])]
fn read_and_split(bencher: Bencher<'_, '_>, bytes: usize) {
    let half = |sample: &str| sample.repeat((bytes / 2).div_ceil(sample.len()));
    let source = format!(
        "---\ntitle: 港口\n---\n\n{}\n---\n\n **Summary:**\n\n{}",
        half(CHINESE),
        half(ENGLISH)
    );
    bencher
        .counter(BytesCount::of_str(&source))
        .bench(|| digest::read(black_box(source.as_bytes()), "a.md"));
}

/// What the index asks of one file of the usual size: from its bytes to an article and both its
/// documents.
#[divan::bench]
fn one_digest(bencher: Bencher<'_, '_>) {
    let source = format!(
        "---\ntitle: 港口\ndate: 2026-03-02\ntags:\n- ports\n---\n\n{CHINESE}---\n\n **Summary:**\n\n{ENGLISH}"
    );
    bencher
        .counter(BytesCount::of_str(&source))
        .bench(|| Text::new(digest::read(black_box(source.as_bytes()), "a.md")));
}

/// A table with links and figures in its cells.
#[divan::bench]
fn tables(bencher: Bencher<'_, '_>) {
    let rows =
        "| [港口](https://example.com/a) | 24 台 | **$5.8 million** | https://example.com/b |\n"
            .repeat(2_000);
    bench(
        bencher,
        &format!("| a | b | c | d |\n|---|---:|---|---|\n{rows}"),
        1,
    );
}

/// Ten thousand quotation marks on one line, and ten thousand lazy lines under them.
#[divan::bench]
fn deep_nesting(bencher: Bencher<'_, '_>) {
    bench(
        bencher,
        &format!("{}deep\n{}", "> ".repeat(10_000), "lazy\n".repeat(10_000)),
        1,
    );
}
