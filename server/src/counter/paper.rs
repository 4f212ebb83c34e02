//! What happened on paper while the network was down, entered afterwards: line by line, each in a transaction of its own and
//! once only. The record says of each act when it happened and when it was entered.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use shared::appointments::Service;
use shared::calendar::shanghai_date;
use shared::counter::paper::{Ending, Written};
use shared::counter::{Outcome, Press, Reason, Refusal, Step, VisitId};
use shared::field::{FieldErrors, Reason as Wrong};
use shared::problem::Problem;
use shared::staff::{OfficeId, Right, StaffId};
use sqlx::AnyConnection;

use super::by::Hand;
use super::changes::Told;
use super::day::turn::{self, Of};
use super::day::{self, Answered, Row};
use super::looks::{self, NewLook};
use super::messages::{self, Sealed};
use super::press::{self, Pressed};
use super::store::{self, Stored};
use super::taking::paper::{self, Line};
use super::{ends, kept, office};
use crate::app::App;
use crate::appointments::{self, undisturbed};
use crate::database::sql::sql;
use crate::error::Error;
use crate::staff::authority::Staff;

/// The paper of one day of an office.
#[derive(Clone, Debug)]
pub struct Paper {
    pub office: OfficeId,
    pub date: NaiveDate,
    /// Needed on a day that is closed, or that nobody closed and is more than two days ago.
    pub reason: Option<Reason>,
    /// Whether people are sent what such an ending is told by text message.
    pub tell: bool,
}

/// One line of it.
#[derive(Clone, Debug, Serialize)]
pub struct Entered {
    pub who: Who,
    /// The number on the paper ticket.
    pub ticket: Option<u32>,
    pub written: Written,
    /// Whether it was not completed because one of them is not willing, and said so alone: written down out of sight, as
    /// [`super::acting::set_apart`] does it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub apart: bool,
    #[serde(skip)]
    pub press: Press,
}

/// Whose line it is.
#[derive(Clone, Debug, Serialize)]
pub enum Who {
    /// Somebody on the sheet, as it stood at a version.
    OnSheet { visit: VisitId, version: u32 },
    /// Somebody who came without a booking.
    WalkIn { service: Service },
}

/// Enters a line. The same press again is answered the same and changes nothing.
///
/// # Errors
/// [`Problem::Fields`] with what is wrong at `arrived`, `called`, `counter`, `ended`, `ticket`, `ground` or `papers`; [`Problem::NotFound`] for a
/// visit of another office or day; [`Refusal::Changed`], [`Refusal::Over`] and what else the visit refuses;
/// [`Refusal::NoPlaceLeft`]; [`Refusal::ReasonNeeded`] on a day that is closed or long ago;
/// [`shared::staff::Refusal::NotAllowed`]; [`Problem::Malformed`] for a day to come, and for
/// any other end that is `apart`.
pub async fn enter(app: &App, staff: &Staff, paper: &Paper, line: &Entered, now: DateTime<Utc>) -> Result<Row, Error> {
    let now = kept(now);
    if paper.date > shanghai_date(now) {
        return Err(Problem::Malformed.into());
    }
    // To everybody else it is the end that says nothing.
    if line.apart && line.written.ending != Ending::Finished(Outcome::as_told()) {
        return Err(Problem::Malformed.into());
    }
    if let Who::WalkIn { service } = &line.who {
        super::walk_in::offers(app, &paper.office, service).await?;
        if line.written.ending == Ending::NoShow {
            return Err(FieldErrors::one("ending", nobody_came()).into());
        }
        if line.ticket.is_none() {
            return Err(FieldErrors::one("ticket", no_number()).into());
        }
    }
    let hand = Hand::of(staff);
    let pressed = Pressed::new(app.keys(), &hand, &line.press, &("paper", &paper.office, paper.date, line), now);
    let enter = async || undisturbed(|| enter_once(app, staff, paper, (line, &pressed), now)).await;
    let (answered, told) = press::once(app, &pressed, enter).await?;
    if let Some(told) = told {
        app.hall().changes().tell(told);
        app.generation(appointments::NAME).bump();
        app.outbox_wakes();
    }
    day::of_answer(app, answered, now).await
}

