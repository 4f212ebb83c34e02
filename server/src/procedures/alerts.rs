//! What the clock told of cases, until somebody who can do something about it says that they know: whoever works on the case at half
//! of its time, whoever signs at four fifths of it, and whoever signs for the bureau as a whole once its last day is there.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use shared::calendar::Deadline;
use shared::notices::bureau;
use shared::problem::Problem;
use shared::procedures::{Alert, CaseId, CaseReference};
use shared::staff::{Grant, Refusal, Right, Role, StaffId};
use sqlx::{AnyConnection, any::AnyRow};

pub use super::clock::Running;
use super::store;
use super::{kept, may};
use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::database::{
    DatabaseError,
    sql::{date, flag, sql, word},
};
use crate::error::Error;
use crate::staff::authority::Staff;

/// What the record says of whoever knows.
pub(super) const KNOWN: &str = "case_alert_known";

/// How many are shown at once, what is due first before what is due later.
pub const SHOWN: usize = 20;

/// Who has to know of an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Whoever works on the case, and all who could where nobody does.
    Officer,
    /// Whoever signs at an office.
    Signer,
    /// Whoever signs for the bureau as a whole; where nobody does, whoever signs.
    Bureau,
}

/// The more time is gone, the higher up somebody has to know.
pub fn level(alert: Alert) -> Level {
    match alert {
        Alert::Half => Level::Officer,
        Alert::Near => Level::Signer,
        Alert::Due | Alert::Over => Level::Bureau,
    }
}

/// An alert that nobody said to know of yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub case: CaseId,
    pub reference: CaseReference,
    pub running: Running,
    pub alert: Alert,
    pub due: Deadline,
    pub assigned_to: Option<StaffId>,
    /// Whether it is for whoever looks to know; otherwise the case is theirs, and somebody above them has to.
    pub is_theirs: bool,
}

/// What somebody is told of: alerts that are theirs to know, and those of their own cases. One more than [`SHOWN`] says that there are
/// more.
///
/// # Errors
/// [`Refusal::NotAllowed`].
pub async fn standing(app: &App, staff: &Staff, now: DateTime<Utc>) -> Result<Vec<Told>, Error> {
    may(staff, Right::SeeCases)?;
    let mut connection = app.database().read().await?;
    let eyes = Eyes::of(&mut connection, staff, now).await?;
    let statement = "select a.case_id, a.clock, a.alert, c.reference, c.assigned_to, c.due_on, c.provisional \
         from case_alert a join procedure_case c on c.id = a.case_id \
         where a.ended_at is null and c.due_on is not null and (c.assigned_to = $1 \
         or (a.alert = 'half' and c.assigned_to is null and $2 = 1) or (a.alert = 'near' and $3 = 1) \
         or (a.alert in ('due', 'over') and $4 = 1)) order by c.due_on, a.at, a.case_id limit $5";
    let limit = i64::try_from(SHOWN + 1).unwrap_or(i64::MAX);
    let values =
        [eyes.person.as_str().into(), eyes.reviews.into(), eyes.signs.into(), eyes.directs.into(), limit.into()];
    let rows = sql(statement, values).fetch_all(&mut *connection).await?;
    Ok(rows.iter().map(|row| read(row, &eyes)).collect::<Result<_, DatabaseError>>()?)
}

/// Says that somebody knows of what was told of a case. Nothing happens where somebody was faster, or where more was told since.
///
/// # Errors
/// [`Refusal::NotAllowed`] for what is somebody else's to know; [`Problem::NotFound`].
pub async fn acknowledge(app: &App, staff: &Staff, id: &CaseId, alert: Alert, now: DateTime<Utc>) -> Result<(), Error> {
    may(staff, Right::SeeCases)?;
    let eyes = Eyes::of(&mut *app.database().read().await?, staff, now).await?;
    let knowing = Knowing { id: id.clone(), alert, eyes, by: staff.actor(), now: kept(now) };
    staff.write(app, knowing, write).await
}

/// Tells something of a case, which ends what was told before; whether it is new.
pub(super) async fn tell(
    connection: &mut AnyConnection,
    id: &CaseId,
    (running, begun): (Running, NaiveDate),
    alert: Alert,
    now: DateTime<Utc>,
) -> Result<bool, DatabaseError> {
    let statement = "insert into case_alert (case_id, clock, begun_on, alert, at) values ($1, $2, $3, $4, $5) \
         on conflict do nothing";
    let values = [id.as_str().into(), running.name().into(), begun.into(), alert.name().into(), now.into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(false);
    }
    let statement = "update case_alert set ended_at = $1 where case_id = $2 and ended_at is null \
         and not (clock = $3 and begun_on = $4 and alert = $5)";
    let values = [now.into(), id.as_str().into(), running.name().into(), begun.into(), alert.name().into()];
    sql(statement, values).execute(connection).await?;
    Ok(true)
}

