//! Photographs that a script sends in parts, over a connection that breaks.

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::{
    procedures::{
        Act,
        file::{LONGEST_PART, SHORTEST_PART},
    },
    staff::Role,
};

use super::{
    super::{browser::Page, house::House},
    family::Family,
    following::{act, officer, the_case},
    photos::jpeg,
};

/// Announces a file at the address of its paper, and gives the address of its parts.
async fn begun(family: &mut Family, parts: &str, bytes: &[u8]) -> String {
    let announced = json!({ "name": "IMG_1.JPG", "size": bytes.len() });
    let begun = told(&family.browser.post_bytes(parts, announced.to_string().as_bytes()).await);
    assert_eq!((&begun["received"], &begun["whole"]), (&json!(0), &json!(false)));
    format!("{parts}&file={}", begun["file"].as_str().unwrap())
}

/// Sends what comes after `from`, up to `to`.
async fn send(family: &mut Family, file: &str, bytes: &[u8], (from, to): (usize, usize)) -> Page {
    family.browser.post_bytes(&format!("{file}&offset={from}"), &bytes[from..to]).await
}

fn told(page: &Page) -> Value {
    assert_eq!((page.status, page.kind.as_str()), (StatusCode::OK, "application/json"), "{}", page.html);
    serde_json::from_str(&page.html).unwrap()
}

/// How many bytes have come, and whether it is whole.
fn far(page: &Page) -> (usize, bool) {
    let told = told(page);
    (usize::try_from(told["received"].as_u64().unwrap()).unwrap(), told["whole"].as_bool().unwrap())
}

#[tokio::test]
async fn a_photograph_goes_on_where_the_connection_broke() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    let papers = format!("{}/papers", family.draft);
    let parts = format!("{papers}/parts?paper=cremation_proof");
    let page = family.browser.get(&papers).await;
    let address = format!(r#"data-parts="{parts}""#);
    for part in ["/assets/parts-", address.as_str(), "data-waits=", "multipart/form-data"] {
        assert!(page.has(part), "{part}: {}", page.html);
    }
    // As long as two parts at least: what lies behind the end of a photograph is dropped.
    let mut photo = jpeg(1);
    photo.resize(2 * SHORTEST_PART, 0);
    let half = SHORTEST_PART;
    let file = begun(&mut family, &parts, &photo).await;
    assert_eq!(far(&send(&mut family, &file, &photo, (0, half)).await), (half, false));
    // Its answer was lost: the script asks, or sends the same once more.
    for again in [(0, 0), (0, half)] {
        assert_eq!(far(&send(&mut family, &file, &photo, again).await), (half, false));
    }
    let too_far = send(&mut family, &file, &photo, (half + 1, photo.len())).await;
    assert_eq!(far(&too_far), (half, false), "it is told where to go on");
    family.browser.get(&papers).await.says("还没有交照片");
    for again in [(half, photo.len()), (photo.len(), photo.len())] {
        assert_eq!(far(&send(&mut family, &file, &photo, again).await), (photo.len(), true));
    }
    let page = family.browser.get(&papers).await;
    page.says("交了 1 个");
    page.says("去掉“IMG_1.jpg”");
    family.browser.get(&parts).await.leads_to(&papers);
}

#[tokio::test]
async fn what_is_no_photograph_or_no_part_of_one_is_told_and_gone() {
    let house = House::open().await;
    let (mut family, mut other) = (Family::begin(&house, 1).await, Family::begin(&house, 2).await);
    let [parts, theirs] =
        [&family, &other].map(|family| format!("{}/papers/parts?paper=cremation_proof", family.draft));
    let program = b"MZ\x90\0\x03\0\0\0";
    let file = begun(&mut family, &parts, program).await;
    let refused = told(&send(&mut family, &file, program, (0, program.len())).await);
    assert!(refused["message"].as_str().unwrap().contains("能运行的程序"), "{refused}");
    assert_eq!(send(&mut family, &file, program, (0, 0)).await.status, StatusCode::NOT_FOUND);
    let large = told(&family.browser.post_bytes(&parts, br#"{"name":"a.jpg","size":20971521}"#).await);
    assert!(large["message"].as_str().unwrap().contains("20 MB"), "{large}");

    let photo = jpeg(2);
    let file = begun(&mut family, &parts, &photo).await;
    let of_theirs = file.replace(&parts, &theirs);
    assert_eq!(send(&mut other, &of_theirs, &photo, (0, photo.len())).await.status, StatusCode::NOT_FOUND);
    let whole = vec![0_u8; LONGEST_PART + 1];
    assert_eq!(
        family.browser.post_bytes(&format!("{file}&offset=0"), &whole).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    assert_eq!(family.browser.post_bytes(&file, &photo).await.status, StatusCode::BAD_REQUEST, "no offset");
    assert_eq!(family.browser.post_bytes(&parts, b"name=a.jpg").await.status, StatusCode::BAD_REQUEST);
    let unknown = parts.replace("cremation_proof", "no_such_paper");
    let unknown = family.browser.post_bytes(&unknown, br#"{"name":"a.jpg","size":8}"#).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    family.browser.get(&format!("{}/papers", family.draft)).await.says("还没有交照片");
}

#[tokio::test]
async fn a_paper_that_was_asked_for_comes_in_parts_too() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    let case = family.apply().await;
    let reviewer = officer(&house, 41, Role::Reviewer).await;
    let id = the_case(&house, &reviewer).await;
    let parts = format!("{case}/papers/parts?paper=burial_certificate");
    let early = family.browser.post_bytes(&parts, br#"{"name":"a.jpg","size":8}"#).await;
    early.leads_to(&case);
    act(&house, &reviewer, &id, Act::Ask { items: vec!["burial_certificate".to_owned()] }, Some("请补安葬证明")).await;
    let photo = jpeg(3);
    let file = begun(&mut family, &parts, &photo).await;
    assert_eq!(far(&send(&mut family, &file, &photo, (0, photo.len())).await), (photo.len(), true));
    family.browser.get(&format!("{case}/supplement")).await.says("安葬证明：交了 1 个：IMG_1.jpg");
}
