//! What each action does.

mod aloud;
mod annotations;
mod article;
mod bookmarks;
mod hub;
mod jumps;
mod linear;
mod look_up;
mod popups;
mod programs;
mod prompt_keys;
mod search;
mod selection;
mod tags;
mod ticks;
mod type_ahead;
mod words;

use jiff::civil::Date;

use super::keymap::{self, Action};
use super::layout::{Focus, TWO_PANES};
use super::message::Effect;
use super::model::{Mode, Model};
use super::number::many;
use super::page::{NoMatch, Page};
use super::popup::Popup;
use super::prompt::PromptKind;
use super::viewport::Motion;
use crate::catalog::{Query, Request};
use crate::locale::translated;
use crate::text::{Language, Script, script_of};

pub(crate) use linear::LISTED_AT_ONCE;

const MEASURE_STEP: u16 = 4;
const DIVIDER_STEP: u8 = 2;
const LEAST_MEASURE: u16 = 20;
const MOST_MEASURE: u16 = 200;

/// The letter of a bookmark, which is given as the count.
fn letter(count: Option<u32>) -> Option<char> {
    count
        .and_then(char::from_u32)
        .filter(char::is_ascii_alphabetic)
}

impl Model {
    /// Executes the action of a key or of a line of the menu.
    pub(super) fn execute(&mut self, action: Action, count: Option<u32>) {
        match (action, self.mode()) {
            (Action::Suspend, _) => self.emit(Effect::Suspend),
            (Action::QuitNow, _) => self.emit(Effect::Quit),
            (Action::Back, _) => self.back(),
            (Action::Quit, _) => self.quit(),
            (_, Mode::Prompt) => self.execute_on_prompt(action),
            (_, Mode::NoteBox) => {}
            (_, Mode::LinkHints) => self.execute_on_link_hints(action),
            (_, Mode::Popup) => {
                if let Some(chosen) = self.execute_on_popup(action, count) {
                    self.execute(chosen, None);
                }
            }
            (_, Mode::SearchPrompt | Mode::SearchResults) => self.execute_on_search(action, count),
            (Action::ApplySearch, _) => {
                self.apply_saved_search(count.unwrap_or(1).saturating_sub(1) as usize);
            }
            (_, Mode::Facets) => self.execute_on_facets(action, count),
            (_, Mode::List | Mode::Article) => self.execute_on_panes(action, count),
        }
    }

    fn execute_on_panes(&mut self, action: Action, count: Option<u32>) {
        let times = count.unwrap_or(1) as isize;
        match action {
            Action::Enter if self.focus() == Focus::List => self.set_focus(Focus::Article),
            Action::Enter if self.enlarge_current_picture() => {}
            Action::Enter => self.open_popup(Popup::menu(&self.settings.keys)),
            Action::Left => self.show_list(),
            Action::Right => self.set_focus(Focus::Article),
            Action::Alone => self.toggle_alone(),
            Action::Move(motion) if self.focus() == Focus::List => self.move_in_list(motion, count),
            Action::Move(motion) => self.move_on_page(motion, count),
            Action::Scroll(by) if self.focus() == Focus::List => self.list.scroll(by * times),
            Action::Scroll(by) => {
                if let Some(page) = &mut self.page {
                    page.scroll_lines((by * times) as i32);
                }
            }
            Action::Extend(by) => {
                self.extend_to(self.list.position().saturating_add_signed(by * times));
            }
            Action::Article(by) => self.move_in_list(Motion::Lines(by * times), None),
            Action::Match(by) => self.go_to_match(by * times),
            Action::Block(by) => self
                .page
                .iter_mut()
                .for_each(|it| it.step_blocks(by * times)),
            Action::Jump(by) => self.jump(by * times),
            Action::Heading(by) => self.step_headings(by * times),
            Action::SwitchLanguage => self.switch_language(),
            Action::Parallel => self.toggle_parallel(),
            Action::Peek => self.peek(),
            Action::Sort => self.sort(),
            Action::Day => self.toggle_day(),
            Action::OtherDay(by) => self.step_days(by * times),
            Action::ToggleRead => self.toggle_read(),
            Action::Star => self.toggle_star(),
            Action::Undo => self.undo(),
            Action::ReadAll => self.ask_to_read_all(),
            Action::Refresh => self.refresh(),
            Action::Narrower => self.narrow_lines(),
            Action::Wider => self.widen_lines(),
            Action::Density => self.toggle_density(),
            Action::Divider(by) => self.step_divider(by * times),
            Action::Pinyin => self.cycle_readings(),
            Action::Script => self.switch_script(),
            Action::ChooseTheme => self.open_themes(),
            Action::Mouse => self.toggle_mouse(),
            Action::Find => self.find(),
            Action::Search => self.open_search(),
            Action::Facets => self.open_facets(),
            Action::SaveSearch => self.ask_to_save_search(),
            Action::Statistics => self.open_statistics(),
            Action::Libraries => self.emit(Effect::ListLibraries),
            Action::Help => self.open_help(),
            Action::Outline => self.open_outline(),
            Action::Problems => self.open_problems(),
            Action::Links => self.show_link_hints(),
            Action::OpenLink => self.open_link_of_article(),
            Action::CopyLink => self.copy_link_of_article(),
            Action::CopyBlock => self.copy_block(),
            Action::CopyPair => self.copy_pair(),
            Action::CopyArticle => self.copy_article(),
            Action::Edit => self.edit(),
            Action::Folder => self.open_folder(),
            Action::Pipe => self.ask_for_program(),
            Action::LookUp => self.look_up_selected(),
            Action::AskForWord => self.ask_for_word(),
            Action::Share => self.open_share(),
            Action::Bookmark => self.set_bookmark(letter(count)),
            Action::GoToBookmark => match letter(count) {
                Some(letter) => self.go_to_bookmark(letter),
                None => self.list_bookmarks(),
            },
            Action::Commands => self.open_palette(),
            _ => self.execute_on_text(action, times),
        }
    }

