use std::time::Instant;

use super::*;

#[test]
#[ignore = "a measurement, not a check"]
fn speed() {
    let seed =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds/000_44e3e192a4dc37b9.txt"))
            .expect("seed");
    let seed: Arc<str> = seed.split_once("\n---\n").expect("header").1.into();
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/wild/");
    let big = std::fs::read_to_string(format!("{dir}46-big-readme.md")).expect("big");
    let tables = std::fs::read_to_string(format!("{dir}47-big-tables.md")).expect("big");
    let (zh, en) = seed.split_once("\n---\n").expect("rule");
    for (name, body) in [
        ("seed", seed.to_string()),
        ("zh 5 MB", zh.repeat(5_000_000 / zh.len())),
        ("en 5 MB", en.repeat(5_000_000 / en.len())),
        ("46", big.repeat(2)),
        ("47", tables.repeat(5)),
    ] {
        let body: Arc<str> = body.into();
        let rounds = if body.len() > 100_000 { 15 } else { 2000 };
        let mut times: Vec<_> = (0..rounds)
            .map(|_| {
                let at = Instant::now();
                std::hint::black_box(split(Arc::clone(&body), 1, &[]));
                at.elapsed()
            })
            .collect();
        times.sort();
        let lines = {
            let at = Instant::now();
            std::hint::black_box(crate::text::lines(&body).count());
            at.elapsed()
        };
        println!(
            "{name}: {} bytes, best {:?}, {:.0} MB/s; lines alone {:?}",
            body.len(),
            times[0],
            body.len() as f64 / times[0].as_secs_f64() / 1e6,
            lines
        );
    }
    for piece in [
        "<div lang=en>\n\nx\n\n</div>\n\n[原文](https://a.b)\n\n",
        "**a**: b\n\n",
        "---\n\n",
        "## English\n\nsome words here are\n\n## 中文\n\n这里有一些中文字符\n\n",
        "**摘要：**\n这里有一些中文字符\n\n**Summary:**\nsome words here are\n",
        "```a\n\n",
        "<a<!--{{](",
        "> - 1. a\n",
        "[^1]: a\n\n",
        "## 元数据\n\n",
        "*a*",
        "`",
    ] {
        let body: Arc<str> =
            format!("这里有一些中文字符\n\nsome words here are\n\n{}\n\n---", piece.repeat(2_000_000 / piece.len()))
                .into();
        let at = Instant::now();
        let split = split(body, 1, &[]);
        println!("{:?} {piece:?} {}", at.elapsed(), matches!(split.sections, Sections::Pair { .. }));
    }
}
