//! The appointment engine: slots, holds, bookings, and the places that come back. It knows no service; one names itself
//! as a [`Bookable`] and says who its people are as [`Attendees`].

pub mod attendees;
pub mod bookable;
pub mod booking;
pub mod cache;
pub mod closure;
pub mod confirmed;
pub(crate) mod counted;
mod demo;
pub mod domain;
pub mod ending;
pub mod erasing;
pub mod hold;
pub mod hours;
mod identities;
pub(crate) mod listed;
pub mod month;
mod named;
pub mod open_hours;
pub mod plan;
pub mod point;
pub mod publish;
pub mod record;
mod reminding;
mod replay;
pub mod service_point;
mod slot;
pub mod slots;
pub mod visitor;

pub use attendees::Attendees;
pub(crate) use attendees::person_index;
pub use bookable::Bookable;

use chrono::{DateTime, Utc};
use shared::appointments::{Refusal, TransitionError};
use shared::problem::Problem;

use crate::app::App;
use crate::database::{DatabaseError, Retry, Transaction};
use crate::error::Error;
use crate::staff::authority::Staff;
use crate::stamped::Stamp;

/// The engine's name among the domains.
pub const NAME: &str = "appointments";

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

/// [`write()`] of what somebody of the staff does, where their session still stands.
pub(crate) async fn write_by<A, T, F>(app: &App, staff: &Staff, argument: A, job: F) -> Result<T, Error>
where
    A: Send + Sync + 'static,
    F: for<'c> Transaction<'c, A, Outcome = Result<T, Error>> + Send + Sync + 'static,
    T: Send + 'static,
{
    let outcome = staff.write(app, argument, job).await;
    app.generation(NAME).bump();
    outcome
}

/// How often what somebody else overtook is done again.
pub(crate) const TRIES: usize = 5;

/// Does again what somebody else overtook: with everything read anew it is granted, or refused for what is true by then.
pub(crate) async fn undisturbed<T, F>(act: impl Fn() -> F) -> Result<T, Error>
where
    F: Future<Output = Result<T, Error>>,
{
    for _ in 1..TRIES {
        match act().await {
            Err(Error::Overtaken) => {}
            done => return done,
        }
    }
    act().await
}

/// Under what the engine's views hold: this second, and the holds and bookings that this process has written.
fn stamp(app: &App, now: DateTime<Utc>) -> Stamp {
    Stamp { second: now.timestamp(), generation: app.generation(NAME).now() }
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
