//! Photographs are drawn anew: upright, on white, and with nothing beside their pixels.
//!
//! One at a time in the process: the largest takes some 300 MB while it is decoded.

mod whole;

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, Rgb, RgbImage, Rgba,
    codecs::jpeg::JpegEncoder, metadata::Orientation,
};
use shared::procedures::file::{LONGEST_SIDE, MOST_PIXELS, NotTaken};
use tokio::sync::Semaphore;

use crate::error::Error;

/// Bytes of a decoded photograph: four for each pixel. One of 16 bits a colour has to be smaller.
const MOST_DECODED: u64 = 4 * MOST_PIXELS;
/// Small print stays readable.
const QUALITY: u8 = 88;

/// The photograph as it is kept.
pub(super) async fn redraw(bytes: Vec<u8>, format: ImageFormat) -> Result<Vec<u8>, Error> {
    static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(1);
    let turn = ONE_AT_A_TIME.acquire().await;
    let drawn = tokio::task::spawn_blocking(move || {
        // Until it is drawn, also where nobody waits for it any more.
        let _turn = turn;
        draw(&bytes, format)
    });
    // A decoder that panics has met something that no camera makes.
    drawn.await.unwrap_or(Err(NotTaken::Damaged)).map_err(Error::from)
}

fn draw(bytes: &[u8], format: ImageFormat) -> Result<Vec<u8>, NotTaken> {
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
    Ok(drawn)
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
