//! Checking in by the number of a booking, at the desk or at a kiosk. There are four answers, and the first thing said is
//! which of them it is.

use chrono::{DateTime, Utc};
use shared::appointments::{BookingReference, HoldId, Refusal as NotBooked};
use shared::calendar::shanghai_date;
use shared::counter::{Act, Press, Refusal, StateName, Step, VisitId, VisitState};
use shared::problem::Problem;
use shared::staff::OfficeId;
use sqlx::AnyConnection;

pub use shared::counter::Timeliness;

use super::acting::{self, Acting};
use super::by::{By, Hand};
use super::changes::Told;
use super::day::turn::{self, Of};
use super::day::{self, Row};
use super::store::{self, BookedTime, Stored};
use super::taking::{self, Stepping};
use super::{kept, office, rules};
use crate::app::App;
use crate::appointments::{record, undisturbed};
use crate::database::Backend;
use crate::error::Error;
use crate::staff::authority::Staff;

/// A visit whose people are in the hall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedIn {
    pub row: Row,
    pub timeliness: Timeliness,
    /// As what they were marked or sent away, where that is taken back by their coming.
    pub back_from: Option<StateName>,
}

/// Checks a booking of this office in, by the number that somebody typed or scanned. Done again it changes nothing, but the
/// desk brings back who was marked as gone or as a no-show today, also once they were sent on and are over there.
///
/// # Errors
/// [`Refusal::NotHere`] for what is no booking of this office, known elsewhere or not; [`Refusal::NotToday`];
/// [`Refusal::Over`]; [`Refusal::TimeClosed`] at a kiosk; [`shared::appointments::Refusal::BookingEnded`];
/// [`Refusal::EndedUntold`] at the desk; [`Refusal::DayClosed`]; [`shared::staff::Refusal::NotAllowed`].
pub async fn by_reference(
    app: &App,
    by: &By,
    id: &OfficeId,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<CheckedIn, Error> {
    find(app, by, id, (typed, false), now).await
}

/// The same of whoever is served before the others who wait; whoever was checked in before gets it while they wait. Only
/// staff can give it, and nobody is asked why.
///
/// # Errors
/// As [`by_reference`].
pub async fn with_priority(
    app: &App,
    staff: &Staff,
    id: &OfficeId,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<CheckedIn, Error> {
    find(app, &By::Staff(staff.clone()), id, (typed, true), now).await
}

async fn find(
    app: &App,
    by: &By,
    id: &OfficeId,
    (typed, priority): (&str, bool),
    now: DateTime<Utc>,
) -> Result<CheckedIn, Error> {
    by.may_bring_in(&office::one(app, id).await?.whereabouts)?;
    let reference = BookingReference::parse(typed).map_err(|_| Refusal::NotHere)?;
    let record = record::by_reference(&mut *app.database().read().await?, reference).await?;
    let booking = record.ok_or(Refusal::NotHere)?.id;
    bring_in(app, by.hand(), (id, &booking, priority), kept(now)).await
}

/// Checks somebody in by their row of the day, as it was seen there: of whoever took a ticket, they are back.
///
/// # Errors
/// As [`acting::act`].
pub async fn by_row(
    app: &App,
    staff: &Staff,
    id: &VisitId,
    (version, press): (u32, Press),
    now: DateTime<Utc>,
) -> Result<CheckedIn, Error> {
    let before = day::one(app, staff, id, now).await?;
    let acting = Acting { version, press, step: Step::Act(Act::Arrive), reason: None };
    let row = acting::act(app, staff, id, acting, now).await?;
    let back_from = before.state.is_over().then(|| before.state.kind());
    let timeliness = if before.state == VisitState::Booked {
        let mut connection = app.database().read().await?;
        let office = office::of_place(&mut connection, &row.place).await?;
        let rule = rules::in_force(&mut connection, &office, shanghai_date(row.starts_at)).await?;
        rule.timeliness(row.starts_at, now)
    } else {
        Timeliness::AlreadyIn
    };
    Ok(CheckedIn { row, timeliness, back_from })
}

/// Checks a booking in that is known to be one of this portal.
pub(super) async fn check_in(
    app: &App,
    hand: Hand,
    office: &OfficeId,
    booking: &HoldId,
    now: DateTime<Utc>,
) -> Result<CheckedIn, Error> {
    bring_in(app, hand, (office, booking, false), now).await
}

async fn bring_in(
    app: &App,
    hand: Hand,
    (office, booking, priority): (&OfficeId, &HoldId, bool),
    now: DateTime<Utc>,
) -> Result<CheckedIn, Error> {
    let visit = VisitId::parse(booking.as_str()).map_err(|_| Problem::Internal)?;
    let (stored, (timeliness, back_from), told) = undisturbed(|| {
        let (visit, office, hand) = (visit.clone(), office.clone(), hand.clone());
        let arriving = Arriving { visit, office, hand, priority, backend: app.database().backend(), now };
        app.database().write_with(arriving, write)
    })
    .await?;
    if let Some(told) = told {
        app.hall().changes().tell(told);
    }
    Ok(CheckedIn { row: day::of_stored(app, &stored, now).await, timeliness, back_from })
}

struct Arriving {
    visit: VisitId,
    office: OfficeId,
    hand: Hand,
    priority: bool,
    backend: Backend,
    now: DateTime<Utc>,
}

impl Arriving {
    /// The visit after an act of this hand.
    async fn take(&self, connection: &mut AnyConnection, stored: Stored, act: Act) -> Result<(Stored, Told), Error> {
        let stepping = Stepping {
            step: Step::Act(act),
            hand: self.hand.clone(),
            seat: None,
            press: None,
            out_of_order: false,
            reason: None,
            of: Of::Day,
            telling: None,
            backend: self.backend,
            now: self.now,
        };
        let seen = stored.visit.version();
        taking::take(connection, stored, seen, &stepping).await?.ok_or(Error::Overtaken)
    }
}

async fn write(
    connection: &mut AnyConnection,
    arriving: &Arriving,
) -> Result<(Stored, (Timeliness, Option<StateName>), Option<Told>), Error> {
    let Arriving { visit, office, hand, priority, now, .. } = arriving;
    let stored = store::load(connection, visit).await?.ok_or(Refusal::NotHere)?;
    if stored.office != *office {
        return Err(Refusal::NotHere.into());
    }
    // Whoever holds it reads that it ended, on whatever day; one that was ended out of their sight is as any other.
    if *stored.visit.state() == VisitState::Booked && taking::reads_as_ended(connection, &stored, *now).await? {
        return Err(NotBooked::BookingEnded.into());
    }
    // Whatever became of its visit: a number of another day is nobody's number today.
    if stored.date != shanghai_date(*now) {
        return Err(Refusal::NotToday { starts_at: stored.visit.starts_at() }.into());
    }
    let state = stored.visit.state();
    // Whoever was marked as gone or as a no-show, or was sent on in vain, and stands at the desk is back, with their time and their
    // number. A kiosk says of all that are over the same, since nobody there may learn which of them was ended.
    let is_back = hand.staff.is_some() && stored.comes_back(*now);
    if state.is_over() && !is_back {
        return Err(Refusal::Over { state: state.kind() }.into());
    }
    let lacks_priority = *priority && !stored.visit.priority();
    if state.kind() == StateName::Arrived && lacks_priority {
        let (stored, told) = arriving.take(connection, stored, Act::GivePriority).await?;
        return Ok((stored, (Timeliness::AlreadyIn, None), Some(told)));
    }
    if *state != VisitState::Booked && !is_back {
        if turn::is_ended(connection, (office, stored.date)).await? {
            return Err(Refusal::DayClosed { date: stored.date }.into());
        }
        return Ok((stored, (Timeliness::AlreadyIn, None), None));
    }
    // A kiosk would let them wait for nothing; the desk brings in whoever came all the same.
    if hand.is_kiosk() && stored.booking.as_ref().is_some_and(|booking| booking.time == BookedTime::Closed) {
        return Err(Refusal::TimeClosed.into());
    }
    let rule = rules::in_force(connection, office, stored.date).await?;
    let back_from = is_back.then(|| state.kind());
    let had_come = is_back && stored.ticket.is_some();
    let timeliness = if had_come { Timeliness::AlreadyIn } else { rule.timeliness(stored.visit.starts_at(), *now) };
    let (mut stored, mut told) = arriving.take(connection, stored, Act::Arrive).await?;
    if lacks_priority {
        // As it now stands in its row.
        stored = store::load(connection, visit).await?.ok_or(Refusal::NotHere)?;
        (stored, told) = arriving.take(connection, stored, Act::GivePriority).await?;
    }
    Ok((stored, (timeliness, back_from), Some(told)))
}
