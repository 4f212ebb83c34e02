//! What a family says of how it was served: only once it is decided, and until somebody has read it.

use axum::http::StatusCode;
use server::procedures::ratings;
use shared::{
    procedures::{Act, Outcome},
    staff::Role,
};

use super::{
    super::house::House,
    family::Family,
    following::{act, officer, the_case},
};

#[tokio::test]
async fn a_family_says_how_it_was_served_in_one_of_five_grades_and_is_never_asked_twice() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    let case = family.apply().await;
    let rating = format!("{case}/rating");
    assert!(!family.browser.get(&case).await.has("评价这次办理"), "nothing is decided");
    family.browser.get(&rating).await.leads_to(&case);
    let (reviewer, approver) = (officer(&house, 41, Role::Reviewer).await, officer(&house, 42, Role::Approver).await);
    let id = the_case(&house, &reviewer).await;
    act(&house, &reviewer, &id, Act::Accept, None).await;
    act(&house, &reviewer, &id, Act::Review, None).await;
    let proposal = Act::Propose { outcome: Outcome::Granted, hash: String::new() };
    let hash = act(&house, &reviewer, &id, proposal, None).await.proposal_hash.expect("something is proposed");
    act(&house, &approver, &id, Act::Approve { hash }, None).await;

    let page = family.browser.get(&case).await;
    for words in ["评价这次办理", "不评价，对您没有任何影响"] {
        page.says(words);
    }
    let asked = family.browser.get(&rating).await;
    for words in ["非常满意", "基本满意", "非常不满意", "办得太慢", "不评价，返回申请"] {
        asked.says(words);
    }
    assert!(!asked.has(r#"name="grade" checked"#), "no grade stands there before anybody chose one");
    let silent = family.browser.post(&rating, &[("words", "等了很久才有人回复")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    silent.says("请选择一项");
    silent.says("等了很久才有人回复");
    let moved = family.browser.post(&rating, &[("grade", "bad"), ("action", "speak-en")]).await;
    assert_eq!((moved.status, moved.location), (StatusCode::TEMPORARY_REDIRECT, format!("/en{rating}")));
    let bad = [("grade", "bad"), ("reasons", "slow"), ("words", "等了很久才有人回复")];
    family.browser.post(&rating, &bad).await.leads_to(&format!("{case}?rated"));
    let page = family.browser.get(&format!("{case}?rated")).await;
    for words in ["您的评价已经收到", "您评的是：不满意", "改评价"] {
        page.says(words);
    }
    assert!(!page.has("评价这次办理"), "nobody is asked twice");

    // Once somebody of the office has read it, it stays.
    ratings::of_case(&house.app, &reviewer, &id, house.now()).await.unwrap();
    let late = family.browser.post(&rating, &[("grade", "good")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.says("评价已经有人看过");
    family.browser.get(&rating).await.leads_to(&case);
    family.browser.get(&case).await.says("工作人员已经看过，不能再改");
}
