//! A date that many want: a confirmed phone comes before the hold.

use axum::http::StatusCode;
use chrono::TimeDelta;

use super::{
    browser::{Browser, Page},
    couple::{CODES, Couple, FIRST, REVIEW},
    house::House,
};

const DAY: &str = "/marriage/book?registry=nanshan&date=2026-05-20";
const PHONE: &str = "138 0000 0001";

/// A browser before the page of one time of 20 May, and that page's address.
async fn before(house: &House) -> (Browser, String) {
    let mut browser = house.browser();
    let page = browser.get(DAY).await;
    page.says("这一天想登记的人很多");
    let slot = page.slots("time").remove(0);
    let to = browser.post(DAY, &[("slot", &slot)]).await;
    assert_eq!(to.status, StatusCode::SEE_OTHER);
    assert_eq!(to.location, format!("/marriage/book/phone?slot={slot}"));
    (browser, to.location)
}

async fn send(browser: &mut Browser, page: &str) -> Page {
    browser.post(page, &[("phone", PHONE), ("action", "send")]).await
}

#[tokio::test]
async fn a_confirmed_phone_holds_the_time() {
    let house = House::open().await;
    let (mut browser, page) = before(&house).await;
    let shown = browser.get(&page).await;
    shown.says("2026年5月20日 星期三 上午 9:00");
    assert_eq!(shown.cache, "no-store");
    let sent = send(&mut browser, &page).await;
    assert_eq!((sent.status, sent.value("phone").as_str()), (StatusCode::OK, "13800000001"));
    sent.says("验证码已发到 138 0000 0001");
    let code = house.code(PHONE).await;
    browser.post(&page, &[("phone", PHONE), ("phone_code", &code)]).await.leads_to(FIRST);
    browser.get(DAY).await.says("您已经保留了一个时间");
    // The phone that was just confirmed is not asked for again, empty.
    assert_eq!(browser.get(FIRST).await.value("phone"), "138 0000 0001");
    // The same form sent again finds its time held.
    browser.post(&page, &[("phone", PHONE), ("phone_code", &code)]).await.leads_to(FIRST);
    assert!(!browser.get(DAY).await.has("还保留着另一个时间"));
}

#[tokio::test]
async fn a_time_that_another_browser_took_back_is_told_in_the_first() {
    let house = House::open().await;
    let (mut first, page) = before(&house).await;
    send(&mut first, &page).await;
    let code = house.code(PHONE).await;
    let confirmed = [("phone", PHONE), ("phone_code", &code)];
    first.post(&page, &confirmed).await.leads_to(FIRST);
    let mut second = house.browser();
    second.get(DAY).await;
    second.post(&page, &confirmed).await.leads_to(FIRST);
    for address in [FIRST, DAY] {
        let told = first.get(address).await;
        told.says("5月20日 上午 9:00 不在这里保留了，已经在另一个浏览器里继续办理或者放回");
        told.says("重新保留");
    }
    assert!(!second.get(FIRST).await.has("不在这里保留了"));
}

#[tokio::test]
async fn a_time_held_with_a_phone_is_booked_only_by_people_who_have_it() {
    let house = House::open().await;
    let (browser, page) = before(&house).await;
    let mut couple = Couple { browser, ..Couple::new(&house, 1) };
    let phone = "137 0000 0009";
    couple.browser.post(&page, &[("phone", phone), ("action", "send")]).await;
    let code = house.code(phone).await;
    couple.browser.post(&page, &[("phone", phone), ("phone_code", &code)]).await.leads_to(FIRST);
    assert_eq!(couple.browser.get(FIRST).await.value("phone"), phone, "it stands there already");

    couple.fill_in().await;
    let review = couple.browser.get(REVIEW).await;
    review.says("保留这个时间时验证过一个手机号，请在这里填写那个号码");
    assert!(!review.has("发送验证码"));
    let texts = house.texts().await;
    couple.browser.post(REVIEW, &[("hold", &page), ("declared", "yes")]).await;
    couple.browser.get(CODES).await.leads_to(REVIEW);
    assert_eq!(house.texts().await, texts, "no code is sent for what cannot be booked");

    couple.person_and(1, &[("phone", phone)]).await.leads_to(REVIEW);
    couple.declare().await.leads_to(CODES);
    assert_eq!(house.texts().await, texts + 1, "the phone of the hold needs no second code");
}

