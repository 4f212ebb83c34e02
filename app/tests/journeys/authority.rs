//! What the rows of pages say is what the pages do: each asked by nobody, by every role, and by those of another office.

use axum::http::{Method, StatusCode};
use server::database::sql::{int, sql};
use server::route::Who;
use shared::staff::Role;

use super::{
    at_work::{DOOR, at_work, busy_house, pressed},
    house::House,
};

#[tokio::test]
async fn every_page_for_staff_is_there_for_the_roles_that_have_its_right_and_leads_others_to_the_door() {
    let house = House::open().await;
    let table = app::domains::site();
    let rows: Vec<_> = table.rows().iter().filter(|row| row.who.wants_session()).collect();
    assert!(rows.len() > 10, "only {} were found", rows.len());
    let address = |path: &str| path.replace("{account}", "nobody");
    for row in &rows {
        let page = house.browser().get(&address(&row.path)).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", row.path);
        assert!(page.location.starts_with(DOOR), "{} leads to {}", row.path, page.location);
    }
    for (n, role) in Role::ALL.iter().enumerate() {
        let (_, mut browser) = at_work(&house, n, *role, "nanshan").await;
        for row in &rows {
            let may = match row.who {
                Who::Staff(right) => role.allows(right),
                _ => true,
            };
            let page = browser.get(&address(&row.path)).await;
            assert_eq!(page.status == StatusCode::FORBIDDEN, !may, "{role:?} {}", row.path);
            if row.methods.contains(&Method::POST) {
                let sent = browser.post(&address(&row.path), &[]).await;
                assert_eq!(sent.status == StatusCode::FORBIDDEN, !may, "{role:?} POST {}: {}", row.path, sent.html);
            }
        }
    }
}

/// What is asked of things of `nanshan` by those who have their roles at another office.
#[tokio::test]
async fn whoever_has_a_right_at_another_office_sees_and_changes_nothing_here() {
    let house = busy_house().await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let office = "/staff/office?office=nanshan";
    manager.post(office, &[("do", "create"), ("name", "南91")]).await.leads_to(office);
    let office = manager.get(office).await;
    let day = manager.get("/staff/day?state=all").await;
    let visit = day.html.split("data-visit=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let print = manager.get("/staff/day/print").await;
    let mut cells = print.html.split("<td class=\"nowrap\">").skip(1).map(|cell| cell.split('<').next().unwrap());
    let reference = cells.find(|text| !text.is_empty()).unwrap().to_owned();
    let counter = pressed(&day, "坐到 南91 号窗口").split(':').nth(1).unwrap().to_owned();
    let written = async || {
        let statement = "select count(*) as events from audit where stream not like 'staff:%'";
        let row = sql(statement, []).fetch_one(&mut *house.app.database().read().await.unwrap()).await;
        int(&row.unwrap(), "events").unwrap()
    };
    let before = written().await;
    let table = app::domains::site();
    let rows: Vec<_> = table.rows().iter().filter(|row| matches!(row.who, Who::Staff(_))).collect();
    let acts = [
        format!("arrive:0:{visit}"),
        format!("apart:0:{visit}"),
        format!("next:{counter}"),
        format!("open:{counter}"),
        "check-in".to_owned(),
        "walk-in:marriage_registration".to_owned(),
        "close-day:2026-05-13:0".to_owned(),
        "reopen-day:2026-05-13:0".to_owned(),
        "create".to_owned(),
        "screen".to_owned(),
        format!("remove:{counter}"),
        "suspend".to_owned(),
        "reset".to_owned(),
        "give".to_owned(),
        "book".to_owned(),
        "move".to_owned(),
    ];
    for (n, role) in [Role::CounterClerk, Role::OfficeManager, Role::ContentEditor, Role::AccountAdministrator]
        .into_iter()
        .enumerate()
    {
        let (_, mut stranger) = at_work(&house, n, role, "demo-bay").await;
        for row in rows.iter().filter(|row| matches!(row.who, Who::Staff(right) if role.allows(right))) {
            let path = row.path.replace("{id}", &visit).replace("{account}", "demo-clerk");
            let path = format!("{path}?office=nanshan&place=nanshan&move={visit}&done={visit}");
            let mut pages = vec![stranger.get(&path).await];
            for act in acts.iter().filter(|_| row.methods.contains(&Method::POST)) {
                let more =
                    [("reference", &*reference), ("office", "nanshan"), ("name", "99"), ("checked-person", "yes")];
                let form: Vec<_> =
                    [("do", act.as_str()), ("press", "x"), ("told", "1")].into_iter().chain(more).collect();
                pages.push(stranger.post(&path, &form).await);
            }
            for page in pages {
                let named = row.path.contains('{') && !page.status.is_client_error();
                assert!(!named, "{role:?} {path}: {}", page.status);
                let shows = page.has(&reference) || page.has("南91") || page.has("演示窗口甲");
                assert!(!shows, "{role:?} {path}: {}", page.html);
            }
        }
    }
    assert!(office.has("南91") && print.has(&reference), "those of the office see it");
    assert_eq!(written().await, before);
}
