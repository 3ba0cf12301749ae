//! jianbao 简报: read bilingual digests in a terminal.

fn main() {}
