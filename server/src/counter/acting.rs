//! What a clerk does with a visit, one step at a time.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};
use serde::Serialize;
use shared::calendar::shanghai_date;
use shared::counter::{
    Act, ActName, Back, CounterId, Elsewhere, Ended, Outcome, Press, Reason, Refusal, StateName, Step, VisitId,
};
use shared::problem::Problem;
use shared::staff::{OfficeId, Right};
use sqlx::AnyConnection;

use super::by::Hand;
use super::changes::Told;
use super::day::turn::{self, Of};
use super::day::{self, Answered, Row};
use super::looks::{self, NewLook};
use super::messages::{self, WouldTell, WouldTellOfPapers};
use super::press::{self, Pressed};
use super::store::{self, Stored};
use super::taking::{self, Stepping};
use super::{counters, ends, history, kept, next, office};
use crate::app::App;
use crate::appointments::{point, undisturbed};
use crate::error::Error;
use crate::staff::authority::Staff;

/// A step as a clerk asks for it.
#[derive(Clone, Debug)]
pub struct Acting {
    /// The version that was on the screen.
    pub version: u32,
    pub press: Press,
    pub step: Step,
    /// Needed to call out of order, to correct, and on a day that is closed; not to free a counter of whom it still has.
    pub reason: Option<Reason>,
}

/// Takes a step. The same press again is answered the same and changes nothing.
///
/// # Errors
/// [`Problem::NotFound`]; [`shared::staff::Refusal::NotAllowed`], also for calling out of order and for a day that is closed
/// without the right to, and for correcting; [`Refusal::DayOver`]; [`Problem::Fields`] at `ground` or `papers` for what the service
/// does not know; [`Refusal::NotOffered`]; [`Refusal::ReasonNeeded`] with it; [`Refusal::Changed`] where the version is not that any
/// more; what the visit and the counters refuse; [`Problem::IdempotencyMismatch`].
pub async fn act(app: &App, staff: &Staff, id: &VisitId, acting: Acting, now: DateTime<Utc>) -> Result<Row, Error> {
    step(app, staff, id, (acting, Manner::Plain), now).await
}

/// Puts right how a visit ended, for a reason; [`Act::Correct`] by [`act`] tells nobody, as most of them do not. What such an
/// end tells is sent where that was chosen, like that of every act.
///
/// # Errors
/// As [`act`]; [`Refusal::UndoInstead`] while what ended it can be undone, [`Refusal::SameOutcome`]; [`Refusal::ToldTwice`]
/// where [`TOLD_CORRECTIONS`] were told already.
pub async fn correct(
    app: &App,
    staff: &Staff,
    id: &VisitId,
    (acting, tell): (Acting, bool),
    now: DateTime<Utc>,
) -> Result<Row, Error> {
    let manner = if tell { Manner::Telling } else { Manner::Plain };
    step(app, staff, id, (acting, manner), now).await
}

/// Ends a visit because one of them is not willing, and told the clerk so alone (婚姻登记条例 art 9, Civil Code art 1046). In
/// its state, its stream, its message and when that is due it is the same as any end after which people come again; only
/// among the looks for safety it is written down.
///
/// # Errors
/// As [`act`].
pub async fn set_apart(
    app: &App,
    staff: &Staff,
    id: &VisitId,
    (version, press): (u32, Press),
    now: DateTime<Utc>,
) -> Result<Row, Error> {
    let acting = Acting { version, press, step: Step::Act(Act::Finish(Outcome::as_told())), reason: None };
    step(app, staff, id, (acting, Manner::Apart), now).await
}

/// So many corrections of one visit are told: by the next one nobody knows any more which text is true.
pub const TOLD_CORRECTIONS: i64 = 2;

/// What belongs to a step beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
enum Manner {
    Plain,
    /// Why is written down out of sight.
    Apart,
    /// A correction that is to be told.
    Telling,
}

async fn step(
    app: &App,
    staff: &Staff,
    id: &VisitId,
    (acting, manner): (Acting, Manner),
    now: DateTime<Utc>,
) -> Result<Row, Error> {
    if acting.step == Step::Act(Act::Release) {
        // It comes with the end of the booking, and with nothing else.
        return Err(Problem::NotFound.into());
    }
    let now = kept(now);
    let hand = Hand::of(staff);
    let (step, reason) = (&acting.step, acting.reason.as_ref());
    let asked = Asked { visit: id, version: acting.version, step, reason, manner };
    let pressed = Pressed::new(app.keys(), &hand, &acting.press, &asked, now);
    let take = async || undisturbed(|| take_once(app, staff, id, (&acting, manner, &pressed), now)).await;
    let (answered, told) = press::once(app, &pressed, take).await?;
    if let Some(told) = told {
        app.hall().changes().tell(told);
        if matches!(
            acting.step,
            Step::Act(Act::Redirect(_) | Act::Left | Act::GiveBack | Act::NoShow | Act::Correct { .. }) | Step::Undo(_)
        ) {
            // Places may have come back, or were taken again.
            app.generation(crate::appointments::NAME).bump();
        }
    }
    day::of_answer(app, answered, now).await
}

