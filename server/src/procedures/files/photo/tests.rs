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
    for (width, height) in [(60_000, 60_000), (30_000, 30_000), (16_000, 16_000), (1, 60_000), (6_000, 5_000)] {
        assert_eq!(draw(&said_to_be(width, height), ImageFormat::Png), Err(NotTaken::TooManyPixels), "{width}");
    }
}

#[test]
fn one_that_is_larger_drawn_anew_than_any_file_may_be_is_not_kept() {
    let most = usize::try_from(MOST_BYTES).unwrap();
    assert!(fits(vec![0; most]).is_ok());
    assert_eq!(fits(vec![0; most + 1]), Err(NotTaken::TooLarge));
}

#[test]
fn what_only_begins_as_a_photograph_is_damaged() {
    let whole = jpeg(&red_and_blue(64, 32), None);
    let program = [&b"\xff\xd8\xff"[..], b"MZ this program cannot be run in DOS mode"].concat();
    for damaged in [&whole[..20], &whole[..whole.len() / 2], &whole[..whole.len() - 1], &program[..], &program[..3]] {
        assert_eq!(draw(damaged, ImageFormat::Jpeg), Err(NotTaken::Damaged));
    }
    assert_eq!(draw(&said_to_be(4, 4)[..40], ImageFormat::Png), Err(NotTaken::Damaged));
    assert_eq!(draw(&said_to_be(1000, 1000), ImageFormat::Png), Err(NotTaken::Damaged), "it holds 4 × 4");
}

#[test]
fn what_hides_behind_the_pixels_of_a_photograph_is_not_kept() {
    let mut taken = jpeg(&red_and_blue(64, 32), None);
    taken.extend(b"PK\x03\x04 a program in an archive");
    let kept = draw(&taken, ImageFormat::Jpeg).unwrap();
    assert!(!holds(&kept, b"PK\x03\x04"));
}

/// A grey square of 8 × 8 pixels with so many colours, by the letter of the standard; its frame is baseline (0xc0) or progressive
/// (0xc2).
fn square(frame: u8, colours: u8) -> Vec<u8> {
    let mut bytes = b"\xff\xd8".to_vec();
    if colours == 4 {
        // Of the printing trade: CMYK.
        bytes.extend(b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\0");
    }
    bytes.extend(b"\xff\xdb\0\x43\0");
    bytes.extend([1; 64]);
    bytes.extend([0xff, frame, 0, 8 + 3 * colours, 8, 0, 8, 0, 8, colours]);
    bytes.extend((1..=colours).flat_map(|colour| [colour, 0x11, 0]));
    // Two tables of one code each: nothing differs from what stood before, and nothing follows.
    for table in [0, 0x10] {
        bytes.extend([0xff, 0xc4, 0, 0x14, table, 1]);
        bytes.extend([0; 16]);
    }
    bytes.extend([0xff, 0xda, 0, 6 + 2 * colours, colours]);
    bytes.extend((1..=colours).flat_map(|colour| [colour, 0]));
    let is_progressive = frame == 0xc2;
    bytes.extend(if is_progressive { [0, 0, 0] } else { [0, 63, 0] });
    let pixels = if is_progressive { 0x7f } else { 0xff_u8.checked_shr(u32::from(2 * colours)).unwrap_or(0) };
    bytes.extend([pixels, 0xff, 0xd9]);
    bytes
}

#[test]
fn every_kind_of_photograph_that_the_trade_makes_is_drawn_as_a_plain_one() {
    for (name, taken) in [
        ("baseline", square(0xc0, 1)),
        ("progressive, as from the web", square(0xc2, 1)),
        ("of a scanner or printer: CMYK", square(0xc0, 4)),
    ] {
        let kept = draw(&taken, ImageFormat::Jpeg).unwrap_or_else(|why| panic!("{name}: {why:?}"));
        assert_eq!(opened(&kept).dimensions(), (8, 8), "{name}");
        // Plain: eight bits, three colours, baseline.
        assert!(holds(&kept, b"\xff\xc0\0\x11\x08") && !holds(&kept, b"\xff\xc2"), "{name}");
    }
    let deep = png(&[0x80; 16 * 16 * 6], (16, 16), ExtendedColorType::Rgb16);
    let kept = opened(&draw(&deep, ImageFormat::Png).unwrap());
    assert!(kept.get_pixel(8, 8).0.iter().all(|colour| (120..=136).contains(colour)), "16 bits a colour are 8");
}

#[test]
fn each_way_of_holding_a_telephone_is_turned_into_pixels() {
    // EXIF's own numbers: where the red half is, of a photograph that has it on the left.
    for (orientation, size, red) in [
        (1, (64, 32), (4, 16)),
        (2, (64, 32), (60, 16)),
        (3, (64, 32), (60, 16)),
        (4, (64, 32), (4, 16)),
        (5, (32, 64), (16, 4)),
        (6, (32, 64), (16, 4)),
        (7, (32, 64), (16, 60)),
        (8, (32, 64), (16, 60)),
    ] {
        let taken = jpeg(&red_and_blue(64, 32), Some(exif(orientation)));
        let kept = opened(&draw(&taken, ImageFormat::Jpeg).unwrap());
        assert_eq!(kept.dimensions(), size, "{orientation}");
        assert!(is_red(*kept.get_pixel(red.0, red.1)), "{orientation}");
    }
}
