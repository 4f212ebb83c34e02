//! A service that one person books, with questions of its own: the ceremony, from the home page to its end.

use axum::http::StatusCode;
use chrono::TimeDelta;

use super::{
    browser::{Browser, Page},
    couple::Couple,
    house::House,
};

const HALL: &str = "/ceremony/book?place=demo-bay-hall";
const DETAILS: &str = "/ceremony/book/details";
const REVIEW: &str = "/ceremony/book/review";
const CODES: &str = "/ceremony/book/codes";
const PHONE: &str = "13800138000";

/// Presses a first free time of the hall.
async fn hold(browser: &mut Browser, at: usize) -> Page {
    let times = browser.get(HALL).await;
    browser.post(HALL, &[("slot", &times.slots("offer")[at])]).await
}

async fn fill_in(browser: &mut Browser, phone: &str) -> Page {
    let form = [("name", "演示甲"), ("phone", phone), ("names", "小甲和小乙"), ("guests", "１２")];
    browser.post(DETAILS, &form).await
}

/// Everything from a held time to the booking; gives the booking's page.
async fn book(house: &House, browser: &mut Browser, phone: &str) -> String {
    hold(browser, 0).await.leads_to(DETAILS);
    fill_in(browser, phone).await.leads_to(REVIEW);
    confirm(house, browser, phone).await.location
}

async fn confirm(house: &House, browser: &mut Browser, phone: &str) -> Page {
    let held = browser.get(REVIEW).await.value("hold");
    browser.post(REVIEW, &[("hold", &held), ("declared", "yes"), ("consent", "yes")]).await.leads_to(CODES);
    let code = house.code(phone).await;
    browser.post(CODES, &[("hold", &held), ("phone_code", &code)]).await
}

#[tokio::test]
async fn nobody_is_sent_a_code_before_those_whose_names_are_read_out_have_consented() {
    let house = House::open().await;
    let mut browser = house.browser();
    hold(&mut browser, 0).await.leads_to(DETAILS);
    let review = fill_in(&mut browser, "13700000007").await;
    review.leads_to(REVIEW);
    let page = browser.get(REVIEW).await;
    page.says("要念到名字的人都知道这次预约");
    let held = page.value("hold");
    for (one, other) in [("declared", "consent"), ("consent", "declared")] {
        let asked = browser.post(REVIEW, &[("hold", &held), (one, "yes")]).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(asked.has(&format!("href=\"#{other}\"")) && !asked.has(&format!("href=\"#{one}\"")), "{}", asked.html);
        assert!(asked.has(&format!("name=\"{one}\" value=\"yes\" checked")), "the other tick is kept: {}", asked.html);
    }
    assert_eq!(house.texts().await, 0);
}

/// Presses the last button of the page that cancels.
async fn cancel(browser: &mut Browser, page: &str) -> Page {
    let address = format!("{page}/cancel");
    let changes = browser.get(&address).await.value("changes");
    browser.post(&address, &[("changes", &changes)]).await
}

