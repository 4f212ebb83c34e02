//! What people change of their own way in, and invitations that are wrong.

use axum::http::StatusCode;
use chrono::TimeDelta;
use shared::staff::Role;
use testhouse::staff::{clerk, guess};

use super::{
    at_work::{DOOR, at_work, sign_in},
    house::House,
    people::{INVITATION, text_of},
};

#[tokio::test]
async fn password_authenticator_and_codes_are_changed_by_their_owner() {
    let house = House::open().await;
    let (mut clerk, mut browser) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    guess(&house, "clerk1", "not the words").await;
    let account = browser.get("/staff/account").await;
    account.says("这次登录以后，有 1 次没有登录成功");
    account.says("还剩 10 个没用过");

    let common = browser.post("/staff/account/password", &[("new-password", "clerk1clerk1")]).await;
    assert_eq!(common.status, StatusCode::UNPROCESSABLE_ENTITY);
    common.says("密码不能只用自己、账号");
    let chosen = [("new-password", "five words of the very same clerk")];
    browser.post("/staff/account/password", &chosen).await.leads_to("/staff/account?password");
    browser.get("/staff/account?password").await.says("密码改好了");

    let page = browser.get("/staff/account/authenticator").await;
    let secret = text_of(&page, r#"<p class="one-time secret-letters">"#).replace(' ', "");
    clerk.secret = serde_json::from_value(secret.into()).unwrap();
    let sealed = page.value("sealed");
    let wrong = browser.post("/staff/account/authenticator", &[("sealed", &sealed), ("new-code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::CONFLICT);
    assert_eq!(wrong.value("sealed"), sealed, "it is the same secret again");
    let code = clerk.code(&house);
    let right = [("sealed", &*sealed), ("new-code", &code)];
    browser.post("/staff/account/authenticator", &right).await.leads_to("/staff/account?authenticator");
    let lost = browser.post("/staff/account/authenticator", &[("sealed", "x"), ("new-code", &code)]).await;
    lost.leads_to("/staff/account/authenticator");

    house.wait(TimeDelta::minutes(6));
    browser.get("/staff/account/password").await.says("请再确认一次是您本人");
    let codes = browser.post("/staff/account/codes", &[]).await;
    codes.says("请再确认一次是您本人");
    let code = clerk.code(&house);
    let proof = [("password", "five words of the very same clerk"), ("code", &*code)];
    let codes = browser.post("/staff/account/codes", &proof).await;
    assert_eq!(codes.html.matches("<li><code>").count(), 10, "{}", codes.html);
    house.wait(TimeDelta::seconds(30));
    let old = sign_in(&house, &clerk, &mut house.browser(), &[]).await;
    assert_eq!(old.status, StatusCode::UNAUTHORIZED, "the old password is void");
}

#[tokio::test]
async fn an_invitation_that_is_wrong_says_neither_what_nor_whose() {
    let house = House::open().await;
    let known = clerk(&house, 1).await;
    let mut browser = house.browser();
    browser.get(DOOR).await.says("先设置账号");
    let empty = browser.post(INVITATION, &[("account", "clerk1")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.says("请输入管理员给您的邀请码");
    assert_eq!(empty.value("account"), "clerk1");
    let mut pages = Vec::new();
    for account in [known.account.as_str(), "nobody", "不是账号"] {
        let page = browser.post(INVITATION, &[("account", account), ("invitation", "abc")]).await;
        assert_eq!(page.status, StatusCode::GONE);
        pages.push(page.html.replace(account, ""));
    }
    assert!(pages.windows(2).all(|pair| pair[0] == pair[1]), "the same is said of all");
}
