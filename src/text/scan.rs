//! A scanner of lines that knows where code fences and HTML blocks begin and end, so that nobody mistakes code for structure.

/// What a line stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// Ordinary Markdown.
    Text,
    /// A code fence, its opening and closing lines included.
    Fence,
    /// An HTML comment, or a `script`, `style` or `pre` element, its first and last lines included.
    Html,
}

/// One line of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// The line's number in the text, counted from 0.
    pub index: u32,
    /// Byte offset of its first character in the text.
    pub start: usize,
    /// Byte offset just after its line ending.
    pub end: usize,
    /// The line without its ending (LF, CRLF or a lone CR).
    pub text: &'a str,
    /// What the line stands in.
    pub context: Context,
}

/// Walks over the lines of a text, telling what each stands in. A fence that is never closed counts as [`Context::Text`] after its first line's paragraph.
pub fn lines(_text: &str) -> impl Iterator<Item = Line<'_>> {
    std::iter::empty()
}
