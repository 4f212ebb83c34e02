//! What the counter brings to the house.

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use shared::counter::Refusal;

use super::{NAME, demo, looks, press, replay, screens};
use crate::api::counter;
use crate::app::App;
use crate::domain::Domain;
use crate::error::Error;

/// The row of the counter.
pub const DOMAIN: Domain = Domain {
    tables: &["counter", "visit", "open_call", "counter_press", "office_day", "calling_rule", "screen", "look"],
    problems: Refusal::examples,
    routes: counter::routes,
    needed: |app| !app.bookable().is_empty(),
    streams: &[replay::VISITS, replay::COUNTERS, screens::STREAM, looks::LOOKS],
    jobs: &[forget_presses],
    demo: Some(demo::load),
    ..Domain::named(NAME)
};

fn forget_presses(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(async move { app.database().write_with(now, press::forget).await })
}