async fn enter_once(
    app: &App,
    staff: &Staff,
    paper: &Paper,
    (line, pressed): (&Entered, &Pressed),
    now: DateTime<Utc>,
) -> Result<(Answered, Option<Told>), Error> {
    let at = office::one(app, &paper.office).await?.whereabouts;
    staff.may(Right::WorkAtCounter, &at)?;
    let mut connection = app.database().read().await?;
    let day = turn::state(&mut connection, &paper.office, paper.date).await?;
    let stored = match &line.who {
        Who::OnSheet { visit, .. } => Some(store::load(&mut connection, visit).await?.ok_or(Problem::NotFound)?),
        Who::WalkIn { .. } => None,
    };
    drop(connection);
    let is_closed = day.counts_as_closed(paper.date, now);
    if is_closed {
        staff.may(Right::CorrectClosedDay, &at)?;
        paper.reason.as_ref().ok_or(Refusal::ReasonNeeded)?;
    }
    if let Some(stored) = &stored {
        of_paper(stored, paper)?;
        staff.may(Right::WorkAtCounter, &office::at(&stored.office, &stored.place))?;
    }
    let service = match &line.who {
        Who::OnSheet { .. } => stored.as_ref().map(|stored| &stored.service),
        Who::WalkIn { service } => Some(service),
    };
    if let (Some(service), Ending::Finished(outcome)) = (service, &line.written.ending) {
        ends::check(service, outcome)?;
    }
    let telling = match (&stored, paper.tell) {
        (Some(stored), true) => told(app, stored, &line.written, now).await?,
        _ => None,
    };
    let new = visit_of_press(app, staff.person(), &line.press)?;
    let visit = stored.as_ref().map_or_else(|| new.clone(), |stored| stored.id.clone());
    let role = staff.role_for(Right::WorkAtCounter, &at)?;
    let apart = line.apart.then(|| NewLook::apart(visit, staff, (paper.office.clone(), role), now));
    let entering = Entering {
        new,
        apart,
        office: paper.office.clone(),
        date: paper.date,
        line: line.clone(),
        with: Line {
            hand: Hand::of(staff),
            press: line.press.clone(),
            reason: paper.reason.clone().filter(|_| is_closed),
            of: if is_closed { Of::Correction } else { Of::Day },
            telling,
            backend: app.database().backend(),
            now,
        },
        pressed: pressed.clone(),
    };
    app.database().write_with(entering, write).await
}

/// What the last act of a line tells people.
async fn told(app: &App, stored: &Stored, written: &Written, now: DateTime<Utc>) -> Result<Option<Sealed>, Error> {
    let acts = written.acts(&stored.visit, now)?;
    let Some((last, _)) = acts.last() else { return Ok(None) };
    let telling = messages::of_step(app, stored, &Step::Act(last.clone())).await?;
    Ok(telling.map(|telling| telling.sealed(app)))
}

struct Entering {
    /// Of somebody without a booking: the same press is the same visit, also when nobody remembers the press any more.
    new: VisitId,
    /// What is written down out of sight.
    apart: Option<NewLook>,
    office: OfficeId,
    date: NaiveDate,
    line: Entered,
    with: Line,
    pressed: Pressed,
}

async fn write(connection: &mut AnyConnection, entering: &Entering) -> Result<(Answered, Option<Told>), Error> {
    if let Some(answered) = press::answered(connection, &entering.pressed).await? {
        return Ok((answered, None));
    }
    let Entering { line, with, office, date, .. } = entering;
    if let Some(counter) = line.written.counter {
        let statement = "select 1 from counter where id = $1 and office = $2";
        let known = sql(statement, [counter.0.into(), office.as_str().into()]).fetch_optional(&mut *connection).await?;
        known.ok_or(Problem::NotFound)?;
    }
    let written = (&line.written, line.ticket);
    let (stored, told) = match &line.who {
        Who::OnSheet { visit, version } => {
            let stored = store::load(connection, visit).await?.ok_or(Problem::NotFound)?;
            // Moved to another office or day meanwhile, where others may.
            if stored.office != *office || stored.date != *date {
                return Err(Error::Overtaken);
            }
            if stored.visit.version() != *version {
                return Err(Refusal::Changed { state: stored.visit.state().kind() }.into());
            }
            paper::go_on(connection, stored, written, with).await?
        }
        Who::WalkIn { service } => {
            paper::walk_in(connection, (&entering.new, office, *date, service), written, with).await?
        }
    };
    if let Some(look) = &entering.apart {
        looks::write(connection, look).await?;
    }
    let answered = Answered::of(&stored, with.now);
    press::answer(connection, &entering.pressed, &answered).await?;
    Ok((answered, Some(told)))
}

fn of_paper(stored: &Stored, paper: &Paper) -> Result<(), Problem> {
    if stored.office == paper.office && stored.date == paper.date { Ok(()) } else { Err(Problem::NotFound) }
}

fn visit_of_press(app: &App, person: &StaffId, press: &Press) -> Result<VisitId, Problem> {
    let id = app.keys().fingerprint("paper-visit", format!("{person}:{}", press.as_str()).as_bytes());
    VisitId::parse(&id).map_err(|_| Problem::Internal)
}

fn nobody_came() -> Wrong {
    Wrong::own(
        "paper_nobody_came",
        "现场取号的人是来了的，请选别的结果。",
        "Whoever took a ticket did come. Choose another result.",
    )
}

fn no_number() -> Wrong {
    Wrong::own("paper_ticket_missing", "请填写纸上的号码。", "Enter the number on the paper ticket.")
}
