use proptest::prelude::*;

use super::*;

/// An event that can be compared.
#[derive(Clone, Debug, PartialEq)]
enum Input {
    Key(Key),
    Paste(String),
    Mouse(Mouse),
    Background(Background),
    ColourScheme(Background),
    UnderlineStyles,
    Attributes(bool),
    Graphics(GraphicsAnswer),
}

fn input(event: Event) -> Input {
    match event {
        Event::Message(Message::Key(key)) => Input::Key(key),
        Event::Message(Message::Paste(text)) => Input::Paste(text),
        Event::Message(Message::Mouse(mouse)) => Input::Mouse(mouse),
        Event::Background(background) => Input::Background(background),
        Event::ColourScheme(scheme) => Input::ColourScheme(scheme),
        Event::UnderlineStyles => Input::UnderlineStyles,
        Event::Attributes { is_sixel } => Input::Attributes(is_sixel),
        Event::Graphics(answer) => Input::Graphics(answer),
        other => panic!("{other:?} does not come from a terminal"),
    }
}

fn decode(pieces: &[&[u8]]) -> Vec<Input> {
    let (mut decoder, mut inputs) = (Decoder::default(), Vec::new());
    for piece in pieces {
        decoder.feed(piece, &mut |event| inputs.push(input(event)));
    }
    decoder.pause(&mut |event| inputs.push(input(event)));
    assert_eq!(
        decoder.timeout(),
        None,
        "nothing is unfinished after a pause"
    );
    inputs
}

fn keys(bytes: &[u8]) -> Vec<Key> {
    let key = |input| match input {
        Input::Key(key) => key,
        other => panic!("{other:?} is no key"),
    };
    decode(&[bytes]).into_iter().map(key).collect()
}

fn alt(c: char) -> Key {
    Key {
        alt: true,
        ..Key::char(c)
    }
}

#[test]
fn characters_of_every_length() {
    let expected: Vec<Key> = "jé？中𠮷".chars().map(Key::char).collect();
    assert_eq!(keys("jé？中𠮷".as_bytes()), expected);
}

#[test]
fn control_keys() {
    use Code::{Backspace, Enter, Esc, Tab};
    assert_eq!(
        keys(b"\t\r\n\x7f\x08"),
        [Tab, Enter, Enter, Backspace, Backspace].map(Key::plain)
    );
    assert_eq!(
        keys(b"\x03\x04\x1a\0\x1c"),
        ['c', 'd', 'z', ' ', '\\'].map(Key::ctrl)
    );
    assert_eq!(keys(b"\x1b"), [Key::plain(Esc)]);
    assert_eq!(keys(b"\x1b\x1b"), [Key::plain(Esc), Key::plain(Esc)]);
    assert_eq!(keys(b"\x1bx\x1b\xe4\xb8\xad"), [alt('x'), alt('中')]);
    assert_eq!(keys(b"\x1b\x03"), [Key::plain(Code::Esc), Key::ctrl('c')]);
    assert_eq!(keys(b"\x1b["), [alt('[')]);
    assert_eq!(keys(b"\x1bO"), [alt('O')]);
}

#[test]
fn cursor_and_editing_keys_in_all_dialects() {
    use Code::{
        BackTab, Delete, Down, End, Home, Left, PageDown, PageUp, Right, ShiftDown, ShiftUp, Up,
    };
    assert_eq!(
        keys(b"\x1b[A\x1b[B\x1b[C\x1b[D"),
        [Up, Down, Right, Left].map(Key::plain)
    );
    assert_eq!(keys(b"\x1bOA\x1bOH\x1bOF"), [Up, Home, End].map(Key::plain));
    assert_eq!(
        keys(b"\x1b[H\x1b[1~\x1b[7~\x1b[F\x1b[4~\x1b[8~"),
        [Home, Home, Home, End, End, End].map(Key::plain)
    );
    assert_eq!(
        keys(b"\x1b[3~\x1b[5~\x1b[6~\x1b[Z"),
        [Delete, PageUp, PageDown, BackTab].map(Key::plain)
    );
    assert_eq!(
        keys(b"\x1b[1;5A"),
        [Key {
            code: Up,
            ctrl: true,
            alt: false
        }]
    );
    assert_eq!(
        keys(b"\x1b[1;2A\x1b[1;2B\x1b[1;2C"),
        [ShiftUp, ShiftDown, Right].map(Key::plain)
    );
    assert_eq!(
        keys(b"\x1b[6;3~"),
        [Key {
            code: PageDown,
            ctrl: false,
            alt: true
        }]
    );
}

