//! Strangers who try to sign in, each from another network with another name and password, whatever becomes of those before them.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    time::{Duration, Instant},
};

use serde_json::json;
use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};

use crate::{Outcome, http::Connection};

pub const A_SECOND: u32 = 200;

/// What strangers were answered.
pub struct Figures {
    /// Tries by the status of their answer; those without one by zero.
    pub answers: BTreeMap<u16, usize>,
}

/// Goes on until an instant, and waits for the answers.
pub async fn run(address: SocketAddr, until: Instant) -> Outcome<Figures> {
    let mut ticks = interval(Duration::from_secs(1) / A_SECOND);
    // A busy machine may be late; the tries come all the same.
    ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut tries = JoinSet::new();
    let mut n = 0_usize;
    while Instant::now() < until {
        ticks.tick().await;
        n += 1;
        tries.spawn(guess(address, n));
    }
    let mut answers = BTreeMap::new();
    while let Some(status) = tries.join_next().await {
        *answers.entry(status?).or_insert(0) += 1;
    }
    Ok(Figures { answers })
}

async fn guess(address: SocketAddr, n: usize) -> u16 {
    let body = json!({ "account": format!("stranger-{n}"), "password": format!("guess {n}"), "code": "000000" });
    let asked = async {
        let mut connection = Connection::open(address).await?;
        // No network has tried before.
        let network = format!("{}.{}.{}.1", 11 + n / 65_536 % 100, n / 256 % 256, n % 256);
        connection.post_json("/api/v1/staff/session", &[("x-forwarded-for", &network)], &body).await
    };
    asked.await.map_or(0, |answer| answer.status.as_u16())
}
