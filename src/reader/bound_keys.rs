//! The effective keys: those of the table, with the preset and the reader's own over them.

use super::key::{self, Code, Key};
use super::keymap::{self, Action, Binding, Contexts};
use crate::locale::translated;
use crate::settings::{KeyPreset, KeySetting, SettingOrigin, SettingProblem, shipped_keys};
use crate::text::{clean_line, nearest};

/// What unbinds a key in the settings.
const UNBIND: &str = "unbind";

/// A key, or two one after the other, with the commands that it executes in some contexts.
#[derive(Clone, Debug)]
struct BoundKey {
    contexts: Contexts,
    keys: String,
    rows: Vec<&'static Binding>,
}

/// The effective keys.
#[derive(Clone, Debug)]
pub struct BoundKeys {
    /// No two overlap in contexts and have the same keys.
    bound: Vec<BoundKey>,
}

impl Default for BoundKeys {
    /// The keys of the table.
    fn default() -> Self {
        let keys_of = |row: &'static Binding| {
            row.keys.iter().map(|keys| BoundKey {
                contexts: row.contexts,
                keys: (*keys).to_owned(),
                rows: vec![row],
            })
        };
        let bound = keymap::bindings().flat_map(keys_of).collect();
        Self { bound }
    }
}

impl BoundKeys {
    /// The keys of the table with those of a preset and of the settings applied in order, and what
    /// is wrong with the settings.
    ///
    /// # Panics
    /// Never: the presets are sound.
    pub fn new(preset: KeyPreset, settings: &[KeySetting]) -> (Self, Vec<SettingProblem>) {
        let mut keys = Self::default();
        let shipped = match preset {
            KeyPreset::Vi => "[keys]",
            KeyPreset::Emacs => include_str!("../../assets/keys/emacs.toml"),
            KeyPreset::Less => include_str!("../../assets/keys/less.toml"),
        };
        for setting in shipped_keys(shipped).expect("invariant: a preset is TOML") {
            keys.apply(&setting)
                .expect("invariant: a preset has no mistake");
        }
        let mut problems = Vec::new();
        for setting in settings {
            if let Err(why) = keys.apply(setting) {
                let table = setting
                    .context
                    .as_deref()
                    .map_or(String::new(), |name| format!(".{name}"));
                let message = format!("keys{table} {:?}: {why}", setting.keys);
                problems.push(SettingProblem {
                    origin: SettingOrigin::File,
                    line: setting.line,
                    message: clean_line(&message).into_owned(),
                });
            }
        }
        problems.extend(keys.unreachable(settings));
        (keys, problems)
    }

    fn apply(&mut self, setting: &KeySetting) -> Result<(), String> {
        let keys = key::chord(&setting.keys)?;
        let wanted = match &setting.context {
            None => keymap::ALL,
            Some(name) => Contexts::named(name).ok_or_else(|| {
                tr!(
                    "no part {name}; there are {names}",
                    name = name,
                    names = keymap::ALL.names()
                )
            })?,
        };
        if setting.commands.iter().all(|command| command == UNBIND) {
            self.unbind(wanted, &keys);
            return Ok(());
        }
        // Each context has commands of its own by these names.
        let mut is_any = false;
        for context in wanted.each() {
            let named = |name: &String| {
                let mut rows = keymap::bindings_in(context);
                rows.find(|row| row.name == name)
            };
            let rows: Option<Vec<_>> = setting.commands.iter().map(named).collect();
            if let Some(rows) = rows {
                is_any = true;
                self.unbind(context, &keys);
                let keys = keys.clone();
                self.bound.push(BoundKey {
                    contexts: context,
                    keys,
                    rows,
                });
            }
        }
        if is_any {
            return Ok(());
        }
        let is_known = |name: &&String| keymap::bindings().any(|row| row.name == **name);
        let Some(unknown) = setting.commands.iter().find(|name| !is_known(name)) else {
            return Err(tr!(
                "{command} does nothing there",
                command = setting.commands.join(", ")
            ));
        };
        let names = keymap::bindings().map(|row| row.name);
        Err(match nearest(unknown, names) {
            Some(name) => tr!(
                "no command {name}; did you mean {nearest}?",
                name = unknown,
                nearest = name
            ),
            None => tr!("no command {name}; docs/keys.md lists them", name = unknown),
        })
    }

    fn unbind(&mut self, contexts: Contexts, keys: &str) {
        for bound in self.bound.iter_mut().filter(|bound| bound.keys == keys) {
            bound.contexts = bound.contexts.without(contexts);
        }
        self.bound.retain(|bound| !bound.contexts.is_empty());
    }