#[test]
fn keys_by_code_point() {
    assert_eq!(
        keys(b"\x1b[99;5u\x1b[27;5;100~"),
        [Key::ctrl('c'), Key::ctrl('d')]
    );
    assert_eq!(
        keys(b"\x1b[103;2u\x1b[9;2u\x1b[13u"),
        [
            Key::char('G'),
            Key::plain(Code::BackTab),
            Key::plain(Code::Enter)
        ]
    );
    assert_eq!(
        keys(b"\x1b[106;1:3u\x1b[57358u"),
        [],
        "releases and unknown keys are dropped"
    );
}

#[test]
fn a_sequence_in_two_parts_is_one_key() {
    assert_eq!(
        decode(&[b"\x1b", b"[", b"A"]),
        [Input::Key(Key::plain(Code::Up))]
    );
    assert_eq!(
        decode(&[b"\xe4", b"\xb8", b"\xad"]),
        [Input::Key(Key::char('中'))]
    );
}

#[test]
fn a_paste_is_one_input_whatever_it_holds() {
    let pasted = Input::Paste("中\x1b[A\nq".into());
    assert_eq!(
        decode(&["\x1b[200~中\x1b[A\nq\x1b[201~j".as_bytes()]),
        [pasted.clone(), Input::Key(Key::char('j'))]
    );
    assert_eq!(
        decode(&[b"\x1b[200~", "中\x1b[A\nq\x1b[20".as_bytes(), b"1~"]),
        [pasted]
    );
    assert_eq!(
        decode(&[b"\x1b[200~never ended"]),
        [Input::Paste("never ended".into())]
    );
}

#[test]
fn a_huge_paste_is_cut_and_keys_work_after_it() {
    let mut bytes = b"\x1b[200~".to_vec();
    bytes.resize(3 << 20, b'x');
    bytes.extend_from_slice(b"\x1b[201~q");
    let inputs = decode(&bytes.chunks(4096).collect::<Vec<_>>());
    assert!(matches!(&inputs[0], Input::Paste(text) if text.len() == MOST_PASTE));
    assert_eq!(inputs[1..], [Input::Key(Key::char('q'))]);
}

#[test]
fn the_mouse() {
    let mouse = |kind, column, row| Input::Mouse(Mouse { kind, column, row });
    assert_eq!(
        decode(&[b"\x1b[<0;1;1M\x1b[<32;2;1M\x1b[<0;1;1m\x1b[<64;200;50M\x1b[<65;3;4M"]),
        [
            mouse(MouseKind::Press, 0, 0),
            mouse(MouseKind::Drag, 1, 0),
            mouse(MouseKind::Release, 0, 0),
            mouse(MouseKind::WheelUp, 199, 49),
            mouse(MouseKind::WheelDown, 2, 3)
        ]
    );
    assert_eq!(
        decode(&[b"\x1b[<4;1;1M\x1b[<36;2;1M\x1b[<4;2;1m\x1b[<16;1;1M"]),
        [
            mouse(MouseKind::ShiftPress, 0, 0),
            mouse(MouseKind::Drag, 1, 0),
            mouse(MouseKind::Release, 1, 0),
            mouse(MouseKind::Press, 0, 0)
        ]
    );
    assert_eq!(
        decode(&[b"\x1b[<2;1;1M\x1b[<35;1;1M\x1b[<0;0;0M\x1b[<1;1M\x1b[M !!"]),
        []
    );
}

