//! One browser of a hall, and two who sign in there.

use axum::http::StatusCode;
use server::database::sql::{int, sql};
use shared::staff::Role;
use testhouse::{
    browser::Browser,
    staff::{Clerk, clerk},
};

use super::{
    at_work::{DAY, DOOR, OFFICE, at_work, busy_house, pressed, sign_in},
    desk::seated,
    house::House,
};

const OUT: &str = "/staff/sign-out";

/// A page of an office that a manager left open in a browser where a second one has signed in since.
struct LeftOpen {
    house: House,
    one: Clerk,
    second: Clerk,
    browser: Browser,
    page: String,
    /// Whose the page says that it is.
    mark: String,
}

async fn left_open() -> LeftOpen {
    let house = House::open().await;
    let (one, mut browser) = at_work(&house, 1, Role::OfficeManager, "nanshan").await;
    let page = format!("{OFFICE}?office=nanshan");
    let mark = browser.get(&page).await.value("drawn-for");
    let second = clerk(&house, 2).await;
    second.is_given(&house, Role::OfficeManager, "nanshan").await;
    sign_in(&house, &second, &mut browser, &[]).await.leads_to("/staff");
    LeftOpen { house, one, second, browser, page, mark }
}

#[tokio::test]
async fn what_was_left_open_by_one_is_not_done_in_the_name_of_the_next_and_is_sent_by_whoever_typed_it() {
    let (house, _, mut browser) = seated().await;
    let left_open = browser.get(DAY).await;
    let (act, press, mark) = (pressed(&left_open, "叫下一个"), left_open.value("press"), left_open.value("drawn-for"));
    let (second, before) = (clerk(&house, 2).await, calls(&house).await);
    second.is_given(&house, Role::CounterClerk, "nanshan").await;
    sign_in(&house, &second, &mut browser, &[]).await.leads_to("/staff");

    let form = [("do", &*act), ("press", &press), ("drawn-for", &mark)];
    let refused = browser.post(DAY, &form).await;
    assert_eq!((refused.status, &*refused.cache), (StatusCode::CONFLICT, "no-store"));
    for words in ["现在登录的是 clerk2。", "什么都没有改", "用 clerk2 重新打开这一页", "clerk2 就退出了"]
    {
        refused.says(words);
    }
    assert_eq!(calls(&house).await, before);
    let english = browser.post("/en/staff/day", &form).await;
    english.says("clerk2 is signed in now.");
    english.says("nothing has changed");

    // Whoever signed in since does it from a page of their own.
    let own = browser.get(DAY).await;
    assert_ne!(own.value("drawn-for"), mark);
    let kept = [("kept.do", &*act), ("kept.press", &press), ("kept-by", &mark), ("next", DAY)];
    assert_eq!(refused.value("kept.do"), act);
    assert_eq!(refused.value("kept-by"), mark);
    let not_theirs = sign_in(&house, &second, &mut browser, &kept).await;
    not_theirs.says("不是用这个账号填的，没有保留");
    assert_eq!(calls(&house).await, before);
}

#[tokio::test]
async fn whoever_typed_it_signs_in_again_on_the_page_that_kept_it_and_sends_it() {
    let LeftOpen { house, one, mut browser, page, mark, .. } = left_open().await;
    let typed = [("do", "create"), ("name", "91"), ("drawn-for", &*mark)];
    let refused = browser.post(&page, &typed).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!((refused.value("kept.name"), refused.value("next")), ("91".to_owned(), page.clone()));
    let kept = [("kept.do", "create"), ("kept.name", "91"), ("kept-by", &*mark), ("next", &page)];
    let kept: Vec<_> = kept.into_iter().chain([("kept.password", "secret words")]).collect();
    let back = sign_in(&house, &one, &mut browser, &kept).await;
    for seen in [
        "会发出去的内容",
        "大厅设置（/staff/office?office=nanshan）",
        "南山区婚姻登记处",
        "添加窗口（create）",
        "名称或者姓名",
        ">91<",
        "接着做：添加窗口",
        "丢掉，不发",
    ] {
        back.says(seen);
    }
    assert!(!back.has("secret words"), "no password: {}", back.html);
    assert_eq!((back.value("name"), back.value("drawn-for")), ("91".to_owned(), mark.clone()));
    browser.post(&page, &typed).await.leads_to(&page);
    assert_eq!(number(&house, "select count(*) as n from counter where name = '91'").await, 1);
}

