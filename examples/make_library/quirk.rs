//! Ways in which files of real folders are damaged or unusual.

use crate::random::Random;
use crate::story::Story;

/// The bytes of a digest with something wrong or unusual about it.
pub(crate) fn damaged(story: &Story, random: &mut Random) -> Vec<u8> {
    let text = story.text();
    match random.below(10) {
        0 => text.replace('\n', "\r\n").into_bytes(),
        1 => format!("\u{FEFF}{text}").into_bytes(),
        2 => text[story.front.len()..].into(),
        3 => text
            .replacen("title: ", "title: [unclosed: ", 1)
            .into_bytes(),
        4 => [&*story.front, &story.chinese].concat().into_bytes(),
        5 => [&*story.front, &story.english].concat().into_bytes(),
        6 => Vec::new(),
        7 => text.replacen("\n---\n", "\n", 1).into_bytes(),
        8 => encoding_rs::GB18030.encode(&text).0.into_owned(),
        _ => {
            let mut bytes = text.into_bytes();
            let middle = bytes.len() / 2;
            bytes.splice(middle..middle, *b"\xFF\xFE\x80");
            bytes
        }
    }
}
