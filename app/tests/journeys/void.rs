//! What somebody began who was stopped since, as it is read by them and by the second person.

use axum::http::StatusCode;
use chrono::TimeDelta;
use shared::staff::Role;

use super::{
    at_work::{at_work, busy_house, pressed, sign_in},
    house::House,
    offices::{SERVICES, described},
    people::{CONFIRM, PEOPLE, administrator},
};

const ACCOUNT: &str = "/staff/account";

#[tokio::test]
async fn whoever_ends_a_strange_session_reads_what_waits_in_their_name_and_the_second_person_why_it_is_void() {
    let house = busy_house().await;
    let (own, mut strange) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let (_, mut second) = at_work(&house, 9, Role::OfficeManager, "nanshan").await;
    let mut browser = house.browser();
    sign_in(&house, &own, &mut browser, &[]).await.leads_to("/staff");
    assert!(!browser.get(ACCOUNT).await.has("还没有办完的"));
    let seen = strange.get(SERVICES).await.value("seen");
    strange.post(SERVICES, &described(&seen, &[])).await;
    let page = browser.get(ACCOUNT).await;
    for words in
        ["以您的名义办了、还没有办完的", "改“南山区婚姻登记处”的名称", "上面这些就全部作废", "去看等着的是什么"]
    {
        page.says(words);
    }
    let confirm = pressed(&second.get(CONFIRM).await, "核对过了，确认");

    let ended = page.button("end");
    browser.post(ACCOUNT, &[("end", &ended)]).await.leads_to("/staff/account?ended");
    assert!(!browser.get(ACCOUNT).await.has("还没有办完的"));
    let void = second.post(CONFIRM, &[("do", &confirm)]).await;
    assert_eq!(void.status, StatusCode::CONFLICT);
    void.says("这一项作废了");
    assert!(!second.get(ACCOUNT).await.has("等您确认（"));
    assert!(!house.browser().get("/marriage/book").await.has("南山大厅（搬迁）"));
}

#[tokio::test]
async fn of_a_suspension_that_is_void_each_page_says_why_and_what_can_be_done() {
    let house = House::open().await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let (own, mut admin) = at_work(&house, 7, Role::AccountAdministrator, "nanshan").await;
    let page = "/staff/people/demo-auditor";
    admin.post(page, &[("do", "suspend")]).await.leads_to("/staff/people/demo-auditor?done=suspended");
    admin.get(ACCOUNT).await.says("停用账号 demo-auditor，等第二个人同意");
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
