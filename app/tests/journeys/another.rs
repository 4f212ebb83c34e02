//! One browser of a hall, and two who sign in there.

use axum::http::StatusCode;
use server::database::sql::{int, sql};
use shared::staff::Role;
use testhouse::staff::clerk;

use super::{
    at_work::{DAY, OFFICE, at_work, pressed, sign_in},
    desk::seated,
    house::House,
};

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
    let house = House::open().await;
    let (one, mut browser) = at_work(&house, 1, Role::OfficeManager, "nanshan").await;
    let page = format!("{OFFICE}?office=nanshan");
    let mark = browser.get(&page).await.value("drawn-for");
    let second = clerk(&house, 2).await;
    second.is_given(&house, Role::OfficeManager, "nanshan").await;
    sign_in(&house, &second, &mut browser, &[]).await.leads_to("/staff");
    let typed = [("do", "create"), ("name", "91"), ("drawn-for", &*mark)];
    let refused = browser.post(&page, &typed).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!((refused.value("kept.name"), refused.value("next")), ("91".to_owned(), page.clone()));
    let kept = [("kept.do", "create"), ("kept.name", "91"), ("kept-by", &*mark), ("next", &page)];
    let back = sign_in(&house, &one, &mut browser, &kept).await;
    back.says("接着提交刚才填写的内容");
    assert_eq!((back.value("name"), back.value("drawn-for")), ("91".to_owned(), mark.clone()));
    browser.post(&page, &typed).await.leads_to(&page);
    assert_eq!(number(&house, "select count(*) as n from counter where name = '91'").await, 1);
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
