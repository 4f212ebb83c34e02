//! Families that hand in while the hot day goes on, and while nothing does.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};

use super::family::Family;
use crate::{
    Outcome,
    load::rush,
    plan::Plan,
    portal::{Portal, slots, start},
    progress,
    stats::percentile,
    store::Store,
};

/// Families that begin in a second: a bureau has as many in a day.
pub const A_SECOND: u32 = 20;

/// Times in milliseconds.
pub struct Figures {
    /// Of handing in: the median and the 99th percentile.
    pub handed_in: [f64; 2],
    pub families: usize,
    /// Of the bookings beside them: the 99th percentile; none where there were none.
    pub booked: Option<f64>,
}

/// A server that does nothing else.
pub async fn alone(plan: &Plan, store: Store<'_>) -> Outcome<Figures> {
    progress(format_args!("{A_SECOND} families a second hand in, {store}"));
    let place = store.place(&plan.scratch).await?;
    let (process, _) = start(plan, &place).await?;
    slots(process.address).await?;
    let portal = Portal { process, place };
    let lasted = families(portal.address(), Instant::now() + plan.lasting(13)).await?;
    Ok(figures(lasted, None))
}

pub async fn beside_the_rush(plan: &Plan, store: Store<'_>) -> Outcome<Figures> {
    progress(format_args!("the same beside the hot day, {store}"));
    let (rush, lasted) = rush::beside(plan, store, families).await?;
    Ok(figures(lasted, Some(rush.book[1])))
}

fn figures(mut lasted: Vec<Duration>, booked: Option<f64>) -> Figures {
    Figures { handed_in: [0.5, 0.99].map(|share| percentile(&mut lasted, share)), families: lasted.len(), booked }
}

/// How long the handing in of each took that began until an instant.
async fn families(address: SocketAddr, until: Instant) -> Outcome<Vec<Duration>> {
    let mut ticks = interval(Duration::from_secs(1) / A_SECOND);
    // A busy machine may be late; the families come all the same.
    ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let (mut families, mut n) = (JoinSet::new(), 0);
    while Instant::now() < until {
        ticks.tick().await;
        n += 1;
        families.spawn(applies(address, n));
    }
    let mut lasted = Vec::new();
    while let Some(one) = families.join_next().await {
        lasted.push(one??);
    }
    Ok(lasted)
}

async fn applies(address: SocketAddr, n: usize) -> Outcome<Duration> {
    let mut family = Family::connect(address).await?;
    let draft = family.begin().await?;
    family.fill_in(&draft, n).await?;
    let begun = Instant::now();
    family.hand_in(&draft).await?;
    Ok(begun.elapsed())
}
