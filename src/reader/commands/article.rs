//! What is done with the article on the screen, or the selected one: both languages at once, marks,
//! copies.

use jiff::tz::TimeZone;

use crate::catalog::{Attention, ChangedFields, EntryId, Mark};
use crate::digest::Sections;
use crate::locale::translated;
use crate::markdown::label_words;
use crate::reader::Effect;
use crate::reader::layout::Focus;
use crate::reader::model::Model;
use crate::reader::number::many;
use crate::reader::page::{Page, PairEdit, date_and_time};
use crate::text::{Language, SourceKind, clean};

/// Both languages at once: side by side, and translations unfolded.
impl Model {
    /// Shows both languages at once, or one.
    pub(super) fn toggle_parallel(&mut self) {
        self.is_parallel = !self.is_parallel;
        if self.is_parallel {
            // Without the focus, the list would not make room.
            self.set_focus(Focus::Article);
        }
        self.arrange();
        let Some(page) = self
            .page
            .as_ref()
            .filter(|page| self.is_parallel && !page.is_parallel())
        else {
            return;
        };
        if page.text().is_bilingual() {
            // The next press tries again.
            self.is_parallel = false;
            self.arrange();
            self.set_status(tr!(
                "This long text is still being aligned; try again in a moment"
            ));
        } else {
            self.set_status(tr!(
                "This article has one language, so there is nothing to compare"
            ));
        }
    }

    pub(super) fn peek(&mut self) {
        // Until the selected article is loaded, another is on the screen.
        let Some(page) = self.page.as_mut().filter(|_| self.loading.is_none()) else {
            return;
        };
        let hints = [message!("{both-languages} shows one")];
        let hints = if page.is_parallel() { &hints[..] } else { &[] };
        if let Err(reason) = page.peek() {
            self.set_status_with(&reason, hints);
        }
        self.hide_link_hints();
    }

    pub(super) fn edit_pairs(&mut self, edit: PairEdit) {
        let Some(page) = self.page.as_mut().filter(|_| self.loading.is_none()) else {
            return;
        };
        if !page.is_parallel() {
            return self.set_status_with(
                tr!("Pairs can be changed while both languages are shown"),
                &[message!("{both-languages} shows both")],
            );
        }
        let id = page.id();
        let edited = page.edit_pairs(edit);
        let is_edited = edited.is_some();
        let text = match (is_edited, edit) {
            (false, PairEdit::Split) => tr!("A single paragraph can't be split"),
            (false, PairEdit::Merge) => tr!("This is the last pair"),
            (false, PairEdit::Reset) => tr!("No pair has been changed"),
            (true, PairEdit::Split) => tr!("Split"),
            (true, PairEdit::Merge) => tr!("Merged"),
            (true, PairEdit::Reset) => tr!("All pairs are reset"),
        };
        match edit {
            PairEdit::Split | PairEdit::Merge if is_edited => {
                self.set_status_with(text, &[message!("{reset-pairs} resets all")]);
            }
            _ => self.set_status(text),
        }
        if is_edited {
            self.text_cache.remember(id).edited = edited.filter(|_| edit != PairEdit::Reset);
            let changed = ChangedFields {
                reading: true,
                edited: true,
                ..ChangedFields::default()
            };
            self.save_state_of(id, changed);
        }
    }
}

/// Marks made by hand.
impl Model {
    pub(super) fn toggle_read(&mut self) {
        let is_read = |mark: &Mark| mark.attention != Attention::Unread;
        let toggled = self.toggle_marks(is_read, |mark, read| {
            let attention = mark.attention.max(Attention::Read);
            mark.attention = if read { attention } else { Attention::Unread };
        });
        if let Some((what, read)) = toggled {
            self.set_status(match (what, read) {
                (None, true) => tr!("Marked as read").to_owned(),
                (None, false) => tr!("Marked as unread").to_owned(),
                (Some(articles), true) => tr!("Marked {articles} as read", articles = articles),
                (Some(articles), false) => tr!("Marked {articles} as unread", articles = articles),
            });
        }
    }

    pub(super) fn toggle_star(&mut self) {
        let is_starred = |mark: &Mark| mark.is_starred;
        let toggled = self.toggle_marks(is_starred, |mark, star| mark.is_starred = star);
        if let Some((what, star)) = toggled {
            self.set_status(match (what, star) {
                (None, true) => tr!("Starred").to_owned(),
                (None, false) => tr!("Unstarred").to_owned(),
                (Some(articles), true) => tr!("Starred {articles}", articles = articles),
                (Some(articles), false) => tr!("Unstarred {articles}", articles = articles),
            });
        }
    }

