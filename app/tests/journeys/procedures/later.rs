//! Going on later, somewhere else, or too late.

use axum::http::StatusCode;
use chrono::TimeDelta;

use super::super::house::House;
use super::family::{Family, RESUME, START};

/// The last six signs of a number.
fn end(number: &str) -> &str {
    &number[number.len() - 6..]
}

#[tokio::test]
async fn the_day_until_which_a_draft_is_kept_stands_on_every_page_and_then_it_is_over() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    family.fill("deceased").await;
    for page in [family.draft.clone(), family.step("burial"), family.check(), format!("{}/discard", family.draft)] {
        family.browser.get(&page).await.says("填写的内容保留到 2026年6月12日");
    }
    house.wait(TimeDelta::days(10));
    family.fill("burial").await;
    family.browser.get(&family.draft).await.says("填写的内容保留到 2026年6月22日");
    house.wait(TimeDelta::days(31));
    let over = family.browser.get(&family.draft).await;
    assert_eq!(over.status, StatusCode::GONE);
    over.says("这份申请保留的时间已经过了");
    over.says("重新填写一份");
    let sent = family.send("applicant", "2", &[]).await;
    assert_eq!(sent.status, StatusCode::GONE);
}

#[tokio::test]
async fn a_draft_is_found_again_by_phone_and_the_end_of_the_number() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    family.fill("applicant").await;
    let mut other = house.browser_at(RESUME).await;
    let form = [("phone", family.phone.as_str()), ("last_six", end(&family.id_number))];
    other.post(RESUME, &form).await.leads_to(&format!("{RESUME}/code"));
    other.get(&format!("{RESUME}/code")).await.says("填写的对得上的话");
    let code = house.code(&family.phone).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let refused = other.post(&format!("{RESUME}/code"), &[("phone_code", wrong)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("这个验证码没有对上");
    other.post(&format!("{RESUME}/code"), &[("phone_code", &code)]).await.leads_to(&family.draft);
    assert_eq!(other.get(&family.step("applicant")).await.value("applicant_name"), "钱演示");
    // It is used up.
    other.get(&format!("{RESUME}/code")).await.leads_to(&format!("{RESUME}?first"));
    other.get(RESUME).await.says("这个浏览器里没填完的");
}

#[tokio::test]
async fn whoever_knows_only_half_gets_the_same_answers_and_no_message() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    family.fill("applicant").await;
    let before = house.texts().await;
    for (phone, last_six) in [("13700000000", end(&family.id_number)), (family.phone.as_str(), "000000")] {
        let mut stranger = house.browser_at(RESUME).await;
        let form = [("phone", phone), ("last_six", last_six)];
        stranger.post(RESUME, &form).await.leads_to(&format!("{RESUME}/code"));
        let answer = stranger.post(&format!("{RESUME}/code"), &[("phone_code", "123456")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        answer.says("这个验证码没有对上");
    }
    assert_eq!(house.texts().await, before);
    let mut browser = house.browser_at(RESUME).await;
    let wrong = browser.post(RESUME, &[("phone", "12"), ("last_six", "12")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("有 2 处需要更正");
    assert_eq!((wrong.value("phone").as_str(), wrong.value("last_six").as_str()), ("12", "12"));
}

#[tokio::test]
async fn what_is_deleted_says_what_is_lost_first() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    family.fill("deceased").await;
    let page = format!("{}/discard", family.draft);
    let asked = family.browser.get(&page).await;
    asked.says("不能恢复");
    asked.says("不删除，接着填");
    family.browser.post(&page, &[]).await.leads_to(START);
    let gone = family.browser.get(&family.draft).await;
    assert_eq!(gone.status, StatusCode::UNAUTHORIZED);
    gone.says("这份申请在这里打不开");
}
