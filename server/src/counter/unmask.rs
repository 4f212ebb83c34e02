//! Reading one thing of one person in full, for a reason that is written down before it is shown.

use chrono::{DateTime, TimeDelta, Utc};
use shared::counter::{PersonalDetail, Reason, Refusal as Unsaid, Seen, UnmaskReason, VisitId};
use shared::problem::Problem;
use shared::staff::{Refusal, Right};
use sqlx::AnyConnection;

use super::looks::{self, NewLook};
use super::{kept, office, people, store};
use crate::app::App;
use crate::error::Error;
use crate::staff::account;
use crate::staff::authority::Staff;

/// Things that somebody reads in full within an hour before they prove again who they are: a busy counter has some six
/// visits an hour, and whoever reads more than three things of each of them collects.
pub const WITHOUT_PROOF: i64 = 20;
const WITHIN: TimeDelta = TimeDelta::hours(1);

/// What is to be read, and why.
#[derive(Clone, Debug)]
pub struct Unmasking {
    /// The first one is 0.
    pub who: u8,
    pub what: PersonalDetail,
    pub why: UnmaskReason,
    /// Needed for safety, since nobody who holds the booking learns of it.
    pub reason: Option<Reason>,
}

/// The thing in full.
///
/// # Errors
/// [`Problem::NotFound`] for nobody, for what was not asked of them, and once they were erased; [`Refusal::NotAllowed`];
/// [`Refusal::SignInAgain`] after [`WITHOUT_PROOF`] in an hour; [`Unsaid::ReasonNeeded`] for safety without a word; and
/// nothing is written.
pub async fn unmask(
    app: &App,
    staff: &Staff,
    id: &VisitId,
    unmasking: Unmasking,
    now: DateTime<Utc>,
) -> Result<String, Error> {
    let stored = store::load(&mut *app.database().read().await?, id).await?.ok_or(Problem::NotFound)?;
    let role = staff.role_for(Right::Unmask, &office::at(&stored.office, &stored.place))?;
    let Unmasking { who, what, why, reason } = unmasking;
    if why.purpose().is_hidden() && reason.is_none() {
        return Err(Unsaid::ReasonNeeded.into());
    }
    let booking = stored.booking.as_ref().ok_or(Problem::NotFound)?;
    let attendees = people::open(app, &stored.service, booking).ok_or(Problem::NotFound)?;
    let person = attendees.in_full().into_iter().nth(who.into()).ok_or(Problem::NotFound)?;
    let value = match what {
        PersonalDetail::Name => Some(person.name),
        PersonalDetail::Number => person.id_number,
        PersonalDetail::Phone => Some(person.phone),
    };
    // Empty of one who had their own details erased.
    let value = value.filter(|value| !value.is_empty()).ok_or(Problem::NotFound)?;
    let look = NewLook {
        visit: id.clone(),
        staff: staff.person().clone(),
        office: stored.office.clone(),
        role,
        purpose: why.purpose(),
        seen: Seen::Unmasked { who, what },
        why: Some((why, reason)),
        at: kept(now),
    };
    app.database().write_with((look, staff.is_fresh()), write).await?;
    Ok(value)
}

async fn write(connection: &mut AnyConnection, (look, is_fresh): &(NewLook, bool)) -> Result<(), Error> {
    account::keep(connection, &look.staff).await?;
    let unmasked = looks::unmasked_since(connection, &look.staff, look.at - WITHIN).await?;
    if unmasked >= WITHOUT_PROOF && !is_fresh {
        return Err(Refusal::SignInAgain.into());
    }
    looks::write(connection, look).await
}
