//! One visit with all that belongs to it, for somebody who opens it: which is written down, with what it is for.

use chrono::{DateTime, NaiveDate, Utc};
use shared::counter::{LookPurpose, Reason, Refusal, Seen, UnmaskReason, VisitId};
use shared::problem::Problem;
use shared::staff::{OfficeId, Right};
use sqlx::AnyConnection;

use super::acting::TOLD_CORRECTIONS;
use super::counters::{self, Counter};
use super::day::{self, Row, turn};
use super::history::{self, Happening};
use super::looks::safety::{self, SafetyLook};
use super::looks::{self, Look, NewLook};
use super::{kept, office, people, store};
use crate::app::App;
use crate::appointments::attendees::Masked;
use crate::error::Error;
use crate::staff::authority::Staff;

/// A visit as somebody sees it who works where it is.
#[expect(clippy::struct_excessive_bools, reason = "what a page of one visit hangs on, each by itself")]
pub struct OneVisit {
    pub row: Row,
    /// Nobody has ended the booking that it is of, if any.
    pub stands: bool,
    pub office: OfficeId,
    pub date: NaiveDate,
    /// The counters of its office.
    pub counters: Vec<Counter>,
    /// Nobody of whoever came without a booking, and once they were erased.
    pub people: Option<Masked>,
    pub history: Vec<Happening>,
    /// Who looked, as whoever holds the booking reads it too.
    pub looks: Vec<Look>,
    /// Those for safety, for whoever answers for the office; nobody else who opens it learns whether there are any.
    pub hidden: Option<Vec<SafetyLook>>,
    /// For what it was opened now.
    pub purpose: LookPurpose,
    /// Corrections of it were told so often that no further one is.
    pub told_enough: bool,
    /// They are called to this person's counter, or served there.
    pub is_mine: bool,
    /// From when its end can be put right that is not a minute old, where it can no longer be undone: the day was closed since.
    pub correctable_from: Option<DateTime<Utc>>,
    /// Whether its day is changed for a reason only.
    pub day_counts_as_closed: bool,
    pub may: May,
}

/// What this person may do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "rights that hang on nothing but their own roles")]
pub struct May {
    pub work: bool,
    pub book: bool,
    pub unmask: bool,
    pub manage: bool,
}

/// Opens a visit. For what, whoever has it at their own counter need not say; nobody else is believed to serve it.
///
/// # Errors
/// [`Problem::NotFound`]; [`shared::staff::Refusal::NotAllowed`]; [`Refusal::ReasonNeeded`] for safety, which
/// [`open_aside`] takes; and nothing is written.
pub async fn open(
    app: &App,
    staff: &Staff,
    id: &VisitId,
    purpose: Option<LookPurpose>,
    now: DateTime<Utc>,
) -> Result<OneVisit, Error> {
    if purpose.is_some_and(LookPurpose::is_hidden) {
        return Err(Refusal::ReasonNeeded.into());
    }
    open_for(app, staff, id, (purpose, None), now).await
}

/// Opens a visit to keep somebody safe, for a reason that is kept with the look: whoever holds the booking never learns of
/// it, so that somebody else reads it.
///
/// # Errors
/// As [`open`].
pub async fn open_aside(
    app: &App,
    staff: &Staff,
    id: &VisitId,
    reason: &Reason,
    now: DateTime<Utc>,
) -> Result<OneVisit, Error> {
    open_for(app, staff, id, (Some(LookPurpose::Safety), Some(reason)), now).await
}

async fn open_for(
    app: &App,
    staff: &Staff,
    id: &VisitId,
    (purpose, reason): (Option<LookPurpose>, Option<&Reason>),
    now: DateTime<Utc>,
) -> Result<OneVisit, Error> {
    let mut connection = app.database().read().await?;
    let stored = store::load(&mut connection, id).await?.ok_or(Problem::NotFound)?;
    let at = office::at(&stored.office, &stored.place);
    let role = staff.role_for(Right::SeeDay, &at)?;
    let counters = counters::of_office(&mut connection, &stored.office).await?;
    let day = turn::state(&mut connection, &stored.office, stored.date).await?;
    drop(connection);
    let counter = stored.visit.state().counter();
    let is_mine = counters.iter().any(|one| Some(one.id) == counter && one.clerk.as_ref() == Some(staff.person()));
    let purpose = match purpose {
        None if is_mine => LookPurpose::Serving,
        None | Some(LookPurpose::Serving) if !is_mine => LookPurpose::Checking,
        Some(purpose) => purpose,
        None => LookPurpose::Checking,
    };
    let look = NewLook {
        visit: id.clone(),
        staff: staff.person().clone(),
        office: stored.office.clone(),
        role,
        purpose,
        seen: Seen::Opened,
        why: reason.map(|reason| (UnmaskReason::Safety, Some(reason.clone()))),
        at: kept(now),
    };
    // Whatever is shown was written down before.
    app.database().write_with(look, write).await?;
    let mut connection = app.database().read().await?;
    let history = history::of_visit(&mut connection, id, now).await?;
    let looks = looks::of_visit(&mut connection, id).await?;
    let told_enough = history::corrections_told(&mut connection, id).await? >= TOLD_CORRECTIONS;
    let may = |right| staff.may(right, &at).is_ok();
    let hidden = if may(Right::SeeSafetyLooks) { Some(safety::of_visit(&mut connection, id).await?) } else { None };
    drop(connection);
    let attendees = stored.booking.as_ref().and_then(|booking| people::open(app, &stored.service, booking));
    let row = day::of_stored(app, &stored, now).await;
    let undoable = day.undoable(row.undoable);
    Ok(OneVisit {
        correctable_from: row.undoable.filter(|_| undoable.is_none()).map(|(_, until)| until),
        row: Row { undoable, ..row },
        stands: stored.stands(),
        office: stored.office.clone(),
        date: stored.date,
        counters,
        people: attendees.map(|attendees| attendees.masked()),
        history,
        looks,
        hidden,
        purpose,
        told_enough,
        is_mine,
        day_counts_as_closed: day.counts_as_closed(stored.date, now),
        may: May {
            work: may(Right::WorkAtCounter),
            book: may(Right::BookForPeople),
            unmask: may(Right::Unmask),
            manage: may(Right::ManageOffice),
        },
    })
}

async fn write(connection: &mut AnyConnection, look: &NewLook) -> Result<(), Error> {
    looks::write(connection, look).await
}
