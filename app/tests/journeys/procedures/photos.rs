//! Photographs of papers, sent without scripts.

use std::fs;

use axum::http::{StatusCode, header};
use chrono::TimeDelta;
use image::{Rgb, RgbImage, codecs::jpeg::JpegEncoder};
use shared::{procedures::Act, staff::Role};

use super::{
    super::{browser::Page, house::House},
    family::Family,
    following::{act, officer, the_case},
};

const PAPER: &str = "cremation_proof";

/// A small photograph, of another colour for each number.
pub fn jpeg(number: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let photo = RgbImage::from_pixel(64, 48, Rgb([number.wrapping_mul(40), 120, 40]));
    JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(&photo).unwrap();
    bytes
}

/// The ids of the files of a page, in its order.
fn files(page: &Page) -> Vec<String> {
    let values = page.html.split(r#"name="file" value=""#).skip(1);
    values.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// Where a name stands on a page.
fn place(page: &Page, name: &str) -> usize {
    page.html.find(name).unwrap_or_else(|| panic!("no {name} on {}", page.html))
}

#[tokio::test]
async fn photographs_go_with_the_application_in_the_order_that_was_said() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    family.fill_in().await;
    let papers = format!("{}/papers", family.draft);
    family.browser.get(&family.draft).await.says("可以拍照交，也可以带到窗口");
    let page = family.browser.get(&papers).await;
    for words in ["火化证明", "拍清楚编号", "还没有交照片", "每个文件不超过 20 MB", "不交照片，也能提交申请"]
    {
        page.says(words);
    }
    assert!(page.has(r#"accept="image/jpeg,image/png,application/pdf""#) && page.has("multipart/form-data"));

    let sends = format!("{papers}/photos?paper={PAPER}");
    let [one, two] = [jpeg(1), jpeg(2)];
    let both: [(&str, &[u8]); 2] = [("IMG_1.JPG", &one), ("IMG_2.JPG", &two)];
    family.browser.post_files(&sends, &both).await.leads_to(&format!("{papers}?added"));
    let page = family.browser.get(&format!("{papers}?added")).await;
    for words in ["收到了", "交了 2 个", "去掉“IMG_1.jpg”", "把“IMG_2.jpg”往前移"] {
        page.says(words);
    }
    let ids = files(&page);
    assert_eq!(ids.len(), 2);
    let opens = format!("{}/file?file={}", family.draft, ids[0]);
    assert!(page.has(&opens) && page.has("看照片“IMG_1.jpg”"), "{}", page.html);
    let (status, headers, bytes) = family.browser.file(&opens).await;
    assert_eq!((status, headers[header::CONTENT_TYPE].to_str().unwrap()), (StatusCode::OK, "image/jpeg"));
    assert!(bytes.starts_with(b"\xff\xd8\xff"));
    let (status, ..) = house.browser().file(&opens).await;
    assert_ne!(status, StatusCode::OK, "whoever else has the address");
    family.browser.post(&papers, &[("file", &ids[1]), ("do", "up")]).await.leads_to(&papers);
    let page = family.browser.get(&papers).await;
    assert!(place(&page, "1. IMG_2.jpg") < place(&page, "2. IMG_1.jpg"), "{}", page.html);
    family.browser.post(&papers, &[("file", &ids[0]), ("do", "remove")]).await.leads_to(&papers);
    // The same button again.
    family.browser.post(&papers, &[("file", &ids[0]), ("do", "remove")]).await.leads_to(&papers);
    assert_eq!(files(&family.browser.get(&papers).await), ids[1..]);
    family.browser.get(&family.draft).await.says("交了 1 个");

    let check = family.browser.get(&family.check()).await;
    for words in ["交了 1 个：IMG_2.jpg", "没有交照片，请带到窗口"] {
        check.says(words);
    }
    // What another window added meanwhile, nobody has seen among what is handed in.
    let (version, seen) = (check.value("version"), check.value("files"));
    let unseen = family.browser.post(&family.check(), &[("version", &version), ("files", &format!("{seen}.x"))]).await;
    assert_eq!(unseen.status, StatusCode::CONFLICT);
    let handed_in = family.browser.post(&family.check(), &[("version", &version), ("files", &seen)]).await;
    let receipt = family.browser.get(&handed_in.location).await;
    for words in ["申请已经提交", "IMG_2.jpg", "会用到：安葬证明"] {
        receipt.says(words);
    }
    let case = handed_in.location.strip_suffix("/receipt").unwrap();
    family.browser.get(case).await.says("交了 1 个：IMG_2.jpg");
    // What was handed in stays as it is, also for the window that is still open.
    let late = family.browser.post_files(&sends, &both[..1]).await;
    late.says("这份申请已经提交了");
}

#[tokio::test]
async fn a_copy_of_ones_own_data_opens_what_was_sent_for_a_quarter_of_an_hour() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    let sends = format!("{}/papers/photos?paper={PAPER}", family.draft);
    family.browser.post_files(&sends, &[("IMG_1.JPG", &jpeg(1))]).await;
    family.fill_in().await;
    let check = family.browser.get(&family.check()).await;
    let (version, seen) = (check.value("version"), check.value("files"));
    let handed_in = family.browser.post(&family.check(), &[("version", &version), ("files", &seen)]).await;
    let case = handed_in.location.strip_suffix("/receipt").unwrap().to_owned();
    let page = format!("{case}/data");
    house.wait(TimeDelta::minutes(2));
    family.browser.post(&page, &[]).await.says("填写验证码");
    let code = house.code(&family.phone).await;
    let copy = family.browser.post(&page, &[("phone_code", &code)]).await;
    for words in ["看照片“IMG_1.jpg”", "15 分钟内可以打开"] {
        copy.says(words);
    }
    let link =
        copy.html.split(r#"href=""#).map(|rest| rest.split('"').next().unwrap()).find(|link| link.contains("/file?"));
    let link = link.unwrap_or_else(|| panic!("no link: {}", copy.html)).replace("&amp;", "&");
    let (status, headers, _) = family.browser.file(&link).await;
    assert_eq!((status, headers[header::CONTENT_TYPE].to_str().unwrap()), (StatusCode::OK, "image/jpeg"));
    let bare = link.split("&key=").next().unwrap();
    assert_eq!(family.browser.get(bare).await.location, page, "a link of the case alone opens none");
    let (status, ..) = house.browser().file(&link).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED, "nor what stood in an address");
    house.wait(TimeDelta::minutes(15));
    family.browser.get(&link).await.leads_to(&page);
}

#[tokio::test]
async fn what_is_no_photograph_is_told_at_its_paper_and_what_came_before_it_stays() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    let papers = format!("{}/papers", family.draft);
    let (sends, good) = (format!("{papers}/photos?paper={PAPER}"), jpeg(1));
    let sent: [(&str, &[u8]); 2] = [("IMG_1.JPG", &good), ("证明.pdf", b"MZ\x90\0\x03\0\0\0")];
    let refused = family.browser.post_files(&sends, &sent).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["有 1 处需要更正", "“证明.pdf”：不管名字是什么，这个文件是能运行的程序", "交了 1 个"]
    {
        refused.says(words);
    }
    assert!(refused.has(r##"href="#cremation_proof""##), "{}", refused.html);
    let heic: [(&str, &[u8]); 1] = [("IMG_3.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0")];
    family.browser.post_files(&sends, &heic).await.says("HEIC 格式照片");
    let nothing = family.browser.post_files(&sends, &[("", b"")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    nothing.says("火化证明：请先选照片或者 PDF");
    let unknown = family.browser.post_files(&format!("{papers}/photos?paper=no_such_paper"), &sent).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let form = family.browser.post(&sends, &[("file", "x")]).await;
    assert_eq!(form.status, StatusCode::BAD_REQUEST, "no form of this page");
    assert_eq!(files(&family.browser.get(&papers).await).len(), 1);
}

#[tokio::test]
async fn where_files_cannot_be_stored_the_family_reads_what_to_do_and_loses_nothing() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    let papers = format!("{}/papers", family.draft);
    let (sends, photo) = (format!("{papers}/photos?paper={PAPER}"), jpeg(1));
    let folder = house.app.settings().data.join("files");
    fs::create_dir_all(folder.parent().unwrap()).unwrap();
    fs::write(&folder, "a file where the folder should be").unwrap();
    let refused = family.browser.post_files(&sends, &[("IMG_1.JPG", &photo)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["有 1 处需要更正", "“IMG_1.JPG”：存放文件的地方现在用不了", "请过几分钟再试，或者把材料带到窗口"]
    {
        refused.says(words);
    }
    assert!(files(&refused).is_empty(), "nothing half is shown");
    fs::remove_file(&folder).unwrap();
    family.browser.post_files(&sends, &[("IMG_1.JPG", &photo)]).await.leads_to(&format!("{papers}?added"));
    assert_eq!(files(&family.browser.get(&papers).await).len(), 1);
}

#[tokio::test]
async fn what_is_chosen_at_once_has_a_limit_that_was_said_beforehand() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    let papers = format!("{}/papers", family.draft);
    family.browser.get(&papers).await.says("合起来不超过 40 MB");
    let large = vec![0_u8; 40 * 1024 * 1024];
    let refused = family.browser.post_files(&format!("{papers}/photos?paper={PAPER}"), &[("IMG_1.JPG", &large)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("请少选几个，分几次交");
}

#[tokio::test]
async fn a_paper_that_was_asked_for_is_photographed_and_handed_in() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    let case = family.apply().await;
    let reviewer = officer(&house, 41, Role::Reviewer).await;
    let id = the_case(&house, &reviewer).await;
    let items = vec!["burial_certificate".to_owned()];
    act(&house, &reviewer, &id, Act::Ask { items }, Some("请补安葬证明")).await;
    let (supplement, papers) = (format!("{case}/supplement"), format!("{case}/papers"));
    let asked = family.browser.get(&supplement).await;
    for words in ["要补的材料", "安葬证明", "拍照交材料", "请带原件到"] {
        asked.says(words);
    }
    assert!(!asked.has("交上补充的内容"), "there is nothing to hand in yet");
    let page = family.browser.get(&papers).await;
    page.says("选“安葬证明”的照片或 PDF");
    assert!(!page.has("选“火化证明”"), "it was not asked for");
    let (sends, photo) = (format!("{papers}/photos?paper=burial_certificate"), jpeg(3));
    family.browser.post_files(&sends, &[("IMG_3.JPG", &photo)]).await.leads_to(&format!("{papers}?added"));
    let asked = family.browser.get(&supplement).await;
    asked.says("安葬证明：交了 1 个：IMG_3.jpg");
    let version = asked.value("version");
    let supplied = family.browser.post(&supplement, &[("version", &version)]).await;
    supplied.leads_to(&format!("{case}?supplied"));
    family.browser.get(&case).await.says("交了 1 个：IMG_3.jpg");
    family.browser.get(&papers).await.leads_to(&case);
}
