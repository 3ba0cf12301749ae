//! The alignment of two sections: `cargo bench --bench align`.

#![allow(clippy::format_push_string, reason = "shorter, and made once")]

use divan::{Bencher, black_box};
use jianbao::bilingual::{Sentences, Text, align, align_sentences};
use jianbao::digest;
use jianbao::text::Language;

fn main() {
    divan::main();
}

/// A digest of so many paragraphs a side, each with a name and a figure of its own, every 37th
/// missing on one side.
fn digest_of(blocks: usize) -> Text {
    let (mut chinese, mut english) = (String::new(), String::new());
    for nth in 0..blocks {
        let padding = nth * 7 % 23;
        if nth % 37 != 5 {
            chinese += &format!(
                "公司 Alpha{nth} 今年筹集了 {nth}.5 亿美元，{}市场反应热烈。\n\n",
                "并且扩大了在欧洲的业务，".repeat(padding / 8)
            );
        }
        if nth % 37 != 20 {
            let more = "and expanded its business in Europe, ".repeat(padding / 8);
            english += &format!(
                "Alpha{nth} raised ${nth}50 million this year, {more}and the market was pleased.\n\n"
            );
        }
    }
    let body = format!("---\ntitle: 长文\n---\n\n{chinese}\n---\n\n **Summary:**\n\n{english}");
    Text::new(digest::read(body.as_bytes(), "long.md"))
}

#[divan::bench(args = [12, 100, 400, 2000])]
fn blocks(bencher: Bencher, blocks: usize) {
    let text = digest_of(blocks);
    let side = |side| text.document(side).expect("both languages");
    let (chinese, english) = (side(Language::Chinese), side(Language::English));
    bencher.bench(|| align(black_box(chinese), black_box(english)));
}

/// A paragraph of so many sentences a side, each with words of its own.
#[divan::bench(args = [20, 200])]
fn sentences(bencher: Bencher, sentences: usize) {
    const WORDS: [(&str, &str); 12] = [
        ("公司", "company"),
        ("医院", "hospital"),
        ("学校", "school"),
        ("海洋", "ocean"),
        ("铁路", "railway"),
        ("工厂", "factory"),
        ("银行", "bank"),
        ("森林", "forest"),
        ("机场", "airport"),
        ("法院", "court"),
        ("农民", "farmer"),
        ("教师", "teacher"),
    ];
    let (mut chinese, mut english) = (String::new(), String::new());
    for nth in 0..sentences {
        let word = |step: usize| WORDS[nth * step % WORDS.len()];
        let (one, two, three) = (word(1), word(5), word(7));
        chinese += &format!("{}和{}去年都在{}附近扩大了规模。", one.0, two.0, three.0);
        english += &format!(
            "The {} and the {} both grew near the {} last year. ",
            one.1, two.1, three.1
        );
    }
    bencher.bench(|| align_sentences(black_box([(&*chinese, &*english)])));
}

/// The sentences of an article of 100 KB: only found, or aligned.
#[divan::bench(args = [false, true])]
fn article(bencher: Bencher, is_aligned: bool) {
    let text = digest_of(400);
    let alignment = text.alignment().filter(|_| is_aligned);
    bencher.bench(|| Sentences::new(black_box(&text), alignment.map(|it| &**it)));
}
