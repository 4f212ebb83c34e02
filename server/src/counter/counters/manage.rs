//! An office makes counters, changes their signs and takes them away.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::calendar::shanghai_date;
use shared::counter::{CounterId, CounterName, CounterState, Refusal};
use shared::staff::{OfficeId, Right};
use sqlx::AnyConnection;

use super::{Kept, keep, note};
use crate::app::App;
use crate::audit::Head;
use crate::counter::by::Hand;
use crate::counter::changes::Told;
use crate::counter::day::turn::{Of, Turn, turn};
use crate::counter::{kept, office};
use crate::database::{
    Backend, DatabaseError, Rule,
    sql::{int, sql, word},
};
use crate::error::Error;
use crate::staff::authority::Staff;

/// More than any hall has, of counters and of screens.
pub(in crate::counter) const MOST: usize = 100;

/// Makes a counter, at which nobody sits yet.
///
/// # Errors
/// [`Refusal::CounterNameTaken`]; [`Refusal::HallFull`]; [`shared::staff::Refusal::NotAllowed`].
pub async fn create(
    app: &App,
    staff: &Staff,
    office: &OfficeId,
    name: &CounterName,
    now: DateTime<Utc>,
) -> Result<CounterId, Error> {
    staff.may(Right::ManageOffice, &office::one(app, office).await?.whereabouts)?;
    let managing = Managing::by(app, staff, now);
    let (id, told) = staff.write(app, (managing, office.clone(), name.clone()), write_new).await?;
    app.hall().changes().tell(told);
    Ok(id)
}

/// Gives a counter another sign.
///
/// # Errors
/// As [`create`].
pub async fn rename(
    app: &App,
    staff: &Staff,
    id: CounterId,
    name: &CounterName,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let managing = managing(app, staff, id, now).await?;
    let told = staff.write(app, (managing, id, name.clone()), write_name).await?;
    app.hall().changes().tell(told);
    Ok(())
}

/// Takes a counter away, at which nobody sits; what happened there stays on record.
///
/// # Errors
/// [`Refusal::CounterTaken`] while somebody does; [`shared::staff::Refusal::NotAllowed`].
pub async fn remove(app: &App, staff: &Staff, id: CounterId, now: DateTime<Utc>) -> Result<(), Error> {
    let managing = managing(app, staff, id, now).await?;
    let told = staff.write(app, (managing, id), write_removal).await?;
    app.hall().changes().tell(told);
    Ok(())
}

/// Makes a counter of a demonstration.
pub(in crate::counter) async fn insert(
    connection: &mut AnyConnection,
    (hand, office, name): (&Hand, &OfficeId, &CounterName),
    now: DateTime<Utc>,
) -> Result<CounterId, Error> {
    let statement = "insert into counter (office, name, state, changed_at, audit_length, audit_head) \
         values ($1, $2, 'closed', $3, 0, '') returning id";
    let values = [office.as_str().into(), name.as_str().into(), now.into()];
    let row = sql(statement, values).fetch_one(&mut *connection).await.map_err(taken)?;
    let id = CounterId(int(&row, "id")?);
    let mut new = Kept { id, office: office.clone(), state: CounterState::Closed, clerk: None, head: Head::empty() };
    let detail = json!({ "office": office, "name": name });
    note(connection, &mut new, (hand, "counter_created", detail), now).await?;
    Ok(id)
}

struct Managing {
    hand: Hand,
    backend: Backend,
    now: DateTime<Utc>,
}

impl Managing {
    fn by(app: &App, staff: &Staff, now: DateTime<Utc>) -> Self {
        Self { hand: Hand::of(staff), backend: app.database().backend(), now: kept(now) }
    }

    async fn turn(&self, connection: &mut AnyConnection, office: &OfficeId) -> Result<Told, Error> {
        let turning = Turn { ticket: false, of: Of::Counters, backend: self.backend };
        Ok(turn(connection, office, shanghai_date(self.now), turning).await?.told)
    }
}

async fn managing(app: &App, staff: &Staff, id: CounterId, now: DateTime<Utc>) -> Result<Managing, Error> {
    staff.may(Right::ManageOffice, &office::whole(&super::one(app, id).await?.office))?;
    Ok(Managing::by(app, staff, now))
}

async fn write_new(
    connection: &mut AnyConnection,
    (managing, office, name): &(Managing, OfficeId, CounterName),
) -> Result<(CounterId, Told), Error> {
    let others = is_free(connection, (office, None), name).await?;
    if others >= MOST {
        return Err(Refusal::HallFull.into());
    }
    let id = insert(connection, (&managing.hand, office, name), managing.now).await?;
    Ok((id, managing.turn(connection, office).await?))
}

async fn write_name(
    connection: &mut AnyConnection,
    (managing, id, name): &(Managing, CounterId, CounterName),
) -> Result<Told, Error> {
    let mut kept = keep(connection, *id).await?;
    is_free(connection, (&kept.office, Some(*id)), name).await?;
    let statement = "update counter set name = $1, changed_at = $2 where id = $3";
    let values = [name.as_str().into(), managing.now.into(), id.0.into()];
    sql(statement, values).execute(&mut *connection).await.map_err(taken)?;
    note(connection, &mut kept, (&managing.hand, "counter_renamed", json!({ "name": name })), managing.now).await?;
    managing.turn(connection, &kept.office).await
}

async fn write_removal(connection: &mut AnyConnection, (managing, id): &(Managing, CounterId)) -> Result<Told, Error> {
    let mut kept = keep(connection, *id).await?;
    if kept.state != CounterState::Closed {
        return Err(Refusal::CounterTaken.into());
    }
    let statement = "update counter set removed_at = $1, changed_at = $1 where id = $2";
    sql(statement, [managing.now.into(), id.0.into()]).execute(&mut *connection).await?;
    note(connection, &mut kept, (&managing.hand, "counter_removed", json!({})), managing.now).await?;
    managing.turn(connection, &kept.office).await
}

/// Whether no other counter of the office has a sign that is read the same; how many others there are.
async fn is_free(
    connection: &mut AnyConnection,
    (office, but): (&OfficeId, Option<CounterId>),
    name: &CounterName,
) -> Result<usize, Error> {
    let statement = "select id, name from counter where office = $1 and removed_at is null";
    let rows = sql(statement, [office.as_str().into()]).fetch_all(connection).await?;
    let mut others = 0;
    for row in &rows {
        let other = word(row, "name", |name| CounterName::parse(name).ok())?;
        if but == Some(CounterId(int(row, "id")?)) {
            continue;
        }
        if other.is_read_as(name) {
            return Err(Refusal::CounterNameTaken.into());
        }
        others += 1;
    }
    Ok(others)
}

fn taken(error: sqlx::Error) -> Error {
    match error.into() {
        DatabaseError::Refused(Rule::CounterName) => Refusal::CounterNameTaken.into(),
        other => other.into(),
    }
}
