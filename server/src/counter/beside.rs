//! The people of a visit as those see them who have them at their counter: masked, in the type of their service.

use shared::counter::VisitId;
use shared::problem::Problem;
use shared::staff::Right;

use super::{office, people, store};
use crate::app::App;
use crate::appointments::attendees::Masked;
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
