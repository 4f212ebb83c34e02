//! Photographs that families send at once: how many a second are drawn anew, and how much memory the server takes meanwhile.

use std::{
    sync::{Arc, atomic::AtomicUsize},
    time::Instant,
};

use hyper::body::Bytes;
use image::{ImageEncoder, Rgb, RgbImage, codecs::jpeg::JpegEncoder};
use tokio::task::JoinSet;

use super::family::Family;
use crate::{
    Outcome,
    plan::Plan,
    portal::{Portal, start},
    progress,
    queue::turn,
    stats::number,
    store::Store,
};

/// Families at once.
pub const FAMILIES: usize = 6;

/// What telephones call 12 and 24 megapixels, held upright: what lies in the file lies on its side.
const SIZES: [(u32, u32); 2] = [(4032, 3024), (5712, 4284)];

/// Photographs of one size from so many families at once.
pub struct Figures {
    pub megapixels: f64,
    /// Megabytes of one as it comes.
    pub weight: f64,
    pub families: usize,
    pub a_second: f64,
    /// The most memory the server had, in megabytes.
    pub memory: f64,
    /// Times that a last part had to be sent again because the server had its hands full.
    pub busy: usize,
}

pub async fn measure(plan: &Plan) -> Outcome<Vec<Figures>> {
    let mut figures = Vec::new();
    for (width, height) in SIZES {
        progress(format_args!("photographs of {width} × {height}"));
        let photo = Bytes::from(tokio::task::spawn_blocking(move || photo(width, height)).await??);
        for families in [1, FAMILIES] {
            let megapixels = f64::from(width) * f64::from(height) / 1e6;
            figures.push(run(plan, (megapixels, &photo), families).await?);
        }
    }
    Ok(figures)
}

/// Two photographs of each family and four at least, in drafts of their own, on a server that has done nothing before.
async fn run(plan: &Plan, (megapixels, photo): (f64, &Bytes), families: usize) -> Outcome<Figures> {
    let photos = 2 * families.max(2);
    let place = Store::Sqlite.place(&plan.scratch).await?;
    let (process, _) = start(plan, &place).await?;
    let portal = Portal { process, place };
    let (address, next) = (portal.address(), Arc::new(AtomicUsize::new(0)));
    let mut senders = JoinSet::new();
    let begun = Instant::now();
    for _ in 0..families {
        let (photo, next) = (photo.clone(), Arc::clone(&next));
        senders.spawn(async move {
            let (mut family, mut busy) = (Family::connect(address).await?, 0);
            while turn(&next, photos).is_some() {
                let draft = family.begin().await?;
                busy += family.photo(&draft, &photo).await?;
            }
            Outcome::Ok(busy)
        });
    }
    let mut busy = 0;
    while let Some(of_one) = senders.join_next().await {
        busy += of_one??;
    }
    let a_second = number(photos) / begun.elapsed().as_secs_f64();
    let (weight, memory) = (number(photo.len()) / 1e6, portal.process.memory()?.most / 1e6);
    Ok(Figures { megapixels, weight, families, a_second, memory, busy })
}

/// A JPEG as a telephone writes it that was held upright: sky over a wall with some grain, and a note that it is to be turned.
fn photo(width: u32, height: u32) -> Outcome<Vec<u8>> {
    let picture = RgbImage::from_fn(width, height, |x, y| {
        let light = u8::try_from(y * 160 / height).unwrap_or(u8::MAX);
        Rgb([40 + light + grain(x / 2, y / 2), 60 + light / 2 + grain(x / 3, y), 90 + grain(x, y / 4)])
    });
    // One entry: the orientation (274) is 6, a quarter turn.
    let turned = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 85);
    encoder.set_exif_metadata(turned)?;
    encoder.encode_image(&picture)?;
    Ok(bytes)
}

/// From 0 to 31, as if drawn at random for a place.
fn grain(x: u32, y: u32) -> u8 {
    let mixed = (x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca6b)).wrapping_mul(0xc2b2_ae35);
    u8::try_from(mixed >> 27).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use image::{ImageDecoder, codecs::jpeg::JpegDecoder, metadata::Orientation};

    use super::*;

    #[test]
    fn a_photograph_is_a_jpeg_that_is_to_be_turned_and_weighs_what_one_weighs() {
        let bytes = photo(640, 480).unwrap();
        let mut decoder = JpegDecoder::new(std::io::Cursor::new(&bytes)).unwrap();
        assert_eq!(decoder.dimensions(), (640, 480));
        assert_eq!(decoder.orientation().unwrap(), Orientation::Rotate90);
        let bits_a_pixel = 8.0 * number(bytes.len()) / (640.0 * 480.0);
        assert!((1.0..6.0).contains(&bits_a_pixel), "{bits_a_pixel}");
    }
}
