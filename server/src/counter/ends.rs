//! Whether a visit may end as somebody says, whoever says it and by which way: on a ground and for papers of its service.

use shared::appointments::Service;
use shared::counter::Outcome;
use shared::problem::Problem;

use crate::domains;
use crate::error::Error;

/// Refuses an end that the service does not know.
///
/// # Errors
/// [`Problem::Fields`] at `ground` or `papers`.
pub(super) fn check(service: &Service, outcome: &Outcome) -> Result<(), Error> {
    let bookable = domains::every_bookable().find(|bookable| bookable.service == *service);
    Ok(bookable.ok_or(Problem::NotFound)?.check(outcome)?)
}
