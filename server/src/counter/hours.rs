//! The hours of what is offered at an office, changed by whoever manages it.

use chrono::{DateTime, Utc};
use shared::appointments::Service;
use shared::calendar::shanghai_date;
use shared::locale::Locale;
use shared::places::PlaceId;

use super::offered::{ClosedDays, closed, manages, tell_hall};
use crate::app::App;
use crate::appointments::closure::Seen;
use crate::appointments::hours::{self, Effect, OpenAgain, Outcome, PlanChange};
use crate::appointments::plan::Plan;
use crate::appointments::point::{self, ServicePoint};
use crate::error::Error;
use crate::staff::authority::Staff;

/// A service at a place and all that times are published from, as of today.
#[derive(Clone, Debug)]
pub struct Planned {
    pub point: ServicePoint,
    pub plan: Plan,
    /// Days that are switched off and not over, and what is left of today where that is.
    pub closed: Vec<ClosedDays>,
}

/// What is planned.
///
/// # Errors
/// [`shared::problem::Problem::NotFound`] where this person does not manage the place, or the service is not offered there.
pub async fn planned(
    app: &App,
    staff: &Staff,
    (place, service): (&PlaceId, &Service),
    now: DateTime<Utc>,
) -> Result<Planned, Error> {
    manages(app, staff, (place, service)).await?;
    let point = point::one(app, service, place).await?;
    let plan = hours::plan(app, (place, service), now).await?;
    let closed = closed(&mut *app.database().read().await?, &point, shanghai_date(now)).await?;
    Ok(Planned { point, plan, closed })
}

/// What a change would do, and changes nothing.
///
/// # Errors
/// As [`planned`]; [`shared::field::FieldErrors`] for a change that cannot be made.
pub async fn preview(
    app: &App,
    staff: &Staff,
    there: (&PlaceId, &Service),
    change: &PlanChange,
    now: DateTime<Utc>,
) -> Result<Effect, Error> {
    manages(app, staff, there).await?;
    hours::preview(app, there, change, now).await
}

/// Makes a change where the plan is the one that was read, and its effect the one that was seen. Nobody who is booked is
/// moved; with `tell`, those who were told that their day is closed are told that it is open again.
///
/// # Errors
/// As [`preview`].
pub async fn change(
    app: &App,
    staff: &Staff,
    there: (&PlaceId, &Service),
    (change, read, seen): (PlanChange, String, Seen),
    tell: bool,
    now: DateTime<Utc>,
) -> Result<Outcome, Error> {
    manages(app, staff, there).await?;
    let is_of_today = matches!(&change, PlanChange::Reopen { from, .. } if *from <= shanghai_date(now));
    let outcome = hours::apply(app, there, (change, staff), (read, seen), tell, now).await?;
    if is_of_today && outcome == Outcome::Made {
        tell_hall(app, there.0, now).await?;
    }
    Ok(outcome)
}

/// Tells those whom [`open_again`] lists and who were not told so that they come as booked; how many bookings that were.
///
/// # Errors
/// As [`planned`].
pub async fn tell_open_again(
    app: &App,
    staff: &Staff,
    there: (&PlaceId, &Service),
    now: DateTime<Utc>,
) -> Result<usize, Error> {
    manages(app, staff, there).await?;
    hours::tell(app, there, staff, now).await
}

/// What one of those whom [`open_again`] lists would be told.
///
/// # Errors
/// As [`planned`].
pub async fn would_tell_open_again(
    app: &App,
    staff: &Staff,
    there: (&PlaceId, &Service),
    one: &OpenAgain,
    locale: Locale,
) -> Result<Option<String>, Error> {
    manages(app, staff, there).await?;
    hours::would_tell(app, there, one, locale).await
}

/// Who is booked today or later, was told that the day is closed, and can come after all.
///
/// # Errors
/// As [`planned`].
pub async fn open_again(
    app: &App,
    staff: &Staff,
    there: (&PlaceId, &Service),
    now: DateTime<Utc>,
) -> Result<Vec<OpenAgain>, Error> {
    manages(app, staff, there).await?;
    hours::open_again(app, there, now).await
}
