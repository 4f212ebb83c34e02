//! The held time while the form is filled in.

use axum::http::StatusCode;
use chrono::TimeDelta;
use server::{appointments::hold, marriage::BOOKABLE};
use testhouse::anyone;

use super::{
    browser::Page,
    couple::{CODES, Couple, FIRST, REVIEW, SECOND, borrowed},
    house::House,
};

/// Where the first free time stands among the others of its day.
pub const DAY: &str = "/marriage/book?registry=nanshan&date=2026-05-14";
pub const HOLD: &str = "/marriage/book/hold";

/// What the button sends that holds a time again.
pub fn again(page: &Page) -> String {
    let from = page.html.find("\"again-").expect("it is offered again") + 1;
    page.html[from..].split('"').next().unwrap().to_owned()
}

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
    review.says("为您保留的时间已经到了：5月14日 上午 9:00");
    review.says("您填写的内容为您保留到中午 12:15。");
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
    assert!(!page.has(r#"value="extend""#));
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
async fn a_hold_that_ran_out_before_anything_was_typed_is_told_and_held_again() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    house.wait(TimeDelta::minutes(15));
    let page = couple.browser.get(FIRST).await;
    page.says("为您保留的时间已经到了：5月14日 上午 9:00");
    assert!(!page.has("还没有选时间") && !page.has("您填写的内容为您保留"), "nothing was typed");
    // Longer was pressed too late: it is told all the same, and what was typed stays.
    couple.person_and(0, &[("action", "extend")]).await.leads_to(FIRST);
    let page = couple.browser.get(FIRST).await;
    page.says("为您保留的时间已经到了：5月14日 上午 9:00");
    page.says("您填写的内容为您保留到中午 12:15。");
    let again = again(&page);
    couple.person_and(0, &[("name", "half"), ("action", &again)]).await.leads_to(FIRST);
    let page = couple.browser.get(FIRST).await;
    page.says("保留到上午 10:30");
    assert_eq!(page.value("name"), "half");
}

#[tokio::test]
async fn a_time_that_others_have_meanwhile_is_not_offered_again() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    house.wait(TimeDelta::minutes(16));
    couple.browser.get(FIRST).await.says("重新保留");
    let slot = house.free_slot("nanshan", "2026-05-14").await;
    for _ in 0..slot.remaining {
        hold::take(&house.app, &BOOKABLE, slot.id, anyone(), house.now()).await.unwrap();
    }
    house.wait(TimeDelta::seconds(2));
    for page in [FIRST, DAY] {
        let page = couple.browser.get(page).await;
        page.says("为您保留的时间已经到了：5月14日 上午 9:00");
        page.says("这个时间现在约满了。");
        page.says("选别的时间");
        assert!(!page.has("重新保留"));
    }
}

#[tokio::test]
async fn the_same_time_is_held_again_from_every_page_where_its_end_is_met() {
    let house = House::open().await;
    for page in [FIRST, SECOND, REVIEW, CODES] {
        let mut couple = Couple::new(&house, 1);
        couple.hold("nanshan").await;
        couple.fill_in().await;
        couple.declare().await;
        let ready = again(&couple.browser.get(page).await);
        house.wait(TimeDelta::minutes(16));
        // As a script leaves the page that was open.
        let again = [("action", ready.as_str())];
        match page {
            FIRST => couple.person_and(0, &again).await,
            SECOND => couple.person_and(1, &again).await,
            _ => couple.browser.post(page, &again).await,
        }
        .leads_to(page);
        let held = couple.browser.get(REVIEW).await;
        held.says("5月14日 星期四 上午 9:00");
        held.says("发送验证码");
        couple.browser.post(REVIEW, &[("hold", &held.value("hold")), ("action", "release")]).await.leads_to(DAY);
    }
}