    /// One step back: out of a popup, a search, a find, the article, a filter.
    fn back(&mut self) {
        if self.close_top()
            || self.end_program()
            || self.end_aloud()
            || self.list.end_several()
            || self.end_look_up()
            || self.page.as_mut().is_some_and(Page::end_selection)
            || self.return_to_results()
            || self.page.as_mut().is_some_and(Page::end_find)
            || self.return_to_hub()
            || self.return_to_words()
        {
            return;
        }
        match self.focus() {
            Focus::Article if !self.is_single() => self.show_list(),
            Focus::List if self.list.query().is_some() => self.end_filter(false),
            _ => {}
        }
    }

    fn quit(&mut self) {
        if self.close_top() || self.return_to_results() {
            return;
        }
        if self.focus() == Focus::Article && !self.is_single() {
            self.show_list();
        } else {
            self.emit(Effect::Quit);
        }
    }

    /// Closes what is over the panes; `false` if there is nothing.
    fn close_top(&mut self) -> bool {
        match self.mode() {
            Mode::NoteBox => self.keep_note(),
            Mode::Prompt => self.cancel_prompt(),
            Mode::LinkHints => self.hide_link_hints(),
            Mode::Popup => self.popup = None,
            Mode::SearchPrompt | Mode::SearchResults => self.search.is_open = false,
            Mode::Facets => self.leave_facets(),
            Mode::List | Mode::Article => return false,
        }
        true
    }

    fn toggle_alone(&mut self) {
        let has_room = self.settings.area.columns >= TWO_PANES;
        if self.layout.list.is_none() && !self.is_alone && has_room {
            return self.set_status_with(
                tr!("The list has no room beside both languages"),
                &[message!("{both-languages} shows one")],
            );
        }
        self.is_alone = !self.is_alone;
        self.set_focus(Focus::Article);
    }

    fn switch_language(&mut self) {
        let is_uncertain = self.page.as_ref().is_some_and(Page::is_uncertain);
        self.prefer_language(self.settings.language.other());
        if is_uncertain {
            self.say_uncertain();
        }
        if let Some(page) = self
            .page
            .as_ref()
            .filter(|page| page.side() != self.settings.language)
        {
            self.set_status(tr!(
                "This article is in {language} only",
                language = translated(page.side().name())
            ));
        }
        self.open_selected();
    }

    fn sort(&mut self) {
        self.list.sort_next();
        self.set_status(tr!(
            "Sorted by {order}",
            order = translated(self.list.order().name())
        ));
        self.open_selected();
    }

    /// The page of the day of the selected article; from that page, back to all articles.
    fn toggle_day(&mut self) {
        let entries = self.list.entries();
        let selected = self.list.selected().and_then(|id| entries.day(id));
        match (self.list.day(), selected.or(self.settings.today)) {
            (Some(_), _) => self.end_filter(true),
            (None, Some(day)) => {
                self.open_day(day);
                self.list.keep_selected_in_filter();
            }
            (None, None) => self.set_status(tr!("The article has no date")),
        }
    }

