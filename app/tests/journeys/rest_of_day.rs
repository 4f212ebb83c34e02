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
const SERVICES_LINK: &str = r#"href="/staff/office/services?office=nanshan""#;
const TODAY: &str = "/staff/office/today?office=nanshan";
const HOURS: &str = "/staff/office/hours?office=nanshan&of=marriage_registration%40nanshan";

pub async fn send(manager: &mut Browser, act: &str, (time, reason): (&str, &str), effect: &str) -> Page {
    let form = [
        ("do", act),
        ("of", "today:marriage_registration@nanshan"),
        ("time", time),
        ("why", reason),
        ("effect", effect),
    ];
    manager.get(SERVICES).await;
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

    let services = manager.get(SERVICES).await;
    services.says("今天停办…");
    assert!(services.has(r#"href="/staff/office" aria-current="true""#), "{}", services.html);
    let nobody = send(&mut manager, "preview-today", ("15:00", "power_cut"), "").await;
    assert!(nobody.has("确认今天停办</button>") && !nobody.has("马上发短信</button>"), "{}", nobody.html);
    let wrong = send(&mut manager, "preview-today", ("8:00", ""), "").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["这个时间已经过了", "请选择原因"] {
        wrong.says(words);
    }
    let preview = send(&mut manager, "preview-today", ("08:55", "power_cut"), "").await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.html);
    preview.says("今天后面还有 1 个预约没有到");
    let done = send(&mut manager, "close-today", ("08:55", "power_cut"), &preview.value("effect")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);

    let told = house.text_to(couple.phone(0), "booking_day_closed").await;
    assert!(told.contains("停办：停电") && told.contains("也可以打电话 "), "{told}");
    let booking = couple.browser.get(&page).await;
    for words in ["登记处今天这个时间停办了，请改期", "停电", "选一个新的时间"] {
        booking.says(words);
    }
    house.browser().get("/marriage/book").await.says("今天不办理。平时");
    let more = manager.get(TODAY).await;
    more.says("今天停办了，不能加号");
    assert!(more.has(SERVICES_LINK) && !more.has("value=\"add\""), "nothing that would be refused: {}", more.html);
    let (_, mut clerk) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    let times = clerk.get("/staff/book").await;
    times.says("今天的不能预约，今天也没有现场号了");
    assert!(!times.has("现场取号"), "{}", times.html);
    let door = link(&mut manager, "kiosk").await;
    let (mut kiosk, _) = opened(&house, &door).await;
    let start = kiosk.get("/kiosk/nanshan").await;
    start.says("请预约别的日子；有事请到前台");
    assert!(!start.has("还能不能加号"), "{}", start.html);
    let link = link(&mut manager, "display").await;
    let (mut screen, _) = opened(&house, &link).await;
    screen.get("/display/nanshan").await.says("今天停办：停电");
    house.set_clock("2026-05-14T09:05:00+08:00");
    let day = manager.get(DAY).await;
    day.says("停办，不用来");
    day.says("还有 1 个没有改期，也没有取消");
    assert!(day.has("state=outside"), "to who that is: {}", day.html);
    let print = manager.get("/staff/day/print").await;
    for words in ["这一天停办：停电", "<td class=\"to-write\">停办，不用来</td>"] {
        print.says(words);
    }
    assert!(!day.has("未到…") && !day.has("晚了"), "{}", day.html);

    let hours = manager.get(HOURS).await;
    hours.says("2026年5月14日 停办：停电");
    let plan = hours.value("plan");
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
async fn whoever_looks_for_a_registry_reads_that_it_is_open_until_the_rest_of_today_closes_and_why() {
    let house = House::open().await;
    house.set_clock("2026-05-14T09:30:00+08:00");
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let preview = send(&mut manager, "preview-today", ("16:00", "power_cut"), "").await;
    let done = send(&mut manager, "close-today", ("16:00", "power_cut"), &preview.value("effect")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
    manager.get(HOURS).await.says("2026年5月14日 16:00 起停办：停电");

    house.set_clock("2026-05-14T09:31:00+08:00");
    house.browser().get("/marriage/book").await.says("今天 9:00–12:00、14:00–16:00。平时");
    let place = house.browser().get("/marriage/registries/nanshan").await;
    place.says("09:00–12:00，14:00–16:00");
    place.says("16:00 以后停办：停电");
    assert!(!place.has("现在关着"), "{}", place.html);
    house.set_clock("2026-05-14T16:01:00+08:00");
    house.browser().get("/marriage/registries/nanshan").await.says("现在关着");
}

/// A couple that is booked at nine, its page, and a manager at ten to nine.
async fn before_nine(house: &House) -> (Couple, String, Browser) {
    let mut couple = Couple::new(house, 1);
    let page = couple.book(house, "nanshan").await;
    house.set_clock("2026-05-14T08:50:00+08:00");
    let (_, manager) = at_work(house, 8, Role::OfficeManager, "nanshan").await;
    (couple, page, manager)
}

#[tokio::test]
async fn whoever_has_a_time_still_to_come_reads_that_it_cannot_be_kept_once_the_day_is_ended() {
    let house = House::open().await;
    let (mut couple, page, mut manager) = before_nine(&house).await;
    let day = manager.get(DAY).await;
    day.says("还有 1 个没到时间");
    assert!(day.has(SERVICES_LINK), "first they are told, by closing the rest of today: {}", day.html);
    press(&mut manager, &day, "结束这一天</button>", &[("reason", "停电")]).await;

    let booking = couple.browser.get(&page).await;
    for words in ["今天提前结束了，您约的时间办不了", "请不要在约的时间过来", "可以帮您改到别的时间"]
    {
        booking.says(words);
    }
    for untrue in ["白跑一趟", "网上改期", "选一个新的时间", "确实来不了的"] {
        assert!(!booking.has(untrue), "{untrue}: {}", booking.html);
    }
    house.browser().get("/marriage/book").await.says("今天已经结束。平时");
    let more = manager.get(TODAY).await;
    more.says("今天已经结束，不能再加号");
    assert!(!more.has("现在还能取号") && !more.has("value=\"add\""), "{}", more.html);
    assert!(!manager.get(SERVICES).await.has("今天停办…"), "nothing is left to close");
    let over = manager.get(DAY).await;
    over.says("没到时间就结束了 1 个");
    assert!(!over.has("没有到 1 个"), "{}", over.html);
}

#[tokio::test]
async fn whoever_waited_for_a_time_that_was_closed_is_offered_no_other_that_would_be_refused() {
    let house = House::open().await;
    let (mut couple, page, mut manager) = before_nine(&house).await;
    let reference = page.rsplit('/').next().unwrap();
    let day = manager.get(DAY).await;
    let form = [("do", "check-in"), ("press", &*day.value("press")), ("reference", reference)];
    assert_eq!(manager.post(DAY, &form).await.status, StatusCode::SEE_OTHER);
    let preview = send(&mut manager, "preview-today", ("08:55", "power_cut"), "").await;
    let done = send(&mut manager, "close-today", ("08:55", "power_cut"), &preview.value("effect")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
    let day = manager.get(DAY).await;
    press(&mut manager, &day, "结束这一天</button>", &[("reason", "停电")]).await;

    let booking = couple.browser.get(&page).await;
    for words in ["登记处今天已经结束办理", "停电", "让您白跑一趟，对不起"] {
        booking.says(words);
    }
    assert!(!booking.has("选一个新的时间"), "{}", booking.html);
    let refused = couple.browser.get(&format!("{page}/reschedule")).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.html);
}
