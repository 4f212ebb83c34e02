//! The office ends a booking that should not stand, also where somebody has come with it: the visit ends in the same
//! transaction, so that nobody stays on the sheet whom no counter would call.

use chrono::{DateTime, Utc};
use shared::appointments::BookingReference;
use shared::counter::{Act, Refusal, StateName, Step, VisitId};
use shared::problem::Problem;
use sqlx::AnyConnection;

use super::by::Hand;
use super::changes::Told;
use super::conclude::{Entry, conclude};
use super::day::turn::{Of, Turn};
use super::store::{self, Stored};
use super::{calls, kept};
use crate::app::App;
use crate::appointments::booking::release::{self, Ending, Releasing};
use crate::appointments::{self, Bookable, undisturbed};
use crate::database::Backend;
use crate::error::Error;

/// Ends a booking on somebody's authority, whatever its deadlines. Who is in the hall with it has left by then, and the
/// counter that had them is free; a visit that is over without having been served stays as it is.
///
/// # Errors
/// [`Refusal::ServedAlready`]; [`Problem::NotFound`] for an unknown reference, and for a booking of a service that is not
/// among `bookable`; [`shared::appointments::Refusal::BookingEnded`] for one that stands no more, [`Problem::Busy`] when it
/// keeps being changed.
pub async fn release(
    app: &App,
    bookable: &[&'static Bookable],
    reference: BookingReference,
    ending: &Ending,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let now = kept(now);
    if let Some(told) = undisturbed(|| release_once(app, (bookable, reference), ending, now)).await? {
        app.hall().changes().tell(told);
    }
    Ok(())
}

async fn release_once(
    app: &App,
    which: (&[&'static Bookable], BookingReference),
    ending: &Ending,
    now: DateTime<Utc>,
) -> Result<Option<Told>, Error> {
    let releasing = Releasing::prepare(app, which, ending, now).await?;
    let ended = releasing.after();
    let visit = VisitId::parse(releasing.record.id.as_str()).map_err(|_| Problem::Internal)?;
    let hand = Hand::by(ending.actor.clone());
    let ends = Ends { visit, releasing, hand, backend: app.database().backend(), now };
    let told = appointments::write(app, ends, write).await?;
    ended.told(app, now).await;
    Ok(told)
}

struct Ends {
    visit: VisitId,
    releasing: Releasing,
    hand: Hand,
    backend: Backend,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, ends: &Ends) -> Result<Option<Told>, Error> {
    let stored = store::load(connection, &ends.visit).await?.ok_or(Problem::NotFound)?;
    match stored.visit.state().kind() {
        // Whoever checks them in at this moment meets the booking that was ended, or this one the mark they made.
        StateName::Booked => release::write(connection, &ends.releasing, false).await.map(|()| None),
        StateName::Finished => Err(Refusal::ServedAlready.into()),
        StateName::NoShow | StateName::Left | StateName::Redirected => {
            if !store::keep(connection, &stored).await? {
                return Err(Error::Overtaken);
            }
            release::write(connection, &ends.releasing, true).await.map(|()| None)
        }
        StateName::Arrived | StateName::Called | StateName::Serving | StateName::Parked => {
            with_visit(connection, stored, ends).await.map(Some)
        }
    }
}

/// In the order of every change of a visit: the visit, its booking, its call, its day.
async fn with_visit(connection: &mut AnyConnection, mut stored: Stored, ends: &Ends) -> Result<Told, Error> {
    let (step, before) = (Step::Act(Act::Release), stored.visit.state().clone());
    stored.visit = stored.visit.take(stored.visit.version(), &step, ends.now)?;
    if !store::save(connection, &stored).await? {
        return Err(Error::Overtaken);
    }
    release::write(connection, &ends.releasing, true).await?;
    calls::follow(connection, &stored.id, (&before, stored.visit.state())).await?;
    let was_at = before.counter();
    let entry = Entry::of_step(&step).maybe("queue_at", stored.queue_at.as_ref()).maybe("at_counter", was_at.as_ref());
    // The hall may have closed its day, which keeps nobody's number in use.
    let turning = Turn { ticket: false, of: Of::Correction, backend: ends.backend };
    conclude(connection, &mut stored, (&ends.hand, entry), turning, ends.now).await
}