    fn open_day(&mut self, day: Date) {
        let text = format!("date:{day}");
        if let Ok(query) = Query::parse(&text) {
            self.set_filter(&text, query);
            self.show_list();
        }
    }

    /// The page of the day some days with articles before or after.
    fn step_days(&mut self, by: isize) {
        let entries = self.list.entries();
        let selected = self.list.selected().and_then(|id| entries.day(id));
        let Some(start) = self.list.day().or(selected) else {
            return self.set_status(tr!("The article has no date"));
        };
        let days = (0..by.unsigned_abs()).scan(start, |day, _| {
            *day = self.list.neighbouring_day(*day, by > 0)?;
            Some(*day)
        });
        match days.last() {
            Some(day) => self.open_day(day),
            None if by > 0 => self.set_status(tr!("No later day has articles")),
            None => self.set_status(tr!("No earlier day has articles")),
        }
    }

    fn refresh(&mut self) {
        self.request(Request::Refresh);
        self.progress.is_finished = false;
        self.set_status(tr!("Reading all files again"));
    }

    /// Narrows the lines, from the width that they really have.
    fn narrow_lines(&mut self) {
        let measure = self.settings.measure;
        let shown = self.line_width().min(measure);
        self.settings.measure = shown
            .saturating_sub(MEASURE_STEP)
            .max(LEAST_MEASURE.min(measure));
        self.arrange();
        self.set_status(tr!("Lines of {count} columns", count = self.line_width()));
    }

    /// Widens the lines, unless the pane has no room for more.
    fn widen_lines(&mut self) {
        if self.line_width() >= self.settings.measure {
            self.settings.measure = (self.settings.measure + MEASURE_STEP).min(MOST_MEASURE);
        }
        self.arrange();
        let shown = self.line_width();
        self.set_status(if shown < self.settings.measure {
            tr!("Lines of {count} columns, the whole pane", count = shown)
        } else {
            tr!("Lines of {count} columns", count = shown)
        });
    }

    fn line_width(&self) -> u16 {
        self.page
            .as_ref()
            .map_or(self.settings.measure, Page::columns)
    }

    fn toggle_density(&mut self) {
        let is_roomy = !self.is_list_roomy();
        self.settings.is_roomy = Some(is_roomy);
        self.arrange();
        self.set_status(if is_roomy {
            tr!("Roomy list: source and tags under each title")
        } else {
            tr!("Dense list: one row for each article")
        });
    }

    fn step_divider(&mut self, by: isize) {
        if self.layout.rule.is_none() {
            return self.set_status(tr!(
                "The divider can be moved where list and article are shown"
            ));
        }
        let by = by.saturating_mul(DIVIDER_STEP.into()).clamp(-999, 999) as i16;
        self.move_divider(self.list_columns().saturating_add_signed(by));
        self.set_status(tr!("List of {count} columns", count = self.list_columns()));
    }

    /// Gives the list some columns, as far as the screen allows.
    pub(super) fn move_divider(&mut self, columns: u16) {
        self.settings.list_columns = Some(columns);
        self.settings.list_columns = Some(self.list_columns());
        self.arrange();
    }

    /// Shows pinyin, glosses, both or neither above the text.
    fn cycle_readings(&mut self) {
        let settings = &mut self.settings;
        (settings.pinyin, settings.gloss) = match (settings.pinyin, settings.gloss) {
            (false, false) => (true, false),
            (true, false) => (false, true),
            (false, true) => (true, true),
            (true, true) => (false, false),
        };
        let is_english = self
            .page
            .as_ref()
            .is_some_and(|page| page.side() == Language::English);
        self.set_status(match (self.settings.pinyin, self.settings.gloss) {
            (true, false) if is_english => tr!("Pinyin (shown with Chinese)"),
            (true, false) => tr!("Pinyin"),
            (false, true) => tr!("Glosses over hard words"),
            (true, true) => tr!("Pinyin and glosses"),
            (false, false) => tr!("No pinyin, no glosses"),
        });
        self.arrange();
    }

