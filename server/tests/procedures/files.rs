//! Photographs and PDFs that are handed in: what is taken, what stays of it, and who is given it.

mod clamd;
mod coming;
mod own;
mod reasons;
mod scanner;
mod with_cases;

use std::fs;
use std::net::Ipv4Addr;
use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use image::codecs::jpeg::JpegEncoder;
use image::{ImageEncoder, ImageFormat, Rgb, RgbImage};
use server::Error;
use server::keys::token::new_id;
use server::procedures::files::{self, Handed, Handing, Opened, Owner, Stands};
use shared::problem::Problem;
use shared::procedures::file::SHORTEST_PART;
use shared::procedures::{CaseId, DraftId, FileId, FileKind, NotTaken, Refusal};
use sqlx::AnyConnection;

use crate::support::{Setup, TestApp, test_apps};

fn someone() -> Owner {
    Owner::Draft(DraftId::parse(&new_id()).unwrap())
}

fn handing(owner: &Owner) -> Handing<'_> {
    Handing { owner, since: DateTime::UNIX_EPOCH, from: Ipv4Addr::LOCALHOST.into() }
}

async fn take(test: &TestApp, owner: &Owner, name: &str, bytes: &[u8]) -> Result<Handed, Error> {
    files::take(&test.app, handing(owner), ("cremation_proof", name), bytes.to_vec().into(), test.now()).await
}

async fn open(test: &TestApp, owner: &Owner, id: &FileId) -> Result<Opened, Error> {
    files::open(&test.app, owner, id).await
}

fn why<T>(outcome: Result<T, Error>) -> Option<NotTaken> {
    match outcome.err()?.refusal::<Refusal>()? {
        Refusal::File(why) => Some(why),
        _ => None,
    }
}

fn is_not_found<T>(outcome: Result<T, Error>) -> bool {
    matches!(outcome.err(), Some(Error::Problem(Problem::NotFound)))
}

/// Red above, blue below.
pub(super) fn photo(red: u8) -> RgbImage {
    RgbImage::from_fn(48, 64, |_, y| if y < 32 { Rgb([red, 10, 10]) } else { Rgb([10, 10, 200]) })
}

pub(super) fn jpeg(photo: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 95).encode_image(photo).unwrap();
    bytes
}

/// As long as two parts at least: what lies behind the end of a photograph is dropped.
fn long_jpeg() -> Vec<u8> {
    let mut bytes = jpeg(&photo(200));
    bytes.resize(2 * SHORTEST_PART, 0);
    bytes
}

/// As a telephone writes it that was held upside down, with the place.
fn located_jpeg() -> Vec<u8> {
    let mut exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x03\0\0\0\0\0\0".to_vec();
    exif.extend(b"GPS 22.5431 N 114.0579 E");
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    encoder.set_exif_metadata(exif).unwrap();
    encoder.encode_image(&photo(200)).unwrap();
    bytes
}

fn pdf(object: &str) -> Vec<u8> {
    format!("%PDF-1.7\n1 0 obj\n{object}\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n").into_bytes()
}

/// A PNG of a few bytes that says it has 60,000 × 60,000 pixels.
fn image_bomb() -> Vec<u8> {
    let said = b"IHDR\0\0\xea\x60\0\0\xea\x60\x08\x02\0\0\0";
    let step = |crc: u32| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
    let crc = !said.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)));
    [b"\x89PNG\r\n\x1a\n\0\0\0\x0d".as_slice(), said, &crc.to_be_bytes(), b"\0\0\0\0IDAT\x35\xaf\x06\x1e"].concat()
}

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

/// Everything that lies in the folder of files, in whatever folder in it.
fn lying(folder: &Path) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { lying(&path) } else { vec![fs::read(&path).unwrap()] }).collect()
}

fn stored(test: &TestApp) -> Vec<Vec<u8>> {
    lying(&test.app.settings().data.join("files"))
}

/// What is removed by the clock, some hours on.
async fn swept(test: &TestApp) {
    test.wait(TimeDelta::hours(8));
    files::sweep(&test.app, test.now()).await.unwrap();
}

