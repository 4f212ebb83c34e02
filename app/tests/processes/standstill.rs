//! A PostgreSQL that stands still: reachable, and without an answer.

use std::thread;
use std::time::Duration;

use testhouse::store::Store;

use super::between::Between;
use super::portal::Portal;

/// A portal that reaches its database through what can stand still.
fn behind(store: &Store) -> (Between, Portal) {
    let between = Between::of(&store.url().unwrap());
    let portal = Portal::start_in(store, |mut serve| {
        serve.env("DATABASE_URL", &between.url);
        serve
    });
    (between, portal)
}

#[test]
fn a_database_that_stands_still_keeps_nobody_waiting_and_comes_back() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(store) = runtime.block_on(Store::postgres()) else { return };
    let (between, portal) = behind(&store);
    let client = portal.client();
    let slots = portal.slots("demo-hill", "2026-05-20");
    let booked = client.book(slots[0], 1).unwrap();
    let shown = || client.booking(booked["reference"].as_str().unwrap(), booked["manage_token"].as_str().unwrap());

    between.stand_still(true);
    assert_eq!(client.hold(slots[1]), (503, "unanswered".into()));
    assert_eq!(shown()["code"], "unavailable");
    assert_eq!(client.ask("/readyz").0, 503);
    assert_eq!(client.ask("/healthz").0, 200);

    between.stand_still(false);
    let mut answers = (0..100).map(|_| {
        thread::sleep(Duration::from_millis(200));
        client.hold(slots[2]).0
    });
    answers.find(|status| *status == 201).expect("what was interrupted is taken up again");
    let mut readiness = (0..20).map(|_| {
        thread::sleep(Duration::from_millis(200));
        client.ask("/readyz").0
    });
    readiness.find(|status| *status == 200).expect("it is ready again");
    assert_eq!(shown()["state"], "booked");
    portal.verify_audit();
}

#[test]
fn a_write_whose_end_was_never_confirmed_is_not_called_undone() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(store) = runtime.block_on(Store::postgres()) else { return };
    let (between, portal) = behind(&store);
    let client = portal.client();
    let slots = portal.slots("demo-hill", "2026-05-20");
    // What the portal does by itself may be cut off in the place of the booking.
    let cut = slots.iter().enumerate().find_map(|(couple, slot)| {
        let (_, hold) = client.take(*slot).unwrap();
        between.cut_at_next_commit();
        let (status, answer) = client.book_held(&hold, couple).unwrap();
        (status != 201).then_some((couple, hold, status, answer))
    });
    let (couple, hold, status, answer) = cut.expect("no booking was cut off");
    assert_eq!((status, &answer["code"]), (503, &"unanswered".into()));
    drop(portal);

    let portal = Portal::start(&store);
    let (other, _) = portal.client().book_held(&hold, couple + 1).unwrap();
    assert_eq!(other, 410, "it was booked, though nobody was told");
    assert_eq!(portal.client().book_held(&hold, couple).unwrap().0, 201, "and the same request finds it");
    portal.verify_audit();
}