    /// Shows Chinese in the script in which the open article is not shown now.
    fn switch_script(&mut self) {
        let Some(page) = &self.page else { return };
        let Some(written) = script_of(page.chinese()) else {
            return self.set_status(tr!("The script of this article is not known"));
        };
        self.settings.script = Some(match page.shown_script().unwrap_or(written) {
            Script::Simplified => self.settings.set.traditional.into(),
            _ => Script::Simplified,
        });
        self.arrange();
        let shown = self.page.as_ref().and_then(Page::shown_script);
        self.set_status(match shown {
            Some(script) => tr!(
                "Chinese is shown as {script}",
                script = translated(script.name())
            ),
            None => tr!("Chinese is shown as it is written").to_owned(),
        });
    }

    fn toggle_mouse(&mut self) {
        self.settings.mouse = !self.settings.mouse;
        self.emit(Effect::CaptureMouse(self.settings.mouse));
        if self.settings.mouse {
            self.set_status(tr!("Mouse captured"));
        } else {
            self.set_status_with(
                tr!("Mouse released to the terminal"),
                &[message!("{mouse} recaptures it")],
            );
        }
    }

    fn find(&mut self) {
        match self.focus() {
            Focus::List => {
                self.open_prompt(PromptKind::Filter);
                self.request(Request::WarmUp);
            }
            Focus::Article if self.page.is_some() => {
                self.remember_jump();
                self.open_prompt(PromptKind::Find);
            }
            Focus::Article => {}
        }
    }
}

/// Motions in the list and on the page.
impl Model {
    fn move_in_list(&mut self, motion: Motion, count: Option<u32>) {
        match (motion, count) {
            (Motion::End, Some(count)) => self.list.select((count as usize).saturating_sub(1)),
            _ => self.list.go(motion.times(count)),
        }
        self.open_selected();
    }

    /// Selects the articles up to a position, together with those that are selected.
    pub(super) fn extend_to(&mut self, position: usize) {
        self.list.extend_to(position);
        self.open_selected();
    }

    fn move_on_page(&mut self, motion: Motion, count: Option<u32>) {
        let is_at_end = self.page.as_ref().is_some_and(Page::is_at_end);
        if motion == Motion::Pages(1) && count.is_none() && is_at_end && !self.is_single() {
            self.finish_article();
            self.go_to_unread(1);
        } else if let Some(page) = &mut self.page {
            page.go(motion.times(count));
        }
    }

    fn step_headings(&mut self, by: isize) {
        if let Some(page) = &mut self.page
            && !page.step_headings(by)
        {
            self.set_status(if by > 0 {
                tr!("No heading below")
            } else {
                tr!("No heading above")
            });
        }
    }

    /// Goes to another match of the find, or without a find to another unread article.
    fn go_to_match(&mut self, by: isize) {
        if self.page.as_ref().and_then(Page::needle).is_none() {
            if !self.step_walk(by) {
                self.go_to_unread(by);
            }
            return;
        }
        let Some(page) = &mut self.page else { return };
        if !page.go_to_match(by) {
            self.say_if_not_found();
        } else if page.is_parallel() && page.is_uncertain() {
            self.say_uncertain();
        }
    }

    /// Says that a find matches nothing, and how often it would in the other language.
    pub(super) fn say_if_not_found(&mut self) {
        let Some(NoMatch {
            needle,
            language,
            elsewhere,
        }) = self.page.as_ref().and_then(Page::no_match)
        else {
            return;
        };
        let keys = &self.settings.keys;
        let status = match keys.key_of("switch-language", keymap::ARTICLE) {
            Some(key) if elsewhere > 0 => tr!(
                "Not found in {language}: {needle} · {key}: {matches} in {other}",
                language = translated(language.name()),
                needle = needle,
                key = key,
                matches = many(elsewhere, "match"),
                other = translated(language.other().name())
            ),
            _ => tr!("Not found: {needle}", needle = needle),
        };
        self.set_status(status);
    }

    /// Goes some unread articles on or back.
    fn go_to_unread(&mut self, by: isize) {
        let Some((position, is_around)) = self.list.unread_from(by) else {
            return self.set_status(tr!("No other article is unread"));
        };
        self.list.select(position);
        self.open_selected();
        if let Some(entry) = self.list.selected().and_then(|id| self.list.entry(id)) {
            let title = entry.titles.in_language(self.settings.language);
            self.set_status(match (is_around, by > 0) {
                (false, _) => tr!("Unread: {title}", title = title),
                (true, true) => tr!("On from the top, unread: {title}", title = title),
                (true, false) => tr!("On from the end, unread: {title}", title = title),
            });
        }
    }
}
