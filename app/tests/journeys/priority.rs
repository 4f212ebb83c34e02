//! Who is served before the others: a box, a button, and no word of why.

use axum::http::StatusCode;
use shared::staff::Role;

use super::{
    at_work::{DAY, OFFICE, SAT, at_work, busy_house, press},
    hall::{link, opened},
};

#[tokio::test]
async fn a_clerk_gives_priority_with_the_ticket_or_afterwards_and_takes_it_off_again() {
    let house = busy_house().await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    manager.post(&format!("{OFFICE}?office=nanshan"), &[("do", "create"), ("name", "91")]).await;
    let (_, mut clerk) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    let day = clerk.get(DAY).await;
    press(&mut clerk, &day, "坐到 91 号窗口", &[]).await.leads_to(SAT);
    let day = clerk.get(DAY).await;
    assert!(!day.has("优先，"), "nobody has it yet");
    assert_eq!(day.html.matches(r#"name="priority""#).count(), 2, "for whoever has booked, and for whoever has not");
    let ticket = press(&mut clerk, &day, "现场取号", &[("priority", "yes")]).await;
    assert_eq!(ticket.status, StatusCode::SEE_OTHER, "{}", ticket.html);
    let ticket = clerk.get(&ticket.location).await;
    ticket.says("，优先");
    assert_eq!(ticket.html.matches("优先，").count(), 2, "beside the button that calls them, and in the list");
    ticket.says("取消优先");
    assert_eq!(clerk.get("/staff/day/print").await.html.matches("优先").count(), 1, "and on paper");
    let (before, after) = ticket.html.split_at(ticket.html.find("取消优先").unwrap());
    assert!(!before[before.find("id=\"waiting\"").unwrap()..].contains("标记优先"), "they are the first of the list");
    assert!(after.contains("标记优先"));

    let display = link(&mut manager, "display").await;
    let (mut wall, _) = opened(&house, &display).await;
    assert!(!wall.get("/display/nanshan").await.has("优先"), "the hall learns nothing of it");

    let off = press(&mut clerk, &ticket, "取消优先", &[]).await;
    let off = clerk.get(&off.location).await;
    off.says("刚才：");
    assert!(!off.has("优先，") && off.has("取消优先"), "what was done, to be undone: {}", off.html);
    let given = press(&mut clerk, &off, "标记优先", &[]).await;
    let given = clerk.get(&given.location).await;
    given.says("优先，");
}

#[tokio::test]
async fn the_kiosk_sends_whoever_needs_it_to_the_desk_and_the_public_page_says_who_has_it() {
    let house = busy_house().await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let door = link(&mut manager, "kiosk").await;
    let (mut kiosk, _) = opened(&house, &door).await;
    kiosk.get("/kiosk/nanshan").await.says("需要优先或者帮助的，请到前台");
    kiosk.get("/en/kiosk/nanshan").await.says("Priority or help: please see the desk");
    let page = house.browser().get("/marriage").await;
    for words in ["《残疾人保障法》第五十五条", "《老年人权益保障法》第五十五条", "不是法律规定", "到了请告诉工作人员"]
    {
        page.says(words);
    }
}
