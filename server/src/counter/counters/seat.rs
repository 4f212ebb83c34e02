//! A clerk sits down at a counter, takes a break, comes back and goes.

use chrono::{DateTime, Utc};
use shared::calendar::shanghai_date;
use shared::counter::{CounterId, CounterName, CounterState, Refusal};
use shared::staff::{Right, StaffId};
use sqlx::AnyConnection;

use super::{Counter, Kept, There, is_free, keep, set};
use crate::app::App;
use crate::appointments::undisturbed;
use crate::counter::by::Hand;
use crate::counter::changes::Told;
use crate::counter::day::turn::{Of, Turn, turn};
use crate::counter::{kept, office};
use crate::database::{
    Backend,
    sql::{int, sql, word},
};
use crate::error::Error;
use crate::staff::authority::Staff;

/// Sits down at a counter; who sits there already goes on.
///
/// # Errors
/// [`Refusal::CounterTaken`] where somebody else does, [`Refusal::SeatedElsewhere`]; [`Refusal::DayClosed`];
/// [`shared::staff::Refusal::NotAllowed`].
pub async fn open(app: &App, staff: &Staff, id: CounterId, now: DateTime<Utc>) -> Result<Counter, Error> {
    change(app, staff, id, Wanted::Open, now).await
}

/// Takes a break: whoever is there is served to the end, and nobody is called.
///
/// # Errors
/// [`Refusal::CounterTaken`] for another clerk's, [`Refusal::CounterClosed`].
pub async fn pause(app: &App, staff: &Staff, id: CounterId, now: DateTime<Utc>) -> Result<Counter, Error> {
    change(app, staff, id, Wanted::Break, now).await
}

/// Comes back from a break.
///
/// # Errors
/// As [`open`].
pub async fn resume(app: &App, staff: &Staff, id: CounterId, now: DateTime<Utc>) -> Result<Counter, Error> {
    change(app, staff, id, Wanted::Open, now).await
}

/// Goes away from a counter, also where one may not work there any more. Whoever manages the office can close that of somebody
/// else.
///
/// # Errors
/// [`Refusal::CounterBusy`] while it has somebody; [`Refusal::CounterTaken`] for another clerk's.
pub async fn close(app: &App, staff: &Staff, id: CounterId, now: DateTime<Utc>) -> Result<Counter, Error> {
    change(app, staff, id, Wanted::Closed, now).await
}

/// Closes the counter where somebody sits who goes; the counter, and whom it has, where it cannot close.
///
/// # Errors
/// Those of the database.
pub async fn leave(app: &App, staff: &Staff, now: DateTime<Utc>) -> Result<Option<(Counter, There)>, Error> {
    let Some(seat) = super::seat_of(app, staff.person()).await? else { return Ok(None) };
    match close(app, staff, seat.id, now).await {
        Ok(_) => Ok(None),
        Err(error) => match error.refusal() {
            Some(Refusal::CounterBusy { visit: id, date, ticket }) => Ok(Some((seat, There { id, date, ticket }))),
            _ => Err(error),
        },
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Open,
    Break,
    Closed,
}

struct Seating {
    id: CounterId,
    hand: Hand,
    clerk: StaffId,
    /// Whether they may send others away.
    manages: bool,
    wanted: Wanted,
    backend: Backend,
    now: DateTime<Utc>,
}

async fn change(app: &App, staff: &Staff, id: CounterId, wanted: Wanted, now: DateTime<Utc>) -> Result<Counter, Error> {
    let counter = super::one(app, id).await?;
    let at = office::whole(&counter.office);
    let manages = staff.may(Right::ManageOffice, &at).is_ok();
    let is_own = counter.clerk.as_ref() == Some(staff.person());
    if !((manages || is_own) && wanted == Wanted::Closed) {
        staff.may(Right::WorkAtCounter, &at)?;
    }
    let told = undisturbed(|| {
        let (hand, clerk) = (Hand::of(staff), staff.person().clone());
        let seating = Seating { id, hand, clerk, manages, wanted, backend: app.database().backend(), now: kept(now) };
        app.database().write_with(seating, write)
    })
    .await?;
    if let Some(told) = told {
        app.hall().changes().tell(told);
    }
    super::one(app, id).await
}

async fn write(connection: &mut AnyConnection, seating: &Seating) -> Result<Option<Told>, Error> {
    let Seating { id, hand, clerk, manages, wanted, backend, now } = seating;
    let mut kept = keep(connection, *id).await?;
    let is_own = kept.clerk.as_ref().is_none_or(|there| there == clerk);
    let may = is_own || *manages && *wanted == Wanted::Closed;
    let changed = match wanted {
        Wanted::Open => take(connection, &mut kept, (hand, clerk), *now).await?,
        _ if !may => return Err(Refusal::CounterTaken.into()),
        Wanted::Break => match kept.state {
            CounterState::Closed => return Err(Refusal::CounterClosed.into()),
            CounterState::Break => false,
            CounterState::Open => {
                let clerk = kept.clerk.clone();
                set(connection, &mut kept, (CounterState::Break, clerk), (hand, "counter_paused"), *now).await?;
                true
            }
        },
        Wanted::Closed if kept.state == CounterState::Closed => false,
        Wanted::Closed => {
            is_free(connection, *id).await?;
            set(connection, &mut kept, (CounterState::Closed, None), (hand, "counter_closed"), *now).await?;
            true
        }
    };
    if !changed {
        return Ok(None);
    }
    // Whoever sits down would call; whoever goes away may.
    let of = if *wanted == Wanted::Open { Of::Day } else { Of::Counters };
    let turning = Turn { ticket: false, of, backend: *backend };
    Ok(Some(turn(connection, &kept.office, shanghai_date(*now), turning).await?.told))
}

/// Sits a clerk down at a counter that is kept, and calls them back from a break; whether anything changed.
pub(in crate::counter) async fn take(
    connection: &mut AnyConnection,
    kept: &mut Kept,
    (hand, clerk): (&Hand, &StaffId),
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    match (kept.state, &kept.clerk) {
        (_, Some(there)) if there != clerk => return Err(Refusal::CounterTaken.into()),
        (CounterState::Open, _) => return Ok(false),
        (CounterState::Break, _) => {
            let seated = (CounterState::Open, Some(clerk.clone()));
            set(connection, kept, seated, (hand, "counter_resumed"), now).await?;
        }
        (CounterState::Closed, _) => {
            elsewhere(connection, clerk).await?;
            let seated = (CounterState::Open, Some(clerk.clone()));
            set(connection, kept, seated, (hand, "counter_opened"), now).await?;
        }
    }
    Ok(true)
}

async fn elsewhere(connection: &mut AnyConnection, clerk: &StaffId) -> Result<(), Error> {
    let statement = "select id, name from counter where staff_id = $1";
    let row = sql(statement, [clerk.as_str().into()]).fetch_optional(connection).await?;
    let Some(row) = row else { return Ok(()) };
    let sign = word(&row, "name", |name| CounterName::parse(name).ok())?;
    Err(Refusal::SeatedElsewhere { counter: CounterId(int(&row, "id")?), sign }.into())
}
