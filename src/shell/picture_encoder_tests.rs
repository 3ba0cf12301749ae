use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

use ratatui::style::Color;

use super::*;
use crate::reader::CellSize;
use crate::view::strip_of;

/// A picture that is red above and blue below, as a file.
fn flag(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let colour = |y| {
        if y < height / 2 {
            [255, 0, 0]
        } else {
            [0, 0, 255]
        }
    };
    let image = RgbImage::from_fn(width, height, |_, y| Rgb(colour(y)));
    let mut bytes = Vec::new();
    let written = image.write_to(&mut Cursor::new(&mut bytes), format);
    written.unwrap();
    bytes
}

fn encoding(protocol: GraphicsProtocol) -> Encoding {
    Encoding {
        protocol,
        cell: CellSize {
            width: 10,
            height: 20,
        },
        is_tmux: false,
        background: Background::Dark,
    }
}

fn encoded(protocol: GraphicsProtocol, size: [u16; 2]) -> EncodedPicture {
    let image = decode(&flag(40, 40, ImageFormat::Png), Some([40, 40])).unwrap();
    encode(&image, size, encoding(protocol), 0x01_0203).unwrap()
}

#[test]
fn the_four_formats_are_decoded() {
    for format in [
        ImageFormat::Png,
        ImageFormat::Gif,
        ImageFormat::WebP,
        ImageFormat::Jpeg,
    ] {
        let image = decode(&flag(6, 4, format), Some([6, 4])).unwrap().to_rgb8();
        let [red, _, blue] = image.get_pixel(3, 0).0;
        assert!(red > 200 && blue < 60, "{format:?}");
    }
}

#[test]
fn what_lies_about_its_size_is_broken_off_or_claims_too_much_is_refused() {
    let bytes = flag(60, 40, ImageFormat::Png);
    assert!(decode(&bytes, Some([60, 41])).is_none());
    assert!(decode(&bytes, Some([6, 4])).is_none());
    assert!(decode(&bytes[..bytes.len() / 2], Some([60, 40])).is_none());
    assert!(decode(b"", Some([1, 1])).is_none());
    // A header of 60,000 by 60,000 pixels over the data of a few.
    let mut bomb = bytes;
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    assert!(decode(&bomb, Some([60_000, 60_000])).is_none());
}

#[test]
fn half_blocks_have_the_colours_of_the_picture() {
    let picture = encoded(GraphicsProtocol::HalfBlocks, [4, 2]);
    let (first, last) = (&picture.cells.cells[0], &picture.cells.cells[7]);
    let is_red = |colour| matches!(colour, Color::Rgb(200.., 0, 0..=60));
    let is_blue = |colour| matches!(colour, Color::Rgb(0..=60, 0, 200..));
    assert!(is_red(first.bg) && is_blue(last.bg), "{first:?} {last:?}");
    assert!(picture.pieces.is_empty() && picture.strips.is_empty());
}

#[test]
fn kittys_picture_is_sent_apart_from_its_placeholders() {
    let picture = encoded(GraphicsProtocol::Kitty { compressed: true }, [4, 2]);
    let [piece] = &picture.pieces[..] else {
        panic!("one piece")
    };
    assert!(piece.starts_with("\x1b_G") && piece.contains("i=66051") && piece.contains("o=z"));
    let cells = &picture.cells.cells;
    assert_eq!(cells.len(), 8);
    for cell in cells {
        assert!(
            cell.symbol().starts_with(PLACEHOLDER),
            "{:?}",
            cell.symbol()
        );
        assert!(!cell.symbol().chars().any(char::is_control));
    }
}

#[test]
fn a_large_picture_is_sent_in_pieces_of_whole_sequences() {
    let image = DynamicImage::new_rgb8(600, 600);
    let how = encoding(GraphicsProtocol::Kitty { compressed: false });
    for is_tmux in [false, true] {
        let how = Encoding { is_tmux, ..how };
        let picture = encode(&image, [60, 30], how, 0x01_0000).unwrap();
        assert!(picture.pieces.len() > 10);
        let start = if is_tmux { "\x1bPtmux;" } else { "\x1b_G" };
        for piece in &picture.pieces {
            assert!(piece.starts_with(start) && piece.ends_with("\x1b\\"));
            assert!(piece.len() < 2 * PIECE);
        }
        assert!(
            picture.pieces.last().unwrap().contains("a=T"),
            "the first one"
        );
    }
}

#[test]
fn strips_of_sixel_end_where_a_band_ends() {
    // 20 rows of pixels a row: three rows are ten bands.
    let picture = encoded(GraphicsProtocol::Sixel, [4, 7]);
    assert_eq!(picture.strips.len(), 3);
    let first = |row: usize| strip_of(&picture.cells.cells[row * 4]);
    assert_eq!(
        [first(0), first(1), first(3)],
        [Some(0x01_0203), None, Some(0x01_0204)]
    );
    assert!(picture.strips.iter().all(|(_, it)| it.contains("\x1bP")));
    let picture = encoded(GraphicsProtocol::Iterm2, [4, 7]);
    assert_eq!(picture.strips.len(), 7);
    assert!(
        picture
            .strips
            .iter()
            .all(|(_, it)| it.contains("]1337;File=inline=1"))
    );
}
