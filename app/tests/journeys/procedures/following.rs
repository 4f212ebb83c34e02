//! After the handing in: finding it again, being asked for more, withdrawing, and the letter.

use axum::http::StatusCode;
use chrono::TimeDelta;
use server::{
    procedures::{acts, cases, cases::OfficeCase},
    staff::authority::Staff,
};
use shared::{
    procedures::{Act, ActName, CaseId, CaseReference, Outcome},
    staff::Role,
};
use testhouse::staff::{clerk, cookies, whoever_sends};

use super::super::house::House;
use super::family::Family;

const FIND: &str = "/cases";
const CODE: &str = "/cases/code";

/// Somebody of the bureau with a role.
pub(super) async fn officer(house: &House, n: usize, role: Role) -> Staff {
    let clerk = clerk(house, n).await;
    clerk.is_given(house, role, "nanshan").await;
    let signed = clerk.sign_in(house, None).await;
    whoever_sends(house, &cookies(&signed)).await.unwrap()
}

/// The only case of the house.
pub(super) async fn the_case(house: &House, staff: &Staff) -> CaseId {
    let page = cases::queue(&house.app, staff, cases::Queue::All, 0, house.now()).await.unwrap();
    page.rows.into_iter().next().expect("one was handed in").id
}

/// Does something to the case as it stands.
pub(super) async fn act(house: &House, staff: &Staff, id: &CaseId, act: Act, said: Option<&str>) -> OfficeCase {
    house.wait(TimeDelta::minutes(1));
    let case = cases::one(&house.app, staff, id, house.now()).await.unwrap();
    acts::act(&house.app, staff, id, case.version, act, said, house.now()).await.unwrap()
}

