//! Bare URLs: `https://…`, `www.…` and `mailto:…` written without any brackets.
//!
//! After GitHub's autolinks, but a URL also ends where Chinese begins, since Chinese puts no space after it.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;

use super::source::Edit;

/// A bare URL in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bare {
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// What goes before it to make it a target: `http://` for `www.`, else nothing.
    pub(super) prefix: &'static str,
}

/// Says whether a text may hold a bare URL: one scan, to skip the search in most texts.
pub(super) fn may_hold(text: &str) -> bool {
    next_colon(text.as_bytes(), 0).is_some() || find_www(text.as_bytes(), 0).is_some()
}

/// Finds the bare URLs of a text, in order.
pub(super) fn find(text: &str) -> Vec<Bare> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let (mut colon, mut www) = (next_colon(bytes, 0), find_www(bytes, 0));
    let mut done = 0;
    while let Some(at) = colon.into_iter().chain(www).min() {
        let candidate = if Some(at) == colon { with_scheme(text, at, done) } else { without_scheme(text, at) };
        if let Some(bare) = candidate.filter(|bare| bare.range.start >= done) {
            done = bare.range.end;
            found.push(bare);
        }
        let next = done.max(at + 1);
        colon = colon.and_then(|at| if at < next { next_colon(bytes, next) } else { Some(at) });
        www = www.and_then(|at| if at < next { find_www(bytes, next) } else { Some(at) });
    }
    found
}

/// Gives the underscores of bare URLs that the parser could take for emphasis to `edits`.
pub(super) fn underscores(source: &str, edits: &mut Vec<Edit>) {
    let bytes = source.as_bytes();
    let mut done = 0;
    for at in memmem::find_iter(bytes, b"://") {
        if at < done {
            continue;
        }
        let Some(bare) = with_scheme(source, at, done) else { continue };
        done = bare.range.end;
        let word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        let risky = memchr::memchr_iter(b'_', &bytes[bare.range.clone()]).map(|at| bare.range.start + at);
        edits.extend(risky.filter(|&at| !(word(at - 1) && word(at + 1))).map(Edit::underscore));
    }
}

/// The next colon that a scheme could end at: of `://` or of `mailto:`.
fn next_colon(bytes: &[u8], from: usize) -> Option<usize> {
    memchr::memchr_iter(b':', bytes.get(from..)?)
        .map(|at| from + at)
        .find(|&at| bytes[at + 1..].starts_with(b"//") || ends_with(&bytes[..at], b"mailto"))
}

/// Says whether some bytes end with others, without regard to case.
fn ends_with(bytes: &[u8], end: &[u8]) -> bool {
    bytes.len() >= end.len() && bytes[bytes.len() - end.len()..].eq_ignore_ascii_case(end)
}

/// The next `www.`.
fn find_www(bytes: &[u8], from: usize) -> Option<usize> {
    static WWW: LazyLock<memmem::Finder<'_>> = LazyLock::new(|| memmem::Finder::new(b"www."));
    WWW.find(bytes.get(from..)?).map(|at| from + at)
}

/// The URL whose scheme ends at a colon. What can be known without walking to the URL's end is asked first, so that
/// many false beginnings in a row cost no more than their length.
fn with_scheme(text: &str, colon: usize, floor: usize) -> Option<Bare> {
    let bytes = text.as_bytes();
    let slashes = bytes[colon + 1..].starts_with(b"//");
    let schemes: &[&str] = if slashes { &["https", "http"] } else { &["mailto"] };
    let scheme = schemes.iter().find(|scheme| ends_with(&bytes[floor..colon], scheme.as_bytes()))?;
    let (start, host) = (colon - scheme.len(), colon + if slashes { 3 } else { 1 });
    if start > 0 && bytes[start - 1].is_ascii_alphanumeric() {
        return None;
    }
    let rest = &text[host..];
    let begins = rest.starts_with(|c: char| c.is_alphanumeric() && is_part(c) || (slashes && c == '['));
    let has_at = slashes
        || rest.find(|c: char| c == '@' || c == ':' || !is_part(c)).is_some_and(|at| rest[at..].starts_with('@'));
    if !begins || !has_at {
        return None;
    }
    let range = start..end_of(text, host);
    (range.end > host).then_some(Bare { range, prefix: "" })
}

/// The URL that begins at a `www.`.
fn without_scheme(text: &str, start: usize) -> Option<Bare> {
    let bytes = text.as_bytes();
    if start > 0 && (bytes[start - 1].is_ascii_alphanumeric() || b"/.@-_:".contains(&bytes[start - 1])) {
        return None;
    }
    let name = &text[start + "www.".len()..];
    if !name.starts_with(char::is_alphanumeric) {
        return None;
    }
    let host = &name[..name.find(|c: char| matches!(c, '/' | '?' | '#' | ':') || !is_part(c)).unwrap_or(name.len())];
    let dotted = host.trim_end_matches(['.', ',', '!', ';', '\'']).contains('.');
    dotted.then(|| Bare { range: start..end_of(text, start), prefix: "http://" })
}

/// Where a URL that has begun ends: before white space, quotes, Chinese, and the punctuation of the sentence around it.
fn end_of(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    let length = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
    let mut end = from + length;
    let bytes = text.as_bytes();
    // The brackets that are closed more often than opened, counted when the end is one.
    let mut surplus: Option<[isize; 3]> = None;
    while end > from {
        let (bracket, step) = match bytes[end - 1] {
            b'?' | b'!' | b'.' | b',' | b':' | b';' | b'*' | b'_' | b'~' | b'\'' | b'&' => {
                end -= 1;
                continue;
            }
            b')' => (0, 1),
            b']' => (1, 1),
            b'}' => (2, 1),
            b'(' => (0, -1),
            b'[' => (1, -1),
            b'{' => (2, -1),
            _ => break,
        };
        let surplus = surplus.get_or_insert_with(|| surplus_of(&bytes[from..end]));
        if step > 0 && surplus[bracket] <= 0 {
            break;
        }
        surplus[bracket] -= step;
        end -= 1;
    }
    end
}

/// How many more closing than opening brackets there are, of each kind.
fn surplus_of(bytes: &[u8]) -> [isize; 3] {
    let count = |sign: u8| memchr::memchr_iter(sign, bytes).count() as isize;
    [count(b')') - count(b'('), count(b']') - count(b'['), count(b'}') - count(b'{')]
}

/// Says whether a character can be part of a bare URL.
fn is_part(c: char) -> bool {
    match c {
        '!' | '#'..=';' | '=' | '?'..='[' | ']' | '_' | 'a'..='{' | '}' | '~' => true,
        _ if c.is_ascii() => false,
        // Names and paths in other alphabets, but neither Chinese nor quotation marks.
        _ => (c as u32) < 0x1100 && c.is_alphanumeric(),
    }
}

#[cfg(test)]
#[path = "url_tests.rs"]
mod tests;
