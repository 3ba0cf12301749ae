//! From the bytes of a picture to cells, and to what the terminal draws in their place.

use std::io::Cursor;
use std::sync::Arc;

use image::{DynamicImage, ImageDecoder, ImageReader, Limits, Rgba, RgbaImage, imageops};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::widgets::Widget;
use ratatui_image::protocol::Protocol;
use ratatui_image::protocol::halfblocks::Halfblocks;
use ratatui_image::protocol::iterm2::Iterm2;
use ratatui_image::protocol::kitty::Kitty;
use ratatui_image::protocol::sixel::Sixel;
use ratatui_image::{FilterType, FontSize, Image, Resize};

use super::graphics::{EncodedPicture, Encoding, GraphicsProtocol};
use crate::view::{Background, PictureCells};

/// The most that a picture takes while it is decoded, in bytes: 24 megapixels of 8 bytes.
const MOST_DECODED: u64 = 192 << 20;
/// The most bytes of a picture that are sent at once: between two pieces keys are read.
const PIECE: usize = 64 << 10;
/// The placeholder of kitty's protocol, before which a picture is sent.
const PLACEHOLDER: char = '\u{10eeee}';
/// The rows of pixels of a band of sixel.
const BAND: u16 = 6;

/// Decodes a picture of a known size, with its orientation; of several frames the first. None if it is not one.
pub(super) fn decode(bytes: &[u8], pixels: Option<[u32; 2]>) -> Option<DynamicImage> {
    let [width, height] = pixels?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(width);
    limits.max_image_height = Some(height);
    limits.max_alloc = Some(MOST_DECODED);
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .ok()?;
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    if decoder.dimensions() != (width, height) {
        return None;
    }
    let orientation = decoder.orientation().ok();
    let mut image = DynamicImage::from_decoder(decoder).ok()?;
    if let Some(orientation) = orientation {
        image.apply_orientation(orientation);
    }
    Some(image)
}

/// Encodes a picture for its columns and rows; its strips are numbered from a number on.
pub(super) fn encode(
    image: &DynamicImage,
    size: [u16; 2],
    encoding: Encoding,
    number: u32,
) -> Option<EncodedPicture> {
    let [columns, rows] = size;
    let (cell, is_tmux) = (encoding.cell, encoding.is_tmux);
    let font = FontSize::new(cell.width, cell.height);
    let resize = Resize::Scale(Some(FilterType::Triangle));
    let fitted = |rows| resize.resize(image, font, Size::new(columns, rows), None);
    let strips = |strip_rows: u16,
                  image: DynamicImage,
                  encode: &dyn Fn(DynamicImage, Size) -> Option<Protocol>| {
        let mut strips = Vec::new();
        for (first, number) in (0..rows).step_by(strip_rows.into()).zip(number..) {
            let size = Size::new(columns, strip_rows.min(rows - first));
            let height = u32::from(cell.height);
            let (y, height) = (u32::from(first) * height, u32::from(size.height) * height);
            let part = image.crop_imm(0, y, image.width(), height);
            let buffer = rendered(&encode(part, size)?, size);
            strips.push((number, Arc::from(buffer.content.first()?.symbol())));
        }
        let numbers = strips.iter().map(|(number, _)| *number);
        Some(EncodedPicture {
            cells: PictureCells::of_strips(size, strip_rows, numbers),
            pieces: Vec::new(),
            is_begun: false,
            strips,
            number: None,
        })
    };
    let whole = Size::new(columns, rows);
    match encoding.protocol {
        GraphicsProtocol::Kitty { compressed } => {
            let kitty = Kitty::new(fitted(rows), whole, number, is_tmux, compressed).ok()?;
            let mut buffer = rendered(&Protocol::Kitty(kitty), whole);
            let first = buffer.content.first_mut()?;
            let symbol = first.symbol().to_owned();
            let (sent, placeholder) = symbol.split_at(symbol.find(PLACEHOLDER)?);
            first.set_symbol(placeholder);
            Some(EncodedPicture {
                cells: PictureCells {
                    size,
                    cells: buffer.content,
                    strip_rows: 1,
                },
                pieces: pieces(sent),
                is_begun: false,
                strips: Vec::new(),
                number: Some(number),
            })
        }
        GraphicsProtocol::Iterm2 => strips(1, fitted(rows), &|part, size| {
            Iterm2::new(part, size, is_tmux).ok().map(Protocol::ITerm2)
        }),
        GraphicsProtocol::Sixel => {
            // Where a strip ends, so does a band.
            let strip_rows = (1..=BAND).find(|rows| (rows * cell.height).is_multiple_of(BAND));
            let image = on_ground(&fitted(rows), encoding.background);
            strips(strip_rows?, image, &|part, size| {
                Sixel::new(part, size, is_tmux).ok().map(Protocol::Sixel)
            })
        }
        GraphicsProtocol::HalfBlocks => {
            let image = on_ground(&fitted(rows), encoding.background);
            let blocks = Protocol::Halfblocks(Halfblocks::new(image, whole).ok()?);
            Some(EncodedPicture {
                cells: PictureCells {
                    size,
                    cells: rendered(&blocks, whole).content,
                    strip_rows: 1,
                },
                pieces: Vec::new(),
                is_begun: false,
                strips: Vec::new(),
                number: None,
            })
        }
    }
}

/// A picture on the background of the terminal.
fn on_ground(image: &DynamicImage, background: Background) -> DynamicImage {
    let ground = match background {
        Background::Dark => Rgba([0, 0, 0, 255]),
        Background::Light => Rgba([255; 4]),
    };
    let mut whole = RgbaImage::from_pixel(image.width(), image.height(), ground);
    imageops::overlay(&mut whole, image, 0, 0);
    whole.into()
}

fn rendered(protocol: &Protocol, size: Size) -> Buffer {
    let area = Rect::new(0, 0, size.width, size.height);
    let mut buffer = Buffer::empty(area);
    Image::new(protocol).render(area, &mut buffer);
    buffer
}

/// The sequences of a picture in pieces of whole sequences, the last one first.
fn pieces(sequences: &str) -> Vec<String> {
    let start = if sequences.starts_with("\x1bPtmux;") {
        "\x1bPtmux;"
    } else {
        "\x1b_G"
    };
    let mut pieces = vec![String::new()];
    for sequence in sequences.split(start).skip(1) {
        if pieces.last().is_some_and(|piece| piece.len() > PIECE) {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push_str(start);
            piece.push_str(sequence);
        }
    }
    pieces.reverse();
    pieces
}

#[cfg(test)]
#[path = "picture_encoder_tests.rs"]
mod tests;