#[tokio::test]
async fn an_application_is_found_by_its_number_and_phone_and_withdrawn_after_a_question() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    let case = family.apply().await;
    let reference = case.strip_prefix("/cases/").unwrap().to_ascii_lowercase();
    house.wait(TimeDelta::minutes(2));
    let mut other = house.browser_at(FIND).await;
    other.post(FIND, &[("reference", &reference), ("phone", family.phone.as_str())]).await.leads_to(CODE);
    let asked = other.get(CODE).await;
    asked.says("填写的对得上的话");
    assert!(!asked.has(&family.phone));
    let code = house.code(&family.phone).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let refused = other.post(CODE, &[("phone_code", wrong)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("这个验证码没有对上");
    other.post(CODE, &[("phone_code", &code)]).await.leads_to(&case);
    other.get(CODE).await.leads_to("/cases?first");

    let page = format!("{case}/withdraw");
    let asked = other.get(&page).await;
    asked.says("不撤回，返回申请");
    asked.says("撤回以后");
    asked.says("也可以请办理的部门把这一件重新打开");
    let version = asked.value("version");
    other.post(&page, &[("version", &version)]).await.leads_to(&case);
    let gone = other.get(&case).await;
    gone.says("您已经撤回");
    gone.says("重新申请");
    // The same button again changes nothing.
    other.post(&page, &[("version", &version)]).await.leads_to(&case);
    other.get(&page).await.says("不需要撤回");
    for below in ["/supplement", "/letter"] {
        other.get(&format!("{case}{below}")).await.leads_to(&case);
    }
}

#[tokio::test]
async fn a_stranger_is_answered_alike_and_no_message_goes_out() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    let reference = family.apply().await.strip_prefix("/cases/").unwrap().to_owned();
    let before = house.texts().await;
    let unknown = CaseReference::from_random(7).to_string();
    for (reference, phone) in [(&reference, "13700000000"), (&unknown, family.phone.as_str())] {
        let mut stranger = house.browser_at(FIND).await;
        stranger.post(FIND, &[("reference", reference.as_str()), ("phone", phone)]).await.leads_to(CODE);
        let answer = stranger.post(CODE, &[("phone_code", "123456")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        answer.says("这个验证码没有对上");
    }
    assert_eq!(house.texts().await, before);
    let mut browser = house.browser_at(FIND).await;
    let booking = browser.post(FIND, &[("reference", "K7MP-4CRT-9WXH"), ("phone", &family.phone)]).await;
    assert_eq!(booking.status, StatusCode::UNPROCESSABLE_ENTITY);
    booking.says("申请编号是 C- 开头的");
    assert_eq!(booking.value("reference"), "K7MP-4CRT-9WXH");
}

#[tokio::test]
async fn only_what_was_asked_for_is_asked_and_who_looked_is_told() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    let case = family.apply().await;
    let reviewer = officer(&house, 41, Role::Reviewer).await;
    let id = the_case(&house, &reviewer).await;
    let items = vec!["account".to_owned(), "burial_certificate".to_owned()];
    act(&house, &reviewer, &id, Act::Ask { items }, Some("请核对卡号")).await;

    let page = family.browser.get(&case).await;
    for words in ["还缺几样，请您补上", "看要补充什么", "打开了这件申请", "请您补几样"] {
        page.says(words);
    }
    let supplement = format!("{case}/supplement");
    let asked = family.browser.get(&supplement).await;
    for words in ["您自己的银行卡号", "要补的材料", "安葬证明", "早一点补，早一点有结果", "有的找不到"]
    {
        asked.says(words);
    }
    assert!(!asked.has(r#"name="applicant_name""#) && !asked.has(r#"name="organised""#), "{}", asked.html);
    let version = asked.value("version");
    let english = [("account", "62"), ("version", version.as_str()), ("action", "speak-en")];
    let moved = family.browser.post(&supplement, &english).await;
    assert_eq!((moved.status, moved.location), (StatusCode::TEMPORARY_REDIRECT, format!("/en{supplement}")));
    let wrong = [("account", "6222 0212 3456 78901"), ("version", version.as_str())];
    let wrong = family.browser.post(&supplement, &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.value("account"), "6222 0212 3456 78901");
    let right = [("account", "9876543210"), ("version", version.as_str())];
    family.browser.post(&supplement, &right).await.leads_to(&format!("{case}?supplied"));
    family.browser.get(&format!("{case}?supplied")).await.says("补充的内容已经收到");
    // The same button again.
    family.browser.post(&supplement, &right).await.leads_to(&case);
}

#[tokio::test]
async fn a_refusal_is_read_and_printed_with_its_ground_and_where_it_is_contested() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    let case = family.apply().await;
    family.browser.get(&format!("{case}/letter")).await.leads_to(&case);
    let (reviewer, approver) = (officer(&house, 41, Role::Reviewer).await, officer(&house, 42, Role::Approver).await);
    let id = the_case(&house, &reviewer).await;
    act(&house, &reviewer, &id, Act::Accept, None).await;
    act(&house, &reviewer, &id, Act::Review, None).await;
    let refusal = Act::Propose { outcome: Outcome::Refused, hash: String::new() };
    act(&house, &reviewer, &id, refusal, Some("安葬证明上写的是外地的海域。")).await;
    let waiting = family.browser.get(&case).await;
    waiting.says("等另一个人复核");
    assert!(!waiting.has("外地的海域") && !waiting.has("不予"), "{}", waiting.html);
    let seen = cases::one(&house.app, &approver, &id, house.now()).await.unwrap();
    assert!(seen.may.contains(&ActName::Approve));
    let hash = seen.proposal_hash.expect("something is proposed");
    act(&house, &approver, &id, Act::Approve { hash }, None).await;

    family.browser.get(&case).await.says("看决定书");
    let letter = family.browser.get(&format!("{case}/letter")).await;
    letter.says("这次没有同意");
    for words in ["不予", "外地的海域", "60 日内", "6 个月内", "行政复议"] {
        letter.says(words);
    }
    assert!(!letter.has("罚"), "{}", letter.html);
    family.browser.get(&format!("/en{case}/letter")).await.says("administrative review");
    family.browser.get(&format!("{case}/withdraw")).await.says("不需要撤回");

    // What they were told is open again: they hear of it, and read why.
    act(&house, &reviewer, &id, Act::Reopen, Some("补来了新的安葬证明。")).await;
    family.browser.get(&case).await.says("重新审核：补来了新的安葬证明。");
    assert_eq!(house.messages_to(&family.phone, "case_reopened").await.len(), 1);
}

#[tokio::test]
async fn a_copy_of_ones_own_data_takes_a_code_to_the_phone_and_is_read_in_full() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    let case = family.apply().await;
    let page = format!("{case}/data");
    family.browser.get(&case).await.says("查看、打印您填写的内容和办理记录");
    let asks = family.browser.get(&page).await;
    asks.says("发送验证码");
    assert!(!asks.has(&family.id_number), "{}", asks.html);
    house.wait(TimeDelta::minutes(2));
    family.browser.post(&page, &[]).await.says("填写验证码");
    let code = house.code(&family.phone).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let refused = family.browser.post(&page, &[("phone_code", wrong)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!refused.has(&family.id_number), "{}", refused.html);
    let copy = family.browser.post(&page, &[("phone_code", &code)]).await;
    copy.says(&family.id_number);
    for words in [
        "谁看过这件申请",
        "0123 4567 89",
        "您的姓名",
        "已经同意：这样安葬是逝者生前的意愿",
        "（版本 1）",
        "不在这份副本里",
    ] {
        copy.says(words);
    }
    let again = family.browser.post(&page, &[("phone_code", &code)]).await;
    assert!(!again.has(&family.id_number), "a code works once");
}

#[tokio::test]
async fn whoever_has_the_phone_at_hand_is_told_that_the_same_was_granted_to_another() {
    let house = House::open().await;
    let (reviewer, approver) = (officer(&house, 41, Role::Reviewer).await, officer(&house, 42, Role::Approver).await);
    let mut first = Family::begin(&house, 1).await;
    first.apply().await;
    let id = the_case(&house, &reviewer).await;
    act(&house, &reviewer, &id, Act::Accept, None).await;
    act(&house, &reviewer, &id, Act::Review, None).await;
    act(&house, &reviewer, &id, Act::Propose { outcome: Outcome::Granted, hash: String::new() }, None).await;
    let hash = cases::one(&house.app, &approver, &id, house.now()).await.unwrap().proposal_hash.unwrap();
    act(&house, &approver, &id, Act::Approve { hash }, None).await;

    let mut second = Family::begin(&house, 2).await;
    second.proof.clone_from(&first.proof);
    let case = second.apply().await;
    assert!(!second.browser.get(&case).await.has("已经准予过一次"), "whoever typed a number learns nothing by it");
    let reference = case.strip_prefix("/cases/").unwrap();
    let mut found = house.browser_at(FIND).await;
    found.post(FIND, &[("reference", reference), ("phone", second.phone.as_str())]).await.leads_to(CODE);
    let code = house.code(&second.phone).await;
    found.post(CODE, &[("phone_code", &code)]).await.leads_to(&case);
    let page = found.get(&case).await;
    for words in ["同一个编号已经准予过一次", "再书面答复您", "撤回申请"] {
        page.says(words);
    }
    assert!(!page.has(id.as_str()), "nothing of the other: {}", page.html);
}
