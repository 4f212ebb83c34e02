//! The screens of a hall: opened by a link that works once, and by nothing else.

use axum::http::StatusCode;
use shared::staff::Role;

use super::{
    at_work::{DAY, OFFICE, at_work, busy_house, press},
    browser::{Browser, Page},
    house::House,
};

/// A link that a manager makes for a screen of `nanshan`.
pub async fn link(manager: &mut Browser, kind: &str) -> String {
    let form = [("do", "screen"), ("kind", kind), ("screen-name", "大厅东侧")];
    let page = manager.post(&format!("{OFFICE}?office=nanshan"), &form).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.html);
    let from = page.html.find("/screen/").unwrap();
    page.html[from..].split('<').next().unwrap().to_owned()
}

pub async fn opened(house: &House, link: &str) -> (Browser, Page) {
    let mut screen = house.browser();
    screen.get(link).await.says("就用这块屏幕");
    let page = screen.post(link, &[]).await;
    (screen, page)
}

#[tokio::test]
async fn a_display_shows_tickets_and_counters_and_nothing_of_anybody() {
    let house = busy_house().await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    manager.post(&format!("{OFFICE}?office=nanshan"), &[("do", "create"), ("name", "91")]).await;
    let mut stranger = house.browser();
    let unknown = stranger.get("/display/nanshan").await;
    assert_eq!(unknown.status, StatusCode::FORBIDDEN);
    unknown.says("这块屏幕还没有接通");

    let link = link(&mut manager, "display").await;
    let (mut screen, page) = opened(&house, &link).await;
    page.leads_to("/display/nanshan");
    assert_eq!(house.browser().get(&link).await.status, StatusCode::GONE, "the link works once");
    screen.get("/display/nanshan").await.says("请等候叫号");
    assert_eq!(screen.get("/display/demo-bay").await.status, StatusCode::FORBIDDEN, "it is a screen of one office");
    assert_eq!(screen.get("/kiosk/nanshan").await.status, StatusCode::FORBIDDEN, "and of one kind");
    assert_eq!(screen.get(DAY).await.status, StatusCode::SEE_OTHER, "and no staff");

    let day = manager.get(DAY).await;
    press(&mut manager, &day, "坐到 91 号窗口", &[]).await;
    let day = manager.get(DAY).await;
    let called = press(&mut manager, &day, "叫下一个", &[]).await;
    let called = manager.get(&called.location).await;
    let board = screen.get("/display/nanshan").await;
    for words in ["91", "号窗口", "平均等候", "从签到", "Now calling", "Average of the 1 called today, from check-in"]
    {
        board.says(words);
    }
    let names = called.html.split("queue-people").skip(1).filter_map(|part| part.split("<span>").nth(1)).count();
    assert!(names > 0, "the sheet has names");
    assert!(!board.has("*"), "the board has none, not even masked: {}", board.html);
}

#[tokio::test]
async fn a_screen_that_was_taken_back_shows_nothing_any_more() {
    let house = busy_house().await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let link = link(&mut manager, "display").await;
    let (mut screen, _) = opened(&house, &link).await;
    assert_eq!(screen.get("/display/nanshan").await.status, StatusCode::OK);
    let page = format!("{OFFICE}?office=nanshan");
    let office = manager.get(&page).await;
    office.says("大厅东侧");
    let revoke = super::at_work::pressed(&office, "断开");
    manager.post(&page, &[("do", &revoke)]).await.leads_to(&page);
    assert_eq!(screen.get("/display/nanshan").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_kiosk_gives_a_ticket_once_for_one_press_and_says_what_it_cannot_find() {
    let house = busy_house().await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let link = link(&mut manager, "kiosk").await;
    let (mut kiosk, page) = opened(&house, &link).await;
    page.leads_to("/kiosk/nanshan");
    let start = kiosk.get("/kiosk/nanshan").await;
    start.says("我没有预约");
    let (service, press) = (start.button("service"), start.value("press"));
    let form = [("service", &*service), ("press", &press)];
    assert_eq!(start.refresh, "", "nobody who types is interrupted");
    let ticket = kiosk.post("/kiosk/nanshan", &form).await;
    ticket.says("您的号码");
    assert_eq!(ticket.refresh, "60; url=/kiosk/nanshan", "back to the start in a minute");
    assert!(ticket.has("data-print") && !ticket.has("<form"), "printing sends nothing: {}", ticket.html);
    let again = kiosk.post("/kiosk/nanshan", &form).await;
    let number = |page: &Page| page.html.split("kiosk-ticket\">").nth(1).unwrap()[..3].to_owned();
    assert_eq!(number(&ticket), number(&again), "one press, one ticket");
    let unknown = kiosk.post("/kiosk/nanshan", &[("reference", "XXXX")]).await;
    assert!(unknown.status.is_client_error());
    assert_eq!(unknown.refresh, "60; url=/kiosk/nanshan");
    assert!(unknown.has(r#"role="alert""#) && !unknown.has("XXXX"), "nothing is kept for the next person");
}
