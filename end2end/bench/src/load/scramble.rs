//! Fewer places than couples: exactly the places are booked, and everybody else is told so.

use std::{
    net::SocketAddr,
    sync::{Arc, atomic::AtomicUsize},
    time::Instant,
};

use shared::appointments::{BookingReference, HoldTaken, SlotId};

use super::{
    ask_all,
    client::{Client, Tally},
    proof::Proof,
};
use crate::{
    Outcome, naive,
    plan::Plan,
    portal::{Portal, slots},
    queue::{CLIENTS, turn, wishes},
    stats::number,
    store::Store,
};

/// Places of each slot.
const PLACES: u32 = 40;

/// What one scramble showed, and the naive booker beside it.
pub struct Figures {
    pub places: usize,
    pub couples: usize,
    pub booked: usize,
    pub refused: usize,
    pub left_out: usize,
    pub errors: usize,
    /// Seconds until the last place was booked.
    pub lasted: f64,
    pub proof: Proof,
    pub naive: naive::Figures,
}

pub async fn run(plan: &Plan, store: Store<'_>) -> Outcome<Figures> {
    let Portal { process, place } = Portal::with_capacity(plan, store, PLACES).await?;
    let slots: Vec<SlotId> = slots(process.address).await?.iter().map(|slot| slot.id).collect();
    let places = slots.len() * usize::try_from(PLACES)?;
    let couples = places + places / 4;
    let queue = Arc::new(Queue { slots, couples, next: AtomicUsize::new(0) });
    let (address, start) = (process.address, Instant::now());
    let tally = ask_all(CLIENTS, || live(address, Arc::clone(&queue))).await?;
    let lasted = tally.last.unwrap_or(start).duration_since(start).as_secs_f64();
    process.kill();
    Ok(Figures {
        places,
        couples,
        booked: tally.acknowledged.len(),
        refused: tally.full,
        left_out: tally.left_out,
        errors: tally.errors.values().sum(),
        lasted,
        proof: Proof::of(&place, &tally.acknowledged).await?,
        naive: naive::run(store, &place, couples).await?,
    })
}

struct Queue {
    slots: Vec<SlotId>,
    couples: usize,
    next: AtomicUsize,
}

async fn live(address: SocketAddr, queue: Arc<Queue>) -> Outcome<Tally> {
    let mut client = Client::connect(address).await?;
    let mut tally = Tally::default();
    while let Some(n) = turn(&queue.next, queue.couples) {
        match wanted(&mut client, n, &queue.slots, &mut tally).await? {
            Some(reference) => tally.booked(reference),
            None => tally.left_out += 1,
        }
    }
    Ok(tally)
}

/// One couple's booking; none when every slot is full.
async fn wanted(
    client: &mut Client,
    n: usize,
    slots: &[SlotId],
    tally: &mut Tally,
) -> Outcome<Option<BookingReference>> {
    let Some(hold) = first_free(client, n, slots, tally).await? else { return Ok(None) };
    match client.book(n, &hold).await? {
        Ok(reference) => Ok(Some(reference)),
        Err(refused) => {
            tally.refused(refused);
            Ok(None)
        }
    }
}

async fn first_free(client: &mut Client, n: usize, slots: &[SlotId], tally: &mut Tally) -> Outcome<Option<HoldTaken>> {
    for slot in wishes(n, slots) {
        match client.hold(slot).await? {
            Ok(hold) => return Ok(Some(hold)),
            Err(refused) => tally.refused(refused),
        }
    }
    Ok(None)
}

impl Figures {
    /// Bookings a second until the last place was booked.
    pub fn rate(&self) -> f64 {
        number(self.booked) / self.lasted
    }
}
