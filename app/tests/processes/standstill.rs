//! A PostgreSQL that stands still: reachable, and without an answer.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use std::thread;
use std::time::Duration;

use testhouse::store::Store;

use super::portal::Portal;

/// What stands between a portal and its database.
struct Between {
    url: String,
    still: Arc<AtomicBool>,
}

impl Between {
    fn of(database: &str) -> Self {
        let (who, rest) = database.split_once('@').unwrap();
        let (server, name) = rest.split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("{who}@{}/{name}", listener.local_addr().unwrap());
        let (still, server) = (Arc::new(AtomicBool::new(false)), server.to_owned());
        let stands = Arc::clone(&still);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let Ok(server) = TcpStream::connect(&server) else { continue };
                for (from, to) in [(&client, &server), (&server, &client)] {
                    let (from, to, still) = (from.try_clone().unwrap(), to.try_clone().unwrap(), Arc::clone(&stands));
                    thread::spawn(move || hand_on(from, to, &still));
                }
            }
        });
        Self { url, still }
    }

    fn stand_still(&self, still: bool) {
        self.still.store(still, Ordering::SeqCst);
    }
}

fn hand_on(mut from: TcpStream, mut to: TcpStream, still: &AtomicBool) {
    let mut some = [0; 16 * 1024];
    while let Ok(read @ 1..) = from.read(&mut some) {
        while still.load(Ordering::SeqCst) {
            thread::sleep(Duration::from_millis(5));
        }
        if to.write_all(&some[..read]).is_err() {
            break;
        }
    }
    to.shutdown(Shutdown::Both).ok();
}

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
