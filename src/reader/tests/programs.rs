//! Other programs: what they are given, and what is shown of them.

use super::support::Script;
use crate::reader::popup::PopupKind;
use crate::reader::{Effect, Message, Program};
use crate::settings::{Loaded, SettingSources};

pub(super) fn program(script: &mut Script) -> Option<Program> {
    script.took().into_iter().find_map(|effect| match effect {
        Effect::Run(program) => Some(program),
        _ => None,
    })
}

pub(super) fn set(script: &mut Script, file: &str) {
    let sources = SettingSources {
        file: Some(file.into()),
        ..SettingSources::default()
    };
    let loaded = sources.load(&Loaded::default());
    assert_eq!(loaded.problems, []);
    script.tell(Message::Settings(loaded.settings));
}

#[test]
fn an_article_or_a_paragraph_goes_to_a_command_and_its_output_is_shown() {
    let mut script = Script::cranes(100, 30);
    script.keys("|wc -l '; x'<enter>");
    let wc = program(&mut script).unwrap();
    assert_eq!(wc.words, ["wc", "-l", "; x"]);
    assert!(
        wc.input.starts_with("# 鹤群回到湿地\n") && wc.input.contains("- ")
            || wc.input.contains("1. ")
    );
    assert_eq!(script.notice(), "Running wc -l '; x' · Esc ends it");
    script.tell(Message::Output(Ok("42 \u{1b}[1mlines\n".into())));
    let popup = script.model.popup.as_ref().unwrap();
    assert_eq!(
        (popup.kind, popup.title()),
        (PopupKind::Output, "wc -l '; x'")
    );
    let line = popup.lines().next().unwrap().0;
    assert!(line.text.starts_with("42") && !line.text.contains('\u{1b}'));
    script.keys("y");
    assert!(matches!(&script.took()[..], [Effect::Copy(text)] if text.starts_with("42")));
    // Tab gives it the paragraph; the last command is proposed.
    script.keys("<esc>}|<tab><enter>");
    let wc = program(&mut script).unwrap();
    assert_eq!(wc.words[0], "wc");
    assert_eq!(wc.input, format!("{}\n", script.current()));
}

#[test]
fn a_command_that_runs_can_be_ended_and_its_end_is_told() {
    let mut script = Script::cranes(100, 30);
    script.keys("|sleep 99<enter>|sleep 1<enter>");
    assert_eq!(script.notice(), "Another command is running · Esc ends it");
    script.keys("<esc>");
    assert_eq!(script.took().last(), Some(&Effect::EndCommand));
    assert!(script.is_in_article(), "Esc did only this");
    script.tell(Message::Output(Ok("late".into())));
    assert!(script.model.popup.is_none());
    script.keys("|'<enter>");
    assert_eq!(script.notice(), "Not a command: '");
    script.keys("|true<enter>");
    script.tell(Message::Output(Ok("\n".into())));
    assert_eq!(script.notice(), "Done: true");
    script.keys("|no<enter>");
    script.tell(Message::Output(Err("No program no".into())));
    assert_eq!(script.notice(), "No program no");
}

#[test]
fn words_are_looked_up_and_articles_shared_as_the_settings_say() {
    let mut script = Script::cranes(100, 30);
    script.keys("w");
    assert!(
        script
            .notice()
            .starts_with("Set lookup_command in the settings first")
    );
    script.keys("@");
    assert_eq!(
        script.notice(),
        "Name commands under [share] in the settings first"
    );
    set(
        &mut script,
        "lookup_command = \"sdcv -n\"\n[share]\nmail = \"mail -s '{title}: {link}' {file}\"\n",
    );
    script.keys("w芦苇; ls<enter>");
    assert_eq!(
        program(&mut script).unwrap().words,
        ["sdcv", "-n", "芦苇; ls"]
    );
    script.tell(Message::Output(Ok("reed".into())));
    script.keys("<esc>@<enter>");
    let mail = program(&mut script).unwrap();
    assert_eq!(
        mail.words,
        [
            "mail",
            "-s",
            "鹤群回到湿地: https://example.org/cranes",
            "{file}"
        ]
    );
    assert_eq!(mail.file.as_deref(), Some("0.md".as_ref()));
}

#[test]
fn the_folder_of_the_file_is_opened() {
    let mut script = Script::cranes(100, 30);
    script.keys("O");
    assert_eq!(
        script.took().last(),
        Some(&Effect::OpenFolder("0.md".into()))
    );
}