#[tokio::test]
async fn a_time_that_others_took_meanwhile_leads_to_the_nearest_of_its_day() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.person(0).await.leads_to(SECOND);
    house.wait(TimeDelta::minutes(16));
    let page = couple.browser.get(SECOND).await;
    let again = again(&page);
    let slot = again.trim_start_matches("again-").to_owned();
    for _ in 0..3 {
        house.browser_at(DAY).await.post(DAY, &[("slot", &slot)]).await.leads_to(FIRST);
    }
    let answer = couple.person_and(1, &[("action", &again)]).await;
    assert_eq!((answer.status, answer.cache.as_str()), (StatusCode::CONFLICT, "no-store"));
    for words in [
        "5月14日 上午 9:00",
        "这个时间不能再保留了",
        "这个时间刚刚约满了",
        "这一天离它最近的时间",
        "您填写的内容为您保留到中午 12:16。",
    ] {
        answer.says(words);
    }
    let near = answer.slots("offer");
    assert!(near.len() == 3 && !near.contains(&slot));
    couple.browser.post(DAY, &[("slot", &near[0])]).await.leads_to(FIRST);
    couple.browser.get(FIRST).await.says("5月14日 上午 9:15");
    assert_eq!(couple.browser.get(SECOND).await.value("name"), couple.people[1].name);
}

#[tokio::test]
async fn answers_are_kept_for_two_hours_after_the_last_change_or_the_end_of_the_hold() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.person(0).await.leads_to(SECOND);
    house.wait(TimeDelta::minutes(134));
    assert_eq!(couple.browser.get(FIRST).await.value("name"), couple.people[0].name);
    house.wait(TimeDelta::minutes(1));
    assert_eq!(couple.browser.get(FIRST).await.value("name"), "");

    let mut early = Couple::new(&house, 2);
    early.browser.get(FIRST).await;
    early.person(0).await.leads_to(SECOND);
    house.wait(TimeDelta::minutes(119));
    assert_eq!(early.browser.get(FIRST).await.value("name"), early.people[0].name);
    early.browser.get("/privacy").await.says("2 小时删除");
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
    let other = format!("{REVIEW}?other");
    couple.browser.post(CODES, &borrowed(&form)).await.leads_to(&other);
    couple.browser.post(REVIEW, &[("hold", &form[0].1), ("declared", "yes")]).await.leads_to(&other);
    let review = couple.browser.get(&other).await;
    review.says("保留的时间换过了，还没有预约");
    review.says("演示山婚姻登记处");
}

#[tokio::test]
async fn a_form_that_confirms_without_its_cookie_is_told_so() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.fill_in().await;
    couple.declare().await.leads_to(CODES);
    let form = couple.codes(&house).await;
    let hold = form[0].1.as_str();
    let declared = [("hold", hold), ("declared", "yes")];
    let codes = borrowed(&form);
    for (page, form) in [(REVIEW, &declared[..]), (CODES, &codes[..])] {
        let answer = house.browser().post(page, form).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        for words in ["浏览器没有保存 Cookie", "之前为您保留的时间和填写的内容，在这里找不到了", "重新选时间"]
        {
            answer.says(words);
        }
        // With a new cookie, or in another browser.
        let mut other = house.browser_at("/marriage/book?registry=nanshan").await;
        other.post(page, form).await.leads_to(&format!("{REVIEW}?other"));
        other.get(&format!("{REVIEW}?other")).await.says("刚才那个时间，这个浏览器里没有保留");
    }
}

#[tokio::test]
async fn pages_that_stayed_open_know_the_booking_that_was_made_in_another_window() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    let open = couple.browser.get(FIRST).await.value("hold");
    couple.fill_in().await;
    couple.declare().await.leads_to(CODES);
    let form = couple.codes(&house).await;
    let page = couple.browser.post(CODES, &borrowed(&form)).await.location;
    for action in ["extend", "release"] {
        couple.browser.post(HOLD, &[("hold", &open), ("action", action)]).await.leads_to(&page);
        couple.person_and(1, &[("hold", &open), ("action", action)]).await.leads_to(&page);
    }
    couple.person_and(0, &[("hold", &open)]).await.leads_to(&page);
    couple.browser.get(&page).await.says("预约成功");
    assert_eq!(couple.browser.get(FIRST).await.value("name"), "", "nothing was kept for a second booking");
}

#[tokio::test]
async fn changing_an_answer_takes_the_declaration_back() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.fill_in().await;
    couple.declare().await.leads_to(CODES);
    let phone = "13700000000";
    let (name, number) = (couple.people[0].name.clone(), couple.people[0].id_number.clone());
    let form = [("kind", "mainland"), ("name", name.as_str()), ("id_number", number.as_str()), ("phone", phone)];
    couple.browser.post("/marriage/book/details/first?from=review", &form).await.leads_to(REVIEW);
    couple.browser.get(CODES).await.leads_to(REVIEW);
    assert!(!couple.browser.get(REVIEW).await.has(" checked"));
}
