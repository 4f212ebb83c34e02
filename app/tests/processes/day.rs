//! One day of an office from its opening to its end, with two clerks side by side, walk-ins, no-shows, slips that are taken
//! back, and the program killed at noon. What the day became is then held against what the record says of it. Short here;
//! `make soak` has ten times as many couples.

mod figures;
mod plan;
mod staff;

use std::collections::BTreeMap;
use std::sync::atomic::AtomicUsize;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use testhouse::invariants;
use testhouse::store::Store;

use super::{portal::Portal, stores};
use plan::{finish, work};
use staff::{Staff, close_day, display};

/// The office of the invented staff.
const OFFICE: &str = "nanshan";
const DATE: &str = "2026-05-14";
/// Invented couples below this one are booked by the demonstration itself.
const FIRST_COUPLE: usize = 1_000;
/// So many wait at noon, so that there is a queue to find again.
const WAIT_AT_NOON: usize = 3;

#[test]
fn a_day_with_a_kill_at_noon_is_at_its_end_what_its_record_says() {
    let couples = std::env::var("HUIMIN_DAY_COUPLES").ok().map_or(12, |text| text.parse().unwrap());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for store in stores() {
        let day = Day { store: &store, runtime: &runtime, presses: AtomicUsize::new(0) };
        day.book(couples);
        day.morning();
        day.noon();
        let wait = day.evening();
        day.compare(&wait);
    }
}

struct Day<'a> {
    store: &'a Store,
    runtime: &'a tokio::runtime::Runtime,
    /// Each press is another.
    presses: AtomicUsize,
}

impl Day<'_> {
    fn start(&self, time: &str) -> Portal {
        let now = format!("{DATE}T{time}+08:00");
        Portal::start_in(self.store, |mut serve| {
            serve.env("HUIMIN_NOW", now);
            serve
        })
    }

    fn sign_in<'d>(&'d self, portal: &Portal, account: &str) -> Staff<'d> {
        Staff::sign_in(portal, account, &self.presses)
    }

    /// The day before: couples book all over the day.
    fn book(&self, couples: usize) {
        drop(Portal::start(self.store));
        let more = format!("update slot set capacity = 40 where place_id = '{OFFICE}' and date = '{DATE}'");
        self.runtime.block_on(self.store.execute(&more));
        let portal = Portal::start_in(self.store, |mut serve| {
            serve.env("HUIMIN_NOW", "2026-05-13T10:05:00+08:00");
            serve
        });
        let slots = portal.slots(OFFICE, DATE);
        for couple in 0..couples {
            let slot = slots[couple * slots.len() / couples];
            assert!(portal.client().book(slot, FIRST_COUPLE + couple).is_some(), "couple {couple}");
        }
    }

    /// Until twelve: counters open, those of the morning come but for each third, some without a booking.
    fn morning(&self) {
        let portal = self.start("08:40:00");
        let [one, other] = ["demo-clerk", "demo-clerk-2"].map(|account| self.sign_in(&portal, account));
        let counters = counters(&one.day());
        for (clerk, counter) in [(&one, counters[0]), (&other, counters[1])] {
            assert_eq!(clerk.next(counter).0, 204, "nobody is here, and the counter is open");
        }
        come(&one, |starts_at| starts_at < "12:00");
        for _ in 0..3 {
            assert_eq!(one.press("walk-in:marriage_registration"), 303);
        }
        closing_while_serving(&one, &other, (counters[0], counters[1]));
        work_until_nobody_waits([&one, &other], &counters);
    }

    /// Killed while one is served, one called, one set aside, one just marked by mistake, and some wait.
    fn noon(&self) {
        let (mut portal, since) = (self.start("11:58:00"), Instant::now());
        let accounts = ["demo-clerk", "demo-clerk-2", "demo-manager"];
        let [mut one, mut other, mut third] = accounts.map(|account| self.sign_in(&portal, account));
        let counters = counters(&one.day());
        come(&one, |_| true);
        while one.waiting() < WAIT_AT_NOON + 4 {
            assert_eq!(one.press("walk-in:marriage_registration"), 303);
        }
        let parked = one.call(counters[0]);
        one.done(&parked, "park", &json!({}));
        let serving = one.call(counters[0]);
        one.done(&serving, "serve", &json!({}));
        let called = other.call(counters[1]);
        let slip = third.call(counters[2]);
        let slip = third.done(&slip, "serve", &json!({}));
        let slip = third.done(&slip, "finish", &json!({ "outcome": "refused", "ground": "not_voluntary" }));
        let before = one.day();
        portal.kill();

        let begun = Instant::now();
        let seconds = since.elapsed().as_secs() + 1;
        let portal = self.start(&format!("11:{}:{:02}", 58 + seconds / 60, seconds % 60));
        for clerk in [&mut one, &mut other, &mut third] {
            clerk.moves_to(&portal);
        }
        let after = one.day();
        for part in ["visits", "counters", "version"] {
            assert_eq!(before[part], after[part], "the {part} are those from before");
        }
        assert_eq!(third.done(&slip, "undo", &json!({}))["state"], "serving", "undone in time, though killed since");
        let back = third.visit(&slip);
        third.done(&back, "finish", &json!({ "outcome": "registered" }));
        assert_eq!(third.next(counters[2]).0, 200);
        println!("the first call came {:.0?} after the start of the program", begun.elapsed());

        let mine = third.at(counters[2]).unwrap();
        finish(&third, &mine);
        assert_eq!(third.press(&format!("close:{}", counters[2])), 303);
        finish(&one, &serving);
        finish(&other, &called);
        let parked = one.visit(&parked);
        one.done(&parked, "back", &json!({}));
        work_until_nobody_waits([&one, &other], &counters);
    }

    /// Whoever never came is marked, one of them by mistake; then the day is closed. What the display says of it.
    fn evening(&self) -> String {
        let portal = self.start("17:45:00");
        let [clerk, manager] = ["demo-clerk", "demo-manager"].map(|account| self.sign_in(&portal, account));
        let missing = clerk.visits(|visit| visit["state"] == "booked");
        assert!(!missing.is_empty(), "each third did not come");
        for (nth, visit) in missing.iter().enumerate() {
            let marked = clerk.done(visit, "no-show", &json!({}));
            if nth == 0 {
                // They stood at the desk.
                let booked = clerk.done(&marked, "undo", &json!({}));
                let arrived = clerk.done(&booked, "arrive", &json!({}));
                clerk.next(counters(&clerk.day())[0]);
                finish(&clerk, &arrived);
            }
        }
        let wait = display(&manager);
        let seen = manager.day()["version"].as_i64().unwrap();
        assert_eq!(close_day(&manager, seen - 1), 409, "it is not any more what that version was");
        assert_eq!(close_day(&manager, seen), 303);
        assert!(manager.day()["closed"].is_string());
        drop(portal);
        // Messages of the last acts go out when their minute is over.
        let portal = self.start("17:50:00");
        let waiting = "select kind from outbox where state = 'waiting' and kind like 'visit_%'";
        for _ in 0..200 {
            if self.runtime.block_on(self.store.rows(waiting)).is_empty() {
                break;
            }
            thread::sleep(Duration::from_millis(100));
        }
        drop(portal);
        wait
    }

    /// The tables, the record, and what was sent.
    fn compare(&self, wait: &str) {
        let portal = Portal::start_in(self.store, |mut serve| {
            serve.env("HUIMIN_NOW", format!("{DATE}T18:00:00+08:00"));
            serve
        });
        portal.verify_audit();
        drop(portal);
        let broken = self.runtime.block_on(async { invariants::broken(&mut self.store.connection().await).await });
        assert_eq!(broken, [""; 0]);
        figures::compare(self.store, self.runtime, wait);
    }
}

