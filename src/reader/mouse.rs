//! The mouse.

use super::layout::{Focus, TitledRect, sign_rect};
use super::message::{Mouse, MouseKind};
use super::model::{Mode, Model};
use super::page::Release;
use super::viewport::Motion;
use crate::text::Language;

/// The rows that one turn of the wheel scrolls.
const WHEEL_ROWS: i32 = 3;

impl Model {
    pub(super) fn on_mouse(&mut self, mouse: Mouse) {
        if mouse.kind != MouseKind::Release {
            self.hide_link_hints();
        }
        match mouse.kind {
            MouseKind::Press | MouseKind::ShiftPress => {
                self.clear_status();
                // A question that is no longer seen is not answered.
                self.is_confirming = false;
                self.end_drag();
                if mouse.kind == MouseKind::Press || !self.shift_click(mouse) {
                    self.click(mouse.column, mouse.row);
                }
            }
            MouseKind::Drag if self.is_dragging_divider => self.move_divider(mouse.column),
            MouseKind::Drag => self.drag_over_text(mouse),
            MouseKind::Release => self.release(),
            MouseKind::WheelUp => self.turn_wheel(mouse, -WHEEL_ROWS),
            MouseKind::WheelDown => self.turn_wheel(mouse, WHEEL_ROWS),
        }
    }

    fn turn_wheel(&mut self, Mouse { column, row, .. }: Mouse, rows: i32) {
        if let Some(popup) = &mut self.popup {
            popup.scroll(rows as isize);
        } else if self.search.is_open {
            self.search.scroll(rows as isize);
            self.send_queries();
        } else if let Some(facets) = self
            .facets
            .as_mut()
            .filter(|facets| facets.rect.body.contains(column, row))
        {
            facets.go(Motion::Lines(rows as isize));
        } else if self
            .layout
            .list
            .is_some_and(|list| list.body.contains(column, row))
        {
            self.list.scroll(rows as isize);
        } else if self.layout.article.is_some()
            && let Some(page) = &mut self.page
        {
            page.scroll_lines(rows);
        }
    }

    fn click(&mut self, column: u16, row: u16) {
        if self.popup.is_some() {
            // The line that searches the help.
            self.prompt = None;
            return self.click_on_popup(column, row);
        }
        if self.prompt.is_some() {
            self.accept_prompt();
        }
        if self.search.is_open {
            return self.click_on_search(column, row);
        }
        if self
            .facets
            .as_ref()
            .is_some_and(|facets| facets.rect.body.contains(column, row))
        {
            return self.click_on_facets(column, row);
        }
        if self.layout.rule == Some(column) {
            self.is_dragging_divider = true;
        } else if let Some(body) = self
            .layout
            .list
            .map(|list| list.body)
            .filter(|body| body.contains(column, row))
        {
            self.click_on_list(row - body.y);
        } else if let Some(body) = self.layout.article.map(|article| article.body)
            && body.contains(column, row)
        {
            self.click_on_article(column - body.x, row - body.y);
        } else if let Some(side) = self.language_sign_at(column, row)
            && self.page.as_ref().is_some_and(|page| page.side() != side)
        {
            self.prefer_language(side);
            self.open_selected();
        }
    }

    /// The language whose sign over the article is at a cell.
    fn language_sign_at(&self, column: u16, row: u16) -> Option<Language> {
        let title = self.layout.article?.title?;
        Language::BOTH
            .into_iter()
            .find(|&side| sign_rect(title, side).is_some_and(|sign| sign.contains(column, row)))
    }

    fn click_on_popup(&mut self, column: u16, row: u16) {
        let Some(popup) = &mut self.popup else { return };
        if !popup.frame().contains(column, row) {
            self.popup = None;
        } else if popup.body.contains(column, row)
            && popup.select_row(row)
            && let Some(action) = self.choose_in_popup()
        {
            self.execute(action, None);
        }
    }

    /// Selects the match, or opens it if it was selected.
    fn click_on_search(&mut self, column: u16, row: u16) {
        let body = self.search.body();
        if !body.contains(column, row) {
            let is_on_line = self.search.area.contains(column, row);
            self.search.is_typing |= is_on_line;
        } else if let Some(item) = self.search.item_at_row(row - body.y)
            && !self.search.select(item)
        {
            self.open_hit();
        }
    }

    /// Selects the row, or chooses it if it was selected.
    fn click_on_facets(&mut self, column: u16, row: u16) {
        let Some(facets) = &mut self.facets else {
            return;
        };
        let before = facets.choice();
        if facets.select_cell(column, row) && facets.choice() == before {
            self.choose_facet();
        }
    }

    /// Selects the article, or gives it the focus if it was selected.
    fn click_on_list(&mut self, row: u16) {
        let Some(position) = self.list.entry_at_row(row) else {
            return;
        };
        if self.focus() == Focus::List && self.list.position() == position {
            return self.set_focus(Focus::Article);
        }
        self.list.select(position);
        self.set_focus(Focus::List);
        self.open_selected();
    }

    /// Selects the articles up to the one under the mouse; `false` if there is none.
    fn shift_click(&mut self, Mouse { column, row, .. }: Mouse) -> bool {
        let list = self.layout.list.map(|list| list.body);
        let body = list.filter(|body| self.mode() == Mode::List && body.contains(column, row));
        let position = body.and_then(|body| self.list.entry_at_row(row - body.y));
        if let Some(position) = position {
            self.extend_to(position);
        }
        position.is_some()
    }

    fn click_on_article(&mut self, column: u16, row: u16) {
        let before = self.layout.article;
        self.set_focus(Focus::Article);
        let article = self
            .layout
            .article
            .filter(|_| self.layout.article == before);
        // If the list made room, other rows are under the mouse now.
        let Some(TitledRect { body, .. }) = article else {
            return;
        };
        let Some(page) = &mut self.page else { return };
        if column + 1 == body.columns && page.bar() != (0.0, 1.0) {
            return page.go_to_share(f32::from(row) / f32::from(body.rows.max(2) - 1));
        }
        page.select_row(row);
        page.press(column, row);
    }

    /// Selects text of the article from where the button was pressed; beyond its upper or lower edge
    /// the page scrolls.
    fn drag_over_text(&mut self, Mouse { column, row, .. }: Mouse) {
        let body = self.layout.article.unwrap_or_default().body;
        let is_above = row < body.y.max(1);
        let is_below = row >= body.y + body.rows;
        let row = row.clamp(body.y, body.y + body.rows.max(1) - 1);
        if let Some(page) = &mut self.page {
            let scrolls = i32::from(is_below) - i32::from(is_above);
            page.drag(column.saturating_sub(body.x), row - body.y, scrolls);
        }
    }

    /// Forgets what the mouse holds.
    pub(super) fn end_drag(&mut self) {
        self.is_dragging_divider = false;
        if let Some(page) = &mut self.page {
            page.end_press();
        }
    }

    /// Follows the link that was clicked, or copies what was selected.
    fn release(&mut self) {
        self.is_dragging_divider = false;
        let Some(page) = &mut self.page else { return };
        match page.release() {
            Some(Release::Click(column, row)) => {
                if let Some(link) = page.link_at(column, row) {
                    self.follow_link(link);
                } else if let Some((source, link)) = page.picture_at(column, row) {
                    self.enlarge_picture(source, link);
                }
            }
            Some(Release::Text(text)) => self.copy_text(text),
            None => {}
        }
    }
}
