//! The control: the same twenty look who is first and then write it, in a database without the two rules and without naming
//! the version that they saw. It has to fail, or the measurement beside it shows nothing.

use std::sync::Arc;

use sqlx::AnyPool;
use tokio::sync::Barrier;

use super::{
    next::{ALL_WAIT_AGAIN, DOUBLED},
    staff::CLERKS,
};
use crate::{Outcome, store::Place};

const ROUNDS: usize = 20;

/// Rounds in which somebody was called twice.
pub struct Figures {
    pub rounds: usize,
    pub failed: usize,
}

/// In the database of a server that was killed.
pub async fn run(place: &Place) -> Outcome<Figures> {
    let pool = place.connect(8).await?;
    for statement in ["drop index visit_is_called_once", "drop index counter_calls_once"].iter().chain(&ALL_WAIT_AGAIN)
    {
        sqlx::query(*statement).execute(&pool).await?;
    }
    let counters: Vec<i64> = sqlx::query_scalar("select id from counter order by id").fetch_all(&pool).await?;
    let mut failed = 0;
    for _ in 0..ROUNDS {
        let looked = Arc::new(Barrier::new(CLERKS));
        let clerks: Vec<_> = counters
            .iter()
            .take(CLERKS)
            .map(|counter| tokio::spawn(call_unseen(pool.clone(), *counter, Arc::clone(&looked))))
            .collect();
        for clerk in clerks {
            clerk.await??;
        }
        let doubled: i64 = sqlx::query_scalar(DOUBLED).fetch_one(&pool).await?;
        failed += usize::from(doubled > 0);
        for statement in ALL_WAIT_AGAIN {
            sqlx::query(statement).execute(&pool).await?;
        }
    }
    pool.close().await;
    Ok(Figures { rounds: ROUNDS, failed })
}

async fn call_unseen(pool: AnyPool, counter: i64, looked: Arc<Barrier>) -> Outcome<()> {
    let first = "select id from visit where state = 'arrived' order by queue_at, arrived_at, ticket limit 1";
    let first: String = sqlx::query_scalar(first).fetch_one(&pool).await?;
    looked.wait().await;
    let mut transaction = pool.begin().await?;
    sqlx::query("update visit set state = 'called', counter_id = $1, version = version + 1 where id = $2")
        .bind(counter)
        .bind(&first)
        .execute(&mut *transaction)
        .await?;
    sqlx::query("insert into open_call (visit_id, counter_id) values ($1, $2)")
        .bind(&first)
        .bind(counter)
        .execute(&mut *transaction)
        .await?;
    Ok(transaction.commit().await?)
}
