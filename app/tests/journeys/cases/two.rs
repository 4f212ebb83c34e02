//! Who filled it in, who proposes and who signs are three people; and whoever was slower is told how it stands.

use axum::http::StatusCode;
use shared::staff::Role;

use super::{House, act, act_at, approver, correct, done, handed_in, reviewed, reviewer, typed, way_to};
use crate::journeys::at_work::at_work;

#[tokio::test]
async fn the_same_person_cannot_sign_what_they_proposed_whatever_roles_they_have() {
    let house = House::open().await;
    let submitted = handed_in(&house, &typed(1), None).await;
    let (li, mut browser) = reviewer(&house, 1).await;
    li.is_given(&house, Role::Approver, "nanshan").await;
    let case = way_to(&mut browser, submitted.reference).await;
    reviewed(&mut browser, &case).await;
    let granted = [("outcome", "granted"), ("sum", "3000")];
    act(&mut browser, &case, "propose", &granted).await.leads_to(&done(&case, "propose"));
    let (_, mut wang) = approver(&house, 2).await;
    let other = wang.get(&case).await;
    let (version, hash) = (other.value("version"), other.value("hash"));
    let page = browser.get(&case).await;
    assert!(!page.has("name=\"hash\""), "nothing to sign is offered");
    let signs = [("hash", hash.as_str()), ("sure", "yes")];
    let own = act_at(&mut browser, &case, (version.as_str(), "approve"), &signs).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    own.says("意见是您提的");
    wang.get(&case).await.says("已提出意见，等第二个人复核");
}

#[tokio::test]
async fn whoever_filed_it_at_the_counter_neither_proposes_nor_signs() {
    let house = House::open().await;
    let (li, mut browser) = reviewer(&house, 1).await;
    li.is_given(&house, Role::Approver, "nanshan").await;
    let submitted = handed_in(&house, &typed(1), Some(&li.person)).await;
    let case = way_to(&mut browser, submitted.reference).await;
    reviewed(&mut browser, &case).await;
    let page = browser.get(&case).await;
    page.says("在窗口代填");
    assert!(!page.has("value=\"propose\""), "nothing to propose is offered");
    let version = page.value("version");
    let granted = [("outcome", "granted"), ("sum", "3000")];
    let own = act_at(&mut browser, &case, (version.as_str(), "propose"), &granted).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    own.says("这件申请是您代填的");

    // Whoever signs could sign before it was proposed.
    let ((_, mut zhao), (_, mut wang)) = (reviewer(&house, 2).await, approver(&house, 3).await);
    act(&mut zhao, &case, "propose", &granted).await.leads_to(&done(&case, "propose"));
    let other = wang.get(&case).await;
    let (version, hash) = (other.value("version"), other.value("hash"));
    let signs = [("hash", hash.as_str()), ("sure", "yes")];
    let own = act_at(&mut browser, &case, (version.as_str(), "approve"), &signs).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    act(&mut wang, &case, "approve", &signs).await.leads_to(&done(&case, "approve"));
}