/// Ends what was told of other times of a case than the one that runs.
pub(super) async fn end_others(
    connection: &mut AnyConnection,
    id: &CaseId,
    running: Option<(Running, NaiveDate)>,
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    let (clock, begun) = running.map(|(running, begun)| (running.name(), begun)).unzip();
    let statement = "update case_alert set ended_at = $1 where case_id = $2 and ended_at is null \
         and not (clock = $3 and begun_on = $4)";
    let begun = begun.map(|begun| begun.to_string()).unwrap_or_default();
    let values = [now.into(), id.as_str().into(), clock.unwrap_or_default().into(), begun.into()];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

/// What somebody is there to know.
struct Eyes {
    person: StaffId,
    reviews: bool,
    signs: bool,
    directs: bool,
}

impl Eyes {
    async fn of(connection: &mut AnyConnection, staff: &Staff, now: DateTime<Utc>) -> Result<Self, DatabaseError> {
        let signs = may(staff, Right::DecideCases).is_ok();
        let directs = signs && (staff.roles().any(directs) || !has_director(connection, now).await?);
        let reviews = may(staff, Right::ReviewCases).is_ok();
        Ok(Self { person: staff.person().clone(), reviews, signs, directs })
    }

    /// Whether an alert of a case that is somebody's is for them to know.
    fn are_for(&self, alert: Alert, assigned_to: Option<&StaffId>) -> bool {
        match level(alert) {
            Level::Officer => assigned_to.map_or(self.reviews, |person| *person == self.person),
            Level::Signer => self.signs,
            Level::Bureau => self.directs,
        }
    }
}

/// Whether a role lets somebody sign for the bureau as a whole.
fn directs(grant: &Grant) -> bool {
    grant.role.allows(Right::DecideCases) && grant.scope.covers(&bureau())
}

/// Whether anybody signs for the bureau as a whole now, and can sign in.
async fn has_director(connection: &mut AnyConnection, now: DateTime<Utc>) -> Result<bool, DatabaseError> {
    let statement = "select distinct r.role as role from staff_role r \
         join staff_account a on a.staff_id = r.staff_id and a.suspended_at is null \
         where r.from_at <= $1 and (r.until_at is null or r.until_at > $1) \
         and r.scope = 'organisation' and r.scope_id = $2";
    let of_bureau = bureau().organisation.map(String::from);
    let rows = sql(statement, [now.into(), of_bureau.into()]).fetch_all(connection).await?;
    let roles: Vec<_> = rows.iter().map(|row| word(row, "role", Role::from_name)).collect::<Result<_, _>>()?;
    Ok(roles.into_iter().any(|role| role.allows(Right::DecideCases)))
}

fn read(row: &AnyRow, eyes: &Eyes) -> Result<Told, DatabaseError> {
    let alert = word(row, "alert", Alert::from_name)?;
    let assigned_to = store::person(row, "assigned_to")?;
    Ok(Told {
        case: word(row, "case_id", |id| CaseId::parse(id).ok())?,
        reference: word(row, "reference", |kept| CaseReference::restore(kept).ok())?,
        running: word(row, "clock", Running::from_name)?,
        due: Deadline { date: date(row, "due_on")?, provisional: flag(row, "provisional")? },
        is_theirs: eyes.are_for(alert, assigned_to.as_ref()),
        alert,
        assigned_to,
    })
}

struct Knowing {
    id: CaseId,
    alert: Alert,
    eyes: Eyes,
    by: Actor,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, knowing: &Knowing) -> Result<(), Error> {
    let Knowing { id, alert, eyes, by, now } = knowing;
    let stored = store::keep(connection, id).await?.ok_or(Problem::NotFound)?;
    if !eyes.are_for(*alert, stored.assigned_to.as_ref()) {
        return Err(Refusal::NotAllowed.into());
    }
    let statement = "update case_alert set ended_at = $1, known_by = $2 \
         where case_id = $3 and alert = $4 and ended_at is null";
    let values = [(*now).into(), eyes.person.as_str().into(), id.as_str().into(), alert.name().into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(());
    }
    let stream = store::stream(id);
    let detail = json!({ "alert": alert.name() });
    let event = Event { stream: &stream, actor: by.clone(), act: KNOWN, detail };
    Ok(store::append(connection, &stored, &audit::prepare(&stored.head, &event, *now)).await?)
}
