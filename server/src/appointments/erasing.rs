//! What is kept of people ends some time after their appointment: names, numbers, phones and messages, and years later the
//! reference number too, by which alone the record could still be found to be theirs. The record of what was done stays, which
//! names nobody and holds no number.

use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use serde_json::json;
use shared::calendar::{at, shanghai_date};
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

/// One step by which less is kept of a booking.
#[derive(Clone, Copy)]
struct Step {
    /// What the record calls it.
    act: &'static str,
    /// Bookings that have it ahead of them, of days before `$1`, which are made before that day begins, `$3`; `$2` of them.
    due: &'static str,
    /// What their rows lose.
    lost: &'static str,
    /// Whether what stands beside the booking goes too.
    beside: bool,
}

const PEOPLE: Step = Step {
    act: ERASED,
    due: "select a.id, a.audit_length, a.audit_head from appointment a join slot s on s.id = a.slot_id \
         where a.people is not null and a.booked_at < $3 and a.state in ('past', 'cancelled') and s.date < $1 limit $2",
    lost: "update appointment set people = null, audit_length = $1, audit_head = $2 where id = $3 and audit_length = $4",
    beside: true,
};

const REFERENCE: Step = Step {
    act: "reference_erased",
    due: "select a.id, a.audit_length, a.audit_head from appointment a join slot s on s.id = a.slot_id \
         where a.reference is not null and a.people is null and a.booked_at < $3 \
         and a.state in ('past', 'cancelled') and s.date < $1 limit $2",
    lost: "update appointment set reference = null, audit_length = $1, audit_head = $2 where id = $3 and audit_length = $4",
    beside: false,
};

/// Erases the people of ended bookings whose time is over, and the numbers by which older ones are found.
pub(super) async fn erase(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    if !app.may_end(now) {
        return Ok(());
    }
    let (today, kept) = (shanghai_date(now), app.settings());
    let steps =
        [(PEOPLE, today - Days::new(kept.keep_days.into())), (REFERENCE, today - Months::new(12 * kept.record_years))];
    super::write(app, (steps, now), write).await
}

async fn write(
    connection: &mut AnyConnection,
    (steps, now): &([(Step, NaiveDate); 2], DateTime<Utc>),
) -> Result<(), Error> {
    for (step, before) in steps {
        let midnight = at(*before, 0);
        let values = [(*before).into(), BATCH.into(), midnight.into()];
        let rows = sql(step.due, values).fetch_all(&mut *connection).await?;
        for row in &rows {
            take(connection, step, row, *now).await?;
        }
    }
    let [(_, people_before), _] = steps;
    forget_holders(connection, at(*people_before, 0)).await
}

/// Whose browser or phone it was is of no use once nobody's details are kept, or none ever were. The record has never known it.
async fn forget_holders(connection: &mut AnyConnection, before: DateTime<Utc>) -> Result<(), Error> {
    let statement = "update appointment set session = null, holder = null, holder_rank = null, network = null, \
         request_key = null, request_body = null where id in (select id from appointment where people is null \
         and (session is not null or holder is not null or request_key is not null) and created_at < $1 \
         and state in ('released', 'expired', 'past', 'cancelled') limit $2)";
    sql(statement, [before.into(), BATCH.into()]).execute(connection).await?;
    Ok(())
}

async fn take(
    connection: &mut AnyConnection,
    step: &Step,
    row: &AnyRow,
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    let (id, head) = (text(row, "id")?, Head { length: int(row, "audit_length")?, hash: text(row, "audit_head")? });
    let event = Event { stream: &id, actor: Actor::System, act: step.act, detail: json!({}) };
    let link = audit::prepare(&head, &event, now);
    let next = link.head();
    let values = [next.length.into(), next.hash.into(), id.as_str().into(), head.length.into()];
    if sql(step.lost, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(());
    }
    audit::insert(connection, &link).await?;
    if step.beside { erase_beside(connection, &id).await } else { Ok(()) }
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
