//! What nobody does unseen: reading the lists of other days, letting somebody in, getting rid of whoever looks.

use axum::http::StatusCode;
use chrono::TimeDelta;
use shared::staff::Role;

use super::{
    at_work::{DAY, DOOR, at_work, busy_house, sign_in},
    house::House,
    people::{CONFIRM, PEOPLE, administrator},
};

const LISTS: &str = "/staff/day-lists";

#[tokio::test]
async fn the_manager_and_the_auditor_read_who_read_the_list_of_another_day() {
    let house = busy_house().await;
    house.wait(TimeDelta::days(1));
    let (_, mut clerk) = at_work(&house, 7, Role::CounterClerk, "nanshan").await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let (_, mut auditor) = at_work(&house, 9, Role::Auditor, "nanshan").await;
    assert!(!clerk.get(DAY).await.has("已经记下"));
    manager.get(LISTS).await.says("2026年5月没有人看过别的日子的名单");
    clerk.get("/staff/day?date=2026-05-13").await.says("看的是别的日子的名单，已经记下");
    clerk.get("/staff/day/print?date=2026-05-13").await.says("这一页是打印用的");
    manager.get(DAY).await.says("谁看过别的日子的名单");
    auditor.get(LISTS).await.says("名单和计数");
    for reader in [&mut manager, &mut auditor] {
        let lists = reader.get(LISTS).await;
        lists.says("clerk7 · 窗口工作人员");
        lists.says("2026年5月13日 星期三的名单");
        assert_eq!(lists.html.matches("clerk7").count(), 1, "{}", lists.html);
    }
    assert_eq!(clerk.get(LISTS).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_manager_lets_a_clerk_in_on_a_new_machine_who_reads_of_it() {
    let house = House::open().await;
    let (owner, mut clerk) = at_work(&house, 7, Role::CounterClerk, "nanshan").await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    manager.get("/staff/account").await.says("确认与放行");
    manager.get(CONFIRM).await.says("同事在新电脑上登录不了…");
    for nobody in ["", "nobody", "demo-clerk at home"] {
        let wrong = manager.post(CONFIRM, &[("do", "let-in"), ("new-machine", nobody)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        wrong.says("您的大厅没有这个在用的账号");
        assert_eq!(wrong.value("new-machine"), nobody, "what was typed is kept");
    }
    let own = manager.post(CONFIRM, &[("do", "let-in"), ("new-machine", "clerk8")]).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    own.says("不能停用、重置、放行自己的账号");
    let let_in = [("do", "let-in"), ("new-machine", "clerk7")];
    let page = manager.post(CONFIRM, &let_in).await;
    page.says("请当面把放行码交给本人");
    assert_eq!(page.cache, "no-store");
    let word = page.html.split("<code>").nth(1).unwrap().split("</code>").next().unwrap().to_owned();
    clerk.get("/staff/account").await.says("clerk8 在 ");
    // On the new machine, whoever was tried there by strangers.
    let mut new = house.browser();
    new.get(DOOR).await.says("有放行码…");
    let wrong = [("account", "clerk7"), ("password", "a guess"), ("code", "000000"), ("word", "nothing")];
    for _ in 0..4 {
        new.post(DOOR, &wrong).await;
    }
    let waits = new.post(DOOR, &wrong).await;
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
    waits.says("当面给您一个放行码");
    assert_eq!(waits.value("word"), "nothing", "what was typed is kept");
    sign_in(&house, &owner, &mut new, &[("word", &word)]).await;
    new.get("/staff/account").await.says("clerk7");
    // What is this hard to undo asks who is there.
    house.wait(TimeDelta::minutes(6));
    manager.post(CONFIRM, &let_in).await.says("确认，并给一个放行码");
}

#[tokio::test]
async fn an_auditors_role_is_taken_back_by_two_administrators() {
    let house = House::open().await;
    let (mut first, mut second) =
        (administrator(&house, "demo-admin").await, administrator(&house, "demo-admin-2").await);
    let page = "/staff/people/demo-auditor";
    let shown = first.get(page).await;
    shown.says("提议收回“审计员”");
    shown.says("停用账号管理员、审计员马上生效");
    shown.says("审计员丢了密码或者验证器：先停用账号");
    let take = shown.html.split("value=\"take:").nth(1).unwrap().split('"').next().unwrap();
    let take = format!("take:{take}");
    first.post(page, &[("do", &take)]).await.leads_to("/staff/people/demo-auditor?done=end-proposed");
    first.get(page).await.says("demo-admin 于 ");
    let again = first.post(page, &[("do", &take)]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    again.says("您已经提出收回了");
    second.get("/staff/account").await.says("等您确认（1）");
    second.get(PEOPLE).await.says("（demo-auditor）的审计员岗位");
    assert!(!second.get(page).await.has("提议收回“"));
    second.post(page, &[("do", &take)]).await.leads_to("/staff/people/demo-auditor?done=taken");
}

#[tokio::test]
async fn of_an_offices_last_manager_the_page_says_what_comes_of_it_before_the_press() {
    let house = House::open().await;
    house.wait(TimeDelta::hours(25));
    let (_, mut auditor) = at_work(&house, 9, Role::Auditor, "nanshan").await;
    let (mut first, mut second) =
        (administrator(&house, "demo-admin").await, administrator(&house, "demo-admin-2").await);
    let page = "/staff/people/demo-manager";
    let ordinary = first.get(page).await;
    ordinary.says("停用以后，账号管理员随时可以在这里恢复登录");
    ordinary.says("收回一生效就不能撤销；要恢复，重新授予");
    assert!(!ordinary.has("没有别的负责人"));
    first.post("/staff/people/demo-manager-2", &[("do", "suspend")]).await;
    let last = first.get(page).await;
    for words in [
        "南山区婚姻登记处没有别的负责人",
        "停用期间，要是没有新指定的负责人，就没有人能改窗口",
        "可以同意的：demo-admin-2。",
        "要两位账号管理员先后收回才生效",
        "提议收回“大厅负责人”",
        "大厅唯一的负责人丢了密码或者验证器：先停用账号",
    ] {
        last.says(words);
    }
    first.post(page, &[("do", "suspend")]).await.leads_to("/staff/people/demo-manager?done=suspended");
    first.get(page).await.says("账号管理员现在也可以恢复登录");
    second.get("/staff/account").await.says("等您确认（1）");
    second.get(CONFIRM).await.says("停用大厅的负责人（没有别人任满一天）：");
    auditor.get("/staff/account").await;
    let record = auditor.get("/staff/looks?office=nanshan&list=accounts").await;
    record.says("停用的账号、收回的岗位");
    record.says("demo-manager");
    record.says("一个人停用了账号");
    second.post(CONFIRM, &[("do", "disagree:demo-manager")]).await.leads_to("/staff/confirm?done=not-agreed");
    let record = auditor.get("/staff/looks?office=nanshan&list=accounts").await;
    record.says("不同意停用，恢复了登录");
    // Administrators read of each other, and of nobody's looks.
    first.get("/staff/people").await.says("停用和收回");
    let record = first.get("/staff/looks?office=nanshan&list=releases").await;
    record.says("不同意停用，恢复了登录");
    assert!(!record.has("撤销的预约") && !record.has("按人计数"), "{}", record.html);
    // Of their own role the only administrator is told why it stays.
    assert!(first.get("/staff/people/demo-admin").await.has("收回“账号管理员”"));
}
