//! A PostgreSQL that stands still: reachable, and without an answer.

use std::thread;
use std::time::Duration;

use testhouse::store::Store;

use super::between::Between;
use super::portal::Portal;

#[test]
fn a_database_that_stands_still_keeps_nobody_waiting_and_comes_back() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(store) = runtime.block_on(Store::postgres()) else { return };
    let between = Between::of(&store.url().unwrap());
    let portal = Portal::start_in(&store, |mut serve| {
        serve.env("DATABASE_URL", &between.url);
        serve
    });
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
    let between = Between::of(&store.url().unwrap());
    let portal = Portal::start_in(&store, |mut serve| {
        serve.env("DATABASE_URL", &between.url);
        serve
    });
    let client = portal.client();
    let slot = portal.slots("demo-hill", "2026-05-20")[0];
    let before = remaining(&portal);
    // What the portal does by itself may be cut off in its place.
    let held = (1..=before).find(|_| {
        between.cut_at_next_commit();
        let answer = client.hold(slot);
        let is_cut = answer.0 != 201;
        assert!(!is_cut || answer == (503, "unanswered".into()), "{answer:?}");
        is_cut
    });
    drop(portal);
    let portal = Portal::start(&store);
    assert_eq!(remaining(&portal), before - held.unwrap(), "the last place was taken, though nobody was told");
    portal.verify_audit();
}

/// Places left at the first time of a day.
fn remaining(portal: &Portal) -> i64 {
    let (_, _, text) = portal.client().ask("/api/v1/registries/demo-hill/slots?from=2026-05-20&to=2026-05-20");
    let listed: serde_json::Value = serde_json::from_str(&text).unwrap();
    listed[0]["remaining"].as_i64().unwrap()
}
