//! Whoever comes alone has what is kept of them erased by themselves: nobody else is in the booking, and nobody asked for a document
//! by which a desk could know them.

use chrono::{DateTime, Utc};
use shared::appointments::Refusal;
use shared::problem::Problem;

use super::{Holder, view};
use crate::app::App;
use crate::appointments::attendees::person_indexes;
use crate::appointments::bookable::Bookable;
use crate::appointments::erasing;
use crate::error::Error;

/// Erases the people of the holder's booking once it is over, where there is one alone.
///
/// # Errors
/// [`Problem::NotFound`] where several come; [`shared::counter::Refusal::StillNeeded`]; [`Refusal::Erased`].
pub async fn erase_alone(app: &App, bookable: &Bookable, holder: &Holder, now: DateTime<Utc>) -> Result<(), Error> {
    let record = view::load(app, bookable, holder, now).await?;
    let people = bookable.people_of(app.keys(), &record)?;
    if people.listed().len() != 1 {
        return Err(Problem::NotFound.into());
    }
    let [person] = person_indexes(app.keys(), &*people).try_into().map_err(|_| Problem::NotFound)?;
    let reference = record.reference.ok_or(Refusal::BookingEnded)?;
    erasing::erase_one_of(app, (reference, &person), &holder.actor(), now).await
}
