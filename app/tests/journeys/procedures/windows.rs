//! One draft in two windows.

use axum::http::StatusCode;

use super::super::{browser::Page, house::House};
use super::family::Family;

/// Both windows were opened at this version; the first one has saved the page of the deceased.
async fn two_windows(house: &House) -> (Family, String) {
    let mut family = Family::begin(house, 1).await;
    let version = family.browser.get(&family.step("deceased")).await.value("version");
    family.send("deceased", &version, &[]).await.leads_to(&family.step("burial"));
    (family, version)
}

#[tokio::test]
async fn of_two_windows_that_say_different_things_both_are_shown_and_one_is_chosen() {
    let house = House::open().await;
    let (mut family, version) = two_windows(&house).await;
    let other = [("deceased_name", "赵示例")];
    let both = family.send("deceased", &version, &other).await;
    assert_eq!(both.status, StatusCode::CONFLICT);
    for words in ["这份申请在另一个窗口也改过", "还没有保存", "赵演示", "赵示例", "填写的内容保留到"]
    {
        both.says(words);
    }
    assert!(both.has(r#"name="keep.deceased_name""#) && !both.has(r#"name="keep.died_on""#), "{}", both.html);
    let stands = |page: &Page| page.value("deceased_name");
    assert_eq!(stands(&family.browser.get(&family.step("deceased")).await), "赵演示", "nothing is kept yet");

    let now = both.value("version");
    let theirs = [("deceased_name", "赵示例"), ("keep.deceased_name", "theirs")];
    family.send("deceased", &now, &theirs).await.leads_to(&family.step("burial"));
    assert_eq!(stands(&family.browser.get(&family.step("deceased")).await), "赵演示");

    let both = family.send("deceased", &version, &other).await;
    let mine = [("deceased_name", "赵示例"), ("keep.deceased_name", "mine")];
    family.send("deceased", &both.value("version"), &mine).await.leads_to(&family.step("burial"));
    assert_eq!(stands(&family.browser.get(&family.step("deceased")).await), "赵示例");
}

#[tokio::test]
async fn windows_that_fill_in_different_pages_are_in_nobodys_way() {
    let house = House::open().await;
    let (mut family, version) = two_windows(&house).await;
    family.send("burial", &version, &[]).await.leads_to(&family.step("applicant"));
    assert_eq!(family.browser.get(&family.step("deceased")).await.value("deceased_name"), "赵演示");
    assert_eq!(family.browser.get(&family.step("burial")).await.value("buried_on.day"), "6");
}

#[tokio::test]
async fn what_another_window_changed_since_is_not_handed_in_unseen() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    family.fill_in().await;
    let seen = family.browser.get(&family.check()).await.value("version");
    family.fill_with("burial", &[("burial_kind", "river")]).await;
    let check = family.browser.post(&family.check(), &[("version", &seen)]).await;
    assert_eq!(check.status, StatusCode::CONFLICT);
    check.says("内容刚刚在另一个窗口改过，还没有提交");
    check.says("江河葬");
    assert!(family.hand_in().await.location.ends_with("/receipt"));
}
