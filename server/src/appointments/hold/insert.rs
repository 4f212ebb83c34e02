//! The transaction that takes a place for a new hold.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::appointments::{AppointmentState, HoldId, MAX_EXTENSIONS, Refusal, SlotId};
use shared::field::Reason;
use shared::locale::Locale;
use sqlx::AnyConnection;

use super::{MOST_HOLDS, SERVICE};
use crate::appointments::{codes, codes::TypedCode, ending};
use crate::audit::{self, Actor, Event, Head};
use crate::database::sql::{instant, int, maybe_text, sql, word};
use crate::error::Error;

/// What a new hold is made of.
pub(super) struct NewHold {
    pub(super) slot: SlotId,
    pub(super) session: Option<String>,
    pub(super) holder: Option<String>,
    pub(super) code: Option<TypedCode>,
    pub(super) locale: Locale,
    pub(super) now: DateTime<Utc>,
}

/// A wrong code is an answer and not an error, so that the count of tries is kept.
pub(super) async fn insert(
    connection: &mut AnyConnection,
    new: Arc<(HoldId, NewHold)>,
) -> Result<Result<(HoldId, AppointmentState), Reason>, Error> {
    let (id, new) = &*new;
    let place = match &new.holder {
        Some(holder) => free_place(connection, holder, new).await?,
        None => Place::Free(None),
    };
    if let Place::Held(id, state) = place {
        return Ok(Ok((id, state)));
    }
    if let Some(code) = &new.code
        && let Err(reason) = codes::try_code_once(connection, code, new.now).await?
    {
        return Ok(Err(reason));
    }
    let Place::Free(place) = place else { return Err(Refusal::TooManyHolds.into()) };
    take_place(connection, new.slot, new.now).await?;
    let state = AppointmentState::held(new.now);
    let event =
        Event { stream: id.as_str(), actor: Actor::Resident, act: "hold_taken", detail: json!({ "slot": new.slot }) };
    let link = audit::prepare(&Head::empty(), &event, new.now);
    let head = link.head();
    let expires_at = new.now + shared::appointments::HOLD;
    let statement = "insert into appointment (id, slot_id, service, state, occupies, occupies_until, session, holder, \
         holder_place, locale, created_at, audit_length, audit_head) \
         values ($1, $2, $3, 'held', 1, $4, $5, $6, $7, $8, $9, $10, $11)";
    let values = [
        id.as_str().into(),
        new.slot.0.into(),
        SERVICE.name().into(),
        expires_at.into(),
        new.session.clone().into(),
        new.holder.clone().into(),
        place.into(),
        new.locale.tag().into(),
        new.now.into(),
        head.length.into(),
        head.hash.into(),
    ];
    sql(statement, values).execute(&mut *connection).await?;
    if let Some(code) = &new.code {
        codes::remember(connection, id, &code.phone).await?;
    }
    audit::insert(connection, &link).await?;
    Ok(Ok((id.clone(), state)))
}

/// Counts one more place as taken; the slot's capacity is the database's own rule.
async fn take_place(connection: &mut AnyConnection, slot: SlotId, now: DateTime<Utc>) -> Result<(), Error> {
    let statement = "update slot set taken = taken + 1 where id = $1 and closed = 0 and taken < capacity";
    let taken = sql(statement, [slot.0.into()]).execute(&mut *connection).await?.rows_affected();
    if taken == 1 {
        return Ok(());
    }
    if ending::return_ended_places(connection, slot, now).await? == 0 {
        return Err(Refusal::SlotFull.into());
    }
    let taken = sql(statement, [slot.0.into()]).execute(connection).await?.rows_affected();
    if taken == 1 { Ok(()) } else { Err(Refusal::SlotFull.into()) }
}

/// Where a holder's next hold would stand.
enum Place {
    /// One of the holder's two places; without a holder, nothing is counted.
    Free(Option<i64>),
    AllUsed,
    /// This browser holds a place of the same slot already.
    Held(HoldId, AppointmentState),
}

/// A free place among the holder's two, after ending the holds that ran out.
async fn free_place(connection: &mut AnyConnection, holder: &str, new: &NewHold) -> Result<Place, Error> {
    let statement = "select id, slot_id, session, holder_place, occupies_until, extensions from appointment \
         where holder = $1 and state = 'held'";
    let rows = sql(statement, [holder.into()]).fetch_all(&mut *connection).await?;
    let mut used = Vec::new();
    for row in &rows {
        let (slot, until) = (SlotId(int(row, "slot_id")?), instant(row, "occupies_until")?);
        if until <= new.now {
            ending::return_ended_places(connection, slot, new.now).await?;
        } else if slot == new.slot && maybe_text(row, "session")? == new.session && new.session.is_some() {
            let extensions = u8::try_from(int(row, "extensions")?).unwrap_or(MAX_EXTENSIONS);
            let id = word(row, "id", |id| HoldId::parse(id).ok())?;
            return Ok(Place::Held(id, AppointmentState::Held { expires_at: until, extensions }));
        } else {
            used.push(int(row, "holder_place")?);
        }
    }
    let free = (1..=MOST_HOLDS).find(|place| !used.contains(place));
    Ok(free.map_or(Place::AllUsed, |place| Place::Free(Some(place))))
}
