//! Photographs are drawn anew: upright, on white, and with nothing beside their pixels.
//!
//! The largest takes some 300 MB while it is decoded, so that one at a time is ([`super::keep`]).

mod whole;

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, Rgb, RgbImage, Rgba,
    codecs::jpeg::JpegEncoder, metadata::Orientation,
};
use shared::procedures::file::{LONGEST_SIDE, MOST_BYTES, MOST_PIXELS, NotTaken};

/// Bytes of a decoded photograph: four for each pixel. One of 16 bits a colour has to be smaller.
const MOST_DECODED: u64 = 4 * MOST_PIXELS;
/// Small print stays readable.
const QUALITY: u8 = 88;

/// The photograph as it is kept.
pub(super) fn draw(bytes: &[u8], format: ImageFormat) -> Result<Vec<u8>, NotTaken> {
    // The decoder would draw what is missing in grey.
    if format == ImageFormat::Jpeg && !whole::is_whole(bytes) {
        return Err(NotTaken::Damaged);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(refused)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_DECODED {
        return Err(NotTaken::TooManyPixels);
    }
    // What cannot be read of it turns nothing.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut photo = DynamicImage::from_decoder(decoder).map_err(refused)?;
    photo.apply_orientation(orientation);
    let photo = on_white(photo);
    let mut drawn = Vec::new();
    JpegEncoder::new_with_quality(&mut drawn, QUALITY).encode_image(&photo).map_err(refused)?;
    fits(drawn)
}

/// Noise may take more room than it came with, and no scanner would look at it.
fn fits(drawn: Vec<u8>) -> Result<Vec<u8>, NotTaken> {
    if drawn.len() as u64 > MOST_BYTES { Err(NotTaken::TooLarge) } else { Ok(drawn) }
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_DECODED);
    limits
}

fn refused(error: ImageError) -> NotTaken {
    match error {
        ImageError::Limits(_) => NotTaken::TooManyPixels,
        _ => NotTaken::Damaged,
    }
}

/// JPEG knows no transparency: what is transparent in a screenshot would be black.
fn on_white(photo: DynamicImage) -> RgbImage {
    if !photo.color().has_alpha() {
        return photo.into_rgb8();
    }
    let photo = photo.into_rgba8();
    RgbImage::from_fn(photo.width(), photo.height(), |x, y| {
        let Rgba([red, green, blue, alpha]) = *photo.get_pixel(x, y);
        Rgb([red, green, blue].map(|colour| over_white(colour, alpha)))
    })
}

fn over_white(colour: u8, alpha: u8) -> u8 {
    let (colour, alpha) = (u16::from(colour), u16::from(alpha));
    u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests;
