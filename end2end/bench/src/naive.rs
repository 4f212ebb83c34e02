//! The floor: a booker that looks first and writes afterwards, on the same database, with no rule in the way.
//!
//! It does far less than the portal: no HTTP, no people, no sealing, no audit, no messages.

use std::{
    sync::{Arc, atomic::AtomicUsize},
    time::Instant,
};

use sqlx::AnyPool;

use crate::{
    Outcome,
    plan::{DAY, REGISTRY},
    queue::{CLIENTS, turn, wishes},
    stats::number,
    store::{Place, Store},
};

pub struct Figures {
    pub booked: usize,
    /// Bookings beyond the capacity of their slot.
    pub oversold: i64,
    pub lasted: f64,
}

const TABLES: &str = "create table naive_slot (id bigint primary key, capacity bigint not null, taken bigint not null);\
     create table naive_booking (couple bigint primary key, slot_id bigint not null);";

/// The same places and the same couples as in the scramble, by 64 tasks.
pub async fn run(store: Store<'_>, place: &Place, couples: usize) -> Outcome<Figures> {
    // SQLite has one writer; more connections would only wait longer for it.
    let pool = place.connect(if store == Store::Sqlite { 8 } else { 64 }).await?;
    sqlx::raw_sql(TABLES).execute(&pool).await?;
    let fill = "insert into naive_slot select id, capacity, 0 from slot where place_id = $1 and date = $2";
    sqlx::query(fill).bind(REGISTRY).bind(DAY).execute(&pool).await?;
    let slots: Arc<Vec<i64>> =
        Arc::new(sqlx::query_scalar("select id from naive_slot order by id").fetch_all(&pool).await?);
    let next = Arc::new(AtomicUsize::new(0));
    let start = Instant::now();
    let tasks: Vec<_> = (0..CLIENTS)
        .map(|_| tokio::spawn(live(pool.clone(), Arc::clone(&slots), Arc::clone(&next), couples)))
        .collect();
    let mut booked = 0;
    for task in tasks {
        booked += task.await??;
    }
    let lasted = start.elapsed().as_secs_f64();
    let oversold = "select cast(coalesce(sum(n - capacity), 0) as bigint) from (select s.capacity, \
         (select count(*) from naive_booking b where b.slot_id = s.id) as n from naive_slot s) as given where n > capacity";
    let oversold = sqlx::query_scalar(oversold).fetch_one(&pool).await?;
    pool.close().await;
    Ok(Figures { booked, oversold, lasted })
}

async fn live(pool: AnyPool, slots: Arc<Vec<i64>>, next: Arc<AtomicUsize>, couples: usize) -> Outcome<usize> {
    let mut booked = 0;
    while let Some(n) = turn(&next, couples) {
        for slot in wishes(n, &slots) {
            if looks_free(&pool, slot).await? {
                write(&pool, i64::try_from(n)?, slot).await?;
                booked += 1;
                break;
            }
        }
    }
    Ok(booked)
}

async fn looks_free(pool: &AnyPool, slot: i64) -> Outcome<bool> {
    let free: i64 =
        sqlx::query_scalar("select capacity - taken from naive_slot where id = $1").bind(slot).fetch_one(pool).await?;
    Ok(free > 0)
}

async fn write(pool: &AnyPool, couple: i64, slot: i64) -> Outcome<()> {
    let mut transaction = pool.begin().await?;
    sqlx::query("insert into naive_booking (couple, slot_id) values ($1, $2)")
        .bind(couple)
        .bind(slot)
        .execute(&mut *transaction)
        .await?;
    sqlx::query("update naive_slot set taken = taken + 1 where id = $1").bind(slot).execute(&mut *transaction).await?;
    Ok(transaction.commit().await?)
}

impl Figures {
    /// Bookings a second.
    pub fn rate(&self) -> f64 {
        number(self.booked) / self.lasted
    }
}
