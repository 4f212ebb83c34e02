//! Places for everybody: how many hold-and-book pairs a second, and how long each request takes.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use shared::appointments::SlotId;

use super::{
    CLIENTS, ask_all,
    client::{Client, Tally},
    proof::Proof,
};
use crate::{
    Outcome,
    plan::Plan,
    portal::{Portal, slots},
    stats::{number, percentile},
    store::Store,
};

/// Places of each slot: more than any machine books in the time.
const PLACES: u32 = 6000;
const WARM_UP: Duration = Duration::from_secs(3);

/// What one rush showed; times in milliseconds, memory in megabytes.
pub struct Figures {
    pub pairs: f64,
    pub hold: [f64; 2],
    pub book: [f64; 2],
    pub memory: f64,
    /// The server's own processor time for one pair, in milliseconds.
    pub processor: f64,
    pub acknowledged: usize,
    pub errors: usize,
    pub proof: Proof,
}

/// Everybody's course through the day.
struct Course {
    slots: Vec<SlotId>,
    next: AtomicUsize,
    /// What counts begins here and lasts until the end.
    counts_from: Instant,
    until: Instant,
}

pub async fn run(plan: &Plan, store: Store<'_>) -> Outcome<Figures> {
    beside(plan, store, |_, _| async { Outcome::Ok(()) }).await.map(|(figures, ())| figures)
}

/// The same, while something else asks the server until an instant; what that was answered.
pub async fn beside<F, T>(
    plan: &Plan,
    store: Store<'_>,
    other: impl FnOnce(SocketAddr, Instant) -> F,
) -> Outcome<(Figures, T)>
where
    F: Future<Output = Outcome<T>> + Send + 'static,
    T: Send + 'static,
{
    let Portal { process, place } = Portal::with_capacity(plan, store, PLACES).await?;
    let ids = slots(process.address).await?.iter().map(|slot| slot.id).collect();
    let (start, load) = (Instant::now(), plan.lasting(10));
    let (counts_from, until) = (start + WARM_UP, start + WARM_UP + load);
    let course = Arc::new(Course { slots: ids, next: AtomicUsize::new(0), counts_from, until });
    let address = process.address;
    let processor = process.processor()?;
    let other = tokio::spawn(other(address, until));
    let mut tally = ask_all(CLIENTS, || live(address, Arc::clone(&course))).await?;
    let processor = process.processor()?.saturating_sub(processor);
    let memory = process.memory()?.most / 1e6;
    let other = other.await??;
    process.kill();
    for (refused, count) in &tally.errors {
        crate::progress(format_args!("{count} × {}", refused.0));
    }
    let figures = Figures {
        pairs: number(tally.bookings.len()) / load.as_secs_f64(),
        hold: [0.5, 0.99].map(|share| percentile(&mut tally.holds, share)),
        book: [0.5, 0.99].map(|share| percentile(&mut tally.bookings, share)),
        memory,
        processor: processor.as_secs_f64() * 1000.0 / number(tally.acknowledged.len().max(1)),
        acknowledged: tally.acknowledged.len(),
        errors: tally.errors.values().sum(),
        proof: Proof::of(&place, &tally.acknowledged).await?,
    };
    Ok((figures, other))
}

async fn live(address: SocketAddr, course: Arc<Course>) -> Outcome<Tally> {
    let mut client = Client::connect(address).await?;
    let mut tally = Tally::default();
    while Instant::now() < course.until {
        let n = course.next.fetch_add(1, Ordering::Relaxed);
        // A prime step spreads neighbours over the day.
        let slot = course.slots[n * 7919 % course.slots.len()];
        let start = Instant::now();
        let hold = match client.hold(slot).await? {
            Ok(hold) => hold,
            Err(refused) => {
                tally.refused(refused);
                continue;
            }
        };
        let held = Instant::now();
        match client.book(n, &hold).await? {
            Ok(reference) => {
                tally.booked(reference);
                let booked = Instant::now();
                if (course.counts_from..course.until).contains(&booked) {
                    tally.holds.push(held - start);
                    tally.bookings.push(booked - held);
                }
            }
            Err(refused) => tally.refused(refused),
        }
    }
    Ok(tally)
}
