//! The power is down: the rest of today closes, and everybody reads what is true.

use axum::http::StatusCode;
use shared::staff::Role;

use super::{
    at_work::{DAY, at_work, press},
    browser::{Browser, Page},
    couple::Couple,
    hall::{link, opened},
    house::House,
};

const SERVICES: &str = "/staff/office/services?office=nanshan";
const HOURS: &str = "/staff/office/hours?office=nanshan&of=marriage_registration%40nanshan";

async fn send(manager: &mut Browser, act: &str, (time, reason): (&str, &str), effect: &str) -> Page {
    let form = [
        ("do", act),
        ("of", "today:marriage_registration@nanshan"),
        ("time", time),
        ("reason_zh", reason),
        ("reason_en", ""),
        ("effect", effect),
    ];
    manager.post(SERVICES, &form).await
}

#[tokio::test]
async fn a_manager_closes_the_rest_of_today_and_opens_it_again() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    house.set_clock("2026-05-14T08:50:00+08:00");
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    house
        .browser()
        .get("/marriage/book")
        .await
        .says("今天 9:00–12:00、14:00–17:30。平时星期一至星期五 9:00–12:00、14:00–17:30，节假日以预约日历为准。");

    manager.get(SERVICES).await.says("今天停办…");
    let wrong = send(&mut manager, "preview-today", ("8:00", ""), "").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["这个时间已经过了", "请写明原因"] {
        wrong.says(words);
    }
    let preview = send(&mut manager, "preview-today", ("08:55", "停电"), "").await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.html);
    preview.says("今天后面还有 1 个预约没有到");
    let done = send(&mut manager, "close-today", ("08:55", "停电"), &preview.value("effect")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);

    let told = house.text_to(couple.phone(0), "booking_day_closed").await;
    assert!(told.contains("停办：停电") && told.contains("也可以打电话 "), "{told}");
    let booking = couple.browser.get(&page).await;
    for words in ["登记处今天这个时间停办了，请改期", "停电", "选一个新的时间"] {
        booking.says(words);
    }
    house.browser().get("/marriage/book").await.says("今天不办理。平时");
    let link = link(&mut manager, "display").await;
    let (mut screen, _) = opened(&house, &link).await;
    screen.get("/display/nanshan").await.says("今天停办：停电");
    house.set_clock("2026-05-14T09:05:00+08:00");
    let day = manager.get(DAY).await;
    day.says("停办，不用来");
    day.says("还有 1 个没有改期，也没有取消");
    assert!(day.has("state=outside"), "to who that is: {}", day.html);
    assert!(!day.has("未到…") && !day.has("晚了"), "{}", day.html);

    let plan = manager.get(HOURS).await.value("plan");
    let form = |act: &'static str| {
        vec![("kind", "reopen"), ("do", act), ("plan", &*plan), ("from", "2026-05-14"), ("to", "2026-05-14")]
    };
    let effect = manager.post(HOURS, &form("preview")).await.value("effect");
    let mut save = form("save");
    save.push(("effect", &effect));
    let done = manager.post(HOURS, &save).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
    assert!(!screen.get("/display/nanshan").await.has("停办"));
    let day = manager.get(DAY).await;
    day.says("停办，不用来");
    assert!(!day.has("未到…"), "the time that has passed stays closed: {}", day.html);
}

#[tokio::test]
async fn whoever_came_for_a_time_that_was_closed_is_offered_no_other_online_once_the_day_has_ended() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    house.set_clock("2026-05-14T08:50:00+08:00");
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let day = manager.get(DAY).await;
    let reference = page.rsplit('/').next().unwrap().to_owned();
    let arrives = [("do", "check-in"), ("press", &*day.value("press")), ("reference", &reference)];
    assert_eq!(manager.post(DAY, &arrives).await.status, StatusCode::SEE_OTHER);
    let preview = send(&mut manager, "preview-today", ("08:55", "停电"), "").await;
    preview.says("确认今天停办</button>");
    send(&mut manager, "close-today", ("08:55", "停电"), &preview.value("effect")).await;
    let day = manager.get(DAY).await;
    let ended = press(&mut manager, &day, "结束这一天</button>", &[("reason", "停电")]).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.html);

    let booking = couple.browser.get(&page).await;
    booking.says("今天这个时间停办了");
    booking.says("改时间");
    assert!(!booking.has("选一个新的时间") && !booking.has("请改期"), "{}", booking.html);
    let more = manager.get("/staff/office/today?office=nanshan").await;
    more.says("今天已经结束，不再取号，也不能加号");
    assert!(!more.has("name=\"places\""), "{}", more.html);
}