/// Two clerks at once, each at a counter, until there is nobody left for either.
fn work_until_nobody_waits(clerks: [&Staff<'_>; 2], counters: &[i64]) {
    // Who is handed over may come when the other has just gone.
    while clerks[0].waiting() > 0 {
        thread::scope(|scope| {
            for (place, clerk) in clerks.iter().enumerate() {
                let (mine, others) = (counters[place], counters[1 - place]);
                scope.spawn(move || work(clerk, mine, others));
            }
        });
    }
}

/// Those of the sheet whose time is asked for come, but for each third.
fn come(clerk: &Staff<'_>, is_meant: impl Fn(&str) -> bool) {
    let meant = |visit: &Value| visit["state"] == "booked" && is_meant(&visit["starts_at"].as_str().unwrap()[11..16]);
    for (nth, visit) in clerk.visits(meant).iter().enumerate() {
        if nth % 3 != 2 {
            clerk.done(visit, "arrive", &json!({}));
        }
    }
}

/// A counter is not closed over whoever is served there, by its clerk or by anybody else.
fn closing_while_serving(one: &Staff<'_>, other: &Staff<'_>, (mine, others): (i64, i64)) {
    let served = other.call(others);
    other.done(&served, "serve", &json!({}));
    assert_eq!(other.press(&format!("close:{others}")), 409);
    assert_eq!(one.press(&format!("close:{mine}")), 303, "who has nobody closes, and opens with the next press");
    assert_eq!(other.at(others).unwrap()["state"], "serving");
    finish(other, &served);
}

/// The counters of a sheet, by their signs.
fn counters(day: &Value) -> Vec<i64> {
    let all = day["counters"].as_array().unwrap().iter();
    let by_sign: BTreeMap<_, _> = all.map(|one| (one["name"].as_str().unwrap(), one["id"].as_i64().unwrap())).collect();
    by_sign.into_values().collect()
}
