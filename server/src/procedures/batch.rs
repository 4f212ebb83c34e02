//! One press on several cases: each is its own act on the version that was seen, in its own transaction, and what became of it is
//! told case by case. Nothing is proposed or signed so: that takes a look at each.

use chrono::{DateTime, TimeDelta, Utc};
use shared::calendar::shanghai_date;
use shared::counter::Press;
use shared::problem::Problem;
use shared::procedures::{Act, Actor, CaseId, CaseReference, Refusal};
use shared::staff::{Right, StaffId};
use sqlx::AnyConnection;

use super::acts::{self, Assigning, Doing, Had, Writing};
use super::queue::{self, Row};
use super::store::{self, Stored};
use super::{kept, may, rules};
use crate::app::App;
use crate::database::sql::sql;
use crate::error::Error;
use crate::staff::authority::Staff;

/// What is done to each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Batch {
    Accept,
    Review,
    Close,
    /// To somebody, or to nobody.
    Assign(Option<StaffId>),
}

/// A case as it was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub id: CaseId,
    pub version: u32,
    /// Whose it was.
    pub whose: Option<StaffId>,
}

/// Cases of one press at most: a page of a queue.
pub const MOST: usize = queue::ROWS;

/// What would be done to a case, or why not.
#[derive(Clone, Debug)]
pub struct Planned {
    pub row: Row,
    /// On what it would be done.
    pub seen: Seen,
    pub refused: Option<Problem>,
}

/// What became of a case.
#[derive(Clone, Debug)]
pub struct Told {
    pub id: CaseId,
    /// None where there is no such case.
    pub reference: Option<CaseReference>,
    pub refused: Option<Problem>,
}

/// What a press would do, before it is pressed. A case that is not there is left out.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`].
pub async fn plan(
    app: &App,
    staff: &Staff,
    batch: &Batch,
    cases: &[Seen],
    now: DateTime<Utc>,
) -> Result<Vec<Planned>, Error> {
    allowed(staff, batch)?;
    let (now, today) = (kept(now), shanghai_date(now));
    let mut planned = Vec::new();
    for seen in cases.iter().take(MOST) {
        let found = store::one(&mut *app.database().read().await?, &seen.id).await?;
        let Some(stored) = found else { continue };
        let refused = refused(staff, batch, (&stored, seen), now);
        planned.push(Planned { row: queue::row(app, stored, false, today).await?, seen: seen.clone(), refused });
    }
    Ok(planned)
}

/// Does it to each case that still stands as it was seen. The same press again does nothing again and is told the same.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`Problem::NotFound`] where it is given to nobody who works on cases. What is refused of
/// one case is told with that case.
pub async fn run(
    app: &App,
    staff: &Staff,
    (press, batch): (&Press, &Batch),
    cases: &[Seen],
    now: DateTime<Utc>,
) -> Result<Vec<Told>, Error> {
    allowed(staff, batch)?;
    let now = kept(now);
    if let Batch::Assign(to) = batch {
        acts::works(app, to.as_ref(), now).await?;
    }
    let mut told = Vec::new();
    for seen in cases.iter().take(MOST) {
        let found = store::one(&mut *app.database().read().await?, &seen.id).await?;
        let reference = found.as_ref().map(|stored| stored.reference);
        let refused = match one(app, staff, (press, batch), (found, seen), now).await {
            Ok(()) => None,
            Err(error) => Some(error.into_problem()),
        };
        if let Some(problem) = refused.as_ref().filter(|problem| problem.status() == 401) {
            return Err(problem.clone().into());
        }
        told.push(Told { id: seen.id.clone(), reference, refused });
    }
    app.outbox_wakes();
    Ok(told)
}

/// Removes presses that nobody repeats any more.
pub(super) async fn forget(connection: &mut AnyConnection, now: &DateTime<Utc>) -> Result<(), Error> {
    sql("delete from case_press where at <= $1", [(*now - KNOWN_FOR).into()]).execute(connection).await?;
    Ok(())
}

