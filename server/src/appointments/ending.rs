//! Places that come back: holds that ran out, and cancelled places after their random wait.
//!
//! Nothing waits for a job to notice: whoever looks at a slot counts ended places as free, and whoever
//! needs one writes their end down first.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::appointments::{HoldId, Service, SlotId};
use shared::calendar::shanghai_date;
use shared::problem::Problem;
use sqlx::{AnyConnection, any::AnyRow};

use super::booking::withheld;
use super::counted;
use crate::app::App;
use crate::audit::{self, Actor, Event, Head};
use crate::database::{
    DatabaseError,
    sql::{flag, int, sql, text, word},
};
use crate::error::Error;

/// The act by which a booking that the office ended stands for nobody any more.
pub(super) const TOLD: &str = "release_told";
/// The act by which its people no longer count as booked, while it stands for those who hold it.
pub(in crate::appointments) const FREED: &str = "people_freed";
/// Records handled in one transaction.
const BATCH: i64 = 100;

/// Gives back the places of one slot whose time is over, and says how many.
pub async fn return_ended_places(
    connection: &mut AnyConnection,
    slot: SlotId,
    now: DateTime<Utc>,
) -> Result<i64, DatabaseError> {
    let statement = "select id, state, audit_length, audit_head from appointment \
         where slot_id = $1 and occupies = 1 and occupies_until <= $2 order by id";
    let rows = sql(statement, [slot.0.into(), now.into()]).fetch_all(&mut *connection).await?;
    let mut returned = 0;
    for row in rows {
        let head = Head { length: int(&row, "audit_length")?, hash: text(&row, "audit_head")? };
        let (id, held) = (text(&row, "id")?, text(&row, "state")? == "held");
        returned += end(connection, &id, held, head, now).await?;
    }
    if returned > 0 {
        counted::give_back(connection, slot, returned).await?;
    }
    Ok(returned)
}

