//! Holding a time for longer, and giving it back.

use axum::http::StatusCode;
use chrono::TimeDelta;

use super::{browser::Browser, couple::FIRST, house::House};

const NANSHAN: &str = "/marriage/book?registry=nanshan";
const HOLD: &str = "/marriage/book/hold";

async fn held(house: &House) -> (Browser, String) {
    let mut browser = house.browser();
    let slot = browser.get(NANSHAN).await.button("slot");
    browser.post(NANSHAN, &[("slot", &slot)]).await.leads_to(FIRST);
    let hold = browser.get(NANSHAN).await.value("hold");
    (browser, hold)
}

#[tokio::test]
async fn a_time_is_extended_twice_and_one_stays_where_one_was() {
    let house = House::open().await;
    let (mut browser, hold) = held(&house).await;
    let form = [("hold", hold.as_str()), ("action", "extend"), ("back", NANSHAN)];
    browser.post(HOLD, &form).await.leads_to(NANSHAN);
    browser.get(NANSHAN).await.says("保留到上午 10:30");
    browser.post(HOLD, &form).await.leads_to(NANSHAN);
    let page = browser.get(NANSHAN).await;
    page.says("保留到上午 10:45");
    assert!(!page.has(r#"value="extend""#));
    let page = browser.post(HOLD, &form).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.says("保留时间不能再延长了");
}

#[tokio::test]
async fn one_is_sent_back_into_the_portal_only() {
    let house = House::open().await;
    for back in ["https://evil.example/", "//evil.example", "/\\evil.example", ""] {
        let (mut browser, hold) = held(&house).await;
        let form = [("hold", hold.as_str()), ("action", "extend"), ("back", back)];
        browser.post(HOLD, &form).await.leads_to("/marriage/book");
    }
}

#[tokio::test]
async fn nobody_else_can_extend_or_give_up_a_time() {
    let house = House::open().await;
    let (mut owner, hold) = held(&house).await;
    let (mut other, _) = held(&house).await;
    for action in ["extend", "release"] {
        let page = other.post(HOLD, &[("hold", &hold), ("action", action)]).await;
        assert_eq!(page.status, StatusCode::GONE, "{action}");
        page.says("这个浏览器里没有保留这个时间，可能是清除过 Cookie");
        // Whoever lost the cookie is not told that the time has run out.
        let page = house.browser().post(HOLD, &[("hold", &hold), ("action", action)]).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{action}");
        page.says("浏览器没有保存 Cookie");
        assert!(!page.has("已到期"), "{action}");
    }
    owner.get(NANSHAN).await.says("保留到上午 10:15");
}

#[tokio::test]
async fn a_time_that_ran_out_can_neither_be_extended_nor_given_up() {
    let house = House::open().await;
    let (mut browser, hold) = held(&house).await;
    house.wait(TimeDelta::minutes(15));
    for action in ["extend", "release"] {
        let page = browser.post(HOLD, &[("hold", &hold), ("action", action)]).await;
        assert_eq!(page.status, StatusCode::GONE);
        page.says("为您保留的时间已到期");
        page.says("南山区婚姻登记处");
    }
}

#[tokio::test]
async fn an_act_that_does_not_exist_changes_nothing() {
    let house = House::open().await;
    let (mut browser, hold) = held(&house).await;
    for form in [
        vec![("hold", hold.as_str())],
        vec![("hold", hold.as_str()), ("action", "steal")],
        vec![("hold", hold.as_str()), ("action", "\0")],
    ] {
        assert_eq!(browser.post(HOLD, &form).await.status, StatusCode::BAD_REQUEST);
    }
    assert_eq!(browser.post(HOLD, &[("hold", "\0"), ("action", "release")]).await.status, StatusCode::GONE);
    let long = "h".repeat(1 << 20);
    assert_eq!(browser.post(HOLD, &[("hold", &long)]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    browser.get(NANSHAN).await.says("保留到上午 10:15");
    browser.get(HOLD).await.leads_to("/marriage/book");
}

#[tokio::test]
async fn a_script_is_told_the_new_end_so_that_its_page_can_stay() {
    let house = House::open().await;
    let (mut browser, hold) = held(&house).await;
    let answer = browser.post_for_json(HOLD, &[("hold", &hold), ("action", "extend")]).await;
    assert_eq!((answer.status, answer.kind.as_str()), (StatusCode::OK, "application/json"));
    assert_eq!(
        answer.html,
        r#"{"until":"上午 10:30","seconds":1800,"extensions_left":1,"kept":"您填写的内容为您保留到中午 12:30。"}"#
    );
    browser.post_for_json(HOLD, &[("hold", &hold), ("action", "extend")]).await;
    let answer = browser.post_for_json(HOLD, &[("hold", &hold), ("action", "extend")]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
}
