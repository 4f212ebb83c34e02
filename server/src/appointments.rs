//! The appointment engine: slots, holds, bookings, and the places that come back. It knows no service; one names itself
//! as a [`Bookable`] and says who its people are as [`Attendees`].

pub mod attendees;
pub mod bookable;
pub mod booking;
pub mod cache;
pub mod closure;
pub mod confirmed;
pub mod demo;
pub mod ending;
pub mod hold;
pub mod month;
pub mod point;
pub mod publish;
pub mod record;
pub mod slots;
pub mod visitor;

pub use attendees::Attendees;
pub use bookable::Bookable;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use shared::appointments::{Refusal, TransitionError};
use shared::problem::Problem;

use crate::api;
use crate::app::App;
use crate::database::{DatabaseError, Retry, Transaction};
use crate::domain::Domain;
use crate::error::Error;
use crate::keys::reseal::Sealed;

/// The engine's name among the domains.
pub const NAME: &str = "appointments";

/// What the engine brings to the house.
pub const DOMAIN: Domain = Domain {
    tables: &[
        "service_point",
        "booking_rule",
        "opening",
        "special_day",
        "slot",
        "appointment",
        "person",
        "confirmed_phone",
    ],
    problems: Refusal::examples,
    sealed: &[Sealed {
        column: ("appointment", "people"),
        list: "select id, people as sealed from appointment where people is not null and id > $1 order by id limit $2",
        store: "update appointment set people = $1 where id = $2 and people = $3",
        context: attendees::context,
    }],
    streams: &["select id as stream, audit_length, audit_head from appointment"],
    jobs: &[publish_slots, return_places, close_past],
    needed: |app| !app.bookable().is_empty(),
    routes: api::appointments::routes,
    demo: Some(demo::load),
    ..Domain::named(NAME)
};

/// Runs a transaction of the engine, and lets everything that was worked out before it be worked out anew.
pub(crate) async fn write<A, T, E, F>(app: &App, argument: A, job: F) -> Result<T, E>
where
    A: Send + Sync + 'static,
    F: for<'c> Transaction<'c, A, Outcome = Result<T, E>> + Send + Sync + 'static,
    T: Send + 'static,
    E: From<DatabaseError> + Retry + Send + 'static,
{
    let outcome = app.database().write_with(argument, job).await;
    app.generation(NAME).bump();
    outcome
}

fn publish_slots(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(publish::publish(app, now))
}

fn return_places(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(ending::return_all(app, now))
}

fn close_past(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(ending::close_past(app, now))
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Problem(Problem::from(refusal))
    }
}

impl From<TransitionError> for Error {
    fn from(error: TransitionError) -> Self {
        Refusal::from(error).into()
    }
}
