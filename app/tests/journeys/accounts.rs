//! Accounts are suspended, closed and opened anew.

use axum::http::StatusCode;
use shared::staff::Role;

use super::{
    at_work::{DAY, OFFICE, at_work, busy_house, press},
    house::House,
    people::{CONFIRM, PEOPLE, administrator, set_up, text_of},
};

#[tokio::test]
async fn an_administrator_whom_one_suspends_waits_for_what_a_second_person_says() {
    let house = House::open().await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let mut admin = administrator(&house, "demo-admin").await;
    let page = "/staff/people/demo-admin-2";
    admin.get(page).await.says("但要第二个人在 72 小时内同意");
    assert!(!admin.get(page).await.has("最近使用"));
    admin.post(page, &[("do", "suspend")]).await.leads_to("/staff/people/demo-admin-2?done=suspended");
    let suspended = admin.get(page).await;
    suspended.says("一个人停用的，等第二个人同意");
    let take = suspended.html.split("value=\"take:").nth(1).unwrap().split('"').next().unwrap().to_owned();
    admin
        .post(page, &[("do", &format!("take:{take}"))])
        .await
        .says("收回账号管理员的岗位，重新邀请审计员或者大厅唯一的负责人，都要两个人");
    admin.get(PEOPLE).await.says("前一步是您办的");
    let own = admin.post(CONFIRM, &[("do", "agree:demo-admin-2")]).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    own.says("前一步是您自己办的");
    let (_, mut late) = at_work(&house, 9, Role::OfficeManager, "nanshan").await;
    assert!(!late.get(CONFIRM).await.has("agree:demo-admin-2"));
    let refused = late.post(CONFIRM, &[("do", "agree:demo-admin-2")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    refused.says("您的岗位是在这件事以后才有的");
    manager.get(CONFIRM).await.says("停用账号管理员：");
    manager.post(CONFIRM, &[("do", "agree:demo-admin-2")]).await.leads_to("/staff/confirm?done=agreed");
    admin.post(page, &[("do", &format!("take:{take}"))]).await.leads_to("/staff/people/demo-admin-2?done=taken");
}

#[tokio::test]
async fn whoever_is_serving_is_said_to_be_before_their_account_is_closed() {
    let house = busy_house().await;
    let (clerk, mut browser) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let (_, mut admin) = at_work(&house, 7, Role::AccountAdministrator, "nanshan").await;
    let office = format!("{OFFICE}?office=nanshan");
    manager.post(&office, &[("do", "create"), ("name", "91")]).await;
    let person = format!("{PEOPLE}/{}", clerk.account);
    assert!(!admin.get(&person).await.has("91 号窗口"));
    let day = browser.get(DAY).await;
    press(&mut browser, &day, "坐到 91 号窗口", &[]).await;
    admin.get(&person).await.says("现在坐在 91 号窗口");
    let page = manager.get(&office).await;
    let close = page.html.split("value=\"close:").last().unwrap().split('"').next().unwrap().to_owned();
    let day = browser.get(DAY).await;
    press(&mut browser, &day, "叫下一个", &[]).await;
    admin.get(&person).await.says("现在在 91 号窗口接待");
    admin.get(&person).await.says("最近登录");
    // The manager, who cannot close the counter, is led to where it is put in order, also from a page of before.
    let page = manager.get(&office).await;
    page.says("有人在办，先看这个号");
    assert!(!page.has(&format!("value=\"close:{close}\"")));
    let refused = manager.post(&office, &[("do", &format!("close:{close}"))]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.says("看窗口上的号：可以暂放");
    // Once it is closed the account says what is left to do, and so does the sheet.
    admin.post(&person, &[("do", "suspend")]).await;
    let suspended = admin.get(&person).await;
    suspended.says("91 号窗口上还有一个号");
    suspended.says("请告诉大厅负责人");
    manager.get(DAY).await.says("坐着的人不能再在这里办事");
}

#[tokio::test]
async fn an_account_is_opened_anew_once_its_owner_was_looked_at() {
    let house = House::open().await;
    let mut admin = administrator(&house, "demo-admin").await;
    let page = "/staff/people/demo-clerk";
    let unseen = admin.post(page, &[("do", "reset")]).await;
    assert_eq!(unseen.status, StatusCode::UNPROCESSABLE_ENTITY);
    unseen.says("请先当面核对本人的身份证");
    let reset = admin.post(page, &[("do", "reset"), ("checked-person", "yes")]).await;
    assert_eq!((reset.status, reset.cache.as_str()), (StatusCode::OK, "no-store"));
    let code = text_of(&reset, "<code>");
    reset.says("撤回邀请，用原来的密码恢复登录");
    let ready = set_up(&house, "demo-clerk", &code, "another four words").await;
    ready.says("备用码只显示这一次");
    let waits = admin.get(page).await;
    waits.says("账号设好了，等第二个人确认");
    waits.says("demo-admin-2、demo-manager、demo-manager-2");
    let mut second = administrator(&house, "demo-admin-2").await;
    second.get(PEOPLE).await.says("重新开通的账号：");
    let number = text_of(&ready, r#"id="number" class="one-time">"#);
    let seen = [("do", "seen:demo-clerk"), ("number.demo-clerk", &*number)];
    second.post(CONFIRM, &seen).await.leads_to("/staff/confirm?done=seen");
    admin.get(page).await.says("在用");
    admin.get("/staff/people/demo-admin-2").await.says("由系统运维人员重新邀请");
    let other = admin.post("/staff/people/demo-admin-2", &[("do", "reset"), ("checked-person", "yes")]).await;
    other.says("由系统运维人员用命令重新邀请");
}
