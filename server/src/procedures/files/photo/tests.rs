use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};

use super::*;

/// Red on the left, blue on the right.
fn red_and_blue(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) })
}

/// EXIF of a telephone that was held like this, and says where.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08".to_vec();
    tiff.extend(b"\0\x02");
    // Orientation: one short.
    tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    // The place: an offset of its own directory, whose text lies behind.
    tiff.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]);
    tiff.extend([0, 0, 0, 0]);
    tiff.extend(b"\0\0GPS 22.5431 N 114.0579 E");
    tiff
}

fn jpeg(photo: &RgbImage, exif: Option<Vec<u8>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    if let Some(exif) = exif {
        encoder.set_exif_metadata(exif).unwrap();
    }
    encoder.encode_image(photo).unwrap();
    bytes
}

fn png(photo: &[u8], (width, height): (u32, u32), colour: ExtendedColorType) -> Vec<u8> {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(photo, width, height, colour).unwrap();
    bytes
}

fn opened(bytes: &[u8]) -> RgbImage {
    image::load_from_memory_with_format(bytes, ImageFormat::Jpeg).unwrap().into_rgb8()
}

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

fn is_red(Rgb([red, _, blue]): Rgb<u8>) -> bool {
    red > 150 && blue < 100
}

#[test]
fn where_a_photograph_was_taken_is_gone_and_it_stands_upright() {
    let taken = jpeg(&red_and_blue(64, 32), Some(exif(6)));
    assert!(holds(&taken, b"GPS 22.5431"), "the test itself must bring it");
    let kept = draw(&taken, ImageFormat::Jpeg).unwrap();
    assert!(!holds(&kept, b"GPS") && !holds(&kept, b"Exif"));
    let kept = opened(&kept);
    assert_eq!(kept.dimensions(), (32, 64));
    // Turned by a quarter, what was on the left is above.
    assert!(is_red(*kept.get_pixel(16, 4)) && !is_red(*kept.get_pixel(16, 60)));
}

#[test]
fn what_is_transparent_is_white() {
    let transparent = png(&[0; 16 * 16 * 4], (16, 16), ExtendedColorType::Rgba8);
    let kept = opened(&draw(&transparent, ImageFormat::Png).unwrap());
    assert!(kept.get_pixel(8, 8).0.iter().all(|colour| *colour > 250));
    assert_eq!([over_white(0, 255), over_white(0, 0), over_white(200, 255)], [0, 255, 200]);
}

/// A PNG that says of itself how large it is.
fn said_to_be(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png(&[0; 4 * 4 * 3], (4, 4), ExtendedColorType::Rgb8);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let checked = crc(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&checked.to_be_bytes());
    bytes
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}

#[test]
fn a_bomb_is_refused_by_what_its_header_says() {
    for (width, height) in [(60_000, 60_000), (16_000, 16_000), (1, 60_000), (6_000, 5_000)] {
        assert_eq!(draw(&said_to_be(width, height), ImageFormat::Png), Err(NotTaken::TooManyPixels), "{width}");
    }
}

#[test]
fn what_only_begins_as_a_photograph_is_damaged() {
    let whole = jpeg(&red_and_blue(64, 32), None);
    let program = [&b"\xff\xd8\xff"[..], b"MZ this program cannot be run in DOS mode"].concat();
    for damaged in [&whole[..20], &program[..], &program[..3]] {
        assert_eq!(draw(damaged, ImageFormat::Jpeg), Err(NotTaken::Damaged));
    }
    assert_eq!(draw(&said_to_be(4, 4)[..40], ImageFormat::Png), Err(NotTaken::Damaged));
}

#[tokio::test]
async fn what_hides_behind_the_pixels_of_a_photograph_is_not_kept() {
    let mut taken = jpeg(&red_and_blue(64, 32), None);
    taken.extend(b"PK\x03\x04 a program in an archive");
    let kept = redraw(taken, ImageFormat::Jpeg).await.unwrap();
    assert!(!holds(&kept, b"PK\x03\x04"));
}
