//! Signing in, and being signed out in the middle of something.

use axum::http::StatusCode;
use chrono::TimeDelta;
use server::database::sql::{sql, text};
use shared::staff::Role;
use testhouse::staff::{PASSWORD, clerk};

use super::{
    at_work::{DAY, DOOR, at_work, sign_in},
    house::House,
};

#[tokio::test]
async fn what_is_missing_is_asked_for_and_what_is_wrong_is_not_told_apart() {
    let house = House::open().await;
    let clerk = clerk(&house, 1).await;
    let mut browser = house.browser();
    let door = browser.get(DOOR).await;
    for part in [r#"autocomplete="username""#, r#"autocomplete="current-password""#, r#"autocomplete="one-time-code""#]
    {
        assert!(door.has(part), "{part}");
    }
    assert!(!door.has("onpaste") && door.cache == "no-store");
    let empty = browser.post(DOOR, &[("account", "clerk1"), ("password", ""), ("code", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["有 2 处需要更正", "请输入密码", "请输入动态码"] {
        empty.says(words);
    }
    assert_eq!(empty.value("account"), "clerk1", "what is no secret is kept");
    let code = clerk.code(&house);
    let attempts =
        [("clerk1", "wrong wrong wrong", &*code), ("nobody", PASSWORD, &code), ("clerk1", PASSWORD, "000000")];
    for (account, password, code) in attempts {
        let form = [("account", account), ("password", password), ("code", code)];
        let refused = browser.post(DOOR, &form).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
        refused.says("账号、密码和动态码没有全部对上");
        assert!(!refused.has(password), "no page carries a password");
    }
    // The owner learns of it, and goes on.
    house.wait(TimeDelta::minutes(30));
    let welcome = sign_in(&house, &clerk, &mut browser, &[("next", "/staff/account")]).await;
    assert_eq!(welcome.status, StatusCode::OK);
    welcome.says("上次登录以后，有 2 次没有登录成功");
    assert!(welcome.has(r#"href="/staff/account""#));
    let account = browser.get("/staff/account").await;
    for words in [
        "clerk1",
        "系统记着您什么",
        "90 天不用就删",
        "预约过去 5 年，预约号删除",
        "账号全部停用满 5 年，身份证号码自动删除",
    ] {
        account.says(words);
    }
}

#[tokio::test]
async fn whoever_is_not_signed_in_comes_back_to_what_they_asked_for_and_to_no_other_site() {
    let house = House::open().await;
    let clerk = clerk(&house, 1).await;
    clerk.is_given(&house, Role::CounterClerk, "nanshan").await;
    let mut browser = house.browser();
    let next = "%2Fstaff%2Fday%3Foffice%3Dnanshan%26state%3Dwaiting";
    browser.get("/staff/day?office=nanshan&state=waiting").await.leads_to(&format!("{DOOR}?next={next}"));
    let door = browser.get(&format!("{DOOR}?next={next}")).await;
    assert_eq!(door.value("next"), "/staff/day?office=nanshan&state=waiting");
    let page = sign_in(&house, &clerk, &mut browser, &[("next", "/staff/day?office=nanshan&state=waiting")]).await;
    page.leads_to("/staff/day?office=nanshan&state=waiting");
    for foreign in ["https://evil.example/staff/day", "//evil.example", "/marriage", "/staff/../marriage"] {
        sign_in(&house, &clerk, &mut house.browser(), &[("next", foreign)]).await.leads_to("/staff");
    }
}

#[tokio::test]
async fn what_was_pressed_when_the_session_was_over_waits_until_they_are_back_and_is_sent_by_them() {
    let house = House::open().await;
    let (clerk, mut browser) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    house.wait(server::staff::session::IDLE);
    let form = [("do", "next:1"), ("press", "abc"), ("note", "写了一半 <b>")];
    let door = browser.post("/staff/day?office=nanshan", &form).await;
    assert_eq!(door.status, StatusCode::UNAUTHORIZED);
    door.says("刚才填写的内容还在");
    assert_eq!(door.value("kept.note"), "写了一半 <b>");
    let by = door.value("kept-by");
    let next = "/staff/day?office=nanshan";
    let note = ("kept.note", "写了一半 <b>");
    let kept = [("next", next), ("kept.do", "next:1"), ("kept.press", "abc"), note, ("kept-by", &*by)];
    let other = testhouse::staff::clerk(&house, 2).await;
    let not_theirs = sign_in(&house, &other, &mut browser, &kept).await;
    not_theirs.says("不是用这个账号填的，没有保留");
    assert!(!not_theirs.has("next:1"), "nobody sends in their own name what another typed: {}", not_theirs.html);
    let back = sign_in(&house, &clerk, &mut browser, &kept).await;
    assert_eq!(back.status, StatusCode::OK);
    back.says("接着做：叫下一个");
    for seen in [
        "会发出去的内容",
        "一天的名单（/staff/day?office=nanshan）",
        "南山区婚姻登记处",
        "今天，2026年5月13日",
        "叫下一个（next:1）",
        "写了一半 &lt;b&gt;",
        "丢掉，不发",
    ] {
        back.says(seen);
    }
    assert_eq!((back.value("do"), back.value("press")), ("next:1".to_owned(), "abc".to_owned()));
    assert!(back.has(r#"action="/staff/day?office=nanshan""#));
    browser.post("/staff/sign-out", &[]).await.leads_to(DOOR);
    let left = browser.post("/staff/day?office=nanshan", &form).await;
    assert_eq!((left.status, left.value("kept-by")), (StatusCode::UNAUTHORIZED, by), "it is theirs still");
    browser.opens_pages_of(None);
    let of_nobody = browser.post("/staff/day?office=nanshan", &form).await;
    assert_eq!(of_nobody.status, StatusCode::UNAUTHORIZED);
    of_nobody.says("不知道刚才的内容是谁填的");
    assert!(!of_nobody.has("写了一半"), "nobody is offered what nobody is known to have typed: {}", of_nobody.html);
}

#[tokio::test]
async fn whoever_signs_in_ends_the_session_that_the_browser_had() {
    let house = House::open().await;
    let (_, mut browser) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    let before = browser.cookie("staff").unwrap().to_owned();
    let second = clerk(&house, 2).await;
    sign_in(&house, &second, &mut browser, &[]).await.leads_to("/staff");
    browser.get("/staff/account").await.says("clerk2");
    browser.set_cookie("staff", &before);
    assert_eq!(
        browser.get("/staff/account").await.status,
        StatusCode::SEE_OTHER,
        "nobody is left signed in under them"
    );
}

#[tokio::test]
async fn a_page_that_refuses_somebody_is_on_record() {
    let house = House::open().await;
    let (clerk, mut browser) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    for page in ["/staff/people/demo-clerk", "/en/staff/people/demo-admin"] {
        assert_eq!(browser.get(page).await.status, StatusCode::FORBIDDEN);
    }
    let statement = "select detail from audit where act = 'refused' and stream = $1";
    let stream = format!("staff:{}", clerk.person);
    let rows = sql(statement, [stream.into()]).fetch_all(&mut house.connection().await).await.unwrap();
    let told: Vec<_> = rows.iter().map(|row| text(row, "detail").unwrap()).collect();
    let [one] = &told[..] else { panic!("{told:?}") };
    assert!(one.contains("\"/staff/people/{account}\"") && one.contains("manage_accounts"), "{one}");
    assert!(!one.contains("demo-"), "{one}");
}

#[tokio::test]
async fn what_is_answered_as_if_it_were_not_there_is_on_record_where_it_is() {
    let house = House::open().await;
    let (manager, mut browser) = at_work(&house, 4, Role::OfficeManager, "demo-bay").await;
    let (admin, mut accounts) = at_work(&house, 5, Role::AccountAdministrator, "demo-bay").await;
    for page in [
        "/staff/office/hours?office=nanshan&of=marriage_registration%40nanshan",
        "/staff/office/services?office=nanshan",
    ] {
        assert_eq!(browser.get(page).await.status, StatusCode::NOT_FOUND);
    }
    let elsewhere = "/staff/office/hours?office=demo-bay&of=marriage_registration%40nanshan";
    house.wait(TimeDelta::minutes(1));
    assert_eq!(browser.get(elsewhere).await.status, StatusCode::NOT_FOUND);
    assert_eq!(accounts.get("/staff/people/nobody").await.status, StatusCode::NOT_FOUND);
    assert_eq!(accounts.get("/staff/people/demo-clerk").await.status, StatusCode::NOT_FOUND);
    let noted = async |person: &str| {
        let statement = "select detail from audit where act = 'refused' and stream = $1 order by sequence";
        let stream = format!("staff:{person}");
        let rows = sql(statement, [stream.into()]).fetch_all(&mut house.connection().await).await.unwrap();
        rows.iter().map(|row| text(row, "detail").unwrap()).collect::<Vec<_>>()
    };
    let told = noted(manager.person.as_str()).await;
    let routes = ["/staff/office/hours", "/staff/office/services", "/staff/office/hours"];
    assert_eq!(told.len(), routes.len(), "{told:?}");
    assert!(told.iter().zip(routes).all(|(told, route)| told.contains(route) && !told.contains("nanshan")), "{told:?}");
    let told = noted(admin.person.as_str()).await;
    assert!(told.len() == 1 && told[0].contains("not_found"), "{told:?}");
}

#[tokio::test]
async fn a_session_is_ended_by_whoever_proves_again_that_it_is_theirs() {
    let house = House::open().await;
    let (clerk, mut here) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    let mut there = house.browser();
    sign_in(&house, &clerk, &mut there, &[]).await.leads_to("/staff");
    house.wait(TimeDelta::minutes(6));
    let account = here.get("/staff/account").await;
    account.says("就是这里");
    account.says("窗口工作人员");
    let other = account.button("end");
    let asked = here.post("/staff/account", &[("end", &other)]).await;
    asked.says("请再确认一次是您本人");
    assert_eq!(asked.value("end"), other);
    there.get(DAY).await.says("南山区婚姻登记处");
    let wrong = here.post("/staff/account", &[("end", &other), ("password", "wrong wrong"), ("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    let code = clerk.code(&house);
    let right = [("end", &*other), ("password", PASSWORD), ("code", &code)];
    here.post("/staff/account", &right).await.leads_to("/staff/account?ended");
    assert_eq!(there.get(DAY).await.status, StatusCode::SEE_OTHER, "it is over there");
    here.get("/staff/account").await.says("就是这里");
}

#[tokio::test]
async fn nobody_sees_the_day_of_an_office_that_is_not_theirs() {
    let house = House::open().await;
    let (_, mut clerk) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    let (_, mut editor) = at_work(&house, 2, Role::ContentEditor, "nanshan").await;
    assert_eq!(clerk.get(DAY).await.status, StatusCode::OK);
    assert_eq!(clerk.get("/staff/day?office=demo-bay").await.status, StatusCode::NOT_FOUND);
    assert_eq!(clerk.get("/staff/day/print?office=demo-bay").await.status, StatusCode::NOT_FOUND);
    assert_eq!(clerk.get("/staff/office").await.status, StatusCode::FORBIDDEN);
    for page in [DAY, "/staff/day/print", "/staff/office"] {
        assert_eq!(editor.get(page).await.status, StatusCode::FORBIDDEN, "{page}");
    }
    editor.get("/staff").await.leads_to("/staff/notices");
}
