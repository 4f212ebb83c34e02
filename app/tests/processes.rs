//! The program as an operator runs it: killed in a rush, and two of them in front of one database.

mod between;
mod day;
mod founding;
mod handbook;
mod keeping;
mod listing;
mod papers;
mod portal;
mod releasing;
mod restoring;
mod saying;
mod soak;
mod standstill;
mod strange;
mod trouble;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, mpsc};
use std::thread;

use serde_json::Value;

use portal::Portal;
use testhouse::store::Store;

/// `SQLite` always; PostgreSQL where the tests are given a server.
fn stores() -> Vec<Store> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let postgres = runtime.block_on(Store::postgres());
    [Store::sqlite()].into_iter().chain(postgres).collect()
}

#[test]
fn killed_in_a_rush_it_loses_nothing_that_was_acknowledged() {
    for store in stores() {
        let mut portal = Portal::start(&store);
        let slots = portal.slots("demo-hill", "2026-05-20");
        let (couples, over) = (AtomicUsize::new(0), AtomicBool::new(false));
        let acknowledged: Mutex<Vec<Value>> = Mutex::default();
        let (tell, told) = mpsc::channel();
        thread::scope(|scope| {
            for client in 0..8 {
                let (tell, client_portal) = (tell.clone(), portal.client());
                let (slots, couples, over, acknowledged) = (&slots, &couples, &over, &acknowledged);
                scope.spawn(move || {
                    while !over.load(Ordering::SeqCst) {
                        let couple = couples.fetch_add(1, Ordering::SeqCst);
                        let slot = slots[(client + couple) % slots.len()];
                        let Some(booking) = client_portal.book(slot, couple) else { continue };
                        acknowledged.lock().unwrap().push(booking);
                        // The main thread stops listening once it has heard enough.
                        tell.send(()).ok();
                    }
                });
            }
            // In the middle of it: some bookings stand, others are under way.
            told.iter().take(20).for_each(drop);
            portal.kill();
            over.store(true, Ordering::SeqCst);
        });

        let portal = Portal::start(&store);
        let acknowledged = acknowledged.into_inner().unwrap();
        assert!(acknowledged.len() >= 20);
        for booking in &acknowledged {
            let (reference, token) =
                (booking["reference"].as_str().unwrap(), booking["manage_token"].as_str().unwrap());
            let found = portal.client().booking(reference, token);
            assert_eq!(found["state"], "booked", "{reference} was acknowledged and is gone");
        }
        portal.verify_audit();
    }
}

#[test]
fn two_processes_in_front_of_one_database_give_out_one_set_of_places() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(store) = runtime.block_on(Store::postgres()) else {
        // Only `make test` has a server; there this test must not pass by doing nothing.
        assert!(std::env::var("CI").is_err(), "no PostgreSQL to test two processes on");
        return;
    };
    let portals = [Portal::start(&store), Portal::start(&store)];
    let slot = portals[0].slots("demo-hill", "2026-05-20")[0];
    let booked = AtomicUsize::new(0);
    thread::scope(|scope| {
        for couple in 0..24 {
            let client = portals[couple % 2].client();
            let booked = &booked;
            scope.spawn(move || {
                if client.book(slot, couple).is_some() {
                    booked.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
    });
    assert_eq!(booked.into_inner(), 4, "a slot of this registry has four places");
    portals[1].verify_audit();
}

#[test]
fn every_answer_of_the_program_tells_browsers_what_they_may_do_with_it() {
    let store = Store::sqlite();
    let portal = Portal::start(&store);
    let client = portal.client();
    for path in
        ["/", "/nowhere", "/huimin.css", "/api/openapi.json", "/api/v1/nothing", "/healthz", "/readyz", "/metrics"]
    {
        for (name, wanted) in [
            ("content-security-policy", "default-src 'none'"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("permissions-policy", "camera=()"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            let value = client.header(path, name).unwrap_or_default();
            assert!(value.starts_with(wanted), "{path} {name}: {value}");
        }
    }
}
