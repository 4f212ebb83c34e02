//! Many clients at once: the counts hold at every instant, and the control shows what happens without the rule.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicI64, Ordering},
};

use chrono::TimeDelta;
use futures_util::future::join_all;
use server::appointments::booking::{Holder, cancel, find, reschedule};
use server::appointments::hold;
use server::database::sql::{int, sql};
use server::marriage::BOOKABLE;
use server::{App, Error};
use shared::appointments::{Refusal, SlotId};
use shared::identity::Sex;
use tokio::sync::Barrier;

use super::support::people::{self, book};
use super::support::{Setup, TestApp, anyone, test_apps};

const CLIENTS: usize = 64;

fn without_codes() -> Setup {
    Setup { phone_codes: false, ..Setup::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_clients_at_one_slot_get_exactly_its_places() {
    for test in test_apps(without_codes()).await {
        let slot = test.free_slot("nanshan", "2026-05-20").await;
        let watch = Watch::start(&test);
        let start = Arc::new(Barrier::new(CLIENTS));
        let client = |n: usize| {
            let (app, start, now) = (test.app.clone(), Arc::clone(&start), test.now());
            tokio::spawn(async move {
                start.wait().await;
                let hold = hold::take(&app, &BOOKABLE, slot.id, anyone(), now).await?;
                book(&app, &people::couple(n, &hold), None, now).await
            })
        };
        let outcomes = join_all((0..CLIENTS).map(client)).await;
        let (mut booked, mut full) = (0, 0);
        for outcome in outcomes {
            match outcome.unwrap() {
                Ok(_) => booked += 1,
                Err(error) if error.refusal() == Some(Refusal::SlotFull) => full += 1,
                Err(error) => panic!("{error:?}"),
            }
        }
        assert_eq!((booked, full), (slot.capacity as usize, CLIENTS - slot.capacity as usize));
        assert!(watch.stop().await > 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_that_is_extended_and_booked_at_once_is_booked_and_nobody_is_told_that_it_ran_out() {
    for test in test_apps(without_codes()).await {
        for n in 0..24 {
            let slot = test.free_slot("nanshan", "2026-05-20").await;
            let held = hold::take(&test.app, &BOOKABLE, slot.id, anyone(), test.now()).await.unwrap();
            let request = people::couple(n, &held);
            let (app, now) = (test.app.clone(), test.now());
            let extending = tokio::spawn({
                let (app, held) = (app.clone(), held.clone());
                async move { hold::extend(&app, &held.id, held.token.reveal(), now).await }
            });
            let booking = tokio::spawn(async move { book(&app, &request, None, now).await });
            booking.await.unwrap().unwrap();
            match extending.await.unwrap() {
                Ok(_) => {}
                Err(error) => assert_eq!(error.refusal(), Some(Refusal::HoldBooked), "{error:?}"),
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_that_is_moved_and_cancelled_at_once_is_cancelled() {
    for test in test_apps(without_codes()).await {
        for n in 0..24 {
            let [from, to] = ["2026-05-20", "2026-05-21"];
            let slot = test.free_slot("nanshan", from).await;
            let held = hold::take(&test.app, &BOOKABLE, slot.id, anyone(), test.now()).await.unwrap();
            let booked = book(&test.app, &people::couple(n, &held), None, test.now()).await.unwrap();
            let holder = find::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap();
            let slot = test.free_slot("nanshan", to).await;
            let target = hold::take(&test.app, &BOOKABLE, slot.id, anyone(), test.now()).await.unwrap();
            let now = test.now();
            let moving = tokio::spawn({
                let (app, holder) = (test.app.clone(), holder.clone());
                async move {
                    let target = (&target.id, target.token.reveal());
                    reschedule::reschedule(&app, &BOOKABLE, &holder, target, now).await
                }
            });
            let (app, leaving) = (test.app.clone(), holder.clone());
            let cancelling = tokio::spawn(async move { cancel::cancel(&app, &BOOKABLE, &leaving, now).await });
            cancelling.await.unwrap().unwrap();
            match moving.await.unwrap() {
                Ok(()) => {}
                Err(error) => assert_eq!(error.refusal(), Some(Refusal::BookingEnded), "{error:?}"),
            }
        }
    }
}

/// The control: the same clients, but each looks before it writes and no rule of the database stands in the way.
#[tokio::test(flavor = "multi_thread")]
async fn a_booker_that_looks_first_and_writes_afterwards_sells_too_many() {
    for test in test_apps(without_codes()).await {
        let slot = test.free_slot("nanshan", "2026-05-20").await;
        unguarded(&test.app, "create table naive as select id, capacity, taken from slot".to_owned()).await;
        let looked = Arc::new(Barrier::new(CLIENTS));
        let client = |_| {
            let (app, looked) = (test.app.clone(), Arc::clone(&looked));
            tokio::spawn(async move {
                let free = naive_places(&app, slot.id).await > 0;
                looked.wait().await;
                if free {
                    unguarded(&app, format!("update naive set taken = taken + 1 where id = {}", slot.id)).await;
                }
            })
        };
        for outcome in join_all((0..CLIENTS).map(client)).await {
            outcome.unwrap();
        }
        assert_eq!(naive_places(&test.app, slot.id).await, i64::from(slot.capacity) - 64);
    }
}

/// Every client takes, books, moves, cancels, gives back or forgets, in an order of its own, while the clock runs.
#[tokio::test(flavor = "multi_thread")]
async fn no_mixture_of_acts_breaks_a_count() {
    for test in test_apps(without_codes()).await {
        let mut slots = Vec::new();
        for registry in ["nanshan", "demo-bay"] {
            slots.extend(test.slots(registry, "2026-05-20").await.into_iter().take(4).map(|slot| slot.id));
        }
        let (slots, watch) = (Arc::new(slots), Watch::start(&test));
        let life = |n: usize| tokio::spawn(live(test.app.clone(), Arc::clone(&slots), n));
        let lives = (0..CLIENTS).map(life);
        let all = tokio::spawn(join_all(lives));
        while !all.is_finished() {
            test.wait(TimeDelta::seconds(20));
            tokio::task::yield_now().await;
        }
        for outcome in all.await.unwrap() {
            outcome.unwrap();
        }
        assert!(watch.stop().await > 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_couple_booking_everywhere_at_once_gets_one_booking() {
    for test in test_apps(without_codes()).await {
        let slots = test.slots("nanshan", "2026-05-20").await;
        let client = |n: usize| {
            let (app, slot, now) = (test.app.clone(), slots[n % slots.len()].id, test.now());
            tokio::spawn(async move {
                let hold = hold::take(&app, &BOOKABLE, slot, anyone(), now).await?;
                book(&app, &people::couple(7, &hold), None, now).await
            })
        };
        let outcomes = join_all((0..24).map(client)).await;
        let booked = outcomes.iter().filter(|outcome| matches!(outcome, Ok(Ok(_)))).count();
        let refused = outcomes
            .iter()
            .filter(|outcome| matches!(outcome, Ok(Err(error)) if error.refusal() == Some(Refusal::AlreadyBooked)));
        assert_eq!((booked, refused.count()), (1, 23));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_booking_sent_many_times_at_once_is_one_booking() {
    for test in test_apps(without_codes()).await {
        let slot = test.free_slot("nanshan", "2026-05-20").await;
        let hold = hold::take(&test.app, &BOOKABLE, slot.id, anyone(), test.now()).await.unwrap();
        let request = Arc::new(people::couple(3, &hold));
        let client = |_| {
            let (app, request, now) = (test.app.clone(), Arc::clone(&request), test.now());
            tokio::spawn(async move { book(&app, &request, None, now).await })
        };
        let outcomes = join_all((0..16).map(client)).await;
        let references: Vec<_> = outcomes.into_iter().map(|outcome| outcome.unwrap().unwrap().reference).collect();
        assert!(references.iter().all(|reference| *reference == references[0]));
        assert_eq!(test.messages_to(&people::person(3, Sex::Male).phone, "booking_made").await.len(), 1);
    }
}

/// One client's life, drawn from its number so that a failure can be repeated.
async fn live(app: App, slots: Arc<Vec<SlotId>>, n: usize) {
    let mut draw = u64::try_from(n).unwrap() + 1;
    let mut next = move |below: usize| {
        // xorshift64: enough to mix the order of acts.
        draw ^= draw << 13;
        draw ^= draw >> 7;
        draw ^= draw << 17;
        usize::try_from(draw % u64::try_from(below).unwrap()).unwrap()
    };
    for _ in 0..12 {
        let Some(hold) = allowed(hold::take(&app, &BOOKABLE, slots[next(slots.len())], anyone(), app.now()).await)
        else {
            continue;
        };
        match next(5) {
            0 => drop(allowed(hold::release(&app, &hold.id, hold.token.reveal(), app.now()).await)),
            1 => drop(allowed(hold::extend(&app, &hold.id, hold.token.reveal(), app.now()).await)),
            2 => {}
            _ => {
                let Some(booked) = allowed(book(&app, &people::couple(n, &hold), None, app.now()).await) else {
                    continue;
                };
                let holder = find::by_token(&app, booked.reference, &booked.manage_token).await.unwrap();
                move_or_cancel(&app, &holder, slots[next(slots.len())], next(3)).await;
            }
        }
    }
}

async fn move_or_cancel(app: &App, holder: &Holder, slot: SlotId, act: usize) {
    if act == 0 {
        allowed(cancel::cancel(app, &BOOKABLE, holder, app.now()).await);
    } else if let Some(hold) = allowed(hold::take(app, &BOOKABLE, slot, anyone(), app.now()).await) {
        let hold = (&hold.id, hold.token.reveal());
        allowed(reschedule::reschedule(app, &BOOKABLE, holder, hold, app.now()).await);
    }
}

/// What may come of an act in a rush; anything internal fails the test.
fn allowed<T>(outcome: Result<T, Error>) -> Option<T> {
    match outcome {
        Ok(value) => Some(value),
        Err(Error::Problem(_)) => None,
        Err(error) => panic!("{error:?}"),
    }
}

async fn naive_places(app: &App, slot: SlotId) -> i64 {
    let mut connection = app.database().read().await.unwrap();
    let row = sql("select capacity - taken as places from naive where id = $1", [slot.0.into()]);
    int(&row.fetch_one(&mut *connection).await.unwrap(), "places").unwrap()
}

async fn unguarded(app: &App, statement: String) {
    app.database().write(move |connection| Box::pin(execute(connection, statement.clone()))).await.unwrap();
}

async fn execute(connection: &mut sqlx::AnyConnection, statement: String) -> Result<(), Error> {
    sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(connection).await?;
    Ok(())
}

/// Looks at every slot again and again while a race runs, each time in one statement, so at one instant.
struct Watch {
    stopped: Arc<AtomicBool>,
    looks: Arc<AtomicI64>,
    task: tokio::task::JoinHandle<()>,
}

impl Watch {
    fn start(test: &TestApp) -> Self {
        let (stopped, looks) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicI64::new(0)));
        let (app, stop, count) = (test.app.clone(), Arc::clone(&stopped), Arc::clone(&looks));
        let task = tokio::spawn(async move {
            // Looks once more after the end, when everything has been written.
            loop {
                let last = stop.load(Ordering::SeqCst);
                assert_eq!(wrong_slots(&app).await, 0, "a slot's count is not the number of places on it");
                count.fetch_add(1, Ordering::SeqCst);
                if last {
                    return;
                }
            }
        });
        Self { stopped, looks, task }
    }

    async fn stop(self) -> i64 {
        self.stopped.store(true, Ordering::SeqCst);
        self.task.await.unwrap();
        self.looks.load(Ordering::SeqCst)
    }
}

async fn wrong_slots(app: &App) -> i64 {
    let mut connection = app.database().read().await.unwrap();
    let statement = "select count(*) as wrong from slot s where s.taken > s.capacity or s.taken <> \
         (select count(*) from appointment a where a.slot_id = s.id and a.occupies = 1)";
    int(&sql(statement, []).fetch_one(&mut *connection).await.unwrap(), "wrong").unwrap()
}
