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
use super::{calls, kept, taking};
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
    let visits = store::along(connection, &ends.visit).await?;
    match furthest(&visits).ok_or(Problem::NotFound)? {
        // Whoever checks them in at this moment meets the booking that was ended, or this one the mark they made.
        StateName::Booked => release::write(connection, &ends.releasing, false).await.map(|()| None),
        StateName::Finished => Err(Refusal::ServedAlready.into()),
        _ => with_visits(connection, visits, ends).await,
    }
}

/// How far somebody has come with a booking, of its visit and those that they were sent on to: served, if they were; where
/// they are now, if they are in the hall; else how the first of them stands.
pub(super) fn furthest(visits: &[Stored]) -> Option<StateName> {
    let states = || visits.iter().map(|stored| stored.visit.state().kind());
    let served = states().find(|state| *state == StateName::Finished);
    served.or_else(|| states().find(|state| is_in_hall(*state))).or_else(|| states().next())
}

fn is_in_hall(state: StateName) -> bool {
    matches!(state, StateName::Arrived | StateName::Called | StateName::Serving | StateName::Parked)
}

/// In the order of every change of visits: the visits, the booking, their places and calls, their day.
async fn with_visits(connection: &mut AnyConnection, visits: Vec<Stored>, ends: &Ends) -> Result<Option<Told>, Error> {
    let step = Step::Act(Act::Release);
    let mut ended = Vec::new();
    for mut stored in visits {
        let before = stored.visit.state().clone();
        let is_written = if is_in_hall(before.kind()) {
            stored.visit = stored.visit.take(stored.visit.version(), &step, ends.now)?;
            let is_written = store::save(connection, &stored).await?;
            ended.push((stored, before));
            is_written
        } else {
            // What is over stays as it was, and does not begin again meanwhile.
            store::keep(connection, &stored).await?
        };
        if !is_written {
            return Err(Error::Overtaken);
        }
    }
    release::write(connection, &ends.releasing, true).await?;
    for (stored, before) in &ended {
        let after = stored.visit.state();
        taking::follow_place(connection, stored, (before.kind(), after.kind()), ends.now).await?;
        calls::follow(connection, &stored.id, (before, after)).await?;
    }
    let mut told = None;
    for (mut stored, before) in ended {
        let was_at = before.counter();
        let entry =
            Entry::of_step(&step).maybe("queue_at", stored.queue_at.as_ref()).maybe("at_counter", was_at.as_ref());
        // The hall may have closed its day, which keeps nobody's number in use.
        let turning = Turn { ticket: false, of: Of::Correction, backend: ends.backend };
        told = Some(conclude(connection, &mut stored, (&ends.hand, entry), turning, ends.now).await?);
    }
    Ok(told)
}