    /// Keys of the settings that never arrive, since they begin a chord.
    fn unreachable(&self, settings: &[KeySetting]) -> Vec<SettingProblem> {
        let mut problems = Vec::new();
        for bound in &self.bound {
            let begins = format!("{} ", bound.keys);
            let mut others = self.bound.iter();
            let chord = others.find(|other| {
                other.keys.starts_with(&begins) && other.contexts.overlaps(bound.contexts)
            });
            let Some(chord) = chord else { continue };
            let is_cause = |setting: &&KeySetting| {
                let keys = key::chord(&setting.keys);
                keys.is_ok_and(|keys| keys == bound.keys || keys == chord.keys)
            };
            problems.push(SettingProblem {
                origin: SettingOrigin::File,
                line: settings.iter().rev().find(is_cause).and_then(|it| it.line),
                message: tr!(
                    "{key} never arrives: it begins {chord}; unbind one of them",
                    key = bound.keys,
                    chord = chord.keys
                ),
            });
        }
        problems
    }

    /// What a key executes in a context, after a prefix or without one; nothing if it is not bound.
    /// One row is for all nine saved searches, and one for all bookmarks.
    pub(super) fn rows(
        &self,
        context: Contexts,
        prefix: Option<Key>,
        key: Key,
    ) -> &[&'static Binding] {
        let keys = match prefix {
            Some(prefix) => format!("{prefix} {key}"),
            None => key.to_string(),
        };
        let found = self.find(context, &keys);
        let is_number = prefix.is_none() && key.alt && !key.ctrl;
        match (found, key.code, prefix) {
            ([], Code::Char('1'..='9'), _) if is_number => self.find(context, "Alt-1"),
            ([], Code::Char('a'..='z' | 'A'..='Z'), Some(prefix)) if key.letter().is_some() => {
                let rows = self.find(context, &format!("{prefix} a"));
                let is_bookmark =
                    |row: &&Binding| matches!(row.action, Action::Bookmark | Action::GoToBookmark);
                if rows.iter().all(is_bookmark) {
                    rows
                } else {
                    &[]
                }
            }
            _ => found,
        }
    }

    /// The keys that can follow a first one, each with the first command of the two.
    pub(super) fn after(
        &self,
        context: Contexts,
        first: Key,
    ) -> impl Iterator<Item = (&str, &'static Binding)> {
        let prefix = format!("{first} ");
        let here = move |bound: &&BoundKey| bound.contexts.overlaps(context);
        self.bound.iter().filter(here).filter_map(move |bound| {
            let key = bound.keys.strip_prefix(&prefix)?;
            Some((key, *bound.rows.first()?))
        })
    }

    fn find(&self, context: Contexts, keys: &str) -> &[&'static Binding] {
        let is_meant = |bound: &&BoundKey| bound.keys == keys && bound.contexts.overlaps(context);
        let found = self.bound.iter().filter(is_meant);
        // The keys of a selection, and of reading aloud, go before those of the article.
        let first = keymap::SELECTION.and(keymap::ALOUD);
        let found = found.min_by_key(|bound| !bound.contexts.overlaps(first));
        found.map_or(&[], |bound| &bound.rows)
    }

    /// Whether a key is the first of two.
    pub(super) fn is_prefix(&self, context: Contexts, key: Key) -> bool {
        let prefix = format!("{key} ");
        let here = |bound: &&BoundKey| bound.contexts.overlaps(context);
        self.bound
            .iter()
            .filter(here)
            .any(|bound| bound.keys.starts_with(&prefix))
    }

    /// The keys that execute a command alone in a context, as they are shown: those of the table
    /// in its order, then the reader's own.
    pub(crate) fn keys_of(&self, row: &Binding, context: Contexts) -> Vec<&str> {
        let is_alone = |bound: &&BoundKey| {
            bound.contexts.overlaps(context)
                && matches!(&bound.rows[..], [only] if std::ptr::eq(*only, row))
        };
        self.bound
            .iter()
            .filter(is_alone)
            .map(|bound| &*bound.keys)
            .collect()
    }

    /// The first key of a command in a context.
    pub(crate) fn key_of(&self, name: &str, context: Contexts) -> Option<&str> {
        let row = keymap::bindings_in(context).find(|row| row.name == name)?;
        self.keys_of(row, context).first().copied()
    }

