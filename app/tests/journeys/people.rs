//! Coming to an account and looking after accounts, in browsers without scripts.

use app::pages::staff::sign_in::typist;
use axum::http::StatusCode;
use chrono::TimeDelta;
use server::staff::demo;
use server::staff::totp::step_at;
use shared::staff::Role;
use testhouse::staff::{PASSWORD, named, papers};

use super::{
    at_work::{DOOR, at_work},
    browser::{Browser, Page},
    house::House,
};

pub const PEOPLE: &str = "/staff/people";
pub const NEW: &str = "/staff/new-person";
pub const CONFIRM: &str = "/staff/confirm";
pub const INVITATION: &str = "/staff/invitation";

/// Signs one of the invented administrators in.
pub async fn administrator(house: &House, account: &str) -> Browser {
    house.wait(TimeDelta::seconds(90));
    let mut browser = house.browser();
    let code = demo::code(&house.app, account, house.now()).await.unwrap();
    let form = [("account", account), ("password", demo::PASSWORD), ("code", &code)];
    browser.post(DOOR, &form).await.leads_to("/staff");
    browser.opens_pages_of(Some(typist(&house.app, &named(account))));
    browser.get("/staff").await.leads_to(PEOPLE);
    browser
}

/// The text of the first element that begins like this.
pub fn text_of(page: &Page, beginning: &str) -> String {
    let from = page.html.find(beginning).unwrap_or_else(|| panic!("no {beginning}: {}", page.html)) + beginning.len();
    page.html[from..].split('<').next().unwrap().to_owned()
}

/// The form of the `n`th person, as somebody takes them on.
pub fn taken_on(n: usize, account: &str, role: Role) -> Vec<(&'static str, String)> {
    let who = papers(n);
    vec![
        ("name", who.name.as_str().to_owned()),
        ("number", who.document.as_str().to_owned()),
        ("new-account", account.to_owned()),
        ("role", role.name().to_owned()),
        ("scope", "office:nanshan".to_owned()),
    ]
}

