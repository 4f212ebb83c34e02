//! Twenty clerks press "next" in the same instant, again and again.

use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, Instant},
};

use hyper::StatusCode;
use serde_json::Value;
use sqlx::AnyPool;
use tokio::sync::Barrier;

use super::staff::{CLERKS, Clerk, Hall};
use crate::{Outcome, plan::Plan, stats::percentile};

const ROUNDS: usize = 10_000;
/// More than are called in a round, so that passing somebody over would show.
const WAITING: usize = 4;

pub struct Figures {
    pub rounds: usize,
    /// Visits that two clerks were given, or that have two calls in the database.
    pub doubled: usize,
    /// Visits whose turn it was and who were not called.
    pub skipped: usize,
    /// Presses that were answered otherwise.
    pub errors: usize,
    /// Milliseconds from the instant to the answer.
    pub p50: f64,
    pub p99: f64,
    pub lasted: f64,
}

/// Puts everybody back among those who wait, without a word in the record.
pub const ALL_WAIT_AGAIN: [&str; 2] = [
    "delete from open_call",
    "update visit set state = 'arrived', counter_id = null, done = '[]', version = version + 1, \
     detail = '{\"state\":\"arrived\",\"arrived_at\":\"2026-05-13T02:00:00Z\",\"waits_for\":null}' where state = 'called'",
];
pub const DOUBLED: &str = "select (select count(*) from (select visit_id from open_call group by visit_id having count(*) > 1) v) \
     + (select count(*) from (select counter_id from open_call group by counter_id having count(*) > 1) c)";

pub async fn run(plan: &Plan, hall: &mut Hall) -> Outcome<Figures> {
    hall.tickets(CLERKS + WAITING).await?;
    let pool = hall.portal.place.connect(1).await?;
    let again = async || -> Outcome<()> {
        for statement in ALL_WAIT_AGAIN {
            sqlx::query(statement).execute(&pool).await?;
        }
        Ok(())
    };
    again().await?;
    let first = first(&pool).await?;
    let (rounds, begun) = (plan.times(ROUNDS), Instant::now());
    let (mut doubled, mut skipped, mut errors, mut lasted) = (0, 0, 0, Vec::new());
    for round in 0..rounds {
        let start = Arc::new(Barrier::new(CLERKS));
        let presses: Vec<_> = hall
            .clerks
            .drain(..)
            .enumerate()
            .map(|(n, clerk)| tokio::spawn(press(clerk, Arc::clone(&start), format!("r{round}n{n}"))))
            .collect();
        let mut called = BTreeSet::new();
        for one in presses {
            let (clerk, visit, took) = one.await??;
            hall.clerks.push(clerk);
            lasted.push(took);
            match visit {
                Some(visit) => doubled += usize::from(!called.insert(visit)),
                None => errors += 1,
            }
        }
        skipped += first.difference(&called).count();
        let in_database: i64 = sqlx::query_scalar(DOUBLED).fetch_one(&pool).await?;
        doubled += usize::try_from(in_database)?;
        again().await?;
    }
    pool.close().await;
    let [p50, p99] = [0.5, 0.99].map(|share| percentile(&mut lasted, share));
    Ok(Figures { rounds, doubled, skipped, errors, p50, p99, lasted: begun.elapsed().as_secs_f64() })
}

/// Whose turn it is: as many as there are clerks, in the order in which they are to be called.
async fn first(pool: &AnyPool) -> Outcome<BTreeSet<String>> {
    let statement = "select id from visit where state = 'arrived' order by queue_at, arrived_at, ticket";
    let waiting: Vec<String> = sqlx::query_scalar(statement).fetch_all(pool).await?;
    Ok(waiting.into_iter().take(CLERKS).collect())
}

/// One press, all at once; whom the answer names.
async fn press(mut clerk: Clerk, start: Arc<Barrier>, press: String) -> Outcome<(Clerk, Option<String>, Duration)> {
    start.wait().await;
    let begun = Instant::now();
    let answer = clerk.next(&press).await?;
    let took = begun.elapsed();
    let visit = match answer.status {
        StatusCode::OK => {
            let called: Value = serde_json::from_slice(&answer.body)?;
            called["visit"]["id"].as_str().map(str::to_owned)
        }
        _ => None,
    };
    Ok((clerk, visit, took))
}