/// Slots that have ended places, at most `limit`.
async fn slots_with_ended_places(
    connection: &mut AnyConnection,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<SlotId>, DatabaseError> {
    let statement = "select distinct slot_id from appointment where occupies = 1 and occupies_until <= $1 limit $2";
    let rows = sql(statement, [now.into(), limit.into()]).fetch_all(connection).await?;
    rows.iter().map(|row| int(row, "slot_id").map(SlotId)).collect()
}

/// Gives back, one transaction a slot, what nobody came for.
pub(super) async fn return_all(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    let ended = slots_with_ended_places(&mut *app.database().read().await?, now, BATCH).await?;
    for slot in ended {
        super::write(app, (slot, now), end_places).await?;
    }
    Ok(())
}

async fn end_places(connection: &mut AnyConnection, (slot, now): &(SlotId, DateTime<Utc>)) -> Result<(), Error> {
    return_ended_places(connection, *slot, *now).await?;
    Ok(())
}

/// Writes down, a batch at a time, which bookings have had their day, and of which those who hold them may know by now that
/// the office has ended them.
pub(super) async fn close_past(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    if !app.may_end(now) {
        return Ok(());
    }
    super::write(app, now, write_past).await
}

/// Writes the same down of these people's bookings, so that they can book again; of how many. Where an office books them, no
/// booking that it has ended keeps them from it either, whatever those who hold that one read.
pub(super) async fn close_past_of(
    app: &App,
    service: &Service,
    people: &[String],
    by: Option<&Actor>,
    now: DateTime<Utc>,
) -> Result<usize, Error> {
    super::write(app, (service.clone(), people.to_vec(), by.cloned(), now), write_past_of).await
}

async fn write_past(connection: &mut AnyConnection, now: &DateTime<Utc>) -> Result<(), Error> {
    let statement = "select a.id, a.audit_length, a.audit_head from appointment a join slot s on s.id = a.slot_id \
         where a.state = 'booked' and s.date < $1 order by s.starts_at limit $2";
    let rows = sql(statement, [shanghai_date(*now).into(), BATCH.into()]).fetch_all(&mut *connection).await?;
    for row in &rows {
        pass(connection, row, *now).await?;
    }
    // Few at any time: those of which nobody may know yet are looked at again.
    let statement = "select id, audit_length, audit_head from appointment where state = 'booked' and released = 1";
    for row in &sql(statement, []).fetch_all(&mut *connection).await? {
        end_told(connection, row, *now).await?;
    }
    Ok(())
}

async fn write_past_of(
    connection: &mut AnyConnection,
    (service, people, by, now): &(Service, Vec<String>, Option<Actor>, DateTime<Utc>),
) -> Result<usize, Error> {
    let statement = "select a.id, a.audit_length, a.audit_head, case when s.date < $3 then 1 else 0 end as is_past \
         from person p join appointment a on a.id = p.appointment_id join slot s on s.id = a.slot_id \
         where p.service = $1 and p.person_index = $2 and p.live = 1 and a.state = 'booked' \
         and (s.date < $3 or a.released = 1)";
    let mut passed = 0;
    for person in people {
        let values = [service.name().into(), person.as_str().into(), shanghai_date(*now).into()];
        let Some(row) = sql(statement, values).fetch_optional(&mut *connection).await? else { continue };
        if flag(&row, "is_past")? {
            pass(connection, &row, *now).await?;
            passed += 1;
        } else if end_told(connection, &row, *now).await? {
            passed += 1;
        } else if let Some(by) = by {
            free(connection, &row, by, *now).await?;
            passed += 1;
        }
    }
    Ok(passed)
}

/// Frees the people of a booking that the office has ended, while it goes on for those who hold it.
async fn free(connection: &mut AnyConnection, row: &AnyRow, by: &Actor, now: DateTime<Utc>) -> Result<(), Error> {
    let (id, head) = (text(row, "id")?, Head { length: int(row, "audit_length")?, hash: text(row, "audit_head")? });
    let link = audit::prepare(&head, &Event { stream: &id, actor: by.clone(), act: FREED, detail: json!({}) }, now);
    let next = link.head();
    let statement = "update appointment set audit_length = $1, audit_head = $2 where id = $3 and audit_length = $4";
    let values = [next.length.into(), next.hash.into(), id.as_str().into(), head.length.into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Err(Problem::Busy.into());
    }
    audit::insert(connection, &link).await?;
    sql("update person set live = 0 where appointment_id = $1", [id.into()]).execute(connection).await?;
    Ok(())
}

/// Ends one booking whose day is over, unless somebody changed it meanwhile.
async fn pass(connection: &mut AnyConnection, row: &AnyRow, now: DateTime<Utc>) -> Result<(), Error> {
    let (id, head) = (text(row, "id")?, Head { length: int(row, "audit_length")?, hash: text(row, "audit_head")? });
    let event = Event { stream: &id, actor: Actor::System, act: "booking_past", detail: json!({}) };
    let link = audit::prepare(&head, &event, now);
    let next = link.head();
    let statement = "update appointment set state = 'past', audit_length = $1, audit_head = $2 \
         where id = $3 and state = 'booked' and audit_length = $4";
    let values = [next.length.into(), next.hash.into(), id.as_str().into(), head.length.into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 1 {
        audit::insert(connection, &link).await?;
        sql("update person set live = 0 where appointment_id = $1", [id.into()]).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Ends one booking that the office has ended out of the sight of those who hold it, once they may know: its people are free,
/// and its place comes back. Whether it was written.
async fn end_told(connection: &mut AnyConnection, row: &AnyRow, now: DateTime<Utc>) -> Result<bool, Error> {
    let id = word(row, "id", |id| HoldId::parse(id).ok())?;
    if withheld::of_booking(connection, &id, now).await?.is_some() {
        return Ok(false);
    }
    let head = Head { length: int(row, "audit_length")?, hash: text(row, "audit_head")? };
    let event = Event { stream: id.as_str(), actor: Actor::System, act: TOLD, detail: json!({}) };
    let link = audit::prepare(&head, &event, now);
    let next = link.head();
    let statement = "update appointment set state = 'cancelled', occupies_until = $1, changes = changes + 1, \
         audit_length = $2, audit_head = $3 where id = $4 and state = 'booked' and audit_length = $5";
    let values = [now.into(), next.length.into(), next.hash.into(), id.as_str().into(), head.length.into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(false);
    }
    audit::insert(connection, &link).await?;
    sql("update person set live = 0 where appointment_id = $1", [id.as_str().into()]).execute(connection).await?;
    Ok(true)
}

/// Ends one place; 0 when somebody else did meanwhile.
async fn end(
    connection: &mut AnyConnection,
    id: &str,
    held: bool,
    head: Head,
    now: DateTime<Utc>,
) -> Result<i64, DatabaseError> {
    let act = if held { "hold_expired" } else { "place_returned" };
    let event = Event { stream: id, actor: Actor::System, act, detail: json!({}) };
    let link = audit::prepare(&head, &event, now);
    let next = link.head();
    let statement = "update appointment set occupies = 0, occupies_until = null, \
         state = case when state = 'held' then 'expired' else state end, network = null, \
         holder = case when state = 'held' then null else holder end, \
         holder_rank = case when state = 'held' then null else holder_rank end, audit_length = $1, audit_head = $2 \
         where id = $3 and occupies = 1 and occupies_until <= $4 and audit_length = $5";
    let values = [next.length.into(), next.hash.into(), id.into(), now.into(), head.length.into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(0);
    }
    audit::insert(connection, &link).await?;
    if held {
        // No booking came of it, so nothing is kept of the phone.
        sql("delete from confirmed_phone where appointment_id = $1", [id.into()]).execute(connection).await?;
    }
    Ok(1)
}
