//! The day sheet with five thousand couples on it, by pages that a tired connection still loads.

use axum::http::StatusCode;
use shared::staff::Role;
use testhouse::crowd;

use super::{
    at_work::{DAY, at_work},
    house::House,
};

const COUPLES: usize = 5_000;
/// The most that a page of the sheet weighs unpacked.
const LIGHT: usize = 300_000;

#[tokio::test]
async fn a_sheet_of_five_thousand_is_read_by_its_times_and_weighs_little() {
    let house = House::open().await;
    crowd::book(&house, ("nanshan", "2026-05-14"), COUPLES).await;
    house.set_clock("2026-05-14T09:05:00+08:00");
    let (_, mut clerk) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    let day = clerk.get(DAY).await;
    assert_eq!(day.status, StatusCode::OK);
    day.says("5000");
    assert!(day.html.len() < LIGHT, "{}", day.html.len());
    let mut seen = 0;
    for path in
        ["?state=all", "?state=booked", "?state=booked&page=2", "?state=booked&page=50", "?state=booked&page=51"]
    {
        let page = clerk.get(&format!("{DAY}{path}")).await;
        assert_eq!(page.status, StatusCode::OK);
        let rows = page.html.matches("data-visit=").count();
        assert_eq!(rows, 100, "{path}");
        assert!(page.html.len() < LIGHT, "{path}: {}", page.html.len());
        seen += rows;
    }
    assert_eq!(seen, 500);
    let booked = clerk.get(&format!("{DAY}?state=booked")).await;
    booked.says("9:00 起");
    assert!(booked.has("page=50"), "the last of the day are a press away");
    // Paper has everybody, since nobody turns its pages on a screen.
    let paper = clerk.get("/staff/day/print").await;
    assert_eq!(paper.html.matches("<tr>").count(), COUPLES + 13);
}
