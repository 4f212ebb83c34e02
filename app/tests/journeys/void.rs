//! What somebody began who was stopped since, as it is read by them and by the second person.

use axum::http::StatusCode;
use chrono::TimeDelta;
use shared::staff::Role;

use super::{
    at_work::at_work,
    house::House,
    people::{CONFIRM, PEOPLE, administrator},
};

#[tokio::test]
async fn of_a_suspension_that_is_void_each_page_says_why_and_what_can_be_done() {
    let house = House::open().await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let (own, mut admin) = at_work(&house, 7, Role::AccountAdministrator, "nanshan").await;
    let page = "/staff/people/demo-auditor";
    admin.post(page, &[("do", "suspend")]).await.leads_to("/staff/people/demo-auditor?done=suspended");
    admin.get(ACCOUNT).await.says("停用账号 demo-auditor，等第二个人同意");
    assert!(manager.get(CONFIRM).await.has("agree:demo-auditor"));
    let mut another = administrator(&house, "demo-admin").await;
    another.post(&format!("{PEOPLE}/{}", own.account), &[("do", "end")]).await;
    let void = manager.get(CONFIRM).await;
    void.says("这一项作废了");
    assert!(!void.has("value=\"agree:demo-auditor\"") && void.has("value=\"disagree:demo-auditor\""), "{}", void.html);
    assert!(!void.has("等您确认（"));
    let agreed = manager.post(CONFIRM, &[("do", "agree:demo-auditor")]).await;
    assert_eq!(agreed.status, StatusCode::CONFLICT);
    agreed.says("请重新办前一步");
    another.get(page).await.says("一个人停用的，没有人能同意了");
    house.wait(TimeDelta::minutes(1));
    another.post(page, &[("do", "suspend")]).await.leads_to("/staff/people/demo-auditor?done=suspended");
    another.get(page).await.says("一个人停用的，等第二个人同意");
    manager.post(CONFIRM, &[("do", "agree:demo-auditor")]).await.leads_to("/staff/confirm?done=agreed");
}
