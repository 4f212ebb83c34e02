//! A family asks the office something, and reads what it says, without a script.

use axum::http::StatusCode;
use chrono::TimeDelta;
use server::procedures::talk;
use shared::staff::Role;

use super::{
    super::house::House,
    family::Family,
    following::{officer, the_case},
};

#[tokio::test]
async fn a_family_writes_to_the_staff_and_reads_their_answer_on_the_page_of_its_application() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    let case = family.apply().await;
    let page = format!("{case}/messages");
    family.browser.get(&case).await.says("有话问工作人员");
    family.browser.get(&page).await.says("还没有留言");
    let silent = family.browser.post(&page, &[("words", "")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    silent.says("请写要说的话");
    let number = family.browser.post(&page, &[("words", "请打 13800138000 找我")]).await;
    assert_eq!(number.status, StatusCode::UNPROCESSABLE_ENTITY);
    number.says("请打 13800138000 找我");
    let moved = family.browser.post(&page, &[("words", "请问"), ("action", "speak-en")]).await;
    assert_eq!((moved.status, moved.location), (StatusCode::TEMPORARY_REDIRECT, format!("/en{page}")));
    family.browser.post(&page, &[("words", "请问办得怎么样了？")]).await.leads_to(&format!("{page}?sent"));
    let sent = family.browser.get(&format!("{page}?sent")).await;
    for words in ["留言已经送到民政部门", "请问办得怎么样了？", "工作人员还没有看"] {
        sent.says(words);
    }

    house.wait(TimeDelta::minutes(5));
    let reviewer = officer(&house, 41, Role::Reviewer).await;
    let id = the_case(&house, &reviewer).await;
    talk::of_case(&house.app, &reviewer, &id, house.now()).await.unwrap();
    talk::answer(&house.app, &reviewer, &id, ("waiting", ""), None, house.now()).await.unwrap();
    assert_eq!(house.messages_to(&family.phone, "case_message").await.len(), 1);
    family.browser.get(&case).await.says("工作人员给您留了言");
    let read = family.browser.get(&page).await;
    for words in ["工作人员看过，时间：", "这件申请还在核对"] {
        read.says(words);
    }
    family.browser.get(&format!("/en{page}")).await.says("Your application is still being checked");
    assert!(!family.browser.get(&case).await.has("工作人员给您留了言"), "it has been read");
}

#[tokio::test]
async fn whoever_waits_for_many_answers_keeps_what_was_typed_and_reads_why_it_was_not_sent() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    let page = format!("{}/messages", family.apply().await);
    for n in 0..talk::MOST {
        let words = format!("再问一次，第 {n} 遍。");
        family.browser.post(&page, &[("words", words.as_str())]).await.leads_to(&format!("{page}?sent"));
    }
    let refused = family.browser.post(&page, &[("words", "还想再问一次。")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    for words in ["这一条没有发出去", "还想再问一次。"] {
        refused.says(words);
    }
}