#[tokio::test]
async fn whoever_sends_what_they_had_pressed_sees_before_whom_it_is_about() {
    let house = busy_house().await;
    let (one, mut browser) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    let day = browser.get("/staff/day?state=all").await;
    let visit = day.html.split("data-visit=\"").nth(1).unwrap().split('"').next().unwrap();
    let (pressed, mark) = (format!("no-show:0:{visit}"), day.value("drawn-for"));
    let kept = [("kept.do", &*pressed), ("kept-by", &mark), ("next", DAY)];
    let back = sign_in(&house, &one, &mut browser, &kept).await;
    back.says("哪一位");
    back.says(&pressed);
}

#[tokio::test]
async fn what_one_typed_is_kept_for_them_also_where_another_was_signed_in_since_and_is_out_again() {
    let LeftOpen { house, one, second, mut browser, page, mark } = left_open().await;
    browser.post(OUT, &[]).await.leads_to(DOOR);
    let door = browser.post(&page, &[("do", "create"), ("name", "91"), ("drawn-for", &*mark)]).await;
    assert_eq!((door.status, door.value("kept-by")), (StatusCode::UNAUTHORIZED, mark.clone()));
    let kept = [("kept.do", "create"), ("kept.name", "91"), ("kept-by", &*mark), ("next", &page)];
    let not_theirs = sign_in(&house, &second, &mut browser, &kept).await;
    not_theirs.says("不是用这个账号填的，没有保留");
    assert!(!not_theirs.has(r#"name="name""#), "{}", not_theirs.html);
    assert_eq!(sign_in(&house, &one, &mut browser, &kept).await.value("name"), "91");
}

#[tokio::test]
async fn a_form_that_does_not_say_for_whom_it_was_drawn_is_done_for_nobody_and_can_be_read() {
    let house = House::open().await;
    let (_, mut browser) = at_work(&house, 1, Role::OfficeManager, "nanshan").await;
    let page = format!("{OFFICE}?office=nanshan");
    browser.opens_pages_of(None);
    let refused = browser.post(&page, &[("do", "create"), ("name", "91"), ("password", "secret words")]).await;
    assert_eq!((refused.status, &*refused.cache), (StatusCode::CONFLICT, "no-store"));
    for words in ["没有写明是给谁打开的", "什么都没有改", "名称或者姓名", ">91<", "重新打开这一页"]
    {
        refused.says(words);
    }
    assert!(!refused.has("secret words") && !refused.has("kept."), "nor is it offered to be sent: {}", refused.html);
    assert_eq!(number(&house, "select count(*) as n from counter where name = '91'").await, 0);
    browser.opens_pages_of(None);
    let english = browser.post("/en/staff/account/codes", &[]).await;
    assert_eq!(english.status, StatusCode::CONFLICT);
    english.says("nothing has changed");
}

#[tokio::test]
async fn a_page_that_was_left_open_signs_nobody_out_who_has_signed_in_since() {
    let house = House::open().await;
    let (_, mut browser) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    let mark = browser.get(OUT).await.value("drawn-for");
    let second = clerk(&house, 2).await;
    sign_in(&house, &second, &mut browser, &[]).await.leads_to("/staff");
    let left_open = [("anyway", "yes"), ("drawn-for", &*mark)];
    for form in [&left_open[1..], &left_open[..]] {
        let refused = browser.post(OUT, form).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        refused.says("现在登录的是 clerk2。");
        assert!(!refused.has("kept."), "{}", refused.html);
    }
    browser.opens_pages_of(None);
    browser.post(OUT, &[]).await.says("没有写明是给谁打开的");
    browser.get("/staff/account").await.says("clerk2");
    let own = browser.get(OUT).await.value("drawn-for");
    assert_ne!(own, mark);
    browser.post(OUT, &[("drawn-for", &own)]).await.leads_to(DOOR);
}

#[tokio::test]
async fn every_form_of_a_page_for_staff_that_does_something_says_whom_it_was_drawn_for() {
    let (house, mut manager, mut clerk) = seated().await;
    let (_, mut administrator) = at_work(&house, 9, Role::AccountAdministrator, "nanshan").await;
    for (browser, pages) in [
        (&mut clerk, &[DAY, "/staff/account", "/staff/people"][..]),
        (&mut manager, &[OFFICE, "/staff/office/services?office=nanshan"][..]),
        (&mut administrator, &["/staff/people", "/staff/new-person"][..]),
    ] {
        for page in pages {
            let drawn = browser.get(page).await;
            let forms = drawn.html.matches(r#" method="post""#).count();
            assert_eq!(drawn.html.matches(r#" name="drawn-for" value=""#).count(), forms, "{page}: {}", drawn.html);
            assert!(forms > 0, "{page}: {}", drawn.html);
        }
    }
}

async fn calls(house: &House) -> i64 {
    number(house, "select count(*) as n from audit where act = 'call'").await
}

async fn number(house: &House, statement: &'static str) -> i64 {
    int(&sql(statement, []).fetch_one(&mut house.connection().await).await.unwrap(), "n").unwrap()
}
