//! Many clients who do everything that residents do, at once, while servers are killed and the database is away: nothing
//! that was acknowledged is lost, nothing is answered that the act does not allow, and afterwards every sentence of
//! [`testhouse::invariants`] is true. Short here; `make soak` goes on for minutes.

mod acts;
mod booking;
mod caller;
mod client;
mod house;
mod office;

use std::collections::{BTreeMap, HashMap};
use std::env;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use testhouse::draw::Draw;
use testhouse::invariants;
use testhouse::store::Store;
use tokio::runtime::{Builder, Runtime};

use super::portal::Portal;
use booking::{Booking, Standing};
use client::{Client, Memory, WANTED};
use house::House;
use office::{Office, Slot};

const CLIENTS: usize = 64;
/// Bookings below which a run has shown nothing.
const ENOUGH: usize = 16;

#[test]
fn mixed_acts_on_one_server_that_is_killed_contradict_nothing() {
    let runtime = runtime();
    soak(&Store::sqlite(), &runtime);
}

#[test]
fn mixed_acts_on_two_servers_whose_database_is_away_contradict_nothing() {
    let runtime = runtime();
    let Some(store) = runtime.block_on(Store::postgres()) else {
        assert!(env::var("CI").is_err(), "no PostgreSQL to test two processes on");
        return;
    };
    soak(&store, &runtime);
}

fn soak(store: &Store, runtime: &Runtime) {
    let seconds = number("HUIMIN_SOAK_SECONDS").unwrap_or(8);
    let by_chance = || u64::from(SystemTime::UNIX_EPOCH.elapsed().unwrap().subsec_nanos());
    let seed = number("HUIMIN_SOAK_SEED").unwrap_or_else(by_chance);
    println!("HUIMIN_SOAK_SEED={seed}");
    let slots = prepare(store, runtime);
    let mut house = House::open(store, runtime);
    let office = Office::new(house.origins(), slots);
    let began = Instant::now();
    let memories: Vec<Memory> = thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|n| {
                scope.spawn({
                    let office = &office;
                    move || Client::new(office, seed, n).live()
                })
            })
            .collect();
        trouble(&mut house, &office, Draw::new(seed, CLIENTS), Duration::from_secs(seconds));
        enough(&office);
        office.end();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    });
    tell(&memories, began.elapsed());
    house.close();
    runtime.block_on(compare(store, &memories));
    assert_eq!(runtime.block_on(async { invariants::broken(&mut store.connection().await).await }), [""; 0]);
    Portal::start(store).verify_audit();
}

/// Waits where the machine is slow until there is something to compare.
fn enough(office: &Office) {
    for _ in 0..600 {
        if office.bookings() > ENOUGH {
            return;
        }
        thread::sleep(Duration::from_millis(100));
    }
}

/// One thing after the other, until the time is over; in a long run more rarely, so that much is done in between.
fn trouble(house: &mut House, office: &Office, mut draw: Draw, time: Duration) {
    let (end, longest_pause) = (Instant::now() + time, 2_000.max(time.as_secs() * 30));
    for trouble in house.troubles().iter().cycle() {
        let pause = Duration::from_millis(500 + draw.number() % longest_pause);
        if Instant::now() + pause > end {
            return thread::sleep(end.saturating_duration_since(Instant::now()));
        }
        thread::sleep(pause);
        office.longest_without_service();
        let began = Instant::now();
        house.suffer(*trouble, office);
        let took = began.elapsed();
        thread::sleep(Duration::from_millis(500));
        println!("{trouble:?} for {took:.1?}: nobody was served for {:.2?}", office.longest_without_service());
    }
}

/// A published database with many places at most times and few at the wanted ones, which come back within a minute.
fn prepare(store: &Store, runtime: &Runtime) -> Vec<Slot> {
    drop(Portal::start(store));
    runtime.block_on(async {
        for statement in [
            "update booking_rule set rule = \
             replace(rule, '\"shortest\":5,\"longest\":60', '\"shortest\":0,\"longest\":1')",
            "update slot set capacity = 60 where place_id = 'demo-hill'",
        ] {
            store.execute(statement).await;
        }
    });
    let portal = Portal::start(store);
    let path = "/api/v1/registries/demo-hill/slots?service=marriage_registration&from=2026-05-22&to=2026-05-26";
    let (_, _, text) = portal.client().ask(path);
    let listed: serde_json::Value = serde_json::from_str(&text).unwrap();
    let slots: Vec<Slot> = listed.as_array().unwrap().iter().map(Slot::read).collect();
    drop(portal);
    runtime.block_on(async {
        for slot in &slots[..WANTED] {
            store.execute(&format!("update slot set capacity = 4 where id = {}", slot.id)).await;
        }
    });
    slots
}

/// What clients remember is what the database holds, and it holds no booking besides: those that a demonstration makes for
/// its own day are of other days.
async fn compare(store: &Store, memories: &[Memory]) {
    let bookings: Vec<&Booking> = memories.iter().flat_map(|memory| &memory.bookings).collect();
    let statement = "select a.reference, a.state, cast(s.starts_at as text) from appointment a \
         join slot s on s.id = a.slot_id where a.reference is not null \
        and s.place_id = 'demo-hill' and s.date >= '2026-05-22'";
    let rows = store.rows(statement).await;
    let mut stored: HashMap<&str, Standing> =
        rows.iter().map(|row| (row[0].as_str(), standing(&row[1], &row[2]))).collect();
    for booking in &bookings {
        let standing = stored.remove(booking.reference.as_str());
        assert!(
            standing.as_ref().is_some_and(|standing| booking.may_be(standing)),
            "{} is {standing:?} and was acknowledged otherwise",
            booking.reference
        );
    }
    assert!(stored.is_empty(), "nobody was told of {stored:?}");
    assert!(bookings.len() > ENOUGH, "only {} bookings were made", bookings.len());
}

fn standing(state: &str, starts_at: &str) -> Standing {
    match state {
        "booked" => {
            let instant = chrono::DateTime::from_timestamp_millis(starts_at.parse().unwrap()).unwrap();
            let shanghai = chrono::FixedOffset::east_opt(8 * 3_600).unwrap();
            Standing::Booked(instant.with_timezone(&shanghai).to_rfc3339())
        }
        "cancelled" => Standing::Cancelled,
        _ => panic!("no booking ends so here: {state}"),
    }
}

fn tell(memories: &[Memory], time: Duration) {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for ((act, outcome), times) in memories.iter().flat_map(|memory| &memory.counts) {
        *counts.entry((act, outcome)).or_default() += times;
    }
    let all: usize = counts.values().sum();
    for ((act, outcome), times) in counts {
        println!("{times:9}  {act}: {outcome}");
    }
    let seconds = usize::try_from(time.as_secs()).unwrap().max(1);
    println!("{all:9}  acts in {seconds} s, {} a second", all / seconds);
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok().map(|text| text.parse().unwrap())
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}
