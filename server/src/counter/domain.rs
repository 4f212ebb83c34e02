//! What the counter brings to the house.

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use shared::counter::Refusal;
use shared::staff::StaffId;

use super::{NAME, demo, looks, press, replay, screens, untold};
use crate::api::counter;
use crate::app::App;
use crate::database::sql::{sql, word};
use crate::domain::Domain;
use crate::error::Error;
use crate::staff::session;

/// The row of the counter.
pub const DOMAIN: Domain = Domain {
    tables: &[
        "counter",
        "visit",
        "open_call",
        "counter_press",
        "office_day",
        "calling_rule",
        "screen",
        "look",
        "message_settled",
        "added_places",
        "kiosk_ticket",
        "day_read",
        "place_change",
    ],
    problems: Refusal::examples,
    routes: counter::routes,
    needed: |app| !app.bookable().is_empty(),
    streams: &[replay::VISITS, replay::COUNTERS, screens::STREAM, looks::LOOKS, untold::STREAM],
    jobs: &[forget_presses, forget_kiosks, keep_serving_awake],
    demo: Some(demo::load),
    ..Domain::named(NAME)
};

fn forget_presses(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(async move { app.database().write_with(now, press::forget).await })
}

fn forget_kiosks(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(async move { app.database().write_with(now, screens::forget_tickets).await })
}

/// Whoever serves somebody is at work, though they press nothing.
fn keep_serving_awake(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(async move {
        let serving = "select c.staff_id from counter c join visit v on v.counter_id = c.id where v.state = 'serving'";
        let rows = sql(serving, []).fetch_all(&mut *app.database().read().await?).await?;
        let clerks = rows.iter().map(|row| word(row, "staff_id", |id| StaffId::parse(id).ok()));
        let clerks = clerks.collect::<Result<Vec<_>, _>>()?;
        if !clerks.is_empty() {
            app.database().write_with((clerks, now), session::keep_awake_of).await?;
        }
        Ok(())
    })
}
