//! What a visit and its booking tell each other: to whom has them at the counter the people, masked, in the type of their
//! service; to whom holds the booking whether the visit is over.

use shared::counter::{StateName, VisitId};
use shared::problem::Problem;
use shared::staff::Right;

use super::{office, people, store};
use crate::app::App;
use crate::appointments::attendees::Masked;
use crate::appointments::booking::Holder;
use crate::database::sql::{sql, word};
use crate::error::Error;
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

/// Whether those who hold a booking were served, left or were not there; how it ended is not told. Whoever was sent on still
/// waits elsewhere.
pub async fn is_over(app: &App, holder: &Holder) -> Result<bool, Error> {
    let mut connection = app.database().read().await?;
    let row = sql("select state from visit where id = $1", [holder.id().as_str().into()]);
    let Some(row) = row.fetch_optional(&mut *connection).await? else { return Ok(false) };
    let state = word(&row, "state", StateName::from_name)?;
    Ok(state.is_over() && state != StateName::Redirected)
}
