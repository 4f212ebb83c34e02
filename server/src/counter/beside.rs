//! What a visit and its booking tell each other: to whom has them at the counter the people, masked, in the type of their
//! service; to whom holds the booking where they are with it today.

use chrono::{DateTime, Utc};
use shared::counter::{CounterId, CounterName, Elsewhere, Outcome, VisitId, VisitState};
use shared::problem::Problem;
use shared::staff::Right;
use sqlx::AnyConnection;

use super::day::turn;
use super::store::{self, Stored};
use super::{Lacking, office, people};
use crate::app::App;
use crate::appointments::attendees::Masked;
use crate::appointments::booking::Holder;
use crate::database::sql::{sql, word};
use crate::error::Error;
use crate::places::{self, Place};
use crate::staff::authority::Staff;

/// Nothing of whoever came without a booking, and of those who were erased.
///
/// # Errors
/// [`Problem::NotFound`]; [`shared::staff::Refusal::NotAllowed`].
pub async fn people(app: &App, staff: &Staff, id: &VisitId) -> Result<Option<Masked>, Error> {
    let stored = store::load(&mut *app.database().read().await?, id).await?.ok_or(Problem::NotFound)?;
    staff.may(Right::WorkAtCounter, &office::at(&stored.office, &stored.place))?;
    let Some(booking) = &stored.booking else { return Ok(None) };
    Ok(people::open(app, &stored.service, booking).map(|attendees| attendees.masked()))
}

/// How it stands today with those who hold a booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Today {
    /// Nobody has seen them yet.
    Expected,
    Here(Box<Here>),
    /// They were not served, and their office has ended its day.
    DayOver {
        came: bool,
    },
    /// They were served, left or were not there; how it ended is not told.
    Over,
}

/// Whoever was seen and still has something to come for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    pub stand: Stand,
    /// The number they are called by.
    pub ticket: Option<u32>,
    /// Where the counter sent them on to, and for what.
    pub sent_to: Option<SentTo>,
}

/// What they wait for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stand {
    /// To be called, where they were handed over by that counter alone.
    Waiting {
        counter: Option<CounterName>,
    },
    Called(CounterName),
    Serving(CounterName),
    Parked,
    /// Another office goes on, where they take a number of their own; of that one nothing is known here.
    Elsewhere,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentTo {
    pub place: Place,
    /// In both languages, where it is known.
    pub service: Option<[&'static str; 2]>,
}

/// Where those who hold a booking are with it on its day: at the visit itself, or at the last that they were sent on to.
pub async fn today(app: &App, holder: &Holder) -> Result<Today, Error> {
    let id = VisitId::parse(holder.id().as_str()).map_err(|_| Problem::Internal)?;
    let mut connection = app.database().read().await?;
    let Some(mut stored) = store::load(&mut connection, &id).await? else { return Ok(Today::Expected) };
    let (mut elsewhere, mut stand) = (None, None);
    while let VisitState::Redirected(there) = stored.visit.state().clone() {
        let next = sent_on(&mut connection, &stored.id, &there).await?;
        elsewhere = Some(there);
        let Some(next) = next else {
            stand = Some(Stand::Elsewhere);
            break;
        };
        stored = next;
    }
    let stand = match stand {
        Some(stand) => stand,
        None => match stored.visit.state() {
            VisitState::Booked if turn::is_ended(&mut connection, (&stored.office, stored.date)).await? => {
                return Ok(Today::DayOver { came: false });
            }
            VisitState::Booked => return Ok(Today::Expected),
            VisitState::Arrived { waits_for: None, .. } => Stand::Waiting { counter: None },
            VisitState::Arrived { waits_for: Some(counter), .. } => {
                Stand::Waiting { counter: sign_where_open(&mut connection, *counter).await? }
            }
            VisitState::Called { counter, .. } => Stand::Called(sign(&mut connection, *counter).await?),
            VisitState::Serving { counter, .. } => Stand::Serving(sign(&mut connection, *counter).await?),
            VisitState::Parked { .. } => Stand::Parked,
            VisitState::Finished(_) | VisitState::NoShow | VisitState::Left | VisitState::Redirected(_) => {
                return Ok(Today::Over);
            }
        },
    };
    if stand != Stand::Elsewhere && turn::is_ended(&mut connection, (&stored.office, stored.date)).await? {
        return Ok(Today::DayOver { came: true });
    }
    let sent_to = match elsewhere {
        Some(Elsewhere { place, service }) => {
            let name = app.bookable_of(&service).map(|bookable| bookable.name);
            let place = places::one(&mut connection, &place).await?.ok_or(Problem::Internal)?;
            Some(SentTo { place, service: name })
        }
        None => None,
    };
    let ticket = stored.ticket.filter(|_| stand != Stand::Elsewhere);
    Ok(Today::Here(Box::new(Here { stand, ticket, sent_to })))
}

/// What was missing at the end of the visit of those who hold a booking; nothing before they are told, and where it ended
/// otherwise.
pub async fn lacking(app: &App, holder: &Holder, now: DateTime<Utc>) -> Result<Option<Lacking>, Error> {
    let id = VisitId::parse(holder.id().as_str()).map_err(|_| Problem::Internal)?;
    let stored = store::load(&mut *app.database().read().await?, &id).await?;
    let Some(stored) = stored.filter(|stored| stored.undoable(now).is_none()) else { return Ok(None) };
    let VisitState::Finished(Outcome::ToReturn { papers }) = stored.visit.state() else { return Ok(None) };
    let bookable = app.bookable_of(&stored.service);
    Ok(bookable.and_then(|bookable| Lacking::of(papers, bookable)))
}

/// The visit that goes on there; none at another office. One that was withdrawn has the lower number.
async fn sent_on(connection: &mut AnyConnection, from: &VisitId, there: &Elsewhere) -> Result<Option<Stored>, Error> {
    let office = office::of_place(connection, &there.place).await?;
    let statement = "select id from visit where sent_from = $1 and office = $2 and service = $3 and ticket is not null \
         order by ticket desc limit 1";
    let values = [from.as_str().into(), office.as_str().into(), there.service.name().into()];
    let Some(row) = sql(statement, values).fetch_optional(&mut *connection).await? else { return Ok(None) };
    store::load(connection, &word(&row, "id", |id| VisitId::parse(id).ok())?).await
}

/// What stands on a counter; none where it is closed by now, and whoever is free calls.
async fn sign_where_open(connection: &mut AnyConnection, id: CounterId) -> Result<Option<CounterName>, Error> {
    let statement = "select name from counter where id = $1 and state <> 'closed'";
    let row = sql(statement, [id.0.into()]).fetch_optional(connection).await?;
    Ok(row.map(|row| word(&row, "name", |name| CounterName::parse(name).ok())).transpose()?)
}

/// What stands on a counter; one that is gone has its name still.
async fn sign(connection: &mut AnyConnection, id: CounterId) -> Result<CounterName, Error> {
    let row = sql("select name from counter where id = $1", [id.0.into()]).fetch_one(connection).await?;
    Ok(word(&row, "name", |name| CounterName::parse(name).ok())?)
}
