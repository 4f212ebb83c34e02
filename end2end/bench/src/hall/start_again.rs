//! The server is killed at noon: how soon a clerk calls again.

use std::time::{Duration, Instant};

use hyper::StatusCode;

use super::staff::Hall;
use crate::{
    Outcome,
    http::Connection,
    plan::Plan,
    portal::{Portal, start},
};

/// From the start of the process after a kill to the answer that names whom a clerk calls who had signed in before it.
pub async fn run(plan: &Plan, hall: Hall) -> Outcome<(Portal, Duration)> {
    let Hall { portal: Portal { process, place }, clerks, .. } = hall;
    let mut clerk = clerks.into_iter().next().ok_or("a hall without clerks")?;
    process.kill();
    let begun = Instant::now();
    let (process, _) = start(plan, &place).await?;
    clerk.connection = Connection::open(process.address).await?;
    let answer = clerk.next("after-the-kill").await?;
    match answer.status {
        StatusCode::OK => Ok((Portal { process, place }, begun.elapsed())),
        status => Err(format!("the first press after a kill is answered {status}").into()),
    }
}
