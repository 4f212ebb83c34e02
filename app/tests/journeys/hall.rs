//! The screens of a hall: opened by a link that works once, and by nothing else.

use axum::http::StatusCode;
use server::database::sql::{int, sql, text};
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
    let lost = ["未联机，{} 以后的叫号没有显示", "Not live: calls since {} are not shown"];
    for words in ["91", "号窗口", "Now calling"].into_iter().chain(lost) {
        board.says(words);
    }
    assert!(!board.has("平均等候"), "one couple is no average: {}", board.html);
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
    manager.post(&page, &[("do", &revoke)]).await.leads_to(&format!("{page}&done=revoke"));
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
    assert!(
        ticket.has("data-print") && ticket.html.matches("<form").count() == 1,
        "printing sends nothing: {}",
        ticket.html
    );
    ticket.says("其实有预约？");
    let again = kiosk.post("/kiosk/nanshan", &form).await;
    let number = |page: &Page| page.html.split("kiosk-ticket\">").nth(1).unwrap()[..3].to_owned();
    assert_eq!(number(&ticket), number(&again), "one press, one ticket");
    let unknown = kiosk.post("/kiosk/nanshan", &[("reference", "XXXX")]).await;
    assert!(unknown.status.is_client_error());
    assert_eq!(unknown.refresh, "60; url=/kiosk/nanshan", "and nothing of it stays");
    assert!(unknown.has(r#"role="alert""#) && unknown.has(r#"value="XXXX""#), "a slip is put right: {}", unknown.html);
    unknown.says("也可以到前台");
    let empty = kiosk.post("/kiosk/nanshan", &[("reference", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.says("请输入预约号");
    kiosk.get("/kiosk/nanshan?large").await.says("标准字");
}

#[tokio::test]
async fn whoever_is_called_and_types_their_reference_is_sent_to_the_counter() {
    let house = busy_house().await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let link = link(&mut manager, "kiosk").await;
    let (mut kiosk, _) = opened(&house, &link).await;
    manager.post(&format!("{OFFICE}?office=nanshan"), &[("do", "create"), ("name", "91")]).await;
    let day = manager.get(DAY).await;
    press(&mut manager, &day, "坐到 91 号窗口", &[]).await;
    let day = manager.get(DAY).await;
    press(&mut manager, &day, "叫下一个", &[]).await;
    let statement =
        "select a.reference from visit v join appointment a on a.id = v.appointment_id where v.state = 'called'";
    let row = sql(statement, []).fetch_one(&mut house.connection().await).await.unwrap();
    let reference = text(&row, "reference").unwrap();
    kiosk.get("/kiosk/nanshan").await;
    let answer = kiosk.post("/kiosk/nanshan", &[("reference", &*reference)]).await;
    answer.says("已经叫到您：请到 91 号窗口");
    assert!(!answer.has("留意叫号") && !answer.has("不用再签"), "{}", answer.html);
    kiosk
        .post("/en/kiosk/nanshan", &[("reference", &*reference)])
        .await
        .says("You are being called: please go to counter 91");
    let day = manager.get(DAY).await;
    press(&mut manager, &day, "人到了，开始办理", &[]).await;
    kiosk.post("/kiosk/nanshan", &[("reference", &*reference)]).await.says("正在给您办理：请到 91 号窗口");
}

#[tokio::test]
async fn who_has_a_booking_after_all_gives_the_ticket_back_within_a_minute() {
    let house = busy_house().await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let link = link(&mut manager, "kiosk").await;
    let (mut kiosk, _) = opened(&house, &link).await;
    let take = async |kiosk: &mut Browser| {
        let start = kiosk.get("/kiosk/nanshan").await;
        let (service, press) = (start.button("service"), start.value("press"));
        let ticket = kiosk.post("/kiosk/nanshan", &[("service", &*service), ("press", &*press)]).await;
        (ticket.button("ticket"), service, press)
    };
    let (slip, service, press) = take(&mut kiosk).await;
    let back = kiosk.post("/kiosk/nanshan", &[("ticket", &*slip)]).await;
    assert_eq!((back.status, back.refresh.as_str()), (StatusCode::OK, "60; url=/kiosk/nanshan"));
    back.says("现场号已经还回");
    // Whoever comes back to the slip by the browser's history sends its press once more.
    let again = kiosk.post("/kiosk/nanshan", &[("service", &*service), ("press", &*press)]).await;
    again.says("现场号已经还回");
    assert!(!again.has("您的号码"), "nobody waits for a number that is given to nobody: {}", again.html);
    let statement = "select ticket from visit where id = $1";
    let row = sql(statement, [slip.as_str().into()]).fetch_one(&mut house.connection().await).await.unwrap();
    let found = manager.get(&format!("/staff/day?office=nanshan&q={}", int(&row, "ticket").unwrap())).await;
    found.says("已还回，没有人");
    let all = manager.get("/staff/day?office=nanshan&state=all").await;
    let print = manager.get("/staff/day/print?office=nanshan").await;
    assert!(!all.has(&slip) && !print.has(&slip), "nobody of the day stands behind it");
    let (slip, service, press) = take(&mut kiosk).await;
    house.wait(chrono::TimeDelta::seconds(60));
    let late = kiosk.post("/kiosk/nanshan", &[("ticket", &*slip)]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.says("请拿着号到前台");
    house.wait(chrono::TimeDelta::hours(23));
    kiosk.get("/kiosk/nanshan").await;
    let over = kiosk.post("/kiosk/nanshan", &[("service", &*service), ("press", &*press)]).await;
    assert_eq!(over.status, StatusCode::CONFLICT, "nor for one of yesterday");
    over.says("这个现场号已经结束");
}

#[tokio::test]
async fn once_the_day_is_closed_neither_kiosk_nor_display_invites_anybody() {
    let house = busy_house().await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let (door, wall) = (link(&mut manager, "kiosk").await, link(&mut manager, "display").await);
    let ((mut kiosk, _), (mut display, _)) = (opened(&house, &door).await, opened(&house, &wall).await);
    let start = kiosk.get("/kiosk/nanshan").await;
    let form = [("service", start.button("service")), ("press", start.value("press"))];
    let statement = "update office_day set closed_at = $1, closed_version = version where office = 'nanshan'";
    sql(statement, [house.now().into()]).execute(&mut house.connection().await).await.unwrap();
    let closed = kiosk.get("/kiosk/nanshan").await;
    closed.says("今天已经结束");
    assert!(!closed.has("<form"), "{}", closed.html);
    assert_eq!(closed.refresh, "60; url=/kiosk/nanshan", "until there is another day");
    let form: Vec<_> = form.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let late = kiosk.post("/kiosk/nanshan", &form).await;
    late.says("今天已经结束");
    assert!(!late.has("更正"), "{}", late.html);
    let board = display.get("/display/nanshan").await;
    board.says("今天已经结束");
    assert!(!board.has("请等候叫号") && !board.has("等候 "), "{}", board.html);
}
