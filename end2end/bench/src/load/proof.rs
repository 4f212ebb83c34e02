//! Whether what the database holds after a rush is what it must hold; asked after the server was killed.

use std::collections::BTreeSet;

use shared::appointments::BookingReference;
use sqlx::{AnyPool, Row};

use crate::{Outcome, plan::DAY, store::Place};

/// Counts of what must not be; all are zero when the promises were kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// Places given out beyond the capacity of their slot.
    pub oversold: i64,
    /// Slots whose count is not the number of holds and bookings on them.
    pub miscounted: i64,
    /// Acknowledged bookings that are not there.
    pub lost: i64,
    /// Bookings that are there although nobody was told.
    pub untold: i64,
    /// Bookings without their full chain of audit events.
    pub without_audit: i64,
    /// Bookings without a message to each of the two phones.
    pub without_messages: i64,
    /// Bookings that do not bind exactly two people.
    pub without_people: i64,
}

/// One more than a slot can serve is one too many; holds count like bookings.
const OVERSOLD: &str = "select cast(coalesce(sum(n - capacity), 0) as bigint) from (select s.capacity, \
     (select count(*) from appointment a where a.slot_id = s.id and a.occupies = 1) as n from slot s) as given \
     where n > capacity";
const MISCOUNTED: &str = "select count(*) from slot s where s.taken <> \
     (select count(*) from appointment a where a.slot_id = s.id and a.occupies = 1)";
/// The hold and the booking are two events at least, and each event has its row.
const WITHOUT_AUDIT: &str = "select count(*) from appointment a where a.state = 'booked' and (a.audit_length < 2 or \
     a.audit_length <> (select count(*) from audit e where e.stream = a.id))";
const WITHOUT_MESSAGES: &str = "select count(*) from appointment a where a.state = 'booked' and \
     2 <> (select count(*) from outbox o where o.subject = 'appointment:' || a.id)";
const WITHOUT_PEOPLE: &str = "select count(*) from appointment a where a.state = 'booked' and \
     2 <> (select count(*) from person p where p.appointment_id = a.id and p.live = 1)";

impl Proof {
    /// Compares the database with the references that clients were given.
    pub async fn of(place: &Place, acknowledged: &[BookingReference]) -> Outcome<Self> {
        let pool = place.connect(1).await?;
        let booked = references(&pool).await?;
        let told: BTreeSet<BookingReference> = acknowledged.iter().copied().collect();
        if told.len() != acknowledged.len() {
            return Err("one reference number was given out twice".into());
        }
        let proof = Self {
            oversold: count(&pool, OVERSOLD).await?,
            miscounted: count(&pool, MISCOUNTED).await?,
            lost: i64::try_from(told.difference(&booked).count())?,
            untold: i64::try_from(booked.difference(&told).count())?,
            without_audit: count(&pool, WITHOUT_AUDIT).await?,
            without_messages: count(&pool, WITHOUT_MESSAGES).await?,
            without_people: count(&pool, WITHOUT_PEOPLE).await?,
        };
        pool.close().await;
        Ok(proof)
    }

    pub fn kept(&self) -> bool {
        *self == Self::default()
    }

    pub fn add(&mut self, other: Self) {
        self.oversold += other.oversold;
        self.miscounted += other.miscounted;
        self.lost += other.lost;
        self.untold += other.untold;
        self.without_audit += other.without_audit;
        self.without_messages += other.without_messages;
        self.without_people += other.without_people;
    }
}

async fn references(pool: &AnyPool) -> Outcome<BTreeSet<BookingReference>> {
    // A demonstration has couples of its own on the first two days; the hot day is only that of the clients.
    let statement = "select a.reference from appointment a join slot s on s.id = a.slot_id \
         where a.state = 'booked' and s.date = $1";
    let rows = sqlx::query(statement).bind(DAY).fetch_all(pool).await?;
    rows.iter().map(|row| Ok(BookingReference::parse(&row.try_get::<String, _>(0)?)?)).collect()
}

async fn count(pool: &AnyPool, statement: &'static str) -> Outcome<i64> {
    Ok(sqlx::query_scalar(statement).fetch_one(pool).await?)
}