/// What a step would tell people, and whom: for the button. Nothing where nobody is told.
///
/// # Errors
/// As [`act`], of what can be known before.
pub async fn would_tell(app: &App, staff: &Staff, id: &VisitId, step: &Step) -> Result<Option<WouldTell>, Error> {
    let stored = store::load(&mut *app.database().read().await?, id).await?.ok_or(Problem::NotFound)?;
    staff.may(Right::WorkAtCounter, &office::at(&stored.office, &stored.place))?;
    Ok(messages::of_step(app, &stored, step).await?.map(messages::Telling::shown))
}

/// What a visit would tell people whose papers are missing: with a mark where those will be named that are ticked, and where
/// none may be named.
///
/// # Errors
/// As [`would_tell`].
pub async fn would_tell_of_papers(app: &App, staff: &Staff, id: &VisitId) -> Result<Option<WouldTellOfPapers>, Error> {
    let stored = store::load(&mut *app.database().read().await?, id).await?.ok_or(Problem::NotFound)?;
    staff.may(Right::WorkAtCounter, &office::at(&stored.office, &stored.place))?;
    messages::of_papers(app, &stored).await
}

/// What was pressed, of which a keyed fingerprint is kept: another act under the same press is not answered as this one.
#[derive(Serialize)]
struct Asked<'a> {
    visit: &'a VisitId,
    version: u32,
    step: &'a Step,
    reason: Option<&'a Reason>,
    manner: Manner,
}

async fn take_once(
    app: &App,
    staff: &Staff,
    id: &VisitId,
    (acting, manner, pressed): (&Acting, Manner, &Pressed),
    now: DateTime<Utc>,
) -> Result<(Answered, Option<Told>), Error> {
    let mut connection = app.database().read().await?;
    let stored = store::load(&mut connection, id).await?.ok_or(Problem::NotFound)?;
    let at = office::at(&stored.office, &stored.place);
    staff.may(Right::WorkAtCounter, &at)?;
    if let Step::Act(Act::Finish(outcome) | Act::Correct { to: Ended::Finished(outcome) }) = &acting.step {
        ends::check(&stored.service, outcome)?;
    }
    let day = turn::state(&mut connection, &stored.office, stored.date).await?;
    let calls = calls_who_waits(&stored, acting).map(|counter| (counter, stored.date));
    let first = match calls {
        Some((counter, date)) => next::first(&mut connection, &stored.office, date, (counter, now)).await?,
        None => None,
    };
    drop(connection);
    let out_of_order = calls.is_some() && first.is_none_or(|first| first.visit != *id);
    let is_closed = day.counts_as_closed(stored.date, now);
    let corrects = matches!(acting.step, Step::Act(Act::Correct { .. }));
    let seat = counters::seat_of(app, staff.person()).await?.map(|seat| seat.id);
    let at_counter = stored.visit.state().counter();
    let is_own = at_counter.is_some() && seat == at_counter;
    let manages = staff.may(Right::ManageOffice, &at).is_ok();
    let frees = at_counter.is_some() && (is_own || manages) && frees_a_counter(&acting.step);
    let needs_correcting = is_closed && !frees || corrects;
    for (right, is_needed) in [(Right::CorrectClosedDay, needs_correcting), (Right::CallOutOfOrder, out_of_order)] {
        if is_needed {
            staff.may(right, &at)?;
            // Why a slip is undone is plain.
            if acting.step != Step::UNDO {
                acting.reason.as_ref().ok_or(Refusal::ReasonNeeded)?;
            }
        }
    }
    if calls.is_some() || goes_on(&acting.step) {
        match stored.date.cmp(&shanghai_date(now)) {
            Ordering::Less => return Err(Refusal::DayOver { date: stored.date }.into()),
            Ordering::Greater => return Err(Refusal::NotToday { starts_at: stored.visit.starts_at() }.into()),
            Ordering::Equal => {}
        }
    }
    // Whoever was told alone sits with them; for somebody else, the manager.
    if manner == Manner::Apart && at_counter.is_some() && !is_own {
        staff.may(Right::ManageOffice, &at)?;
    }
    if let Step::Act(Act::Redirect(elsewhere)) = &acting.step {
        is_offered(app, elsewhere, now).await?;
    }
    if acting.step == Step::UNDO && stored.visit.last().is_some_and(|last| last.act == ActName::Correct) {
        staff.may(Right::CorrectClosedDay, &at)?;
    }
    let telling = match &acting.step {
        // What was told of the end that was wrong has been told; the right one is, where that was chosen.
        Step::Act(Act::Correct { to }) if manner == Manner::Telling => {
            messages::of_step(app, &stored, &Step::Act(to.act())).await?
        }
        step => messages::of_step(app, &stored, step).await?,
    };
    let stepping = Stepping {
        step: acting.step.clone(),
        hand: Hand::of(staff),
        seat: None,
        press: Some(acting.press.clone()),
        out_of_order,
        reason: acting.reason.clone(),
        of: if is_closed { Of::Correction } else { Of::Day },
        telling: telling.map(|telling| telling.sealed(app)),
        backend: app.database().backend(),
        now,
    };
    let role = staff.role_for(Right::WorkAtCounter, &at)?;
    let apart =
        (manner == Manner::Apart).then(|| NewLook::apart(id.clone(), staff, (stored.office.clone(), role), now));
    let one = One {
        id: id.clone(),
        office: stored.office,
        seen: acting.version,
        // Where the right outcome has no text, ticking tells nothing.
        is_told: manner == Manner::Telling && stepping.telling.is_some(),
        stepping,
        pressed: pressed.clone(),
        apart,
    };
    app.database().write_with(one, write).await
}

