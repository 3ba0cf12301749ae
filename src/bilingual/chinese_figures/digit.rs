//! The characters of Chinese numerals.

use super::super::figure::folded::Folded;

/// The value of a Chinese digit.
pub(super) fn digit(c: char) -> Option<u8> {
    Some(match c {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' | '俩' => 2,
        '三' | '叁' | '仨' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The power of ten of a unit up to a thousand.
pub(super) fn small(c: char) -> Option<i32> {
    match c {
        '十' | '拾' => Some(1),
        '百' | '佰' => Some(2),
        '千' | '仟' => Some(3),
        _ => None,
    }
}

/// The power of ten of a unit that multiplies whole sections.
pub(super) fn big(text: &Folded, at: usize) -> Option<i32> {
    match text.at(at) {
        '万' => Some(4),
        '亿' => Some(8),
        // 兆瓦, 兆字节, 兆赫 are measures.
        '兆' if !matches!(text.at(at + 1), '瓦' | '字' | '赫' | '比' | '欧' | '帕' | '焦') => Some(12),
        _ => None,
    }
}

/// The power of ten of any unit at an index.
pub(super) fn unit(text: &Folded, at: usize) -> Option<i32> {
    small(text.at(at)).or_else(|| big(text, at))
}

/// Whether a number may begin with this character.
pub(super) fn begins(c: char) -> bool {
    c.is_ascii_digit() || digit(c).is_some() || small(c).is_some()
}