pub async fn send(browser: &mut Browser, path: &str, form: &[(&'static str, String)]) -> Page {
    let form: Vec<_> = form.iter().map(|(name, text)| (*name, text.as_str())).collect();
    browser.post(path, &form).await
}

/// Sets an account up with an invitation; what the authenticator's secret is.
pub async fn set_up(house: &House, account: &str, code: &str, password: &str) -> Page {
    let mut browser = house.browser();
    let first = browser.get(INVITATION).await;
    first.says("第 1 步，共 2 步");
    first.says("每次登录、查看和办理都有记录");
    let brought = [("account", account), ("invitation", code)];
    let second = browser.post(INVITATION, &brought).await;
    second.says("第 2 步，共 2 步");
    assert!(second.has("<svg") && second.cache == "no-store");
    let secret: String = text_of(&second, r#"<p class="one-time secret-letters">"#).replace(' ', "");
    let short = [("new-password", "short"), ("new-code", "")];
    let short = browser.post(INVITATION, &[&brought[..], &short].concat()).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["密码至少要 10 个字符", "请输入验证器现在显示的 6 位数字"] {
        short.says(words);
    }
    assert!(!short.has(r#"value="short""#), "no page carries a password");
    let wrong = [("new-password", password), ("new-code", "000000")];
    let wrong = browser.post(INVITATION, &[&brought[..], &wrong].concat()).await;
    assert_eq!(wrong.status, StatusCode::CONFLICT);
    wrong.says("动态码和刚才扫的二维码对不上");
    let secret: server::staff::totp::Secret = serde_json::from_value(secret.into()).unwrap();
    let totp = secret.code(step_at(house.now())).unwrap();
    let right = [("new-password", password), ("new-code", &*totp)];
    let page = browser.post(INVITATION, &[&brought[..], &right].concat()).await;
    house.wait(TimeDelta::seconds(30));
    page
}

#[tokio::test]
async fn somebody_is_taken_on_and_sets_their_account_up_by_themselves() {
    let house = House::open().await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let mut admin = administrator(&house, "demo-admin").await;
    admin.get(PEOPLE).await.says("demo-clerk-2");
    let empty = admin.post(NEW, &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["有 5 处需要更正", "请选择岗位", "账号名用 2 到 40 个小写字母"] {
        empty.says(words);
    }
    let form = taken_on(3, "wang.min", Role::CounterClerk);
    let done = send(&mut admin, NEW, &form).await;
    assert_eq!((done.status, done.cache.as_str()), (StatusCode::OK, "no-store"));
    done.says("请当面交给本人");
    let code = text_of(&done, "<code>");
    admin.get("/staff/people/wang.min").await.says("等本人设置账号");

    let page = set_up(&house, "wang.min", &code, "four quiet words here").await;
    assert_eq!((page.status, page.cache.as_str()), (StatusCode::OK, "no-store"), "{}", page.html);
    page.says("备用码只显示这一次");
    assert_eq!(page.html.matches("<li><code>").count(), 10);
    let papers: Vec<_> = page.html.split("<li><code>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
    page.says("还差一步：第二个人确认");
    let number = text_of(&page, r#"id="number" class="one-time">"#);
    let again = house.browser().post(INVITATION, &[("account", "wang.min"), ("invitation", &code)]).await;
    assert_eq!(again.status, StatusCode::GONE);
    again.says("账号和邀请码对不上");
    let mut own = house.browser();
    let form = |paper| [("account", "wang.min"), ("password", "four quiet words here"), ("code", paper)];
    let early = own.post(DOOR, &form(papers[0])).await;
    assert_eq!(early.status, StatusCode::FORBIDDEN);
    early.says("账号设好了，还差第二个人确认");
    early.says(&number);
    assert_eq!(own.get("/staff/day").await.status, StatusCode::SEE_OTHER);
    confirmed_by_a_manager(&mut manager, &number).await;
    own.post(DOOR, &form(papers[1])).await.leads_to("/staff");
    own.get("/staff").await.leads_to("/staff/day");

    // The same number under another name of an account.
    let second = send(&mut admin, NEW, &taken_on(3, "wang.min2", Role::Reviewer)).await;
    assert_eq!(second.status, StatusCode::UNPROCESSABLE_ENTITY);
    second.says("这个证件号码已经登记过");
    second.says("wang.min");
    assert_eq!(second.value("new-account"), "wang.min2", "what was typed is kept");
    let taken = send(&mut admin, NEW, &taken_on(4, "wang.min", Role::Reviewer)).await;
    taken.says("已经有人用这个账号名");
}

/// A manager finds the account on a page of her own, which is named on all of her pages.
async fn confirmed_by_a_manager(manager: &mut Browser, number: &str) {
    manager.get("/staff/account").await.says("等您确认（1）");
    let task = manager.get(CONFIRM).await;
    for words in ["新账号：", "wang.min", "窗口工作人员，南山区婚姻登记处", "demo-admin 发的邀请码"]
    {
        task.says(words);
    }
    let (seen, field) = (("do", "seen:wang.min"), "number.wang.min");
    let empty = manager.post(CONFIRM, &[seen]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.says("请输入本人报的 6 位数字");
    let wrong = manager.post(CONFIRM, &[seen, (field, "12")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("数字对不上");
    manager.post(CONFIRM, &[seen, (field, number)]).await.leads_to("/staff/confirm?done=seen");
    let done = manager.get("/staff/confirm?done=seen").await;
    done.says("确认了，本人可以登录了");
    done.says("现在没有要确认的");
    assert!(!done.has("等您确认（"));
    let late = manager.post(CONFIRM, &[("do", "not-seen:wang.min")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.says("这一项已经有人处理过");
}

#[tokio::test]
async fn what_is_hard_to_undo_asks_who_is_there_and_goes_on_with_what_was_pressed() {
    let house = House::open().await;
    let (clerk, mut browser) = at_work(&house, 1, Role::AccountAdministrator, "nanshan").await;
    house.wait(TimeDelta::minutes(6));
    let page = "/staff/people/demo-clerk";
    let asked = browser.post(page, &[("do", "suspend")]).await;
    asked.says("请再确认一次是您本人");
    asked.says("确认，并停用账号");
    assert_eq!(asked.value("do"), "suspend");
    let wrong = browser.post(page, &[("do", "suspend"), ("password", "wrong wrong"), ("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert!(!wrong.has("wrong wrong"), "no page carries a password");
    let code = clerk.code(&house);
    let right = [("do", "suspend"), ("password", PASSWORD), ("code", &*code)];
    browser.post(page, &right).await.leads_to("/staff/people/demo-clerk?done=suspended");
    // The session goes on, under its new token, also where nothing was done.
    browser.get(page).await.says("已停用");
    browser.get("/staff/people?state=suspended").await.says("demo-clerk");
    browser.post(page, &[("do", "lift")]).await.leads_to("/staff/people/demo-clerk?done=lifted");
    house.wait(TimeDelta::minutes(6));
    let code = clerk.code(&house);
    let own = [("do", "suspend"), ("password", PASSWORD), ("code", &*code)];
    let own = browser.post("/staff/people/clerk1", &own).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    own.says("不能停用、重置、放行自己的账号");
    assert_eq!(browser.get(PEOPLE).await.status, StatusCode::OK);
}

#[tokio::test]
async fn people_are_found_by_account_and_a_name_stands_in_no_address() {
    let house = House::open().await;
    let mut admin = administrator(&house, "demo-admin").await;
    admin.post(PEOPLE, &[("q", " Demo-Clerk ")]).await.leads_to("/staff/people?q=demo-clerk");
    let found = admin.get("/staff/people?q=demo-clerk").await;
    found.says("demo-clerk-2");
    found.says("窗口工作人员 · 南山区婚姻登记处（整个大厅）");
    found.says("等当面确认");
    assert!(!found.has("demo-auditor"));
    admin.post(PEOPLE, &[("q", ""), ("role", "auditor")]).await.leads_to("/staff/people?role=auditor");
    let auditors = admin.get("/staff/people?role=auditor").await;
    auditors.says("demo-auditor");
    assert!(!auditors.has("demo-clerk"));
    let named = admin.post(PEOPLE, &[("q", "演示审计甲")]).await;
    assert_eq!(named.status, StatusCode::OK, "no redirect carries a name");
    named.says("demo-auditor");
    assert!(!named.has("demo-clerk-2"));
    admin.post(PEOPLE, &[("q", "没有这个人")]).await.says("没有找到这样的人");
    assert_eq!(admin.get("/staff/people/nobody").await.status, StatusCode::NOT_FOUND);
    assert_eq!(admin.get("/staff/people/Demo-Clerk").await.status, StatusCode::NOT_FOUND);
    for page in ["/staff/day", "/staff/office"] {
        assert_eq!(admin.get(page).await.status, StatusCode::FORBIDDEN, "an administrator sees nobody: {page}");
    }
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    for page in [PEOPLE, NEW, "/staff/people/demo-clerk"] {
        assert_eq!(manager.get(page).await.status, StatusCode::FORBIDDEN, "a manager manages counters: {page}");
        assert_eq!(manager.post(page, &[("do", "suspend")]).await.status, StatusCode::FORBIDDEN, "{page}");
    }
}

#[tokio::test]
async fn of_whoever_left_years_ago_the_page_has_no_number_and_no_way_in() {
    let house = House::open().await;
    let page = "/staff/people/demo-clerk";
    let mut admin = administrator(&house, "demo-admin").await;
    admin.post(page, &[("do", "suspend")]).await.leads_to("/staff/people/demo-clerk?done=suspended");
    admin.get(page).await.says("恢复登录");
    house.wait(TimeDelta::days(5 * 366));
    server::jobs::round(&house.app, house.now()).await.unwrap();
    let mut admin = administrator(&house, "demo-admin").await;
    let shown = admin.get(page).await;
    for words in ["停用多年，不能再启用", "已删除", "请重新登记，用新的账号名"] {
        shown.says(words);
    }
    assert!(!shown.has("恢复登录") && !shown.has("授予岗位…"), "{}", shown.html);
    let lifted = admin.post(page, &[("do", "lift")]).await;
    assert_eq!(lifted.status, StatusCode::CONFLICT);
    lifted.says("请重新登记，用新的账号名");
}
