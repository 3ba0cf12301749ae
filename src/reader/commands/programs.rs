//! Other programs: what is given to them, and what they print.

use crate::reader::message::{Effect, Program};
use crate::reader::model::Model;
use crate::reader::popup::Popup;
use crate::reader::prompt::PromptKind;
use crate::text::{Language, clean};

impl Model {
    /// Asks for a command that gets what is selected, or else the article.
    pub(super) fn ask_for_program(&mut self) {
        if let Some(page) = &self.page {
            self.open_prompt(match page.selected_text() {
                Some(_) => PromptKind::PipeSelection,
                None => PromptKind::PipeArticle,
            });
        }
    }

    /// Runs what was typed with the article, the paragraph or what is selected as its input.
    pub(super) fn pipe(&mut self, typed: &str, what: PromptKind) {
        typed.clone_into(&mut self.last_program);
        let Some(page) = &self.page else {
            return self.set_status(tr!("No article is open"));
        };
        let input = match what {
            PromptKind::PipeSelection => page.selected_text().unwrap_or_default() + "\n",
            PromptKind::PipeParagraph => self.paragraph().unwrap_or_default() + "\n",
            _ => super::article::article_as_markdown(page, &self.settings.zone),
        };
        self.run(typed, typed.to_owned(), input, |_| None);
    }

    pub(super) fn open_share(&mut self) {
        if self.page.is_none() {
            return self.set_status(tr!("No article is open"));
        }
        match Popup::share(self.settings.set.share.keys()) {
            Some(popup) => self.open_popup(popup),
            None => self.set_status(tr!("Name commands under [share] in the settings first")),
        }
    }

    /// Runs a command of the settings for the article.
    pub(super) fn share(&mut self, name: &str) {
        let (Some(command), Some(page)) = (self.settings.set.share.get(name).cloned(), &self.page)
        else {
            return;
        };
        let article = page.text().article.clone();
        let title = article.titles.in_language(page.side()).to_owned();
        let input = super::article::article_as_markdown(page, &self.settings.zone);
        let paragraph = page.selected_text().or_else(|| self.paragraph());
        self.run(&command, name.to_owned(), input, |hole| match hole {
            "title" => Some(title.clone()),
            "link" => Some(article.link.clone().unwrap_or_default()),
            "source" => Some(article.source.clone().unwrap_or_default()),
            "text" => Some(paragraph.clone().unwrap_or_default()),
            _ => None,
        });
    }

    /// The current paragraph, cleaned.
    fn paragraph(&self) -> Option<String> {
        let page = self.page.as_ref()?;
        let block = page.current_block()? as usize;
        Some(page.document().block_text(block).to_owned())
    }

    /// Runs a command. It is split into words as a shell does it, but no shell runs; then each `{name}` in a
    /// word is replaced by the value of that name, so that no value becomes a word or a command of its own.
    pub(super) fn run(
        &mut self,
        command: &str,
        title: String,
        input: String,
        value: impl Fn(&str) -> Option<String>,
    ) {
        if self.running.is_some() {
            let hints = [message!("{back} ends it")];
            return self.set_status_with(tr!("Another command is running"), &hints);
        }
        let words = shell_words::split(command)
            .ok()
            .filter(|words| !words.is_empty());
        let Some(words) = words else {
            return self.set_status(tr!("Not a command: {command}", command = clean(command)));
        };
        let page = self.page.as_ref();
        let entry = page.and_then(|page| self.list.entry(page.id()));
        let file = entry.map(|entry| {
            let is_english = page.is_some_and(|page| page.side() == Language::English);
            entry.mate.filter(|_| is_english).unwrap_or(entry.path)
        });
        self.emit(Effect::Run(Program {
            words: words.iter().map(|word| fill(word, &value)).collect(),
            input,
            file,
        }));
        let text = tr!("Running {command}", command = clean(&title));
        self.set_status_with(&text, &[message!("{back} ends it")]);
        self.running = Some(title);
    }

    /// Shows what a command printed.
    pub(in crate::reader) fn show_output(&mut self, output: Result<String, String>) {
        let Some(title) = self.running.take() else {
            return;
        };
        self.clear_status();
        match output {
            Ok(text) if text.trim().is_empty() => {
                self.set_status(tr!("Done: {command}", command = clean(&title)));
            }
            Ok(text) => self.open_popup(Popup::output(&clean(&title), &clean(&text))),
            Err(why) => self.set_long_status(why),
        }
    }

    /// Ends the command that runs; `false` if there is none.
    pub(super) fn end_program(&mut self) -> bool {
        let is_running = self.running.take().is_some();
        if is_running {
            self.emit(Effect::EndCommand);
            self.set_status(tr!("Ended"));
        }
        is_running
    }

    /// Opens the folder of the file of the article.
    pub(super) fn open_folder(&mut self) {
        let id = self.shown_id().or_else(|| self.list.selected());
        match id.and_then(|id| self.list.entry(id)) {
            Some(entry) => self.emit(Effect::OpenFolder(entry.path)),
            None => self.set_status(tr!("No article is open")),
        }
    }
}

/// A word with its `{name}`s filled in; what has no value, such as `{file}`, stays.
fn fill(word: &str, value: &impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::new();
    let mut rest = word;
    while let Some((before, after)) = rest.split_once('{') {
        filled += before;
        let hole = after.split_once('}');
        let known = hole.and_then(|(name, after)| Some((value(name)?, after)));
        // A brace that means nothing here stays.
        let (value, after) = known.unwrap_or_else(|| ("{".to_owned(), after));
        filled += &value;
        rest = after;
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn values_stay_inside_their_word() {
        let value = |name: &str| match name {
            "title" => Some("a; rm -rf {link} \"b\"".to_owned()),
            "link" => Some(String::new()),
            _ => None,
        };
        for (word, filled) in [
            ("{title}", "a; rm -rf {link} \"b\""),
            ("-s={link}!", "-s=!"),
            ("{file}", "{file}"),
            ("{{title}", "{a; rm -rf {link} \"b\""),
            ("a{", "a{"),
            ("}{", "}{"),
        ] {
            assert_eq!(fill(word, &value), filled, "{word}");
        }
    }
}
