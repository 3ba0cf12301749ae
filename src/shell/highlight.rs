//! What the parts of code are, by the syntaxes of Sublime Text: a thread loads them at the first code
//! block and keeps them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use syntect::parsing::{ParseState, Scope, ScopeStack, ScopeStackOp, SyntaxSet};

use crate::reader::{CodeBlock, CodePart, CodeRole, Message};

/// How long a block may take, looked at after each line; the rest of it stays plain.
const TIME_LIMIT: Duration = Duration::from_millis(200);
/// The longest line that is read, in bytes.
const LONGEST_LINE: usize = 4 << 10;

/// What scopes mean, the narrower ones first; others say no more than that it is code.
const ROLES: [(CodeRole, &str); 5] = [
    (CodeRole::Comment, "comment"),
    (
        CodeRole::String,
        "string constant.character markup.inserted",
    ),
    (
        CodeRole::Constant,
        "constant support.constant variable.language markup.deleted",
    ),
    (
        CodeRole::Keyword,
        "keyword storage entity.name.tag markup.heading",
    ),
    (
        CodeRole::Name,
        "entity support variable.function variable.annotation",
    ),
];

/// The licences of the syntaxes, as Markdown.
pub fn syntax_licences() -> String {
    two_face::acknowledgement::listing().to_md()
}

/// The thread that reads code, once there was any.
#[derive(Debug, Default)]
pub(super) struct Highlighter(Option<Sender<CodeBlock>>);

impl Highlighter {
    /// Has a block read. The thread is started with `on_done`, to which all answers go.
    pub(super) fn ask(&mut self, block: CodeBlock, on_done: impl Fn(Message) + Send + 'static) {
        let start = || {
            let (sender, receiver) = mpsc::channel();
            let thread = thread::Builder::new().name("highlight".into());
            // If the system starts no thread, code stays plain.
            let _ = thread.spawn(move || read_all(&receiver, on_done));
            sender
        };
        let _ = self.0.get_or_insert_with(start).send(block);
    }
}

fn read_all(receiver: &Receiver<CodeBlock>, on_done: impl Fn(Message)) {
    let syntaxes = Syntaxes::load();
    while let Ok(block) = receiver.recv() {
        // Those before the last one are of articles that were left.
        let block = receiver.try_iter().last().unwrap_or(block);
        let end = Instant::now() + TIME_LIMIT;
        let read = || syntaxes.parts(block.code(), &block.language, end);
        let parts = catch_unwind(AssertUnwindSafe(read)).unwrap_or_default();
        on_done(Message::Highlighted(block, parts));
    }
}

struct Syntaxes {
    set: SyntaxSet,
    roles: Vec<(Scope, CodeRole)>,
}

impl Syntaxes {
    fn load() -> Self {
        let scopes = |(role, scopes): (CodeRole, &'static str)| {
            let scopes = scopes.split(' ').flat_map(Scope::new);
            scopes.map(move |scope| (scope, role))
        };
        Self {
            set: two_face::syntax::extra_newlines(),
            roles: ROLES.into_iter().flat_map(scopes).collect(),
        }
    }

    /// The parts of a code, as far as they are found until a time: none, if its language is unknown.
    fn parts(&self, code: &str, language: &str, end: Instant) -> Vec<CodePart> {
        let name = match language {
            "shell" | "console" => "bash",
            "golang" => "go",
            other => other,
        };
        let mut parts = Vec::new();
        let Some(syntax) = self.set.find_syntax_by_token(name) else {
            return parts;
        };
        let (mut parser, mut stack) = (ParseState::new(syntax), ScopeStack::new());
        let mut start = 0;
        // The syntaxes want every line with its end.
        for line in format!("{code}\n").split_inclusive('\n') {
            let mut at = start;
            start += line.len();
            if line.len() > LONGEST_LINE {
                continue;
            }
            let mut changes = parser.parse_line(line, &self.set).unwrap_or_default();
            changes.push((line.len(), ScopeStackOp::Noop));
            for (to, change) in changes {
                let range = at as u32..(start - line.len() + to) as u32;
                at = range.end as usize;
                parts.extend(self.role(&stack).map(|role| (range, role)));
                // What does not fit leaves the scopes as they are.
                let _ = stack.apply(&change);
            }
            if Instant::now() > end {
                break;
            }
        }
        parts
    }

    /// What the innermost scope that means anything is.
    fn role(&self, stack: &ScopeStack) -> Option<CodeRole> {
        let role = |scope: &Scope| {
            self.roles
                .iter()
                .find(|(wider, _)| wider.is_prefix_of(*scope))
        };
        let (_, role) = stack.scopes.iter().rev().find_map(role)?;
        Some(*role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of a code, those that touch joined.
    fn parts(code: &str, language: &str) -> Vec<(String, CodeRole)> {
        let end = Instant::now() + Duration::from_mins(10);
        let mut joined: Vec<CodePart> = Vec::new();
        for (range, role) in Syntaxes::load().parts(code, language, end) {
            match joined.last_mut() {
                Some((last, same)) if *same == role && last.end == range.start => {
                    last.end = range.end;
                }
                _ => joined.push((range, role)),
            }
        }
        let text = |range: std::ops::Range<u32>| {
            let end = (range.end as usize).min(code.len());
            code[range.start as usize..end].trim().to_owned()
        };
        joined
            .into_iter()
            .map(|(range, role)| (text(range), role))
            .collect()
    }

    #[test]
    fn the_parts_of_common_languages_are_told_apart() {
        use CodeRole::{Comment, Constant, Keyword, Name, String};
        for (language, code, expected) in [
            (
                "rust",
                "fn main() { let x = 1; } // 数",
                [
                    ("fn", Keyword),
                    ("main", Name),
                    ("1", Constant),
                    ("// 数", Comment),
                ],
            ),
            (
                "Python",
                "class A:\n    x = \"茶\"\n    return None",
                [
                    ("class", Keyword),
                    ("A", Name),
                    ("\"茶\"", String),
                    ("None", Constant),
                ],
            ),
            (
                "shell",
                "# a\nif true; then echo 'x'; fi",
                [
                    ("# a", Comment),
                    ("if", Keyword),
                    ("echo", Name),
                    ("'x'", String),
                ],
            ),
            (
                "golang",
                "func f() int { return 2 }",
                [
                    ("func", Keyword),
                    ("f", Name),
                    ("return", Keyword),
                    ("2", Constant),
                ],
            ),
        ] {
            let found = parts(code, language);
            for (text, role) in expected {
                assert!(
                    found.contains(&(text.to_owned(), role)),
                    "{language}: {text} in {found:?}"
                );
            }
        }
        assert_eq!(parts("fn main", "no-such-language"), []);
    }

    #[test]
    fn a_long_line_and_what_is_late_stay_plain() {
        let scopes = ROLES.map(|(_, scopes)| scopes.split(' ').count());
        assert_eq!(Syntaxes::load().roles.len(), scopes.iter().sum::<usize>());
        let over = Syntaxes::load().parts("1\n2", "python", Instant::now());
        assert_eq!(over, [(0..1, CodeRole::Constant)]);
        let long = format!("# {}\nx = 1", "a".repeat(LONGEST_LINE));
        assert_eq!(
            parts(&long, "python").last(),
            Some(&("1".into(), CodeRole::Constant))
        );
        assert!(
            !parts(&long, "python")
                .iter()
                .any(|(_, role)| *role == CodeRole::Comment)
        );
    }
}