    /// Sets a mark of the articles that are selected together, or of the only one, unless all have
    /// it already; then removes it. Returns how many there are if several, and whether they have it.
    fn toggle_marks(
        &mut self,
        has: impl Fn(&Mark) -> bool,
        set: impl Fn(&mut Mark, bool),
    ) -> Option<(Option<String>, bool)> {
        let selected = self.list.selected();
        let ids = self.marked_articles();
        let one = ids.first().copied().filter(|_| ids.len() == 1);
        if ids.is_empty() {
            self.set_status(tr!("No article is selected"));
            return None;
        }
        let mut marks: Vec<(EntryId, Mark)> = ids
            .iter()
            .map(|&id| (id, self.list.marks().get(id)))
            .collect();
        let is_set = !marks.iter().all(|(_, mark)| has(mark));
        for (_, mark) in &mut marks {
            set(mark, is_set);
        }
        if selected == one {
            // It stays selected, even if the filter leaves it out from now on.
            self.list.choose_selected();
        }
        let several = Some(marks.len()).filter(|count| *count > 1);
        let what = several.map(|count| many(count, "article"));
        self.set_marks(marks);
        Some((what, is_set))
    }

    /// The articles that a mark is for: those that are selected together, or the only one.
    pub(super) fn marked_articles(&self) -> Vec<EntryId> {
        let one = if self.focus() == Focus::Article {
            self.shown_id()
        } else {
            self.list.selected()
        };
        match self.list.several() {
            [] => one.into_iter().collect(),
            several => several.to_vec(),
        }
    }

    pub(super) fn undo(&mut self) {
        let is_any = !self.tracker.undo.is_empty();
        let undone = self.undo_last();
        let status = match undone[..] {
            [] if is_any => tr!("Undone").to_owned(),
            [] => tr!("Nothing to undo").to_owned(),
            // It may be far from the screen.
            [id] => match self.list.entry(id) {
                Some(entry) => tr!(
                    "Undone: {title}",
                    title = entry.titles.in_language(self.settings.language)
                ),
                None => tr!("Undone").to_owned(),
            },
            _ => tr!(
                "Undone: marks of {articles}",
                articles = many(undone.len(), "article")
            ),
        };
        self.set_status(status);
    }

    pub(super) fn ask_to_read_all(&mut self) {
        let count = self.list.unread().count();
        if count == 0 {
            return self.set_status(tr!("No unread article in the list"));
        }
        self.is_confirming = true;
        self.set_status(tr!(
            "Mark {articles} as read? y / n",
            articles = many(count, "article")
        ));
    }

    /// Handles the answer to [`Self::ask_to_read_all`].
    pub(in crate::reader) fn confirm_read_all(&mut self, is_yes: bool) {
        self.is_confirming = false;
        if !is_yes {
            return self.set_status(tr!("Nothing was marked"));
        }
        let attention = Attention::Read;
        let mark = |id| Mark {
            attention,
            ..self.list.marks().get(id)
        };
        let marks: Vec<_> = self.list.unread().map(|id| (id, mark(id))).collect();
        let text = tr!(
            "Marked {articles} as read",
            articles = many(marks.len(), "article")
        );
        self.set_status_with(&text, &[message!("{undo} undoes it")]);
        self.set_marks(marks);
    }
}

impl Model {
    /// Opens the file of the article on the screen, at the current paragraph, in the editor.
    pub(super) fn edit(&mut self) {
        let Some(page) = self.page.as_ref().filter(|_| self.loading.is_none()) else {
            return self.set_status(tr!("No article is open"));
        };
        let Some(entry) = self.list.entry(page.id()) else {
            return self.set_status(tr!("Its file is gone"));
        };
        let block = page
            .current_block()
            .and_then(|at| page.document().blocks.get(at as usize));
        let line = block.map_or(1, |block| block.line.max(1));
        // Of two files, the one that is read.
        let mate = entry.mate.filter(|_| page.side() == Language::English);
        let path = mate.unwrap_or(entry.path);
        self.emit(Effect::Edit { path, line });
    }
}

/// What is copied: the link, a paragraph as a quotation, a pair.
impl Model {
    pub(super) fn copy_block(&mut self) {
        let Some(page) = &self.page else {
            return self.set_status(tr!("No article is open"));
        };
        match quotation(page, &self.settings.zone) {
            Some(quotation) => {
                let copied = tr!("Copied {what}", what = page.current_name());
                self.copy(quotation, copied);
            }
            None => self.set_status(tr!("The article is empty")),
        }
    }

