//! The held time while the form is filled in.

use chrono::TimeDelta;

use super::{
    couple::{CODES, Couple, FIRST, FIRST_PHONE, REVIEW, borrowed},
    house::House,
};

#[tokio::test]
async fn a_time_that_ran_out_leaves_what_was_typed() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.fill_in().await;
    couple.declare().await.leads_to(CODES);
    let form = couple.codes(&house).await;
    house.wait(TimeDelta::minutes(16));
    couple.browser.post(CODES, &borrowed(&form)).await.leads_to(REVIEW);
    let review = couple.browser.get(REVIEW).await;
    review.says("为您保留的时间已经到了");
    review.says(&couple.people[0].name);
    assert!(!review.has("确认预约") && !review.has("发送验证码"));
    // The codes are confirmed again for the new time; the details are still there.
    couple.hold("nanshan").await;
    assert_eq!(couple.browser.get(FIRST).await.value("name"), couple.people[0].name);
    couple.declare().await.leads_to(CODES);
}

#[tokio::test]
async fn longer_keeps_what_stands_in_the_form() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    for _ in 0..2 {
        house.wait(TimeDelta::minutes(14));
        let form = [("kind", "mainland"), ("name", "half"), ("id_number", "4403"), ("action", "extend")];
        couple.browser.post(FIRST, &form).await.leads_to(FIRST);
        let page = couple.browser.get(FIRST).await;
        assert_eq!((page.value("name"), page.value("id_number")), ("half".to_owned(), "4403".to_owned()));
    }
    let page = couple.browser.get(FIRST).await;
    assert!(!page.has("再保留 15 分钟"));
    // Kept as long as the hold, which now runs a while more without another change.
    house.wait(TimeDelta::minutes(16));
    assert_eq!(couple.browser.get(FIRST).await.value("name"), "half");
}

#[tokio::test]
async fn a_switch_of_reading_mode_or_language_keeps_what_stands_in_the_form() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    let half = |action| [("kind", "mainland"), ("name", "half"), ("id_number", "4403"), ("action", action)];
    couple.browser.post(FIRST, &half("elder-26")).await.leads_to(FIRST);
    let page = couple.browser.get(FIRST).await;
    assert!(page.has(r#"data-mode="elder""#) && page.has(r#"data-size="26""#));
    assert_eq!((page.value("name"), page.value("id_number")), ("half".to_owned(), "4403".to_owned()));
    for action in ["elder-standard", "elder-30", "speak-en"] {
        assert!(page.has(&format!(r#"value="{action}""#)), "{action}");
    }
    couple.browser.post(FIRST, &half("speak-en")).await.leads_to(&format!("/en{FIRST}"));
    assert_eq!(couple.browser.get(&format!("/en{FIRST}")).await.value("name"), "half");
    couple.browser.post(FIRST, &half("elder-standard")).await.leads_to(FIRST);
    assert!(couple.browser.cookie("elder").is_none());

    couple.fill_in().await;
    couple.declare().await.leads_to(CODES);
    let codes = [("parties.0.phone_code", "123"), ("action", "elder-22")];
    couple.browser.post(CODES, &codes).await.leads_to(CODES);
    assert_eq!(couple.browser.get(CODES).await.value("parties.0.phone_code"), "123");
}

#[tokio::test]
async fn giving_the_time_up_keeps_the_details_and_is_no_expiry() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.identity(0).await.leads_to(FIRST_PHONE);
    let form = [("phone", couple.people[0].phone.as_str()), ("action", "release")];
    couple.browser.post(FIRST_PHONE, &form).await.leads_to("/marriage/book");
    let review = couple.browser.get(REVIEW).await;
    review.says(&couple.people[0].name);
    review.says("还没有选时间");
    assert!(!review.has("已经到了"));
}

#[tokio::test]
async fn a_page_that_shows_another_time_than_the_held_one_confirms_nothing() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.fill_in().await;
    couple.declare().await.leads_to(CODES);
    let form = couple.codes(&house).await;
    // In another tab a second time is taken.
    house.wait(TimeDelta::seconds(5));
    couple.hold("demo-hill").await;
    couple.browser.post(CODES, &borrowed(&form)).await.leads_to(REVIEW);
    couple.browser.get(REVIEW).await.says("演示山婚姻登记处");
}

#[tokio::test]
async fn changing_an_answer_takes_the_declaration_back() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.fill_in().await;
    couple.declare().await.leads_to(CODES);
    let phone = "13700000000";
    couple.browser.post("/marriage/book/details/first/contact?from=review", &[("phone", phone)]).await.leads_to(REVIEW);
    couple.browser.get(CODES).await.leads_to(REVIEW);
    assert!(!couple.browser.get(REVIEW).await.has(" checked"));
}