    /// A hint with the keys of its commands, which are in braces; None if one of them has no key.
    pub(super) fn with_keys(&self, hint: &'static str, context: Contexts) -> Option<String> {
        let mut shown = String::new();
        let mut rest = translated(hint);
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}')?;
            shown += before;
            shown += self.key_of(name, context)?;
            rest = after;
        }
        Some(shown + rest)
    }

    /// A text, and after it those of some hints whose commands have keys in a context.
    pub(super) fn with_hints(
        &self,
        text: &str,
        hints: &[&'static str],
        context: Contexts,
    ) -> String {
        let hints = hints
            .iter()
            .filter_map(|hint| self.with_keys(hint, context));
        let text = Some(text.to_owned()).filter(|text| !text.is_empty());
        text.into_iter()
            .chain(hints)
            .collect::<Vec<_>>()
            .join(" · ")
    }

    /// Keys with several commands in a context, with the names of these.
    pub(super) fn sequences(&self, context: Contexts) -> impl Iterator<Item = (&str, String)> {
        let here =
            move |bound: &&BoundKey| bound.contexts.overlaps(context) && bound.rows.len() > 1;
        self.bound.iter().filter(here).map(|bound| {
            let names: Vec<&str> = bound.rows.iter().map(|row| row.name).collect();
            (&*bound.keys, names.join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::keymap::{ARTICLE, LIST, PROMPT};

    fn setting(context: Option<&str>, keys: &str, commands: &[&str]) -> KeySetting {
        KeySetting {
            context: context.map(str::to_owned),
            keys: keys.into(),
            commands: commands.iter().map(|&command| command.to_owned()).collect(),
            line: Some(7),
        }
    }

    fn names(keys: &BoundKeys, context: Contexts, key: Key) -> Vec<&'static str> {
        keys.rows(context, None, key)
            .iter()
            .map(|row| row.name)
            .collect()
    }

    #[test]
    fn own_keys_win_where_they_are_bound_and_nowhere_else() {
        let own = [
            setting(Some("list"), "ctrl-s", &["star"]),
            setting(Some("list"), "j", &["star", "down"]),
            setting(None, "q", &["unbind"]),
            setting(None, "ctrl-g", &["back"]),
        ];
        let (keys, problems) = BoundKeys::new(KeyPreset::Vi, &own);
        assert_eq!(problems, []);
        assert_eq!(names(&keys, LIST, Key::ctrl('s')), ["star"]);
        assert_eq!(names(&keys, LIST, Key::char('j')), ["star", "down"]);
        assert_eq!(names(&keys, ARTICLE, Key::char('j')), ["down"]);
        assert!(names(&keys, ARTICLE, Key::char('q')).is_empty());
        assert_eq!(names(&keys, PROMPT, Key::ctrl('g')), ["back"]);
        assert_eq!(keys.key_of("star", LIST), Some("*"), "the first");
        assert_eq!(keys.key_of("quit", LIST), None);
        assert_eq!(
            keys.sequences(LIST).collect::<Vec<_>>(),
            [("j", "star, down".to_owned())]
        );
    }

    #[test]
    fn hints_name_the_effective_keys_and_leave_out_commands_without_one() {
        let own = [
            setting(None, "u", &["unbind"]),
            setting(Some("list"), "ctrl-z", &["undo"]),
        ];
        let (keys, _) = BoundKeys::new(KeyPreset::Vi, &own);
        let hints = ["{undo} undoes it", "{both-languages} shows one"];
        assert_eq!(
            keys.with_hints("Done", &hints, LIST),
            "Done · Ctrl-z undoes it · X shows one"
        );
        assert_eq!(keys.with_hints("", &hints, ARTICLE), "X shows one");
    }

    #[test]
    fn mistakes_are_reported_with_what_would_be_right() {
        let mistakes = [
            (
                setting(Some("list"), "z", &["strr"]),
                "keys.list \"z\": no command strr; did you mean star?",
            ),
            (
                setting(Some("lst"), "z", &["star"]),
                "keys.lst \"z\": no part lst; there are list, article, popup, input, results, facets, help, selection, notes, words, aloud",
            ),
            (
                setting(Some("list"), "z", &["split-pair"]),
                "keys.list \"z\": split-pair does nothing there",
            ),
            (
                setting(None, "ctrl-m", &["star"]),
                "keys \"ctrl-m\": terminals send Enter for it",
            ),
            (
                setting(Some("list"), "g", &["top"]),
                "g never arrives: it begins g g; unbind one of them",
            ),
        ];
        for (setting, message) in mistakes {
            let (_, problems) = BoundKeys::new(KeyPreset::Vi, &[setting]);
            let problems: Vec<_> = problems.iter().map(|it| (it.line, &*it.message)).collect();
            assert_eq!(problems, [(Some(7), message)]);
        }
    }

    #[test]
    fn the_presets_have_no_mistake_and_bind_what_their_users_expect() {
        for (preset, key, name) in [
            (KeyPreset::Vi, Key::char('j'), "down"),
            (KeyPreset::Emacs, Key::ctrl('n'), "down"),
            (KeyPreset::Less, Key::char('f'), "page-down"),
        ] {
            let (keys, problems) = BoundKeys::new(preset, &[]);
            assert_eq!(problems, [], "{preset:?}");
            for context in [LIST, ARTICLE] {
                assert_eq!(names(&keys, context, key), [name], "{preset:?}");
            }
        }
    }
}
