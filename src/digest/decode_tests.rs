use encoding_rs::{BIG5, SHIFT_JIS, WINDOWS_1252};
use proptest::prelude::*;

use super::*;

const STORY: &str =
    "云计算公司今年筹集了更多的资金，用来建设新的数据中心。\n报告说，电力是最大的困难。\n";

fn utf16(text: &str, unit_to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit_to_bytes).collect()
}

fn reason(bytes: &[u8]) -> Option<String> {
    decode(bytes).1.map(|problem| problem.to_string())
}

#[test]
fn utf8_is_borrowed_and_no_problem() {
    let (text, problem) = decode(STORY.as_bytes());
    assert!(matches!(text, Cow::Borrowed(STORY)));
    assert_eq!(problem, None);
    assert_eq!(decode(b""), (Cow::Borrowed(""), None));
}

#[test]
fn a_bom_decides() {
    for bytes in [
        [b"\xEF\xBB\xBF", STORY.as_bytes()].concat(),
        [&b"\xFF\xFE"[..], &utf16(STORY, u16::to_le_bytes)].concat(),
        [&b"\xFE\xFF"[..], &utf16(STORY, u16::to_be_bytes)].concat(),
    ] {
        assert_eq!(decode(&bytes), (Cow::Borrowed(STORY), None));
    }
}

#[test]
fn utf16_without_a_bom_needs_overwhelming_evidence() {
    let english = "A plain English text in wide units.";
    for bytes in [
        utf16(english, u16::to_le_bytes),
        utf16(english, u16::to_be_bytes),
    ] {
        assert_eq!(decode(&bytes).0, english);
        assert!(reason(&bytes).is_some_and(|reason| reason.contains("UTF-16")));
    }
    assert_eq!(decode(b"a\0b").0, "a\0b");
}

#[test]
fn chinese_encodings_are_found() {
    for length in [10, 30, STORY.chars().count()] {
        let text: String = STORY.chars().take(length).collect();
        let bytes = GB18030.encode(&text).0;
        assert_eq!(decode(&bytes).0, text);
        assert_eq!(
            reason(&bytes).as_deref(),
            Some("the text is not UTF-8 and was read as GB18030, which is a guess")
        );
    }
    let traditional = "雲端運算公司今年籌集了更多的資金，用來建設新的資料中心。報告說，電力是最大的困難，這個問題還沒有解決。";
    assert_eq!(decode(&BIG5.encode(traditional).0).0, traditional);
    let japanese = "これは日本語の文章です。データセンターの建設が進んでいます。";
    assert_eq!(decode(&SHIFT_JIS.encode(japanese).0).0, japanese);
    let rare = "一个四字节的字：𠮷野家，也要读出来才行。";
    assert_eq!(decode(&GB18030.encode(rare).0).0, rare);
    let french = "Le café de la forêt a été fermé pour l’été, à cause de la chaleur.";
    assert_eq!(decode(&WINDOWS_1252.encode(french).0).0, french);
}

#[test]
fn damage_is_counted_and_placed() {
    let mut bytes = GB18030.encode(STORY).0.into_owned();
    let second_line = bytes
        .iter()
        .position(|&byte| byte == b'\n')
        .expect("two lines")
        + 1;
    bytes.insert(second_line, 0xFF);
    assert_eq!(
        reason(&bytes).as_deref(),
        Some("line 2: 1 place with damaged bytes is shown as � (read as GB18030)")
    );
    assert!(decode(&bytes).0.contains("电力是最大的困难"));

    let mut bytes = STORY.as_bytes().to_vec();
    bytes[1] = b'x';
    bytes.truncate(bytes.len() - 3);
    let (text, problem) = decode(&bytes);
    assert!(text.contains("报告说"));
    assert!(
        problem.is_some_and(|problem| problem.reason.contains("UTF-8") && problem.line == Some(1))
    );

    let cut = &STORY.as_bytes()[..4];
    assert_eq!(decode(cut).0, "云\u{FFFD}");
}

#[test]
fn a_binary_file_is_reported() {
    let bytes: Vec<u8> = (0..4000_u32).map(|i| (i * 7 % 256) as u8).collect();
    assert!(reason(&bytes).is_some_and(|reason| reason.contains("binary")));
    assert!(reason(&[0; 100]).is_some_and(|reason| reason.contains("binary")));
}

proptest! {
    #[test]
    fn decoding_never_panics_and_reports_every_loss(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let (text, problem) = decode(&bytes);
        let is_reported = problem.is_some();
        prop_assert!(is_reported || text.as_bytes() == bytes || Encoding::for_bom(&bytes).is_some());
    }
}

#[test]
fn a_few_foreign_bytes_do_not_make_a_text_another_encodings() {
    let mut bytes = "这是一段中文，后面跟着英文。".repeat(20).into_bytes();
    bytes.extend([0xFF, 0xFE, 0x80]);
    bytes.extend("The rest is English, and plenty of it. ".repeat(40).bytes());
    let (text, problem) = decode(&bytes);
    assert!(text.starts_with("这是一段中文") && text.contains("plenty"));
    assert_eq!(
        problem.map(|problem| problem.kind),
        Some(ProblemKind::Encoding)
    );
}

#[test]
fn what_is_no_text_is_refused_with_its_size() {
    let noise: Vec<u8> = (0..3 << 20_u32)
        .map(|at: u32| (at.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    let (text, problem) = decode(&noise);
    assert_eq!(text, "");
    assert_eq!(problem.unwrap().reason, "not a text: 3 MB of binary");
}