    pub(super) fn copy_pair(&mut self) {
        if let Some((sentence, translation)) = self.page.as_ref().and_then(Page::lit_sentence) {
            let Some(translation) = translation else {
                return self.say_uncertain();
            };
            let is_chinese = self
                .page
                .as_ref()
                .is_some_and(|page| page.side() == Language::Chinese);
            let pair = [sentence, translation];
            let [chinese, english] = if is_chinese {
                pair
            } else {
                let [own, other] = pair;
                [other, own]
            };
            let copied = tr!("Copied the sentence, Chinese and English");
            return self.copy(as_lines(&[chinese, english]), copied);
        }
        let Some(pair) = self.page.as_ref().and_then(Page::current_pair) else {
            return self.set_status(tr!("No translation for this paragraph"));
        };
        let what = self.page.as_ref().map(Page::current_name);
        let what = what.unwrap_or_default();
        self.copy(
            as_lines(&pair),
            tr!("Copied {what}, Chinese and English", what = what),
        );
    }

    pub(super) fn copy_article(&mut self) {
        let Some(page) = &self.page else {
            return self.set_status(tr!("No article is open"));
        };
        let languages = if page.is_parallel() {
            tr!("Chinese and English")
        } else {
            translated(page.side().name())
        };
        let copied = tr!(
            "Copied the article as Markdown, {languages}",
            languages = languages
        );
        self.copy(article_as_markdown(page, &self.settings.zone), copied);
    }

    pub(super) fn copy_link_of_article(&mut self) {
        match self.link_of_article() {
            Some(link) => self.copy(link, tr!("Copied the link")),
            None => self.set_status(tr!("The article has no link")),
        }
    }

    pub(super) fn link_of_article(&self) -> Option<String> {
        self.page
            .as_ref()
            .filter(|_| !self.is_loading())?
            .text()
            .article
            .link
            .clone()
    }
}

/// Each text on a line of its own.
fn as_lines(texts: &[String; 2]) -> String {
    let line = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ") + "\n";
    texts.iter().map(line).collect()
}

/// An article in the languages that are shown, as it is written, with title, date, source and link.
pub(super) fn article_as_markdown(page: &Page, zone: &TimeZone) -> String {
    let article = &page.text().article;
    let date = Some(date_and_time(&article.date, zone)).filter(|date| !date.is_empty());
    let facts: Vec<String> = [date, article.source.clone()]
        .into_iter()
        .flatten()
        .collect();
    let mut parts = vec![format!("# {}\n", article.titles.in_language(page.side()))];
    let link = article.link.as_ref().map(|link| format!("<{link}>"));
    let facts = Some(facts.join(" · ")).filter(|facts| !facts.is_empty());
    let source: Vec<String> = [facts, link].into_iter().flatten().collect();
    if !source.is_empty() {
        parts.push(source.join("\n") + "\n");
    }
    let sections = match &article.sections {
        Sections::Whole { section, .. } => vec![section],
        Sections::Pair {
            chinese, english, ..
        } => {
            let (first, second) = match page.side() {
                Language::Chinese => (chinese, english),
                Language::English => (english, chinese),
            };
            let second = Some(second).filter(|_| page.is_parallel());
            [Some(first), second].into_iter().flatten().collect()
        }
    };
    for (index, section) in sections.into_iter().enumerate() {
        if index > 0 {
            parts.push("---\n".to_owned());
        }
        parts.extend(section.sources().iter().map(|part| {
            let source = clean(part.source.trim());
            match part.kind {
                SourceKind::Markdown => format!("{source}\n"),
                SourceKind::Label => format!("**{}**\n", label_words(&source)),
            }
        }));
        let definitions = clean(section.definitions.trim());
        if !definitions.is_empty() && !parts.iter().any(|part| part.contains(&*definitions)) {
            parts.push(format!("{definitions}\n"));
        }
    }
    parts.join("\n")
}

/// The current block as a quotation in Markdown, with title, source, date and link; none in an
/// empty text.
fn quotation(page: &Page, zone: &TimeZone) -> Option<String> {
    let block = page.current_block()?;
    let article = &page.text().article;
    let mut quotation = String::new();
    for line in page.document().block_text(block as usize).lines() {
        quotation.push_str(if line.is_empty() { ">" } else { "> " });
        quotation.push_str(line);
        quotation.push('\n');
    }
    let date = Some(date_and_time(&article.date, zone)).filter(|date| !date.is_empty());
    let title = Some(article.titles.in_language(page.side()).to_owned());
    let facts: Vec<String> = [title, article.source.clone(), date]
        .into_iter()
        .flatten()
        .collect();
    quotation.push_str(">\n> — ");
    quotation.push_str(&facts.join(" · "));
    if let Some(link) = &article.link {
        quotation.push_str("\n> ");
        quotation.push_str(link);
    }
    quotation.push('\n');
    Some(quotation)
}
