//! What the engine brings to the house.

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use shared::appointments::Refusal;

use super::{NAME, attendees, demo, ending, erasing, named, publish, reminding, replay};
use crate::api::appointments::routes;
use crate::app::App;
use crate::domain::Domain;
use crate::error::Error;
use crate::keys::reseal::Sealed;

/// The engine's row.
pub const DOMAIN: Domain = Domain {
    tables: &[
        "service_point",
        "booking_rule",
        "opening",
        "special_day",
        "special_hours",
        "slot",
        "appointment",
        "person",
        "confirmed_phone",
        "named_person",
    ],
    problems: Refusal::examples,
    sealed: &[Sealed {
        column: ("appointment", "people"),
        list: "select id, people as sealed from appointment where people is not null and id > $1 order by id limit $2",
        store: "update appointment set people = $1 where id = $2 and people = $3",
        context: attendees::context,
    }],
    streams: &[replay::APPOINTMENTS],
    jobs: &[publish_slots, return_places, close_past, remind, erase, forget_named],
    needed: |app| !app.bookable().is_empty(),
    routes,
    demo: Some(demo::load),
    ..Domain::named(NAME)
};

fn publish_slots(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(publish::publish(app, now))
}

fn return_places(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(ending::return_all(app, now))
}

fn close_past(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(ending::close_past(app, now))
}

fn remind(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(reminding::remind(app, now))
}

fn erase(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(erasing::erase(app, now))
}

fn forget_named(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(named::forget(app, now))
}
