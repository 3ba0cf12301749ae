mod corpus;

use super::*;

/// Splits a body without titles, from line 1.
fn split_text(body: &str) -> Split {
    split(body.into(), 1, &[])
}

/// Checks the "nothing lost" rule: every line with text in it is in a section, or is one of the few that may be left out.
fn assert_nothing_lost(body: &str, titles: &[&str]) {
    let split = split(body.into(), 1, titles);
    let outline = Outline::of(body, titles);
    let (parts, one) = match &split.sections {
        Sections::Whole { section, .. } => (section.parts.clone(), true),
        Sections::Pair { chinese, english } => ([chinese.parts.clone(), english.parts.clone()].concat(), false),
    };
    for line in crate::text::lines(body).filter(|line| !line.is_blank()) {
        let shown = parts.iter().any(|part| part.range.start < line.end && line.start < part.range.end);
        let loner = outline.loners.iter().any(|loner| loner.start.offset == line.start);
        let mark = outline.marks.iter().find(|mark| (mark.start.offset..mark.end.offset).contains(&line.start));
        let boundary = mark.is_some_and(|mark| match mark.kind {
            outline::MarkKind::Heading(_) | outline::MarkKind::Label(_) => {
                matches!(mark.name, Some(name::Name::Language { is_pure: true, .. }))
            }
            outline::MarkKind::Field => false,
            _ => true,
        });
        assert!(shown || loner || (!one && boundary), "line {} is lost: {:?}\n{body}", line.index + 1, line.text);
    }
    for part in &parts {
        assert!(!body[part.range.clone()].trim().is_empty());
        let before = crate::text::lines(body).take_while(|line| line.start <= part.range.start).count();
        assert_eq!(part.line as usize, before, "{part:?}");
    }
}
