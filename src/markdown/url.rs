//! Bare URLs: `https://…`, `www.…` and `mailto:…` written without any brackets.
//!
//! After GitHub's autolinks, but a URL also ends where Chinese begins, since Chinese puts no space
//! after it.

use std::ops::Range;

use super::edit::Edit;

/// The byte ranges of the bare URLs of a text, in order.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut urls: Vec<Range<usize>> = Vec::new();
    let mut done = 0;
    for at in memchr::memchr2_iter(b':', b'w', text.as_bytes()) {
        if at < done {
            continue;
        }
        let url = if text.as_bytes()[at] == b':' {
            with_scheme(text, at, done)
        } else {
            without_scheme(text, at)
        };
        if let Some(url) = url {
            done = url.end;
            urls.push(url);
        }
    }
    urls
}

/// The underscores of bare URLs that the parser could take for emphasis.
pub(super) fn underscores(source: &str) -> Vec<Edit> {
    let bytes = source.as_bytes();
    let mut edits = Vec::new();
    let mut done = 0;
    for at in memchr::memmem::find_iter(bytes, b"://") {
        if at < done {
            continue;
        }
        let Some(url) = with_scheme(source, at, done) else {
            continue;
        };
        done = url.end;
        let is_word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        let underscores = memchr::memchr_iter(b'_', &bytes[url.clone()]).map(|at| url.start + at);
        let risky = underscores.filter(|&at| !(is_word(at - 1) && is_word(at + 1)));
        let sign = Some('_');
        edits.extend(risky.map(|at| Edit { at, sign }));
    }
    edits
}

/// Whether a link may be opened outside: `http`, `https` or `mailto`, without white space.
pub fn can_open(link: &str) -> bool {
    let Some((scheme, rest)) = link.split_once(':') else {
        return false;
    };
    let is_known = ["http", "https", "mailto"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known));
    is_known && !rest.is_empty() && !link.chars().any(|c| c.is_control() || c.is_whitespace())
}

/// The URL whose scheme ends at a colon and starts at or after `floor`. The cheap checks come
/// first, so that many false beginnings in a row cost no more than their length.
fn with_scheme(text: &str, colon: usize, floor: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let has_slashes = bytes[colon + 1..].starts_with(b"//");
    let schemes: &[&str] = if has_slashes {
        &["https", "http"]
    } else {
        &["mailto"]
    };
    let before = &bytes[floor..colon];
    let scheme = schemes.iter().find(|scheme| {
        before.len() >= scheme.len()
            && before[before.len() - scheme.len()..].eq_ignore_ascii_case(scheme.as_bytes())
    })?;
    let start = colon - scheme.len();
    let host = colon + if has_slashes { 3 } else { 1 };
    if start > 0 && bytes[start - 1].is_ascii_alphanumeric() {
        return None;
    }
    let rest = &text[host..];
    let has_host =
        rest.starts_with(|c: char| c.is_alphanumeric() && is_part(c) || (has_slashes && c == '['));
    let has_at = || {
        rest.find(|c: char| c == '@' || c == ':' || !is_part(c))
            .is_some_and(|at| rest[at..].starts_with('@'))
    };
    if !has_host || !(has_slashes || has_at()) {
        return None;
    }
    let end = end_of(text, host);
    (end > host).then_some(start..end)
}

/// The URL that begins with a `www.` at a byte offset.
fn without_scheme(text: &str, start: usize) -> Option<Range<usize>> {
    let name = text[start..].strip_prefix("www.")?;
    let before = text.as_bytes()[..start].last();
    if before.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"/.@-_:".contains(byte))
        || !name.starts_with(char::is_alphanumeric)
    {
        return None;
    }
    let host = &name[..name
        .find(|c: char| matches!(c, '/' | '?' | '#' | ':') || !is_part(c))
        .unwrap_or(name.len())];
    let has_dot = host
        .trim_end_matches(['.', ',', '!', ';', '\''])
        .contains('.');
    has_dot.then(|| start..end_of(text, start))
}

/// Where a URL that has begun ends: before white space, quotes, Chinese, and the punctuation of the
/// sentence around it.
fn end_of(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    let bytes = text.as_bytes();
    let mut end = from + rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
    // How many more brackets of each kind are closed than opened, counted once a bracket ends the
    // URL.
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
        let surplus = surplus.get_or_insert_with(|| bracket_surplus(&bytes[from..end]));
        if step > 0 && surplus[bracket] <= 0 {
            break;
        }
        surplus[bracket] -= step;
        end -= 1;
    }
    end
}

/// How many more closing than opening brackets there are, of each kind.
fn bracket_surplus(bytes: &[u8]) -> [isize; 3] {
    let count = |sign: u8| memchr::memchr_iter(sign, bytes).count() as isize;
    [
        count(b')') - count(b'('),
        count(b']') - count(b'['),
        count(b'}') - count(b'{'),
    ]
}

/// Whether a character can be part of a bare URL.
fn is_part(c: char) -> bool {
    match c {
        '!' | '#'..=';' | '=' | '?'..='[' | ']' | '_' | 'a'..='{' | '}' | '~' => true,
        _ if c.is_ascii() => false,
        // Names and paths in other alphabets, but neither Chinese nor quotation marks.
        _ => (c as u32) < 0x1100 && c.is_alphanumeric(),
    }
}

/// The relative path in the target of a link, without query and fragment, and with percent escapes
/// decoded. None if the target is on the web, at the root of a site or in the same text, or is a
/// template that was never filled in.
pub fn relative_path(target: &str) -> Option<String> {
    let target = target.trim();
    let path = &target[..target.find(['?', '#']).unwrap_or(target.len())];
    let is_template = ["{{", "{%", "${", "<%"]
        .iter()
        .any(|mark| target.contains(mark));
    if path.is_empty() || path.starts_with(['/', '\\']) || has_scheme(path) || is_template {
        return None;
    }
    Some(decode_percent(path))
}

/// Whether a target begins with a scheme (RFC 3986, 3.1) or the letter of a Windows drive.
fn has_scheme(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// Decodes percent escapes, unless the result is not UTF-8.
fn decode_percent(text: &str) -> String {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|byte| (*byte as char).to_digit(16));
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if let (b'%', Some(high), Some(low)) = (byte, digit(at + 1), digit(at + 2)) {
            plain.push((high * 16 + low) as u8);
            at += 3;
        } else {
            plain.push(byte);
            at += 1;
        }
    }
    String::from_utf8(plain).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
#[path = "url_tests.rs"]
mod tests;
