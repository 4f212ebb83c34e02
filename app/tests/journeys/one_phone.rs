//! One phone for both, or each with their own.

use axum::http::StatusCode;

use super::{
    couple::{CODES, Couple, REVIEW, SECOND},
    house::House,
};

#[tokio::test]
async fn a_couple_that_shares_a_phone_types_one_code() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.fill_in().await;
    couple.person_and(1, &[("shared", "yes"), ("phone", "")]).await.leads_to(REVIEW);
    couple.declare().await.leads_to(CODES);
    let codes = couple.browser.get(CODES).await;
    assert!(codes.has("parties.0.phone_code") && !codes.has("parties.1.phone_code"));
    let first = house.text_to(couple.phone(0), "phone_code").await;
    assert!(first.contains("/privacy"), "whoever hears of it first by this: {first}");
    assert_eq!(house.texts().await, 1);
    let (hold, code) = (codes.value("hold"), house.code(couple.phone(0)).await);
    let booked = couple.browser.post(CODES, &[("hold", &hold), ("parties.0.phone_code", &code)]).await;
    let page = couple.browser.get(&booked.location).await;
    page.says("预约成功");
    page.says("请两个人都带好证件原件，前台会先核对两位的身份。");
    couple.browser.get(&format!("{}/print", booked.location)).await.says("前台会先核对两位的身份");
}

/// The choice to share his phone, as it was made.
const SHARED: &str = r#"name="shared" value="yes" checked"#;

#[tokio::test]
async fn the_grooms_number_is_not_the_brides_unless_they_choose_to_share_it() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.fill_in().await;
    let his = format!("+86 {}", couple.phone(0));
    let refused = couple.person_and(1, &[("phone", &his)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("两位填的是同一个手机号");
    refused.says("与男方共用一部手机");
    assert!(!refused.has(SHARED), "nothing is chosen for them");
    couple.person_and(1, &[("phone", &his), ("shared", "yes")]).await.leads_to(REVIEW);
    couple.browser.get(SECOND).await.says(SHARED);
    // The choice follows his number, and ends when it is taken back.
    couple.person_and(0, &[("phone", "13700000000")]).await;
    let review = couple.browser.get(REVIEW).await;
    assert_eq!(review.html.matches("137 0000 0000").count(), 2);
    couple.person(1).await.leads_to(REVIEW);
    couple.declare().await.leads_to(CODES);
    let codes = couple.browser.get(CODES).await;
    assert!(codes.has("parties.0.phone_code") && codes.has("parties.1.phone_code"));
}

#[tokio::test]
async fn each_with_a_phone_of_their_own_hears_nothing_of_the_desk() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let booked = couple.book(&house, "nanshan").await;
    assert!(!couple.browser.get(&booked).await.has("核对两位的身份"));
    assert!(!couple.browser.get(&format!("{booked}/print")).await.has("核对两位的身份"));
}
