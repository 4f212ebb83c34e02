//! Pages that are told of what is new: each line to its own reader, and no longer than they may read.

use axum::http::StatusCode;
use chrono::TimeDelta;
use server::audit::Actor;
use server::route::Who;
use server::staff::{roles, session, token::Kind};
use shared::staff::Role;
use testhouse::staff::clerk;

use super::{
    at_work::{DAY, DOOR, OFFICE, SAT, at_work, busy_house, press, pressed, sign_in},
    browser::Browser,
    hall::{link, opened},
};

const EVENTS: &str = "/staff/day/events";

/// Gives somebody a ticket, which is told to all who follow the day.
async fn something_happens(manager: &mut Browser) {
    let day = manager.get(DAY).await;
    let given = press(manager, &day, "现场取号", &[]).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.html);
}

#[tokio::test]
async fn a_sheet_is_told_of_changes_until_its_reader_is_signed_out_or_has_the_role_no_more() {
    let house = busy_house().await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let (_, mut leaving) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    let losing = clerk(&house, 2).await;
    let grant = losing.is_given(&house, Role::CounterClerk, "nanshan").await;
    let mut other = house.browser();
    sign_in(&house, &losing, &mut other, &[]).await.leads_to("/staff");

    let (mut line, mut others) = (leaving.follow(EVENTS).await, other.follow(EVENTS).await);
    assert_eq!(line.headers["x-accel-buffering"], "no", "no proxy waits until it has enough");
    let first = line.next().await.unwrap();
    assert!(first.name == "day" && first.data.starts_with(&format!("{}\n", first.id)), "{first:?}");
    assert!(!first.data.contains('*'), "visits by their ids, and no name: {first:?}");
    others.next().await.unwrap();
    something_happens(&mut manager).await;
    let second = line.next().await.unwrap();
    assert!(second.id.parse::<i64>().unwrap() > first.id.parse().unwrap(), "{second:?}");
    others.next().await.unwrap();

    leaving.post("/staff/sign-out", &[]).await.leads_to(DOOR);
    roles::take_back(&house.app, &grant, Actor::Operator, house.now()).await.unwrap();
    something_happens(&mut manager).await;
    assert_eq!(line.next().await, None);
    assert_eq!(others.next().await, None);
    assert_eq!(other.get(EVENTS).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_sheet_that_is_only_open_keeps_nobody_signed_in_however_often_its_line_is_asked_for() {
    let house = busy_house().await;
    let (one, mut reader) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    reader.get(DAY).await;
    let seen =
        async || session::list(&house.app, &one.account, house.now()).await.unwrap().pop().map(|one| one.seen_at);
    let used = seen().await;
    for _ in 0..2 {
        house.wait(TimeDelta::minutes(14));
        reader.follow(EVENTS).await.next().await.unwrap();
        assert_eq!(seen().await, used);
    }
    house.wait(TimeDelta::minutes(2));
    assert_eq!(reader.get(EVENTS).await.status, StatusCode::SEE_OTHER, "it is over as it would be without");
}

#[tokio::test]
async fn the_line_of_another_day_names_no_visit() {
    let house = busy_house().await;
    let today = shared::calendar::shanghai_date(house.now());
    let first_of = async |n, path: &str| {
        let (_, reader) = at_work(&house, n, Role::CounterClerk, "nanshan").await;
        let said = reader.follow(path).await.next().await.unwrap();
        said.data.split_once('\n').unwrap().1.to_owned()
    };
    let path = format!("{EVENTS}?date={today}");
    assert!(!first_of(1, &path).await.is_empty());
    house.wait(TimeDelta::days(1));
    assert_eq!(first_of(2, &path).await, "");
}

#[tokio::test]
async fn of_nine_lines_of_one_session_the_oldest_ends() {
    let house = busy_house().await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let mut lines = Vec::new();
    for _ in 0..9 {
        let mut line = manager.follow(EVENTS).await;
        line.next().await.unwrap();
        lines.push(line);
    }
    something_happens(&mut manager).await;
    let last = lines[0].next().await.unwrap();
    assert_eq!(
        (&*last.name, &*last.data),
        ("elsewhere", "-"),
        "it is told to stay away, in a way that a browser hears"
    );
    assert_eq!(lines[0].next().await, None);
    assert!(lines[1].next().await.is_some() && lines[8].next().await.is_some());
}

#[tokio::test]
async fn a_display_is_told_of_its_own_hall_until_it_is_taken_back_and_is_nobody_of_the_staff() {
    let house = busy_house().await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let office = format!("{OFFICE}?office=nanshan");
    manager.post(&office, &[("do", "create"), ("name", "91")]).await.leads_to(&office);
    let kiosk_link = link(&mut manager, "kiosk").await;
    let (mut kiosk, _) = opened(&house, &kiosk_link).await;
    let display_link = link(&mut manager, "display").await;
    let (mut screen, _) = opened(&house, &display_link).await;
    for (browser, path) in [(&mut kiosk, "/display/nanshan/events"), (&mut screen, "/display/demo-bay/events")] {
        assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }

    let mut line = screen.follow("/display/nanshan/events").await;
    assert_eq!(line.headers["x-accel-buffering"], "no");
    let first = line.next().await.unwrap();
    assert!(first.name == "board" && !first.data.contains("data-call"), "{first:?}");
    let day = manager.get(DAY).await;
    press(&mut manager, &day, "坐到 91 号窗口", &[]).await.leads_to(SAT);
    let day = manager.get(DAY).await;
    press(&mut manager, &day, "叫下一个", &[]).await;
    // Sitting down is a change of its own, which may be told by itself.
    let mut told = line.next().await.unwrap();
    if !told.data.contains("data-call") {
        told = line.next().await.unwrap();
    }
    assert!(told.data.contains("91") && !told.data.contains('*'), "{told:?}");

    // Whatever name its cookie goes under, it opens nothing of the staff's.
    let table = app::domains::site();
    let rows: Vec<_> = table.rows().iter().filter(|row| row.who.wants_session()).collect();
    for browser in [&screen, &kiosk] {
        let token = browser.cookie(Kind::Screen.cookie_name(false)).unwrap().to_owned();
        let mut renamed = house.browser();
        renamed.set_cookie(Kind::Session.cookie_name(false), &token);
        for browser in [&mut browser.clone(), &mut renamed] {
            for row in &rows {
                let page = browser.get(&row.path.replace(['{', '}'], "")).await;
                assert!(page.status == StatusCode::SEE_OTHER && page.location.starts_with(DOOR), "{}", row.path);
            }
        }
    }
    assert!(rows.iter().any(|row| matches!(row.who, Who::Staff(_))));

    let revoke = pressed(&manager.get(&office).await, "断开");
    manager.post(&office, &[("do", &revoke)]).await.leads_to(&format!("{office}&done=revoke"));
    let second = pressed(&manager.get(&office).await, "断开");
    manager.post(&office, &[("do", &second)]).await.leads_to(&format!("{office}&done=revoke"));
    something_happens(&mut manager).await;
    assert_eq!(line.next().await, None);
}