#[tokio::test]
async fn a_photograph_stands_upright_without_its_place_and_lies_sealed() {
    for test in test_apps(Setup::default()).await {
        let owner = someone();
        let taken = located_jpeg();
        assert!(holds(&taken, b"GPS 22.5431"));
        let handed = take(&test, &owner, "IMG_0001.JPG", &taken).await.unwrap();
        assert_eq!((handed.paper.as_str(), handed.name.as_str()), ("cremation_proof", "IMG_0001.jpg"));
        let opened = open(&test, &owner, &handed.id).await.unwrap();
        assert_eq!(handed.stands, Stands::Open { kind: FileKind::Photo, size: opened.bytes.len() as u64 });
        assert!(!holds(&opened.bytes, b"GPS") && !holds(&opened.bytes, b"Exif"));
        let picture = image::load_from_memory_with_format(&opened.bytes, ImageFormat::Jpeg).unwrap().into_rgb8();
        let Rgb([red, _, blue]) = *picture.get_pixel(24, 8);
        assert!(blue > 150 && red < 100, "upside down, the blue half is above");
        let stored = stored(&test);
        assert_eq!(stored.len(), 1);
        assert!(!stored[0].starts_with(b"\xff\xd8\xff") && !holds(&stored[0], b"JFIF"));
    }
}

#[tokio::test]
async fn each_bad_file_is_refused_in_words_of_its_own_and_nothing_of_it_stays() {
    for test in test_apps(Setup::default()).await {
        let owner = someone();
        let large = [jpeg(&photo(200)), vec![0; 40 * 1024 * 1024]].concat();
        let bomb = pdf("<< /Filter [/FlateDecode /FlateDecode] >>\nstream\nx\nendstream");
        let long = pdf("<< /Type /Pages /Count 100000 >>");
        let image = image_bomb();
        let cases: [(&str, &[u8], NotTaken); 8] = [
            ("照片.jpg", &large[..], NotTaken::TooLarge),
            ("证明.pdf", b"MZ\x90\0\x03\0\0\0", NotTaken::Program),
            ("photo.jpg", b"\0\0\0\x18ftypheic\0\0\0\0", NotTaken::Heic),
            ("photo.png", b"<html><script>alert(1)</script>", NotTaken::OtherKind),
            ("photo.png", &image[..], NotTaken::TooManyPixels),
            ("证明.pdf", &bomb[..], NotTaken::ActivePdf),
            ("证明.pdf", &long[..], NotTaken::TooManyPages),
            ("空.jpg", b"", NotTaken::Empty),
        ];
        for (name, bytes, expected) in cases {
            assert_eq!(why(take(&test, &owner, name, bytes).await), Some(expected), "{name}");
        }
        assert!(files::list(&test.app, &owner).await.unwrap().is_empty());
        swept(&test).await;
        assert!(stored(&test).is_empty());
    }
}

#[tokio::test]
async fn a_pdf_is_kept_as_it_is() {
    for test in test_apps(Setup::default()).await {
        let (owner, page) = (someone(), pdf("<< /Type /Page >>"));
        let handed = take(&test, &owner, "火化证明.exe", &page).await.unwrap();
        assert_eq!(handed.name, "火化证明.pdf");
        let opened = open(&test, &owner, &handed.id).await.unwrap();
        assert_eq!((opened.kind, opened.bytes), (FileKind::Pdf, page));
    }
}

#[tokio::test]
async fn several_photographs_are_one_paper_in_the_order_that_is_said() {
    for test in test_apps(Setup::default()).await {
        let owner = someone();
        let mut ids = Vec::new();
        for red in [120, 160, 200] {
            ids.push(take(&test, &owner, "page.jpg", &jpeg(&photo(red))).await.unwrap().id);
        }
        let again = take(&test, &owner, "page.jpg", &jpeg(&photo(160))).await.unwrap();
        assert_eq!(again.id, ids[1], "the same photograph is the one that is there");
        ids.reverse();
        files::arrange(&test.app, &owner, "cremation_proof", &ids).await.unwrap();
        let listed: Vec<_> = files::list(&test.app, &owner).await.unwrap().into_iter().map(|file| file.id).collect();
        assert_eq!(listed, ids);
        let some = files::arrange(&test.app, &owner, "cremation_proof", &ids[1..]).await;
        assert!(matches!(some, Err(Error::Overtaken)));
        for _ in 3..20 {
            take(&test, &owner, "page.pdf", &pdf(&new_id())).await.unwrap();
        }
        let many = take(&test, &owner, "page.pdf", &pdf("one more")).await;
        assert_eq!(why(many), Some(NotTaken::TooManyOfPaper));
    }
}

