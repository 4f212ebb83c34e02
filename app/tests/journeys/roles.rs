//! Roles are given and taken back, where it takes two by a second administrator.

use axum::http::StatusCode;
use shared::staff::Role;
use testhouse::staff::clerk;

use super::{
    at_work::at_work,
    browser::Browser,
    house::House,
    people::{CONFIRM, NEW, PEOPLE, administrator, send, taken_on},
};

#[tokio::test]
async fn roles_are_given_with_their_time_and_taken_back_and_what_excludes_them_is_said_first() {
    let house = House::open().await;
    let mut admin = administrator(&house, "demo-admin").await;
    let page = "/staff/people/demo-clerk";
    let shown = admin.get(page).await;
    shown.says("窗口工作人员");
    shown.says("和现有岗位“窗口工作人员”不能兼任");
    let before = shown.html.split("value=\"auditor\"").next().unwrap();
    assert!(before[before.rfind('<').unwrap()..].contains("disabled"), "it is not offered: {}", shown.html);
    shown.says("100000********0017");
    let wrong = [("do", "give"), ("role", "reviewer"), ("scope", "office:nanshan"), ("until.year", "2020")];
    let wrong = admin.post(page, &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("请填写月份");
    assert!(wrong.has("<details open"), "the form is open where it has to be corrected: {}", wrong.html);
    assert_eq!(wrong.value("until.year"), "2020");
    let elsewhere = [("do", "give"), ("role", "reviewer"), ("scope", "office:demo-bay")];
    let elsewhere = admin.post(page, &elsewhere).await;
    assert_eq!(elsewhere.status, StatusCode::UNPROCESSABLE_ENTITY, "only where they give roles");
    let until = [("until.year", "2026"), ("until.month", "6"), ("until.day", "30")];
    let give = [&[("do", "give"), ("role", "reviewer"), ("scope", "office:nanshan")][..], &until].concat();
    admin.post(page, &give).await.leads_to("/staff/people/demo-clerk?done=given");
    let given = admin.get("/staff/people/demo-clerk?done=given").await;
    given.says("岗位授予了，马上生效");
    given.says("2026年6月30日 星期二 24:00");
    given.says("demo-admin 授予");
    let excluded = [("do", "give"), ("role", "auditor"), ("scope", "office:nanshan")];
    let excluded = admin.post(page, &excluded).await;
    assert_eq!(excluded.status, StatusCode::CONFLICT);
    excluded.says("同一个人不能同时担任审计员和");
    let held = given.html.split("value=\"take:").nth(2).unwrap().split('"').next().unwrap();
    let take = format!("take:{held}");
    admin.post(page, &[("do", &take)]).await.leads_to("/staff/people/demo-clerk?done=taken");
    admin.get(page).await.says("以前的岗位");
    let own = admin.get("/staff/people/demo-admin").await;
    own.says("这是您自己的账号");
    assert!(!own.has(r#"value="give""#));
    let own = admin
        .post("/staff/people/demo-admin", &[("do", "give"), ("role", "content_editor"), ("scope", "office:nanshan")]);
    own.await.says("不能给自己授予岗位");
}

#[tokio::test]
async fn whoever_works_in_the_hall_is_given_an_office_and_an_editor_may_have_one_place() {
    let house = House::open().await;
    let (_, mut admin) = at_work(&house, 1, Role::AccountAdministrator, "demo-bay").await;
    clerk(&house, 2).await.is_given(&house, Role::Reviewer, "demo-bay").await;
    let page = "/staff/people/clerk2";
    admin.get(page).await.says("只能选整个大厅");
    let give = async |admin: &mut Browser, role: &str, scope: &str| {
        admin.post(page, &[("do", "give"), ("role", role), ("scope", scope)]).await
    };
    for role in ["counter_clerk", "office_manager"] {
        let refused = give(&mut admin, role, "place:demo-bay-hall").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("只能按整个大厅任职，不能只管一处");
    }
    give(&mut admin, "content_editor", "place:demo-bay-hall").await.leads_to(&format!("{page}?done=given"));
    give(&mut admin, "counter_clerk", "office:demo-bay").await.leads_to(&format!("{page}?done=given"));
}

#[tokio::test]
async fn an_administrator_is_proposed_by_one_and_approved_by_another_on_their_own_list() {
    let house = House::open().await;
    let (mut first, mut second) =
        (administrator(&house, "demo-admin").await, administrator(&house, "demo-admin-2").await);
    let page = "/staff/people/demo-editor";
    let give = [("do", "give"), ("role", "account_administrator"), ("scope", "office:nanshan")];
    first.get(page).await.says("先提出，再由另一位账号管理员同意");
    first.post(page, &give).await.leads_to("/staff/people/demo-editor?done=proposed");
    first.get(page).await.says("这是您提出的");
    first.post(page, &give).await.says("同样的提议已经有了");
    // The second is called by the menu of every page, and whoever proposed it is not.
    second.get("/staff/account").await.says("等您确认（1）");
    assert!(!first.get("/staff/account").await.has("等您确认（"));
    second.get(CONFIRM).await.says("等另一位管理员同意");
    let tasks = second.get(PEOPLE).await;
    tasks.says("等另一位管理员同意");
    let approve = tasks.button("do");
    assert!(approve.starts_with("approve:") || tasks.has("approve:"), "{approve}");
    let approve = format!("approve:{}", tasks.html.split("\"approve:").nth(1).unwrap().split('"').next().unwrap());
    let own = first.post(PEOPLE, &[("do", &approve)]).await;
    own.says("这个岗位要由两位管理员授予");
    second.post(PEOPLE, &[("do", &approve)]).await.leads_to("/staff/people?done=approved");
    second.get("/staff/people?done=approved").await.says("已经同意");
    second.post(PEOPLE, &[("do", &approve)]).await.says("这个提议已经有人处理过");
    first.get(page).await.says("demo-admin 提出，demo-admin-2 同意");

    // Whoever is new has an account to set up by then, and reads nowhere how: the page names them until they are invited.
    let new = send(&mut first, NEW, &taken_on(5, "li.new", Role::AccountAdministrator)).await;
    assert_eq!(new.status, StatusCode::OK, "{}", new.html);
    let tasks = second.get(PEOPLE).await;
    assert!(!tasks.has("还要发邀请码"), "{}", tasks.html);
    let approve = format!("approve:{}", tasks.html.split("\"approve:").nth(1).unwrap().split('"').next().unwrap());
    second.post(PEOPLE, &[("do", &approve)]).await.leads_to("/staff/people?done=approved");
    let approved = second.get("/staff/people?done=approved").await;
    approved.says("还要发邀请码");
    let new = "/staff/people/li.new";
    second.get(new).await.says("发邀请码…");
    let invited = second.post(new, &[("do", "reset"), ("checked-person", "yes")]).await;
    assert_eq!(invited.status, StatusCode::OK, "{}", invited.html);
    second.get(new).await.says("换一个邀请码…");
    assert!(!second.get(PEOPLE).await.has("还要发邀请码"));
}