/// How long a press is known again.
const KNOWN_FOR: TimeDelta = TimeDelta::days(1);

impl Batch {
    /// Its name in forms.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Review => "review",
            Self::Close => "close",
            Self::Assign(_) => "assign",
        }
    }

    fn act(&self) -> Option<Act> {
        match self {
            Self::Accept => Some(Act::Accept),
            Self::Review => Some(Act::Review),
            Self::Close => Some(Act::Close),
            Self::Assign(_) => None,
        }
    }
}

fn allowed(staff: &Staff, batch: &Batch) -> Result<(), Error> {
    match batch.act() {
        Some(act) => may(staff, acts::right(act.name()))?,
        None => may(staff, Right::ReviewCases).or_else(|_| may(staff, Right::DecideCases))?,
    }
    Ok(())
}

fn refused(staff: &Staff, batch: &Batch, (stored, seen): (&Stored, &Seen), now: DateTime<Utc>) -> Option<Problem> {
    let case = &stored.standing.case;
    let had = Had::Seen(seen.whose.clone());
    let refusal = match (batch, batch.act()) {
        (_, Some(act)) => case.take(seen.version, (&Actor::Office(staff.person().clone()), &act), now).err(),
        (Batch::Assign(to), None) if stored.assigned_to != *to && !had.is_so(stored) => Some(Refusal::GivenMeanwhile),
        (_, None) => changed(stored, seen.version),
    };
    let refusal = stored.erased_at.map(|_| Refusal::Erased).or(refusal);
    refusal.map(Problem::from)
}

fn changed(stored: &Stored, seen: u32) -> Option<Refusal> {
    (stored.version() != seen).then(|| Refusal::Changed { state: stored.state().name() })
}

async fn one(
    app: &App,
    staff: &Staff,
    (press, batch): (&Press, &Batch),
    (found, seen): (Option<Stored>, &Seen),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let stored = found.ok_or(Problem::NotFound)?;
    let offered = rules::of(app, &stored).await?;
    let to = match batch {
        Batch::Assign(to) => to.clone(),
        _ => None,
    };
    let Seen { id, version, whose } = seen.clone();
    let asked = format!("{}:{}:{}:{to:?}:{id}:{version}:{whose:?}", staff.person(), press.as_str(), batch.name());
    let work = match batch.act() {
        Some(act) => Work::Act(Box::new(Writing {
            app: app.clone(),
            offered,
            id,
            seen: version,
            by: Actor::Office(staff.person().clone()),
            recorded: staff.actor(),
            holder: None,
            silent: Vec::new(),
            doing: Doing::Act(act),
            said: None,
            now,
        })),
        None => Work::Assign(Assigning { id, had: Had::Seen(whose), to, by: staff.actor(), now }, version),
    };
    let pressed = Pressed { id: app.keys().fingerprint("case-press", asked.as_bytes()), work, now };
    staff.write(app, pressed, write).await
}

/// One case of a press.
struct Pressed {
    id: String,
    work: Work,
    now: DateTime<Utc>,
}

enum Work {
    Act(Box<Writing>),
    /// With the version that was seen.
    Assign(Assigning, u32),
}

async fn write(connection: &mut AnyConnection, pressed: &Pressed) -> Result<(), Error> {
    let statement = "insert into case_press (id, at) values ($1, $2) on conflict (id) do nothing";
    let values = [pressed.id.as_str().into(), pressed.now.into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(());
    }
    match &pressed.work {
        Work::Act(writing) => acts::write(connection, writing).await,
        Work::Assign(assigning, seen) => {
            let stored = store::keep(connection, &assigning.id).await?.ok_or(Problem::NotFound)?;
            match changed(&stored, *seen) {
                Some(refusal) => Err(refusal.into()),
                None => acts::write_assigned(connection, assigning).await,
            }
        }
    }
}