#[tokio::test]
async fn nobody_else_reaches_a_file_and_equal_files_tell_nothing_of_two_families() {
    for test in test_apps(Setup::default()).await {
        let (one, other, page) = (someone(), someone(), jpeg(&photo(200)));
        let own = take(&test, &one, "page.jpg", &page).await.unwrap();
        take(&test, &other, "page.jpg", &page).await.unwrap();
        let Owner::Draft(id) = &one else { unreachable!("drafts") };
        let same_name = Owner::Case(CaseId::parse(id.as_str()).unwrap());
        for stranger in [&other, &same_name] {
            assert!(is_not_found(open(&test, stranger, &own.id).await));
            assert!(is_not_found(files::remove(&test.app, stranger, &own.id, test.now()).await));
            assert!(is_not_found(files::progress(&test.app, stranger, &own.id).await));
        }
        let statement = "select count(distinct address) from case_file";
        let addresses: i64 = sqlx::query_scalar(statement).fetch_one(&mut test.connection().await).await.unwrap();
        assert_eq!(addresses, 2);
        let stored = stored(&test);
        assert!(stored.len() == 2 && stored[0] != stored[1]);
    }
}

async fn erase(connection: &mut AnyConnection, (owner, now): &(Owner, DateTime<Utc>)) -> Result<(), Error> {
    Ok(files::erase(connection, owner, *now).await?)
}

async fn hand_over(
    connection: &mut AnyConnection,
    (draft, case, now): &(DraftId, CaseId, DateTime<Utc>),
) -> Result<(), Error> {
    Ok(files::hand_over(connection, draft, case, *now).await?)
}

#[tokio::test]
async fn files_go_with_their_draft_to_the_case_and_go_with_it() {
    for test in test_apps(Setup::default()).await {
        let (draft, case) = (DraftId::parse(&new_id()).unwrap(), CaseId::parse(&new_id()).unwrap());
        let owner = Owner::Draft(draft.clone());
        let handed = take(&test, &owner, "page.jpg", &jpeg(&photo(200))).await.unwrap();
        test.app.database().write_with((draft, case.clone(), test.now()), hand_over).await.unwrap();
        assert!(is_not_found(open(&test, &owner, &handed.id).await));
        let owner = Owner::Case(case);
        assert_eq!(open(&test, &owner, &handed.id).await.unwrap().kind, FileKind::Photo);
        let gone = take(&test, &owner, "page.pdf", &pdf("<< >>")).await.unwrap();
        files::remove(&test.app, &owner, &gone.id, test.now()).await.unwrap();
        assert!(is_not_found(open(&test, &owner, &gone.id).await));
        swept(&test).await;
        assert_eq!(stored(&test).len(), 1);
        test.app.database().write_with((owner.clone(), test.now()), erase).await.unwrap();
        assert!(is_not_found(open(&test, &owner, &handed.id).await));
        swept(&test).await;
        assert!(stored(&test).is_empty());
    }
}

#[tokio::test]
async fn a_store_that_cannot_be_written_to_is_said_and_nothing_half_remains() {
    for test in test_apps(Setup::default()).await {
        let (owner, folder) = (someone(), test.app.settings().data.join("files"));
        fs::create_dir_all(folder.parent().unwrap()).unwrap();
        fs::write(&folder, "a file where the folder should be").unwrap();
        let refused = take(&test, &owner, "page.jpg", &jpeg(&photo(200))).await;
        assert_eq!(why(refused), Some(NotTaken::StoreAway));
        assert!(files::list(&test.app, &owner).await.unwrap().is_empty());
        fs::remove_file(&folder).unwrap();
        take(&test, &owner, "page.jpg", &jpeg(&photo(200))).await.unwrap();
        swept(&test).await;
        assert_eq!(stored(&test).len(), 1);
    }
}
