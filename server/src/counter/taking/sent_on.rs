//! Who is sent on to another place or service of the same office goes on there with a new ticket, in the place of their
//! arrival and with their priority; in another office they take one.

use chrono::{DateTime, Utc};
use shared::calendar::shanghai_date;
use shared::counter::{Act, Elsewhere, Kept, Refusal, StateName, Step, Visit, VisitId, VisitState};
use shared::problem::Problem;
use sqlx::AnyConnection;

use super::{Begun, Stepping, follow_place};
use crate::audit::Head;
use crate::counter::changes::Told;
use crate::counter::conclude::{Entry, conclude, record};
use crate::counter::day::turn::Turn;
use crate::counter::store::{self, Stored};
use crate::counter::{office, rules, walk_in};
use crate::database::{
    DatabaseError,
    sql::{sql, word},
};
use crate::error::Error;
use crate::keys::token::new_id;

/// The name under which the record has a visit begin with a ticket.
pub(in crate::counter) const TAKEN: &str = "ticket-taken";

/// States of a visit with which nobody waits, is served or was.
macro_rules! in_vain {
    () => {
        "('left', 'no_show', 'redirected')"
    };
}

/// Begins the visit of whoever is sent on within the office.
///
/// # Errors
/// [`Refusal::NoPlaceLeft`]; [`Refusal::NoTimeLeft`]; [`Problem::NotFound`] for no place.
pub(super) async fn begin(
    connection: &mut AnyConnection,
    from: &Stored,
    (elsewhere, arrived_at): (&Elsewhere, Option<DateTime<Utc>>),
    stepping: &Stepping,
) -> Result<Option<Stored>, Error> {
    if office::of_place(connection, &elsewhere.place).await? != from.office {
        return Ok(None);
    }
    let now = stepping.now;
    let arrived_at = arrived_at.unwrap_or(now);
    let wanted = (&from.office, &elsewhere.service, Some(&elsewhere.place));
    let slot = walk_in::take_place(connection, wanted, now).await?;
    let rule = rules::in_force(connection, &from.office, shanghai_date(arrived_at)).await?;
    let mut new = Stored {
        id: VisitId::parse(&new_id()).map_err(|_| Problem::Internal)?,
        office: from.office.clone(),
        date: slot.date,
        service: elsewhere.service.clone(),
        place: slot.place,
        slot: slot.id,
        booking: None,
        ticket: None,
        queue_at: None,
        sent_from: Some(from.id.clone()),
        visit: begun(slot.starts_at, arrived_at, now).with_priority(from.visit.priority()),
        head: Head::empty(),
        written: None,
    };
    new.queue_at = Some(rule.queue_at(super::coming(&new), arrived_at));
    if !store::save(connection, &new).await? {
        return Err(Error::Overtaken);
    }
    Ok(Some(new))
}

/// Somebody who waits since they came, whenever their ticket was given out.
pub(in crate::counter) fn begun(starts_at: DateTime<Utc>, arrived_at: DateTime<Utc>, now: DateTime<Utc>) -> Visit {
    let state = VisitState::Arrived { arrived_at, waits_for: None };
    Visit::restore(Kept { starts_at, state, priority: false, version: 0, changed_at: now, done: Vec::new() })
}

/// Gives the new visit its ticket and its record.
pub(super) async fn conclude_new(
    connection: &mut AnyConnection,
    new: &mut Stored,
    stepping: &Stepping,
) -> Result<Told, Error> {
    let entry = Entry::new(TAKEN).with("begun", &Begun::of(new)).with("queue_at", &new.queue_at);
    let entry = entry.with("arrived_at", &new.visit.state().arrived_at());
    let turning = Turn { ticket: true, of: stepping.of, backend: stepping.backend };
    conclude(connection, new, (&stepping.hand, entry), turning, stepping.now).await
}

/// Whether somebody who was sent on within the office waits there, is served or was.
pub(super) async fn goes_on(connection: &mut AnyConnection, from: &VisitId) -> Result<bool, DatabaseError> {
    const GOES_ON: &str = concat!(
        "with recursive further (id) as (select id from visit where sent_from = $1 \
         union select v.id from further f join visit v on v.sent_from = f.id) \
         select 1 from visit where id in (select id from further) and state not in ",
        in_vain!(),
        " limit 1"
    );
    Ok(sql(GOES_ON, [from.as_str().into()]).fetch_optional(connection).await?.is_some())
}

/// Whether whoever was sent on from there has neither come back since, to wherever they were sent on from before, nor goes on
/// elsewhere.
pub(super) async fn is_from(
    connection: &mut AnyConnection,
    (visit, from): (&VisitId, &VisitId),
) -> Result<bool, DatabaseError> {
    const ELSEWHERE: &str = concat!(
        "with recursive above (id, sent_from, state) as (select id, sent_from, state from visit where id = $1 \
         union select v.id, v.sent_from, v.state from above a join visit v on v.id = a.sent_from), \
         beside (id, state) as (select v.id, v.state from above a join visit v on v.sent_from = a.id where v.id <> $2 \
         union select v.id, v.state from beside b join visit v on v.sent_from = b.id where v.id <> $2) \
         select 1 from above where state <> 'redirected' \
         union all select 1 from beside where state not in ",
        in_vain!(),
        " limit 1"
    );
    Ok(sql(ELSEWHERE, [from.as_str().into(), visit.as_str().into()]).fetch_optional(connection).await?.is_none())
}

/// Ends the visit that somebody was sent on to by a slip, while nobody has called it.
///
/// # Errors
/// [`Refusal::Changed`] where somebody has.
pub(super) async fn withdraw(connection: &mut AnyConnection, from: &Stored, stepping: &Stepping) -> Result<(), Error> {
    // They may have been sent on before and have come back: those visits have ended.
    const LIVE: &str = concat!("select id from visit where sent_from = $1 and state not in ", in_vain!());
    let row = sql(LIVE, [from.id.as_str().into()]).fetch_optional(&mut *connection).await?;
    let Some(row) = row else {
        let on = goes_on(connection, &from.id).await?;
        return if on { Err(Refusal::Changed { state: StateName::Redirected }.into()) } else { Ok(()) };
    };
    let id = word(&row, "id", |id| VisitId::parse(id).ok())?;
    let mut new = store::load(connection, &id).await?.ok_or(Error::Overtaken)?;
    let was = new.visit.state().kind();
    if was != StateName::Arrived {
        return Err(Refusal::Changed { state: was }.into());
    }
    let (step, now) = (Step::Act(Act::Left), stepping.now);
    new.visit = new.visit.take(new.visit.version(), &step, now)?;
    if !store::save(connection, &new).await? {
        return Err(Error::Overtaken);
    }
    follow_place(connection, &new, (was, StateName::Left), now).await?;
    let entry = Entry::of_step(&step).maybe("queue_at", new.queue_at.as_ref());
    record(connection, &mut new, (&stepping.hand, entry), now).await
}