#[tokio::test]
async fn whoever_comes_after_many_of_the_same_network_confirms_a_phone_and_gets_on() {
    const ORDINARY: &str = "/marriage/book?registry=nanshan&date=2026-05-14";
    let house = House::open_with(&["--rate-limit", "on"]).await;
    let press = async |browser: &mut Browser| {
        let slot = browser.get(ORDINARY).await.slots("time").remove(0);
        browser.post(ORDINARY, &[("slot", &slot)]).await
    };
    for _ in 0..20 {
        press(&mut house.browser()).await.leads_to(FIRST);
    }
    let mut late = house.browser();
    let page = press(&mut late).await.location;
    assert!(page.starts_with("/marriage/book/phone?slot="), "{page}");
    late.get(&page).await.says("现在从同一个网络保留的时间很多");
    send(&mut late, &page).await;
    let code = house.code(PHONE).await;
    late.post(&page, &[("phone", PHONE), ("phone_code", &code)]).await.leads_to(FIRST);
}

#[tokio::test]
async fn a_phone_of_a_country_that_is_sent_no_codes_is_told_so_before_any_is_waited_for() {
    let house = House::open().await;
    let (mut browser, page) = before(&house).await;
    let phone = "+7 912 345 6789";
    let answer = browser.post(&page, &[("phone", phone), ("action", "send")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.says("我们的短信发不到 +7 的这类号码");
    assert!(answer.has(r#"id="phone.error""#) && !answer.has(r#"name="phone_code""#));

    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.fill_in().await;
    couple.person_and(1, &[("phone", phone)]).await.leads_to(REVIEW);
    let review = couple.browser.get(REVIEW).await;
    review.says("我们的短信发不到 +7 的这类号码");
    assert!(!review.has("发送验证码"));
    assert_eq!(house.texts().await, 0);
}

#[tokio::test]
async fn a_slip_is_told_at_its_field_and_nothing_typed_is_lost() {
    let house = House::open().await;
    let (mut browser, page) = before(&house).await;
    for (phone, words) in [("", "请填写手机号码"), ("1380000", "内地手机号码是 11 位"), ("0755-26661013", "座机收不到")]
    {
        let answer = browser.post(&page, &[("phone", phone), ("action", "send")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{phone}");
        answer.says(words);
        assert_eq!(answer.value("phone"), phone);
        assert!(answer.has(r#"id="phone.error""#));
    }
    send(&mut browser, &page).await;
    let code = house.code(PHONE).await;
    let wrong = if code == "000000" { "111111" } else { "000000" };
    for (typed, words) in [("", "六位"), ("12", "6 位"), (wrong, "还可以试")] {
        let answer = browser.post(&page, &[("phone", PHONE), ("phone_code", typed)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        answer.says(words);
        assert!(answer.has(r#"id="phone_code.error""#) && answer.has("138 0000 0001"));
    }
    browser.post(&page, &[("phone", PHONE), ("phone_code", &code)]).await.leads_to(FIRST);
}

#[tokio::test]
async fn a_code_can_be_sent_again_after_a_minute_and_dies_after_ten() {
    let house = House::open().await;
    let (mut browser, page) = before(&house).await;
    send(&mut browser, &page).await;
    let first = house.code(PHONE).await;
    let early = send(&mut browser, &page).await;
    early.says("刚刚发到 138 0000 0001");
    assert!(early.has(r#"name="phone_code""#), "the code that was sent is still good");
    house.wait(TimeDelta::minutes(11));
    let late = browser.post(&page, &[("phone", PHONE), ("phone_code", &first)]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    late.says("验证码已过期");
    send(&mut browser, &page).await.says("验证码已发到");
    let code = house.code(PHONE).await;
    browser.post(&page, &[("phone", PHONE), ("phone_code", &code)]).await.leads_to(FIRST);
}

#[tokio::test]
async fn another_phone_can_be_named() {
    let house = House::open().await;
    let (mut browser, page) = before(&house).await;
    send(&mut browser, &page).await;
    let form = [("phone", PHONE), ("phone_code", ""), ("action", "change")];
    let again = browser.post(&page, &form).await;
    assert_eq!((again.status, again.value("phone").as_str()), (StatusCode::OK, PHONE));
    assert!(!again.has(r#"name="phone_code""#));
}

#[tokio::test]
async fn a_time_taken_meanwhile_leaves_the_code_for_another() {
    let house = House::open().await;
    let (mut browser, page) = before(&house).await;
    send(&mut browser, &page).await;
    let code = house.code(PHONE).await;
    for other in ["13900000001", "13900000002", "13900000003"] {
        let mut other_browser = house.browser_at(&page).await;
        other_browser.post(&page, &[("phone", other), ("action", "send")]).await;
        let code = house.code(other).await;
        other_browser.post(&page, &[("phone", other), ("phone_code", &code)]).await.leads_to(FIRST);
    }
    let answer = browser.post(&page, &[("phone", PHONE), ("phone_code", &code)]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    answer.says("没有保留上：5月20日 上午 9:00");
    answer.says("这个时间刚刚约满了");
    answer.says("2026年5月20日 星期三");
    let [notice, times, calendar] = ["没有保留上", "id=\"day\"", "id=\"calendar\""].map(|part| answer.html.find(part));
    assert!(notice < times && times < calendar, "that day's other times come first");
    let next = format!("/marriage/book/phone?slot={}", answer.slots("time")[0]);
    browser.post(&next, &[("phone", PHONE), ("phone_code", &code)]).await.leads_to(FIRST);
}

#[tokio::test]
async fn a_time_that_never_was_has_no_such_page() {
    let house = House::open().await;
    let mut browser = house.browser();
    for slot in ["", "slot=", "slot=abc", "slot=0", "slot=%00"] {
        let page = browser.get(&format!("/marriage/book/phone?{slot}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{slot}");
        page.says("南山区婚姻登记处");
        page.says("没有找到这个时间");
        page.says("请在下面重新选择");
    }
    let (mut browser, page) = before(&house).await;
    let answer = browser.post(&page, &[("phone", "138\0"), ("action", "send")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let long = "1".repeat(1 << 20);
    assert_eq!(browser.post(&page, &[("phone", &long)]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_time_that_ran_out_on_such_a_date_is_held_again_by_way_of_its_phone() {
    let house = House::open().await;
    let (mut browser, page) = before(&house).await;
    send(&mut browser, &page).await;
    let code = house.code(PHONE).await;
    browser.post(&page, &[("phone", PHONE), ("phone_code", &code)]).await.leads_to(FIRST);
    house.wait(TimeDelta::minutes(16));
    browser.get(FIRST).await.says("为您保留的时间已经到了：5月20日 上午 9:00");
    let again = format!("again-{}", page.rsplit('=').next().unwrap());
    browser.post(FIRST, &[("action", &again)]).await.leads_to(&page);
}

#[tokio::test]
async fn a_time_that_nobody_can_hold_asks_for_no_phone_and_sends_no_code() {
    let house = House::open().await;
    house.close("nanshan", "2026-05-20", ["停电检修", "Power cut"]).await;
    for (date, why) in [
        ("2026-05-20", "这里这个时间不办理"),
        ("2026-05-13", "这个时间已经过去"),
        ("2026-05-29", "这个时间还没有开放预约"),
    ] {
        let slot = house.slots("nanshan", date).await[0].id;
        let page = format!("/marriage/book/phone?slot={slot}");
        let mut browser = house.browser_at("/marriage/book?registry=nanshan").await;
        for answer in [browser.get(&page).await, send(&mut browser, &page).await] {
            assert_eq!(answer.status, StatusCode::CONFLICT, "{date}");
            answer.says(why);
            assert!(!answer.has("发送验证码"), "{date}");
        }
    }
    assert_eq!(house.texts().await, 0);
}

#[tokio::test]
async fn where_codes_are_off_a_hot_date_is_held_like_any_other() {
    let house = House::open_with(&["--phone-codes", "off"]).await;
    let mut browser = house.browser();
    let page = browser.get(DAY).await;
    assert!(!page.has("先验证一个手机号"));
    browser.post(DAY, &[("slot", &page.slots("time")[0])]).await.leads_to(FIRST);
}

#[tokio::test]
async fn a_browser_that_keeps_no_cookie_is_sent_no_code_and_takes_no_place() {
    let house = House::open().await;
    let (_, page) = before(&house).await;
    for form in [&[("phone", PHONE), ("action", "send")][..], &[("phone", PHONE), ("phone_code", "123456")][..]] {
        let answer = house.browser().post(&page, form).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        answer.says("浏览器没有保存 Cookie");
        assert_eq!(answer.value("phone"), PHONE);
    }
    assert_eq!(house.texts().await, 0);
    // The page of the phone gives the cookie too, for whoever begins there.
    let mut browser = house.browser_at(&page).await;
    send(&mut browser, &page).await.says("验证码已发到");
}
