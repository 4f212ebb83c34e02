//! What is kept of people ends some time after their appointment: names, numbers, phones and messages. The record of what
//! was done stays, which names nobody and holds no number.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde_json::json;
use shared::calendar::shanghai_date;
use sqlx::{AnyConnection, any::AnyRow};

mod one;

use super::record;
use crate::app::App;
use crate::audit::{self, Actor, Event, Head};
use crate::database::{
    DatabaseError,
    sql::{int, sql, text},
};
use crate::error::Error;
pub(crate) use one::erase_one_of;

/// The act by which nobody's details are kept any more, since their time is over.
pub(super) const ERASED: &str = "people_erased";
/// The act by which one of those who came has their own erased before.
pub(crate) const ONE_ERASED: &str = "person_erased";

/// Bookings erased in one transaction.
const BATCH: i64 = 100;

/// The last day on which the people of an appointment are kept.
pub fn kept_until(app: &App, date: NaiveDate) -> NaiveDate {
    date + Days::new(app.settings().keep_days.into())
}

/// Erases the people of ended bookings whose time is over.
pub(super) async fn erase(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    if !app.may_end(now) {
        return Ok(());
    }
    let before = shanghai_date(now) - Days::new(app.settings().keep_days.into());
    super::write(app, (before, now), write).await
}

async fn write(connection: &mut AnyConnection, (before, now): &(NaiveDate, DateTime<Utc>)) -> Result<(), Error> {
    let statement = "select a.id, a.audit_length, a.audit_head from appointment a join slot s on s.id = a.slot_id \
         where a.people is not null and a.state in ('past', 'cancelled') and s.date < $1 limit $2";
    let rows = sql(statement, [(*before).into(), BATCH.into()]).fetch_all(&mut *connection).await?;
    for row in &rows {
        erase_one(connection, row, *now).await?;
    }
    Ok(())
}

async fn erase_one(connection: &mut AnyConnection, row: &AnyRow, now: DateTime<Utc>) -> Result<(), DatabaseError> {
    let (id, head) = (text(row, "id")?, Head { length: int(row, "audit_length")?, hash: text(row, "audit_head")? });
    let event = Event { stream: &id, actor: Actor::System, act: ERASED, detail: json!({}) };
    let link = audit::prepare(&head, &event, now);
    let next = link.head();
    let statement = "update appointment set people = null, audit_length = $1, audit_head = $2 \
         where id = $3 and audit_length = $4";
    let values = [next.length.into(), next.hash.into(), id.as_str().into(), head.length.into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(());
    }
    audit::insert(connection, &link).await?;
    erase_beside(connection, &id).await
}

/// What stands of the people beside their booking.
async fn erase_beside(connection: &mut AnyConnection, id: &str) -> Result<(), DatabaseError> {
    for statement in
        ["delete from person where appointment_id = $1", "delete from confirmed_phone where appointment_id = $1"]
    {
        sql(statement, [id.into()]).execute(&mut *connection).await?;
    }
    sql("delete from outbox where subject = $1", [record::subject_of(id).into()]).execute(connection).await?;
    Ok(())
}