#[tokio::test]
async fn one_person_books_for_guests_moves_the_booking_and_cancels_it() {
    let house = House::open().await;
    let mut browser = house.browser();
    let home = browser.get("/").await;
    assert!(home.has(r#"href="/ceremony""#), "the home page leads to it");
    let start = browser.get("/ceremony").await;
    for words in ["一次只接待一对", "演示湾颁证厅", "最早可约 ", "明天 5月14日 星期四", "上午 10:00"]
    {
        start.says(words);
    }
    // There is one hall, so nobody is asked which.
    let times = browser.get("/ceremony/book").await;
    times.says("演示湾颁证厅");
    assert!(!times.slots("offer").is_empty() && times.has(r#"href="/ceremony""#));

    let page = book(&house, &mut browser, PHONE).await;
    let booked = browser.get(&page).await;
    for words in ["预约成功", "演示湾颁证厅", "演**", "138****8000", "小***", "12"] {
        booked.says(words);
    }
    assert!(house.text_to(PHONE, "booking_made").await.contains("颁证仪式预约成功"));
    browser.get(&format!("{page}/print")).await.says("颁证仪式预约");
    let file = browser.get(&format!("{page}/calendar.ics")).await;
    assert!(
        file.has("SUMMARY:免费颁证仪式") && file.html.replace("\r\n ", "").contains("提前 10 分钟到"),
        "{}",
        file.html
    );

    let move_it = format!("{page}/reschedule");
    let times = browser.get(&move_it).await;
    let other = times.slots("offer").remove(1);
    browser.post(&move_it, &[("slot", &other)]).await.leads_to(&format!("{move_it}/confirm"));
    let confirm = browser.get(&format!("{move_it}/confirm")).await;
    let (hold, changes) = (confirm.value("hold"), confirm.value("changes"));
    let moved = browser.post(&format!("{move_it}/confirm"), &[("hold", &hold), ("changes", &changes)]).await;
    moved.leads_to(&page);
    browser.get(&moved.location).await.says("已经改到新的时间");

    cancel(&mut browser, &page).await.leads_to(&page);
    browser.get(&page).await.says("预约已经取消");
}

#[tokio::test]
async fn what_is_typed_wrong_is_told_at_its_field_and_stays() {
    let house = House::open().await;
    let mut browser = house.browser();
    hold(&mut browser, 0).await.leads_to(DETAILS);
    let form = [("name", ""), ("phone", "123"), ("names", ""), ("guests", "200")];
    let page = browser.post(DETAILS, &form).await;
    assert!(!page.has("证件"), "no document is asked for");
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["有 4 处需要更正", "请填写颁证时要念的两个名字", "请填写 0 到 20 之间的整数"]
    {
        page.says(words);
    }
    assert_eq!((page.value("phone"), page.value("guests")), ("123".to_owned(), "200".to_owned()));
    browser.get(REVIEW).await.says("确认之前，还有几处要填写");
    fill_in(&mut browser, PHONE).await.leads_to(REVIEW);
    assert!(!browser.get(REVIEW).await.has("还有几处要填写"));
}

#[tokio::test]
async fn the_hall_holds_a_time_for_as_long_as_its_own_rule_says() {
    let house = House::open().await;
    let mut browser = house.browser();
    browser.get(HALL).await.says("保留 10 分钟");
    hold(&mut browser, 0).await.leads_to(DETAILS);
    browser.get(DETAILS).await.says("保留到上午 10:10");
    house.wait(TimeDelta::minutes(11));
    let later = browser.get(DETAILS).await;
    assert!(!later.has("保留到上午"), "its minutes are over");
    later.says("为您保留的时间已经到了");
    let later = browser.get(HALL).await;
    assert!(!later.has("您已经保留了一个时间"));
}

#[tokio::test]
async fn a_date_in_demand_asks_for_a_phone_first_here_as_well() {
    let house = House::open().await;
    let mut browser = house.browser();
    let day = format!("{HALL}&date=2026-05-20");
    let slot = browser.get(&day).await.slots("time").remove(0);
    let phone = format!("/ceremony/book/phone?slot={slot}");
    browser.post(&day, &[("slot", &slot)]).await.leads_to(&phone);
    browser.post(&phone, &[("phone", PHONE)]).await.says("验证码已发到");
    let code = house.code(PHONE).await;
    browser.post(&phone, &[("phone", PHONE), ("phone_code", &code)]).await.leads_to(DETAILS);
}

#[tokio::test]
async fn one_phone_has_one_ceremony_at_a_time() {
    let house = House::open().await;
    let mut first = house.browser();
    book(&house, &mut first, PHONE).await;
    let mut second = house.browser();
    hold(&mut second, 0).await.leads_to(DETAILS);
    fill_in(&mut second, PHONE).await.leads_to(REVIEW);
    let refused = confirm(&house, &mut second, PHONE).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.says("这个手机号已经有一个预约");
}

#[tokio::test]
async fn a_booking_is_found_only_among_those_of_its_service() {
    let house = House::open().await;
    let mut browser = house.browser();
    let page = book(&house, &mut browser, PHONE).await;
    let reference = page.rsplit('/').next().unwrap().to_owned();
    let there = browser.get(&format!("/marriage/bookings/{reference}")).await;
    there.leads_to(&page);
    let elsewhere = house.browser().get(&format!("/marriage/bookings/{reference}")).await;
    assert_eq!(elsewhere.status, StatusCode::UNAUTHORIZED, "without the key nothing is said of it");

    let mut stranger = house.browser();
    house.wait(TimeDelta::minutes(2));
    let texts = house.texts().await;
    let find = [("reference", reference.as_str()), ("phone", PHONE)];
    stranger.post("/marriage/bookings", &find).await.leads_to("/marriage/bookings/code");
    assert_eq!(house.texts().await, texts, "no code for a booking of another service");
    stranger.post("/ceremony/bookings", &find).await.leads_to("/ceremony/bookings/code");
    let code = house.code(PHONE).await;
    stranger.post("/ceremony/bookings/code", &[("phone_code", &code)]).await.leads_to(&page);
    stranger.get(&page).await.says("预约成功");
}

#[tokio::test]
async fn the_link_in_a_message_opens_the_booking_at_its_own_service() {
    let house = House::open().await;
    let mut browser = house.browser();
    let page = book(&house, &mut browser, PHONE).await;
    let text = house.text_to(PHONE, "booking_made").await;
    let link = text.find("/m/").map(|at| text[at..].trim_end_matches('。').to_owned()).unwrap();
    let mut other = house.browser();
    other.get(&link).await.leads_to(&page);
    other.get(&page).await.says("预约成功");
    house.browser().get("/m/wrong").await.says("查找预约：免费颁证仪式");
}

#[tokio::test]
async fn a_time_of_one_service_is_none_of_another() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    let empty = couple.browser.get(DETAILS).await;
    empty.says("还没有选时间");
    let hall = couple.browser.get(HALL).await.slots("offer").remove(0);
    let refused = couple.browser.post("/marriage/book?registry=nanshan", &[("slot", &hall)]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND, "no registry has this time");
    let held = couple.browser.get("/marriage/book").await.value("hold");
    let page = couple.browser.post(CODES, &[("hold", &held), ("phone_code", "123456")]).await;
    page.leads_to(&format!("{REVIEW}?other"));
}

#[tokio::test]
async fn whoever_comes_alone_erases_their_own_online_once_it_is_over() {
    let house = House::open().await;
    let mut browser = house.browser();
    let page = book(&house, &mut browser, PHONE).await;
    let data = format!("{page}/data");
    let standing = browser.get(&data).await;
    standing.says("先取消预约，或者等过了那一天");
    assert!(!standing.has("带证件") && !standing.has("12345 转"), "no desk knows them by a document");
    let refused = browser.post(&data, &[("do", "erase")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    cancel(&mut browser, &page).await.leads_to(&page);
    browser.get(&data).await.says("删除我的信息，不能恢复");
    browser.post(&data, &[("do", "erase")]).await.says("已经删除");
    assert_eq!(browser.get(&page).await.status, StatusCode::GONE);
    assert!(house.messages().await.iter().all(|posted| posted.kind != "booking_made"));
}