#[tokio::test]
async fn a_tab_that_was_open_too_long_is_told_how_the_case_stands() {
    let house = House::open().await;
    let submitted = handed_in(&house, &typed(1), None).await;
    let ((_, mut li), (_, mut zhao)) = (reviewer(&house, 1).await, reviewer(&house, 2).await);
    let case = way_to(&mut li, submitted.reference).await;
    let old = zhao.get(&case).await.value("version");
    act(&mut li, &case, "accept", &[]).await.leads_to(&done(&case, "accept"));
    let stale = act_at(&mut zhao, &case, (old.as_str(), "accept"), &[]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    stale.says("有人刚办过这件申请，它现在：已受理");

    // What was typed is still there, to be sent again after reading.
    act(&mut li, &case, "review", &[]).await.leads_to(&done(&case, "review"));
    let old = zhao.get(&case).await.value("version");
    act(&mut li, &case, "propose", &[("outcome", "granted")]).await.leads_to(&done(&case, "propose"));
    correct(&mut li, &case, ["relation", "spouse", "户口本上是配偶"]).await.leads_to(&done(&case, "correct"));
    let typed = [("outcome", "refused"), ("requirement", "other"), ("facts", "写了很久的一段事实")];
    let stale = act_at(&mut zhao, &case, (old.as_str(), "propose"), &typed).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    stale.says("写了很久的一段事实");
    assert_ne!(stale.value("version"), old, "it is sent again under the version that stands");
}

#[tokio::test]
async fn what_one_role_does_is_not_done_by_another() {
    let house = House::open().await;
    let submitted = handed_in(&house, &typed(1), None).await;
    let ((_, mut li), (_, mut wang)) = (reviewer(&house, 1).await, approver(&house, 2).await);
    let case = way_to(&mut li, submitted.reference).await;
    let version = li.get(&case).await.value("version");
    assert_eq!(act_at(&mut wang, &case, (version.as_str(), "accept"), &[]).await.status, StatusCode::FORBIDDEN);
    wang.get(&case).await.says("您的岗位现在没有要办的");
    let (_, mut finance) = at_work(&house, 3, Role::Finance, "nanshan").await;
    let page = finance.get(&case).await;
    page.says("您的岗位现在没有要办的");
    assert!(!page.has("看完整的一项"), "whoever pays reads no number in full");
    assert_eq!(act_at(&mut finance, &case, (version.as_str(), "accept"), &[]).await.status, StatusCode::FORBIDDEN);
    for no_act in ["", "withdraw", "lapse", "nothing"] {
        let page = act_at(&mut li, &case, (version.as_str(), no_act), &[]).await;
        assert!(page.status.is_client_error(), "{no_act}: {}", page.status);
    }
    li.get(&case).await.says("已提交，还没有受理");
}

#[tokio::test]
async fn a_case_passes_on_to_a_relative_by_a_form_that_asks_once_more() {
    let house = House::open().await;
    let submitted = handed_in(&house, &typed(1), None).await;
    let (_, mut li) = reviewer(&house, 1).await;
    let case = way_to(&mut li, submitted.reference).await;
    li.get(&case).await.says("申请人去世了");
    let other = typed(2);
    let own = ["relation", "applicant_name", "applicant_id", "applicant_phone", "account"];
    let mut form: Vec<(&str, &str)> = own.iter().map(|field| (*field, other[*field].as_str())).collect();
    let silent = act(&mut li, &case, "pass", &[form.as_slice(), &[("sure", "yes")]].concat()).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "it takes a reason");
    form.push(("said-pass", "死亡证明和户口本已经看过"));
    act(&mut li, &case, "pass", &form).await.says("两个手机号都会收到短信");
    form.push(("sure", "yes"));
    act(&mut li, &case, "pass", &form).await.leads_to(&done(&case, "pass"));
    li.get(&done(&case, "pass")).await.says("已经转由家属接着办");
}

#[tokio::test]
async fn another_sum_for_a_further_signature_is_proposed_by_one_and_confirmed_by_another() {
    let house = House::open().await;
    let ((_, mut wang), (_, mut zhao)) = (approver(&house, 1).await, approver(&house, 2).await);
    let (page, done) = ("/staff/cases/threshold", "/staff/cases/threshold?done=yes");
    wang.get(page).await.says("现在：不用加签");
    let propose = |sum| [("procedure", "green_burial"), ("do", "propose"), ("sum", sum)];
    let wrong = wang.post(page, &propose("很多")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wang.post(page, &propose("3000")).await.leads_to(done);
    let waits = zhao.get(page).await;
    waits.says("从 3,000 元 起");
    let id = waits.value("id");
    let confirm = [("id", id.as_str()), ("do", "confirm")];
    let own = wang.post(page, &confirm).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    zhao.post(page, &confirm).await.leads_to(done);
    wang.get(page).await.says("现在：从 3,000 元 起");
}
