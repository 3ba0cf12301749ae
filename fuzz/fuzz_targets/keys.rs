//! The decoder of the terminal's input: the same events in whatever pieces the bytes arrive. The
//! first byte of an input is the length of the pieces.
//!
//! The decoder is private, so its files are compiled into this target.
#![no_main]

use jianbao::{catalog, library, reader, view};
use libfuzzer_sys::fuzz_target;

use decoder::Decoder;
use event::Event;

#[path = "../../src/shell/decoder.rs"]
mod decoder;
#[path = "../../src/shell/event.rs"]
#[expect(dead_code, reason = "the decoder has no need of every event")]
mod event;

/// A stand-in: the decoder knows no signals.
mod signals {
    #[derive(Clone, Copy, Debug)]
    pub(super) enum Signal {}
}

fuzz_target!(|bytes: &[u8]| {
    let [length, bytes @ ..] = bytes else {
        return;
    };
    // The longest unfinished sequence is kept, so that nothing is dropped that depends on pieces.
    let bytes = &bytes[..bytes.len().min(4000)];
    let length = usize::from(*length).max(1);
    let whole = events(bytes, bytes.len().max(1), usize::MAX);
    assert_eq!(events(bytes, length, usize::MAX), whole);
    assert_eq!(events(bytes, 1, usize::MAX), whole);
    let _ = events(bytes, length, length / 2);
});

/// The events of bytes that arrive in pieces; after the piece `pause` nothing comes for a while.
fn events(bytes: &[u8], length: usize, pause: usize) -> Vec<String> {
    let mut decoder = Decoder::default();
    let mut events = Vec::new();
    let mut take = |event: Event| events.push(format!("{event:?}"));
    for (at, piece) in bytes.chunks(length).enumerate() {
        decoder.feed(piece, &mut take);
        if at == pause && decoder.timeout().is_some() {
            decoder.pause(&mut take);
        }
    }
    if decoder.timeout().is_some() {
        decoder.pause(&mut take);
    }
    // What is unfinished has ended.
    assert_eq!(decoder.timeout(), None);
    events
}