/// What ends the time of somebody at a counter: on whatever day it is, for whoever sits there and whoever manages the office,
/// since the counter serves nobody else before, and its clerk can sit at no other.
fn frees_a_counter(step: &Step) -> bool {
    matches!(step, Step::Act(Act::Serve | Act::Finish(_) | Act::NoShow | Act::Park | Act::Left))
}

/// What lets somebody wait for whoever calls next, or changes their place among those who do, which nobody does on another day
/// than their own.
fn goes_on(step: &Step) -> bool {
    matches!(
        step,
        Step::Act(
            Act::HandOver { .. } | Act::Redirect(_) | Act::Back(Back::Hall) | Act::GivePriority | Act::EndPriority
        )
    )
}

/// Refuses to send somebody to where that is not done.
async fn is_offered(app: &App, Elsewhere { place, service }: &Elsewhere, now: DateTime<Utc>) -> Result<(), Error> {
    let points = point::all(app, service).await?;
    let is_there = points.iter().any(|point| point.place.id == *place && point.is_shown(now));
    if is_there { Ok(()) } else { Err(Refusal::NotOffered.into()) }
}

/// The counter that somebody who waits is to be called to.
fn calls_who_waits(stored: &Stored, acting: &Acting) -> Option<CounterId> {
    match &acting.step {
        Step::Act(Act::Call { counter }) if stored.visit.state().kind() == StateName::Arrived => Some(*counter),
        _ => None,
    }
}

/// One step of one visit.
struct One {
    id: VisitId,
    /// The office whose rights were asked.
    office: OfficeId,
    seen: u32,
    stepping: Stepping,
    pressed: Pressed,
    /// What is written down out of sight.
    apart: Option<NewLook>,
    /// A correction that is to be told.
    is_told: bool,
}

async fn write(connection: &mut AnyConnection, one: &One) -> Result<(Answered, Option<Told>), Error> {
    if let Some(answered) = press::answered(connection, &one.pressed).await? {
        return Ok((answered, None));
    }
    let stored = store::load(connection, &one.id).await?.ok_or(Problem::NotFound)?;
    // Moved to another office meanwhile, where others may.
    if stored.office != one.office {
        return Err(Error::Overtaken);
    }
    if one.is_told && history::corrections_told(connection, &one.id).await? >= TOLD_CORRECTIONS {
        return Err(Refusal::ToldTwice.into());
    }
    let taken = taking::take(connection, stored, one.seen, &one.stepping).await?;
    let (stored, told) = taken.ok_or(Error::Overtaken)?;
    if let Some(look) = &one.apart {
        looks::write(connection, look).await?;
    }
    let answered = Answered::of(&stored, one.stepping.now);
    press::answer(connection, &one.pressed, &answered).await?;
    Ok((answered, Some(told)))
}