#[test]
fn answers_are_never_taken_for_keys() {
    use Background::{Dark, Light};
    let answer = |bytes: &[u8]| decode(&[bytes]);
    assert_eq!(
        answer(b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\"),
        [Input::Background(Light)]
    );
    assert_eq!(
        answer(b"\x1b]11;rgb:1e/1e/2e\x07"),
        [Input::Background(Dark)]
    );
    assert_eq!(
        answer(b"\x1b]11;rgba:fd/f6/e3/ff\x07"),
        [Input::Background(Light)]
    );
    for styles in [
        &b"\x1bP1+r536d756c78=5c455b343a25703125646d\x1b\\"[..],
        b"\x1bP1+r536D756C78\x1b\\",
    ] {
        assert_eq!(answer(styles), [Input::UnderlineStyles]);
    }
    assert_eq!(answer(b"\x1b[?62;c"), [Input::Attributes(false)]);
    assert_eq!(answer(b"\x1b[?62;4;22c"), [Input::Attributes(true)]);
    assert_eq!(answer(b"\x1b[?997;1n"), [Input::ColourScheme(Dark)]);
    assert_eq!(answer(b"\x1b[?997;2n"), [Input::ColourScheme(Light)]);
    assert_eq!(
        decode(&[b"\x1b]11;rgb:0/0", b"/0\x1b", b"\\q"]),
        [Input::Background(Dark), Input::Key(Key::char('q'))]
    );
    for silent in [
        &b"\x1b]11;what\x07"[..],
        b"\x1b]52;c;cQ==\x07",
        b"\x1bP1$r0m\x1b\\",
        b"\x1bP0+r536D756C78\x1b\\",
        b"\x1bP1+r544e=787465726d\x1b\\",
        b"\x1b[?2026;2$y",
        b"\x1b[?997;3n",
        b"\x1b[?997n",
        b"\x1b[I",
    ] {
        assert_eq!(answer(silent), [], "{silent:?}");
    }
    assert_eq!(
        answer(b"\x1b]broken\x1b[A"),
        [Input::Key(Key::plain(Code::Up))]
    );
}

#[test]
fn a_string_without_end_gives_way_to_keys() {
    let endless = [b"\x1b]".to_vec(), vec![b'x'; 2 * MOST_SEQUENCE]].concat();
    let mut decoder = Decoder::default();
    for piece in endless.chunks(1024) {
        decoder.feed(piece, &mut |_| ());
    }
    assert!(decoder.buffer.len() <= MOST_SEQUENCE);
    assert_eq!(decode(&[b"\x1b]11;unfinished"]), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_in_any_pieces_decode_alike(
        bytes in proptest::collection::vec(prop_oneof![Just(0x1b_u8), Just(b'['), Just(b']'), Just(b';'), Just(b'~'), any::<u8>()], 0..64),
        piece in 1_usize..8,
    ) {
        let pieces: Vec<&[u8]> = bytes.chunks(piece).collect();
        prop_assert_eq!(decode(&pieces), decode(&[&bytes]));
    }
}

#[test]
fn answers_about_pictures_are_read() {
    let graphics = |answer| [Input::Graphics(answer)];
    let cell = CellSize {
        width: 9,
        height: 18,
    };
    for (bytes, answer) in [
        (&b"\x1b_Gi=31;OK\x1b\\"[..], GraphicsAnswer::Kitty),
        (b"\x1b_Gi=32;OK\x1b\\", GraphicsAnswer::KittyZlib),
        (b"\x1b[6;18;9t", GraphicsAnswer::Cell(cell)),
        (
            b"\x1bP>|foot(1.16)\x1b\\",
            GraphicsAnswer::Name("foot(1.16)".into()),
        ),
    ] {
        assert_eq!(decode(&[bytes]), graphics(answer.clone()));
        assert_eq!(decode(&[&bytes[..4], &bytes[4..]]), graphics(answer));
    }
    for bytes in [
        &b"\x1b_Gi=31;ENOTSUPPORTED\x1b\\"[..],
        b"\x1b[6;0;0t",
        b"\x1b[6;99999;1t",
        b"\x1b[4;600;800t",
    ] {
        assert_eq!(decode(&[bytes]), []);
    }
}
