//! The nearest places over the API, beside a plain scan of the same rows by the database.

use std::time::{Duration, Instant};

use hyper::StatusCode;
use shared::dice::Dice;

use super::{City, KIND};
use crate::{Outcome, http::Connection, plan::Plan, stats::percentile};

/// Milliseconds, one question after the other.
pub struct Near {
    pub api: [f64; 2],
    pub scan: [f64; 2],
}

/// The plainest way to the same places: every row of the kind looked at, and sorted by the square of how far it is.
const SCAN: &str = "select id, name_zh, address_zh, phone, latitude, longitude from place where kind = $1 order by \
     (latitude - $2) * (latitude - $2) + (longitude - $3) * (longitude - $3) limit 50";

pub async fn measure(plan: &Plan, city: &City) -> Outcome<Near> {
    let mut connection = Connection::open(city.portal.address()).await?;
    let pool = city.portal.place.connect(1).await?;
    let (mut api, mut scan) = (Vec::new(), Vec::new());
    let mut dice = Dice::of("near");
    for _ in 0..plan.times(200) {
        let latitude = 22_450_000 + i64::from(dice.below(400_000));
        let longitude = 113_750_000 + i64::from(dice.below(600_000));
        api.push(asked(&mut connection, latitude, longitude).await?);
        let begun = Instant::now();
        let statement = sqlx::query(SCAN).bind(KIND).bind(latitude).bind(longitude);
        let rows = statement.fetch_all(&pool).await?;
        scan.push(begun.elapsed());
        assert_eq!(rows.len(), 50, "there are more places than are asked for");
    }
    pool.close().await;
    let both = |durations: &mut [Duration]| [0.5, 0.95].map(|share| percentile(durations, share));
    Ok(Near { api: both(&mut api), scan: both(&mut scan) })
}

async fn asked(connection: &mut Connection, latitude: i64, longitude: i64) -> Outcome<Duration> {
    let degrees = |millionths: i64| format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000);
    let point = format!("{},{}", degrees(latitude), degrees(longitude));
    let path = format!("/api/v1/places?kind={KIND}&near={point}&datum=gcj02&limit=50");
    let begun = Instant::now();
    let answer = connection.get(&path, &[]).await?;
    match answer.status {
        StatusCode::OK => Ok(begun.elapsed()),
        status => Err(format!("{path} answers {status}").into()),
    }
}
